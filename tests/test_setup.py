"""The set-up installs what is missing and nothing else, once, and says so where it may not."""

import hashlib
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

COMMANDS = {
    # Stands for fontconfig: there are fonts once apt-get has been asked for them.
    "fc-list": 'test -e "$STATE/fonts" && echo "$1"',
    "apt-get": 'echo "$*" >>"$STATE/apt"; case "$*" in *fonts*) touch "$STATE/fonts";; esac',
    "id": 'echo "${FAKE_ID:-0}"',
    "soffice": "true",
    "pdftoppm": "true",
    "chromium": "true",
    "initdb": "true",
}


@pytest.fixture
def checkout(root: Path, tmp_path: Path) -> Path:
    """A copy of what the set-up reads, with a .venv that stands for a finished one and commands that keep a record."""
    for name in (".ci/setup.sh", "requirements.lock", "pyproject.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(root / name, tmp_path / name)
    for name, script in COMMANDS.items():
        write_command(tmp_path / "commands" / name, script)
    write_command(tmp_path / ".venv/bin/python", 'echo "$*" >>"$STATE/pip"')
    write_command(tmp_path / ".venv/bin/briefings", "true")
    key = hashlib.sha256(
        (tmp_path / "requirements.lock").read_bytes() + (tmp_path / "pyproject.toml").read_bytes()
    )
    (tmp_path / ".venv/.made-from").write_text(key.hexdigest())
    version = re.search(r"^AXE=(.+)$", (tmp_path / ".ci/setup.sh").read_text(), re.M)
    assert version
    axe = tmp_path / f"cache/briefings/axe-core-{version[1]}.js"
    axe.parent.mkdir(parents=True)
    axe.touch()
    return tmp_path


def write_command(path: Path, script: str) -> None:
    """Puts an executable shell script at ``path``."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def set_up(checkout: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs the set-up of ``checkout`` with the stand-in commands first on the path."""
    path = f"{checkout / 'commands'}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["sh", str(checkout / ".ci/setup.sh"), *words],
        env={
            **os.environ,
            "PATH": path,
            "STATE": str(checkout),
            "XDG_CACHE_HOME": str(checkout / "cache"),
            **environment,
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def record(checkout: Path, name: str) -> list[str]:
    """The calls that a stand-in command kept a record of."""
    path = checkout / name
    return path.read_text().splitlines() if path.exists() else []


def test_second_run(checkout: Path) -> None:
    """When all is there, nothing is installed and nothing is said."""
    (checkout / "fonts").touch()

    run = set_up(checkout, "test")

    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
    assert record(checkout, "apt") == record(checkout, "pip") == []


def test_only_missing_packages(checkout: Path) -> None:
    """As root on Debian the packages that are missing are installed, after the lists were brought up to date."""
    run = set_up(checkout)

    assert run.returncode == 0, run.stderr
    assert record(checkout, "apt") == [
        "update -qq",
        "install -y -qq -o Dpkg::Use-Pty=0 --no-install-recommends fonts-noto-cjk fonts-lxgw-wenkai fonts-liberation",
    ]


def test_without_root(checkout: Path) -> None:
    """Without root one sentence says which packages to install and how, and nothing is tried."""
    run = set_up(checkout, FAKE_ID="1000")

    assert run.returncode == 1
    assert (
        "'apt-get install --no-install-recommends fonts-noto-cjk fonts-lxgw-wenkai fonts-liberation'"
        in run.stderr
    )
    assert run.stderr.count("\n") == 1
    assert record(checkout, "apt") == []


def test_without_root_and_nothing_missing(checkout: Path) -> None:
    """Without root it goes on when nothing is missing."""
    (checkout / "fonts").touch()
    assert set_up(checkout, FAKE_ID="1000").returncode == 0


def test_install_that_does_not_help(checkout: Path) -> None:
    """When what was installed does not give what was missing, that is said and the set-up stops."""
    write_command(checkout / "commands/apt-get", "true")

    run = set_up(checkout)

    assert run.returncode == 1
    assert "fonts-noto-cjk" in run.stderr


def test_install_that_fails(checkout: Path) -> None:
    """When apt-get fails, its own words are shown and the set-up stops."""
    write_command(
        checkout / "commands/apt-get", 'test "$1" = update || { echo "E: no such package"; exit 100; }'
    )

    run = set_up(checkout)

    assert run.returncode == 1
    assert "E: no such package" in run.stderr
    assert "could not install fonts-noto-cjk" in run.stderr


def test_what_a_part_of_the_tests_needs(checkout: Path) -> None:
    """A browser that apt-get cannot give stops nothing: it is asked for once a run, and one sentence says what is left out."""
    (checkout / "fonts").touch()
    write_command(checkout / "commands/apt-get", 'echo "$*" >>"$STATE/apt"; exit 100')
    (checkout / "commands/chromium").unlink()
    path = f"{checkout / 'commands'}{os.pathsep}{without('chromium', 'chromium-browser', beside=checkout)}"

    assert (set_up(checkout, PATH=path).stderr, record(checkout, "apt")) == ("", [])
    run = set_up(checkout, "test", PATH=path)

    assert run.returncode == 0
    assert [call.split()[-1] for call in record(checkout, "apt")] == ["update", "chromium"]
    assert "without chromium: the tests that need them are left out" in run.stderr
    assert "apt-get" not in set_up(checkout, "test", PATH=path, FAKE_ID="1000").stderr


def without(*names: str, beside: Path) -> str:
    """A folder for the path with a link to each command that is on it, but for these."""
    folder = beside / "path"
    folder.mkdir()
    for place in map(Path, os.environ["PATH"].split(os.pathsep)):
        for command in place.iterdir() if place.is_dir() else ():
            if command.name not in names and not (folder / command.name).is_symlink():
                (folder / command.name).symlink_to(command)
    return str(folder)


def test_changed_lock_file(checkout: Path) -> None:
    """A changed lock file makes the Python packages anew, with hashes, and only once."""
    (checkout / "fonts").touch()
    with (checkout / "requirements.lock").open("a") as lock:
        lock.write("# changed\n")

    run = set_up(checkout)

    assert run.returncode == 0, run.stderr
    installs = [line for line in record(checkout, "pip") if " install " in line]
    assert len(installs) == 2
    assert "--require-hashes -r requirements.lock" in installs[0]
    assert "--no-deps --no-build-isolation" in installs[1]
    set_up(checkout)
    assert [line for line in record(checkout, "pip") if " install " in line] == installs


def test_help_lists_the_targets(root: Path) -> None:
    """``make help`` prints itself from the Makefile: each target that is meant for people, with a sentence."""
    run = subprocess.run(["make", "help"], cwd=root, capture_output=True, text=True, check=True)

    listed = re.findall(r"^make ([a-z-]+) +\w.+$", run.stdout, re.M)
    assert {"help", "demo", "test", "check", "bench", "lock", "clean"} <= set(listed)
    phony = re.search(r"^\.PHONY: (.+)$", (root / "Makefile").read_text(), re.M)
    assert phony
    assert set(listed) | {"setup", "setup-test"} == set(phony[1].split())


@pytest.mark.parametrize("script", [".ci/run", ".ci/setup.sh", ".ci/lock.sh"])
def test_scripts(root: Path, script: str) -> None:
    """The scripts can be read by their shell, and stop at the first thing that fails."""
    text = (root / script).read_text()
    shell = "bash" if "bash" in text.splitlines()[0] else "sh"
    subprocess.run([shell, "-n", str(root / script)], check=True)
    assert re.search(r"^set -\w*e", text, re.M)
