"""Lines and small multiples: gaps are gaps, marks to scale, the last one told, labels whole whatever the values."""

import pytest
from drawings import (
    assert_approved,
    assert_same_bytes,
    assert_to_scale,
    assert_whole,
    mark,
    named,
    place,
    said,
    texts,
)
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.colors import to_hex

from briefings.records.briefing import Chart, LineChart, Mark, SmallMultiples, Track

PRIMARY, PRIOR = "#0B5394", "#9AA5B1"
PERIODS = tuple(f"{year}年上半年" for year in range(2027, 2032))
TWO = LineChart(
    (
        Track("澜东区", (mark(8.1), None, mark(9.4), mark(10.2), mark(12.4)), highlight=True),
        Track("澜西区", (mark(7.1), mark(5.2), mark(6.0), mark(10.1), mark(12.3))),
        Track("望海县", (mark(1.1), mark(-5.2, "−5.2"), mark(3), None, None)),
    ),
    PERIODS,
    "%",
)
ONE = LineChart(
    (Track("地区生产总值", tuple(mark(v) for v in (801.2, 790.1, 905.4, 960.2, 1003.7))),), PERIODS, "亿元"
)
PANELS = SmallMultiples(
    (
        Track("地区生产总值", tuple(mark(v) for v in (801.2, 790.1, 905.4, 960.2, 1003.7))),
        Track(
            "规模以上工业增加值增速",
            (mark(8.1), None, mark(9.4), mark(-2.2, "−2.2"), mark(12.4)),
            highlight=True,
        ),
        Track("居民人均可支配收入", tuple(mark(v) for v in (18211, 18950, 20102, 21340, 22018))),
        Track("临澜综合保税区和临澜港口岸进出口总额", (None, None, mark(5.5), mark(5.5), mark(5.5))),
    ),
    PERIODS,
    ("亿元", "%", "元", "亿美元"),
)


@pytest.mark.parametrize(("name", "chart"), [("chart-lines", TWO), ("chart-panels", PANELS)])
def test_the_picture_is_the_approved_one(name: str, chart: Chart) -> None:
    """Pixels as in tests/expected."""
    assert_approved(name, chart)


@pytest.mark.parametrize("chart", [TWO, ONE, PANELS], ids=["lines", "line", "panels"])
def test_same_chart_same_bytes(chart: Chart) -> None:
    """As all charts."""
    assert_same_bytes(chart)


def test_what_is_not_stated_is_a_gap() -> None:
    """No line runs over a missing mark, and a mark between two gaps is a dot."""
    figure, _ = texts(TWO)
    spans = {
        track: [len(line.get_xdata()) for gid, line in sorted(named(figure, f"line-{track}-").items())]
        for track in range(3)
    }
    assert spans == {0: [3], 1: [5], 2: [3]}
    assert [len(named(figure, f"dot-{track}-")) for track in range(3)] == [4, 5, 3]


def test_marks_stand_at_their_values() -> None:
    """All lines on one scale; in panels each on its own."""
    figure, _ = texts(TWO)
    dots = named(figure, "dot-")
    found = [(at, n, m.value) for at, t in enumerate(TWO.tracks) for n, m in enumerate(t.marks) if m]
    assert_to_scale([v for *_, v in found], [place(dots[f"dot-{at}-{n}"])[1] for at, n, _ in found])
    assert_to_scale([float(n) for _, n, _ in found], [place(dots[f"dot-{at}-{n}"])[0] for at, n, _ in found])
    figure, _ = texts(PANELS)
    for at, track in enumerate(PANELS.tracks[:3]):
        dots = named(figure, f"dot-{at}-")
        marks = [(n, m.value) for n, m in enumerate(track.marks) if m]
        assert_to_scale([v for _, v in marks], [place(dots[f"dot-{at}-{n}"])[1] for n, _ in marks])


def test_the_last_mark_of_each_line_is_told() -> None:
    """With its name, and of a line that ends early the last one it has; a line alone tells the others too."""
    words = said(TWO)
    assert {"12.4", "澜东区", "12.3", "澜西区", "3", "望海县"} <= set(words)
    assert "8.1" not in words
    assert {"801.2", "790.1", "905.4", "960.2", "1003.7", "地区生产总值"} <= set(said(ONE))


def test_the_highlighted_line_is_coloured() -> None:
    """The others are grey; with none highlighted each has a colour of its own."""
    figure, _ = texts(TWO)
    colours = [to_hex(named(figure, f"line-{at}-").popitem()[1].get_color()).upper() for at in range(3)]
    assert colours == [PRIMARY, PRIOR, PRIOR]
    plain = LineChart(tuple(Track(t.label, t.marks) for t in TWO.tracks), PERIODS, "%")
    figure, _ = texts(plain)
    assert len({named(figure, f"line-{at}-").popitem()[1].get_color() for at in range(3)}) == 3


def test_panels_say_their_units() -> None:
    """Each behind its name, in the brackets of the language; first and last period under each."""
    words = said(PANELS)
    assert {"地区生产总值（亿元）", "规模以上工业增加值增速（%）", "居民人均可支配收入（元）"} <= set(words)
    assert words.count("2027年上半年") == words.count("2031年上半年") == 4
    assert "地区生产总值 (亿元)" in said(PANELS, "en")
    assert {"1003.7", "12.4", "22018", "5.5"} <= set(words)


NAMES = st.text("市区县发展改革委员会管理局ABC", min_size=1, max_size=24)
MARKS = st.one_of(st.none(), st.integers(-300, 300).map(lambda n: mark(n / 10)), st.just(mark(65392.5)))


@st.composite
def tracks(draw: st.DrawFn, most: int) -> tuple[tuple[Track, ...], tuple[str, ...]]:
    """Tracks over the same periods, some of them empty, and the periods."""
    length = draw(st.integers(1, 14))
    rows = st.lists(MARKS, min_size=length, max_size=length)
    count = draw(st.integers(1, most))
    form = draw(st.sampled_from(("{}年上半年", "{}", "H1 {}", "{}年1—8月")))
    found = tuple(Track(draw(NAMES), tuple(draw(rows)), draw(st.booleans())) for _ in range(count))
    return found, tuple(form.format(2020 + at) for at in range(length))


@settings(max_examples=14, deadline=None)
@given(tracks(6))
def test_lines_are_whole_whatever_is_drawn(drawn: tuple[tuple[Track, ...], tuple[str, ...]]) -> None:
    """One period and fourteen, gaps anywhere, a line without any mark, one far above the rest."""
    assert_whole(LineChart(*drawn, "%"))


@settings(max_examples=14, deadline=None)
@given(tracks(7))
def test_panels_are_whole_whatever_is_drawn(drawn: tuple[tuple[Track, ...], tuple[str, ...]]) -> None:
    """One panel and seven."""
    assert_whole(SmallMultiples(*drawn, ("亿元",) * len(drawn[0])))


def test_an_empty_panel_says_so() -> None:
    """A track without a mark is three dots, not a blank."""
    none: tuple[Mark | None, ...] = (None,) * 3
    assert "…" in said(SmallMultiples((Track("甲", none),), ("2029", "2030", "2031"), ("%",)))
