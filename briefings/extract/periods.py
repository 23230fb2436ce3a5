"""Times in the text, and what they mean against the period a document reports on."""

import re
from calendar import monthrange
from functools import lru_cache
from typing import NamedTuple

_YEAR = r"(?:(?:19|20)\d{2}\s?(?:年度|年)|(?:19|20)\d{2}(?=[春夏秋冬])|今年|去年|上年度?|前年|明年|本年度?|当年|次年)"
_DAY = r"\d{1,2}月\d{1,2}日"
_PART = (
    r"(?:上半年|下半年|前[一二三四123]个?季度|第?[一二三四](?:、[一二三四])?季度|前[一二三四五六七八九十]{1,2}个月|前\d{1,2}个月"
    rf"|{_DAY}\s?[-—–~至]+\s?(?:{_DAY}|\d{{1,2}}日)|{_DAY}"
    r"|\d{1,2}月?份?\s?[-—–~至]+\s?\d{1,2}月份?|(?=[一二三四五六七八九十][一二三四五六七八九十月至到—–~-])(?:[一二三四五六七八九十]{1,2}[-—–~至到])?(?:十[一二]?|[一二三四五六七八九])月(?=[份末底初,，]|[上中下]旬)份?|\d{1,2}月份?(?:[上中下]旬)?|全年)"
)
_PLAN = r"“?[“]?十[一二三四五]五”?(?:时期|期间|以来|初期?|末期?)"
TIME = (
    r"(?:19|20)\d{2}[-./]\d{1,2}[-./]\d{1,2}(?:日)?|\d{1,2}\.\d{1,2}日|(?<!\d)[0-2]?\d:[0-5]\d(?::[0-5]\d)?(?![\d.:%])"
    rf"|(?:19|20)\d{{2}}年?\s?[-—–~至]+\s?(?:19|20)\d{{2}}年"
    rf"|(?:截至|截止到?|到)?{_YEAR}(?:的)?(?:{_PART})?(?:年)?(?:[末底初]前?|同期|以来)?"
    rf"|(?:截至|截止到?|到)?{_PART}(?:[末底初]前?|同期|以来)?"
    rf"|{_PLAN}"
    r"|(?:过去|这|近|最近|今后|未来|之后)(?:的)?[两三四五十](?:个)?年(?:来|间|内)?|[三五]年(?=累计|来|间|共|提高|提升|增加|增长|下降|降低|净增|新增|年均|平均)"
    r"|截[至止](?:到)?(?:目前|现在|今)|目前|今年以来|年初以来|年[末底初]前?(?![级])|同期|疫情前|上[季月](?:度)?|本月|当月|当前|近年来|去年以来"
)
"""The pattern of a time; it has no groups."""
FIRST = r"\d“一二三四五六七八九十第今去上前明本当次下全截到目年同疫近过这最未之"
"""What a time begins with, as the inside of a character class: looked at before the pattern, which is slow to fail."""
SIGN = re.compile("[-年月日季期目截当疫五春夏秋冬:./]")
"""Each time holds one of these, or has it right behind it: where there is none, no time need be looked for."""

