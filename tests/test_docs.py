"""What is written about the project is true: commands exist, links lead somewhere, dependencies have their reasons."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

import briefings

DOCUMENTS = ("README.md", "ARCHITECTURE.md", "CHANGELOG.md")


def code(text: str) -> str:
    """What ``text`` (Markdown) shows as code: fenced blocks without their comments, and code spans."""
    blocks = re.findall(r"^```[^\n]*\n(.*?)^```", text, re.M | re.S)
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.M | re.S))
    return "\n".join([*(re.sub(r"(^|\s)#.*", "", block) for block in blocks), *spans])


def normal(name: str) -> str:
    """A distribution's name as PEP 503 writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def project(root: Path) -> dict[str, list[str]]:
    """The requirements of the project: for running, and for development."""
    table = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return {"run": table["dependencies"], **table["optional-dependencies"]}


def pins(root: Path) -> dict[str, str]:
    """The pinned version of each distribution in the lock file."""
    text = (root / "requirements.lock").read_text(encoding="utf-8")
    return {normal(name): version for name, version in re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", text, re.M)}


def test_code_of_markdown() -> None:
    """Code is found in blocks and spans, and comments are not taken for commands."""
    text = "Run `make one`.\n\n```sh\nmake two  # not make three\n# make four\n```\nNor make five.\n"
    assert re.findall(r"make (\w+)", code(text)) == ["two", "one"]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_commands_exist(root: Path, name: str) -> None:
    """Every command that a document shows exists: ``briefings …`` answers to --help, ``make …`` has its target."""
    text = code((root / name).read_text(encoding="utf-8"))
    targets = set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text(encoding="utf-8"), re.M))
    assert set(re.findall(r"(?:^|[\s;&])make ([a-z-]+)", text)) <= targets

    for command in sorted(set(re.findall(r"(?:^|[\s;&/])briefings ([a-z][a-z-]*)", text))):
        run = subprocess.run(
            [sys.executable, "-m", "briefings", command, "--help"],
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, f"{name}: briefings {command}: {run.stderr}"


def test_readme_shows_commands(root: Path) -> None:
    """The README shows the two commands that everything begins with."""
    text = code((root / "README.md").read_text(encoding="utf-8"))
    assert "make demo" in text
    assert "make test" in text


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_lead_somewhere(root: Path, name: str) -> None:
    """Every relative link and picture exists, and every anchor is a heading."""
    text = (root / name).read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)\s]+)[^)]*\)", text) + re.findall(r'(?:src|href)="([^"]+)"', text)
    broken = []
    for link in links:
        if re.match(r"[a-z]+:", link):
            continue
        path, _, anchor = link.partition("#")
        target = root / path if path else root / name
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


def anchors(path: Path) -> set[str]:
    """The anchors of the headings of a Markdown file, as GitHub makes them."""
    headings = re.findall(r"^#+ +(.+?)\s*$", path.read_text(encoding="utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_architecture_is_short(root: Path) -> None:
    """ARCHITECTURE.md is two pages: no more than 1,400 words, a Chinese character counted as one."""
    text = (root / "ARCHITECTURE.md").read_text(encoding="utf-8")
    assert len(re.findall(r"[\u4e00-\u9fff]|[^\s\u4e00-\u9fff]+", text)) <= 1400


def test_architecture_knows_the_rooms(root: Path) -> None:
    """ARCHITECTURE.md names every room and every top-level module of the program."""
    text = (root / "ARCHITECTURE.md").read_text(encoding="utf-8")
    names = {path.parent.name for path in (root / "briefings").glob("*/__init__.py")}
    names |= {path.stem for path in (root / "briefings").glob("[a-z]*.py")}
    assert {name for name in names if name not in text} == set()


def test_version_is_told(root: Path) -> None:
    """The version is the same in the package and the project, and the changelog has a heading for it."""
    table = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    assert table["project"]["version"] == briefings.__version__
    changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## .*\b{re.escape(briefings.__version__)}\b", changelog, re.M)


def test_dependencies_have_reasons(root: Path) -> None:
    """Every dependency stands on its own line, with the reason for it."""
    text = (root / "pyproject.toml").read_text(encoding="utf-8")
    for requirement in (requirement for group in project(root).values() for requirement in group):
        line = re.search(rf'^ *"{re.escape(requirement)}",(.*)$', text, re.M)
        assert line, requirement
        assert re.fullmatch(r" +# \w.{3,}", line[1]), f"{requirement} has no reason"


def test_lock_pins_everything(root: Path) -> None:
    """The lock file pins every dependency within the bounds of pyproject.toml, each with hashes."""
    pinned = pins(root)
    for requirement in (requirement for group in project(root).values() for requirement in group):
        name = normal(re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0])
        assert name in pinned, f"{name} is not locked; run make lock"
        for sign, bound in re.findall(r"(>=|==|<)\s*([\d.]+)", requirement):
            have, want = numbers(pinned[name]), numbers(bound)
            fits = {">=": have >= want, "==": have == want, "<": have < want}[sign]
            assert fits, f"{name} {pinned[name]} does not fit {requirement}; run make lock"

    text = (root / "requirements.lock").read_text(encoding="utf-8")
    entries = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.M)
    assert [entry for entry in entries if "==" in entry and "--hash=sha256:" not in entry] == []


def numbers(version: str) -> tuple[int, ...]:
    """A version as numbers, to be compared."""
    return tuple(map(int, version.split(".")))


def test_lock_names_no_host(root: Path) -> None:
    """The lock file names no host and no index: where packages come from is the machine's business."""
    text = (root / "requirements.lock").read_text(encoding="utf-8")
    assert re.findall(r"^.*(?:://|--(?:extra-)?index|--find-links|--trusted-host).*$", text, re.M) == []
