"""The digest's chapter on each department, and the problems that several of them share."""

from briefings.compose.desk import Desk, chinese
from briefings.compose.digest_front import basis, name, quoted, substantive
from briefings.compose.wording import issuer_name, trend, value
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
    Table,
    Words,
)
from briefings.records.comparison import Digest, Highlight, Review
from briefings.records.document import Span
from briefings.records.fact import Fact, Measure

_MOST_ACHIEVEMENTS = 5
_MOST_FIGURES = 6
_MOST_ITEMS = 3
_BULLET_LIMIT = 90
_ITEM_LIMIT = 60
_QUOTE_LIMIT = 120


def chapter(comparison: Digest, desk: Desk) -> list[Block]:
    """Every department in turn: achievements, key figures, problems, next steps, a quotation."""
    blocks: list[Block] = [PageBreak(), Heading(2, "各部门情况", "departments", desk.chapter_number())]
    for at, review in enumerate(comparison.reviews, 1):
        blocks += _department(review, at, desk)
    return blocks


def shared_problems(comparison: Digest, desk: Desk) -> list[Block]:
    """Themes in which two or more documents name a problem, each in its own words."""
    blocks: list[Block] = [Heading(2, "跨部门共性问题", "shared", desk.chapter_number())]
    if not comparison.shared:
        return [*blocks, Paragraph((Words("各份总结所提问题分属不同主题，没有两份以上共同提到的。"),))]
    rows: list[tuple[Line, ...]] = []
    for problem in comparison.shared:
        label = desk.themes[problem.theme].label if problem.theme in desk.themes else problem.theme
        names = "、".join(dict.fromkeys(issuer_name(desk.documents[m.document]) for m in problem.measures))
        said: list[Inline] = []
        for measure in problem.measures:
            said += [*_item(measure, desk), Words("；" if measure is not problem.measures[-1] else "。")]
        rows.append(
            (
                (Words(label, "strong"),),
                (desk.count([m.document for m in problem.measures], "份"), Words(f"：{names}")),
                tuple(said),
            )
        )
    return [
        *blocks,
        Table(
            "t-shared",
            desk.table_number(),
            "两份以上总结共同提到的问题",
            (Column("主题", weight=1), Column("提及部门", weight=2), Column("原句", weight=5)),
            tuple(rows),
            (Words("按主题词归类，本刊计算；同一主题下各部门所说的未必是同一件事，以原句为准。"),),
        ),
    ]


def _department(review: Review, at: int, desk: Desk) -> list[Block]:
    document = review.document
    key = f"d{at}"
    blocks: list[Block] = [
        Heading(3, issuer_name(document), key, f"（{chinese(at)}）"),
        Paragraph(_about(review, desk), "note"),
    ]
    chosen = _different(review, desk)
    blocks.append(Heading(4, "工作成效", f"{key}-done"))
    if chosen:
        blocks.append(Bullets(tuple(_achievement(h, desk) for h in chosen)))
    elif review.done:
        blocks.append(
            Bullets(tuple((*_item(m, desk), Words("。")) for m in review.done[:_MOST_ACHIEVEMENTS]))
        )
    else:
        blocks.append(Paragraph((Words("原文没有可以摘引的成效。"),)))
    figures = _figures(review)
    if figures:
        blocks.append(_figure_table(figures, issuer_name(document), key, desk))
    blocks.append(_callout("problem", "问题", review.problems, "原文没有写到问题。", desk))
    blocks.append(_callout("plan", "下步打算", review.plans, "原文没有写到下步打算。", desk))
    quotation = _quotation(review, chosen, desk)
    if quotation:
        blocks.append(quotation)
    return blocks


def _about(review: Review, desk: Desk) -> Line:
    document = review.document
    line: list[Inline] = [Words(f"《{document.title.value}》")]
    if document.published:
        line.append(Words(f"　{document.published.value}"))
    line += [Words("　可量化指标"), desk.count([f.id for f in review.facts], "项"), Words("，措施")]
    line += [desk.count([m.id for m in review.done], "条"), Words("（本刊计算）")]
    if "cut_short" in document.flags:
        line.append(Words("　文末残缺"))
    return tuple(line)


def _different(review: Review, desk: Desk) -> tuple[Highlight, ...]:
    """The best highlights that are not said in the same clauses as a better one."""
    passages = desk.citations.passages(review.document.id)
    chosen: list[Highlight] = []
    taken: list[Span] = []
    for highlight in review.highlights:
        span = passages.clause(highlight.facts, _BULLET_LIMIT).span
        if all(span.end <= t.start or t.end <= span.start for t in taken):
            chosen.append(highlight)
            taken.append(span)
        if len(chosen) == _MOST_ACHIEVEMENTS:
            break
    return tuple(chosen)


def _achievement(highlight: Highlight, desk: Desk) -> Line:
    return (*quoted(highlight, desk, _BULLET_LIMIT), Words("。"))


def _figures(review: Review) -> list[Highlight]:
    """The highlights with a number worth a row: the best six, exact before rough."""
    return list(review.highlights[:_MOST_FIGURES])


def _figure_table(figures: list[Highlight], who: str, key: str, desk: Desk) -> Table:
    rows = []
    for highlight in figures:
        told = [desk.print(f) for f in highlight.facts]
        growth = next((f for f in told if f.kind in ("change", "delta") and f is not highlight.lead), None)
        other = next((f for f in told if f.kind in ("rank", "completion") and f is not highlight.lead), None)
        lead = highlight.lead
        rows.append(
            (
                name(lead, desk),
                (*basis(lead), *_shown(lead)),
                (*basis(growth), *_shown(growth)) if growth else (),
                (*basis(other), value(other)) if other else (),
                (desk.cite(lead),),
            )
        )
    return Table(
        f"t-{key}",
        desk.table_number(),
        f"{who}关键数据",
        (
            Column("指标", weight=3),
            Column("数值", "right", 1.6),
            Column("增减", "right", 1.6),
            Column("位次或进度", weight=2),
            Column("来源", "center", 0.7),
        ),
        tuple(rows),
    )


def _shown(fact: Fact) -> Line:
    return trend(fact) if fact.kind in ("change", "delta", "gap") else (value(fact),)


def _callout(tone: str, head: str, measures: tuple[Measure, ...], silence: str, desk: Desk) -> Callout:
    said = substantive(measures)
    items: tuple[Line, ...] = tuple((*_item(m, desk), Words("。")) for m in said[:_MOST_ITEMS])
    if len(said) > _MOST_ITEMS:
        items = (
            *items,
            (
                Words("原文共", "muted"),
                desk.count([m.id for m in said], "条"),
                Words("，此处摘前三条。", "muted"),
            ),
        )
    return Callout("problem" if tone == "problem" else "plan", head, items or ((Words(silence),),))


def _item(measure: Measure, desk: Desk) -> Line:
    quote = desk.citations.passages(measure.document).opening(measure, _ITEM_LIMIT)
    return (quote, desk.citations.cite(measure.document, quote.span.start))


def _quotation(review: Review, chosen: tuple[Highlight, ...], desk: Desk) -> Quotation | None:
    """The plan that names a target, else the best achievement's sentence when the bullet had to cut it."""
    targets = [f for f in review.facts if f.status == "target" and f.role == "plan"]
    fact = targets[0] if targets else None
    if fact is None:
        return None
    passages = desk.citations.passages(review.document.id)
    sentence = passages.sentence(fact.start)
    quote = passages.whole(sentence, _QUOTE_LIMIT)
    cite = desk.citations.cite(review.document.id, fact.start)
    return Quotation((quote,), (Words(f"——{issuer_name(review.document)}"), cite))
