"""Budgets: verbs of revenue and expenditure, the two sides of a fund, asides that keep what they are said of."""

import pytest
from extract_cases import check, facts_of

CASES = {
    "全市地方级税收完成63.8亿元，为预算的101.9%，超收1.2亿元，比上年增长4.7%。": """
        level 63.8 亿元 税收
        completion 101.9 % 税收
        level 1.2 亿元 税收超收
        change 4.7 % 税收 yoy""",
    "资源税5.4亿元，同比减收0.3亿元；印花税1.1亿元，较年初预算短收900万元。": """
        level 5.4 亿元 资源税
        delta -0.3 亿元 资源税 yoy
        level 1.1 亿元 印花税
        gap -900 万元 印花税 年初预算""",
    "教育支出41亿元，较上年增支2.6亿元，超预算0.8亿元。": """
        level 41 亿元 教育支出
        delta 2.6 亿元 教育支出 yoy
        gap 0.8 亿元 教育支出 预算""",
    "彩票公益金收入2.3亿元，为预算的110%，增长6%；支出1.9亿元，为调整预算的88%，下降2%。": """
        level 2.3 亿元 彩票公益金收入
        completion 110 % 彩票公益金收入
        change 6 % 彩票公益金收入 yoy
        level 1.9 亿元 彩票公益金支出
        completion 88 % 彩票公益金支出
        change -2 % 彩票公益金支出 yoy""",
    "人均可支配收入38200元，增长5.1%，按平均汇率折算为5400美元。": """
        level 38200 元 人均可支配收入
        change 5.1 % 人均可支配收入 yoy
        level 5400 美元 人均可支配收入""",
    "货物进出口310亿元，折合44.2亿美元，增长7%。": """
        level 310 亿元 货物进出口
        level 44.2 亿美元 货物进出口
        change 7 % 货物进出口 yoy""",
    "工业用电量同比增长3.1%；从环比看，经季节调整后增长0.6%。": """
        change 3.1 % 工业用电量 yoy
        change 0.6 % 工业用电量 qoq""",
    "村级补助标准提高到9万元；培训费从严从紧，下降11%。": """
        level 9 万元 村级补助标准
        change -11 % 培训费 yoy""",
    "检查覆盖52个项目，涉及资金7.7亿元，分别是上年的1.3倍和2.1倍。": """
        level 52 个 项目
        level 7.7 亿元 涉及资金
        rate 1.3 倍 项目
        rate 2.1 倍 涉及资金""",
    "新增限上商户47家，其中19家由个体工商户转来。": """
        level 47 家 新增限上商户
        level 19 家 由个体工商户转来商户""",
    "失业保险基金可支付月数达到14.5个月。": "level 14.5 个月 可支付月数",
}


@pytest.mark.parametrize("sentence", CASES)
def test_the_sentence_gives_its_facts(sentence: str) -> None:
    """Each sentence gives exactly the facts that stand in it."""
    check(sentence, CASES[sentence])


def test_a_name_never_begins_with_what_something_is_compared_with() -> None:
    """A verb the grammar does not know after 同比 gives no name that begins with 同比."""
    found = facts_of("全县机关运行经费2.2亿元，同比节俭0.1亿元，较上年紧缩0.2亿元。")
    assert [fact.indicator for fact in found][:1] == ["机关运行经费"]
    assert not any(fact.indicator.startswith(("同比", "较", "比上年")) for fact in found)


def test_what_something_rises_from_is_there_already() -> None:
    """In a section of plans the old value of 由…提高到… is actual, the new one a target."""
    found = facts_of("护林员补贴由每人每月600元提高到700元。", role="plan")
    assert [fact.status for fact in found] == ["actual", "target"]


def test_bodies_remarked_on_are_whose_figures_follow() -> None:
    """市属企业整体扭亏 says whose profit comes next, and 而上年为 of which year the other is."""
    found = facts_of("县属国企整体扭亏，实现利润1.8亿元，而上年为亏损0.7亿元。")
    assert [fact.scope for fact in found] == ["县属国企", "县属国企"]
    assert [fact.period for fact in found] == [None, "2023"]


def test_a_level_of_government_holds_for_its_sentence() -> None:
    """县级收入 speaks of the counties, the sentence after it of the whole again."""
    found = facts_of("全市财政收入90亿元。分级次看，市本级收入30亿元；县级收入60亿元，增长2%。增值税21亿元。")
    assert [fact.scope for fact in found] == ["全市", "市本级", "县级", "县级", "全市"]


def test_several_years_are_measured_against_their_beginning() -> None:
    """Under 过去五年 a growth that says no basis is none of one year."""
    found = facts_of("过去五年，村卫生室标准化率提高8.4个百分点。")
    assert [fact.basis for fact in found] == ["other"]


def test_a_month_holds_for_its_paragraph() -> None:
    """In a monthly release the sentences after 9月份，… speak of September."""
    found = facts_of("9月份，零售额210亿元。按地区分，城镇180亿元。", period="2024-M01..M09")
    assert [fact.period for fact in found] == ["2024-M09", "2024-M09"]
