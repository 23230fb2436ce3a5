"""One place through the periods: what can be followed, what breaks off, what is new and what is no longer named."""

from dataclasses import dataclass

from briefings.records.check import Check
from briefings.records.comparison import Pair, Series
from briefings.records.document import Span
from briefings.records.fact import Fact, Measure
from briefings.records.peers import Side


@dataclass(frozen=True, slots=True)
class Wording:
    """Words of a document's own headings or slogans: ``span`` is their place in it."""

    document: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class ThemeCourse:
    """One field of work through the periods: the ids of the measures of each stage."""

    theme: str
    measures: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Vanished:
    """What only one end of the period names: the facts of the first stage not named in the last, and the reverse."""

    gone: tuple[Fact, ...]
    new: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class History:
    """All that one place through time is composed from; ``stages`` are its periods, earliest first, none without documents.

    ``place`` is the place as ordered. ``absent`` are periods asked for without a document. ``series`` have two points or
    more, a point a stage; ``barred`` are shown and not compared. ``stated`` are ranks of the whole place that the sources
    state, by period. ``headings`` and ``slogans`` are the wording of each stage, a slogan standing in no other stage.
    ``courses`` are the fields of work, those spoken of most first. ``averages`` are growth rates over two years that the
    sources state, ``bases`` the sentences in which they speak of a low or high base.
    ``standings`` are sentences of a ranking report that tell a standing without a number (夺魁, 榜首), one a document.
    """

    place: str
    stages: tuple[Side, ...]
    absent: tuple[str, ...]
    series: tuple[Series, ...]
    barred: tuple[Pair, ...]
    stated: tuple[Fact, ...]
    courses: tuple[ThemeCourse, ...]
    headings: tuple[tuple[Wording, ...], ...]
    slogans: tuple[tuple[Wording, ...], ...]
    vanished: Vanished
    problems: tuple[tuple[Measure, ...], ...]
    averages: tuple[Fact, ...]
    bases: tuple[Wording, ...]
    standings: tuple[Wording, ...]
    checks: tuple[Check, ...]
