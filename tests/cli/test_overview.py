"""Tests of the help of the whole command line."""

import subprocess
import sys
from pathlib import Path

from commands import briefings

from briefings.cli.group import Commands, group
from briefings.cli.overview import COMMANDS, overview


def test_help_is_one_text(tmp_path: Path) -> None:
    """The help that is printed before click is there is the one that click prints, on stdout or with a usage error."""
    asked = subprocess.run(
        [sys.executable, "-m", "briefings", "--help"], capture_output=True, text=True, check=True
    )
    assert asked.stdout == overview()
    assert briefings("--help", at=tmp_path).out == overview()
    bare = subprocess.run([sys.executable, "-m", "briefings"], capture_output=True, text=True, check=False)
    assert (bare.returncode, bare.stdout, bare.stderr) == (2, "", overview())


def test_help_needs_no_library() -> None:
    """Neither the help nor the version loads click."""
    program = "import sys\nfrom briefings.cli import main\nmain()\nprint('click' in sys.modules)"
    for word in ("--help", "-h", "--version"):
        ran = subprocess.run(
            [sys.executable, "-c", program, word], capture_output=True, text=True, check=True
        )
        assert ran.stdout.endswith("\nFalse\n")


def test_overview_says_all_and_fits() -> None:
    """Every option and every command has its line, none wider than 80 columns."""
    lines = overview().splitlines()
    assert max(map(len, lines)) <= 80
    for parameter in group.params:
        assert all(any(name in line for line in lines) for name in parameter.opts), parameter
    assert [line.split()[0] for line in lines[-len(COMMANDS) :]] == sorted(COMMANDS)


def test_every_command_is_there() -> None:
    """Each command of the overview is found in its module under its own name."""
    assert isinstance(group, Commands)
    with group.make_context("briefings", ["doctor"]) as context:
        for name in COMMANDS:
            command = group.get_command(context, name)
            assert command is not None
            assert command.name == name
