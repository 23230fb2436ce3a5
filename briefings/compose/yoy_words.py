"""How a movement is worded: its name, its step, and where it went."""

from decimal import Decimal

from briefings.compose.desk import Desk, marked
from briefings.compose.figures import dated, measured, plain
from briefings.compose.labels import indicator
from briefings.records.briefing import Inline, Line, Value, Words
from briefings.records.comparison import Highlight
from briefings.records.fact import Fact
from briefings.records.yoy import Movement

_MOST_TOLD = 3
_BESIDE = ("change", "rank", "completion")
"""Beside the lead: what can stand in a few words."""
_POINTS = ("rate", "change", "completion", "gap")


def called(movement: Movement, desk: Desk) -> Line:
    """The indicator, with the word that says which of its numbers is meant: 增速, 完成率, 位次."""
    fact = movement.pair.current.fact
    known = indicator(fact, desk)
    text = plain(known)
    if fact.kind == "change" and not text.endswith(("增速", "growth", "Growth")):
        return desk.say("{name}{basis}增速", name=known, basis=desk.tongue.basis(fact.basis or "yoy"))
    if fact.kind in ("completion", "rank", "gap"):
        kind = desk.tongue.kind(fact.kind)
        return desk.say("{name}{kind}", name=known, kind=kind)
    return known


def title(movement: Movement, desk: Desk) -> str:
    """``called`` as text, for a label."""
    return plain(called(movement, desk))


def unit(movement: Movement) -> str:
    """The unit of the step: percentage points between rates, places between ranks, else the series' own."""
    pair = movement.pair
    if pair.kind in _POINTS and pair.unit in ("%", "个百分点"):
        return "个百分点"
    if pair.kind == "rank":
        return "位"
    return pair.unit or ""


def short(fact: Fact, desk: Desk) -> Value:
    """A fact's number where there is little room: without the original beside a converted amount."""
    return Value(desk.tongue.short(fact), desk.print(fact).id)


def difference(movement: Movement, desk: Desk) -> Value | None:
    """The step from the prior to the current number, computed."""
    pair = movement.pair
    digits = max(pair.current.digits, pair.prior.digits)
    return desk.reckon("difference", (pair.current, pair.prior), unit(movement), digits)


def growth(movement: Movement, desk: Desk) -> Line:
    """The growth from the prior to the current number, which over one year is 同比: as the source states it, else computed from the two amounts; nothing where neither is fit."""
    if movement.stated:
        return (*desk.trend(desk.print(movement.stated)), desk.cite(movement.stated))
    pair = movement.pair
    if pair.kind != "level" or movement.volume or Decimal(pair.prior.amount) <= 0:
        return ()
    value = desk.reckon("growth", (pair.current, pair.prior), "%", 1)
    return marked(value, _step(movement)) if value else ()


def went(movement: Movement, desk: Desk) -> Line:
    """The mark and the number that says most: the growth of an amount, the step of a rate."""
    if movement.pair.kind == "rank":
        return step(movement, desk)
    told = growth(movement, desk)
    if movement.stated:
        return desk.say("同比{growth}", growth=told[:-1])
    if told:
        return told
    value = difference(movement, desk)
    return marked(value, _step(movement)) if value else ()


def step(movement: Movement, desk: Desk) -> Line:
    """The same in running text: 加快7.7个百分点, 下降16.1%."""
    value = growth(movement, desk) if not movement.stated else ()
    told = value[-1] if value else difference(movement, desk)
    if not isinstance(told, Value):
        return ()
    bare = Value(told.text.lstrip("\u2212+"), told.source)
    rises = _step(movement) > 0
    if movement.pair.kind == "change":
        return desk.say("加快{n}", n=bare) if rises else desk.say("回落{n}", n=bare)
    if movement.pair.kind == "rank":
        return desk.say("后移{n}", n=bare) if rises else desk.say("前移{n}", n=bare)
    return desk.say("上升{n}", n=bare) if rises else desk.say("下降{n}", n=bare)


def verdict(movement: Movement, desk: Desk) -> Line:
    """改善 or 转差, where the lexicon says which way is better."""
    if movement.verdict == "none":
        return ()
    good = movement.verdict == "better"
    return (Words(desk.words("改善") if good else desk.words("转差"), "muted"),)


def _step(movement: Movement) -> Decimal:
    return Decimal(movement.pair.current.amount) - Decimal(movement.pair.prior.amount)


def told(highlight: Highlight, desk: Desk) -> Line:
    """An indicator with up to three of its numbers and the reference."""
    line: list[Inline] = [*dated(highlight.lead, desk)]
    others = [f for f in highlight.facts if f.kind in _BESIDE and f is not highlight.lead]
    others.sort(key=lambda f: _BESIDE.index(f.kind))
    for fact in [highlight.lead, *others][:_MOST_TOLD]:
        line += [
            Words(" " if fact is highlight.lead else desk.words("，")),
            *measured(desk.print(fact), desk),
        ]
    return (*line, desk.cite(highlight.lead))
