"""A series through the periods: from its first point to its last, in words and numbers that can be reckoned again."""

from decimal import Decimal

from briefings.compose.desk import Desk
from briefings.compose.labels import amount, apart, between, indicator, of_what
from briefings.records.briefing import Line, Value
from briefings.records.comparison import Series

_LEAST_YEARS = 3
_YEAR_DIGITS = 4


def years(series: Series) -> int:
    """How many years lie between the first and the last point."""
    first, last = series.points[0].period, series.points[-1].period
    return int(last[:_YEAR_DIGITS]) - int(first[:_YEAR_DIGITS])


def change(series: Series, desk: Desk) -> Value | None:
    """The last point against the first: percentage points between rates, else growth in percent; None where it has no sense."""
    first, last = series.points[0], series.points[-1]
    if series.unit == "%":
        return apart(last, first, series, desk)
    if amount(first) <= 0:
        return None
    return desk.reckon("growth", (last, first), "%", 1)


def yearly(series: Series, desk: Desk) -> Value | None:
    """The compound yearly growth of amounts three years or more apart."""
    apart_ = years(series)
    if series.unit == "%" or apart_ < _LEAST_YEARS:
        return None
    return desk.reckon("cagr", (series.points[-1], series.points[0]), "%", 1, years=apart_)


def moved(series: Series, desk: Desk) -> Line:
    """The indicator, how it moved since the first period, both sentences."""
    first, last = series.points[0], series.points[-1]
    name, cites = indicator(last.fact, desk), (desk.cite(first.fact), desk.cite(last.fact))
    gap = between(last, first, series, desk)
    if gap is None or amount(first) == amount(last):
        return desk.say("{name}{measure}与{period}持平{cites}", name=name, measure=of_what(last.fact, desk), period=desk.period(first.period), cites=cites)  # fmt: skip
    measure, period = of_what(last.fact, desk), desk.period(first.period)
    match series.unit == "%", amount(last) > amount(first):
        case True, True:
            return desk.say(
                "{name}{measure}比{period}高{gap}{cites}",
                name=name,
                measure=measure,
                period=period,
                gap=gap,
                cites=cites,
            )
        case True, False:
            return desk.say(
                "{name}{measure}比{period}低{gap}{cites}",
                name=name,
                measure=measure,
                period=period,
                gap=gap,
                cites=cites,
            )
        case _, True:
            return desk.say("{name}比{period}多{gap}{cites}", name=name, period=period, gap=gap, cites=cites)
        case _:
            return desk.say("{name}比{period}少{gap}{cites}", name=name, period=period, gap=gap, cites=cites)


def size(series: Series) -> Decimal:
    """How far a series moved, for ordering: in percentage points, or percent of the first amount."""
    first, last = amount(series.points[0]), amount(series.points[-1])
    if series.unit == "%":
        return abs(last - first)
    return abs(last - first) * 100 / abs(first) if first else Decimal(0)
