"""Tests of briefings.store.runs: due times are answered once, a briefing is made by one process at a time."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import text

from briefings.errors import UsageError
from briefings.records.run import Ended, Run, Schedule
from briefings.schedule import plan
from briefings.schedule.debounce import ready
from briefings.store import open_store
from briefings.store.runs import MOST_TRIES, Runs
from briefings.store.store import Store

DAILY = Schedule("half-year", "half-year", "0 9 * * *", "Asia/Shanghai")
LEASE = timedelta(seconds=30)
NONE = timedelta(0)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """An empty store."""
    opened = open_store(store_url)
    yield opened
    opened.close()


@pytest.fixture
def runs(store: Store) -> Runs:
    """Its runs."""
    return store.runs


def looked_last(store: Store, schedule: str, ago: timedelta) -> None:
    """Put the last look at a schedule so far back, as if the computer had slept since; forward where ``ago`` is less than 0."""
    with store.engine.begin() as connection:
        then = (datetime.now(UTC) - ago).isoformat(timespec="milliseconds")
        connection.execute(
            text("UPDATE schedules SET planned_until = :then WHERE id = :id"), {"then": then, "id": schedule}
        )


def begun(runs: Runs, owner: str = "me", lease: timedelta = LEASE) -> Run:
    """The next run, which there is."""
    run = runs.claim(owner, lease)
    assert run is not None
    return run


def test_a_new_schedule_counts_from_now_and_a_sleep_is_made_up_for(store: Store, runs: Runs) -> None:
    """Three days asleep are three due times, and one run answers them."""
    assert runs.plan((DAILY,), plan) == ()
    looked_last(store, "half-year", timedelta(days=3))
    assert len(runs.plan((DAILY,), plan)) == 3
    assert runs.plan((DAILY,), plan) == ()
    claimed = runs.claim_due("me")
    assert {due.run for due in claimed} == {"r1"}
    assert [run.kind for run in runs.all()] == ["schedule"]
    assert runs.claim_due("me") == ()
    assert [line.text for line in runs.log("r1")] == [
        f"asked for: schedule half-year was due at {due.at:%Y-%m-%dT%H:%M}Z" for due in claimed
    ]


def test_planning_twice_over_the_same_time_doubles_nothing(store: Store, runs: Runs) -> None:
    """A process whose look was forgotten, or a clock set back, finds the rows there."""
    runs.plan((DAILY,), plan)
    looked_last(store, "half-year", timedelta(days=3))
    assert len(runs.plan((DAILY,), plan)) == 3
    looked_last(store, "half-year", timedelta(days=5))
    assert len(runs.plan((DAILY,), plan)) == 2
    assert len(runs.due("half-year")) == 5


def test_a_clock_set_back_a_little_waits_for_itself(store: Store, runs: Runs) -> None:
    """What was due and answered in those seconds is not due again."""
    minutely = Schedule("half-year", "half-year", "* * * * *", "Asia/Shanghai")
    runs.plan((minutely,), plan)
    looked_last(store, "half-year", -timedelta(minutes=10))
    assert runs.plan((minutely,), plan) == ()
    (state,) = runs.schedules()
    assert state.planned_until > datetime.now(UTC) + timedelta(minutes=9)


def test_a_clock_that_was_far_ahead_does_not_silence_a_schedule_for_ever(store: Store, runs: Runs) -> None:
    """What it took for due in a time to come will be due when that comes."""
    runs.plan((DAILY,), plan)
    looked_last(store, "half-year", -timedelta(days=400))
    with store.engine.begin() as connection:
        row = (
            "INSERT INTO due_times (schedule, at, briefing, owner) VALUES ('half-year', :at, 'half-year', '')"
        )
        connection.execute(text(row), {"at": "2999-01-01T01:00:00.000+00:00"})
    runs.plan((DAILY,), plan)
    assert runs.due() == ()
    (state,) = runs.schedules()
    assert state.planned_until < datetime.now(UTC) + timedelta(minutes=1)


def test_a_changed_schedule_counts_from_now(store: Store, runs: Runs) -> None:
    """Its new times do not lie in the past."""
    runs.plan((DAILY,), plan)
    looked_last(store, "half-year", timedelta(days=3))
    hourly = Schedule("half-year", "half-year", "@hourly", "Asia/Shanghai")
    assert runs.plan((hourly,), plan) == ()
    looked_last(store, "half-year", timedelta(hours=2))
    assert len(runs.plan((hourly,), plan)) == 2


def test_a_paused_schedule_leaves_out_what_falls_due_until_it_is_resumed(store: Store, runs: Runs) -> None:
    """Pausing before the first look works, too."""
    runs.pause(DAILY)
    looked_last(store, "half-year", timedelta(days=3))
    assert runs.plan((DAILY,), plan) == ()
    assert [state.paused for state in runs.schedules()] == [True]
    looked_last(store, "half-year", timedelta(days=3))
    runs.resume(DAILY)
    assert runs.plan((DAILY,), plan) == ()
    looked_last(store, "half-year", timedelta(days=1))
    assert len(runs.plan((DAILY,), plan)) == 1


def test_requests_of_a_briefing_that_waits_are_one_run(runs: Runs) -> None:
    """New documents wait for quiet; a person does not."""
    soon = partial(ready, quiet=timedelta(seconds=10))
    first = runs.ask("a", "new_input", "new in 甲.txt", soon)
    assert first.ready_at - first.asked_at == timedelta(seconds=10)
    second = runs.ask("a", "new_input", "new in 乙.txt", soon)
    assert (second.id, second.ready_at >= first.ready_at) == (first.id, True)
    assert runs.claim("me", LEASE) is None
    third = runs.ask("a", "person", "pressed the button")
    assert (third.id, third.kind) == (first.id, "person")
    assert begun(runs).id == first.id
    assert [line.text for line in runs.log("r1")] == [
        "asked for: new in 甲.txt",
        "asked for: new in 乙.txt",
        "asked for: pressed the button",
        "begun by me",
    ]


def test_one_run_of_a_briefing_at_a_time(runs: Runs) -> None:
    """What is asked for while it is made is another run, which begins when the first is over."""
    runs.ask("a", "person", "first")
    assert begun(runs).id == "r1"
    runs.ask("a", "person", "second")
    runs.ask("b", "person", "of another")
    assert begun(runs).briefing == "b"
    assert runs.claim("other", LEASE) is None
    assert runs.finish("r1", "me", Ended("done", edition="2021-07-22-0a1b2c3d"))
    assert begun(runs, "other").id == "r2"
    assert [(run.id, run.state) for run in runs.all()] == [
        ("r3", "running"),
        ("r2", "running"),
        ("r1", "done"),
    ]


def test_a_run_whose_process_died_is_found_when_its_lease_is_over(runs: Runs) -> None:
    """It waits again, and after so many tries it has failed and says why."""
    runs.ask("a", "person", "first")
    for tries in range(1, MOST_TRIES + 1):
        run = begun(runs, f"host:{tries}", NONE)
        assert run.tries == tries
        while not (found := runs.recover()):
            pass
        assert [one.id for one in found] == ["r1"]
    assert found[0].state == "failed"
    assert found[0].reason == f"given up after {MOST_TRIES} tries: its process (host:{MOST_TRIES}) died"
    assert runs.claim("me", LEASE) is None


def test_a_run_that_another_process_took_over_cannot_be_ended_by_the_first(runs: Runs) -> None:
    """A laptop that slept over its lease comes back and is told."""
    runs.ask("a", "person", "first")
    begun(runs, "sleeper", NONE)
    while not runs.recover():
        pass
    begun(runs, "other")
    assert not runs.renew("r1", "sleeper", LEASE)
    assert not runs.finish("r1", "sleeper", Ended("done"))
    assert not runs.put_back("r1", "sleeper", "told to stop")
    assert runs.run("r1").owner == "other"


def test_a_renewed_lease_is_not_over(runs: Runs) -> None:
    """As long as its process lives."""
    runs.ask("a", "person", "first")
    begun(runs, lease=timedelta(milliseconds=50))
    assert runs.renew("r1", "me", LEASE)
    assert runs.recover() == ()


def test_a_run_put_back_while_another_waits_leaves_it_to_that_one(runs: Runs) -> None:
    """Two that wait of one briefing would be one too many."""
    runs.ask("a", "person", "first")
    begun(runs)
    runs.ask("a", "person", "second")
    assert runs.put_back("r1", "me", "told to stop")
    assert (runs.run("r1").state, runs.run("r1").reason) == ("failed", "r2 is made instead: told to stop")
    assert runs.run("r2").state == "queued"


@pytest.mark.parametrize("id_", ["r7", "x", "", "r-1", "r" + "9" * 40])
def test_a_run_that_is_not_there_is_said(runs: Runs, id_: str) -> None:
    """Whatever is asked for."""
    with pytest.raises(UsageError, match="There is no run"):
        runs.run(id_)


def test_the_next_time_to_look_is_the_earliest_there_is(runs: Runs) -> None:
    """Of what waits and what is under way."""
    assert runs.next_ready() is None
    waiting = runs.ask("a", "new_input", "new", partial(ready, quiet=timedelta(seconds=40)))
    assert runs.next_ready() == waiting.ready_at
    runs.ask("b", "person", "now")
    assert begun(runs, lease=timedelta(seconds=5)).lease_until == runs.next_ready()


def test_old_runs_are_forgotten_but_for_the_last_of_each_briefing(store: Store, runs: Runs) -> None:
    """Those that changed nothing after a month, others after a year; a schedule of each minute fills no disk."""
    ended = [
        ("a", "done", 400),
        ("a", "unchanged", 40),
        ("a", "failed", 40),
        ("a", "done", 1),
        ("b", "unchanged", 500),
    ]
    for briefing, state, days in ended:
        run = runs.ask(briefing, "person", "asked")
        begun(runs)
        assert runs.finish(run.id, "me", Ended(state))  # type: ignore[arg-type]  # the states above
        with store.engine.begin() as connection:
            then = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="milliseconds")
            connection.execute(
                text("UPDATE runs SET ended_at = :then WHERE n = :n"), {"then": then, "n": int(run.id[1:])}
            )
    waiting = runs.ask("c", "person", "asked")
    assert runs.prune() == 2
    assert [run.id for run in runs.all()] == [waiting.id, "r5", "r4", "r3"]
    assert runs.counts() == {"done": 1, "failed": 1, "queued": 1, "unchanged": 1}
    assert runs.log("r1") == ()
    assert runs.prune() == 0


def test_forgotten_due_times_do_not_come_back(store: Store, runs: Runs) -> None:
    """What was answered long ago lies before the last look."""
    runs.plan((DAILY,), plan)
    looked_last(store, "half-year", timedelta(days=60))
    runs.plan((DAILY,), plan)
    assert len(runs.claim_due("me")) == 60
    runs.prune()
    assert 30 <= len(runs.due()) <= 31
    assert runs.plan((DAILY,), plan) == ()
    assert runs.claim_due("me") == ()
