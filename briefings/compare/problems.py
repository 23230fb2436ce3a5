"""The kinds of problems that several documents name, each in its own clause."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from briefings.records.comparison import Review, SharedProblem
from briefings.records.document import Document, Paragraph
from briefings.records.fact import Measure

_CLAUSE = re.compile(r"[^,，;；。！？!?]+")
_LEAD_IN = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}(?:是|、)|[（(]?[一二三四五六七八九十\d]{1,3}[)）.．、]|[^,，:：]{2,12}[:：]"
    r"|但?(?:还|仍|也)?存在(?:着)?|但(?:也|还|仍)?|由于|因为|特别是|尤其是|同时|此外|另外|比如|例如)"
)
_CIRCUMSTANCE = re.compile(r"受.{1,12}影响$|因.{2,}|随着|面对|随.{2,}")
"""Such a clause (受疫情影响) says its matter only together with the next."""
_AND_SO_ON = re.compile(r"等(?:问题|方面|困难|情况)?$")
_LEAST_DOCUMENTS = 2


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: ``cues`` tell it beside a word of lack, ``sayings`` on their own."""

    label: str
    cues: tuple[str, ...]
    sayings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProblemLexicon:
    """The kinds in the order in which equals are printed, and the words that say that something is wanting."""

    kinds: tuple[Kind, ...]
    lack: tuple[str, ...]

    def kinds_of(self, clause: str) -> tuple[str, ...]:
        """The labels of the kinds that ``clause`` names a problem of; cue and lack stand between the same commas."""
        pieces = _CLAUSE.findall(clause)
        lacking = [p for p in pieces if any(word in p for word in self.lack)]
        return tuple(
            kind.label
            for kind in self.kinds
            if any(s in p for p in pieces for s in kind.sayings)
            or any(c in p for p in lacking for c in kind.cues)
        )


@cache
def lexicon() -> ProblemLexicon:
    """The lexicon that comes with briefings."""
    text = (resources.files("briefings") / "data" / "problems.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    kinds = (Kind(k["label"], tuple(k["cues"]), tuple(k.get("sayings", ()))) for k in data["kind"])
    return ProblemLexicon(tuple(kinds), tuple(data["lack"]))


def shared_problems(reviews: Sequence[Review]) -> tuple[SharedProblem, ...]:
    """Kinds of problems that at least two documents name, the widest shared first.

    Each document speaks with its first clause of that kind: a measure whose span is that clause alone.
    """
    found: dict[str, dict[str, Measure]] = {kind.label: {} for kind in lexicon().kinds}
    for review in reviews:
        for measure in review.problems:
            for clause in clauses(review.document, measure):
                for label in lexicon().kinds_of(clause.text):
                    found[label].setdefault(review.document.id, clause)
    shared = [
        SharedProblem(label, tuple(told.values()))
        for label, told in found.items()
        if len(told) >= _LEAST_DOCUMENTS
    ]
    return tuple(sorted(shared, key=lambda s: -len(s.measures)))


def clauses(document: Document, measure: Measure) -> Iterator[Measure]:
    """The clauses of ``measure``, each with its own place; the measure itself where its words are not found."""
    paragraph = next((p for p in document.paragraphs if p.text and _holds(p, measure.span.start)), None)
    at = paragraph.text.find(measure.text) if paragraph else -1
    if paragraph is None or at < 0:
        yield measure
        return
    pieces = [
        (_behind_lead_in(m), _before_and_so_on(m)) for m in _CLAUSE.finditer(measure.text) if m[0].strip()
    ]
    for n, (start, end) in enumerate(pieces):
        leads_on = n + 1 < len(pieces) and measure.text[end : end + 1] in (",", "，")
        joined = leads_on and _CIRCUMSTANCE.match(measure.text, start, end)
        stop = pieces[n + 1][1] if joined else end
        span = paragraph.span(at + start, at + stop)
        yield replace(measure, span=span, text=measure.text[start:stop], headline="", path=(), facts=())


def _behind_lead_in(clause: re.Match[str]) -> int:
    """Where a clause begins behind its numbering, its label and the words that only lead in to it."""
    start = clause.start()
    while (match := _LEAD_IN.match(clause.string, start, clause.end())) and match.end() < clause.end():
        start = match.end()
    return start


def _before_and_so_on(clause: re.Match[str]) -> int:
    """Where a clause ends before 等问题, which speaks of the whole list."""
    tail = _AND_SO_ON.search(clause[0])
    return clause.start() + tail.start() if tail and tail.start() else clause.end()


def _holds(paragraph: Paragraph, offset: int) -> bool:
    return paragraph.source_offset(0) <= offset <= paragraph.source_offset(len(paragraph.text) - 1)
