"""Sentences as they are said at press conferences and written in monthly releases and reports."""

import pytest
from extract_cases import check, facts_of, findings_of

from briefings.extract.lexer import lex, settle
from briefings.extract.watch import Masked

CASES = {
    "用气量增长6%，总量和增速在全市7个县当中分别排第3位和第2位。": """
        change 6 % 用气量 yoy
        level 7 个 县
        rank 3 位 用气量总量
        rank 2 位 用气量增速""",
    "旅游收入31亿元，居42个县（市）第8位。": """
        level 31 亿元 旅游收入
        level 42 个 县
        rank 8 位 旅游收入""",
    "综合得分居全省13个市第6位。": """
        level 13 个 市
        rank 6 位 综合得分""",
    "规上纺织业增加值增长5%，比一季度快1.4个百分点，比去年低0.6个百分点。": """
        change 5 % 规上纺织业增加值 yoy
        delta 1.4 个百分点 规上纺织业增加值增速 qoq
        delta -0.6 个百分点 规上纺织业增加值增速 yoy""",
    "签发率达76%，这个比例比去年底提高了将近7个百分点。": """
        rate 76 % 签发率
        delta 7 个百分点 签发率""",
    "应届毕业生有2.1万人，比去年多了1700来人。": """
        level 2.1 万人 应届毕业生
        delta 1700 人 应届毕业生 yoy""",
    "工业用水量呢，5月份当月增长4%，不过4月份还是下降2%。": """
        change 4 % 工业用水量 yoy
        change -2 % 工业用水量 yoy""",
    "新设个体户9300户，日均51户。": """
        level 9300 户 新设个体户
        level 51 户 新设个体户日均""",
    "96个技改项目已经开工71个，开工率74%。": """
        level 96 个 技改项目
        level 71 个 技改项目开工
        rate 74 % 技改项目开工率""",
    "33个行业中有21个产值保持增长。": """
        level 33 个 行业
        level 21 个 行业产值保持增长""",
    "参会商户3300家（次）。": "level 3300 家 参会商户",
    "地方税收收入44亿元，增长2%；当月完成9亿元，增长1%。": """
        level 44 亿元 地方税收收入
        change 2 % 地方税收收入 yoy
        level 9 亿元 地方税收收入
        change 1 % 地方税收收入 yoy""",
    "出厂价格下降1.2%，购进价格下降1.7%，降幅分别比上月收窄0.9和0.5个百分点。": """
        change -1.2 % 出厂价格 yoy
        change -1.7 % 购进价格 yoy
        delta 0.9 个百分点 出厂价格降幅 qoq
        delta 0.5 个百分点 购进价格降幅 qoq""",
    "投资增长3%，增速连续8个月保持全省前4位。": """
        change 3 % 投资 yoy
        rank 4 位 投资增速""",
    "全市外贸出口增长6%，增速居全省第三位。": """
        change 6 % 外贸出口 yoy
        rank 3 位 外贸出口增速""",
    "三成企业扩大了生产，一半以上的农户参加了保险。": """
        rate 3 成 企业扩大了生产
        rate 50 % 农户参加了保险""",
    "城镇居民收入增长4%，农村居民收入增长6.5%，两者相差2.5个百分点。": """
        change 4 % 城镇居民收入 yoy
        change 6.5 % 农村居民收入 yoy
        gap -2.5 个百分点 城镇居民收入增速""",
    "优质幼儿园比例达到83%。": "rate 83 % 优质幼儿园比例",
    "盲盒客单价在85元左右。": "level 85 元 盲盒客单价",
    "城乡居民收入比值为2.3，比上年缩小0.1。": """
        rate 2.3 - 城乡居民收入比值
        delta -0.1 - 城乡居民收入比值 yoy""",
}


@pytest.mark.parametrize("sentence", CASES)
def test_the_facts_of_a_spoken_sentence(sentence: str) -> None:
    """Each sentence gives its facts, all of them and no others."""
    check(sentence, CASES[sentence])


def test_a_difference_that_does_not_add_up_is_no_fact() -> None:
    """相差 is told only of the two numbers whose difference it is."""
    kinds = [fact.kind for fact in facts_of("甲指数占比40%，乙占比31%，两者相差5个百分点。")]
    assert "gap" not in kinds


@pytest.mark.parametrize(
    ("words", "period"),
    [("六月末", "2024-06-30"), ("一至五月份，", "2024-M01..M05"), ("十一月份，", "2024-M11")],
)
def test_months_written_in_chinese(words: str, period: str) -> None:
    """A month in Chinese numerals sets the period as one in digits does."""
    assert facts_of(f"{words}储蓄余额32亿元。")[0].period == period


def test_this_month_of_a_release_over_months() -> None:
    """当月 in a release on 1—8月 is August; after a month of its own it is that month."""
    first, month = facts_of("1—8月，税收收入90亿元；当月完成11亿元。", period="2024-M01..M08")
    assert (first.period, month.period) == ("2024-M01..M08", "2024-M08")
    assert facts_of("6月份当月用电量7亿千瓦时。", period="2024-M01..M08")[0].period == "2024-M06"


def test_the_ends_of_a_span_of_years() -> None:
    """由…提高到… in a review of five years: the year before it, and its last."""
    before, now = facts_of("五年来，城镇化率由51%提高到58%。")
    assert (before.period, now.period) == ("2019", "2024")
    gained = facts_of("城镇化率达到58%，五年提高7个百分点。")[1]
    assert (gained.indicator, gained.basis) == ("城镇化率", "other")


def test_a_time_of_the_day_is_no_count_and_no_period() -> None:
    """8时30分 gives nothing and leaves the period as it was."""
    (fact,) = facts_of("8时30分，最大负荷达到88万千瓦。")
    assert (fact.value, fact.period) == ("88", None)


def test_codes_and_hotlines_are_masked() -> None:
    """A mode's code and a hotline's number are parts of names."""
    masked: list[Masked] = []
    text = settle("推广9710、9810出口模式，拨打12388举报热线，96666便民热线接听3200次。")
    lex(text, masked)
    assert [text[m.start : m.end] for m in masked] == ["9710、9810", "96666"]
    assert [fact.value for fact in findings_of(text).facts] == ["3200"]