_COUNTS = {"两": 2, "三": 3, "四": 4, "五": 5, "十": 10}
_ORDER = {c: n for n, c in enumerate("一二三四五六七八九", 1)} | {"十": 10}
_SPOKEN = (("去年", -1), ("上年", -1), ("前年", -2), ("明年", 1), ("今年", 0))
_QUARTER_ENDS = {1: "03-31", 2: "06-30", 3: "09-30", 4: "12-31"}
_ABSOLUTE = re.compile(r"((?:19|20)\d{2})\s?年?")
_RANGE_YEARS = re.compile(r"((?:19|20)\d{2})年?\s?[-—–~至]+\s?((?:19|20)\d{2})年")
_ISO = re.compile(r"((?:19|20)\d{2})[-./](\d{1,2})[-./](\d{1,2})")
_DAYS = re.compile(r"(\d{1,2})月(\d{1,2})日(?:\s?[-—–~至]+\s?(?:(\d{1,2})月)?(\d{1,2})日)?")
_MONTHS = re.compile(r"(\d{1,2})月?份?\s?[-—–~至到]+\s?(\d{1,2})月")
_FIRST_MONTHS = re.compile(r"前([一二三四五六七八九十]{1,2}|\d{1,2})个月")
_MONTH = re.compile(r"(\d{1,2})月")
_LAST_MONTH = re.compile(r"M\d\d(?:\.\.M(\d\d))$")
_CHINESE_MONTH = re.compile("[一二三四五六七八九十]{1,2}(?=[-—–~至到][一二三四五六七八九十]{1,2}月|月)")
CLOCK = re.compile(r"\d{1,2}:\d\d(?::\d\d)?")
"""A time of the day, which is no period."""
_QUARTER = re.compile(r"(前)?第?([一二三四123])个?季度")
_FIVE = re.compile(r"十([一二三四五])五")
_LONGEST_HEADING = 30
_OPENING = re.compile(r"\s*(?:做好|推进|抓好)?(?:20\d\d年|今年|明年|新的一年)[^,，。;；:：]{0,20}")
_ABOUT_WORK = re.compile(r"工作|打算|安排|计划|情况|回顾|总结|目标|任务|预算|草案|思路|重点|展望|举措|措施")
_TIMES = re.compile(TIME)
_WHOLE = re.compile(r"\d{4}(?:-H[12]|-Q[1-4])?|\d{4}\.\.\d{4}")
_LEADING_YEAR = re.compile(r"\d{4}")
_EVERY_YEAR = re.compile(r"\d{4}")
_YEARS_PAST = re.compile(r"(?:过去|这|近|最近)(?:的)?([两三四五十])(?:个)?年|^([三五])年")
_YEARS_COMING = re.compile(r"(?:今后|未来|之后)(?:的)?([两三四五十])(?:个)?年")
_NOTHING = re.compile(
    r"目前|今年以来|年初以来|当前|近年来|去年以来|同期$|疫情前|本月|当月|上[季月]|截[至止](?:到)?(?:现在|今)$|当年$|次年$"
)


class Frame(NamedTuple):
    """What relative times are measured from.

    ``heading`` is the period that the section's heading says (下半年工作打算), or None; ``about`` the indicator that it names.
    ``year`` is the year a document reports on and ``period`` its period as written; ``spoken`` is the year in which it
    speaks, from which 今年 and 去年 count: a report on a past year is given in the next. ``place`` is its own place.
    """

    year: int | None
    period: str | None
    spoken: int | None = None
    place: str | None = None
    heading: str | None = None
    about: str | None = None

    @classmethod
    def of(cls, period: str | None, place: str | None = None, reviewed: bool = False) -> "Frame":
        """The frame of a document whose period is ``period`` (``2021-H1``); ``reviewed``: a past year's report."""
        digits = (period or "")[:4]
        year = int(digits) if digits.isdigit() and len(digits) == 4 else None
        return cls(year, period, year + 1 if reviewed and year is not None else year, place)

    def under(self, heading: str) -> "Frame | None":
        """The frame of a section whose ``heading`` says one period (2022年工作安排), or None where it says none."""
        if len(heading) > _LONGEST_HEADING or not _ABOUT_WORK.search(heading):
            return None
        said = [found[0] for found in _TIMES.finditer(heading)]
        period = resolve(said[0], self) if len(said) == 1 else None
        if period is None or not period[:4].isdigit():
            return None
        year = int(period[:4])
        return self._replace(heading=period, year=max(year, self.year or year))

    def opened(self, text: str) -> "Frame | None":
        """The frame of a plan's paragraphs from one on that opens with a coming year (2025年主要目标: …), or None."""
        found = _OPENING.match(text)
        opened = self.under(found[0]) if found else None
        return opened if opened is not None and self.ahead(opened.heading) else None

    def ends_on(self, date: str) -> bool:
        """Whether ``date`` is the last day of the period reported on."""
        last = {"H1": "06-30", "Q1": "03-31", "Q2": "06-30", "Q3": "09-30", "": "12-31"}
        year, _, part = (self.period or "").partition("-")
        return part in last and date == f"{year}-{last[part]}"

    def ahead(self, period: str | None) -> bool:
        """Whether ``period`` lies after the year reported on, so that nothing in it can have been measured."""
        return (
            period is not None
            and self.year is not None
            and self.period is not None
            and _is_after(period, self.period)
        )


@lru_cache(maxsize=1024)
def _is_after(period: str, reported: str) -> bool:
    if not period[:4].isdigit():
        return False
    return int(period[:4]) > int(reported[:4]) and _WHOLE.fullmatch(period) is not None


def year_before(period: str | None, year: int | None = None) -> str | None:
    """The same part of the year before ``period`` (2021-H1 gives 2020-H1), or of ``year``."""
    if period is None:
        return None
    first = _LEADING_YEAR.match(period)
    if first is None:
        return None
    shift = (year - int(first[0])) if year is not None else -1
    return _EVERY_YEAR.sub(lambda found: str(int(found[0]) + shift), period)


