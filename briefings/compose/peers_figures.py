"""The figures of places side by side: what can be compared, the tables, the charts, stated ranks, each place's own."""

from collections.abc import Sequence

from briefings.compose import barred
from briefings.compose.desk import Desk
from briefings.compose.labels import (
    amount,
    apart,
    between,
    exact,
    indicator,
    indicator_text,
    kind,
    measured,
    shown,
)
from briefings.compose.league import LEAST, league, rank
from briefings.compose.own_figures import by_side, together
from briefings.compose.peers_front import barred_once, first_of_each, leading
from briefings.records.briefing import (
    Bar,
    BarChart,
    Block,
    Bullets,
    Column,
    Dumbbell,
    Figure,
    Heading,
    Line,
    Mark,
    PageBreak,
    Pairing,
    Paragraph,
    Table,
)
from briefings.records.comparison import Pair, Point, Series
from briefings.records.fact import Fact
from briefings.records.peers import Peers

_MOST_IN_TABLE = 4
_MOST_BARRED = 12
_MOST_PAIRS = 12
_MOST_STATED = 8
_PAIR = 2
_MOST_ROWS = 20
_MOST_FIRST = 12
"""Rows of the table on the first page."""
_FEW = 2
"""So few indicators are told in a list: a table would be mostly its own head."""


def headlines(comparison: Peers, desk: Desk) -> list[Block]:
    """The table on the first page: the headline indicators side by side, or each place's own where none can be compared."""
    if leading(comparison) is None:
        told = [(desk.tongue.place(s.label), s) for s in comparison.sides]
        return together(desk.words("地方"), desk.words("各地主要数据，口径不一，不作比较"), told, desk)
    ranked = _first(comparison)
    caption = desk.words("主要指标对照")
    if len(comparison.sides) == _PAIR:
        return _two(ranked, caption, "t-headlines", comparison, desk)
    return _standing(ranked, caption, "t-headlines", comparison, desk)


def _first(comparison: Peers) -> list[Series]:
    """The headline indicators that the first page has room for."""
    return [s for s in comparison.comparable if s.rank][:_MOST_FIRST]


def comparability(comparison: Peers, desk: Desk) -> list[Block]:
    """Before any table of figures: how much can be compared, and what must not be, with the reason."""
    blocks: list[Block] = [
        PageBreak(),
        Heading(2, desk.words("能比与不能比"), "comparable", desk.chapter_number()),
    ]
    one = desk.count(first_of_each(comparison.comparable))
    if len(comparison.sides) == 1:
        blocks.append(
            Paragraph(desk.say("只有一个地方的材料，没有可以比较的另一方；以下是它自己说到的情况。"))
        )
        return blocks
    if not comparison.barred:
        blocks.append(
            Paragraph(
                desk.say(
                    "口径相同、可以并列的指标有{n}项。没有发现名称相同而口径不同的；其余指标只有一方说到。",
                    n=one,
                )
            )
        )
        return blocks
    told = comparison.barred[:_MOST_BARRED]
    blocks.append(
        Paragraph(
            desk.say(
                "口径相同、可以并列的指标有{n}项；名称相同而不能比的有{m}项，以下照录两数，不作比较。其余指标只有一方说到。",
                n=one, m=desk.count(barred_once(comparison.barred)),
            )
        )
    )  # fmt: skip
    for (current, prior), pairs in _by_places(told).items():
        sides = (desk.tongue.place(current), desk.tongue.place(prior))
        head = desk.words("{a}与{b}不可比的指标", a=sides[0], b=sides[1])
        key = f"t-barred-{len(blocks)}"
        blocks.append(barred.told(pairs, sides, head, key, desk))
    return blocks


