"""Tests of the commands that leave briefings to itself: watch, schedule, runs; in processes of their own."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from commands import COMMERCE, EDUCATION, ORDER, briefings

QUICK = "[service]\ndebounce = 0.5\n"


class Watching:
    """A running ``briefings watch`` whose lines are JSON."""

    def __init__(self, at: Path) -> None:
        self.log = at / "watch.log"
        command = [sys.executable, "-m", "briefings", "-C", str(at), "watch", "--log-format", "json"]
        with self.log.open("a") as log:
            self.process = subprocess.Popen(command, stderr=log, stdin=subprocess.DEVNULL)

    def lines(self) -> list[dict[str, Any]]:
        """What it has told so far."""
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]

    def told(self, event: str, number: int = 1, seconds: float = 120) -> list[dict[str, Any]]:
        """The lines of ``event``, once there are so many."""
        return waited(lambda: [x for x in self.lines() if x["event"] == event], number, seconds)

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Its exit code once it was told to stop."""
        self.process.send_signal(number)
        return self.process.wait(timeout=30)


def waited(find: Callable[[], list[dict[str, Any]]], number: int, seconds: float) -> list[dict[str, Any]]:
    """What ``find`` gives once that is so much."""
    deadline = time.monotonic() + seconds
    while len(found := find()) < number:
        assert time.monotonic() < deadline, found
        time.sleep(0.05)
    return found


def test_from_the_inbox_to_an_edition(tmp_path: Path) -> None:
    """Two documents and an empty file come in, one edition goes out; stopped in the middle of nothing it ends with 0."""
    (tmp_path / "briefings.toml").write_text(QUICK + ORDER + 'formats = ["html"]\n', encoding="utf-8")
    watching = Watching(tmp_path)
    try:
        watching.told("started")
        for name, text in (("教育局.txt", EDUCATION), ("商务局.txt", COMMERCE), ("空.txt", "")):
            (tmp_path / "inbox" / name).write_text(text, encoding="utf-8")
        watching.told("taken", 2)
        (empty,) = watching.told("quarantined")
        assert (empty["file"], empty["code"], empty["wrong"]) == ("空.txt", "empty", True)
        ended = watching.told("ended")
        assert {line["state"] for line in ended} <= {"done", "unchanged"}
    finally:
        assert watching.stop() == 0
    assert [line["event"] for line in watching.lines()[-2:]] == ["stopping", "stopped"]
    assert sorted(p.name for p in (tmp_path / "inbox" / "taken").iterdir()) == ["商务局.txt", "教育局.txt"]
    runs = briefings("runs", "--json", at=tmp_path).rows()
    assert [(run["briefing"], run["kind"], run["state"]) for run in runs] == [
        ("half-year", "new_input", "done")
    ]
    assert (tmp_path / "output" / "half-year" / runs[0]["edition"] / "half-year.html").is_file()
    table = briefings("runs", at=tmp_path).out
    assert runs[0]["edition"] in table
    log = briefings("runs", "r1", at=tmp_path).out
    assert "asked for: new in" in log
    assert briefings("runs", "r2", at=tmp_path).code == 2


def test_a_killed_watch_is_taken_up_by_the_next(tmp_path: Path) -> None:
    """Killed after a document was taken and before its briefing was made: the next start makes it."""
    text = "[service]\ndebounce = 30\n" + ORDER + 'formats = ["html"]\n'
    (tmp_path / "briefings.toml").write_text(text, encoding="utf-8")
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "教育局.txt").write_text(EDUCATION, encoding="utf-8")
    first = Watching(tmp_path)
    first.told("asked")
    first.process.kill()
    first.process.wait()
    (queued,) = briefings("runs", "--json", at=tmp_path).rows()
    assert (queued["state"], queued["tries"]) == ("queued", 0)
    ran = briefings("schedule", "run", "half-year", at=tmp_path)
    assert (ran.code, "There is no schedule 'half-year'" in ran.err) == (2, True)
    (tmp_path / "briefings.toml").write_text(text + 'schedule = "0 9 * * 1-5"\n', encoding="utf-8")
    ran = briefings("schedule", "run", "half-year", at=tmp_path)
    assert (ran.code, ran.out.split()[:2]) == (0, ["r1", "done"])


def test_schedules_in_words_paused_and_resumed(tmp_path: Path) -> None:
    """The next five times stand beside; a paused one says so."""
    schedule = 'schedule = "0 9 * * 1-5"\nworkdays = true\n'
    (tmp_path / "briefings.toml").write_text(ORDER + schedule, encoding="utf-8")
    (row,) = briefings("schedule", "list", "--json", at=tmp_path).rows()
    assert row["words"] == "每周一至周五 09:00（Asia/Shanghai），仅工作日"
    assert len(row["next"]) == 5
    assert all(at.endswith("T09:00:00+08:00") for at in row["next"])
    english = briefings("schedule", "list", "--language", "en", at=tmp_path).out
    assert "at 09:00 every Monday to Friday (Asia/Shanghai), working days only" in english
    assert briefings("schedule", "pause", "half-year", at=tmp_path).code == 0
    assert "paused" in briefings("schedule", "list", at=tmp_path).out
    resumed = briefings("schedule", "resume", "half-year", at=tmp_path)
    assert (resumed.code, "half-year is due next: " in resumed.err) == (0, True)
    unknown = briefings("schedule", "pause", "half", at=tmp_path)
    assert (unknown.code, "there are: half-year" in unknown.err) == (2, True)


def test_a_workspace_without_schedules_and_runs_says_what_to_do(tmp_path: Path) -> None:
    """On stderr; there is no data."""
    listed, runs = briefings("schedule", "list", at=tmp_path), briefings("runs", at=tmp_path)
    assert (listed.out, 'add schedule = "0 9 * * 1-5"' in listed.err) == ("", True)
    assert (runs.out, "`briefings watch` makes them" in runs.err) == ("", True)
