"""Pages of briefings: all of them, one with its editions, an edition with its preview, a number with what is behind it."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache, partial
from html import escape
from pathlib import Path
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from briefings import deliver, schedule
from briefings.errors import BriefingsError
from briefings.records.briefing import Language
from briefings.records.edition import Edition
from briefings.web import editions, numbers
from briefings.web.answers import onward, page
from briefings.web.auth import Editor, SiteOf, Viewer
from briefings.web.editions import Shelf
from briefings.web.shares import DAYS
from briefings.web.site import Site, say

router = APIRouter()
PREVIEW_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; base-uri 'none'; "
    "sandbox allow-top-navigation-by-user-activation"
)
"""An edition's own page carries its styles inside it, runs nothing and reaches nothing."""
MOST_CHANGES = 200
_SPAN = re.compile(r"<(/?)span\b([^>]*)>")
_SOURCE = re.compile(r'data-source="([^"]+)"')
_LINKED = re.compile(r'<a( class="v[^"]*" data-source="[^"]+") href="#s\d+">(.*?)</a>', re.DOTALL)
"""A number that leads to its sentence on the page itself."""
_FIGURE = re.compile(r'(<figure id="([^"]+)".*?)</figure>', re.DOTALL)


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
        moving=any(not r.over for s in shelves for r in s.runs) or bool(site.store.news()),
        news=bool(site.store.news()),
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
        moving=any(not r.over for r in shelf.runs),
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


@router.get("/briefings/{briefing}/editions/{edition}/newer")
def newer(request: Request, briefing: str, edition: str, visitor: Viewer, site: SiteOf) -> Response:
    """Whether there is a newer edition: a part of pages, looked for again and again."""
    order, found = editions.edition_of(site, briefing, edition)
    newest = deliver.lineage(site.settings.output, order.id)[0]
    return page(request, visitor, "newer", order=order, edition=found, newest=newest)


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
    body = linked(edition.folder, *held, base, edition.fingerprint)
    headers = {"content-security-policy": PREVIEW_POLICY, "cache-control": "private, no-cache"}
    return Response(body, headers=headers, media_type="text/html; charset=utf-8")


@lru_cache(maxsize=8)
def linked(folder: str, name: str, sha256: str, base: str, fingerprint: str) -> bytes:
    """The page of an edition with every number made a link to what is behind it, below ``base``; those of charts listed."""
    text = (Path(folder) / name).read_text(encoding="utf-8")
    text = _LINKED.sub(r"<span\1>\2</span>", text)
    ledger = editions.ledger_in(folder, fingerprint)
    out: list[str] = []
    open_: list[bool] = []
    at = 0
    for tag in _SPAN.finditer(text):
        out.append(text[at : tag.start()])
        at = tag.end()
        if tag[1]:
            out.append("</a>" if open_ and open_.pop() else "</span>")
            continue
        source = _SOURCE.search(tag[2])
        open_.append(source is not None)
        if source:
            out.append(f'<a{tag[2]} href="{_behind(base, source[1])}" target="_top">')
        else:
            out.append(tag[0])
    out.append(text[at:])
    return _FIGURE.sub(
        partial(_listed, numbers.drawn(ledger), base, ledger.briefing.language), "".join(out)
    ).encode()


def _listed(
    drawn: Mapping[str, Sequence[tuple[str, str, str]]], base: str, language: Language, figure: re.Match[str]
) -> str:
    """A figure with the numbers its picture draws, each a link: a picture's own cannot be clicked."""
    marks = drawn.get(figure[2], ())
    if not marks:
        return figure[0]
    items = "".join(
        f'<li>{escape(label)} <a class="v" data-source="{escape(source)}" href="{_behind(base, source)}" target="_top">'
        f"{escape(text)}</a></li>"
        for label, text, source in marks
    )
    head = escape(say(language, "图中的数字，点开看出处"))
    return f'{figure[1]}<details class="note"><summary>{head}</summary><ul>{items}</ul></details></figure>'


def _behind(base: str, source: str) -> str:
    return f"{base}/{quote(source, safe='')}"


def _next(shelf: Shelf, site: Site) -> datetime | None:
    if shelf.schedule is None or any(
        s.id == shelf.schedule.id and s.paused for s in site.store.runs.schedules()
    ):
        return None
    return next(iter(schedule.upcoming(shelf.schedule, datetime.now(UTC), 1)), None)
