"""The words after a number that name what is counted: 29个|省级重大项目."""

import re

from briefings.extract.names import Name
from briefings.extract.naming import rstrip
from briefings.extract.words import any_of, by_first, cues, starts_with

_LONGEST = 26
MIDDLE_WORDS = ("高中", "初中", "集中", "空中", "水中", "途中", "心中")
_AMONG = re.compile(
    r"(?<![集其高初])(?:当中|之中|中|里(?!程))(?=[^,，。;\d]{0,10}(?:居|列|排|位|名次)[^,，。;\d]{0,4}$)"
)
"""16个设区市中|综合考核居第…: the set that something is ranked in."""
_OF_UNIT = re.compile(r"\((?:次|含|个|户|家|人|件|项|[\u4e00-\u9fff]次)\)")
"""3200家|(次): what more a unit may count."""
AMONG = re.compile("当中|之中|中|里(?!程)")
_WORD = re.compile(r"[\u4e00-\u9fffA-Za-z“《(]")
_NOT_BEFORE = {
    "居": "民家住委", "在": "校建册岗线外职园读孵编籍", "来": "自源华访", "以": "上下内外色", "可": "再持支靠视穿", "占": "地比用",
    "为": "民农主老企", "比": "例重较赛", "达": "标人产", "共": "有建享同产青", "获": "得感", "将": "军来", "被": "保征动服", "均": "衡田",
    "是": "非", "用": "户电水地工人气品", "列": "车", "和": "谐平", "由": "贸", "自": "主治然", "及": "时格", "后": "备续勤", "时": "尚代空",
    "等": "级", "从": "业", "按": "揭", "加强": "型版", "支持": "率度力", "保障": "性房机体局金", "促进": "会中专局", "扶持": "资政基", "带动": "力", "助力": "器", "与": "会", "到": "账", "起": "重", "较": "大",
}  # fmt: skip
"""A word of one character is a word of its own only where none of these follows it."""
_ALSO_NOUNS = frozenset(("保障", "支持", "加强", "带动", "解决", "扶持", "服务"))
_NOT_AFTER = {
    "共": "公", "用": "使利应费专通军民商日药农家", "在": "存现潜", "来": "未往外", "达": "发", "为": "行作", "获": "收", "可": "许认", "以": "所",
    "均": "平人", "列": "系序", "等": "同中高初平", "及": "普涉惠", "居": "安宜旅定", "比": "占环同", "被": "植",
}  # fmt: skip
"""Nor where one of these stands before it."""


def _words(key: str) -> str:
    """The words of a cue list, longest first, the one-character ones guarded."""
    guarded = []
    for word in cues(key):
        behind = f"(?<![{_NOT_AFTER[word]}]{word})" if word in _NOT_AFTER else ""
        ahead = f"(?![{_NOT_BEFORE[word]}])" if word in _NOT_BEFORE else ""
        if word in _ALSO_NOUNS:
            ahead += r"(?=[\u4e00-\u9fff“]{2})"
        guarded.append(re.escape(word) + behind + ahead)
    return "(?:" + "|".join(guarded) + ")"


_POSTPOSED = re.compile(r"\s?" + _words("postposed"))
_PREDICATE = re.compile(_words("predicates"))
_AFTER_OF = re.compile(r"(?:基础|前提|情况|条件|水平|同时|时候|背景|速度|方式|价格|标准|比例)")
_VERBS = by_first(cues("verbs"))
_BARE = frozenset(cues("bare"))
_LINKS = re.compile(r"(?:分别|均|都|达到?|为|超过?|共|总计|合计|已|约|近|各|中共?有)+$")
_PAPER = re.compile(
    r"(?P<whose>[\u4e00-\u9fff]{0,6}?(?:企业|公司|单位|商户|产业链|学校|医院|机构))[\u4e00-\u9fff]{2,14}(?:计划|方案|报告|规划|意见|工作|情况)$"
)
"""19户监管企业|年度工作报告: such a unit counts whose papers, not the papers."""
_MEASURED = re.compile(
    r"(?<=.)(?:开复工率|[\u4e00-\u9fff]{2}率|开工在建率|(?:计划|预计)?总投资|年度计划投资|投资总额|投资额|注册资本|占比|平均(?:得分|分|成绩))$"
)
_KEPT_VERB = re.compile(
    r"(?:新增|新建|新设立?|新认定|新登记|新签约|新开工|新引进|净增|改造|完成改造|开工改造|接管|减少|增加|压减|减免|新培育|新改扩建|新入库|发放|办理|资助|培训|实地走访)(?:了)?$"
)
_NEW_LEVEL = re.compile(any_of("reach") + "(?:到|至|为)")
_VERB_END = re.compile(any_of("verbs") + "(?:了|到)?$")
_CLAUSE_START = re.compile(
    r"有|符合|具有|具备|参与|享受|达到|涉及|来自|处于|拥有|能够|可|需要|未|已|在|被|属于|从事|面向"
)
_NOUN_START = re.compile(
    r"(?:服务|建设|发展|合作|培训|规划|改造|生产|创新|投资|储备|治理|保障|监测|转移|整治|注册|登记|孵化|研发|开发|转型|销售|检测|出口|进口|运输|种植|养殖|审批|规模|安置|救助|修复|绿化|招聘|辅导|检查|集中(?:供|居|安置|养老|监管|采购)|累计(?!完成|实现)|加快型)(?!了)"
)
_DONE_BY = re.compile(r"(?:由|从|被|按|在|通过|以)[^,，。;\d]{3,14}")
_PARTICIPLE = re.compile(
    r"(?:实现|保持|高于|低于|[正负]增长|呈|已|均|全部|正在|参加|参会|受益|到位|办结|加快|完成)"
)


