"""The constructions of the design, each in sentences of our own, and each again in other clothes."""

import pytest
from extract_cases import check, facts_of

CASES = {
    # one head, ranks, growths and distances
    "上半年,全市生产总值实现812.6亿元,居全省第6位,同类城市第2位;同比增长6.1%,增速分别高于全国、全省0.8、0.5个百分点;两年平均增长5.7%,高于全国0.6个百分点。": """
        level 812.6 亿元 生产总值
        rank 6 位 生产总值 全省
        rank 2 位 生产总值 同类城市
        change 6.1 % 生产总值 yoy
        gap 0.8 个百分点 生产总值增速 全国
        gap 0.5 个百分点 生产总值增速 全省
        change 5.7 % 生产总值 avg2y
        gap 0.6 个百分点 生产总值增速 全国""",
    # a list of values without 分别, joined by 和
    "固定资产投资增长6.4%,较一季度回落0.7个百分点,低于全国、全省1.1和0.4个百分点。": """
        change 6.4 % 固定资产投资 yoy
        delta -0.7 个百分点 固定资产投资增速 qoq
        gap -1.1 个百分点 固定资产投资增速 全国
        gap -0.4 个百分点 固定资产投资增速 全省""",
    # two heads interleaved: the share and what it is a share of
    "高技术产业投资占比31.2%,增长18.6%,同比提高4个百分点。": """
        rate 31.2 % 高技术产业投资占比
        change 18.6 % 高技术产业投资 yoy
        delta 4 个百分点 高技术产业投资占比 yoy""",
    # subjects with their own numbers, two 分别 in a row
    "16个港航项目、42个临港项目开工率分别达到87.5%、90.5%,分别完成年度投资计划的61%、66%。": """
        level 16 个 港航项目
        level 42 个 临港项目
        rate 87.5 % 港航项目开工率
        rate 90.5 % 临港项目开工率
        completion 61 % 港航项目年度投资计划 plan
        completion 66 % 临港项目年度投资计划 plan""",
    # 分别 points back over clauses
    "截至9月末,市属企业资产总额4120亿元,营业收入386亿元,利润总额21.5亿元,分别同比增长8.2%、12.6%、-3.1%。": """
        level 4120 亿元 资产总额
        level 386 亿元 营业收入
        level 21.5 亿元 利润总额
        change 8.2 % 资产总额 yoy
        change 12.6 % 营业收入 yoy
        change -3.1 % 利润总额 yoy""",
    # targets of a plan period, against the end of the one before
    "“十四五”末水务总资产、营业收入预期目标分别为900亿元、120亿元,分别比“十三五”末增长50%、60%。": """
        level 900 亿元 总资产
        level 120 亿元 营业收入
        change 50 % 总资产 other
        change 60 % 营业收入 other""",
    # a modifier with a number before the count
    "排定了总投资860多亿元的74个重点项目,1-9月,累计完成投资215亿元,占年度计划投资的78.4%。": """
        level 860 亿元 重点项目总投资
        level 74 个 重点项目
        level 215 亿元 完成投资
        completion 78.4 % 完成投资年度计划投资 plan""",
    # an absolute change between two levels
    "新签约项目58个,同比增加13个,总投资额326亿元,增加41亿元,增幅14.4%。其中,外资项目9个,投资金额5.2亿美元;引进5亿元和5000万美元以上项目11个。": """
        level 58 个 新签约项目
        delta 13 个 新签约项目 yoy
        level 326 亿元 新签约项目总投资额
        delta 41 亿元 新签约项目总投资额 yoy
        change 14.4 % 新签约项目总投资额 yoy
        level 9 个 外资项目
        level 5.2 亿美元 外资项目投资金额
        level 11 个 5亿元和5000万美元以上项目""",
    # the scope changes, the indicator is left out
    "一季度全省GDP增长4.1%,云浦市增长4.6%,临江区下降0.3%。": """
        change 4.1 % GDP yoy
        change 4.6 % GDP yoy
        change -0.3 % GDP yoy""",
    # 较年初 holds for the growth after it; a rate's change
    "存款余额806.3亿元,较年初新增62.1亿元,增长8.35%;贷款余额690.5亿元,比年初增加71.2亿元,增长11.5%,比去年同期提升1.9个百分点。存贷比85.64%,新增存贷比114.65%,比去年同期分别提升2.4、9.1个百分点。": """
        level 806.3 亿元 存款余额
        delta 62.1 亿元 存款余额 ytd
        change 8.35 % 存款余额 ytd
        level 690.5 亿元 贷款余额
        delta 71.2 亿元 贷款余额 ytd
        change 11.5 % 贷款余额 ytd
        delta 1.9 个百分点 贷款余额增速 yoy
        rate 85.64 % 存贷比
        rate 114.65 % 新增存贷比
        delta 2.4 个百分点 存贷比 yoy
        delta 9.1 个百分点 新增存贷比 yoy""",
    # one value in two mentions
    "实际到账外资1亿3500万美元,完成全年任务的45%。": """
        level 1.35 亿美元 实际到账外资
        completion 45 % 实际到账外资 plan""",
    # 与…相比, N倍, 恢复至
    "港城夜市营业额230万元,与5月同期相比增长近2倍,恢复至疫情前的95%。": """
        level 230 万元 港城夜市营业额
        change 2 倍 港城夜市营业额 other
        rate 95 % 港城夜市营业额恢复至疫情前""",
    # a comparator given as a level
    "银行不良贷款率1.35%,低于1.62%的全省平均水平,比2022年末降低0.21个百分点。": """
        rate 1.35 % 银行不良贷款率
        rate 1.62 % 银行不良贷款率
        delta -0.21 个百分点 银行不良贷款率 other""",
    # 三项 and a list of shares, without names
    "共立案4起,涉及人数52人,涉及金额630万元,三项数值在全省占比降至3.1%、1.8%和0.6%。": """
        level 4 起 立案
        level 52 人 涉及人数
        level 630 万元 涉及金额
        rate 3.1 % 立案在全省占比
        rate 1.8 % 涉及人数在全省占比
        rate 0.6 % 涉及金额在全省占比""",
    # contribution to growth, and a bare 拉动
    "机电产品出口增长21.5%,拉动全市出口增长9.6个百分点。": """
        change 21.5 % 机电产品出口 yoy
        delta 9.6 个百分点 拉动全市出口 yoy""",
    # ranks going up
    "水产品加工产值由全省第9位跃升至第4位,综合考核进位3个名次。": """
        rank 9 位 水产品加工产值 全省
        rank 4 位 水产品加工产值 全省
        delta 3 个名次 综合考核 yoy""",
    # distribution with a suffix and a prefix
    "限上批发业、零售业、餐饮业销售额分别增长12.1%、9.4%、15%。": """
        change 12.1 % 限上批发业销售额 yoy
        change 9.4 % 限上零售业销售额 yoy
        change 15 % 限上餐饮业销售额 yoy""",
    "对韩国、越南等传统市场进出口分别增长6.2%和18.4%。": """
        change 6.2 % 对韩国进出口 yoy
        change 18.4 % 对越南进出口 yoy""",
    "职工养老、失业和工伤保险参保人数分别达到31.2万人、22.6万人和24.8万人。": """
        level 31.2 万人 职工养老保险参保人数
        level 22.6 万人 职工失业保险参保人数
        level 24.8 万人 职工工伤保险参保人数""",
    # a range, a shared magnitude, a hedge on either side
    "校区建成后可容纳学生6000-8000人,图书馆藏书近20万余册。": """
        level 6000 人 可容纳学生
        level 20 万册 图书馆藏书""",
}


