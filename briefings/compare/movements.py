"""Where comparable indicators went from one period to the next, by rules that can be read.

The number's direction is one thing, the lexicon's judgement another: a longer approval time goes up and is worse. One
movement leads for each indicator and place: its level, else its rate, its completion, its growth, its rank, its gap.
"""

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from briefings.compare.comparable import barrier, defined
from briefings.compare.ledger import root
from briefings.records.comparison import Pair, Series
from briefings.records.document import Document
from briefings.records.fact import Fact, Kind
from briefings.records.material import Material, within
from briefings.records.yoy import Direction, Movement, Verdict

_LEADING: tuple[Kind, ...] = ("level", "rate", "completion", "change", "rank", "gap")
_VOLUME = re.compile(r"生产总值|增加值|GDP")


def movements(
    found: Iterable[Series], prior: Sequence[Document], current: Sequence[Document], material: Material
) -> tuple[Movement, ...]:
    """The movements of those series that have a point in both periods, headline indicators first.

    A step on the year before (delta) is not set beside another: the levels say more.
    """
    before, now = {d.id for d in prior}, {d.id for d in current}
    pairs = [p for s in found if s.kind in _LEADING for p in _pairs(s, before, now, material)]
    pairs.sort(key=lambda p: (not p.rank, p.rank, p.canonical is None))
    led: dict[tuple[str, str], Pair] = {}
    for pair in sorted(pairs, key=lambda p: _LEADING.index(p.kind)):
        led.setdefault(_whose(pair), pair)
    return tuple(_movement(pair, led[_whose(pair)] is pair, current, material) for pair in pairs)


def yearly(material: Material) -> bool:
    """Whether the order's two periods are one year apart."""
    first, last = (p[:4] for p in (material.order.periods[0], material.order.periods[-1]))
    return first.isdigit() and last.isdigit() and int(last) - int(first) == 1


def _pairs(found: Series, before: set[str], now: set[str], material: Material) -> Iterable[Pair]:
    """The last point of the current period with the last of the prior one."""
    periods = material.order.periods
    old = [p for p in found.points if p.fact.document in before and within(p.period, periods[0])]
    new = [p for p in found.points if p.fact.document in now and within(p.period, periods[-1])]
    if old and new and barrier(new[-1], old[-1], across="periods") is None:
        yield Pair(
            found.indicator, found.canonical, found.kind, found.unit, found.basis, new[-1], old[-1], None, found.rank
        )  # fmt: skip


def _whose(pair: Pair) -> tuple[str, str]:
    return root(pair.indicator), pair.current.place


def _movement(pair: Pair, leads: bool, current: Sequence[Document], material: Material) -> Movement:
    known = material.indicators.get(pair.canonical or "")
    direction = _direction(pair)
    verdict: Verdict = "none"
    if direction != "flat" and pair.kind == "rank":
        verdict = "better" if direction == "up" else "worse"
    elif direction != "flat" and known and known.polarity != "none":
        wanted = "up" if known.polarity == "up_good" else "down"
        verdict = "better" if direction == wanted else "worse"
    return Movement(
        pair,
        direction,
        verdict,
        leads,
        known.theme if known else "",
        stated=_said("yoy", pair, current, material) if pair.kind == "level" and yearly(material) else None,
        average=_said("avg2y", pair, current, material) if pair.kind in ("level", "change") else None,
        volume=pair.kind == "level" and bool(_VOLUME.search(pair.indicator)),
    )


def _direction(pair: Pair) -> Direction:
    step = Decimal(pair.current.amount) - Decimal(pair.prior.amount)
    if not step:
        return "flat"
    way: Direction = "up" if step > 0 else "down"
    if pair.kind == "rank":
        way = "down" if way == "up" else "up"
    return way


def _said(basis: str, pair: Pair, current: Sequence[Document], material: Material) -> Fact | None:
    """The growth that the current source states of the same thing and period, exact and of the same place."""
    ids = {d.id for d in current}
    mine = pair.current.fact
    for fact in material.facts:
        if (
            fact.document in ids
            and (fact.kind, fact.basis, fact.status) == ("change", basis, "actual")
            and root(fact.canonical or fact.indicator) == root(defined(mine))
            and (fact.period or pair.current.period) == (mine.period or pair.current.period)
            and fact.scope == mine.scope
            and not fact.value_high
        ):
            return fact
    return None
