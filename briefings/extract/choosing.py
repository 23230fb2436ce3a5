"""Which words name an amount: those before its number, those after it, or those of a number before."""

import re

from briefings.extract.counted import (
    AMONG,
    MIDDLE_WORDS,
    done_by,
    following,
    head_of,
    is_bare,
    noun_of,
    participle,
    predicate_of,
    starts_with_verb,
    verb_before,
)
from briefings.extract.lexer import Quantity
from briefings.extract.line import Group, Line
from briefings.extract.names import Name, Own, generic_end, is_verb
from briefings.extract.naming import rstrip
from briefings.extract.topics import ends_with_verb

_THIS_MONTH = re.compile(
    r"\s*(?:其中[:,，]?)?(?:\d{1,2}月份?|当月|本月|当季|单月)+(?:实现|完成|为|达到?|入库|新增)?\s*"
)
"""…收入121亿元;|当月完成19亿元: the same in its last month."""
_TO = re.compile(r"(?:到(?!位)|用于|赴|进入|参加|纳入|列入|入选|入驻)[^,，。;、\d]{3,}")
_REACHES = frozenset(("惠及", "涉及", "带动", "覆盖", "受益", "辐射"))
_STANDS_ALONE = frozenset(("立案", "结案", "破案", "移送", "罚款", "约谈", "受理"))
_HOLDING = re.compile(r"的(?:共?有|为|达到?)$")
"""增速高于全市平均的|有4个区县: what holds of those that are counted."""
_GREW = re.compile("[^,，。;\\d]{0,10}(?:保持|实现|呈现?)(?:正|负|两位数|较快|平稳)?(?:增长|下降)")
_MEANS = frozenset(("日均", "月均", "年均", "人均", "户均", "平均每天", "平均每月", "村均"))
"""新设经营主体7216户,日均|40户: a mean of what was just said."""
_LOOKED_BACK = 24
_COUNTABLE = re.compile(
    r"(?:区县|县区|区市|镇街|乡镇|街道|市县|县市|设区市|地市|企业|行业|单位|部门|指标|产品|项目)"
)
_DONE_TO = re.compile(
    r"(?:新|已|计划|累计)*(?:开工|签约|引进|建设|建|增|注册|登记|发现|排查|受理|检查|梳理|培育|认定)"
)


