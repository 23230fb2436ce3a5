"""Tests of the commands that keep a workspace safe: backup, restore; and of what an archive may hold."""

import json
import shutil
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from commands import COMMERCE, EDUCATION, ORDER, briefings

from briefings import backup, settings
from briefings.backup import BackupRefused, back_up, restore
from briefings.errors import UsageError
from briefings.records.problem import Problem
from briefings.store import open_store, quick_check

RECIPIENTS = 'formats = ["html"]\nrecipients = ["陈主任 <chen@example.org>"]\n'
SECRET = "hush-hush-7"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a briefing, an edition, a letter that waits, and a style and a lexicon of its own."""
    at = tmp_path_factory.mktemp("workspace")
    (at / "briefings.toml").write_text(ORDER + RECIPIENTS, encoding="utf-8")
    (at / "styles").mkdir()
    (at / "styles" / "own.css").write_text("p { color: black }\n", encoding="utf-8")
    (at / "lexicons").mkdir()
    (at / "lexicons" / "indicators.toml").write_text("", encoding="utf-8")
    for name, text in (("教育局.txt", EDUCATION), ("商务局.txt", COMMERCE)):
        (at / name).write_text(text, encoding="utf-8")
        assert briefings("add", at / name, at=at).code == 0
    built = briefings("build", at=at)
    assert built.code == 0, built.err
    (at / ".briefings" / "page.key").write_text(SECRET, encoding="utf-8")
    return at


@pytest.fixture(scope="module")
def archive(workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its backup."""
    path = tmp_path_factory.mktemp("safe") / "weekly.zip"
    back_up(settings.load(workspace), path)
    return path


def test_a_workspace_comes_back_and_makes_no_new_edition(workspace: Path, tmp_path: Path) -> None:
    """Written while another process is in the midst of writing, restored elsewhere: all is there, nothing is made anew."""
    busy = sqlite3.connect(workspace / ".briefings" / "store.sqlite3", isolation_level=None)
    busy.execute("BEGIN IMMEDIATE")
    busy.execute("DELETE FROM facts")
    made = briefings("backup", tmp_path / "weekly.zip", at=workspace)
    busy.execute("ROLLBACK")
    busy.close()
    assert (made.code, made.out) == (0, f"{tmp_path / 'weekly.zip'}\n")
    assert "2 originals, 1 editions" in made.err
    assert "left out: the key that signs share links" in made.err
    assert (tmp_path / "weekly.zip").stat().st_mode & 0o777 == 0o600
    into = tmp_path / "new"
    put = briefings("restore", tmp_path / "weekly.zip", "--into", into, at=workspace)
    assert put.code == 0, put.err
    assert "1 letters may have gone since" in put.err
    for command in (("documents", "--json"), ("facts", "--json"), ("measures", "--json")):
        assert briefings(*command, at=into).out == briefings(*command, at=workspace).out
    home = Path("output") / "half-year"
    assert sorted(p.name for p in (into / home).iterdir()) == sorted(
        p.name for p in (workspace / home).iterdir() if not p.name.startswith(".")
    )
    assert (into / home / "latest").readlink() == (workspace / home / "latest").readlink()
    again = briefings("build", at=into)
    assert (again.code, len(list((into / home).glob("2*")))) == (0, 1)
    assert briefings("mail", "outbox", "--json", at=into).rows()[0]["state"] == "in_doubt"
    assert (into / "styles" / "own.css").read_text(encoding="utf-8") == "p { color: black }\n"
    assert briefings("audit", into / home / "latest" / "half-year.html", at=into).code == 0
    assert [
        p for p in (into.glob("**/*")) if p.name in ("page.key", ".restoring") or "before" in p.name
    ] == []


def test_no_secret_is_in_the_archive(workspace: Path, tmp_path: Path) -> None:
    """Neither the key of share links nor the password in the address of a database."""
    with_password = tmp_path / "w"
    with_password.mkdir()
    text = f'[workspace]\nstore = "postgresql://briefings:{SECRET}@127.0.0.1:1/b"\n'
    (with_password / "briefings.toml").write_text(text, encoding="utf-8")
    bare = text.replace(f":{SECRET}", "")
    loaded = settings.load(workspace)
    from dataclasses import replace

    made = back_up(replace(loaded, root=with_password), tmp_path / "a.zip")
    assert "the password in the address of the store in briefings.toml" in made.left_out
    with zipfile.ZipFile(made.path) as packed:
        assert packed.read("workspace/briefings.toml").decode() == bare
        assert not any(SECRET.encode() in packed.read(name) for name in packed.namelist())


def test_nothing_is_overwritten_unasked(workspace: Path, archive: Path, tmp_path: Path) -> None:
    """Neither an archive nor a workspace; with --force the workspace lies aside and is not lost."""
    refused = briefings("backup", archive, at=workspace)
    assert (refused.code, "--force writes it anew" in refused.err) == (2, True)
    into = tmp_path / "there"
    restore(archive, into)
    (into / "briefings.toml").write_text("# mine\n", encoding="utf-8")
    store = open_store(into / ".briefings" / "store.sqlite3")
    store.quarantine("0" * 64, "一.txt", Problem("empty", "空。", "structure", "error"), now="2021-12-01")
    store.close()
    with pytest.raises(UsageError, match="is there already"):
        restore(archive, into)
    assert (into / "briefings.toml").read_text(encoding="utf-8") == "# mine\n"
    restored = restore(archive, into, force=True)
    assert {p.name.partition(".before-")[0] for p in restored.aside} == {
        *("briefings.toml", "lexicons", "styles", "store.sqlite3", "originals", "output")
    }
    [mine] = into.glob("briefings.toml.before-*")
    assert mine.read_text(encoding="utf-8") == "# mine\n"
    again = open_store(into / ".briefings" / "store.sqlite3")
    assert (len(again.quarantined()), len(again.documents())) == (0, 2)
    again.close()


