"""Tests of ``briefings demo``: the sample digest from the packed samples, and how its first page looks."""

import subprocess
from pathlib import Path

import pytest
from commands import Ran, briefings
from PIL import Image, ImageChops

DIFFERENT = 48
"""A pixel differs when its brightness is further off than this."""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Ran]:
    """The folder the demo was built into, and what it printed."""
    home = tmp_path_factory.mktemp("demo")
    return home, briefings("demo", home / "output", at=home)


def test_the_paths_of_the_pdf_and_the_word_file_are_printed(demo: tuple[Path, Ran]) -> None:
    """One path a line; each file is there; nothing else is left behind."""
    home, ran = demo
    assert ran.code == 0, ran.err
    paths = [Path(line) for line in ran.out.splitlines()]
    assert {".pdf", ".docx"} <= {p.suffix for p in paths}
    assert all(p.is_file() for p in paths)
    assert [p.name for p in home.iterdir()] == ["output"]


def test_a_second_run_makes_nothing_new(demo: tuple[Path, Ran]) -> None:
    """It says so, and prints the same paths."""
    home, first = demo
    again = briefings("demo", home / "output", at=home)
    assert "nothing changed" in again.err
    assert again.out == first.out


def test_the_first_page_looks_as_approved(demo: tuple[Path, Ran], root: Path) -> None:
    """As in tests/expected (copy the file from tests/actual there to approve a change)."""
    pdf = next(Path(line) for line in demo[1].out.splitlines() if line.endswith(".pdf"))
    actual = root / "tests/actual/first-page.png"
    actual.parent.mkdir(exist_ok=True)
    command = [
        "pdftoppm",
        "-r",
        "80",
        "-f",
        "1",
        "-l",
        "1",
        "-png",
        "-singlefile",
        str(pdf),
        str(actual.with_suffix("")),
    ]
    subprocess.run(command, check=True)
    drawn = Image.open(actual).convert("L")
    approved = Image.open(root / "tests/expected/first-page.png").convert("L")
    assert drawn.size == approved.size
    histogram = ImageChops.difference(drawn, approved).histogram()
    assert sum(histogram[DIFFERENT:]) / (drawn.width * drawn.height) < 0.003
