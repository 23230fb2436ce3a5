"""A workspace as one archive, taken while the service runs, and back: the store, originals, editions, and what people edit.

The archive is a zip whose ``manifest.json`` names every file with its sha256. Restoring looks at all of it aside, before
anything is put in its place.
"""

import hashlib
import json
import os
import re
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any

from briefings import __version__, settings
from briefings.errors import BriefingsError, UsageError
from briefings.settings import FILE_NAME, LEXICONS, Settings

FORMAT = "briefings-backup-1"
MANIFEST = "manifest.json"
STORE = "store.sqlite3"
ORIGINALS = "originals"
OUTPUT = "output"
EDITED = (FILE_NAME, LEXICONS, "templates", "styles")
"""What people edit in a workspace; it lies under ``workspace/`` in the archive."""
LATEST = "latest"
LEFT_OUT = (
    "the password of the mail server and other settings of the environment",
    "the key that signs share links (links sent before do not open after a restore)",
    "sessions of users (they log in again)",
    "files that still wait in the inbox",
)
_CHUNK = 1 << 20
_PASSWORD = re.compile(r"(://[^\s:/@\"']*):[^\s@\"']+@")
_DIGEST = re.compile(r"[0-9a-f]{64}")


class BackupRefused(BriefingsError):
    """The archive is not whole, or not one of ours; nothing was put anywhere."""


