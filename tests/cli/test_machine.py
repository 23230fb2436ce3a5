"""Tests of the command that looks at the machine."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from commands import briefings


def on_terminal(columns: int, *words: str, at: Path) -> list[str]:
    """The lines that ``briefings`` with ``words`` prints on a terminal of ``columns``, without their colours."""
    command = [sys.executable, "-m", "briefings", "-C", str(at), *words]
    environment = {**os.environ, "FORCE_COLOR": "1", "COLUMNS": str(columns), "PYTHONUTF8": "1"}
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", env=environment, check=False)
    return re.sub(r"\x1b\[[0-9;]*m", "", ran.stdout).splitlines()


@pytest.mark.parametrize("columns", [80, 120])
def test_doctor_fits_the_terminal(tmp_path: Path, columns: int) -> None:
    """No line is wider than the terminal; every check begins a line that says what was found."""
    lines = on_terminal(columns, "doctor", at=tmp_path)
    assert lines
    assert max(map(len, lines)) <= columns
    checks = [row["name"] for row in briefings("doctor", "--json", at=tmp_path).rows()]
    assert re.findall(r"(?m)^ *[✔!✘] +(.+?)  ", "\n".join(lines)) == checks


def test_doctor_says_what_to_do_below_what_it_found(tmp_path: Path) -> None:
    """A check that failed has its remedy in the next line, and the exit code is 1; a pipe gets no trailing blanks."""
    (tmp_path / "output").write_text("a file where a folder should be")
    ran = briefings("doctor", at=tmp_path)
    lines = ran.out.splitlines()
    at = next(number for number, line in enumerate(lines) if "output folder" in line)
    assert ran.code == 1
    assert lines[at].split(maxsplit=1)[0] == "✘"
    assert "cannot be written" in lines[at]
    assert lines[at + 1].strip() == "→ check its owner and permissions"
    assert [line for line in lines if line != line.rstrip()] == []
