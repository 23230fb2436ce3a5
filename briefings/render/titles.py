"""Where a title that is too long for one line breaks: between words as far as signs tell, the lines about equally long."""

import re
import unicodedata
from itertools import combinations, pairwise
from math import ceil

from briefings.render.numbers import NUMBER

_ADVANCES = ((" ", 0.25), ("0123456789", 0.57), ("fijlrtI.,:;'’", 0.42), ("mwMW", 0.98))
_CAPITAL, _LETTER = 0.76, 0.62
"""How wide Latin characters of a bold roman type are beside a Han character, a little high."""
_ENDS = re.compile(r"(?:委员会|部门|半年|季度|年度?|月份?|[、，；：:,;]|[市区县局委办厅部院]|……|——)$")
"""What ends a word in the titles of papers."""
_BEGINS = re.compile(
    r"(?:[“‘《（(]|\d|工作|情况|总结|摘编|对照|对比|同比|比较|落实|部署|跟踪|上半年|下半年|重点|主要|历年|打算|报告|发展|专报)"
)
"""What begins one."""
_HELD = re.compile(
    r"《[^》]*》|“[^”]*”|‘[^’]*’|（[^）]*）|\([^)]*\)|委员会|办公室|人民政府|管委会|部门|上半年|下半年|工作|情况|总结|对照|对比|同比|落实|"
    rf"\d+年(?:上半年|下半年|第?[一二三四]季度)|{NUMBER.pattern}|[A-Za-z0-9’'.]+"
)
"""What is never broken."""
_NO_WORD = 3.0
"""How many characters of unevenness it is worth to break between words."""
_MOST_LINES = 3


def title_lines(title: str, room: float) -> tuple[str, ...]:
    """``title`` on the fewest lines of at most ``room`` characters of full width; whole where no such lines are found."""
    whole = _width(title)
    held = [match.span() for match in _HELD.finditer(title)]
    places = [at for at in range(1, len(title)) if _may(title, at, held)]
    for count in range(max(1, ceil(whole / room)), _MOST_LINES + 1):
        found = [
            (_unevenness(title, cuts), cuts)
            for cuts in combinations(places, count - 1)
            if all(_width(title[a:b].strip()) <= room for a, b in pairwise((0, *cuts, len(title))))
        ]
        if found:
            _, cuts = min(found)
            return tuple(title[a:b] for a, b in pairwise((0, *cuts, len(title))))
    return (title,)


def _may(title: str, at: int, held: list[tuple[int, int]]) -> bool:
    """Whether a line may end before the character ``at``."""
    if any(start < at < end for start, end in held):
        return False
    before, after = title[at - 1], title[at]
    if before.isascii() and after.isascii():
        return before == " "
    return after not in "，。、；：！？）》”’】…—)" and before not in "（《“‘【("


def _unevenness(title: str, cuts: tuple[int, ...]) -> float:
    widths = [_width(title[a:b].strip()) for a, b in pairwise((0, *cuts, len(title)))]
    torn = sum(not (_ENDS.search(title[:at].rstrip()) or _BEGINS.match(title[at:])) for at in cuts)
    return max(widths) - min(widths) + _NO_WORD * torn


def _width(text: str) -> float:
    return sum(map(_advance, text))


def _advance(character: str) -> float:
    if unicodedata.east_asian_width(character) in "WFA":
        return 1.0
    for which, advance in _ADVANCES:
        if character in which:
            return advance
    return _CAPITAL if character.isupper() else _LETTER
