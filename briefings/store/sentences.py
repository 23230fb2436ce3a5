"""Finds the sentence, the section and the words around a place of a source."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from briefings.records.document import Document, Paragraph, Role, Span

_END = re.compile(r"[。!?！？]+[”’」』」）)]*|\n")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with where it stands: ``text`` is logical (line breaks joined), ``span`` its place in the source."""

    document: str
    text: str
    span: Span
    path: tuple[str, ...]
    role: Role
    paragraph: Paragraph
    start: int
    """Where it begins in ``paragraph.text``."""

    def offset(self, place: int) -> int:
        """Where the source's ``place`` stands in ``text``."""
        return _inside(self.paragraph, place) - self.start


def around(documents: Sequence[Document], start: int, end: int) -> Sentence | None:
    """The sentence that holds ``start`` … ``end`` of the source; None where no paragraph of a document does."""
    for document in documents:
        for paragraph in document.paragraphs:
            if not paragraph.text:
                continue
            whole = paragraph.span(0, len(paragraph.text))
            if whole.start <= start and end <= whole.end:
                at, last = _inside(paragraph, start), _inside(paragraph, end - 1)
                for sentence in _sentences(document, paragraph):
                    stop = sentence.start + len(sentence.text)
                    if sentence.start <= at < stop:
                        return sentence if last < stop else _joined(sentence, last)
    return None


def sentences(document: Document) -> Iterator[Sentence]:
    """Every sentence of ``document``, in the order of the text."""
    for paragraph in document.paragraphs:
        yield from _sentences(document, paragraph)


def _sentences(document: Document, paragraph: Paragraph) -> Iterator[Sentence]:
    text = paragraph.text
    cuts = [0, *(match.end() for match in _END.finditer(text)), len(text)]
    path = document.heading_path(paragraph.section)
    for start, end in pairwise(cuts):
        first = start + len(text[start:end]) - len(text[start:end].lstrip())
        if first < end:
            span = paragraph.span(first, end)
            yield Sentence(document.id, text[first:end], span, path, paragraph.role, paragraph, first)


def _joined(sentence: Sentence, last: int) -> Sentence:
    """The sentence and what follows in its paragraph up to ``last``: a number may stand across a full stop."""
    paragraph = sentence.paragraph
    text = paragraph.text[sentence.start : last + 1]
    return Sentence(
        sentence.document,
        text,
        paragraph.span(sentence.start, last + 1),
        sentence.path,
        sentence.role,
        paragraph,
        sentence.start,
    )


def _inside(paragraph: Paragraph, offset: int) -> int:
    """The offset in the paragraph's text of the source's ``offset``; that of the nearest character before a gap."""
    piece = max(0, bisect_right(paragraph.pieces, offset, key=lambda p: p[1]) - 1)
    at, source = paragraph.pieces[piece]
    following = paragraph.pieces[piece + 1][0] if piece + 1 < len(paragraph.pieces) else len(paragraph.text)
    return min(at + offset - source, following - 1)
