"""Composes a briefing from records, for tests that have no workspace."""

from collections.abc import Sequence

from briefings import extract, gathering
from briefings.extract.lexicon import Lexicon
from briefings.records.briefing import Briefing
from briefings.records.correction import Correction
from briefings.records.document import Document
from briefings.records.edition import Order
from briefings.records.fact import Fact, Measure
from briefings.records.material import Material
from briefings.store.store import Store


def compose_briefing(
    order: Order,
    documents: Sequence[Document],
    facts: Sequence[Fact],
    measures: Sequence[Measure],
    absent: Sequence[str],
    store: Store,
    lexicon: Lexicon | None = None,
    corrections: Sequence[Correction] = (),
) -> Briefing:
    """What ``order`` asks for, every word of it decided."""
    lexicon = lexicon or extract.default()
    return gathering.composed(
        Material(
            order,
            tuple(documents),
            tuple(facts),
            tuple(measures),
            {sha: store.source(sha) for sha in {d.sha256 for d in documents}},
            {i.name: i for i in lexicon.indicators},
            lexicon.themes,
            tuple(absent),
            tuple(corrections),
        )
    )