@pytest.mark.parametrize("sentence", CASES, ids=lambda s: s[:12])
def test_construction(sentence: str) -> None:
    """Each construction gives exactly the facts of its table."""
    check(sentence, CASES[sentence])


@pytest.mark.parametrize("sentence", CASES, ids=lambda s: s[:12])
def test_full_width_punctuation_and_digits_change_nothing(sentence: str) -> None:
    """Full-width commas, digits and percent signs give the same facts."""
    wide = sentence.translate(
        {**{ord(str(d)): 0xFF10 + d for d in range(10)}, ord(","): "，", ord("%"): "％", ord(";"): "；"}
    )

    def told(text: str) -> list[tuple[str, str, str | None]]:
        return [(f.kind, f.value, f.unit) for f in facts_of(text)]

    assert told(wide) == told(sentence)


def test_a_range_keeps_both_ends() -> None:
    """The upper end of a range stands beside the lower."""
    (fact,) = facts_of("容纳学生6000-8000人。")
    assert (fact.value, fact.value_high, fact.surface) == ("6000", "8000", "6000-8000人")


def test_hedges_are_kept() -> None:
    """The word that makes a number inexact is kept, and is no part of the unit."""
    found = [(f.hedge, f.unit) for f in facts_of("新增用户约3万户,惠及2万余人,投资超过6亿元,产能达90%以上。")]
    assert found == [("约", "万户"), ("余", "万人"), ("超过", "亿元"), ("以上", "%")]
