"""The first page of a comparison of two periods: one sentence, key figures, three changes, one caveat."""

from collections.abc import Iterator, Sequence

from briefings.compose import check_notes, yoy_numbers
from briefings.compose.barred import reason
from briefings.compose.desk import Desk
from briefings.compose.figures import name, quoted
from briefings.compose.labels import indicator
from briefings.compose.yoy_words import called, short, step, title, told, went
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
    Value,
)
from briefings.records.comparison import Highlight
from briefings.records.edition import Order
from briefings.records.fact import Measure
from briefings.records.peers import Borrowing, Side
from briefings.records.yoy import Movement, YearOnYear

_CHANGES = 3
_CHANGE_LIMIT = 24
_CLAIM_LIMIT = 32
_MOST_TILES = 4
_MOST_LONE = 2
_MOST_WORSE = 3


def first_page(order: Order, comparison: YearOnYear, desk: Desk) -> list[Block]:
    """What a leader reads in half a minute."""
    leading = tuple(m for m in comparison.movements if m.leads)
    tiled = _tiled(leading)
    blocks: list[Block] = [
        Heading(1, order.title, "top"),
        Paragraph(_standfirst(order, comparison, desk), "standfirst"),
        Paragraph(_sentence(leading, comparison, desk), "lead"),
        Tiles(tuple(_tiles(tiled, comparison, desk))[:_MOST_TILES]),
    ]
    changes = _changes([m for m in leading if m not in tiled], comparison, desk)
    if changes:
        head = desk.words("三个变化") if len(changes) == _CHANGES else desk.words("主要变化")
        if not comparison.prior.reviews or not comparison.current.reviews:
            head = desk.words("说到的成效")
        blocks += [Heading(4, head, "changes"), Bullets(changes, ordered=True)]
    blocks.append(Callout("check", desk.words("一个提醒"), (_caveat(leading, comparison, desk),)))
    blocks += yoy_numbers.leading(comparison, desk)
    for own, text in (
        (comparison.new, "上期没有相应的数，{period}说到的主要指标还有：{told}。"),
        (comparison.gone, "{period}说到的主要指标，本期没有相应的数：{told}。"),
    ):
        side = comparison.current if own is comparison.new else comparison.prior
        lone = [h for h in own if "headline" in h.reasons][:_MOST_LONE]
        if lone:
            blocks.append(Paragraph(desk.say(text, period=desk.period(side.label), told=_listed(lone, desk))))
    if leading:
        blocks.append(_judged(leading, desk))
    return blocks


def _listed(found: Sequence[Highlight], desk: Desk) -> Line:
    line = told(found[0], desk)
    for highlight in found[1:]:
        line = desk.say("{line}；{more}", line=line, more=told(highlight, desk))
    return line


def _standfirst(order: Order, comparison: YearOnYear, desk: Desk) -> Line:
    documents = [*comparison.prior.documents, *comparison.current.documents]
    issuers = [desk.tongue.issuer(d) for d in documents]
    who, *others = dict.fromkeys([desk.tongue.place(p) for p in order.places] or issuers)
    for other in others:
        who = desk.words("{who}、{other}", who=who, other=other)
    return desk.say(
        "{who}　{after}与{before}相比　收录{n}份材料",
        who=who, after=desk.period(order.periods[-1]), before=desk.period(order.periods[0]),
        n=desk.count([d.id for d in documents]),
    )  # fmt: skip


def _sentence(leading: Sequence[Movement], comparison: YearOnYear, desk: Desk) -> Line:
    for own, other in ((comparison.prior, comparison.current), (comparison.current, comparison.prior)):
        if not own.reviews:
            return desk.say(
                "没有收到{period}的材料，无从比较；以下只有{other}。",
                period=desk.period(own.label), other=desk.period(other.label),
            )  # fmt: skip
    if not leading:
        barred = [p.current.fact.id for p in comparison.barred]
        if barred:
            return desk.say(
                "两期都说到的指标有{n}项，没有一项口径相同，不能相减；变化要看文字。", n=desk.count(barred)
            )
        return desk.say("两期没有说到同一项指标，数据不能比较；变化要看文字。")

    def ids(direction: str) -> list[str]:
        return [m.pair.current.fact.id for m in leading if m.direction == direction]

    if len(leading) == 1:
        return desk.say("两期可比的指标只有一项：{told}。", told=_moved(leading[0], desk))
    n = desk.count([m.pair.current.fact.id for m in leading], strong=True)
    up, down, flat = (desk.count(ids(way)) for way in ("up", "down", "flat"))
    if ids("flat"):
        return desk.say(
            "两期可比的指标有{n}项，{up}项升、{down}项降、{flat}项持平。", n=n, up=up, down=down, flat=flat
        )
    if not ids("down"):
        return desk.say("两期可比的指标有{n}项，全部上升。", n=n)
    if not ids("up"):
        return desk.say("两期可比的指标有{n}项，全部下降。", n=n)
    return desk.say("两期可比的指标有{n}项，{up}项升、{down}项降。", n=n, up=up, down=down)


