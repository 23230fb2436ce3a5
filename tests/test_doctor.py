"""The doctor finds what is wrong, says so and says what to do about it."""

import random
import sqlite3
from pathlib import Path

import pytest

from briefings import doctor
from briefings.doctor import MARKS, TEXT, Check
from briefings.store import open_store

EVERYTHING = frozenset(map(ord, TEXT + MARKS + doctor.gb2312()))


def test_examine(tmp_path: Path) -> None:
    """Every check of this machine has a state and a remedy when it failed."""
    checks = doctor.examine(tmp_path, store=tmp_path / "none.sqlite")

    names = [check.name for check in checks]
    assert len(names) == len(set(names))
    assert {"Python", "libraries", "layout engine", "SQLite", "store", "workspace", "time zone"} <= set(names)
    assert all(check.detail for check in checks)
    assert all(bool(check.remedy) == (check.state != "ok") for check in checks)
    assert all((check.name + check.remedy).isascii() for check in checks), "the program speaks English"


def test_this_machine() -> None:
    """The machine that runs the tests is fit."""
    assert [check for check in doctor.examine(Path.cwd()) if check.state == "failed"] == []


def test_walls() -> None:
    """The limits are tried, not only set; how the network is refused is said."""
    check = doctor.walled()
    assert check.state in ("ok", "warning")
    assert "limits hold" in check.detail and "network" in check.detail


def test_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without LibreOffice everything works but the pages in Word's contents, and the remedy says how to get it."""
    monkeypatch.setenv("PATH", "/nowhere")
    check = doctor.word_layout()
    assert check.state == "warning" and "name no pages" in check.detail and "libreoffice" in check.remedy


def test_gb2312() -> None:
    """GB 2312 holds both levels."""
    characters = doctor.gb2312()
    assert len(characters) == len(set(characters)) == 6763
    assert characters[0] == "啊"
    assert characters[3754] == "座"
    assert characters[-1] == "齄"


@pytest.mark.parametrize(
    "pattern", ["templates/briefing/*", "styles/*.css", "briefings/compose/*.py", "briefings/data/*.toml"]
)
def test_our_own_words(root: Path, pattern: str) -> None:
    """Every character that our templates, styles and wording may print is among those that fonts are checked for."""
    texts = [path.read_text(encoding="utf-8") for path in root.glob(pattern) if path.is_file()]
    assert texts
    assert {c for text in texts for c in text if not c.isspace() and ord(c) not in EVERYTHING} == set()


def test_missing_characters() -> None:
    """A family that lacks characters is named with how many and which."""
    faces = {"甲体": [("a.otf Regular", EVERYTHING), ("a.otf Bold", EVERYTHING - set(map(ord, "增鑫")))]}

    checks = list(doctor.typefaces(["甲体"], faces.__getitem__))

    assert checks[0] == Check(
        "font: 甲体", "failed", "a.otf Bold lacks 2 characters: 增鑫", "install the font 甲体"
    )
    assert checks[1].state == "ok"


def test_missing_family() -> None:
    """A family that is not installed fails and its package is named."""
    checks = list(doctor.typefaces(["LXGW WenKai"], lambda family: []))

    assert checks[0].state == "failed"
    assert checks[0].remedy == "apt-get install fonts-lxgw-wenkai"
    assert checks[1].name == "marks"
    assert checks[1].state == "failed"


def test_mark_in_any_family() -> None:
    """A mark is fine when any family draws it."""
    faces = {"甲体": [("a", EVERYTHING - {ord("▲")})], "乙体": [("b", EVERYTHING)]}

    assert [check.state for check in doctor.typefaces(["甲体", "乙体"], faces.__getitem__)] == [
        "ok",
        "ok",
        "ok",
    ]
    assert [check.detail for check in doctor.typefaces(["甲体"], faces.__getitem__)][1] == "no font draws ▲"


def test_no_fontconfig() -> None:
    """Without fontconfig every font is unknown."""

    def absent(family: str) -> list[tuple[str, frozenset[int]]]:
        raise FileNotFoundError("fc-list")

    assert next(doctor.typefaces(["甲体"], absent)).remedy == "apt-get install fontconfig"


@pytest.mark.parametrize(
    ("requirement", "says"),
    [
        ("no-such-library-of-ours>=1", "no-such-library-of-ours is missing"),
        ("click>=999.1", "is older than 999.1"),
    ],
)
def test_bad_library(requirement: str, says: str) -> None:
    """A library that is missing or too old is named."""
    check = doctor.libraries(["jinja2>=3", requirement])
    assert check.state == "failed"
    assert says in check.detail


def test_requirement_forms() -> None:
    """A library with extras and an upper bound is understood."""
    assert doctor.libraries(["sqlalchemy[asyncio]>=2.0,<9", "click"]).state == "ok"


def test_whole_store(tmp_path: Path) -> None:
    """A whole store is fine and left as it is."""
    path = tmp_path / "数据 1.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("create table t (a)")
    before = path.read_bytes()

    assert doctor.database(path).state == "ok"
    assert path.read_bytes() == before
    assert sorted(tmp_path.iterdir()) == [path]


def test_damaged_store(tmp_path: Path) -> None:
    """A store that is no database or damaged fails."""
    path = tmp_path / "store.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("create table t (a text)")
        connection.executemany("insert into t values (?)", [(f"第{n}行" * 50,) for n in range(2000)])
    connection.close()
    whole = bytearray(path.read_bytes())
    whole[8192:40960] = random.Random(1).randbytes(32768)
    path.write_bytes(whole)
    assert doctor.database(path).state == "failed"

    path.write_bytes(b"this is not a database, only words that take its place" * 40)
    assert doctor.database(path).state == "failed"


def test_folders(tmp_path: Path) -> None:
    """A folder that can be made is fine and one that is a file is not."""
    assert doctor.writable("output folder", tmp_path / "a" / "b").state == "ok"
    assert not (tmp_path / "a").exists()

    (tmp_path / "file").write_text("")
    assert doctor.writable("output folder", tmp_path / "file").state == "failed"


def test_network_file_system(tmp_path: Path) -> None:
    """A network file system is refused."""
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/a / ext4 rw 0 0\nserver:/x {tmp_path.resolve()} nfs4 rw 0 0\n")

    assert doctor.file_system(tmp_path / "workspace", mounts).state == "failed"
    assert doctor.file_system(Path("/"), mounts).state == "ok"


@pytest.mark.parametrize(("free", "state"), [(100 << 20, "failed"), (500 << 20, "warning"), (5 << 30, "ok")])
def test_disk(tmp_path: Path, free: int, state: str) -> None:
    """The disk must have room."""
    assert doctor.disk(tmp_path, free).state == state


def test_time_zone() -> None:
    """An unknown time zone fails."""
    assert doctor.clock("Asia/Nowhere").state == "failed"
    assert doctor.clock("Asia/Shanghai").state == "ok"


def test_a_store_on_a_server_is_asked(store_url: str) -> None:
    """It answers, or what it lacks is said without its password."""
    open_store(store_url).close()
    assert doctor.database_server(store_url).state == "ok"
    gone = doctor.database_server("postgresql://b:hush-hush@127.0.0.1:1/b")
    assert (gone.state, "cannot be opened" in gone.detail) == ("failed", True)
    assert "hush" not in gone.detail
