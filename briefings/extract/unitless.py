"""Numbers without a unit of things: the parts of a ratio, an index, a span of time."""

import re

from briefings.extract import patterns as p
from briefings.extract.growth import basis_before
from briefings.extract.line import Group, Line

_DURATION_NAMES = re.compile(
    r"(?:天数|时间|时长|年龄|寿命|工龄|工期|期限|周期|日数|时数|用时|时限|住院日|耗时|月数|年数)$"
)


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
    if name is not None and 1 < len(group.quantities) == len(now.bodies):
        for quantity in group.quantities:
            line.emit(quantity, "level", name, "index")
        now.head = name
    if name is not None and len(group.quantities) == 1:
        ratio = name.text(text).endswith(("比", "比值", "之比"))
        line.emit(group.first, "rate" if ratio else "level", name, "index")
        now.head = name
