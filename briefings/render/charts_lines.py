"""Lines through time: several of one unit on one scale, or a small panel for each; what is not stated is a gap."""

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from briefings.records.briefing import Language, LineChart, Mark, SmallMultiples, Track
from briefings.render.charts_marks import Box, points, tell
from briefings.render.charts_paper import (
    FULL,
    GAP,
    Role,
    Sheet,
    Weight,
    base_size,
    height_of,
    sheet,
    small_size,
    spread,
    steps,
    tone,
    width_of,
    wrapped,
    written,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_ROLES: tuple[Role, ...] = ("primary", "second", "warning", "third", "muted")
_PLOT = 150.0
_PANEL, _GUTTER = 78.0, 16.0
_LEAD = 12.0
_BRACKETS: dict[Language, str] = {"zh": "{}（{}）", "en": "{} ({})"}
_MANY = 6
_YEAR = re.compile(r"(.*?\d年)(\D.*)")


def lines(chart: LineChart) -> "Figure":
    """One scale and one axis of periods; each line named and its last mark told at the right.

    A line alone has the texts of its other marks too, as far as they find room.
    """
    size, small = base_size(), small_size()
    tracks = [track for track in chart.tracks if any(track.marks)]
    values = [mark.value for track in tracks for mark in track.marks if mark]
    ticks = _ticks(values, 5)
    low, high = ticks[0], ticks[-1]
    ends = [_last(track) for track in tracks]
    names = [wrapped(track.label, size, FULL * 0.2, _weight(track)) for track in tracks]
    told = max((width_of(mark.text, size, "bold") for _, mark in ends), default=0.0)
    named = max((width_of(n, size, _weight(t)) for n, t in zip(names, tracks, strict=True)), default=0.0)
    heights = [height_of(name, size) for name in names]
    head = 12.0
    body = max(_PLOT, sum(heights) * 1.1)
    left = max(width_of(written(tick), small) for tick in ticks) + 4 * GAP
    right = FULL - (_LEAD + told + 2 * GAP + named + GAP)
    pitch = (right - left) / max(len(chart.periods) - 1, 1)
    if len(chart.periods) == 1:
        left = right = (left + right) / 2
    heads = [_period(period, small, pitch - 6) for period in chart.periods]
    overhang = width_of(heads[0], small) / 2 - left if heads else 0.0
    if overhang > 0:
        left += overhang
        pitch = (right - left) / max(len(chart.periods) - 1, 1)
    foot = max((height_of(period, small) for period in heads), default=0.0) + 6
    paper = sheet(head + body + foot)

    def down(value: float) -> float:
        return head + body * (high - value) / (high - low)

    def across(at: int) -> float:
        return left + pitch * at

    axis = max(width_of(written(tick), small) for tick in ticks) + GAP / 2
    for tick in ticks:
        nought = tick == 0
        paper.line(
            [axis + GAP, right],
            [down(tick)] * 2,
            color=tone("ink") if nought else tone("rule"),
            width=0.8 if nought else 0.5,
        )
        paper.text(
            axis, down(tick), written(tick), gid=f"axis-{tick:g}", size=small, color=tone("muted"), ha="right"
        )
    for at in _told([width_of(period, small) for period in heads], pitch):
        paper.text(
            across(at),
            head + body + 5,
            heads[at],
            gid=f"period-{at}",
            size=small,
            color=tone("muted"),
            ha="center",
            va="top",
        )

    places = spread([down(mark.value) for _, mark in ends], heights, head - 6, head + body + 6)
    colours = _colours(tracks)
    for at, track in enumerate(tracks):
        _line(paper, track, across, down, colours[at], at)
        last, mark = ends[at]
        x, y = across(last), down(mark.value)
        if abs(y - places[at]) > 1 or last < len(chart.periods) - 1:
            paper.line(
                [x + GAP, right + _LEAD - 3],
                [y, places[at]],
                color=colours[at],
                width=0.5,
                dashes=(1, 2),
                above=1.5,
            )
        paper.text(right + _LEAD, places[at], mark.text, gid=f"last-{at}", weight="bold",
                   color=_readable(colours[at]), halo=True)  # fmt: skip
        paper.text(right + _LEAD + told + 2 * GAP, places[at], names[at], gid=f"label-{at}", weight=_weight(track),
                   color=_readable(colours[at]))  # fmt: skip
    if len(tracks) == 1:
        bounds = (axis + GAP, 0.0, right + GAP, head + body)
        others = [point for point in points(tracks[0], across, down) if point.at != ends[0][0]]
        tell(paper, points(tracks[0], across, down), others, bounds, small, "mark-0")
    return paper.figure


def _weight(track: Track) -> Weight:
    return "bold" if track.highlight else "normal"


def _colours(tracks: Sequence[Track]) -> list[str]:
    """Grey but for the highlighted ones; with none of them, a colour each as far as there are colours."""
    if any(track.highlight for track in tracks):
        return [tone("primary") if track.highlight else tone("prior") for track in tracks]
    return [tone(_ROLES[at] if at < len(_ROLES) else "prior") for at in range(len(tracks))]


def _readable(colour: str) -> str:
    """The colour of words beside a line: grey that is dark enough for type."""
    return tone("muted") if colour == tone("prior") else colour


def _last(track: Track) -> tuple[int, Mark]:
    return next((at, mark) for at, mark in reversed(list(enumerate(track.marks))) if mark)


def _ticks(values: Sequence[float], most: int) -> list[float]:
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    if low == high:
        low, high = low - (abs(low) or 1) * 0.1, high + (abs(high) or 1) * 0.1
    return steps(0.0 if 0 < low < (high - low) / 2 else low, high, most)


def _period(period: str, size: float, room: float) -> str:
    """A period on one line, or the year above the part of it."""
    if width_of(period, size) <= room:
        return period
    parts = _YEAR.fullmatch(period)
    return f"{parts[1]}\n{parts[2]}" if parts else period.replace(" ", "\n", 1)


def _told(widths: Sequence[float], pitch: float) -> list[int]:
    """Which periods are written: all of them, or every second or third so that none touches the next, the last always."""
    step = 1
    while step < len(widths) and step * pitch < max(widths) + 5:
        step += 1
    return [at for at in range(len(widths)) if (len(widths) - 1 - at) % step == 0]


def _line(
    paper: Sheet, track: Track, across: Callable[[int], float], down: Callable[[float], float], colour: str, n: int
) -> None:  # fmt: skip
    """The line of a track, parted where a mark is missing, and a dot at each mark."""
    run: list[tuple[float, float]] = []
    strong = colour != tone("prior")
    for at, mark in enumerate((*track.marks, None)):
        if mark:
            run.append((across(at), down(mark.value)))
            paper.dot(*run[-1], color=colour, size=4.5 if strong else 3.5, gid=f"dot-{n}-{at}")
        elif run:
            if len(run) > 1:
                paper.line([x for x, _ in run], [y for _, y in run], color=colour, width=1.8 if strong else 1.2,
                           above=3 if strong else 2, gid=f"line-{n}-{at}")  # fmt: skip
            run = []


def multiples(chart: SmallMultiples, language: Language) -> "Figure":
    """A panel a track, two or three side by side, each with its own scale and its unit behind its name."""
    size, small = base_size(), small_size()
    count = len(chart.tracks)
    side = count if count < 4 else 2 if count == 4 else 3
    wide = (FULL - _GUTTER * (side - 1)) / side
    titles = [
        wrapped(
            _BRACKETS[language].format(track.label, unit) if unit else track.label, size, wide - 4, "bold"
        )
        for track, unit in zip(chart.tracks, chart.units, strict=True)
    ]
    heads = [max(height_of(t, size) for t in titles[row : row + side]) for row in range(0, count, side)]
    periods = [p.replace(" ", "\u00a0") for p in chart.periods]
    feet = height_of("", small) + 3
    paper = sheet(sum(heads) + len(heads) * (_PANEL + feet) + (len(heads) - 1) * _GUTTER * 0.75 + 2)
    stands_out = any(track.highlight for track in chart.tracks)
    top = 1.0
    for row, head in enumerate(heads):
        for at in range(row * side, min((row + 1) * side, count)):
            track = chart.tracks[at]
            x = (at % side) * (wide + _GUTTER)
            bold = track.highlight
            paper.text(
                x,
                top,
                titles[at],
                gid=f"title-{at}",
                weight="bold",
                color=tone("primary") if bold else tone("ink"),
                va="top",
            )
            _panel(
                paper,
                track,
                (x, top + head, x + wide, top + head + _PANEL),
                at,
                tone("primary") if bold or not stands_out else tone("muted"),
            )
            if periods:
                ends = ((x, periods[0], "left"), (x + wide - 2, periods[-1], "right"))
                for px, period, ha in ends if len(periods) > 1 else ((x + wide / 2, periods[0], "center"),):
                    paper.text(px, top + head + _PANEL + 2, period, gid=f"period-{at}-{ha}", size=small, color=tone("muted"), ha=ha,
                               va="top")  # fmt: skip
        top += head + _PANEL + feet + _GUTTER * 0.75
    return paper.figure


def _panel(paper: Sheet, track: Track, box: Box, n: int, colour: str) -> None:
    """One line on its own scale, its first, last, highest and lowest marks told."""
    size = small_size()
    x0, y0, x1, y1 = box
    paper.line([x0, x1], [y1, y1], color=tone("rule"), width=0.8, above=1)
    marks = [mark for mark in track.marks if mark]
    if not marks:
        paper.text((x0 + x1) / 2, (y0 + y1) / 2, "…", gid=f"none-{n}", color=tone("muted"), ha="center")
        return
    edge = max(width_of(marks[0].text, size), width_of(marks[-1].text, size, "bold")) / 2 + 3
    low, high = min(m.value for m in marks), max(m.value for m in marks)
    inner = (y0 + size * 1.3 + GAP + 3, y1 - size * 1.3 - GAP - 4)

    def down(value: float) -> float:
        return inner[0] + (inner[1] - inner[0]) * ((high - value) / (high - low) if high > low else 0.5)

    def across(at: int) -> float:
        left, right = x0 + edge, x1 - edge
        return left + (right - left) * (at / (len(track.marks) - 1) if len(track.marks) > 1 else 0.5)

    if low < 0 < high:
        paper.line([x0, x1], [down(0), down(0)], color=tone("ink"), width=0.8, above=1.5)
    _line(paper, track, across, down, colour, n)
    found = points(track, across, down)
    telling = (found[0], found[-1], min(found, key=lambda p: p.y), max(found, key=lambda p: p.y))
    wanted = [p for p in found if len(found) <= _MANY or p in telling]
    tell(paper, found, wanted, (x0 + 1, y0, x1 - 2, y1), size, f"mark-{n}", strong=found[-1])
