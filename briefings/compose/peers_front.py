"""The first page of places side by side: one sentence, key figures, three differences, one caveat."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from briefings.compose.barred import reason
from briefings.compose.desk import Desk
from briefings.compose.figures import measured, quoted
from briefings.compose.labels import (
    amount,
    apart,
    bare,
    exact,
    indicator,
    indicator_text,
    of_what,
    signed,
    theme,
    tile,
)
from briefings.compose.league import League, league
from briefings.compose.own_figures import sound, telling
from briefings.records.briefing import (
    Block,
    Bullets,
    Callout,
    Heading,
    Inline,
    Line,
    Paragraph,
    Quote,
    Tile,
    Tiles,
    Words,
)
from briefings.records.comparison import Highlight, Pair, Point, Series
from briefings.records.edition import Order
from briefings.records.peers import Borrowing, Peers

_CHANGES = 3
_MOST_TILES = 4
_CLAIM_LIMIT = 36
_RANKED = 3


def first_page(order: Order, comparison: Peers, desk: Desk) -> list[Block]:
    """What a leader reads in half a minute."""
    lead = leading(comparison)
    blocks: list[Block] = [
        Heading(1, order.title, "top"),
        Paragraph(_standfirst(order, comparison, desk), "standfirst"),
        Paragraph(_sentence(lead, comparison, desk), "lead"),
        Tiles(tuple(_tiles(lead, comparison, desk))[:_MOST_TILES]),
    ]
    changes = _differences(lead, comparison, desk) if lead else ()
    if changes:
        head = desk.words("三个差别") if len(changes) == _CHANGES else desk.words("主要差别")
    else:
        borrowed = tuple(borrowing(b, comparison, desk) for b in comparison.borrowings[:1])
        changes = (*_claims(comparison, desk)[: _CHANGES - len(borrowed)], *borrowed)
        head = desk.words("各自说到的变化")
    if changes:
        blocks += [Heading(4, head, "changes"), Bullets(changes, ordered=True)]
    blocks.append(Callout("check", desk.words("一个提醒"), (_caveat(comparison, desk),)))
    return blocks


def leading(comparison: Peers) -> Series | None:
    """The series that leads: comparable to the last digit, the own place among it, rates before amounts, headlines first."""
    own = comparison.sides[0].label
    able = [
        s for s in comparison.comparable
        if all(exact(p) for p in s.points) and s.points[0].place == own and s.canonical
    ]  # fmt: skip
    for kinds in (("change",), ("rate", "completion"), ("level",)):
        for series in able:
            if series.kind in kinds and series.rank:
                return series
    return able[0] if len(able) >= _RANKED else None


def _standfirst(order: Order, comparison: Peers, desk: Desk) -> Line:
    places = _listed([desk.tongue.place(s.label) for s in comparison.sides], desk)
    count = desk.count([d.id for s in comparison.sides for d in s.documents])
    return desk.say(
        "{period}　{places}　收录{n}份材料", period=desk.period(order.periods[0]), places=places, n=count
    )


def _sentence(lead: Series | None, comparison: Peers, desk: Desk) -> Line:
    if len(comparison.sides) == 1:
        return desk.say(
            "只收到{place}的材料，没有可以并列的另一方。", place=desk.tongue.place(comparison.sides[0].label)
        )
    if lead is None:
        return _nothing_comparable(comparison, desk)
    told = league(lead, desk)
    own, first = lead.points[0], told.first
    if len(lead.points) >= _RANKED and told.rank:
        return desk.say(
            "{name}{measure}，{place}在{n}个地方中{rank}{numbers}。",
            name=indicator(own.fact, desk),
            measure=of_what(own.fact, desk),
            place=desk.tongue.place(own.place),
            n=desk.count([p.fact.id for p in lead.points]),
            rank=told.rank,
            numbers=_behind_first(own, first, lead, desk),
        )
    high, low = sorted(lead.points[:2], key=amount, reverse=True)
    gap = apart(high, low, lead, desk)
    if gap is None or amount(high) == amount(low):
        return desk.say(
            "{name}{measure}，{a}与{b}相同（{value}{c1}{c2}）。",
            name=indicator(own.fact, desk), measure=of_what(own.fact, desk), a=desk.tongue.place(high.place),
            b=desk.tongue.place(low.place), value=signed(high.fact, desk), c1=desk.cite(high.fact), c2=desk.cite(low.fact),
        )  # fmt: skip
    return desk.say(
        "{name}{measure}，{a}比{b}高{gap}（{one}{c1}，{other}{c2}）。",
        name=indicator(own.fact, desk), measure=of_what(own.fact, desk), a=desk.tongue.place(high.place),
        b=desk.tongue.place(low.place), gap=gap, one=signed(high.fact, desk), c1=desk.cite(high.fact),
        other=signed(low.fact, desk), c2=desk.cite(low.fact),
    )  # fmt: skip


def _behind_first(own: Point, first: Point, lead: Series, desk: Desk) -> Line:
    """The own number, and how far it is from the first place's."""
    if own is first:
        return desk.say("（{own}{c}）", own=signed(own.fact, desk), c=desk.cite(own.fact))
    gap = apart(max(own, first, key=amount), min(own, first, key=amount), lead, desk)
    if gap is None:
        return desk.say("（{own}{c}）", own=signed(own.fact, desk), c=desk.cite(own.fact))
    return desk.say(
        "，与居首的{place}相差{gap}（{own}{c1}，{best}{c2}）",
        place=desk.tongue.place(first.place), gap=gap, own=signed(own.fact, desk), c1=desk.cite(own.fact),
        best=signed(first.fact, desk), c2=desk.cite(first.fact),
    )  # fmt: skip


