"""Tests of briefings.store.engine: what is refused in a sentence, and writers who wait for each other."""

import multiprocessing
import signal
import subprocess
import sys
from multiprocessing.synchronize import Event
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from briefings.errors import UsageError
from briefings.records.user import Person
from briefings.store import engine as opening
from briefings.store import open_store, quick_check
from briefings.store.engine import StoreRefused, database_url
from briefings.store.migrations import STEPS


def _ask(url: str, who: int, gate: Event) -> None:
    store = open_store(url)
    gate.wait(20)
    for n in range(10):
        store.runs.ask(f"b{who}-{n}", "person", "asked")
        store.users.add(f"p{who}-{n}", "viewer", "hash")
    store.close()


def test_writers_at_the_same_time_each_get_a_number(store_url: str) -> None:
    """Three processes open a new store, and add runs whose number is one more than the last: none is lost or doubled."""
    context = multiprocessing.get_context("spawn")
    gate = context.Event()
    writers = [context.Process(target=_ask, args=(store_url, who, gate)) for who in range(3)]
    for one in writers:
        one.start()
    gate.set()
    for one in writers:
        one.join(40)
    assert [one.exitcode for one in writers] == [0, 0, 0]
    store = open_store(store_url)
    assert sorted(int(run.id[1:]) for run in store.runs.all()) == list(range(1, 31))
    assert len(store.users.all()) == 30
    store.close()
    assert quick_check(store_url) == ()


def test_what_is_ordered_is_ordered_by_code_points(store_url: str) -> None:
    """Whatever language the server's database speaks."""
    store = open_store(store_url)
    names = ["Zhang", "an", "丁", "万", "A-b", "Ab"]
    for name in names:
        store.users.add(name, "viewer", "hash")
    assert store.users.all() == tuple(Person(name, "viewer") for name in sorted(names))
    store.close()


def test_a_store_of_a_newer_version_is_refused(store_url: str) -> None:
    """With a sentence, and left as it is."""
    store = open_store(store_url)
    with store.engine.begin() as connection:
        connection.execute(text("INSERT INTO schema_version VALUES (:n)"), {"n": len(STEPS) + 1})
    store.close()
    with pytest.raises(StoreRefused, match=f"has version {len(STEPS) + 1}, written by a newer briefings"):
        open_store(store_url)


@pytest.mark.parametrize(
    ("kind", "point"),
    [("nfs4", "/srv"), ("cifs", "/srv/files"), ("fuse.sshfs", "/srv"), ("fuse.rclone", "/srv/f\\040g")],
)
def test_a_network_file_system_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, point: str
) -> None:
    """It is told by the mount that holds the file; nothing is made there."""
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nthere:/x {point} {kind} rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(opening, "MOUNTS", mounts)
    folder = point.replace("\\040", " ")
    with pytest.raises(StoreRefused, match="network file system"):
        open_store(f"{folder}/none/store.sqlite3")
    assert not Path(folder, "none").exists()
    open_store(tmp_path / "store.sqlite3").close()


@pytest.mark.parametrize(
    "url",
    [
        "mysql://there/briefings",
        "postgresql://u:hush-hush@127.0.0.1:1/briefings",
        "://",
    ],
)
def test_an_address_that_cannot_be_opened_is_a_sentence(url: str) -> None:
    """It names no password."""
    with pytest.raises(StoreRefused) as refused:
        open_store(url)
    assert str(refused.value).endswith(".")
    assert "hush" not in str(refused.value)
    assert "hush" not in "".join(quick_check(url))


def test_a_missing_driver_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """It says what to install."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(StoreRefused, match=r"pip install 'briefings\[postgres\]'"):
        open_store("postgresql://there/briefings")


def test_postgresql_goes_by_the_driver_that_is_brought() -> None:
    """Whichever way its address is written; others stay as they are."""
    assert database_url("postgresql://there/b") == "postgresql+psycopg://there/b"
    assert database_url("postgres://there/b") == "postgresql+psycopg://there/b"
    assert database_url("sqlite:////a/b") == "sqlite:////a/b"


def test_an_unknown_user_is_refused_alike(store_url: str) -> None:
    """A sentence from both."""
    store = open_store(store_url)
    with pytest.raises(UsageError):
        store.users.remove("nobody")
    store.close()


UPGRADE = """
import os, signal, sys
from briefings.store import migrations, open_store
told, left = migrations._said_to, [int(sys.argv[2])]
def counted(dialect, statement):
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    left[0] -= 1
    return told(dialect, statement)
migrations._said_to = counted
open_store(sys.argv[1])
"""


@pytest.mark.parametrize("statement", [0, len(STEPS[0]), sum(map(len, STEPS)) - 1])
def test_a_migration_survives_a_kill(store_url: str, statement: int) -> None:
    """kill -9 before any of its statements: the next to open the store finds it as it was, and finishes."""
    command = [sys.executable, "-c", UPGRADE, store_url, str(statement)]
    assert subprocess.run(command, timeout=60, check=False).returncode == -signal.SIGKILL
    store = open_store(store_url)
    store.users.add("an", "viewer", "hash")
    store.close()
    assert quick_check(store_url) == ()


def test_a_store_that_another_was_put_in_the_place_of_is_followed(tmp_path: Path) -> None:
    """As a restored backup is, while the service runs: what is read and written is the new one; none is made where none is."""
    place, aside, other = (tmp_path / f"{n}.sqlite3" for n in ("store", "aside", "other"))
    held = open_store(place)
    held.users.add("old", "viewer", "no hash")
    with_new = open_store(other)
    with_new.users.add("new", "viewer", "no hash")
    with_new.close()
    place.rename(aside)
    with pytest.raises(OperationalError, match="not there"):
        held.users.all()
    assert not place.exists()
    other.rename(place)
    assert [one.name for one in held.users.all()] == ["new"]
    held.users.add("newer", "viewer", "no hash")
    held.close()
    for path, names in ((aside, ["old"]), (place, ["new", "newer"])):
        again = open_store(path)
        assert [one.name for one in again.users.all()] == names
        again.close()
