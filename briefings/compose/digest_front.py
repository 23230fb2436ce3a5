"""The digest's first page and its overview table."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Literal

from briefings.compose import check_notes
from briefings.compose.desk import Desk
from briefings.compose.digest_charts import LEAST_BARS, completions
from briefings.compose.figures import claimed, dated, figure_columns, figure_row, measured, without_empty
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
_MOST_FALLING = 8


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
        blocks.append(Paragraph(desk.say("本期各份总结没有可以量化的成效。"), "lead"))
    blocks.append(_tiles(comparison, desk))
    lead = told[0].lead.document if told else ""
    moving = (h for h in comparison.ranked if h.lead.document != lead and _says_a_change(h, desk))
    changes = _one_a_document(moving)[:_CHANGES]
    if changes:
        head = desk.words("三个变化") if len(changes) == _CHANGES else desk.words("主要变化")
        blocks.append(Heading(4, head, "changes"))
        blocks.append(Bullets(tuple(_claim(h, desk, _CHANGE_LIMIT) for h in changes), ordered=True))
    others = [h for h in comparison.ranked if _is_headline(h) and h not in (*told[:1], *changes)]
    if others:
        blocks.append(headline_table(others[:_MOST_HEADLINES], desk))
    if comparison.shared:
        blocks.append(Paragraph(_commonest(comparison, desk)))
    blocks.append(Callout("check", desk.words("一个提醒"), (_caveat(comparison, desk),)))
    style: Literal["body", "note"] = "body" if desk.tongue.language == "zh" else "note"
    own = order.masthead is not None and order.masthead.foreword != ""
    blocks.append(Paragraph(_editors_note(comparison, desk, own=own), style))
    return blocks


def overview(comparison: Digest, desk: Desk) -> list[Block]:
    """The table in which each department has its own line."""
    rows = tuple(_overview_row(r, desk) for r in comparison.reviews)
    return [
        PageBreak(),
        Heading(2, desk.words("要点一览"), "overview", desk.chapter_number()),
        Table(
            "t-overview",
            desk.table_number(),
            desk.words("各部门要点一览"),
            (
                Column(desk.words("部门"), weight=1.5),
                Column(desk.words("最重要的成效"), weight=2.7),
                Column(desk.words("关键数"), weight=2.0),
                Column(desk.words("问题"), weight=2.1),
                Column(desk.words("下步打算"), weight=2.1),
            ),
            rows,
            desk.say("成效、问题、下步打算均为原文摘引，“…”表示原文没有说到；关键数为同一总结的另一项指标。"),
        ),
        *_falling(comparison, desk),
    ]


def _falling(comparison: Digest, desk: Desk) -> list[Block]:
    """The numbers that fell on the year before: a leader asks for them first, and they are scattered over the departments."""
    found = [f for f in _yearly(comparison) if Decimal(f.value) < 0 and not f.value_high]
    if not found:
        return []
    items = tuple(
        desk.say(
            "{who}：{name} {value}{cite}",
            who=desk.who(f.document), name=dated(f, desk), value=measured(desk.print(f), desk), cite=desk.cite(f),
        )
        for f in found[:_MOST_FALLING]
    )  # fmt: skip
    note = desk.say("照录数字的升降，下降不等于变差。")
    if len(found) > _MOST_FALLING:
        left = desk.count([f.id for f in found[_MOST_FALLING:]])
        note = desk.say("照录数字的升降，下降不等于变差；另有{n}项见工作簿。", n=left)
    return [Heading(3, desk.words("同比下降的指标"), "falling"), Bullets(items), Paragraph(note, "note")]


def _yearly(comparison: Digest) -> list[Fact]:
    """The growth rates on the year before that the documents report as outcomes.

    A cut that is not said to be on the year before (压缩一半) is none.
    """
    rates = [f for r in comparison.reviews for f in r.facts if f.kind == "change" and f.basis == "yoy"]
    told = [f for f in rates if f.status == "actual" and f.role == "done"]
    return [f for f in told if Decimal(f.value) >= 0 or "basis_default" not in f.flags]


def _standfirst(order: Order, comparison: Digest, desk: Desk) -> Line:
    documents = [r.document for r in comparison.reviews]
    names = {desk.tongue.issuer(d): d.id for d in documents}
    return desk.say(
        "{period}　收录{offices}的{summaries}",
        period=desk.period(order.periods[0]),
        offices=desk.count(list(names.values()), "个部门"),
        summaries=desk.count([d.id for d in documents], "份总结"),
    )


def _claim(highlight: Highlight, desk: Desk, limit: int) -> Line:
    """Who, in the source's words, with its reference."""
    document = desk.documents[highlight.lead.document]
    who = Words(desk.tongue.issuer(document), "strong")
    return desk.say("{who}：{said}。", who=who, said=claimed(highlight, desk, limit))


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
    offices = list({desk.tongue.issuer(d): d.id for d in documents}.values())
    tiles = [
        Tile(
            desk.words("收录部门"),
            desk.count(offices),
            desk.tongue.unit("个"),
            _absent_note(comparison, desk),
        ),
        _growing(comparison, desk),
    ]
    done = completions(comparison, desk)
    if len(done) >= LEAST_BARS:
        note = desk.say("{n}，本刊计算", n=desk.count([f.id for f in done], "项"))
        tiles.append(Tile(desk.words("年度任务完成率中位数"), desk.median(done, ""), "%", note))
    silent = [r.document.id for r in comparison.reviews if not r.problems]
    note = desk.say("每份总结均有")
    if silent:
        note = desk.say("{n}未提问题", n=desk.count(silent, "份"))
    tiles.append(Tile(desk.words("自述问题"), desk.count(problems), desk.tongue.unit("条"), note))
    return Tiles(tuple(tiles))


