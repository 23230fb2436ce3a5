"""Says what is fine and what is not about the machine briefings runs on: libraries, fonts, store, folders, clock."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from briefings import walls
from briefings.records.template import TemplateFault

State = Literal["ok", "warning", "failed"]

FONTS = ("Noto Sans CJK SC", "Noto Serif CJK SC", "LXGW WenKai")
"""The families the styles build on; proprietary families named before them are a bonus, not a need."""

TEXT = "".join(
    (
        *map(chr, range(0x20, 0x7F)),
        *map(chr, range(0xFF01, 0xFF5F)),
        "、。〇〈〉《》「」『』【】“”‘’—–−…·•›±×÷°℃‰①②③④⑤⑥⑦⑧⑨⑩",
    )
)
"""What every family must draw, besides the Han characters of GB 2312."""

MARKS = "▲▼■□●○◆◇★☆→←↑↓↗↘─│≤≥≈㎡㎞²³№√µāáǎàōóǒòēéěèīíǐìūúǔùü"
"""What at least one family must draw: marks in tables, charts and annexes, units, and the vowels of pinyin."""

PACKAGES = {
    "Noto Sans CJK SC": "fonts-noto-cjk",
    "Noto Serif CJK SC": "fonts-noto-cjk",
    "LXGW WenKai": "fonts-lxgw-wenkai",
}
NETWORK_FILE_SYSTEMS = {
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "9p",
    "afs",
    "ceph",
    "fuse.sshfs",
    "fuse.glusterfs",
}
MIB = 1024 * 1024
_RESTORE = "restore it from a backup, or move it away and add the originals again"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. ``remedy`` says what to do about it, "" where nothing needs doing."""

    name: str
    state: State
    detail: str
    remedy: str = ""


def examine(
    workspace: Path,
    fonts: Sequence[str] = FONTS,
    *,
    store: Path | None = None,
    output: Path | None = None,
    zone: str = "Asia/Shanghai",
) -> tuple[Check, ...]:
    """All checks for ``workspace``, in the order they are read; ``store`` is its SQLite file, if it has one."""
    return (
        Check("Python", "ok", f"{'.'.join(map(str, sys.version_info[:3]))} ({sys.executable})"),
        libraries(),
        layout_engine(),
        word_layout(),
        typesetting(),
        *typefaces(fonts),
        walled(),
        sqlite(),
        *([database(store)] if store else []),
        writable("workspace", workspace),
        writable("output folder", output or workspace / "output"),
        writable("temporary folder", Path(tempfile.gettempdir())),
        file_system(workspace),
        disk(workspace),
        file_names(),
        clock(zone),
    )


def libraries(requirements: Sequence[str] | None = None) -> Check:
    """The Python libraries the project asks for: all there, none older than asked (``requirements`` as in PEP 508)."""
    remedy = "run make setup in the checkout, or install briefings again"
    if requirements is None:
        try:
            requirements = [r for r in metadata.requires("briefings") or [] if "extra ==" not in r]
        except metadata.PackageNotFoundError:
            return Check(
                "libraries",
                "warning",
                "briefings is not installed as a package, so what it needs is not known",
                remedy,
            )
    wrong, versions = [], []
    for requirement in requirements:
        name = re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0]
        minimum = re.search(r">=\s*([\d.]+)", requirement)
        try:
            version = metadata.version(name)
        except metadata.PackageNotFoundError:
            wrong.append(f"{name} is missing")
            continue
        if minimum and _numbers(version) < _numbers(minimum[1]):
            wrong.append(f"{name} {version} is older than {minimum[1]}")
        versions.append(f"{name} {version}")
    if wrong:
        return Check("libraries", "failed", "; ".join(wrong), remedy)
    return Check("libraries", "ok", ", ".join(versions))


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version.partition("+")[0]))


