"""Numbers in percent and times: completion of a plan, share, rate, or a change that ``growth`` reads."""

import re

from briefings.extract import patterns as p
from briefings.extract.counted import following, starts_with_verb
from briefings.extract.growth import elided, read_change, read_doubling
from briefings.extract.line import Group, Line
from briefings.extract.lists import several
from briefings.extract.names import Name, Own, without_share
from briefings.records.fact import Kind, Status

_PLAN_OF = re.compile(r"投资|额|量|收入")
_DONE = re.compile(r"(?:已|累计|实际)?完成(?:了|近|约)?$")
"""到位资金15亿元,完成|64%: of the plan, which goes without saying."""
_RATE_ALONE = frozenset(
    ("完成率", "任务完成率", "计划完成率", "目标完成率", "完成比例", "序时完成率", "完成进度", "进度")
)
_WORK_RATE = re.compile(r"(?:开工在建|开工|复工|在建|竣工|完工)率$")
_GROWTH_AFTER = re.compile(r"的(?:(?:同比|年均|平均)?增长(?:速度|率|目标|预期)?|增速|增幅|涨幅|降幅)")
_THAN = re.compile("(?:高于|低于|优于|好于|快于)$")
_FAR_THAN = re.compile("(?:高于|低于)(?P<other>[^,，]{2,16}?)(?:平均|平均的?|的)$")
_STANDARD = re.compile("的?(?:平均)?水平")
_OTHERS_LEVEL = re.compile(r"的([^,，。;\d]{2,14}?)(?:平均)?(?:水平|目标|增速|要求)")


def read_percent(line: Line, group: Group, left: int, end: int, linked: str) -> None:
    """Read numbers in percent or times; ``linked`` are the linking words before them."""
    text, now, first = line.text, line.now, group.first
    if first.doubled:
        read_doubling(line, group, left, end)
        return
    if first.sort == "percent" and (
        _completion(line, group, left, end)
        or _share(line, group, left, end)
        or _comparator(line, group, left)
    ):
        return
    direction = p.direction(text, left, end) if first.unit != "‰" else None
    if direction is not None and first.sort == "times" and linked.strip().endswith("为"):
        direction = None
    if direction is not None:
        read_change(line, group, left, direction)
        return
    if after := _GROWTH_AFTER.match(text, group.last.end, group.last.end + 12):
        said, what = line.own(left, end).name or line.said(), Name(((after.start() + 1, after.end()),))
        name = said.plus(what) if said else what
        sign = -1 if "降" in after[0] else 1
        for quantity in group.quantities:
            line.emit(
                quantity, "change", name, "growth_after", basis="yoy", sign=sign, flags=("basis_default",)
            )
        now.growth = now.head = name
        return
    if reach := p.reach(text, left, end):
        recovery = p.RECOVERY.search(text, left, first.start)
        read_rate(line, group, left, recovery.start() if recovery else reach.start(), recovery)
        return
    if recovery := p.RECOVERY.search(text, left, end):
        read_rate(line, group, left, recovery.start(), recovery)
        return
    if (
        first.sort == "times"
        and (base := p.TIMES_OF.search(text, left, first.start))
        and _times_of(line, group, left, base)
    ):
        return
    cut = p.OBJECT_CUT.search(text, left, end)
    if cut and first.sort == "percent" and not p.RATE_WORD.search(cut["what"]) and cut.start() - left <= 6:
        said = line.own(left, cut.start()).name
        name = said.plus(Name((cut.span(),))) if said else Name((cut.span(),))
        for quantity in group.quantities:
            line.emit(
                quantity, "change", name, "object_cut", basis="other", sign=-1, flags=("basis_default",)
            )
        now.head = now.growth = name
        return
    read_rate(line, group, left, end, None)


