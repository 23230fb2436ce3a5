"""From a document to its findings: facts with their exact places, and measures."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from briefings.records.coverage import Explanation, Mention
from briefings.records.document import Document, Source
from briefings.records.fact import Findings

if TYPE_CHECKING:
    from briefings.extract.lexicon import Lexicon

__all__ = ["coverage", "default", "explain", "find", "lexicon_of", "whole_coverage"]


def find(document: Document, source: Source, lexicon: "Lexicon | None" = None) -> Findings:
    """The facts and measures of ``document``, whose text is ``source.text``; pure, and no text makes it raise."""
    # The grammar's patterns take a tenth of a second to compile, which other commands need not wait for.
    from briefings.extract import findings

    return findings.find(document, source, lexicon)


def coverage(document: Document, source: Source, findings: Findings) -> tuple[Mention, ...]:
    """Every number of ``document`` with the one thing that became of it: a fact, masked with its reason, not understood.

    ``findings`` are those of the document as they stand, people's corrections included.
    """
    from briefings.extract import mentions

    return mentions.coverage(document, source, findings)


def whole_coverage(
    source: Source, documents: Sequence[Document], findings: Sequence[Findings]
) -> tuple[Mention, ...]:
    """The same of every number of ``source``; what stands in none of its ``documents`` is masked as ``outside``."""
    from briefings.extract import mentions

    return mentions.whole(source, documents, findings)


def explain(document: Document, source: Source, findings: Findings, offset: int) -> Explanation:
    """What the extractor did at ``offset`` of the source: paragraph, tokens, registers, rules tried, outcome."""
    from briefings.extract import trace

    return trace.explain(document, source, findings, offset)


def default() -> "Lexicon":
    """The lexicon of indicators and themes that comes with briefings."""
    from briefings.extract import lexicon

    return lexicon.default()


def lexicon_of(folder: Path | None) -> "Lexicon":
    """The lexicon with what the workspace's ``folder`` extends or replaces; raises ``ConfigurationError``."""
    from briefings.extract import vocabulary

    return vocabulary.lexicon(folder)