def _tiled(leading: Sequence[Movement]) -> tuple[Movement, ...]:
    """The first that rises and the first that falls; ``leading`` has headline indicators first."""
    known = [m for m in leading if m.pair.canonical] or leading
    found = (next((m for m in known if m.direction == way), None) for way in ("up", "down"))
    return tuple(m for m in found if m)


def _tiles(tiled: Sequence[Movement], comparison: YearOnYear, desk: Desk) -> Iterator[Tile]:
    for movement in tiled:
        value, unit = desk.tile(movement.pair.current.fact)
        note: Line = (*went(movement, desk), *desk.say("，上期"), short(movement.pair.prior.fact, desk),
                      desk.cite(movement.pair.current.fact), desk.cite(movement.pair.prior.fact))  # fmt: skip
        yield Tile(title(movement, desk), value, unit, note)
    yield from _kept_tile(comparison, desk)
    if comparison.prior.reviews and comparison.current.reviews:
        yield _work_tile(comparison, desk)
    if len(tiled) < 2:
        sides = [s for s in (comparison.current, comparison.prior) if s.reviews]
        for side in sides:
            yield Tile(
                desk.words("{period}的指标", period=desk.period(side.label)),
                desk.count([f.id for f in side.facts]),
                desk.tongue.unit("项"),
                desk.say("均可点回原句"),
            )
        if len(sides) < 2:
            yield from _own_tiles(sides[0], desk)


def _work_tile(comparison: YearOnYear, desk: Desk) -> Tile:
    """How much of the work is new; where none is, how much goes on."""
    work = comparison.work.changes
    kept = desk.count([t.prior.id for t in work.kept])
    gone = desk.count([m.id for m in work.gone])
    if not work.new:
        note = desk.say("未再见到{gone}条", gone=gone)
        return Tile(desk.words("延续的工作"), kept, desk.tongue.unit("条"), note)
    return Tile(
        desk.words("新提的工作"),
        desk.count([m.id for m in work.new]),
        desk.tongue.unit("条"),
        desk.say("延续{kept}条，未再见到{gone}条", kept=kept, gone=gone),
    )


def _kept_tile(comparison: YearOnYear, desk: Desk) -> Iterator[Tile]:
    """What became of the plans; else how far the current side says that a plan of the year has come."""
    if comparison.promises:
        answered = [p.id for p in comparison.promises if p.state != "not_mentioned"]
        yield Tile(
            desk.words("上期打算本期有表述"),
            desk.count(answered),
            desk.tongue.unit("项"),
            desk.say("共{n}项，本刊比对", n=desk.count([p.id for p in comparison.promises])),
        )
        return
    for highlight in comparison.current.highlights:
        for fact in highlight.facts:
            if fact.kind == "completion" and not fact.value_high and not fact.hedge:
                value, unit = desk.tile(fact)
                yield Tile(desk.words("完成率"), value, unit, (*name(fact, desk), desk.cite(fact)))
                return


def _own_tiles(side: Side, desk: Desk) -> Iterator[Tile]:
    for label, measures in (
        (desk.words("工作措施"), [m.id for r in side.reviews for m in r.done]),
        (desk.words("自述问题"), [m.id for r in side.reviews for m in r.problems]),
    ):
        yield Tile(label, desk.count(measures), desk.tongue.unit("条"), desk.say("本刊计算"))


def _changes(rest: Sequence[Movement], comparison: YearOnYear, desk: Desk) -> tuple[Line, ...]:
    """Two more movements, then what is newly said and what is no longer said, three in all."""
    known = [m for m in rest if m.pair.canonical and m.direction != "flat"]
    lines = [_moved(m, desk) for m in known[: _CHANGES - 1]]
    work = comparison.work.changes
    if comparison.prior.reviews and comparison.current.reviews:
        if comparison.coined:
            lines.append(desk.say("新提“{words}”{cite}", **_name(comparison.coined[0], desk)))
        elif new := _telling(work.new):
            lines.append(desk.say("新提“{words}”{cite}", **_opening(new, desk)))
        if len(lines) < _CHANGES and comparison.dropped:
            lines.append(desk.say("未再见到“{words}”{cite}", **_name(comparison.dropped[0], desk)))
        elif len(lines) < _CHANGES and (gone := _telling(work.gone)):
            lines.append(desk.say("未再见到“{words}”{cite}", **_opening(gone, desk)))
    for highlight in comparison.current.highlights or comparison.prior.highlights:
        if len(lines) < _CHANGES and not comparison.movements and _leads(highlight):
            lines.append(quoted(highlight, desk, _CLAIM_LIMIT))
    return tuple(lines[:_CHANGES])


