"""The period a document reports on, and dates: 上半年, 1-5月, 二季度, 2023年度."""

import re
from collections import Counter
from typing import NamedTuple

_DIGITS = str.maketrans("０１２３４５６７８９〇○零一二三四五六七八九", "0123456789000123456789")
_YEAR = r"(?P<year>(?:19|20)\d{2}|[二一][〇○零九][〇○零一二三四五六七八九]{2}|２０[０-９]{2})"
_SPAN = (
    r"(?P<half>上半年)|(?P<second>下半年)|前三(?:个)?季度(?P<three>)|第?(?P<quarter>[一二三四1-4])季度"
    r"|(?P<from>[0-9０-９]{1,2})(?:月份?)?\s*[-—–－~～至到]{1,2}\s*(?P<to>[0-9０-９]{1,2})月份?|(?P<month>[0-9０-９]{1,2})月份?(?!\d|\s*[-—–至]?\s*\d{0,2}日)|(?P<full>全年|年度)"
)
_TITLE = re.compile(rf"{_YEAR}年?\s*(?:度)?\s*(?:{_SPAN})?")
_PART = re.compile(_SPAN)
_BODY = re.compile(
    r"上半年|前三季度|第?[一二三四]季度|(?:1|１)\s*[-—–－~～至到]{1,2}\s*(?:[0-9０-９]{1,2})月|截至[^，,。]{0,8}?(?:6月|六月)(?:底|末)|全年(?!目标|任务|计划)"
)
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d{2})年")
_FUTURE = re.compile(r"[到至\-—–－~～]$|力争$|预计$|争取$|确保$")
_QUOTED = "“《「『"
_CURRENT = re.compile(r"上半年|以来|[,，、]|\d{1,2}月|1[-—–－至]|第?[一二三四]季度|前三季度|工作|度|，")
_AFTER = re.compile(r"(?:底|末)?(?:前|建成|完工|竣工|远景|目标|力争|规划|将|计划|预计|拟)")
_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?!\d)")
_HAN_DATE = re.compile(
    r"([二一][〇○零Oo0九][〇○零Oo0一二三四五六七八九]{2})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
_MONTH_DAY = re.compile(r"(?<![\d年])(\d{1,2})月(\d{1,2})日")


class Found(NamedTuple):
    """A period or date with the place it was read from in the text searched."""

    value: str
    start: int
    end: int


def in_title(title: str) -> Found | None:
    """The period a title names: 2021年上半年 → 2021-H1; a bare year is the year."""
    match = _TITLE.search(title)
    if match is None:
        return None
    value = _value(_number(match["year"]), match)
    return Found(value, match.start(), match.end()) if value else None


def part_of(text: str) -> str | None:
    """The part of a year named in ``text`` without its year: H1, Q2, M01..M05, "" for a full year."""
    match = _PART.search(text)
    return _part(match) if match else None


def _value(year: int, match: re.Match[str]) -> str:
    part = _part(match)
    return joined(year, part) if part is not None else str(year)


def joined(year: int, part: str) -> str:
    """``year`` and a part of it as one period."""
    if ".." in part:
        first, last = part.split("..")
        return f"{year}-{first}..{last}"
    return f"{year}-{part}" if part else str(year)


def _part(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    if groups["half"]:
        return "H1"
    if groups["second"]:
        return "H2"
    if groups["three"] is not None:
        return "M01..M09"
    if groups["quarter"]:
        return "Q" + groups["quarter"].translate(_DIGITS)
    if groups["from"]:
        first, last = _number(groups["from"]), _number(groups["to"])
        return months(first, last)
    if groups["month"]:
        month = _number(groups["month"])
        return f"M{month:02d}" if 1 <= month <= 12 else None
    if groups["full"]:
        return ""
    return None


def months(first: int, last: int) -> str | None:
    """The part of a year from one month to another: 1-6 is H1, 1-3 Q1, 1-12 the year."""
    if not 1 <= first < last <= 12:
        return None
    named = {
        (1, 6): "H1",
        (7, 12): "H2",
        (1, 3): "Q1",
        (4, 6): "Q2",
        (7, 9): "Q3",
        (10, 12): "Q4",
        (1, 12): "",
    }
    return named.get((first, last), f"M{first:02d}..M{last:02d}")


def dominating(text: str) -> tuple[str, Found] | None:
    """The part of the year that ``text`` speaks of most, with its first mention.

    A quarter after the first yields to the months up to its end (上半年 before 二季度): figures run from January.
    """
    counts: Counter[str] = Counter()
    first: dict[str, Found] = {}
    for match in _BODY.finditer(text):
        word = match.group()
        if word.startswith("截至"):
            part: str | None = "H1"
        else:
            inner = _PART.search(word)
            part = _part(inner) if inner else None
        if part is None:
            continue
        counts[part] += 1
        first.setdefault(part, Found(part, match.start(), match.end()))
    if not counts:
        return None
    best = max(counts, key=lambda part: (counts[part], -first[part].start))
    cumulative = {"Q2": "H1", "Q3": "M01..M09", "Q4": ""}.get(best)
    if cumulative is not None and cumulative in counts:
        best = cumulative
    return best, first[best]


def current_year(text: str, latest: int | None = None) -> Found | None:
    """The year a text speaks of as its own: the latest one that is no goal, not after ``latest``.

    A year in the name of a plan or an event counts only as the one after a year that the text merely looks back on.
    """
    best: Found | None = None
    quoted: Found | None = None
    current = False
    for match in _YEARS.finditer(text):
        year = int(match.group(1))
        if latest is not None and year > latest:
            continue
        if _FUTURE.search(text[max(0, match.start() - 2) : match.start()]) or _AFTER.match(text, match.end()):
            continue
        found = Found(match.group(1), match.start(1), match.end(1))
        if text[max(0, match.start() - 1) : match.start()] in _QUOTED and match.start():
            quoted = found if quoted is None or year < int(quoted.value) else quoted
            continue
        if best is None or year > int(best.value):
            best, current = found, False
        if year == int(best.value):
            current = current or _CURRENT.match(text, match.end()) is not None
    if best is None:
        return quoted
    if quoted is not None and not current and int(quoted.value) == int(best.value) + 1:
        return quoted
    return best


def date(text: str) -> Found | None:
    """The first full date in ``text``, ISO."""
    match = _DATE.search(text)
    if match:
        value = _iso(int(match.group(1)), int(match.group(2)), int(match.group(3)))
        return Found(value, match.start(), match.end()) if value else None
    han = _HAN_DATE.search(text)
    if han:
        value = _iso(_number(han.group(1)), _han(han.group(2)), _han(han.group(3)))
        return Found(value, han.start(), han.end()) if value else None
    return None


def month_day(text: str, year: int) -> Found | None:
    """The first date in ``text`` without a year, in ``year``."""
    match = _MONTH_DAY.search(text)
    value = _iso(year, int(match.group(1)), int(match.group(2))) if match else None
    return Found(value, match.start(), match.end()) if match and value else None


def _iso(year: int, month: int, day: int) -> str | None:
    from datetime import date as calendar

    try:
        return calendar(year, month, day).isoformat()
    except ValueError:
        return None


def _number(text: str) -> int:
    return int(text.replace("O", "0").replace("o", "0").translate(_DIGITS))


def _han(text: str) -> int:
    if "十" not in text:
        return _number(text)
    tens, _, ones = text.partition("十")
    return (_number(tens) if tens else 1) * 10 + (_number(ones) if ones else 0)