def _nothing_comparable(comparison: Peers, desk: Desk) -> Line:
    pairs = barred_once(comparison.barred)
    if not pairs and not comparison.comparable:
        return desk.say("各地没有说到同一项指标，数据不能并列；以下对照各自的做法，分列各自的主要数据。")
    if comparison.comparable:
        series = comparison.comparable[0]
        numbers: list[Inline] = []
        for p in series.points:
            place = desk.tongue.place(p.place)
            number = desk.say(
                "{place}{value}{c}", place=place, value=signed(p.fact, desk), c=desk.cite(p.fact)
            )
            numbers += [*(desk.say("，") if numbers else ()), *number]
        return desk.say(
            "各地主要指标口径不一，能并列的只有{n}项：{name}，{numbers}。",
            n=desk.count(first_of_each(comparison.comparable)),
            name=indicator(series.points[0].fact, desk),
            numbers=tuple(numbers),
        )
    return desk.say(
        "各地都说到的指标有{n}项，没有一项口径相同，数据不能直接比较。",
        n=desk.count(pairs),
    )


def _tiles(lead: Series | None, comparison: Peers, desk: Desk) -> Iterator[Tile]:
    if lead is not None:
        own = lead.points[0]
        told = league(lead, desk)
        label = desk.words(
            "{place}{name}", place=desk.tongue.place(own.place), name=indicator_text(own.fact, desk)
        )
        note = (*desk.say("{measure}", measure=of_what(own.fact, desk).strip()), *told.beside(desk))
        yield tile(label, own.fact, note, desk)
        yield from _gaps(lead, told, desk)
        yield _higher(comparison, desk)
    else:
        for highlight in _own_figures(comparison):
            fact = highlight.lead
            place = desk.tongue.place(_place(comparison, fact.document))
            label = desk.words("{place}{name}", place=place, name=indicator_text(fact, desk))
            moving = next((f for f in highlight.facts if f.kind == "change"), None)
            note = ()
            if moving is fact:
                note = (Words(desk.tongue.basis(fact.basis or "")),)
            elif moving:
                note = measured(desk.print(moving), desk, marks=False)
            yield tile(label, fact, note, desk)
    yield Tile(
        desk.words("可比指标"),
        desk.count(first_of_each(comparison.comparable)),
        desk.words("项"),
        desk.say("不可比{n}项，原因见下页", n=desk.count(barred_once(comparison.barred))),
    )


