"""The sentences of a document as they can be promised or answer a promise: each with its place, numbers and words."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from briefings.compare import wording
from briefings.compare.texts import Said
from briefings.records.document import Document, Paragraph, Role, Span
from briefings.records.fact import Fact, Measure

_SENTENCE = re.compile(r"[^。！？!?；;]+[。！？!?；;]*[”’』」）)]*")
_CLAUSE = re.compile(r"[^，,]+")
_SHORTEST = 5
_EDGES = " \t\r\n\u3000\ufeff，,；;、。"


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch between commas of a statement's text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """One sentence, or what stands between semicolons: ``measure.text`` are its words, ``start`` where they begin in ``paragraph``.

    ``facts`` are those inside; ``opens`` says that it only names what the sentences behind it tell (a run-in heading).
    """

    measure: Measure
    document: Document
    paragraph: Paragraph
    start: int
    facts: tuple[Fact, ...]
    said: Said
    opens: bool

    @property
    def text(self) -> str:
        """Its words."""
        return self.measure.text

    def offset(self, source: int) -> int:
        """The place in ``text`` of the code point ``source`` of the source."""
        at = bisect_right(self.paragraph.pieces, source, key=lambda p: p[1]) - 1
        offset, begin = self.paragraph.pieces[max(at, 0)]
        return offset + source - begin - self.start

    def part(self, start: int, end: int) -> Measure:
        """The words from ``start`` to ``end`` as a measure of their own, without blanks and commas at their ends."""
        while start < end and self.text[start] in _EDGES:
            start += 1
        while end > start + 1 and self.text[end - 1] in _EDGES:
            end -= 1
        span = self.paragraph.span(self.start + start, self.start + end)
        inside = tuple(f.id for f in self.facts if span.start <= f.start < span.end)
        text = self.text[start:end]
        return replace(self.measure, span=span, text=text, headline=text, facts=inside)

    def clauses(self) -> tuple[Clause, ...]:
        """Its clauses; a comma inside a number or a bracket parts none."""
        found: list[Clause] = []
        for match in _CLAUSE.finditer(self.text):
            joined = found and _belongs(self.text, found[-1], match.start())
            if joined:
                last = found.pop()
                found.append(Clause(self.text[last.start : match.end()], last.start, match.end()))
            else:
                found.append(Clause(match[0], match.start(), match.end()))
        return tuple(found)


def statements(
    document: Document, facts: Sequence[Fact], measures: Sequence[Measure], roles: Iterable[Role]
) -> tuple[Statement, ...]:
    """The sentences of the measures of ``document`` in these ``roles``, in the order of the text."""
    paragraphs = sorted((p for p in document.paragraphs if p.text), key=lambda p: p.pieces[0][1])
    starts = [p.pieces[0][1] for p in paragraphs]
    own = sorted((f for f in facts if f.document == document.id), key=lambda f: f.start)
    places = [f.start for f in own]
    wanted = frozenset(roles)
    found: list[Statement] = []
    for measure in measures:
        if measure.document != document.id or measure.role not in wanted:
            continue
        paragraph = paragraphs[max(0, bisect_right(starts, measure.span.start) - 1)]
        for start, end, opens in _sentences(measure, paragraph):
            span = paragraph.span(start, end)
            inside = tuple(own[bisect_left(places, span.start) : bisect_left(places, span.end)])
            text = paragraph.text[start:end]
            said = replace(
                measure,
                id=f"{measure.id}:{span.start}",
                span=Span(*span),
                text=text,
                headline=text,
                facts=tuple(f.id for f in inside),
            )
            found.append(Statement(said, document, paragraph, start, inside, Said.of(text, text), opens))
    return tuple(found)


def _sentences(measure: Measure, paragraph: Paragraph) -> Iterator[tuple[int, int, bool]]:
    """The stretches of ``paragraph`` that are sentences of ``measure``; the first of several may be its run-in heading."""
    begin = paragraph.text.find(measure.text)
    if begin < 0:
        return
    spans = []
    for match in _SENTENCE.finditer(paragraph.text, begin, begin + len(measure.text)):
        start, end = match.start(), match.end()
        while start < end and paragraph.text[start] in _EDGES:
            start += 1
        while end > start and paragraph.text[end - 1] in _EDGES:
            end -= 1
        start += len(paragraph.text[start:end]) - len(wording.without_number(paragraph.text[start:end]))
        if end - start >= _SHORTEST:
            spans.append((start, end))
    heading = wording.without_number(measure.path[-1]).rstrip(_EDGES) if measure.path else ""
    for n, (start, end) in enumerate(spans):
        opens = n == 0 and len(spans) > 1 and paragraph.text[start:end] == heading
        yield start, end, opens


def _belongs(text: str, before: Clause, start: int) -> bool:
    """Whether the comma between ``before`` and ``start`` stands inside a number, a bracket or a quotation."""
    if text[start - 2 : start - 1].isdigit() and text[start : start + 3].isdigit():
        return True
    return any(before.text.count(a) > before.text.count(b) for a, b in ("（）", "()", "《》", "“”"))
