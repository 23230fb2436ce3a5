"""Behind a number of an edition: its sentence and the way on to the source, or the formula it was computed by."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import RedirectResponse, Response

from briefings.audit.ledger import GAP, Ledger
from briefings.records.briefing import (
    Bar,
    BarChart,
    Bullet,
    Chart,
    Dumbbell,
    Figure,
    Heatmap,
    LineChart,
    Mark,
    Slope,
    SmallMultiples,
)
from briefings.records.document import Document
from briefings.records.edition import Edition, Order
from briefings.records.fact import Fact
from briefings.web import editions
from briefings.web.answers import page
from briefings.web.auth import SiteOf, Viewer, Visitor

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Behind:
    """A fact of an edition as the edition itself keeps it: where it stands and the sentence around it."""

    fact: Fact
    document: Document
    before: str
    words: str
    after: str
    place: str


@router.get("/briefings/{briefing}/editions/{edition}/numbers/{number}")
def number_page(
    request: Request, briefing: str, edition: str, number: str, visitor: Viewer, site: SiteOf
) -> Response:
    """Behind a number: its sentence in the source, or the formula it was computed by, and from what."""
    order, found = editions.edition_of(site, briefing, edition)
    fact = editions.ledger_of(found).facts.get(number)
    if fact is not None:
        sha256 = editions.ledger_of(found).documents[fact.document].sha256
        if site.store.known(sha256) == "taken":
            asked = urlencode(
                {"fact": fact.id, "at": f"{fact.start}-{fact.end}", "of": f"{order.id}/{found.id}"}
            )
            return RedirectResponse(f"/sources/{sha256}?{asked}#o{fact.start}", 303)
    base = f"/briefings/{order.id}/editions/{found.id}"
    return told(request, visitor, order, found, number, base, walk=True)


def told(
    request: Request, visitor: Visitor, order: Order, edition: Edition, number: str, base: str, *, walk: bool
) -> Response:
    """The page of a number out of what its edition keeps; ``walk`` where the visitor may go on to the sources."""
    ledger = editions.ledger_of(edition)
    fact = ledger.facts.get(number)
    computed = next((c for c in ledger.briefing.computed if c.id == number), None)
    if fact is None and computed is None:
        raise HTTPException(404, "这一版里没有这个数字。")
    measures = {m.id: m for m in ledger.measures or ()}
    inputs = [
        (i, ledger.facts.get(i), measures.get(i), ledger.documents.get(i))
        for i in (computed.inputs if computed else ())
    ]
    return page(
        request,
        visitor,
        "number",
        order=order,
        edition=edition,
        behind=_behind(fact, ledger) if fact else None,
        computed=computed,
        inputs=[
            (i, f, m, ledger.documents.get(home.document) if (home := f or m) else d) for i, f, m, d in inputs
        ],
        base=base,
        walk=walk,
    )


def _behind(fact: Fact, ledger: Ledger) -> Behind:
    document = ledger.documents[fact.document]
    text, (start, end) = ledger.texts.get(document.sha256, ""), fact.sentence
    blocks = [e for b in ledger.briefing.blocks for e in getattr(b, "entries", ())]
    cited = [c for c in (*blocks, *ledger.briefing.statements) if c.sha256 == document.sha256]
    place = next((c.place for c in cited if c.span.start <= fact.start < c.span.end), "")
    parts = (text[start : fact.start], text[fact.start : fact.end] or fact.surface, text[fact.end : end])
    before, words, after = (" ".join(p.replace(GAP, "").split()) for p in parts)
    return Behind(fact, document, before, words, after, place)


def drawn(ledger: Ledger) -> dict[str, list[tuple[str, str, str]]]:
    """By figure the numbers of its chart: what each is of, as it is printed, and its source."""
    figures = [b for b in ledger.briefing.blocks if isinstance(b, Figure)]
    return {f.id: list(marks(f.chart)) for f in figures}


def marks(chart: Chart) -> Iterator[tuple[str, str, str]]:
    """The numbers that a chart draws: what each is of, as it is printed, and its source."""
    match chart:
        case BarChart():
            yield from (_mark(bar.label, bar, chart.unit) for bar in chart.bars)
        case Heatmap():
            for name, row, ids in zip(chart.rows, chart.counts, chart.sources, strict=True):
                for column, count, id_ in zip(chart.columns, row, ids, strict=True):
                    if count:
                        yield f"{name} {column}", str(count), id_
        case Dumbbell() | Slope():
            for pair in chart.rows:
                yield _mark(f"{pair.label} {chart.prior_label}", pair.prior, chart.unit)
                yield _mark(f"{pair.label} {chart.current_label}", pair.current, chart.unit)
        case Bullet():
            yield from (_mark(row.label, row.done, "") for row in chart.rows)
        case LineChart() | SmallMultiples():
            for at, track in enumerate(chart.tracks):
                unit = chart.unit if isinstance(chart, LineChart) else chart.units[at]
                for period, mark in zip(chart.periods, track.marks, strict=True):
                    if mark:
                        yield _mark(f"{track.label} {period}", mark, unit)


def _mark(label: str, mark: Mark | Bar, unit: str) -> tuple[str, str, str]:
    bare = mark.text[-1:].isdecimal()
    return label, mark.text + (unit if bare else ""), mark.source
