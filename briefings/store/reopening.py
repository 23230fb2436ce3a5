"""Finds in a new text where a correction of an older one may hold again; a person decides whether it does."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from briefings.records.correction import Correction, Reopening
from briefings.records.document import Document, Source
from briefings.store.sentences import Sentence, sentences

NEAR = 0.75
"""Two sentences at least so alike (of 1) are taken for versions of each other."""


def reopened(correction: Correction, source: Source, documents: Sequence[Document]) -> Reopening:
    """Where ``correction`` has to be judged in ``source``: its words in the sentence most like the one it was made in."""
    best: tuple[float, float, Sentence, tuple[int, int] | None] | None = None
    words = _pattern(correction.surface)
    was = _bare(correction.sentence)
    before = _bare(correction.sentence[: correction.offset])
    for document in documents:
        for sentence in sentences(document):
            text = _bare(sentence.text)
            if not _may_be_like(was, text):
                continue
            likeness = SequenceMatcher(None, was, text, autojunk=False).ratio()
            if likeness < NEAR:
                continue
            spots: list[tuple[int, int] | None] = [m.span() for m in words.finditer(sentence.text)]
            for spot in spots or [None]:
                # The same words may stand twice in a sentence: what stands before them tells which is meant.
                lead = _bare(sentence.text[: spot[0]]) if spot else ""
                alike = SequenceMatcher(None, before, lead, autojunk=False).ratio() if spot else -1.0
                if best is None or (spot is not None, likeness, alike) > (best[3] is not None, *best[:2]):
                    best = (likeness, alike, sentence, spot)
    home = documents[0].id if documents else ""
    if best is None:
        return Reopening(source.sha256, source.name, home, "", "", None)
    _, _, sentence, spot = best
    place = source.place(sentence.span.start)
    span = None
    if spot:
        at = sentence.start
        span = sentence.paragraph.span(at + spot[0], at + spot[1])
    return Reopening(source.sha256, source.name, sentence.document, sentence.text, place, span)


def _pattern(surface: str) -> re.Pattern[str]:
    """The words of ``surface`` wherever lines are broken, not inside a longer number."""
    words = r"\s*".join(re.escape(c) for c in surface if not c.isspace())
    begin = r"(?<!\d)(?<!\d[.．,])" if surface[:1].isdigit() else ""
    return re.compile(begin + words + (r"(?![\d.．])" if surface[-1:].isdigit() else ""))


def _may_be_like(a: str, b: str) -> bool:
    """Whether two texts can be alike at all by their lengths; spares the comparison of most sentences."""
    return 2 * min(len(a), len(b)) >= NEAR * (len(a) + len(b))


def _bare(text: str) -> str:
    return "".join(text.split())
