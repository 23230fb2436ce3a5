"""Chinese numerals: what they measure, and the names in which they measure nothing."""

import pytest
from extract_cases import facts_of

from briefings.extract.numerals import number

MEASURED = {
    "组建十支队伍。": ("level", "10", "支", None, "十支"),
    "清理近百条街巷。": ("level", "100", "条", "近", "近百条"),
    "上百家企业参会。": ("level", "100", "家", "上", "上百家"),
    "选派二十余名干部。": ("level", "20", "名", "余", "二十余名"),
    "新建三所学校。": ("level", "3", "所", None, "三所"),
    "兑现资金三千万元。": ("level", "3000", "万元", None, "三千万元"),
    "民生支出占八成以上。": ("rate", "8", "成", "以上", "八成以上"),
    "服务业贡献率超六成。": ("rate", "6", "成", "超", "超六成"),
    "审批时间压缩一半。": ("change", "-50", "%", None, "一半"),
    "收费标准降低百分之五点三。": ("change", "-5.3", "%", None, "百分之五点三"),
    "研发投入翻一番。": ("change", "1", "倍", None, "翻一番"),
    "用电量翻两番。": ("change", "3", "倍", None, "翻两番"),
    "出口增长一倍。": ("change", "1", "倍", None, "一倍"),
}
NAMES = (
    "坚持三农优先，四上企业稳定，落实“十四五”规划和一带一路倡议。",
    "一是强化统筹，二是抓好落实；（三）推进改革。",
    "做好六稳六保，打好三大攻坚战，办好十件实事，实施八大行动。",
    "保持两位数增长，进入百强县，迎接二十大，第十三届会议召开。",
    "千家万户受益，百日攻坚，三中全会，五一假期，十里长街。",
)


@pytest.mark.parametrize("sentence", MEASURED)
def test_a_measured_numeral_is_a_flagged_fact(sentence: str) -> None:
    """Its value is in figures, its span covers the words, and the flag says how it was read."""
    (fact,) = facts_of(sentence)
    assert (fact.kind, fact.value, fact.unit, fact.hedge, fact.surface) == MEASURED[sentence]
    assert "chinese_numeral" in fact.flags


@pytest.mark.parametrize("sentence", NAMES)
def test_a_numeral_in_a_name_is_none(sentence: str) -> None:
    """Names, list items, ordinals and slogans measure nothing."""
    assert facts_of(sentence) == ()


@pytest.mark.parametrize(
    ("words", "value"), [("十", 10), ("十五", 15), ("二十", 20), ("三百零六", 306), ("一万两千", 12000), ("三亿五千万", 350_000_000)]
)  # fmt: skip
def test_the_value_of_a_numeral(words: str, value: int) -> None:
    """Tens, hundreds, and the great steps of ten thousand."""
    assert number(words) == value
