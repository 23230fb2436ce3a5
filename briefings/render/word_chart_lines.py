"""Lines through time as native charts: several on one scale, or a small chart for each; what is not stated is a gap."""

from collections.abc import Sequence

from briefings.records.briefing import Language, LineChart, Mark, SmallMultiples, Track
from briefings.render.charts_paper import spread
from briefings.render.word_chart_bars import HEADS
from briefings.render.word_chart_paper import (
    GAP,
    Paper,
    Plot,
    axis_form,
    height_of,
    number_form,
    scale,
    width_of,
    wrapped,
)
from briefings.render.word_chart_sheet import Column, Sheet, numbers, places, strings
from briefings.render.word_chart_xml import (
    NO_MARKER,
    UNDRAWN,
    Frame,
    Label,
    Side,
    Words,
    axis,
    dot,
    labels,
    layout_at,
    named,
    rich,
    stroke,
    whole,
)

_PLOT, _PANEL, _GUTTER = 150.0, 92.0, 12.0
_MANY = 6
_BRACKETS: dict[Language, str] = {"zh": "{}（{}）", "en": "{} ({})"}


def lines(chart: LineChart, paper: Paper) -> Plot:
    """One scale and one axis of periods; each line named and its last mark told at the right.

    A line alone has the texts of its other marks too.
    """
    look = paper.look
    tracks = [track for track in chart.tracks if any(track.marks)]
    sheet = _sheet(tracks, chart.periods, paper)
    values = [mark.value for track in tracks for mark in track.marks if mark]
    low, high, step = scale(min(values, default=0.0), max(values, default=1.0), 5)
    colours = _colours(tracks, paper)
    ends = []
    for track, colour in zip(tracks, colours, strict=True):
        tone = look.muted if colour == look.prior else colour
        at, mark = _last(track)
        name = wrapped(track.label, look.size, paper.width * 0.22)
        first, _, rest = name.partition("\n")
        words = (
            paper.words(f"{mark.text}\u2002", colour=tone, bold=True),
            paper.words(first + (f"\n{rest}" if rest else ""), colour=tone, bold=track.highlight),
        )
        ends.append((at, mark.value, words))
    heights = [height_of(words[1].text, look.size) for _, _, words in ends]
    told = max((sum(map(width_of, words)) for _, _, words in ends), default=0.0)
    left = max(len(f"{n:g}") for n in (low, high, low + step)) * look.small * 0.62 + 3 * GAP
    body = max(_PLOT, sum(heights) * 1.1)
    foot = height_of("", look.small) + 6
    height = 12 + body + foot
    # Word gives every period as much room as the next: half of it is free to the right of the last mark.
    right = paper.width - told - 2 * GAP
    right += (right - left) / (2 * len(chart.periods) - 1) if chart.periods else 0.0
    frame = Frame(paper.width, height, left, 12, min(right, paper.width - 2), 12 + body)

    def down(value: float) -> float:
        return 12 + body * (high - value) / (high - low)

    placed = spread([down(value) for _, value, _ in ends], heights, 6, 18 + body)
    series = ""
    for n, (track, colour, (at, value, words)) in enumerate(zip(tracks, colours, ends, strict=True)):
        said = [Label(at, "r", words, shift=(0.0, (placed[n] - down(value)) / height))]
        if len(tracks) == 1:
            said += _others(track, at, paper)
        series += _line(sheet, n, colour, said, paper)
    return Plot(
        whole(_plot(series, paper, (low, high, step), chart.periods, frame, low <= 0 <= high), frame), sheet, paper.width, height
    )  # fmt: skip


