"""What somebody changed in a produced file that came back."""

from dataclasses import dataclass
from typing import Literal

EditKind = Literal[
    "altered", "added", "added_known", "removed", "rewritten", "quotation", "citation_altered", "citation_dangling",
    "citation_removed", "citation_added", "reworded", "sentence_added", "sentence_removed", "moved", "tracked", "picture",
    "unread",
]  # fmt: skip
"""Of numbers: ``altered``, ``added`` (no source), ``added_known`` (a fact of the workspace), ``removed``, ``rewritten``
(the same number written another way). The rest are of words, citations, pictures and what cannot be read."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One change: what stood there (``was``), what stands there now, and the words around it.

    ``place`` is for people: the heading, then the paragraph, or the table with row and column. ``held`` says that the file
    must not go out like this. ``fact`` is the id of the fact that bears out an added number, "" for none.
    """

    kind: EditKind
    place: str
    was: str
    now: str
    around: str
    reason: str
    held: bool = False
    fact: str = ""


@dataclass(frozen=True, slots=True)
class EditReport:
    """A file that came back, set against the edition it was: how many numbers were read in it, and every change."""

    file: str
    briefing: str
    edition: str
    numbers: int
    edits: tuple[Edit, ...]

    @property
    def passed(self) -> bool:
        """True when no number, quotation or citation is other than it was, and none was added without a source."""
        return not any(edit.held for edit in self.edits)
