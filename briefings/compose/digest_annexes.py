"""The digest's annexes: the data, what could not be compared, how it was made, and every source sentence."""

from collections.abc import Sequence

from briefings.compose import check_notes
from briefings.compose.correction_notes import correction_notes
from briefings.compose.desk import Desk
from briefings.compose.figures import basis, name, named
from briefings.compose.wording import issuer_name, period_label, trend, value
from briefings.records.briefing import (
    Block,
    Bullets,
    Column,
    Heading,
    Inline,
    Line,
    PageBreak,
    Paragraph,
    SourceList,
    Table,
    Words,
)
from briefings.records.comparison import Digest, Incomparable
from briefings.records.correction import Correction
from briefings.records.edition import Order
from briefings.records.fact import Fact

_REASONS = {
    "scope": "统计范围不同，不可比",
    "period": "所指时期不同，不可比",
    "basis": "比较的基准不同，不可比",
}
_KINDS = {
    "level": "数值", "rate": "比率", "change": "增幅", "delta": "增量",
    "gap": "差距", "rank": "位次", "completion": "完成率",
}  # fmt: skip


def data_table(comparison: Digest, desk: Desk) -> list[Block]:
    """All facts that the lexicon knows by a canonical name, and all that are printed before."""
    facts = [f for r in comparison.reviews for f in r.facts if f.canonical or f.id in desk.printed]
    if not facts:
        return []
    rows: list[tuple[Line, ...]] = []
    for fact in facts:
        desk.print(fact)
        document = desk.documents[fact.document]
        rows.append(
            (
                named(fact, desk),
                (Words(issuer_name(document)),),
                (Words(_KINDS[fact.kind] + ("目标" if fact.status == "target" else "")),),
                (*basis(fact), *(trend(fact) if fact.kind in ("change", "delta", "gap") else (value(fact),))),
                (Words(_period(fact, desk)),),
                (desk.cite(fact),),
            )
        )
    return [
        PageBreak(),
        Heading(2, "数据表", "annex-data", desk.annex_number()),
        Table(
            "t-data",
            desk.table_number(),
            "主要指标数据",
            (
                Column("指标", weight=3),
                Column("部门", weight=2),
                Column("类别", weight=1.15),
                Column("数值", "right", 2),
                Column("期间", weight=1.75),
                Column("来源", "center", 0.7),
            ),
            tuple(rows),
            (Words("全部指标见同期工作簿的“数据表”。"),),
        ),
    ]


def incomparable(comparison: Digest, desk: Desk) -> list[Block]:
    """What was not set side by side, and why."""
    blocks: list[Block] = [Heading(2, "未能比对的事项", "annex-incomparable", desk.annex_number())]
    items = [_incomparable(i, desk) for i in comparison.incomparable]
    items += [(Words(f"汇编目录列有《{title}》，正文未见。"),) for title in comparison.absent]
    items += [
        (Words(f"《{d.title.value}》（{d.name}）没有读出指标和措施，未收录。"),) for d in comparison.silent
    ]
    for review in comparison.reviews:
        who = issuer_name(review.document)
        if "cut_short" in review.document.flags:
            items.append((Words(f"{who}的总结文末残缺，残缺之后的内容未能读到。"),))
        if not review.facts:
            items.append((Words(f"{who}的总结没有可以量化的指标。"),))
    if not items:
        return [*blocks, Paragraph((Words("没有发现不可比的指标。"),))]
    return [*blocks, Bullets(tuple(items))]


