"""Horizontal bars: values in a row, to both sides of nought where some are negative; completion against a schedule."""

from typing import TYPE_CHECKING, Any

from briefings.records.briefing import Bar, BarChart, Bullet, Language
from briefings.render.charts_paper import (
    FULL,
    GAP,
    LEADING,
    POINT,
    base_size,
    canvas,
    height_of,
    sheet,
    small_size,
    tone,
    width_of,
    wrapped,
    written,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

MEAN: dict[Language, str] = {"zh": "均值", "en": "Mean"}
SCHEDULE: dict[Language, str] = {"zh": "时序进度", "en": "Schedule"}
_BAR_PITCH = 7.2
_BAR_SHARE = 0.62
_ROW, _TRACK, _DONE = 20.0, 12.0, 7.0
_WHOLE = 100.0


def bars(chart: BarChart, language: Language) -> "Figure":
    """Bars from nought in the order given, each with its name before and its text behind it."""
    from matplotlib.transforms import blended_transform_factory

    size = base_size()
    names = [wrapped(bar.label, size, FULL * 0.34, _weight(bar)) for bar in chart.bars]
    left = (
        max(width_of(name, size, _weight(bar)) for name, bar in zip(names, chart.bars, strict=True)) + 2 * GAP
    )
    labels = [width_of(bar.text, size, "bold") for bar in chart.bars]
    low, high = min(0.0, *(b.value for b in chart.bars)), max(0.0, *(b.value for b in chart.bars))
    if chart.mean is not None:
        low, high = min(low, chart.mean), max(high, chart.mean)
    if low == high:
        high = low + 1
    before = max((w + 2 * GAP for b, w in zip(chart.bars, labels, strict=True) if b.value < 0), default=0.0)
    after = max((w + 2 * GAP for b, w in zip(chart.bars, labels, strict=True) if b.value >= 0), default=0.0)
    scale = (FULL - left - before - after) / (high - low)

    pitch = max(_BAR_PITCH, *((name.count("\n") + 1) * size * 1.6 * POINT + 1.0 for name in names))
    head = 6.0 if chart.mean is not None else 1.5
    figure = canvas(head + pitch * len(chart.bars) + 1.5)
    height = float(figure.get_figheight()) * 25.4
    axes = figure.add_axes((left / FULL, 1.5 / height, 1 - left / FULL, pitch * len(chart.bars) / height))
    axes.set_xlim(low - before / scale, high + after / scale)
    axes.set_ylim(len(chart.bars) - 0.5, -0.5)
    axes.set_axis_off()

    stands_out = any(bar.highlight for bar in chart.bars)
    for at, bar in enumerate(chart.bars):
        axes.barh(
            at, bar.value, height=_BAR_SHARE * _BAR_PITCH / pitch, color=_colour(bar, stands_out), zorder=2
        )
        axes.annotate(
            bar.text, (bar.value, at), (-GAP if bar.value < 0 else GAP, 0), textcoords="offset points",
            ha="right" if bar.value < 0 else "left", va="center", color=tone("ink"), zorder=5,
            fontweight="bold" if bar.highlight or not stands_out else "normal", gid=f"value-{at}",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
        )  # fmt: skip
        axes.annotate(
            names[at], (0, at), (-GAP, 0), xycoords=axes.get_yaxis_transform(), textcoords="offset points",
            ha="right", va="center", color=tone("ink"), annotation_clip=False, gid=f"label-{at}", linespacing=LEADING,
            fontweight=_weight(bar),
        )  # fmt: skip
    axes.axvline(0, color=tone("ink"), linewidth=0.8, zorder=4)
    if chart.mean is not None:
        axes.axvline(chart.mean, color=tone("muted"), linewidth=0.9, linestyle=(0, (4, 3)), zorder=3)
        across = blended_transform_factory(axes.transData, axes.transAxes)
        _mean_label(axes, chart.mean, f"{MEAN[language]} {chart.mean:g}", size, across)
    return figure


def _weight(bar: Bar) -> Any:
    return "bold" if bar.highlight else "normal"


def _colour(bar: Bar, stands_out: bool) -> str:
    return tone("primary") if bar.highlight or not stands_out else tone("prior")


def _mean_label(axes: Any, mean: float, text: str, size: float, transform: Any) -> None:
    """The mean's own number above its line, kept inside the plot."""
    low, high = axes.get_xlim()
    half = width_of(text, size) / 2 * (high - low) / (axes.get_position().width * FULL)
    at = min(max(mean, low + half), high - half)
    axes.text(
        at,
        1.0,
        text,
        transform=transform,
        ha="center",
        va="bottom",
        color=tone("muted"),
        clip_on=False,
        gid="mean",
    )


def bullet(chart: Bullet, language: Language) -> "Figure":
    """A track for the whole target, a bar for what is done, a tick where it ought to be; late bars in warning colour."""
    size, small = base_size(), small_size()
    names = [wrapped(row.label, size, FULL * 0.36) for row in chart.rows]
    left = max(width_of(name, size) for name in names) + 3 * GAP
    right = max(width_of(row.done.text, size, "bold") for row in chart.rows) + 3 * GAP
    low = min(0.0, *(row.done.value for row in chart.rows))
    high = max(_WHOLE, *(value for row in chart.rows for value in (row.done.value, row.schedule)))
    scale = (FULL - left - right) / (high - low)
    rows = [max(_ROW, height_of(name, size) + 3) for name in names]
    top, foot = height_of("", small) + 3, height_of("", small) + 2
    paper = sheet(top + sum(rows) + foot)

    def across(value: float) -> float:
        return left + (value - low) * scale

    y = top
    bottom = top + sum(rows)
    for value in (0.0, 50.0, _WHOLE):
        paper.line(
            [across(value)] * 2, [top, bottom], color=tone("ink") if not value else tone("rule"), width=0.8 if not value else 0.5
        )  # fmt: skip
        paper.text(across(value), bottom + 2, written(value) + (chart.unit if value else ""), gid=f"axis-{value:g}",
                   size=small, color=tone("muted"), ha="center", va="top")  # fmt: skip
    for at, (row, name, height) in enumerate(zip(chart.rows, names, rows, strict=True)):
        middle = y + height / 2
        late = row.done.value < row.schedule
        paper.box(
            across(0), middle - _TRACK / 2, _WHOLE * scale, _TRACK, tone("rule"), gid=f"track-{at}", above=2.5
        )
        paper.box(
            across(0), middle - _DONE / 2, row.done.value * scale, _DONE, tone("warning") if late else tone("primary"),
            gid=f"done-{at}", above=3,
        )  # fmt: skip
        tick = across(row.schedule)
        paper.line([tick, tick], [middle - _TRACK / 2 - 2, middle + _TRACK / 2 + 2], color=tone("ink"), width=1.6, above=4,
                   gid=f"tick-{at}")  # fmt: skip
        paper.text(left - 2 * GAP, middle, name, gid=f"label-{at}", ha="right")
        paper.text(FULL - right + 2 * GAP, middle, row.done.text, gid=f"value-{at}", weight="bold",
                   color=tone("warning") if late else tone("ink"))  # fmt: skip
        y += height
    said = SCHEDULE[language]
    if len({row.schedule for row in chart.rows}) == 1:
        said += f" {schedule_text(chart.rows[0].schedule)}"
    half = width_of(said, small) / 2
    place = min(max(across(chart.rows[0].schedule), left + half), FULL - half)
    paper.text(place, top - 2, said, gid="schedule", size=small, color=tone("ink"), ha="center", va="bottom")
    return paper.figure


def schedule_text(schedule: float) -> str:
    """The schedule as it is printed above its tick, in percent with one decimal at most."""
    return f"{round(schedule, 1):g}%"
