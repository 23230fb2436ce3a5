"""The numbers before headings and items: 一、（一）1.（1）① 一是 第一， 首先，"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

_HAN = "一二三四五六七八九十"
_VALUES = {ch: n for n, ch in enumerate(_HAN, 1)}
_FORMS = (
    rf"(?P<part>第[{_HAN}]{{1,3}}(?:部分|章|篇|编|节))(?:[、：:]|(?=[\s\u3000])|(?=[\u4e00-\u9fff]))[\s\u3000]*",
    rf"(?P<ordinal>第[{_HAN}]{{1,2}}(?:(?:个)?方面|条线|项|条)?)[,，、：:][\s\u3000]*",
    rf"(?P<han>[{_HAN}]{{1,3}})\s?[、．.](?!\s*[{_HAN}]?(?:季度|三产|[产线期批级类]))[\s\u3000]*",
    rf"(?P<bracket>[（(]\s?[{_HAN}]{{1,3}}\s?[）)])[、．.]?[\s\u3000]*",
    r"(?P<digit>[0-9０-９]{1,2})\s?[.．、](?![0-9０-９])[\s\u3000]*",
    r"(?P<paren>[（(]\s?[0-9０-９]{1,2}\s?[）)])[、．.]?[\s\u3000]*",
    r"(?P<circle>[①-⑳])[\s\u3000]*",
    rf"(?P<item>[{_HAN}]{{1,3}})(?:是|要(?![素点件务]))[\s\u3000]*",
    r"(?P<adverb>首先|其次|再次|最后)[,，、：:][\s\u3000]*",
)
_START = re.compile("|".join(_FORMS))
RANKS = {
    "part": 0,
    "han": 1,
    "bracket": 2,
    "digit": 3,
    "paren": 4,
    "circle": 5,
    "ordinal": 6,
    "item": 7,
    "adverb": 6,
}
RUN_IN = frozenset({"ordinal", "item", "adverb"})
_ADVERBS = {"首先": 1, "其次": 2, "再次": 3, "最后": 9}
_LETTERS = _HAN + "第（(0123456789０１２３４５６７８９①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳首其再最"
_FIRST = frozenset(_LETTERS)
_CLAUSE_END = re.compile(rf"[。；;：:！!？?，,”）)\s](?=[{_LETTERS}])")
"""Inside a paragraph a number counts only after the end of a clause."""


class Mark(NamedTuple):
    """A number before an item: ``text[start:end]`` is the number with its blanks, ``number`` as written."""

    start: int
    end: int
    form: str
    value: int
    number: str


@lru_cache(maxsize=8)
def at_start(text: str) -> Mark | None:
    """The mark that ``text`` begins with."""
    if text[:1] not in _FIRST:
        return None
    match = _START.match(text)
    return _mark(match) if match else None


def inside(text: str, begin: int = 1) -> list[Mark]:
    """The marks that may begin items inside ``text``, in order; whether they do is for the outline to say."""
    found: list[Mark] = []
    reached = begin
    for before in _CLAUSE_END.finditer(text, max(0, begin - 1)):
        start = before.end()
        if start >= reached and (match := _START.match(text, start)):
            found.append(_mark(match))
            reached = match.end()
    return found


def counted(text: str, begin: int, reached: Mapping[str, int], after: Mark | None) -> list[Mark]:
    """The marks inside ``text`` that begin items: those that count 一, 二, 三 … without a gap.

    ``reached`` says how far the open lists have counted, by form; ``after`` is the mark the next paragraph begins with.
    """
    candidates = inside(text, begin)
    if not candidates:
        return []
    follows = [0] * len(candidates)
    coming = {after.form: after.value} if after is not None else {}
    for i in range(len(candidates) - 1, -1, -1):
        follows[i] = coming.get(candidates[i].form, 0)
        coming[candidates[i].form] = candidates[i].value
    count = dict(reached)
    accepted: list[Mark] = []
    for mark, following in zip(candidates, follows, strict=True):
        if mark.form not in RUN_IN and not _after_clause(text, mark.start):
            continue
        if mark.form == "adverb":
            good = mark.value == 1 or 0 < count.get("adverb", 0) < mark.value
        elif mark.value == 1:
            good = following == 2
        else:
            good = count.get(mark.form, 0) == mark.value - 1
        if good:
            count[mark.form] = mark.value
            accepted.append(mark)
    return accepted


def _after_clause(text: str, at: int) -> bool:
    """Whether a sentence or clause ends right before ``at``, blanks and closing brackets aside."""
    return text[max(0, at - 4) : at].rstrip(" \u3000\u00a0”）)")[-1:] in tuple("。；;！!？?：:")


def _mark(match: re.Match[str]) -> Mark:
    form = match.lastgroup or ""
    start, end = match.span()
    return Mark(start, end, form, _value(match[form]), match[0].rstrip(" \t\u3000"))


@lru_cache(maxsize=256)
def _value(number: str) -> int:
    if number in _ADVERBS:
        return _ADVERBS[number]
    digits = "".join(ch for ch in number if ch.isdecimal())
    if digits:
        return int(digits)
    if "①" <= number[0] <= "⑳":
        return ord(number[0]) - 0x2460 + 1
    han = [ch for ch in number if ch in _VALUES]
    if "十" in han:
        at = han.index("十")
        tens = _VALUES[han[at - 1]] if at else 1
        return tens * 10 + (_VALUES[han[at + 1]] if at + 1 < len(han) else 0)
    return _VALUES[han[0]] if han else 0
