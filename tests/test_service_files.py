"""What runs the service elsewhere: the systemd unit and the Dockerfile say what is true."""

import re
import shutil
import subprocess
from configparser import RawConfigParser
from pathlib import Path

import pytest


def packages(root: Path) -> set[str]:
    """The Debian packages that the program needs, as its set-up names them."""
    found = re.findall(r"^    need (\S+)", (root / ".ci" / "setup.sh").read_text(encoding="utf-8"), re.M)
    return {name for name in found if name not in ("python3-venv",)}


def test_the_unit_is_what_systemd_understands(root: Path, tmp_path: Path) -> None:
    """No unknown key, no wrong value; the program and the user are put in, for they are not on this machine."""
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd is not installed")
    text = (root / "templates" / "service" / "briefings.service").read_text(encoding="utf-8")
    assert text.count("/opt/briefings/bin/briefings ") == 1
    unit = tmp_path / "briefings.service"
    here = text.replace("/opt/briefings/bin/briefings ", "/bin/true ").replace("=briefings\n", "=root\n")
    unit.write_text(here, encoding="utf-8")
    ran = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(unit)], capture_output=True, text=True, check=False
    )
    said = [line for line in ran.stderr.splitlines() if "briefings.service" in line]
    assert (ran.returncode, said) == (0, [])


def test_the_unit_keeps_the_service_in_bounds(root: Path) -> None:
    """The walls are there, and what reads files may still go into a network namespace of its own."""
    unit = RawConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]  # keys of systemd have capital letters
    unit.read(root / "templates" / "service" / "briefings.service", encoding="utf-8")
    service = dict(unit["Service"])
    assert service["NoNewPrivileges"] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert service["CapabilityBoundingSet"] == ""
    assert service["RestrictNamespaces"].split() == ["user", "net"]
    assert service["Restart"] == "on-failure"
    assert (service["KillMode"], service["KillSignal"]) == ("mixed", "SIGTERM")
    assert service["MemoryMax"] == "3G"


def test_the_image_has_what_the_program_needs(root: Path) -> None:
    """The packages of the set-up, nobody's rights, a check of its health, and only files that are there."""
    text = (root / "templates" / "service" / "Dockerfile").read_text(encoding="utf-8")
    final = text.split("\nFROM ")[-1]
    for_tests = {"poppler-utils", "libreoffice-writer-nogui", "postgresql", "chromium", "libatomic1"}
    assert packages(root) - for_tests >= {"fontconfig", "fonts-noto-cjk"}
    for package in packages(root):
        if package not in for_tests:
            assert re.search(rf"\s{re.escape(package)}\s", final), package
    steps = re.findall(r"^([A-Z]+) ", text, re.M)
    assert set(steps) <= {
        *("FROM", "RUN", "WORKDIR", "COPY", "ENV", "USER", "VOLUME", "EXPOSE", "STOPSIGNAL"),
        *("HEALTHCHECK", "CMD", "ENTRYPOINT"),
    }
    assert steps.index("USER") < steps.index("ENTRYPOINT")
    assert "/healthz" in final
    ignored = (root / "templates" / "service" / "Dockerfile.dockerignore").read_text(encoding="utf-8")
    for name in re.findall(r"^!(\S+)", ignored, re.M):
        assert (root / name).exists(), name
