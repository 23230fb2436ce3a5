"""Read what is held, with people's corrections applied, always in the same order."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Literal

from sqlalchemy import ColumnElement, Engine, Row, and_, or_, select

from briefings.records.codec import from_data, from_json
from briefings.records.document import BY_HAND, Attribute, Document, Source
from briefings.records.edition import Edition
from briefings.records.fact import Fact, Measure
from briefings.records.problem import Problem
from briefings.store import tables as t
from briefings.store.known import Override, known_documents
from briefings.store.versions import replacements

LAST = "\U0010ffff"
"""Sorts what is not known behind everything that is."""


@dataclass(frozen=True, slots=True)
class Held:
    """A problem with where it belongs: the source, and the document in it unless it concerns the whole source."""

    sha256: str
    name: str
    document: str | None
    problem: Problem


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A file that could not be read: why, how often it was tried, by which version of the program, when last."""

    sha256: str
    name: str
    problem: Problem
    tries: int
    version: str
    at: str


@dataclass(frozen=True, slots=True)
class Absent:
    """A document that a compilation announces and does not hold."""

    sha256: str
    name: str
    title: str


def read_known(engine: Engine, sha256: str) -> Literal["taken", "quarantined"] | None:
    """What became of these bytes when they came before; None when they never came."""
    with engine.connect() as connection:
        if connection.execute(select(t.sources.c.sha256).where(t.sources.c.sha256 == sha256)).first():
            return "taken"
        if connection.execute(select(t.quarantine.c.sha256).where(t.quarantine.c.sha256 == sha256)).first():
            return "quarantined"
    return None


def read_sources(engine: Engine, sha256: str | None = None) -> tuple[Source, ...]:
    """All sources by name, or the one asked for."""
    query = select(t.sources).order_by(t.sources.c.name, t.sources.c.sha256)
    if sha256 is not None:
        query = query.where(t.sources.c.sha256 == sha256)
    with engine.connect() as connection:
        return tuple(source_of(row) for row in connection.execute(query))


def read_names(engine: Engine, sha256: str) -> tuple[str, ...]:
    """The names these bytes came under, the first one first."""
    query = select(t.names.c.name).where(t.names.c.sha256 == sha256).order_by(t.names.c.at, t.names.c.name)
    with engine.connect() as connection:
        return tuple(connection.execute(query).scalars())


def read_documents(
    engine: Engine, wanted: Mapping[str, str | None], *, replaced: bool = False
) -> tuple[Document, ...]:
    """The documents whose metadata, corrections applied, are as ``wanted``; ordered by period, issuer, ordinal.

    Those that a newer version stands for are among them only when ``replaced``.
    """
    matching = dict(_matching(engine, wanted, replaced))
    records: dict[str, Document] = {}
    with engine.connect() as connection:
        for some in _chunks(matching):
            query = select(t.documents.c.id, t.documents.c.record).where(t.documents.c.id.in_(some))
            for row in connection.execute(query):
                records[row.id] = from_json(Document, row.record)
    return tuple(_corrected(records[id_], set_) for id_, set_ in matching.items())


def read_facts(
    engine: Engine,
    *,
    documents: Sequence[str] | None,
    wanted: Mapping[str, str | None],
    period: str | None,
    indicator: str | None,
    kind: str | None,
) -> tuple[Fact, ...]:
    """Facts of the documents as ``wanted``, in the documents' order and then in the order of the text.

    ``documents`` given by id may be such that a newer version stands for; else these are left out. ``period`` is the
    fact's own or, where it has none, its document's; ``indicator`` is any part of the name in the source's
    words or of the canonical one.
    """
    c = t.facts.c
    replaced = documents is not None
    of_period = (
        {id_ for id_, _ in _matching(engine, {**wanted, "period": period}, replaced)} if period else set()
    )
    order = _asked(_matching(engine, wanted, replaced), documents)
    conditions: list[ColumnElement[bool]] = []
    if indicator is not None:
        part = indicator.strip()
        conditions.append(
            or_(c.indicator.contains(part, autoescape=True), c.canonical.contains(part, autoescape=True))
        )
    if kind is not None:
        conditions.append(c.kind == kind)
    if period is not None:
        conditions.append(or_(c.period == period, c.period.is_(None)))
    found = [
        row
        for row in _of_documents(engine, t.facts, order, conditions)
        if period is None or row.period == period or row.document in of_period
    ]
    return tuple(from_json(Fact, row.record) for row in found)


def read_measures(engine: Engine, documents: Sequence[str] | None, role: str | None) -> tuple[Measure, ...]:
    """Measures of the documents given (all when None), in the documents' order and then in the order of the text."""
    order = _asked(_matching(engine, {}, documents is not None), documents)
    conditions = [] if role is None else [t.measures.c.role == role]
    return tuple(
        from_json(Measure, row.record) for row in _of_documents(engine, t.measures, order, conditions)
    )


