"""A place in an order: 居全省第5位, 列同类城市前3位, 在全市9个区中排第2位."""

import re

from briefings.extract import patterns as p
from briefings.extract.line import Group, Line
from briefings.extract.names import Name, Own

_NO_SET = re.compile(
    r"倒数|(?:[上下跃回]?[升降移落滑进][至到]|[至到为])|(?![全各]|.{0,6}(?:省|市|国|区|县)(?:排名|名次)$).*(?:排名|名次|增速|增幅|总量|规模)|[\u4e00-\u9fff]{1,5}[区县镇乡](?:排名|名次)"
)
"""What stands before a rank and is no set that something ranks in."""
PLACES_COUNTED = re.compile(
    r"(?:.{4,}的)?(?:区县|县区|区市|县市区?|市县区?|市州|州市|镇街|街镇|镇村|乡镇|街道|镇|县|区|市|乡|设区市|地级市|地市|城市|省份|单位|部门|成员单位|(?:县|市|区)(?:\((?:市|县|区)(?:、(?:市|区|县))?\))?(?:、区)?)"
)
"""How many places there are is no indicator that the next numbers go on with."""
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
_AT = re.compile(r"(?:均|都)?(?:在|于)[^,，。;\d]{0,8}$")
_PART = re.compile(r"[^、和与及]+")
_ASPECT_END = re.compile(r"(?:总量|规模|数量|位次|名次|排名|得分排名)$")


def read_rank(line: Line, group: Group, left: int) -> None:
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
    return back if back and not any(PLACES_COUNTED.fullmatch(name.text(line.text)) for name in back) else None


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
