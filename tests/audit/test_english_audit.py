"""Tests of briefings.audit.english: what is wrong with an English number is held."""

from dataclasses import replace

import pytest

from briefings.audit.english import computed_fault, fact_fault
from briefings.records.briefing import Computed
from briefings.records.document import Span
from briefings.records.fact import Fact

_AMOUNT = Fact(
    "f", "d", 0, 8, "近41.5亿元", "level", "41.5", None, "亿元", "总投资", (), None, None, None, None, "actual", "近",
    Span(0, 10), "level",
)  # fmt: skip
_POINTS = replace(_AMOUNT, value="2.1", unit="个百分点", kind="gap", hedge=None, surface="2.1个百分点")
_FALL = replace(_AMOUNT, value="-6.6", unit="%", kind="change", hedge=None, surface="下降6.6%")
_RANK = replace(_AMOUNT, value="12", unit="位", kind="rank", hedge=None, surface="第12位")
_LAND = replace(_AMOUNT, value="3", unit="万亩", hedge=None, surface="3万亩")


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        (_AMOUNT, "nearly CNY 4.15 bn (近41.5亿元)"),
        (_AMOUNT, "nearly 4.15 CNY bn"),
        (_POINTS, "+2.1 pp"),
        (_FALL, "−6.6%"),
        (_RANK, "12th"),
        (_LAND, "30,000 mu (3万亩)"),
    ],
)
def test_right_numbers_pass(fact: Fact, text: str) -> None:
    """As the composing writes them."""
    assert fact_fault(text, fact, "", "") is None


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        (_AMOUNT, "nearly CNY 41.5 bn"),  # ten times too much
        (_AMOUNT, "nearly CNY 4.15 m"),  # another magnitude
        (_AMOUNT, "nearly USD 4.15 bn"),  # another currency
        (_AMOUNT, "CNY 4.15 bn"),  # the hedge is gone
        (_AMOUNT, "more than CNY 4.15 bn"),  # another hedge
        (_AMOUNT, "nearly CNY 4.2 bn"),  # rounded
        (_AMOUNT, "nearly CNY 4.15 bn (近41.6亿元)"),  # another original
        (_AMOUNT, "nearly 4.15 bn"),  # the currency is gone
        (_POINTS, "+2.1%"),  # percent for percentage points
        (_POINTS, "−2.1 pp"),
        (_FALL, "6.6%"),
        (_FALL, "+6.6%"),
        (_FALL, "about −6.6%"),  # a hedge the source has not
        (_RANK, "12nd"),
        (_RANK, "11th"),
        (_LAND, "30,000 ha (3万亩)"),  # another unit of area
        (_LAND, "30,000"),  # the unit is gone
    ],
)
def test_wrong_numbers_are_held(fact: Fact, text: str) -> None:
    """Every way in which a translation can spoil a number."""
    assert fact_fault(text, fact, "", "") is not None


def test_computed_numbers_are_converted_back() -> None:
    """The result of a formula in 亿元 may be printed in CNY bn, and only as what it is."""
    item = Computed("c1", "difference", ("a", "b"), "12.5", "亿元", 1)
    assert computed_fault("CNY 1.25 bn", item, {}) is None
    assert computed_fault("CNY 12.5 bn", item, {}) is not None
    assert computed_fault("−CNY 1.25 bn", item, {}) is not None
    points = Computed("c2", "difference", ("a", "b"), "-3.2", "个百分点", 1)
    rates = {i: replace(_FALL, id=i) for i in ("a", "b")}
    assert computed_fault("−3.2 pp", points, rates) is None
    assert computed_fault("−3.2%", points, rates) is not None