def _leads(highlight: Highlight) -> bool:
    return not {"again", "of_an_area", "vague", "process", "doubtful"} & set(highlight.reasons)


def _moved(movement: Movement, desk: Desk) -> Line:
    pair = movement.pair
    return desk.say(
        "{name}{before}→{now}，{went}{c1}{c2}",
        name=called(movement, desk), before=short(pair.prior.fact, desk),
        now=short(pair.current.fact, desk), went=step(movement, desk),
        c1=desk.cite(pair.prior.fact), c2=desk.cite(pair.current.fact),
    )  # fmt: skip


def _telling(measures: Sequence[Measure]) -> Measure | None:
    """The one with most numbers in it, the first of equals."""
    return max(measures, key=lambda m: len(m.facts), default=None)


def _name(found: Borrowing, desk: Desk) -> dict[str, Inline]:
    quote = Quote(found.words, found.measure.document, found.name)
    return {"words": quote, "cite": desk.citations.cite(found.measure.document, found.name.start)}


def _opening(measure: Measure, desk: Desk) -> dict[str, Inline]:
    quote = desk.citations.passages(measure.document).opening(measure, _CHANGE_LIMIT)
    return {"words": quote, "cite": desk.citations.cite(measure.document, quote.span.start)}


def _caveat(leading: Sequence[Movement], comparison: YearOnYear, desk: Desk) -> Line:
    """The largest caveat, by rule: a text that breaks off, a growth that has a two-year average beside it, what is barred
    of a headline, numbers that do not fit, then anything barred."""  # fmt: skip
    cut = [d for s in (comparison.prior, comparison.current) for d in s.documents if "cut_short" in d.flags]
    if cut:
        return desk.say(
            "{who}的{period}材料文末残缺，未见到的内容不等于没有。",
            who=desk.tongue.issuer(cut[0]), period=desk.period(cut[0].period.value if cut[0].period else ""),
        )  # fmt: skip
    for movement in leading:
        average = movement.average
        if average and movement.pair.rank:
            return desk.say(
                "{name}的同比增速没有扣除上年基数的影响，来源同时说了两年平均{value}{cite}。",
                name=indicator(movement.pair.current.fact, desk), value=desk.value(desk.print(average)), cite=desk.cite(average),
            )  # fmt: skip
    if comparison.barred:
        pair = comparison.barred[0]
        one, other = desk.print(pair.current.fact), desk.print(pair.prior.fact)
        return desk.say(
            "{name}两期都说到而不可比：{now}{c1}，上期{before}{c2}，{why}。",
            name=name(one, desk), now=desk.value(one), c1=desk.cite(one), before=desk.value(other), c2=desk.cite(other),
            why=reason(pair.barrier, desk) if pair.barrier else "",
        )  # fmt: skip
    known = {f.id: f for s in (comparison.prior, comparison.current) for f in s.facts}
    misfit = next(check_notes.misfits(comparison.checks, known, desk), None)
    if misfit:
        return (*misfit, *desk.say("本刊照录，未作取舍。"))
    return desk.say("没有说到的指标和工作不等于没有；只比较文字里写明的。")


def _judged(leading: Sequence[Movement], desk: Desk) -> Paragraph:
    """How many of the movements are for the better, by the lexicon, and which are for the worse."""

    def of(verdict: str) -> list[Movement]:
        return [m for m in leading if m.verdict == verdict]

    def count(found: Sequence[Movement]) -> Value:
        return desk.count([m.pair.current.fact.id for m in found])

    better, worse = count(of("better")), count(of("worse"))
    if not 0 < len(of("worse")) <= _MOST_WORSE:
        said = "按词表所定的方向，可比指标中改善的{better}项，转差的{worse}项，其余不判断好坏（本刊计算）。"
        return Paragraph(desk.say(said, better=better, worse=worse), "note")
    names = called(of("worse")[0], desk)
    for movement in of("worse")[1:]:
        names = desk.say("{names}、{name}", names=names, name=called(movement, desk))
    return Paragraph(
        desk.say(
            "按词表所定的方向，可比指标中改善的{better}项，转差的{worse}项（{names}），其余不判断好坏（本刊计算）。",
            better=better, worse=worse, names=names,
        ),
        "note",
    )  # fmt: skip
