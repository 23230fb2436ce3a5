"""Charts as pictures: horizontal bars and heatmaps, drawn by matplotlib in the fonts and colours of the styles.

A picture holds the plot alone; its title, subtitle and source are text around it. Sizes are millimetres of the final
page, type sizes are points. The same chart gives the same bytes.
"""

import io
import re
import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefings.errors import ConfigurationError
from briefings.records.briefing import Bar, BarChart, Chart, Heatmap
from briefings.render import assets

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

WIDTH = 166.0
"""Millimetres: the width of the text on the page."""
PRIMARY, PRIOR, INK, MUTED, RULE = "#0B5394", "#9AA5B1", "#1F2328", "#5F6B76", "#D9DEE3"
_POINT = 25.4 / 72
_BAR_PITCH, _CELL_HEIGHT = 7.2, 7.0
_GAP = 4.0
_ATOM = re.compile(r"[“‘《（]?(?:[A-Za-z0-9.,%]+|.)[”’》），、。；：]*", re.DOTALL)
# matplotlib's settings are one for the whole process, so one chart is drawn at a time.
_DRAWING = threading.RLock()


def svgs(charts: Sequence[Chart], search: Sequence[Path]) -> list[str]:
    """Each chart as SVG with its letters drawn as shapes; no date, no random ids."""
    return [str(_saved(chart, search, "svg").decode()) for chart in charts]


def svg(chart: Chart, search: Sequence[Path]) -> str:
    """One chart as SVG."""
    return svgs([chart], search)[0]


def png(chart: Chart, search: Sequence[Path], dpi: int = 300) -> bytes:
    """One chart as PNG, ``WIDTH`` millimetres wide at ``dpi``."""
    return _saved(chart, search, "png", dpi)


def _saved(chart: Chart, search: Sequence[Path], form: str, dpi: int = 300) -> bytes:
    with _DRAWING, _style(search), _glyphs_or_error():
        figure = draw(chart)
        data = io.BytesIO()
        metadata = {"Date": None, "Creator": None} if form == "svg" else {"Software": None}
        figure.savefig(data, format=form, dpi=72 if form == "svg" else dpi, metadata=metadata)
    return data.getvalue() if form == "png" else _trim(data.getvalue())


def _trim(svg: bytes) -> bytes:
    """Without the comments and the metadata, which say nothing about the chart."""
    return re.sub(rb"\s*<metadata>.*?</metadata>|\s*<!--.*?-->", b"", svg, flags=re.DOTALL)


def draw(chart: Chart) -> "Figure":
    """The chart on a figure of its own; no global state but matplotlib's settings is read."""
    return _bars(chart) if isinstance(chart, BarChart) else _heat(chart)


@contextmanager
def _style(search: Sequence[Path]) -> Iterator[None]:
    """matplotlib's settings from ``styles/charts.mplstyle``; only families that are installed are asked for."""
    import matplotlib as mpl

    path = assets.find("styles/charts.mplstyle", search)
    try:
        lines = (
            line.partition("#")[0].partition(":")[0].strip()
            for line in assets.text("styles/charts.mplstyle", search).splitlines()
        )
        if unknown := sorted({key for key in lines if key} - set(mpl.rcParams)):
            raise ValueError("不认识的设置 " + "、".join(unknown))
        settings = mpl.rc_params_from_file(path, fail_on_error=True, use_default_template=False)
    except (ValueError, OSError) as error:
        raise ConfigurationError(f"图表样式 {path} 无法使用：{error}") from error
    asked = list(settings.get("font.family", []))
    there = [family for family in asked if _installed(family)]
    if not there:
        raise ConfigurationError(f"没有安装图表所用的中文字体（{'、'.join(asked)}），请安装 fonts-noto-cjk。")
    with mpl.rc_context(
        {**settings, "font.family": there, "svg.fonttype": "path", "svg.hashsalt": "briefings"}
    ):
        yield


def _installed(family: str) -> bool:
    """Whether matplotlib knows ``family``; its list may be older than the fonts, so the files are looked for too."""
    from matplotlib import font_manager

    if any(entry.name == family for entry in font_manager.fontManager.ttflist):
        return True
    stem = family.replace(" ", "").lower().removesuffix("sc")
    for path in font_manager.findSystemFonts():
        if stem in Path(path).stem.replace("-", "").lower():
            font_manager.fontManager.addfont(path)
    return any(entry.name == family for entry in font_manager.fontManager.ttflist)


