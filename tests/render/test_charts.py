"""The charts: whole labels, readable sizes, the same picture each time, and pixels as approved."""

import io
import re
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from briefings.errors import ConfigurationError
from briefings.records.briefing import Bar, BarChart, Chart, Heatmap
from briefings.render import charts

ROOT = Path(__file__).parents[2]
EXPECTED = ROOT / "tests/expected"
ACTUAL = ROOT / "tests/actual"
PACKED = (ROOT,)

LEAGUE = BarChart(
    tuple(
        Bar(name, value, text, "f", highlight=name == "澜西区")
        for name, value, text in (
            ("澜东区", 12.4, "12.4"),
            ("澜西区", 9.8, "9.8"),
            ("临澜经济技术开发区和综合保税区管理委员会", 6.1, "6.1"),
            ("望海县", 0.0, "0"),
            ("青屿县", -3.5, "-3.5"),
        )
    ),
    "%",
    mean=4.96,
)
COUNTS = Heatmap(
    ("市发展改革委", "市人力资源社会保障局", "市商务局"),
    ("项目投资", "科技创新", "民生保障", "营商环境"),
    ((12, 0, 3, 5), (1, 4, 9, 2), (0, 7, 1, 11)),
    (("",) * 4,) * 3,
    "条",
)


def texts(chart: Chart) -> tuple[Any, list[tuple[str, float, Any]]]:
    """The figure and each of its labels: what it says, its size, its box in pixels."""
    with charts._style(PACKED):
        figure = charts.draw(chart)
        renderer = figure.canvas.get_renderer()  # type: ignore[attr-defined]
        found = [t for axes in figure.axes for t in axes.texts if t.get_text()]
        return figure, [(t.get_text(), float(t.get_fontsize()), t.get_window_extent(renderer)) for t in found]


def assert_whole(chart: Chart) -> None:
    """Every label inside the picture, at least 7 points, on nobody else's."""
    figure, labels = texts(chart)
    for text, size, box in labels:
        assert size >= 7, text
        assert box.x0 >= -0.5 and box.y0 >= -0.5, text
        assert box.x1 <= figure.bbox.x1 + 0.5 and box.y1 <= figure.bbox.y1 + 0.5, text
    for (one, _, a), (other, _, b) in combinations(labels, 2):
        across = min(a.x1, b.x1) - max(a.x0, b.x0)
        down = min(a.y1, b.y1) - max(a.y0, b.y0)
        assert across <= 0.5 or down <= 0.5, (one, other)


@pytest.mark.parametrize("chart", [LEAGUE, COUNTS], ids=["bars", "heatmap"])
def test_labels_are_whole(chart: Chart) -> None:
    """No label is cut, too small or over another."""
    assert_whole(chart)


NAMES = st.text("市区县发展改革委员会管理局ABC", min_size=1, max_size=24)
BARS = st.builds(
    lambda name, tenths: Bar(name, tenths / 10, f"{tenths / 10:.1f}", "f"), NAMES, st.integers(-3000, 30000)
)


@settings(max_examples=12, deadline=None)
@given(st.lists(BARS, min_size=1, max_size=8), st.booleans())
def test_labels_are_whole_whatever_is_drawn(bars: list[Bar], mean: bool) -> None:
    """Long names, equal values, negative values, one bar: the labels still find room."""
    value = sum(bar.value for bar in bars) / len(bars)
    assert_whole(BarChart(tuple(bars), "%", mean=round(value, 1) if mean else None))


@settings(max_examples=8, deadline=None)
@given(
    st.lists(NAMES, min_size=1, max_size=6), st.lists(NAMES, min_size=1, max_size=14), st.integers(0, 9999)
)
def test_a_heatmap_has_room_for_its_heads(rows: list[str], columns: list[str], count: int) -> None:
    """Up to fourteen columns, whatever their heads say."""
    line = tuple(count for _ in columns)
    assert_whole(Heatmap(tuple(rows), tuple(columns), tuple(line for _ in rows), (), "条"))


def test_what_is_said_is_what_was_decided() -> None:
    """The picture prints the bars' own texts and the counts, and no other number but the mean it was given."""
    _, labels = texts(LEAGUE)
    said = [text.replace("\n", "") for text, _, _ in labels]
    assert [t for t in said if re.search(r"\d", t)] == ["12.4", "9.8", "6.1", "0", "-3.5", "均值 4.96"]
    _, labels = texts(COUNTS)
    assert [t for t, _, _ in labels if t.isdigit()] == [
        "12",
        "0",
        "3",
        "5",
        "1",
        "4",
        "9",
        "2",
        "0",
        "7",
        "1",
        "11",
    ]


def test_bars_are_as_long_as_their_values() -> None:
    """Bars begin at zero and are to scale."""
    figure, _ = texts(LEAGUE)
    assert [bar.get_width() for bar in figure.axes[0].patches] == [12.4, 9.8, 6.1, 0.0, -3.5]
    assert {bar.get_x() for bar in figure.axes[0].patches} == {0}


def test_numbers_stand_out_from_their_cells() -> None:
    """The contrast of each count with its cell is at least 3 (WCAG for marks), on the darkest and the lightest."""
    figure, _ = texts(COUNTS)
    cells = figure.axes[0].patches
    counts = [t for t in figure.axes[0].texts if t.get_text().isdigit()]
    assert len(cells) == len(counts) == 12
    for cell, count in zip(cells, counts, strict=True):
        from matplotlib.colors import to_rgb

        light = sorted(
            (charts._luminance(cell.get_facecolor()[:3]), charts._luminance(to_rgb(count.get_color())))
        )
        assert (light[1] + 0.05) / (light[0] + 0.05) >= 3


@pytest.mark.parametrize("chart", [LEAGUE, COUNTS], ids=["bars", "heatmap"])
def test_same_chart_same_bytes(chart: Chart) -> None:
    """No dates and no random ids; letters are shapes, so that no font can be missing."""
    first = charts.svg(chart, PACKED)
    assert first == charts.svg(chart, PACKED)
    assert "<text" not in first
    assert "date" not in first.lower()
    assert charts.png(chart, PACKED, 72) == charts.png(chart, PACKED, 72)


def test_a_missing_font_is_an_error(tmp_path: Path) -> None:
    """A chart without its Chinese letters is not drawn; the sentence says what to install."""
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles/charts.mplstyle").write_text("font.family: No Such Family\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="No Such Family"):
        charts.svg(LEAGUE, (tmp_path, ROOT))


def test_a_missing_glyph_is_an_error(tmp_path: Path) -> None:
    """A character that the font has not got is never printed as a box."""
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles/charts.mplstyle").write_text("font.family: DejaVu Sans\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="缺字"):
        charts.svg(LEAGUE, (tmp_path, ROOT))


def test_a_style_that_matplotlib_does_not_know_is_an_error(tmp_path: Path) -> None:
    """A wrong key in the style file is told, not skipped."""
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles/charts.mplstyle").write_text("font.familie: Noto Sans CJK SC\n", encoding="utf-8")
    with pytest.raises(ConfigurationError, match=r"charts\.mplstyle"):
        charts.svg(LEAGUE, (tmp_path, ROOT))


@pytest.mark.parametrize(("name", "chart"), [("chart-bars", LEAGUE), ("chart-heatmap", COUNTS)])
def test_the_picture_is_the_approved_one(name: str, chart: Chart) -> None:
    """Pixels as in tests/expected (copy the file from tests/actual there to approve a change)."""
    drawn = Image.open(io.BytesIO(charts.png(chart, PACKED, 96))).convert("RGB")
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
