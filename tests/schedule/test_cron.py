"""Tests of briefings.schedule.cron: cron text, and wall clocks that jump."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from briefings.errors import ConfigurationError
from briefings.schedule.cron import due_times, fields, next_times

ZONES = (
    "Asia/Shanghai",
    "Europe/Berlin",
    "America/New_York",
    "Africa/Cairo",
    "Asia/Beirut",
    "America/Santiago",
    "America/Havana",
    "Africa/Casablanca",
    "Australia/Lord_Howe",
    "Asia/Gaza",
)
TIMES = ((0, 0), (0, 30), (1, 15), (2, 0), (2, 30), (3, 0), (9, 0), (23, 59))
FROM, TO = datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC)


@pytest.mark.parametrize("zone", ZONES)
def test_two_years_of_a_clock_read_minute_by_minute(zone: str) -> None:
    """10 zones × 8 times × 2 years: none missed, none doubled, each at the first minute that shows the time or is past it."""
    import numpy as np
    import pandas as pd

    minutes = pd.date_range(FROM, TO, freq="min")
    # What the clock on the wall has shown at most so far: in a doubled hour it shows nothing new.
    shown = np.maximum.accumulate(minutes.tz_convert(zone).tz_localize(None).to_numpy("datetime64[m]"))
    for hour, minute in TIMES:
        days = pd.date_range("2025-01-02", "2026-12-29", freq="D")
        wanted = (days + pd.Timedelta(hours=hour, minutes=minute)).to_numpy("datetime64[m]")
        oracle = [at.to_pydatetime() for at in minutes[np.searchsorted(shown, wanted, "left")]]
        due = due_times(f"{minute} {hour} * * *", zone, FROM, TO)
        local = ZoneInfo(zone)
        kept = [at for at in due if date(2025, 1, 2) <= at.astimezone(local).date() <= date(2026, 12, 29)]
        assert kept == oracle


def test_the_years_hold_jumps_in_both_directions() -> None:
    """The zones above would prove nothing without gaps at midnight, doubled hours and half hours."""
    gaps = {
        z: due_times("0 0 * * *", z, FROM, TO) for z in ("Africa/Cairo", "Asia/Beirut", "America/Santiago")
    }
    for zone, due in gaps.items():
        assert any(at.astimezone(ZoneInfo(zone)).hour == 1 for at in due), zone
    half = due_times("15 2 * * *", "Australia/Lord_Howe", FROM, TO)
    assert {at.astimezone(ZoneInfo("Australia/Lord_Howe")).minute for at in half} == {15, 30}


def test_what_lies_in_a_gap_is_due_once_right_after_it() -> None:
    """Four times in the hour that Berlin left out on 29 March 2026 are one, at 03:00; what is due at 03:00 is the same."""
    day = (datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 3, 29, 12, tzinfo=UTC))
    after = datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert due_times("*/15 2 * * *", "Europe/Berlin", *day) == (after,)
    assert due_times("30 2,3 * * *", "Europe/Berlin", *day) == (after, after + timedelta(minutes=30))


def test_a_day_that_never_was_is_made_up_for() -> None:
    """Samoa had no 30 December 2011."""
    due = due_times(
        "0 12 * * *", "Pacific/Apia", datetime(2011, 12, 29, tzinfo=UTC), datetime(2012, 1, 1, tzinfo=UTC)
    )
    local = [at.astimezone(ZoneInfo("Pacific/Apia")).strftime("%d %H:%M") for at in due]
    assert local == ["29 12:00", "31 00:00", "31 12:00", "01 12:00"]


def test_looks_join_without_a_seam() -> None:
    """Whenever the looks are, in a gap, in a doubled hour or on the minute, together they find what one look finds."""
    start, end = datetime(2026, 10, 24, 20, tzinfo=UTC), datetime(2026, 10, 25, 6, tzinfo=UTC)
    whole = due_times("*/20 1-3 * * *", "Europe/Berlin", start, end)
    found: list[datetime] = []
    at = start
    while at < end:
        found += due_times("*/20 1-3 * * *", "Europe/Berlin", at, min(at + timedelta(minutes=7), end))
        at += timedelta(minutes=7)
    assert tuple(found) == whole
    assert len(whole) == 9


def test_next_times_go_on_from_within_a_doubled_hour() -> None:
    """02:30 was shown the first time; in the second 02:15 it is not due again."""
    second = datetime(2026, 10, 25, 1, 15, tzinfo=UTC)
    assert next(next_times("30 2 * * *", "Europe/Berlin", second)) == datetime(
        2026, 10, 26, 1, 30, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("@daily", "0 0 * * *"),
        ("@WEEKLY", "0 0 * * 0"),
        ("@monthly", "0 0 1 * *"),
        ("@hourly", "0 * * * *"),
        ("  0  9 * * mon-fri ", "0 9 * * mon-fri"),
        ("0 9 L * *", "0 9 L * *"),
    ],
)
def test_five_fields_or_a_name(text: str, meant: str) -> None:
    """What can be written."""
    assert fields(text) == meant


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("@dayly", "Did you mean '@daily'?"),
        ("@fortnight", "Known are: @hourly, @daily"),
        ("0 9 * *", "has 4 fields instead of five: minute hour day-of-month month day-of-week"),
        ("0 0 9 * * 1", "has 6 fields"),
        (
            "9 30 * * *",
            "the hour is not one; it may be 0-23, and *, */2, 1-5 or 1,15. Did you mean '30 9 * * *'?",
        ),
        ("0 9 * * 1-8", "the day-of-week is not one; it may be 0-7 (0 and 7 are Sunday)"),
        ("0 9 32 * *", "the day-of-month is not one"),
        ("0 9 31 2 *", "the day-of-month is not one"),
        ("x", "has 1 fields"),
    ],
)
def test_what_is_no_schedule_is_said_with_what_may_be_meant(text: str, told: str) -> None:
    """A schedule that would never run is not taken in silence."""
    with pytest.raises(ConfigurationError) as caught:
        fields(text)
    assert told in str(caught.value)


def test_weekdays_are_those_of_cron() -> None:
    """1 is Monday; APScheduler would say Tuesday."""
    (at,) = due_times(
        "0 9 * * 1", "Asia/Shanghai", datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 8, tzinfo=UTC)
    )
    assert at.astimezone(ZoneInfo("Asia/Shanghai")).strftime("%A %H:%M") == "Monday 09:00"
