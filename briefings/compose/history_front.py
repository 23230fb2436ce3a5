"""The first page of one place through time: its direction, key figures, three changes, one caveat."""

from collections.abc import Iterator, Sequence

from briefings.compose.barred import reason
from briefings.compose.course import change, moved, size, yearly, years
from briefings.compose.desk import Desk
from briefings.compose.figures import quoted
from briefings.compose.labels import (
    amount,
    bare,
    between,
    indicator,
    indicator_text,
    of_what,
    signed,
    tile,
)
from briefings.compose.own_figures import sound, telling
from briefings.records.briefing import Block, Bullets, Callout, Heading, Line, Paragraph, Tile, Tiles
from briefings.records.comparison import Point, Series
from briefings.records.edition import Order
from briefings.records.fact import Fact
from briefings.records.history import History

_CHANGES = 3
_ENOUGH = 3
_MOST_TILES = 4
_CLAIM_LIMIT = 36


def first_page(order: Order, comparison: History, desk: Desk) -> list[Block]:
    """What a leader reads in half a minute."""
    lead = leading(comparison)
    blocks: list[Block] = [
        Heading(1, order.title, "top"),
        Paragraph(_standfirst(comparison, desk), "standfirst"),
        Paragraph(_sentence(lead, comparison, desk), "lead"),
        Tiles(tuple(_tiles(lead, comparison, desk))[:_MOST_TILES]),
    ]
    changes = _changes(lead, comparison, desk) if lead else ()
    if changes:
        head = desk.words("三个变化") if len(changes) == _CHANGES else desk.words("主要变化")
    else:
        changes, head = _claims(comparison, desk), desk.words("各期说到的成效")
    if changes:
        blocks += [Heading(4, head, "changes"), Bullets(changes, ordered=True)]
    blocks.append(Callout("check", desk.words("一个提醒"), (_caveat(comparison, desk),)))
    return blocks


def leading(comparison: History) -> Series | None:
    """The series that leads: a headline indicator from the first stage to the last, an amount before a growth."""
    ends = {comparison.stages[0].label, comparison.stages[-1].label}
    whole = [s for s in comparison.series if {s.points[0].period, s.points[-1].period} == ends]
    for found in (whole, comparison.series):
        for series in found:
            if series.rank and series.kind in ("level", "change"):
                return series
    return whole[0] if len(whole) >= _ENOUGH and whole[0].canonical else None


def _standfirst(comparison: History, desk: Desk) -> Line:
    periods = desk.period(comparison.stages[0].label)
    for stage in comparison.stages[1:]:
        periods = desk.words("{listed}、{more}", listed=periods, more=desk.period(stage.label))
    count = desk.count([d.id for s in comparison.stages for d in s.documents])
    return desk.say(
        "{place}　{periods}　收录{n}份材料",
        place=desk.tongue.place(comparison.place),
        periods=periods,
        n=count,
    )


def _sentence(lead: Series | None, comparison: History, desk: Desk) -> Line:
    if len(comparison.stages) == 1:
        period = desk.period(comparison.stages[0].label)
        return desk.say("只收到{period}的材料，没有可以比较的另一期。", period=period)
    if lead is None:
        return _nothing_to_follow(comparison, desk)
    first, last = lead.points[0], lead.points[-1]
    numbers = desk.say(
        "（{p1}{a}{c1}，{p2}{b}{c2}）",
        p1=desk.period(first.period), a=signed(first.fact, desk), c1=desk.cite(first.fact),
        p2=desk.period(last.period), b=signed(last.fact, desk), c2=desk.cite(last.fact),
    )  # fmt: skip
    name, measure = indicator(last.fact, desk), of_what(last.fact, desk)
    if amount(first) == amount(last):
        return desk.say("{name}{measure}首末两期相同{numbers}。", name=name, measure=measure, numbers=numbers)
    up = amount(last) > amount(first)
    rate = yearly(lead, desk)
    if rate and up:
        return desk.say("{name}年均增长{rate}{numbers}。", name=name, rate=rate, numbers=numbers)
    gap = between(last, first, lead, desk) or ""
    match lead.unit == "%", up:
        case True, True:
            return desk.say(
                "{name}{measure}高了{gap}{numbers}。", name=name, measure=measure, gap=gap, numbers=numbers
            )
        case True, False:
            return desk.say(
                "{name}{measure}低了{gap}{numbers}。", name=name, measure=measure, gap=gap, numbers=numbers
            )
        case _, True:
            return desk.say("{name}多了{gap}{numbers}。", name=name, gap=gap, numbers=numbers)
        case _:
            return desk.say("{name}少了{gap}{numbers}。", name=name, gap=gap, numbers=numbers)


def _nothing_to_follow(comparison: History, desk: Desk) -> Line:
    if comparison.series:
        series = comparison.series[0]
        return desk.say(
            "各期材料体裁、口径不一，能前后对照的只有{n}项：{moved}。",
            n=desk.count(followed(comparison.series)),
            moved=moved(series, desk),
        )
    if comparison.barred:
        return desk.say(
            "各期都说到的指标有{n}项，没有一项口径相同，不能连成一列。",
            n=desk.count([p.current.fact.id for p in comparison.barred]),
        )
    return desk.say("各期没有说到同一项指标，数据不能前后比较；以下对照各期的工作重点，分列各期的主要数据。")


