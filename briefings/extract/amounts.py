"""Amounts and counts: levels, absolute changes, steps in a ranking, differences to a plan."""

import re
from decimal import Decimal

from briefings.extract import patterns as p
from briefings.extract.choosing import choose, ranks_next
from briefings.extract.counted import AMONG, following
from briefings.extract.growth import basis_before, read_gap
from briefings.extract.line import Group, Line
from briefings.extract.names import Name, Own
from briefings.extract.standing import PLACES_COUNTED
from briefings.records.fact import Status

_PLACES = re.compile(r"(?:进位|前移|提升|上升|晋升|晋位|前进|后退|下滑|退位|下降)(?:了)?$")
_BUDGET_LAST = frozenset("收支出入算划标数")
_ABOVE = re.compile(r"(?P<cue>高于|低于|多于|少于)(?P<other>[^,，]{2,20}?)$")
_CAPACITY = re.compile(r"(?:年产|日产|年处理|日处理|年加工)$")
_CAPACITY_LAST = frozenset("产理工")
_THOSE_THAT = ("的有", "的共有")
"""增速加快的有|4个县区: counted are those that grow, it is no growth."""
_APART = re.compile(r"(?P<cue>高出|高|多出|多|领先|低|少|落后)(?:了|近|约)?$")
_BESIDE = re.compile(r"[比较]第?$")
_BEHIND = ("低", "少", "落后")
_PLACES_ABOVE = re.compile(
    rf"(?P<what>[^,，。;]{{2,16}}?)(?:超过?|突破|过|达到?|高于|低于|不足)[^,，。;的]{{1,8}}的(?:{PLACES_COUNTED.pattern})"
)
_LAST_FEW = re.compile(r"(?:排名?|居|列|倒数)?后$")


def read_amount(line: Line, group: Group, left: int, end: int) -> None:
    """A number with a unit: a distance, a step in a ranking, a new level, a difference, or a level."""
    text, first = line.text, group.first
    right = following(text, group.last.end, group.right, group.runs_on)
    before = text[end - 1] if end > left else ""
    if first.unit in ("名", "位") and before == "后" and _LAST_FEW.search(text, left, end):
        return  # 后3名依次是: the last few of an order have no place in it
    if before == "每" or (
        before in _CAPACITY_LAST and right is not None and _CAPACITY.search(text, left, end)
    ):
        return
    if first.unit in ("个名次", "位次", "个位次", "位") and (moved := _PLACES.search(text, left, end)):
        said, stop = basis_before(line, left, moved.start())
        own = line.own(left, stop)
        name = (
            own.name
            or line.said()
            or (Name(((first.start, first.start),), literal="位次") if own.scope else None)
        )
        if (
            name is not None
            and (aspect := line.said()) is not None
            and name.text(text) in ("名次", "位次", "排名")
        ):
            name = aspect.plus(name)
        if name is not None:
            sign = -1 if moved[0][:2] in ("后退", "下滑", "退位", "下降") else 1
            flags = () if said else ("basis_default",)
            line.emit(first, "delta", name, "places", basis=said or "yoy", sign=sign, flags=flags)
        return
    if len(group.quantities) == 1 and _amount_gap(line, group, left, end):
        return
    if text.endswith("相差", left, end):
        _apart(line, group)
        return
    if _ahead_of(line, group, left, end):
        return
    if reach := p.reach(text, left, end):
        _, stop = basis_before(line, left, reach.start())
        _level(line, group, left, stop, "reach", None)
        return
    if _budget(line, group, left, end) or _more(line, group, left, end):
        return
    direction = None if text.endswith(_THOSE_THAT, left, first.start) else p.direction(text, left, end)
    if direction and not p.GROWTH_NOUN.search(direction[0]) and _delta(line, group, left, direction, right):
        return
    _level(line, group, left, end, "level", right)


def _budget(line: Line, group: Group, left: int, end: int) -> bool:
    """同比减收0.6亿元, 比预算短收800万元, 超收4亿元, 超预算3亿元: said of the revenue or expenditure before it."""
    text = line.text
    if end <= left or text[end - 1] not in _BUDGET_LAST:
        return False
    found = p.BUDGET.search(text, max(left, end - 4), end)
    over = None if found else p.OVER_PLAN.search(text, max(left, end - 12), end)
    if found is None and over is None:
        return False
    start = found.start() if found else over.start() if over else end
    basis, own_end = basis_before(line, left, start)
    plan = over or p.BUDGET_PLAN.search(text, left, start)
    if plan:
        own_end = plan.start()
    own = line.own(left, own_end).name
    name = own or line.said()
    if name is None or (
        own is not None and plan is None and (basis is None or p.basis_of(text[own_end:start]) is None)
    ):
        return False
    sign = (
        -1
        if (found["word"][0] in "减短欠节少" if found else over is not None and over[0][0] in "短低")
        else 1
    )
    for quantity in group.quantities:
        if plan:
            line.emit(quantity, "gap", name, "budget", basis=plan["other"], sign=sign)
        elif basis:
            line.emit(quantity, "delta", name, "budget", basis=basis, sign=sign)
        else:
            said = name.plus(Name((found.span(),))) if found else name
            line.emit(quantity, "level", said, "budget", flags=("name_inferred",))
    if own is not None:
        line.now.head = own
    return True


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
    cue = p.than(text, left, end) or p.than(text, left, group.first.start)
    if cue is not None and not p.IS_TIME.fullmatch(cue["other"]):
        return read_gap(line, group, left, end)
    if group.first.sort != "count" and text.find("于", left, end) >= 0 and _ABOVE.search(text, left, end):
        return read_gap(line, group, left, end)
    return False


