"""A source as one HTML page: every number marked by what became of it, every fact a click from how it was read."""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise
from pathlib import Path

from briefings.records.coverage import REASONS, Mention
from briefings.records.document import Role, Source
from briefings.records.fact import Fact, Findings, Measure
from briefings.render.html import POLICY, fill, sheet

_ROLES: dict[Role, str] = {
    "done": "做了",
    "problem": "问题",
    "plan": "打算",
    "question": "提问",
    "boilerplate": "套话",
}
_KINDS = {
    "level": "数值", "rate": "比率", "change": "增减幅度", "delta": "增减量", "gap": "差距", "rank": "位次", "completion": "完成进度",
}  # fmt: skip
_BASES = {"yoy": "同比", "qoq": "环比", "ytd": "比年初", "avg2y": "两年平均", "other": "其他", "plan": "计划"}
_UNKNOWN = "没有读懂"
_AROUND = 16


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text that is marked as one; ``margin`` is said beside it, ``id`` is set at a mention's start."""

    text: str
    outcome: str = ""
    title: str = ""
    fact: str = ""
    role: str = ""
    margin: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """How a fact was read, as rows of label and words."""

    id: str
    start: int
    name: str
    value: str
    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Unknown:
    """A number that was not understood, with the words around it."""

    start: int
    before: str
    text: str
    after: str


@dataclass(frozen=True, slots=True)
class Page:
    """All that the template prints."""

    name: str
    sha256: str
    documents: tuple[str, ...]
    total: int
    share: str
    counts: dict[str, int]
    rows: tuple[tuple[str, int], ...]
    unknown: tuple[Unknown, ...]
    pieces: tuple[Piece, ...]
    facts: tuple[Panel, ...]


def source(
    settled: Source, findings: Sequence[Findings], mentions: Sequence[Mention], search: tuple[Path, ...]
) -> bytes:
    """The self-contained page of ``settled``: styles inside it, nothing fetched, no scripts.

    ``mentions`` are all of the source's, in order; the text of the element ``text`` is exactly the source's.
    Raises ``ConfigurationError`` naming the template and its line when one cannot be used.
    """
    return fill(
        search,
        "web/coverage.html.j2",
        page=page(settled, findings, mentions),
        policy=POLICY,
        sheets=[sheet(name, search) for name in ("modern", "source")],
    ).encode()


def page(settled: Source, findings: Sequence[Findings], mentions: Sequence[Mention]) -> Page:
    """What the page says."""
    counts = Counter(m.outcome for m in mentions)
    by_reason = Counter(m.reason for m in mentions if m.outcome == "masked")
    rows = [("指标数值", counts["fact"]), *((REASONS[why], n) for why, n in by_reason.most_common())]
    facts = sorted((fact for found in findings for fact in found.facts), key=lambda f: (f.start, f.end))
    first = {m.fact: m.start for m in reversed(mentions) if m.fact}
    known = len(mentions) - counts["unknown"]
    return Page(
        name=settled.name,
        sha256=settled.sha256,
        documents=tuple(found.document for found in findings),
        total=len(mentions),
        share=f"{100 * known / len(mentions):.1f}" if mentions else "100",
        counts={key: counts[key] for key in ("fact", "masked", "unknown")},
        rows=(*rows, (_UNKNOWN, counts["unknown"])),
        unknown=tuple(_unknown(m, settled.text) for m in mentions if m.outcome == "unknown"),
        pieces=tuple(_pieces(settled.text, facts, findings, mentions)),
        facts=tuple(_panel(fact, settled, first.get(fact.id, fact.start)) for fact in facts),
    )


def _unknown(mention: Mention, text: str) -> Unknown:
    before = " ".join(text[max(0, mention.start - _AROUND) : mention.start].split())
    after = " ".join(text[mention.end : mention.end + _AROUND].split())
    return Unknown(mention.start, before, mention.text, after)


def _pieces(
    text: str, facts: Sequence[Fact], findings: Sequence[Findings], mentions: Sequence[Mention]
) -> Iterator[Piece]:
    """The whole text in pieces, cut wherever a fact, a measure, or a number outside of all facts begins or ends."""
    measures = sorted((m for found in findings for m in found.measures), key=lambda m: m.span)
    measure_at = _Over([(m.span.start, m.span.end) for m in measures])
    fact_at = _Over([(f.start, f.end) for f in facts])
    mention_at = _Over([(m.start, m.end) for m in mentions])
    outside = [(m.start, m.end) for m in mentions if fact_at.index(m.start) < 0]
    cuts = sorted({0, len(text), *chain.from_iterable((*measure_at.spans, *fact_at.spans, *outside))})
    starts = [m.start for m in mentions]
    opened: set[str] = set()
    for start, end in pairwise(cuts):
        measure = measures[index] if (index := measure_at.index(start)) >= 0 else None
        fact = facts[index] if (index := fact_at.index(start)) >= 0 else None
        mention = mentions[index] if (index := mention_at.index(start)) >= 0 else None
        outcome, title = _mark(mention) if fact is None else ("fact", "")
        margin = ""
        if measure is not None and measure.id not in opened:
            opened.add(measure.id)
            margin = _ROLES[measure.role]
        yield Piece(
            text=text[start:end],
            outcome=outcome,
            title=title,
            fact=fact.id if fact else "",
            role=_role(measure),
            margin=margin,
            id=_first(starts, start, end) if fact is not None or mention is not None else "",
        )


def _first(starts: Sequence[int], start: int, end: int) -> str:
    """The first of ``starts`` in ``[start, end)``, as an id; a number that began before has its id there."""
    index = bisect_left(starts, start)
    return str(starts[index]) if index < len(starts) and starts[index] < end else ""


def _role(measure: Measure | None) -> str:
    return measure.role if measure else ""


def _mark(mention: Mention | None) -> tuple[str, str]:
    if mention is None:
        return "", ""
    return mention.outcome, REASONS[mention.reason] if mention.outcome == "masked" else _UNKNOWN


class _Over:
    """Spans in order, and which of them holds a place; of two that do, the first."""

    def __init__(self, spans: Sequence[tuple[int, int]]) -> None:
        self.spans = spans
        self._starts = [start for start, _ in spans]
        self._reach = list(accumulate((end for _, end in spans), max))

    def index(self, at: int) -> int:
        """The index of the first span that holds ``at``, -1 for none."""
        index, found = bisect_right(self._starts, at) - 1, -1
        while index >= 0 and self._reach[index] > at:
            found = index if self.spans[index][1] > at else found
            index -= 1
        return found


def _panel(fact: Fact, settled: Source, start: int) -> Panel:
    value = fact.value + (f"～{fact.value_high}" if fact.value_high else "") + (fact.unit or "")
    said = (
        ("原文", fact.surface),
        ("种类", _KINDS[fact.kind]),
        ("规范名", fact.canonical or ""),
        ("对比", _BASES.get(fact.basis, fact.basis) if fact.basis else ""),
        ("时期", fact.period or ""),
        ("范围", fact.scope or ""),
        ("状态", "目标" if fact.status == "target" else "实际"),
        ("约数", fact.hedge or ""),
        ("规则", fact.rule),
        ("存疑", "、".join(fact.flags)),
        ("标题", " / ".join(fact.path)),
        ("位置", settled.place(fact.start)),
        ("句子", " ".join(settled.text[fact.sentence.start : fact.sentence.end].split())),
    )
    return Panel(
        fact.id, start, fact.indicator, value, tuple((label, words) for label, words in said if words)
    )
