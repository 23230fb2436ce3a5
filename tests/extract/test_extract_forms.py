"""Further forms: lists that change their verb or unit, ratios that move, more and less of something, accounts, footnotes."""

import pytest
from extract_cases import check, facts_of

CASES = {
    "纺织、建材、食品三大行业分别增长16.1%、9.4%和下降3.0%。": """
        change 16.1 % 纺织行业 yoy
        change 9.4 % 建材行业 yoy
        change -3.0 % 食品行业 yoy""",
    "出口、进口分别增长1.2倍、35%。": """
        change 1.2 倍 出口 yoy
        change 35 % 进口 yoy""",
    "三次产业对经济增长的贡献率分别为8.6%、36.7%和54.7%。": """
        rate 8.6 % 第一产业对经济增长的贡献率
        rate 36.7 % 第二产业对经济增长的贡献率
        rate 54.7 % 第三产业对经济增长的贡献率""",
    "职工、居民住院政策范围内报销比例分别为85.4%和70.1%。": """
        rate 85.4 % 职工住院政策范围内报销比例
        rate 70.1 % 居民住院政策范围内报销比例""",
    "三次产业结构由13.8∶47.0∶39.2优化为10.9∶46.5∶42.6。": """
        rate 13.8 - 三次产业结构
        rate 47.0 - 三次产业结构
        rate 39.2 - 三次产业结构
        rate 10.9 - 三次产业结构
        rate 46.5 - 三次产业结构
        rate 42.6 - 三次产业结构""",
    "城乡居民收入比为2.13:1，比上年缩小0.03。": """
        rate 2.13 - 城乡居民收入比
        delta -0.03 - 城乡居民收入比 yoy""",
    "施工项目86个，同比多11个。": """
        level 86 个 施工项目
        delta 11 个 施工项目 yoy""",
    "追回资金2735万元，同比多追回411万元，比上年少支出30万元。": """
        level 2735 万元 追回资金
        delta 411 万元 追回资金 yoy
        delta -30 万元 追回资金 yoy""",
    "直接结算11.7万人次，是去年同期的2.1倍。": """
        level 11.7 万人次 直接结算
        rate 2.1 倍 直接结算""",
    "职工医保基金收入31.7亿元，支出27.5亿元，当期结余4.2亿元。": """
        level 31.7 亿元 职工医保基金收入
        level 27.5 亿元 职工医保基金支出
        level 4.2 亿元 职工医保基金当期结余""",
    "地区生产总值[2]318.46亿元，增长4.3%。": """
        level 318.46 亿元 地区生产总值
        change 4.3 % 地区生产总值 yoy""",
    "新开工项目42个、完工26个，完成投资65.3亿元。": """
        level 42 个 新开工项目
        level 26 个 完工项目
        level 65.3 亿元 新开工项目完成投资""",
    "年初计划开工项目200个，已开工171个。": """
        level 200 个 计划开工项目
        level 171 个 开工项目""",
    "零售额中，家电类增长14.6%，金银珠宝类由1-4月的增长2.7%转为下降1.3%。": """
        change 14.6 % 家电类零售额 yoy
        change 2.7 % 金银珠宝类零售额 yoy
        change -1.3 % 金银珠宝类零售额 yoy""",
    "在全省16个设区市中综合考核居第5位，较上年前移2位。": """
        level 16 个 设区市
        rank 5 位 综合考核 设区市
        delta 2 位 综合考核 yoy""",
    "在全国百强榜中的位次由第96位前移至第83位。": """
        rank 96 位 百强榜 百强榜
        rank 83 位 百强榜 百强榜""",
    "29个省级重大项目、220个市级重点项目开工率分别达到93.1%、99.1%，分别完成年度投资计划的77%、78%。": """
        level 29 个 省级重大项目
        level 220 个 市级重点项目
        rate 93.1 % 省级重大项目开工率
        rate 99.1 % 市级重点项目开工率
        completion 77 % 省级重大项目年度投资计划 plan
        completion 78 % 市级重点项目年度投资计划 plan""",
    "共签约52个项目，稳岗返还2100万元，现场签约30个。": """
        level 52 个 项目
        level 2100 万元 稳岗返还
        level 30 个 现场签约""",
    "贷款余额977亿元，较年初新增131亿元，其中住户贷款320亿元，增加42亿元。": """
        level 977 亿元 贷款余额
        delta 131 亿元 贷款余额 ytd
        level 320 亿元 住户贷款
        delta 42 亿元 住户贷款 ytd""",
    "公用经费标准提高到650元/人，开展检查3.2次/校。": """
        level 650 元/人 公用经费标准
        level 3.2 次/校 检查""",
    "听取12户国有企业年度工作报告，编制8条产业链发展行动计划。": """
        level 12 户 国有企业
        level 8 条 产业链""",
    "发现隐患3560处，整改3480处，整改率97.8%，立案32起。": """
        level 3560 处 发现隐患
        level 3480 处 整改隐患
        rate 97.8 % 发现隐患整改率
        level 32 起 立案""",
    "改造小区32个、涉及楼栋286栋、惠及居民8600户，目前已完成21个。": """
        level 32 个 改造小区
        level 286 栋 涉及楼栋
        level 8600 户 惠及居民
        level 21 个 改造小区""",
    "接待游客2365万人次，实现旅游收入218亿元，分别恢复到2019年的86.3%和79.5%。": """
        level 2365 万人次 接待游客
        level 218 亿元 旅游收入
        rate 86.3 % 接待游客恢复到2019年
        rate 79.5 % 旅游收入恢复到2019年""",
    "PM10、PM2.5平均浓度分别为68微克/立方米、36微克/立方米。": """
        level 68 微克/立方米 PM10平均浓度
        level 36 微克/立方米 PM2.5平均浓度""",
    "企业用气价格由每立方米3.2元降至2.9元。": """
        level 3.2 元 企业用气价格
        level 2.9 元 企业用气价格""",
    "药品平均降价53%，最高降幅96%。": """
        change -53 % 药品平均降价
        change -96 % 药品平均降价""",
}


@pytest.mark.parametrize("sentence", CASES, ids=[s[:10] for s in CASES])
def test_a_form_gives_its_facts(sentence: str) -> None:
    """Every number of the sentence, with what it measures."""
    check(sentence, CASES[sentence])


@pytest.mark.parametrize("sentence", CASES, ids=[s[:10] for s in CASES])
def test_a_form_may_be_written_wide(sentence: str) -> None:
    """Full-width figures and marks give the same values."""
    wide = sentence.translate({ord(c): chr(ord(c) + 0xFEE0) for c in "0123456789%:"})
    assert [(f.kind, f.value) for f in facts_of(wide)] == [(f.kind, f.value) for f in facts_of(sentence)]


def test_a_goal_that_is_named_is_a_target() -> None:
    """完成全年增长5.5%的目标: a change, and a target."""
    gap, goal = facts_of("一般公共预算收入增速低于全市2.3个百分点，完成全年增长5.5%的目标仍需加力。")
    assert (gap.kind, gap.status, goal.kind, goal.status) == ("gap", "actual", "change", "target")
