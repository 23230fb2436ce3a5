"""What the extractor did at one place of a document: paragraph, tokens, registers, the rules it tried, the outcome."""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from types import FrameType
from typing import Any

from briefings.extract.findings import drafts, frames, is_read
from briefings.extract.lexer import Mark, Quantity
from briefings.extract.line import Draft, Group, Line, Registers
from briefings.extract.mentions import at_place, coverage
from briefings.extract.names import Name, Own
from briefings.extract.spacing import squeezed
from briefings.extract.watch import Watch
from briefings.records.coverage import REASONS, Explanation, Mention, Seen, Step
from briefings.records.document import Document, Paragraph, Source
from briefings.records.fact import Fact, Findings

_ROOM = Path(__file__).parent
_GRAMMAR = frozenset(
    str(_ROOM / f"{module}.py")
    for module in (
        "amounts",
        "choosing",
        "counted",
        "growth",
        "leads",
        "line",
        "lists",
        "names",
        "naming",
        "shares",
        "standing",
        "subjects",
        "topics",
        "unitless",
    )
)
_SHOWN = {"standing": "amounts", "unitless": "amounts", "naming": "names", "topics": "names"}
"""The matter a module belongs to: what people know a rule by does not change with the file it stands in."""
_QUIET = frozenset(("emit", "text", "plus", "grown", "until", "rstrip", "word", "lead", "hinted"))
"""Bookkeeping that decides nothing."""
_MOST_STEPS = 120
_SORTS = {
    "percent": "百分数", "points": "百分点", "times": "倍数", "money": "金额", "measure": "计量", "count": "计数",
    "score": "得分", "duration": "时长", "none": "无单位的数",
}  # fmt: skip
_MARKS = {"time": "时间", "item": "条目编号", "stop": "断句"}
_SENTENCE_ENDS = "。!?！？"
_NOT_READ = {
    "title": "标题不读数。", "date": "日期行不读数。", "contents": "目录行不读数。",
}  # fmt: skip


def explain(document: Document, source: Source, findings: Findings, offset: int) -> Explanation:
    """What was done at ``offset`` of ``source.text``; ``findings`` are those of the document as they stand.

    The grammar reads the paragraph once more under the interpreter's profiling hook, so the steps are those it takes.
    """
    around = [f for f in findings.facts if f.start <= offset < f.end]
    low, high = (around[0].start, around[0].end) if around else (offset, offset + 1)
    seen = [m for m in coverage(document, source, findings) if m.start < high and low < m.end]
    mention = next((m for m in seen if m.start <= offset < m.end), seen[0] if seen else None)
    at, stop = (mention.start, mention.end) if mention else (offset, offset + 1)
    facts = [f for f in findings.facts if f.start < stop and at < f.end]
    tabled = any(f.rule == "table" for f in facts) or (
        mention is not None and mention.reason in ("header", "label")
    )
    found = at_place(document, at)
    paragraph, inside = found if found else (None, 0)
    watch = _Tracer(-1)
    sentence, tokens = "", tuple[Seen, ...]()
    if paragraph is not None:
        text, offsets = squeezed(paragraph.text)
        place = offsets.index(inside) if offsets and inside in offsets else min(inside, len(text) - 1)
        start, end = _sentence(text, place)
        sentence = text[start:end]
        if is_read(paragraph) and not tabled:
            watch = _Tracer(place)
            drafts(paragraph, frames(document)[id(paragraph)], watch)
            tokens = tuple(_tokens(watch, text, start, end, paragraph, offsets))
    turn = document.turns[paragraph.turn] if paragraph and paragraph.turn >= 0 else None
    return Explanation(
        document=document.id,
        offset=offset,
        place=source.place(offset),
        mention=mention,
        kind=paragraph.kind if paragraph else None,
        role=paragraph.role if paragraph else None,
        path=document.heading_path(paragraph.section) if paragraph else (),
        speaker=turn.speaker if turn else "",
        sentence=sentence,
        tokens=tokens,
        before=watch.before,
        steps=tuple(watch.steps),
        after=watch.after,
        facts=tuple(f.id for f in facts),
        verdict=_verdict(mention, facts, paragraph, tabled),
    )


def _verdict(mention: Mention | None, facts: list[Fact], paragraph: Paragraph | None, tabled: bool) -> str:
    if mention is None:
        return "这个位置上没有数。" if paragraph else "这个位置不在任何一段正文里，也没有数。"
    if facts:
        fact = facts[0]
        how = "由表格的行名、列名和单位读出" if tabled else f"由规则 {fact.rule} 读出"
        said = f"“{fact.surface}”是{fact.indicator}的{fact.kind}，{how}"
        return said + (f"，标记：{'、'.join(fact.flags)}。" if fact.flags else "。")
    if mention.outcome == "masked":
        return f"“{mention.text}”不是指标数值：{REASONS[mention.reason]}。"
    if paragraph is not None and paragraph.kind in _NOT_READ:
        return _NOT_READ[paragraph.kind]
    return f"“{mention.text}”没有读懂：没有一条规则能说出它量的是什么。"


