"""Numbers the source sentences in the order in which a briefing first cites them."""

from collections.abc import Iterable, Mapping

from briefings.compose.passages import Passage, Passages
from briefings.compose.tongue import Tongue
from briefings.records.briefing import Citation, Cite
from briefings.records.document import Document, Source
from briefings.records.fact import Fact


class Citations:
    """Grows while a briefing is composed: one number for each source sentence, reused when it is cited again."""

    def __init__(
        self, documents: Mapping[str, Document], sources: Mapping[str, Source], tongue: Tongue
    ) -> None:
        self._tongue = tongue
        self._sources = sources
        self._passages = {d: Passages(document) for d, document in documents.items()}
        self._numbers: dict[tuple[str, int], int] = {}
        self._entries: list[Citation] = []

    def passages(self, document: str) -> Passages:
        """The words of a document, by its id."""
        return self._passages[document]

    def cite(self, document: str, offset: int) -> Cite:
        """A reference to the sentence around ``offset`` of the document's source."""
        sentence = self._passages[document].sentence(offset)
        key = (document, sentence.span.start)
        if key not in self._numbers:
            self._numbers[key] = len(self._entries) + 1
            self._entries.append(self._entry(self._numbers[key], document, sentence))
        return Cite(self._numbers[key])

    def resume(self, entries: Iterable[Citation]) -> None:
        """Go on behind the ``entries`` of a briefing that was finished before."""
        for entry in entries:
            self._numbers[entry.document, entry.span.start] = entry.n
            self._entries.append(entry)

    def entries(self) -> tuple[Citation, ...]:
        """All entries so far, by number."""
        return tuple(self._entries)

    def uncited(self, facts: Iterable[Fact]) -> tuple[Citation, ...]:
        """The sentences of ``facts`` that have no number, each once, in the order of the facts."""
        found: dict[tuple[str, int], Citation] = {}
        for fact in facts:
            sentence = self._passages[fact.document].sentence(fact.start)
            key = (fact.document, sentence.span.start)
            if key not in self._numbers and key not in found:
                found[key] = self._entry(0, fact.document, sentence)
        return tuple(found.values())

    def _entry(self, n: int, document: str, sentence: Passage) -> Citation:
        of = self._passages[document].document
        source = self._sources[of.sha256]
        return Citation(
            n=n,
            document=document,
            title=self._tongue.title(of),
            issuer=self._tongue.issuer(of),
            period=self._tongue.period(of.period.value) if of.period else "",
            source_name=source.name,
            sha256=of.sha256,
            place=self._tongue.where(source.place(sentence.span.start)),
            sentence=_set_apart(sentence.text),
            span=sentence.span,
        )


def _set_apart(sentence: str) -> str:
    """A row of a table with its cells wide apart: over a thin blank the numbers of two cells read as one."""
    return sentence.replace("\t", "\u3000")
