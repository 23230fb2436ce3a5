from pathlib import Path

import pytest

from briefings.errors import UsageError
from briefings.ingest import walk


def test_folders_are_walked_in_sorted_order_without_unfinished_files(tmp_path: Path) -> None:
    """What an editor or a browser has not finished is not taken."""
    (tmp_path / "b").mkdir()
    for name in ("c.txt", "a.docx", "b/x.pdf", "~$a.docx", ".hidden", "d.tmp", "e.part", "f.crdownload"):
        (tmp_path / name).write_text("x")
    assert walk([tmp_path]) == (tmp_path / "a.docx", tmp_path / "b" / "x.pdf", tmp_path / "c.txt")


def test_links_inside_a_folder_are_not_followed(tmp_path: Path) -> None:
    """A link may lead anywhere, in a circle too."""
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "outside.txt").write_text("x")
    (inside / "link.txt").symlink_to(tmp_path / "outside.txt")
    (inside / "circle").symlink_to(inside)
    assert walk([inside]) == ()


def test_a_file_named_twice_is_given_once(tmp_path: Path) -> None:
    """A file named itself and through its folder is one file."""
    (tmp_path / "a.txt").write_text("x")
    assert walk([tmp_path / "a.txt", tmp_path]) == (tmp_path / "a.txt",)


def test_a_missing_path_is_a_usage_error(tmp_path: Path) -> None:
    """The sentence names the path."""
    with pytest.raises(UsageError, match="nowhere"):
        walk([tmp_path / "nowhere"])
