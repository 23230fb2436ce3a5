"""Numbers that stand as one list (6.1%、7.2%和8%), read together."""

import re

from briefings.extract.lexer import Mark, Quantity
from briefings.extract.line import Group, Line

_LINK = re.compile(r"\s*+(?:、|和|与|及|以及|:|,|，|或)?\s*$")


def group_at(line: Line, index: int, left: int, sentence: int) -> tuple[Group, int]:
    """The list of numbers that begins at token ``index``, and the index after it."""
    text, tokens = line.text, line.tokens
    first = tokens[index]
    assert isinstance(first, Quantity)
    members = [first]
    index += 1
    while index < len(tokens):
        token, step = tokens[index], 1
        if isinstance(token, Mark):
            ratio = token.text == ":" and members[-1].unit is None and token.start == members[-1].end
            if not ratio or index + 1 >= len(tokens):
                break
            token, step = tokens[index + 1], 2
        if not isinstance(token, Quantity):
            break
        last = members[-1]
        between = text[last.end : token.start]
        if not between.strip() or not _LINK.fullmatch(between):
            break
        if last.unit == "个" and token.sort == "points":
            members[-1] = last = last._replace(unit=None, sort="none", end=last.stop)
        if (last.sort != token.sort and last.unit is not None and not _both_relative(last, token)) or (
            last.place != token.place and not _next_place(last, token)
        ):
            break
        if last.place != token.place:
            token = token._replace(place=last.place)
        members.append(token)
        index += step
    unit = members[-1]
    if len(members) > 1 and unit.unit is not None:
        members = [
            m._replace(unit=unit.unit, sort=unit.sort, shared=True) if m.unit is None else m for m in members
        ]
    ahead = index
    while ahead < len(tokens) and isinstance(after := tokens[ahead], Mark) and after.kind == "time":
        ahead += 1
    right, runs_on = len(text), False
    if ahead < len(tokens):
        right, runs_on = tokens[ahead].start, isinstance(tokens[ahead], Quantity)
    last = members[-1]
    right = min(right, last.end + 60)
    return Group(tuple(members), members[0], last, left, right, sentence, index, runs_on), index


def _next_place(last: Quantity, token: Quantity) -> bool:
    """分列第5、6、7位: the ordinal's mark stands once before a list of places."""
    return last.place == "第" and last.unit is None and not token.place and token.unit in (None, "位", "名")


def _both_relative(one: Quantity, other: Quantity) -> bool:
    """分别增长1.2倍、35%: times and percent stand in one list."""
    return one.sort in ("percent", "times") and other.sort in ("percent", "times")