def _gaps(lead: Series, told: League, desk: Desk) -> Iterator[Tile]:
    """The distance to the other place, or to the first and to the mean of three or more."""
    own = lead.points[0]
    unit = "个百分点" if lead.unit == "%" else lead.unit or ""
    if told.rank is None:
        other = lead.points[1]
        gap = apart(own, other, lead, desk)
        if gap:
            label = desk.words("与{place}之差", place=desk.tongue.place(other.place))
            note = desk.say(
                "{place}{value}{c}", place=desk.tongue.place(other.place), value=signed(other.fact, desk), c=desk.cite(other.fact)
            )  # fmt: skip
            yield bare(label, gap, unit, note, desk)
        return
    if told.first is not own:
        gap = apart(own, told.first, lead, desk)
        if gap:
            note = desk.say("{place}{value}{c}", place=desk.tongue.place(told.first.place), value=signed(told.first.fact, desk), c=desk.cite(told.first.fact))  # fmt: skip
            yield bare(desk.words("与首位之差"), gap, unit, note, desk)
    to_mean = desk.reckon("gap_to_mean", lead.points, unit, max(p.digits for p in lead.points) + 1)
    if to_mean:
        yield bare(desk.words("与均值之差"), to_mean, unit, desk.say("均值{mean}", mean=told.mean) if told.mean else (), desk)  # fmt: skip


def _higher(comparison: Peers, desk: Desk) -> Tile:
    """In how many comparable rates the own place is ahead of all others; by the rule of polarity."""
    own = comparison.sides[0].label
    rates = [s for s in comparison.comparable if s.kind == "change" and all(exact(p) for p in s.points)]
    told = [s for s in rates if s.points[0].place == own and _good(s, desk)]
    ahead = [s for s in told if _leads(s, desk)]
    return Tile(
        desk.words("{place}领先的增速", place=desk.tongue.place(own)),
        desk.count([s.points[0].fact.id for s in ahead]),
        desk.words("项"),
        desk.say("可比增速共{n}项，本刊计算", n=desk.count([s.points[0].fact.id for s in told])),
    )


def _good(series: Series, desk: Desk) -> bool:
    known = desk.indicators.get(series.canonical or "")
    return known is not None and known.polarity != "none"


def _leads(series: Series, desk: Desk) -> bool:
    sign = -1 if desk.indicators[series.canonical or ""].polarity == "down_good" else 1
    own, *others = (sign * amount(p) for p in series.points)
    return all(own > o for o in others)


def _differences(lead: Series | None, comparison: Peers, desk: Desk) -> tuple[Line, ...]:
    """The largest distances between the own place and another after the leading one, and one practice to borrow."""
    own = comparison.sides[0].label
    able: list[tuple[bool, Decimal, Series, Point]] = []
    for series in comparison.comparable:
        if series is lead or series.points[0].place != own or series.unit != "%" or not series.canonical:
            continue
        others = [p for p in series.points[1:] if exact(p) and exact(series.points[0])]
        if others:
            far = max(others, key=lambda p: abs(amount(series.points[0]) - amount(p)))
            able.append((not series.rank, -abs(amount(series.points[0]) - amount(far)), series, far))
    able.sort(key=lambda a: a[:2])
    borrowed = comparison.borrowings[:1]
    lines = []
    for _, gap, series, far in able[: _CHANGES - len(borrowed)]:
        if gap:
            lines.append(_difference(series, far, desk))
    if not lines:
        return ()
    return (*lines, *(borrowing(b, comparison, desk) for b in borrowed))


