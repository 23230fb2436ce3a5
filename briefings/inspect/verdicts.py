"""How a check says what came of it."""

from collections.abc import Iterable

from briefings.records.inspection import Result, Spot


def judged(number: int, spots: Iterable[Spot], measured: str) -> Result:
    """Passed when there are no ``spots``, else failed at them; ``measured`` holds the figures either way."""
    found = tuple(spots)
    return Result(number, "fail" if found else "pass", measured, found)


def not_applicable(number: int, why: str) -> Result:
    """The check says nothing about this file, and why."""
    return Result(number, "not_applicable", why)


def not_run(number: int, why: str) -> Result:
    """The check could say something, but something is missing for it."""
    return Result(number, "not_run", why)


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 link", "3 links"."""
    return f"{number} {one if number == 1 else many or one + 's'}"
