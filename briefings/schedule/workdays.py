"""Working days of China: weekends that are worked and holidays in the week as the State Council announces them."""

from datetime import date


def is_workday(day: date) -> bool:
    """Whether ``day`` is worked; in years whose holidays are not known, whether it is a Monday to Friday."""
    from chinese_calendar import is_workday as announced

    try:
        return bool(announced(day))
    except NotImplementedError:
        return day.weekday() < 5


def is_known(year: int) -> bool:
    """Whether the holidays of ``year`` are known; where not, holidays are not left out and worked weekends not seen."""
    from chinese_calendar import is_workday as announced

    try:
        announced(date(year, 1, 1))
    except NotImplementedError:
        return False
    return True
