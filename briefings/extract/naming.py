"""The words before a number that name what is measured, cut by rules, with their places."""

import re

from briefings.extract.leads import lead, light, scope_at
from briefings.extract.names import MEASURE_END, Name, Own
from briefings.extract.periods import FIRST, TIME
from briefings.extract.words import any_of, by_last, cues, ends_with

_LONGEST = 16
_TIME = re.compile(rf"(?=[{FIRST}])(?:{TIME})")
TAIL = re.compile(
    r"(?:分别|各自|(?<![人户年日月平地])均|(?<![首成])都|也|已|又|(?<![返偿归退交送])还|仅|只|(?<![签预集节违条契履])约|(?<![附临邻])近|重约|为|是|(?<![所国享])有|(?<!公)共|共有|共计|合计|总计|累计|达到?了?|高达|超过?|突破|接近|了|将|再|各|(?<=[价率度量值比额])在|稳定在|保持在|控制在|维持在|稳定"
    r"|低至|大约|[:\s“,，]|的|等|同样|可|力争|预计|有望|确保|多达|已达|升至)+$"
)
"""Linking words right before a number."""
_SPLIT_VERB = re.compile(
    r"(?:累计|共|已|实际|全年|分别)*(?:实现|完成|达成|运营|开展|创造)(?![率度额量时的])(?:了)?|(?:累计|共计|合计|总共)(?!完成|实现)"
)
_DONE = re.compile(
    "(?:均|全部|全都|目前|现)?已经?(?=(?:全部|陆续)?(?:开工|复工|竣工|投产|完工|建成|签约|落地|启动|整改|办结|投用|开业|入库)(?:建设|运营)?$)"
)
"""重点项目|已经|开工97个: when it was done is no part of the name."""
_SPLIT_LAST = re.compile("[现成营展造计共]")
"""Each verb that parts a subject from its object holds one of these."""
_ORGS = by_last(cues("org_suffixes"))
_PREPOSITION = re.compile(r"[为对向给将由]")
_WHOSE = re.compile(
    r"[^,，;。]{1,16}?(?:集团|公司|机场|银行|国企|市属企业|省属企业|国有企业|所属企业|监管企业|供销社系统|示范区|新区|片区|开发区|高新区)"
    r"(?=(?:资产总额|总资产|营业收入|利润总额|利税总额|净利润|固定资产投资|进出口总?额?|一般公共预算收入|旅客吞吐量|货物吞吐量|社会消费品零售总额|生产总值))"
)
_WHOSE_LAST = re.compile("[团司场行企统区]")
_SIZED = re.compile(r"以上|规上|限上|工业企业")
VERB = re.compile(any_of("verbs"))
_SAYS_NOT_OF_WHAT = frozenset(
    (
        "贡献率",
        "贡献",
        "比重",
        "比例",
        "占比",
        "份额",
        "满意度",
        "满意率",
        "覆盖率",
        "完成率",
        "平均水平",
        "支持率",
        "拉动",
        "增速",
        "数量",
    )
)
_FILTER = re.compile(r"超过|以上|以下|低于|高于|不足|不低于")
_SPAN_OF_TIME = re.compile(
    r"(?:已?连续|近|历时|超过?|持续|已)?(?<![\d.A-Za-z])\d{1,3}(?:\.\d+)?个?(?:年(?!均)|天|小时)(?!度).*$|(?:连续|历时)\d{1,3}个(?:月|季度).*$"
)
_AIM = re.compile(r"(?:预计|力争|确保)(?:年内|年底前|全年|将)?|年底前|年内(?<=.年内)(?:将|计划)?")
_TIMED = re.compile("[-年月日季期前天时春夏秋冬预力确:./]")
"""Each span of time, aim, and time that is dated (``_after_time``) in the words before a number holds one of these."""
_PER_HEAD = re.compile(
    r"(?:每[人户亩](?:每[年月日天])?|每[年月日天]|每(?:立方米|平方米|千瓦时|公斤|人次|[吨亩斤次件套度]))$"
)
_ENDS_IN_FROM = ("自由", "理由", "缘由", "服从", "随从")
_ENDS_IN_BY = ("可以", "难以", "予以", "加以", "所以", "得以", "足以", "给以")
_SCORED = re.compile(r"(?:^|(?<=[区县市镇乡道局院校]))(?:分别|各|均)?得$|(?:分别|各|均)得$")
_EMPTY = frozenset(
    [
        "各",
        "其余",
        "其他",
        "重",
        "是",
        "长",
        "高",
        "其",
        "共",
        "有",
        "约",
        "为",
        "达",
        "计",
        "该",
        "个",
        "将",
        "最高",
        "经",
        "已经",
        "最低",
        "平均",
        "转为",
        "变为",
        "调整为",
        "优化为",
        "转变为",
        "即",
        "占",
        "中",
        "但",
        "由",
        "从",
    ]
)
_ADJUNCT = re.compile(
    r"(?:(?:按|以|依)[^,，;。]{1,14}?)?(?:合计)?(?:折算|折合|换算|折)(?:成|后|为|约|合|达|人民币|美元)*(?=$)"
    r"|(?:综合)?(?:排名|位列|位居|排在|排|居)第?[一二三四五六七八九十首末]+(?:位|名)?的"
    r"|(?:经|按)?过?季节(?:性)?(?:因素)?调整后?|(?:扣除|剔除)[^,，;。]{2,16}?(?:因素|影响)(?:后|的影响)?"
)
_BASED = re.compile(
    rf"(?:同比|环比|(?:比|较|与)(?:{TIME}|去年|上年|前年|年初|期初|预算|计划|同期|上[月季期])(?:的|同期|末|底|初|相比|预算数?|决算数?|执行数)*)(?=.)"
)
_NAMED = re.compile(any_of("measures", "growth_nouns", "rate_words") + "$")
_ADJUNCT_FIRST = frozenset("综排位居季按以依合折换经扣剔")
_BASED_FIRST = frozenset("同环比较与")


