"""What ``compare`` gives ``compose``: facts grouped, ordered and set beside each other, not yet worded."""

from dataclasses import dataclass

from briefings.records.check import Check
from briefings.records.document import Document
from briefings.records.fact import Fact, Measure


@dataclass(frozen=True, slots=True)
class Highlight:
    """One achievement: the fact that leads it and the facts said of the same indicator in the same sentence.

    ``facts`` are in the order of the text and include ``lead``. ``reasons`` say in order why it ranks where it does.
    """

    lead: Fact
    facts: tuple[Fact, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """One document seen for a digest: its achievements best first, its measures by role, how much it says."""

    document: Document
    highlights: tuple[Highlight, ...]
    facts: tuple[Fact, ...]
    done: tuple[Measure, ...]
    problems: tuple[Measure, ...]
    plans: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class ThemeMatrix:
    """Measures of work done, by theme and document: ``cells[r][c]`` holds ids for ``themes[r]``, ``documents[c]``."""

    themes: tuple[str, ...]
    documents: tuple[str, ...]
    cells: tuple[tuple[tuple[str, ...], ...], ...]


@dataclass(frozen=True, slots=True)
class SharedProblem:
    """A theme in which two or more documents name problems; one measure for each document, in their order."""

    theme: str
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Incomparable:
    """Facts that look alike and must not be set side by side, with the reason as a code.

    Reasons: ``scope``, ``period``, ``basis``.
    """

    indicator: str
    reason: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Digest:
    """All that a digest is composed from. ``ranked`` is every highlight of every document, best first.

    ``checks`` are those of its documents' numbers against each other; ``silent`` are documents in which neither a fact
    nor a measure was found.
    """

    reviews: tuple[Review, ...]
    ranked: tuple[Highlight, ...]
    themes: ThemeMatrix
    shared: tuple[SharedProblem, ...]
    incomparable: tuple[Incomparable, ...]
    absent: tuple[str, ...]
    checks: tuple[Check, ...]
    silent: tuple[Document, ...] = ()
