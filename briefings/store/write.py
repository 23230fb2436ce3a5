"""Write what was read: each function is one short transaction, its rows made before it begins."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, Table, delete, func, insert, select, update

from briefings.errors import UsageError
from briefings.records.codec import to_data, to_json
from briefings.records.document import Attribute, Document, Reading, Source
from briefings.records.edition import Edition
from briefings.records.fact import Fact, Findings, Measure
from briefings.records.problem import Problem
from briefings.store import tables as t
from briefings.store.engine import writing

FIELDS = ("issuer", "place", "period", "published")
"""The metadata a person may set."""

Row = dict[str, Any]


def save_reading(
    engine: Engine, reading: Reading, findings: Sequence[Findings], *, now: str, size: int | None
) -> None:
    """Write a source with all that was found in it, in the place of what was known of the same bytes before.

    Corrections by people and the names the file came under stay; its quarantine, if any, ends.
    """
    source = reading.source
    rows: list[tuple[Table, list[Row]]] = [
        (t.sources, [_source_row(source, now, size)]),
        (t.documents, [_document_row(document) for document in reading.documents]),
        (t.facts, [_fact_row(fact, seq) for found in findings for seq, fact in enumerate(found.facts)]),
        (
            t.measures,
            [_measure_row(item, seq) for found in findings for seq, item in enumerate(found.measures)],
        ),
        (t.problems, _problem_rows(reading, findings)),
        (
            t.absent,
            [{"sha256": source.sha256, "seq": n, "title": title} for n, title in enumerate(reading.absent)],
        ),
    ]
    with writing(engine) as connection:
        connection.execute(delete(t.sources).where(t.sources.c.sha256 == source.sha256))
        connection.execute(delete(t.quarantine).where(t.quarantine.c.sha256 == source.sha256))
        for table, many in rows:
            if many:
                connection.execute(insert(table), many)
        _name(connection, source.sha256, source.name, now)


def save_name(engine: Engine, sha256: str, name: str, *, now: str) -> None:
    """Note that the same bytes came under another name."""
    with writing(engine) as connection:
        _name(connection, sha256, name, now)


def save_quarantine(
    engine: Engine, sha256: str, name: str, problem: Problem, *, version: str, now: str
) -> None:
    """Note that a file could not be read and why; the same file again counts one more try."""
    row = {"name": name, "record": to_json(problem), "version": version, "at": now}
    with writing(engine) as connection:
        key = t.quarantine.c.sha256 == sha256
        tries = connection.execute(select(t.quarantine.c.tries).where(key)).scalar()
        if tries is None:
            connection.execute(insert(t.quarantine), {"sha256": sha256, "tries": 1, **row})
        else:
            connection.execute(update(t.quarantine).where(key).values(tries=tries + 1, **row))
        _name(connection, sha256, name, now)


def save_override(
    engine: Engine, target: str, field: str, value: str | None, *, author: str, reason: str, now: str
) -> None:
    """Note what a person says ``field`` is, for a document's id or for all documents of a sha256.

    None takes the correction back. Raises ``UsageError`` for another field, or a target the store does not hold.
    """
    if field not in FIELDS:
        raise UsageError(f"{field} cannot be set; what can be set is {', '.join(FIELDS)}.")
    with writing(engine) as connection:
        held = select(t.documents.c.id).where((t.documents.c.id == target) | (t.documents.c.sha256 == target))
        if connection.execute(held.limit(1)).first() is None:
            raise UsageError(f"The store holds no document {target}.")
        last = connection.execute(select(func.max(t.overrides.c.n))).scalar() or 0
        row = {
            "target": target,
            "field": field,
            "value": value,
            "author": author,
            "reason": reason,
            "at": now,
        }
        connection.execute(insert(t.overrides), {"n": last + 1, **row})


def save_edition(engine: Engine, edition: Edition, *, now: str) -> None:
    """Note a published edition as its briefing's latest; one published again becomes the latest again."""
    row = {
        "fingerprint": edition.fingerprint,
        "folder": edition.folder,
        "files": json.dumps(edition.files, ensure_ascii=False),
        "published_at": now,
    }
    key = {"briefing": edition.briefing, "id": edition.id}
    c = t.editions.c
    with writing(engine) as connection:
        last = connection.execute(select(func.max(c.n)).where(c.briefing == edition.briefing)).scalar() or 0
        connection.execute(delete(t.editions).where((c.briefing == edition.briefing) & (c.id == edition.id)))
        connection.execute(insert(t.editions), {**key, "n": last + 1, **row})


def _name(connection: Connection, sha256: str, name: str, now: str) -> None:
    key = (t.names.c.sha256 == sha256) & (t.names.c.name == name)
    if connection.execute(select(t.names.c.name).where(key)).first() is None:
        connection.execute(insert(t.names), {"sha256": sha256, "name": name, "at": now})


def _source_row(source: Source, now: str, size: int | None) -> Row:
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


def _document_row(document: Document) -> Row:
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


def _problem_rows(reading: Reading, findings: Sequence[Findings]) -> list[Row]:
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
