"""What ``compare`` gives ``compose``: facts grouped, ordered and set beside each other, not yet worded."""

from dataclasses import dataclass
from typing import Literal

from briefings.records.check import Check
from briefings.records.document import Document
from briefings.records.fact import Fact, Kind, Measure


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


BarrierCode = Literal["scope", "period", "basis", "status", "unit", "definition", "rough"]


@dataclass(frozen=True, slots=True)
class Barrier:
    """Why two facts that look alike must not be compared; ``sides`` is what differs, the first fact's before the other's.

    ``scope``: whose number; ``period``: other months of the year; ``basis``: yoy beside a two-year average; ``status``: a
    target beside an outcome; ``unit``: units that do not convert; ``definition``: another notion under a like name;
    ``rough``: a word such as 近 or 超 leaves open which is the larger.
    """

    code: BarrierCode
    sides: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Point:
    """A fact as it is compared: whose and when with nothing left open, and its amount in the unit of its series.

    ``place`` is the place whose number it is (全市 resolved to the document's own place), ``period`` the fact's own or the
    document's. ``amount`` is a decimal as text; ``digits`` how many decimals the source wrote, after conversion.
    """

    fact: Fact
    place: str
    period: str
    amount: str
    digits: int


@dataclass(frozen=True, slots=True)
class Series:
    """The same indicator in one kind, unit and basis, comparable throughout; points in the order of place and period.

    ``rank`` is the indicator's place among the headline indicators of the lexicon, 0 for none.
    """

    indicator: str
    canonical: str | None
    kind: Kind
    unit: str | None
    basis: str | None
    points: tuple[Point, ...]
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Pair:
    """Two points of one indicator side by side; with a ``barrier`` they are shown and not compared."""

    indicator: str
    canonical: str | None
    kind: Kind
    unit: str | None
    basis: str | None
    current: Point
    prior: Point
    barrier: Barrier | None = None
    rank: int = 0


@dataclass(frozen=True, slots=True)
class TextMatch:
    """A measure of one document found again in another; ``score`` is 0 to 100, ``likeness`` how it was found.

    ``shared`` is the name both speak of where that is what makes them alike, "" where their wording does.
    """

    prior: Measure
    current: Measure
    score: float
    likeness: Literal["same", "near", "matter"]
    shared: str = ""


@dataclass(frozen=True, slots=True)
class TextChanges:
    """Measures of two periods: kept (延续), new (新增), gone (不再提及); each in the order of its document."""

    kept: tuple[TextMatch, ...]
    new: tuple[Measure, ...]
    gone: tuple[Measure, ...]


PromiseState = Literal["done", "on_track", "behind", "not_mentioned"]
Confidence = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class Promise:
    """A plan or target of one period and what the next period says of it.

    ``id`` is stable for the same words of the same source. ``plan`` is the measure that promises (for a single target its
    sentence), ``target`` its number if it has one. ``answer`` is what the next period says: a measure whose span is the
    quoted sentence; None for ``not_mentioned``, which is never "not done". ``outcome`` is the fact that is set against the
    target, ``completion`` the share of the target in percent as the sources allow it to be computed or state it,
    ``schedule`` where it ought to be by then in percent. ``cue`` are the quoted words that decide the state.
    ``decided`` names the person who confirmed or
    changed the match, "" for none. ``deadline`` are the source's words, ``due`` the same as a period: at its end it is due.
    """

    id: str
    plan: Measure
    target: Fact | None
    answer: Measure | None
    outcome: Fact | None
    state: PromiseState
    cue: str
    completion: Fact | None
    schedule: float | None
    confidence: Confidence
    reasons: tuple[str, ...]
    deadline: str | None = None
    decided: str = ""
    due: str | None = None
