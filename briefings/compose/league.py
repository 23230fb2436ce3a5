"""The own place among three or more: rank, first, mean; what two places do not have."""

from dataclasses import dataclass

from briefings.compose.desk import Desk
from briefings.compose.labels import amount, exact
from briefings.records.briefing import Line, Value
from briefings.records.comparison import Point, Series

LEAST = 3


@dataclass(frozen=True, slots=True)
class League:
    """Where the first point of a series stands: ``rank`` and ``mean`` are None where fewer than three can be compared."""

    first: Point
    rank: Line | None
    mean: Value | None

    def beside(self, desk: Desk) -> Line:
        """The rank as a note beneath a number."""
        return desk.say("　{rank}", rank=self.rank) if self.rank else ()


def league(series: Series, desk: Desk) -> League:
    """The series' own place (its first point) among all its points."""
    first = max(series.points, key=lambda p: _better(p, series, desk))
    if len(series.points) < LEAST or not all(exact(p) for p in series.points):
        return League(first, None, None)
    digits = max(p.digits for p in series.points) + (series.unit != "%")
    mean = desk.reckon("mean", series.points, series.unit or "", digits)
    return League(first, rank(series, 0, desk), mean)


def rank(series: Series, at: int, desk: Desk) -> Line | None:
    """The rank of the point at ``at`` by the indicator's polarity; None where a rank would say nothing."""
    if len(series.points) < LEAST or not all(exact(p) for p in series.points) or not ranked(series, desk):
        return None
    point = series.points[at]
    others = [p for n, p in enumerate(series.points) if n != at]
    value = desk.reckon("rank_low" if _low(series, desk) else "rank", (point, *others), "", 0)
    if value is None:
        return None
    tie = any(amount(o) == amount(point) for o in others)
    return desk.say("并列第{n}位", n=value) if tie else desk.say("第{n}位", n=value)


def ranked(series: Series, desk: Desk) -> bool:
    """Whether more or less of the indicator is better: otherwise no rank is told."""
    known = desk.indicators.get(series.canonical or "")
    return known is not None and known.polarity != "none"


def _low(series: Series, desk: Desk) -> bool:
    known = desk.indicators.get(series.canonical or "")
    return known is not None and known.polarity == "down_good"


def _better(point: Point, series: Series, desk: Desk) -> float:
    return float(amount(point)) * (-1 if _low(series, desk) else 1)
