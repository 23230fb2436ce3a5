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

MARKS = "▲▼■□●○◆◇★☆→←↑↓↗↘─│≤≥≈㎡㎞²³№√"
"""What at least one family must draw: marks in tables, charts and annexes, and units."""

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
        Check("Python", "ok", f"{'.'.join(map(str, sys.version_info[:3]))}（{sys.executable}）"),
        libraries(),
        layout_engine(),
        *typefaces(fonts),
        sqlite(),
        *([database(store)] if store else []),
        writable("工作目录", workspace),
        writable("输出目录", output or workspace / "output"),
        writable("临时目录", Path(tempfile.gettempdir())),
        file_system(workspace),
        disk(workspace),
        file_names(),
        clock(zone),
    )


def libraries(requirements: Sequence[str] | None = None) -> Check:
    """The Python libraries the project asks for: all there, none older than asked (``requirements`` as in PEP 508)."""
    remedy = "请在项目目录运行 make setup，或重新安装 briefings"
    if requirements is None:
        try:
            requirements = [r for r in metadata.requires("briefings") or [] if "extra ==" not in r]
        except metadata.PackageNotFoundError:
            return Check("Python 库", "warning", "briefings 未作为软件包安装，无法核对所需的库", remedy)
    wrong, versions = [], []
    for requirement in requirements:
        name = re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0]
        minimum = re.search(r">=\s*([\d.]+)", requirement)
        try:
            version = metadata.version(name)
        except metadata.PackageNotFoundError:
            wrong.append(f"缺少 {name}")
            continue
        if minimum and _numbers(version) < _numbers(minimum[1]):
            wrong.append(f"{name} {version} 低于要求的 {minimum[1]}")
        versions.append(f"{name} {version}")
    if wrong:
        return Check("Python 库", "failed", "；".join(wrong), remedy)
    return Check("Python 库", "ok", "，".join(versions))


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
            "排版引擎", "failed", f"WeasyPrint 无法启动（{type(error).__name__}）", "请重新安装 weasyprint"
        )
    words = run.stdout.split()
    if run.returncode != 0 or len(words) < 4:
        reason = (run.stderr.strip().splitlines() or ["原因不明"])[-1]
        return Check(
            "排版引擎",
            "failed",
            f"WeasyPrint 无法加载：{reason}",
            "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
        )
    pango = ".".join(words[-4:-1])
    if words[-1] != "True":
        return Check(
            "排版引擎",
            "warning",
            f"pango {pango}，但缺少 harfbuzz-subset，生成 PDF 会慢许多倍",
            "apt-get install libharfbuzz-subset0",
        )
    return Check("排版引擎", "ok", f"pango {pango}，harfbuzz-subset 可用")


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
        name = f"字体 {family}"
        install = f"apt-get install {PACKAGES[family]}" if family in PACKAGES else f"请安装字体 {family}"
        try:
            faces = faces_of(family)
        except (OSError, subprocess.TimeoutExpired):
            yield Check(name, "failed", "无法查询字体：没有 fc-list", "apt-get install fontconfig")
            continue
        if not faces:
            yield Check(name, "failed", "没有安装，汉字可能变成方框", install)
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
                f"{face} 缺 {len(missing)} 个字符：{shown}{'…' * (len(missing) > 12)}",
                install,
            )
        else:
            yield Check(name, "ok", f"{len(faces)} 个字形文件，{len(wanted)} 个常用字符全部具备")
    absent = [character for character in MARKS if ord(character) not in drawn]
    if absent:
        yield Check(
            "符号",
            "failed",
            f"没有字体能显示：{''.join(absent)}",
            "apt-get install fonts-noto-cjk fonts-lxgw-wenkai",
        )
    else:
        yield Check("符号", "ok", f"{len(MARKS)} 个图表和单位符号全部具备")


def sqlite() -> Check:
    """The version of SQLite; from 3.35 on it knows all that the store asks of it."""
    version = sqlite3.sqlite_version
    if _numbers(version) < (3, 35):
        return Check("SQLite", "failed", f"版本 {version} 过低", "请使用 SQLite 3.35 或更高版本")
    return Check("SQLite", "ok", version)


def database(path: Path) -> Check:
    """The store's file is whole, by SQLite's own quick check; it is opened for reading only."""
    if not path.exists():
        return Check("数据库", "ok", f"尚未建立（{path}），首次收录文件时自动建立")
    try:
        with closing(
            sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=5)
        ) as connection:
            answers = [str(row[0]) for row in connection.execute("PRAGMA quick_check(5)")]
    except sqlite3.Error as error:
        return Check(
            "数据库", "failed", f"{path} 无法读取：{error}", "请从备份恢复，或移走该文件后重新收录原件"
        )
    if answers != ["ok"]:
        return Check(
            "数据库", "failed", f"{path} 已损坏：{answers[0]}", "请从备份恢复，或移走该文件后重新收录原件"
        )
    return Check("数据库", "ok", f"{path} 完好，{path.stat().st_size / MIB:.1f} MB")


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
            name, "failed", f"{folder} 不可写：{error.strerror or error}", "请检查目录的所有者和权限"
        )
    return Check(name, "ok", f"{folder} 可写" if place == folder else f"{folder} 尚未建立，可以建立")


def file_system(folder: Path, mounts: Path = Path("/proc/mounts")) -> Check:
    """``folder`` is on a local disk, where SQLite's locks hold; ``mounts`` lists the file systems as Linux does."""
    name = "文件系统"
    try:
        rows = [line.split() for line in mounts.read_text().splitlines()]
    except OSError:
        return Check(name, "ok", "此系统不提供挂载信息，未检查")
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
            f"{mount} 是网络文件系统（{kind}），SQLite 不能安全使用",
            "请把工作目录放在本地磁盘上",
        )
    return Check(name, "ok", f"{mount}（{kind}）")


def disk(folder: Path, free: int | None = None) -> Check:
    """Room on the disk that holds ``folder``: at least 200 MB, better 1 GB (``free`` in bytes)."""
    place = folder
    while not place.exists() and place != place.parent:
        place = place.parent
    room = shutil.disk_usage(place).free if free is None else free
    detail = f"可用 {room / MIB / 1024:.1f} GB" if room >= 1024 * MIB else f"可用 {room // MIB} MB"
    if room < 200 * MIB:
        return Check("磁盘空间", "failed", detail, "请腾出至少 200 MB 空间")
    if room < 1024 * MIB:
        return Check("磁盘空间", "warning", detail, "请腾出空间，建议保持 1 GB 以上")
    return Check("磁盘空间", "ok", detail)


def file_names() -> Check:
    """File names can be Chinese: Python reads and writes them as UTF-8."""
    encoding = sys.getfilesystemencoding()
    if encoding.lower().replace("-", "") != "utf8":
        return Check(
            "文件名编码",
            "warning",
            f"{encoding}，中文文件名可能出错",
            "请设置 LC_ALL=C.UTF-8 或 PYTHONUTF8=1",
        )
    return Check("文件名编码", "ok", encoding)


def clock(zone: str) -> Check:
    """The time zone is known, and what time it is there and on this machine."""
    try:
        there = datetime.now(ZoneInfo(zone))
    except (OSError, ValueError, KeyError):
        return Check("时区", "failed", f"无法识别时区 {zone}", "请安装 tzdata，并检查时区名称")
    here = datetime.now().astimezone()
    source = f"（TZ={os.environ['TZ']}）" if os.environ.get("TZ") else ""
    return Check("时区", "ok", f"{zone} {there:%Y-%m-%d %H:%M}，本机 {here:%Y-%m-%d %H:%M %z}{source}")
