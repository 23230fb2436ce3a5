"""Bars and completion bars as native charts: bars of Word, or of marks where something stands across them."""

from briefings.records.briefing import Bar, BarChart, Bullet, Language
from briefings.render.charts_bars import MEAN, SCHEDULE, schedule_text
from briefings.render.word_chart_paper import (
    GAP,
    Paper,
    Plot,
    height_of,
    number_form,
    width_of,
    wrapped,
)
from briefings.render.word_chart_sheet import Column, Sheet, numbers, places, strings
from briefings.render.word_chart_xml import (
    Frame,
    Grid,
    Label,
    Points,
    axis,
    drawn,
    labels,
    named,
    scatter,
    solid,
    stroke,
    whole,
)

HEADS: dict[Language, dict[str, str]] = {
    "zh": {"name": "名称", "value": "数值", "source": "数据编号", "row": "行", "from": "起点", "done": "完成", "target": "目标"},
    "en": {"name": "Name", "value": "Value", "source": "Data id", "row": "Row", "from": "From", "done": "Done", "target": "Target"},
}  # fmt: skip
_PITCH, _THICK = 20.4, 12.6
_TRACK, _DONE, _TICK = 12.0, 7.0, 16.0
_WHOLE = 100.0


def bars(chart: BarChart, paper: Paper) -> Plot:
    """Bars from nought in the order given, the own one in colour; a mean is a dashed line across them."""
    look, heads = paper.look, HEADS[paper.language]
    columns = [
        Column(heads["name"], tuple(bar.label for bar in chart.bars)),
        Column(chart.unit or heads["value"], tuple(bar.value for bar in chart.bars)),
        Column(heads["source"], tuple(bar.source for bar in chart.bars)),
    ]
    names = [wrapped(bar.label, look.size, paper.width * 0.34) for bar in chart.bars]
    texts = [paper.words(bar.text, bold=_strong(bar, chart)) for bar in chart.bars]
    room = max(width_of(paper.words(name, bold=True)) for name in names) + 2 * GAP
    low, high = min(0.0, *(b.value for b in chart.bars)), max(0.0, *(b.value for b in chart.bars))
    if chart.mean is not None:
        low, high = min(low, chart.mean), max(high, chart.mean)
    if low == high:
        high = low + 1
    before = max(
        (width_of(t) + 2 * GAP for t, b in zip(texts, chart.bars, strict=True) if b.value < 0), default=0
    )
    after = max(
        (width_of(t) + 2 * GAP for t, b in zip(texts, chart.bars, strict=True) if b.value >= 0), default=0
    )
    points_each = (paper.width - room - before - after) / (high - low)
    low, high = low - before / points_each, high + after / points_each
    pitch = max(_PITCH, *(height_of(name, look.size) + 3 for name in names))
    top = 16.0 if chart.mean is not None else 3.0
    height = top + pitch * len(names) + 3
    frame = Frame(paper.width, height, room, top, paper.width, height - 3)
    if chart.mean is None:
        return _native(chart, paper, Sheet(tuple(columns)), frame, (low, high), pitch)
    count = len(names)
    columns[1:1] = [Column(heads["from"], (0.0,) * count)]
    columns += [
        Column(heads["row"], tuple(float(n) for n in range(1, count + 1))),
        Column(MEAN[paper.language], (chart.mean, chart.mean)),
    ]
    sheet = Sheet(tuple(columns))
    shown = [Label(n, "l", (paper.words(names[n], bold=bar.highlight),)) for n, bar in enumerate(chart.bars)]
    names_ = Points(
        heads["name"], places([low] * count), numbers(sheet.range(4)), said=labels(shown, look.face)
    )
    drawn_bars = [
        Points(
            sheet.cells((0, n)), numbers(sheet.cells((1, n), (2, n))), numbers(sheet.cells((4, n), (4, n))),
            line=stroke(_colour(bar, chart, paper), _THICK),
            said=labels([Label(1, "l" if bar.value < 0 else "r", (texts[n],), backed=True)], look.face),
        )
        for n, bar in enumerate(chart.bars)
    ]  # fmt: skip
    said = paper.words(f"{MEAN[paper.language]} {chart.mean:g}", colour=look.muted)
    mean = Points(
        sheet.head(5), numbers(sheet.range(5)), places((0.5, count + 0.5)), line=stroke(look.muted, 0.9, "dash"),
        said=labels([Label(0, "t", (said,))], look.face),
    )  # fmt: skip
    grid = Grid(nought=stroke(look.ink, 0.8))
    part = scatter([names_], [drawn_bars, [mean]], (low, high), count, grid, frame)
    return Plot(part, sheet, paper.width, height)


