"""What holds for every document: places, ids, order, and what is not read."""

import hashlib
from itertools import pairwise

import pytest
from extract_cases import facts_of, findings_of
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings.extract import find
from briefings.records.document import Attribute, Document, Paragraph, Section, Source, Span
from briefings.records.fact import Fact

PIECES = st.sampled_from(
    [
        "全市",
        "生产总值",
        "实现",
        "完成",
        "分别",
        "增长",
        "下降",
        "较年初",
        "同比",
        "比上年",
        "新增",
        "减少",
        "占全部投资比重",
        "高于全国、全省",
        "居全省第",
        "位",
        "个百分点",
        "亿元",
        "万人",
        "家企业",
        "个项目",
        "上半年",
        "截至6月末",
        "1-5月份",
        "2023年",
        "去年",
        "其中",
        "12.5%",
        "3",
        "45.6",
        "1,234.5",
        "２．５％",
        "4亿200万美元",
        "0.3个百分点",
        "、",
        "和",
        ",",
        "，",
        ";",
        "。",
        ":",
        "(",
        ")",
        "“",
        "”",
        "《",
        "》",
        "一是",
        "1.",
        "约",
        "近",
        "超",
        "余",
        "的",
        "总投资",
        "10亿元以上项目",
        "第十四届",
        "2号线",
        "5G",
        "3:4:5",
        "￥",
        "\u3000",
        "\t",
        "\n",
        "😀",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=40).map("".join), st.integers(0, 7))
def test_any_text_gives_facts_in_place(text: str, wrap: int) -> None:
    """No text raises; each surface is the text at its place; facts are ordered, apart, and have ids of their own."""
    text = text.replace("\n", "")
    facts = findings_of(text, wrap=wrap).facts if text else ()
    assert len({fact.id for fact in facts}) == len(facts)
    for before, after in pairwise(facts):
        assert before.end <= after.start
    for fact in facts:
        assert "chinese_numeral" in fact.flags or any(c.isdigit() for c in fact.surface)
        assert fact.sentence.start <= fact.start < fact.end <= fact.sentence.end
        assert fact.indicator


def test_hard_wrapped_number_keeps_its_place() -> None:
    """A number and its unit that stand on two physical lines are one fact whose surface holds the line break."""
    line = "上半年,全市社会消费品零售总额完成126.4亿元,同比增长8.3%。"
    for wrap in range(3, 20):
        facts = findings_of(line, wrap=wrap).facts
        assert [(f.kind, f.value, f.unit) for f in facts] == [
            ("level", "126.4", "亿元"),
            ("change", "8.3", "%"),
        ]
        assert facts[0].surface.replace("\n", "") == "126.4亿元"


def test_ids_are_stable_and_depend_on_the_source() -> None:
    """The same bytes give the same ids; other bytes give others."""
    line = "全市进出口总额86.5亿元,增长4.1%。"
    assert [f.id for f in facts_of(line)] == [f.id for f in facts_of(line)]
    assert not {f.id for f in facts_of(line)} & {f.id for f in facts_of(line + "完。")}


def test_slots_keep_their_spans() -> None:
    """The words of the indicator stand where its spans say."""
    text = "1-7月份,全市固定资产投资同比增长5.9%。"
    (fact,) = facts_of(text)
    assert [text[a:b] for a, b in fact.indicator_spans] == ["固定资产投资"] == [fact.indicator]
    assert (fact.canonical, fact.scope, fact.period) == ("固定资产投资", "全市", "2024-M01..M07")
    assert fact.surface == "5.9%"
    assert fact.rule == "change"


def test_repeated_and_structural_paragraphs_give_nothing() -> None:
    """A repeated passage, a title, a date and a line of contents yield no facts."""
    line = "全市新增就业3.2万人。"
    text = "\n".join([line] * 4)
    sha = hashlib.sha256(text.encode()).hexdigest()
    step = len(line) + 1
    paragraphs = (
        Paragraph(line, ((0, 0),)),
        Paragraph(line, ((0, step),), repeated=True),
        Paragraph(line, ((0, 2 * step),), kind="title"),
        Paragraph(line, ((0, 3 * step),), kind="contents"),
    )
    document = Document(
        "d-1",
        sha,
        "a.txt",
        1,
        Span(0, len(text)),
        Attribute("题", "x"),
        None,
        None,
        None,
        None,
        "other",
        paragraphs=paragraphs,
    )
    facts = find(document, Source(sha, "a.txt", "txt", text)).facts
    assert [f.start for f in facts] == [text.index("3.2")]


def by_value(facts: tuple[Fact, ...]) -> dict[str, Fact]:
    """Facts by their value."""
    return {f.value: f for f in facts}


