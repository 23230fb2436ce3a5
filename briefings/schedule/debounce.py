"""When a run may begin that new documents ask for: once they have stopped coming, and not much later than the first."""

from collections.abc import Sequence
from datetime import datetime, timedelta

QUIET = timedelta(seconds=10)
MOST = timedelta(seconds=60)


def ready(first: datetime, last: datetime, *, quiet: timedelta = QUIET, most: timedelta = MOST) -> datetime:
    """When a run asked for from ``first`` to ``last`` may begin: after ``quiet``, but ``most`` after the first at most."""
    return min(last + quiet, first + most)


def gathered(
    asked: Sequence[datetime], *, quiet: timedelta = QUIET, most: timedelta = MOST
) -> tuple[tuple[datetime, int], ...]:
    """The runs that requests at the times ``asked`` (in order) lead to: when each begins, and how many it answers."""
    runs: list[tuple[datetime, int]] = []
    first = last = None
    number = 0
    for at in asked:
        if (
            first is not None
            and last is not None
            and at > (begins := ready(first, last, quiet=quiet, most=most))
        ):
            runs.append((begins, number))
            first, number = None, 0
        first, last, number = first or at, at, number + 1
    if first is not None and last is not None:
        runs.append((ready(first, last, quiet=quiet, most=most), number))
    return tuple(runs)
