"""Publish an edition so that a reader only ever sees whole ones, whatever dies when."""

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from briefings.deliver.manifest import (
    NAME,
    canonical,
    digest,
    file_digests,
    manifest_of,
    read_manifest,
    verify,
)
from briefings.errors import ConfigurationError
from briefings.records.edition import Edition
from briefings.records.problem import Problem

LATEST = "latest"
BUILDING = ".building-"
DAMAGED = ".damaged-"
POINTER = ".pointer-"
DAMAGE = frozenset({"manifest", "file_missing", "file_changed"})


def fingerprint(parts: Mapping[str, str]) -> str:
    """The sha256 of everything an edition is made from: names (facts, templates, version …) to their digests or values."""
    return digest(canonical(dict(parts)))


def publish(
    output: Path,
    order_id: str,
    as_of: str,
    fingerprint: str,
    files: Mapping[str, bytes],
    manifest: Mapping[str, object],
) -> Edition:
    """Publish ``files`` as an immutable folder ``output/<order_id>/<as_of>-<fingerprint[:8]>/`` and make it the latest.

    ``manifest`` is what ``manifest.json`` says beside the files' sha256: inputs, versions, fonts, the audit's result.
    The same fingerprint published before gives ``new=False`` and nothing is written; if that folder no longer is what its
    manifest says, it is put aside (``.damaged-…``), built again, and the edition's ``problems`` say so. Two processes
    that publish the same briefing wait for each other. Raises ``ConfigurationError`` for a name that is no plain file name.
    """
    _check_names(order_id, as_of, files)
    home = output / order_id
    home.mkdir(parents=True, exist_ok=True)
    with _alone(home):
        _sweep(home)
        folder, problems = _place(home, as_of, fingerprint)
        damaged = any(problem.code in DAMAGE for problem in problems)
        new = not folder.exists()
        if new or damaged:
            built = _build(home, files, manifest_of(order_id, folder.name, fingerprint, files, manifest))
            if damaged:
                aside = _free(home, f"{DAMAGED}{folder.name}")
                folder.rename(aside)
                moved = f"损坏的版本已移到 {aside.name}，并按同一内容重新生成。"
                problems += (Problem("rebuilt", moved, "deliver", "warning"),)
            built.rename(folder)
            _sync(home)
        if _pointed(home) != folder.name:
            _point(home, folder.name)
        return _edition(folder, order_id, new, problems)


def finish(output: Path, briefing: str, fingerprint: str) -> Edition | None:
    """What a publisher left that did not live to say so: the edition of ``fingerprint``, now the latest; None where none is.

    An edition that lies there whole becomes the latest where it is set against the one that is; where another went on
    from there meanwhile it stays beside the line. Waits for a publisher that is at work.
    """
    home = output / briefing
    if not home.is_dir():
        return None
    with _alone(home):
        _sweep(home)
        held = {e.id: e for e in editions(output, briefing)}
        found = next((e for e in held.values() if e.fingerprint == fingerprint), None)
        if found is None or any(problem.code in DAMAGE for problem in verify(Path(found.folder))):
            return None
        newest = _pointed(home)
        if newest not in held or newest == found.previous:
            _point(home, found.id)
        return found if _pointed(home) == found.id else None


def editions(output: Path, briefing: str) -> tuple[Edition, ...]:
    """The editions of a briefing that are there, by their id (cut-off date first)."""
    home = output / briefing
    if not home.is_dir():
        return ()
    folders = sorted(
        p for p in home.iterdir() if p.is_dir() and not p.is_symlink() and not p.name.startswith(".")
    )
    return tuple(_edition(folder, briefing, False, ()) for folder in folders if read_manifest(folder))


def latest(output: Path, briefing: str) -> Edition | None:
    """The edition the pointer ``latest`` leads to; None when there is none."""
    name = _pointed(output / briefing)
    folder = output / briefing / (name or "")
    if name is None or read_manifest(folder) is None:
        return None
    return _edition(folder, briefing, False, ())


