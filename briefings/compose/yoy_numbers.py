"""The numbers of two periods: the main table, the growth rates drawn, what cannot be compared and what only one side names."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import zip_longest

from briefings.compose import barred
from briefings.compose.desk import Desk, marked
from briefings.compose.figures import plain
from briefings.compose.labels import indicator
from briefings.compose.yoy_words import called, difference, growth, short, told, verdict
from briefings.records.briefing import (
    Block,
    Column,
    Dumbbell,
    Figure,
    Heading,
    Inline,
    Line,
    Mark,
    Pairing,
    Paragraph,
    Table,
    Words,
)
from briefings.records.comparison import Highlight
from briefings.records.yoy import Movement, YearOnYear

_MOST_FIRST = {"zh": 8, "en": 5}
"""Rows of the table on the first page; English names and units need more lines."""
_LEAST_DRAWN = 3
_MOST_DRAWN = 15
_MOST_ONLY = 8
_NOTHING: Line = (Words("—"),)


def leading(comparison: YearOnYear, desk: Desk) -> list[Block]:
    """The table on the first page: all that can be compared where that is little, else the headline indicators."""
    first = _first(comparison.movements, desk)
    if not first:
        return []
    whole = len(first) == len(comparison.movements)
    caption = desk.words("两期可比的指标") if whole else desk.words("两期可比的主要指标")
    return [_table(first, caption, "t-main", comparison, desk)]


def compared(comparison: YearOnYear, desk: Desk) -> list[Block]:
    """The chapter of what else can be compared, and the growth rates drawn; nothing where the first page has it all."""
    if not comparison.prior.reviews or not comparison.current.reviews:
        return []
    first = _first(comparison.movements, desk)
    others = [m for m in comparison.movements if m not in first]
    drawn = [m for m in comparison.movements if m.pair.kind == "change" and m.pair.basis == "yoy"]
    blocks: list[Block] = []
    if others:
        blocks.append(_table(others, desk.words("两期可比的其他指标"), "t-others", comparison, desk))
    if len(drawn) >= _LEAST_DRAWN:
        blocks.append(_dumbbell(drawn[:_MOST_DRAWN], comparison, desk))
    if not comparison.movements:
        said = "没有名称、口径、时段、单位都相同的指标；两期各自说了什么，见下。"
        blocks.append(Paragraph(desk.say(said)))
    return [Heading(2, desk.words("可比指标"), "compared", desk.chapter_number()), *blocks] if blocks else []


def apart(comparison: YearOnYear, desk: Desk) -> list[Block]:
    """What looks alike and is not comparable, and the indicators that one side alone names."""
    if not (comparison.barred or comparison.new or comparison.gone):
        return []
    blocks: list[Block] = [
        Heading(2, desk.words("口径变化与不可比"), "apart", desk.chapter_number()),
    ]
    after, before = desk.period(comparison.current.label), desk.period(comparison.prior.label)
    if comparison.barred:
        head = desk.words("两期都说到而不能相减的指标")
        blocks.append(barred.told(comparison.barred, (after, before), head, "t-barred", desk))
    if comparison.new or comparison.gone:
        rows = tuple(
            (_cell(gone, desk), _cell(new, desk))
            for gone, new in zip_longest(comparison.gone[:_MOST_ONLY], comparison.new[:_MOST_ONLY])
        )
        columns = (
            Column(desk.words("{period}有，{other}未见", period=before, other=after)),
            Column(desk.words("{period}新有", period=after)),
        )
        note = desk.say(
            "先列主要指标；前者共{gone}项，后者共{new}项，其余见工作簿。",
            gone=desk.count([h.lead.id for h in comparison.gone]), new=desk.count([h.lead.id for h in comparison.new]),
        )  # fmt: skip
        blocks.append(
            Table("t-only", desk.table_number(), desk.words("只有一期说到的指标"), columns, rows, note)
        )
    return blocks


def _first(movements: Sequence[Movement], desk: Desk) -> list[Movement]:
    """What stands on the first page: headline indicators before the others, as many as there is room for."""
    most = _MOST_FIRST[desk.tongue.language]
    if len(movements) <= most:
        return list(movements)
    ranked = [m for m in movements if m.pair.rank]
    others = [m for m in movements if not m.pair.rank and m.leads and m.pair.canonical]
    return (ranked + others)[:most]


def _table(told: Sequence[Movement], caption: str, key: str, comparison: YearOnYear, desk: Desk) -> Table:
    ordered = _by_theme(told)
    rows = [_row(m, desk) for m in ordered]
    growths = any(cell != _NOTHING for *_, cell, _ in rows)
    # English units take the room: which indicators worsened stands beneath the first page's table.
    verdicts = desk.tongue.language == "zh" and any(row[-1] for row in rows)
    columns = (
        Column(desk.words("指标"), weight=2.5),
        Column(desk.period(comparison.current.label), "right", 1.5),
        Column(desk.period(comparison.prior.label), "right", 1.5),
        Column(desk.words("增减"), "right", 1.7),
        Column(desk.words("同比增速") if comparison.yearly else desk.words("增幅"), "right", 1.5),
        Column(desk.words("判断"), "center", 0.8),
    )
    kept = [n for n in range(len(columns)) if (n != 4 or growths) and (n != 5 or verdicts)]
    note = desk.say("增减由本刊计算。")
    if growths and comparison.yearly:
        note = desk.say("增减由本刊计算；同比增速后有编号的是来源自己说的，没有编号的由本刊计算。")
    elif growths:
        note = desk.say("增减和增幅由本刊计算，是两期之间的累计。")
    if verdicts:
        note = (*note, *desk.say("判断按词表所定的方向，“—”为不判断。"))
    cells = tuple(tuple(row[n] or _NOTHING for n in kept) for row in rows)
    return Table(key, desk.table_number(), caption, tuple(columns[n] for n in kept), cells, note)


def _by_theme(found: Sequence[Movement]) -> list[Movement]:
    """Headline indicators, each followed by its other numbers and its field of work; then the rest by field."""
    fields = list(dict.fromkeys(m.theme for m in found))
    names = list(dict.fromkeys(_matter(m) for m in found))
    return sorted(found, key=lambda m: (fields.index(m.theme), names.index(_matter(m)), not m.leads))


def _matter(movement: Movement) -> str:
    return movement.pair.canonical or movement.pair.indicator


def _row(movement: Movement, desk: Desk) -> tuple[Line, ...]:
    pair = movement.pair
    now, before = pair.current.fact, pair.prior.fact
    cells = tuple((short(f, desk), desk.cite(f)) for f in (now, before))
    step = difference(movement, desk)
    rate = growth(movement, desk)
    way = Decimal(pair.current.amount) - Decimal(pair.prior.amount)
    return (
        called(movement, desk),
        *cells,
        marked(step, -way if pair.kind == "rank" else way) if step else (),
        # The mark of the change stands right before it: a narrow column has no room for two.
        tuple(p for p in rate if not isinstance(p, Words)) or _NOTHING,
        verdict(movement, desk),
    )


def _dumbbell(drawn: Sequence[Movement], comparison: YearOnYear, desk: Desk) -> Figure:
    """Growth rates on the year before, then and now, highest now first."""
    ordered = sorted(drawn, key=lambda m: -Decimal(m.pair.current.amount))
    after, before = desk.period(comparison.current.label), desk.period(comparison.prior.label)
    rows = tuple(
        Pairing(
            _label(m, desk),
            Mark(float(m.pair.prior.fact.value), desk.tongue.number(desk.print(m.pair.prior.fact)), m.pair.prior.fact.id),
            Mark(float(m.pair.current.fact.value), desk.tongue.number(desk.print(m.pair.current.fact)), m.pair.current.fact.id),
            highlight=m.pair.rank > 0,
        )
        for m in ordered
    )  # fmt: skip
    faster = [m.pair.current.fact.id for m in ordered if m.direction == "up"]
    first, last = ordered[0], ordered[-1]

    def number(movement: Movement) -> str:
        return desk.tongue.number(movement.pair.current.fact)

    cited: dict[Inline, None] = {}
    for movement in ordered:
        cited[desk.cite(movement.pair.current.fact)] = None
        cited[desk.cite(movement.pair.prior.fact)] = None
    return Figure(
        "g-growth",
        desk.figure_number(),
        desk.say(
            "可比的同比增速有{n}项，{up}项比上期快", n=desk.count([m.pair.current.fact.id for m in ordered]), up=desk.count(faster)
        ),
        desk.words("同比增速，%；空心为{before}，实心为{after}", before=before, after=after),
        Dumbbell(rows, "%", before, after),
        desk.words(
            "哑铃图：两期的同比增速。{after}最高的是{first}{a}，最低的是{last}{b}。",
            after=after, first=_label(first, desk), a=number(first), last=_label(last, desk), b=number(last),
        ),
        desk.say("来源：{cites}", cites=tuple(cited)),
    )  # fmt: skip


def _cell(highlight: Highlight | None, desk: Desk) -> Line:
    return told(highlight, desk) if highlight else (Words("—"),)


def _label(movement: Movement, desk: Desk) -> str:
    return plain(indicator(movement.pair.current.fact, desk))
