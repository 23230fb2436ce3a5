"""What goes wrong around the service is told and ends nothing: a full disk, a locked store, an inbox that goes and comes back."""

import asyncio
import multiprocessing
import resource
import shutil
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from briefings import deliver, settings
from briefings.ingest import inbox
from briefings.records.edition import Edition
from briefings.records.run import Event
from briefings.store import engine, open_store
from briefings.store.store import Store
from briefings.unattended import Unattended, make_next
from briefings.web import headers

TEXT = "临澜市水务局2021年上半年工作总结\n2021-07-18\n上半年，全市新建供水管网86公里，供水总量2.35亿立方米，同比增长4.1%。\n"
TOML = """[service]
debounce = 0
[[briefing]]
id = "works"
kind = "digest"
title = "水务工作摘编"
period = "2021-H1"
formats = ["html"]
recipients = ["chen@example.org"]
"""


class Tried(Unattended):
    """The service with its tasks called by the test, and files that came to rest long ago."""

    def __init__(self, root: Path, store: Store, owner: str = "test") -> None:
        self.lines: list[Event] = []
        super().__init__(settings.load(root), store, self.lines.append, owner=owner)

    def take_settled(self) -> list[str]:
        """Take in what lies in the inbox as if it had lain there for an hour; gives the names of the events."""
        before = len(self.lines)
        self.files.later.clear()
        for path, mark in inbox.look(self.settings.inbox).files.items():
            self._take(path, mark)
        return [event.name for event in self.lines[before:]]

    def make_once(self) -> None:
        """Make the one run that is ready."""
        make_next(self.settings, self.store, self.tell, owner=self.owner)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The store of a workspace with one briefing."""
    (tmp_path / settings.FILE_NAME).write_text(TOML, encoding="utf-8")
    opened = open_store(settings.load(tmp_path).store)
    yield opened
    opened.close()


@pytest.fixture
def service(tmp_path: Path, store: Store) -> Tried:
    """The service on it, with a document in the inbox."""
    made = Tried(tmp_path, store)
    made.settings.inbox.mkdir()
    (made.settings.inbox / "水务.txt").write_text(TEXT, encoding="utf-8")
    return made


@contextmanager
def no_file_beyond(size: int) -> Iterator[None]:
    """No file grows beyond ``size``, as on a disk that is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_file_waits_where_it_is_while_the_disk_is_full(service: Tried, store: Store) -> None:
    """It is told, nothing of it is kept, and it is taken when there is room again."""
    large = service.settings.inbox / "大.txt"
    large.write_text(TEXT.replace("水务", "园林") + "\n" * 3_000_000, encoding="utf-8")
    (service.settings.inbox / "水务.txt").unlink()
    with no_file_beyond(2_000_000):
        assert service.take_settled() == ["not_taken"]
    assert service.lines[-1].wrong and large.exists() and not store.documents()
    assert service.take_settled() == ["taken"]
    assert len(store.documents()) == 1 and not large.exists()


def test_an_edition_that_did_not_fit_on_the_disk_is_made_when_there_is_room(
    service: Tried, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run waits with its reason, no half edition is there, and in the end there is one with its letter."""
    monkeypatch.setattr("briefings.schedule.runner.AGAIN", timedelta(0))
    service.take_settled()
    service.ask()
    publish = deliver.publish

    def on_a_full_disk(*given: Any, **named: Any) -> Edition:
        with no_file_beyond(5_000):
            return publish(*given, **named)

    with monkeypatch.context() as full:
        full.setattr(deliver, "publish", on_a_full_disk)
        service.make_once()
    (run,) = store.runs.all()
    assert run.state == "queued" and "OSError" in store.runs.log(run.id)[-1].text
    assert not list((service.settings.output / "works").glob("20*"))
    service.make()
    (run,) = store.runs.all()
    assert run.state == "done"
    assert [one.edition for one in store.outbox.letters()] == [run.edition]


def test_a_locked_store_is_told_of_and_waited_for(
    service: Tried, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another program holds it longer than is waited: the file stays and is taken afterwards."""
    monkeypatch.setattr(engine, "BUSY_MILLISECONDS", 200)
    service.store.close()
    service.store = store = open_store(service.settings.store)
    holder = sqlite3.connect(str(service.settings.store).removeprefix("sqlite:///"), isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    try:
        assert service.take_settled() == ["not_taken"]
        assert "locked" in service.lines[-1].sentence
    finally:
        holder.execute("ROLLBACK")
        holder.close()
    assert service.take_settled() == ["taken"]
    store.close()


def test_an_inbox_that_goes_and_comes_back(service: Tried, store: Store) -> None:
    """Removed it is made again; where that cannot be it is told once, and that it is back once."""
    shutil.rmtree(service.settings.inbox)
    service.take_in()
    assert service.settings.inbox.is_dir() and service.lines == []
    service.settings.inbox.rmdir()
    service.settings.inbox.write_text("in the way", encoding="utf-8")
    service.take_in()
    service.take_in()
    service.settings.inbox.unlink()
    service.take_in()
    assert [(event.name, event.wrong) for event in service.lines] == [("inbox", True), ("inbox", False)]
    (service.settings.inbox / "水务.txt").write_text(TEXT, encoding="utf-8")
    assert service.take_settled() == ["taken"]


def _serve(root: Path, owner: str) -> None:
    store = open_store(settings.load(root).store)
    one = Tried(root, store, owner)
    until = time.monotonic() + 3
    while time.monotonic() < until:
        one.take_settled()
        one.ask()
        one.make()
        time.sleep(0.05)
    store.close()


def test_two_services_on_one_workspace_share_the_work(service: Tried, store: Store) -> None:
    """Every file is taken once, the edition is made once, its letter is written once."""
    for number in range(6):
        text = TEXT.replace("水务局", f"水务{'一二三四五六'[number]}处")
        (service.settings.inbox / f"{number}.txt").write_text(text, encoding="utf-8")
    context = multiprocessing.get_context("fork")
    both = [context.Process(target=_serve, args=(service.settings.root, name)) for name in ("one", "two")]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert [one.exitcode for one in both] == [0, 0]
    assert len(store.documents()) == 7
    assert inbox.look(service.settings.inbox).files == {}
    made = [run.edition for run in store.runs.all() if run.state == "done"]
    assert sorted(one.edition for one in store.outbox.letters()) == sorted(set(made))
    assert {run.state for run in store.runs.all()} <= {"done", "unchanged"}


def test_who_sends_slower_than_can_be_waited_for_is_let_go(monkeypatch: pytest.MonkeyPatch) -> None:
    """A body of which nothing more comes ends as if its sender had hung up; one that is whole is left in peace."""
    monkeypatch.setattr(headers, "PATIENCE", 0.2)
    got: list[str] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        while got[-1:] != ["http.disconnect"]:
            got.append((await receive())["type"])

    async def ask(parts: list[Message]) -> None:
        async def receive() -> Message:
            if parts:
                return parts.pop(0)
            await asyncio.sleep(1)
            return {"type": "http.disconnect"}

        async def send(_: Message) -> None:
            return

        scope = {"type": "http", "method": "POST", "path": "/upload", "headers": []}
        await headers.Envelope(app, Counter())(scope, receive, send)

    began = time.monotonic()
    asyncio.run(ask([{"type": "http.request", "body": b"a", "more_body": True}]))
    assert got == ["http.request", "http.disconnect"] and time.monotonic() - began < 0.8
    got.clear()
    began = time.monotonic()
    asyncio.run(ask([{"type": "http.request", "body": b"a", "more_body": False}]))
    assert got == ["http.request", "http.disconnect"] and time.monotonic() - began > 0.8
