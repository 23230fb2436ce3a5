"""Tests of briefings.compare.comparable: a fact resolved to place, period and amount, and why two must not be compared."""

import pytest
from facts import document, fact
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings.compare.comparable import Across, barrier, is_part, point, season
from briefings.records.comparison import Point
from briefings.records.fact import Fact

CITY = document("d1", "临澜市", "2021-H1")
BEFORE = document("d2", "临澜市", "2020-H1")
DISTRICT = document("d3", "望海区", "2021-H1")
OTHER = document("d4", "云岫区", "2021-H1")
NAME = "进出口总额"


def at(told: Fact, home: object = CITY, unit: str | None = None) -> Point:
    """The point of a fact that has one."""
    found = point(told, home, unit)  # type: ignore[arg-type]
    assert found is not None
    return found


def level(value: str, unit: str | None = "亿元", **more: object) -> Fact:
    """An amount of trade."""
    return fact(NAME, "level", value, unit=unit, canonical=NAME, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("scope", [None, "全市", "我市", "临澜市", "临澜"])
def test_the_whole_place_is_resolved_however_it_is_said(scope: str | None) -> None:
    """全市 in a city's document, the city's name, its short name and nothing said mean the same."""
    assert at(level("1", scope=scope)).place == "临澜市"


@pytest.mark.parametrize("scope", ["市属企业", "临空片区", "高新区", "港口集团"])
def test_a_part_says_of_which_place(scope: str) -> None:
    """A zone or a group of firms is not the place, and not a place of its own."""
    found = at(level("1", scope=scope))
    assert is_part(found)
    assert found.place.startswith("临澜市")


def test_another_place_keeps_its_name() -> None:
    """A district's document may state the city's number."""
    assert at(level("1", scope="临澜市"), DISTRICT).place == "临澜市"
    assert not is_part(at(level("1", scope="全国"), DISTRICT))


def test_the_period_is_the_facts_own_or_the_documents() -> None:
    """The end of June counts as the first half."""
    assert at(level("1")).period == "2021-H1"
    assert at(level("1", period="2021-06-30")).period == "2021-H1"
    assert at(level("1", period="2021-M01..M05")).period == "2021-M01..M05"


def test_amounts_are_converted_and_keep_their_precision() -> None:
    """25万元 is 0.0025亿元: the digits written stay the digits told."""
    found = at(level("25", "万元"), unit="亿元")
    assert (found.amount, found.digits) == ("0.0025", 4)
    found = at(level("3.60", "亿元"), unit="万元")
    assert (found.amount, found.digits) == ("36000", 0)


@pytest.mark.parametrize(
    ("unit", "wanted"), [("亿美元", "亿元"), ("%", "个百分点"), ("个", "家"), ("人", "元")]
)
def test_units_that_do_not_convert_give_no_point(unit: str, wanted: str) -> None:
    """Dollars never become yuan."""
    assert point(level("1", unit), CITY, wanted) is None


def test_what_is_no_number_gives_no_point() -> None:
    """A value that cannot be read is left out."""
    assert point(level("若干"), CITY) is None


PRIOR = at(level("100", document="d2"), BEFORE)


@pytest.mark.parametrize(
    ("told", "code", "sides"),
    [
        (level("120", status="target"), "status", ("target", "actual")),
        (level("120", scope="市属企业"), "scope", ("临澜市·市属企业", "临澜市")),
        (level("120", period="2021-M01..M05"), "period", ("2021-M01..M05", "2020-H1")),
        (level("120", period="2021-Q2"), "period", ("2021-Q2", "2020-H1")),
        (level("120", period="2021"), "period", ("2021", "2020-H1")),
        (level("120", "亿美元"), "unit", ("亿美元", "亿元")),
        (level("120", hedge="超"), "rough", ("超", "")),
        (fact("外贸额", value="120", unit="亿元"), "definition", ("外贸额", NAME)),
        (fact("新增" + NAME, value="120", unit="亿元", canonical=NAME), "definition", ("新增" + NAME, NAME)),
    ],
)
def test_what_differs_bars_the_comparison_of_two_years(told: Fact, code: str, sides: tuple[str, str]) -> None:
    """Each with what differs, the first's before the other's."""
    found = barrier(at(told), PRIOR, across="periods")
    assert found is not None
    assert (found.code, found.sides) == (code, sides)


def test_the_same_part_of_two_years_may_be_compared() -> None:
    """万元 beside 亿元 is no obstacle, nor is another year."""
    assert barrier(at(level("1200000", "万元")), PRIOR, across="periods") is None


def test_a_growth_on_the_year_before_is_not_a_two_year_average() -> None:
    """Neither by its basis nor by a name that says so."""
    yoy = at(fact(NAME, "change", "13.8", canonical=NAME, basis="yoy"))
    average = at(fact(NAME, "change", "6.7", canonical=NAME, basis="avg2y", document="d2"), BEFORE)
    found = barrier(yoy, average, across="periods")
    assert found is not None
    assert (found.code, found.sides) == ("basis", ("yoy", "avg2y"))
    gap = at(fact(NAME + "增速", "gap", "1", canonical=NAME + "增速", basis="全国", unit="个百分点"))
    other = at(fact(NAME + "两年平均增速", "gap", "2", basis="全国", unit="个百分点", document="d2"), BEFORE)
    found = barrier(gap, other, across="periods")
    assert found is not None
    assert (found.code, found.sides) == ("basis", ("yoy", "avg2y"))


def test_places_are_compared_in_one_period_and_whole() -> None:
    """Two districts of the same half-year; not five months beside six, not a zone beside a district."""
    mine = at(level("10", document="d3"), DISTRICT)
    assert barrier(mine, at(level("12", scope="全区", document="d4"), OTHER), across="places") is None
    for told, code in (
        (level("12", period="2021-M01..M05", document="d4"), "period"),
        (level("12", period="2020-H1", document="d4"), "period"),
        (level("12", scope="工业园区", document="d4"), "scope"),
    ):
        found = barrier(mine, at(told, OTHER), across="places")
        assert found is not None
        assert found.code == code


def test_a_range_is_rough() -> None:
    """6～9 is no number to subtract from."""
    from dataclasses import replace

    told = at(replace(level("6"), value_high="9"))
    found = barrier(told, PRIOR, across="periods")
    assert found is not None
    assert (found.code, found.sides) == ("rough", ("6～9", ""))


@pytest.mark.parametrize(
    ("period", "part"),
    [
        ("2021-H1", "H1"),
        ("2021-Q2", "Q2"),
        ("2021", ""),
        ("2021-M01..M05", "M01..M05"),
        ("2021-06-15", "06-15"),
    ],
)
def test_the_part_of_the_year(period: str, part: str) -> None:
    """What must be the same for two years to be compared."""
    assert season(period) == part


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(["亿元", "万元", "亿美元", "%"]),
    st.sampled_from([None, "全市", "市属企业"]),
    st.sampled_from([None, "2020-H1", "2021-Q2", "2021"]),
    st.sampled_from([None, "近"]),
    st.sampled_from(["periods", "places"]),
)
def test_a_barrier_stands_on_both_sides(
    unit: str, scope: str | None, period: str | None, hedge: str | None, across: Across
) -> None:
    """It is found whichever comes first, with its sides turned; nothing bars a point from itself but a rough number."""
    one = at(level("5", unit, scope=scope, period=period, hedge=hedge))
    there, back = barrier(one, PRIOR, across=across), barrier(PRIOR, one, across=across)
    assert (there is None) == (back is None)
    if there and back:
        assert (there.code, there.sides) == (back.code, back.sides[::-1])
    own = barrier(one, one, across="periods")
    assert (own.code if own else None) == ("rough" if hedge else None)
