"""The inbox: a folder that documents are put into. A file is taken when it has come to rest, never half written."""

import os
import stat
import threading
from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

from briefings.errors import UsageError
from briefings.ingest.names import shown
from briefings.ingest.originals import keep
from briefings.ingest.walking import unfinished
from briefings.records.document import Original
from briefings.records.problem import Problem

QUIET = timedelta(seconds=2)
TAKEN, REFUSED = "taken", "quarantine"
"""The folders in the inbox that files are moved to: what was read, and what could not be."""


class Mark(NamedTuple):
    """What tells one state of a file from another: its size in bytes, when it was written (ns), its inode."""

    size: int
    written: int
    inode: int


class Rest(NamedTuple):
    """Since when, in ns, a file has been found in one state."""

    mark: Mark
    since: int


class Seen(NamedTuple):
    """A look into the inbox: the regular files with their marks, and what else lies there with what is wrong with it."""

    files: Mapping[Path, Mark]
    others: Mapping[Path, Problem]


def look(inbox: Path) -> Seen:
    """What is in ``inbox`` and its folders; what was taken, names of unfinished files and links' targets are left out."""
    files: dict[Path, Mark] = {}
    others: dict[Path, Problem] = {}
    for entry in _entries(inbox, others):
        path = Path(entry.path)
        try:
            found = entry.stat(follow_symlinks=False)
        except OSError:
            continue  # gone since the folder was read: whoever moved it knows
        if stat.S_ISREG(found.st_mode):
            files[path] = Mark(found.st_size, found.st_mtime_ns, found.st_ino)
        elif stat.S_ISLNK(found.st_mode):
            others[path] = _problem("link", "这是链接，没有跟随：请把它指向的文件本身放进来。")
        else:
            others[path] = _problem("no_file", "这不是普通文件（管道、设备或套接字），没有内容可读。")
    return Seen(files, others)


def resting(before: Mapping[Path, Rest], files: Mapping[Path, Mark], time_ns: int) -> dict[Path, Rest]:
    """Since when each of ``files`` has been as it is: since ``time_ns``, the time of this look, where it is new or changed.

    A clock that was set back begins anew.
    """
    return {
        path: held
        if (held := before.get(path)) and held.mark == mark and held.since <= time_ns
        else Rest(mark, time_ns)
        for path, mark in files.items()
    }


def settled(rests: Mapping[Path, Rest], time_ns: int, quiet: timedelta = QUIET) -> tuple[Path, ...]:
    """The files that have been the same for ``quiet`` and have not been written for as long, by path.

    A time of writing that lies in the future says nothing; what the looks found then decides.
    """
    least = int(quiet.total_seconds() * 1e9)
    return tuple(
        path
        for path, rest in sorted(rests.items())
        if time_ns - rest.since >= least and not 0 <= time_ns - rest.mark.written < least
    )


def claim(path: Path, inbox: Path, mark: Mark, home: Path) -> Original | None:
    """Keep the bytes of ``path`` among the originals of ``home``; None where it is not the file of ``mark`` any more.

    Every folder on the way is opened without following links, so that nothing outside the inbox is ever read. Raises
    ``FileNotFoundError`` for what is gone, ``UsageError`` for what cannot be opened.
    """
    descriptor = _open(path, inbox)
    watched = os.dup(descriptor)
    try:
        if _mark(watched) != mark:
            os.close(descriptor)
            return None
        original = keep(descriptor, path.name, home)
        return original if _mark(watched) == mark else None
    finally:
        os.close(watched)


def put_away(path: Path, inbox: Path, mark: Mark, folder: str) -> Path | None:
    """Move a file whose bytes are kept into ``folder`` of the inbox, beside what is there; None if it changed since.

    Raises ``OSError`` where it cannot be moved.
    """
    found = path.lstat()
    if Mark(found.st_size, found.st_mtime_ns, found.st_ino) != mark:
        return None
    target = inbox / folder / path.relative_to(inbox)
    target.parent.mkdir(parents=True, exist_ok=True)
    number = 2
    while os.path.lexists(target):
        target = target.with_name(f"{path.stem} ({number}){path.suffix}")
        number += 1
    path.rename(target)
    return target


def events(inbox: Path, stop: threading.Event) -> Iterator[None]:
    """One item each time something happened in ``inbox``, until ``stop``; they only wake, a look finds out what it was.

    Raises ``OSError`` or ``RuntimeError`` where the system tells of nothing.
    """
    from watchfiles import watch

    root = inbox.resolve()

    def of_interest(_: object, path: str) -> bool:
        return not any(Path(path).is_relative_to(root / name) for name in (TAKEN, REFUSED))

    for _ in watch(root, watch_filter=of_interest, debounce=200, stop_event=stop, raise_interrupt=False):
        yield


def _entries(inbox: Path, others: dict[Path, Problem]) -> Iterator[os.DirEntry[str]]:
    """All that is in ``inbox`` but folders, depth first."""
    stack = [inbox]
    while stack:
        folder = stack.pop()
        try:
            with os.scandir(folder) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except FileNotFoundError:
            continue
        except OSError as error:
            others[folder] = _problem("unreadable", f"文件夹打不开（{error.strerror}）：请检查权限。")
            continue
        for entry in entries:
            if unfinished(entry.name) or (folder == inbox and entry.name in (TAKEN, REFUSED)):
                continue
            if entry.is_dir(follow_symlinks=False):
                stack.append(Path(entry.path))
            else:
                yield entry


def _open(path: Path, inbox: Path) -> int:
    """A descriptor of ``path``, reached from ``inbox`` folder by folder without following a link."""
    *folders, name = path.relative_to(inbox).parts
    here = os.open(inbox, os.O_RDONLY | os.O_DIRECTORY)
    try:
        for folder in folders:
            inner = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=here)
            os.close(here)
            here = inner
        descriptor = os.open(name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=here)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise UsageError(f"文件打不开（{error.strerror}）：{shown(path)}") from error
    finally:
        os.close(here)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise UsageError(f"只接收普通文件：{shown(path)}")
    return descriptor


def _mark(descriptor: int) -> Mark:
    found = os.fstat(descriptor)
    return Mark(found.st_size, found.st_mtime_ns, found.st_ino)


def _problem(code: str, sentence: str) -> Problem:
    return Problem(code, sentence, "ingest", "error")