def own(text: str, start: int, end: int) -> Own:
    """The name that ``text[start:end]``, the words before a number's cue, gives; and the scope if it says one."""
    if _TIMED.search(text, start, end):
        if span := _SPAN_OF_TIME.search(text[start:end]):
            end = start + span.start() if span.start() > 1 else end
        start, end = _after_time(text, start, end)
        for aim in _AIM.finditer(text, start, end - 2):
            start = aim.end()
    scope: tuple[int, int] | None = None
    while start < end:
        if text[start] in _BASED_FIRST and (based := _BASED.match(text, start, end)):
            if not _NAMED.search(text, based.end(), end):
                return Own(None, scope)
            start = based.end()
        elif text[start] in _ADJUNCT_FIRST and (adjunct := _ADJUNCT.match(text, start, end)):
            start = adjunct.end()
        elif after := lead(text, start, end):
            start = after
        elif place := scope_at(text, start, end):
            scope = (place.start(), place.end() - (text[place.end() - 1] == "的"))
            start = place.end()
        elif after := light(text, start, end):
            start = after
        else:
            break
    end = rstrip(text, start, end)
    if scope and text[scope[1] - 1] == "级" and text[start:end] in ("收入", "支出"):
        start = scope[0]  # 县级|收入: the level is what tells it from the others
    if (
        text.find("每", start, end) >= 0
        and (per := _PER_HEAD.search(text, start, end))
        and text[per.start() - 1] in "由从为到达至"
    ):
        end = rstrip(text, start, per.start())
    if end - start > 2 and text[end - 1] in "由从" and text[end - 2 : end] not in _ENDS_IN_FROM:
        end = rstrip(text, start, end - 1)
    if end > start and text[end - 1] == "以" and text[end - 2 : end] not in _ENDS_IN_BY:
        end = rstrip(text, start, end - 1)  # 青石镇|以98.6分
        end -= 2 * text.endswith(("分别", "各自"), start, end)
    if end > start and text[end - 1] == "得" and (scored := _SCORED.search(text, start, end)):
        end = rstrip(text, start, scored.start())
    if start >= end or text[start:end] in _EMPTY:
        return Own(None, scope)
    return _split(text, start, end, scope)