def _apart(line: Line, group: Group) -> None:
    """东河区最高,为32150元;南屏区最低,为24380元,相差|7770元: the first against the second, where the difference is just that."""
    told = [fact for fact in line.drafts[-2:] if fact.kind == "level"]
    if len(told) < 2 or len(group.quantities) > 1 or told[0].quantity.unit != told[1].quantity.unit:
        return
    one, other = told
    apart = Decimal(one.value) - Decimal(other.value)
    if group.first.unit == one.quantity.unit and abs(apart) == Decimal(group.first.value):
        sign = -1 if apart < 0 else 1
        line.emit(group.first, "gap", one.name, "apart", basis=other.scope, sign=sign, scope=one.scope)


def _ahead_of(line: Line, group: Group, left: int, end: int) -> bool:
    """比第2名临港区|高出1.85分: how far it is from the one in that place."""
    text, last = line.text, line.now.facts[-1] if line.now.facts else None
    if last is None or last.kind != "rank" or last.quantity.end != left or len(group.quantities) > 1:
        return False
    cue = _APART.search(text, left, end)
    at = last.quantity.start
    if cue is None or not _BESIDE.search(text, max(0, at - 2), at):
        return False
    against = text[left : cue.start()].strip() or text[last.quantity.start : last.quantity.end]
    sign = -1 if cue["cue"] in _BEHIND else 1
    line.emit(group.first, "gap", last.name, "ahead_of", basis=against, sign=sign, flags=("name_inferred",))
    return True


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
    if (
        found.name is None
        and group.first.sort == "count"
        and len(names) == 1
        and (of_it := line.counted_in(unit))
    ):
        names = [of_it]  # 4个县区,比去年同期增加|1个
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


def _above(text: str, name: Name) -> Name | None:
    """GDP|超百亿元的县区: what the places that are counted have, which the numbers after it are of; None for another name."""
    start, end = name.pieces[-1]
    found = _PLACES_ABOVE.fullmatch(text, start, end) if len(name.pieces) == 1 else None
    return Name((found.span("what"),)) if found else None


def _level(line: Line, group: Group, left: int, end: int, rule: str, right: Name | None) -> None:
    text, now = line.text, line.now
    if origin := p.FROM.search(text, left, end):
        end = origin.start()
    found = line.own(left, end)
    name, flags, rule = choose(line, group, left, end, found, rule, right)
    if name is None:
        return
    names = [name]
    if len(group.quantities) > 1:
        targets = line.targets(group, Own(name, found.scope))
        names, more = targets or ([name] * len(group.quantities), ())
        flags = (*flags, *more)
    of_places = (
        group.first.sort == "count"
        and (line.said() is not None or ranks_next(line, group))
        and PLACES_COUNTED.fullmatch(names[-1].text(text)) is not None
    )
    status: Status | None = "target" if p.PLANNED.search(text, left, end) else None
    if p.starts_from(text, left, group.first.start):
        status = "actual"
    for quantity, each in zip(group.quantities, names, strict=True):
        line.emit(quantity, "level", each, rule, status=status, flags=flags)
        if quantity.sort == "count" and rule != "part" and not of_places:
            now.parent = each
    if not of_places and (above := _above(text, names[-1])):
        now.head = above
        now.rate = now.growth = now.basis = None
        return
    if of_places:
        after = names[-1].pieces[-1][1]
        among = AMONG.match(text, after)
        if among or ranks_next(line, group):
            stop = among.end() if among else min(group.right, len(text))
            now.rank_set = line.raw[group.first.start : after if among else stop]
            now.among, now.counted = stop, (left, group.first.start)
        return
    if rule == "part":
        now.rate = now.growth = now.basis = None
        return
    if rule in ("counted", "of") and len(names) == 1:
        now.chain.append(names[0])
        after = names[0].pieces[-1][1]
        if after >= group.last.end and (among := AMONG.match(text, after)):
            now.rank_set, now.among = line.raw[group.first.start : after], among.end()
            return
    now.head = names[-1] if len(names) == 1 else name
    now.rate = now.growth = now.basis = None
