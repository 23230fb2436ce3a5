"""What became of every number of a document: a fact, masked with the reason, or not understood."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from briefings.extract.findings import cell, drafts, frame_of, frames, is_read
from briefings.extract.lexer import Mark, Quantity
from briefings.extract.periods import Frame
from briefings.extract.spacing import squeezed
from briefings.extract.tables import Table, tables
from briefings.extract.watch import Watch
from briefings.records.coverage import Mention
from briefings.records.document import Document, Paragraph, Source, Span
from briefings.records.fact import Fact, Findings

_WIDTH = {**{0xFF10 + d: str(d) for d in range(10)}, 0xFF0E: ".", 0xFF05: "%", 0xFF0C: ","}
_NUM = r"\d+(?:,\d{3})*(?:\.\d+)?"
_MENTION = re.compile(rf"{_NUM}(?:[-—–~～]{_NUM})?")
_SKIPPED = {"title": "heading", "date": "dateline", "contents": "contents"}
_YEAR = re.compile(r"(?:19|20)\d\d")
_REFERENCE = re.compile(r"(?:[见附及、和(]|^)(?:表|图|附件|附表|专栏)\s?$|[附续][表图件]\s?$")


def coverage(document: Document, source: Source, findings: Findings) -> tuple[Mention, ...]:
    """The numbers of ``document`` in the order of the text, each with its one outcome.

    ``findings`` are those of the document as they stand, people's corrections included.
    """
    return tuple(_within(document.span, source, (document,), (findings,)))


def whole(source: Source, documents: Sequence[Document], findings: Sequence[Findings]) -> tuple[Mention, ...]:
    """The numbers of the whole ``source``; what stands in none of its ``documents`` is masked as ``outside``."""
    return tuple(_within(Span(0, len(source.text)), source, documents, findings))


def mentions(text: str) -> Iterator[tuple[int, int]]:
    """The places of all numbers in ``text``: full-width too, with thousands separators and decimals, ranges as one."""
    for found in _MENTION.finditer(text.translate(_WIDTH)):
        yield found.span()


def _within(
    span: Span, source: Source, documents: Sequence[Document], findings: Sequence[Findings]
) -> Iterator[Mention]:
    facts = _Held.of([fact for found in findings for fact in found.facts])
    readers = [_Reader.of(document, source) for document in documents]
    for at, stop in mentions(source.text):
        if stop <= span.start or at >= span.end:
            continue
        text = source.text[at:stop]
        fact = facts.at(at, stop)
        if fact is not None:
            yield Mention(at, stop, text, "fact", fact=fact.id)
            continue
        reader = next((r for r in readers if r.document.span.start <= at < r.document.span.end), None)
        reason = reader.reason(at, stop) if reader else "outside"
        yield Mention(at, stop, text, "masked" if reason else "unknown", reason)


@dataclass(slots=True)
class _Held:
    """Facts by place: ``reach`` is the furthest end up to each, so that a fact inside a longer one hides nothing."""

    facts: list[Fact]
    starts: list[int]
    reach: list[int]

    @classmethod
    def of(cls, facts: list[Fact]) -> "_Held":
        ordered = sorted(facts, key=lambda f: (f.start, f.end))
        reach, furthest = [], 0
        for fact in ordered:
            furthest = max(furthest, fact.end)
            reach.append(furthest)
        return cls(ordered, [f.start for f in ordered], reach)

    def at(self, start: int, end: int) -> Fact | None:
        """The first fact that holds a character of ``[start, end)``."""
        index = bisect_right(self.starts, end - 1) - 1
        found = None
        while index >= 0 and self.reach[index] > start:
            if self.facts[index].end > start:
                found = self.facts[index]
            index -= 1
        return found


@dataclass(slots=True)
class _Pieces:
    """The physical lines of a document's paragraphs by their place in the source."""

    starts: list[int]
    pieces: list[tuple[int, int, Paragraph]]
    """Source offset, offset in the paragraph, paragraph."""

    @classmethod
    def of(cls, document: Document) -> "_Pieces":
        pieces = sorted(
            ((place, at, paragraph) for paragraph in document.paragraphs for at, place in paragraph.pieces),
            key=lambda piece: piece[0],
        )
        return cls([p[0] for p in pieces], pieces)

    def at(self, place: int) -> tuple[Paragraph, int] | None:
        index = bisect_right(self.starts, place) - 1
        if index < 0:
            return None
        start, inner, paragraph = self.pieces[index]
        after = bisect_right(paragraph.pieces, inner, key=lambda piece: piece[0])
        length = (
            paragraph.pieces[after][0] if after < len(paragraph.pieces) else len(paragraph.text)
        ) - inner
        return (paragraph, inner + place - start) if place < start + length else None


