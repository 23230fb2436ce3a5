"""Builds briefings of invented places from texts that are read as they would come in, proved by the audit."""

from collections.abc import Mapping
from pathlib import Path

from composing import compose_briefing

from briefings import audit, pipeline, settings
from briefings.records.briefing import (
    Block,
    Briefing,
    Bullets,
    Callout,
    Figure,
    Line,
    Paragraph,
    Quote,
    Table,
    Tiles,
)
from briefings.records.edition import Finding, Order
from briefings.store import open_store


def composed(texts: Mapping[str, str], order: Order, home: Path) -> tuple[Briefing, list[Finding]]:
    """The briefing of ``order`` from ``texts`` by file name, and what the audit holds against it."""
    for name, text in texts.items():
        (home / name).write_text(text, encoding="utf-8")
    store = open_store(home / "store.sqlite3")
    now = "2023-12-01T00:00:00+08:00"
    pipeline.take_in([home / name for name in texts], settings.parse("", home), store, now=now)
    documents = [d for d in store.documents() if d.place and d.place.value in order.places]
    documents.sort(key=lambda d: (d.period.value if d.period else "", d.id))
    ids = [d.id for d in documents]
    facts, measures = store.facts(documents=ids), store.measures(ids)
    briefing = compose_briefing(order, documents, facts, measures, (), store)
    sources = {d.sha256: store.source(d.sha256).text for d in documents}
    held = audit.prove(briefing, {f.id: f for f in facts}, {d.id: d for d in documents}, sources, ())
    return briefing, list(held)


def text(line: Line) -> str:
    """A line as words, without its references."""
    return "".join(p.text for p in line if not hasattr(p, "n"))


def first_page(briefing: Briefing) -> tuple[Block, ...]:
    """The blocks before the first chapter."""
    from briefings.records.briefing import Heading

    end = next(n for n, b in enumerate(briefing.blocks) if isinstance(b, Heading) and b.level == 2)
    return briefing.blocks[:end]


def lead(briefing: Briefing) -> str:
    """The one sentence."""
    return next(text(b.line) for b in briefing.blocks if isinstance(b, Paragraph) and b.style == "lead")


def table(briefing: Briefing, key: str) -> list[list[str]]:
    """The rows of the table with this id, as words."""
    found = next(b for b in briefing.blocks if isinstance(b, Table) and b.id == key)
    return [[text(cell) for cell in row] for row in found.rows]


def figures(briefing: Briefing) -> dict[str, Figure]:
    """The charts, by id."""
    return {b.id: b for b in briefing.blocks if isinstance(b, Figure)}


def tiles(briefing: Briefing) -> list[tuple[str, str, str]]:
    """Label, number and unit of each key figure."""
    found = next(b for b in briefing.blocks if isinstance(b, Tiles))
    return [(t.label, t.value.text, t.unit) for t in found.items]


def said(blocks: tuple[Block, ...]) -> str:
    """All running words of some blocks."""
    lines: list[Line] = []
    for block in blocks:
        match block:
            case Paragraph():
                lines.append(block.line)
            case Bullets() | Callout():
                lines += block.items
            case Table():
                lines += [cell for row in block.rows for cell in row]
            case _:
                pass
    return "\n".join(map(text, lines))


def quotations(blocks: tuple[Block, ...]) -> list[tuple[str, int]]:
    """The places of the words quoted in lists and boxes, in order."""
    lines = [item for b in blocks if isinstance(b, Bullets | Callout) for item in b.items]
    return [(p.document, p.span.start) for line in lines for p in line if isinstance(p, Quote)]
