"""Cron text and wall clocks: which times of day an expression means, and when those are in UTC."""

import difflib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from briefings.errors import ConfigurationError

if TYPE_CHECKING:
    from cronsim import CronSim

NAMES = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
_FIELDS = {
    "minute": "0-59",
    "hour": "0-23",
    "day-of-month": "1-31, L for the last",
    "month": "1-12 or JAN-DEC",
    "day-of-week": "0-7 (0 and 7 are Sunday) or SUN-SAT",
}
_FAR = timedelta(hours=26)
"""A clock has been moved by a day at most (Samoa, 2011): farther away nothing can slip over a border."""
_ONCE = datetime(2000, 1, 1)


def fields(expression: str) -> str:
    """The five fields that ``expression`` means, which may be a name such as ``@daily``.

    Raises ``ConfigurationError``, with a suggestion where there is one, for what is no cron text or is never due.
    """
    given = " ".join(expression.split())
    if given.startswith("@"):
        if given.lower() in NAMES:
            return NAMES[given.lower()]
        near = difflib.get_close_matches(given.lower(), NAMES, n=1, cutoff=0.75)
        known = f"Did you mean {near[0]!r}?" if near else f"Known are: {', '.join(NAMES)}."
        raise ConfigurationError(f"there is no schedule {given!r}. {known}")
    if (number := len(given.split())) != 5:
        raise ConfigurationError(
            f"{given!r} has {number} fields instead of five: minute hour day-of-month month day-of-week, "
            "such as '0 9 * * 1-5'"
        )
    if wrong := _fault(given):
        minute, hour, *rest = given.split()
        turned = " ".join((hour, minute, *rest))
        hint = f". Did you mean {turned!r}? The minute comes first" if not _fault(turned) else ""
        raise ConfigurationError(f"{given!r}: {wrong}{hint}")
    return given


def read(expression: str) -> "CronSim":
    """What ``expression`` means, field by field, as the library that reads cron text has it."""
    return _reader(fields(expression), _ONCE)


def due_times(expression: str, timezone: str, since: datetime, until: datetime) -> tuple[datetime, ...]:
    """The times in UTC after ``since`` up to and with ``until`` at which ``expression`` is due, each once, in order.

    Every time that the wall clock of ``timezone`` is to show counts once: one that is left out when clocks go forward is
    due right after the gap, one that is shown twice when they go back is due the first time.
    """
    return tuple(_between(fields(expression), ZoneInfo(timezone), since, until))


def next_times(expression: str, timezone: str, after: datetime) -> Iterator[datetime]:
    """The times in UTC after ``after`` at which ``expression`` is due, without end unless it is due no more."""
    text, zone, last = fields(expression), ZoneInfo(timezone), after
    for wall in _reader(text, _local(after, zone) - _FAR):
        # What lies in a gap may come before what was shown earlier in it; a wall time a day on is past all that.
        if (at := instant(wall, zone)) > last:
            yield at
            last = at


def instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """When a clock in ``zone`` shows ``wall``, in UTC: the first time, or right after the gap it lies in."""
    before, after = wall.replace(tzinfo=zone, fold=0), wall.replace(tzinfo=zone, fold=1)
    first = before.astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) == wall:
        return first
    # In a gap: somewhere between the two readings of the time, to the second, the clock jumps.
    early, late = after.astimezone(UTC), first
    offset = late.astimezone(zone).utcoffset()
    while late - early > timedelta(seconds=1):
        middle = early + timedelta(seconds=int((late - early).total_seconds()) // 2)
        early, late = (early, middle) if middle.astimezone(zone).utcoffset() == offset else (middle, late)
    return late


def _between(text: str, zone: ZoneInfo, since: datetime, until: datetime) -> Iterator[datetime]:
    end = _local(until, zone) + _FAR
    last = since
    for wall in _reader(text, _local(since, zone) - _FAR):
        if wall > end:
            return
        if last < (at := instant(wall, zone)) <= until:
            yield at
            last = at


def _local(at: datetime, zone: ZoneInfo) -> datetime:
    return at.astimezone(zone).replace(tzinfo=None)


def _reader(text: str, start: datetime) -> "CronSim":
    """The wall times after ``start``. Without a zone: given one, the library leaves out ``*/15 2 * * *`` in a gap."""
    from cronsim import CronSim

    return CronSim(text, start)


@lru_cache(maxsize=256)
def _fault(text: str) -> str:
    """What is wrong with five fields; "" when nothing."""
    from cronsim import CronSimError

    try:
        next(_reader(text, _ONCE))
    except CronSimError as error:
        name = str(error).removeprefix("Bad ")
        return f"the {name} is not one; it may be {_FIELDS.get(name, 'a number')}, and *, */2, 1-5 or 1,15"
    except StopIteration:
        return "there is no such day, so it would never be due"
    return ""
