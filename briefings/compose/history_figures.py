"""The series of one place: years as columns, lines where three periods can be joined, breaks, stated ranks."""

from collections import Counter
from collections.abc import Sequence

from briefings.compose import barred
from briefings.compose.course import change, yearly
from briefings.compose.desk import Desk
from briefings.compose.history_front import followed, leading
from briefings.compose.labels import indicator, indicator_text, kind, shown
from briefings.compose.own_figures import together
from briefings.records.briefing import (
    Block,
    Bullets,
    Column,
    Figure,
    Heading,
    Line,
    LineChart,
    Mark,
    PageBreak,
    Paragraph,
    SmallMultiples,
    Table,
    Track,
)
from briefings.records.comparison import Pair, Point, Series
from briefings.records.fact import Fact
from briefings.records.history import History, Wording

_LEAST_POINTS = 3
_MOST_ROWS = 24
_MOST_FIRST = 12
"""Rows of the table on the first page."""
_MOST_LINES = 4
_MOST_PANELS = 9
_MOST_BARRED = 12
_MOST_STATED = 8
_CLAUSE = 60


def headlines(comparison: History, desk: Desk) -> list[Block]:
    """The table on the first page: headline indicators through the periods, or each period's own where none can be followed."""
    if leading(comparison) is None:
        told = [(desk.period(s.label), s) for s in comparison.stages]
        return together(desk.words("时段"), desk.words("各期主要数据，口径不一，不连成一列"), told, desk)
    ranked = _first(comparison)
    return [_table(ranked, desk.words("主要指标历年对照"), "t-headlines", comparison, desk)] if ranked else []


def _first(comparison: History) -> list[Series]:
    """The headline indicators that the first page has room for."""
    return [s for s in comparison.series if s.rank][:_MOST_FIRST]


def figures(comparison: History, desk: Desk) -> list[Block]:
    """The table with periods as columns, and charts where three or more periods can be joined."""
    blocks: list[Block] = [
        PageBreak(),
        Heading(2, desk.words("前后对照"), "series", desk.chapter_number()),
    ]
    if len(comparison.stages) == 1:
        return [*blocks, Paragraph(desk.say("只有一期材料，没有可以对照的另一期；以下是这一期自己说到的情况。"))]  # fmt: skip
    if not comparison.series:
        blocks.append(Paragraph(desk.say("没有一项指标在两期材料里口径相同，不列前后对照表。")))
    else:
        n = desk.count(followed(comparison.series))
        blocks.append(
            Paragraph(desk.say("口径相同、可以前后对照的指标有{n}项。首末两期之间的变化由本刊计算。", n=n))
        )
        first = _first(comparison) if leading(comparison) else []
        others = [s for s in comparison.series if s not in first]
        if others:
            blocks.append(_table(others, desk.words("其他指标历年对照"), "t-series", comparison, desk))
        blocks += _lines(comparison, desk)
        blocks += _panels(comparison, desk)
    blocks += _stated(comparison, desk)
    blocks += _averages(comparison, desk)
    return blocks


def breaks(comparison: History, desk: Desk) -> list[Block]:
    """What looks like a series and is none, with the reason."""
    if not comparison.barred:
        return []
    by_periods: dict[tuple[str, str], list[Pair]] = {}
    stage = {d.id: s.label for s in comparison.stages for d in s.documents}
    for pair in comparison.barred[:_MOST_BARRED]:
        key = (stage[pair.prior.fact.document], stage[pair.current.fact.document])
        by_periods.setdefault(key, []).append(pair)
    blocks: list[Block] = [
        Heading(2, desk.words("不能连成一列的指标"), "breaks", desk.chapter_number()),
        Paragraph(desk.say("名称相同或相近，时段、口径或比较的基准变了，照录两数，不作比较。")),
    ]
    for (before, now), pairs in by_periods.items():
        sides = (desk.period(now), desk.period(before))
        caption = desk.words("不能相连的指标（{before}，{now}）", before=sides[1], now=sides[0])
        blocks.append(barred.told(pairs, sides, caption, f"t-breaks-{len(blocks)}", desk))
    return blocks


