"""What changed between two editions of a briefing, or would change, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from briefings.records.briefing import Briefing
from briefings.records.correction import Correction
from briefings.records.document import Document
from briefings.records.edition import Order
from briefings.records.fact import Fact, Measure

Change = Literal["new", "gone", "changed", "moved"]
"""``moved``: said in the same words of the same thing, at another place of a replaced source."""
Reason = Literal[
    "new_source", "replaced_source", "gone_source", "metadata", "correction", "lexicon", "rules", "order", "program",
    "template",
]  # fmt: skip
"""``rules``: the same bytes are read differently; ``program``: another version of briefings or of a library."""


@dataclass(frozen=True, slots=True)
class Cause:
    """Why something changed.

    ``subject`` is what changed: the document's id, the correction's id, a field of the order, a library, a file of the
    templates and styles. ``before`` and ``after`` are its file, its value or its version, of a correction what it did and
    what became of it (``undone``; ``left`` with a source that was replaced). ``by`` and ``why`` are the person who decided it
    and the reason given.
    """

    reason: Reason
    subject: str = ""
    before: str = ""
    after: str = ""
    by: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Kept:
    """What is held of an edition, or of one that would be made, so that it can be set against another.

    ``texts`` by sha256 hold the sources' texts, of an edition at least the sentences of its facts. ``measures`` is None for an
    edition that kept none. ``inputs`` are digests, versions and values by name, empty where they were not kept; ``assets``
    are the digests of templates and styles by path.
    """

    id: str
    order: Order
    facts: tuple[Fact, ...]
    documents: tuple[Document, ...]
    texts: Mapping[str, str]
    corrections: tuple[Correction, ...] = ()
    measures: tuple[Measure, ...] | None = None
    briefing: Briefing | None = None
    inputs: Mapping[str, str] | None = None
    assets: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """A document that came, went, was replaced by its other version, or whose metadata were set (``changed``)."""

    change: Literal["new", "gone", "replaced", "changed"]
    before: Document | None
    after: Document | None
    cause: Cause


@dataclass(frozen=True, slots=True)
class FactChange:
    """A number that came, went or changed; ``fields`` are those that differ, ``printed`` says in which edition it is printed."""

    change: Change
    before: Fact | None
    after: Fact | None
    cause: Cause
    fields: tuple[str, ...] = ()
    printed: tuple[bool, bool] = (False, False)

    @property
    def fact(self) -> Fact:
        """The number as it stands now; as it stood, where it is gone."""
        found = self.after or self.before
        assert found
        return found


@dataclass(frozen=True, slots=True)
class MeasureChange:
    """A measure that came, went, moved or is worded or sorted differently; ``fields`` are those that differ."""

    change: Change
    before: Measure | None
    after: Measure | None
    cause: Cause
    fields: tuple[str, ...] = ()

    @property
    def measure(self) -> Measure:
        """The measure as it stands now; as it stood, where it is gone."""
        found = self.after or self.before
        assert found
        return found


@dataclass(frozen=True, slots=True)
class LineChange:
    """A printed line, without its citations: "" before where it is new, "" after where it is gone.

    ``where`` is the text of the heading above it.
    """

    where: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Changes:
    """All that sets one edition apart from another; ``old`` and ``new`` are their ids.

    ``causes`` are all causes found, also those that changed nothing that is said. ``measures`` is None where one of the
    editions kept none. ``lines`` are empty where one of the two has not been worded.
    """

    old: str
    new: str
    documents: tuple[DocumentChange, ...]
    facts: tuple[FactChange, ...]
    measures: tuple[MeasureChange, ...] | None
    lines: tuple[LineChange, ...]
    causes: tuple[Cause, ...]

    def numbers(self, *changes: Change) -> tuple[FactChange, ...]:
        """The numbers that changed in one of these ways."""
        return tuple(f for f in self.facts if f.change in changes)
