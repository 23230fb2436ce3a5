"""Versions of one document: the one taken in last stands for the others, unless a person says otherwise."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, Engine, func, insert, select

from briefings.errors import UsageError
from briefings.records.codec import from_json
from briefings.records.document import Document
from briefings.store import tables as t
from briefings.store.engine import writing
from briefings.store.judging import unknown_document
from briefings.store.known import Known, known_documents
from briefings.store.news import note_news
from briefings.store.rows import in_one_line

Choice = Literal["use", "apart"]
ALIKE = 0.5
"""Texts that share at least this part of the shorter one are versions; other documents of one office share a quarter."""
_WINDOW = 4
_SHORTEST = 6
_NO_WORDS = re.compile(r"[\W\d_]+")
_UNDO = "undo"
"""A row that takes back the last choice of its document that still held."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a person said of a document's versions; ``holds`` until it was taken back. ``n`` is its turn."""

    n: int
    document: str
    choice: Choice
    author: str
    reason: str
    at: str
    holds: bool


def replacements(engine: Engine, known: Sequence[Known]) -> dict[str, str]:
    """By the id of each document of ``known`` that another version stands for, the id of that version.

    Versions are documents of different sources with the same title, issuer and period, as read or as set by a person: what
    was misread in one version is misread in the next. Their texts are alike: a title may be as general as two different
    papers of one office. The one that arrived, or was chosen by a person, last stands.
    """
    groups: dict[str, list[Known]] = {}
    for one in known:
        groups.setdefault(_bare(one.title), []).append(one)
    several = [group for group in groups.values() if len({one.sha256 for one in group}) > 1]
    if not several:
        return {}
    found: dict[str, str] = {}
    with engine.connect() as connection:
        turns, apart = _turns(connection)
        words = _Words(connection)
        for group in several:
            newest_first = sorted(
                (one for one in group if one.id not in apart),
                key=lambda one: (max(turns.get(one.sha256, 0), turns.get(one.id, 0)), one.id),
                reverse=True,
            )
            standing: dict[tuple[str | None, str | None], list[Known]] = {}
            for one in newest_first:
                keys = {(i, p) for i in _either(one, "issuer") for p in _either(one, "period")}
                others = [s for key in sorted(keys, key=str) for s in standing.get(key, ())]
                newer = next((s for s in others if s.sha256 != one.sha256 and words.alike(s, one)), None)
                if newer:
                    found[one.id] = newer.id
                else:
                    for key in keys:
                        standing.setdefault(key, []).append(one)
    return found


def read_replaced(engine: Engine) -> dict[str, str]:
    """By document that another version stands for, the id of that version."""
    return replacements(engine, known_documents(engine))


def save_choice(
    engine: Engine, given: str, choice: Choice, *, author: str, reason: str, now: str
) -> tuple[str, ...]:
    """Note that ``given`` is to stand for its versions (``use``), or is no version of another (``apart``).

    ``given`` is a document, or the beginning of a source's sha256 for all its documents; gives their ids. A version that
    arrives later stands for the one used all the same. Raises ``UsageError`` for what is not held.
    """
    c = t.documents.c
    with writing(engine) as connection:
        rows = connection.execute(select(c.id, c.sha256).order_by(c.sha256, c.ordinal)).all()
        meant = [row.id for row in rows if row.id == given] or [
            row.id for row in rows if len(given) >= _SHORTEST and row.sha256.startswith(given)
        ]
        if not meant:
            raise unknown_document(given, [row.id for row in rows])
        for id_ in meant:
            row = {
                "document": id_,
                "choice": choice,
                "author": author,
                "reason": in_one_line(reason),
                "at": now,
            }
            connection.execute(insert(t.choices), {"n": _next(connection), **row})
        note_news(connection, [row.sha256 for row in rows if row.id in meant])
    return tuple(meant)


def read_chosen(engine: Engine) -> tuple[Chosen, ...]:
    """All that people said of versions, oldest first."""
    with engine.connect() as connection:
        return _chosen(connection)


def save_unchosen(engine: Engine, document: str, *, author: str, reason: str, now: str) -> Chosen:
    """Take back the last choice of ``document`` that holds; gives it. Raises ``UsageError`` where none does."""
    with writing(engine) as connection:
        held = [one for one in _chosen(connection) if one.document == document and one.holds]
        if not held:
            raise UsageError(f"Nobody has chosen anything of {document!r} that still holds.")
        row = {
            "document": document,
            "choice": _UNDO,
            "author": author,
            "reason": in_one_line(reason),
            "at": now,
        }
        connection.execute(insert(t.choices), {"n": _next(connection), **row})
        c = t.documents.c
        note_news(connection, connection.execute(select(c.sha256).where(c.id == document)).scalars().all())
        return held[-1]


def note_arrival(connection: Connection, sha256: str) -> None:
    """Give the bytes ``sha256`` their turn in the order of arrival, the first time they come."""
    held = select(t.arrivals.c.n).where(t.arrivals.c.sha256 == sha256)
    if connection.execute(held).first() is None:
        connection.execute(insert(t.arrivals), {"sha256": sha256, "n": _next(connection)})


def _next(connection: Connection) -> int:
    """The next turn: arrivals and choices are counted together, so that the last of either decides."""
    last = (connection.execute(select(func.max(table.c.n))).scalar() for table in (t.arrivals, t.choices))
    return max(n or 0 for n in last) + 1


def _chosen(connection: Connection) -> tuple[Chosen, ...]:
    rows = connection.execute(select(t.choices).order_by(t.choices.c.n)).all()
    held: dict[str, list[int]] = {}
    for row in rows:
        turns = held.setdefault(row.document, [])
        if row.choice != _UNDO:
            turns.append(row.n)
        elif turns:
            turns.pop()
    return tuple(
        Chosen(r.n, r.document, r.choice, r.author, r.reason, r.at, r.n in held[r.document])
        for r in rows
        if r.choice != _UNDO
    )


def _turns(connection: Connection) -> tuple[dict[str, int], set[str]]:
    """The turn of each source's arrival and each document's last choice to be used; the documents kept apart."""
    turns = {row.sha256: row.n for row in connection.execute(select(t.arrivals))}
    apart: set[str] = set()
    for one in _chosen(connection):
        if not one.holds:
            continue
        if one.choice == "apart":
            apart.add(one.document)
        else:
            apart.discard(one.document)
            turns[one.document] = one.n
    return turns, apart


class _Words:
    """Every few characters in a row of each document, numbers and marks left out: a revision changes these first."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.held: dict[str, frozenset[str]] = {}

    def alike(self, one: Known, other: Known) -> bool:
        """Whether two documents share enough of the shorter one."""
        a, b = self.of(one), self.of(other)
        return len(a & b) >= ALIKE * min(len(a), len(b))

    def of(self, one: Known) -> frozenset[str]:
        """The words of a document, read when they are first asked for."""
        if one.id not in self.held:
            query = select(t.documents.c.record).where(t.documents.c.id == one.id)
            document = from_json(Document, self.connection.execute(query).scalar_one())
            text = _NO_WORDS.sub("", "".join(p.text for p in document.paragraphs))
            ends = range(max(1, len(text) - _WINDOW + 1))
            self.held[one.id] = frozenset(text[at : at + _WINDOW] for at in ends)
        return self.held[one.id]


def _either(one: Known, field: str) -> set[str | None]:
    return {one.read[field], one.said[field]}


def _bare(title: str) -> str:
    return "".join(unicodedata.normalize("NFKC", title).split())
