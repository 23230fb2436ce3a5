"""Pages of briefings: all of them, one with its editions, an edition with its preview, a number with what is behind it."""

from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from briefings import deliver, schedule
from briefings.errors import BriefingsError
from briefings.records.edition import Edition
from briefings.web import editions
from briefings.web.answers import onward, page
from briefings.web.auth import Editor, SiteOf, Viewer
from briefings.web.editions import Shelf
from briefings.web.shares import DAYS
from briefings.web.site import Site

router = APIRouter()
PREVIEW_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; base-uri 'none'; "
    "sandbox allow-top-navigation-by-user-activation"
)
"""An edition's own page carries its styles inside it, runs nothing and reaches nothing."""
MOST_CHANGES = 200


@router.get("/")
def home(request: Request, visitor: Viewer, site: SiteOf) -> Response:
    """All briefings with their latest edition and next run."""
    shelves = [editions.shelf(site, order, 1) for order in site.settings.orders]
    waiting = len(site.store.quarantined())
    return page(
        request,
        visitor,
        "home",
        shelves=[(s, _next(s, site)) for s in shelves],
        documents=len(site.store.documents()),
        quarantined=waiting,
    )


@router.get("/briefings/{briefing}")
def briefing_page(request: Request, briefing: str, visitor: Viewer, site: SiteOf) -> Response:
    """A briefing with its editions and runs."""
    shelf = editions.shelf(site, editions.order_of(site, briefing))
    upcoming = schedule.upcoming(shelf.schedule, datetime.now(UTC), 5) if shelf.schedule else ()
    return page(
        request,
        visitor,
        "briefing",
        shelf=shelf,
        upcoming=upcoming,
        words=schedule.in_words(shelf.schedule, visitor.language) if shelf.schedule else "",
        mailing=site.settings.mailing(shelf.order.id),
    )


@router.post("/briefings/{briefing}/run")
def run_briefing(briefing: str, visitor: Editor, site: SiteOf) -> Response:
    """Ask for a run now, and show it."""
    run = site.store.runs.ask(
        editions.order_of(site, briefing).id, "person", f"{visitor.name} asked on the page"
    )
    site.wake("runs")
    return onward(f"/runs/{run.id}", "asked")


@router.get("/briefings/{briefing}/editions/{edition}")
def edition_page(request: Request, briefing: str, edition: str, visitor: Viewer, site: SiteOf) -> Response:
    """An edition: preview, downloads, what changed, its audit."""
    return page(
        request, visitor, "edition", 200, **edition_context(site, briefing, edition), days=DAYS, shared=""
    )


def edition_context(site: Site, briefing: str, edition: str) -> dict[str, object]:
    """All that the page of an edition prints."""
    order, found = editions.edition_of(site, briefing, edition)
    held = deliver.lineage(site.settings.output, order.id)
    damage = deliver.verify(Path(found.folder))
    try:
        changes, fault = editions.changes_of(found, held), ""
    except BriefingsError as error:
        changes, fault = None, str(error)
    manifest = deliver.read_manifest(Path(found.folder)) or {}
    return {
        "order": order,
        "edition": found,
        "latest": held[0].id == found.id,
        "newest": held[0],
        "changes": changes,
        "most": MOST_CHANGES,
        "fault": fault,
        "damage": damage,
        "audit": manifest.get("audit", ()),
        "base": f"/briefings/{order.id}/editions/{found.id}",
        "media": [s for s in ("pdf", "docx", "xlsx", "html") if editions.media_of(found, s)],
    }


@router.get("/briefings/{briefing}/editions/{edition}/preview")
def preview(briefing: str, edition: str, visitor: Viewer, site: SiteOf) -> Response:
    """The edition's own page, every number a link."""
    _, found = editions.edition_of(site, briefing, edition)
    return preview_of(found, f"/briefings/{found.briefing}/editions/{found.id}/numbers")


def preview_of(edition: Edition, base: str) -> Response:
    """The page of an edition, its numbers leading below ``base``."""
    held = editions.media_of(edition, "html")
    if held is None:
        raise HTTPException(404, "这一版没有网页。")
    body = editions.linked(edition.folder, *held, base)
    headers = {"content-security-policy": PREVIEW_POLICY, "cache-control": "private, no-cache"}
    return Response(body, headers=headers, media_type="text/html; charset=utf-8")


@router.get("/briefings/{briefing}/editions/{edition}/numbers/{number}")
def number_page(
    request: Request, briefing: str, edition: str, number: str, visitor: Viewer, site: SiteOf
) -> Response:
    """Behind a number: its sentence in the source, or the formula it was computed by, and from what."""
    order, found = editions.edition_of(site, briefing, edition)
    ledger = editions.ledger_of(found)
    fact = ledger.facts.get(number)
    if fact is not None:
        sha256 = ledger.documents[fact.document].sha256
        asked = urlencode({"fact": fact.id, "at": f"{fact.start}-{fact.end}", "of": f"{order.id}/{found.id}"})
        return RedirectResponse(f"/sources/{sha256}?{asked}#o{fact.start}", 303)
    computed = next((c for c in ledger.briefing.computed if c.id == number), None)
    if computed is None:
        raise HTTPException(404, "这一版里没有这个数字。")
    inputs = [(i, ledger.facts.get(i), ledger.documents.get(i)) for i in computed.inputs]
    return page(
        request,
        visitor,
        "number",
        order=order,
        edition=found,
        computed=computed,
        inputs=[(i, f, ledger.documents[f.document] if f else d) for i, f, d in inputs],
        base=f"/briefings/{order.id}/editions/{found.id}",
    )


def _next(shelf: Shelf, site: Site) -> datetime | None:
    if shelf.schedule is None or any(
        s.id == shelf.schedule.id and s.paused for s in site.store.runs.schedules()
    ):
        return None
    return next(iter(schedule.upcoming(shelf.schedule, datetime.now(UTC), 1)), None)