def panels(chart: SmallMultiples, paper: Paper) -> tuple[tuple[Plot, ...], int]:
    """A small chart for each track with its own scale, its name and unit above; and how many stand side by side."""
    look, count = paper.look, len(chart.tracks)
    side = count if count < 4 else 2 if count == 4 else 3
    wide = (paper.width - _GUTTER * (side - 1)) / side - 2
    stands_out = any(track.highlight for track in chart.tracks)
    titles = [
        wrapped(_BRACKETS[paper.language].format(t.label, unit) if unit else t.label, look.size * 1.08, wide - 14)
        for t, unit in zip(chart.tracks, chart.units, strict=True)
    ]  # fmt: skip
    made = []
    for at, (track, title) in enumerate(zip(chart.tracks, titles, strict=True)):
        row = titles[at // side * side : at // side * side + side]
        head = max(height_of(other, look.size) for other in row) + 6
        colour = look.primary if track.highlight or not stands_out else look.muted
        words = paper.words(title, bold=True, colour=look.primary if track.highlight else look.ink)
        made.append(_panel(track, chart.periods, paper, (wide, head), colour, words))
    return tuple(made), side


def _panel(
    track: Track, periods: Sequence[str], paper: Paper, size: tuple[float, float], colour: str, title: Words
) -> Plot:
    """One line on its own scale, its first, last, highest and lowest marks told."""
    look, (wide, head) = paper.look, size
    sheet = _sheet((track,), periods, paper)
    values = [mark.value for mark in track.marks if mark]
    low, high = min(values, default=0.0), max(values, default=1.0)
    air = (high - low or abs(high) or 1) * 0.45
    foot = height_of("", look.small) + 4
    height = head + _PANEL + foot
    texts = [*(m.text for m in track.marks if m), *periods[:1], *periods[-1:]]
    edge = max(width_of(paper.words(text, small=True, bold=True)) for text in texts) / 2 + 2
    frame = Frame(wide, height, edge, head, wide - edge, head + _PANEL)
    said = []
    if values:
        at, last = _last(track)
        said = [
            Label(
                at,
                _turn(track, at),
                (paper.words(last.text, small=True, bold=True),),
                number_form(last.text, last.value),
            )
        ]
        said += _others(track, at, paper)
    ends = sorted({0, len(periods) - 1})
    under = [Label(n, "b", (paper.words(periods[n], colour=look.muted, small=True),)) for n in ends]
    series = _line(sheet, 0, colour, said, paper) + (
        f"<c:ser>{named(1, sheet.head(0))}{UNDRAWN}{NO_MARKER}{labels(under, look.face)}"
        f"<c:cat>{strings(sheet.range(0))}</c:cat><c:val>{places([low - air] * len(periods))}</c:val>"
        '<c:smooth val="0"/></c:ser>'
    )
    plot = _plot(series, paper, (low - air, high + air, 0.0), periods, frame, low < 0 < high)
    named_ = f'<c:title>{rich((title,), look.face, "l")}{layout_at(4 / wide, 2 / height)}<c:overlay val="1"/></c:title>'
    return Plot(whole(plot, frame, named_), sheet, wide, height)


def _sheet(tracks: Sequence[Track], periods: Sequence[str], paper: Paper) -> Sheet:
    """A column a line, a row a period, and a column for the ids of each line's sources."""
    heads = HEADS[paper.language]
    return Sheet(
        (
            Column(heads["name"], tuple(periods)),
            *(Column(t.label, tuple(mark.value if mark else None for mark in t.marks)) for t in tracks),
            *(
                Column(f"{t.label} {heads['source']}", tuple(mark.source if mark else None for mark in t.marks))
                for t in tracks
            ),
        )
    )  # fmt: skip


def _line(sheet: Sheet, n: int, colour: str, said: Sequence[Label], paper: Paper) -> str:
    strong = colour != paper.look.prior
    return (
        f"<c:ser>{named(n, sheet.head(n + 1))}<c:spPr>{stroke(colour, 1.8 if strong else 1.2, cap='rnd')}</c:spPr>"
        f"{dot(colour, 5 if strong else 4)}{labels(said, paper.look.face)}<c:cat>{strings(sheet.range(0))}</c:cat>"
        f'<c:val>{numbers(sheet.range(n + 1))}</c:val><c:smooth val="0"/></c:ser>'
    )


def _plot(
    series: str, paper: Paper, limits: tuple[float, float, float], periods: Sequence[str], frame: Frame, nought: bool
) -> str:  # fmt: skip
    """The lines with their two axes, with a line at ``nought``; without a step the scale is not shown."""
    look = paper.look
    low, high, step = limits
    small = paper.words("", colour=look.muted, small=True)
    return (
        f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{series}<c:marker val="1"/>'
        '<c:axId val="1001"/><c:axId val="1002"/></c:lineChart>'
        + axis(
            "catAx", 1001, 1002, "b", shown=True, crosses="autoZero" if nought else "min", words=small,
            family=look.face, ticks="low" if step else "none", line=stroke(look.ink if nought else look.rule, 0.8), skip=_skip(periods, paper, frame),
        )
        + axis(
            "valAx", 1002, 1001, "l", low=low, high=high, step=step or None, shown=bool(step), words=small, family=look.face,
            form=axis_form(step) if step else "General", grid=stroke(look.rule, 0.5) if step else "", ticks="nextTo",
            between="between" if step else "midCat",
        )
    )  # fmt: skip


def _skip(periods: Sequence[str], paper: Paper, frame: Frame) -> int:
    """Every how manieth period is written, so that none touches the next; half of a long one may go on a second line."""
    widest = max((width_of(paper.words(period, small=True)) for period in periods), default=0.0)
    pitch = (frame.right - frame.left) / max(len(periods), 1)
    step = 1
    while step < len(periods) and step * pitch < widest + 6:
        step += 1
    return step


def _others(track: Track, last: int, paper: Paper) -> list[Label]:
    """The texts of a lone line's other marks: of all of them, or of the telling ones where they are many."""
    found = [(at, mark) for at, mark in enumerate(track.marks) if mark]
    telling = {
        found[0][0],
        min(found, key=lambda p: p[1].value)[0],
        max(found, key=lambda p: p[1].value)[0],
    }
    return [
        Label(
            at,
            _turn(track, at),
            (paper.words(mark.text, colour=paper.look.muted, small=True),),
            number_form(mark.text, mark.value),
        )
        for at, mark in found
        if at != last and (len(found) <= _MANY or at in telling)
    ]


def _turn(track: Track, at: int) -> Side:
    """Above a mark or beneath it, where its line is not."""
    marks = [(n, mark.value) for n, mark in enumerate(track.marks) if mark]
    place = next(n for n, (where, _) in enumerate(marks) if where == at)
    here = marks[place][1]
    beside = [marks[n][1] for n in (place - 1, place + 1) if 0 <= n < len(marks)]
    return "b" if beside and sum(beside) / len(beside) > here else "t"


def _colours(tracks: Sequence[Track], paper: Paper) -> list[str]:
    """Grey but for the highlighted ones; with none of them, a colour each as far as there are colours."""
    look = paper.look
    if any(track.highlight for track in tracks):
        return [look.primary if track.highlight else look.prior for track in tracks]
    return [look.lines[at] if at < len(look.lines) else look.prior for at in range(len(tracks))]


def _last(track: Track) -> tuple[int, Mark]:
    return next((at, mark) for at, mark in reversed(list(enumerate(track.marks))) if mark)