@lru_cache(maxsize=1024)
def resolve(text: str, frame: Frame) -> str | None:
    """The period that a time expression means (``2021-H1``, ``2021-M01..M05``, ``2021-06-30``), or None."""
    if CLOCK.fullmatch(text):
        return None
    if text in ("当月", "本月") and (month := _LAST_MONTH.search(frame.period or "")):
        return f"{frame.year}-M{month[1]}"
    if found := _ISO.search(text):
        return "-".join((found[1], found[2].zfill(2), found[3].zfill(2)))
    if found := _RANGE_YEARS.search(text):
        return f"{found[1]}..{found[2]}"
    if found := _FIVE.search(text):
        last = 2000 + 5 * (_ORDER[found[1]] + 1)
        return str(last) if text.rstrip("期").endswith("末") else f"{last - 4}..{last}"
    if found := _YEARS_PAST.match(text):
        count = _COUNTS[found[1] or found[2]]
        return f"{frame.year - count + 1}..{frame.year}" if frame.year is not None and _whole(frame) else None
    if found := _YEARS_COMING.match(text):
        first = (frame.spoken if frame.spoken != frame.year else frame.spoken + 1) if frame.spoken else None
        return f"{first}..{first + _COUNTS[found[1]] - 1}" if first is not None else None
    if _NOTHING.search(text):
        return None
    year = _year(text, frame)
    if year is None:
        return None
    rest = _ABSOLUTE.sub("", text, count=1)
    if _CHINESE_MONTH.search(rest):
        rest = _CHINESE_MONTH.sub(lambda found: str(_count(found[0])), rest)
    rest = rest[:-1] if rest.endswith(("底前", "末前", "初前")) else rest
    edge = rest[-1:] if rest[-1:] in ("末", "底", "初") else ""
    part = _part(rest, year, edge)
    if part is not None:
        return part
    if edge:
        return f"{year}-01-01" if edge == "初" else f"{year}-12-31"
    return str(year)


def _whole(frame: Frame) -> bool:
    """Whether the document reports on a whole year, so that 过去五年 ends with it."""
    return frame.period is not None and frame.period.isdigit()


def _year(text: str, frame: Frame) -> int | None:
    if found := _ABSOLUTE.search(text):
        return int(found[1])
    if frame.year is None or frame.spoken is None:
        return None
    for word, shift in _SPOKEN:
        if word in text:
            return frame.spoken + shift
    return frame.year


def _part(rest: str, year: int, edge: str) -> str | None:
    if found := _DAYS.search(rest):
        first = f"{year}-{found[1].zfill(2)}-{found[2].zfill(2)}"
        if not found[4]:
            return first
        return f"{first}..{year}-{(found[3] or found[1]).zfill(2)}-{found[4].zfill(2)}"
    if found := _MONTHS.search(rest):
        return _months(year, int(found[1]), int(found[2]))
    if found := _FIRST_MONTHS.search(rest):
        count = int(found[1]) if found[1].isdigit() else _count(found[1])
        return _months(year, 1, count)
    if found := _QUARTER.search(rest):
        quarter = _ORDER.get(found[2]) or int(found[2])
        if found[1]:
            return _months(year, 1, 3 * quarter)
        return f"{year}-{_QUARTER_ENDS[quarter]}" if edge in ("末", "底") else f"{year}-Q{quarter}"
    if "上半年" in rest or "下半年" in rest:
        first_half = "上半年" in rest
        if edge in ("末", "底"):
            return f"{year}-06-30" if first_half else f"{year}-12-31"
        return f"{year}-H1" if first_half else f"{year}-H2"
    if found := _MONTH.search(rest):
        month = int(found[1])
        if not 1 <= month <= 12:
            return None
        if edge in ("末", "底") or rest.startswith(("截至", "截止")):
            return f"{year}-{month:02d}-{monthrange(year, month)[1]}"
        return f"{year}-M{month:02d}"
    return None


def _count(word: str) -> int:
    """A numeral up to nineteen."""
    return 10 + _ORDER.get(word[1], 0) if word[0] == "十" and len(word) == 2 else _ORDER[word[0]]


def _months(year: int, first: int, last: int) -> str | None:
    if not 1 <= first < last <= 12:
        return None
    if first == 1 and last in (3, 6, 12):
        return {3: f"{year}-Q1", 6: f"{year}-H1", 12: str(year)}[last]
    if (first, last) in ((4, 6), (7, 9), (10, 12)):
        return f"{year}-Q{last // 3}"
    return f"{year}-M{first:02d}..M{last:02d}"
