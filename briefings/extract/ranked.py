"""Places and bodies that are set side by side: which ones a clause lists, and by what it ranks them."""

import re

from briefings.extract.leads import after_everybody, lead, scope_at
from briefings.extract.names import Name
from briefings.extract.naming import rstrip
from briefings.extract.words import any_of

_NOT_FIRST = "全我本各共有新改拉推支引在和与及以为对到于由将的了、是等"
_KINDS = "区县市镇乡道旗州局委办厅"
_LAST = frozenset("区县市镇乡道旗州")
_TERRITORY = rf"(?:(?![{_NOT_FIRST}])[\u4e00-\u9fff](?:(?![的为了、和与及是])[\u4e00-\u9fff]){{0,5}}?(?:(?<![社小景校园地片库矿灾林牧禁])区|(?<![百强])县|(?<![城超股夜楼门都上])市|(?<![城乡建村小重强名大集])镇|(?<![城下老家水思])乡|街道|开发区|新区|园区|自治[州县旗]))(?![场政级域民委内外])"
_OFFICE = r"(?:[市县区省][\u4e00-\u9fff]{2,10}?(?:局|委|办|厅))(?![员会])"
_ONE = rf"(?:{_OFFICE}|{_TERRITORY})"
_GENERIC = r"(?:重点|中心|特色|各|老旧|保障|贫困|百强|周边|沿海|主|新型|所辖|下辖|功能|地|县|副省)*(?:城|乡|区|县|市|街|级|小|强)?(?:区|县|市|镇|乡|街道)"
_PLACES = re.compile(
    rf"(?!{_GENERIC}$){_TERRITORY}(?:(?:、|和|与|及|以及)(?!{_GENERIC}(?:$|[、和与及])){_TERRITORY})*"
)
_LIST = re.compile(
    rf"(?:(?<=[、,，;。:是为有中的])|(?<![\u4e00-\u9fff])|(?<=的是)){_ONE}(?:\s?(?:、|和|与|及|以及)\s?{_ONE})+"
)
_EACH = re.compile(_ONE)
_LINKED = re.compile(rf"[{_KINDS}]\s?(?:、|和|与|及|以及)")
_ORDERED = re.compile(
    r"(?=[由从排位名居列最较前后首末靠领垫超高低])(?:由[高大好快多优][到至][低小差慢少劣]|由[低小差慢少劣][到至][高大好快多优]|从[低小差慢少劣][到至][高大好快多优]|从[高大好快多优][到至][低小差慢少劣]|排名|排序|排位|位次|名次|位居|位列|居|列|排在?"
    r"|最[高低快慢大小好差多少优]|较[高低快慢好差]|[前后末][一二三四五六七八九十两\d](?:位|名|的)?|靠[前后]|居[前后]|首位|末位|领先|垫底|超过|高于|低于)"
)
_SAID_OF_IT = re.compile(r"(?:的|完成|情况|按照?)+$")
_MEASURED = rf"(?:{any_of('measures', 'growth_nouns', 'rate_words')}|[量额值率价]|得分|成绩|指数|浓度|幅度|满意度|面积|里程)"
_WHAT_END = re.compile(rf"{_MEASURED}$")
_ASPECT = re.compile(
    r"(?:增长)?(?:增速|增幅|降幅|改善幅度|增长幅度|总量|规模|数量|进度|排名|得分排名|幅度|完成率|增长率)$"
)
_GROWS = re.compile(r"增[速幅长](?:较|最|居|位|列|排|前|靠|由|从|领)")
_GROWS_MORE = re.compile(r"增[速幅](?:高于|低于|快于|慢于|超过)(?!.*(?:占|比重|率))")
_AMOUNT = re.compile(r"(?:总量|规模|数量|位次|名次|绝对值)$")
_LONE = re.compile(rf"的(?:是|为|有|:)(?!{_GENERIC}$)(?P<where>{_TERRITORY})$")