def _native(
    chart: BarChart, paper: Paper, sheet: Sheet, frame: Frame, limits: tuple[float, float], pitch: float
) -> Plot:
    """The bars as Word's own, their names on its axis."""
    look = paper.look
    said, single = [], ""
    for at, bar in enumerate(chart.bars):
        words = paper.words(bar.text, bold=_strong(bar, chart))
        said.append(Label(at, "outEnd", (words,), number_form(bar.text, bar.value)))
        if _colour(bar, chart, paper) != look.prior:
            single += (
                f'<c:dPt><c:idx val="{at}"/><c:invertIfNegative val="0"/><c:bubble3D val="0"/>'
                f"{drawn(solid(look.primary))}</c:dPt>"
            )
    gap = round(100 * (pitch - _THICK) / _THICK)
    plot = (
        '<c:barChart><c:barDir val="bar"/><c:grouping val="clustered"/><c:varyColors val="0"/>'
        f'<c:ser>{named(0, sheet.head(1))}{drawn(solid(look.prior))}<c:invertIfNegative val="0"/>{single}'
        f"{labels(said, look.face)}<c:cat>{strings(sheet.range(0))}</c:cat><c:val>{numbers(sheet.range(1))}</c:val></c:ser>"
        f'<c:gapWidth val="{gap}"/><c:axId val="1001"/><c:axId val="1002"/></c:barChart>'
        + axis(
            "catAx", 1001, 1002, "l", shown=True, turned=True, crosses="autoZero", words=paper.words(""), family=look.face,
            line=stroke(look.ink, 0.8),
        )
        + axis("valAx", 1002, 1001, "b", low=limits[0], high=limits[1], crosses="max", between="between")
    )  # fmt: skip
    return Plot(whole(plot, frame), sheet, paper.width, frame.height)


def _strong(bar: Bar, chart: BarChart) -> bool:
    return bar.highlight or not any(other.highlight for other in chart.bars)


def _colour(bar: Bar, chart: BarChart, paper: Paper) -> str:
    return paper.look.primary if _strong(bar, chart) else paper.look.prior


def bullet(chart: Bullet, paper: Paper) -> Plot:
    """A track for the whole target, a bar for what is done, a tick where it ought to be; late bars in warning colour."""
    look, heads, rows = paper.look, HEADS[paper.language], chart.rows
    count = len(rows)
    bracket = f"（{chart.unit}）" if paper.language == "zh" else f" ({chart.unit})"
    sheet = Sheet(
        (
            Column(heads["name"], tuple(row.label for row in rows)),
            Column(heads["from"], (0.0,) * count),
            Column(heads["done"] + bracket, tuple(row.done.value for row in rows)),
            Column(SCHEDULE[paper.language] + bracket, tuple(row.schedule for row in rows)),
            Column(heads["target"] + bracket, (_WHOLE,) * count),
            Column(heads["source"], tuple(row.done.source for row in rows)),
            Column(heads["row"], tuple(float(n) for n in range(1, count + 1))),
        )
    )
    names = [wrapped(row.label, look.size, paper.width * 0.36) for row in rows]
    late = [row.done.value < row.schedule for row in rows]
    texts = [
        paper.words(row.done.text, bold=True, colour=look.warning if behind else look.ink)
        for row, behind in zip(rows, late, strict=True)
    ]
    low = min(0.0, *(row.done.value for row in rows))
    high = max(_WHOLE, *(value for row in rows for value in (row.done.value, row.schedule)))
    left = max(width_of(paper.words(name)) for name in names) + 3 * GAP
    right = paper.width - max(map(width_of, texts)) - 4 * GAP
    pitch = max(20.0, *(height_of(name, look.size) + 3 for name in names))
    top = height_of("", look.small) + 4
    height = top + pitch * count + height_of("", look.small) + 6
    frame = Frame(paper.width, height, left, top, right, top + pitch * count)
    down = numbers(sheet.range(6))
    small = paper.words("", colour=look.muted, small=True)
    named_ = [Label(n, "l", (paper.words(name),)) for n, name in enumerate(names)]
    told = [Label(n, "r", (words,)) for n, words in enumerate(texts)]
    said = SCHEDULE[paper.language]
    if len({row.schedule for row in rows}) == 1:
        said += f" {schedule_text(rows[0].schedule)}"
    head = [Label(0, "t", (paper.words(said, small=True),))]
    around = [
        Points(heads["name"], places([low] * count), down, said=labels(named_, look.face)),
        Points(heads["done"], places([high] * count), down, said=labels(told, look.face)),
        Points(SCHEDULE[paper.language], places((rows[0].schedule,)), places((0.5,)), said=labels(head, look.face)),
    ]  # fmt: skip
    half = _TICK / 2 / pitch
    tracks, bars_, ticks = [], [], []
    for n in range(count):
        name, row_ = sheet.cells((0, n)), numbers(sheet.cells((6, n), (6, n)))
        from_, done, due, target = ((column, n) for column in (1, 2, 3, 4))
        tone = look.warning if late[n] else look.primary
        tracks.append(Points(name, numbers(sheet.cells(from_, target)), row_, line=stroke(look.rule, _TRACK)))
        bars_.append(Points(name, numbers(sheet.cells(from_, done)), row_, line=stroke(tone, _DONE)))
        upright = places((n + 1 - half, n + 1 + half))
        ticks.append(Points(name, numbers(sheet.cells(due, due)), upright, line=stroke(look.ink, 1.6)))
    grid = Grid(
        50,
        stroke(look.rule, 0.5),
        f'0"{chart.unit}";"−"0"{chart.unit}";0',
        small,
        look.face,
        stroke(look.ink, 0.8),
    )
    return Plot(
        scatter(around, [tracks, bars_, ticks], (low, high), count, grid, frame), sheet, paper.width, height
    )
