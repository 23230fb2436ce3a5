"""Find facts and passages by words, one Chinese character being a word: no index of words splits Chinese well."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Engine, and_, func, or_, select

from briefings.records.codec import from_json
from briefings.records.document import Span
from briefings.records.fact import Fact
from briefings.store import tables as t
from briefings.store.versions import read_replaced

_f, _d, _s = t.facts.c, t.documents.c, t.sources.c
_AROUND = 40


@dataclass(frozen=True, slots=True)
class Page:
    """Some of the facts found, and how many there are in all."""

    facts: tuple[Fact, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Passage:
    """Words found in a source: where, with what stands before and behind them."""

    sha256: str
    name: str
    span: Span
    before: str
    words: str
    after: str


def search_facts(
    engine: Engine,
    words: Sequence[str],
    *,
    documents: Sequence[str] | None = None,
    kind: str = "",
    most: int | None = 100,
    skip: int = 0,
) -> Page:
    """Facts that hold every one of ``words`` in their name, scope, period, number or headings, by document and place."""
    replaced = read_replaced(engine)
    conditions: list[ColumnElement[bool]] = [
        or_(*(c.icontains(word, autoescape=True) for c in (_f.indicator, _f.canonical, _f.scope, _f.period, _f.record)))
        for word in words
    ]  # fmt: skip
    if kind:
        conditions.append(_f.kind == kind)
    if documents is not None:
        conditions.append(_f.document.in_(list(documents)))
    if replaced:
        conditions.append(_f.document.not_in(list(replaced)))
    joined = t.facts.join(t.documents, _d.id == _f.document)
    query = select(_f.record).select_from(joined).where(and_(True, *conditions))
    ordered = query.order_by(_d.period.desc(), _d.issuer, _d.id, _f.seq).limit(most).offset(skip)
    count = select(func.count()).select_from(t.facts).where(and_(True, *conditions))
    with engine.connect() as connection:
        total = int(connection.execute(count).scalar() or 0)
        found = tuple(from_json(Fact, row) for row in connection.execute(ordered).scalars())
    return Page(found, total)


def read_fact(engine: Engine, id_: str) -> Fact | None:
    """The fact with that id; None where it is not held."""
    with engine.connect() as connection:
        found = connection.execute(select(_f.record).where(_f.id == id_)).scalar()
    return from_json(Fact, found) if found else None


def search_texts(engine: Engine, words: Sequence[str], most: int = 50) -> tuple[Passage, ...]:
    """Passages of sources that hold every one of ``words``; each is shown around the first word, at most five of a source."""
    if not words:
        return ()
    held = and_(*(_s.text.icontains(word, autoescape=True) for word in words))
    found: list[Passage] = []
    with engine.connect() as connection:
        for row in connection.execute(select(_s.sha256, _s.name, _s.text).where(held).order_by(_s.name)):
            found += _passages(row.sha256, row.name, row.text, words[0])
            if len(found) >= most:
                break
    return tuple(found[:most])


def _passages(sha256: str, name: str, text: str, word: str, most: int = 5) -> list[Passage]:
    found: list[Passage] = []
    lower, wanted, at = text.lower(), word.lower(), -1
    if len(lower) != len(text):  # a letter whose small form is longer would shift what follows
        lower, wanted = text, word
    while len(found) < most and (at := lower.find(wanted, at + 1)) >= 0:
        end = at + len(word)
        before = " ".join(text[max(0, at - _AROUND) : at].split())
        after = " ".join(text[end : end + _AROUND].split())
        found.append(Passage(sha256, name, Span(at, end), before, text[at:end], after))
    return found
