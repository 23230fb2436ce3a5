"""How long a period holds: of one number, of a clause with a deadline, of a sentence, of a section under its heading."""

import hashlib

import pytest
from extract_cases import facts_of

from briefings.extract import find
from briefings.records.document import Attribute, Document, Paragraph, Section, Source, Span

CASES = {
    # one number alone
    ("税收239.6亿元，比去年同期的201.5亿元增长18.9%。", "2021-H1"): [None, "2020-H1", None],
    ("不良贷款余额16.2亿元，去年同期为18.4亿元，下降2.2亿元。", "2021-H1"): [None, "2020-H1", None],
    ("1-5月，出口86亿元，去年同期为80亿元。", "2021-H1"): ["2021-M01..M05", "2020-M01..M05"],
    ("生产总值由2016年的402亿元增加到2021年的615亿元。", "2021"): ["2016", "2021"],
    ("直接结算率由年初的71.5%升至83.2%。", "2023-H1"): ["2023-01-01", None],
    ("财政补助标准由去年的每人610元提高到640元。", "2023-H1"): ["2022", None],
    ("去年我们的生产总值是486亿元，今年上半年达到了262亿元。", "2023-H1"): ["2022", "2023-H1"],
    ("一季度、二季度、三季度工业分别增长5.1%、5.6%、6.0%。", "2023"): ["2023-Q1", "2023-Q2", "2023-Q3"],
    ("接待游客312万人次，恢复到2019年同期的86%。", "2023-H1"): [None, None],
    # a deadline, a plan's budget
    ("完成年初预算的46.3%，税收收入7.4亿元。", "2024-H1"): [None, None],
    ("年底前建成示范点60个；新增定点机构12家。", "2023-H1"): ["2023-12-31", None],
    ("下半年，确保全年完成投资120亿元。", "2021-H1"): ["2021"],
    ("下半年，市属企业全年营业收入达到86亿元。", "2021-H1"): ["2021"],
    # a sentence
    ("年末存栏26万头，下降2.4%。新增灌溉面积1260公顷。", "2022"): ["2022-12-31", "2022-12-31", None],
    ("1-5月，工业增加值64亿元。出口12亿元；进口8亿元。", "2024-M01..M05"): ["2024-M01..M05"] * 3,
    ("今年一季度增长5.2%，二季度增长6.1%。全部工业产值312亿元。", "2024-H1"): None,
    # years
    ("过去五年，建成农田38万亩。改造公路1460公里。", "2021"): ["2017..2021", "2017..2021"],
    ("今后五年，生产总值突破1000亿元。", "2021"): ["2022..2026"],
    ("比4月份加快1.4个百分点。", "2024-M05"): None,
}  # fmt: skip


@pytest.mark.parametrize(("sentence", "period"), CASES, ids=[s[:10] for s, _ in CASES])
def test_the_period_that_governs(sentence: str, period: str) -> None:
    """Each number has the period said of it, and none that was said of another."""
    expected = CASES[sentence, period]
    if expected is not None:
        assert [fact.period for fact in facts_of(sentence, period=period)] == expected


def test_quarters_told_one_by_one_end_with_their_sentence() -> None:
    """After the quarters, what follows is about the whole again."""
    found = facts_of("工业一季度增长5.2%，二季度增长6.1%。全部工业产值312亿元。", period="2024-H1")
    assert found[-1].period is None
    found = facts_of("一季度工业增长5.2%，二季度增长6.1%。全部工业产值312亿元。", period="2024-H1")
    assert [f.period for f in found] == ["2024-Q1", "2024-Q2", None]


def test_the_month_before_is_a_comparison_with_the_last_period() -> None:
    """比4月份 said of May is month on month; said of a half-year it is some other month."""
    may = facts_of("5月份，工业增加值增长6.8%，比4月份加快1.4个百分点。", period="2024-M01..M05")
    half = facts_of("上半年，工业增加值增长6.8%，比4月份加快1.4个百分点。", period="2024-H1")
    assert (may[1].basis, half[1].basis) == ("qoq", "other")


def test_a_goal_compared_with_makes_no_target() -> None:
    """A distance to a goal, a budget's revenue and a life expectancy are measured."""
    for sentence in (
        "上半年投资增长8.2%，高于年初预期目标1.2个百分点，完成投资86亿元。",
        "一般公共预算收入58.3亿元，教育支出21.4亿元。",
        "受预期转弱影响，商品房销售面积58万平方米。",
        "人均预期寿命79.8岁。",
    ):
        found = facts_of(sentence)
        assert found and {fact.status for fact in found} == {"actual"}, sentence


def test_what_a_review_expects_of_the_year_gone_is_measured() -> None:
    """预计 in the review that a report gives in January is an estimate of the past, in its plan a target."""
    actual, target = (
        _under("工作回顾", "预计生产总值增长8.5%。", "done")[0],
        _under("2022年工作安排", "预计生产总值增长8.5%。", "plan")[0],
    )
    assert (actual, target) == (("actual", None), ("target", "2022"))


def test_a_heading_says_the_period_of_its_section() -> None:
    """Quarters inside the section of a coming year are of that year, and what lies ahead is a target."""
    found = _under(
        "二、2022年工作安排", "实施项目150个，确保一季度开工率60%、上半年开工率90%；改造小区26个。", "plan"
    )
    assert found == [("target", "2022"), ("target", "2022-Q1"), ("target", "2022-H1"), ("target", "2022")]
    assert _under("二、下半年工作打算", "新建学校12所。", "plan", "2021-H1", "summary") == [
        ("target", "2021-H2")
    ]
    assert _under("二、重点项目建设", "新建学校12所。", "done", "2021-H1", "summary") == [("actual", None)]


def _under(
    heading: str, text: str, role: str, period: str = "2021", genre: str = "report"
) -> list[tuple[str, str | None]]:
    """Status and period of the facts of one paragraph under a heading."""
    whole = f"{heading}\n{text}"
    sha, start = hashlib.sha256(whole.encode()).hexdigest(), len(heading) + 1
    section = Section(1, "", heading, Span(0, len(heading)), Span(0, len(whole)), role)  # type: ignore[arg-type]
    rule = "reviewed" if genre == "report" else "title"
    document = Document(
        f"{sha[:12]}-1", sha, "a.txt", 1, Span(0, len(whole)), Attribute("题", "given"), None, None,
        Attribute(period, rule), None, genre,  # type: ignore[arg-type]
        sections=(section,),
        paragraphs=(Paragraph(text, ((0, start),), role=role, section=0),),  # type: ignore[arg-type]
    )  # fmt: skip
    found = find(document, Source(sha, "a.txt", "txt", whole)).facts
    return [(fact.status, fact.period) for fact in found]


def test_a_past_year_told_of_its_own_clause_is_left_by_the_next_place() -> None:
    """The year stays with its clause where another subject follows, and what is not certain is flagged."""
    narrow = facts_of("去年新建充电桩3200个，全市工业产值达318.6亿元。", period="2021-H1")
    assert [fact.period for fact in narrow] == ["2020", None]
    assert "period_unclear" in narrow[1].flags
    wide = facts_of("去年，全市工业产值300亿元，出口12亿元。", period="2021-H1")
    assert [fact.period for fact in wide] == ["2020", "2020"]
    assert not any("period_unclear" in fact.flags for fact in wide)
    part = facts_of("全市项目171个，其中二季度新开工45个，开工率88.2%。", period="2021-H1")
    assert "period_unclear" in part[2].flags
