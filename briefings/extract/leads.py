"""What leads to a name and is no part of it: marks, times, linking words, places, light verbs."""

import re

from briefings.extract.periods import FIRST, TIME
from briefings.extract.words import any_of, cues, either, may

_PLACE = r"(?:(?:(?![全我本各共有新改拉推支引在和与及以为对到于由将的了各])[\u4e00-\u9fff]){2,3}(?:省|(?<!城)市|(?<![地社园景小牧灾山库校矿成范])区|(?<![困百强])县|州|(?<![红黄蓝锦国党军彩])旗)(?!社(?!会)|[场政委级直民域内外容区属长上化里际别供间园位名]))"
_TOWN = (
    r"(?:(?![全我本各共有新改拉推支引在和与及以为对到于由将的了])[\u4e00-\u9fff]){2,3}(?:(?<![城乡建村小重强名大集色])镇|街道|(?<![城下老家])乡)"
    rf"(?=(?:{any_of('measures', 'growth_nouns')}|得分|综合|总分|平均|满意|完成|增长|下降|同比|增速)|[仅以得]$)"
)
_SCOPE_LEAD = re.compile(
    rf"(?:{any_of('scopes')}(?!级|委|资委|社(?![会区保]))|(?:[市省区县]|乡镇?|乡?镇)级(?=一般公共预算|财政|税收|预算|收入|支出)|{_PLACE}|{_TOWN})(?:的)?"
)
_SCOPE_FIRST = frozenset({word[0] for word in cues("scopes")} | set("市省区县乡镇"))
_PLACE_LAST = frozenset("省市区县州旗镇乡街")
_LEADS = (
    "其中|同时|此外|另外|另有|特别是|尤其是|一方面|另一方面|比如|例如|据统计|据了解|今后|以及|并|且|而|但|则|至|于|对于|和|与|及"
    "|已经|已|也|还|又|仅|预计|力争|确保|年度内|年内|的|份|时期|末|底|以来|累计|共计|共(?![建同有享产青和富])|合计|我们|我[局委办]|总计|一共|总共|分别|先后|成功|陆续|率先|持续|全面|继续|进一步"
    "|不断|扎实|积极|深入|全力|目前|约|超过|达到|是|整个|了|各地|当地|大幅|不过"
    "|这个比例|这一比例|这个比率|这一比率|这个数字|这一数字|这个数据|这一数据|这个指标|这一指标|这个占比|这一占比|该比例|该占比|该指标|该数字"
)
_LEAD_LETTER = {
    "在": r"(?![校建岗读册园孵贫线编籍外]|.(?:高校|企|单位|院))", "从": "(?!业)", "到": "(?!账|位|期|岗)", "以": "(?![上下内外])",
    "如": "", "使": "(?!用)", "现": "(?![代货金场行])", "再": "(?!生|贷)", "近": "(?!海|郊|岸|视)", "均": "(?![衡价值])",
    "为": "(?!民|农|企)", "其": "(?!他|它|余)", "超": "(?!市|级|收|支|预)", "期间": "", "将": "(?!来|军|要)", "可": "(?![再支持燃比视穿用])",
    "对": r"(?!外|口|接|公|[^,，。;]{1,18}(?:进出口|出口|进口|贸易))",
}  # fmt: skip
"""Words of one character that lead to a name, each with what must not follow it."""
_MARKS = r"[\s、,，()。:;“”]*"
_LEAD_WORDS = re.compile(rf"{_MARKS}(?:(?=[{FIRST}])(?:{TIME})|{_LEADS})")
_LEAD_LETTERS = re.compile(
    _MARKS + "(?:" + "|".join(word + guard for word, guard in _LEAD_LETTER.items()) + ")"
)
_LEADING = frozenset(FIRST) | {word[0] for word in _LEADS.split("|")}
_LETTERS = frozenset(word[0] for word in _LEAD_LETTER)
_SPACE = re.compile(r"[\s、,，:()“”]+(?<!“)")
_LIGHT = "实现|完成|达到|拥有|获得|取得|现有|共有|已有|达成|形成|有|录得|落实好|落实|办好"
_LIGHT_FIRST = frozenset(word[0] for word in _LIGHT.split("|"))
_LIGHT_LEAD = re.compile(rf"{either(_LIGHT.split('|'))}(?![率度量额效色机限])(?:了)?")


def skip_leads(text: str, start: int, end: int) -> int:
    """``start`` moved right over marks, times and linking words."""
    while start < end and may(text[start], _LEADING):
        found = _SPACE.match(text, start, end) or _LEAD_WORDS.match(text, start, end)
        if found is None:
            return start
        start = found.end()
    return start


def lead(text: str, start: int, end: int) -> int | None:
    """The end of the marks, the time or the linking word at ``start``, or None."""
    letter = text[start]
    other = not "\u4e00" <= letter <= "\u9fff"
    found = None
    if other or letter in _LEADING:
        found = _SPACE.match(text, start, end) or _LEAD_WORDS.match(text, start, end)
    if found is None and (other or letter in _LETTERS):
        found = _LEAD_LETTERS.match(text, start, end)
    return found.end() if found else None


def scope_at(text: str, start: int, end: int) -> re.Match[str] | None:
    """The place or the level of government at ``start``, or None."""
    if text[start] not in _SCOPE_FIRST and _PLACE_LAST.isdisjoint(text[start + 2 : start + 4]):
        return None
    return _SCOPE_LEAD.match(text, start, end)


_EVERYBODY = re.compile(
    r"(?:全[市省区县])?(?:各|所有)(?:县区|区县|县市区?|市县区?|区市|镇街|街镇|乡镇|市州|地市|设区市|县|区|市|镇)(?![级域政])"
)


def after_everybody(text: str, start: int, end: int) -> int:
    """``start`` moved right over those that are all set side by side (各县区|增速排名)."""
    found = _EVERYBODY.match(text, start, end)
    return found.end() if found else start


def light(text: str, start: int, end: int) -> int | None:
    """The end of the light verb at ``start`` (实现, 完成), or None."""
    found = _LIGHT_LEAD.match(text, start, end) if text[start] in _LIGHT_FIRST else None
    if found is None or text[found.end() : end] == "投资":
        return None
    return found.end()
