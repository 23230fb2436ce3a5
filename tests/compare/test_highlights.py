"""Tests of briefings.compare.highlights: the rules by which achievements lead."""

from facts import fact

from briefings.compare.highlights import highlights, root
from briefings.records.fact import Fact
from briefings.records.indicator import Indicator

LEXICON = {
    "地区生产总值": Indicator("地区生产总值", rank=1),
    "固定资产投资": Indicator("固定资产投资", rank=3),
    "货物吞吐量": Indicator("货物吞吐量"),
}


def test_growth_and_gap_belong_to_the_indicator_they_speak_of() -> None:
    """生产总值增速 is said of 生产总值; a bare 增速 is nobody's."""
    assert root(fact("生产总值增速")) == "生产总值"
    assert root(fact("生产总值两年平均增速")) == "生产总值"
    assert root(fact("增速")) == "增速"


def test_facts_of_one_indicator_in_one_sentence_are_one_highlight() -> None:
    """A level with its growth and its rank is one achievement; the next sentence's is another."""
    told = [
        fact("生产总值", "level", "3120.5", unit="亿元", sentence=1),
        fact("生产总值", "change", "8.1", sentence=1),
        fact("生产总值增速", "gap", "0.6", unit="个百分点", sentence=1),
        fact("生产总值", "change", "5.2", sentence=2),
    ]
    found = highlights(told, {})
    assert sorted(len(h.facts) for h in found) == [1, 3]
    assert found[0].lead is told[0]


def test_headline_indicators_come_first_in_the_lexicons_order() -> None:
    """GDP before investment before a known indicator before an unknown one, wherever they stand."""
    told = [
        fact("走访企业", "level", "400", unit="家", sentence=1),
        fact("货物吞吐量", "change", "3", sentence=2, canonical="货物吞吐量"),
        fact("固定资产投资", "change", "4", sentence=3, canonical="固定资产投资"),
        fact("生产总值", "change", "5", sentence=4, canonical="地区生产总值"),
    ]
    assert [h.lead.indicator for h in highlights(told, LEXICON)] == [
        "生产总值",
        "固定资产投资",
        "货物吞吐量",
        "走访企业",
    ]


def test_a_top_rank_leads_a_plain_count_and_a_rough_number_waits() -> None:
    """Among unknown indicators the one that says more goes first; rough numbers go behind exact ones."""
    told = [
        fact("走访企业", "level", "400", unit="家", sentence=1, hedge="余"),
        fact("办结事项", "level", "12", unit="件", sentence=2),
        fact("营商环境评价", "rank", "1", unit="位", sentence=3),
    ]
    found = highlights(told, {})
    assert [h.lead.indicator for h in found] == ["营商环境评价", "办结事项", "走访企业"]
    assert "top_rank" in found[0].reasons
    assert "rough" in found[2].reasons


def test_targets_plans_and_problems_are_no_achievements() -> None:
    """Only what was done and happened counts."""
    told = [
        fact("投资", status="target"),
        fact("缺口", role="problem"),
        fact("项目", role="plan"),
    ]
    assert highlights(told, {}) == ()


def test_levels_first_and_their_growth_behind_are_still_one_highlight_each() -> None:
    """A分别 list gives all levels, then all growth rates; each rate goes to its own indicator."""
    told = [
        fact("资产总额", "level", "6284.5", unit="亿元", sentence=1),
        fact("营业收入", "level", "742.6", unit="亿元", sentence=1),
        fact("资产总额", "change", "11.4", sentence=1),
        fact("营业收入", "change", "19.7", sentence=1),
    ]
    assert [[f.value for f in h.facts] for h in highlights(told, {})] == [
        ["6284.5", "11.4"],
        ["742.6", "19.7"],
    ]


def names(told: list[Fact], home: str = "") -> list[str]:
    """The leading indicators, best first."""
    return [h.lead.indicator for h in highlights(told, LEXICON, home)]


def test_outcomes_lead_and_counts_of_meetings_and_papers_come_last() -> None:
    """A rate and a sum of money say more than how often one met or what one wrote."""
    told = [
        fact("专题会", "level", "6", unit="次", sentence=1, rule="counted"),
        fact("编发《动态》", "level", "3", unit="期", sentence=2),
        fact("制定配套制度", "level", "97", unit="项", sentence=3),
        fact("办结率", "rate", "98", sentence=4),
        fact("发放补贴", "level", "1460", unit="万元", sentence=5),
    ]
    assert names(told) == ["发放补贴", "办结率", "编发《动态》", "制定配套制度", "专题会"]


def test_meetings_that_are_compared_are_no_mere_process() -> None:
    """A growth makes a count an outcome."""
    told = [
        fact("走访企业", "level", "5", unit="次", sentence=1),
        fact("受理建议", "level", "9", unit="件", sentence=2),
        fact("受理建议", "delta", "4", unit="件", sentence=2),
    ]
    assert names(told) == ["受理建议", "走访企业"]


def test_a_headline_said_again_waits_behind_everything_said_once() -> None:
    """The second value of an indicator is mostly a part's: it must not stand beside the whole's."""
    told = [
        fact(
            "固定资产投资", "level", "80", unit="亿元", sentence=1, canonical="固定资产投资", scope="东港新区"
        ),
        fact("固定资产投资", "change", "4", sentence=2, canonical="固定资产投资", scope="全市"),
        fact("走访企业", "level", "400", unit="家", sentence=3),
    ]
    found = highlights(told, LEXICON)
    assert [h.lead.value for h in found] == ["4", "400", "80"]
    assert "again" in found[2].reasons


def test_a_part_of_the_place_makes_no_headline_but_the_place_itself_does() -> None:
    """投资 of the enterprises stands behind the place's; a scope that is the document's own place is the whole."""
    part = fact("固定资产投资", "change", "9", sentence=1, canonical="固定资产投资", scope="市属企业")
    own = fact("生产总值", "change", "5", sentence=2, canonical="地区生产总值", scope="临澜市")
    found = highlights([part, own], LEXICON, "临澜市")
    assert [("headline" in h.reasons) for h in found] == [True, False]


def test_what_stands_under_an_areas_heading_is_the_areas() -> None:
    """A number that does not say whose it is, under the heading of a zone, is not the city's."""
    zone = fact("进出口额", "change", "48", sentence=1, path=("3.综合保税区建设加快",))
    city = fact("进出口额", "level", "12", sentence=2)
    assert "of_an_area" in highlights([zone], LEXICON)[0].reasons
    assert "of_an_area" not in highlights([city], LEXICON)[0].reasons


def test_a_small_count_makes_no_headline() -> None:
    """Twelve projects of a headline kind may be anybody's; a sum of money is the place's."""
    few = fact("固定资产投资", "level", "12", unit="个", sentence=1, canonical="固定资产投资")
    money = fact("固定资产投资", "level", "12", unit="亿元", sentence=2, canonical="固定资产投资")
    assert "headline" not in highlights([few], LEXICON)[0].reasons
    assert "headline" in highlights([money], LEXICON)[0].reasons


def test_a_short_unknown_name_says_nothing_alone() -> None:
    """支持资金 of what? A scope answers that, and so does the lexicon."""
    alone = fact("支持资金", "level", "7900", unit="万元", sentence=1)
    whose = fact("销售总额", "level", "68", unit="亿元", sentence=2, scope="全市")
    known = fact("生产总值", "level", "68", unit="亿元", sentence=3, canonical="地区生产总值")
    found = {h.lead.indicator: h.reasons for h in highlights([alone, whose, known], LEXICON)}
    assert [name for name, reasons in found.items() if "vague" in reasons] == ["支持资金"]
