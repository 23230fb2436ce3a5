"""What every chart is drawn on: the fonts and colours, a sheet in points, the width of words and the room between labels."""

import re
import threading
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from briefings.errors import ConfigurationError
from briefings.records.briefing import Theme
from briefings.render import assets

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from matplotlib.font_manager import FontProperties

WIDTH = 166.0
"""Millimetres: the width of the text on the page."""
POINT = 25.4 / 72
"""Millimetres of a point."""
FULL = WIDTH / POINT
"""Points: the same width."""
GAP = 4.0
"""Points between a mark and its label."""
LEADING = 1.35
_ATOM = re.compile(r"[“‘《（]?(?:[A-Za-z0-9.,%]+|.)[”’》），、。；：]*", re.DOTALL)
# matplotlib's settings are one for the whole process, so one chart is drawn at a time.
DRAWING = threading.RLock()

Weight = Literal["normal", "bold"]
Role = Literal["primary", "prior", "second", "warning", "third", "ink", "muted", "rule", "tint"]
"""What a colour stands for: the number that matters, the one before it, other lines, what lags, words and rules."""
_IN_TURN: tuple[Role, ...] = ("primary", "prior", "second", "warning", "third")
_NAMED: dict[Role, str] = {
    "ink": "text.color", "muted": "axes.labelcolor", "rule": "grid.color", "tint": "legend.facecolor",
}  # fmt: skip
STYLES: dict[Theme, str] = {"modern": "charts", "official": "charts-official"}


