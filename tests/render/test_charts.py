"""Bars, bullets and heatmaps: whole labels, readable sizes, the same picture each time, and pixels as approved."""

import itertools
import re
from pathlib import Path

import pytest
from drawings import ROOT, assert_approved, assert_same_bytes, assert_whole, named, said, texts
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings.errors import ConfigurationError
from briefings.records.briefing import Bar, BarChart, Bullet, Chart, Heatmap, Mark, Progress
from briefings.render import charts
from briefings.render.charts_heat import luminance
from briefings.render.charts_paper import spread

PRIMARY, WARNING = "#0B5394", "#B45309"
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
TASKS = Bullet(
    (
        Progress("水利基础设施投资", Mark(62, "62.0%（31/50个）", "f"), 50),
        Progress("老旧小区改造", Mark(41.5, "41.5%", "f"), 50),
        Progress("临澜经济技术开发区和综合保税区管理委员会招商引资到位资金", Mark(108.2, "108.2%", "f"), 50),
        Progress("滨海绿道", Mark(0, "0%", "f"), 50),
    )
)


@pytest.mark.parametrize("chart", [LEAGUE, COUNTS, TASKS], ids=["bars", "heatmap", "bullet"])
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
    assert [t for t in said(LEAGUE) if re.search(r"\d", t)] == [
        "12.4",
        "9.8",
        "6.1",
        "0",
        "-3.5",
        "均值 4.96",
    ]
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

        light = sorted((luminance(cell.get_facecolor()[:3]), luminance(to_rgb(count.get_color()))))
        assert (light[1] + 0.05) / (light[0] + 0.05) >= 3


@pytest.mark.parametrize("chart", [LEAGUE, COUNTS, TASKS], ids=["bars", "heatmap", "bullet"])
def test_same_chart_same_bytes(chart: Chart) -> None:
    """No dates and no random ids; letters are shapes, so that no font can be missing."""
    assert_same_bytes(chart)


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


@pytest.mark.parametrize(
    ("name", "chart"), [("chart-bars", LEAGUE), ("chart-heatmap", COUNTS), ("chart-bullet", TASKS)]
)
def test_the_picture_is_the_approved_one(name: str, chart: Chart) -> None:
    """Pixels as in tests/expected."""
    assert_approved(name, chart)


def test_a_bullet_is_to_scale_and_late_ones_warn() -> None:
    """The track is the whole target, the tick stands at the schedule, what is behind it has the warning's colour."""
    figure, _ = texts(TASKS)
    track, done, tick = (named(figure, prefix) for prefix in ("track-", "done-", "tick-"))
    start, whole = track["track-0"].get_x(), track["track-0"].get_width()
    for at, row in enumerate(TASKS.rows):
        assert done[f"done-{at}"].get_x() == pytest.approx(start)
        assert done[f"done-{at}"].get_width() == pytest.approx(whole * row.done.value / 100)
        assert tick[f"tick-{at}"].get_xdata()[0] == pytest.approx(start + whole * row.schedule / 100)
    from matplotlib.colors import to_hex

    colours = [to_hex(done[f"done-{at}"].get_facecolor()).upper() for at in range(4)]
    assert colours == [PRIMARY, WARNING, PRIMARY, WARNING]


def test_a_bullet_says_its_schedule_where_it_is_one() -> None:
    """In the language of the briefing; of several schedules no number is said of all."""
    assert "时序进度 50%" in said(TASKS)
    assert "Schedule 50%" in said(TASKS, "en")
    rows = (*TASKS.rows, Progress("秋粮收购", Mark(20, "20%", "f"), 25))
    assert "时序进度" in said(Bullet(rows))


PROGRESSES = st.builds(
    lambda name, tenths: Progress(name, Mark(tenths / 10, f"{tenths / 10:.1f}%（3/50个）", "f"), 50),
    NAMES,
    st.integers(0, 4000),
)


@settings(max_examples=8, deadline=None)
@given(st.lists(PROGRESSES, min_size=1, max_size=8))
def test_bullets_are_whole_whatever_is_drawn(rows: list[Progress]) -> None:
    """Long names, nothing done, four times the target."""
    assert_whole(Bullet(tuple(rows)))


def test_the_mean_is_named_in_the_briefings_language() -> None:
    """均值 or Mean."""
    assert "均值 4.96" in said(LEAGUE)
    assert "Mean 4.96" in said(LEAGUE, "en")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 100), st.floats(1, 12)), min_size=1, max_size=8))
def test_labels_that_are_spread_neither_meet_nor_swap(labels: list[tuple[float, float]]) -> None:
    """They keep their order and their room, stay inside, and those with room enough stay where they are wanted."""
    wanted, heights = [w for w, _ in labels], [h for _, h in labels]
    places = spread(wanted, heights, 0, 100)
    order = sorted(range(len(labels)), key=lambda at: (wanted[at], at))
    for one, other in itertools.pairwise(order):
        assert places[other] - places[one] >= (heights[one] + heights[other]) / 2 - 1e-6
    assert all(p - h / 2 >= -1e-6 and p + h / 2 <= 100 + 1e-6 for p, h in zip(places, heights, strict=True))
    if len(labels) == 1 and heights[0] / 2 <= wanted[0] <= 100 - heights[0] / 2:
        assert places == pytest.approx(wanted)
