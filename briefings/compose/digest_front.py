"""The digest's first page, its overview table and its charts."""

import re
from collections.abc import Iterable, Sequence
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
    Quote,
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
_MOST_IN_CELL = 2
_HALF = 50
_MOST_BARS = 15
_LEAST_BARS = 3
_LABEL_LIMIT = 24
_PLACES = ("名次", "位次", "位")
_OF_ALL = (
    "全市",
    "全区",
    "全县",
    "全州",
    "全省",
    "全国",
    "我市",
    "我区",
    "我县",
    "我省",
    "我国",
    "本市",
    "国家",
    "全社会",
    "市级",
    "市本级",
)
_YEARLY = re.compile(r"年度|全年|年计划|年任务|年目标")


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
    return quotation(
        highlight, desk.citations.passages(highlight.lead.document).clause(highlight.facts, limit), desk
    )


def quotation(highlight: Highlight, quote: Quote, desk: Desk) -> Line:
    """``quote`` with its reference; in front in brackets whose number it is, where the words do not say so."""
    for fact in highlight.facts:
        if quote.span.start <= fact.start < quote.span.end:
            desk.print(fact)
    whose = part(highlight.lead, desk)
    before = (Words(f"（{whose}）"),) if whose and whose not in quote.text else ()
    return (*before, quote, desk.cite(highlight.lead))


def part(fact: Fact, desk: Desk) -> str:
    """Whose number it is, where it is a part of the document's place: a group, a zone, an airport; "" otherwise."""
    place = desk.documents[fact.document].place
    if (
        not fact.scope
        or fact.scope in _OF_ALL
        or (place and fact.scope == place.value)
        or _has_digit(fact.scope)
    ):
        return ""
    return fact.scope


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
        Tile("收录部门", desk.count(list({issuer_name(d): d.id for d in documents}.values())), "个", _absent_note(comparison, desk)),
        _growing(comparison, desk),
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
            (Words(issuer_name(desk.documents[h.lead.document])),),
            (desk.cite(h.lead),),
        )
        for h in found
    ]
    columns = (*FIGURE_COLUMNS[:-1], Column("部门", weight=1.8), FIGURE_COLUMNS[-1])
    kept, told = without_empty(columns, rows)
    return Table("t-headlines", desk.table_number(), "其他主要指标", kept, told)


FIGURE_COLUMNS = (
    Column("指标", weight=2.8),
    Column("数值", "right", 1.5),
    Column("增减", "right", 2.0),
    Column("位次、进度或差距", weight=2.2),
    Column("来源", "center", 0.7),
)


def figure_row(highlight: Highlight, desk: Desk) -> tuple[Line, ...]:
    """An indicator with its level, up to two changes, up to two ranks, completions or gaps, and the reference."""
    told = [desk.print(f) for f in highlight.facts]
    when = highlight.lead.period
    level = [f for f in told if f.kind in ("level", "rate")][:1]
    change = [f for f in told if f.kind in ("change", "delta")][:_MOST_IN_CELL]
    other = [f for f in told if f.kind in ("rank", "completion", "gap")][:_MOST_IN_CELL]
    return (
        named(highlight.lead, desk),
        _cell(level, when),
        _cell(change, when),
        _cell(other, when),
        (desk.cite(highlight.lead),),
    )


def _cell(facts: Sequence[Fact], period: str | None) -> Line:
    line: list[Inline] = []
    for fact in facts:
        # A gap may be one of two-year averages, or of a quarter, beside a growth of the half-year on the year before.
        average = fact.kind == "gap" and "两年平均" in fact.indicator
        when = period_label(fact.period) if fact.period and fact.period != period else ""
        before = when + ("两年平均" if average else "")
        line += [*((Words("，"),) if line else ()), *((Words(before),) if before else ()), *basis(fact)]
        line += trend(fact) if fact.kind in ("change", "delta", "gap") else (value(fact),)
    return tuple(line)


def without_empty(
    columns: Sequence[Column], rows: Sequence[tuple[Line, ...]]
) -> tuple[tuple[Column, ...], tuple[tuple[Line, ...], ...]]:
    """Columns and rows without the columns in which no row says anything."""
    kept = [n for n in range(len(columns)) if any(row[n] for row in rows)]
    return tuple(columns[n] for n in kept), tuple(tuple(row[n] for n in kept) for row in rows)


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
        quoted(best, desk, _ACHIEVEMENT_LIMIT) if best else (),
        _key_figure(second, desk) if second else (),
        _first(review, "problem", desk),
        _first(review, "plan", desk),
    )


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
    return (*named(fact, desk), Words(" "), *basis(fact), *shown, desk.cite(fact))


def basis(fact: Fact) -> Line:
    """The words that say against what a change, a gap or a completion is measured, or what a rank is a place in."""
    words = {"yoy": "同比", "qoq": "环比", "ytd": "较年初", "avg2y": "两年平均", "other": "较基期"}
    if fact.kind == "delta" and (fact.unit or "").endswith(_PLACES):
        return ()
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
        rest = fact.indicator.removeprefix(joined) if fact.kind == "gap" else ""
        # 两年平均增速 stands elsewhere in the sentence: without it the gap would be said of the amount.
        tail = rest if rest != fact.indicator and not _has_digit(rest) else ""
        return (*pieces, Words(tail)) if tail else pieces
    return (Words(fact.canonical or "".join(c for c in fact.indicator if not c.isdigit())),)


def named(fact: Fact, desk: Desk) -> Line:
    """The indicator's name, and in brackets whose number it is where that is a part of the place."""
    words = name(fact, desk)
    whose = part(fact, desk)
    return (*words, Words(f"（{whose}）")) if whose and whose not in plain(words) else words


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
        (
            Words(f"说到“{labels[0]}”的部门最多，有"),
            desk.count([d for d, ids in zip(themes.documents, themes.cells[0], strict=True) if ids], "个"),
        ),
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
        return f"{issuer_name(desk.documents[fact.document])}　{shortened(plain(name(fact, desk)), _LABEL_LIMIT)}"

    half = [f for f in facts if Decimal(f.value) >= _HALF]
    bars = tuple(
        Bar(label(f), float(f.value), number_text(desk.print(f)), f.id, highlight=f in half) for f in facts
    )
    first, last = facts[0], facts[-1]
    ids = [f.id for f in facts]
    return Figure(
        "g-completion",
        desk.figure_number(),
        (
            Words("年度任务"),
            desk.count(ids, "项"),
            Words("，完成过半的有"),
            desk.count([f.id for f in half], "项"),
        ),
        "各份总结自述的年度任务完成率，%；深色为完成过半；各项的计划口径不同，只看各自进度，不作比较",
        BarChart(bars, "%"),
        f"条形图：各份总结自述的年度任务完成率，从{label(first)}的{number_text(first)}"
        f"到{label(last)}的{number_text(last)}。",
        (Words("来源："), *dict.fromkeys(desk.cite(f) for f in facts)),
    )


def shortened(words: str, limit: int) -> str:
    """``words``, or what fits of them, cut at a mark or at least not inside a figure."""
    if len(words) <= limit:
        return words
    end = limit - 1
    mark = max(words.rfind(m, 0, end) for m in "、，（“")
    if mark > limit // 2:
        end = mark
    while end > 1 and words[end - 1].isascii() and words[end].isascii():
        end -= 1
    return words[:end] + "…"


def _sentence(fact: Fact, desk: Desk) -> str:
    return desk.citations.passages(fact.document).sentence(fact.start).text
