"""Lines up what documents say of the same indicator: what is comparable as series, what only looks alike as barred pairs.

What is lined up was done or happened: no targets, nothing that a reporter puts into a question, no number of the year
before told in passing, none whose reading is in doubt. Of each document the first number said of an indicator counts.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from briefings.compare.comparable import (
    Across,
    barrier,
    defined,
    is_part,
    is_rough,
    narrowed,
    notion,
    point,
    season,
)
from briefings.compare.ledger import bare, ledger
from briefings.compare.likeness import alike
from briefings.compare.quantity import scaled
from briefings.records.comparison import BarrierCode, Pair, Point, Series
from briefings.records.document import Document
from briefings.records.fact import Fact
from briefings.records.material import Material

_SPECIFIC = 5
"""A name the lexicon does not know says of what it is from this many characters on (收购入库夏粮, not 产业链)."""
_PROCESS = frozenset({"次", "期", "场", "条", "件", "份", "篇", "批", "轮", "例", "天", "部"})
"""Meetings, papers and cases are counted, nobody compares them unless the lexicon knows them."""
_DOUBT = frozenset(
    {
        "name_doubtful", "unit_kind_mismatch", "unit_mismatch", "unit_conflict", "distribution_mismatch",
        "distribution_unclear",
    }
)  # fmt: skip
_NEAREST: tuple[BarrierCode, ...] = ("rough", "unit", "period", "scope", "basis", "status", "definition")
_Side = tuple[str, tuple[Point, ...]]


def series(facts: Iterable[Fact], material: Material, *, across: Across | None = None) -> tuple[Series, ...]:
    """The series of ``facts`` of ``material.documents``, headline indicators first; some have a single point.

    Across periods a series holds one place and the same part of each year, across places one period and whole places
    only; ``across`` follows from the kind of the briefing where it is not given. Rough numbers make no points.
    """
    across = across or _across(material)
    documents = {d.id: d for d in material.documents}
    groups: dict[tuple[object, ...], list[Point]] = {}
    for found in _points(facts, material):
        if found.fact.status == "actual" and found.period and not is_rough(found):
            home = documents[found.fact.document].place
            if across == "periods" or (home and found.place == home.value):
                groups.setdefault(_key(found, across), []).append(found)
    lined = [_series(group, documents, material, across) for group in groups.values()]
    return tuple(sorted(lined, key=lambda s: (not s.rank, s.rank, s.canonical is None)))


def barred(facts: Iterable[Fact], material: Material, *, across: Across | None = None) -> tuple[Pair, ...]:
    """What looks alike on two sides and must not be compared, one pair for each indicator and kind, headline ones first.

    The sides are the documents' periods, each with the one before (``prior``); or their places, each with the first of
    the order (``current``). What has a comparable counterpart is not told again.
    """
    across = across or _across(material)
    sides = _sides(_points(facts, material), material, across)
    if across == "periods":
        couples = [(prior, current) for prior, current in pairwise(sides)]
    else:
        couples = [(other, sides[0]) for other in sides[1:]]
    found = [pair for prior, current in couples for pair in _barred(prior, current, material, across)]
    return tuple(sorted(found, key=lambda p: (not p.rank, p.rank, p.canonical is None)))


def is_named(found: Series) -> bool:
    """Whether the indicator can stand in a table by its name: a known one, or words that stand together in the source."""
    return found.canonical is not None or len(found.points[0].fact.indicator_spans) == 1


def _across(material: Material) -> Across:
    return "places" if material.order.kind == "peers" else "periods"


def _points(facts: Iterable[Fact], material: Material) -> list[Point]:
    """The points of all facts that may be lined up, in the order of documents and text."""
    documents = {d.id: d for d in material.documents}
    own = [f for f in facts if f.document in documents]
    told = (e for e in ledger(material.documents, own, material.sources).entries if not e.past)
    usable = (e.fact for e in told if _is_usable(e.fact))
    found = (point(fact, documents[fact.document]) for fact in usable)
    return [p for p in found if p is not None]


def _is_usable(fact: Fact) -> bool:
    if fact.role == "question" or set(fact.flags) & _DOUBT:
        return False
    if fact.status == "actual" and fact.role not in ("done", "problem"):
        return False
    if fact.canonical:
        return True
    return len(bare(fact.indicator)) >= _SPECIFIC and fact.rule != "counted" and fact.unit not in _PROCESS


def _key(found: Point, across: Across) -> tuple[object, ...]:
    fact = found.fact
    where = (found.place, season(found.period)) if across == "periods" else ("", found.period)
    return (defined(fact), narrowed(fact), fact.kind, fact.basis, scaled(fact.unit or "")[1], *where)


def _series(
    group: Sequence[Point], documents: Mapping[str, Document], material: Material, across: Across
) -> Series:
    def apart(p: Point) -> tuple[int, str]:
        own = documents[p.fact.document].period
        return (0 if own and own.value == p.period else 1, "")

    one: dict[tuple[str, str], Point] = {}
    for found in sorted(group, key=apart):
        one.setdefault((found.place, found.period), found)
    order = {place: n for n, place in enumerate(material.order.places)}
    points = sorted(one.values(), key=lambda p: (order.get(p.place, len(order)), p.place, p.period))
    unit = _unit([p.fact.unit for p in points])
    told = tuple(_in_unit(p, documents, unit) for p in points)
    last = told[-1].fact if across == "periods" else told[0].fact
    known = material.indicators.get(last.canonical or "")
    rank = known.rank if known else 0
    return Series(
        last.canonical or last.indicator, last.canonical, last.kind, unit, last.basis, told,
        0 if is_part(told[0]) else rank,
    )  # fmt: skip


def _unit(units: Sequence[str | None]) -> str | None:
    """The unit that most points are written in, the last of equals."""
    counted = Counter(units)
    most = max(counted.values())
    return next(u for u in reversed(units) if counted[u] == most)


def _in_unit(found: Point, documents: Mapping[str, Document], unit: str | None) -> Point:
    return point(found.fact, documents[found.fact.document], unit) or found


def _sides(points: Sequence[Point], material: Material, across: Across) -> list[_Side]:
    documents = {d.id: d for d in material.documents}
    sides: dict[str, list[Point]] = {}
    for found in points:
        document = documents[found.fact.document]
        said = document.period if across == "periods" else document.place
        sides.setdefault(said.value if said else "", []).append(found)
    order = {place: n for n, place in enumerate(material.order.places)}
    named = ((name, tuple(group)) for name, group in sides.items() if name)
    return sorted(named, key=lambda s: s[0] if across == "periods" else (order.get(s[0], len(order)), s[0]))


def _barred(prior: _Side, current: _Side, material: Material, across: Across) -> Iterator[Pair]:
    """The nearest pair of each indicator and kind that both sides have and that none of their points allows to compare."""
    before, now = _by_notion(prior[1]), _by_notion(current[1])
    for what, mine in now.items():
        others = before.get(what) or _like(what, before, now, material)
        walls = [(barrier(a, b, across=across), a, b) for a in mine for b in others]
        if not walls or any(wall is None for wall, _, _ in walls):
            continue
        wall, a, b = min(walls, key=lambda w: _NEAREST.index(w[0].code) if w[0] else 0)
        fact = a.fact
        if wall is None or (wall.code == "status" and not fact.canonical):
            continue
        ranks = [material.indicators[n].rank for n in _canonicals(a, b) if n in material.indicators]
        rank = min((r for r in ranks if r), default=0)
        yield Pair(
            fact.canonical or fact.indicator, fact.canonical, fact.kind, fact.unit, fact.basis, a, b, wall, rank
        )  # fmt: skip


def _canonicals(a: Point, b: Point) -> tuple[str, ...]:
    return tuple(n for n in (a.fact.canonical, b.fact.canonical) if n)


def _by_notion(points: Sequence[Point]) -> dict[tuple[str, str], list[Point]]:
    found: dict[tuple[str, str], list[Point]] = {}
    for p in points:
        found.setdefault((notion(p.fact), p.fact.kind), []).append(p)
    return found


def _like(
    what: tuple[str, str],
    before: Mapping[tuple[str, str], Sequence[Point]],
    now: Mapping[tuple[str, str], Sequence[Point]],
    material: Material,
) -> Sequence[Point]:
    """The points of another notion under a like name, where one of the two is a headline and neither has its own."""
    mine = material.indicators.get(what[0])
    if mine is None:
        return ()
    for name, kind in before:
        other = material.indicators.get(name)
        if other is None or kind != what[1] or (name, kind) in now or not (mine.rank or other.rank):
            continue
        if (mine.theme, mine.dimension) == (other.theme, other.dimension) and alike(mine.name, other.name):
            return before[name, kind]
    return ()
