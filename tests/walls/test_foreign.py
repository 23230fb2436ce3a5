"""A foreign program sees its folder and nothing else of ours, and ends when it must."""

import time
from pathlib import Path

import pytest

from briefings.walls import Limits, network_namespace, run_program

FEW = Limits(memory=1 << 30, cpu=5, wall=10)


def test_a_program_works_in_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is at home there, and sees no password."""
    monkeypatch.setenv("BRIEFINGS_MAIL__PASSWORD", "geheim-4711")
    assert run_program(["sh", "-c", "env > seen; echo $HOME $EXTRA >> seen"], tmp_path, FEW, {"EXTRA": "甲"})
    seen = (tmp_path / "seen").read_text()
    assert f"{tmp_path} 甲" in seen and "geheim" not in seen


def test_failure_is_told(tmp_path: Path) -> None:
    """One that ends badly, one that is not there, one that takes too long: each is False, in time."""
    assert not run_program(["sh", "-c", "exit 3"], tmp_path, FEW)
    assert not run_program(["no-such-program-anywhere"], tmp_path, FEW)
    started = time.monotonic()
    assert not run_program(["sh", "-c", "sleep 30 & sleep 30"], tmp_path, Limits(wall=1))
    assert time.monotonic() - started < 8


def test_what_it_leaves_behind_is_killed(tmp_path: Path) -> None:
    """Its children end with it."""
    assert run_program(["sh", "-c", "sleep 60 & echo $! > born"], tmp_path, FEW)
    process = int((tmp_path / "born").read_text())
    until = time.monotonic() + 10
    while Path(f"/proc/{process}/cmdline").exists() and time.monotonic() < until:
        if not Path(f"/proc/{process}/cmdline").read_bytes():
            break
        time.sleep(0.05)
    assert not Path(f"/proc/{process}/cmdline").exists() or not Path(f"/proc/{process}/cmdline").read_bytes()


def test_a_file_has_its_limit(tmp_path: Path) -> None:
    """It is stopped in writing more than it may."""
    limits = Limits(written=1 << 16)
    assert not run_program(["dd", "if=/dev/zero", "of=big", "bs=65536", "count=9"], tmp_path, limits)
    assert (tmp_path / "big").stat().st_size <= 1 << 16


@pytest.mark.skipif(not network_namespace(), reason="this system grants no network namespace")
def test_it_has_no_network(tmp_path: Path) -> None:
    """No interface but one that leads nowhere."""
    assert run_program(["sh", "-c", "cat /proc/net/dev > seen"], tmp_path, FEW)
    names = [row.partition(":")[0].strip() for row in (tmp_path / "seen").read_text().splitlines()[2:]]
    assert names in ([], ["lo"])