def _flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes(data)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _rewritten(change: Callable[[dict[str, bytes]], None]) -> Callable[[Path], None]:
    def rewrite(path: Path) -> None:
        with zipfile.ZipFile(path) as packed:
            files = {name: packed.read(name) for name in packed.namelist()}
        change(files)
        with zipfile.ZipFile(path, "w") as packed:
            for name, data in files.items():
                packed.writestr(name, data)

    return rewrite


def _swap_original(files: dict[str, bytes]) -> None:
    files[next(name for name in files if name.startswith("originals/"))] = b"other words"


def _lose_store(files: dict[str, bytes]) -> None:
    del files["store.sqlite3"]


def _add_stranger(files: dict[str, bytes]) -> None:
    files["workspace/lexicons/more.toml"] = b""


def _lead_out(files: dict[str, bytes]) -> None:
    manifest = json.loads(files["manifest.json"])
    manifest["files"]["output/../../evil"] = {"sha256": "0" * 64, "size": 0}
    files["manifest.json"] = json.dumps(manifest).encode()
    files["output/../../evil"] = b""


def _other_format(files: dict[str, bytes]) -> None:
    files["manifest.json"] = b'{"format": "other"}'


@pytest.mark.parametrize(
    "harm",
    [
        _flip,
        _cut,
        *map(_rewritten, (_swap_original, _lose_store, _add_stranger, _lead_out, _other_format)),
        lambda path: path.write_bytes(b"no archive"),
    ],
)
def test_an_archive_that_is_not_whole_is_refused(
    archive: Path, tmp_path: Path, harm: Callable[[Path], None]
) -> None:
    """With a sentence, and nothing is put anywhere."""
    path, into = tmp_path / "copy.zip", tmp_path / "new"
    shutil.copy(archive, path)
    harm(path)
    with pytest.raises(BackupRefused):
        restore(path, into)
    assert list(into.iterdir()) == []
    assert not (tmp_path / "evil").exists()


def test_a_damaged_original_is_told(workspace: Path, tmp_path: Path) -> None:
    """The archive is made all the same; exit code 1."""
    home = tmp_path / "w"
    shutil.copytree(workspace, home, symlinks=True)
    original = next(p for p in (home / ".briefings" / "originals").rglob("*") if p.is_file())
    original.write_bytes(b"other words")
    made = briefings("backup", tmp_path / "a.zip", at=home)
    assert (made.code, f"{original.name[:12]}… is damaged" in made.err) == (1, True)
    assert (tmp_path / "a.zip").exists()


def test_nothing_to_back_up(tmp_path: Path) -> None:
    """A folder that is no workspace leaves no archive."""
    with pytest.raises(UsageError, match="nothing to back up"):
        back_up(settings.load(tmp_path), tmp_path / "a.zip")
    assert list(tmp_path.iterdir()) == []


def test_into_a_folder_under_a_name_of_the_time(workspace: Path, tmp_path: Path) -> None:
    """So that one line of cron makes a new one each night."""
    made = back_up(settings.load(workspace), tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == [made.path.name]
    assert made.path.match("briefings-????????-??????.zip")


def test_a_store_on_a_server_is_backed_up_and_restored(
    workspace: Path, archive: Path, server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The archive of a file is restored to a server, and that one's archive to a file again."""
    from sqlalchemy import text

    from briefings.store.engine import connect

    engine = connect(server)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA IF EXISTS backed_up CASCADE"))
        connection.execute(text("CREATE SCHEMA backed_up"))
    engine.dispose()
    url = f"{server}&options=-csearch_path%3Dbacked_up"
    monkeypatch.setenv("BRIEFINGS_WORKSPACE__STORE", url)
    restore(archive, tmp_path / "at-server")
    with pytest.raises(UsageError, match="the store's database"):
        restore(archive, tmp_path / "other")
    back_up(settings.load(tmp_path / "at-server"), tmp_path / "b.zip")
    monkeypatch.delenv("BRIEFINGS_WORKSPACE__STORE")
    restore(tmp_path / "b.zip", tmp_path / "back")
    assert quick_check(tmp_path / "back" / ".briefings" / "store.sqlite3") == ()
    assert (
        briefings("facts", "--json", at=tmp_path / "back").out
        == briefings("facts", "--json", at=workspace).out
    )


def test_what_belongs_into_an_archive() -> None:
    """Names that lead elsewhere, and names of other things, do not."""
    digest = "ab" + "0" * 62
    ours = ("store.sqlite3", f"originals/ab/{digest}", "output/b/e/b.pdf", "workspace/styles/a/b.css")
    others = (
        *("", "store", "/etc/passwd", "../store.sqlite3", f"originals/cd/{digest}", "originals/ab/x"),
        *("output/b", "output/../x/y", "output/.hidden/x", "workspace/page.key", "workspace/templates"),
        *("workspace/briefings.toml/x", "output/b\\..\\x/y", "output//x"),
    )
    assert [name for name in ours if not backup._is_ours(name)] == []
    assert [name for name in others if backup._is_ours(name)] == []
