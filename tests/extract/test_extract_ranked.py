"""Bulletins that rank places: whose number each one is, and of what."""

import pytest
from extract_cases import check, facts_of

CASES = {
    "工业用电量增速居前三位的是松陵区、白渡县、盐关区，分别为11.2%、9.8%、8.7%。": """
        change 11.2 % 工业用电量增速
        change 9.8 % 工业用电量增速
        change 8.7 % 工业用电量增速""",
    "税收收入由高到低依次为：松陵区31亿元、盐关区26亿元。": """
        level 31 亿元 税收收入
        level 26 亿元 税收收入""",
    "粮食产量：松陵区增长2.4%，居第1位；铁岭山区下降1.1%，居第6位。": """
        change 2.4 % 粮食产量 yoy
        rank 1 位 粮食产量
        change -1.1 % 粮食产量 yoy
        rank 6 位 粮食产量""",
    "全市完成技改投资80亿元。松陵区、白渡县分别完成19亿元、14亿元，分列第1、2位。": """
        level 80 亿元 技改投资
        level 19 亿元 技改投资
        level 14 亿元 技改投资
        rank 1 位 技改投资
        rank 2 位 技改投资""",
    "民间投资增速最高的松陵区为15.6%，最低的白渡县为-2.3%。": """
        change 15.6 % 民间投资增速
        change -2.3 % 民间投资增速""",
    "综合指数前三名是白渡县（3.11）、松陵区（3.42）。": """
        level 3.11 - 综合指数
        level 3.42 - 综合指数""",
    "外贸进出口，松陵区120亿元，总量和增速分别居全市第1位和第4位。": """
        level 120 亿元 外贸进出口
        rank 1 位 外贸进出口总量 全市
        rank 4 位 外贸进出口增速 全市""",
    "税收收入增长4%。增速高于全市平均的有3个区县，松陵区增长6%。": """
        change 4 % 税收收入 yoy
        level 3 个 增速高于全市平均的区县
        change 6 % 税收收入 yoy""",
    "民间投资增长5%。增速高于全市平均的有3个区县，前三位依次是松陵区（9.4%）、白渡县（8.1%）和盐关区（7.7%）。": """
        change 5 % 民间投资 yoy
        level 3 个 增速高于全市平均的区县
        change 9.4 % 民间投资
        change 8.1 % 民间投资
        change 7.7 % 民间投资""",
    "综合得分，松陵区以96.5分位居第1，比第2名盐关区高出1.2分，比第3名白渡县多3分。": """
        level 96.5 分 综合得分
        rank 1 - 综合得分
        rank 2 名 综合得分
        gap 1.2 分 综合得分 盐关区
        rank 3 名 综合得分
        gap 3 分 综合得分 白渡县""",
    "税收入库完成率，松陵区、盐关区分别为104.2%、97.1%，白渡县仅为70.4%。": """
        completion 104.2 % 税收入库完成率 plan
        completion 97.1 % 税收入库完成率 plan
        completion 70.4 % 税收入库完成率 plan""",
    "过亿元企业的区县有4个，比上年同期增加1个。": """
        level 4 个 过亿元企业的区县
        delta 1 个 过亿元企业的区县 yoy""",
    "全市新开工亿元项目100个，其中松陵区31个、盐关区20个，两地合计占全市的51%。": """
        level 100 个 新开工亿元项目
        level 31 个 新开工亿元项目
        level 20 个 新开工亿元项目
        rate 51 % 新开工亿元项目占全市""",
    "全市技改投资增长6.3%。各县区增速排名：1.松陵区12.5%；2.白渡县8.3%；3.铁岭县-2.1%。": """
        change 6.3 % 技改投资 yoy
        change 12.5 % 技改投资
        change 8.3 % 技改投资
        change -2.1 % 技改投资""",
    "空气质量综合指数排名后3位的是盐关区（4.32）、铁岭县（4.55）。": """
        level 4.32 - 空气质量综合指数
        level 4.55 - 空气质量综合指数""",
    "细颗粒物平均浓度由低到高前两位分别为松陵区（28微克/立方米）和白渡县（30微克/立方米）。": """
        level 28 微克/立方米 细颗粒物平均浓度
        level 30 微克/立方米 细颗粒物平均浓度""",
    "农民人均可支配收入松陵区最高，为23150元；铁岭县最低，为18380元，相差4770元。": """
        level 23150 元 农民人均可支配收入
        level 18380 元 农民人均可支配收入
        gap 4770 元 农民人均可支配收入 铁岭县""",
    "税收超十亿元的县区有2个，分别是松陵区（23.4亿元）、白渡县（11.2亿元）。": """
        level 2 个 税收超十亿元的县区
        level 23.4 亿元 税收
        level 11.2 亿元 税收""",
    "松陵区、白渡县各上升1位，盐关区下降2位。": """
        delta 1 位 位次 yoy
        delta -2 位 位次 yoy""",
    "白渡县、盐关区得分为97.2、96.8。": """
        level 97.2 - 得分
        level 96.8 - 得分""",
    "税收收入完成年度任务的31%，低于序时进度2.5个百分点，排名倒数第2。": """
        completion 31 % 税收收入
        gap -2.5 个百分点 税收收入完成率 序时进度
        rank 2 - 税收收入""",
}


