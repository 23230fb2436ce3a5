"""From a document to its findings: facts with their exact places, and measures."""

from typing import TYPE_CHECKING

from briefings.records.document import Document, Source
from briefings.records.fact import Findings

if TYPE_CHECKING:
    from briefings.extract.lexicon import Lexicon

__all__ = ["default", "find"]


def find(document: Document, source: Source, lexicon: "Lexicon | None" = None) -> Findings:
    """The facts and measures of ``document``, whose text is ``source.text``; pure, and no text makes it raise."""
    # The grammar's patterns take a tenth of a second to compile, which other commands need not wait for.
    from briefings.extract import findings

    return findings.find(document, source, lexicon)


def default() -> "Lexicon":
    """The lexicon of indicators and themes that comes with briefings."""
    from briefings.extract import lexicon

    return lexicon.default()