def checked(comparison: Digest, desk: Desk) -> list[Block]:
    """Where the sources' numbers do not fit each other, with the computation; and how many do fit."""
    if not comparison.checks:
        return []
    heading = Heading(2, "来源数据的核对", "annex-checks", desk.annex_number())
    agree = desk.count([c.id for c in comparison.checks if c.verdict == "agrees"], "处")
    found: list[Line] = [(*line, Words("照录，未作取舍。")) for line in check_notes.misfits(comparison, desk)]
    others = check_notes.others(comparison)
    if others:
        found.append(
            (
                Words("另有不符"),
                desk.count(others, "处"),
                Words("，用到表格里没有名称的数，此处未列（本刊计算）。"),
            )
        )
    note = Paragraph(
        (
            Words("各总结的分项与合计、占比、完成率、增速和前后说法相互核对，相符"),
            agree,
            Words("（本刊计算）。"),
        )
    )
    if not found:
        return [heading, note, Paragraph((Words("没有发现不符。"),))]
    return [heading, note, Bullets(tuple(found))]


def corrected(corrections: Sequence[Correction], desk: Desk) -> list[Block]:
    """What people corrected among the numbers printed: as the source has it, as it is taken, who says so and why."""
    notes = correction_notes(corrections, desk)
    return [Heading(2, "人工更正", "annex-corrections", desk.annex_number()), Bullets(notes)] if notes else []


def method(order: Order, desk: Desk) -> list[Block]:
    """How the briefing was made, and how each computed number came about."""
    documents = list(desk.documents.values())
    dates = sorted(d.published.value for d in documents if d.published)
    line: list[Inline] = [Words("收录范围："), desk.count([d.id for d in documents], "份总结")]
    if dates:
        line.append(Words(f"，发布于{period_label(dates[0])}至{period_label(dates[-1])}"))
    line.append(Words("。"))
    items: tuple[Line, ...] = (
        tuple(line),
        (Words("指标和措施由程序按语法和词表从原文提取，每个数都记有原文的位置；未经人工逐条核对。"),),
        (Words("引文一字不改，只把半角标点统一为全角、把断行接续；“……”表示引文在此截止。"),),
        (
            Words(
                "没有写明比较基准的“增长”按同比处理，并在工作簿中标注。“约”“近”“超”“余”等照录，不作精确数使用。"
            ),
        ),
        (
            Words(
                "“本刊计算”的数只有计数、中位数和核对时的加、减、求比：计数为所列条目之和；中位数取各项完成率按大小居中者。"
            ),
        ),
        (
            Words(
                "共性问题按词表归类：同一分句里既有事项词（如人才、用地）又有不足词（如短缺、趋紧）的，才归入该类。"
            ),
        ),
        (Words("括号里的单位（如某集团、某园区）表示该数只是它的，不是全市的；原文没有写明的不加。"),),
        (Words("▲表示上升，▼表示下降，■表示持平；“…”表示原文没有说到，“—”表示不适用。"),),
    )
    return [Heading(2, "编制说明", "annex-method", desk.annex_number()), Bullets(items)]


def source_list(desk: Desk) -> list[Block]:
    """Every sentence cited, by number."""
    return [
        PageBreak(),
        Heading(2, "来源", "annex-sources", desk.annex_number()),
        Paragraph((Words("一句一条，按首次引用的先后编号；原句未作任何改动。"),), "note"),
        SourceList(desk.citations.entries()),
    ]


def _incomparable(found: Incomparable, desk: Desk) -> Line:
    line: list[Inline] = [Words(f"{found.indicator}：", "strong")]
    for fact in found.facts:
        desk.print(fact)
        who = issuer_name(desk.documents[fact.document])
        line += [
            Words(f"{who}“"),
            *name(fact, desk),
            Words("”（" + "，".join(_circumstances(fact, desk)) + "）"),
        ]
        line += [*basis(fact), value(fact), desk.cite(fact), Words("；")]
    return (*line, Words(_REASONS[found.reason] + "。"))


def _circumstances(fact: Fact, desk: Desk) -> list[str]:
    scope = fact.scope if fact.scope and not any(c.isdigit() for c in fact.scope) else ""
    return [w for w in (_period(fact, desk), scope) if w]


def _period(fact: Fact, desk: Desk) -> str:
    own = desk.documents[fact.document].period
    period = fact.period or (own.value if own else "")
    return period_label(period) if period else ""
