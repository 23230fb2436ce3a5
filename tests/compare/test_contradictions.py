"""Tests of briefings.compare.contradictions: the same thing said twice, in one document or in two."""

import pytest

from briefings import extract, structure
from briefings.compare import checks
from briefings.records.document import Document, Source
from briefings.records.fact import Fact


def said(*texts: str) -> list[tuple[str, str, str]]:
    """Verdict, and the two numbers, of what is said twice in ``texts``, each a document."""
    documents: list[Document] = []
    facts: list[Fact] = []
    sources: dict[str, Source] = {}
    for number, text in enumerate(texts):
        reading = structure.read(text.encode(), f"{number}.txt")
        sources[reading.source.sha256] = reading.source
        documents += reading.documents
        for document in reading.documents:
            facts += extract.find(document, reading.source).facts
    found = checks(documents, facts, sources)
    return [(c.verdict, c.stated, c.computed) for c in found if c.kind == "contradiction"]


COMMERCE = "澜东市商务局2022年上半年工作总结\n2022-07-20\n"
STATISTICS = "澜东市统计局2022年上半年工作总结\n2022-07-22\n"


def test_two_departments_say_two_numbers() -> None:
    """Both sentences are kept; the later document's number is set against the first's."""
    assert said(
        COMMERCE + "上半年，全市实际使用外资6.9亿美元，增长12.1%。",
        STATISTICS + "上半年，全市实际使用外资6.4亿美元，增长12.1%。",
    ) == [("disagrees", "6.4亿美元", "6.9亿美元"), ("agrees", "12.1%", "12.1%")]


def test_one_document_says_two_numbers() -> None:
    """The half-year's total and the total at the end of June are one thing."""
    text = STATISTICS + "上半年，全市市场主体总量达到18.62万户。\n截至6月末，全市市场主体总量18.56万户。"
    assert said(text) == [("disagrees", "18.56万户", "18.62万户")]


def test_rounding_is_no_contradiction() -> None:
    """2.96万户 and 3.0万户 are one number told more and less finely."""
    text = STATISTICS + "上半年，全市新登记市场主体2.96万户。\n上半年，全市新登记市场主体3.0万户。"
    assert [verdict for verdict, _, _ in said(text)] == ["agrees"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1—5月，全市实际使用外资6.9亿美元。", "上半年，全市实际使用外资6.4亿美元。"),
        ("上半年，全市实际使用外资6.9亿美元。", "去年同期，全市实际使用外资6.4亿美元。"),
        ("上半年，全市固定资产投资增长6.9%。", "上半年，全市固定资产投资两年平均增长6.4%。"),
        ("上半年，全市固定资产投资增长6.9%。", "力争全年固定资产投资增长7.5%。"),
        ("上半年，全市实际使用外资6.9亿美元。", "上半年，自贸片区实际使用外资0.5亿美元。"),
        ("上半年，全市新签约项目95个。", "上半年，全市新签约项目超过90个。"),
        ("6月末，人民币存款余额850.4亿元。", "6月末，本外币存款余额862.2亿元。"),
    ],
)
def test_two_things_are_not_one(one: str, other: str) -> None:
    """Another period, basis, place, a plan, a rough number or another name: nothing is held against anybody."""
    assert "disagrees" not in [verdict for verdict, _, _ in said(STATISTICS + one + "\n" + other)]


def test_numbers_said_to_the_same_digit_are_equal_or_they_disagree() -> None:
    """One number is rounded to one text; written to fewer digits it may be the rounding of the finer one."""
    text = COMMERCE + "上半年，全市实际使用外资{}亿美元。"
    other = STATISTICS + "上半年，全市实际使用外资{}亿美元。"
    for first, second, verdict in (
        ("6.9", "6.8", "disagrees"),
        ("6.9", "6.9", "agrees"),
        ("6.85", "6.9", "agrees"),
        ("6.85", "6.8", "agrees"),
        ("6.92", "6.8", "disagrees"),
        ("6.89", "6.8", "cannot"),
        ("约6.9", "6.8", "agrees"),
    ):
        ((given, *_),) = said(text.format(first), other.format(second))
        assert given == verdict, (first, second)


def test_a_part_of_one_place_is_no_part_of_another() -> None:
    """Each city has firms of its own and a development zone; the province that is named is one."""
    one = "截至6月末，市属企业资产总额{}亿元。\n上半年，开发区实现地区生产总值{}亿元。\n上半年，山东省地区生产总值增长{}%。"
    numbers = (("2710.5", "120.5", "6.2"), ("2690.8", "118.5", "6.4"))
    head = "{}统计局2022年上半年工作总结\n2022-07-22\n"
    for places, expected in (
        (("澜东市", "澜西市"), {"6.4%"}),
        (("澜东市", "澜东市"), {"2690.8亿元", "118.5亿元", "6.4%"}),
    ):
        texts = [head.format(place) + one.format(*own) for place, own in zip(places, numbers, strict=True)]
        assert {stated for verdict, stated, _ in said(*texts) if verdict == "disagrees"} == expected