@dataclass(slots=True)
class _Reader:
    """A document's paragraphs by place, read again with a watch when a number in them gave no fact."""

    document: Document
    source: Source
    frame: Frame
    tables: tuple[Table, ...]
    pieces: _Pieces
    frames: dict[int, Frame]
    seen: dict[int, "_Reasons"] = field(default_factory=dict)

    @classmethod
    def of(cls, document: Document, source: Source) -> "_Reader":
        frame = frame_of(document)
        return cls(
            document, source, frame, tables(document, source, frame), _Pieces.of(document), frames(document)
        )

    def reason(self, at: int, stop: int) -> str:
        """Why the number at ``at`` of the source is no fact; empty where nothing says it."""
        index = bisect_right(self.tables, at, key=lambda table: table.span.start) - 1
        if index >= 0 and at < self.tables[index].span.end:
            table = self.tables[index]
            return table.reason(at) or self._in_cell(table, at, stop)
        found = self.pieces.at(at)
        if found is None:
            return "caption"
        paragraph, offset = found
        if paragraph.repeated:
            return "repeated"
        if paragraph.kind in _SKIPPED:
            return _SKIPPED[paragraph.kind]
        if not is_read(paragraph):
            return ""
        key = id(paragraph)
        if key not in self.seen:
            self.seen[key] = _reasons(paragraph, self.frames.get(key, self.frame))
        reason = self.seen[key].over(offset, offset + stop - at)
        return reason or ("caption" if paragraph.kind == "caption" else "")

    def _in_cell(self, table: Table, at: int, stop: int) -> str:
        for span in table.texts:
            if span.start <= at < span.end:
                read = _reasons(cell(span, self.document, self.source), self.frame)
                return read.over(at - span.start, stop - span.start)
        return ""


def at_place(document: Document, place: int) -> tuple[Paragraph, int] | None:
    """The paragraph that holds the character at ``place`` of the source, and the offset in it; None for none."""
    return _Pieces.of(document).at(place)


def _reasons(paragraph: Paragraph, frame: Frame) -> "_Reasons":
    """What stands in ``paragraph`` that is no fact, with its reason (empty: not understood), in its coordinates."""
    watch = Watch()
    emitted = drafts(paragraph, frame, watch)
    line = watch.line
    assert line is not None
    found = [(m.start, m.end, m.reason) for m in watch.masked]
    for token in line.tokens:
        if isinstance(token, Mark):
            if token.kind != "stop":
                found.append((token.start, token.end, "date" if token.kind == "time" else "item"))
        else:
            found.append((token.start, token.end, _unread(token, line.text)))
    _, offsets = squeezed(paragraph.text)
    if offsets:
        found = [(offsets[a], offsets[b - 1] + 1, why) for a, b, why in found]
    rejected = [(d.quantity.start, d.quantity.end, "rejected") for d in emitted]
    return _Reasons.of([*rejected, *found])


@dataclass(frozen=True, slots=True)
class _Reasons:
    """Stretches with their reasons by place: a paragraph may be a whole document, and each number asks."""

    stretches: list[tuple[int, int, int, str]]
    """Start, rank (the first said wins), end, reason."""
    longest: int

    @classmethod
    def of(cls, found: list[tuple[int, int, str]]) -> "_Reasons":
        stretches = sorted((start, rank, end, why) for rank, (start, end, why) in enumerate(found))
        return cls(stretches, max((end - start for start, end, _ in found), default=0))

    def over(self, start: int, end: int) -> str:
        """The reason of the first stretch that holds a character of ``[start, end)``; empty for none."""
        first = bisect_left(self.stretches, (start - self.longest,))
        last = bisect_left(self.stretches, (end,))
        met = [(rank, why) for _, rank, b, why in self.stretches[first:last] if start < b]
        return min(met)[1] if met else ""


def _unread(quantity: Quantity, text: str) -> str:
    """The reason for which the grammar takes a quantity for none of its kinds; empty where there is none."""
    if quantity.unit is None and _REFERENCE.search(text, max(0, quantity.at - 3), quantity.at):
        return "reference"
    if quantity.sort == "duration":
        return "duration"
    if quantity.place:
        return "ordinal"
    if quantity.unit is None and quantity.high is None and _YEAR.fullmatch(quantity.value):
        return "date"
    return ""
