"""The digest's first page and its overview table."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from briefings.compose import check_notes
from briefings.compose.desk import Desk
from briefings.compose.digest_charts import LEAST_BARS, completions
from briefings.compose.figures import FIGURE_COLUMNS, basis, figure_row, named, quoted, without_empty
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
    Table,
    Tile,
    Tiles,
    Words,
)
from briefings.records.comparison import Digest, Highlight, Review
from briefings.records.edition import Order
from briefings.records.fact import Fact, Measure

_LEAD_LIMIT = 60
_CHANGE_LIMIT = 36
_CELL_LIMIT = 30
_ACHIEVEMENT_LIMIT = 36
_CHANGES = 3
_MOST_HEADLINES = 8
_MOST_SHARED = 3


def first_page(order: Order, comparison: Digest, desk: Desk) -> list[Block]:
    """What a leader reads in half a minute: one sentence, four tiles, three changes, other headlines, one caveat."""
    blocks: list[Block] = [
        Heading(1, order.title, "top"),
        Paragraph(_standfirst(order, comparison, desk), "standfirst"),
    ]
    told = _one_a_document(comparison.ranked)
    if told:
        blocks.append(Paragraph(_claim(told[0], desk, _LEAD_LIMIT), "lead"))
    else:
        blocks.append(Paragraph((Words("本期各份总结没有可以量化的成效。"),), "lead"))
    blocks.append(_tiles(comparison, desk))
    lead = told[0].lead.document if told else ""
    moving = (h for h in comparison.ranked if h.lead.document != lead and _says_a_change(h, desk))
    changes = _one_a_document(moving)[:_CHANGES]
    if changes:
        blocks.append(Heading(4, "三个变化" if len(changes) == _CHANGES else "主要变化", "changes"))
        blocks.append(Bullets(tuple(_claim(h, desk, _CHANGE_LIMIT) for h in changes), ordered=True))
    others = [h for h in comparison.ranked if _is_headline(h) and h not in (*told[:1], *changes)]
    if others:
        blocks.append(headline_table(others[:_MOST_HEADLINES], desk))
    if comparison.shared:
        blocks.append(Paragraph(_commonest(comparison, desk)))
    blocks.append(Callout("check", "一个提醒", (_caveat(comparison, desk),)))
    blocks.append(Paragraph(_editors_note(comparison, desk)))
    return blocks


def overview(comparison: Digest, desk: Desk) -> list[Block]:
    """The table in which each department has its own line."""
    rows = tuple(_overview_row(r, desk) for r in comparison.reviews)
    return [
        PageBreak(),
        Heading(2, "要点一览", "overview", desk.chapter_number()),
        Table(
            "t-overview",
            desk.table_number(),
            "各部门要点一览",
            (
                Column("部门", weight=1.5),
                Column("最重要的成效", weight=2.7),
                Column("关键数", weight=2.0),
                Column("问题", weight=2.1),
                Column("下步打算", weight=2.1),
            ),
            rows,
            (Words("成效、问题、下步打算均为原文摘引，“…”表示原文没有说到；关键数为同一总结的另一项指标。"),),
        ),
    ]


def _standfirst(order: Order, comparison: Digest, desk: Desk) -> Line:
    documents = [r.document for r in comparison.reviews]
    names = {desk.tongue.issuer(d): d.id for d in documents}
    return (
        Words(f"{desk.period(order.periods[0])}　收录"),
        desk.count(list(names.values()), "个部门"),
        Words("的"),
        desk.count([d.id for d in documents], "份总结"),
    )


def _claim(highlight: Highlight, desk: Desk, limit: int) -> Line:
    """Who, in the source's words, with its reference."""
    document = desk.documents[highlight.lead.document]
    return (
        Words(desk.tongue.issuer(document), "strong"),
        Words("："),
        *quoted(highlight, desk, limit),
        Words("。"),
    )


