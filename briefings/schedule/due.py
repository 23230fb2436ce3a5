"""The due times of schedules: pure, so that a test can hold years of them against a clock read minute by minute."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from zoneinfo import ZoneInfo

from briefings.records.run import Due, Schedule
from briefings.schedule.cron import due_times, next_times
from briefings.schedule.workdays import is_workday

_MOST_SKIPPED = 50_000
"""How many due times in a row may fall on days that are not worked before a schedule is taken to be due no more."""


def plan(schedules: Sequence[Schedule], since: datetime, until: datetime) -> tuple[Due, ...]:
    """What is due after ``since`` up to and with ``until``, by time; each time of a schedule once."""
    found = [
        Due(schedule.id, schedule.briefing, at)
        for schedule in schedules
        for at in due_times(schedule.expression, schedule.timezone, since, until)
        if _counts(schedule, at)
    ]
    return tuple(sorted(found, key=lambda due: (due.at, due.schedule)))


def upcoming(schedule: Schedule, after: datetime, number: int = 5) -> tuple[datetime, ...]:
    """The next ``number`` times of ``schedule`` after ``after``, in its own time zone; fewer where there are no more."""
    zone = ZoneInfo(schedule.timezone)
    return tuple(at.astimezone(zone) for at in islice(_worked(schedule, after), number))


def _worked(schedule: Schedule, after: datetime) -> Iterator[datetime]:
    times = next_times(schedule.expression, schedule.timezone, after)
    skipped = 0
    for at in times:
        if _counts(schedule, at):
            skipped = 0
            yield at
        elif (skipped := skipped + 1) > _MOST_SKIPPED:
            return


def _counts(schedule: Schedule, at: datetime) -> bool:
    return not schedule.workdays or is_workday(at.astimezone(ZoneInfo(schedule.timezone)).date())