@dataclass(slots=True)
class _Tracer(Watch):
    """A watch that notes the registers and the rules tried where the list of numbers at ``place`` is read."""

    place: int = -1
    before: tuple[tuple[str, str], ...] = ()
    after: tuple[tuple[str, str], ...] = ()
    steps: list[Step] = field(default_factory=list)

    def __init__(self, place: int) -> None:
        Watch.__init__(self)
        self.place, self.before, self.after, self.steps = place, (), (), []

    def read(self, line: Line, group: Group, reader: Callable[[Line, Group], None]) -> None:
        """Let ``reader`` read a list of numbers; the one asked for under the hook."""
        if not any(q.start <= self.place < q.end for q in group.quantities):
            reader(line, group)
            return
        self.before = tuple(_registers(line))
        calls = _Calls(line)
        held = sys.getprofile()
        sys.setprofile(calls)
        try:
            reader(line, group)
        finally:
            sys.setprofile(held)
        self.steps = [Step(*step) for step in calls.steps[:_MOST_STEPS]]
        self.after = tuple(_registers(line))


class _Calls:
    """The profiling hook: each function of the grammar that is called, with what it gave."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self.steps: list[tuple[int, str, str, str]] = []
        self.open: list[tuple[FrameType, int, int]] = []

    def __call__(self, frame: FrameType, event: str, given: Any) -> None:
        """One event of the interpreter."""
        if event not in ("call", "return"):
            return
        code = frame.f_code
        if code.co_filename not in _GRAMMAR or code.co_name in _QUIET or code.co_name.startswith(("<", "__")):
            return
        if event == "call":
            says = code.co_consts[0] if code.co_consts and isinstance(code.co_consts[0], str) else ""
            module = Path(code.co_filename).stem
            rule = f"{_SHOWN.get(module, module)}.{code.co_name.lstrip('_')}"
            self.open.append((frame, len(self.steps), len(self.line.drafts)))
            self.steps.append((len(self.open) - 1, rule, says.split("\n", 1)[0], ""))
        elif self.open and self.open[-1][0] is frame:
            _, index, drafts_before = self.open.pop()
            depth, rule, says, _ = self.steps[index]
            self.steps[index] = (depth, rule, says, self._given(given, drafts_before))

    def _given(self, given: Any, drafts_before: int) -> str:
        made = self.line.drafts[drafts_before:]
        if made:
            return "得出 " + "；".join(_draft(d, self.line.text) for d in made)
        return _said(given, self.line.text)


def _said(given: Any, text: str) -> str:
    if given is None:
        return "无"
    if given is True:
        return "成立"
    if given is False:
        return "不成立"
    if isinstance(given, Name):
        return given.text(text)
    if isinstance(given, Own):
        name = given.name.text(text) if given.name else "无"
        return name + (f"（范围 {text[slice(*given.scope)]}）" if given.scope else "")
    if isinstance(given, Draft):
        return _draft(given, text)
    if isinstance(given, list | tuple):
        return "、".join(_said(each, text) for each in given) or "无"
    return str(given[0]) if hasattr(given, "group") else str(given)


def _draft(draft: Draft, text: str) -> str:
    return f"{draft.name.text(text)} {draft.kind} {draft.value}{draft.quantity.unit or ''}"


def _registers(line: Line) -> Iterator[tuple[str, str]]:
    """The registers that hold something, in words."""
    for each in fields(Registers):
        value = getattr(line.now, each.name)
        if value is None or value is False or value in ([], ""):
            continue
        if each.name == "matter":
            yield each.name, line.text[slice(*value)]
        elif each.name == "facts":
            yield each.name, "；".join(_draft(d, line.text) for d in value[-4:])
        else:
            yield each.name, _said(value, line.text)


def _sentence(text: str, at: int) -> tuple[int, int]:
    start = max(text.rfind(mark, 0, at) for mark in _SENTENCE_ENDS) + 1
    ends = [found for mark in _SENTENCE_ENDS if (found := text.find(mark, at)) >= 0]
    return start, min(ends) + 1 if ends else len(text)


def _tokens(
    watch: Watch, text: str, start: int, end: int, paragraph: Paragraph, offsets: list[int] | None
) -> Iterator[Seen]:
    """The tokens and masks between ``start`` and ``end``, in the order of the text."""
    seen: list[tuple[int, int, str]] = [(m.start, m.end, f"掩去：{REASONS[m.reason]}") for m in watch.masked]
    for token in watch.line.tokens if watch.line else ():
        if isinstance(token, Mark):
            seen.append((token.start, token.end, _MARKS[token.kind]))
        else:
            assert isinstance(token, Quantity)
            seen.append((token.start, token.end, _SORTS[token.sort]))
    for first, last, kind in sorted(seen):
        if first >= start and last <= end and first < last:
            a, b = (offsets[first], offsets[last - 1] + 1) if offsets else (first, last)
            yield Seen(kind, text[first:last], paragraph.span(a, b))
