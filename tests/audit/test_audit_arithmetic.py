"""Computed numbers run again: means, ranks, yearly rates, and units that differ by a magnitude."""

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest
from audited import FACTS
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings.audit.arithmetic import disagreement
from briefings.audit.formulas import formula_fault
from briefings.audit.magnitudes import factor
from briefings.audit.values import computed_fault
from briefings.records.briefing import Computed
from briefings.records.fact import Fact
from briefings.render.workbook_formulas import formula


def fact(id_: str, value: str, unit: str | None = "亿元") -> Fact:
    """A fact of some value."""
    return replace(FACTS["harbour"], id=id_, value=value, unit=unit)


PLACES = {
    f.id: f
    for f in (
        fact("east", "12.5"), fact("west", "98000", "万元"), fact("south", "9.8"), fact("north", "3.1"),
        fact("dollars", "4.4", "亿美元"), fact("shops", "31", "家"), fact("things", "40", "个"),
        fact("east-rate", "6.2", "%"), fact("west-rate", "5.0", "%"), fact("south-rate", "8.1", "%"),
        replace(fact("range", "3"), value_high="5"),
    )
}  # fmt: skip


def computed(
    operation: str, inputs: str, value: str, unit: str | None = None, digits: int = 0, years: int = 0
) -> Computed:
    """A computed number of facts named in one string."""
    return Computed("c", operation, tuple(inputs.split()), value, unit, digits, years)  # type: ignore[arg-type]


RIGHT = [
    computed("mean", "east west south", "10.7", "亿元", 1),
    computed("mean", "east west south", "107000", "万元"),
    computed("mean", "west east", "111500", "万元"),
    computed("gap_to_mean", "north east west south", "-5.7", "亿元", 1),
    computed("gap_to_mean", "east-rate west-rate south-rate", "-0.2", "个百分点", 1),
    computed("rank", "east west south north", "1", "位"),
    computed("rank", "west east south north", "2", "位"),
    computed("rank", "north east west south", "4"),
    computed("rank_low", "north east west south", "1", "位"),
    computed("rank_low", "south east west north", "2", "位"),
    computed("cagr", "east north", "59.2", "%", 1, 3),
    computed("cagr", "east west", "27.6", "%", 1, 1),
    computed("sum", "east west", "22.30", "亿元", 2),
    computed("difference", "east west", "2.7", "亿元", 1),
    computed("growth", "east west", "27.55", "%", 2),
    computed("ratio", "east west", "1.3", "倍", 1),
    computed("percent", "west east", "78.4", "%", 1),
    computed("median", "east west north", "9.8", "亿元", 1),
    computed("sum", "south north", "12.9", None, 1),
]


@pytest.mark.parametrize("item", RIGHT, ids=lambda item: f"{item.operation}-{item.inputs[0]}-{item.unit}")
def test_the_right_result_is_proved_and_no_other(item: Computed) -> None:
    """One unit of the last digit away it is held."""
    assert disagreement(item, PLACES) is None
    step = Decimal(1).scaleb(-item.digits)
    for wrong in (Decimal(item.value) + step, Decimal(item.value) - step):
        assert disagreement(replace(item, value=str(wrong)), PLACES)


