"""Tests that a value is read out of its words without the grammar that put it there."""

from dataclasses import replace
from decimal import Decimal

import pytest
from audited import FACTS
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings.audit.surfaces import surface_fault
from briefings.records.fact import Fact


def fact(surface: str, value: str, unit: str | None, high: str | None = None) -> Fact:
    """A fact of those words."""
    return replace(FACTS["fish"], surface=surface, value=value, value_high=high, unit=unit)


@pytest.mark.parametrize(
    ("surface", "value", "unit", "high"),
    [
        ("120.5万吨", "120.5", "万吨", None),
        ("１２０.５万吨", "120.5", "万吨", None),
        ("1,205,300人", "1205300", "人", None),
        ("下降3.1%", "-3.1", "%", None),
        ("19·5％", "19.5", "%", None),
        ("近9.8\n亿元", "9.8", "亿元", None),
        ("9.8\n— 12 —\n亿元", "9.8", "亿元", None),
        ("6～9万人", "6", "万人", "9"),
        ("4亿200万美元", "4.02", "亿美元", None),
        ("3亿零50万元", "3.005", "亿元", None),
        ("35微克/立方米", "35", "微克/立方米", None),
        ("12家5A级景区", "12", "家5A级景区", None),
        ("十二支", "12", "支", None),
        ("近百条", "100", "条", None),
        ("一千零五十人", "1050", "人", None),
        ("两万余家", "2", "万家", None),
        ("两万余家", "20000", "家", None),
        ("三成", "30", "%", None),
        ("三成五", "35", "%", None),
        ("三成五", "3.5", "成", None),
        ("一亿两千万元", "120000000", "元", None),
        ("一亿两千万元", "1.2", "亿元", None),
        ("三万五千人", "35000", "人", None),
        ("两万亿元", "2000000000000", "元", None),
        ("7成", "70", "%", None),
        ("一半以上", "50", "%", None),
        ("三分之一", "33.3", "%", None),
        ("翻一番", "100", "%", None),
        ("第三", "3", None, None),
        ("二〇二一", "2021", None, None),
        ("百分之五点二", "5.2", "%", None),
        ("三五百家", "300", "家", "500"),
    ],
)  # fmt: skip
def test_what_the_words_say_is_read(surface: str, value: str, unit: str | None, high: str | None) -> None:
    """Figures in every width, groups, ranges, compounds, page feet, Chinese numerals and shares."""
    assert surface_fault(fact(surface, value, unit, high)) is None


@pytest.mark.parametrize(
    ("surface", "value", "unit", "high"),
    [
        ("120.5万吨", "120.6", "万吨", None),
        ("120.5万吨", "1205", "万吨", None),
        ("120.5万吨", "120", "万吨", None),
        ("120.5万吨", "5", "万吨", None),
        ("6～9万人", "6", "万人", None),
        ("6～9万人", "6", "万人", "8"),
        ("4亿200万美元", "4.2", "亿美元", None),
        ("十二支", "11", "支", None),
        ("三成", "40", "%", None),
        ("增长较快", "5", "%", None),
        ("12家", "十二", "家", None),
    ],
)
def test_anything_else_is_a_fault(surface: str, value: str, unit: str | None, high: str | None) -> None:
    """One digit away, a shifted point, a part of a number, half a range, words without a number."""
    assert surface_fault(fact(surface, value, unit, high))


@settings(max_examples=60, deadline=None)
@given(
    value=st.decimals("0.01", "99999999", places=2).map(lambda d: d.normalize()),
    unit=st.sampled_from(["亿元", "%", "个百分点", "万标箱", "户"]),
)
def test_a_printed_number_is_read_back_and_its_neighbour_is_not(value: Decimal, unit: str) -> None:
    """A law: whatever is written in figures, with or without groups, says its value and no other."""
    plain = f"{value:f}"
    for written in (plain, f"{value:,f}"):
        assert surface_fault(fact(written + unit, plain, unit)) is None
        assert surface_fault(fact(written + unit, f"{value + Decimal('0.01'):f}", unit))