def lineage(output: Path, briefing: str) -> tuple[Edition, ...]:
    """The editions of a briefing, the newest first: the latest, the one it says its changes against, and so on.

    Those that are in no such line, such as editions of before there was one, stand behind it, by their id.
    """
    held = {edition.id: edition for edition in reversed(editions(output, briefing))}
    newest = latest(output, briefing)
    line: list[Edition] = []
    following = newest.id if newest else ""
    while following in held:
        line.append(held.pop(following))
        following = line[-1].previous
    return (*line, *held.values())


def _check_names(order_id: str, as_of: str, files: Mapping[str, bytes]) -> None:
    for name in (order_id, as_of):
        if (
            not name
            or name.startswith(".")
            or PurePosixPath(name).name != name
            or "\\" in name
            or name == LATEST
        ):
            raise ConfigurationError(f"“{name}” cannot be a folder's name; use letters, digits and hyphens.")
    for name in files:
        path = PurePosixPath(name)
        if (
            path.is_absolute()
            or ".." in path.parts
            or str(path) != name
            or name in {NAME, "."}
            or "\\" in name
        ):
            raise ConfigurationError(f"“{name}” cannot be the name of an edition's file.")


def _edition(folder: Path, briefing: str, new: bool, problems: tuple[Problem, ...]) -> Edition:
    manifest = read_manifest(folder)
    if manifest is None:
        raise FileNotFoundError(folder / NAME)
    return Edition(
        briefing=briefing,
        id=folder.name,
        folder=str(folder),
        fingerprint=str(manifest["fingerprint"]),
        files=file_digests(manifest),
        new=new,
        problems=problems,
        previous=str(manifest.get("previous", "")),
        made_from=str(manifest.get("made_from", manifest["fingerprint"])),
    )


def _place(home: Path, as_of: str, mark: str) -> tuple[Path, tuple[Problem, ...]]:
    """The folder of this fingerprint, and what is wrong with it if it is there already."""
    for length in (8, 16, len(mark)):
        folder = home / f"{as_of}-{mark[:length]}"
        if not folder.exists():
            return folder, ()
        manifest = read_manifest(folder)
        if manifest is None or manifest.get("fingerprint") == mark:
            return folder, verify(folder)
    raise FileExistsError(folder)


def _build(home: Path, files: Mapping[str, bytes], manifest: bytes) -> Path:
    """A complete folder beside the published ones, on the disk to the last byte."""
    folder = Path(tempfile.mkdtemp(prefix=BUILDING, dir=home))
    for name, data in {**files, NAME: manifest}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        path.chmod(0o444)
    folder.chmod(0o755)
    for inside in (*(p for p in folder.rglob("*") if p.is_dir()), folder):
        _sync(inside)
    return folder


def _pointed(home: Path) -> str | None:
    pointer = home / LATEST
    if pointer.is_symlink():
        return pointer.readlink().name
    if pointer.is_file():
        name = pointer.read_text(encoding="utf-8").strip()
        return PurePosixPath(name).name or None
    return None


def _point(home: Path, name: str) -> None:
    """Make ``latest`` lead to ``name`` in one step: a relative link, or a file with the name where links cannot be."""
    beside = _free(home, f"{POINTER}{name}")
    try:
        beside.symlink_to(name, target_is_directory=True)
    except (OSError, NotImplementedError):
        beside.write_text(name + "\n", encoding="utf-8")
    pointer = home / LATEST
    if pointer.is_dir() and not pointer.is_symlink():
        # A copy made without links has turned the pointer into a folder.
        pointer.rename(_free(home, f"{DAMAGED}{LATEST}"))
    beside.replace(pointer)
    _sync(home)


def _free(home: Path, name: str) -> Path:
    """A path in ``home`` that begins with ``name`` and does not exist."""
    path, n = home / name, 2
    while path.exists() or path.is_symlink():
        path, n = home / f"{name}-{n}", n + 1
    return path


def _sweep(home: Path) -> None:
    """Remove what builds that were killed left behind; called with the lock held, so none of it is alive."""
    for path in home.iterdir():
        if path.name.startswith(BUILDING):
            shutil.rmtree(path)
        elif path.name.startswith(POINTER):
            path.unlink()


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """One publisher of a briefing at a time; the lock ends with the process that holds it."""
    with (home / ".lock").open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
