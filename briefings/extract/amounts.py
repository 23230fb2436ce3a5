"""Amounts and counts: levels, absolute changes, ranks, and numbers without a unit."""

import re

from briefings.extract import patterns as p
from briefings.extract.counted import (
    following,
    head_of,
    is_bare,
    noun_of,
    participle,
    predicate_of,
    starts_with_verb,
    verb_before,
)
from briefings.extract.growth import basis_before, read_gap
from briefings.extract.lexer import Quantity
from briefings.extract.line import Group, Line
from briefings.extract.names import Name, Own, ends_with_verb, generic_end, is_verb, rstrip
from briefings.records.fact import Status

_TO = re.compile(r"(?:到(?!位)|用于|赴|进入|参加|纳入|列入|入选|入驻)[^,，。;、\d]{3,}")
_PLACES = re.compile(r"(?:进位|前移|提升|上升|晋升|晋位|前进|后退|下滑|退位|下降)(?:了)?$")
_ABOVE = re.compile(r"(?P<cue>高于|低于|多于|少于)(?P<other>[^,，]{2,20}?)$")
_CAPACITY = re.compile(r"(?:年产|日产|年处理|日处理|年加工)$")
_RANK_TAIL = re.compile(r"(?:由|从|继续|稳|跃|分别|连续|均|双双|也|已|仍)+$")
_RANKED_ASPECTS = frozenset(
    ["增速", "增幅", "总量", "规模", "数量", "降幅", "增量", "位次", "总数", "增速均", "绝对值"]
)
_REACHES = frozenset(("惠及", "涉及", "带动", "覆盖", "受益", "辐射"))
_STANDS_ALONE = frozenset(("立案", "结案", "破案", "移送", "罚款", "约谈", "受理"))
_DONE_TO = re.compile(
    r"(?:新|已|计划|累计)*(?:开工|签约|引进|建设|建|增|注册|登记|发现|排查|受理|检查|梳理|培育|认定)"
)
_SIDE = re.compile(r"(?:基金)?(?:收入|支出|(?:当[期年]|累计|滚存|年末)?结余)")
_SIDE_END = re.compile(r"(?:收入|支出|(?:当[期年]|累计|滚存|年末)?结余)$")
_DURATION_NAMES = re.compile(
    r"(?:天数|时间|时长|年龄|寿命|工龄|工期|期限|周期|日数|时数|用时|时限|住院日|耗时)$"
)


def read_rank(line: Line, group: Group, left: int, end: int) -> None:
    """居全省第5位, 列同类城市前3位; ordinals that are no rank give nothing."""
    text, now, first = line.text, line.now, group.first
    left = max(left, now.among)
    cue = p.RANK.search(text, left, first.start)
    words = text[left : first.start].strip(" 、,，:“")
    if cue and cue["cue"] in ("由", "从", "保持", "进入") and not cue["set"].strip():
        cue = None
    said = cue is not None or bool(p.RANK_SET.search(words))
    if first.unit not in ("位", "名", None) or (not said and (first.unit is None or first.place == "前")):
        return
    name = None
    if cue:
        among = cue["set"].strip(" 的“”")
        name = line.own(left, _before(text, left, cue.start())).name
    else:
        among = words if len(words) <= 10 else (p.RANK_SET.search(words) or [""])[0]
    if among in ("由", "从", ""):
        among = ""
        if ranked := p.RANKING.search(text, left, first.start):
            among = ranked["set"]
    among = among or now.rank_set or ""
    now.rank_set = among or None
    flags: tuple[str, ...] = ()
    head = line.said()
    if name is None:
        if len(group.quantities) > 1 and (back := line.back(len(group.quantities), ("level",))):
            for quantity, each in zip(group.quantities, back, strict=True):
                line.emit(quantity, "rank", each, "rank", basis=among or None, flags=("distributed_back",))
            return
        if head is None:
            return
        name, flags = head, ("name_inferred",)
    elif head is not None and name.text(text) in _RANKED_ASPECTS:
        back = line.back(len(group.quantities), ("level",)) if len(group.quantities) > 1 else None
        if back:
            for quantity, each in zip(group.quantities, back, strict=True):
                line.emit(
                    quantity,
                    "rank",
                    each.plus(name),
                    "rank",
                    basis=among or None,
                    flags=("distributed_back",),
                )
            return
        name = head.plus(name)
    else:
        now.head = name
    targets = line.targets(group, Own(name))
    names = targets[0] if targets else [name] * len(group.quantities)
    for quantity, each in zip(group.quantities, names, strict=True):
        line.emit(quantity, "rank", each, "rank", basis=among or None, flags=flags)