def _after_time(text: str, start: int, end: int) -> tuple[int, int]:
    last = None
    ahead = 2 if text[end - 1] == "年" else 0  # 五年|提高: what follows tells that it is a time
    for found in _TIME.finditer(text, start, end + ahead):
        if found.end() <= end and any(c.isdigit() or c in "年月季半末初底前期" for c in found[0]):
            last = found
    if last is None:
        return start, end
    if text[last.end() : end].strip(" ,、:的“”累计共实现完成达到份度") == "":
        return (start, last.start()) if last.start() - start >= 2 else (last.end(), end)
    return last.end(), end


def rstrip(text: str, start: int, end: int) -> int:
    """``end`` moved left over spaces, marks and particles."""
    while end > start and (
        text[end - 1] in " \t、,，:“的了(与和及或"
        and text[max(start, end - 2) : end] not in ("参与", "共和", "惠及", "涉及", "普及", "遍及", "波及")
    ):
        end -= 1
    return end


def _split(text: str, start: int, end: int, scope: tuple[int, int] | None) -> Own:
    """Part a subject from its object (临港机场|完成|航班起降) and shorten what is too long to be a name."""
    if (
        _WHOSE_LAST.search(text, start, end)
        and (whose := _WHOSE.match(text, start, end))
        and not _SIZED.search(text, start, whose.end())
    ):
        return Own(Name(((whose.end(), end),)), (start, whose.end()))
    verb = None
    for found in _SPLIT_VERB.finditer(text, start + 2, end) if _SPLIT_LAST.search(text, start, end) else ():
        verb = found
    if verb is None:
        if text.find("已", start, end) > 0 and (done := _DONE.search(text, start + 2, end)):
            return Own(Name(((start, rstrip(text, start, done.start())), (done.end(), end))), scope)
        return Own(Name((_shorten(text, start, end),)), scope)
    if end - verb.end() >= 2 and verb[0] in ("累计", "共计", "合计", "总共"):
        subject_end = rstrip(text, start, verb.start())
        if ends_with(_ORGS, text, start, subject_end):
            return Own(Name((_shorten(text, verb.end(), end),)), scope or (start, subject_end))
        if subject_end - start > 10 or _PREPOSITION.search(text, start, subject_end):
            return Own(Name((_shorten(text, verb.end(), end),)), scope)
        return Own(Name(((start, subject_end), (verb.end(), end))), scope)
    if end - verb.end() >= 2:
        subject_end = rstrip(text, start, verb.start())
        if text[verb.end() : end] == "投资":
            return Own(Name((_shorten(text, start, subject_end), (verb.start(), end))), scope)
        if ends_with(_ORGS, text, start, subject_end) or subject_end - start > 10:
            subject = _shorten(text, start, subject_end)
            return Own(Name((_shorten(text, verb.end(), end),)), scope or subject)
        return Own(Name((_shorten(text, start, subject_end), (verb.end(), end))), scope)
    if end == verb.end() and not verb[0].startswith(("运营", "开展", "创造")):
        end = verb.start()
    return Own(Name((_shorten(text, start, end),)), scope)


def _shorten(text: str, start: int, end: int) -> tuple[int, int]:
    """Cut a modifier off a long name; a filter (投资超过一亿元的项目) stays, it tells the name from others."""
    of = text.rfind("的", start, end - 3)
    if (
        of > start
        and end - start > 8
        and text[of + 1 : end] not in _SAYS_NOT_OF_WHAT
        and "“" not in text[of:end]
        and (end - start > 24 or not _FILTER.search(text, start, of))
    ):
        start = of + 1
    if end - start <= _LONGEST:
        return start, end
    listed = text.find("、", start, end) > 0 and bool(MEASURE_END.search(text, start, end))
    if not listed and not _FILTER.search(text, start, end):
        for verb in VERB.finditer(text, start + 1, end - 4):
            start = verb.start()
    while text[start : start + 1] in "和与及、" and start < end - 2:
        start += 1
    limit = 64 if listed else 40
    if end - start > limit:
        start = max(start, text.rfind("、", start, end - 4) + 1, end - limit)
    return start, end