def _says_a_change(highlight: Highlight, desk: Desk) -> bool:
    """Whether the clauses that would be quoted hold a change."""
    if "again" in highlight.reasons or "of_an_area" in highlight.reasons:
        return False
    quote = desk.citations.passages(highlight.lead.document).clause(highlight.facts, _CHANGE_LIMIT)
    moving = (f for f in highlight.facts if f.kind in ("change", "delta"))
    return any(quote.span.start <= f.start < quote.span.end for f in moving)


def _one_a_document(ranked: Iterable[Highlight]) -> list[Highlight]:
    """The best highlight of each document, in the order of rank."""
    best: dict[str, Highlight] = {}
    for highlight in ranked:
        best.setdefault(highlight.lead.document, highlight)
    return list(best.values())


def _tiles(comparison: Digest, desk: Desk) -> Tiles:
    documents = [r.document for r in comparison.reviews]
    problems = [m.id for r in comparison.reviews for m in r.problems]
    tiles = [
        Tile("收录部门", desk.count(list({desk.tongue.issuer(d): d.id for d in documents}.values())), "个", _absent_note(comparison, desk)),
        _growing(comparison, desk),
    ]  # fmt: skip
    done = completions(comparison, desk)
    if len(done) >= LEAST_BARS:
        tiles.append(Tile("年度任务完成率中位数", desk.median(done, ""), "%", (desk.count([f.id for f in done], "项，本刊计算"),)))  # fmt: skip
    silent = [r.document.id for r in comparison.reviews if not r.problems]
    note: Line = (Words("每份总结均有"),)
    if silent:
        note = (desk.count(silent, "份"), Words("未提问题"))
    tiles.append(Tile("自述问题", desk.count(problems), "条", note))
    return Tiles(tuple(tiles))


def _growing(comparison: Digest, desk: Desk) -> Tile:
    """How many of the growth rates on the year before go up, and how many go down; else how many numbers there are."""
    rates = [f for r in comparison.reviews for f in r.facts if f.kind == "change" and f.basis == "yoy"]
    told = [f for f in rates if f.status == "actual" and f.role == "done"]
    up = [f.id for f in told if Decimal(f.value) > 0]
    if not told:
        facts = [f.id for r in comparison.reviews for f in r.facts]
        return Tile("可量化指标", desk.count(facts), "项", (Words("均可点回原句"),))
    down = [f.id for f in told if Decimal(f.value) < 0]
    return Tile(
        "同比增长的指标",
        desk.count(up),
        "项",
        (Words("同比下降"), desk.count(down, "项"), Words("，本刊计算")),
    )


def _is_headline(highlight: Highlight) -> bool:
    return "headline" in highlight.reasons and "again" not in highlight.reasons


def headline_table(found: Sequence[Highlight], desk: Desk) -> Table:
    """Headline indicators of the departments, a row each."""
    rows = [
        (
            *figure_row(h, desk)[:-1],
            (Words(desk.who(h.lead.document)),),
            (desk.cite(h.lead),),
        )
        for h in found
    ]
    columns = (*FIGURE_COLUMNS[:-1], Column("部门", weight=1.8), FIGURE_COLUMNS[-1])
    kept, told = without_empty(columns, rows)
    return Table("t-headlines", desk.table_number(), "其他主要指标", kept, told)


def _commonest(comparison: Digest, desk: Desk) -> Line:
    """The kinds of problems that most departments name."""
    line: list[Inline] = [Words("共性问题　", "strong"), Words("说到最多的是")]
    for at, problem in enumerate(comparison.shared[:_MOST_SHARED]):
        label = desk.themes[problem.theme].label if problem.theme in desk.themes else problem.theme
        count = desk.count([m.document for m in problem.measures], "份总结")
        line += [Words(("、" if at else "") + label + "（"), count, Words("）")]
    return (*line, Words("，原句见“跨部门共性问题”。"))


def _absent_note(comparison: Digest, desk: Desk) -> Line:
    if not comparison.absent:
        return (Words("按发文单位计"),)
    return (Words("另有"), desk.count([f"absent:{t}" for t in comparison.absent], "份"), Words("只见目录"))