def _tiles(lead: Series | None, comparison: History, desk: Desk) -> Iterator[Tile]:
    if lead is None:
        for fact, note in _latest(comparison, desk):
            yield tile(indicator_text(fact, desk), fact, note, desk)
    else:
        last, first = lead.points[-1], lead.points[0]
        yield tile(indicator_text(last.fact, desk), last.fact, _of_stage(last, desk), desk)  # fmt: skip
        value = change(lead, desk)
        if value:
            label = desk.words("比{period}", period=desk.period(first.period))
            unit = "个百分点" if lead.unit == "%" else "%"
            note = desk.say("{a}{c}", a=signed(first.fact, desk), c=desk.cite(first.fact))
            yield bare(label, value, unit, note, desk)
    rank = next((f for f in reversed(comparison.stated)), None)
    if rank:
        yield tile(
            desk.words("{name}位次", name=indicator_text(rank, desk)),
            rank,
            _ranked_among(rank, comparison, desk),
            desk,
        )
    yield Tile(
        desk.words("可以前后对照的指标"),
        desk.count(followed(comparison.series)),
        desk.words("项"),
        desk.say("口径不同、不能连的{n}项", n=desk.count([p.current.fact.id for p in comparison.barred])),
    )


def _ranked_among(rank: Fact, comparison: History, desk: Desk) -> Line:
    """Whose documents state a rank, and among whom."""
    period = desk.period(_stage_of(rank, comparison))
    if not rank.basis or any(c.isdigit() for c in rank.basis):
        return desk.say("据{period}材料", period=period)
    return desk.say("据{period}材料，{set}", period=period, set=desk.tongue.comparator(rank.basis))


def _of_stage(point: Point, desk: Desk) -> Line:
    """Whose period a number is, and what kind of number where it is no amount."""
    said = desk.say("据{period}材料", period=desk.period(point.period))
    measure = of_what(point.fact, desk).strip()
    return desk.say("{said}，{measure}", said=said, measure=measure) if measure else said


def _latest(comparison: History, desk: Desk) -> Iterator[tuple[Fact, Line]]:
    """Headline numbers of the last stage, then of the first, where nothing can be followed."""
    stages = [comparison.stages[-1], comparison.stages[0]][: len(comparison.stages)]
    per = [
        [h for h in telling(s) if h.reasons and h.lead.canonical and not h.lead.value_high] for s in stages
    ]
    for n in range(2):
        for stage, found in zip(stages, per, strict=True):
            if n < len(found):
                yield found[n].lead, desk.say("据{period}材料", period=desk.period(stage.label))


def _changes(lead: Series | None, comparison: History, desk: Desk) -> tuple[Line, ...]:
    """The headline indicators after the leading one, then others, that moved most; each indicator once."""
    seen = {lead.indicator} if lead else set()
    told: list[Series] = []
    ranked = sorted(comparison.series, key=lambda s: (not s.rank, s.unit != "%", -size(s)))
    for series in ranked:
        if series.indicator not in seen and series.canonical and size(series):
            seen.add(series.indicator)
            told.append(series)
    return tuple(moved(s, desk) for s in told[:_CHANGES])


def _claims(comparison: History, desk: Desk) -> tuple[Line, ...]:
    """Where nothing can be followed: what each stage says of itself, the last first, in its own words."""
    told: list[Line] = []
    stages = list(reversed(comparison.stages))
    told_already = {s.indicator for s in comparison.series}
    best = [[h for h in telling(s) if sound(h) and h.lead.canonical not in told_already] for s in stages]
    for n in range(_CHANGES):
        for stage, found in zip(stages, best, strict=True):
            if n < len(found) and len(told) < _CHANGES:
                words = quoted(found[n], desk, _CLAIM_LIMIT)
                told.append(desk.say("{period}：{words}", period=desk.period(stage.label), words=words))
    return tuple(told)


def _caveat(comparison: History, desk: Desk) -> Line:
    """The largest caveat, by rule: a period without documents, a headline that breaks, years between without documents."""
    if comparison.absent:
        periods = desk.period(comparison.absent[0])
        for more in comparison.absent[1:]:
            periods = desk.words("{listed}、{more}", listed=periods, more=desk.period(more))
        return desk.say("{periods}没有收到材料，不在比较之列。", periods=periods)
    if comparison.barred and comparison.barred[0].barrier:
        pair = comparison.barred[0]
        now, before = pair.current, pair.prior
        return desk.say(
            "{name}前后不能相连：{p1}{a}{c1}，{p2}{b}{c2}，{why}。",
            name=indicator(now.fact, desk), p1=desk.period(before.period), a=signed(before.fact, desk), c1=desk.cite(before.fact),
            p2=desk.period(now.period), b=signed(now.fact, desk), c2=desk.cite(now.fact),
            why=reason(pair.barrier, desk) if pair.barrier else "",
        )  # fmt: skip
    if any(years(s) > len(s.points) - 1 for s in comparison.series):
        return desk.say("两端之间有的年份没有材料，只能看首末两期，看不出中间的起伏。")
    return desk.say("各期材料的体裁和详略不同，没有说到的不等于没有。")


def followed(series: Sequence[Series]) -> list[str]:
    """One fact's id for each indicator that can be followed."""
    return list({s.indicator: s.points[-1].fact.id for s in reversed(series)}.values())


def _stage_of(fact: Fact, comparison: History) -> str:
    return next(s.label for s in comparison.stages if any(d.id == fact.document for d in s.documents))