_BRACKETED = re.compile(rf"(?:^|(?<=[、,，;；:：和与及为是]))\s?(?P<where>{_TERRITORY})$")
_HIGHEST = re.compile(
    rf"(?P<what>[^,，。;:]{{0,24}}?)(?:最[高低快慢大小好差多少优]的(?:是|为)?|(?:排名|居|列)?[前后末首](?:[一二三两四五六七八九十\d][位名]?|位)?的?(?:分别|依次)?[是为:])(?P<where>{_TERRITORY})$"
)


_MOST = re.compile(
    rf"(?P<what>(?:[^,，。;:]{{1,24}}?{_MEASURED})?)(?P<where>{_TERRITORY})(?:为|均)?最[高低快慢大小好差多少优]$"
)
_ITEM = re.compile(rf"\s?{_TERRITORY}[(为:]?-?\d")


def listed(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The places or bodies that ``text[start:end]`` lists side by side (东河区、南屏区), the last such list; none for fewer than two."""
    if not _LINKED.search(text, start, end):
        return []
    lists = _LIST.findall(text, start, end)
    if not lists:
        return []
    at = text.rfind(lists[-1], start, end)
    return [found.span() for found in _EACH.finditer(text, at, at + len(lists[-1]))]


def is_place(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is a place's name, or several, and nothing else (铁山区, 高新区和经开区)."""
    return _PLACES.fullmatch(text, start, end) is not None


def before_bracket(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The place right before a bracket that holds its number (云岭县（3.05）), or None."""
    found = _BRACKETED.search(text, max(start, end - 14), end) if text[end - 1] in _LAST else None
    return found.span("where") if found else None


def highest(text: str, start: int, end: int) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """What is highest and where (工业投资增速|最高的|东河区), the first empty where it was said before; or None."""
    found = _HIGHEST.search(text, start, end) if text[end - 1] in _LAST else None
    return (found.span("what"), found.span("where")) if found else None


def alone(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The one place that a clause without numbers ends with (增幅最高的是|西林区), or None."""
    found = _LONE.search(text, start, end) if text[end - 1] in _LAST else None
    return found.span("where") if found else None


def most(text: str, start: int, end: int) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """What and where of a clause without numbers that says who has most (人均收入|东河区|最高), the first may be empty; or None."""
    found = _MOST.fullmatch(text, start, end) if text.find("最", end - 2, end) > 0 else None
    return (found.span("what"), found.span("where")) if found else None


def is_item(text: str, start: int) -> bool:
    """Whether a place and its number stand right at ``start``, as in 1.东河区12.5%."""
    return _ITEM.match(text, start) is not None


def grows(text: str, start: int, end: int) -> bool:
    """Whether a clause without numbers ranks by growth (增速最快的是沙河县), so that the shares after it are growth."""
    return text.find("增", start, end) >= 0 and _GROWS.search(text, start, end) is not None


def grows_more(text: str, start: int, end: int) -> bool:
    """Whether a sentence tells whose growth is above another's (增速高于全市平均的有…), so that the places after it are ranked by growth."""
    return text.find("增", start, end) >= 0 and _GROWS_MORE.search(text, start, end) is not None


def is_growth(text: str, start: int, end: int) -> bool:
    """Whether what is highest is a growth (增速|最高的清溪县)."""
    return text.endswith(("增速", "增幅", "增长率"), start, end)


def measure(text: str, start: int, end: int) -> Name | None:
    """The indicator by which a clause without numbers ranks (一般公共预算收入|由高到低依次为), or None; no bare aspect of one."""
    start = after_everybody(text, start, end)
    order = _ORDERED.search(text, start + 2, end)
    if order is None:
        return None
    said = _SAID_OF_IT.search(text, start, order.start())
    end = said.start() if said else order.start()
    while start < end:
        if after := lead(text, start, end):
            start = after
        elif place := scope_at(text, start, end):
            start = place.end()
        else:
            break
    stop = rstrip(text, start, end)
    if not 3 <= stop - start <= 24 or not _WHAT_END.search(text, start, stop):
        return None
    if (aspect := _ASPECT.search(text, start, stop)) and aspect.start() - start < 2:
        return None
    if (aspect := _AMOUNT.search(text, start, stop)) and aspect.start() - start >= 2:
        stop = aspect.start()
    of = text.rfind("的", start, stop - 2)
    return Name(((of + 1 if of > start else start, stop),))