def _caveat(comparison: Digest, desk: Desk) -> Line:
    """The largest caveat, by rule: numbers that do not fit, then what is absent, then what is cut short, then silence."""
    line: list[Inline] = []
    misfit = next(check_notes.misfits(comparison.checks, _known(comparison), desk), None)
    cut = [r.document for r in comparison.reviews if "cut_short" in r.document.flags]
    silent = [r.document for r in comparison.reviews if not r.problems]
    if misfit:
        line += [*misfit, Words("本刊照录，未作取舍。")]
    if comparison.absent:
        line += [Words("汇编目录所列而正文未见的有")]
        line += [desk.count([f"absent:{t}" for t in comparison.absent], "份"), Words("，不在比较之列。")]
    if cut:
        line += [Words("、".join(desk.tongue.issuer(d) for d in cut) + "的总结文末残缺，其内容可能不全。")]
    if not line and silent:
        line += [
            Words("、".join(desk.tongue.issuer(d) for d in silent) + "的总结没有写到问题，不等于没有问题。")
        ]
    return tuple(line) or (Words("各部门指标的口径不尽相同，不宜直接排名，见附录B。"),)


def _known(comparison: Digest) -> dict[str, Fact]:
    return {f.id: f for r in comparison.reviews for f in r.facts}


def _editors_note(comparison: Digest, desk: Desk) -> Line:
    measures = [m.id for r in comparison.reviews for m in r.plans]
    return (
        Words("编者按　", "strong"),
        Words(
            "成效按规则选取：先取通用的主要指标，再取有位次、增速、完成率或金额可以衡量的，会议、文件等计数靠后。措辞取自原文，仅统一标点的全半角。"
        ),
        Words("各份总结提出下步打算"),
        desk.count(measures, "条"),
        Words("。点编号即见原句；本刊计算的数另行注明。"),
    )


def _overview_row(review: Review, desk: Desk) -> tuple[Line, ...]:
    best = review.highlights[0] if review.highlights else None
    said = (
        desk.citations.passages(review.document.id).clause(best.facts, _ACHIEVEMENT_LIMIT).span
        if best
        else None
    )
    others = (
        h for h in review.highlights[1:] if not {"again", "process", "vague", "of_an_area"} & set(h.reasons)
    )
    second = next((h for h in others if said and not said.start <= _key_fact(h).start < said.end), None)
    return (
        (Words(desk.who(review.document.id), "strong"),),
        quoted(best, desk, _ACHIEVEMENT_LIMIT) if best else (),
        _key_figure(second, desk) if second else (),
        _first(review, "problem", desk),
        _first(review, "plan", desk),
    )


def _key_fact(highlight: Highlight) -> Fact:
    """The highlight's most telling number: its growth, else its completion, else its lead."""
    for kind in ("change", "completion"):
        for fact in highlight.facts:
            if fact.kind == kind:
                return fact
    return highlight.lead


def _key_figure(highlight: Highlight, desk: Desk) -> Line:
    fact = _key_fact(highlight)
    desk.print(fact)
    shown = desk.trend(fact) if fact.kind in ("change", "delta", "gap") else (desk.value(fact),)
    return (*named(fact, desk), Words(" "), *basis(fact, desk), *shown, desk.cite(fact))


def substantive(measures: tuple[Measure, ...]) -> tuple[Measure, ...]:
    """The measures without the sentence that only leads in to them: it stands higher in the outline than they do."""
    depths = {len(m.path) for m in measures}
    return tuple(m for m in measures if len(depths) == 1 or len(m.path) > min(depths))


def _first(review: Review, role: str, desk: Desk) -> Line:
    measures = substantive(review.problems if role == "problem" else review.plans)
    if not measures:
        return ()
    quote = desk.citations.passages(review.document.id).opening(measures[0], _CELL_LIMIT)
    return (quote, desk.citations.cite(review.document.id, quote.span.start))