def choose(
    line: Line, group: Group, left: int, end: int, found: Own, rule: str, right: Name | None
) -> tuple[Name | None, tuple[str, ...], str]:
    """The name on the left of the number or the one on its right."""
    text = line.text
    first, last = group.first, group.last
    counted = first.sort in ("count", "score", "none")
    if found.name is not None and right is not None and _is_said(line, found.name, first.start):
        found = Own(None, found.scope)
    if counted and found.name is not None and (among := _among(text, found.name)):
        if grew := _GREW.match(text, last.end, group.right):
            return among.plus(Name((grew.span(),))), (), rule
        found = Own(among, found.scope)
    of = text[last.end : last.end + 1] == "的"
    if not counted and text[last.end - 2 : last.end] in ("以上", "以下", "左右"):
        right = None
    if right is None and rule != "reach" and (ahead := _counted_next(line, group)):
        if found.name is None or (counted and not of):
            return ahead, (), "counted"
        if of:
            return ahead.plus(generic_end(text, found.name) or found.name), (), "of"
    if right is not None:
        left_verb = ends_with_verb(text, left, end) or (
            counted and text[first.start - 1] in "为对将给向与把让"
        )
        right_verb = starts_with_verb(text, *right.pieces[0])
        if of and found.name is not None and (general := generic_end(text, found.name)):
            return right.plus(general), (), "of"
        if of and found.name is not None and not left_verb:
            return line.with_parent(found).name, (), rule
        if counted and not (right_verb and found.name is not None and not left_verb):
            if found.name is not None and not left_verb and _next_has_it(line, group, right, found.name):
                return line.with_parent(found).name, (), rule
            return _counted(line, group, left, end, found, right, right_verb)
        if not counted and not right_verb and (found.name is None or left_verb):
            return head_of(text, right), (), "counted"
        if found.name is None and (of or line.said() is None):
            return right, (), "counted"
    if (
        counted
        and right is None
        and found.name is not None
        and (goal := _goal(text, found.name, last.end, group.right))
    ):
        return found.name.plus(goal), (), rule
    said = found.name.text(text) if found.name is not None else ""
    if said in _MEANS and found.name is not None and (head := line.now.head or line.now.before):
        return head.plus(found.name), ("name_inferred",), rule
    if found.name is not None and line.now.head is not None and is_verb(said) and first.sort != "measure":
        verb, of_it = said, line.counted_in(first.unit)
        if counted and of_it and of_it.text(text).endswith(verb):
            return of_it, ("name_inferred",), "part"
        if counted and of_it and verb not in _REACHES:
            return found.name.plus(_noun(text, of_it)), ("name_inferred",), "part"
        if counted and verb in _STANDS_ALONE:
            return found.name, (), rule
        if counted and line.now.parent:
            return line.now.parent.plus(found.name), ("name_inferred",), "part"
        return line.now.head.plus(found.name), ("name_inferred",), rule
    if found.name is not None and (fund := line.fund(said)):
        return fund.plus(found.name), ("name_inferred",), rule
    if found.name is not None:
        return line.with_parent(found).name, (), rule
    if (
        counted
        and right is None
        and "其中" in text[max(left - 4, 0) : first.start]
        and (more := done_by(text, last.end, group.right))
    ):
        base = line.counted_in(first.unit)
        return (more.plus(_noun(text, base)) if base else more), ("name_inferred",), "part"
    if counted and right is None and (more := participle(text, last.end, group.right)) is not None:
        base = line.now.parent or line.said()
        return (base.plus(more) if base else more), ("name_inferred",), "part"
    if (
        line.now.head is None
        and rule == "level"
        and first.unit != "分"
        and (matter := line.matter()) is not None
    ):
        return matter, ("name_inferred",), rule
    head = (
        line.counted_in(first.unit) if first.sort == "count" and rule == "level" else None
    ) or line.now.head
    if head is None and (found.scope is not None or line.now.near is not None):
        head = _same_measure(line, first)
    if head is None and rule == "level" and _THIS_MONTH.fullmatch(text, left, end):
        head = _same_measure(line, first)
    ranked = found.scope is not None or line.now.near is not None or line.now.bodies or line.now.subject
    if head is None and first.unit == "分" and ranked and not first.chinese:
        head = Name(((first.start, first.start),), literal="得分")
    return head, ("name_inferred",), rule


def _counted(
    line: Line, group: Group, left: int, end: int, found: Own, right: Name, right_verb: bool
) -> tuple[Name, tuple[str, ...], str]:
    text = line.text
    head = line.said()
    if (
        right_verb
        and head is not None
        and found.name is None
        and right.pieces[-1][1] - right.pieces[0][0] <= 4
    ):
        return head.plus(right), ("name_inferred",), "counted"
    if text[group.first.start - 1 : group.first.start] == "”":
        quote = text.rfind("“", left, group.first.start)
        if quote >= 0:
            return Name(((quote, group.first.start),)).plus(right), (), "counted"
    if found.name is None and is_verb(right.text(text)) and (of_it := line.counted_in(group.first.unit)):
        return _noun(text, of_it).plus(right), ("name_inferred",), "counted"
    right = head_of(text, right)
    before = text[max(left, group.first.start - 2) : group.first.start]
    if found.name is not None and before.endswith(("的", "所属")):
        noun = noun_of(text, right)
        if is_bare(noun.text(text)):
            return found.name.plus(noun), (), "counted"
    if is_bare(right.text(text)) and (more := _shared_predicate(line, group, right)):
        right = right.plus(more)
    verb = verb_before(text, left, end)
    if (
        found.name is not None
        and _COUNTABLE.fullmatch(right.text(text))
        and (holds := _HOLDING.search(text, left, group.first.start))
    ):
        return Name(((found.name.pieces[0][0], holds.start() + 1),)).plus(right), (), "counted"
    return (verb.plus(right) if verb else right), (), "counted"