def _table(lined: Sequence[Series], caption: str, key: str, comparison: History, desk: Desk) -> Table:
    """An indicator a row, a period a column; the change from first to last, and by the year where it is long enough."""
    stages = comparison.stages
    shown_ = lined[:_MOST_ROWS]
    of_document = {d.id: at for at, s in enumerate(stages) for d in s.documents}
    long = any(yearly(s, desk) is not None for s in shown_)
    rows = []
    for series in shown_:
        cells: list[Line] = [()] * len(stages)
        for point in series.points:
            at = of_document[point.fact.document]
            cells[at] = (*cells[at], *_cell(point, stages[at].label, desk))
        moved, rate = change(series, desk), yearly(series, desk)
        row = (
            indicator(series.points[-1].fact, desk),
            desk.say("{kind}", kind=kind(series.points[-1].fact, desk)),
            *cells,
            (moved,) if moved else (),
        )
        rows.append((*row, (rate,) if rate else desk.say("—")) if long else row)
    periods = (Column(desk.period(s.label), "right", 1.8) for s in stages)
    columns = (
        Column(desk.words("指标"), weight=2.2),
        Column(desk.words("口径"), weight=1.2),
        *periods,
        Column(desk.words("首末变化"), "right", 1.5),
        *((Column(desk.words("年均增长"), "right", 1.1),) if long else ()),
    )
    note = desk.say("增长按数值计算，未扣除价格因素；增速和比率之差为百分点。均由本刊计算。")
    if len(lined) > _MOST_ROWS:
        left = desk.count([s.points[-1].fact.id for s in lined[_MOST_ROWS:]])
        note = desk.say("增长按数值计算，未扣除价格因素；增速和比率之差为百分点。均由本刊计算。另有{n}项见工作簿。", n=left)  # fmt: skip
    return Table(key, desk.table_number(), caption, columns, tuple(rows), note)


def _cell(point: Point, stage: str, desk: Desk) -> Line:
    """A number with its reference, and its period where it is not the stage's."""
    number = shown(point.fact, desk)
    if point.period == stage:
        return number
    return desk.say("{number}（{period}）", number=number, period=desk.period(point.period))


def _lines(comparison: History, desk: Desk) -> list[Block]:
    """Growth rates of the headline indicators through three periods or more, all of one part of the year."""
    periods = _periods([s for s in comparison.series if s.kind == "change" and s.unit == "%" and s.rank])
    told = [
        s for s in comparison.series
        if s.kind == "change" and s.unit == "%" and s.rank and _fits(s, periods)
    ][:_MOST_LINES]  # fmt: skip
    if not told:
        return []
    lead = leading(comparison)
    tracks = tuple(
        Track(indicator_text(s.points[-1].fact, desk), _marks(s, periods, desk), s is (lead or told[0]) or s is told[0])
        for s in told
    )  # fmt: skip
    first, last = told[0].points[0], told[0].points[-1]
    alt = desk.words(
        "折线图：各期增速。{name}由{p1}的{a}到{p2}的{b}。",
        name=indicator_text(last.fact, desk), p1=desk.period(first.period), a=desk.tongue.number(first.fact),
        p2=desk.period(last.period), b=desk.tongue.number(last.fact),
    )  # fmt: skip
    title = desk.say(
        "{name}增速由{a}到{b}",
        name=indicator(last.fact, desk),
        a=desk.value(first.fact),
        b=desk.value(last.fact),
    )
    return [
        Figure(
            "g-lines",
            desk.figure_number(),
            title,
            desk.words("同比增速，%；没有材料的时段留空"),
            LineChart(tracks, tuple(desk.period(p) for p in periods), "%"),
            alt,
            _sources([p.fact for s in told for p in s.points], desk),
        )
    ]


