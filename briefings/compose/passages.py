"""Finds and cuts the words of a document: sentences to cite, clauses to quote, always with their span."""

import re
from bisect import bisect_right
from dataclasses import dataclass

from briefings.compose.wording import full_width
from briefings.records.briefing import Quote
from briefings.records.document import Document, Paragraph, Span
from briefings.records.fact import Fact, Measure

_SENTENCE_END = re.compile(r"[。！？!?]+[”’』」）)]*")
_CLAUSE_END = re.compile(r"[,，;；。！？!?]")
_PAIRS = {"”": "“", "’": "‘", "》": "《", "）": "（", ")": "("}
_NUMBERING = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}(?:是要?|要)|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]"
    r"|\d{1,2}[.．、](?!\d)|第[一二三四五六七八九十]{1,2}[，,、]|首先[，,]|其次[，,]|其中[，,]|[比例]如[，,]?)\s*"
)


_LABEL = re.compile(r"[^，。；：,;:“”]{2,12}[:：]")
_RESPECTIVELY = re.compile(r"[,，]分别")
"""Such a clause speaks of all that the clauses before it name: it is quoted with them or not at all."""
_SEEN = r"(?:也要?|还要?|要)?清醒地?(?:看到|认识到)[,，]"
_TURN = re.compile(rf"[^。]{{0,40}}?(?:但是?|然而|不过)[,，]?(?:我们|工作中|同时)?(?:{_SEEN})?|{_SEEN}")
_GENERIC = re.compile(
    r"^.{0,10}(?:问题|困难|不足|短板|差距|打算|计划|安排|思路|举措|情况|建议|工作)(?:和.{2,8}|及.{2,8})?[:：]?$"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one paragraph: ``paragraph.text[start:end]``."""

    paragraph: Paragraph
    start: int
    end: int

    @property
    def text(self) -> str:
        """The logical text of the stretch."""
        return self.paragraph.text[self.start : self.end]

    @property
    def span(self) -> Span:
        """Its place in the source."""
        return self.paragraph.span(self.start, self.end)


class Passages:
    """A document's paragraphs, found by their place in the source."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._paragraphs = sorted((p for p in document.paragraphs if p.text), key=lambda p: p.pieces[0][1])
        self._starts = [p.pieces[0][1] for p in self._paragraphs]

    def at(self, offset: int) -> tuple[Paragraph, int]:
        """The paragraph that holds the source's ``offset``, and the offset in its text."""
        paragraph = self._paragraphs[max(0, bisect_right(self._starts, offset) - 1)]
        piece = bisect_right(paragraph.pieces, offset, key=lambda p: p[1]) - 1
        at, source = paragraph.pieces[max(0, piece)]
        return paragraph, min(max(at, at + offset - source), len(paragraph.text) - 1)

    def sentence(self, offset: int) -> Passage:
        """The sentence around the source's ``offset``, without blanks at its ends."""
        paragraph, at = self.at(offset)
        start, end = 0, len(paragraph.text)
        for match in _SENTENCE_END.finditer(paragraph.text):
            if match.end() <= at:
                start = match.end()
            else:
                end = match.end()
                break
        return _stripped(Passage(paragraph, start, end))

    def clause(self, facts: tuple[Fact, ...], limit: int, *, whole: bool = False) -> Quote:
        """The clauses that hold ``facts`` and their indicator's name, at most about ``limit`` characters.

        Facts too far off are left out; the first fact's own clause is always whole. ``whole`` asks for the words from
        the sentence's beginning, where it says who did it and when, if that keeps within ``limit``.
        """
        first = facts[0]
        sentence = self.sentence(first.start)
        start = self.at(first.start)[1]
        for span in first.indicator_spans:
            paragraph, at = self.at(span.start)
            if paragraph is sentence.paragraph and sentence.start <= at < start:
                start = at
        start = _clause_start(sentence, start)
        end = 0
        for fact in facts:
            paragraph, at = self.at(fact.end - 1)
            if paragraph is not sentence.paragraph:
                continue
            stop = _clause_end(sentence, at + 1)
            if end and stop - start > limit:
                break
            end = max(end, stop)
        text = sentence.paragraph.text
        beginning = _behind_number(text, sentence.start, start)
        shared = _RESPECTIVELY.search(text, max(start - 1, 0), end)
        if (whole or shared) and end - beginning <= limit:
            start = beginning
        elif shared and self.at(first.start)[1] < shared.start():
            end = shared.start()
        elif shared:
            start = beginning
        return self.quote(_cut(_stripped(Passage(sentence.paragraph, start, end)), limit * 2))

    def opening(self, measure: Measure, limit: int) -> Quote:
        """The words that name a measure, cut to about ``limit`` characters.

        They are its heading without the number; or, where the heading only says that problems or plans follow, the
        measure's first sentence, from behind a bow to the achievements (虽然…但…).
        """
        heading = self._heading(measure)
        if heading:
            return self.quote(_cut(heading, limit))
        paragraph, at = self.at(measure.span.start)
        end = min(self.at(measure.span.end - 1)[1] + 1, len(paragraph.text))
        if self.at(measure.span.end - 1)[0] is not paragraph:
            end = len(paragraph.text)
        at = _behind_number(paragraph.text, at, end)
        if label := _LABEL.match(paragraph.text, at, end):
            at = label.end()
        stop = _SENTENCE_END.search(paragraph.text, at, end)
        stopped = stop.start() if stop else end
        if measure.role == "problem" and (turn := _TURN.match(paragraph.text, at, stopped)):
            at = turn.end()
        return self.quote(_cut(_stripped(Passage(paragraph, at, stopped)), limit))

    def _heading(self, measure: Measure) -> Passage | None:
        """The heading right above a measure, without its number; None where there is none or it names no matter."""
        if not measure.path:
            return None
        start = measure.span.start
        for section in reversed(self.document.sections):
            if section.number + section.heading != measure.path[-1] or section.role != measure.role:
                continue
            if section.span.start <= start < section.span.end and not _GENERIC.search(section.heading):
                paragraph, at = self.at(section.heading_span.start)
                end = self.at(section.heading_span.end - 1)[1] + 1
                return _stripped(Passage(paragraph, _behind_number(paragraph.text, at, end), end))
        return None

    def whole(self, passage: Passage, limit: int) -> Quote:
        """``passage`` as a quotation, cut to about ``limit`` characters."""
        return self.quote(_cut(passage, limit))

    def quote(self, cut: tuple[Passage, bool]) -> Quote:
        """A passage as a quotation with its span; ``cut[1]`` says that words were left out at its end."""
        passage, is_cut = cut
        return Quote(full_width(passage.text), self.document.id, passage.span, is_cut)

    def name(self, fact: Fact) -> tuple[Quote, ...]:
        """The indicator's name as the source writes it, one quotation a piece."""
        pieces = []
        for span in fact.indicator_spans:
            paragraph, start = self.at(span.start)
            end = self.at(span.end - 1)[1] + 1
            if start < end:
                pieces.append(self.quote((Passage(paragraph, start, end), False)))
        return tuple(pieces)


def _stripped(passage: Passage) -> Passage:
    text = passage.text
    start = passage.start + len(text) - len(text.lstrip(" \t\r\n\u3000\ufeff，,；;、"))
    end = passage.end - (len(text) - len(text.rstrip(" \t\r\n\u3000\ufeff，,；;、")))
    return Passage(passage.paragraph, start, max(start + 1, end))


def _clause_start(sentence: Passage, at: int) -> int:
    """The nearest clause boundary before ``at`` that leaves no bracket or quotation mark unopened."""
    text = sentence.paragraph.text
    for boundary in range(at, sentence.start, -1):
        if _is_boundary(text, boundary - 1) and _balanced(text[boundary:at]):
            return boundary
    return _behind_number(text, sentence.start, at)


def _behind_number(text: str, start: int, end: int) -> int:
    """Where the words begin behind 一是, （二）, 3. and the like."""
    while numbering := _NUMBERING.match(text, start, end):
        start = numbering.end()
    return start


def _clause_end(sentence: Passage, at: int) -> int:
    text = sentence.paragraph.text
    for boundary in range(at, sentence.end):
        if _is_boundary(text, boundary):
            return boundary
    return sentence.end


def _is_boundary(text: str, at: int) -> bool:
    if not _CLAUSE_END.match(text, at):
        return False
    return not (text[at] == "," and text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit())


def _balanced(text: str) -> bool:
    return all(text.count(close) == text.count(opening) for close, opening in _PAIRS.items())


def _cut(passage: Passage, limit: int) -> tuple[Passage, bool]:
    """The passage as it is, or its clauses that fit into ``limit``; a figure is never cut through."""
    if passage.end - passage.start <= limit:
        return passage, False
    text = passage.paragraph.text
    for end in range(passage.start + limit, passage.start + limit // 3, -1):
        if (_is_boundary(text, end) or text[end] == "、") and _balanced(text[passage.start : end]):
            return _stripped(Passage(passage.paragraph, passage.start, end)), True
    end = passage.start + limit
    while end > passage.start + limit // 2 and (text[end].isascii() or text[end - 1].isascii()):
        end -= 1
    return _stripped(Passage(passage.paragraph, passage.start, end)), True
