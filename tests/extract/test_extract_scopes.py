"""Whose number it is: places, bodies, villages and works that stand as subjects, and how long each holds."""

import pytest
from extract_cases import facts_of, same_name

CASES: dict[str, list[tuple[str, str | None]]] = {
    "全市社会消费品零售总额612.4亿元。": [("社会消费品零售总额", "全市")],
    "全社会用电量56.2亿千瓦时。": [("全社会用电量", None)],
    "城投集团完成投资21.3亿元，轨道集团完成投资36.4亿元，同比增长12%。": [
        ("完成投资", "城投集团"),
        ("完成投资", "轨道集团"),
        ("完成投资", "轨道集团"),
    ],
    "市属企业资产总额3200亿元，营业收入560亿元，分别增长8%、6%。": [
        ("资产总额", "市属企业"),
        ("营业收入", "市属企业"),
        ("资产总额", "市属企业"),
        ("营业收入", "市属企业"),
    ],
    "东港国际商贸城建成联网交易平台，实现出口超过30亿元。": [("出口", "东港国际商贸城")],
    "江北农商行贷款余额53亿元。全市贷款余额860亿元。": [("贷款余额", "江北农商行"), ("贷款余额", "全市")],
    "临江银行和江北农商行累计发放贷款3.2亿元。": [("发放贷款", "临江银行")],
    "市财政局累计拨付资金3.2亿元，市工信局帮助企业融资5.1亿元。": [
        ("拨付资金", "市财政局"),
        ("帮助企业融资", "市工信局"),
    ],
    "柳河村集体收入达到56万元，杨家庄村发行专项债1.2亿元。": [
        ("集体收入", "柳河村"),
        ("发行专项债", "杨家庄村"),
    ],
    "高新片区新签约项目12个，总投资36亿元。": [
        ("新签约项目", "高新片区"),
        ("新签约项目总投资", "高新片区"),
    ],
    "水务集团为全市120万户居民供水，累计供水1.2亿立方米。": [
        ("居民", "全市"),
        ("供水", "水务集团"),
    ],
    "组织活动吸引全省300家企业参展。": [("企业参展", "全省")],
    "开发区在全省综合考核中跃升17位，亩均税收提高到18.6万元。": [
        ("综合考核", "开发区"),
        ("亩均税收", "开发区"),
    ],
    "新增上市公司3家，上市公司总市值860亿元。": [("新增上市公司", None), ("上市公司总市值", None)],
    "新增省级技术中心5家，建成美丽乡村12个。": [("新增省级技术中心", None), ("建成美丽乡村", None)],
    "220个市级重点项目开工率达到99%。": [("市级重点项目", None), ("市级重点项目开工率", None)],
    "商业银行不良贷款率1.2%。": [("商业银行不良贷款率", None)],
    "实验小学新增学位1200个。": [("新增学位", "实验小学")],
}


@pytest.mark.parametrize("sentence", CASES, ids=[s[:10] for s in CASES])
def test_the_scope_is_the_one_that_is_said(sentence: str) -> None:
    """A subject is the scope of its own numbers and of no other's, and is left out of their names."""
    found = facts_of(sentence)
    assert len(found) == len(CASES[sentence]), [f.surface for f in found]
    for fact, (name, scope) in zip(found, CASES[sentence], strict=True):
        assert same_name(name, fact.indicator), fact.indicator
        assert (fact.scope == scope) or (scope is not None and fact.scope is not None and scope in fact.scope)


def test_a_subject_of_a_clause_without_numbers_holds_for_the_sentence() -> None:
    """The body named first is whose the numbers after the comma are, up to the full stop."""
    first, second = facts_of("惠民集团深耕城区市场，自营店发展到41处。门店面积12万平方米。")
    assert (first.scope, second.scope) == ("惠民集团", None)


def test_a_body_is_no_subject_where_it_is_counted() -> None:
    """Right before its number it is the thing counted."""
    (fact,) = facts_of("引进外资银行3家。")
    assert fact.scope is None
