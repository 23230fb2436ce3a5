"""One issuer in two periods: what moved, what cannot be compared, what is new and what is no longer spoken of."""

from dataclasses import dataclass
from typing import Literal

from briefings.records.check import Check
from briefings.records.comparison import Highlight, Pair, Promise, TextChanges
from briefings.records.fact import Fact, Measure
from briefings.records.peers import Borrowing, Side

Direction = Literal["up", "down", "flat"]
Verdict = Literal["better", "worse", "none"]


@dataclass(frozen=True, slots=True)
class Movement:
    """A comparable indicator and where it went.

    ``direction`` is that of the number (a rank that comes nearer to the first goes up); ``verdict`` is what the lexicon
    says of it, ``none`` where it says nothing. ``leads`` is true for one movement of each indicator: its level before its
    growth. ``stated`` is the growth on the year before that the current source states of a level, ``average`` its growth
    averaged over two years. ``volume`` marks amounts whose growth is never their ratio (at comparable prices).
    """

    pair: Pair
    direction: Direction
    verdict: Verdict
    leads: bool
    theme: str
    stated: Fact | None = None
    average: Fact | None = None
    volume: bool = False


@dataclass(frozen=True, slots=True)
class TextChange:
    """Measures of one role in two periods; ``reworded`` are of both sides: without a counterpart, yet named on the other side."""

    changes: TextChanges
    reworded: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class YearOnYear:
    """All that a comparison of two periods is composed from; a side without documents has no reviews.

    ``yearly`` says that the periods are one year apart: only then is a growth from the one to the other 同比.

    ``movements`` are those of headline indicators first. ``new`` and ``gone`` are highlights of indicators that only one
    side names; ``coined`` and ``dropped`` are names that the current and the prior side alone set something up under, those
    used most first. ``work`` and ``problems`` are measures done and problems named; ``promises`` are what the prior side planned.
    """

    prior: Side
    current: Side
    yearly: bool
    movements: tuple[Movement, ...]
    barred: tuple[Pair, ...]
    new: tuple[Highlight, ...]
    gone: tuple[Highlight, ...]
    coined: tuple[Borrowing, ...]
    dropped: tuple[Borrowing, ...]
    work: TextChange
    problems: TextChange
    promises: tuple[Promise, ...]
    checks: tuple[Check, ...]
