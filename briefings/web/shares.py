"""Links that show one edition to whoever has them, signed, until a day; they end with the user who made them."""

from datetime import UTC, datetime, timedelta

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from briefings import sharing
from briefings.records.edition import Edition, Order
from briefings.web import editions
from briefings.web.answers import page
from briefings.web.auth import Anybody, Editor, SiteOf
from briefings.web.site import Site

router = APIRouter()
DAYS = (1, 7, 30, 90)


@router.post("/briefings/{briefing}/editions/{edition}/share")
def share(request: Request, briefing: str, edition: str, visitor: Editor, site: SiteOf) -> Response:
    """Make a link to an edition that ends after some days."""
    from briefings.web.briefings import edition_context

    _, found = editions.edition_of(site, briefing, edition)
    given = str(visitor.form.get("days", ""))
    days = int(given) if given.isdecimal() and int(given) in DAYS else 7
    word = signed(site, found, visitor.name if not visitor.local else "", days)
    link = f"{request.url.scheme}://{request.url.netloc}/shared/{word}"
    return page(
        request, visitor, "edition", 200, **edition_context(site, briefing, found.id), days=DAYS, shared=link
    )


@router.get("/shared/{word}")
def shared_page(request: Request, word: str, visitor: Anybody, site: SiteOf) -> Response:
    """The edition that a link leads to."""
    order, found, until = opened(site, word)
    media = [s for s in ("pdf", "docx", "xlsx") if editions.media_of(found, s)]
    return page(
        request,
        visitor,
        "shared",
        order=order,
        edition=found,
        media=media,
        base=f"/shared/{word}",
        until=until,
    )


@router.get("/shared/{word}/preview")
def shared_preview(word: str, site: SiteOf) -> Response:
    """The page of the edition, every number a link to its sentence."""
    from briefings.web.briefings import preview_of

    _, found, _ = opened(site, word)
    return preview_of(found, f"/shared/{word}/numbers")


@router.get("/shared/{word}/numbers/{number}")
def shared_number(request: Request, word: str, number: str, visitor: Anybody, site: SiteOf) -> Response:
    """Behind a number: its sentence, as the edition keeps it, or how it was computed. No way on to the sources' files."""
    from briefings.web.numbers import told

    order, found, _ = opened(site, word)
    return told(request, visitor, order, found, number, f"/shared/{word}", walk=False)


@router.get("/shared/{word}/download.{suffix}")
def shared_file(request: Request, word: str, suffix: str, site: SiteOf) -> Response:
    """A file of the edition."""
    from briefings.web.downloads import edition_file

    order, found, _ = opened(site, word)
    if suffix not in ("pdf", "docx", "xlsx"):
        raise HTTPException(404)
    return edition_file(request, order, found, suffix, lasting=False)


def signed(site: Site, edition: Edition, person: str, days: int) -> str:
    """The word that opens ``edition`` for ``days`` days."""
    until = datetime.now(UTC) + timedelta(days=days)
    return sharing.signed(site.key, sharing.Share(edition.briefing, edition.id, until, person))


def opened(site: Site, word: str) -> tuple[Order, Edition, datetime]:
    """The edition that ``word`` opens, and until when.

    Whoever made it must still be an editor; whoever was sent it, a reader of the briefing.
    """
    share = sharing.opened(site.key, word)
    if share is None:
        raise HTTPException(404, "这个链接不对。")
    if share.until < datetime.now(UTC):
        raise HTTPException(410, "这个链接已过期。")
    if not _holds(site, share):
        raise HTTPException(410, "这个链接已失效。")
    order, found = editions.edition_of(site, share.briefing, share.edition)
    return order, found, share.until


def _holds(site: Site, share: sharing.Share) -> bool:
    if share.reader:
        mailing = site.settings.mailing(share.briefing)
        return mailing is not None and share.reader in {
            sharing.mark_of(one.mailbox) for one in mailing.recipients
        }
    if share.person:
        maker = site.store.users.find(share.person)
        return maker is not None and maker.may("editor")
    return not site.store.users.any()
