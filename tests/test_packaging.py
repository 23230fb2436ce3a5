"""The wheel holds all that the program needs, and works where there is no checkout."""

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest


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


def test_installed_wheel_builds_the_demo(wheel: Path, tmp_path: Path) -> None:
    """Installed from the wheel into a fresh environment, ``briefings`` builds the demo in an empty folder."""
    venv = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    python = venv / "bin/python"
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "-q",
            "--python",
            str(python),
            "install",
            "--no-deps",
            "--no-index",
            str(wheel),
        ],
        check=True,
    )
    # The libraries of this environment without its link to the checkout: a .pth file named in a .pth file is not read.
    site = next((venv / "lib").glob("python*/site-packages"))
    (site / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    workspace = tmp_path / "空目录"
    workspace.mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}

    def run(*command: str) -> str:
        done = subprocess.run(
            command, cwd=workspace, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    where = run(str(python), "-c", "import briefings; print(briefings.__file__)")
    assert Path(where.strip()).is_relative_to(venv)
    assert "demo" in run(str(venv / "bin/briefings"), "--help")

    told = run(str(venv / "bin/briefings"), "demo")

    for suffix in (".pdf", ".docx"):
        made = [path for path in (workspace / "output").rglob(f"*{suffix}") if path.is_file()]
        assert made, told
        assert suffix in told