def figures(comparison: Peers, desk: Desk) -> list[Block]:
    """Comparable figures in tables and charts; ranks that the sources state."""
    blocks: list[Block] = []
    if comparison.comparable:
        blocks.append(Heading(2, desk.words("指标对照"), "figures", desk.chapter_number()))
        first = _first(comparison) if leading(comparison) else []
        others = [s for s in comparison.comparable if s not in first]
        if len(comparison.sides) == _PAIR:
            blocks += _dumbbell(comparison, desk)
            rates = [s for s in others if s.unit == "%"]
            amounts = [s for s in others if s.unit != "%"]
            blocks += _two(rates, desk.words("其他增速、比率与进度"), "t-rates", comparison, desk)
            blocks += _two(amounts, desk.words("其他总量"), "t-amounts", comparison, desk)
        else:
            place = desk.tongue.place(comparison.sides[0].label)
            caption = desk.words("{place}在各地中的位置：其他指标", place=place)
            blocks += _bars(comparison, desk)
            blocks += _standing(others, caption, "t-standing", comparison, desk)
            blocks += _matrix(comparison, desk)
    if comparison.stated:
        blocks.append(Heading(3, desk.words("材料自己说到的位次"), "stated"))
        blocks.append(Bullets(tuple(_stated(f, comparison, desk) for f in comparison.stated[:_MOST_STATED])))
    return blocks


def own_figures(comparison: Peers, desk: Desk) -> list[Block]:
    """Each place's own headline numbers, a table a place."""
    told = [(desk.tongue.place(s.label), s) for s in comparison.sides]
    return by_side(desk.words("各地主要数据"), told, desk)


def _two(series: Sequence[Series], caption: str, key: str, comparison: Peers, desk: Desk) -> list[Block]:
    """Two places: an indicator a row, both numbers, how far apart."""
    if not series:
        return []
    own, other = (s.label for s in comparison.sides)
    if len(series) <= _FEW:
        return [Bullets(tuple(_beside(s, comparison, desk) for s in series))]
    rows = []
    for one in series[:_MOST_ROWS]:
        rows.append(
            (
                indicator(one.points[0].fact, desk),
                desk.say("{kind}", kind=kind(one.points[0].fact, desk)),
                shown(one.points[0].fact, desk),
                shown(one.points[1].fact, desk),
                _gap(one, desk),
            )
        )
    columns = (
        Column(desk.words("指标"), weight=2.4),
        Column(desk.words("口径"), weight=1.2),
        Column(desk.tongue.place(own), "right", 1.6),
        Column(desk.tongue.place(other), "right", 1.6),
        Column(
            desk.words("{own}比{other}", own=desk.tongue.place(own), other=desk.tongue.place(other)),
            weight=2.0,
        ),
    )
    note = desk.say("差距由本刊计算，百分比之差以百分点计。")
    if len(series) > _MOST_ROWS:
        left = desk.count([s.points[0].fact.id for s in series[_MOST_ROWS:]])
        note = desk.say("差距由本刊计算，百分比之差以百分点计；另有{n}项见工作簿。", n=left)
    return [Table(key, desk.table_number(), caption, columns, tuple(rows), note)]


def _beside(series: Series, comparison: Peers, desk: Desk) -> Line:
    """One indicator of two places as a sentence."""
    one, other = (desk.tongue.place(s.label) for s in comparison.sides)
    first, second = series.points[0].fact, series.points[1].fact
    return desk.say(
        "{name}（{kind}）：{one}{a}，{other}{b}；{one}比{other}{gap}。",
        name=indicator(first, desk), kind=kind(first, desk), one=one, a=shown(first, desk), other=other,
        b=shown(second, desk), gap=_gap(series, desk),
    )  # fmt: skip


def _gap(series: Series, desk: Desk) -> Line:
    """How far the own place is above or below the other."""
    own, other = series.points[0], series.points[1]
    gap = between(own, other, series, desk)
    if gap is None:
        return desk.say("约数，不计算")
    if amount(own) == amount(other):
        return desk.say("相同")
    match series.unit == "%", amount(own) > amount(other):
        case True, True:
            return desk.say("高{gap}", gap=gap)
        case True, False:
            return desk.say("低{gap}", gap=gap)
        case _, True:
            return desk.say("多{gap}", gap=gap)
        case _:
            return desk.say("少{gap}", gap=gap)


