"""The wheel holds all that the program needs, and builds the demo where there is no checkout, which looks as approved."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageChops

Ran = subprocess.CompletedProcess[str]
DIFFERENT = 48
"""A pixel differs when its brightness is further off than this."""


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the checkout without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=root,
        capture_output=True,
        check=True,
    )
    return next(folder.glob("briefings-*.whl"))


def files(folder: Path) -> set[str]:
    """The names of all files below ``folder``, without Python's own leavings."""
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    return {path.as_posix() for path in paths if "__pycache__" not in path.parts}


def test_contents(root: Path, wheel: Path) -> None:
    """Every file of the program, the templates and the styles is packed, and no test, cache or output."""
    names = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}

    assert names == {
        *(f"briefings/{name}" for name in files(root / "briefings")),
        *(f"briefings/_assets/templates/{name}" for name in files(root / "templates")),
        *(f"briefings/_assets/styles/{name}" for name in files(root / "styles")),
    }
    assert "briefings/py.typed" in names
    assert any(name.startswith("briefings/data/samples/") for name in names)


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Ran]:
    """Runs commands in an empty folder, first on the path those of a fresh environment with the wheel."""
    venv = tmp_path_factory.mktemp("installed") / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    pip = [sys.executable, "-m", "pip", "-q", "--python", str(venv / "bin/python")]
    subprocess.run([*pip, "install", "--no-deps", "--no-index", str(wheel)], check=True)
    # The libraries of this environment without its link to the checkout: a .pth file named in a .pth file is not read.
    site = next((venv / "lib").glob("python*/site-packages"))
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    workspace = venv.parent / "空目录"
    workspace.mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}

    def run(command: str, *words: str) -> Ran:
        return subprocess.run(
            [str(venv / "bin" / command), *words],
            cwd=workspace,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


@pytest.fixture(scope="module")
def demo(installed: Callable[..., Ran]) -> Ran:
    """What ``briefings demo`` says there."""
    return installed("briefings", "demo")


def test_the_installed_program_is_the_wheel_s(installed: Callable[..., Ran]) -> None:
    """Not the checkout's."""
    where = installed("python", "-c", "import briefings, sys; print(sys.prefix, briefings.__file__)")
    prefix, file = where.stdout.split()
    assert Path(file).is_relative_to(prefix)
    assert "demo" in installed("briefings", "--help").stdout


def test_the_demo_prints_the_paths_of_the_pdf_and_the_word_file(demo: Ran) -> None:
    """One path a line; each file is there; nothing else is left behind in the folder."""
    assert demo.returncode == 0, demo.stderr
    paths = [Path(line) for line in demo.stdout.splitlines()]
    assert {".pdf", ".docx"} <= {path.suffix for path in paths}
    assert all(path.is_file() for path in paths)
    workspace = next(parent for parent in paths[0].parents if parent.name == "空目录")
    assert [path.name for path in workspace.iterdir()] == ["output"]


def test_a_second_demo_makes_nothing_new(demo: Ran, installed: Callable[..., Ran]) -> None:
    """It says so, and prints the same paths, also where it is told the folder."""
    folder = next(
        parent
        for line in demo.stdout.splitlines()[:1]
        for parent in Path(line).parents
        if parent.name == "output"
    )
    again = installed("briefings", "demo", str(folder))
    assert "nothing changed" in again.stderr
    assert again.stdout == demo.stdout


def test_the_first_page_looks_as_approved(demo: Ran, root: Path) -> None:
    """As in tests/expected (copy the file from tests/actual there to approve a change)."""
    pdf = next(Path(line) for line in demo.stdout.splitlines() if line.endswith(".pdf"))
    actual = root / "tests/actual/first-page.png"
    actual.parent.mkdir(exist_ok=True)
    command = ["pdftoppm", "-r", "80", "-f", "1", "-l", "1", "-png", "-singlefile", str(pdf)]
    subprocess.run([*command, str(actual.with_suffix(""))], check=True)
    drawn = Image.open(actual).convert("L")
    approved = Image.open(root / "tests/expected/first-page.png").convert("L")
    assert drawn.size == approved.size
    histogram = ImageChops.difference(drawn, approved).histogram()
    assert sum(histogram[DIFFERENT:]) / (drawn.width * drawn.height) < 0.003
