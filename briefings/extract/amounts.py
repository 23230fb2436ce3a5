"""Amounts and counts: levels, absolute changes, ranks, and numbers without a unit."""

import re

from briefings.extract import patterns as p
from briefings.extract.choosing import choose, ranks_next
from briefings.extract.counted import AMONG, following
from briefings.extract.growth import basis_before, read_gap
from briefings.extract.line import Group, Line
from briefings.extract.names import Name, Own
from briefings.records.fact import Status

_PLACES = re.compile(r"(?:进位|前移|提升|上升|晋升|晋位|前进|后退|下滑|退位|下降)(?:了)?$")
_NO_SET = re.compile(
    r"倒数|(?:[上下跃回]?[升降移落滑进][至到]|[至到为])|(?![全各]|.{0,6}(?:省|市|国|区|县)(?:排名|名次)$).*(?:排名|名次|增速|增幅|总量|规模)|[\u4e00-\u9fff]{1,5}[区县镇乡](?:排名|名次)"
)
"""What stands before a rank and is no set that something ranks in."""
_PLACES_COUNTED = re.compile(
    r"(?:.{4,}的)?(?:区县|县区|区市|县市区?|市县区?|市州|州市|镇街|街镇|镇村|乡镇|街道|镇|县|区|市|乡|设区市|地级市|地市|城市|省份|单位|部门|成员单位|(?:县|市|区)(?:\((?:市|县|区)(?:、(?:市|区|县))?\))?(?:、区)?)"
)
"""How many places there are is no indicator that the next numbers go on with."""
_BUDGET_LAST = frozenset("收支出入算划标数")
_ABOVE = re.compile(r"(?P<cue>高于|低于|多于|少于)(?P<other>[^,，]{2,20}?)$")
_CAPACITY = re.compile(r"(?:年产|日产|年处理|日处理|年加工)$")
_CAPACITY_LAST = frozenset("产理工")
_RANK_TAIL = re.compile(r"(?:由|从|继续|稳|跃|分别|连续|均|双双|也|已|仍)+$")
_RANKED_ASPECTS = frozenset(
    [
        "增速",
        "增幅",
        "总量",
        "规模",
        "数量",
        "降幅",
        "增量",
        "位次",
        "总数",
        "增速均",
        "总量均",
        "绝对值",
        "增长速度",
        "占比",
        "完成率",
    ]
)
_FOREMOST = re.compile(r"的?(?:县|市|区|乡|镇|街|单位|部门)*(?:依次|分别|为|是|有|:)")
"""前3名|依次是: the first few of an order."""
_LAST_FEW = re.compile(r"(?:排名?|居|列|倒数)?后$")
_AT = re.compile(r"(?:均|都)?(?:在|于)[^,，。;\d]{0,8}$")
_PART = re.compile(r"[^、和与及]+")
_ASPECT_END = re.compile(r"(?:总量|规模|数量|位次|名次|排名|得分排名)$")
_DURATION_NAMES = re.compile(
    r"(?:天数|时间|时长|年龄|寿命|工龄|工期|期限|周期|日数|时数|用时|时限|住院日|耗时|月数|年数)$"
)


def read_rank(line: Line, group: Group, left: int, end: int) -> None:
    """居全省第5位, 列同类城市前3位; ordinals that are no rank give nothing."""
    text, now, first = line.text, line.now, group.first
    left = max(left, now.among)
    cue = p.RANK.search(text, left, first.start)
    words = text[left : first.start].strip(" 、,，:“")
    if cue and cue["cue"] in ("由", "从", "保持", "进入") and not cue["set"].strip():
        cue = None
    said = (
        cue is not None
        or bool(p.RANK_SET.search(words))
        or (first.place == "前" and _FOREMOST.match(text, first.end) is not None)
    )
    if first.unit not in ("位", "名", None) or (not said and (first.unit is None or first.place == "前")):
        return
    name = None
    if cue:
        among = cue["set"].strip(" 的“”").lstrip("在于")
        name = line.own(left, _before(text, left, cue.start())).name
    else:
        among = words if len(words) <= 10 else (p.RANK_SET.search(words) or [""])[0]
    if among in ("由", "从", ""):
        among = ""
        if ranked := p.RANKING.search(text, left, first.start):
            among = ranked["set"]
    if p.IS_TIME.fullmatch(among) or _NO_SET.fullmatch(among):
        among = ""
    among = among or now.rank_set or ""
    now.rank_set = among or None
    flags: tuple[str, ...] = ()
    head = line.said()
    if name is None and left == now.among and now.counted[1] > now.counted[0]:
        name = _before_count(line, *now.counted)
    if name is None:
        if len(group.quantities) > 1 and (back := _ranked_back(line, len(group.quantities))):
            for quantity, each in zip(group.quantities, back, strict=True):
                line.emit(quantity, "rank", each, "rank", basis=among or None, flags=("distributed_back",))
            return
        contest = p.RANKING.search(text, left, first.start) if head is None else None
        if contest is not None:
            head = Name((contest.span("set"),))
        if head is None:
            return
        share = (
            line.now.rate if line.now.facts and line.now.facts[-1].kind in ("rate", "gap", "rank") else None
        )
        name, flags = share or head, ("name_inferred",)
    elif (
        head is not None
        and (aspects := _aspects(text, name))
        and len(aspects) in (1, len(group.quantities))
        and len(aspects) > 1
    ):
        for quantity, aspect in zip(group.quantities, aspects, strict=True):
            line.emit(quantity, "rank", _stem(text, head).plus(aspect), "rank", basis=among or None)
        return
    elif head is not None and _aspects(text, name):
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
        name = _stem(text, head).plus(name)
    else:
        now.head = _stem(text, name)
    targets = line.targets(group, Own(name))
    names = targets[0] if targets else [name] * len(group.quantities)
    for quantity, each in zip(group.quantities, names, strict=True):
        line.emit(quantity, "rank", each, "rank", basis=among or None, flags=flags)


