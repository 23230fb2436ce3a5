"""A source file, its text settled once, and the documents found in it.

All offsets are half-open spans of code points in ``Source.text``, which is never edited. For a text file it is
the file decoded and nothing else: line ends, spaces, full-width characters and a UTF-8 byte order mark stay.
"""

from bisect import bisect_right
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, NamedTuple

from briefings.records.problem import Problem

Media = Literal["txt", "html", "docx", "pdf"]
Role = Literal["done", "problem", "plan", "question", "boilerplate"]
"""What a passage is for: work that was done, a problem, what comes next, a question put, or formula."""
ParagraphKind = Literal["title", "date", "contents", "heading", "body", "caption", "cell"]
Genre = Literal["summary", "press", "ranking", "report", "communique", "other"]


class Span(NamedTuple):
    """A half-open range of code points ``[start, end)`` of a source's text."""

    start: int
    end: int


class Place(NamedTuple):
    """Where a stretch of the text stands in the original: ``label`` is for people ("第3页", "第12段", "表2 第3行第2列")."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table; ``row`` and ``column`` count from 0, spanned cells are repeated with the same span."""

    row: int
    column: int
    span: Span
    header: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table of the original, its cells being spans of the text; ``caption`` is the line above it, if any."""

    span: Span
    cells: tuple[Cell, ...]
    caption: Span | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """An original with its settled text: what the room ``structure`` reads out of bytes.

    ``places`` are ordered and do not overlap. ``encoding`` is None where the format settles it (docx, pdf).
    """

    sha256: str
    name: str
    media: Media
    text: str
    places: tuple[Place, ...] = ()
    grids: tuple[Grid, ...] = ()
    encoding: str | None = None
    problems: tuple[Problem, ...] = ()

    def place(self, offset: int) -> str:
        """The label of the place that holds ``offset``; the line number where the format has no better address."""
        index = bisect_right(self.places, offset, key=lambda p: p.start) - 1
        if index >= 0 and offset < self.places[index].end:
            return self.places[index].label
        return f"第{self.text.count(chr(10), 0, offset) + 1}行"


BY_HAND = "override"
"""The rule of an attribute that a person set, alone or before a colon and who it was."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """One piece of metadata with its evidence: the span it was read from, or the rule that concluded it."""

    value: str
    rule: str
    span: Span | None = None

    @property
    def by_hand(self) -> bool:
        """Whether a person set it."""
        return self.rule.partition(":")[0] == BY_HAND


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A logical line: hard-wrapped physical lines joined, with the map back to the source.

    ``text`` is the joined text without the line breaks. ``pieces`` are ``(offset in text, offset in source)`` pairs,
    ascending, one a physical line. ``section`` indexes ``Document.sections`` (-1 before the first), ``turn`` indexes
    ``Document.turns`` (-1 for none). ``repeated`` marks a passage that stands earlier in the same source already:
    it is kept but yields no facts of its own.
    """

    text: str
    pieces: tuple[tuple[int, int], ...]
    kind: ParagraphKind = "body"
    role: Role = "done"
    section: int = -1
    turn: int = -1
    repeated: bool = False

    def source_offset(self, offset: int) -> int:
        """The code point in the source of the character at ``offset`` of ``text``."""
        if len(self.pieces) == 1:
            return self.pieces[0][1] + offset - self.pieces[0][0]
        at, source = self.pieces[bisect_right(self.pieces, offset, key=lambda p: p[0]) - 1]
        return source + offset - at

    def span(self, start: int, end: int) -> Span:
        """The source span of ``text[start:end]``; it may hold a line break. ``start < end`` is required."""
        return Span(self.source_offset(start), self.source_offset(end - 1) + 1)


@dataclass(frozen=True, slots=True)
class Section:
    """A node of the outline. ``level`` counts from 1; ``number`` is as written ("一、", "（二）", "3.", "一是");
    ``parent`` indexes ``Document.sections`` (-1 for none); ``heading`` is the words without the number (for a run-in
    heading the first sentence of the item); ``span`` reaches to the end of the section's last paragraph."""

    level: int
    number: str
    heading: str
    heading_span: Span
    span: Span
    role: Role
    parent: int = -1


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's turn at a press conference."""

    speaker: str
    part: Literal["host", "reporter", "official"]
    span: Span


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a source (a compilation holds several) with its structure and metadata.

    ``id`` is ``<first 12 of the source's sha256>-<ordinal from 1>``. ``title`` may be made up ("（无题）…") and says so by
    its rule. ``issuer`` is the canonical name. ``period`` is like ``2021-H1``, ``2021-Q2``, ``2021``. ``published`` is ISO.
    ``flags``: ``cut_short`` (the text breaks off), ``repeated_text``, ``title_missing`` …
    """

    id: str
    sha256: str
    name: str
    ordinal: int
    span: Span
    title: Attribute
    issuer: Attribute | None
    place: Attribute | None
    period: Attribute | None
    published: Attribute | None
    genre: Genre
    sections: tuple[Section, ...] = ()
    turns: tuple[Turn, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    grids: tuple[Grid, ...] = ()
    flags: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    def heading_path(self, section: int) -> tuple[str, ...]:
        """The headings from the top down to ``section``, numbers included; empty for -1."""
        path: list[str] = []
        while section >= 0:
            node = self.sections[section]
            path.append(node.number + node.heading)
            section = node.parent
        return tuple(reversed(path))


@dataclass(frozen=True, slots=True)
class Reading:
    """What ``structure`` gives for one source: its documents, and what a compilation announces but does not hold."""

    source: Source
    documents: tuple[Document, ...]
    absent: tuple[str, ...] = ()
    """Titles of the contents that were not found in the body."""
    problems: tuple[Problem, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Original:
    """A file as it came in, kept byte for byte under its sha256; ``known`` when the same bytes had been kept before."""

    sha256: str
    name: str
    size: int
    path: Path
    known: bool