def _before(text: str, left: int, end: int) -> int:
    found = _RANK_TAIL.search(text, left, end)
    return found.start() if found else end


def read_duration(line: Line, group: Group, left: int, end: int) -> None:
    """A time span is measured only where a name says so (优良天数300天); else it is a limit and gives nothing."""
    text, now = line.text, line.now
    direction = p.DIRECTION.search(text, max(left, end - 10), end)
    if direction and now.facts and now.facts[-1].rule == "duration":
        basis, own_end = basis_before(line, left, direction.start())
        if line.own(left, own_end).name is None:
            sign = -1 if p.word(direction) in p.DOWN else 1
            flags = () if basis else ("basis_default",)
            line.emit(
                group.first,
                "delta",
                now.facts[-1].name,
                "duration",
                basis=basis or "yoy",
                sign=sign,
                flags=flags,
            )
        return
    if reach := p.REACH.search(text, max(left, end - 12), end):
        _, end = basis_before(line, left, reach.start())
    if origin := p.FROM.search(text, left, end):
        end = origin.start()
    if not _DURATION_NAMES.search(text, left, end):
        return
    found = line.own(left, end)
    if found.name is None:
        return
    for quantity in group.quantities:
        line.emit(quantity, "level", found.name, "duration")
    now.head = found.name


def read_plain(line: Line, group: Group, left: int, end: int) -> None:
    """Numbers without a unit: the parts of a ratio, or an index."""
    text, now = line.text, line.now
    if len(group.quantities) > 2 and text[group.first.end] == ":":
        if cut := p.FROM.search(text, left, end) or p.REACH.search(text, left, group.first.start):
            end = cut.start()
        name = line.own(left, end).name or line.said()
        if name is not None:
            now.head = name
            for quantity in group.quantities:
                line.emit(quantity, "rate", name, "ratio")
        return
    if len(group.quantities) == 2 and text[group.first.end] == ":" and group.last.value == "1":
        cut = p.FROM.search(text, left, end) or p.REACH.search(text, left, group.first.start)
        name = line.own(left, cut.start() if cut else end).name or line.said()
        if name is not None:
            line.emit(group.first, "rate", name, "ratio")
            now.head = now.rate = name
        return
    direction = p.DIRECTION.search(text, max(left, end - 10), end)
    if direction and len(group.quantities) == 1 and now.facts and now.facts[-1].rule in ("ratio", "index"):
        basis, own_end = basis_before(line, left, direction.start())
        if line.own(left, own_end).name is None:
            sign = -1 if p.word(direction) in p.DOWN or "缩小" in direction[0] else 1
            flags: tuple[str, ...] = ("name_inferred",) if basis else ("name_inferred", "basis_default")
            line.emit(
                group.first,
                "delta",
                now.facts[-1].name,
                "points",
                basis=basis or "yoy",
                sign=sign,
                flags=flags,
            )
        return
    step = p.FROM.search(text, left, end) or p.REACH.search(text, left, end)
    end = step.start() if step else end
    name = line.own(left, end).name if p.INDEX.search(text, left, end) else None
    if name is None and step and now.facts and now.facts[-1].rule == "index":
        name = now.head
    if name is not None and len(group.quantities) == 1:
        ratio = name.text(text).endswith("比")
        line.emit(group.first, "rate" if ratio else "level", name, "index")
        now.head = name


