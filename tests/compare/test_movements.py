"""Tests of briefings.compare.movements and yoy: direction, judgement, and what only one period names."""

from dataclasses import replace

import pytest
from facts import document, fact

from briefings.compare.movements import movements
from briefings.compare.series import series
from briefings.compare.yoy import yoy
from briefings.records.document import Paragraph, Source, Span
from briefings.records.edition import Order
from briefings.records.fact import Fact, Kind, Measure
from briefings.records.indicator import Indicator
from briefings.records.material import Material
from briefings.records.yoy import Movement

LINE = (Paragraph("。" * 200, ((0, 0),)),)
BEFORE = replace(document("d1", period="2020-H1"), paragraphs=LINE)
NOW = replace(document("d2", period="2021-H1"), paragraphs=LINE)
LEXICON = {
    "进出口总额": Indicator("进出口总额", polarity="up_good", theme="opening", rank=6),
    "审批时间": Indicator("审批时间", polarity="down_good", theme="business"),
    "居民消费价格": Indicator("居民消费价格", polarity="none", theme="economy"),
    "地区生产总值": Indicator("地区生产总值", polarity="up_good", theme="economy", rank=1),
}
NOTHING = Source("0" * 64, "a.txt", "txt", "。" * 100_000)


def material(
    *facts: Fact, periods: tuple[str, str] = ("2020-H1", "2021-H1"), measures: tuple[Measure, ...] = ()
) -> Material:
    """The two documents with ``facts`` and ``measures``."""
    order = Order("o", "yoy", "题", periods, issuers=("某委",))
    return Material(order, (BEFORE, NOW), facts, measures, {"0" * 64: NOTHING}, LEXICON, ())


def both(
    name: str, kind: Kind, before: str, now: str, unit: str, basis: str | None = None
) -> tuple[Fact, Fact]:
    """The same indicator in both periods."""
    one = fact(name, kind, before, canonical=name, unit=unit, basis=basis)
    return one, fact(name, kind, now, canonical=name, unit=unit, basis=basis, document="d2")


def moved(*facts: Fact) -> tuple[Movement, ...]:
    """The movements among ``facts``."""
    told = material(*facts)
    return movements(series(facts, told), (BEFORE,), (NOW,), told)


@pytest.mark.parametrize(
    ("name", "kind", "before", "now", "unit", "direction", "verdict"),
    [
        ("进出口总额", "level", "100", "120", "亿元", "up", "better"),
        ("进出口总额", "level", "120", "100", "亿元", "down", "worse"),
        ("进出口总额", "level", "100", "100.0", "亿元", "flat", "none"),
        ("进出口总额", "rank", "3", "2", "位", "up", "better"),
        ("审批时间", "level", "55", "38", "天", "down", "better"),
        ("审批时间", "level", "38", "55", "天", "up", "worse"),
        ("居民消费价格", "change", "3.1", "0.8", "%", "down", "none"),
    ],
)
def test_the_direction_is_the_numbers_and_the_judgement_the_lexicons(
    name: str, kind: Kind, before: str, now: str, unit: str, direction: str, verdict: str
) -> None:
    """A longer approval time goes up and is worse; a rank nearer to the first goes up."""
    basis = "yoy" if kind == "change" else "全省" if kind == "rank" else None
    [found] = moved(*both(name, kind, before, now, unit, basis))
    assert (found.direction, found.verdict) == (direction, verdict)


def test_an_indicator_counts_once_by_its_level() -> None:
    """Its growth is told as well and leads nothing; the source's own growth stands beside the level."""
    found = moved(
        *both("进出口总额", "level", "100", "120", "亿元"),
        *both("进出口总额", "change", "3.2", "21.5", "%", "yoy"),
        fact("进出口总额", "change", "9.9", canonical="进出口总额", basis="avg2y", document="d2"),
    )
    assert [(m.pair.kind, m.leads) for m in found] == [("level", True), ("change", False)]
    assert found[0].stated is not None
    assert found[0].average is not None
    assert (found[0].stated.value, found[0].average.value) == ("21.5", "9.9")


def test_gross_product_grows_at_comparable_prices() -> None:
    """Its growth is never the ratio of two amounts."""
    [found] = moved(*both("地区生产总值", "level", "2000", "2300", "亿元"))
    assert found.volume


def test_headline_indicators_come_first() -> None:
    """In the lexicon's order."""
    found = moved(
        *both("审批时间", "level", "55", "38", "天"),
        *both("进出口总额", "level", "100", "120", "亿元"),
        *both("地区生产总值", "level", "2000", "2300", "亿元"),
    )
    assert [m.pair.indicator for m in found] == ["地区生产总值", "进出口总额", "审批时间"]


def test_what_only_one_period_names_is_new_or_gone() -> None:
    """An indicator named on the other side in any way is neither."""
    facts = (
        *both("进出口总额", "level", "100", "120", "亿元"),
        fact("保障房投资额", value="5", unit="亿元", sentence=10),
        fact("数字经济营业收入", value="9", unit="亿元", document="d2", sentence=20),
        fact("居民消费价格", "change", "3.1", canonical="居民消费价格", basis="qoq", sentence=30),
        fact(
            "居民消费价格", "change", "0.8", canonical="居民消费价格", basis="yoy", document="d2", sentence=40
        ),
    )
    found = yoy(material(*facts))
    assert [h.lead.indicator for h in found.gone] == ["保障房投资额"]
    assert [h.lead.indicator for h in found.new] == ["数字经济营业收入"]


def said(key: str, text: str, at: int, role: str = "done") -> Measure:
    """A measure of one sentence."""
    return Measure(f"m{at}", key, Span(at, at + len(text)), text, text, role, ("一、工作",))  # type: ignore[arg-type]


def test_a_problem_that_is_still_named_is_not_gone() -> None:
    """Four characters of its matter on the other side are enough: to say that it is gone is a strong word."""
    measures = (
        said("d1", "新旧动能转换步伐不快", 10, "problem"),
        said("d1", "库房漏雨严重", 40, "problem"),
        said("d2", "稳定增长压力仍在，动能转换尚需加速，外贸订单不足", 70, "problem"),
    )
    found = yoy(material(measures=measures)).problems
    assert [m.text for m in found.changes.gone] == ["库房漏雨严重"]
    assert "新旧动能转换步伐不快" in [m.text for m in found.reworded]


def test_a_period_without_documents_is_an_empty_side() -> None:
    """Nothing is new or gone where there is nothing to look in."""
    facts = (fact("数字经济营业收入", value="9", unit="亿元", document="d2"),)
    found = yoy(material(*facts, periods=("2019-H1", "2021-H1")))
    assert found.prior.reviews == ()
    assert (found.new, found.gone, found.movements, found.barred, found.yearly) == ((), (), (), (), False)
