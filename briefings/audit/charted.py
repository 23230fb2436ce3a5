"""What a native chart must hold: its sheet cell by cell, and the words that may stand beside each of its marks."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import assert_never

from briefings.audit.tokens import squeezed
from briefings.records.briefing import (
    Bar,
    BarChart,
    Bullet,
    Dumbbell,
    Figure,
    Heatmap,
    Language,
    LineChart,
    Mark,
    Slope,
    SmallMultiples,
    Track,
)

Cell = str | Decimal | None
Place = tuple[int, int]
"""A cell beneath the heads: its column and its row, from 0."""

MEAN: dict[Language, str] = {"zh": "均值", "en": "Mean"}
SCHEDULE: dict[Language, str] = {"zh": "时序进度", "en": "Schedule"}


@dataclass(frozen=True, slots=True)
class Charted:
    """``columns`` are the cells beneath each head, ``heads`` what the heads may say in figures.

    ``said`` has the words that stand beside the mark of a cell; ``needed`` are the cells whose words must be there.
    ``rows`` are the words that may stand in each row without a mark, ``around`` those anywhere on the chart.
    """

    columns: tuple[tuple[Cell, ...], ...]
    heads: frozenset[str]
    said: dict[Place, frozenset[str]]
    needed: frozenset[Place]
    rows: tuple[frozenset[str], ...] = ()
    around: frozenset[str] = field(default_factory=frozenset)
    from_nought: bool = False

    def cell(self, place: Place) -> Cell:
        """What must stand in a cell; None for one that is empty or does not exist."""
        column, row = place
        return (
            self.columns[column][row]
            if column < len(self.columns) and row < len(self.columns[column])
            else None
        )


def charted(figure: Figure, panel: int, language: Language) -> Charted | None:
    """What the native chart of ``figure`` must hold, ``panel`` (from 1) of those that have several; None without one."""
    chart = figure.chart
    match chart:
        case BarChart():
            return _bars(chart, language)
        case Bullet():
            return _bullet(chart, language)
        case Dumbbell():
            return _dumbbell(chart)
        case Slope():
            return _slope(chart)
        case LineChart():
            tracks = [track for track in chart.tracks if any(track.marks)]
            return _lines(tracks, chart.periods, ())
        case SmallMultiples():
            if not 1 <= panel <= len(chart.tracks):
                return None
            track, unit = chart.tracks[panel - 1], chart.units[panel - 1]
            titles = (track.label, f"{track.label}（{unit}）", f"{track.label} ({unit})")
            return _lines([track], chart.periods, titles)
        case Heatmap():
            return None
        case _:
            assert_never(chart)


def panels(figure: Figure) -> int:
    """How many native charts draw a figure; none of them a heat map, which is a table."""
    chart = figure.chart
    return 0 if isinstance(chart, Heatmap) else len(chart.tracks) if isinstance(chart, SmallMultiples) else 1


def exact(value: float) -> Decimal:
    """A number as it is drawn, to the tenth decimal."""
    return Decimal(f"{value:.10f}").normalize()


def _words(*texts: str) -> frozenset[str]:
    return frozenset(squeezed(text) for text in texts)


def _numbers(marks: Sequence[Mark | Bar | None]) -> tuple[Cell, ...]:
    return tuple(exact(mark.value) if mark else None for mark in marks)


def _counted(count: int) -> tuple[Cell, ...]:
    return tuple(Decimal(n) for n in range(1, count + 1))


def _bars(chart: BarChart, language: Language) -> Charted:
    bars, count = chart.bars, len(chart.bars)
    labels: tuple[Cell, ...] = tuple(bar.label for bar in bars)
    sources: tuple[Cell, ...] = tuple(bar.source for bar in bars)
    columns: tuple[tuple[Cell, ...], ...] = (labels, _numbers(bars), sources)
    value, around = 1, frozenset[str]()
    if chart.mean is not None:
        mean = exact(chart.mean)
        columns = (labels, (Decimal(0),) * count, _numbers(bars), sources, _counted(count), (mean, mean))
        value, around = 2, _words(f"{MEAN[language]} {chart.mean:g}")
    said = {(value, row): _words(bar.text) for row, bar in enumerate(bars)}
    return Charted(
        columns, _words(chart.unit), said, frozenset(said), tuple(_words(bar.label) for bar in bars), around, True
    )  # fmt: skip


def _bullet(chart: Bullet, language: Language) -> Charted:
    rows, count = chart.rows, len(chart.rows)
    columns: tuple[tuple[Cell, ...], ...] = (
        tuple(row.label for row in rows),
        (Decimal(0),) * count,
        _numbers([row.done for row in rows]),
        tuple(exact(row.schedule) for row in rows),
        (Decimal(100),) * count,
        tuple(row.done.source for row in rows),
        _counted(count),
    )
    schedules = {row.schedule for row in rows}
    head = SCHEDULE[language]
    if len(schedules) == 1:
        head += f" {round(schedules.pop(), 1):g}%"
    said = {(2, row): _words(done.done.text) for row, done in enumerate(rows)}
    free = tuple(_words(row.label, row.done.text) for row in rows)
    return Charted(columns, _words(chart.unit), said, frozenset(said), free, _words(head), True)


def _dumbbell(chart: Dumbbell) -> Charted:
    rows = chart.rows
    columns: tuple[tuple[Cell, ...], ...] = (
        tuple(row.label for row in rows),
        _numbers([row.prior for row in rows]),
        _numbers([row.current for row in rows]),
        tuple(row.prior.source for row in rows),
        tuple(row.current.source for row in rows),
        _counted(len(rows)),
    )
    said = {(1, n): _words(row.prior.text) for n, row in enumerate(rows)}
    said |= {(2, n): _words(row.current.text) for n, row in enumerate(rows)}
    sides = (chart.prior_label, chart.current_label)
    around = _words(*(f"{mark} {side}" for side in sides for mark in "○●"))
    names = tuple(_words(row.label) for row in rows)
    return Charted(columns, _words(*sides), said, frozenset(said), names, around)


def _slope(chart: Slope) -> Charted:
    rows = chart.rows
    sides: tuple[Cell, ...] = (chart.prior_label, chart.current_label)
    columns: tuple[tuple[Cell, ...], ...] = (
        sides,
        *(_numbers((row.prior, row.current)) for row in rows),
        *((row.prior.source, row.current.source) for row in rows),
    )
    said: dict[Place, frozenset[str]] = {}
    for n, row in enumerate(rows, 1):
        for side, mark in enumerate((row.prior, row.current)):
            said[n, side] = _beside(row.label, mark.text)
    return Charted(columns, _words(*(row.label for row in rows)), said, frozenset(said))


def _lines(tracks: Sequence[Track], periods: Sequence[str], titles: Sequence[str]) -> Charted:
    columns: tuple[tuple[Cell, ...], ...] = (
        tuple(periods),
        *(_numbers(track.marks) for track in tracks),
        *(tuple(mark.source if mark else None for mark in track.marks) for track in tracks),
    )
    said: dict[Place, frozenset[str]] = {}
    needed: set[Place] = set()
    for n, track in enumerate(tracks, 1):
        for at, mark in enumerate(track.marks):
            if mark:
                said[n, at] = _beside(track.label, mark.text) | _words(mark.text)
        if found := [at for at, mark in enumerate(track.marks) if mark]:
            needed.add((n, found[-1]))
    free = tuple(_words(period) for period in periods)
    heads = _words(*(track.label for track in tracks))
    return Charted(columns, heads, said, frozenset(needed), free, _words(*titles))


def _beside(label: str, text: str) -> frozenset[str]:
    """A name and a number in one label; a long name is broken, and its second line stands beneath both."""
    bare = squeezed(label)
    number = squeezed(text)
    broken = {f"{bare[:cut]}{number}{bare[cut:]}" for cut in range(1, len(bare))}
    return frozenset({bare + number, number + bare, *broken})
