"""Tests of schedules and runs with real processes: several on one store, and some that are killed."""

import json
import signal
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import text

from briefings.records.run import Ended, Schedule
from briefings.schedule import plan
from briefings.schedule.runner import run_next
from briefings.store import open_store

CLAIM = """
import json, sys, time
from datetime import timedelta
from briefings.records.run import Schedule
from briefings.schedule import plan
from briefings.store import open_store
path, owner, expression = sys.argv[1:]
schedules = [Schedule(f"s{n}", f"b{n}", expression, "UTC") for n in range(10)]
runs = open_store(path).runs
print("ready", flush=True)
sys.stdin.readline()
claimed = []
for look in range(400):
    if look % 10 == 0:
        runs.plan(schedules, plan)
    due = runs.claim_due(owner, 1)
    if not due:
        break
    claimed += [(one.schedule, one.at.isoformat(), one.run) for one in due]
    time.sleep(0.01)  # SQLite's lock is not fair: without a breath one process may do it all
print(json.dumps(claimed))
"""
MAKE = """
import sys, time
from datetime import timedelta
from briefings.schedule.runner import run_next
from briefings.store import open_store
runs = open_store(sys.argv[1]).runs
def build(run):
    print(run.id, flush=True)
    time.sleep(60)
run_next(runs, build, owner="killed", lease=timedelta(seconds=1))
"""


def process(program: str, *words: str) -> "subprocess.Popen[str]":
    """A Python process that runs ``program``."""
    command = [sys.executable, "-c", program, *words]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_two_processes_answer_200_due_times_once_each(tmp_path: Path) -> None:
    """Both plan and both claim, as fast as they can, on one SQLite store: none missed, none doubled."""
    path = tmp_path / "store.sqlite3"
    store = open_store(path)
    hour = datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
    begin = hour - timedelta(hours=2)
    expression = f"*/6 {begin.hour},{(begin.hour + 1) % 24} * * *"
    store.runs.plan([Schedule(f"s{n}", f"b{n}", expression, "UTC") for n in range(10)], plan)
    with store.engine.begin() as connection:
        then = (begin - timedelta(minutes=1)).isoformat(timespec="milliseconds")
        connection.execute(text("UPDATE schedules SET planned_until = :then"), {"then": then})
    both = [process(CLAIM, str(path), owner, expression) for owner in ("one", "other")]
    for each in both:
        assert each.stdout is not None
        assert each.stdout.readline() == "ready\n"
    for each in both:
        assert each.stdin is not None
        each.stdin.write("go\n")
        each.stdin.flush()
    claimed = [json.loads(each.communicate(timeout=240)[0]) for each in both]
    runs = {run.id: run.briefing for run in store.runs.all()}
    store.close()
    counted = Counter((schedule, at) for mine in claimed for schedule, at, _ in mine)
    wanted = {(f"s{n}", (begin + timedelta(minutes=6 * m)).isoformat()) for n in range(10) for m in range(20)}
    assert len(wanted) == 200
    assert set(counted) == wanted
    assert set(counted.values()) == {1}
    assert all(claimed), "one process did it all"
    assert sorted(runs.values()) == [f"b{n}" for n in range(10)]
    assert all(runs[run] == "b" + schedule[1:] for mine in claimed for schedule, _, run in mine)


def test_a_killed_process_loses_no_run(tmp_path: Path) -> None:
    """It is killed while it makes a run; when its lease is over the next start finds the run and makes it."""
    path = tmp_path / "store.sqlite3"
    runs = open_store(path).runs
    runs.ask("half-year", "person", "asked")
    doomed = process(MAKE, str(path))
    assert doomed.stdout is not None
    assert doomed.stdout.readline() == "r1\n"
    assert runs.recover() == ()
    doomed.send_signal(signal.SIGKILL)
    doomed.communicate(timeout=60)
    deadline = time.monotonic() + 60
    while not (found := runs.recover()):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert [(run.id, run.state) for run in found] == [("r1", "queued")]
    run = run_next(runs, lambda run: Ended("done", edition="e"), owner="next")
    assert run is not None
    assert (run.id, run.state, run.tries) == ("r1", "done", 2)
    assert [line.text for line in runs.log("r1")] == [
        "asked for: asked",
        "begun by killed",
        "waits again: its process (killed) died",
        "begun by next",
        "done e",
    ]
