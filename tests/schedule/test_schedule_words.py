"""Tests of briefings.schedule.words: cron for people who do not read it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from briefings.records.run import Schedule
from briefings.schedule.words import in_words, time_in_words


@pytest.mark.parametrize(
    ("expression", "chinese", "english"),
    [
        ("0 9 * * 1-5", "每周一至周五 09:00", "at 09:00 every Monday to Friday"),
        ("@daily", "每天 00:00", "at 00:00 every day"),
        ("@hourly", "每天每小时整点", "on the hour of every hour every day"),
        ("@weekly", "每周日 00:00", "at 00:00 every Sunday"),
        ("0 9 1 * *", "每月1日 09:00", "at 09:00 on day 1 of the month"),
        ("0 9 L * *", "每月最后一天 09:00", "at 09:00 on the last day of the month"),
        ("30 8,17 * * *", "每天 08:30、17:30", "at 08:30 and 17:30 every day"),
        ("*/15 * * * *", "每天每15分钟", "every 15 minutes every day"),
        (
            "*/10 8-18 * * 1-5",
            "每周一至周五8至18时每10分钟",
            "every 10 minutes of the hours 8-18 every Monday to Friday",
        ),
        ("0 9 1 1,7 *", "每年1月、7月的1日 09:00", "at 09:00 on day 1 of the month in January and July"),
        ("0 9 * * 0,6", "每周六、周日 09:00", "at 09:00 every Saturday and Sunday"),
        ("0 9 * * 1#1", "每月第一个周一 09:00", "at 09:00 every first Monday of the month"),
        ("0 9 * * 5L", "每月最后一个周五 09:00", "at 09:00 every last Friday of the month"),
        ("0 9 1,15 * 1", "每月1日、15日以及周一 09:00", "at 09:00 on day 1 and day 15 and every Monday"),
        ("0 9 1-31 * 1", "每天 09:00", "at 09:00 every day"),
        ("0 9 10-12 7 *", "每年7月的10日至12日 09:00", "at 09:00 on day 10-12 of the month in July"),
    ],
)
def test_a_schedule_is_told_in_one_line(expression: str, chinese: str, english: str) -> None:
    """The zone is always named."""
    schedule = Schedule("a", "a", expression, "Asia/Shanghai")
    assert in_words(schedule) == f"{chinese}（Asia/Shanghai）"
    assert in_words(schedule, "en") == f"{english} (Asia/Shanghai)"


def test_working_days_are_told() -> None:
    """They change when it runs, so they are in the line."""
    schedule = Schedule("a", "a", "0 9 * * *", "Asia/Shanghai", workdays=True)
    assert in_words(schedule).endswith("，仅工作日")
    assert in_words(schedule, "en").endswith(", working days only")


def test_a_time_is_told_with_its_weekday() -> None:
    """A person sees at once whether it is a Monday."""
    at = datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert time_in_words(at) == "2026年11月23日（周一）09:00"
    assert time_in_words(at, "en") == "Mon 23 November 2026, 09:00"
