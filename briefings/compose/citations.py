"""Numbers the source sentences in the order in which a briefing first cites them."""

from collections.abc import Mapping

from briefings.compose.passages import Passages
from briefings.compose.wording import issuer_name, period_label
from briefings.records.briefing import Citation, Cite
from briefings.records.document import Document, Source


class Citations:
    """Grows while a briefing is composed: one number for each source sentence, reused when it is cited again."""

    def __init__(self, documents: Mapping[str, Document], sources: Mapping[str, Source]) -> None:
        self._sources = sources
        self._passages = {d: Passages(document) for d, document in documents.items()}
        self._numbers: dict[tuple[str, int], int] = {}
        self._entries: list[Citation] = []

    def passages(self, document: str) -> Passages:
        """The words of a document, by its id."""
        return self._passages[document]

    def cite(self, document: str, offset: int) -> Cite:
        """A reference to the sentence around ``offset`` of the document's source."""
        passages = self._passages[document]
        sentence = passages.sentence(offset)
        key = (document, sentence.span.start)
        if key not in self._numbers:
            self._numbers[key] = len(self._entries) + 1
            of = passages.document
            source = self._sources[of.sha256]
            self._entries.append(
                Citation(
                    n=self._numbers[key],
                    document=document,
                    title=of.title.value,
                    issuer=issuer_name(of),
                    period=period_label(of.period.value) if of.period else "",
                    source_name=source.name,
                    sha256=of.sha256,
                    place=source.place(sentence.span.start),
                    sentence=sentence.text,
                    span=sentence.span,
                )
            )
        return Cite(self._numbers[key])

    def entries(self) -> tuple[Citation, ...]:
        """All entries so far, by number."""
        return tuple(self._entries)
