"""The digest's first page, its overview table and its charts."""

import re
from collections.abc import Iterable
from decimal import Decimal

from briefings.compose.desk import Desk
from briefings.compose.wording import issuer_name, number_text, period_label, trend, value
from briefings.records.briefing import (
    Bar,
    BarChart,
    Block,
    Bullets,
    Callout,
    Cite,
    Column,
    Figure,
    Heading,
    Heatmap,
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

_LEAD_LIMIT = 40
_CHANGE_LIMIT = 36
_CELL_LIMIT = 30
_CHANGES = 3
_MOST_BARS = 15
_LEAST_BARS = 3
_LABEL_LIMIT = 14
_YEARLY = re.compile(r"年度|全年|年计划|年任务|年目标")


def first_page(order: Order, comparison: Digest, desk: Desk) -> list[Block]:
    """What a leader reads in half a minute: one sentence, four tiles, three changes, one caveat."""
    blocks: list[Block] = [
        Heading(1, order.title, "top"),
        Paragraph(_standfirst(order, comparison, desk), "standfirst"),
    ]
    told = _one_a_document(comparison.ranked)
    if told:
        blocks.append(Paragraph(_claim(_only_lead(told[0]), desk, _LEAD_LIMIT), "lead"))
    else:
        blocks.append(Paragraph((Words("本期各份总结没有可以量化的成效。"),), "lead"))
    blocks.append(_tiles(comparison, desk))
    changes = [h for h in told[1:] if {f.kind for f in h.facts} & {"change", "delta"}][:_CHANGES]
    if changes:
        blocks.append(Heading(4, "三个变化" if len(changes) == _CHANGES else "主要变化", "changes"))
        blocks.append(Bullets(tuple(_claim(h, desk, _CHANGE_LIMIT) for h in changes), ordered=True))
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


def charts(comparison: Digest, desk: Desk) -> list[Block]:
    """The heatmap of themes by department; bars of completion where three or more are comparable."""
    blocks: list[Block] = [Heading(2, "主题与进度", "themes", desk.chapter_number())]
    if comparison.themes.themes:
        blocks.append(_heatmap(comparison, desk))
    completions = _completions(comparison, desk)
    if len(completions) >= _LEAST_BARS:
        blocks.append(_completion_bars(completions, desk))
    elif completions:
        line: list[Inline] = [Words("与年度计划相比的完成率不足三项，不作图：")]
        for fact in completions:
            line += [*desk.citations.passages(fact.document).name(fact), Words(" ")]
            line += [
                value(desk.print(fact)),
                desk.cite(fact),
                Words("；" if fact is not completions[-1] else "。"),
            ]
        blocks.append(Paragraph(tuple(line)))
    return blocks if len(blocks) > 1 else []


def _standfirst(order: Order, comparison: Digest, desk: Desk) -> Line:
    documents = [r.document for r in comparison.reviews]
    names = {issuer_name(d): d.id for d in documents}
    return (
        Words(f"{period_label(order.periods[0])}　收录"),
        desk.count(list(names.values()), "个部门"),
        Words("的"),
        desk.count([d.id for d in documents], "份总结"),
    )


def _claim(highlight: Highlight, desk: Desk, limit: int) -> Line:
    """Who, in the source's words, with its reference."""
    document = desk.documents[highlight.lead.document]
    return (
        Words(issuer_name(document), "strong"),
        Words("："),
        *quoted(highlight, desk, limit),
        Words("。"),
    )


def quoted(highlight: Highlight, desk: Desk, limit: int) -> Line:
    """The clauses of a highlight with their reference."""
    quote = desk.citations.passages(highlight.lead.document).clause(highlight.facts, limit)
    for fact in highlight.facts:
        if quote.span.start <= fact.start < quote.span.end:
            desk.print(fact)
    return (quote, desk.cite(highlight.lead))


def _one_a_document(ranked: Iterable[Highlight]) -> list[Highlight]:
    """The best highlight of each document, in the order of rank."""
    best: dict[str, Highlight] = {}
    for highlight in ranked:
        best.setdefault(highlight.lead.document, highlight)
    return list(best.values())


def _tiles(comparison: Digest, desk: Desk) -> Tiles:
    documents = [r.document for r in comparison.reviews]
    problems = [m.id for r in comparison.reviews for m in r.problems]
    facts = [f.id for r in comparison.reviews for f in r.facts]
    tiles = [
        Tile("收录部门", desk.count(list({issuer_name(d): d.id for d in documents}.values())), "个", _absent_note(comparison, desk)),
        Tile("可量化指标", desk.count(facts), "项", (Words("均可点回原句"),)),
    ]  # fmt: skip
    completions = _completions(comparison, desk)
    if len(completions) >= _LEAST_BARS:
        tiles.append(Tile("年度任务完成率中位数", desk.median(completions, ""), "%", (desk.count([f.id for f in completions], "项，本刊计算"),)))  # fmt: skip
    silent = [r.document.id for r in comparison.reviews if not r.problems]
    note: Line = (Words("每份总结均有"),)
    if silent:
        note = (desk.count(silent, "份"), Words("未提问题"))
    tiles.append(Tile("自述问题", desk.count(problems), "条", note))
    return Tiles(tuple(tiles))


def _absent_note(comparison: Digest, desk: Desk) -> Line:
    if not comparison.absent:
        return (Words("按发文单位计"),)
    return (Words("另有"), desk.count([f"absent:{t}" for t in comparison.absent], "份"), Words("只见目录"))


def _caveat(comparison: Digest, desk: Desk) -> Line:
    """The largest caveat, by rule: a contradiction, then what is absent, then what is cut short, then silence."""
    line: list[Inline] = []
    contradiction = next((i for i in comparison.incomparable if i.reason == "value"), None)
    cut = [r.document for r in comparison.reviews if "cut_short" in r.document.flags]
    silent = [r.document for r in comparison.reviews if not r.problems]
    if contradiction:
        first, second = contradiction.facts[:2]
        line += [
            Words(f"“{contradiction.indicator}”有两种说法："),
            value(desk.print(first)),
            desk.cite(first),
        ]
        line += [Words("与"), value(desk.print(second)), desk.cite(second), Words("，本刊照录，未作取舍。")]
    if comparison.absent:
        line += [Words("汇编目录所列而正文未见的有")]
        line += [desk.count([f"absent:{t}" for t in comparison.absent], "份"), Words("，不在比较之列。")]
    if cut:
        line += [Words("、".join(issuer_name(d) for d in cut) + "的总结文末残缺，其内容可能不全。")]
    if not line and silent:
        line += [Words("、".join(issuer_name(d) for d in silent) + "的总结没有写到问题，不等于没有问题。")]
    return tuple(line) or (Words("各部门指标的口径不尽相同，不宜直接排名，见附录B。"),)


def _editors_note(comparison: Digest, desk: Desk) -> Line:
    measures = [m.id for r in comparison.reviews for m in r.plans]
    return (
        Words("编者按　", "strong"),
        Words(
            "成效按规则选取：先取通用的主要指标，再取有位次、增速或完成率可以衡量的。措辞取自原文，仅统一标点的全半角。"
        ),
        Words("各份总结提出下步打算"),
        desk.count(measures, "条"),
        Words("。点编号即见原句；本刊计算的数另行注明。"),
    )


def _overview_row(review: Review, desk: Desk) -> tuple[Line, ...]:
    best = review.highlights[0] if review.highlights else None
    second = next((h for h in review.highlights[1:] if _key_fact(h)), None)
    return (
        (Words(issuer_name(review.document), "strong"),),
        quoted(_only_lead(best), desk, _CELL_LIMIT) if best else (),
        _key_figure(second, desk) if second else (),
        _first(review, "problem", desk),
        _first(review, "plan", desk),
    )


def _only_lead(highlight: Highlight) -> Highlight:
    return Highlight(highlight.lead, (highlight.lead,), highlight.reasons)


def _key_fact(highlight: Highlight) -> Fact | None:
    """The highlight's most telling number: its growth, else its completion, else its lead."""
    for kind in ("change", "completion"):
        for fact in highlight.facts:
            if fact.kind == kind:
                return fact
    return highlight.lead


def _key_figure(highlight: Highlight, desk: Desk) -> Line:
    fact = _key_fact(highlight)
    assert fact is not None
    desk.print(fact)
    shown = trend(fact) if fact.kind in ("change", "delta", "gap") else (value(fact),)
    return (*name(fact, desk), Words(" "), *basis(fact), *shown, desk.cite(fact))


def basis(fact: Fact) -> Line:
    """The words that say against what a change, a gap or a completion is measured, or what a rank is a place in."""
    words = {"yoy": "同比", "qoq": "环比", "ytd": "较年初", "avg2y": "两年平均", "other": "较基期"}
    if fact.kind in ("change", "delta") and fact.basis in words:
        return (Words(words[fact.basis] + " "),)
    if fact.kind == "completion":
        return (Words("完成 "),)
    if fact.kind == "gap" and fact.basis and not _has_digit(fact.basis):
        return (Words(f"比{fact.basis} "),)
    if fact.kind == "rank" and fact.basis and not _has_digit(fact.basis):
        return (Words(fact.basis),)
    return ()


def name(fact: Fact, desk: Desk) -> Line:
    """The indicator as the source names it; its canonical name where the words carry figures that are not its own."""
    pieces = desk.citations.passages(fact.document).name(fact)
    joined = "".join(p.text for p in pieces)
    if pieces and len(joined) <= max(_CELL_LIMIT, len(fact.indicator)):
        return pieces
    return (Words(fact.canonical or "".join(c for c in fact.indicator if not c.isdigit())),)


def substantive(measures: tuple[Measure, ...]) -> tuple[Measure, ...]:
    """The measures without the sentence that only leads in to them: it stands higher in the outline than they do."""
    depths = {len(m.path) for m in measures}
    return tuple(m for m in measures if len(depths) == 1 or len(m.path) > min(depths))


def _has_digit(text: str) -> bool:
    return any(c.isdigit() for c in text)


def plain(line: Line) -> str:
    """A line's words, values and quotations as text, without citations."""
    return "".join(piece.text for piece in line if not isinstance(piece, Cite))


def _first(review: Review, role: str, desk: Desk) -> Line:
    measures = substantive(review.problems if role == "problem" else review.plans)
    if not measures:
        return ()
    quote = desk.citations.passages(review.document.id).opening(measures[0], _CELL_LIMIT)
    return (quote, desk.citations.cite(review.document.id, quote.span.start))


def _heatmap(comparison: Digest, desk: Desk) -> Figure:
    themes = comparison.themes
    names = tuple(issuer_name(desk.documents[d]) for d in themes.documents)
    labels = tuple(desk.themes[t].label if t in desk.themes else t for t in themes.themes)
    values = [[desk.count(ids) for ids in row] for row in themes.cells]
    counts = tuple(tuple(int(v.text) for v in row) for row in zip(*values, strict=True))
    cells = sorted(((len(ids), r, c) for r, row in enumerate(themes.cells) for c, ids in enumerate(row)), key=lambda t: (-t[0], t[1], t[2]))  # fmt: skip
    (most, r1, c1), (next_most, r2, c2) = cells[0], cells[min(1, len(cells) - 1)]
    return Figure(
        "g-themes",
        desk.figure_number(),
        (Words(f"“{labels[0]}”是涉及部门最多的主题"),),
        "各份总结的工作措施按主题归类的条数，条",
        Heatmap(
            names,
            labels,
            counts,
            tuple(tuple(v.source for v in row) for row in zip(*values, strict=True)),
            "条",
        ),
        f"热力图：各部门工作措施按主题归类的条数。{names[c1]}的{labels[r1]}最多，{most}条；"
        f"其次是{names[c2]}的{labels[r2]}，{next_most}条。",
        (Words("来源：各份总结的工作措施；按主题词归类，本刊计算。"),),
    )


def _completions(comparison: Digest, desk: Desk) -> list[Fact]:
    """Completions of a year's plan, exact and said without doubt, highest first."""
    found = [
        f
        for r in comparison.reviews
        for f in r.facts
        if f.kind == "completion" and f.unit == "%" and f.status == "actual"
        if not f.hedge and not f.value_high and _YEARLY.search(_sentence(f, desk))
    ]
    return sorted(found, key=lambda f: -Decimal(f.value))[:_MOST_BARS]


def _completion_bars(facts: list[Fact], desk: Desk) -> Figure:
    def label(fact: Fact) -> str:
        words = plain(name(fact, desk))
        short = words if len(words) <= _LABEL_LIMIT else words[: _LABEL_LIMIT - 1] + "…"
        return f"{issuer_name(desk.documents[fact.document])}　{short}"

    bars = tuple(
        Bar(label(f), float(f.value), number_text(desk.print(f)), f.id, highlight=f is facts[0])
        for f in facts
    )
    first, last = facts[0], facts[-1]
    who = issuer_name(desk.documents[first.document])
    return Figure(
        "g-completion",
        desk.figure_number(),
        (Words(f"年度任务完成最快的一项是{who}的"), value(first), desk.cite(first)),
        "各份总结自述的年度任务完成率，%；各项的计划口径不同，只看进度，不排名次",
        BarChart(bars, "%"),
        f"条形图：各份总结自述的年度任务完成率，从{label(first)}的{number_text(first)}"
        f"到{label(last)}的{number_text(last)}。",
        (Words("来源："), *dict.fromkeys(desk.cite(f) for f in facts)),
    )


def _sentence(fact: Fact, desk: Desk) -> str:
    return desk.citations.passages(fact.document).sentence(fact.start).text
