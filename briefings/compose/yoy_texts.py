"""The words of two periods: what goes on, what is new, what is no longer found; problems then and now; what became of plans."""

from collections.abc import Sequence
from itertools import zip_longest

from briefings.compose.desk import Desk
from briefings.records.briefing import Block, Column, Heading, Line, Paragraph, Table, Words
from briefings.records.comparison import Promise
from briefings.records.document import Span
from briefings.records.fact import Measure
from briefings.records.yoy import TextChange, YearOnYear

_LIMIT = 60
_ONE_SIDED_LIMIT = 46
_MOST_KEPT = 8
_MOST_ONE_SIDED = 10
_MOST_PROMISES = 8


def work(comparison: YearOnYear, desk: Desk) -> list[Block]:
    """What was done then and now."""
    return _chapter(comparison, comparison.work, desk.words("工作的延续与变化"), "work", desk)


def problems(comparison: YearOnYear, desk: Desk) -> list[Block]:
    """The problems named then and now."""
    return _chapter(comparison, comparison.problems, desk.words("问题的前后"), "problems", desk)


def promised(comparison: YearOnYear, desk: Desk) -> list[Block]:
    """What became of the prior side's plans, in both sides' words."""
    if not comparison.promises:
        return []
    states = {
        "done": desk.words("已完成"),
        "on_track": desk.words("推进中"),
        "behind": desk.words("滞后"),
        "not_mentioned": desk.words("未见表述"),
    }
    order = tuple(states)
    told = sorted(comparison.promises, key=lambda p: (p.answer is None, order.index(p.state)))
    rows = tuple(
        (_said(p.plan, desk), _answer(p, desk), (Words(states[p.state]),)) for p in told[:_MOST_PROMISES]
    )
    columns = (
        Column(desk.words("{period}的打算", period=desk.period(comparison.prior.label)), weight=3),
        Column(desk.words("{period}的表述", period=desk.period(comparison.current.label)), weight=3),
        Column(desk.words("状态"), "center", 1),
    )
    ids = [p.id for p in comparison.promises]
    note = desk.say(
        "共{n}项，本刊按措辞和数字比对；“未见表述”只说明本期文字中没有找到，不等于没有完成。",
        n=desk.count(ids),
    )
    return [
        Heading(2, desk.words("上期打算的着落"), "promised", desk.chapter_number()),
        Table("t-promised", desk.table_number(), desk.words("上期打算与本期表述"), columns, rows, note),
    ]


def _chapter(comparison: YearOnYear, found: TextChange, head: str, key: str, desk: Desk) -> list[Block]:
    changes = found.changes
    if not (changes.kept or changes.new or changes.gone):
        return []
    blocks: list[Block] = [Heading(2, head, key, desk.chapter_number())]
    before, after = desk.period(comparison.prior.label), desk.period(comparison.current.label)
    if not comparison.prior.reviews or not comparison.current.reviews:
        side = changes.new or changes.gone
        rows = tuple((_said(m, desk),) for m in side[:_MOST_ONE_SIDED])
        caption = desk.words("{period}的原文", period=after if changes.new else before)
        return [*blocks, Table(f"t-{key}", desk.table_number(), caption, (Column(caption),), rows)]
    if key == "problems" and not changes.gone and not changes.kept:
        blocks.append(Paragraph(desk.say("{period}没有写到问题。", period=before)))
    if key == "problems" and not changes.new and not changes.kept:
        blocks.append(Paragraph(desk.say("{period}没有写到问题。", period=after)))
    blocks.append(Paragraph(_count(found, desk)))
    if changes.kept:
        pairs = tuple((_said(t.prior, desk), _said(t.current, desk)) for t in changes.kept[:_MOST_KEPT])
        columns = (Column(before), Column(after))
        blocks.append(Table(f"t-{key}-kept", desk.table_number(), desk.words("延续"), columns, pairs))
    if changes.gone or changes.new:
        blocks.append(_one_sided(changes.gone, changes.new, (before, after), key, desk))
    return blocks


def _count(found: TextChange, desk: Desk) -> Line:
    changes = found.changes
    line = desk.say(
        "延续{kept}条，新提{new}条，未再见到{gone}条",
        kept=desk.count([t.current.id for t in changes.kept]), new=desk.count([m.id for m in changes.new]),
        gone=desk.count([m.id for m in changes.gone]),
    )  # fmt: skip
    if found.reworded:
        line = desk.say(
            "{line}；另有{n}条没有对应的条目，但另一期的文字里仍提到同一事项",
            line=line,
            n=desk.count(found.reworded),
        )
    return desk.say("{line}（本刊计算）。", line=line)


def _one_sided(
    gone: Sequence[Measure], new: Sequence[Measure], periods: tuple[str, str], key: str, desk: Desk
) -> Table:
    rows = tuple(
        (_opening(a, desk), _opening(b, desk))
        for a, b in zip_longest(gone[:_MOST_ONE_SIDED], new[:_MOST_ONE_SIDED])
    )
    columns = (
        Column(desk.words("{period}提到，此后未再见到", period=periods[0])),
        Column(desk.words("{period}新提", period=periods[1])),
    )
    note: Line = ()
    if max(len(gone), len(new)) > _MOST_ONE_SIDED:
        note = desk.say(
            "按原文顺序；前者共{gone}条，后者共{new}条，各列其前若干条。",
            gone=desk.count([m.id for m in gone]), new=desk.count([m.id for m in new]),
        )  # fmt: skip
    return Table(f"t-{key}-moved", desk.table_number(), desk.words("未再见到与新提"), columns, rows, note)


def _said(measure: Measure, desk: Desk) -> Line:
    """The words that name a measure, and what follows of its sentence where there is room."""
    return _opening(measure, desk, _LIMIT)


def _opening(measure: Measure | None, desk: Desk, limit: int = _ONE_SIDED_LIMIT) -> Line:
    if measure is None:
        return (Words("—"),)
    quote = desk.citations.passages(measure.document).opening(measure, limit)
    return (quote, desk.citations.cite(measure.document, quote.span.start))


def _answer(promise: Promise, desk: Desk) -> Line:
    """The sentence of the next period that answers, whole where it is short."""
    if promise.answer is None:
        return (Words("—"),)
    passages = desk.citations.passages(promise.answer.document)
    sentence = passages.sentence(promise.answer.span.start)
    quote = passages.whole(sentence, _LIMIT)
    return (quote, desk.citations.cite(promise.answer.document, Span(*quote.span).start))
