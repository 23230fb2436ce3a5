"""Tests of briefings.schedule.runner: runs are made under a lease, and what is raised ends or postpones them."""

import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from briefings.errors import AuditHeld, UsageError
from briefings.records.run import Ended, Run
from briefings.schedule.runner import affected, run_next
from briefings.store import open_store
from briefings.store.runs import Runs


@pytest.fixture
def runs(tmp_path: Path) -> Iterator[Runs]:
    """The runs of an empty store."""
    store = open_store(tmp_path / "store.sqlite3")
    yield store.runs
    store.close()


def test_only_briefings_whose_documents_changed_are_affected() -> None:
    """By a changed document, one that came in, one that left; a briefing seen for the first time, if it has any."""
    before = {"same": {"1"}, "changed": {"2"}, "came": {"3"}, "left": {"4", "5"}, "gone": {"6"}}
    after = {
        "same": {"1"},
        "changed": {"2"},
        "came": {"3", "7"},
        "left": {"4"},
        "first": {"8"},
        "empty": set[str](),
    }
    assert affected(before, after, {"2", "9"}) == ("changed", "came", "left", "first")


def test_a_run_ends_as_it_was_built(runs: Runs) -> None:
    """With its edition; nothing is left to make."""
    runs.ask("a", "person", "asked")
    run = run_next(runs, lambda run: Ended("done", edition=f"of-{run.briefing}"), owner="me")
    assert run is not None
    assert (run.state, run.edition, run.tries, run.lease_until) == ("done", "of-a", 1, None)
    assert run_next(runs, lambda run: Ended("done"), owner="me") is None


@pytest.mark.parametrize(
    ("error", "state"),
    [(AuditHeld("3 numbers have no source."), "held"), (UsageError("No document."), "failed")],
)
def test_what_is_wrong_is_the_reason_of_the_run(runs: Runs, error: Exception, state: str) -> None:
    """In the words of the error; it is not tried again by itself, since nothing would be different."""

    def build(_: Run) -> Ended:
        raise error

    runs.ask("a", "schedule", "due")
    run = run_next(runs, build, owner="me")
    assert run is not None
    assert (run.state, run.reason) == (state, str(error))


def test_what_should_not_happen_is_tried_again_later(runs: Runs) -> None:
    """A full disk may have room in a minute."""

    def build(_: Run) -> Ended:
        raise OSError("No space left on device")

    runs.ask("a", "schedule", "due")
    run = run_next(runs, build, owner="me")
    assert run is not None
    assert run.state == "queued"
    assert timedelta(seconds=50) < run.ready_at - runs.now() <= timedelta(seconds=60)
    assert runs.log(run.id)[-1].text == "waits again: OSError: No space left on device"


def test_a_program_told_to_stop_puts_its_run_back(runs: Runs) -> None:
    """The next start makes it at once."""

    def build(_: Run) -> Ended:
        raise KeyboardInterrupt

    runs.ask("a", "schedule", "due")
    with pytest.raises(KeyboardInterrupt):
        run_next(runs, build, owner="me")
    run = run_next(runs, lambda run: Ended("unchanged"), owner="next")
    assert run is not None
    assert (run.state, run.tries) == ("unchanged", 2)


def test_a_run_longer_than_its_lease_is_held_as_long_as_it_is_made(runs: Runs) -> None:
    """Another process that looks for dead runs does not find it."""
    found: list[Run] = []

    def build(_: Run) -> Ended:
        for _n in range(5):
            threading.Event().wait(0.1)
            found.extend(runs.recover())
        return Ended("done")

    runs.ask("a", "schedule", "due")
    run = run_next(runs, build, owner="me", lease=timedelta(seconds=0.3))
    assert run is not None
    assert (run.state, found) == ("done", [])
