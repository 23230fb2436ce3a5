"""Whether a chart draws the numbers of its sources."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import assert_never

from briefings.audit import english
from briefings.audit.magnitudes import factor
from briefings.audit.tokens import squeezed
from briefings.audit.values import computed_fault, fact_fault
from briefings.records.briefing import (
    Bar,
    BarChart,
    Bullet,
    Computed,
    Dumbbell,
    Figure,
    Heatmap,
    Language,
    LineChart,
    Mark,
    Progress,
    Slope,
    SmallMultiples,
    Track,
)
from briefings.records.fact import Fact

Faults = Iterator[tuple[str, str]]
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_ONE_YEAR = re.compile(r"(\d{4})(?:-(?:[HQ]\d|M?\d{2}))?")
_OF_ALL = re.compile(r"(?P<share>[^（(]+)[（(](?P<bracket>[^（）()]*)[）)]")
_RANKS = ("位", "名", "名次", "位次")
_MONTHS = 12


def chart_faults(
    figure: Figure, facts: Mapping[str, Fact], computed: Mapping[str, Computed], language: Language = "zh"
) -> Faults:
    """Each number of the chart that its source does not bear out, with the reason."""
    chart = figure.chart
    case = _Case(facts, computed, language)
    match chart:
        case BarChart():
            yield from case.bars(chart)
        case Heatmap():
            yield from case.heat(chart)
        case Dumbbell() | Slope():
            for row in chart.rows:
                yield from case.mark(
                    f"“{row.label}”的{chart.prior_label}", row.prior, chart.unit, chart.prior_label
                )
                yield from case.mark(
                    f"“{row.label}”的{chart.current_label}", row.current, chart.unit, chart.current_label
                )
        case Bullet():
            for done in chart.rows:
                yield from case.progress(done, chart.unit)
                yield from _schedule(done.label, done.schedule)
        case LineChart():
            for track in chart.tracks:
                yield from case.track(track, chart.periods, chart.unit)
        case SmallMultiples():
            if len(chart.units) != len(chart.tracks):
                yield "", f"小图有{len(chart.tracks)}幅，单位有{len(chart.units)}个"
                return
            for track, unit in zip(chart.tracks, chart.units, strict=True):
                yield from case.track(track, chart.periods, unit)
        case _:
            assert_never(chart)


class _Case:
    """What the numbers of a chart are proved by."""

    def __init__(
        self, facts: Mapping[str, Fact], computed: Mapping[str, Computed], language: Language
    ) -> None:
        self.facts, self.computed, self.language = facts, computed, language

    def bars(self, chart: BarChart) -> Faults:
        """The bars, and the dashed line at their mean."""
        for bar in chart.bars:
            yield from self.mark(f"条形“{bar.label}”", bar, chart.unit)
        if chart.mean is not None and chart.bars:
            mean = sum(bar.value for bar in chart.bars) / len(chart.bars)
            if not abs(mean - chart.mean) <= 0.051 + abs(mean) * 1e-9:
                yield f"{chart.mean:g}", f"平均线应在 {mean:.2f}"

    def track(self, track: Track, periods: Sequence[str], unit: str) -> Faults:
        """The marks of a line, each in its period; a line has a mark or a gap for every period."""
        if len(track.marks) != len(periods):
            yield "", f"“{track.label}”有{len(track.marks)}个点，图上有{len(periods)}个期间"
            return
        for period, mark in zip(periods, track.marks, strict=True):
            if mark:
                yield from self.mark(f"“{track.label}”的{period}", mark, unit, period)

    def progress(self, row: Progress, unit: str) -> Faults:
        """What is done: the share, and where a bracket says how many of how many, the two numbers it was computed from."""
        match = _OF_ALL.fullmatch(row.done.text)
        done = replace(row.done, text=match["share"]) if match else row.done
        yield from self.mark(f"“{row.label}”", done, unit)
        item = self.computed.get(done.source)
        if match and (item is None or self._bracket(item) != match["bracket"]):
            yield row.done.text, f"“{row.label}”括号里的不是算出这个百分数的两个数"

    def _bracket(self, item: Computed) -> str | None:
        """What the bracket behind a computed share says: 31/50个."""
        used = [self.facts[id_] for id_ in item.inputs if id_ in self.facts]
        if item.operation != "percent" or len(used) != 2 or used[0].unit != used[1].unit:
            return None
        return f"{used[0].value}/{used[1].value}{used[1].unit or ''}"

    def mark(self, place: str, mark: Mark | Bar, unit: str, side: str = "") -> Faults:
        """One number: where it is drawn, what is printed beside it, and whether ``side`` is the year it is of.

        Drawn and printed in the chart's ``unit``; a text with a unit of its own is the source's own wording.
        """
        fact, item = self.facts.get(mark.source), self.computed.get(mark.source)
        if fact is None and item is None:
            yield mark.text, f"{place}的数据 {mark.source} 不存在"
            return
        own = (fact.unit if fact else item.unit if item else "") or ""
        stated = (fact.value if fact else item.value if item else "") or ""
        converts = english.factor if self.language == "en" else factor
        times = Decimal(1) if _as_it_is(own, unit, fact) else converts(own, unit)
        if times is None:
            yield mark.text, f"{place}的单位是“{own}”，图的单位是“{unit}”"
            return
        try:
            amount = Decimal(stated) * times
        except InvalidOperation:
            yield mark.text, f"{place}的数据“{stated}”不是数"
            return
        if not isfinite(mark.value) or float(amount) != mark.value:
            yield mark.text, f"{place}画作 {mark.value:g}，数据是 {_plain(amount)}"
        if fault := self._text(mark, fact, item, unit or own, times, amount):
            yield mark.text, f"{place}：{fault}"
        if fact and (reason := _other_year(fact, side)):
            yield mark.text, f"{place}：{reason}"

    def _text(
        self, mark: Mark | Bar, fact: Fact | None, item: Computed | None, unit: str, times: Decimal, amount: Decimal
    ) -> str | None:  # fmt: skip
        """Why the printed text is not the number; a text without a unit is read in the chart's."""
        bare = squeezed(mark.text)[-1:].isdecimal()
        shown = mark.text + unit if bare and not mark.text.startswith(("第", "并列")) else mark.text
        # A bar shows the direction of its number by itself; a dot or a line does not.
        beside = "▼" if amount < 0 and isinstance(mark, Bar) else ""
        if self.language == "en":
            return self._english(mark, fact, item, unit, beside)
        if fact:
            converted = replace(
                fact, value=_plain(amount), unit=unit or None,
                value_high=_plain(Decimal(fact.value_high) * times) if fact.value_high else None,
            )  # fmt: skip
            fault = fact_fault(shown, converted, beside, "")
            return fault and (fact_fault(mark.text, fact, beside, "") if not bare else fault)
        if item:
            converted_item = replace(item, value=_plain(amount), unit=unit or None)
            return computed_fault(shown, converted_item, self.facts, beside)
        return None

    def _english(
        self, mark: Mark | Bar, fact: Fact | None, item: Computed | None, unit: str, beside: str
    ) -> str | None:
        """The same of an English chart, whose unit is the axis's: a text is converted back from its own unit or from it."""
        bare = squeezed(mark.text)[-1:].isdecimal()
        shown = mark.text + ("" if unit in ("%", "‰") else " ") + unit if bare and unit else mark.text
        if fact:
            return english.fact_fault(shown, fact, beside, "")
        return english.computed_fault(shown, item, self.facts, beside) if item else None

    def heat(self, chart: Heatmap) -> Faults:
        """The counts of a heatmap, each by the count it was computed as."""
        shape = {len(chart.columns)}
        if len(chart.counts) != len(chart.rows) or {len(row) for row in chart.counts} - shape:
            yield "", "热力图的行列与数据不齐"
            return
        for name, row, ids in zip(chart.rows, chart.counts, chart.sources, strict=True):
            for theme, count, id_ in zip(chart.columns, row, ids, strict=True):
                item = self.computed.get(id_)
                if item is None or item.operation != "count" or Decimal(item.value) != count:
                    said = item.value if item else "没有"
                    yield str(count), f"{name}的{theme}画作 {count}，算出的是 {said}"


def _as_it_is(own: str, unit: str, fact: Fact | None) -> bool:
    """Whether a number is drawn unconverted: the chart names no unit, a formula none, or both count places."""
    if not unit or (not own and fact is None):
        return True
    return unit in _RANKS and (own in _RANKS or (fact is not None and fact.kind == "rank" and not own))


def _schedule(label: str, schedule: float) -> Faults:
    """A schedule is the part of the year that has gone by at the end of a month."""
    months = schedule * _MONTHS / 100
    if not 0 <= schedule <= 100 or abs(months - round(months)) > 0.01:
        yield f"{schedule:g}", f"“{label}”的时序 {schedule:g}% 不是整月占全年的比"


def _other_year(fact: Fact, side: str) -> str | None:
    """Why a mark does not belong to the period it is drawn in: the source says it of another year."""
    of, named = _ONE_YEAR.fullmatch(fact.period or ""), set(_YEAR.findall(side))
    if of and len(named) == 1 and of[1] not in named:
        return f"数据是{of[1]}年的"
    return None


def _plain(amount: Decimal) -> str:
    """The number in digits, without an exponent."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
