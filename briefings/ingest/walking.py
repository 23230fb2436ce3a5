"""The files meant by a list of paths: files as named, folders with all that is in them."""

import os
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from briefings.errors import UsageError

IGNORED = ("~$*", ".*", "*.tmp", "*.part", "*.crdownload")
"""Names that editors and browsers give to what is not finished."""


def walk(paths: Iterable[Path]) -> tuple[Path, ...]:
    """The regular files under ``paths``, folders in sorted order, links inside folders not followed, each file once.

    ``UsageError`` when a path does not exist or is neither a file nor a folder.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            found.update(dict.fromkeys(_inside(path)))
        elif path.is_file():
            found[path] = None
        elif path.exists():
            raise UsageError(f"只接收普通文件和文件夹：{path}")
        else:
            raise UsageError(f"找不到文件或文件夹：{path}")
    return tuple(found)


def _inside(folder: Path) -> Iterator[Path]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        raise UsageError(f"无法打开文件夹 {folder}：{error.strerror}") from error
    for entry in entries:
        if any(fnmatchcase(entry.name, pattern) for pattern in IGNORED):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _inside(Path(entry.path))
        elif entry.is_file(follow_symlinks=False):
            yield Path(entry.path)
