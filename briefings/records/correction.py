"""What people correct: facts set right, rejected or added, each bound to the bytes, place and words it was judged by."""

from collections.abc import Container, Iterable
from dataclasses import dataclass
from typing import Literal

from briefings.records.document import Span
from briefings.records.fact import Fact

Action = Literal["set", "reject", "add"]
State = Literal["applied", "reopened", "undone"]
Decision = Literal["undone", "confirmed", "dismissed"]
JUDGED = (
    *("indicator", "canonical", "kind", "value", "value_high", "unit", "hedge"),
    *("basis", "period", "scope", "status"),
)
"""What a person may say about a number; its place and its words stay those of the source."""
RULE = "correction"
"""The rule of a fact that a person has set or added."""
FLAG = "corrected"
"""The flag of a fact that a person has set or added."""


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing a person decided about a number of a source.

    ``fact`` is the id of the fact it is about, ``span`` and ``surface`` where that stands in the source ``sha256`` and
    exactly the text there, ``sentence`` the sentence's logical text and ``offset`` where the number begins in it. ``changes`` are pairs of a field of ``JUDGED`` and its new
    value. ``before`` is the fact as it stood (None for an added one), ``after`` as it is to stand (None for a rejected
    one). ``beside`` are the ids of other facts that stood at the same place and were left alone. ``title``, ``issuer``
    and ``period`` are the document's, by which a new version of it is known. ``carried`` is the correction of an
    earlier version that was confirmed to hold here.
    """

    id: str
    action: Action
    fact: str
    sha256: str
    span: Span
    surface: str
    sentence: str
    offset: int
    changes: tuple[tuple[str, str | None], ...]
    before: Fact | None
    after: Fact | None
    author: str
    reason: str
    at: str
    title: str
    issuer: str | None = None
    period: str | None = None
    beside: tuple[str, ...] = ()
    carried: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """What became of a correction later: taken back, confirmed in a new version ``sha256``, or not needed there."""

    correction: str
    decision: Decision
    sha256: str
    author: str
    reason: str
    at: str


@dataclass(frozen=True, slots=True)
class Reopening:
    """A text in which a correction has to be judged anew: a new version, or the same bytes read differently.

    ``sentence`` is the sentence there that is most like the one judged ("" when none is), ``place`` its label and
    ``span`` the same words in it, None when they do not stand there any more.
    """

    sha256: str
    name: str
    document: str
    sentence: str
    place: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A correction with its state: ``applied``, ``undone``, or ``reopened`` with where it has to be judged."""

    correction: Correction
    state: State
    name: str
    events: tuple[Event, ...] = ()
    reopening: Reopening | None = None


def latest(corrections: Iterable[Correction]) -> dict[str, Correction]:
    """By fact the correction that counts among those in force, given oldest first: the last one holds the earlier ones."""
    return {correction.fact: correction for correction in corrections}


def chains(corrections: Iterable[Correction]) -> dict[str, tuple[Correction, ...]]:
    """By fact all its corrections in force, oldest first: from the first one's ``before`` to the last one's ``after``."""
    found: dict[str, tuple[Correction, ...]] = {}
    for correction in corrections:
        found[correction.fact] = (*found.get(correction.fact, ()), correction)
    return found


def used(corrections: Iterable[Correction], facts: Container[str]) -> tuple[tuple[Correction, ...], ...]:
    """What a briefing that prints ``facts`` rests on: the chains of those corrected, and of every rejected one."""
    return tuple(
        chain for fact, chain in chains(corrections).items() if fact in facts or chain[-1].after is None
    )


def home(correction: Correction) -> str:
    """The id of the document that the corrected fact stood in."""
    fact = correction.after or correction.before
    return fact.document if fact else ""


def judged(fact: Fact) -> tuple[str | None, ...]:
    """What is said about the number of ``fact``, in the order of ``JUDGED``."""
    return tuple(getattr(fact, name) for name in JUDGED)


def inside(span: Span, facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The corrected facts whose number stands inside ``span`` of their source: a quotation of it shows the old number."""
    return tuple(f for f in facts if FLAG in f.flags and span.start <= f.start and f.end <= span.end)
