"""Tests of briefings.compare.series: what is lined up, what is barred, and that nothing is counted twice."""

import pytest
from facts import document, fact

from briefings.compare.likeness import alike
from briefings.compare.series import barred, series
from briefings.records.briefing import BriefKind
from briefings.records.document import Document, Source
from briefings.records.edition import Order
from briefings.records.fact import Fact
from briefings.records.indicator import Indicator
from briefings.records.material import Material

BEFORE, NOW = document("d1", period="2020-H1"), document("d2", period="2021-H1")
EAST, WEST = document("d3", "望海区"), document("d4", "云岫区")
TRADE, RETAIL, LARGE = "进出口总额", "社会消费品零售总额", "限额以上社会消费品零售额"
LEXICON = {
    TRADE: Indicator(TRADE, dimension="money", theme="opening", rank=6),
    RETAIL: Indicator(RETAIL, dimension="money", theme="consumption", rank=4),
    LARGE: Indicator(LARGE, dimension="money", theme="consumption"),
}
NOTHING = Source("0" * 64, "a.txt", "txt", "。" * 100_000)


def material(
    facts: list[Fact], *documents: Document, kind: BriefKind = "yoy", places: tuple[str, ...] = ()
) -> Material:
    """An order for ``documents`` with ``facts``."""
    periods = tuple(dict.fromkeys(d.period.value for d in documents if d.period))
    order = Order("o", kind, "题", periods, places=places)
    return Material(order, documents, tuple(facts), (), {"0" * 64: NOTHING}, LEXICON, ())


def level(name: str, value: str, key: str, **more: object) -> Fact:
    """An amount in 亿元."""
    canonical = name if name in LEXICON else None
    return fact(name, "level", value, **{"unit": "亿元", "document": key, "canonical": canonical, **more})  # type: ignore[arg-type]


def test_the_same_indicator_of_two_years_makes_a_series() -> None:
    """In the unit of most points, the later of equals; each as precise as its source."""
    facts = [level(TRADE, "1120000", "d1", unit="万元"), level(TRADE, "130.5", "d2")]
    [found] = series(facts, material(facts, BEFORE, NOW))
    assert (found.indicator, found.unit, found.rank) == (TRADE, "亿元", 6)
    assert [(p.period, p.amount, p.digits) for p in found.points] == [
        ("2020-H1", "112.0000", 4),
        ("2021-H1", "130.5", 1),
    ]


def test_the_first_number_of_the_whole_place_counts() -> None:
    """What is said again, of a part or in a question makes no further point."""
    facts = [
        level(TRADE, "100", "d1"),
        level(TRADE, "7", "d2", scope="市属企业"),
        level(TRADE, "99", "d2", role="question"),
        level(TRADE, "120", "d2"),
        level(TRADE, "121", "d2", scope="全市"),
    ]
    whole = [s for s in series(facts, material(facts, BEFORE, NOW)) if len(s.points) == 2]
    assert [[p.amount for p in s.points] for s in whole] == [["100", "120"]]


@pytest.mark.parametrize(
    "odd",
    [
        {"status": "target"},
        {"role": "plan"},
        {"flags": ("unit_kind_mismatch",)},
        {"hedge": "近"},
        {"period": "2021-Q1"},
    ],
)
def test_what_is_not_fit_to_compare_makes_no_second_point(odd: dict[str, object]) -> None:
    """Targets, plans, doubtful and rough numbers, other parts of the year."""
    facts = [level(TRADE, "100", "d1"), level(TRADE, "120", "d2", **odd)]
    assert all(len(s.points) == 1 for s in series(facts, material(facts, BEFORE, NOW)))


def test_a_name_that_the_lexicon_does_not_know_must_be_the_same_and_say_of_what() -> None:
    """收购入库夏粮 in both years is one thing; 项目 says nothing."""
    facts = [level(n, "1", k) for n in ("收购入库夏粮", "项目") for k in ("d1", "d2")]
    assert [s.indicator for s in series(facts, material(facts, BEFORE, NOW))] == ["收购入库夏粮"]


def test_places_are_lined_up_in_their_order() -> None:
    """The own place of the order first; of a district's document only the district's numbers."""
    facts = [
        level(TRADE, "20", "d3", scope="全区"),
        level(TRADE, "900", "d3", scope="临澜市"),
        level(TRADE, "30", "d4"),
    ]
    order = material(facts, EAST, WEST, kind="peers", places=("云岫区", "望海区"))
    [found] = series(facts, order)
    assert [(p.place, p.amount) for p in found.points] == [("云岫区", "30"), ("望海区", "20")]


def test_what_looks_alike_comes_back_with_its_barrier() -> None:
    """Both numbers are there to be shown."""
    facts = [level(TRADE, "100", "d1", period="2020-M01..M05"), level(TRADE, "120", "d2")]
    [pair] = barred(facts, material(facts, BEFORE, NOW))
    assert pair.barrier is not None
    assert (pair.barrier.code, pair.current.amount, pair.prior.amount) == ("period", "120", "100")


def test_what_has_a_comparable_counterpart_is_not_barred() -> None:
    """The year's target beside the outcome is nobody's loss where the outcomes can be compared."""
    facts = [
        level(TRADE, "100", "d1"),
        level(TRADE, "300", "d1", status="target"),
        level(TRADE, "120", "d2"),
    ]
    assert barred(facts, material(facts, BEFORE, NOW)) == ()


def test_a_headline_under_a_like_name_is_another_notion() -> None:
    """Retail sales of large shops are no retail sales; where each side has only one of the two, it is told."""
    facts = [level(LARGE, "40", "d1"), level(RETAIL, "120", "d2")]
    [pair] = barred(facts, material(facts, BEFORE, NOW))
    assert pair.barrier is not None
    assert (pair.barrier.code, pair.barrier.sides) == ("definition", (RETAIL, LARGE))
    both = [*facts, level(RETAIL, "110", "d1")]
    assert barred(both, material(both, BEFORE, NOW)) == ()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("城镇新增就业", "城乡新增就业", True),
        ("限额以上零售业销售额", "社会消费品零售总额", True),
        ("规模以上工业增加值", "工业增加值", True),
        ("限额以上批发业销售额", "社会消费品零售总额", False),
        ("民间投资", "固定资产投资", False),
        ("地区生产总值", "地区生产总值", False),
    ],
)
def test_which_names_a_reader_may_take_for_each_other(one: str, other: str, same: bool) -> None:
    """Once what narrows and what measures is taken off, one core holds the other."""
    assert alike(one, other) is same
