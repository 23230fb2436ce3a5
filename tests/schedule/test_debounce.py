"""Tests of briefings.schedule.debounce: documents that come one after the other lead to one run."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from briefings.schedule.debounce import gathered, ready

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
QUIET, MOST = timedelta(seconds=10), timedelta(seconds=60)


def at(seconds: float) -> datetime:
    """So many seconds after nine."""
    return START + timedelta(seconds=seconds)


def test_a_run_waits_for_quiet_but_not_for_ever() -> None:
    """Ten seconds after the last, a minute after the first at most."""
    assert ready(at(0), at(0)) == at(10)
    assert ready(at(0), at(8)) == at(18)
    assert ready(at(0), at(55)) == at(60)


def test_documents_that_trickle_in_for_two_minutes_lead_to_two_runs() -> None:
    """One each five seconds: the first run begins after a minute and answers what came by then."""
    assert gathered([at(5 * n) for n in range(24)]) == ((at(60), 13), (at(125), 11))


@settings(max_examples=200)
@given(st.lists(st.floats(0, 600, allow_nan=False), max_size=40).map(sorted))
def test_every_request_is_answered_soon_and_none_is_pushed_aside(seconds: list[float]) -> None:
    """Each request has one run, which begins after it and within a minute; only after quiet, or when the minute is over."""
    asked = [at(s) for s in seconds]
    runs = gathered(asked)
    assert sum(number for _, number in runs) == len(asked)
    rest = asked
    for begins, number in runs:
        answered, rest = rest[:number], rest[number:]
        assert answered[-1] <= begins <= answered[0] + MOST
        assert begins == answered[0] + MOST or begins == answered[-1] + QUIET
        assert all(later > begins for later in rest)