@pytest.mark.parametrize(
    ("text", "value", "period"),
    [
        ("上半年,实现进出口86.5亿元。", "86.5", "2024-H1"),
        ("1-6月份实现进出口86.5亿元。", "86.5", "2024-H1"),
        ("截至5月末,各项存款余额612.7亿元。", "612.7", "2024-05-31"),
        ("截至2023年底,常住人口81.6万人。", "81.6", "2023-12-31"),
        ("一季度,工业用电量增长4.2%。", "4.2", "2024-Q1"),
        ("前三季度,旅游收入52亿元。", "52", "2024-M01..M09"),
        ("“十四五”末,全市总产值将达到5000亿元。", "5000", "2025"),
        ("3月12日,举办签约仪式,签约项目12个。", "12", "2024-03-12"),
        ("去年组建的水务集团新增用户3.2万户。", "3.2", None),
        ("今年以来,新增用户3.2万户。", "3.2", None),
    ],
)
def test_period_is_the_one_that_governs(text: str, value: str, period: str | None) -> None:
    """A time sets the period where it governs the number, measured from the document's own year."""
    assert by_value(facts_of(text, period="2024-H1"))[value].period == period


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("力争全年新签约项目60个。", "target"),
        ("确保固定资产投资增长6%以上。", "target"),
        ("预计上半年完成货物进出口35亿元。", "actual"),
        ("项目计划总投资48亿元。", "target"),
        ("新签约项目60个,比上年增加5个。", "actual"),
        ("将于年底建成学校3所。", "target"),
    ],
)
def test_status_tells_plans_from_facts(text: str, status: str) -> None:
    """Goals and forecasts are targets, estimates of the past are not."""
    assert facts_of(text)[0].status == status


def test_a_plan_section_makes_targets_of_what_will_be_done() -> None:
    """In a section of plans the size of a thing that exists already stays actual."""
    facts = by_value(facts_of("加快推进总投资120亿元的15个临港项目建设,新建学校3所。", role="plan"))
    assert (facts["120"].status, facts["3"].status) == ("actual", "target")
    assert facts["3"].role == "plan"


def test_guesses_are_flagged() -> None:
    """What the text does not say outright is marked as assumed."""
    facts = facts_of("固定资产投资增长6.1%,高于全国、全省1.1、0.4个百分点。")
    assert facts[0].flags == ("basis_default",)
    assert "unit_inferred" in facts[1].flags
    assert "unit_inferred" not in facts[2].flags
    assert facts_of("贷款12.5亿元,同比增加3个。")[1].flags == ("name_inferred", "unit_mismatch")


def test_measures_are_the_items_of_sections() -> None:
    """Each item is a measure with its headline, role, path, theme and facts; problems run together are parted."""
    lines = [
        "一、上半年工作",
        "(一)狠抓招商引资。新签约项目16个。",
        "二、存在问题",
        "主要有:外资企业数量偏少;渔业精深加工偏弱。",
    ]
    text = "\n".join(lines)
    sha = hashlib.sha256(text.encode()).hexdigest()
    at = [text.index(line) for line in lines]
    sections = (
        Section(1, "一、", "上半年工作", Span(2, 7), Span(0, at[2] - 1), "done"),
        Section(2, "(一)", "狠抓招商引资", Span(at[1] + 3, at[1] + 9), Span(at[1], at[2] - 1), "done", 0),
        Section(1, "二、", "存在问题", Span(at[2] + 2, at[2] + 6), Span(at[2], len(text)), "problem"),
    )
    paragraphs = (
        Paragraph(lines[0], ((0, at[0]),), kind="heading", section=0),
        Paragraph(lines[1], ((0, at[1]),), section=1),
        Paragraph(lines[2], ((0, at[2]),), kind="heading", role="problem", section=2),
        Paragraph(lines[3], ((0, at[3]),), role="problem", section=2),
    )
    document = Document(
        "d-1", sha, "a.txt", 1, Span(0, len(text)), Attribute("题", "x"), None, None, None, None, "summary",
        sections=sections, paragraphs=paragraphs,
    )  # fmt: skip
    found = find(document, Source(sha, "a.txt", "txt", text))
    assert [(m.role, m.text, m.theme) for m in found.measures] == [
        ("done", lines[1], "promotion"),
        ("problem", "外资企业数量偏少;", "opening"),
        ("problem", "渔业精深加工偏弱。", "marine"),
    ]
    first = found.measures[0]
    assert (first.headline, first.path) == ("狠抓招商引资", ("一、上半年工作", "(一)狠抓招商引资"))
    assert first.facts == tuple(f.id for f in found.facts)
    assert all(text[m.span.start : m.span.end] == m.text for m in found.measures)
