"""The numbers behind each chart as the rows of a table; a gap in a line is a row that says so."""

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import assert_never

from briefings.records.briefing import (
    Bar,
    BarChart,
    Bullet,
    Chart,
    Dumbbell,
    Heatmap,
    Language,
    LineChart,
    Mark,
    Slope,
    SmallMultiples,
)
from briefings.render.workbook_cells import Cell, Head, number
from briefings.render.workbook_words import word

Rows = list[tuple[Cell, ...]]
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_GAP = Cell("…")


def chart_rows(chart: Chart, language: Language = "zh") -> tuple[Sequence[Head], Rows]:
    """The columns and rows of a chart's numbers, each with the id of the fact or formula it comes from."""

    def said(chinese: str) -> str:
        return word(chinese, language)

    source = Head(said("数据编号"))
    match chart:
        case BarChart():
            rows: Rows = [(Cell(b.label), drawn(b), Cell(b.source)) for b in chart.bars]
            if chart.mean is not None:
                rows.append((Cell(said("均值")), number(shown(chart.mean)), Cell()))
            return (Head(said("名称")), Head(chart.unit or said("数值"), align="right"), source), rows
        case Heatmap():
            heads = (Head(" "), *(Head(name, align="right") for name in chart.columns))
            return heads, [
                (Cell(name), *(number(str(count)) for count in counts))
                for name, counts in zip(chart.rows, chart.counts, strict=True)
            ]
        case Dumbbell() | Slope():
            unit = _bracketed(chart.unit, language)
            sides = [side or said("数值") for side in (chart.prior_label, chart.current_label)]
            heads = (
                Head(said("名称")), *(Head(side + unit, align="right") for side in sides), *(Head(f"{side} {said('数据编号')}") for side in sides)
            )  # fmt: skip
            return heads, [
                (
                    Cell(r.label),
                    drawn(r.prior),
                    drawn(r.current),
                    Cell(r.prior.source),
                    Cell(r.current.source),
                )
                for r in chart.rows
            ]
        case Bullet():
            unit = _bracketed(chart.unit, language)
            heads = (
                Head(said("名称")),
                Head(said("完成") + unit, align="right"),
                Head(said("时序进度") + unit, align="right"),
                source,
            )
            return heads, [
                (Cell(r.label), drawn(r.done), number(shown(r.schedule)), Cell(r.done.source))
                for r in chart.rows
            ]
        case LineChart():
            return _lines(chart, [chart.unit] * len(chart.tracks), language)
        case SmallMultiples():
            return _lines(chart, chart.units, language)
        case _:
            assert_never(chart)


def _bracketed(unit: str, language: Language) -> str:
    if not unit:
        return ""
    return f"（{unit}）" if language == "zh" else f" ({unit})"


def _lines(
    chart: LineChart | SmallMultiples, units: Sequence[str], language: Language
) -> tuple[Sequence[Head], Rows]:
    """A row a mark, since each has a source of its own."""
    unit_head = "单位" if language == "zh" else "Unit"
    heads = (
        Head(word("名称", language)), Head(word("期间", language)), Head(word("数值", language), align="right"),
        Head(unit_head), Head(word("数据编号", language)),
    )  # fmt: skip
    return heads, [
        (Cell(track.label), Cell(period), drawn(mark) if mark else _GAP, Cell(unit), Cell(mark.source if mark else ""))
        for track, unit in zip(chart.tracks, units, strict=True)
        for period, mark in zip(chart.periods, track.marks, strict=True)
    ]  # fmt: skip


def drawn(mark: Mark | Bar) -> Cell:
    """The number as it is drawn, with the decimals that are printed beside it."""
    exact = number(shown(mark.value))
    printed = _NUMBER.search(mark.text)
    if exact.number is None or printed is None or Decimal(printed[0]) != abs(exact.number):
        return exact
    return number(("-" if exact.number < 0 else "") + printed[0])


def shown(value: float) -> str:
    """A float in plain decimal digits, without an exponent or a trailing point nought."""
    return f"{value:.10f}".rstrip("0").rstrip(".")
