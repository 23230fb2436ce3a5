"""Places side by side: what can be compared and what cannot, what each does that the others do not speak of."""

from collections.abc import Sequence

from briefings.compare.checks import checks
from briefings.compare.comparable import barrier, defined, is_part, point
from briefings.compare.practices import borrowings, practices
from briefings.compare.problems import shared_problems
from briefings.compare.series import barred, is_named, series
from briefings.compare.sides import side
from briefings.records.comparison import Pair, Point, Series
from briefings.records.document import Document
from briefings.records.fact import Fact, Kind
from briefings.records.material import Material, within
from briefings.records.peers import Peers, Side

_ORDER: tuple[Kind, ...] = ("change", "rate", "completion", "level")
_UNRANKED = 99
_FEWEST = 2
_MONEY = ("元", "英镑")


def peers(material: Material) -> Peers:
    """Compare the places of the order, its first one being the own place, in the order's one period."""
    period = material.order.periods[0]
    documents = [d for d in material.documents if d.period and within(d.period.value, period)]
    names = _places(material.order.places, documents)
    sides = tuple(
        side(name, [d for d in documents if _of(d, name)], material)
        for name in names
        if any(_of(d, name) for d in documents)
    )
    facts = [f for s in sides for f in s.facts]
    done = [f for f in facts if f.status == "actual"]
    new = borrowings(sides, material.themes) if sides else ()
    return Peers(
        sides,
        tuple(n for n in names if not any(_of(d, n) for d in documents)),
        _comparable(facts, sides, material),
        _targets(sides, material),
        tuple(p for p in barred(done, material, across="places") if _worth_telling(p)),
        tuple(f for s in sides for f in s.facts if _is_rank(f, s)),
        practices(sides, material.themes, new),
        new,
        shared_problems([r for s in sides for r in s.reviews]),
        checks([d for s in sides for d in s.documents], facts, material.sources),
    )


def _comparable(facts: Sequence[Fact], sides: Sequence[Side], material: Material) -> tuple[Series, ...]:
    """Series of two places or more, the widest of each indicator and kind; headlines first, growth before amount."""
    order = {s.label: n for n, s in enumerate(sides)}
    best: dict[tuple[str, str, str | None], Series] = {}
    for found in series(facts, material, across="places"):
        if found.kind not in _ORDER or len(found.points) < _FEWEST or not is_named(found):
            continue
        points = tuple(sorted(found.points, key=lambda p: order[p.place]))
        told = Series(
            found.indicator, found.canonical, found.kind, found.unit, found.basis, points, found.rank
        )
        key = (found.indicator, found.kind, found.basis)
        if key not in best or len(points) > len(best[key].points):
            best[key] = told
    return tuple(
        sorted(best.values(), key=lambda s: (s.rank or _UNRANKED, s.canonical is None, _ORDER.index(s.kind)))
    )


def _targets(sides: Sequence[Side], material: Material) -> tuple[Series, ...]:
    """What two places or more aim at for the same indicator and time; a rough target (以上) is shown as it is."""
    found: dict[tuple[str, Kind, str | None], list[Point]] = {}
    for own in sides:
        by_id = {d.id: d for d in own.documents}
        for fact in own.facts:
            if (
                fact.status != "target"
                or fact.role != "plan"
                or fact.kind not in _ORDER
                or not fact.canonical
            ):
                continue
            made = point(fact, by_id[fact.document])
            told = found.setdefault((defined(fact), fact.kind, fact.basis), [])
            if made and not is_part(made) and all(p.place != made.place for p in told):
                told.append(made)
    lined = []
    for (name, kind, basis), points in found.items():
        walls = [barrier(points[0], p, across="places") for p in points[1:]]
        if walls and all(w is None or w.code in ("rough", "period") for w in walls):
            first = points[0].fact
            known = material.indicators.get(first.canonical or "")
            rank = known.rank if known else 0
            if rank or kind != "level":
                lined.append(Series(name, first.canonical, kind, first.unit, basis, tuple(points), rank))
    return tuple(sorted(lined, key=lambda s: s.rank or _UNRANKED))


def _worth_telling(pair: Pair) -> bool:
    """A barred pair that a reader would think of comparing: figures of a kind that is compared, of a known name."""
    if pair.kind not in _ORDER or pair.barrier is None or pair.current.fact.status == "target":
        return False
    if pair.barrier.code == "unit" and not (pair.unit or "").endswith(_MONEY):
        return False  # 家 beside 万户 are counts of different things under one name
    return pair.canonical is not None or pair.barrier.code in ("period", "basis", "scope")


def _places(asked: Sequence[str], documents: Sequence[Document]) -> tuple[str, ...]:
    """The places asked for, or all there are in the order of their documents."""
    return tuple(asked) or tuple(dict.fromkeys(d.place.value for d in documents if d.place))


def _of(document: Document, place: str) -> bool:
    return document.place is not None and document.place.value == place


def _is_rank(fact: Fact, own: Side) -> bool:
    """A rank that a source states of its own place among places of its kind."""
    document = next(d for d in own.documents if d.id == fact.document)
    made = point(fact, document)
    whole = made is not None and not is_part(made) and made.place == own.label
    return fact.kind == "rank" and fact.status == "actual" and fact.role == "done" and whole
