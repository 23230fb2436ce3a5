"""Turns a chart drawn in a Chinese unit into one in an English unit: the same numbers, converted exactly."""

import re
from dataclasses import replace
from typing import assert_never

from briefings.compose.english_numbers import drawn, heading
from briefings.records.briefing import (
    Bar,
    BarChart,
    Bullet,
    Chart,
    Dumbbell,
    Figure,
    Heatmap,
    LineChart,
    Mark,
    Pairing,
    Slope,
    SmallMultiples,
    Track,
)

_HAN = re.compile(r"[\u4e00-\u9fff]")
_ORIGINAL = re.compile(r" \((?=[^()]*\d)[^()]*[\u4e00-\u9fff](?:\([^()]*\)|[^()])*\)")
"""The source's own writing in brackets behind a converted number: a chart has no room for it."""


def without_original(text: str) -> str:
    """``text`` without the source's own writing of its numbers."""
    return _ORIGINAL.sub("", text)


def converted(figure: Figure) -> Figure:
    """``figure`` in English units; one whose unit is English already keeps its numbers."""
    return replace(figure, chart=_chart(figure.chart), alt=_ORIGINAL.sub("", figure.alt))


def _chart(chart: Chart) -> Chart:
    match chart:
        case BarChart():
            bars = tuple(_bar(bar, chart.unit) for bar in chart.bars)
            mean = None if chart.mean is None else _at(chart.mean, chart.unit)
            return replace(chart, bars=bars, unit=_unit(chart.unit), mean=mean)
        case Heatmap() | Bullet():
            return replace(chart, unit=_unit(chart.unit))
        case Dumbbell():
            return replace(chart, rows=_pairings(chart.rows, chart.unit), unit=_unit(chart.unit))
        case Slope():
            return replace(chart, rows=_pairings(chart.rows, chart.unit), unit=_unit(chart.unit))
        case LineChart():
            tracks = tuple(_track(track, chart.unit) for track in chart.tracks)
            return replace(chart, tracks=tracks, unit=_unit(chart.unit))
        case SmallMultiples():
            tracks = tuple(_track(t, unit) for t, unit in zip(chart.tracks, chart.units, strict=True))
            return replace(chart, tracks=tracks, units=tuple(map(_unit, chart.units)))
        case _:
            assert_never(chart)


def _unit(unit: str) -> str:
    return heading(unit) if _HAN.search(unit) else unit


def _at(value: float, unit: str) -> float:
    return drawn(repr(value), unit) if _HAN.search(unit) else value


def _mark(mark: Mark, unit: str) -> Mark:
    return replace(mark, value=_at(mark.value, unit), text=_ORIGINAL.sub("", mark.text))


def _bar(bar: Bar, unit: str) -> Bar:
    return replace(bar, value=_at(bar.value, unit), text=_ORIGINAL.sub("", bar.text))


def _pairings(rows: tuple[Pairing, ...], unit: str) -> tuple[Pairing, ...]:
    return tuple(replace(r, prior=_mark(r.prior, unit), current=_mark(r.current, unit)) for r in rows)


def _track(track: Track, unit: str) -> Track:
    return replace(track, marks=tuple(m and _mark(m, unit) for m in track.marks))
