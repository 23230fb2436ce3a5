"""Tests that the service stops when it is told to, in the midst of work, and goes on at the next start."""

import json
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from commands import EDUCATION, ORDER, briefings

from briefings.store import open_store, quick_check


class Serving:
    """A running ``briefings serve`` that is asked for its pages."""

    def __init__(self, at: Path) -> None:
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            self.port = int(one.getsockname()[1])
        self.log = at / "serve.log"
        command = [sys.executable, "-m", "briefings", "-C", str(at), "serve", "--port", str(self.port)]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [*command, "--log-format", "json"], stderr=log, stdin=subprocess.DEVNULL
            )

    def events(self) -> list[dict[str, object]]:
        """What it has told."""
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]

    def told(self, event: str) -> None:
        """Wait until it tells of ``event``."""
        until = time.monotonic() + 120
        while not any(line["event"] == event for line in self.events()):
            assert time.monotonic() < until, self.log.read_text(encoding="utf-8")
            assert self.process.poll() is None, self.log.read_text(encoding="utf-8")
            time.sleep(0.05)

    def answer(self, path: str) -> int:
        """The status of a page."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=60) as response:
            return int(response.status)


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Serving]:
    """The service on a workspace with one briefing."""
    text = "[service]\ndebounce = 0\n" + ORDER + 'formats = ["html", "docx"]\n'
    (tmp_path / "briefings.toml").write_text(text, encoding="utf-8")
    service = Serving(tmp_path)
    service.told("serving")
    yield service
    service.process.kill()
    service.process.wait()


def test_it_stops_within_ten_seconds_in_the_midst_of_work(serving: Serving, tmp_path: Path) -> None:
    """While it makes an edition, takes in documents and answers: what is under way is finished, the rest is left whole."""
    until = time.monotonic() + 90
    while True:
        try:
            assert serving.answer("/healthz") == 200
            break
        except OSError:
            assert time.monotonic() < until
            time.sleep(0.1)
    assert serving.answer("/readyz") == 200
    for n in range(6):
        text = EDUCATION.replace("58.5%", f"{50 + n}.5%")
        (tmp_path / "inbox" / f"教育局{n}.txt").write_text(text, encoding="utf-8")
    serving.told("begun")
    begun = time.monotonic()
    serving.process.send_signal(signal.SIGTERM)
    assert serving.process.wait(timeout=60) == 0
    assert time.monotonic() - begun < 20
    names = [line["event"] for line in serving.events()]
    assert names[-1] == "stopped"
    assert names.count("begun") == names.count("ended")
    assert quick_check(tmp_path / ".briefings" / "store.sqlite3") == ()
    runs = briefings("runs", "--json", at=tmp_path).rows()
    assert {run["state"] for run in runs} <= {"done", "unchanged", "queued"}
    left = list((tmp_path / "inbox").rglob("*.txt"))
    assert len(left) == 6


@pytest.mark.parametrize("command", ["serve", "watch"])
def test_a_damaged_store_is_not_served(tmp_path: Path, command: str) -> None:
    """It is looked at before the service begins, and the sentence says what helps."""
    store = open_store(tmp_path / ".briefings" / "store.sqlite3")
    store.close()
    with sqlite3.connect(tmp_path / ".briefings" / "store.sqlite3") as bare:
        bare.execute("INSERT INTO facts SELECT 'f', 'gone', 1, '', '', '', '', '', '', '', '', '', '', ''")
    bare.close()
    ran = briefings(command, at=tmp_path)
    assert (ran.code, "points to a missing row of documents" in ran.err) == (1, True)
    assert "`briefings restore` brings back a backup" in ran.err
