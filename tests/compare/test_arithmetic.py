"""Tests of briefings.compare.arithmetic and quantity: what rounded numbers may stand for, and what follows from them."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings.compare.arithmetic import apply, formula, judge
from briefings.compare.quantity import Quantity, plain, quantity, scaled


def number(value: str, unit: str = "%", hedge: str = "", high: str | None = None) -> Quantity:
    """A quantity as a source writes it."""
    made = quantity(value, unit, hedge, high)
    assert made is not None
    return made


@pytest.mark.parametrize(
    ("unit", "bare"),
    [
        ("亿元", (8, "元")),
        ("万亿元", (12, "元")),
        ("万千瓦", (4, "千瓦")),
        ("千瓦", (0, "千瓦")),
        ("千亩", (3, "亩")),
        ("万人次", (4, "人次")),
        ("百分点", (0, "个百分点")),
        ("亿美金", (8, "美元")),
        ("万", (4, "")),
        ("", (0, "")),
    ],
)
def test_units_are_scaled(unit: str, bare: tuple[int, str]) -> None:
    """A magnitude is taken off the unit, but 千瓦 keeps its 千."""
    assert scaled(unit) == bare


def test_counts_are_exact_and_amounts_are_rounded() -> None:
    """92个 is 92; 8.2亿元 is anything from 8.15 to 8.25."""
    assert number("92", "个").low == number("92", "个").high == 92
    assert number("8.2", "亿元").low == 815000000
    assert number("8.2", "亿元").high == 825000000
    assert number("23", "万户").high == 235000


def test_hedges_widen_to_their_side() -> None:
    """超 reaches up, 近 reaches down, 约 both ways."""
    over, under, around = (number("100", "亿元", h) for h in ("超", "近", "约"))
    assert over.low == 9950000000 and over.high == 11000000000
    assert under.low == 9000000000 and under.high == 10050000000
    assert around.low < 10000000000 < around.high
    assert number("100", "家", "多").high == 200


def test_what_is_no_number_is_none() -> None:
    """A value without digits gives no quantity."""
    assert quantity("若干", "个") is None


@pytest.mark.parametrize(
    ("stated", "operation", "inputs", "verdict"),
    [
        (number("52.7"), "percent", (number("214.3", "亿元"), number("407", "亿元")), "agrees"),
        (number("64.1"), "percent", (number("61", "个"), number("92", "个")), "disagrees"),
        (number("66.3"), "percent", (number("61", "个"), number("92", "个")), "agrees"),
        (number("61"), "growth_by_delta", (number("1995", "亿元"), number("758", "亿元")), "agrees"),
        (number("5", "%", "约"), "percent", (number("61", "个"), number("92", "个")), "cannot"),
        (number("39.9"), "percent", (number("743", "人"), number("1859", "人")), "cannot"),
        (number("130", "个"), "sum", (number("60", "个"), number("80", "个")), "disagrees"),
        (number("6.7"), "average", (number("1.2"), number("12.4")), "agrees"),
    ],
)
def test_verdicts(stated: Quantity, operation: str, inputs: tuple[Quantity, ...], verdict: str) -> None:
    """Within rounding agrees; a rough number, or digits cut off instead of rounded, leave it open."""
    judged = judge(stated, operation, inputs)  # type: ignore[arg-type]
    assert judged is not None and judged[0] == verdict


def test_a_division_by_zero_is_no_check() -> None:
    """A part of nothing has no share."""
    assert judge(number("5"), "percent", (number("1", "个"), number("0", "个"))) is None


def test_a_fall_is_written_with_its_sign() -> None:
    """下降7.5% is written without a sign; in a formula it needs one."""
    step, now, before = number("11.9", "个百分点"), number("4.4"), number("-7.5")
    before = Quantity(before.value, before.low, before.high, before.loose, "%", False, "7.5%")
    result = apply("difference", (now, before))
    assert result is not None
    assert (
        formula(step, "difference", (now, before), result)
        == "4.4%－（－7.5%）＝11.9个百分点，原文11.9个百分点"
    )


def test_the_better_rank_has_the_better_value() -> None:
    """Second with 6.2 and third with 4.4 fit; second with 4.4 and third with 6.2 do not."""
    second, third = number("2", "位"), number("3", "位")
    for value, other, verdict in (("6.2", "4.4", "agrees"), ("4.4", "6.2", "disagrees")):
        judged = judge(second, "order", (number(value), third, number(other)))
        assert judged is not None and judged[0] == verdict


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(0, 3))
def test_a_rate_rounded_from_its_terms_agrees(part: int, more: int, digits: int) -> None:
    """Whatever is counted, the share printed with any number of decimals is never held against the source."""
    whole = part + more
    share = plain(Decimal(100 * part) / Decimal(whole), digits)
    judged = judge(number(share), "percent", (number(str(part), "个"), number(str(whole), "个")))
    assert judged is not None and judged[0] == "agrees"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 10**9), min_size=2, max_size=6), st.integers(0, 3))
def test_rounded_parts_make_their_rounded_total(parts: list[int], digits: int) -> None:
    """Parts and total rounded each on its own always fit."""
    shown = [plain(Decimal(p) / 10**5, digits) for p in parts]
    total = plain(Decimal(sum(parts)) / 10**5, digits)
    judged = judge(number(total, "亿元"), "sum", [number(p, "亿元") for p in shown])
    assert judged is not None and judged[0] == "agrees"
