"""Tests of briefings.compose.wording."""

from decimal import Decimal

import pytest

from briefings.compose.desk import marked
from briefings.compose.wording import full_width, number_text, period_label
from briefings.records.briefing import Value, Words
from briefings.records.document import Span
from briefings.records.fact import Fact, Kind


def fact(kind: Kind, value: str, unit: str | None, hedge: str | None = None, high: str | None = None) -> Fact:
    """A fact of which only the number matters."""
    return Fact(
        id="f", document="d", start=0, end=1, surface="", kind=kind, value=value, value_high=high, unit=unit,
        indicator="", indicator_spans=(), canonical=None, basis=None, period=None, scope=None, status="actual",
        hedge=hedge, sentence=Span(0, 1), rule="",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("period", "label"),
    [
        ("2021-H1", "2021年上半年"),
        ("2023-Q2", "2023年二季度"),
        ("2020", "2020年"),
        ("2020-M01..M05", "2020年1—5月"),
        ("2020-M05", "2020年5月"),
        ("2021-06-30", "2021年6月30日"),
        ("2016..2020", "2016年—2020年"),
    ],
)
def test_periods_are_said_as_people_say_them(period: str, label: str) -> None:
    """Every form of period has words."""
    assert period_label(period) == label


@pytest.mark.parametrize(
    ("told", "text"),
    [
        (fact("level", "6539.21", "亿元"), "6539.21亿元"),
        (fact("level", "3600", "亿元", hedge="多"), "3600多亿元"),
        (fact("level", "400", "家", hedge="近"), "近400家"),
        (fact("level", "15", "天", hedge="以上"), "15天以上"),
        (fact("level", "6", "万人", high="9"), "6～9万人"),
        (fact("change", "13.8", "%"), "+13.8%"),
        (fact("change", "-6.6", "%"), "−6.6%"),
        (fact("change", "160", "%", hedge="近"), "近+160%"),
        (fact("change", "0", "%"), "0%"),
        (fact("delta", "1.3", "个百分点"), "+1.3个百分点"),
        (fact("rank", "13", "位"), "第13位"),
        (fact("rank", "4", None), "第4位"),
        (fact("rate", "19.5", "％"), "19.5%"),
    ],
)
def test_a_number_keeps_its_hedge_sign_and_unit(told: Fact, text: str) -> None:
    """A rough number is never printed as exact, a fall never without its sign."""
    assert number_text(told) == text


def test_a_change_has_a_mark_beside_its_sign() -> None:
    """Direction is never told by colour alone."""
    shown = fact("change", "3.1", "%")
    marks = [marked(Value("", shown.id), Decimal(v))[0] for v in ("3.1", "-3.1", "0.0")]
    assert marks == [Words("▲ ", "up"), Words("▼ ", "down"), Words("■ ", "muted")]


@pytest.mark.parametrize(
    ("source", "printed"),
    [
        ("同比增长13.8%,增速居首", "同比增长13.8%，增速居首"),
        ("总额1,234.5亿元;其中", "总额1,234.5亿元；其中"),
        ("区(市)、功能区", "区（市）、功能区"),
        ("三次产业比为3:40:57", "三次产业比为3:40:57"),
        ("“A,B”计划:完成", "“A,B”计划：完成"),
        ("增长１３．８％", "增长13.8%"),
    ],
)
def test_only_punctuation_beside_chinese_is_widened(source: str, printed: str) -> None:
    """Quotations are set in the punctuation of the page; figures and Latin text keep theirs."""
    assert full_width(source) == printed
