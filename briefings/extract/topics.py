"""What a clause without numbers is about, and the verbs and objects that it ends with."""

import re

from briefings.extract.leads import after_everybody, lead, scope_at
from briefings.extract.names import Name
from briefings.extract.naming import VERB, own, rstrip
from briefings.extract.words import by_last, cues, ends_with

_TOPICS = by_last((*cues("measures"), *"量额值率价"))
_TOPIC_LAST = frozenset("量额值率价") | {word[-1] for word in cues("measures")}
_VERB_LAST = by_last((*cues("verbs"), *cues("light")))
_TOPIC_VERB = re.compile(
    r"实现|增长|保持|显著|持续|大幅|稳步|明显|回升|扭转|取得|再创|创|由|稳中|快速|平稳|继续|止跌|企稳|首次|突破|双双|不断|整体|总体|较快|进一步|逐步|稳定|有所|恢复|呈|考虑|扣除"
)
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


def topic(text: str, start: int, end: int) -> Name | None:
    """The measured thing that a clause without numbers is about (港口吞吐量再创新高), or None."""
    start = after_everybody(text, start, end)
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
    for verb in VERB.finditer(text, start, end - 2):
        if 3 <= end - verb.end() <= 16:
            return own(text, verb.end(), end).name
    return None


def ends_with_verb(text: str, start: int, end: int) -> bool:
    """Whether the words before a number end with a verb that takes it as its object, or are none at all."""
    end = rstrip(text, start, end)
    if end <= start or ends_with(_VERB_LAST, text, start, end):
        return True
    return text[end - 1] in "了着过" and ends_with(_VERB_LAST, text, start, end - 1)
