import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings.errors import UsageError
from briefings.ingest import take


def test_bytes_are_kept_under_their_sha256(tmp_path: Path) -> None:
    """What is kept is what came in, byte for byte, and its name is its content."""
    file = tmp_path / "总结.txt"
    file.write_bytes("一、主要工作\r\n".encode("gb18030"))
    original = take(file, tmp_path / "home")
    assert original.path.read_bytes() == file.read_bytes()
    assert original.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert original.path == tmp_path / "home" / "originals" / original.sha256[:2] / original.sha256
    assert (original.name, original.size, original.known) == ("总结.txt", file.stat().st_size, False)


def test_the_same_bytes_are_known_the_second_time(tmp_path: Path) -> None:
    """Another name does not make another original, and nothing temporary is left behind."""
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("同样的内容", encoding="utf-8")
    first = take(tmp_path / "a.txt", tmp_path / "home")
    second = take(tmp_path / "b.txt", tmp_path / "home")
    assert (first.known, second.known) == (False, True)
    assert second.name == "b.txt"
    assert [p for p in (tmp_path / "home").rglob("*") if p.is_file()] == [first.path]


def test_an_original_cut_short_on_disk_is_replaced(tmp_path: Path) -> None:
    """A kept file that has lost bytes is not taken for the original."""
    file = tmp_path / "a.txt"
    file.write_text("完整的内容", encoding="utf-8")
    first = take(file, tmp_path)
    first.path.write_bytes(b"")
    assert take(file, tmp_path).known is False
    assert first.path.read_bytes() == file.read_bytes()


@pytest.mark.parametrize("kind", ["missing", "folder", "pipe"])
def test_only_regular_files_are_taken(tmp_path: Path, kind: str) -> None:
    """A folder, a pipe and a missing file are refused in one sentence, without waiting for the pipe."""
    path = tmp_path / kind
    if kind == "folder":
        path.mkdir()
    if kind == "pipe":
        os.mkfifo(path)
    with pytest.raises(UsageError, match=kind):
        take(path, tmp_path / "home")


@given(st.binary(max_size=300))
@settings(max_examples=20, deadline=None)
def test_any_bytes_round_trip(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    """Whatever the bytes are, they come back the same."""
    folder = tmp_path_factory.mktemp("any")
    (folder / "in").write_bytes(data)
    assert take(folder / "in", folder).path.read_bytes() == data