def _before_count(line: Line, left: int, start: int) -> Name | None:
    """总量和增速|在全市9个区中, 综合得分|居全省16个市: what is ranked, before the count of those it ranks among."""
    cue = p.RANK.search(line.text, left, start) or _AT.search(line.text, left, start)
    if cue is None:
        return None
    start = cue.start() + line.text.startswith("得分居", cue.start() - 1)  # 得分|居
    return line.own(left, start).name


def _ranked_back(line: Line, count: int) -> list[Name] | None:
    """The names of the last ``count`` amounts, unless they count the places that are ranked."""
    back = line.back(count, ("level",))
    return (
        back if back and not any(_PLACES_COUNTED.fullmatch(name.text(line.text)) for name in back) else None
    )


def _aspects(text: str, name: Name) -> list[Name]:
    """The aspects that a name is made of and nothing else (总量和增速), each as a name; none where it says of what."""
    if len(name.pieces) > 1 or name.added or name.literal:
        return []
    start, end = name.pieces[0]
    parts = [found.span() for found in _PART.finditer(text, start, end)]
    return [Name((part,)) for part in parts] if all(text[a:b] in _RANKED_ASPECTS for a, b in parts) else []


def _stem(text: str, name: Name) -> Name:
    """A name without the aspect it ends with: 地区生产总值|总量."""
    start, end = name.pieces[-1]
    found = _ASPECT_END.search(text, start, end) if not name.added and not name.literal else None
    return (name.until(found.start()) or name) if found and found.start() - start >= 2 else name


def _before(text: str, left: int, end: int) -> int:
    found = _RANK_TAIL.search(text, left, end)
    return found.start() if found else end


def read_duration(line: Line, group: Group, left: int, end: int) -> None:
    """A time span is measured only where a name says so (优良天数300天); else it is a limit and gives nothing."""
    text, now = line.text, line.now
    direction = p.direction(text, left, end)
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
    if reach := p.reach(text, left, end):
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
    direction = p.direction(text, left, end)
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
    if name is None and now.near is not None and text[left:end].strip() == "":
        said = line.said()
        name = said if said is not None and p.INDEX.search(said.text(text)) else None
    if name is None and step and now.facts and now.facts[-1].rule == "index":
        name = now.head
    if name is not None and len(group.quantities) == 1:
        ratio = name.text(text).endswith(("比", "比值", "之比"))
        line.emit(group.first, "rate" if ratio else "level", name, "index")
        now.head = name


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
    if reach := p.reach(text, left, end):
        _, stop = basis_before(line, left, reach.start())
        _level(line, group, left, stop, "reach", None)
        return
    if _budget(line, group, left, end) or _more(line, group, left, end):
        return
    direction = p.direction(text, left, end)
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
        and _PLACES_COUNTED.fullmatch(names[-1].text(text)) is not None
    )
    status: Status | None = "target" if p.PLANNED.search(text, left, end) else None
    if p.starts_from(text, left, group.first.start):
        status = "actual"
    for quantity, each in zip(group.quantities, names, strict=True):
        line.emit(quantity, "level", each, rule, status=status, flags=flags)
        if quantity.sort == "count" and rule != "part" and not of_places:
            now.parent = each
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
