"""The words after a number that name what is counted: 29个|省级重大项目."""

import re

from briefings.extract.names import Name, rstrip
from briefings.extract.words import any_of, cues

_LONGEST = 26
_WORD = re.compile(r"[\u4e00-\u9fffA-Za-z“《(]")
_POSTPOSED = re.compile(
    r"\s?" + any_of("postposed") + r"(?!商|[贸籍医]|小企|小学|治区|主|闭症|由贸|然村|市(?!场)|岸|经|源)"
)
_PREDICATE = re.compile(any_of("predicates"))
_VERB = re.compile(any_of("verbs"))
_BARE = frozenset(cues("bare"))
_LINKS = re.compile(r"(?:分别|均|都|达到?|为|超过?|共|总计|合计|已|约|近|各)+$")
_MEASURED = re.compile(
    r"(?<=.)(?:[\u4e00-\u9fff]{2}[率]|开工在建率|(?:计划|预计)?总投资|年度计划投资|投资总额|投资额|注册资本|占比)$"
)
_KEPT_VERB = re.compile(
    r"(?:新增|新建|新设立?|新认定|新登记|新签约|新开工|新引进|净增|改造|完成改造|开工改造|接管|减少|增加|压减|减免|新培育|新改扩建|新入库|发放|办理|资助|培训|实地走访)(?:了)?$"
)
_PARTICIPLE = re.compile(r"(?:已|均|全部|正在|参加|参会|受益|到位|办结|加快|完成)")


def following(text: str, start: int, end: int, runs_on: bool) -> Name | None:
    """The noun phrase right after a number's unit, or None where none stands; ``runs_on``: the next number ends it."""
    while start < end and text[start] in " 的":
        start += 1
    end = rstrip(text, start, end)
    if end - start < 1 or _POSTPOSED.match(text, start, end) or not _WORD.match(text, start):
        return None
    if runs_on:
        if links := _LINKS.search(text, start, end):
            end = max(start + 1, links.start())
        if measured := _MEASURED.search(text, start, end):
            end = measured.start()
    stop = _noun_end(text, start, end)
    noun = text[start:stop]
    if is_bare(noun) or (len(noun) <= 2 and stop < end):
        return _extended(text, start, stop, end)
    return Name(((start, rstrip(text, start, stop)),))


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
    if (aside := text.find("(", start + 1, stop)) > 0:
        stop = aside
    if (listed := text.find("、", start + 2, stop)) > 0:
        stop = listed
    of = text.rfind("的", start + 2, stop - 2)
    if of > 0 and stop - start > 10:
        return stop
    return min(stop, start + _LONGEST)


def head_of(text: str, name: Name) -> Name:
    """The noun after the last 的 of a long counted phrase (有扩产需求的|拟上市企业)."""
    start, end = name.pieces[0]
    of = text.rfind("的", start + 2, end - 2)
    if of > 0 and end - start > 10:
        return Name(((of + 1, end), *name.pieces[1:]))
    return name


def is_bare(noun: str) -> bool:
    """Whether a counted noun says nothing without its predicate."""
    return noun in _BARE


def participle(text: str, start: int, end: int) -> Name | None:
    """已…, 均…, 受益: what is said of the thing counted before, where no noun follows the number."""
    end = rstrip(text, start, min(end, start + 18))
    return Name(((start, end),)) if _PARTICIPLE.match(text, start, end) else None


def starts_with_verb(text: str, start: int, end: int) -> bool:
    """Whether the words after a number go on with a verb."""
    while start < end and text[start] in " 的":
        start += 1
    return bool(_VERB.match(text, start, end) or _PREDICATE.match(text, start, end))


def verb_before(text: str, start: int, end: int) -> Name | None:
    """The 新增/改造-like verb right before a number, which belongs to the name of what is counted."""
    found = _KEPT_VERB.search(text, max(start, end - 8), end)
    return Name((found.span(),)) if found else None
