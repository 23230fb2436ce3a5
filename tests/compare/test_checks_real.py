"""The checks of the collection of real documents: what is known to fit there is recorded, what is known not to fit is found."""

import re
from functools import cache
from pathlib import Path

from briefings import extract, structure
from briefings.compare import checks
from briefings.records.check import Check
from briefings.records.document import Document, Source
from briefings.records.fact import Fact

AGREEING = """
15.17 7.95 23.12
144 265 54.3
102 180 56.7
44 20 30 88
167.97 251.81 66.7
214.3 407 52.7
977.08 1128.13 86.61
131.67 135.58 97.12
758 1995 61
71 29 100
20 4 24
"""
"""The terms and the number they make, of each relation that a reader has verified by hand."""
DISAGREEING = """
312 288 833
61 92 64.1
23.86 23.63
"""
"""The same of each relation that a reader has found broken; there is no other."""
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@cache
def found(folder: Path) -> tuple[tuple[Check, ...], dict[str, Source]]:
    """The checks of all documents together, and their sources."""
    documents: list[Document] = []
    facts: list[Fact] = []
    sources: dict[str, Source] = {}
    for path in sorted(folder.glob("*.txt")):
        reading = structure.read(path.read_bytes(), path.name)
        sources[reading.source.sha256] = reading.source
        documents += reading.documents
        for document in reading.documents:
            facts += extract.find(document, reading.source).facts
    return checks(documents, facts, sources), {d.id: sources[d.sha256] for d in documents}


def written(check: Check, sources: dict[str, Source]) -> list[str]:
    """The numbers that a check sets against each other, as the sources write them."""
    return [
        number
        for statement in check.statements
        for span in statement.numbers
        for number in _NUMBER.findall("".join(sources[statement.document].text[slice(*span)].split()))
    ]


def relations(table: str) -> list[list[str]]:
    """The rows of a table, each in the order of its numbers."""
    return [sorted(row.split()) for row in table.strip().splitlines()]


def test_what_fits_is_recorded(shared: Path) -> None:
    """Every relation verified by hand is among the checks that agree, with the numbers as they are written."""
    made, sources = found(shared / "sources")
    agreeing = [sorted(written(c, sources)) for c in made if c.verdict == "agrees"]
    assert [row for row in relations(AGREEING) if row not in agreeing] == []


def test_what_does_not_fit_is_found_and_nothing_else_is_held_against_the_sources(shared: Path) -> None:
    """Exactly the broken relations disagree; another one that appears here must be looked at by a person."""
    made, sources = found(shared / "sources")
    disagreeing = [sorted(written(c, sources)) for c in made if c.verdict == "disagrees"]
    assert sorted(disagreeing) == sorted(relations(DISAGREEING))


def test_statements_stand_where_they_say(shared: Path) -> None:
    """Each sentence is the source's, its numbers lie inside it, and the number that is checked is the one stated."""
    made, sources = found(shared / "sources")
    assert len(made) >= 25
    for check in made:
        for statement in check.statements:
            text = sources[statement.document].text
            assert "".join(text[slice(*statement.span)].split()) == "".join(statement.text.split())
            assert statement.place == sources[statement.document].place(statement.span.start)
            for number in statement.numbers:
                assert statement.span.start <= number.start < number.end <= statement.span.end
        first = check.statements[0]
        said = sources[first.document].text[slice(*first.numbers[0])]
        assert _NUMBER.findall(check.stated)[0] in said
