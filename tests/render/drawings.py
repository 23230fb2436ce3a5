"""A chart drawn for a test: its labels with their boxes, its dots and lines by their names, its approved picture."""

import io
from itertools import combinations
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops

from briefings.records.briefing import Chart, Language, Mark
from briefings.render import charts
from briefings.render.charts_paper import style

ROOT = Path(__file__).parents[2]
EXPECTED = ROOT / "tests/expected"
ACTUAL = ROOT / "tests/actual"
PACKED = (ROOT,)


def mark(value: float, text: str = "") -> Mark:
    """A mark that prints its value."""
    return Mark(value, text or f"{value:g}", "f")


def texts(chart: Chart, language: Language = "zh") -> tuple[Any, list[tuple[str, float, Any]]]:
    """The figure and each of its labels: what it says, its size, its box in pixels."""
    with style(PACKED):
        figure = charts.draw(chart, language)
        renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
        found = [t for axes in figure.axes for t in axes.texts if t.get_text()]
        return figure, [(t.get_text(), float(t.get_fontsize()), t.get_window_extent(renderer)) for t in found]


def said(chart: Chart, language: Language = "zh") -> list[str]:
    """The labels' words on one line each."""
    return [text.replace("\n", "") for text, _, _ in texts(chart, language)[1]]


def named(figure: Any, prefix: str) -> dict[str, Any]:
    """The lines, dots, boxes and texts whose names begin with ``prefix``."""
    axes = figure.axes[0]
    artists = (*axes.lines, *axes.patches, *axes.texts)
    return {str(a.get_gid()): a for a in artists if str(a.get_gid()).startswith(prefix)}


def place(dot: Any) -> tuple[float, float]:
    """Where a dot stands, in points from the upper left corner."""
    return float(dot.get_xdata()[0]), float(dot.get_ydata()[0])


def assert_whole(chart: Chart, language: Language = "zh") -> None:
    """Every label inside the picture, at least 7 points, on nobody else's."""
    figure, labels = texts(chart, language)
    for text, size, box in labels:
        assert size >= 7, text
        assert box.x0 >= -0.5 and box.y0 >= -0.5, text
        assert box.x1 <= figure.bbox.x1 + 0.5 and box.y1 <= figure.bbox.y1 + 0.5, text
    for (one, _, a), (other, _, b) in combinations(labels, 2):
        across = min(a.x1, b.x1) - max(a.x0, b.x0)
        down = min(a.y1, b.y1) - max(a.y0, b.y0)
        assert across <= 0.5 or down <= 0.5, (one, other)


def assert_to_scale(values: list[float], places: list[float]) -> None:
    """The places lie on one straight line over the values, and differ where the values do."""
    low, high = values.index(min(values)), values.index(max(values))
    rise = (places[high] - places[low]) / (values[high] - values[low])
    assert abs(rise) > 0
    for value, at in zip(values, places, strict=True):
        assert abs(places[low] + rise * (value - values[low]) - at) < 1e-6 * max(abs(at), 1)


def picture(chart: Chart, language: Language = "zh") -> Image.Image:
    """The chart in pixels, 96 to the inch."""
    with style(PACKED):
        data = io.BytesIO()
        charts.draw(chart, language).savefig(data, format="png", dpi=96, metadata={"Software": None})
    return Image.open(data).convert("RGB")


def assert_approved(name: str, chart: Chart, language: Language = "zh") -> None:
    """Pixels as in tests/expected (copy the file from tests/actual there to approve a change)."""
    drawn = picture(chart, language)
    expected = EXPECTED / f"{name}.png"
    approved = Image.open(expected).convert("RGB") if expected.exists() else Image.new("RGB", drawn.size)
    share = 1.0
    if approved.size == drawn.size:
        differences = ImageChops.difference(drawn, approved).convert("L").histogram()
        share = sum(differences[48:]) / sum(differences)
    if share > 0.003:
        ACTUAL.mkdir(exist_ok=True)
        drawn.save(ACTUAL / f"{name}.png")
    assert share <= 0.003


def assert_same_bytes(chart: Chart) -> None:
    """No dates and no random ids; letters are shapes, so that no font can be missing."""
    first = charts.svg(chart, PACKED)
    assert first == charts.svg(chart, PACKED)
    assert "<text" not in first
    assert "date" not in first.lower()