@pytest.mark.parametrize("item", RIGHT, ids=lambda item: f"{item.operation}-{item.inputs[0]}-{item.unit}")
def test_the_workbooks_formula_gives_the_same(item: Computed) -> None:
    """It is written by the one who lays out, and run here by the one who proves."""
    written = formula(item, PLACES)
    assert written.startswith("=ROUND(")
    assert formula_fault(written, item, PLACES) is None
    assert formula_fault(written.replace("ROUND(", "ROUND(1+", 1), item, PLACES)
    assert formula_fault(written.replace(item.inputs[0], "things"), item, PLACES)
    moved = {**PLACES, item.inputs[0]: replace(PLACES[item.inputs[0]], value="0.001")}
    if not item.operation.startswith("rank"):
        assert formula_fault(written, item, moved)


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        (computed("mean", "east dollars", "8.5", "亿元", 1), "单位不同"),
        (computed("sum", "shops things", "71", "个"), "单位不同"),
        (computed("percent", "shops things", "77.5", "%", 1), "单位不同"),
        (computed("rank", "east dollars south", "1", "位"), "单位不同"),
        (computed("sum", "east west", "22.3", None, 1), "没有写明换算"),
        (computed("sum", "east south", "22.3", "万美元", 1), "不是数据的单位"),
        (computed("rank", "east west", "1", "位"), "至少要3个"),
        (computed("rank", "east west west", "1", "位"), "用了两次"),
        (computed("mean", "east", "12.5", "亿元", 1), "至少要2个"),
        (computed("mean", "east range", "7.8", "亿元", 1), "区间"),
        (computed("gap_to_mean", "east-rate west-rate south-rate", "-0.2", "%", 1), "个百分点"),
        (computed("difference", "east-rate west-rate", "1.2", "%", 1), "个百分点"),
        (computed("growth", "east-rate west-rate", "24.0", "%", 1), "个百分点"),
        (computed("cagr", "east north", "59.2", "%", 1), "年数"),
        (computed("growth", "east west", "27.55", "亿元", 2), "应为“%”"),
        (computed("rank", "east west nobody", "1", "位"), "不存在"),
    ],
)
def test_a_formula_that_must_not_be_is_held(item: Computed, reason: str) -> None:
    """Units that do not convert, a unit of the result that is not theirs, a rank of two, a term taken twice."""
    assert reason in (disagreement(item, PLACES) or "")


def test_places_are_places_in_whatever_unit() -> None:
    """A move from the fifth to the third place, one of them counted in 名."""
    facts = {
        "now": replace(fact("now", "3", "名"), kind="rank"),
        "before": replace(fact("before", "5", None), kind="rank"),
    }
    assert disagreement(computed("difference", "before now", "2", "位"), facts) is None
    assert disagreement(computed("difference", "before now", "2", "亿元"), facts)


def test_a_yearly_rate_needs_amounts_above_nought() -> None:
    """A loss grows by no percentage."""
    facts = {"a": fact("a", "-3"), "b": fact("b", "2")}
    assert "正数" in (disagreement(computed("cagr", "a b", "1", "%", 0, 2), facts) or "")
    assert disagreement(computed("cagr", "b zero", "1", "%", 0, 2), {**facts, "zero": fact("zero", "0")})


@pytest.mark.parametrize(
    ("unit", "wanted", "times"),
    [("万元", "亿元", "0.0001"), ("亿元", "万元", "10000"), ("元", "元", "1"), ("万千瓦时", "亿千瓦时", "0.0001"),
     ("千人", "万人", "0.1"), ("百万吨", "万吨", "100"), ("百分点", "个百分点", "1"),
     ("亿美元", "亿元", None), ("美元", "元", None), ("个", "家", None), ("%", "个百分点", None), ("千克", "克", None),
     ("人", "人次", None), ("", "元", None), ("千瓦", "瓦", None)],
)  # fmt: skip
def test_units_convert_by_magnitude_only(unit: str, wanted: str, times: str | None) -> None:
    """A power of ten and nothing else; 千瓦 and 千克 are units of their own."""
    assert factor(unit, wanted) == (None if times is None else Decimal(times))


RANK = computed("rank", "west east south north", "2", "位")
GAP = computed("gap_to_mean", "north east west south", "-5.7", "亿元", 1)
TIMES = computed("ratio", "east west", "1.3", "倍", 1)


