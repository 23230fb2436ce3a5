"""Tests of briefings.compare.history: small documents of one invented district, read as they would come in."""

from collections.abc import Mapping

import pytest

from briefings import compare, extract, pipeline
from briefings.records.document import Document, Source
from briefings.records.edition import Order
from briefings.records.fact import Fact, Measure
from briefings.records.history import History
from briefings.records.material import Material

FIRST = """东屏区2021年上半年工作总结

东屏区人民政府
2021年7月20日

一、主要工作
（一）稳住经济，巩固“开门红”。上半年，全区生产总值312.4亿元，同比增长12.6%，两年平均增长6.1%；一般公共预算收入21.5亿元，增长9.8%；新签约项目31个。受上年基数较低影响，主要指标增速较高。
（二）抓实项目，冲刺“开门红”。建立重点项目周调度制度。全区固定资产投资增长11.3%，居四区第3位。
二、存在问题
高层次人才短缺。
"""
SECOND = """东屏区2022年上半年工作总结

东屏区人民政府
2022年7月21日

一、主要工作
（一）抢抓机遇，做大“湾区经济”。上半年，全区生产总值330.8亿元，同比增长4.2%；一般公共预算收入22.9亿元，增长6.5%。
（二）招商引资，做强“湾区经济”。一季度，新签约项目18个。
"""
THIRD = """东屏区2023年上半年工作总结

东屏区人民政府
2023年7月20日

一、主要工作
（一）提振消费，扩大内需。上半年，全区生产总值355.1亿元，同比增长6.3%；一般公共预算收入24.6亿元，增长7.4%。全区固定资产投资增长8.8%，居四区第1位。
二、下半年打算
确保全年生产总值增长6%以上。
"""
YEAR = """东屏区2022年工作总结

东屏区人民政府
2023年1月12日

一、主要工作
（一）经济运行。全年全区生产总值682.7亿元，同比增长4.6%。
"""


def material(texts: Mapping[str, str], periods: tuple[str, ...]) -> Material:
    """``texts`` by file name, taken in by the real reader, for an order of the district in ``periods``."""
    documents: list[Document] = []
    facts: list[Fact] = []
    measures: list[Measure] = []
    sources: dict[str, Source] = {}
    for name, text in texts.items():
        reading, findings = pipeline.read(text.encode(), name)
        documents += reading.documents
        sources[reading.source.sha256] = reading.source
        facts += [f for found in findings for f in found.facts]
        measures += [m for found in findings for m in found.measures]
    lexicon = extract.default()
    order = Order("h", "history", "东屏区历年对照", periods, places=("东屏区",))
    return Material(
        order,
        tuple(documents),
        tuple(facts),
        tuple(measures),
        sources,
        {i.name: i for i in lexicon.indicators},
        lexicon.themes,
    )


@pytest.fixture(scope="module")
def three() -> History:
    """Three half-years, given in no order."""
    texts = {"c.txt": THIRD, "a.txt": FIRST, "b.txt": SECOND}
    return compare.history(material(texts, ("2021", "2022", "2023")))


def test_the_stages_are_in_the_order_of_time(three: History) -> None:
    """Whatever the order of the files."""
    assert [s.label for s in three.stages] == ["2021-H1", "2022-H1", "2023-H1"]


def test_a_series_has_a_point_a_stage(three: History) -> None:
    """Amount and growth are two series of one indicator, the amount first."""
    first, second = three.series[:2]
    assert (first.indicator, first.kind, [p.amount for p in first.points]) == (
        "地区生产总值", "level", ["312.4", "330.8", "355.1"],
    )  # fmt: skip
    assert (second.kind, [p.amount for p in second.points]) == ("change", ["12.6", "4.2", "6.3"])


def test_a_quarter_is_not_joined_to_a_half_year(three: History) -> None:
    """新签约项目 of a first quarter makes no series with those of a half-year, and is told as barred."""
    assert not [s for s in three.series if s.indicator == "新签约项目"]
    [pair] = [p for p in three.barred if p.indicator == "新签约项目"]
    assert pair.barrier is not None
    assert pair.barrier.code == "period"


def test_a_year_is_not_joined_to_a_half_year() -> None:
    """The year's product is a series of its own, or none."""
    found = compare.history(material({"a.txt": FIRST, "y.txt": YEAR}, ("2021", "2022")))
    assert [s.label for s in found.stages] == ["2021-H1", "2022"]
    assert not [s for s in found.series if s.indicator == "地区生产总值"]
    assert [p.barrier.code for p in found.barred if p.indicator == "地区生产总值" and p.barrier][:1] == [
        "period"
    ]


def test_stated_ranks_keep_their_period(three: History) -> None:
    """First the third place, then the first."""
    assert [f.value for f in three.stated] == ["3", "1"]


def test_two_year_averages_and_bases_only_where_stated(three: History) -> None:
    """Only the first document carries them."""
    assert [(f.canonical, f.value) for f in three.averages] == [("地区生产总值", "6.1")]
    assert ["基数" in b.text for b in three.bases] == [True]


def test_slogans_recur_in_one_stage_only(three: History) -> None:
    """Said twice or more, and in no other stage."""
    assert [[w.text for w in own] for own in three.slogans] == [["开门红"], ["湾区经济"], []]


def test_headings_are_quoted_by_their_span(three: History) -> None:
    """The words at the span are the heading."""
    assert [w.text for w in three.headings[2]] == ["提振消费，扩大内需"]


def test_new_and_vanished_indicators(three: History) -> None:
    """What only the first stage states; a series is neither new nor gone."""
    assert [f.canonical for f in three.vanished.gone] == ["新签约项目"]
    assert three.vanished.new == ()


def test_a_period_without_documents_is_told() -> None:
    """It is absent, and the rest goes on."""
    found = compare.history(material({"a.txt": FIRST}, ("2021", "2024")))
    assert found.absent == ("2024",)
    assert found.series == ()
