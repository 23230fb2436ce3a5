"""Heatmaps: counts of rows by columns, the more the darker, each with its number."""

from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from briefings.records.briefing import Heatmap
from briefings.render.charts_paper import (
    FULL,
    GAP,
    LEADING,
    POINT,
    base_size,
    canvas,
    tone,
    width_of,
    wrapped,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_CELL_HEIGHT = 7.0
_NARROWER = (0.2, 0.17, 0.14)
"""Shares of the width that the rows' names may take: less, where a word above a column would be cut otherwise."""


def heat(chart: Heatmap) -> "Figure":
    """The cells in one hue from white, the names of the rows before them, of the columns above."""
    from matplotlib.colors import LinearSegmentedColormap
    from matplotlib.patches import Rectangle

    size = base_size()
    # Long names in Latin letters would leave the columns too narrow for their own heads.
    words = any(name.isascii() for name in chart.columns)
    small = 7.0 if words else min(size, 8.0)
    longest = max(width_of(word, small) for name in chart.columns for word in name.split())
    for share in _NARROWER if words else (0.3,):
        names = [wrapped(name, size, FULL * share) for name in chart.rows]
        left = max(width_of(name, size) for name in names) + 2 * GAP
        cell = (FULL - left) / len(chart.columns)
        if longest <= cell - 1:
            break
    heads = [wrapped(name, small, cell - (1 if words else 3)) for name in chart.columns]
    top = max(head.count("\n") + 1 for head in heads) * small * LEADING * POINT + 2
    # A row is as high as its own name: one long name must not drive the picture off its page.
    rows = [max(_CELL_HEIGHT, (name.count("\n") + 1) * size * LEADING * POINT + 2.5) for name in names]
    tops = [0.0, *accumulate(rows)]
    figure = canvas(top + tops[-1] + 0.5)
    height = float(figure.get_figheight()) * 25.4
    axes = figure.add_axes((left / FULL, 0.5 / height, 1 - left / FULL, tops[-1] / height))
    axes.set_xlim(0, len(chart.columns))
    axes.set_ylim(tops[-1], 0)
    axes.set_axis_off()

    hue = LinearSegmentedColormap.from_list("primary", ["#FFFFFF", tone("primary")])
    most = max((count for row in chart.counts for count in row), default=0) or 1
    for r, row in enumerate(chart.counts):
        axes.annotate(
            names[r], (0, tops[r] + rows[r] / 2), (-GAP, 0), textcoords="offset points", ha="right", va="center",
            color=tone("ink"), annotation_clip=False, gid=f"label-{r}", linespacing=LEADING,
        )  # fmt: skip
        for c, count in enumerate(row):
            colour = hue(count / most)
            axes.add_patch(
                Rectangle((c, tops[r]), 1, rows[r], facecolor=colour, edgecolor=tone("rule"), linewidth=0.5)
            )
            axes.text(
                c + 0.5, tops[r] + rows[r] / 2, str(count), ha="center", va="center_baseline", fontsize=small,
                color=tone("muted") if count == 0 else readable(colour), gid=f"count-{r}-{c}",
            )  # fmt: skip
    for c, head in enumerate(heads):
        axes.annotate(
            head, (c + 0.5, 0), (0, 3), textcoords="offset points", ha="center", va="bottom",
            color=tone("ink"), fontsize=small, annotation_clip=False, gid=f"column-{c}",
        )  # fmt: skip
    return figure


def readable(background: tuple[float, float, float, float]) -> str:
    """Ink or white, whichever stands out more (the contrast of WCAG 2)."""
    light = luminance(background[:3])
    ink = luminance(tuple(int(tone("ink")[i : i + 2], 16) / 255 for i in (1, 3, 5)))
    return "#FFFFFF" if 1.05 / (light + 0.05) > (light + 0.05) / (ink + 0.05) else tone("ink")


def luminance(rgb: Sequence[float]) -> float:
    """The relative luminance of a colour, from 0 to 1 (WCAG 2)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
