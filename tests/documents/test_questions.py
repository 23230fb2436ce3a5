"""A subject-matter reader's questions are answered in the sample briefings, with the numbers and the words."""

import tomllib
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from briefings import gathering, pipeline, settings
from briefings.records.briefing import (
    Block,
    Briefing,
    Bullets,
    Callout,
    Cite,
    Figure,
    Heading,
    Line,
    Paragraph,
    Quotation,
    Table,
    Tiles,
)
from briefings.store import open_store

QUESTIONS = tomllib.loads((Path(__file__).parent / "questions.toml").read_text(encoding="utf-8"))["question"]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Briefing]:
    """The Chinese sample briefings, by kind."""
    home = tmp_path_factory.mktemp("questions")
    samples = Path(str(resources.files("briefings"))) / "data" / "samples"
    given = settings.parse((samples / "briefings.toml").read_text(encoding="utf-8"), home)
    store = open_store(home / "store.sqlite3")
    files = sorted(p for p in samples.iterdir() if p.suffix in (".txt", ".docx", ".html", ".pdf"))
    pipeline.take_in(files, given, store, now="2023-12-01T00:00:00+08:00")
    return {
        o.kind: gathering.composed(gathering.gathered(o, given, store))
        for o in given.orders
        if o.language == "zh"
    }


def said(line: Line) -> str:
    """A line as words, without its references."""
    return "".join(p.text for p in line if not isinstance(p, Cite))


def lines(block: Block) -> Iterator[str]:
    """What a block says, a row or an item each."""
    match block:
        case Paragraph():
            yield said(block.line)
        case Bullets() | Callout():
            yield from map(said, block.items)
        case Tiles():
            yield from (f"{t.label}{t.value.text}{t.unit}{said(t.note)}" for t in block.items)
        case Quotation():
            yield said(block.line)
        case Table():
            yield from (" | ".join(map(said, row)) for row in block.rows)
        case Figure():
            yield f"{said(block.title)} {block.alt}"


def place(briefing: Briefing, where: str) -> list[str]:
    """What is said in a place of the briefing, see questions.toml."""
    found: list[str] = []
    under = False
    for block in briefing.blocks:
        if isinstance(block, Heading):
            under = block.id == where
        elif (
            under
            or (isinstance(block, Table | Figure) and block.id == where)
            or (isinstance(block, Callout) and block.tone == where)
            or (isinstance(block, Paragraph) and block.style == where)
            or (isinstance(block, Tiles) and where == "tiles")
            or (isinstance(block, Figure) and where == "figure")
        ):
            found += lines(block)
    return found


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: f"{q['kind']}: {q['asks']}")
def test_the_question_is_answered(made: dict[str, Briefing], question: dict[str, Any]) -> None:
    """Every word of the answer stands in its place; in one row or line where it must."""
    told = place(made[question["kind"]], question["place"])
    assert told, f"there is no {question['place']}"
    places = told if question.get("together") else ["\n".join(told)]
    assert any(all(w in t for w in question["words"]) for t in places), "\n".join(told)


def test_every_kind_is_asked_enough() -> None:
    """Six questions or more for each of the five kinds."""
    asked = [q["kind"] for q in QUESTIONS]
    assert {k: asked.count(k) >= 6 for k in asked} == dict.fromkeys(
        ("digest", "yoy", "peers", "history", "tracker"), True
    )
