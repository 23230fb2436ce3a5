"""The digest's chapter on each department, and the problems that several of them share."""

import re

from briefings.compose.desk import Desk
from briefings.compose.digest_front import substantive
from briefings.compose.figures import figure_columns, figure_row, in_english, quotation, without_empty
from briefings.compose.passages import Passages
from briefings.records.briefing import (
    Block,
    Bullets,
    Callout,
    Column,
    Heading,
    Inline,
    Line,
    PageBreak,
    Paragraph,
    Quotation,
    Quote,
    Table,
    Words,
)
from briefings.records.comparison import Digest, Highlight, Review
from briefings.records.document import Span
from briefings.records.fact import Fact, Measure

_MOST_ACHIEVEMENTS = 5
_MOST_FIGURES = 6
_MOST_ITEMS = 3
_BULLET_LIMIT = 100
_ITEM_LIMIT = 60
_QUOTE_LIMIT = 120
_SETS = re.compile(r"力争|确保|达到|目标|任务|不低于|不少于|以上|增长|控制在")


def chapter(comparison: Digest, desk: Desk) -> list[Block]:
    """Every department in turn: achievements, key figures, problems, next steps, a quotation."""
    blocks: list[Block] = [
        PageBreak(),
        Heading(2, desk.words("各部门情况"), "departments", desk.chapter_number()),
    ]
    for at, review in enumerate(comparison.reviews, 1):
        blocks += _department(review, at, desk)
    return blocks


def shared_problems(comparison: Digest, desk: Desk) -> list[Block]:
    """Kinds of problems that two or more documents name, each in its own words."""
    blocks: list[Block] = [Heading(2, desk.words("跨部门共性问题"), "shared", desk.chapter_number())]
    if not comparison.shared:
        return [*blocks, Paragraph(desk.say("各份总结所提问题各不相同，没有两份以上共同提到的。"))]
    rows: list[tuple[Line, ...]] = []
    for problem in comparison.shared:
        said: list[Inline] = []
        for measure in problem.measures:
            who, item = desk.who(measure.document), _item(measure, desk)
            last = measure is problem.measures[-1]
            said += (
                desk.say("{who}：{said}。", who=who, said=item)
                if last
                else desk.say("{who}：{said}；", who=who, said=item)
            )
        count = desk.count([m.document for m in problem.measures], "份")
        rows.append(((Words(desk.theme(problem.theme), "strong"),), (count,), tuple(said)))
    return [
        *blocks,
        Table(
            "t-shared",
            desk.table_number(),
            desk.words("两份以上总结共同提到的问题"),
            (
                Column(desk.words("问题类别"), weight=1.1),
                Column(desk.words("提到的总结"), "center", 1),
                Column(desk.words("原句"), weight=6),
            ),
            tuple(rows),
            desk.say("按词表逐句归类，本刊计算；同一类别下各部门所说的未必是同一件事，以原句为准。"),
        ),
    ]


def _department(review: Review, at: int, desk: Desk) -> list[Block]:
    document = review.document
    key = f"d{at}"
    blocks: list[Block] = [
        Heading(3, desk.tongue.issuer(document), key, desk.tongue.section(at)),
        Paragraph(_about(review, desk), "note"),
    ]
    chosen = _different(review, desk)
    blocks.append(Heading(4, desk.words("工作成效"), f"{key}-done"))
    if chosen:
        blocks.append(Bullets(_achievements(chosen, review, desk)))
    elif review.done:
        blocks.append(
            Bullets(tuple((*_item(m, desk), *desk.say("。")) for m in review.done[:_MOST_ACHIEVEMENTS]))
        )
    else:
        blocks.append(Paragraph(desk.say("原文没有可以摘引的成效。")))
    figures = _figures(review)
    if figures:
        blocks.append(_figure_table(figures, desk.tongue.issuer(document), key, desk))
    problems, plans = _items(review.problems, desk), _items(review.plans, desk)
    silence = desk.say("原文没有写到问题。"), desk.say("原文没有写到下步打算。")
    blocks.append(Callout("problem", desk.words("问题"), problems or (silence[0],)))
    blocks.append(Callout("plan", desk.words("下步打算"), plans or (silence[1],)))
    quotation = _quotation(review, desk)
    if quotation:
        blocks.append(quotation)
    return blocks


def _about(review: Review, desk: Desk) -> Line:
    document = review.document
    line: list[Inline] = [Words(f"《{document.title.value}》")]
    if document.published:
        day = document.published.value
        line += desk.say("　{day}", day=day if desk.tongue.language == "zh" else desk.period(day))
    line += desk.say(
        "　可量化指标{facts}，措施{measures}（本刊计算）",
        facts=desk.count([f.id for f in review.facts], "项"),
        measures=desk.count([m.id for m in review.done], "条"),
    )
    if "cut_short" in document.flags:
        line += desk.say("　文末残缺")
    return tuple(line)