def _panels(comparison: History, desk: Desk) -> list[Block]:
    """Amounts through three periods or more, a small panel each."""
    amounts = [s for s in comparison.series if s.unit != "%" and s.canonical]
    periods = _periods(amounts)
    told = [s for s in amounts if _fits(s, periods)][:_MOST_PANELS]
    if len(told) < _LEAST_POINTS - 1:
        return []
    tracks = tuple(
        Track(indicator_text(s.points[-1].fact, desk), _marks(s, periods, desk), bool(s.rank)) for s in told
    )
    first, last = told[0].points[0], told[0].points[-1]
    alt = desk.words(
        "小图组：各项总量。{name}由{p1}的{a}到{p2}的{b}。",
        name=indicator_text(last.fact, desk), p1=desk.period(first.period), a=desk.tongue.number(first.fact),
        p2=desk.period(last.period), b=desk.tongue.number(last.fact),
    )  # fmt: skip
    return [
        Figure(
            "g-panels",
            desk.figure_number(),
            desk.say("可以连成一列的总量有{n}项", n=desk.count([s.points[-1].fact.id for s in told])),
            desk.words("各图自有刻度，不能跨图比高低"),
            SmallMultiples(
                tracks,
                tuple(desk.period(p) for p in periods),
                tuple(desk.tongue.unit(s.unit or "") for s in told),
            ),
            alt,
            _sources([p.fact for s in told for p in s.points], desk),
        )
    ]


def _periods(series: Sequence[Series]) -> tuple[str, ...]:
    """The periods of the longest series, of one part of the year, earliest first."""
    counted = Counter(tuple(sorted(p.period for p in s.points)) for s in series)
    longest = max(counted, key=lambda c: (len(c), counted[c]), default=())
    return longest if len(longest) >= _LEAST_POINTS else ()


def _fits(series: Series, periods: tuple[str, ...]) -> bool:
    """Whether a series lies within ``periods``, has three of them, and draws its numbers as the sources write them."""
    inside = all(p.period in periods for p in series.points)
    return (
        inside
        and len(series.points) >= _LEAST_POINTS
        and all(p.fact.unit == series.unit for p in series.points)
    )


def _marks(series: Series, periods: tuple[str, ...], desk: Desk) -> tuple[Mark | None, ...]:
    by_period = {p.period: desk.print(p.fact) for p in series.points}
    return tuple(
        Mark(desk.tongue.drawn(f.value, f.unit or ""), desk.tongue.number(f), f.id)
        if (f := by_period.get(p))
        else None
        for p in periods
    )


def _stated(comparison: History, desk: Desk) -> list[Block]:
    """Ranks in the sources' own words: a story of their own."""
    if not comparison.stated and not comparison.standings:
        return []
    items: list[Line] = [_sentence(w, comparison, desk) for w in comparison.standings]
    quoted: set[tuple[str, int]] = set()
    for fact in comparison.stated:
        desk.print(fact)
        quote = desk.citations.passages(fact.document).clause((fact,), _CLAUSE)
        if (fact.document, quote.span.start) in quoted:
            continue
        quoted.add((fact.document, quote.span.start))
        period = desk.period(_stage(fact.document, comparison))
        items.append(
            desk.say("{period}的材料：{quote}{cite}", period=period, quote=quote, cite=desk.cite(fact))
        )
    return [Heading(3, desk.words("材料自己说到的位次"), "stated"), Bullets(tuple(items[:_MOST_STATED]))]


def _averages(comparison: History, desk: Desk) -> list[Block]:
    """Two-year averages and words on the base, where the sources themselves carry them."""
    items: list[Line] = []
    for fact in comparison.averages:
        desk.print(fact)
        period = desk.period(_stage(fact.document, comparison))
        items.append(
            desk.say(
                "{period}：{name}两年平均{value}{cite}",
                period=period, name=indicator(fact, desk), value=desk.trend(fact), cite=desk.cite(fact),
            )
        )  # fmt: skip
    items += [_sentence(w, comparison, desk) for w in comparison.bases]
    if not items:
        return []
    head = desk.words("材料说到的两年平均与基数")
    return [Heading(3, head, "averages"), Bullets(tuple(items[:_MOST_STATED]))]


def _sentence(words: Wording, comparison: History, desk: Desk) -> Line:
    passages = desk.citations.passages(words.document)
    quote = passages.whole(passages.sentence(words.span.start), _CLAUSE)
    period = desk.period(_stage(words.document, comparison))
    cite = desk.citations.cite(words.document, words.span.start)
    return desk.say("{period}的材料：{quote}{cite}", period=period, quote=quote, cite=cite)


def _sources(facts: Sequence[Fact], desk: Desk) -> Line:
    cites = tuple(dict.fromkeys(desk.cite(f) for f in facts))
    return (*desk.say("来源："), *cites)


def _stage(document: str, comparison: History) -> str:
    return next(s.label for s in comparison.stages if any(d.id == document for d in s.documents))
