"""A check of the sources: numbers that must fit each other, and whether they do."""

from dataclasses import dataclass
from typing import Literal

from briefings.records.document import Span

CheckKind = Literal[
    "sum", "share", "completion", "rate", "growth", "delta", "average", "gap", "rank", "contradiction"
]
Verdict = Literal["agrees", "disagrees", "cannot"]


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that a check rests on: its logical text, where it stands, and the numbers in it that were used.

    ``place`` is a label for people ("第34行", "第3页"); ``numbers`` are spans of the source, inside ``span``.
    """

    document: str
    span: Span
    place: str
    text: str
    numbers: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """One number set against what other numbers make of it.

    ``facts`` are the ids of the facts used, the checked one first (numbers that are not facts, such as cells of a
    table, have none). ``formula`` is the computation in words and numbers (Chinese). ``stated`` is the number as the
    source writes it, ``computed`` what the others give, in the same unit, ``tolerance`` how far the two may lie apart
    for nothing but rounding, from the digits written. ``statements`` are the sentences, the checked number's first.
    ``verdict`` is ``cannot`` where a number is rough, or where the terms may not be of one scope. ``rule`` names the
    rule that linked the terms.
    """

    id: str
    kind: CheckKind
    verdict: Verdict
    facts: tuple[str, ...]
    documents: tuple[str, ...]
    stated: str
    computed: str
    tolerance: str
    formula: str
    statements: tuple[Statement, ...]
    rule: str
