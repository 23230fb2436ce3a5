"""Numbers that a rule has linked: which is checked, what it must follow from, and how sure the link is."""

from dataclasses import dataclass
from typing import Literal

from briefings.compare.arithmetic import Operation
from briefings.compare.passages import Term
from briefings.records.check import CheckKind

Link = Literal["grammar", "name", "guess"]


@dataclass(frozen=True, slots=True)
class Relation:
    """``stated`` must be what ``operation`` makes of ``inputs``.

    ``link`` is what ties the terms: by ``grammar`` (or exact names, places and periods) a misfit is a fault of the
    source; by ``name`` it may as well mean another scope, and is left open; by ``guess`` only agreement is told.
    """

    kind: CheckKind
    rule: str
    operation: Operation
    stated: Term
    inputs: tuple[Term, ...]
    link: Link = "grammar"
