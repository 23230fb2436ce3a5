"""The items of the done, problem and plan sections: span, words, headline, theme."""

from briefings.extract.lexicon import Lexicon
from briefings.records.document import Document
from briefings.records.fact import Fact, Measure


def measures(document: Document, facts: tuple[Fact, ...], lexicon: Lexicon) -> tuple[Measure, ...]:
    """One measure for each item of ``document``."""
    return ()
