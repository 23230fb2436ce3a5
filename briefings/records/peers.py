"""Places side by side: what each says, what can be compared, what one does and another does not speak of."""

from dataclasses import dataclass

from briefings.records.check import Check
from briefings.records.comparison import Highlight, Pair, Review, Series, SharedProblem
from briefings.records.document import Document, Span
from briefings.records.fact import Fact, Measure


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison, a place or a period: its documents seen one by one, best highlights of all first."""

    label: str
    reviews: tuple[Review, ...]
    highlights: tuple[Highlight, ...]

    @property
    def documents(self) -> tuple[Document, ...]:
        """Its documents, in the order to print."""
        return tuple(r.document for r in self.reviews)

    @property
    def facts(self) -> tuple[Fact, ...]:
        """The facts of its documents."""
        return tuple(f for r in self.reviews for f in r.facts)

    @property
    def done(self) -> tuple[Measure, ...]:
        """What its documents say was done."""
        return tuple(m for r in self.reviews for m in r.done)

    @property
    def problems(self) -> tuple[Measure, ...]:
        """The problems its documents name."""
        return tuple(m for r in self.reviews for m in r.problems)

    @property
    def plans(self) -> tuple[Measure, ...]:
        """What its documents say comes next."""
        return tuple(m for r in self.reviews for m in r.plans)


@dataclass(frozen=True, slots=True)
class Practice:
    """What the sides do in one field of work: ``said[n]`` are the most telling sentences of side ``n``, none if it is silent.

    ``theme`` is a key of the themes lexicon. Each measure's span is the sentence.
    """

    theme: str
    said: tuple[tuple[Measure, ...], ...]

    @property
    def speakers(self) -> int:
        """How many sides speak of it."""
        return sum(bool(s) for s in self.said)


@dataclass(frozen=True, slots=True)
class Borrowing:
    """Something another place does under a name that the own place's documents do not hold.

    ``name`` spans the name in the other's source; ``measure`` is the sentence it stands in. ``new_field`` says that the own
    place names nothing it did in this field of work.
    """

    side: int
    measure: Measure
    name: Span
    words: str
    new_field: bool


@dataclass(frozen=True, slots=True)
class Peers:
    """All that places side by side are composed from; ``sides[0]`` is the own place.

    ``absent`` are places asked for of which there is no document. ``comparable`` has one point a place, in the order of
    ``sides``, at least two; headline indicators come first. ``targets`` are comparable in the same way and lie ahead.
    ``barred`` are shown and not compared. ``stated`` are the ranks that the sources themselves state.
    """

    sides: tuple[Side, ...]
    absent: tuple[str, ...]
    comparable: tuple[Series, ...]
    targets: tuple[Series, ...]
    barred: tuple[Pair, ...]
    stated: tuple[Fact, ...]
    practices: tuple[Practice, ...]
    borrowings: tuple[Borrowing, ...]
    shared: tuple[SharedProblem, ...]
    checks: tuple[Check, ...]