@dataclass(frozen=True, slots=True)
class Made:
    """An archive: where, how many originals and editions are in it, what is wrong with what it was made from."""

    path: Path
    files: int
    originals: int
    editions: int
    left_out: tuple[str, ...]
    wrong: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put where, what was there before and lies aside now, and how many letters a person has to judge."""

    made_at: str
    places: tuple[Path, ...]
    aside: tuple[Path, ...]
    doubted: int


def back_up(loaded: Settings, path: Path, *, force: bool = False) -> Made:
    """Write the workspace of ``loaded`` to the archive ``path``, or into that folder under a name of the time.

    Raises ``UsageError`` for a path that is taken (without ``force``) and a workspace with nothing in it.
    """
    from briefings.store.copying import copy_store, without_sessions

    now = datetime.now(UTC)
    if path.is_dir():
        path = path / f"briefings-{now:%Y%m%d-%H%M%S}.zip"
    if path.exists() and not force:
        raise UsageError(f"{path} is there already; --force writes it anew.")
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="briefings-") as aside:
        # Editions first, then the store, then originals: whatever a row of the store speaks of is in the archive.
        editions = set(_editions(loaded.output))
        copy = copy_store(loaded.store, Path(aside))
        if not copy.exists() and not editions and not (loaded.root / FILE_NAME).exists():
            raise UsageError(f"There is nothing to back up in {loaded.root}.")
        if copy.exists():
            without_sessions(copy)
        latest = _recorded(copy, [order.name for order in _folders(loaded.output)])
        editions |= {(b, e) for b, ids in latest.items() for e in ids if (loaded.output / b / e).is_dir()}
        links = {b: _latest(loaded.output / b, ids) for b, ids in latest.items()}
        fresh = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as out:
                packed = _pack(out, loaded, copy, sorted(editions), links, now)
                out.flush()
                os.fsync(out.fileno())
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)
    names = packed.digests
    originals = [name for name in names if name.startswith(f"{ORIGINALS}/")]
    damaged = [name for name in originals if names[name][0] != PurePosixPath(name).name]
    wrong = tuple(f"The original {PurePosixPath(name).name[:12]}… is damaged." for name in damaged)
    return Made(path, len(names), len(originals), len(editions), packed.left_out, wrong + packed.wrong)


def restore(path: Path, root: Path, *, force: bool = False) -> Restored:
    """Put the archive ``path`` into the workspace ``root``, where its briefings.toml says.

    Everything is unpacked aside and checked first. Raises ``BackupRefused`` for an archive that is not whole, and
    ``UsageError`` where something is there already; with ``force`` that is moved aside, not lost.
    """
    from briefings.store import quick_check
    from briefings.store.copying import settle_restored

    root.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".restoring-", dir=root) as aside:
        stage = Path(aside)
        manifest = _unpack(path, stage)
        text = stage / "workspace" / FILE_NAME
        loaded = settings.parse(text.read_text(encoding="utf-8") if text.exists() else "", root)
        doubted = 0
        if (stage / STORE).exists():
            if wrong := quick_check(stage / STORE):
                raise BackupRefused(f"The store in {path} is damaged: {' '.join(wrong)}")
            doubted = settle_restored(stage / STORE)
        for briefing, edition in manifest["latest"].items():
            (stage / OUTPUT / briefing / LATEST).symlink_to(edition, target_is_directory=True)
        moves = _moves(loaded, stage)
        taken = [place for _, place in moves if _is_taken(place)]
        server = "://" in loaded.store and not loaded.store.startswith("sqlite")
        held = server and _server_has_rows(loaded.store)
        if (taken or held) and not force:
            there = [str(place) for place in taken] + (["the store's database"] if held else [])
            told = ", ".join(there[:3]) + (" …" if len(there) > 3 else "")
            raise UsageError(
                f"{told} is there already; restore --into another folder, or --force to move it aside."
            )
        if server and (stage / STORE).exists():
            from briefings.store.copying import fill_server

            fill_server(loaded.store, stage / STORE)
        put_aside = _put(moves, datetime.now(UTC).strftime("%Y%m%d-%H%M%S"))
    return Restored(manifest["made_at"], tuple(place for _, place in moves), put_aside, doubted)


@dataclass(frozen=True, slots=True)
class _Packed:
    digests: dict[str, tuple[str, int]]
    left_out: tuple[str, ...]
    wrong: tuple[str, ...]


def _pack(
    out: IO[bytes],
    loaded: Settings,
    store: Path,
    editions: list[tuple[str, str]],
    latest: dict[str, str],
    now: datetime,
) -> _Packed:
    """Write the archive, its manifest at the end."""
    digests: dict[str, tuple[str, int]] = {}
    left_out: tuple[str, ...] = LEFT_OUT
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        if store.exists():
            digests[STORE] = _add(archive, STORE, store)
        for file in _files(loaded.data / ORIGINALS):
            if _DIGEST.fullmatch(file.name):  # what is still coming in has another name
                name = f"{ORIGINALS}/{file.name[:2]}/{file.name}"
                digests[name] = _add(archive, name, file)
        for briefing, edition in editions:
            home = loaded.output / briefing / edition
            for file in _files(home):
                name = f"{OUTPUT}/{briefing}/{edition}/{file.relative_to(home).as_posix()}"
                digests[name] = _add(archive, name, file)
        for top in EDITED:
            for file in _files(loaded.root / top):
                name = f"workspace/{file.relative_to(loaded.root).as_posix()}"
                if top == FILE_NAME:
                    bare = _PASSWORD.sub(r"\1@", file.read_text(encoding="utf-8"))
                    archive.writestr(name, bare)
                    digests[name] = hashlib.sha256(bare.encode()).hexdigest(), len(bare.encode())
                    if bare != file.read_text(encoding="utf-8"):
                        left_out += (f"the password in the address of the store in {FILE_NAME}",)
                else:
                    digests[name] = _add(archive, name, file)
        held = {"/".join(name.split("/")[1:3]) for name in digests if name.startswith(f"{OUTPUT}/")}
        wrong = tuple(f"The edition {b}/{e} has no files." for b, e in editions if f"{b}/{e}" not in held)
        manifest = {
            "format": FORMAT,
            "program": __version__,
            "made_at": now.isoformat(timespec="seconds"),
            "left_out": left_out,
            "latest": {b: e for b, e in latest.items() if f"{b}/{e}" in held},
            "files": {n: {"sha256": d, "size": size} for n, (d, size) in sorted(digests.items())},
        }
        archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
    return _Packed(digests, left_out, wrong)


def _add(archive: zipfile.ZipFile, name: str, path: Path) -> tuple[str, int]:
    """Add a file; gives the sha256 and the size of what was written."""
    sha256, size = hashlib.sha256(), 0
    with path.open("rb") as source, archive.open(name, "w", force_zip64=True) as target:
        while chunk := source.read(_CHUNK):
            sha256.update(chunk)
            size += len(chunk)
            target.write(chunk)
    return sha256.hexdigest(), size


def _unpack(path: Path, stage: Path) -> dict[str, Any]:
    """Unpack an archive into ``stage``, and give its manifest; raises ``BackupRefused`` for one that is not whole."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if MANIFEST not in names:
                raise BackupRefused(f"{path} is no backup of briefings: it has no {MANIFEST}.")
            manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
            if manifest.get("format") != FORMAT:
                raise BackupRefused(f"{path} is no backup that this version of briefings reads.")
            files = manifest["files"]
            if sorted(names) != sorted([*files, MANIFEST]):
                raise BackupRefused(f"{path} is not whole: its files are not those that its manifest names.")
            for name, said in files.items():
                if not _is_ours(name):
                    raise BackupRefused(f"{path} holds {name!r}, which belongs to no workspace.")
                target = stage / name
                target.parent.mkdir(parents=True, exist_ok=True)
                if _extract(archive, name, target, said["size"]) != said["sha256"]:
                    raise BackupRefused(f"{path} is damaged: {name} is not what its manifest says.")
            for briefing, edition in manifest["latest"].items():
                if not (stage / OUTPUT / briefing / edition).is_dir() or not _is_ours(
                    f"{OUTPUT}/{briefing}/x"
                ):
                    raise BackupRefused(f"{path} is damaged: {briefing} has no edition {edition!r}.")
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        RuntimeError,
        EOFError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
    ) as error:
        raise BackupRefused(f"{path} is no backup of briefings, or damaged: {error}.") from error
    return manifest