@contextmanager
def _glyphs_or_error() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message="Glyph .* missing")
        try:
            yield
        except UserWarning as warning:
            raise ConfigurationError(f"图表字体缺字：{warning}") from warning


def _canvas(height: float) -> "Figure":
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH / 25.4, height / 25.4))
    FigureCanvasAgg(figure)
    return figure


def _width(text: str, size: float, weight: str = "normal") -> float:
    """How wide ``text`` is, in points."""
    return max((_measure(part, _font(size, weight)) for part in text.split("\n")), default=0.0)


def _font(size: float, weight: str) -> "FontProperties":
    import matplotlib as mpl
    from matplotlib.font_manager import FontProperties

    return FontProperties(family=mpl.rcParams["font.family"], size=size, weight=weight)


def _measure(text: str, font: "FontProperties") -> float:
    from matplotlib.textpath import text_to_path

    return (
        float(text_to_path.get_text_width_height_descent(text, font, ismath=False)[0])
        if text.strip()
        else 0.0
    )


def _wrapped(text: str, size: float, room: float) -> str:
    """``text`` on the fewest lines of at most ``room`` points, all about as long; numbers and words are cut
    only where they alone are too wide."""
    if _width(text, size) <= room:
        return text
    if " " in text and all(_width(part, size) <= room for part in text.split(" ", 1)):
        return text.replace(" ", "\n", 1)
    atoms = [a for atom in _ATOM.findall(text) for a in ([atom] if _width(atom, size) <= room else atom)]
    for count in range(2, len(atoms) + 1):
        lines = _filled(atoms, len(text) / count)
        if all(_width(line, size) <= room for line in lines):
            return "\n".join(lines)
    return "\n".join(atoms)


def _filled(atoms: Sequence[str], length: float) -> list[str]:
    """``atoms`` on lines that reach ``length`` characters."""
    lines = [""]
    for atom in atoms:
        if len(lines[-1]) >= length:
            lines.append("")
        lines[-1] += atom
    return [line.strip() for line in lines]


def _bars(chart: BarChart) -> "Figure":
    from matplotlib.transforms import blended_transform_factory

    size = _size()
    full = WIDTH / _POINT
    names = [_wrapped(bar.label, size, full * 0.34) for bar in chart.bars]
    left = max(_width(name, size) for name in names) + 2 * _GAP
    labels = [_width(bar.text, size, "bold") for bar in chart.bars]
    low, high = min(0.0, *(b.value for b in chart.bars)), max(0.0, *(b.value for b in chart.bars))
    if chart.mean is not None:
        low, high = min(low, chart.mean), max(high, chart.mean)
    if low == high:
        high = low + 1
    before = max((w + 2 * _GAP for b, w in zip(chart.bars, labels, strict=True) if b.value < 0), default=0.0)
    after = max((w + 2 * _GAP for b, w in zip(chart.bars, labels, strict=True) if b.value >= 0), default=0.0)
    scale = (full - left - before - after) / (high - low)

    pitch = max(_BAR_PITCH, *((name.count("\n") + 1) * size * 1.6 * _POINT + 1.0 for name in names))
    head = 6.0 if chart.mean is not None else 1.5
    figure = _canvas(head + pitch * len(chart.bars) + 1.5)
    height = float(figure.get_figheight()) * 25.4
    axes = figure.add_axes((left / full, 1.5 / height, 1 - left / full, pitch * len(chart.bars) / height))
    axes.set_xlim(low - before / scale, high + after / scale)
    axes.set_ylim(len(chart.bars) - 0.5, -0.5)
    axes.set_axis_off()

    stands_out = any(bar.highlight for bar in chart.bars)
    for at, bar in enumerate(chart.bars):
        axes.barh(at, bar.value, height=0.62, color=_bar_colour(bar, stands_out), zorder=2)
        axes.annotate(
            bar.text, (bar.value, at), (-_GAP if bar.value < 0 else _GAP, 0), textcoords="offset points",
            ha="right" if bar.value < 0 else "left", va="center", color=INK, zorder=5,
            fontweight="bold" if bar.highlight or not stands_out else "normal", gid=f"value-{at}",
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.8},
        )  # fmt: skip
        axes.annotate(
            names[at], (0, at), (-_GAP, 0), xycoords=axes.get_yaxis_transform(), textcoords="offset points",
            ha="right", va="center", color=INK, annotation_clip=False, gid=f"label-{at}", linespacing=1.35,
            fontweight="bold" if bar.highlight else "normal",
        )  # fmt: skip
    axes.axvline(0, color=INK, linewidth=0.8, zorder=4)
    if chart.mean is not None:
        axes.axvline(chart.mean, color=MUTED, linewidth=0.9, linestyle=(0, (4, 3)), zorder=3)
        _mean_label(axes, chart.mean, size, blended_transform_factory(axes.transData, axes.transAxes))
    return figure


