"""The annexes that every kind of briefing has: the data, what does not fit, corrections, method, every source sentence."""

from collections.abc import Iterable, Sequence

from briefings.compose import check_notes
from briefings.compose.correction_notes import correction_notes, setting_notes
from briefings.compose.desk import Desk
from briefings.compose.figures import measured, named
from briefings.records.briefing import (
    Block,
    Bullets,
    Column,
    Heading,
    Line,
    Paragraph,
    SourceList,
    Table,
    Words,
)
from briefings.records.check import Check
from briefings.records.correction import Correction
from briefings.records.fact import Fact
from briefings.records.material import Material


def annexes(
    material: Material, checks: Sequence[Check], facts: Sequence[Fact], own: Sequence[Line], desk: Desk
) -> list[Block]:
    """All of them, in their order; ``own`` is what the kind adds to the method."""
    return [
        *data_table(facts, desk),
        *checked(checks, facts, desk),
        *corrected(material.corrections, desk),
        *method(desk, own),
        *source_list(desk),
    ]


def data_table(facts: Iterable[Fact], desk: Desk) -> list[Block]:
    """Those of ``facts`` that the lexicon knows by a canonical name, and all that are printed before."""
    facts = [f for f in facts if f.canonical or f.id in desk.printed]
    if not facts:
        return []
    offices, kinds, periods = (2, 1.15, 1.75) if desk.tongue.language == "zh" else (2.4, 0.95, 1.9)
    # Where one office says everything, its name in each row would only take room.
    several = len({desk.tongue.issuer(desk.documents[fact.document]) for fact in facts}) > 1
    rows: list[tuple[Line, ...]] = []
    for fact in facts:
        desk.print(fact)
        document = desk.documents[fact.document]
        rows.append(
            (
                named(fact, desk),
                *(((Words(desk.tongue.issuer(document)),),) if several else ()),
                (Words(_kind(fact, desk)),),
                measured(fact, desk),
                (Words(when(fact, desk)),),
                (desk.cite(fact),),
            )
        )
    return [
        Heading(2, desk.words("数据表"), "annex-data", desk.annex_number()),
        Table(
            "t-data",
            desk.table_number(),
            desk.words("主要指标数据"),
            (
                Column(desk.words("指标"), weight=3),
                *((Column(desk.words("部门"), weight=offices),) if several else ()),
                Column(desk.words("类别"), weight=kinds),
                Column(desk.words("数值"), "right", 2),
                Column(desk.words("期间"), weight=periods),
                Column(desk.words("来源"), "center", 0.7),
            ),
            tuple(rows),
            desk.say("全部指标见同期工作簿的“数据表”。"),
        ),
    ]


def checked(checks: Sequence[Check], facts: Iterable[Fact], desk: Desk) -> list[Block]:
    """Where the sources' numbers do not fit each other, with the computation; and how many do fit."""
    if not checks:
        return []
    known = {f.id: f for f in facts}
    heading = Heading(2, desk.words("来源数据的核对"), "annex-checks", desk.annex_number())
    agree = desk.count([c.id for c in checks if c.verdict == "agrees"], "处")
    found: list[Line] = [
        (*line, *desk.say("照录，未作取舍。")) for line in check_notes.misfits(checks, known, desk)
    ]
    others = check_notes.others(checks, known)
    if others:
        said = "另有不符{n}，用到表格里没有名称的数，此处未列（本刊计算）。"
        found.append(desk.say(said, n=desk.count(others, "处")))
    said = "各总结的分项与合计、占比、完成率、增速和前后说法相互核对，相符{n}（本刊计算）。"
    note = Paragraph(desk.say(said, n=agree))
    if not found:
        return [heading, note, Paragraph(desk.say("没有发现不符。"))]
    return [heading, note, Bullets(tuple(found))]


def corrected(corrections: Sequence[Correction], desk: Desk) -> list[Block]:
    """What people corrected among the numbers printed: as the source has it, as it is taken, who says so and why.

    Before it, what people set of the documents themselves; who did so and why is in the list of corrections.
    """
    notes = (*setting_notes(desk), *correction_notes(corrections, desk))
    heading = Heading(2, desk.words("人工更正"), "annex-corrections", desk.annex_number()) if notes else None
    return [heading, Bullets(notes)] if heading else []


def method(desk: Desk, own: Sequence[Line]) -> list[Block]:
    """How the briefing was made; ``own`` says how the numbers that its kind computes came about."""
    documents = list(desk.documents.values())
    dates = sorted(d.published.value for d in documents if d.published)
    count = desk.count([d.id for d in documents])
    scope = desk.say("收录范围：{n}份文件。", n=count)
    if dates:
        first, last = desk.period(dates[0]), desk.period(dates[-1])
        scope = desk.say("收录范围：{n}份文件，发布于{first}至{last}。", n=count, first=first, last=last)
        if len(dates) == len(documents) and first == last:
            scope = desk.say("收录范围：{n}份文件，发布于{day}。", n=count, day=first)
    items: tuple[Line, ...] = (
        scope,
        desk.say("指标和措施由程序按语法和词表从原文提取，每个数都记有原文的位置；未经人工逐条核对。"),
        desk.say("引文一字不改，只把半角标点统一为全角、把断行接续；“……”表示引文在此截止。"),
        desk.say(
            "没有写明比较基准的“增长”按同比处理，并在工作簿中标注。“约”“近”“超”“余”等照录，不作精确数使用。"
        ),
        *own,
        desk.say("括号里的单位（如某集团、某园区）表示该数只是它的，不是全市的；原文没有写明的不加。"),
        desk.say("▲表示上升，▼表示下降，■表示持平；“…”表示原文没有说到，“—”表示不适用。"),
    )
    return [Heading(2, desk.words("编制说明"), "annex-method", desk.annex_number()), Bullets(items)]


def source_list(desk: Desk) -> list[Block]:
    """Every sentence cited, by number."""
    return [
        Heading(2, desk.words("来源"), "annex-sources", desk.annex_number()),
        Paragraph(desk.say("一句一条，按首次引用的先后编号；原句未作任何改动。"), "note"),
        SourceList(desk.citations.entries()),
    ]


def _kind(fact: Fact, desk: Desk) -> str:
    kind = desk.tongue.kind(fact.kind)
    return desk.words("{kind}目标", kind=kind) if fact.status == "target" else kind


def when(fact: Fact, desk: Desk) -> str:
    """The fact's period, or its document's, for people; "" where neither is known."""
    own = desk.documents[fact.document].period
    period = fact.period or (own.value if own else "")
    return desk.period(period) if period else ""