@pytest.mark.parametrize("sentence", CASES)
def test_the_bulletin_gives_its_facts(sentence: str) -> None:
    """Each sentence gives exactly the facts that stand in it."""
    check(sentence, CASES[sentence])


@pytest.mark.parametrize(
    ("sentence", "scopes"),
    [
        ("游客量增速前两位的是松陵区和白渡县，分别增长8%和7%。", ["松陵区", "白渡县"]),
        ("游客量增速，松陵区8%，铁岭山区7%。", ["松陵区", "铁岭山区"]),
        ("云溪镇、柳荫街道分别以97.1分、96.4分位列前两名。", ["云溪镇", "柳荫街道"]),
        ("游客量前两位为松陵区（8万人）、高新区（7万人）。", ["松陵区", "高新区"]),
        ("游客量120万人。增幅最高的是松陵区，增长9%；最低的是白渡县，增长1%。", [None, "松陵区", "白渡县"]),
    ],
)
def test_each_number_is_its_places(sentence: str, scopes: list[str | None]) -> None:
    """Numbers of a list go to the places of the list, one by one."""
    assert [fact.scope for fact in facts_of(sentence)] == scopes


def test_words_that_only_look_like_places_list_none() -> None:
    """城镇和农村 are no two places, nor are partners in trade."""
    found = facts_of("城镇和农村居民人均消费支出分别达到2.6万元和1.5万元。")
    assert [fact.indicator for fact in found] == ["城镇居民人均消费支出", "农村居民人均消费支出"]


def test_verbs_that_differ_share_one_distribution() -> None:
    """分别增长…和下降… goes back over as many amounts as there are verbs, and is flagged where the counts differ."""
    told = "实现营业收入92亿元、利润4亿元，同比分别增长6.1%和下降1.3%。"
    assert [(f.value, f.indicator) for f in facts_of(told)[2:]] == [("6.1", "营业收入"), ("-1.3", "利润")]
    wrong = facts_of("营业收入92亿元、利润4亿元，分别增长6.1%、下降1.3%和增长2%。")
    assert "distribution_unclear" in wrong[2].flags


def test_a_part_is_a_part_of_what_was_counted() -> None:
    """39个行业中有28个…, 7所完工: the counted noun, and what is said of the part."""
    assert facts_of("规上工业39个大类行业中有28个行业增长。")[0].indicator == "大类行业"
    assert [f.indicator for f in facts_of("计划新建、扩建卫生院11所，目前已有6所完工。")][
        1
    ] == "扩建卫生院完工"


def test_a_share_stays_a_share_for_the_next_place() -> None:
    """松陵区61%,…;白渡县52%: the second place has the same share, not the thing shared."""
    found = facts_of("税收占比前两位是松陵区61%，居第1位；白渡县52%，居第2位。")
    assert {fact.indicator for fact in found} == {"税收占比"}
