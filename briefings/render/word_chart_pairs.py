"""The same things before and now as native charts: two dots a row joined by a line, or lines from one side to the other."""

from collections.abc import Sequence

from briefings.records.briefing import Dumbbell, Pairing, Slope
from briefings.render.charts_pairs import RANKS
from briefings.render.charts_paper import spread
from briefings.render.word_chart_bars import HEADS
from briefings.render.word_chart_paper import (
    GAP,
    Paper,
    Plot,
    axis_form,
    height_of,
    scale,
    width_of,
    wrapped,
)
from briefings.render.word_chart_sheet import Column, Sheet, numbers, places, strings
from briefings.render.word_chart_xml import (
    Frame,
    Grid,
    Label,
    Points,
    Words,
    axis,
    dot,
    labels,
    named,
    scatter,
    stroke,
    whole,
)

_DOT = 7
_HOLLOW, _FULL = "○ ", "● "


def dumbbell(chart: Dumbbell, paper: Paper) -> Plot:
    """Two dots a row on one scale, the earlier hollow and grey, the present one filled, each with its text outside."""
    look, heads, rows = paper.look, HEADS[paper.language], chart.rows
    count = len(rows)
    sheet = Sheet(
        (
            Column(heads["name"], tuple(row.label for row in rows)),
            Column(chart.prior_label or heads["value"], tuple(row.prior.value for row in rows)),
            Column(chart.current_label or heads["value"], tuple(row.current.value for row in rows)),
            Column(f"{heads['source']} 1", tuple(row.prior.source for row in rows)),
            Column(f"{heads['source']} 2", tuple(row.current.source for row in rows)),
            Column(heads["row"], tuple(float(n) for n in range(1, count + 1))),
        )
    )
    names = [wrapped(row.label, look.size, paper.width * 0.3) for row in rows]
    was = [paper.words(row.prior.text, colour=look.muted, small=True) for row in rows]
    now = [paper.words(row.current.text, bold=True) for row in rows]
    rising = [row.current.value >= row.prior.value for row in rows]
    before = max(width_of(a if up else b) for a, b, up in zip(was, now, rising, strict=True)) + _DOT + GAP
    after = max(width_of(b if up else a) for a, b, up in zip(was, now, rising, strict=True)) + _DOT + GAP
    left = (
        max(width_of(paper.words(name, bold=row.highlight)) for name, row in zip(names, rows, strict=True))
        + 3 * GAP
    )
    values = [mark.value for row in rows for mark in (row.prior, row.current)]
    low, high, step = scale(min(values), max(values), 5)
    room = paper.width - left - before - after
    pitch = max(20.0, *(height_of(name, look.size) + 3 for name in names))
    sides = [
        wrapped(side, look.size, paper.width * 0.42) for side in (chart.prior_label, chart.current_label)
    ]
    top = max(height_of(side, look.size) for side in sides) + 6
    height = top + pitch * count + height_of("", look.small) + 6
    frame = Frame(paper.width, height, left + before, top, paper.width - after, top + pitch * count)
    earlier, later, down = numbers(sheet.range(1)), numbers(sheet.range(2)), numbers(sheet.range(5))
    said_was = [Label(n, "l" if rising[n] else "r", (was[n],)) for n in range(count)]
    said_now = [Label(n, "r" if rising[n] else "l", (now[n],)) for n in range(count)]
    shown = [
        Label(
            n, "l", (paper.words(names[n], bold=row.highlight, colour=look.primary if row.highlight else ""),),
            shift=(-before / paper.width, 0.0),
        )
        for n, row in enumerate(rows)
    ]  # fmt: skip
    titles = (
        (paper.words(_HOLLOW, colour=look.prior, bold=True), paper.words(sides[0], colour=look.muted)),
        (
            paper.words(_FULL, colour=look.primary, bold=True),
            paper.words(sides[1], colour=look.primary, bold=True),
        ),
    )
    at = _beside(
        titles,
        rows[0],
        frame,
        (low, high),
    )
    # A ring is a grey dot with a white one on it: not every program draws the rim of a mark. Where both marks would
    # cover each other, the earlier one is a larger dot behind the present one.
    near = [abs(row.current.value - row.prior.value) * room < _DOT / 2 * (high - low) for row in rows]
    larger = "".join(
        f'<c:dPt><c:idx val="{n}"/>{dot(look.prior, _DOT + 4)}<c:bubble3D val="0"/></c:dPt>'
        for n in range(count)
        if near[n]
    )
    apart = [n for n in range(count) if not near[n]]
    around = [
        Points(heads["name"], places([low] * count), down, said=labels(shown, look.face)),
        Points(
            heads["name"], places(at), places((0.5, 0.5)),
            said=labels([Label(n, "t", title) for n, title in enumerate(titles)], look.face),
        ),
    ]  # fmt: skip
    joined = [
        Points(
            sheet.cells((0, n)), numbers(sheet.cells((1, n), (2, n))), numbers(sheet.cells((5, n), (5, n))),
            line=stroke(look.prior, 2.2),
        )
        for n in range(count)
    ]  # fmt: skip
    grey = Points(
        sheet.head(1), earlier, down, marker=dot(look.prior, _DOT) + larger, said=labels(said_was, look.face)
    )
    white = Points(
        sheet.head(1), numbers(sheet.range(1, apart)), numbers(sheet.range(5, apart)), marker=dot("#FFFFFF", _DOT - 3)
    ) if apart else None  # fmt: skip
    full = Points(
        sheet.head(2), later, down, marker=dot(look.primary, _DOT), said=labels(said_now, look.face)
    )
    layers = [joined, [grey], [white] if white else [], [full]]
    small = paper.words("", colour=look.muted, small=True)
    nought = stroke(look.ink, 0.8) if low < 0 else ""
    grid = Grid(step, stroke(look.rule, 0.5), axis_form(step), small, look.face, nought)
    return Plot(scatter(around, layers, (low, high), count, grid, frame), sheet, paper.width, height)


