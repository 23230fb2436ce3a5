"""Records as rows of the tables: a few columns to ask by, and the whole record as JSON."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from briefings.records.codec import to_data, to_json
from briefings.records.document import Attribute, Document, Reading, Source
from briefings.records.fact import Fact, Findings, Measure
from briefings.records.problem import Problem

FIELDS = ("issuer", "place", "period", "published")
"""The metadata a person may set."""

Row = dict[str, Any]


def in_one_line(said: str) -> str:
    """What a person typed, as it can be printed in every format: what cannot be is a blank."""
    return " ".join("".join(c if c.isprintable() else " " for c in said).split())


def source_row(source: Source, now: str, size: int | None) -> Row:
    """A source, with its layout in one column."""
    data = to_data(source)
    layout = {key: data[key] for key in ("places", "grids", "problems")}
    return {
        "sha256": source.sha256,
        "name": source.name,
        "media": source.media,
        "size": size,
        "encoding": source.encoding,
        "text": source.text,
        "layout": json.dumps(layout, ensure_ascii=False),
        "taken_at": now,
    }


def document_row(document: Document) -> Row:
    """A document."""
    return {
        "id": document.id,
        "sha256": document.sha256,
        "ordinal": document.ordinal,
        "title": document.title.value,
        **{field: _value(getattr(document, field)) for field in FIELDS},
        "genre": document.genre,
        "flags": json.dumps(document.flags, ensure_ascii=False),
        "record": to_json(document),
    }


def fact_rows(found: Findings) -> list[Row]:
    """The facts of one document, in order."""
    return [_fact_row(fact, seq) for seq, fact in enumerate(found.facts)]


def measure_rows(found: Findings) -> list[Row]:
    """The measures of one document, in order."""
    return [_measure_row(measure, seq) for seq, measure in enumerate(found.measures)]


def replaced_rows(replaced: Sequence[tuple[str, Sequence[Fact]]]) -> list[Row]:
    """Facts that gave way to a correction, by document."""
    return [
        {"document": document, "seq": seq, "record": to_json(fact)}
        for document, given in replaced
        for seq, fact in enumerate(given)
    ]


def _value(attribute: Attribute | None) -> str | None:
    return attribute.value if attribute else None


def _fact_row(fact: Fact, seq: int) -> Row:
    columns = (
        *("id", "document", "kind", "value", "unit", "indicator", "canonical"),
        *("basis", "period", "scope", "status", "role"),
    )
    return {**{column: getattr(fact, column) for column in columns}, "seq": seq, "record": to_json(fact)}


def _measure_row(measure: Measure, seq: int) -> Row:
    columns = ("id", "document", "role", "theme")
    return {
        **{column: getattr(measure, column) for column in columns},
        "seq": seq,
        "record": to_json(measure),
    }


def problem_rows(reading: Reading, findings: Sequence[Findings]) -> list[Row]:
    """All problems of a source, each once."""
    found: dict[tuple[str | None, Problem], None] = {}
    for problem in (*reading.source.problems, *reading.problems):
        found[None, problem] = None
    by_document: Mapping[str, Findings] = {entry.document: entry for entry in findings}
    for document in reading.documents:
        later = by_document[document.id].problems if document.id in by_document else ()
        for problem in (*document.problems, *later):
            found[document.id, problem] = None
    return [
        {
            "sha256": reading.source.sha256,
            "seq": seq,
            "document": document,
            "code": problem.code,
            "severity": problem.severity,
            "record": to_json(problem),
        }
        for seq, (document, problem) in enumerate(found)
    ]
