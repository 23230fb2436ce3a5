"""Paragraphs with the numbers in them: what the rules of the checks read."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from briefings.compare.quantity import Quantity, of_fact, quantity
from briefings.records.document import Document, Paragraph, Span
from briefings.records.fact import Fact

_STOP = re.compile(r"[。！？!?]")
_OTHER = re.compile(
    r"(?<![\d.])(\d+(?:\.\d+)?)((?:万|亿)?(?:美元|元|[个家户人名条项件处所座只台套辆艘支场笔起]|亩|吨))(?!以[上下内])"
)
_LONGEST_CLAUSE = 160
REACH = 16
"""How many numbers back a rule looks for its terms; what stands further off is not meant."""
_BREAK = re.compile(r"[,，;；。、:：()（）]")


@dataclass(frozen=True, slots=True)
class Term:
    """A number with its place: ``start`` and ``end`` count in the passage's text, spans in the source's."""

    quantity: Quantity
    document: str
    start: int
    end: int
    span: Span
    sentence: Span
    fact: Fact | None = None

    @property
    def name(self) -> str:
        """What is measured, in the lexicon's words where it has them."""
        return (self.fact.canonical or self.fact.indicator) if self.fact else ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph: its logical text, its numbers in order, and for each the sentence (start, end) it stands in."""

    document: str
    text: str
    terms: tuple[Term, ...]
    sentences: tuple[tuple[int, int], ...]

    def before(self, index: int) -> str:
        """The words between the number before in the same sentence (or its start) and number ``index``."""
        start = self.sentences[index][0]
        if index and self.sentences[index - 1] == self.sentences[index]:
            start = max(start, self.terms[index - 1].end)
        start = max(start, self.terms[index].start - _LONGEST_CLAUSE)
        return self.text[start : self.terms[index].start]

    def after(self, index: int) -> str:
        """The words from number ``index`` to the next in the same sentence, or its end."""
        end = self.sentences[index][1]
        if index + 1 < len(self.terms) and self.sentences[index + 1] == self.sentences[index]:
            end = min(end, self.terms[index + 1].start)
        end = min(end, self.terms[index].end + _LONGEST_CLAUSE)
        return self.text[self.terms[index].end : end]

    def clause(self, index: int) -> str:
        """The words of the clause before number ``index``, other numbers included."""
        start = max(self.sentences[index][0], self.terms[index].start - _LONGEST_CLAUSE)
        text = self.text[start : self.terms[index].start]
        return _BREAK.split(text)[-1]

    def between(self, one: int, other: int) -> str:
        """The text between numbers ``one`` and ``other``."""
        return self.text[self.terms[one].end : self.terms[other].start]


def passages(document: Document, facts: Sequence[Fact]) -> tuple[Passage, ...]:
    """The paragraphs of ``document`` that hold numbers; ``facts`` are its own, in any order."""
    ordered = sorted(facts, key=lambda f: (f.start, f.end))
    starts = [f.start for f in ordered]
    found = []
    for paragraph in document.paragraphs:
        if not paragraph.text or paragraph.repeated or paragraph.kind == "cell":
            continue
        span = paragraph.span(0, len(paragraph.text))
        own = ordered[bisect_right(starts, span.start - 1) : bisect_right(starts, span.end - 1)]
        passage = _passage(document.id, paragraph, own)
        if passage.terms:
            found.append(passage)
    return tuple(found)


def _passage(document: str, paragraph: Paragraph, facts: Sequence[Fact]) -> Passage:
    text = paragraph.text
    bounds = [0, *(m.end() for m in _STOP.finditer(text)), len(text)]
    taken: list[tuple[int, int, Quantity, Fact | None]] = []
    for fact in facts:
        number = of_fact(fact)
        start, end = _offset(paragraph, fact.start), _offset(paragraph, fact.end - 1) + 1
        if number is not None and (not taken or start >= taken[-1][1]):
            taken.append((start, end, number, fact))
    if taken:
        taken += _unread(text, taken)
        taken.sort(key=lambda t: t[0])
    terms, sentences = [], []
    for start, end, number, fact_or_none in taken:
        at = bisect_right(bounds, start) - 1
        sentence = (bounds[at], bounds[min(at + 1, len(bounds) - 1)])
        place = paragraph.span(*sentence)
        terms.append(Term(number, document, start, end, paragraph.span(start, end), place, fact_or_none))
        sentences.append(sentence)
    return Passage(document, text, tuple(terms), tuple(sentences))


def _unread(
    text: str, taken: Sequence[tuple[int, int, Quantity, Fact | None]]
) -> list[tuple[int, int, Quantity, Fact | None]]:
    """Counted and paid numbers that are no facts: a total may stand inside a quoted name."""
    covered = {i for start, end, _, _ in taken for i in range(start, end)}
    found: list[tuple[int, int, Quantity, Fact | None]] = []
    for match in _OTHER.finditer(text):
        if match.start() in covered or match.end() - 1 in covered:
            continue
        number = quantity(match[1], match[2], written=match[0])
        if number is not None:
            found.append((match.start(), match.end(), number, None))
    return found


def _offset(paragraph: Paragraph, source: int) -> int:
    """The place in ``paragraph.text`` of the code point ``source`` of the source."""
    at = bisect_right(paragraph.pieces, source, key=lambda p: p[1]) - 1
    offset, start = paragraph.pieces[max(at, 0)]
    return offset + source - start
