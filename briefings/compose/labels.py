"""Names of what is set side by side: indicators, fields of work, places, and the words for how a number is measured."""

from decimal import Decimal

from briefings.compose.desk import Desk
from briefings.compose.figures import name, plain
from briefings.records.briefing import Line, Tile, Value, Words
from briefings.records.comparison import Point, Series
from briefings.records.fact import Fact

MOVING = ("change", "delta", "gap")


def indicator(fact: Fact, desk: Desk) -> Line:
    """The lexicon's name of what a fact measures, in the briefing's language; the source's words where it has none."""
    known = desk.indicators.get(fact.canonical or "")
    if known is None:
        return name(fact, desk)
    return (Words(known.english if desk.tongue.language == "en" and known.english else known.name),)


def indicator_text(fact: Fact, desk: Desk) -> str:
    """The same as text, for labels and heads."""
    return plain(indicator(fact, desk))


def theme(key: str, desk: Desk) -> str:
    """A field of work."""
    known = desk.themes.get(key)
    if known is None:
        return key
    return known.english if desk.tongue.language == "en" and known.english else known.label


def measured(fact: Fact, desk: Desk) -> str:
    """How the number is measured: its basis or kind, and its unit: 同比，% or 亿元."""
    unit = desk.tongue.unit(fact.unit or "")
    told = ""
    if fact.kind == "change":
        told = desk.tongue.basis(fact.basis or "") or desk.tongue.kind("change")
    elif fact.kind == "completion":
        told = desk.tongue.kind(fact.kind)
    return desk.words("{told}，{unit}", told=told, unit=unit) if told and unit else told or unit


def shown(fact: Fact, desk: Desk) -> Line:
    """The fact's number, with its mark where it is a change, and its reference."""
    desk.print(fact)
    number = desk.trend(fact) if fact.kind in MOVING else (desk.value(fact),)
    return (*number, desk.cite(fact))


def signed(fact: Fact, desk: Desk) -> Line:
    """The fact's number in running text: its sign says the direction."""
    desk.print(fact)
    return (desk.value(fact),)


def exact(point: Point) -> bool:
    """Whether a point may be reckoned with: no range, no word such as 近 or 超."""
    return not point.fact.hedge and point.fact.value_high is None


def amount(point: Point) -> Decimal:
    """The point's amount in its series' unit."""
    return Decimal(point.amount)


def apart(one: Point, other: Point, series: Series, desk: Desk) -> Value | None:
    """How much ``one`` is above ``other``: percentage points between rates, else in the series' unit."""
    if not (exact(one) and exact(other)):
        return None
    digits = max(one.digits, other.digits)
    unit = "个百分点" if series.unit == "%" else series.unit or ""
    return desk.reckon("difference", (one, other), unit, digits)


def between(one: Point, other: Point, series: Series, desk: Desk) -> Value | None:
    """How far two points lie apart, without a sign: the words beside it say which is the higher."""
    high, low = (one, other) if amount(one) >= amount(other) else (other, one)
    return apart(high, low, series, desk)


def kind(fact: Fact, desk: Desk) -> str:
    """What kind of number, for a column of its own: 同比, 完成率, 数值."""
    if fact.kind == "change":
        return desk.tongue.basis(fact.basis or "") or desk.tongue.kind("change")
    return desk.tongue.kind(fact.kind)


def of_what(fact: Fact, desk: Desk) -> str:
    """What kind of number, said behind the indicator's name: 同比增速, 完成率; "" for an amount and a share."""
    if fact.kind == "change":
        return desk.words("{basis}增速", basis=desk.tongue.basis(fact.basis or ""))
    return desk.words("完成进度") if fact.kind == "completion" else ""


def tile(label: str, fact: Fact, note: Line, desk: Desk) -> Tile:
    """A fact as a key figure; its reference stands at the end of the note."""
    desk.print(fact)
    value = desk.value(fact)
    return bare(label, value, fact.unit or "", (*note, desk.cite(fact)), desk)


def bare(label: str, value: Value, unit: str, note: Line, desk: Desk) -> Tile:
    """A key figure with the unit taken from the end of its number, where it stands there."""
    said = desk.tongue.unit(unit)
    if said and value.text.endswith(said) and value.text != said:
        return Tile(label, Value(value.text.removesuffix(said).rstrip(), value.source), said, note)
    return Tile(label, value, "", note)
