"""The same briefing gives the same bytes in every format: again, in another process, elsewhere, on another day."""

import json
import os
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))  # as a program of its own it has no other way to them
import sample_briefings

from briefings import render
from briefings.records.briefing import Briefing, Theme
from briefings.records.codec import from_json, to_json
from briefings.records.fact import Fact

MAKES: tuple[tuple[str, Theme], ...] = (
    ("commission-plans-2020h1", "official"),
    ("wanghai-2020-2023-en", "modern"),
)
"""Both themes, both languages, charts of several shapes, masthead and contents."""
LATER = 40 * 86400
"""Seconds by which the clock of the second process is ahead."""


def digests(briefing: Briefing, facts: tuple[Fact, ...]) -> dict[str, str]:
    """The sha256 of every format."""
    made = {
        "pdf": render.pdf(briefing, sample_briefings.PACKED, facts),
        "docx": render.word(briefing, sample_briefings.PACKED),
        "html": render.html(briefing, sample_briefings.PACKED),
        "xlsx": render.workbook(briefing, facts),
    }
    return {ending: sha256(data).hexdigest() for ending, data in made.items()}


def kept(order: str, theme: Theme, path: Path) -> tuple[Briefing, tuple[Fact, ...]]:
    """A sample briefing and its facts, written where another process reads them."""
    briefing, facts = sample_briefings.briefing(order, theme), sample_briefings.facts(order)
    path.write_text("\n".join((to_json(briefing), *map(to_json, facts))), encoding="utf-8")
    return read(path)


def read(path: Path) -> tuple[Briefing, tuple[Fact, ...]]:
    """What ``kept`` wrote; a whole number may come back as one with a decimal point, so both processes read it."""
    briefing, *facts = path.read_text(encoding="utf-8").split("\n")
    return from_json(Briefing, briefing), tuple(from_json(Fact, fact) for fact in facts)


def elsewhere(path: Path, seed: str, zone: str, later: int) -> dict[str, str]:
    """The digests that a new process makes of what ``path`` keeps."""
    environment = {
        **os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C.UTF-8",
        "SOURCE_DATE_EPOCH": str(1_600_000_000 + later),
    }  # fmt: skip
    command = [sys.executable, __file__, str(path), str(later)]
    ran = subprocess.run(
        command,
        env=environment,
        cwd=path.parent,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert ran.returncode == 0, ran.stderr
    found: dict[str, str] = json.loads(ran.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize(("order", "theme"), MAKES)
def test_the_same_briefing_gives_the_same_bytes(order: str, theme: Theme, tmp_path: Path) -> None:
    """Twice in one process, and in two others with other hash seeds, time zones and clocks."""
    briefing, facts = kept(order, theme, tmp_path / "kept.jsonl")
    first = digests(briefing, facts)
    assert digests(briefing, facts) == first
    assert elsewhere(tmp_path / "kept.jsonl", "1", "Asia/Shanghai", 0) == first
    assert elsewhere(tmp_path / "kept.jsonl", "4711", "America/Los_Angeles", LATER) == first


def main(path: str, later: int) -> None:
    """What the other process does: set the clock ahead, read, render, print."""
    import time

    clock = time.time
    time.time = lambda: clock() + later
    print(json.dumps(digests(*read(Path(path)))))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