def layout_engine() -> Check:
    """WeasyPrint loads pango, and harfbuzz-subset, without which fonts take twenty times as long to embed."""
    program = (
        "from weasyprint.text.ffi import pango, harfbuzz_subset\n"
        "n = pango.pango_version()\n"
        "print(n // 10000, n // 100 % 100, n % 100, harfbuzz_subset is not None)"
    )
    # A child process: a library that fails to load may print to stdout or take the process with it.
    try:
        run = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", program],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return Check(
            "layout engine",
            "failed",
            f"WeasyPrint cannot be started: {type(error).__name__}",
            "install weasyprint again",
        )
    words = run.stdout.split()
    if run.returncode != 0 or len(words) < 4:
        reason = (run.stderr.strip().splitlines() or ["it does not say why"])[-1]
        return Check(
            "layout engine",
            "failed",
            f"WeasyPrint cannot be loaded: {reason}",
            "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
        )
    pango = ".".join(words[-4:-1])
    if words[-1] != "True":
        return Check(
            "layout engine",
            "warning",
            f"pango {pango}; harfbuzz-subset is missing, so a PDF takes many times as long",
            "apt-get install libharfbuzz-subset0",
        )
    return Check("layout engine", "ok", f"pango {pango}, harfbuzz-subset")


def typesetting() -> Check:
    """Chinese is set as it should be, for which the WeasyPrint must be the one this was tested with."""
    program = (
        "import weasyprint\n"
        "from briefings.render import grid, justify, tagged\n"
        "sound = not (justify.unavailable() or grid.unavailable() or tagged.unavailable())\n"
        "print(weasyprint.__version__, sound)"
    )
    remedy = "install the WeasyPrint that requirements.lock names"
    # A child process: a library that fails to load may print to stdout or take the process with it.
    try:
        run = subprocess.run(
            [sys.executable, "-W", "ignore", "-c", program],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return Check("typesetting", "warning", f"it could not be tried: {type(error).__name__}", remedy)
    words = run.stdout.split()
    if run.returncode != 0 or len(words) < 2:
        return Check("typesetting", "warning", "it could not be tried: WeasyPrint cannot be loaded", remedy)
    if words[-1] != "True":
        return Check(
            "typesetting",
            "warning",
            f"WeasyPrint {words[-2]} is not the one tried: Chinese lines end ragged, or stand on no grid",
            remedy,
        )
    return Check("typesetting", "ok", "Chinese lines are justified and stand on their grid")


def word_layout() -> Check:
    """LibreOffice is there to tell on which page of a Word file things stand, for its contents."""
    from briefings.walled import libreoffice

    office = libreoffice()
    if office is None:
        return Check(
            "LibreOffice",
            "warning",
            "not installed; the contents of Word files name no pages until Word updates them",
            "apt-get install --no-install-recommends libreoffice-writer-nogui",
        )
    return Check("LibreOffice", "ok", f"{office.version}; gives the contents of Word files their pages")


def templates(faults: Sequence[TemplateFault], own: int) -> Check:
    """The templates and styles, of which the workspace has ``own`` of its own, can be used; ``faults`` as linting found them."""
    wrong = [fault for fault in faults if fault.severity == "error"]
    mine = f"{own} of this workspace" if own else "all as they came"
    if wrong:
        told = f"{len(wrong)} errors; {wrong[0].told}" if len(wrong) > 1 else wrong[0].told
        remedy = (
            "`briefings templates lint` names all; `briefings templates reset` takes the packed one again"
        )
        return Check("templates", "failed", told, remedy)
    if faults:
        return Check(
            "templates", "warning", f"{mine}; {faults[0].told}", "`briefings templates lint` names all"
        )
    return Check("templates", "ok", mine)


_ALLOWED = 1024 * MIB


def walled() -> Check:
    """Children get no more memory than they may have, and no network; says by which means that holds here."""
    # More than the libraries that a child may begin with, or it dies of them and not of what it asks for.
    limits = walls.Limits(memory=_ALLOWED, cpu=10, wall=30)
    try:
        walls.run("briefings.doctor:swelling", None, b"", limits)
    except walls.Stopped as stopped:
        bound, told = stopped.code == "memory_limit", str(stopped)
    else:
        bound, told = False, "the limit on memory does not hold"
    if not bound:
        return Check(
            "walls",
            "failed",
            f"files cannot be read and made behind walls: {told}",
            "run briefings on Linux, and leave its processes the right to limit themselves",
        )
    if walls.network_namespace():
        return Check("walls", "ok", "limits hold; whatever reads or makes files has no network (a namespace)")
    return Check(
        "walls",
        "warning",
        "limits hold; the network is refused by Python alone, for this system grants no network namespace",
        "allow user namespaces (sysctl kernel.unprivileged_userns_clone=1, or the container's seccomp profile)",
    )


def swelling(_argument: object, _data: bytes) -> bytes:
    """Ask for more memory than a task of ``walled`` may have."""
    return bytes(len(bytearray(2 * _ALLOWED)) % 2)


def gb2312() -> str:
    """The 6,763 Han characters of GB 2312, both levels: names of people and places need the second."""
    rows = ((0xB0, 0xD7), (0xD8, 0xF7))
    pairs = (
        bytes((row, cell)) for low, high in rows for row in range(low, high + 1) for cell in range(0xA1, 0xFF)
    )
    return "".join(pair.decode("gb2312", "ignore") for pair in pairs)


def fontconfig(family: str) -> list[tuple[str, frozenset[int]]]:
    """The faces of ``family``: their file and style, and the code points they draw, as fontconfig knows them.

    Raises ``OSError`` when fontconfig is not there.
    """
    run = subprocess.run(
        ["fc-list", "--format", "%{file|basename}\t%{style}\t%{charset}\n", f":family={family}"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    rows = (line.split("\t") for line in run.stdout.splitlines())
    return [
        (f"{row[0]} {row[1].split(',')[0]}", frozenset(_code_points(row[2]))) for row in rows if len(row) == 3
    ]


def _code_points(charset: str) -> Iterator[int]:
    for part in charset.split():
        first, _, last = part.partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


def typefaces(
    families: Sequence[str], faces_of: Callable[[str], list[tuple[str, frozenset[int]]]] = fontconfig
) -> Iterator[Check]:
    """A check for each family: it is there and draws all of ``TEXT`` and GB 2312; then one for ``MARKS`` in any family."""
    wanted = [ord(character) for character in TEXT + gb2312()]
    drawn: set[int] = set()
    for family in families:
        name = f"font: {family}"
        install = (
            f"apt-get install {PACKAGES[family]}" if family in PACKAGES else f"install the font {family}"
        )
        try:
            faces = faces_of(family)
        except (OSError, subprocess.TimeoutExpired):
            yield Check(
                name,
                "failed",
                "fc-list is missing, so fonts cannot be looked up",
                "apt-get install fontconfig",
            )
            continue
        if not faces:
            yield Check(name, "failed", "not installed; characters may come out as boxes", install)
            continue
        face, missing = max(
            ((face, [c for c in wanted if c not in points]) for face, points in faces),
            key=lambda f: len(f[1]),
        )
        drawn.update(*(points for _, points in faces))
        if missing:
            shown = "".join(map(chr, missing[:12]))
            yield Check(
                name,
                "failed",
                f"{face} lacks {len(missing)} characters: {shown}{'…' * (len(missing) > 12)}",
                install,
            )
        else:
            yield Check(name, "ok", f"all {len(wanted)} characters, {len(faces)} faces")
    absent = [character for character in MARKS if ord(character) not in drawn]
    if absent:
        yield Check(
            "marks",
            "failed",
            f"no font draws {''.join(absent)}",
            "apt-get install fonts-noto-cjk fonts-lxgw-wenkai",
        )
    else:
        yield Check("marks", "ok", f"all {len(MARKS)} marks of charts and units")


def sqlite() -> Check:
    """The version of SQLite; from 3.35 on it knows all that the store asks of it."""
    version = sqlite3.sqlite_version
    if _numbers(version) < (3, 35):
        return Check("SQLite", "failed", f"{version} is too old", "install SQLite 3.35 or newer")
    return Check("SQLite", "ok", version)


def database(path: Path) -> Check:
    """The store's file is whole, by SQLite's own quick check; it is opened for reading only."""
    if not path.exists():
        return Check("store", "ok", f"{path} is not there yet; adding the first document makes it")
    try:
        with closing(
            sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=5)
        ) as connection:
            answers = [str(row[0]) for row in connection.execute("PRAGMA quick_check(5)")]
    except sqlite3.Error as error:
        return Check("store", "failed", f"{path} cannot be read: {error}", _RESTORE)
    if answers != ["ok"]:
        return Check("store", "failed", f"{path} is damaged: {answers[0]}", _RESTORE)
    return Check("store", "ok", f"{path} is whole, {path.stat().st_size / MIB:.1f} MB")


def database_server(url: str) -> Check:
    """The store at a database's address can be opened and is sound; the address, which may hold a password, is not told."""
    from briefings.store import quick_check

    if wrong := quick_check(url):
        return Check("store", "failed", " ".join(wrong), "start the database, or set store in briefings.toml")
    return Check("store", "ok", "the database answers")


def writable(name: str, folder: Path) -> Check:
    """``folder`` takes a file, or can be made where it does not exist yet."""
    place = folder
    while not place.exists() and place != place.parent:
        place = place.parent
    try:
        with tempfile.TemporaryFile(dir=place):
            pass
    except OSError as error:
        return Check(
            name,
            "failed",
            f"{folder} cannot be written: {error.strerror or error}",
            "check its owner and permissions",
        )
    return Check(name, "ok", f"{folder} can be written" if place == folder else f"{folder} can be made")


def file_system(folder: Path, mounts: Path = Path("/proc/mounts")) -> Check:
    """``folder`` is on a local disk, where SQLite's locks hold; ``mounts`` lists the file systems as Linux does."""
    name = "file system"
    try:
        rows = [line.split() for line in mounts.read_text().splitlines()]
    except OSError:
        return Check(name, "ok", "this system does not say what is mounted; not checked")
    target = folder.resolve()
    above = [(row[1], row[2]) for row in rows if len(row) > 2 and target.is_relative_to(row[1])]
    # The last of the longest: what is mounted later lies on top.
    mount, kind = (
        max(enumerate(above), key=lambda entry: (len(entry[1][0]), entry[0]))[1] if above else ("/", "?")
    )
    if kind in NETWORK_FILE_SYSTEMS:
        return Check(
            name,
            "failed",
            f"{mount} is a network file system ({kind}), where SQLite is not safe",
            "keep the workspace on a local disk",
        )
    return Check(name, "ok", f"{mount} ({kind})")


def disk(folder: Path, free: int | None = None) -> Check:
    """Room on the disk that holds ``folder``: at least 200 MB, better 1 GB (``free`` in bytes)."""
    place = folder
    while not place.exists() and place != place.parent:
        place = place.parent
    room = shutil.disk_usage(place).free if free is None else free
    detail = f"{room / MIB / 1024:.1f} GB free" if room >= 1024 * MIB else f"{room // MIB} MB free"
    if room < 200 * MIB:
        return Check("disk space", "failed", detail, "make at least 200 MB free")
    if room < 1024 * MIB:
        return Check("disk space", "warning", detail, "make room; 1 GB or more is better")
    return Check("disk space", "ok", detail)


def file_names() -> Check:
    """File names can be Chinese: Python reads and writes them as UTF-8."""
    encoding = sys.getfilesystemencoding()
    if encoding.lower().replace("-", "") != "utf8":
        return Check(
            "file names",
            "warning",
            f"{encoding}; Chinese file names may go wrong",
            "set LC_ALL=C.UTF-8 or PYTHONUTF8=1",
        )
    return Check("file names", "ok", encoding)


def clock(zone: str) -> Check:
    """The time zone is known, and what time it is there and on this machine."""
    try:
        there = datetime.now(ZoneInfo(zone))
    except (OSError, ValueError, KeyError):
        return Check(
            "time zone",
            "failed",
            f"{zone} is not known",
            "install tzdata and check the name of the time zone",
        )
    here = datetime.now().astimezone()
    source = f" (TZ={os.environ['TZ']})" if os.environ.get("TZ") else ""
    return Check("time zone", "ok", f"{zone} {there:%Y-%m-%d %H:%M}; here {here:%Y-%m-%d %H:%M %z}{source}")
