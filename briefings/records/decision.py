"""What a person decided about a promise: that the match found is right, that another sentence answers it, or none."""

from dataclasses import dataclass
from typing import Literal

from briefings.records.document import Span


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision, the last of a promise counts.

    ``promise`` is ``Promise.id``. ``verdict``: ``confirm`` the match as it was found then, ``change`` it to the sentence
    at ``span`` of ``document`` and to ``state``, ``reject`` every match (not mentioned), ``undo`` what was decided before.
    ``document`` and ``span`` say where the answer stands ("" and None for reject and undo); ``text`` is what stood there,
    so that a changed source is noticed. ``state`` is one of ``PromiseState`` or "" to leave it to the rules.
    ``promised`` is the document that promises, ``plan`` its words: a new version of it makes the decision void.
    """

    id: int
    promise: str
    verdict: Literal["confirm", "change", "reject", "undo"]
    document: str
    span: Span | None
    text: str
    state: str
    author: str
    reason: str
    at: str
    promised: str = ""
    plan: str = ""
