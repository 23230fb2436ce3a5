"""Changes: growth in percent and times, steps in percentage points, distances to others."""

import re
from decimal import Decimal

from briefings.extract import patterns as p
from briefings.extract.line import Group, Line
from briefings.extract.names import Name, Own, lacks_measure, measure_end, without_share
from briefings.records.fact import Kind, Status

_AVERAGE = re.compile(r"(?:(?:平均)?(?:水平|增速|增幅|增长水平|总体水平)|的|分别|(?<!平)均|约|近)+$")
_LONE_MONTH = re.compile(r"(?<![-—–~至\d])(\d{1,2})月份?(?!同期|\d|末|底|初)")
_MONTH_NOW = re.compile(r"M(\d\d)$")
_OF_A_GOAL = re.compile(r"(?:左右|以上)?的(?:年度|全年|预期|增长|发展)*目标")
_DIGIT = re.compile(r"\d")
_LINKS = re.compile("(?:分别|均|也|仍|同比|且)+$")
_STATED = re.compile("同比|环比")
_NAMES_OF_GROWTH = frozenset(
    ["增速", "增幅", "降幅", "涨幅", "跌幅", "增长速度", "同比增速", "占比", "比重", "增长率"]
)


def basis_before(line: Line, left: int, end: int) -> tuple[str | None, int]:
    """The basis said right before ``end``, and where it begins."""
    found = p.BASIS.search(line.text, max(left, end - 40), end)
    if not found:
        return None, end
    basis = p.basis_of(found[0])
    if basis == "other" and _is_month_before(found[0], line.when() or line.frame.period):
        basis = "qoq"
    whole_year = line.frame.period is not None and line.frame.period.isdigit()
    if basis == "ytd" and whole_year and "年初" not in found[0]:
        basis = "yoy"
    return basis, found.start()


def _default(line: Line) -> str:
    """What a growth that says no basis is measured against: the year before, or where several years began."""
    if line.now.viewed:
        return line.now.viewed
    return "other" if ".." in (period := line.when() or "") and period.replace("..", "").isdigit() else "yoy"


def _is_month_before(words: str, period: str | None) -> bool:
    """比4月份 said of May: the month before."""
    month, now = _LONE_MONTH.search(words), _MONTH_NOW.search(period or "")
    return month is not None and now is not None and int(month[1]) == (int(now[1]) - 1 or 12)


def read_points(line: Line, group: Group, left: int, end: int) -> None:
    """Numbers in percentage points: a distance to another, a contribution, or a step of a rate or of a growth."""
    if read_gap(line, group, left, end):
        return
    text, now = line.text, line.now
    if text.endswith("相差", left, end):
        _apart(line, group)
        return
    direction = p.direction(text, left, end)
    contribution = p.CONTRIBUTION.search(text, left, end)
    if contribution and (contribution["what"] or not direction):
        _contribution(line, group, contribution, left)
        return
    if direction is None:
        if now.facts and now.facts[-1].kind == "gap" and end - left <= 12:
            last = now.facts[-1]
            _emit_gaps(
                line,
                group,
                last.name,
                _others(text[left:end], 1),
                -1 if last.value.startswith("-") else 1,
                (),
            )
        return
    basis, own_end = basis_before(line, left, direction.start())
    found = line.own(left, own_end)
    word = p.word(direction)
    sign = -1 if word in p.DOWN else 1
    words = found.name.text(text) if found.name else ""
    fallen = bool(now.facts) and now.facts[-1].value.startswith("-")
    if word == "收窄" and (words.endswith(("降幅", "跌幅")) or (not words and fallen)):
        sign = 1
    elif words.endswith(("降幅", "跌幅")):
        sign = -sign
    targets = _points_targets(line, group, found)
    if targets is None:
        return
    names, flags = targets
    if basis is None:
        basis, flags = _default(line), (*flags, "basis_default")
    for quantity, name in zip(group.quantities, names, strict=True):
        line.emit(quantity, "delta", name, "points", basis=basis, sign=sign, flags=flags)


