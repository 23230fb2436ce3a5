"""A document made of one or more lines, its facts, and whether two names name the same thing."""

import hashlib

from briefings.extract import find
from briefings.records.document import Attribute, Document, Paragraph, Role, Source, Span
from briefings.records.fact import Fact, Findings


def findings_of(*lines: str, period: str = "2024", role: Role = "done", wrap: int = 0) -> Findings:
    """The findings of a document with one paragraph a line; ``wrap`` breaks each line after so many characters."""
    physical, paragraphs, at = [], [], 0
    for line in lines:
        rows = [line[i : i + wrap] for i in range(0, len(line), wrap)] if wrap else [line]
        pieces, joined = [], 0
        for row in rows:
            pieces.append((joined, at))
            joined, at = joined + len(row), at + len(row) + 1
        physical += rows
        paragraphs.append(Paragraph(line, tuple(pieces), role=role))
    text = "\n".join(physical)
    sha = hashlib.sha256(text.encode()).hexdigest()
    source = Source(sha, "line.txt", "txt", text)
    when = Attribute(period, "given") if period else None
    document = Document(
        f"{sha[:12]}-1", sha, "line.txt", 1, Span(0, len(text)), Attribute("题", "given"), None, None, when, None,
        "other", paragraphs=tuple(paragraphs),
    )  # fmt: skip
    found = find(document, source)
    for fact in found.facts:
        assert text[fact.start : fact.end] == fact.surface
    return found


def facts_of(*lines: str, period: str = "2024", role: Role = "done") -> tuple[Fact, ...]:
    """The facts of lines."""
    return findings_of(*lines, period=period, role=role).facts


def same_name(wanted: str, got: str) -> bool:
    """Whether two names share most of their character pairs, or one holds the other and is not much longer."""
    a, b = ("".join(c for c in name if c not in "“”、,的和与及了《》()") for name in (wanted, got))
    if a in b or b in a:
        return min(len(a), len(b)) >= 0.4 * max(len(a), len(b))
    pairs = [{name[i : i + 2] for i in range(len(name) - 1)} for name in (a, b)]
    return 2 * len(pairs[0] & pairs[1]) >= 0.55 * (len(pairs[0]) + len(pairs[1]))


def rows(table: str) -> list[list[str]]:
    """The rows of a table, each split at its spaces."""
    return [line.split() for line in table.splitlines() if line.strip()]


def check(sentence: str, table: str) -> None:
    """Assert that a sentence gives exactly the facts of its table: ``kind value unit name [basis]`` a row."""
    expected, found = rows(table), facts_of(sentence)
    assert [(f.kind, f.value, f.unit or "-") for f in found] == [(r[0], r[1], r[2]) for r in expected]
    for fact, row in zip(found, expected, strict=True):
        assert same_name(row[3], fact.indicator), (row, fact.indicator)
        if len(row) > 4 and row[4] != "-":
            assert fact.basis is not None and (row[4] in fact.basis or fact.basis in row[4]), (
                row,
                fact.basis,
            )
