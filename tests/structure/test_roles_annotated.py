"""Roles against an annotation made by hand from the texts alone, where the real documents are at hand.

``roles/<file>.tsv`` holds one item a row: its first code point and the one after its last in the decoded file, its role,
and a note where the role needs a reason. The role ``?`` is honest doubt and is not scored. An item is one numbered or
run-in item, or a paragraph without numbering. The files quote nothing: the documents are other people's.
"""

import csv
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import get_args

import pytest

from briefings.records.document import Document, Role
from briefings.structure import read

ANNOTATIONS = Path(__file__).with_name("roles")
LEAST = 0.95
DOUBT = "?"


@dataclass(frozen=True, slots=True)
class Item:
    """One annotated item of ``file``."""

    file: str
    start: int
    end: int
    role: str
    note: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was read where an item stands: the role of most of its characters, "" where no paragraph covers it."""

    item: Item
    got: str
    words: str

    @property
    def right(self) -> bool:
        """Whether the reading agrees with the annotation."""
        return self.got == self.item.role


def items(path: Path) -> tuple[Item, ...]:
    """The annotated items of one file, in the order of the text."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        return tuple(
            Item(path.stem, int(r["start"]), int(r["end"]), r["role"], r["note"] or "") for r in rows
        )


def role_of_each_character(documents: tuple[Document, ...]) -> dict[int, Role]:
    """The role of the paragraph that holds it, for every code point of the source that stands in one."""
    roles: dict[int, Role] = {}
    for document in documents:
        for paragraph in document.paragraphs:
            pieces = (*paragraph.pieces, (len(paragraph.text), -1))
            for (at, source), (following, _) in pairwise(pieces):
                for offset in range(source, source + following - at):
                    roles[offset] = paragraph.role
    return roles


def judge(path: Path, source: Path) -> tuple[Verdict, ...]:
    """Every item of the annotation ``path`` beside what is read from ``source``; items in doubt are left out."""
    reading = read(source.read_bytes(), source.name)
    roles, text = role_of_each_character(reading.documents), reading.source.text
    verdicts = []
    for item in items(path):
        if item.role == DOUBT:
            continue
        found = Counter(roles[at] for at in range(item.start, item.end) if at in roles)
        got = found.most_common(1)[0][0] if found else ""
        verdicts.append(Verdict(item, got, text[item.start : item.start + 24].replace("\n", " ")))
    return tuple(verdicts)


def report(verdicts: tuple[Verdict, ...]) -> str:
    """Right ones by file and by role, then every miss with its place, what is right, what was read, and why."""
    lines = []
    for name, key in (
        ("file", lambda v: v.item.file),
        ("role", lambda v: v.item.role),
        ("all", lambda _: "all files"),
    ):
        total = Counter(key(v) for v in verdicts)
        right = Counter(key(v) for v in verdicts if v.right)
        lines += [
            f"{name:5} {k:28} {right[k]:4} of {n:4} right  {right[k] / n:.3f}"
            for k, n in sorted(total.items())
        ]
    for v in verdicts:
        if not v.right:
            lines.append(
                f"miss  {v.item.file} {v.item.start}-{v.item.end} is {v.item.role}, read as {v.got or 'nothing'}: "
                f"{v.words}… {v.item.note}".rstrip()
            )
    return "\n".join(lines)


@pytest.fixture(scope="module")
def verdicts(shared: Path) -> tuple[Verdict, ...]:
    """All scored items of all annotated documents."""
    paths = sorted(ANNOTATIONS.glob("*.tsv"))
    return tuple(v for path in paths for v in judge(path, shared / "sources" / f"{path.stem}.txt"))


@pytest.mark.parametrize("path", sorted(ANNOTATIONS.glob("*.tsv")), ids=lambda p: p.stem)
def test_annotation_is_well_formed(path: Path) -> None:
    """Items follow each other without overlap and carry a known role; doubt and surprise come with a reason."""
    last = 0
    for item in items(path):
        assert last <= item.start < item.end, item
        assert item.role in (*get_args(Role), DOUBT), item
        assert item.note or item.role != DOUBT, item
        last = item.end


def test_annotated_items_are_whole_stretches_of_the_texts(shared: Path) -> None:
    """Every item lies within its document, and neither starts nor ends with blank space."""
    for path in sorted(ANNOTATIONS.glob("*.tsv")):
        text = (shared / "sources" / f"{path.stem}.txt").read_bytes().decode("utf-8")
        for item in items(path):
            words = text[item.start : item.end]
            assert len(words) == item.end - item.start, item
            assert words == words.strip(), item


def test_enough_items_are_annotated() -> None:
    """At least 240 items are scored, from five documents, and each role is among them."""
    scored = [i for path in ANNOTATIONS.glob("*.tsv") for i in items(path) if i.role != DOUBT]
    assert len(scored) >= 240
    assert len({i.file for i in scored}) == 5
    assert {i.role for i in scored} == set(get_args(Role))


def test_roles_agree_with_the_annotation(verdicts: tuple[Verdict, ...]) -> None:
    """At least 95 of 100 items have the role that a person gave them."""
    right = sum(v.right for v in verdicts) / len(verdicts)
    print(report(verdicts))
    assert right >= LEAST, report(verdicts)