def _standing(lined: Sequence[Series], caption: str, key: str, comparison: Peers, desk: Desk) -> list[Block]:
    """Three places or more: where the own place stands, indicator by indicator."""
    own = comparison.sides[0].label
    rows = []
    for series in lined[:_MOST_ROWS]:
        told = league(series, desk)
        if series.points[0].place != own or told.rank is None:
            continue
        point = series.points[0]
        first = told.first
        unit = "个百分点" if series.unit == "%" else series.unit or ""
        to_mean = desk.reckon(
            "gap_to_mean", series.points, unit, max(p.digits for p in series.points) + (series.unit != "%")
        )
        behind = apart(point, first, series, desk)
        rows.append(
            (
                indicator(point.fact, desk),
                desk.say("{kind}", kind=kind(point.fact, desk)),
                shown(point.fact, desk),
                told.rank,
                (*desk.say("{place}", place=desk.tongue.place(first.place)), *shown(first.fact, desk)),
                desk.say("居首") if first is point or behind is None else (behind,),
                (to_mean,) if to_mean else (),
            )
        )
    if not rows:
        return []
    place = desk.tongue.place(own)
    columns = (
        Column(desk.words("指标"), weight=2.0),
        Column(desk.words("口径"), weight=1.1),
        Column(place, "right", 1.4),
        Column(desk.words("位次"), "center", 1.1),
        Column(desk.words("首位"), weight=1.9),
        Column(desk.words("距首位"), "right", 1.4),
        Column(desk.words("距均值"), "right", 1.4),
    )
    note = desk.say("只列三个以上地方可比的指标；位次、差距和均值由本刊计算。")
    return [Table(key, desk.table_number(), caption, columns, tuple(rows), note)]


def _matrix(comparison: Peers, desk: Desk) -> list[Block]:
    """Places down, indicators across, four to a table; the mean beneath where three or more state the indicator."""
    series = comparison.comparable
    tables: list[Block] = []
    parts = [series[n : n + _MOST_IN_TABLE] for n in range(0, len(series), _MOST_IN_TABLE)]
    for at, part in enumerate(parts, 1):
        heads = tuple(
            Column(
                desk.words("{name}（{measured}）", name=indicator_text(s.points[0].fact, desk), measured=measured(s.points[0].fact, desk)),
                "right", 1.6,
            )
            for s in part
        )  # fmt: skip
        rows: list[tuple[Line, ...]] = []
        for side in comparison.sides:
            head = desk.say("{place}", place=desk.tongue.place(side.label))
            rows.append((head, *(_cell(s, side.label, desk) for s in part)))
        if any(len(s.points) >= LEAST for s in part):
            rows.append((desk.say("均值"), *(_mean(s, desk) for s in part)))
        first, last = (indicator_text(s.points[0].fact, desk) for s in (part[0], part[-1]))
        caption = desk.words("各地指标对照")
        if len(parts) > 1:
            caption = desk.words("各地对照：{first}至{last}", first=first, last=last)
        note = desk.say("位次只在三个以上地方可比时列出；“…”表示原文没有说到，或口径不同、不可比。")
        columns = (Column(desk.words("地方"), weight=1.2), *heads)
        tables.append(Table(f"t-matrix-{at}", desk.table_number(), caption, columns, tuple(rows), note))
    return tables


def _cell(series: Series, place: str, desk: Desk) -> Line:
    at = next((n for n, p in enumerate(series.points) if p.place == place), None)
    if at is None:
        return ()
    told = rank(series, at, desk)
    number = shown(series.points[at].fact, desk)
    return (*number, *desk.say(" {rank}", rank=told)) if told else number


def _mean(series: Series, desk: Desk) -> Line:
    mean = league(series, desk).mean
    return (mean,) if mean else ()