def _points_targets(line: Line, group: Group, found: Own) -> tuple[list[Name], tuple[str, ...]] | None:
    now, count = line.now, len(group.quantities)
    if found.name is not None:
        words = found.name.text(line.text)
        base = now.growth or line.said()
        if words in _NAMES_OF_GROWTH and count > 1 and (back := line.back(count, ("change",))):
            return [name.plus(found.name) for name in back], ("distributed_back",)
        if words in _NAMES_OF_GROWTH and base is not None:
            return [base.plus(found.name)] * count, ()
        targets = line.targets(group, found, ("rate",))
        if targets and count == 1:
            now.head = found.name
            if p.RATE_WORD.search(words):
                now.rate = found.name
        return targets
    if count > 1 and (back := line.back(count, ("rate",)) or line.back(count, ("change",))):
        return back, ("distributed_back",)
    if now.rate is not None:
        return [now.rate] * count, ("name_inferred",)
    if now.growth is not None:
        return [now.growth.grown("增速")] * count, ("name_inferred",)
    head = line.said()
    return ([head] * count, ("name_inferred",)) if head else None


def _apart(line: Line, group: Group) -> None:
    """A增长5.1%,B增长7.3%,两者相差|2.2个百分点: the first against the second, where the difference is just that."""
    facts = [fact for fact in line.now.facts[-2:] if fact.kind in ("rate", "change")]
    if len(facts) < 2 or len(group.quantities) > 1 or facts[0].kind != facts[1].kind:
        return
    one, other = facts
    apart = Decimal(one.value) - Decimal(other.value)
    if abs(apart) != Decimal(group.first.value):
        return
    name = one.name.grown("增速") if one.kind == "change" else one.name
    against = other.name.text(line.text) if other.name != one.name else other.scope
    line.emit(group.first, "gap", name, "apart", basis=against, sign=-1 if apart < 0 else 1, scope=one.scope)


def _contribution(line: Line, group: Group, contribution: re.Match[str], left: int) -> None:
    """拉动工业增长2.3个百分点."""
    sign = -1 if contribution["sign"] or "下降" in contribution[0] else 1
    found = line.own(left, contribution.start())
    what = Name(((contribution.start(), contribution.end("what")),)) if contribution["what"] else None
    name = found.name.plus(what) if found.name and what else what or found.name or line.said()
    if name is None:
        return
    for quantity in group.quantities:
        line.emit(quantity, "delta", name, "contribution", basis="yoy", sign=sign)


def read_gap(line: Line, group: Group, left: int, end: int) -> bool:
    """高于全国、全省0.9、0.4个百分点, 比全省高2个百分点; False where no comparator stands."""
    text, now = line.text, line.now
    cue = p.GAP.search(text, left, end)
    sign = -1 if cue and cue["cue"] in p.GAP_DOWN else 1
    if cue is None:
        cue = p.than(text, left, end) or p.than(text, left, group.first.start)
        if cue is None or (p.IS_TIME.fullmatch(cue["other"]) and p.direction(text, left, end)):
            return False
        sign = -1 if cue["cue"] in "低慢少" else 1
    if p.IS_TIME.fullmatch(cue["other"]):
        return _against_time(line, group, left, cue, sign)
    if _DIGIT.search(cue["other"]):
        return False
    before = cue.start()
    if found := _LINKS.search(text[left:before]):
        before = left + found.start()
    name = line.own(left, before).name
    flags: tuple[str, ...] = ()
    words = name.text(text) if name else ""
    if name is None or words in _NAMES_OF_GROWTH:
        done = now.facts[-1].name if now.facts and now.facts[-1].kind == "completion" else None
        of_rate = now.rate is not None and bool(now.facts) and now.facts[-1].kind == "rate"
        base = done or (now.rate if of_rate else now.growth or now.rate or line.said())
        if base is None:
            return False
        flags = ("name_inferred",)
        inferred = base.grown("完成率") if done else base.grown("增速") if base is now.growth else base
        name = base.plus(name) if name is not None else inferred
    elif direction := p.DIRECTION.search(words):
        name = (name.until(name.pieces[-1][1] - len(direction[0])) or name).grown("增速")
    if now.head is None and not flags:
        now.head = name
    _emit_gaps(line, group, name, _others(cue["other"], len(group.quantities)), sign, flags)
    return True


def _against_time(line: Line, group: Group, left: int, cue: re.Match[str], sign: int) -> bool:
    """低于上年0.1个百分点: a comparison with its own past is a change, not a distance."""
    targets = _points_targets(line, group, line.own(left, cue.start()))
    if targets is None:
        return False
    basis = p.basis_of("比" + cue["other"]) or "yoy"
    for quantity, name in zip(group.quantities, targets[0], strict=True):
        line.emit(quantity, "delta", name, "against_time", basis=basis, sign=sign, flags=targets[1])
    return True


