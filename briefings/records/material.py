"""Everything a briefing is made from, taken out of the store once."""

from collections.abc import Mapping
from dataclasses import dataclass

from briefings.records.correction import Correction
from briefings.records.decision import Decision
from briefings.records.document import Document, Source
from briefings.records.edition import Order
from briefings.records.fact import Fact, Measure
from briefings.records.indicator import Indicator, Theme


@dataclass(frozen=True, slots=True)
class Material:
    """What an order asks for and what there is for it.

    ``documents`` are in the order to print, earlier periods first; ``sources`` are theirs by sha256. ``indicators`` are
    by canonical name. ``absent`` are titles that a compilation announced and did not hold. ``corrections`` are those in
    force, a fact's own oldest first; ``decisions`` are what people decided of promises.
    """

    order: Order
    documents: tuple[Document, ...]
    facts: tuple[Fact, ...]
    measures: tuple[Measure, ...]
    sources: Mapping[str, Source]
    indicators: Mapping[str, Indicator]
    themes: tuple[Theme, ...]
    absent: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    decisions: tuple[Decision, ...] = ()

    def of(self, document: Document) -> tuple[Fact, ...]:
        """The facts of ``document``, in the order of its text."""
        return tuple(f for f in self.facts if f.document == document.id)

    def said(self, document: Document) -> tuple[Measure, ...]:
        """The measures of ``document``, in the order of its text."""
        return tuple(m for m in self.measures if m.document == document.id)

    def in_period(self, period: str) -> tuple[Document, ...]:
        """The documents of ``period`` (a year holds its halves and quarters)."""
        return tuple(d for d in self.documents if d.period and within(d.period.value, period))


def within(period: str, asked: str) -> bool:
    """Whether ``period`` is the one asked for, or a part of the year asked for."""
    return period == asked or (len(asked) == 4 and period.startswith(asked + "-"))