def _times_of(line: Line, group: Group, left: int, base: re.Match[str]) -> bool:
    """分别是上年的1.4倍和1.8倍: of the clause's own name, or of as many amounts before it, whatever their units."""
    found = line.own(left, base.start())
    if found.name is None and len(group.quantities) > 1:
        names = line.last(len(group.quantities))
    else:
        said = found.name or line.said()
        names = [said] * len(group.quantities) if said else None
    if names is None:
        return False
    for quantity, name in zip(group.quantities, names, strict=True):
        line.emit(quantity, "rate", name, "times_of", flags=("name_inferred",))
    return True


def _completion(line: Line, group: Group, left: int, end: int) -> bool:
    """完成全年计划的64%, 占计划投资的58.2%, 计划完成率70%."""
    text, now = line.text, line.now
    found = p.COMPLETION.search(text, left, end) or p.COMPLETION.search(text, left, group.first.start)
    rate = None if found else p.COMPLETION_RATE.search(text, left, end)
    if found is None and rate is None:
        rate = _DONE.search(text, left, group.first.start) if line.now.facts else None
        end = rate.start() if rate else end
    if found is None and rate is None:
        return False
    mine = line.own(left, found.start() if found else end)
    if mine.name is not None and mine.name.text(text) in _RATE_ALONE and line.said() is not None:
        mine = Own(None, mine.scope)
    plan: Name | None = None
    if found:
        start = found.start("plan") + (text[found.start("plan")] == "比")
        plan = Name(((start, found.end("plan")),))
    targets = line.targets(group, mine)
    if targets is None:
        if plan is None:
            return False
        targets, plan = ([plan] * len(group.quantities), ("name_inferred",)), None
    names, flags = targets
    specific = plan is not None and found is not None and _PLAN_OF.search(found["plan"])
    for quantity, name in zip(group.quantities, names, strict=True):
        whole = _without_rate(text, name).plus(plan) if plan and specific else name
        status = "target" if now.future else "actual"
        line.emit(quantity, "completion", whole, "completion", basis="plan", status=status, flags=flags)  # type: ignore[arg-type]
    if mine.name is not None:
        now.head = mine.name
    return True


def _without_rate(text: str, name: Name) -> Name:
    """重点项目开工率 → 重点项目: what part of the plan is done is said of the thing, not of its rate."""
    start, end = name.pieces[-1]
    found = _WORK_RATE.search(text, start, end)
    if found is None or name.added:
        return name
    rest = ((start, found.start()),) if found.start() > start else ()
    pieces = (*name.pieces[:-1], *rest)
    return Name(pieces) if pieces else name


def _share(line: Line, group: Group, left: int, end: int) -> bool:
    """占全市产值比重达到37%."""
    text, now = line.text, line.now
    found = p.SHARE.search(text, left, end) or p.RATIO_TO.search(text, left, end)
    if not found:
        return False
    mine = line.own(left, found.start())
    if not found["of"] and found[0] == "占" and mine.name is None:
        return False
    whole = Name((found.span(),))
    count = len(group.quantities)
    if count > 1:
        names = several(text, mine.name, count) if mine.name else line.back(count, ("level", "change"))
        if names:
            for quantity, name in zip(group.quantities, names, strict=True):
                line.emit(quantity, "rate", name.plus(whole), "share", flags=("distributed",))
            now.head = mine.name or now.head
            return True
    base = mine.name or line.said()
    if mine.name is not None:
        now.head, now.growth = mine.name, None
    now.rate = whole if base is None else base.plus(whole) if found["of"] else base.grown("占比")
    for quantity in group.quantities:
        line.emit(quantity, "rate", now.rate, "share", flags=() if mine.name else ("name_inferred",))
    return True


def _comparator(line: Line, group: Group, left: int) -> bool:
    """低于2.1%的全省平均水平: the number is the other's own level."""
    text, now, first = line.text, line.now, group.first
    gap = _THAN.search(text[max(left, first.start - 6) : first.at])
    after = _OTHERS_LEVEL.match(text, group.last.end, group.last.end + 24)
    name = now.rate or now.growth or line.said()
    if gap and after and name is not None:
        kind: Kind = "change" if name is now.growth else "rate"
        target = "目标" in after[0]
        line.emit(
            first,
            kind,
            name,
            "comparator",
            basis="yoy" if kind == "change" else None,
            scope=None if target else after[1],
            status="target" if target else None,
        )
        return True
    far = _FAR_THAN.search(text[left : first.start])
    if far and _STANDARD.match(text[first.end : first.end + 6]) and name is not None:
        line.emit(first, "rate", name, "comparator", scope=far["other"])
        return True
    return False


