"""Tests of briefings.ingest.inbox: what lies in the inbox, when it has come to rest, and taking it."""

import os
import threading
import time
from datetime import timedelta
from pathlib import Path

import pytest

from briefings.errors import UsageError
from briefings.ingest.inbox import (
    REFUSED,
    TAKEN,
    Mark,
    Rest,
    claim,
    events,
    look,
    put_away,
    resting,
    settled,
)

SECOND = 1_000_000_000
WORDS = "上半年，全市新增学位1.8万个。".encode()


def file(path: Path, data: bytes = WORDS, written: int = 100) -> Path:
    """A file last written so many seconds after the epoch."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    os.utime(path, (written, written))
    return path


def test_a_look_finds_regular_files_and_says_what_is_none(tmp_path: Path) -> None:
    """In folders as well; unfinished files, and what was taken or refused before, are left alone."""
    found = [file(tmp_path / "教育局.txt"), file(tmp_path / "部门" / "商务局.txt")]
    for name in (
        "~$教育局.docx",
        ".hidden",
        "a.tmp",
        "b.part",
        "c.crdownload",
        f"{TAKEN}/x.txt",
        f"{REFUSED}/y.txt",
    ):
        file(tmp_path / name)
    found.append(file(tmp_path / "部门" / TAKEN / "z.txt"))
    (tmp_path / "链接.txt").symlink_to(found[0])
    (tmp_path / "folder").symlink_to(tmp_path / "部门")
    os.mkfifo(tmp_path / "pipe.txt")
    seen = look(tmp_path)
    assert sorted(seen.files) == sorted(found)
    assert {path.name: problem.code for path, problem in seen.others.items()} == {
        "链接.txt": "link",
        "folder": "link",
        "pipe.txt": "no_file",
    }


def test_an_inbox_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    """It may be made later, or be on a drive that is away."""
    assert look(tmp_path / "inbox") == ({}, {})


def test_a_file_settles_two_seconds_after_its_last_change() -> None:
    """By two looks, and by its time of writing."""
    path, mark = Path("a.txt"), Mark(10, 100 * SECOND, 1)
    first = resting({}, {path: mark}, 100 * SECOND)
    assert settled(first, 100 * SECOND) == ()
    second = resting(first, {path: mark}, 101 * SECOND)
    assert settled(second, 101 * SECOND) == ()
    third = resting(second, {path: mark}, 102 * SECOND)
    assert settled(third, 102 * SECOND) == (path,)


@pytest.mark.parametrize(
    "changed", [Mark(11, 50 * SECOND, 1), Mark(10, 51 * SECOND, 1), Mark(10, 50 * SECOND, 2)]
)
def test_any_change_begins_the_wait_anew(changed: Mark) -> None:
    """Of size, of time, of inode: an old time of writing, which copying keeps, is no proof of rest."""
    path = Path("a.txt")
    first = resting({}, {path: Mark(10, 50 * SECOND, 1)}, 100 * SECOND)
    second = resting(first, {path: changed}, 103 * SECOND)
    assert second == {path: Rest(changed, 103 * SECOND)}
    assert settled(second, 103 * SECOND) == ()
    assert settled(resting(second, {path: changed}, 105 * SECOND), 105 * SECOND) == (path,)


def test_a_time_of_writing_in_the_future_does_not_keep_a_file_out() -> None:
    """A camera or a server may have its clock ahead."""
    path, mark = Path("a.txt"), Mark(10, 9_000 * SECOND, 1)
    rests = resting(resting({}, {path: mark}, 100 * SECOND), {path: mark}, 102 * SECOND)
    assert settled(rests, 102 * SECOND, timedelta(seconds=2)) == (path,)


def test_a_settled_file_is_kept_and_then_put_away(tmp_path: Path) -> None:
    """Under its sha256, with its name; its folder stays, a namesake taken before stays, too."""
    inbox, home = tmp_path / "inbox", tmp_path / "home"
    path = file(inbox / "部门" / "教育局.txt")
    file(inbox / TAKEN / "部门" / "教育局.txt", b"older")
    mark = look(inbox).files[path]
    original = claim(path, inbox, mark, home)
    assert original is not None
    assert (original.name, original.path.read_bytes()) == ("教育局.txt", WORDS)
    assert path.exists()
    moved = put_away(path, inbox, mark, TAKEN)
    assert moved == inbox / TAKEN / "部门" / "教育局 (2).txt"
    assert (moved.read_bytes(), path.exists()) == (WORDS, False)
    assert (inbox / TAKEN / "部门" / "教育局.txt").read_bytes() == b"older"


def test_a_file_that_changed_since_the_look_is_not_taken(tmp_path: Path) -> None:
    """It is another one now and has its own time to settle; that holds before it is kept and before it is put away."""
    path = file(tmp_path / "a.txt")
    mark = look(tmp_path).files[path]
    file(path, WORDS + b"!", written=101)
    assert claim(path, tmp_path, mark, tmp_path / "home") is None
    assert put_away(path, tmp_path, mark, TAKEN) is None
    assert path.exists()


@pytest.mark.parametrize("swapped", ["file", "folder"])
def test_no_link_is_followed_even_when_it_comes_after_the_look(tmp_path: Path, swapped: str) -> None:
    """Whoever may write into the inbox may not have the program read what is outside it."""
    secret = file(tmp_path / "outside" / "a.txt", b"secret")
    inbox, home = tmp_path / "inbox", tmp_path / "home"
    path = file(inbox / "sub" / "a.txt")
    mark = look(inbox).files[path]
    path.unlink()
    if swapped == "file":
        path.symlink_to(secret)
    else:
        path.parent.rmdir()
        path.parent.symlink_to(secret.parent)
    with pytest.raises(UsageError, match="文件打不开"):
        claim(path, inbox, mark, home)
    assert not home.exists()


def test_a_file_that_is_gone_is_none_to_be_told_of(tmp_path: Path) -> None:
    """Another process on the same inbox was faster."""
    path = file(tmp_path / "a.txt")
    mark = look(tmp_path).files[path]
    path.unlink()
    with pytest.raises(FileNotFoundError):
        claim(path, tmp_path, mark, tmp_path / "home")
    with pytest.raises(FileNotFoundError):
        put_away(path, tmp_path, mark, TAKEN)


def test_an_event_comes_soon_after_a_file(tmp_path: Path) -> None:
    """For a file in a folder made later, too; what is moved to where it was taken is none."""
    stop, told = threading.Event(), threading.Event()

    def wait() -> None:
        for _ in events(tmp_path, stop):
            told.set()

    (tmp_path / TAKEN).mkdir()
    waiting = threading.Thread(target=wait)
    waiting.start()
    try:
        time.sleep(0.5)
        file(tmp_path / TAKEN / "old.txt")
        assert not told.wait(0.5)
        file(tmp_path / "later" / "new.txt")
        assert told.wait(5)
    finally:
        stop.set()
        waiting.join(10)
    assert not waiting.is_alive()


def test_a_clock_set_back_keeps_no_file_waiting() -> None:
    """What was seen in a time that is yet to come is seen anew, and taken when it rested by the clock as it is now."""
    path, mark = Path("a.txt"), Mark(10, 7000 * SECOND, 1)
    first = resting({}, {path: mark}, 7200 * SECOND)
    back = resting(first, {path: mark}, 3600 * SECOND)
    assert settled(back, 3600 * SECOND) == ()
    assert settled(resting(back, {path: mark}, 3603 * SECOND), 3603 * SECOND) == (path,)