def _growing(comparison: Digest, desk: Desk) -> Tile:
    """How many of the growth rates on the year before go up, and how many go down; else how many numbers there are."""
    told = _yearly(comparison)
    up = [f.id for f in told if Decimal(f.value) > 0]
    if not told:
        facts = [f.id for r in comparison.reviews for f in r.facts]
        return Tile(
            desk.words("可量化指标"), desk.count(facts), desk.tongue.unit("项"), desk.say("均可点回原句")
        )
    down = [f.id for f in told if Decimal(f.value) < 0]
    return Tile(
        desk.words("同比增长的指标"),
        desk.count(up),
        desk.tongue.unit("项"),
        desk.say("同比下降{n}，本刊计算", n=desk.count(down, "项")),
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
    *firsts, last = figure_columns(desk)
    columns = (*firsts, Column(desk.words("部门"), weight=1.8 if desk.tongue.language == "zh" else 2.3), last)
    kept, told = without_empty(columns, rows)
    return Table("t-headlines", desk.table_number(), desk.words("其他主要指标"), kept, told)


def _commonest(comparison: Digest, desk: Desk) -> Line:
    """The kinds of problems that most departments name."""
    named_: list[Inline] = []
    for at, problem in enumerate(comparison.shared[:_MOST_SHARED]):
        count = desk.count([m.document for m in problem.measures], "份总结")
        named_ += desk.say("、") if at else ()
        named_ += desk.say("{theme}（{n}）", theme=desk.theme(problem.theme), n=count)
    head = Words(desk.words("共性问题　"), "strong")
    return (head, *desk.say("说到最多的是{themes}，原句见“跨部门共性问题”。", themes=tuple(named_)))


def _absent_note(comparison: Digest, desk: Desk) -> Line:
    if not comparison.absent:
        return desk.say("按发文单位计")
    return desk.say("另有{n}只见目录", n=desk.count([f"absent:{t}" for t in comparison.absent], "份"))


def _caveat(comparison: Digest, desk: Desk) -> Line:
    """The largest caveat, by rule: numbers that do not fit, then what is absent, then what is cut short, then silence."""
    line: list[Inline] = []
    misfit = next(check_notes.misfits(comparison.checks, _known(comparison), desk), None)
    cut = [r.document for r in comparison.reviews if "cut_short" in r.document.flags]
    silent = [r.document for r in comparison.reviews if not r.problems]
    if misfit:
        line += [*misfit, *desk.say("本刊照录，未作取舍。")]
    if comparison.absent:
        missing = desk.count([f"absent:{t}" for t in comparison.absent], "份")
        line += desk.say("汇编目录所列而正文未见的有{n}，不在比较之列。", n=missing)
    if cut:
        who = desk.words("、").join(desk.tongue.issuer(d) for d in cut)
        line += desk.say("{who}的总结文末残缺，其内容可能不全。", who=who)
    if not line and silent:
        who = desk.words("、").join(desk.tongue.issuer(d) for d in silent)
        line += desk.say("{who}的总结没有写到问题，不等于没有问题。", who=who)
    return tuple(line) or desk.say("各部门指标的口径不尽相同，不宜直接排名，见附录B。")


def _known(comparison: Digest) -> dict[str, Fact]:
    return {f.id: f for r in comparison.reviews for f in r.facts}


def _editors_note(comparison: Digest, desk: Desk, *, own: bool) -> Line:
    """How things were chosen; ``own``: the office has an editor's note of its own before this."""
    measures = [m.id for r in comparison.reviews for m in r.plans]
    return (
        Words(desk.words("编选说明　") if own else desk.words("编者按　"), "strong"),
        *desk.say(
            "成效按规则选取：先取通用的主要指标，再取有位次、增速、完成率或金额可以衡量的，会议、文件等计数靠后。措辞取自原文，仅统一标点的全半角。"
        ),
        *desk.say(
            "各份总结提出下步打算{n}。点编号即见原句；本刊计算的数另行注明。", n=desk.count(measures, "条")
        ),
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
        claimed(best, desk, _ACHIEVEMENT_LIMIT) if best else (),
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
    return (*dated(desk.print(fact), desk), Words(" "), *measured(fact, desk), desk.cite(fact))


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