def _beside(
    titles: Sequence[tuple[Words, ...]], row: Pairing, frame: Frame, limits: tuple[float, float]
) -> tuple[float, ...]:
    """Where the names of the two sides stand on the scale: over their own dots, or side by side."""
    per_point = (limits[1] - limits[0]) / (frame.right - frame.left)
    widths = [sum(map(width_of, title)) + 14 for title in titles]
    wanted = [(mark.value - limits[0]) / per_point + frame.left for mark in (row.prior, row.current)]
    if wanted[0] == wanted[1]:
        wanted[0] -= 1
    placed = spread(wanted, widths, 0, frame.width)
    return tuple(limits[0] + (place - frame.left) * per_point for place in placed)


def slope(chart: Slope, paper: Paper) -> Plot:
    """A line a row from the left side to the right one, texts and names at both ends; ranks with the first on top."""
    look, heads, rows = paper.look, HEADS[paper.language], chart.rows
    sheet = Sheet(
        (
            Column(heads["name"], (chart.prior_label, chart.current_label)),
            *(Column(row.label, (row.prior.value, row.current.value)) for row in rows),
            *(Column(f"{row.label} {heads['source']}", (row.prior.source, row.current.source)) for row in rows),
        )
    )  # fmt: skip
    names = [wrapped(row.label, look.size, paper.width * 0.24) for row in rows]
    heights = [height_of(name, look.size) for name in names]
    ends = []
    for row, name in zip(rows, names, strict=True):
        colour, bold = (look.primary if row.highlight else look.ink), row.highlight
        gap = "\u2002"
        first, _, rest = name.partition("\n")
        behind = f"\n{rest}" if rest else ""
        ends.append(
            (
                paper.words(f"{first}{gap}{row.prior.text}{behind}", colour=colour, bold=bold),
                paper.words(f"{row.current.text}{gap}{first}{behind}", colour=colour, bold=bold),
            )
        )
    side = [max(width_of(pair[n]) for pair in ends) + 4 * GAP for n in (0, 1)]
    sides = [wrapped(text, look.size, max(side)) for text in (chart.prior_label, chart.current_label)]
    head = max(height_of(text, look.size) for text in sides) + 8
    body = max(sum(heights) * 1.15, 130.0)
    height = head + body + 6
    frame = Frame(paper.width, height, side[0], head, paper.width - side[1], head + body)
    values = [mark.value for row in rows for mark in (row.prior, row.current)]
    low, high = min(values), max(values)
    air = max(heights) / 2 * (high - low or 1) / (body - max(heights))
    low, high = low - air, high + air
    turned = chart.unit in RANKS

    def down(value: float) -> float:
        share = (value - low) / (high - low) if high > low else 0.5
        return head + body * (share if turned else 1 - share)

    starts = spread([down(row.prior.value) for row in rows], heights, head - 4, head + body + 4)
    stops = spread([down(row.current.value) for row in rows], heights, head - 4, head + body + 4)
    series = ""
    for n, row in enumerate(rows):
        colour = look.primary if row.highlight else look.prior
        said = [
            Label(0, "l", (ends[n][0],), shift=(0.0, (starts[n] - down(row.prior.value)) / height)),
            Label(1, "r", (ends[n][1],), shift=(0.0, (stops[n] - down(row.current.value)) / height)),
        ]
        hollow = dot(colour, 6, hollow=True)
        series += (
            f"<c:ser>{named(n, sheet.head(n + 1))}<c:spPr>{stroke(colour, 2.2 if row.highlight else 1.4, cap='rnd')}</c:spPr>"
            f'{dot(colour, 6)}<c:dPt><c:idx val="0"/>{hollow}<c:bubble3D val="0"/></c:dPt>{labels(said, look.face)}'
            f"<c:cat>{strings(sheet.range(0))}</c:cat><c:val>{numbers(sheet.range(n + 1))}</c:val>"
            '<c:smooth val="0"/></c:ser>'
        )
    plot = (
        f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{series}<c:marker val="1"/>'
        '<c:axId val="1001"/><c:axId val="1002"/></c:lineChart>'
        + axis(
            "catAx", 1001, 1002, "t", shown=True, crosses="min" if turned else "max", family=look.face, ticks="nextTo",
            words=paper.words("", colour=look.muted), grid=stroke(look.rule, 0.8),
        )
        + axis("valAx", 1002, 1001, "l", low=low, high=high, turned=turned)
    )  # fmt: skip
    return Plot(whole(plot, frame), sheet, paper.width, height)