def read_amount(line: Line, group: Group, left: int, end: int) -> None:
    """A number with a unit: a distance, a step in a ranking, a new level, a difference, or a level."""
    text, first = line.text, group.first
    right = following(text, group.last.end, group.right, group.runs_on)
    if text[max(left, end - 1) : end] == "每" or (_CAPACITY.search(text, left, end) and right is not None):
        return
    if first.unit in ("个名次", "位次", "个位次", "位") and (moved := _PLACES.search(text, left, end)):
        said, stop = basis_before(line, left, moved.start())
        name = line.own(left, stop).name or line.said()
        if name is not None:
            sign = -1 if moved[0][:2] in ("后退", "下滑", "退位", "下降") else 1
            flags = () if said else ("basis_default",)
            line.emit(first, "delta", name, "places", basis=said or "yoy", sign=sign, flags=flags)
        return
    if len(group.quantities) == 1 and _amount_gap(line, group, left, end):
        return
    if reach := p.REACH.search(text, max(left, end - 12), end):
        _, stop = basis_before(line, left, reach.start())
        _level(line, group, left, stop, "reach", None)
        return
    if _more(line, group, left, end):
        return
    direction = p.DIRECTION.search(text, max(left, end - 10), end)
    if direction and not p.GROWTH_NOUN.search(direction[0]) and _delta(line, group, left, direction, right):
        return
    _level(line, group, left, end, "level", right)


def _more(line: Line, group: Group, left: int, end: int) -> bool:
    """同比多追回411万元, 比上年少排放3万吨: more or less of what was just said."""
    found = p.MORE.search(line.text, max(left, end - 8), end)
    basis, start = basis_before(line, left, found.start()) if found else (None, 0)
    head = line.said()
    if found is None or basis is None or head is None or line.own(left, start).name is not None:
        return False
    sign = -1 if found["word"] == "少" else 1
    for quantity in group.quantities:
        line.emit(quantity, "delta", head, "more", basis=basis, sign=sign, flags=("name_inferred",))
    return True


def _amount_gap(line: Line, group: Group, left: int, end: int) -> bool:
    text = line.text
    cue = p.GAP_THAN.search(text, left, end) or p.GAP_THAN.search(text, left, group.first.start)
    if cue is not None and not p.IS_TIME.fullmatch(cue["other"]):
        return read_gap(line, group, left, end)
    if group.first.sort != "count" and _ABOVE.search(text, left, end):
        return read_gap(line, group, left, end)
    return False


def _delta(line: Line, group: Group, left: int, direction: re.Match[str], right: Name | None) -> bool:
    """较年初新增42亿元, 同比增加7个; False where the verb makes a level (新增就业3万人)."""
    now, unit = line.now, group.first.unit
    basis, own_end = basis_before(line, left, direction.start())
    word = p.word(direction)
    found = line.own(left, own_end)
    sign = -1 if word in p.DOWN else 1
    fresh = word in ("新增", "净增", "增收")
    same = any(fact.quantity.unit == unit and fact.kind == "level" for fact in now.facts)
    if basis is None:
        if fresh or right is not None or word in ("压减", "压缩", "精简", "压降", "多收", "拉升"):
            return False
        if found.name is None and not same:
            return False
    found = line.with_parent(found)
    targets = line.targets(group, found, ("level",))
    if right is not None and found.name is None and (targets is None or not same):
        targets = [right] * len(group.quantities), ()
    if targets is None:
        return False
    names, flags = targets
    if basis is None and any(f.kind == "delta" and f.basis == "ytd" for f in now.facts[-4:]):
        basis, flags = "ytd", (*flags, "basis_carried")
    if basis is None:
        basis, flags = "yoy", (*flags, "basis_default")
    if found.name is None and not same and any(fact.kind == "level" for fact in now.facts):
        flags = (*flags, "unit_mismatch")
    for quantity, name in zip(group.quantities, names, strict=True):
        line.emit(quantity, "delta", name, "delta", basis=basis, sign=sign, flags=flags)
    if found.name is not None:
        now.head = names[-1]
    now.basis = basis
    return True


