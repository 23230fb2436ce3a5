"""Schedules in words, for people who do not read cron: Chinese and English."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Literal

from briefings.records.run import Schedule
from briefings.schedule.cron import read

Language = Literal["zh", "en"]
_FEW = 8
"""Up to this many times of day are told one by one."""
_DAYS = {
    "zh": "周日 周一 周二 周三 周四 周五 周六",
    "en": "Sunday Monday Tuesday Wednesday Thursday Friday Saturday",
}
_MONTHS = "January February March April May June July August September October November December"
_NTH = {"zh": "第一 第二 第三 第四 第五", "en": "first second third fourth fifth"}


def in_words(schedule: Schedule, language: Language = "zh") -> str:
    """When ``schedule`` is due, in one line: 每周一至周五 09:00（Asia/Shanghai），仅工作日."""
    cron = read(schedule.expression)
    moment, often = _moment(sorted(cron.minutes), sorted(cron.hours), language)
    days = _days(cron.days, cron.weekdays, sorted(cron.months), bool(cron.day_and), language)
    if language == "zh":
        said = days + moment if often else f"{days} {moment}"
        return f"{said}（{schedule.timezone}）" + ("，仅工作日" if schedule.workdays else "")
    return f"{moment} {days} ({schedule.timezone})" + (", working days only" if schedule.workdays else "")


def time_in_words(at: datetime, language: Language = "zh") -> str:
    """A time as it is shown with a schedule: 2026年11月23日（周一）09:00; ``at`` has the zone it is told in."""
    day = _weekday(at.isoweekday() % 7, language)
    if language == "zh":
        return f"{at.year}年{at.month}月{at.day}日（{day}）{at:%H:%M}"
    return f"{day[:3]} {at.day} {_month(at.month)} {at.year}, {at:%H:%M}"


def _moment(minutes: Sequence[int], hours: Sequence[int], language: Language) -> tuple[str, bool]:
    """The times of day, and whether they are so many that a rule is told instead."""
    zh = language == "zh"
    if len(minutes) * len(hours) <= _FEW and len(hours) < 24:
        times = [f"{hour:02}:{minute:02}" for hour in hours for minute in minutes]
        return ("、".join(times), False) if zh else (f"at {_and(times)}", False)
    step = _step(minutes)
    if len(minutes) == 60:
        within = "每分钟" if zh else "every minute"
    elif step:
        within = f"每{step}分钟" if zh else f"every {step} minutes"
    elif minutes == [0]:
        within = "整点" if zh else "on the hour"
    else:
        listed = [str(minute) for minute in minutes]
        within = f"第{'、'.join(listed)}分" if zh else f"at minute {_and(listed)}"
    if len(hours) == 24:
        rule = step or len(minutes) == 60
        return (
            (within if rule else f"每小时{within}", True)
            if zh
            else (within if rule else f"{within} of every hour", True)
        )
    told = _ranges(hours)
    if zh:
        return f"{'、'.join(told).replace('-', '至')}时{within}", True
    return f"{within} of the hours {_and(told)}", True


def _days(
    days: Collection[int],
    weekdays: Collection[int | tuple[int, int]],
    months: Sequence[int],
    both: bool,
    language: Language,
) -> str:
    """The days of the month and of the week, and the months; ``both`` when a day must be one of each."""
    zh = language == "zh"
    any_day, any_weekday = len(days) == 31, _week(weekdays) == set(range(7))
    every_day = not both and (any_day or any_weekday)
    by_month = "" if any_day or every_day else _month_days(days, language)
    by_week = "" if any_weekday or every_day else _week_days(weekdays, language)
    in_months = ""
    if len(months) < 12:
        in_months = (
            "、".join(f"{month}月" for month in months) if zh else f"in {_and([_month(m) for m in months])}"
        )
    if zh:
        if by_month and by_week:
            said = f"{by_month}，且须是{by_week}" if both else f"{by_month}以及{by_week}"
        else:
            said = by_month or by_week
        every = "每年" + in_months if in_months else ("每月" if by_month else "每")
        if not said:
            return f"{every}的每天" if in_months else "每天"
        return f"{every}的{said}" if in_months else every + said
    if by_month and by_week:
        said = f"on {by_month}, if that is a {by_week}" if both else f"on {by_month} and every {by_week}"
    elif by_month:
        said = f"on {by_month} of the month"
    else:
        said = f"every {by_week}" if by_week else "every day"
    return f"{said} {in_months}".rstrip()


def _month_days(days: Iterable[int], language: Language) -> str:
    zh = language == "zh"
    told = _ranges(sorted(day for day in days if day > 0))
    words = [f"{day.replace('-', '日至')}日" for day in told] if zh else [f"day {day}" for day in told]
    if -1000 in days:
        words.append("最后一天" if zh else "the last day")
    if -1001 in days:
        words.append("最后一个周一至周五的日子" if zh else "the last Monday to Friday")
    return "、".join(words) if zh else _and(words)


def _week_days(weekdays: Iterable[int | tuple[int, int]], language: Language) -> str:
    zh = language == "zh"
    plain = sorted(_week(weekdays), key=lambda day: (day + 6) % 7)
    words = []
    for run in _runs(plain):
        first, last = _weekday(run[0], language), _weekday(run[-1], language)
        if len(run) > 2:
            words.append(f"{first}至{last}" if zh else f"{first} to {last}")
        else:
            words += [_weekday(day, language) for day in run]
    for day, nth in sorted(one for one in weekdays if isinstance(one, tuple)):
        name = _weekday(day % 7, language)
        if nth < 0:
            words.append(f"每月最后一个{name}" if zh else f"last {name} of the month")
        else:
            order = _NTH[language].split()[nth - 1]
            words.append(f"每月{order}个{name}" if zh else f"{order} {name} of the month")
    if zh:
        return (
            "、".join(words).removeprefix("每")
            if any(w.startswith("每月") for w in words)
            else "周" + "、".join(words).removeprefix("周")
        )
    return _and(words)


def _week(weekdays: Iterable[int | tuple[int, int]]) -> set[int]:
    """The plain days of the week, Sunday as 0."""
    return {day % 7 for day in weekdays if isinstance(day, int)}


def _runs(days: Sequence[int]) -> list[list[int]]:
    """Days of the week in a row, together; the week begins with Monday."""
    found: list[list[int]] = []
    for day in days:
        if found and (found[-1][-1] + 6) % 7 + 1 == (day + 6) % 7:
            found[-1].append(day)
        else:
            found.append([day])
    return found


def _ranges(numbers: Sequence[int]) -> list[str]:
    """Numbers in order as 1, 5-8, 12."""
    found: list[list[int]] = []
    for number in numbers:
        if found and found[-1][-1] + 1 == number:
            found[-1].append(number)
        else:
            found.append([number])
    told: list[str] = []
    for run in found:
        told += [f"{run[0]}-{run[-1]}"] if len(run) > 2 else [str(number) for number in run]
    return told


def _step(minutes: Sequence[int]) -> int:
    """The step of minutes that divide the hour evenly from 0; 0 where there is none."""
    step = minutes[1] if len(minutes) > 1 else 0
    return step if step > 1 and 60 % step == 0 and list(minutes) == list(range(0, 60, step)) else 0


def _weekday(day: int, language: Language) -> str:
    return _DAYS[language].split()[day]


def _month(month: int) -> str:
    return _MONTHS.split()[month - 1]


def _and(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