def following(text: str, start: int, end: int, runs_on: bool) -> Name | None:
    """The noun phrase right after a number's unit, or None where none stands; ``runs_on``: the next number ends it."""
    of = text[start : start + 1] == "的"
    while start < end and text[start] in " 的":
        start += 1
    if text[start : start + 1] == "(" and (aside := _OF_UNIT.match(text, start, end)):
        start = aside.end()
    end = rstrip(text, start, end)
    if of and _AFTER_OF.match(text, start, end):
        return None
    if end - start < 1 or _POSTPOSED.match(text, start, end) or not _WORD.match(text, start):
        return None
    if _NEW_LEVEL.match(text, start, end):
        return None
    if runs_on:
        if links := _LINKS.search(text, start, end):
            end = max(start + 1, links.start())
        if measured := _MEASURED.search(text, start, end):
            end = measured.start()
        if (verb := _VERB_END.search(text, start + 2, end)) and verb.start() > start + 1:
            end = verb.start()
    stop = _noun_end(text, start, end)
    noun = text[start:stop]
    if is_bare(noun) and text[stop : stop + 1] == "、":
        listed = min((at for at in (text.find("的", stop, end), end) if at > 0), default=end)
        if predicate := _PREDICATE.search(text, stop, listed):
            listed = predicate.start()
        return Name(((start, rstrip(text, start, min(listed, start + 16))),))
    if text[start - 1] in "家户条所座" and (whose := _PAPER.match(noun)):
        return Name(((start, start + whose.end("whose")),))
    if len(noun) == 1 and AMONG.match(text, stop, end):
        return Name(((start, stop),))
    if is_bare(noun) or (len(noun) == 1 and stop < end):
        if runs_on and text.startswith("已", stop):
            return Name(((start, stop),))
        return _extended(text, start, stop, end)
    return Name(((start, rstrip(text, start, stop)),))


def noun_of(text: str, name: Name) -> Name:
    """The noun of a counted phrase without its predicate."""
    start, end = name.pieces[0]
    return Name(((start, _noun_end(text, start, end)),))


def _extended(text: str, start: int, stop: int, end: int) -> Name:
    """A bare noun with its predicate; an aside between them is left out."""
    pieces = [(start, stop)]
    at = stop
    if text[at : at + 1] == "(" and (close := text.find(")", at, end)) > 0:
        at = close + 1
    listed = text.find("、", max(at, start + 4), end)
    end = rstrip(text, at, min(listed if listed > 0 else end, start + _LONGEST))
    if end > at:
        pieces.append((at, end))
    return Name(tuple(pieces) if at > stop else ((start, max(stop, end)),))


def _noun_end(text: str, start: int, end: int) -> int:
    quote = text.find("”", start, end) + 1 if text[start] == "“" else start
    stop = end
    if predicate := _PREDICATE.search(text, max(start + 1, quote), end):
        stop = predicate.start()
    if within := _AMONG.search(text, start + 1, end):
        stop = min(stop, within.start())
    if (aside := text.find("(", start + 1, stop)) > 0:
        stop = aside
    if (listed := text.find("、", start + 2, stop)) > 0:
        stop = listed
    stop = min(stop, start + _LONGEST)
    among = stop - start > 1 and text[stop - 1] == "中" and not text.endswith(MIDDLE_WORDS, start, stop)
    return stop - 1 if among else stop


def predicate_of(text: str, start: int, end: int) -> Name | None:
    """What is said of the noun phrase that begins right after a number's unit."""
    while start < end and text[start] in " 的":
        start += 1
    stop = _noun_end(text, start, end) if start < end else end
    return Name(((stop, rstrip(text, stop, min(end, stop + 18))),)) if stop < end - 2 else None


def head_of(text: str, name: Name) -> Name:
    """The noun of a counted phrase with 的: after a clause (有扩产需求的|拟上市企业), before what it owns (企业的|走访)."""
    start, end = name.pieces[0]
    of = text.find("的", start + 2, end - 1)
    if of < 0:
        return name
    if _CLAUSE_START.match(text, start, of) or of - start > 12:
        return Name(((of + 1, end), *name.pieces[1:]))
    return Name(((start, of),))


def is_bare(noun: str) -> bool:
    """Whether a counted noun says nothing without its predicate."""
    return noun in _BARE


def done_by(text: str, start: int, end: int) -> Name | None:
    """其中28家|由小微企业升规: what tells the part from the whole, where no noun follows the number."""
    stop = rstrip(text, start, end)
    return Name(((start, stop),)) if _DONE_BY.fullmatch(text, start, stop) else None


def participle(text: str, start: int, end: int) -> Name | None:
    """已…, 均…, 受益: what is said of the thing counted before, where no noun follows the number."""
    end = rstrip(text, start, min(end, start + 18))
    return Name(((start, end),)) if _PARTICIPLE.match(text, start, end) else None


def starts_with_verb(text: str, start: int, end: int) -> bool:
    """Whether the words after a number go on with a verb."""
    while start < end and text[start] in " 的":
        start += 1
    if _NOUN_START.match(text, start, end):
        return False
    return starts_with(_VERBS, text, start, end) or _PREDICATE.match(text, start, end) is not None


def verb_before(text: str, start: int, end: int) -> Name | None:
    """The 新增/改造-like verb right before a number, which belongs to the name of what is counted."""
    found = _KEPT_VERB.search(text, max(start, end - 8), end)
    return Name((found.span(),)) if found else None
