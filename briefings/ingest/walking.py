"""The files meant by a list of paths: files as named, folders with all that is in them."""

import os
from collections.abc import Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from briefings.errors import UsageError
from briefings.ingest.names import shown
from briefings.records.problem import Problem

IGNORED = ("~$*", ".*", "*.tmp", "*.part", "*.crdownload")
"""Names that editors and browsers give to what is not finished."""


class Left(NamedTuple):
    """What stands in a folder and is not taken, with the reason: a link, a pipe, a folder that cannot be opened."""

    path: Path
    problem: Problem


def walk(paths: Iterable[Path]) -> tuple[Path | Left, ...]:
    """The regular files under ``paths``, folders in sorted order, each file once; what is left out says why.

    ``UsageError`` when a path does not exist or is neither a file nor a folder.
    """
    found: dict[Path, Path | Left] = {}
    for path in paths:
        if path.is_dir():
            found.update((_path(entry), entry) for entry in _inside(path))
        elif path.is_file():
            found[path] = path
        elif path.exists():
            raise UsageError(f"只接收普通文件和文件夹：{shown(path)}")
        else:
            raise UsageError(f"找不到文件或文件夹：{shown(path)}")
    return tuple(found.values())


def _path(entry: Path | Left) -> Path:
    return entry.path if isinstance(entry, Left) else entry


def _inside(root: Path) -> Iterator[Path | Left]:
    """What is in ``root``, depth first; a stack instead of recursion, since folders may nest deeper than calls do."""
    stack = [root]
    while stack:
        path = stack.pop()
        if path.is_symlink() and path != root:
            yield _left(path, "link", "这是链接，没有跟随：请把它指向的文件本身交来。")
        elif path.is_dir():
            try:
                entries = sorted((entry.name for entry in os.scandir(path)), reverse=True)
            except OSError as error:
                yield _left(path, "unreadable", f"文件夹打不开（{error.strerror}）：请检查权限。")
                continue
            stack += [path / name for name in entries if not unfinished(name)]
        elif path.is_file():
            yield path
        else:
            yield _left(path, "no_file", "这不是普通文件（管道、设备或套接字），没有内容可读。")


def _left(path: Path, code: str, sentence: str) -> Left:
    return Left(path, Problem(code, sentence, "ingest", "error"))


def unfinished(name: str) -> bool:
    """Whether a file of this name is one that an editor or a browser has not finished."""
    return any(fnmatchcase(name, pattern) for pattern in IGNORED)
