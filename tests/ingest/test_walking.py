import os
from pathlib import Path

import pytest

from briefings.errors import UsageError
from briefings.ingest import Left, shown, walk


def test_folders_are_walked_in_sorted_order_without_unfinished_files(tmp_path: Path) -> None:
    """What an editor or a browser has not finished is not taken."""
    (tmp_path / "b").mkdir()
    for name in ("c.txt", "a.docx", "b/x.pdf", "~$a.docx", ".hidden", "d.tmp", "e.part", "f.crdownload"):
        (tmp_path / name).write_text("x")
    assert walk([tmp_path]) == (tmp_path / "a.docx", tmp_path / "b" / "x.pdf", tmp_path / "c.txt")


def test_what_is_no_file_is_left_with_its_reason(tmp_path: Path) -> None:
    """A link may lead anywhere, in a circle too; a pipe has no end."""
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "outside.txt").write_text("x")
    (inside / "link.txt").symlink_to(tmp_path / "outside.txt")
    (inside / "circle").symlink_to(inside)
    (inside / "dangling").symlink_to("nowhere")
    os.mkfifo(inside / "pipe")
    found = walk([inside])
    assert all(isinstance(entry, Left) for entry in found)
    assert [(e.path.name, e.problem.code) for e in found if isinstance(e, Left)] == [
        ("circle", "link"),
        ("dangling", "link"),
        ("link.txt", "link"),
        ("pipe", "no_file"),
    ]


def test_folders_nest_deeper_than_calls(tmp_path: Path) -> None:
    """A file under hundreds of folders is found, an empty folder gives nothing."""
    deep = tmp_path.joinpath(*["d"] * 600)
    deep.mkdir(parents=True)
    (deep / "a.txt").write_text("x")
    (tmp_path / "empty").mkdir()
    assert walk([tmp_path]) == (deep / "a.txt",)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (b"a\nb.txt", "a\\nb.txt"),
        ("总结.txt".encode("gb18030"), "总结.txt"),
        ("总\u202e结.txt".encode(), "总\\u202e结.txt"),
        ("总结.txt".encode(), "总结.txt"),
        (b"x/\xff", "x/\ufffd"),
    ],
)
def test_names_are_shown_on_one_line(name: bytes, text: str) -> None:
    """Names from old archives are decoded; what would break the line is escaped; all can be encoded."""
    assert shown(os.fsdecode(name)) == text
    shown(os.fsdecode(name)).encode()


def test_a_file_named_twice_is_given_once(tmp_path: Path) -> None:
    """A file named itself and through its folder is one file."""
    (tmp_path / "a.txt").write_text("x")
    assert walk([tmp_path / "a.txt", tmp_path]) == (tmp_path / "a.txt",)


def test_a_missing_path_is_a_usage_error(tmp_path: Path) -> None:
    """The sentence names the path."""
    with pytest.raises(UsageError, match="nowhere"):
        walk([tmp_path / "nowhere"])
