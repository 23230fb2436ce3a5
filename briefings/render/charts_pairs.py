"""The same things before and now: two dots a row, or a line from the one to the other."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from briefings.records.briefing import Dumbbell, Pairing, Slope
from briefings.render.charts_paper import (
    FULL,
    GAP,
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

RANKS = frozenset(("位", "名", "名次", "位次", "rank", "place"))
"""Units in which less is more: the first stands on top."""
_ROW = 20.0
_DOT = 7.0
_LEAD = 14.0


def dumbbell(chart: Dumbbell) -> "Figure":
    """Two dots a row on one scale, the earlier hollow and grey, the present one filled, each with its text outside."""
    size, small = base_size(), small_size()
    rows = chart.rows
    names = [wrapped(row.label, size, FULL * 0.3, _weight(row)) for row in rows]
    names_end = GAP + max(width_of(name, size, _weight(row)) for name, row in zip(names, rows, strict=True))
    before, after = _outside(rows, size, small)
    left, right = names_end + 3 * GAP + before, FULL - GAP - after
    values = [mark.value for row in rows for mark in (row.prior, row.current)]
    low, high = _range(values)
    ticks = steps(low, high, 5)
    low, high = ticks[0], ticks[-1]

    def across(value: float) -> float:
        return left + (value - low) / (high - low) * (right - left)

    heights = [max(_ROW, height_of(name, size) + 3) for name in names]
    sides = [wrapped(text, size, FULL * 0.42, "bold") for text in (chart.prior_label, chart.current_label)]
    top, foot = max(height_of(side, size) for side in sides) + 8, height_of("", small) + 3
    bottom = top + sum(heights)
    paper = sheet(bottom + foot)
    for tick in ticks:
        nought = tick == 0 and low < 0
        paper.line(
            [across(tick)] * 2,
            [top, bottom],
            color=tone("ink") if nought else tone("rule"),
            width=0.8 if nought else 0.5,
        )
    for x, text in _legible([(across(tick), written(tick)) for tick in ticks], small):
        paper.text(
            x, bottom + 2, text, gid=f"axis-{text}", size=small, color=tone("muted"), ha="center", va="top"
        )
    y = top
    for at, (row, name, height) in enumerate(zip(rows, names, heights, strict=True)):
        middle = y + height / 2
        if row.highlight:
            paper.box(0, y, FULL, height, tone("tint"), above=0.5)
        was, now = across(row.prior.value), across(row.current.value)
        paper.line([was, now], [middle, middle], color=tone("prior"), width=2.2, above=3)
        same = abs(was - now) < _DOT / 2
        paper.dot(
            was, middle, color=tone("prior"), hollow=True, size=_DOT + 3 if same else _DOT, gid=f"prior-{at}"
        )
        paper.dot(now, middle, color=tone("primary"), size=_DOT - 1 if same else _DOT, gid=f"current-{at}")
        rising = row.current.value >= row.prior.value
        off = _DOT / 2 + GAP
        paper.text(
            was - off if rising else was + off, middle, row.prior.text, gid=f"was-{at}", size=small, color=tone("muted"),
            ha="right" if rising else "left", halo=not row.highlight,
        )  # fmt: skip
        paper.text(
            now + off if rising else now - off, middle, row.current.text, gid=f"now-{at}", weight="bold",
            ha="left" if rising else "right", halo=not row.highlight,
        )  # fmt: skip
        paper.text(names_end, middle, name, gid=f"label-{at}", ha="right", weight=_weight(row))
        y += height
    _sides(paper, sides, across(rows[0].prior.value), across(rows[0].current.value), top, size)
    return paper.figure


def _weight(row: Pairing) -> Weight:
    return "bold" if row.highlight else "normal"


def _outside(rows: Sequence[Pairing], size: float, small: float) -> tuple[float, float]:
    """The room that labels need to the left of the least and to the right of the greatest dot."""
    before = after = 0.0
    for row in rows:
        was, now = width_of(row.prior.text, small), width_of(row.current.text, size, "bold")
        rising = row.current.value >= row.prior.value
        before, after = max(before, was if rising else now), max(after, now if rising else was)
    return before + _DOT + GAP, after + _DOT + GAP


def _range(values: Sequence[float]) -> tuple[float, float]:
    """From the least to the greatest; from nought where that is not far from the least."""
    low, high = min(values), max(values)
    if low == high:
        return low - (abs(low) or 1) * 0.1, high + (abs(high) or 1) * 0.1
    return (0.0, high) if 0 < low < (high - low) / 2 else (low, high)


def _legible(labels: Sequence[tuple[float, str]], size: float) -> list[tuple[float, str]]:
    """Every label, or every second or third, until none touches the next."""
    widest = max(width_of(text, size) for _, text in labels) + 6
    step = 1
    while step < len(labels) and labels[step][0] - labels[0][0] < widest:
        step += 1
    return list(labels[::step])


def _sides(paper: Sheet, texts: Sequence[str], was: float, now: float, top: float, size: float) -> None:
    """Above the first row the names of the two sides, each with its dot, over their own dots or side by side."""
    mark = _DOT + GAP
    widths = [width_of(texts[0], size) + mark, width_of(texts[1], size, "bold") + mark]
    places = spread([was, now] if was != now else [was - 1, now], [w + 12 for w in widths], 0, FULL)
    y = (top - 6) / 2
    for at, (text, width, place) in enumerate(zip(texts, widths, places, strict=True)):
        start = min(max(place - width / 2, GAP), FULL - width - 1)
        color, hollow = ((tone("prior"), True), (tone("primary"), False))[at]
        paper.dot(start + _DOT / 2, y, color=color, hollow=hollow, size=_DOT - 1, gid=f"side-dot-{at}")
        paper.text(
            start + mark, y, text, gid=f"side-{at}", color=tone("primary") if at else tone("muted"), weight="bold" if at else "normal"
        )  # fmt: skip


def slope(chart: Slope) -> "Figure":
    """A line a row from the left side to the right one, texts and names at both ends; ranks with the first on top."""
    size = base_size()
    rows = chart.rows
    room = FULL * 0.24
    names = [wrapped(row.label, size, room, _weight(row)) for row in rows]
    heights = [height_of(name, size) for name in names]
    wide = max(width_of(name, size, _weight(row)) for name, row in zip(names, rows, strict=True))
    was = max(width_of(row.prior.text, size, _weight(row)) for row in rows)
    now = max(width_of(row.current.text, size, _weight(row)) for row in rows)
    left = GAP + wide + 2 * GAP + was + _LEAD + GAP
    right = FULL - (GAP + wide + 2 * GAP + now + _LEAD + GAP)
    sides = (
        wrapped(chart.prior_label, size, left - GAP),
        wrapped(chart.current_label, size, FULL - right - GAP, "bold"),
    )
    head = max(height_of(side, size) for side in sides) + 10
    body = max(sum(heights) * 1.15, 130.0)
    paper = sheet(head + body + 8)
    values = [mark.value for row in rows for mark in (row.prior, row.current)]
    low, high = min(values), max(values)
    top, bottom = head + max(heights) / 2, head + body - max(heights) / 2

    def down(value: float) -> float:
        if low == high:
            return (top + bottom) / 2
        share = (value - low) / (high - low)
        return top + (bottom - top) * (share if chart.unit in RANKS else 1 - share)

    paper.line([left, left], [head, head + body], color=tone("rule"), width=0.8, above=1)
    paper.line([right, right], [head, head + body], color=tone("rule"), width=0.8, above=1)
    paper.text(left, head - 6, sides[0], gid="side-0", va="bottom", ha="right", color=tone("muted"))
    paper.text(right, head - 6, sides[1], gid="side-1", va="bottom", color=tone("primary"), weight="bold")
    starts = spread([down(row.prior.value) for row in rows], heights, head, head + body)
    ends = spread([down(row.current.value) for row in rows], heights, head, head + body)
    for at, (row, name) in enumerate(zip(rows, names, strict=True)):
        first, last = down(row.prior.value), down(row.current.value)
        color = tone("primary") if row.highlight else tone("prior")
        above = 4.0 if row.highlight else 3.0
        paper.line([left, right], [first, last], color=color, width=2.2 if row.highlight else 1.4, above=above,
                   gid=f"slope-{at}")  # fmt: skip
        paper.dot(left, first, color=color, hollow=True, size=_DOT - 1, gid=f"prior-{at}")
        paper.dot(right, last, color=color, size=_DOT - 1, gid=f"current-{at}")
        for x, side, place, label, text in (
            (left, -1, first, starts[at], row.prior.text), (right, 1, last, ends[at], row.current.text),
        ):  # fmt: skip
            if abs(place - label) > 1:
                paper.line(
                    [x + side * (GAP + 1), x + side * (_LEAD - 1)], [place, label], color=tone("prior"), width=0.5, above=1
                )  # fmt: skip
            start = x + side * (_LEAD + GAP / 2)
            ha = "left" if side > 0 else "right"
            shade = tone("primary") if row.highlight else tone("ink")
            beyond = (now if side > 0 else was) + 2 * GAP
            paper.text(
                start,
                label,
                text,
                gid=f"{'now' if side > 0 else 'was'}-{at}",
                ha=ha,
                color=shade,
                weight=_weight(row),
            )
            paper.text(
                start + side * beyond,
                label,
                name,
                gid=f"label-{at}-{ha}",
                ha=ha,
                color=shade,
                weight=_weight(row),
            )
    return paper.figure
