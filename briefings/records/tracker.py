"""What a follow-up of targets is composed from."""

from dataclasses import dataclass

from briefings.records.comparison import Point, Promise
from briefings.records.document import Document
from briefings.records.fact import Fact, Measure
from briefings.records.problem import Problem


@dataclass(frozen=True, slots=True)
class Followed:
    """A promise with what a reader asks of it.

    ``points`` are the outcome and the target in one unit, where their quotient is the completion. ``reason`` are the
    source's own words on why it lags. ``related`` is a later sentence that shares its name and does not answer it, or
    names it among the plans again (``again``). ``elsewhen`` is a later number of the same indicator for another time.
    """

    promise: Promise
    points: tuple[Point, Point] | None = None
    reason: Measure | None = None
    related: Measure | None = None
    again: bool = False
    elsewhen: Fact | None = None


@dataclass(frozen=True, slots=True)
class Ahead:
    """A commitment of the later period: its words, its number, its deadline in the source's words and as a period."""

    plan: Measure
    target: Fact | None
    deadline: str | None
    due: str | None


@dataclass(frozen=True, slots=True)
class Tracker:
    """All that a follow-up is composed from: promises of the earlier documents, new ones of the later.

    ``followed`` is in the order of the text; ``lagging`` are those behind, the shortest of their target first.
    ``problems`` are decisions of people that had to be dropped.
    """

    prior: tuple[Document, ...]
    current: tuple[Document, ...]
    followed: tuple[Followed, ...]
    lagging: tuple[Followed, ...]
    ahead: tuple[Ahead, ...]
    problems: tuple[Problem, ...] = ()