@pytest.mark.parametrize(
    ("text", "before", "item"),
    [
        ("第2位", "", RANK), ("2", "", RANK), ("2位", "", RANK), ("并列第2位", "", RANK), ("2nd", "", RANK), ("=2nd", "", RANK),
        ("−5.7亿元", "", GAP), ("5.7亿元", "低于平均水平", GAP), ("5.7亿元", "比平均数低", GAP), ("5.7亿元", "▼ ", GAP),
        ("1.3倍", "", TIMES), ("1.3", "", TIMES), ("1.3 times", "", TIMES),
    ],
)  # fmt: skip
def test_the_number_as_it_may_be_printed(text: str, before: str, item: Computed) -> None:
    """A rank as a place, a tie said where there is one, a direction in a sign or in words, times."""
    assert computed_fault(text, item, PLACES, before) is None


@pytest.mark.parametrize(
    ("text", "before", "item", "reason"),
    [
        ("第3位", "", RANK, "第2位"),
        ("前2位", "", RANK, "应印作"),
        ("2.0", "", RANK, "应印作"),
        ("第2位以上", "", RANK, "应印作"),
        ("并列第1位", "", replace(RANK, inputs=("east", "west", "south", "north"), value="1"), "没有并列"),
        ("5.7亿元", "", GAP, "没有说是负的"),
        ("5.7亿元", "高于平均水平", GAP, "没有说是负的"),
        ("+5.7亿元", "", GAP, "正负号"),
        ("−5.7万元", "", GAP, "单位应为"),
        ("1.3个", "", TIMES, "单位应为"),
        ("1.3倍多", "", TIMES, "单位应为"),
        ("1.4倍", "", TIMES, "算出的是 1.3"),
        ("1.8亿元", "低于平均水平", computed("gap_to_mean", "east west south", "1.8", "亿元", 1), "印作下降"),
        ("27.55%", "同比下降", computed("growth", "east west", "27.55", "%", 2), "印作下降"),
    ],
)
def test_the_number_as_it_must_not_be_printed(text: str, before: str, item: Computed, reason: str) -> None:
    """Another rank, a tie that is none, a fall that is not said, another unit."""
    assert reason in (computed_fault(text, item, PLACES, before) or "")


AMOUNTS = st.lists(st.decimals(min_value="0.1", max_value="9999", places=1), min_size=3, max_size=8)


@settings(max_examples=60, deadline=None)
@given(AMOUNTS, st.data())
def test_ranks_agree_with_sorting_and_do_not_mind_magnitudes(amounts: list[Decimal], data: Any) -> None:
    """The place in the sorted list, whichever inputs are written in 万元; formula and arithmetic alike."""
    scaled = data.draw(st.lists(st.booleans(), min_size=len(amounts), max_size=len(amounts)))
    facts = {
        f"f{at}": fact(f"f{at}", str(amount * 10000), "万元") if small else fact(f"f{at}", str(amount))
        for at, (amount, small) in enumerate(zip(amounts, scaled, strict=True))
    }
    place = sorted(amounts, reverse=True).index(amounts[0]) + 1
    item = Computed("c", "rank", tuple(facts), str(place), "位")
    assert disagreement(item, facts) is None
    assert formula_fault(formula(item, facts), item, facts) is None
    low = replace(item, operation="rank_low", value=str(sorted(amounts).index(amounts[0]) + 1))
    assert disagreement(low, facts) is None
    mean = (sum(amounts, Decimal(0)) / len(amounts)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    average = Computed("c", "mean", tuple(facts), str(mean), "亿元", 2)
    assert disagreement(average, facts) is None
    assert formula_fault(formula(average, facts), average, facts) is None
    # A converted number put in without its factor is another number.
    if any(scaled) and not all(scaled):
        bare = formula(average, facts).replace("/10000", "")
        assert formula_fault(bare, average, facts)


@pytest.mark.parametrize(
    "text",
    [
        "=ROUND(__import__(1),0)",
        "=A1+1",
        "=1.2",
        "=HYPERLINK(1)",
        "=ROUND(1.2,1",
        "=9**9**9**9",
        "=ROUND(1.2,0.5)+Z9",
    ],
)
def test_what_is_no_such_formula_is_held(text: str) -> None:
    """Other cells, other functions, a constant alone, what cannot be parsed."""
    assert formula_fault(text, computed("sum", "harbour", "1.2"), FACTS)
