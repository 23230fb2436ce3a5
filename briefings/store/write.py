"""Write what was read: each function is one short transaction, its rows made before it begins."""

import json
from collections.abc import Sequence

from sqlalchemy import Connection, Engine, Table, delete, func, insert, select, update

from briefings.errors import UsageError
from briefings.records.codec import to_json
from briefings.records.document import Reading
from briefings.records.edition import Edition
from briefings.records.fact import Findings
from briefings.records.mail import Mailing
from briefings.records.problem import Problem
from briefings.store import tables as t
from briefings.store.deciding import applied_to
from briefings.store.engine import writing
from briefings.store.news import note_news
from briefings.store.outbox import post
from briefings.store.rows import (
    FIELDS,
    Row,
    document_row,
    fact_rows,
    in_one_line,
    measure_rows,
    problem_rows,
    replaced_rows,
    source_row,
)
from briefings.store.versions import note_arrival


def save_reading(
    engine: Engine, reading: Reading, findings: Sequence[Findings], *, now: str, size: int | None
) -> tuple[Findings, ...]:
    """Write a source with all that was found in it, in the place of what was known of the same bytes before.

    Corrections by people stay, and are applied to what was found, which is given back as it was written; the names the
    file came under stay as well. Its quarantine, if any, ends.
    """
    source = reading.source
    rows: list[tuple[Table, list[Row]]] = [
        (t.sources, [source_row(source, now, size)]),
        (t.documents, [document_row(document) for document in reading.documents]),
        (t.problems, problem_rows(reading, findings)),
        (
            t.absent,
            [{"sha256": source.sha256, "seq": n, "title": title} for n, title in enumerate(reading.absent)],
        ),
    ]
    with writing(engine) as connection:
        applied = applied_to(connection, source, reading.documents, findings)
        rows += [
            (t.facts, [row for found in applied.findings for row in fact_rows(found)]),
            (t.measures, [row for found in applied.findings for row in measure_rows(found)]),
            (t.replaced, replaced_rows(applied.replaced)),
        ]
        connection.execute(delete(t.sources).where(t.sources.c.sha256 == source.sha256))
        connection.execute(delete(t.quarantine).where(t.quarantine.c.sha256 == source.sha256))
        for table, many in rows:
            if many:
                connection.execute(insert(table), many)
        _name(connection, source.sha256, source.name, now)
        note_news(connection, [source.sha256])
    return applied.findings


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
        held = select(t.documents.c.sha256).where(
            (t.documents.c.id == target) | (t.documents.c.sha256 == target)
        )
        sha256 = connection.execute(held.limit(1)).scalar()
        if sha256 is None:
            raise UsageError(f"The store holds no document {target}.")
        last = connection.execute(select(func.max(t.overrides.c.n))).scalar() or 0
        row = {
            "target": target,
            "field": field,
            "value": in_one_line(value) if value else value,
            "author": author,
            "reason": in_one_line(reason),
            "at": now,
        }
        connection.execute(insert(t.overrides), {"n": last + 1, **row})
        note_news(connection, [sha256])


def save_edition(engine: Engine, edition: Edition, *, now: str, mailing: Mailing | None = None) -> None:
    """Note a published edition as its briefing's latest; one published again becomes the latest again.

    Its letters are queued in the same transaction, each reader's once whatever happens.
    """
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
        post(connection, edition, mailing)


def _name(connection: Connection, sha256: str, name: str, now: str) -> None:
    note_arrival(connection, sha256)
    key = (t.names.c.sha256 == sha256) & (t.names.c.name == name)
    if connection.execute(select(t.names.c.name).where(key)).first() is None:
        connection.execute(insert(t.names), {"sha256": sha256, "name": name, "at": now})
