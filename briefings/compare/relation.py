"""Numbers that a rule has linked: which is checked, what it must follow from, and how sure the link is."""

from dataclasses import dataclass

from briefings.compare.arithmetic import Operation
from briefings.compare.passages import Term
from briefings.records.check import CheckKind


@dataclass(frozen=True, slots=True)
class Relation:
    """``stated`` must be what ``operation`` makes of ``inputs``.

    ``firm``: grammar or place links the terms, so that a misfit is a fault of the source. Otherwise names link them,
    and a misfit may as well mean another scope: it is then left open.
    """

    kind: CheckKind
    rule: str
    operation: Operation
    stated: Term
    inputs: tuple[Term, ...]
    firm: bool = True
