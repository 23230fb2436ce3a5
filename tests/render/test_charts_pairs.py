"""Dumbbells and slopes: marks to scale, sides told apart without colour, labels whole whatever the values."""

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

from briefings.records.briefing import Chart, Dumbbell, Mark, Pairing, Slope

PRIMARY, PRIOR = "#0B5394", "#9AA5B1"
LONG = "临澜经济技术开发区和综合保税区管理委员会"
RATES = (
    Pairing("澜东区", mark(8.1), mark(12.4)),
    Pairing("澜西区", mark(9.8), mark(9.8), highlight=True),
    Pairing(LONG, mark(6.1), mark(7.2)),
    Pairing("望海县", mark(4.4), mark(-3.5, "−3.5")),
)
GROWTH = Dumbbell(RATES, "%", "2030年上半年", "2031年上半年")
RANKS = Slope(
    tuple(
        Pairing(name, Mark(was, f"第{was}位", "f"), Mark(now, f"第{now}位", "f"), abs(was - now) > 1)
        for name, was, now in (
            ("澜东区", 1, 1), ("澜西区", 2, 4), ("望海县", 3, 2), ("青屿县", 4, 3), (LONG, 5, 5), ("北澜县", 6, 6),
        )
    ),
    "位",
    "2030年上半年",
    "2031年上半年",
)  # fmt: skip


@pytest.mark.parametrize(("name", "chart"), [("chart-dumbbell", GROWTH), ("chart-slope", RANKS)])
def test_the_picture_is_the_approved_one(name: str, chart: Chart) -> None:
    """Pixels as in tests/expected."""
    assert_approved(name, chart)


@pytest.mark.parametrize("chart", [GROWTH, RANKS], ids=["dumbbell", "slope"])
def test_same_chart_same_bytes(chart: Chart) -> None:
    """As all charts."""
    assert_same_bytes(chart)


@pytest.mark.parametrize("chart", [GROWTH, RANKS], ids=["dumbbell", "slope"])
def test_both_sides_are_named_and_every_text_is_printed(chart: Dumbbell | Slope) -> None:
    """The marks' own texts, the labels of both sides, the names of the rows."""
    words = said(chart)
    for row in chart.rows:
        assert {row.label, row.prior.text, row.current.text} <= set(words)
    assert {chart.prior_label, chart.current_label} <= set(words)


def test_dots_stand_at_their_values() -> None:
    """One scale for all rows, nought included where values lie on both sides of it."""
    figure, _ = texts(GROWTH)
    dots = {**named(figure, "prior-"), **named(figure, "current-")}
    values = [mark.value for row in RATES for mark in (row.prior, row.current)]
    places = [place(dots[f"{side}-{at}"])[0] for at in range(len(RATES)) for side in ("prior", "current")]
    assert_to_scale(values, places)
    assert "0" in said(GROWTH)


def test_before_and_now_differ_in_more_than_colour() -> None:
    """The earlier dot is hollow and grey, the present one filled with the primary colour; so are those of the labels."""
    figure, _ = texts(GROWTH)
    for at in range(len(RATES)):
        prior, current = named(figure, f"prior-{at}"), named(figure, f"current-{at}")
        (was,), (now,) = prior.values(), current.values()
        assert (was.get_markerfacecolor(), was.get_markeredgecolor()) == ("white", PRIOR)
        assert now.get_markerfacecolor() == PRIMARY
    sides = named(figure, "side-dot-")
    assert [sides[f"side-dot-{n}"].get_markerfacecolor() for n in (0, 1)] == ["white", PRIMARY]


def test_the_first_rank_stands_on_top() -> None:
    """Of ranks less is more; of everything else more is more."""
    figure, _ = texts(RANKS)
    dots = named(figure, "current-")
    heights = [place(dots[f"current-{at}"])[1] for at in range(len(RANKS.rows))]
    assert_to_scale([row.current.value for row in RANKS.rows], heights)
    assert heights[0] == min(heights)
    figure, _ = texts(Slope(RATES, "%", "2030", "2031"))
    dots = named(figure, "current-")
    assert place(dots["current-0"])[1] < place(dots["current-3"])[1]


def test_highlighted_rows_are_coloured() -> None:
    """The others are grey."""
    figure, _ = texts(RANKS)
    lines = named(figure, "slope-")
    colours = [to_hex(lines[f"slope-{at}"].get_color()).upper() for at in range(len(RANKS.rows))]
    assert colours == [PRIMARY if row.highlight else PRIOR for row in RANKS.rows]
    assert PRIMARY in colours and PRIOR in colours


NAMES = st.text("市区县发展改革委员会管理局ABC", min_size=1, max_size=24)
VALUES = st.one_of(st.integers(-300, 300), st.sampled_from((5, 5, 0, 10**6)))
PAIRINGS = st.builds(
    lambda name, was, now, own: Pairing(name, mark(was / 10), mark(now / 10), own),
    NAMES, VALUES, VALUES, st.booleans(),
)  # fmt: skip
SIDES = st.sampled_from(
    (
        ("2030年上半年", "2031年上半年"),
        ("临澜市澜西区2031年上半年", "全省2031年上半年"),
        ("H1 2030", "H1 2031"),
    )
)


@settings(max_examples=12, deadline=None)
@given(st.lists(PAIRINGS, min_size=1, max_size=15), SIDES)
def test_dumbbells_are_whole_whatever_is_drawn(rows: list[Pairing], sides: tuple[str, str]) -> None:
    """One row and fifteen, equal values, negative ones, one far away from the rest."""
    assert_whole(Dumbbell(tuple(rows), "%", *sides))


@settings(max_examples=12, deadline=None)
@given(st.lists(PAIRINGS, min_size=1, max_size=12), SIDES, st.sampled_from(("%", "位")))
def test_slopes_are_whole_whatever_is_drawn(rows: list[Pairing], sides: tuple[str, str], unit: str) -> None:
    """Labels that want the same place stand below each other."""
    assert_whole(Slope(tuple(rows), unit, *sides))


def test_english_labels_are_whole() -> None:
    """Words are not cut inside."""
    rows = (
        Pairing("Lanxi Economic and Technological Development Zone (澜西)", mark(798), mark(803.4)),
        Pairing("Wanghai County", mark(770), mark(799)),
        Pairing("Qingyu", mark(640.5), mark(655.2)),
    )
    for chart in (
        Dumbbell(rows, "CNY bn", "H1 2030", "H1 2031"),
        Slope(rows, "CNY bn", "H1 2030", "H1 2031"),
    ):
        assert_whole(chart, "en")
        words = [text for text, _, _ in texts(chart, "en")[1] if "Lanxi" in text]
        assert words and all("Technological" in text for text in words)
