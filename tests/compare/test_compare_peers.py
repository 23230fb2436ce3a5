"""Tests of briefings.compare.peers and practices: four small documents about an invented city, read as they would come in."""

from collections.abc import Mapping

import pytest

from briefings import compare, extract, pipeline
from briefings.compare import practices
from briefings.records.document import Document, Source
from briefings.records.edition import Order
from briefings.records.fact import Fact, Measure
from briefings.records.material import Material
from briefings.records.peers import Peers

EAST = """东屏区2020年上半年工作总结

东屏区人民政府
2020年7月20日

一、主要工作
（一）经济运行。上半年，全区生产总值312.4亿元，同比增长3.1%；规模以上工业增加值增长4.6%；固定资产投资增长5.2%，居四区第2位。城镇登记失业率2.8%。
（二）项目建设。建立重点项目周调度制度，新签约项目31个。
二、存在问题
高层次人才短缺，部分外贸企业订单不足。
三、下半年打算
确保全年固定资产投资增长6%以上。
"""
SOUTH = """南湾区2020年上半年工作总结

南湾区人民政府
2020年7月21日

一、主要工作
（一）经济运行。上半年，全区生产总值286.9亿元，同比增长4.0%；规模以上工业增加值增长4.6%；1—5月，固定资产投资增长6.8%。城镇登记失业率2.5%。
（二）项目建设。推行“项目管家”制度，为每个项目配一名专员，协调解决问题86个。
二、存在问题
部分外贸企业订单不足。
三、下半年打算
确保全年固定资产投资增长7%以上。
"""
WEST = """西岭区2020年上半年工作总结

西岭区人民政府
2020年7月22日

一、主要工作
（一）经济运行。上半年，全区生产总值198.3亿元，同比增长2.2%；规模以上工业增加值增长1.9%。城镇登记失业率3.4%。
（二）文化旅游。举办“岭上花开”文旅季，接待游客42万人次。
"""
NORTH = """北渚区2020年上半年工作总结

北渚区人民政府
2020年7月23日

一、主要工作
（一）经济运行。上半年，全区生产总值近250亿元，同比增长3.1%；规模以上工业增加值下降0.8%。城镇登记失业率3.0%。
"""
PLACES = ("东屏区", "南湾区", "西岭区", "北渚区")


def material(texts: Mapping[str, str], places: tuple[str, ...]) -> Material:
    """``texts`` by file name, taken in by the real reader, for an order of ``places`` in the first half of 2020."""
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
    order = Order("p", "peers", "四区对照", ("2020-H1",), places=places)
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
def four() -> Peers:
    """The four districts, the east one being the own place."""
    texts = {"e.txt": EAST, "s.txt": SOUTH, "w.txt": WEST, "n.txt": NORTH}
    return compare.peers(material(texts, PLACES))


def test_the_sides_are_in_the_order_asked_for(four: Peers) -> None:
    """The own place first."""
    assert tuple(s.label for s in four.sides) == PLACES


def test_growth_is_comparable_for_all_four(four: Peers) -> None:
    """One point a place, in the order of the places, the headline indicator first."""
    first = four.comparable[0]
    assert (first.indicator, first.kind) == ("地区生产总值", "change")
    assert [(p.place, p.amount) for p in first.points] == [
        ("东屏区", "3.1"), ("南湾区", "4.0"), ("西岭区", "2.2"), ("北渚区", "3.1"),
    ]  # fmt: skip


def test_a_rough_amount_is_no_point(four: Peers) -> None:
    """近250亿元 is not set beside exact amounts."""
    [level] = [s for s in four.comparable if s.indicator == "地区生产总值" and s.kind == "level"]
    assert [p.place for p in level.points] == ["东屏区", "南湾区", "西岭区"]


def test_other_months_are_barred(four: Peers) -> None:
    """The half-year of one place is not compared with January to May of another."""
    [pair] = [p for p in four.barred if p.indicator == "固定资产投资" and p.prior.place == "南湾区"]
    assert pair.barrier is not None
    assert pair.barrier.code == "period"
    assert not [s for s in four.comparable if s.indicator == "固定资产投资"]


def test_what_a_source_says_of_its_own_rank_is_kept(four: Peers) -> None:
    """居四区第2位 is told as stated, not computed."""
    assert [(f.value, f.basis) for f in four.stated] == [("2", "四区")]


def test_targets_lie_apart_from_outcomes(four: Peers) -> None:
    """Both targets are shown, the rough ones as they are."""
    [targets] = [s for s in four.targets if s.indicator == "固定资产投资"]
    assert [(p.place, p.fact.hedge) for p in targets.points] == [("东屏区", "以上"), ("南湾区", "以上")]


def test_a_named_practice_of_another_place_can_be_borrowed(four: Peers) -> None:
    """Only names under which something is set up, that the own documents do not hold."""
    assert [(four.sides[b.side].label, b.words) for b in four.borrowings] == [
        ("西岭区", "岭上花开"), ("南湾区", "项目管家"),
    ]  # fmt: skip
    assert [b.new_field for b in four.borrowings] == [True, False]


def test_shared_problems_speak_with_each_place_once(four: Peers) -> None:
    """Both districts name the orders."""
    assert [len(p.measures) for p in four.shared] == [2]


def test_a_place_without_documents_is_told() -> None:
    """It is absent, and the rest goes on."""
    found = compare.peers(material({"e.txt": EAST}, ("东屏区", "中洲区")))
    assert found.absent == ("中洲区",)
    assert [s.label for s in found.sides] == ["东屏区"]
    assert found.comparable == ()


def test_every_practice_stands_in_its_source() -> None:
    """The span of a practice and of a borrowed name is exactly its words."""
    made = material({"e.txt": EAST, "s.txt": SOUTH, "w.txt": WEST}, PLACES[:3])
    found = compare.peers(made)
    sources = {d.id: made.sources[d.sha256] for d in made.documents}
    told = [m for p in found.practices for said in p.said for m in said]
    assert told
    for measure in told:
        text = sources[measure.document].text[measure.span.start : measure.span.end]
        assert text == measure.text
    for one in found.borrowings:
        assert sources[one.measure.document].text[one.name.start : one.name.end] == one.words


def test_the_words_of_a_side_leave_out_questions() -> None:
    """What a reporter asks is not what the place says."""
    found = compare.peers(material({"e.txt": EAST}, ("东屏区",)))
    assert "高层次人才短缺" in practices.words(found.sides[0])
