"""What a document says: facts (numbers with what they measure) and measures (done, problems, plans)."""

from dataclasses import dataclass
from typing import Literal

from briefings.records.document import Role, Span
from briefings.records.problem import Problem

Kind = Literal["level", "rate", "change", "delta", "gap", "rank", "completion"]
Status = Literal["actual", "target"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One measured number with its exact place.

    ``start``/``end`` are code points in the source's text and ``surface`` is exactly that text (the number with its
    hedge and unit). ``value`` is the number as written, unscaled, without thousands separators, signed for change,
    delta and gap; ``value_high`` is the upper end of a range. ``unit`` is as written (``亿元``, ``%``, ``个百分点``) or None.
    ``indicator`` names what is measured in the source's words, ``canonical`` is the lexicon's name for it or None.
    ``basis``: yoy, qoq, ytd, avg2y, other for change and delta; the comparator for gap; the set for rank; ``plan`` for
    completion. ``period`` like ``2021-H1`` or None where the document's own applies. ``hedge`` is the word that makes
    the number inexact (约, 近, 超, 余, 以上) or None. ``sentence`` spans the sentence, ``rule`` names the grammar rule,
    ``flags`` say what was assumed or looks wrong (``basis_default``, ``unit_inferred`` …). ``role`` and ``path`` come
    from the section the sentence stands in.
    """

    id: str
    document: str
    start: int
    end: int
    surface: str
    kind: Kind
    value: str
    value_high: str | None
    unit: str | None
    indicator: str
    indicator_spans: tuple[Span, ...]
    canonical: str | None
    basis: str | None
    period: str | None
    scope: str | None
    status: Status
    hedge: str | None
    sentence: Span
    rule: str
    flags: tuple[str, ...] = ()
    role: Role = "done"
    path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """One item of a done, problem or plan section: what was done, what is wrong, what comes next.

    ``text`` is the item's logical text (line breaks joined), ``span`` its place in the source, ``headline`` the words that
    name it (its heading, or its first clause), ``facts`` the ids of the facts inside it, ``theme`` a key of the themes
    lexicon or None. ``responsible`` and ``deadline`` are the source's words for who answers for it and by when, where it
    says so.
    """

    id: str
    document: str
    span: Span
    text: str
    headline: str
    role: Role
    path: tuple[str, ...]
    theme: str | None = None
    facts: tuple[str, ...] = ()
    responsible: str | None = None
    deadline: str | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """All that was found in one document; facts and measures are in the order of the text."""

    document: str
    facts: tuple[Fact, ...]
    measures: tuple[Measure, ...]
    problems: tuple[Problem, ...] = ()
