"""What is known of every document without reading it: its metadata, with what people have set in them applied."""

from dataclasses import dataclass

from sqlalchemy import Engine, select

from briefings.store import tables as t
from briefings.store.rows import FIELDS


@dataclass(frozen=True, slots=True)
class Override:
    """What a person set, when and why; ``target`` is a document's id or a sha256, a value of None takes it back.

    ``n`` counts from 1 in the order in which they were said.
    """

    target: str
    field: str
    value: str | None
    author: str
    reason: str
    at: str
    n: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """A document's columns: its metadata and genre as ``read`` and as they stand (``said``), with what people set."""

    id: str
    sha256: str
    ordinal: int
    title: str
    read: dict[str, str | None]
    said: dict[str, str | None]
    applied: dict[str, Override]


def read_overrides(engine: Engine, target: str | None = None) -> tuple[Override, ...]:
    """The whole history of corrections, oldest first."""
    c = t.overrides.c
    query = select(c.target, c.field, c.value, c.author, c.reason, c.at, c.n).order_by(c.n)
    if target is not None:
        query = query.where(c.target == target)
    with engine.connect() as connection:
        return tuple(Override(*row) for row in connection.execute(query))


def known_documents(engine: Engine) -> tuple[Known, ...]:
    """All documents, in no order; a document's own correction goes before its source's."""
    c = t.documents.c
    said: dict[str, dict[str, Override]] = {}
    for override in read_overrides(engine):
        said.setdefault(override.target, {})[override.field] = override
    query = select(c.id, c.sha256, c.ordinal, c.title, c.genre, c.issuer, c.place, c.period, c.published)
    found = []
    with engine.connect() as connection:
        for row in connection.execute(query):
            read: dict[str, str | None] = {field: getattr(row, field) for field in (*FIELDS, "genre")}
            applied = {
                field: override
                for target in (row.sha256, row.id)
                for field, override in said.get(target, {}).items()
                if override.value is not None
            }
            now = read | {field: override.value for field, override in applied.items()}
            found.append(Known(row.id, row.sha256, row.ordinal, row.title, read, now, applied))
    return tuple(found)