def _different(review: Review, desk: Desk) -> tuple[Highlight, ...]:
    """The best highlights that say nothing twice; what one sentence says side by side is one achievement."""
    passages = desk.citations.passages(review.document.id)
    chosen: list[Highlight] = []
    for highlight in review.highlights:
        for at, taken in enumerate(chosen):
            joined = _joined(taken, highlight, passages)
            if joined is not None:
                chosen[at] = joined
                break
        else:
            span = passages.clause(highlight.facts, _BULLET_LIMIT).span
            others = [passages.clause(c.facts, _BULLET_LIMIT).span for c in chosen]
            if len(chosen) < _MOST_ACHIEVEMENTS and all(_apart(span, o) for o in others):
                chosen.append(highlight)
    return tuple(chosen)


def _joined(taken: Highlight, more: Highlight, passages: Passages) -> Highlight | None:
    """``taken`` with the facts of ``more``, where one quotation of the same sentence holds both; else None."""
    if more.lead.sentence != taken.lead.sentence or more.lead.scope != taken.lead.scope:
        return None
    if {"process", "in_passing"} & set(more.reasons):
        return None
    facts = tuple(sorted({*taken.facts, *more.facts}, key=lambda f: f.start))
    span = passages.clause(facts, _BULLET_LIMIT, whole=True).span
    if not all(span.start <= f.start < span.end for f in facts):
        return None
    return Highlight(taken.lead, facts, taken.reasons)


def _apart(one: Span, other: Span) -> bool:
    return one.end <= other.start or other.end <= one.start


def _achievements(chosen: tuple[Highlight, ...], review: Review, desk: Desk) -> tuple[Line, ...]:
    """Each achievement from its sentence's beginning where that fits and repeats nothing, else its own clauses."""
    passages = desk.citations.passages(review.document.id)
    quotes = [passages.clause(h.facts, _BULLET_LIMIT) for h in chosen]
    for at, highlight in enumerate(chosen):
        wide = passages.clause(highlight.facts, _BULLET_LIMIT, whole=True)
        if all(_apart(wide.span, q.span) for n, q in enumerate(quotes) if n != at):
            quotes[at] = wide
    return tuple(_achievement(h, q, desk) for h, q in zip(chosen, quotes, strict=True))


def _achievement(highlight: Highlight, quote: Quote, desk: Desk) -> Line:
    said = quotation(highlight, quote, desk)
    if highlight.lead.rule != "table" and (english := in_english(highlight, quote, desk)):
        return desk.say("{english}：{said}。", english=english, said=said)
    return desk.say("{said}。", said=said)


def _figures(review: Review) -> list[Highlight]:
    """The highlights with a number worth a row: the best six that are no mere counts of meetings and papers and say of what they are."""
    telling = [
        h for h in review.highlights if not {"process", "again", "of_an_area", "vague"} & set(h.reasons)
    ]
    return telling[:_MOST_FIGURES]


def _figure_table(figures: list[Highlight], who: str, key: str, desk: Desk) -> Table:
    columns, rows = without_empty(figure_columns(desk), [figure_row(h, desk) for h in figures])
    return Table(f"t-{key}", desk.table_number(), desk.words("{who}关键数据", who=who), columns, rows)


def _items(measures: tuple[Measure, ...], desk: Desk) -> tuple[Line, ...]:
    said = substantive(measures)
    items: tuple[Line, ...] = tuple((*_item(m, desk), *desk.say("。")) for m in said[:_MOST_ITEMS])
    if len(said) > _MOST_ITEMS:
        more = desk.say("原文共{n}，此处摘前三条。", n=desk.count([m.id for m in said], "条"))
        items = (*items, tuple(Words(p.text, "muted") if isinstance(p, Words) else p for p in more))
    return items


def _item(measure: Measure, desk: Desk) -> Line:
    quote = desk.citations.passages(measure.document).opening(measure, _ITEM_LIMIT)
    return (quote, desk.citations.cite(measure.document, quote.span.start))


def _quotation(review: Review, desk: Desk) -> Quotation | None:
    """The plan's sentence that sets a target: the one with most targets, the first of equals."""
    passages = desk.citations.passages(review.document.id)
    targets: dict[Span, list[Fact]] = {}
    for fact in review.facts:
        if fact.status == "target" and fact.role == "plan":
            targets.setdefault(passages.sentence(fact.start).span, []).append(fact)
    told = [f for f in targets.values() if _SETS.search(passages.sentence(f[0].start).text)]
    if not told:
        return None
    fact = max(told, key=len)[0]
    quote = passages.whole(passages.sentence(fact.start), _QUOTE_LIMIT)
    cite = desk.citations.cite(review.document.id, fact.start)
    return Quotation((quote,), desk.say("——{who}{cite}", who=desk.who(review.document.id), cite=cite))