def _difference(series: Series, far: Point, desk: Desk) -> Line:
    own = series.points[0]
    high, low = (own, far) if amount(own) >= amount(far) else (far, own)
    gap = apart(high, low, series, desk)
    return desk.say(
        "{name}{measure}，{place}高{gap}{c1}{c2}",
        name=indicator(own.fact, desk), measure=of_what(own.fact, desk), place=desk.tongue.place(high.place),
        gap=gap or "", c1=desk.cite(high.fact), c2=desk.cite(low.fact),
    )  # fmt: skip


def borrowing(found: Borrowing, comparison: Peers, desk: Desk) -> Line:
    """Something another place does under a name of its own, which the own place's documents do not hold."""
    measure = found.measure
    quote = Quote(found.words, measure.document, found.name)
    return desk.say(
        "{place}的“{name}”（{field}）{cite}，{own}未见表述",
        place=desk.tongue.place(comparison.sides[found.side].label),
        name=quote,
        field=theme(measure.theme or "", desk),
        cite=desk.citations.cite(measure.document, found.name.start),
        own=desk.tongue.place(comparison.sides[0].label),
    )


def _claims(comparison: Peers, desk: Desk) -> tuple[Line, ...]:
    """Where nothing can be compared: what each place says of itself, in its own words."""
    told: list[Line] = []
    best = [[h for h in telling(s) if sound(h)] for s in comparison.sides]
    for n in range(_CHANGES):
        for side, found in zip(comparison.sides, best, strict=True):
            if n < len(found) and len(told) < _CHANGES:
                told.append(
                    desk.say(
                        "{place}：{words}", place=desk.tongue.place(side.label), words=quoted(found[n], desk, _CLAIM_LIMIT)
                    )
                )  # fmt: skip
    return tuple(told)


def _own_figures(comparison: Peers) -> list[Highlight]:
    """The first headline of each place, then the second, three in all."""
    found: list[Highlight] = []
    per = [
        [h for h in telling(s) if "headline" in h.reasons and not h.lead.value_high] for s in comparison.sides
    ]
    for n in range(2):
        found += [own[n] for own in per if n < len(own)]
    return found[: _MOST_TILES - 1]


def _caveat(comparison: Peers, desk: Desk) -> Line:
    """The largest caveat, by rule: a place without documents, then what bars a headline, then the size of places."""
    if comparison.absent:
        return desk.say(
            "{places}没有收到这一时段的材料，不在比较之列。",
            places=_listed([desk.tongue.place(p) for p in comparison.absent], desk),
        )
    if comparison.barred:
        pair = comparison.barred[0]
        one, other = pair.current, pair.prior
        return desk.say(
            "{name}不宜直接比较：{a}{x}{c1}，{b}{y}{c2}，{why}。",
            name=indicator(one.fact, desk), a=desk.tongue.place(one.place), x=signed(one.fact, desk), c1=desk.cite(one.fact),
            b=desk.tongue.place(other.place), y=signed(other.fact, desk), c2=desk.cite(other.fact),
            why=reason(pair.barrier, desk) if pair.barrier else "",
        )  # fmt: skip
    return desk.say("各地大小不同，总量之差不表示快慢；没有说到的指标不等于没有。")


def _place(comparison: Peers, document: str) -> str:
    return next((s.label for s in comparison.sides if any(d.id == document for d in s.documents)), "")


def _listed(names: Sequence[str], desk: Desk) -> str:
    listed = names[0] if names else ""
    for more in names[1:]:
        listed = desk.words("{listed}、{more}", listed=listed, more=more)
    return listed


def first_of_each(series: Sequence[Series]) -> list[str]:
    """One fact's id for each indicator, however many kinds of number are comparable."""
    return list({s.indicator: s.points[0].fact.id for s in reversed(series)}.values())


def barred_once(pairs: Sequence[Pair]) -> list[str]:
    """One fact's id for each indicator that is barred."""
    return list({p.indicator: p.current.fact.id for p in reversed(pairs)}.values())