@contextmanager
def style(search: Sequence[Path], theme: Theme = "modern") -> Iterator[None]:
    """matplotlib's settings from the theme's ``.mplstyle``; only families that are installed are asked for.

    Raises ``ConfigurationError`` for a style that cannot be used, a missing font and a missing character.
    """
    import matplotlib as mpl

    name = f"styles/{STYLES[theme]}.mplstyle"
    path = assets.find(name, search)
    try:
        lines = (
            line.partition("#")[0].partition(":")[0].strip()
            for line in assets.text(name, search).splitlines()
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
    ours: Any = {
        **settings,
        "font.family": there,
        "svg.fonttype": "path",
        "svg.hashsalt": "briefings",
    }
    with mpl.rc_context(ours), _glyphs_or_error():
        yield


def tone(role: Role) -> str:
    """The colour of ``role`` in the style in force, as ``#RRGGBB``.

    The style's cycle of colours has those of numbers in the order of ``_IN_TURN``; one that is too short begins again.
    """
    import matplotlib as mpl
    from matplotlib.colors import to_hex

    settings: Any = mpl.rcParams
    if role in _NAMED:
        return to_hex(settings[_NAMED[role]]).upper()
    colours = settings["axes.prop_cycle"].by_key().get("color") or [settings["text.color"]]
    return to_hex(colours[_IN_TURN.index(role) % len(colours)]).upper()


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


def canvas(height: float) -> "Figure":
    """A figure of ``WIDTH`` by ``height`` millimetres with a canvas of its own."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH / 25.4, height / 25.4))
    FigureCanvasAgg(figure)
    return figure


@dataclass(frozen=True, slots=True)
class Sheet:
    """A figure to draw on in points, from the upper left corner to the right and down."""

    figure: "Figure"
    axes: Any

    def text(
        self, x: float, y: float, words: str, *, gid: str, size: float | None = None, color: str = "",
        weight: Weight = "normal", ha: str = "left", va: str = "center", halo: bool = False,
    ) -> None:  # fmt: skip
        """``words`` at a place; with ``halo`` on a rim of white, so that a line behind does not touch them."""
        from matplotlib.patheffects import withStroke

        self.axes.text(
            x, y, words, gid=gid, fontsize=size or base_size(), color=color or tone("ink"), fontweight=weight, ha=ha, va=va,
            linespacing=LEADING, zorder=6, path_effects=[withStroke(linewidth=2.4, foreground="white")] if halo else None,
        )  # fmt: skip

    def line(
        self, xs: Sequence[float], ys: Sequence[float], *, color: str, width: float, dashes: tuple[float, ...] = (),
        above: float = 2, gid: str | None = None,
    ) -> None:  # fmt: skip
        """A line through places."""
        self.axes.plot(
            xs, ys, color=color, linewidth=width, linestyle=(0, dashes) if dashes else "-", zorder=above, gid=gid,
            solid_capstyle="round" if len(xs) > 2 else "butt", solid_joinstyle="round",
        )  # fmt: skip

    def dot(self, x: float, y: float, *, color: str, hollow: bool = False, size: float = 7, gid: str) -> None:
        """A dot; a hollow one is white inside."""
        self.axes.plot(
            [x], [y], marker="o", markersize=size, markerfacecolor="white" if hollow else color, markeredgecolor=color,
            markeredgewidth=1.5 if hollow else 0, linestyle="none", zorder=4, gid=gid,
        )  # fmt: skip

    def box(
        self, x: float, y: float, across: float, down: float, color: str, *, above: float = 1, gid: str | None = None
    ) -> None:  # fmt: skip
        """A filled rectangle; ``across`` may be negative."""
        from matplotlib.patches import Rectangle

        self.axes.add_patch(
            Rectangle((x, y), across, down, facecolor=color, edgecolor="none", zorder=above, gid=gid)
        )


def sheet(height: float) -> Sheet:
    """An empty sheet ``FULL`` by ``height`` points."""
    figure = canvas(height * POINT)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, FULL)
    axes.set_ylim(height, 0)
    axes.set_axis_off()
    return Sheet(figure, axes)


def base_size() -> float:
    """The size of the charts' type in points, never below seven."""
    import matplotlib as mpl

    return max(7.0, float(mpl.rcParams["font.size"]))


def small_size() -> float:
    """The size of what stands in the second rank: axes, the earlier of two values."""
    return max(7.0, base_size() - 1.0)


def width_of(text: str, size: float, weight: Weight = "normal") -> float:
    """How wide ``text`` is, in points."""
    return max((_measure(part, _font(size, weight)) for part in text.split("\n")), default=0.0)


def height_of(text: str, size: float) -> float:
    """How high ``text`` stands on its lines, in points, with a little air."""
    return (text.count("\n") + 1) * size * 1.45 + 1.5


def _font(size: float, weight: str) -> "FontProperties":
    import matplotlib as mpl
    from matplotlib.font_manager import FontProperties

    return FontProperties(family=mpl.rcParams["font.family"], size=size, weight=weight)


def _measure(text: str, font: "FontProperties") -> float:
    from matplotlib.textpath import text_to_path

    if not text.strip():
        return 0.0
    return float(text_to_path.get_text_width_height_descent(text, font, ismath=False)[0])


def wrapped(text: str, size: float, room: float, weight: Weight = "normal") -> str:
    """``text`` on the fewest lines of at most ``room`` points, all about as long; numbers and words are cut
    only where they alone are too wide."""
    if width_of(text, size, weight) <= room:
        return text
    if " " in text and all(width_of(part, size, weight) <= room for part in text.split(" ", 1)):
        return text.replace(" ", "\n", 1)
    atoms = [
        a for atom in _ATOM.findall(text) for a in ([atom] if width_of(atom, size, weight) <= room else atom)
    ]
    for count in range(2, len(atoms) + 1):
        lines = _filled(atoms, len(text) / count)
        if all(width_of(line, size, weight) <= room for line in lines):
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


def spread(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Where labels stand that are ``wanted`` at places and must not overlap: as near to them as can be.

    All stay between ``low`` and ``high`` if there is room for all of them.
    """
    order = sorted(range(len(wanted)), key=lambda at: (wanted[at], at))
    offsets: list[float] = []
    used = 0.0
    for at in order:
        offsets.append(used + heights[at] / 2)
        used += heights[at]
    pools: list[tuple[float, int]] = []
    for at, offset in zip(order, offsets, strict=True):
        total, count = wanted[at] - offset, 1
        while pools and pools[-1][0] / pools[-1][1] >= total / count:
            before, several = pools.pop()
            total, count = total + before, count + several
        pools.append((total, count))
    places = [total / count for total, count in pools for _ in range(count)]
    result = [0.0] * len(wanted)
    for at, place, offset in zip(order, places, offsets, strict=True):
        result[at] = min(max(place, low), max(high - used, low)) + offset
    return result


def steps(low: float, high: float, most: int) -> list[float]:
    """At most about ``most`` round numbers from ``low`` to ``high``, the first not above and the last not below them."""
    from matplotlib.ticker import MaxNLocator

    found = [float(n) for n in MaxNLocator(nbins=most, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)]
    under, over = [n for n in found if n <= low], [n for n in found if n >= high]
    first, last = under[-1] if under else found[0], over[0] if over else found[-1]
    return [n for n in found if first <= n <= last]


def written(number: float) -> str:
    """A round number of an axis."""
    return f"{number:.10f}".rstrip("0").rstrip(".").replace("-", "−") if number else "0"