def _same_measure(line: Line, first: Quantity) -> Name | None:
    """东河区…218亿元;|南屏区196亿元: another place's number of what was said, where it is counted in the same kind of unit."""
    head = line.said()
    told = [
        draft.quantity.sort
        for draft in line.drafts[-_LOOKED_BACK:]
        if draft.name == head and draft.kind == "level"
    ]
    if first.chinese or (told and first.sort not in told):
        levels = [draft for draft in line.drafts[-_LOOKED_BACK:] if draft.kind == "level"]
        return next((draft.name for draft in reversed(levels) if draft.quantity.unit == first.unit), None)
    return head


def _noun(text: str, name: Name) -> Name:
    """新开工|项目: what is counted, without what was done to it."""
    start, end = name.pieces[-1]
    verb = _DONE_TO.match(text, start, end)
    if verb is None or end - verb.end() < 2:
        return name
    listed = text.rfind("、", start, end - 2)
    return Name(((max(verb.end(), listed + 1), end),))


def _is_said(line: Line, name: Name, start: int) -> bool:
    """80万燃气用户、|60万户供热用户: the words before the number are the name of the count before it."""
    last = line.now.facts[-1] if line.now.facts else None
    if last is None or last.rule != "counted":
        return False
    begin, end = last.name.pieces[-1]
    at = name.pieces[0][0]
    return begin <= at < end and line.text[end:start].strip() in ("、", "和", "及", "与")


def _goal(text: str, name: Name, start: int, end: int) -> Name | None:
    """引导企业300家|到平台注册: after a bare noun what it was counted for tells it from others."""
    said = name.text(text)
    to = _TO.match(text, start, end)
    if to is None or not any(is_bare(said[-size:]) for size in (2, 3, 4)):
        return None
    return Name(((start, rstrip(text, start, min(end, start + 18))),))


def _next_has_it(line: Line, group: Group, right: Name, mine: Name) -> bool:
    """民营企业2万户个体户9万户: the words up to the next number are its own name, not this one's."""
    return (
        group.runs_on
        and len(mine.text(line.text)) >= 3
        and right.pieces[-1][1] >= group.right
        and not is_bare(right.text(line.text))
        and not AMONG.match(line.text, right.pieces[-1][1])
        and not ranks_next(line, group)
    )


def _among(text: str, name: Name) -> Name | None:
    """35个行业大类中|有27个: those of which some are counted, without 中; None for another name."""
    end = name.pieces[-1][1]
    if text[end - 1] != "中":
        return None
    inside = not name.added and not text.endswith(MIDDLE_WORDS, 0, end)
    return name.until(end - 1) if inside and end - name.pieces[0][0] > 3 else None


def ranks_next(line: Line, group: Group) -> bool:
    """居全省16个市|第3位: whether the next number is a place in the order of those counted."""
    after = line.tokens[group.next] if group.next < len(line.tokens) else None
    return isinstance(after, Quantity) and after.place == "第"


def _counted_next(line: Line, group: Group) -> Name | None:
    """总投资5亿元的|12个项目, 5个|4千亩园区: the noun after the next number, right behind this one."""
    if group.next >= len(line.tokens):
        return None
    token = line.tokens[group.next]
    if not isinstance(token, Quantity) or line.text[group.last.end : token.start].strip() not in ("", "的"):
        return None
    return _after(line, group.next)


def _after(line: Line, index: int) -> Name | None:
    token = line.tokens[index]
    stop = line.tokens[index + 1] if index + 1 < len(line.tokens) else None
    end = min(stop.start if stop else len(line.text), token.end + 60)
    return following(line.text, token.end, end, isinstance(stop, Quantity))


def _shared_predicate(line: Line, group: Group, right: Name) -> Name | None:
    """98个甲、95个乙列入纲要: the predicate after the last of a chain of counts is said of each."""
    if not group.runs_on or group.next >= len(line.tokens):
        return None
    token = line.tokens[group.next]
    between = line.text[right.pieces[-1][1] : token.start].strip()
    if between not in ("、", "和", "及", "与"):
        return None
    end = line.tokens[group.next + 1].start if group.next + 1 < len(line.tokens) else len(line.text)
    return predicate_of(line.text, token.end, min(end, token.end + 60))
