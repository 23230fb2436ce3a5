"""When a promise falls due, and how far it ought to be by a given period."""

import re
from dataclasses import dataclass

_ELAPSED = {"Q1": 25.0, "H1": 50.0, "Q2": 50.0, "Q3": 75.0, "H2": 100.0, "Q4": 100.0}
_LAST = {"Q1": 3, "H1": 6, "Q2": 6, "Q3": 9, "H2": 12, "Q4": 12}
_QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12}
_YEAR = r"(?:(?P<year>(?:19|20)\d\d)年?|(?P<said>今年|明年|本年|当年))?的?"
_NUMBERS = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5}
_WORDS = (
    (re.compile(rf"到?{_YEAR}(?P<month>\d{{1,2}})月(?:份|\d{{1,2}}日)?[上中下]?旬?[底末]?(?:之?前|以前)?"), "month"),
    (re.compile(rf"到?{_YEAR}第?(?P<quarter>[一二三四])季度[底末]?(?:之?前|以前)?"), "quarter"),
    (re.compile(rf"到?{_YEAR}上半年"), "half"),
    (re.compile(rf"到?{_YEAR}(?:年[底末](?:之?前|以前)?|(?<=年)[底末](?:之?前|以前)?|(?<![一二三四五六七八九十两])年内|全年|下半年)"), "end"),
    (re.compile(r"(?:到(?P<year>(?:19|20)\d\d)年(?!\d)|(?P<before>(?:19|20)\d\d)年(?:之?前|以前))"), "end"),
    (re.compile(r"(?:未来|今后)?(?P<count>[一二三四五两])年(?:内|时间|初见成效|行动)"), "years"),
)  # fmt: skip
_WHOLE_YEAR = re.compile(r"全年|年内|年度|当年")


@dataclass(frozen=True, slots=True)
class Due:
    """When something is to be done: the words that say so, and the month (year, month) at whose end it falls due.

    ``annual`` is true where the amount of one calendar year is meant (全年, 年内), not a stock reached by a day.
    """

    words: str
    year: int
    month: int
    annual: bool

    @property
    def period(self) -> str:
        """The period at whose end it falls due: 2020 for the end of a year, else 2021-M06."""
        return str(self.year) if self.month == 12 else f"{self.year}-M{self.month:02}"

    def passed(self, period: str) -> bool:
        """Whether ``period`` reaches to the end of the month."""
        last = end(period)
        return last is not None and last >= (self.year, self.month)

    def share(self, period: str) -> float | None:
        """How much of the time to do it has gone by at the end of ``period``, in percent.

        100 once it is due; a quarter, half or three quarters within the year of an amount of that year; None where the
        beginning of the time is not known.
        """
        if self.passed(period):
            return 100.0
        if self.month == 12 and period[:4] == str(self.year):
            return elapsed(period)
        return None


def elapsed(period: str) -> float | None:
    """The share of its year that has gone by at the end of ``period`` (时序进度): 50 for a first half."""
    if re.fullmatch(r"\d{4}", period):
        return 100.0
    if part := re.fullmatch(r"\d{4}-([HQ]\d)", period):
        return _ELAPSED[part[1]]
    last = end(period)
    return round(last[1] / 12 * 100, 1) if last else None


def end(period: str) -> tuple[int, int] | None:
    """The last month of ``period`` as (year, month); None for what is no period."""
    if re.fullmatch(r"\d{4}", period):
        return int(period), 12
    if part := re.fullmatch(r"(\d{4})-([HQ]\d)", period):
        return int(part[1]), _LAST[part[2]]
    months = re.findall(r"(\d{4})?-?M(\d\d)", period)
    if months:
        return int(period[:4]), int(months[-1][1])
    if day := re.fullmatch(r"(\d{4})-(\d\d)-\d\d", period):
        return int(day[1]), int(day[2])
    return None


def due(text: str, own: str | None, told: str | None = None) -> Due | None:
    """When ``text`` says it is due; ``own`` is its document's period, ``told`` that of its number where it has one.

    The nearest words before the number count, so ``text`` should end where the promise does; None where it says nothing.
    """
    year = int(own[:4]) if own and own[:4].isdigit() else None
    annual = bool(_WHOLE_YEAR.search(text))
    for pattern, kind in _WORDS:
        found = pattern.search(text)
        if not found:
            continue
        named = found.groupdict()
        when = int(named.get("year") or named.get("before") or year or 0)
        if not when:
            continue
        if named.get("said") == "明年":
            when += 1
        words = found[0].strip("的")
        match kind:
            case "month" if 1 <= int(found["month"]) <= 12:
                return Due(words, when, int(found["month"]), False)
            case "quarter":
                return Due(words, when, _QUARTERS[found["quarter"]], False)
            case "half":
                return Due(words, when, 6, False)
            case "end":
                return Due(words, when, 12, annual)
            case "years":
                return Due(words, when + _NUMBERS[found["count"]], 12, False)
    last = end(told) if told and told != own else None
    if last is None or (year is not None and last[0] < year):
        return None
    return Due("", *last, annual or bool(re.fullmatch(r"\d{4}", told or "")))