def _level(line: Line, group: Group, left: int, end: int, rule: str, right: Name | None) -> None:
    text, now = line.text, line.now
    if origin := p.FROM.search(text, left, end):
        end = origin.start()
    found = line.own(left, end)
    name, flags, rule = _choose(line, group, left, end, found, rule, right)
    if name is None:
        return
    names = [name]
    if len(group.quantities) > 1:
        targets = line.targets(group, Own(name, found.scope))
        names, more = targets or ([name] * len(group.quantities), ())
        flags = (*flags, *more)
    status: Status | None = "target" if p.PLANNED.search(text, left, end) else None
    for quantity, each in zip(group.quantities, names, strict=True):
        line.emit(quantity, "level", each, rule, status=status, flags=flags)
        if quantity.sort == "count" and rule != "part":
            now.parent = each
    if rule == "part":
        now.rate = now.growth = now.basis = None
        return
    if rule in ("counted", "of") and len(names) == 1:
        now.chain.append(names[0])
        if (after := names[0].pieces[-1][1]) >= group.last.end and text[after : after + 1] == "中":
            now.rank_set, now.among = line.raw[group.first.start : after], after + 1
            return
    now.head = names[-1] if len(names) == 1 else name
    now.rate = now.growth = now.basis = None


def _choose(
    line: Line, group: Group, left: int, end: int, found: Own, rule: str, right: Name | None
) -> tuple[Name | None, tuple[str, ...], str]:
    """The name on the left of the number or the one on its right."""
    text = line.text
    first, last = group.first, group.last
    counted = first.sort in ("count", "score", "none")
    if found.name is not None and right is not None and _is_said(line, found.name, first.start):
        found = Own(None, found.scope)
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
    bare = found.name is not None and is_verb(found.name.text(text)) and first.sort != "measure"
    if bare and found.name is not None and line.now.head is not None:
        verb, of_it = found.name.text(text), line.counted_in(first.unit)
        if counted and of_it and of_it.text(text).endswith(verb):
            return of_it, ("name_inferred",), "part"
        if counted and of_it and verb not in _REACHES:
            return found.name.plus(_noun(text, of_it)), ("name_inferred",), "part"
        if counted and verb in _STANDS_ALONE:
            return found.name, (), rule
        if counted and line.now.parent:
            return line.now.parent.plus(found.name), ("name_inferred",), "part"
        return line.now.head.plus(found.name), ("name_inferred",), rule
    if found.name is not None and (fund := _same_fund(line, found.name)):
        return fund.plus(found.name), ("name_inferred",), rule
    if found.name is not None:
        return line.with_parent(found).name, (), rule
    if counted and right is None and (more := participle(text, last.end, group.right)) is not None:
        base = line.now.parent or line.said()
        return (base.plus(more) if base else more), ("name_inferred",), "part"
    if line.now.head is None and rule == "level" and (matter := line.matter()) is not None:
        return matter, ("name_inferred",), rule
    head = (
        line.counted_in(first.unit) if first.sort == "count" and rule == "level" else None
    ) or line.now.head
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
    right = head_of(text, right)
    before = text[max(left, group.first.start - 2) : group.first.start]
    if found.name is not None and before.endswith(("的", "所属")):
        noun = noun_of(text, right)
        if is_bare(noun.text(text)):
            return found.name.plus(noun), (), "counted"
    if is_bare(right.text(text)) and (more := _shared_predicate(line, group, right)):
        right = right.plus(more)
    verb = verb_before(text, left, end)
    return (verb.plus(right) if verb else right), (), "counted"


def _noun(text: str, name: Name) -> Name:
    """新开工|项目: what is counted, without what was done to it."""
    start, end = name.pieces[-1]
    verb = _DONE_TO.match(text, start, end)
    return Name(((verb.end(), end),)) if verb and end - verb.end() >= 2 else name


def _is_said(line: Line, name: Name, start: int) -> bool:
    """80万燃气用户、|60万户供热用户: the words before the number are the name of the count before it."""
    last = line.now.facts[-1] if line.now.facts else None
    if last is None or last.rule != "counted":
        return False
    begin, end = last.name.pieces[-1]
    at = name.pieces[0][0]
    return begin <= at < end and line.text[end:start].strip() in ("、", "和", "及", "与")


def _same_fund(line: Line, name: Name) -> Name | None:
    """职工医保基金收入…,支出…,当期结余…: what the other side of one account is of."""
    head = line.now.head
    if head is None or head.added or not _SIDE.fullmatch(name.text(line.text)):
        return None
    start, end = head.pieces[-1]
    side = _SIDE_END.search(line.text, start, end)
    return head.until(side.start()) if side and side.start() - head.pieces[0][0] >= 2 else None


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
    )


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