def elided(line: Line, found: Own, kind: Kind) -> Own:
    """私营企业增长6% after …企业增加值增长4%: the measure said of the one before is meant of this one too."""
    now = line.now
    if found.name is None or not lacks_measure(line.text, found.name):
        return found
    if now.within is not None and (measure := measure_end(line.text, now.within)):
        return Own(found.name.plus(measure), found.scope)
    if not now.facts or now.facts[-1].kind != kind:
        return found
    measure = measure_end(line.text, now.facts[-1].name)
    return Own(found.name.plus(measure), found.scope) if measure else found


def _others(words: str, count: int) -> list[str]:
    words = _AVERAGE.sub("", words.strip(" 、,，“”"))
    if count > 1:
        parts = [_AVERAGE.sub("", part) for part in re.split(r"、|和|与|及", words) if part]
        if len(parts) == count:
            return parts
    return [words] * count


def _emit_gaps(
    line: Line, group: Group, name: Name, others: list[str], sign: int, flags: tuple[str, ...]
) -> None:
    if len(others) != len(group.quantities):
        others, flags = others[:1] * len(group.quantities), (*flags, "distribution_unclear")
    for quantity, other in zip(group.quantities, others, strict=True):
        line.emit(quantity, "gap", name, "gap", basis=other or None, sign=sign, flags=flags)


def read_change(line: Line, group: Group, left: int, direction: re.Match[str]) -> None:
    """增长6.2%, 增长近2倍: of the clause's own name, of a list of names, or of what was said before."""
    text, now = line.text, line.now
    basis, own_end = basis_before(line, left, direction.start())
    stated = _STATED.search(text, direction.end(), group.first.start) if basis is None else None
    if stated:
        basis = p.basis_of(stated[0])
    found = line.with_parent(line.own(left, own_end))
    if len(group.quantities) == 1:
        found = elided(line, found, "change")
    sign = -1 if p.word(direction) in p.DOWN else 1
    last = now.facts[-1] if now.facts else None
    if (
        found.name is None
        and len(group.quantities) == 1
        and now.rate is not None
        and last
        and last.kind == "rate"
    ):
        base = without_share(text, now.rate)
        if base is now.rate and last.rule != "share":
            _rate_change(line, group, basis, sign)
            return
    targets = line.targets(group, found, ("level",))
    if targets is None:
        return
    names, flags = targets
    status: Status | None = "target" if _OF_A_GOAL.match(text, group.last.end) else None
    if basis is None and found.name is None and now.basis is not None and last and last.kind == "delta":
        basis, flags = now.basis, (*flags, "basis_carried")
    if basis is None:
        basis, flags = _default(line), (*flags, "basis_default")
    for quantity, name in zip(group.quantities, names, strict=True):
        whole = without_share(text, name)
        line.emit(quantity, "change", whole, "change", basis=basis, sign=sign, status=status, flags=flags)
        now.growth = whole.grown("两年平均") if basis == "avg2y" else whole
    if found.name is not None:
        now.rate = None
        now.head = names[-1] if len(names) == 1 else found.name
    elif now.head is None:
        now.head = names[-1]
    now.basis = basis


def read_doubling(line: Line, group: Group, left: int, end: int) -> None:
    """翻一番: the verb is part of the number."""
    basis, own_end = basis_before(line, left, end)
    name = line.own(left, own_end).name or line.said()
    if name is None:
        return
    flags = () if basis else ("basis_default",)
    line.emit(group.first, "change", name, "doubling", basis=basis or "yoy", flags=flags)
    line.now.head = line.now.growth = name


def _rate_change(line: Line, group: Group, basis: str | None, sign: int) -> None:
    """提高3.5% said of a rate: percent where percentage points may be meant; kept and flagged."""
    assert line.now.rate is not None
    flags: tuple[str, ...] = ("name_inferred", "percent_for_points")
    if basis is None:
        basis, flags = "yoy", (*flags, "basis_default")
    for quantity in group.quantities:
        line.emit(quantity, "change", line.now.rate, "rate_change", basis=basis, sign=sign, flags=flags)