def _extract(archive: zipfile.ZipFile, name: str, target: Path, most: int) -> str:
    """Write a file of the archive, not more than ``most`` bytes and one; gives the sha256 of what was written."""
    sha256, left = hashlib.sha256(), most + 1
    with archive.open(name) as source, target.open("wb") as out:
        while left and (chunk := source.read(min(_CHUNK, left))):
            sha256.update(chunk)
            left -= len(chunk)
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    return sha256.hexdigest()


def _is_ours(name: str) -> bool:
    """Whether a file of that name belongs into an archive, and leads nowhere else."""
    parts = name.split("/")
    if "\\" in name or "\0" in name or any(part in ("", ".", "..") for part in parts):
        return False
    match parts:
        case [only]:
            return only == STORE
        case ["originals", start, digest]:
            return bool(_DIGEST.fullmatch(digest)) and digest.startswith(start)
        case ["output", briefing, *rest]:
            return bool(rest) and not briefing.startswith(".")
        case ["workspace", top, *rest]:
            return top in EDITED and (top == FILE_NAME) == (not rest)
    return False


def _moves(loaded: Settings, stage: Path) -> list[tuple[Path, Path]]:
    """What was unpacked, and where it belongs: briefings.toml last, for a workspace begins with it."""
    database = loaded.store.removeprefix("sqlite:///")
    moves = [(stage / ORIGINALS, loaded.data / ORIGINALS), (stage / OUTPUT, loaded.output)]
    if "://" not in database:
        moves.append((stage / STORE, Path(database)))
    moves += [(stage / "workspace" / top, loaded.root / top) for top in reversed(EDITED)]
    return [(source, place) for source, place in moves if source.exists()]


def _put(moves: list[tuple[Path, Path]], stamp: str) -> tuple[Path, ...]:
    """Move everything into its place, what is there aside first; gives where that lies now."""
    aside = []
    for source, place in moves:
        place.parent.mkdir(parents=True, exist_ok=True)
        if _is_taken(place):
            # The journals of a store belong to the file they were written beside.
            for there in (
                place,
                *(place.with_name(place.name + end) for end in ("-wal", "-shm", "-journal")),
            ):
                if there.exists():
                    to = there.with_name(f"{there.name}.before-{stamp}")
                    there.rename(to)
                    aside.append(to)
        elif place.is_dir():
            place.rmdir()
        shutil.move(source, place)
    return tuple(aside)


def _is_taken(place: Path) -> bool:
    """Whether there is anything at ``place`` that would be lost; a folder that holds nothing is free."""
    if place.is_dir() and not place.is_symlink():
        return any(place.iterdir())
    return place.exists() or place.is_symlink()


def _server_has_rows(url: str) -> bool:
    from briefings.store.copying import has_rows

    return has_rows(url)


def _recorded(store: Path, briefings: list[str]) -> dict[str, tuple[str, ...]]:
    """The editions of each briefing that the copied store knows, the latest first."""
    if not store.exists():
        return dict.fromkeys(briefings, ())
    from briefings.store import open_store

    opened = open_store(store)
    try:
        return {briefing: tuple(e.id for e in opened.editions(briefing)) for briefing in briefings}
    finally:
        opened.close()


def _latest(home: Path, recorded: tuple[str, ...]) -> str:
    """The edition that ``latest`` is to lead to: the newest that the store knows, else what it leads to now."""
    if recorded:
        return recorded[0]
    pointer = home / LATEST
    return pointer.resolve().name if pointer.exists() else ""


def _editions(output: Path) -> Iterator[tuple[str, str]]:
    for home in _folders(output):
        for folder in _folders(home):
            if (folder / MANIFEST).is_file():
                yield home.name, folder.name


def _folders(home: Path) -> list[Path]:
    """The folders in ``home``: no links, nothing that is still being built."""
    if not home.is_dir():
        return []
    found = (p for p in home.iterdir() if p.is_dir() and not p.is_symlink() and not p.name.startswith("."))
    return sorted(found)


def _files(top: Path) -> list[Path]:
    """The regular files below ``top``, or ``top`` itself."""
    if top.is_file():
        return [top]
    return sorted(p for p in top.rglob("*") if p.is_file() and not p.is_symlink())