def _bars(comparison: Peers, desk: Desk) -> list[Block]:
    """Bars of the leading indicator, best first, where three places or more can be compared."""
    lead = leading(comparison)
    if lead is None or len(lead.points) < LEAST or any(p.fact.unit != lead.unit for p in lead.points):
        return []
    told = league(lead, desk)
    points = sorted(lead.points, key=amount, reverse=True)
    own = lead.points[0]
    bars = tuple(
        Bar(
            desk.tongue.place(p.place),
            desk.tongue.drawn(p.fact.value, p.fact.unit or ""),
            desk.tongue.number(desk.print(p.fact)),
            p.fact.id,
            p is own,
        )
        for p in points
    )
    mean = sum(bar.value for bar in bars) / len(bars)
    name, high, low = indicator_text(own.fact, desk), points[0], points[-1]
    title = (
        desk.say("{name}：{place}在{n}个地方中{rank}", name=name, place=desk.tongue.place(own.place), n=desk.count([p.fact.id for p in points]), rank=told.rank)
        if told.rank
        else desk.say("{name}：{place}最高，为{value}", name=name, place=desk.tongue.place(high.place), value=desk.value(high.fact))
    )  # fmt: skip
    alt = desk.words(
        "条形图：各地的{name}。{a}最高，{x}；{b}最低，{y}。",
        name=name, a=desk.tongue.place(high.place), x=desk.tongue.number(high.fact), b=desk.tongue.place(low.place), y=desk.tongue.number(low.fact),
    )  # fmt: skip
    return [
        Figure(
            "g-lead",
            desk.figure_number(),
            title,
            desk.words(
                "{name}，{measured}，{period}；虚线为均值",
                name=name,
                measured=measured(own.fact, desk),
                period=desk.period(own.period),
            ),
            BarChart(bars, desk.tongue.unit(lead.unit or ""), round(mean, 2)),
            alt,
            _sources([p.fact for p in points], desk),
        )
    ]


def _dumbbell(comparison: Peers, desk: Desk) -> list[Block]:
    """Growth rates of two places, where three or more can be compared."""
    told = [
        s for s in comparison.comparable
        if s.kind == "change" and s.unit == "%" and all(exact(p) for p in s.points)
    ][:_MOST_PAIRS]  # fmt: skip
    if len(told) < LEAST:
        return []
    told.sort(key=lambda s: amount(s.points[1]) - amount(s.points[0]))
    own, other = (desk.tongue.place(s.label) for s in comparison.sides)
    rows = tuple(
        Pairing(
            indicator_text(s.points[0].fact, desk), _mark(s.points[1], desk), _mark(s.points[0], desk), bool(s.rank)
        )
        for s in told
    )  # fmt: skip
    ahead = [s.points[0].fact.id for s in told if amount(s.points[0]) > amount(s.points[1])]
    first = told[0]
    alt = desk.words(
        "哑铃图：{own}与{other}的增速。差距最大的是{name}，{own}{x}，{other}{y}。",
        own=own, other=other, name=indicator_text(first.points[0].fact, desk),
        x=desk.tongue.number(first.points[0].fact), y=desk.tongue.number(first.points[1].fact),
    )  # fmt: skip
    return [
        Figure(
            "g-rates",
            desk.figure_number(),
            desk.say("可比增速共{n}项，{own}有{m}项高于{other}", n=desk.count([s.points[0].fact.id for s in told]), own=own, m=desk.count(ahead), other=other),
            desk.words("增速，%，{period}；实心为{own}，空心为{other}", period=desk.period(first.points[0].period), own=own, other=other),
            Dumbbell(rows, "%", other, own),
            alt,
            _sources([p.fact for s in told for p in s.points], desk),
        )
    ]  # fmt: skip


def _mark(point: Point, desk: Desk) -> Mark:
    fact = desk.print(point.fact)
    return Mark(desk.tongue.drawn(fact.value, fact.unit or ""), desk.tongue.number(fact), fact.id)


def _stated(fact: Fact, comparison: Peers, desk: Desk) -> Line:
    """A rank in the source's own sentence."""
    desk.print(fact)
    quote = desk.citations.passages(fact.document).clause((fact,), 60)
    place = next(s.label for s in comparison.sides if any(d.id == fact.document for d in s.documents))
    return desk.say(
        "{place}：{quote}{cite}", place=desk.tongue.place(place), quote=quote, cite=desk.cite(fact)
    )


def _sources(facts: Sequence[Fact], desk: Desk) -> Line:
    cites = tuple(dict.fromkeys(desk.cite(f) for f in facts))
    return (*desk.say("来源："), *cites)


def _by_places(pairs: Sequence[Pair]) -> dict[tuple[str, str], list[Pair]]:
    """The pairs by the two places they set side by side."""
    found: dict[tuple[str, str], list[Pair]] = {}
    for pair in pairs:
        found.setdefault((pair.current.place, pair.prior.place), []).append(pair)
    return found
