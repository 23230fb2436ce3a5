"""The words of an edited file as tokens in which a number is one, however it is written, and what it amounts to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from briefings.audit.edited_flow import PAGE
from briefings.audit.magnitudes import scaled
from briefings.audit.surfaces import numeral
from briefings.audit.tokens import NUMBER, settled

Sort = Literal["number", "numeral", "citation", "page", "word"]
_QUOTES = str.maketrans(dict.fromkeys("“”‘’「」『』＂'", '"'))
_ONE = "一二两三四五六七八九"
_COUNTERS = "个家项条名位人倍成次户所座起件批所台辆栋亩吨元年月天期届类种"
_NUMERAL = (
    rf"(?<![\d.])(?!十[{_ONE}]五)(?<!十)(?:[{_ONE}十]分之[{_ONE}十]+|百分之[{_ONE}十百零点]+"
    rf"|[{_ONE}〇][{_ONE}〇零十百千万亿点]+|十[{_ONE}]?[万亿]?(?=[{_COUNTERS}余多])|十[{_ONE}](?![{_ONE}])|[{_ONE}](?=[{_COUNTERS}]))"
)
_TOKEN = re.compile(
    rf"(?P<citation>\[\d{{1,3}}\])|(?P<number>{NUMBER.pattern})|(?P<numeral>{_NUMERAL})|(?P<page>{PAGE})|\S"
)
_TAIL = re.compile(
    r"\s?[A-Za-z]+|[%‰]|个?百分点|[余多]?(?:个(?![百千]分)|(?:万亿|[十百千]?[亿万]|[百千])?(?:美|港|欧|日|平方|立方|标)?[^\W\d_])"
)
_AFTER = re.compile(r"[^，。；,;]{0,6}?(以上|以下|以内|左右|以外)")
_HEDGE = re.compile(
    r"(约|近|超过|超|逾|不足|不到|将近|接近|至少|最多|仅|about|nearly|over|almost|some|under)\s*$", re.I
)
_SIGN = re.compile(r"[+−\-＋－▲▼]\s*$")
_LOOSE = r"[了为到至达约近超逾比去年同期\s]*$"
_DOWN = re.compile(
    r"(?:下降|减少|降低|回落|压减|缩短|低于|少于|慢于|下滑|收窄|减|降|跌|负|亏损"
    r"|fell(?: by)?|down|decreas\w*|declin\w*|below|less than)" + _LOOSE, re.I
)  # fmt: skip
_UP = re.compile(
    r"(?:上升|增长|增加|提高|提升|高于|多于|快于|新增|扩大|增|升|涨"
    r"|rose(?: by)?|up|increas\w*|grew(?: by)?|above|more than|growth of)" + _LOOSE, re.I
)  # fmt: skip
_WESTERN = {"trillion": 12, "tn": 12, "billion": 9, "bn": 9, "million": 6, "m": 6, "thousand": 3, "k": 3}
REACH = 16
"""Characters before a number in which its direction and its hedge are said."""


@dataclass(frozen=True, slots=True)
class Word:
    """A token of a text: what it says, in the form that is compared, and where."""

    key: str
    sort: Sort
    start: int
    end: int
    cell: int = 0

    @property
    def counts(self) -> bool:
        """Whether it is a number."""
        return self.sort in ("number", "numeral")


def plain(text: str) -> str:
    """``text`` in one width, with one form of quotation marks; as long as what ``words`` reads."""
    return settled(text).translate(_QUOTES)


def bare(text: str) -> str:
    """``plain`` text without blanks, in which words are looked for."""
    return "".join(plain(text).split())


def words(text: str, cell: int = 0) -> list[Word]:
    """The tokens of ``plain(text)``."""
    found = []
    for match in _TOKEN.finditer(plain(text)):
        sort: Sort = match.lastgroup or "word"  # type: ignore[assignment]
        key = match[0].replace(",", "") if sort == "number" else match[0]
        found.append(Word(key, sort, match.start(), match.end(), cell))
    return found


def tail(text: str, end: int) -> str:
    """The unit behind a number that ends at ``end``, as far as it says what the number counts."""
    match = _TAIL.match(text, end)
    return "".join(match[0].split()) if match else ""


def amount(text: str, word: Word) -> str:
    """A number with its sign and its unit, as people read it."""
    sign, unit = _SIGN.search(text[: word.start]), _TAIL.match(text, word.end)
    return (sign[0].strip() if sign else "") + text[word.start : unit.end() if unit else word.end]


def value(text: str, word: Word) -> tuple[Decimal, str] | None:
    """What a number comes to, in its bare unit: (120000000, 元) for 1.2亿元; None for a numeral that is no number."""
    unit = tail(text, word.end)
    if word.sort == "number":
        number: Decimal | None = Decimal(word.key)
    elif "分之" in word.key:
        below, _, above = word.key.partition("分之")
        parts = numeral(below), numeral(above)
        if parts[0] is None or parts[1] is None or not parts[0]:
            return None
        return (parts[1] * 100 / parts[0]).normalize(), "%"
    else:
        number = numeral(word.key)
    if number is None:
        return None
    if unit.startswith("成") and number <= 10:
        return number * 10, "%"
    unit = unit.lstrip("余多")
    if unit.lower() in _WESTERN:
        return number.scaleb(_WESTERN[unit.lower()]).normalize(), ""
    power, base = scaled(unit)
    return number.scaleb(power).normalize(), base


def same_amount(one: tuple[str, Word], other: tuple[str, Word]) -> bool:
    """Whether two numbers in their texts are one, written in two ways."""
    first, second = value(*one), value(*other)
    return first is not None and first == second


def bearing(text: str, word: Word) -> tuple[str, str, str, str]:
    """What is said of a number beside it: its direction or sign, its hedge behind and before, its unit."""
    before = text[max(0, word.start - REACH) : word.start]
    sign = _SIGN.search(before)
    direction = "▼" if _DOWN.search(before) else "▲" if _UP.search(before) else ""
    if sign:
        direction = "▼" if sign[0].strip() in "−-－▼" else "▲"
    hedge = _HEDGE.search(before)
    loose = _AFTER.match(text, word.end)
    return direction, loose[1] if loose else "", hedge[1] if hedge else "", tail(text, word.end)


def of(text: str, found: Sequence[Word]) -> str:
    """The stretch of ``text`` from the first to the last of some of its tokens."""
    return text[found[0].start : found[-1].end] if found else ""