def _bar_colour(bar: Bar, stands_out: bool) -> str:
    return PRIMARY if bar.highlight or not stands_out else PRIOR


def _mean_label(axes: Any, mean: float, size: float, transform: Any) -> None:
    """The mean's own number above its line, kept inside the plot."""
    text = f"均值 {mean:g}"
    low, high = axes.get_xlim()
    half = _width(text, size) / 2 * (high - low) / (axes.get_position().width * WIDTH / _POINT)
    at = min(max(mean, low + half), high - half)
    axes.text(
        at, 1.0, text, transform=transform, ha="center", va="bottom", color=MUTED, clip_on=False, gid="mean"
    )


def _heat(chart: Heatmap) -> "Figure":
    from matplotlib.colors import LinearSegmentedColormap
    from matplotlib.patches import Rectangle

    size = _size()
    full = WIDTH / _POINT
    names = [_wrapped(name, size, full * 0.3) for name in chart.rows]
    left = max(_width(name, size) for name in names) + 2 * _GAP
    cell = (full - left) / len(chart.columns)
    small = min(size, 8.0)
    heads = [_wrapped(name, small, cell - 3) for name in chart.columns]
    top = max(head.count("\n") + 1 for head in heads) * small * 1.35 * _POINT + 2
    pitch = max(_CELL_HEIGHT, *((name.count("\n") + 1) * size * 1.6 * _POINT + 1.0 for name in names))
    figure = _canvas(top + pitch * len(chart.rows) + 0.5)
    height = float(figure.get_figheight()) * 25.4
    axes = figure.add_axes((left / full, 0.5 / height, 1 - left / full, pitch * len(chart.rows) / height))
    axes.set_xlim(0, len(chart.columns))
    axes.set_ylim(len(chart.rows), 0)
    axes.set_axis_off()

    hue = LinearSegmentedColormap.from_list("primary", ["#FFFFFF", PRIMARY])
    most = max((count for row in chart.counts for count in row), default=0) or 1
    for r, row in enumerate(chart.counts):
        axes.annotate(
            names[r], (0, r + 0.5), (-_GAP, 0), textcoords="offset points", ha="right", va="center",
            color=INK, annotation_clip=False, gid=f"label-{r}", linespacing=1.35,
        )  # fmt: skip
        for c, count in enumerate(row):
            colour = hue(count / most)
            axes.add_patch(Rectangle((c, r), 1, 1, facecolor=colour, edgecolor=RULE, linewidth=0.5))
            axes.text(
                c + 0.5, r + 0.5, str(count), ha="center", va="center_baseline", fontsize=small,
                color=MUTED if count == 0 else _readable(colour), gid=f"count-{r}-{c}",
            )  # fmt: skip
    for c, head in enumerate(heads):
        axes.annotate(
            head, (c + 0.5, 0), (0, 3), textcoords="offset points", ha="center", va="bottom",
            color=INK, fontsize=small, annotation_clip=False, gid=f"column-{c}",
        )  # fmt: skip
    return figure


def _readable(background: tuple[float, float, float, float]) -> str:
    """Ink or white, whichever stands out more (the contrast of WCAG 2)."""
    light = _luminance(background[:3])
    ink = _luminance(tuple(int(INK[i : i + 2], 16) / 255 for i in (1, 3, 5)))
    return "#FFFFFF" if 1.05 / (light + 0.05) > (light + 0.05) / (ink + 0.05) else INK


def _luminance(rgb: Sequence[float]) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in rgb]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _size() -> float:
    import matplotlib as mpl

    return max(7.0, float(mpl.rcParams["font.size"]))
