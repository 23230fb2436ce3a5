"""Tests of briefings.schedule.clock: tasks are woken at the start, when they ask, when somebody says so, and in between."""

import itertools
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from briefings.schedule.clock import Clock

LONG = timedelta(minutes=10)


def until(true: Callable[[], bool], seconds: float = 60) -> bool:
    """Whether ``true`` becomes so in time."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


def unexpected(task: str, error: Exception) -> None:
    """No task of these tests fails but where it says so."""
    raise AssertionError(f"{task}: {error}")


def test_a_task_is_woken_at_the_start_and_when_it_asked() -> None:
    """Three times: at once, and 0.1 s after each call."""
    times: list[float] = []

    def task() -> datetime | None:
        times.append(time.monotonic())
        return datetime.now(UTC) + (timedelta(seconds=0.1) if len(times) < 3 else LONG)

    clock = Clock({"task": task}, unexpected, LONG)
    clock.start()
    assert until(lambda: len(times) == 3)
    clock.stop()
    assert all(later - earlier > 0.08 for earlier, later in itertools.pairwise(times))


def test_a_task_that_asks_for_nothing_is_woken_all_the_same() -> None:
    """A look each minute, here each 0.1 s; asking for next year does not put it off either."""
    calls: list[str] = []

    def silent() -> datetime | None:
        calls.append("silent")
        return None

    def far() -> datetime | None:
        calls.append("far")
        return datetime.now(UTC) + timedelta(days=365)

    clock = Clock({"silent": silent, "far": far}, unexpected, timedelta(seconds=0.1))
    clock.start()
    assert until(lambda: calls.count("silent") > 2 and calls.count("far") > 2)
    clock.stop()


def test_a_wake_up_while_a_task_is_at_work_is_not_lost_and_does_not_double_it() -> None:
    """It is called again when it is done; two calls at a time there are never."""
    begun, go = threading.Event(), threading.Event()
    calls: list[int] = []
    at_work = 0

    def task() -> datetime | None:
        nonlocal at_work
        at_work += 1
        calls.append(at_work)
        begun.set()
        go.wait(5)
        at_work -= 1
        return None

    clock = Clock({"task": task}, unexpected, LONG)
    clock.start()
    assert begun.wait(60)
    for _ in range(5):
        clock.wake("task")
    time.sleep(0.1)
    assert calls == [1]
    go.set()
    assert until(lambda: len(calls) == 2)
    time.sleep(0.2)
    clock.stop()
    assert calls == [1, 1]


def test_a_task_that_fails_is_told_of_and_woken_again() -> None:
    """Nothing that happens once ends the service."""
    told: list[tuple[str, str]] = []

    def task() -> datetime | None:
        raise OSError("disk gone")

    clock = Clock({"task": task}, lambda name, error: told.append((name, str(error))), timedelta(seconds=0.1))
    clock.start()
    assert until(lambda: len(told) > 1)
    clock.stop()
    assert told[0] == ("task", "disk gone")


def test_stopping_waits_for_what_is_under_way_and_wakes_nothing_more() -> None:
    """The call that is at work comes to its end; there is no other."""
    begun = threading.Event()
    ends: list[float] = []

    def task() -> datetime | None:
        begun.set()
        time.sleep(0.3)
        ends.append(time.monotonic())
        return datetime.now(UTC)

    clock = Clock({"task": task}, unexpected, LONG)
    clock.start()
    assert begun.wait(60)
    clock.stop()
    assert len(ends) == 1
    clock.wake()
    time.sleep(0.2)
    assert len(ends) == 1


def test_a_task_whose_time_went_back_is_woken_all_the_same() -> None:
    """A clock set back by an hour leaves every next time an hour away; the beat does not ask the clock."""
    calls: list[int] = []
    clock = Clock({"task": lambda: calls.append(1)}, unexpected, timedelta(seconds=0.2))
    clock.start()
    assert until(lambda: len(calls) >= 1)
    with clock.lock:
        clock._at("task", datetime.now(UTC) + timedelta(hours=1))
    before = len(calls)
    assert until(lambda: len(calls) > before)
    clock.stop()
