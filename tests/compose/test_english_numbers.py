"""Tests of briefings.compose.english_numbers: conversions lose and invent no digit, hedges and signs stay."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.audit import english as audit
from briefings.compose import english_numbers
from briefings.compose.english import English
from briefings.records.document import Span
from briefings.records.fact import Fact, Kind

_FACT = Fact(
    "f", "d", 0, 6, "41.5亿元", "level", "41.5", None, "亿元", "总投资", (), None, None, None, None, "actual", None,
    Span(0, 10), "level",
)  # fmt: skip


def _fact(
    value: str, unit: str | None, kind: Kind = "level", hedge: str | None = None, high: str | None = None
) -> Fact:
    return replace(_FACT, value=value, unit=unit, kind=kind, hedge=hedge, value_high=high)


def _said(fact: Fact) -> str:
    return English().number(fact).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        (_fact("41", "亿元"), "CNY 4.1 bn (41亿元)"),
        (_fact("7318.46", "亿元"), "CNY 731.846 bn (7318.46亿元)"),
        (_fact("10.4", "亿美元"), "USD 1.04 bn (10.4亿美元)"),
        (_fact("2.7", "万亿元"), "CNY 2.7 tn (2.7万亿元)"),
        (_fact("30", "万元"), "CNY 300,000 (30万元)"),
        (_fact("16.2", "万人"), "162,000 persons (16.2万人)"),
        (_fact("6", "万人", high="9"), "60,000–90,000 persons (6～9万人)"),
        (_fact("13.8", "%", "change"), "+13.8%"),
        (_fact("-6.6", "%", "change"), "−6.6%"),
        (_fact("2.1", "个百分点", "gap"), "+2.1 pp"),
        (_fact("3", "倍", "change"), "+300% (+3倍)"),
        (_fact("13", "位", "rank"), "13th"),
        (_fact("2", None, "rank"), "2nd"),
        (_fact("3600", "亿元", hedge="多"), "over CNY 360 bn (3600多亿元)"),
        (_fact("50", "个", hedge="以上"), "50 or more"),
        (_fact("150", "家", hedge="近"), "nearly 150"),
        (_fact("897.6", "亩"), "897.6 mu"),
        (_fact("41.6", "万标箱"), "416,000 TEU (41.6万标箱)"),
        (_fact("0.59", "元/斤"), "CNY 0.59 per jin"),
        (_fact("1", "天"), "1 day"),
        (_fact("15", "天"), "15 days"),
    ],
)
def test_a_number_as_an_analyst_writes_it(fact: Fact, said: str) -> None:
    """Currency in front, magnitude behind, the original in brackets where the digits are others."""
    assert _said(fact) == said


@given(
    st.decimals(min_value="0.01", max_value=99999, places=2),
    st.sampled_from(
        ["元", "万元", "亿元", "万亿元", "万人", "亿立方米", "%", "个百分点", "亩", "万吨", "亿美元"]
    ),
    st.sampled_from([None, "约", "近", "超", "余", "以上"]),
    st.booleans(),
)
def test_the_audit_reads_every_number_back(value: Decimal, unit: str, hedge: str | None, falls: bool) -> None:
    """Whatever is written converts back to the source's own amount; the same with one unit more does not."""
    kind: Kind = "change" if falls else "level"
    fact = _fact(f"{'-' if falls else ''}{value}", unit, kind, hedge)
    assert audit.fact_fault(English().number(fact), fact, "", "") is None
    assert audit.fact_fault(English().short(fact), fact, "", "") is None
    other = replace(fact, value=f"{'-' if falls else ''}{value + 1}")
    assert audit.fact_fault(English().short(other), fact, "", "") is not None
    text, behind = English().tile(fact)
    assert audit.fact_fault(text + (" " if behind not in ("", "%") else "") + behind, fact, "", "") is None


def test_a_key_figure_has_its_unit_apart() -> None:
    """653.9 and CNY bn, so that the figure can stand large."""
    assert English().tile(_fact("6539", "亿元")) == ("653.9", "CNY bn")
    assert English().tile(_fact("13.8", "%", "change")) == ("+13.8", "%")


@pytest.mark.parametrize(
    ("unit", "heading", "drawn"),
    [("亿元", "CNY bn", 1.25), ("万人", "thousand persons", 125.0), ("%", "%", 12.5), ("个", "", 12.5)],
)
def test_an_axis_and_what_is_drawn_on_it_agree(unit: str, heading: str, drawn: float) -> None:
    """A chart draws 12.5 of the Chinese unit where its axis, headed in English, has it."""
    assert (english_numbers.heading(unit), english_numbers.drawn("12.5", unit)) == (heading, drawn)
    assert audit.factor(unit, heading) == Decimal(str(drawn)) / Decimal("12.5")


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2021-H1", "H1 2021"),
        ("2020-M01..M05", "Jan–May 2020"),
        ("2021-07-20", "20 July 2021"),
        ("2020-M06", "June 2020"),
        ("2020", "2020"),
        ("2020..2023", "2020 to 2023"),
        ("sometime", "sometime"),
    ],
)
def test_periods(period: str, said: str) -> None:
    """Half-years, months and days as English readers write them."""
    assert English().period(period) == said


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("临澜市", "Linlan"),
        ("望海区", "Wanghai District"),
        ("西安市", "Xi'an"),
        ("陕西省", "Shaanxi Province"),
        ("内蒙古自治区", "Inner Mongolia"),
        ("沁县", "Qinxian"),
    ],
)
def test_places(place: str, said: str) -> None:
    """Pinyin, with the forms that atlases have."""
    assert English().place(place) == said


@pytest.mark.parametrize(
    ("words", "english"),
    [
        ("六个工业区市", "the six industrial districts and county-level cities"),
        ("全省十六市", "the sixteen cities of the province"),
        ("十五个副省级城市", "the fifteen sub-provincial cities"),
        ("全国", "China"),
        ("同批创建单位", "同批创建单位"),
    ],
)
def test_what_a_rank_is_a_place_in(words: str, english: str) -> None:
    """Counted peers in words, for figures may not stand in words; Chinese where the lexicon does not know them."""
    assert English().comparator(words) == english


@pytest.mark.parametrize(
    ("whose", "english"),
    [("山东省", "Shandong Province"), ("临澜市", "Linlan"), ("市属企业", "municipal state firms"),
     ("高新区", "高新区"), ("同类城市", "同类城市"), ("临澜城投集团", "临澜城投集团")],
)  # fmt: skip
def test_whose_number_it_is(whose: str, english: str) -> None:
    """Places and groups of firms in English; zones and single bodies by their own name."""
    assert English().scope(whose) == english
