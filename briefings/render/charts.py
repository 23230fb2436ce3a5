"""Charts as pictures, drawn by matplotlib in the fonts and colours of the styles.

A picture holds the plot alone; its title, subtitle and source are text around it. Sizes are millimetres of the final
page, type sizes are points. The same chart gives the same bytes.
"""

import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from briefings.records.briefing import (
    BarChart,
    Bullet,
    Chart,
    Dumbbell,
    Heatmap,
    Language,
    LineChart,
    Slope,
    SmallMultiples,
    Theme,
)
from briefings.render.charts_bars import bars, bullet
from briefings.render.charts_heat import heat
from briefings.render.charts_lines import lines, multiples
from briefings.render.charts_pairs import dumbbell, slope
from briefings.render.charts_paper import DRAWING, style

if TYPE_CHECKING:
    from matplotlib.figure import Figure


def svgs(
    charts: Sequence[Chart], search: Sequence[Path], language: Language = "zh", theme: Theme = "modern"
) -> list[str]:
    """Each chart as SVG with its letters drawn as shapes; no date, no random ids."""
    return [_saved(chart, search, language, theme).decode() for chart in charts]


def svg(chart: Chart, search: Sequence[Path], language: Language = "zh", theme: Theme = "modern") -> str:
    """One chart as SVG."""
    return svgs([chart], search, language, theme)[0]


def draw(chart: Chart, language: Language = "zh") -> "Figure":
    """The chart on a figure of its own; no global state but matplotlib's settings is read.

    ``language`` is that of the few words a chart adds of its own: mean, schedule.
    """
    match chart:
        case BarChart():
            return bars(chart, language)
        case Heatmap():
            return heat(chart)
        case Dumbbell():
            return dumbbell(chart)
        case Slope():
            return slope(chart)
        case Bullet():
            return bullet(chart, language)
        case LineChart():
            return lines(chart)
        case SmallMultiples():
            return multiples(chart, language)
        case _:
            assert_never(chart)


def _saved(chart: Chart, search: Sequence[Path], language: Language, theme: Theme) -> bytes:
    with DRAWING, style(search, theme):
        figure = draw(chart, language)
        data = io.BytesIO()
        figure.savefig(data, format="svg", dpi=72, metadata={"Date": None, "Creator": None})
    return _trim(data.getvalue())


def _trim(svg: bytes) -> bytes:
    """Without the comments and the metadata, which say nothing about the chart."""
    return re.sub(rb"\s*<metadata>.*?</metadata>|\s*<!--.*?-->", b"", svg, flags=re.DOTALL)
