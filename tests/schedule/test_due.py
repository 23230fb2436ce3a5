"""Tests of briefings.schedule.due: what is due, and when next."""

from datetime import UTC, datetime

from briefings.records.run import Due, Schedule
from briefings.schedule.due import plan, upcoming
from briefings.schedule.workdays import is_known

DAILY = Schedule("daily", "a", "0 9 * * *", "Asia/Shanghai")
WORKED = Schedule("worked", "b", "0 9 * * *", "Asia/Shanghai", workdays=True)


def test_several_schedules_are_planned_by_time() -> None:
    """Up to and with the end, without the beginning, so that one look takes over where another ended."""
    since, until = datetime(2026, 3, 2, 1, tzinfo=UTC), datetime(2026, 3, 3, 1, tzinfo=UTC)
    evening = Schedule("evening", "c", "0 20 * * *", "Asia/Shanghai")
    assert plan((DAILY, evening), since, until) == (
        Due("evening", "c", datetime(2026, 3, 2, 12, tzinfo=UTC)),
        Due("daily", "a", datetime(2026, 3, 3, 1, tzinfo=UTC)),
    )


def test_workdays_leave_out_holidays_and_keep_worked_weekends() -> None:
    """National Day 2025 was eight days; Sunday 28 September and Saturday 11 October were worked for it."""
    due = plan((WORKED,), datetime(2025, 9, 26, tzinfo=UTC), datetime(2025, 10, 12, 12, tzinfo=UTC))
    assert [one.at.day for one in due] == [26, 28, 29, 30, 9, 10, 11]


def test_a_year_whose_holidays_are_not_known_is_said_and_keeps_its_weekends_free() -> None:
    """1 January 2099 is a Thursday; nobody knows its holidays yet."""
    assert not is_known(2099)
    assert is_known(2025)
    due = plan((WORKED,), datetime(2098, 12, 31, 12, tzinfo=UTC), datetime(2099, 1, 6, tzinfo=UTC))
    assert [one.at.day for one in due] == [1, 2, 5]


def test_the_next_times_are_in_the_schedule_s_own_zone() -> None:
    """Over a change of clocks it stays nine o'clock there."""
    berlin = Schedule("b", "b", "0 9 * * 5", "Europe/Berlin")
    times = upcoming(berlin, datetime(2026, 3, 20, 12, tzinfo=UTC), 3)
    assert [at.isoformat() for at in times] == [
        "2026-03-27T09:00:00+01:00",
        "2026-04-03T09:00:00+02:00",
        "2026-04-10T09:00:00+02:00",
    ]