def read_problems(engine: Engine) -> tuple[Held, ...]:
    """Every problem of every source, by the source's name."""
    c = t.problems.c
    joined = t.problems.join(t.sources, c.sha256 == t.sources.c.sha256)
    query = select(c.sha256, t.sources.c.name, c.document, c.record).select_from(joined)
    with engine.connect() as connection:
        rows = connection.execute(query.order_by(t.sources.c.name, c.sha256, c.seq)).all()
    return tuple(Held(row.sha256, row.name, row.document, from_json(Problem, row.record)) for row in rows)


def read_quarantined(engine: Engine) -> tuple[Quarantined, ...]:
    """The files in quarantine, by name."""
    c = t.quarantine.c
    query = select(c.sha256, c.name, c.record, c.tries, c.version, c.at).order_by(c.name, c.sha256)
    with engine.connect() as connection:
        rows = connection.execute(query).all()
    return tuple(
        Quarantined(row.sha256, row.name, from_json(Problem, row.record), row.tries, row.version, row.at)
        for row in rows
    )


def read_absent(engine: Engine) -> tuple[Absent, ...]:
    """What compilations announce and do not hold, in the order of their contents."""
    c = t.absent.c
    joined = t.absent.join(t.sources, c.sha256 == t.sources.c.sha256)
    query = select(c.sha256, t.sources.c.name, c.title).select_from(joined)
    with engine.connect() as connection:
        rows = connection.execute(query.order_by(t.sources.c.name, c.sha256, c.seq)).all()
    return tuple(Absent(row.sha256, row.name, row.title) for row in rows)


def read_editions(engine: Engine, briefing: str) -> tuple[Edition, ...]:
    """The published editions of a briefing, the latest first."""
    c = t.editions.c
    query = select(t.editions).where(c.briefing == briefing).order_by(c.n.desc())
    with engine.connect() as connection:
        rows = connection.execute(query).all()
    return tuple(
        Edition(
            briefing=row.briefing,
            id=row.id,
            folder=row.folder,
            fingerprint=row.fingerprint,
            files=tuple((name, digest) for name, digest in json.loads(row.files)),
            new=False,
        )
        for row in rows
    )


def source_of(row: Row[Any]) -> Source:
    """The source of a row of ``sources``."""
    return from_data(
        Source,
        {
            **json.loads(row.layout),
            "sha256": row.sha256,
            "name": row.name,
            "media": row.media,
            "text": row.text,
            "encoding": row.encoding,
        },
    )


def _matching(
    engine: Engine, wanted: Mapping[str, str | None], replaced: bool
) -> list[tuple[str, dict[str, Override]]]:
    """Ids of the documents as ``wanted``, in order, each with the corrections that apply to it.

    Those that a newer version stands for are among them only when ``replaced``.
    """
    known = known_documents(engine)
    gone = {} if replaced else replacements(engine, known)
    found = [
        one
        for one in known
        if one.id not in gone and all(v is None or one.said[field] == v for field, v in wanted.items())
    ]
    found.sort(
        key=lambda one: (one.said["period"] or LAST, one.said["issuer"] or LAST, one.sha256, one.ordinal)
    )
    return [(one.id, one.applied) for one in found]


def _asked(matching: Sequence[tuple[str, object]], documents: Sequence[str] | None) -> list[str]:
    wanted = None if documents is None else set(documents)
    return [id_ for id_, _ in matching if wanted is None or id_ in wanted]


def _corrected(document: Document, applied: Mapping[str, Override]) -> Document:
    if not applied:
        return document
    changes: dict[str, Any] = {
        field: Attribute(override.value, f"{BY_HAND}:{override.author}")
        for field, override in applied.items()
        if override.value is not None
    }
    return replace(document, **changes)


def _of_documents(
    engine: Engine, table: Any, order: Sequence[str], conditions: Sequence[ColumnElement[bool]]
) -> list[Row[Any]]:
    """Rows of ``table`` that belong to the documents of ``order``, in that order."""
    place = {id_: n for n, id_ in enumerate(order)}
    rows: list[Row[Any]] = []
    with engine.connect() as connection:
        for some in _chunks(order):
            rows += connection.execute(
                select(table).where(and_(table.c.document.in_(some), *conditions))
            ).all()
    return sorted(rows, key=lambda row: (place[row.document], row.seq))


def _chunks(ids: Iterable[str], size: int = 500) -> Iterator[list[str]]:
    # SQLite takes a limited number of parameters in one statement.
    iterator = iter(ids)
    while some := list(islice(iterator, size)):
        yield some
