"""The words before a number that name what is measured, cut by rules, with their places."""

import re
from typing import NamedTuple

from briefings.extract.leads import lead, light, scope_at
from briefings.extract.periods import FIRST, TIME
from briefings.extract.words import any_of, by_last, cues, ends_with

_LONGEST = 16
_TIME = re.compile(rf"(?=[{FIRST}])(?:{TIME})")
TAIL = re.compile(
    r"(?:分别|各自|(?<![人户年日月平地])均|(?<![首成])都|也|已|又|(?<![返偿归退交送])还|仅|只|(?<![签预集节违条契履])约|(?<![附临邻])近|重约|为|是|(?<![所国享])有|(?<!公)共|共有|共计|合计|总计|累计|达到?了?|高达|超过?|突破|接近|了|将|再|各|(?<=[价率度量值比额])在|稳定在|保持在|控制在|维持在|稳定"
    r"|低至|大约|[:\s“,，]|的|等|同样|可|力争|预计|有望|确保|多达|已达|升至)+$"
)
"""Linking words right before a number."""
_VERBS = frozenset(cues("verbs"))
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
_MEASURE_END = re.compile(any_of("measures") + "$")
_TOPICS = by_last((*cues("measures"), *"量额值率价"))
_TOPIC_LAST = frozenset("量额值率价") | {word[-1] for word in cues("measures")}
_GENERIC = frozenset(cues("generic"))
_ONLY_WHOSE = re.compile(r"(?:业|企业|类|城镇|农村|乡村|行业|类商品|居民)$")
_PREPOSITION = re.compile(r"[为对向给将由]")
_WHOSE = re.compile(
    r"[^,，;。]{1,16}?(?:集团|公司|机场|银行|国企|市属企业|省属企业|国有企业|所属企业|监管企业|供销社系统|示范区|新区|片区|开发区|高新区)"
    r"(?=(?:资产总额|总资产|营业收入|利润总额|利税总额|净利润|固定资产投资|进出口总?额?|一般公共预算收入|旅客吞吐量|货物吞吐量|社会消费品零售总额|生产总值))"
)
_WHOSE_LAST = re.compile("[团司场行企统区]")
_SIZED = re.compile(r"以上|规上|限上|工业企业")
_BARE_VERBS = frozenset(
    (
        "到账",
        "立案",
        "完工",
        "竣工",
        "开工",
        "新建",
        "在建",
        "续建",
        "处理",
        "结案",
        "改建",
        "复工",
        "投产",
        "新开",
    )
)
_SUMS = frozenset(
    (
        "涉及资金",
        "涉及金额",
        "金额",
        "总投资",
        "总投资额",
        "投资总额",
        "合同金额",
        "合同额",
        "资金",
        "总金额",
        "计划总投资",
    )
)
_GENERIC_END = re.compile(any_of("generic") + "$")
_VERB = re.compile(any_of("verbs"))
_VERB_LAST = by_last((*cues("verbs"), *cues("light")))
_TOPIC_VERB = re.compile(
    r"实现|增长|保持|显著|持续|大幅|稳步|明显|回升|扭转|取得|再创|创|由|稳中|快速|平稳|继续|止跌|企稳|首次|突破|双双|不断|整体|总体|较快|进一步|逐步|稳定|有所|恢复|呈|考虑|扣除"
)
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
_TIMED = re.compile("[-年月日季期前天时点春夏秋冬预力确:./]")
"""Each span of time, aim, and time that is dated (``_after_time``) in the words before a number holds one of these."""
_PER_HEAD = re.compile(
    r"(?:每[人户亩](?:每[年月日天])?|每[年月日天]|每(?:立方米|平方米|千瓦时|公斤|人次|[吨亩斤次件套度]))$"
)
_ENDS_IN_FROM = ("自由", "理由", "缘由", "服从", "随从")
_ENDS_IN_BY = ("可以", "难以", "予以", "加以", "所以", "得以", "足以", "给以")
_SCORED = re.compile(r"(?:^|(?<=[区县市镇乡道局院校]))(?:分别|各|均)?得$|(?:分别|各|均)得$")
_EMPTY = frozenset(
    [
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


_ASPECTS = ("方面", "情况", "指标", "来看")
_REMARK = re.compile(
    r"(?:整体|总体|全面|持续|继续|均|双双|逐步|明显|稳步)*(?:只减不增|只增不减|有增无减|由[降负跌减亏升正增盈]转[升正涨增盈降负跌减亏]|[降跌负亏]转[升涨正盈]|稳中[有向趋][升降进增减好稳优缓]"
    r"|从严从紧|从紧从严|止[跌降]回升|止跌企稳|企稳回升|企稳|扭亏(?:为盈)?|扭亏增盈|减亏|向好|趋好|回暖|回升|升温|好转|火热)(?:向好|态势)?$"
)
_REMARK_LAST = frozenset("增减升涨盈降负跌正好稳优缓紧进亏暖温转热势向")
_GENERAL = re.compile(
    r"(?:经济|运行|形势|态势|发展|结构|质量|效益|局面|情况|工作|信心|预期|动能|环境|秩序|生态)$"
)
_BODY_END = re.compile(r"(?:企业|国企|央企|公司|集团|银行|机构)$")


class Name(NamedTuple):
    """A name made of pieces of the line; ``added`` are our own words after them (``增速``), ``literal`` replaces them."""

    pieces: tuple[tuple[int, int], ...]
    added: str = ""
    literal: str = ""

    def text(self, line: str) -> str:
        """The name's words."""
        pieces, added, literal = self
        if len(pieces) == 1 and not literal:
            start, end = pieces[0]
            words = line[start:end]
        else:
            words = literal or "".join([line[a:b] for a, b in pieces])
        return (words if words.isalnum() else "".join(words.split())) + added

    def plus(self, other: "Name") -> "Name":
        """This name followed by ``other``."""
        return Name(self.pieces + other.pieces, other.added)

    def grown(self, added: str) -> "Name":
        """This name with ``added`` after it, once."""
        return self if self.added.endswith(added) else Name(self.pieces, self.added + added, self.literal)

    def until(self, end: int) -> "Name | None":
        """This name without what stands from ``end`` on."""
        pieces = tuple((a, min(b, end)) for a, b in self.pieces if a < end)
        return Name(pieces) if pieces else None


class Own(NamedTuple):
    """What a number's own clause says before it: a name, a scope, or neither."""

    name: Name | None = None
    scope: tuple[int, int] | None = None


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
    for found in _TIME.finditer(text, start, min(end + 2, len(text))):
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
    listed = text.find("、", start, end) > 0 and bool(_MEASURE_END.search(text, start, end))
    if not listed and not _FILTER.search(text, start, end):
        for verb in _VERB.finditer(text, start + 1, end - 4):
            start = verb.start()
    while text[start : start + 1] in "和与及、" and start < end - 2:
        start += 1
    limit = 64 if listed else 40
    if end - start > limit:
        start = max(start, text.rfind("、", start, end - 4) + 1, end - limit)
    return start, end


def topic(text: str, start: int, end: int) -> Name | None:
    """The measured thing that a clause without numbers is about (港口吞吐量再创新高), or None."""
    verb = _TOPIC_VERB.search(text, start + 2, min(end, start + 30))
    if text.endswith(_ASPECTS, start, end):
        end -= 2
    elif text[end - 1] in "呢啊嘛吧" and end - start > 2:
        end -= 1
    stop = rstrip(text, start, verb.start() if verb and verb.start() < end else end - (text[end - 1] == "中"))
    if (
        not 3 <= stop - start <= 22
        or text[stop - 1] not in _TOPIC_LAST
        or not ends_with(_TOPICS, text, start, stop)
    ):
        return None
    return own(text, start, stop).name


def remarked(text: str, start: int, end: int) -> tuple[int, int] | None:
    """What a clause without numbers remarks on in words that are said of a measured thing (会议费|从严从紧), or None."""
    remark = _REMARK.search(text, start + 2, min(end, start + 30)) if text[end - 1] in _REMARK_LAST else None
    if remark is None:
        return None
    while after := lead(text, start, remark.start()):
        start = after
    if place := scope_at(text, start, remark.start()):
        start = place.end()
    stop = rstrip(text, start, remark.start())
    return (start, stop) if 2 <= stop - start <= 16 and not _GENERAL.search(text, start, stop) else None


def is_body(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` names enterprises or institutions, which have figures but are none."""
    return _BODY_END.search(text, start, end) is not None


def last_object(text: str, start: int, end: int) -> Name | None:
    """The object that a clause without numbers ends with (签订了购销协议), or None."""
    for verb in _VERB.finditer(text, start, end - 2):
        if 3 <= end - verb.end() <= 16:
            return own(text, verb.end(), end).name
    return None


def ends_with_verb(text: str, start: int, end: int) -> bool:
    """Whether the words before a number end with a verb that takes it as its object, or are none at all."""
    end = rstrip(text, start, end)
    if end <= start or ends_with(_VERB_LAST, text, start, end):
        return True
    return text[end - 1] in "了着过" and ends_with(_VERB_LAST, text, start, end - 1)


def measure_end(text: str, name: Name) -> Name | None:
    """The measure that ``name`` ends with (私营企业|增加值), or None."""
    start, end = name.pieces[-1]
    found = _MEASURE_END.search(text, start, end)
    return Name((found.span(),)) if found and not name.added else None


def lacks_measure(text: str, name: Name) -> bool:
    """Whether a name says only of whom (私营企业, 家电类, 农村) and leaves out what."""
    return bool(_ONLY_WHOSE.search(name.text(text)))


def is_sum(words: str) -> bool:
    """Whether a name is a bare sum of money, which belongs to the matter just spoken of (签订协议,金额5亿元)."""
    return words in _SUMS


def is_verb(words: str) -> bool:
    """Whether a name is no more than a verb (到账, 参与)."""
    return len(words) <= 2 and (words in _VERBS or words in _BARE_VERBS)


def is_generic(words: str) -> bool:
    """Whether a name is too general to stand without the thing it is said of."""
    return words in _GENERIC


def generic_end(text: str, name: Name) -> Name | None:
    """The general name that ``name`` ends with (集中推进|总投资), or None."""
    start, end = name.pieces[-1]
    found = _GENERIC_END.search(text, start, end)
    return Name((found.span(),)) if found else None


def without_share(text: str, name: Name) -> Name:
    """The thing whose share a name says: 技改投资占比 → 技改投资."""
    start, end = name.pieces[-1]
    if (found := _SHARE_END.search(text, start, end)) and (found.start() > start or len(name.pieces) > 1):
        return Name(name.pieces[:-1] + (((start, found.start()),) if found.start() > start else ()))
    return name


_SHARE_END = re.compile(r"占(?:比|[^占]{1,20}(?:比重|比例|份额)?)$")