def read_rate(line: Line, group: Group, left: int, end: int, recovery: re.Match[str] | None) -> None:
    """A percentage that is a state: its name stands before it, or after it where nothing stands before."""
    text, now, first = line.text, line.now, group.first
    if origin := p.FROM.search(text, left, end):
        end = origin.start()
    found = line.own(left, end)
    growth = (
        first.unit != "‰" and found.name is not None and bool(p.GROWTH_NOUN.search(found.name.text(text)))
    )
    if growth and found.name is not None:
        base = (
            (now.growth or line.said())
            if found.name.text(text) in ("增速", "增幅", "涨幅", "增长率")
            else None
        )
        whole = base.plus(found.name) if base is not None and not base.added else found.name
        for quantity in group.quantities:
            line.emit(quantity, "change", whole, "growth_noun", basis="yoy", flags=("basis_default",))
        if base is None:
            now.head, now.rate = found.name, None
        return
    if recovery is not None:
        base = found.name or (line.said() if len(group.quantities) == 1 else None)
        span = Name((recovery.span(),))
        found = Own(base.plus(span) if base else span, found.scope)
    elif first.sort == "percent":
        found = _with_following(line, group, found)
    if found.name is not None and found.name.text(text) in ("占比", "比重") and (base := line.said()):
        found = Own(base.plus(found.name), found.scope)
    found = elided(line, line.with_parent(found), "rate")
    if first.sort == "times" and found.name is None:
        return
    if len(group.quantities) > 1 and found.name is not None and len(now.chain) == len(group.quantities):
        names, flags = _of_chain(line, found.name), ("distributed",)
    else:
        targets = line.targets(group, found)
        if targets is None:
            return
        names, flags = targets  # type: ignore[assignment]
    status: Status | None = "actual" if p.starts_from(text, left, first.start) else None
    if (
        first.sort == "percent"
        and found.name is None
        and not names[0].added
        and (now.grows or p.GROWTH_NOUN.search(names[0].text(text)))
    ):
        for quantity, name in zip(group.quantities, names, strict=True):
            line.emit(quantity, "change", name, "growth_noun", basis="yoy", flags=(*flags, "basis_default"))
        return
    if found.name is None and first.sort == "percent" and names[0].text(text).endswith("完成率"):
        for quantity, name in zip(group.quantities, names, strict=True):
            line.emit(quantity, "completion", name, "completion", basis="plan", flags=flags)
        return
    for quantity, name in zip(group.quantities, names, strict=True):
        line.emit(quantity, "rate", name, "rate", status=status, flags=flags)
    if found.name is not None and recovery is None:
        now.rate = names[-1]
        now.head = found.name if len(names) > 1 else without_share(text, names[0])
        now.growth = None


def _with_following(line: Line, group: Group, found: Own) -> Own:
    text = line.text
    after = following(text, group.last.end, group.right, group.runs_on)
    if after is None:
        return found
    verb = starts_with_verb(text, *after.pieces[0])
    of = text[group.last.end : group.last.end + 1] == "的"
    if found.name is None:
        return Own(after, found.scope) if not verb or line.said() is None else found
    if p.RATE_WORD.search(found.name.text(text)) or not (of or verb):
        return found
    return Own(found.name.plus(after), found.scope)


def _of_chain(line: Line, name: Name) -> list[Name]:
    """29个甲、220个乙开工率分别达到…: the measure at the end of the last counted name belongs to each."""
    chain = line.now.chain
    start, end = name.pieces[-1]
    counted = chain[-1].pieces[-1][1]
    if chain[-1].pieces[0][0] <= start < counted < end:
        measure = Name(((counted, end),))
        return [each.plus(measure) for each in chain]
    return [each.plus(name) for each in chain[:-1]] + [name]
