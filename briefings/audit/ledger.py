"""What an edition keeps beside its files so that every number can be proved again without the store."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from briefings.audit.expected import entries
from briefings.errors import UsageError
from briefings.records.briefing import (
    Briefing,
    Bullets,
    Callout,
    Figure,
    Line,
    Paragraph,
    Quotation,
    Quote,
    Table,
    Tiles,
)
from briefings.records.codec import from_data, from_json, to_data, to_json
from briefings.records.correction import Correction
from briefings.records.document import Document, Source, Span
from briefings.records.fact import Fact, Measure

BRIEFING, FACTS, MEASURES, SOURCES = "briefing.json", "facts.jsonl", "measures.jsonl", "sources.json"
GAP = "\0"
"""Stands for a character of a source that the edition does not keep."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """A briefing with all that proves it; ``texts`` by sha256 hold the passages it rests on, and gaps between them.

    ``measures`` is None for an edition of before they were kept.
    """

    briefing: Briefing
    facts: Mapping[str, Fact]
    documents: Mapping[str, Document]
    texts: Mapping[str, str]
    corrections: tuple[Correction, ...] = ()
    measures: tuple[Measure, ...] | None = None


def write_ledger(
    briefing: Briefing,
    facts: Iterable[Fact],
    documents: Iterable[Document],
    sources: Iterable[Source],
    corrections: Iterable[Correction] = (),
    measures: Iterable[Measure] | None = None,
) -> dict[str, bytes]:
    """The files of the ledger by name: the briefing, its facts one a line, its sources with every passage used.

    ``facts`` may be more than the briefing prints; the sentence of each is kept. ``corrections`` are those in force for
    these documents: they prove the facts that a person has set. ``measures`` are kept so that a later edition can be set
    against this one.
    """
    facts, documents = tuple(facts), tuple(documents)
    home = {document.id: document.sha256 for document in documents}
    spans: dict[str, set[Span]] = {}
    for document, span in _used(briefing, facts):
        if document in home:
            spans.setdefault(home[document], set()).add(span)
    kept = [
        {
            "sha256": source.sha256,
            "name": source.name,
            "media": source.media,
            "encoding": source.encoding,
            "length": len(source.text),
            "passages": [
                {"start": start, "end": end, "text": source.text[start:end]}
                for start, end in _merged(spans.get(source.sha256, ()))
            ],
        }
        for source in sorted(sources, key=lambda source: (source.name, source.sha256))
    ]
    bare = [
        to_data(replace(d, sections=(), turns=(), paragraphs=(), grids=(), problems=())) for d in documents
    ]
    said = "".join(to_json(measure) + "\n" for measure in measures or ())
    return {
        BRIEFING: (to_json(briefing, indent=1) + "\n").encode(),
        FACTS: "".join(to_json(fact) + "\n" for fact in facts).encode(),
        **({} if measures is None else {MEASURES: said.encode()}),
        SOURCES: _json(
            {"sources": kept, "documents": bare, "corrections": [to_data(one) for one in corrections]}
        ),
    }


def read_ledger(folder: Path) -> Ledger:
    """The ledger that lies in ``folder``. Raises ``UsageError`` when there is none, or one that cannot be read."""
    try:
        briefing = from_json(Briefing, (folder / BRIEFING).read_text(encoding="utf-8"))
        facts = [from_json(Fact, line) for line in _rows(folder / FACTS)]
        kept = folder / MEASURES
        measures = tuple(from_json(Measure, line) for line in _rows(kept)) if kept.exists() else None
        data = json.loads((folder / SOURCES).read_text(encoding="utf-8"))
        documents = [from_data(Document, item) for item in data["documents"]]
        texts = {item["sha256"]: _text(item) for item in data["sources"]}
        # Editions of before corrections were kept have no such entry.
        corrections = tuple(from_data(Correction, item) for item in data.get("corrections", ()))
    except FileNotFoundError as error:
        raise UsageError(
            f"{folder} is no edition's folder: {Path(str(error.filename)).name} is missing."
        ) from error
    except Exception as error:
        # The records' converter raises groups of many kinds of errors; they all say the same here.
        raise UsageError(f"The record of the edition in {folder} cannot be read: {error}.") from error
    by_id = {item.id: item for item in documents}
    return Ledger(briefing, {fact.id: fact for fact in facts}, by_id, texts, corrections, measures)


def _rows(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").split("\n") if line]


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _text(item: Mapping[str, Any]) -> str:
    parts: list[str] = []
    at = 0
    for passage in item["passages"]:
        parts += [GAP * (int(passage["start"]) - at), str(passage["text"])]
        at = int(passage["end"])
    length = int(item["length"])
    return "".join(parts) + GAP * (length - at)


def _used(briefing: Briefing, facts: Sequence[Fact]) -> Iterable[tuple[str, Span]]:
    for fact in facts:
        yield fact.document, fact.sentence
        yield fact.document, Span(fact.start, fact.end)
    for entry in (*entries(briefing), *briefing.statements):
        yield entry.document, entry.span
    for line in lines_of(briefing):
        for piece in line:
            if isinstance(piece, Quote):
                yield piece.document, piece.span


def lines_of(briefing: Briefing) -> Iterable[Line]:
    """The running words of every block, in order."""
    for block in briefing.blocks:
        match block:
            case Paragraph():
                yield block.line
            case Bullets() | Callout():
                yield from block.items
            case Tiles():
                yield from (tile.note for tile in block.items)
            case Quotation():
                yield from (block.line, block.attribution)
            case Table():
                yield from (cell for row in block.rows for cell in row)
                yield block.note
            case Figure():
                yield from (block.title, block.note)
            case _:
                pass


def _merged(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that touch or overlap joined."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        elif span.start < span.end:
            merged.append(span)
    return merged
