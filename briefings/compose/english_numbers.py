"""Chinese amounts in English: magnitudes and currencies converted exactly, hedges and signs kept."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib import resources
from typing import Any

from briefings.compose import wording
from briefings.records.fact import Fact

_MAGNITUDES = {
    "万亿": 12,
    "千亿": 11,
    "百亿": 10,
    "十亿": 9,
    "亿": 8,
    "千万": 7,
    "百万": 6,
    "十万": 5,
    "万": 4,
    "千": 3,
}
_MONEY = ((12, "tn"), (9, "bn"), (6, "m"))
_COUNT = ((9, "billion"), (6, "million"))
_DRAWN = {4: 3, 7: 6, 8: 9, 12: 12}
"""The power of ten in which a chart counts, by that of the unit: 亿 is drawn in bn, 万 in thousands."""
_POWERS = {3: "thousand", 6: "million", 9: "billion", 12: "trillion"}
_NARROW = "\u00a0"
_MINUS = "\u2212"
_GROUPED = 10_000
_SIGNED = ("change", "delta", "gap")


@cache
def lexicon() -> Mapping[str, Any]:
    """``data/english.toml``."""
    path = resources.files("briefings") / "data" / "english.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as its parts: ``power`` of ten, ``currency`` that stands before the number, words behind it.

    ``one`` and ``many`` are "" for counters, and the Chinese unit where English has no word for it.
    """

    power: int
    currency: str
    one: str
    many: str


@cache
def unit(written: str) -> Unit:
    """The parts of a unit as the sources write it: 亿元, 万平方米, %, 元/斤."""
    written = written.translate(wording.HALF_WIDTH).removesuffix("以上")
    if (plain := _plain(written)) is not None:
        return Unit(0, *plain)
    for magnitude, power in _MAGNITUDES.items():
        if written.startswith(magnitude) and (plain := _plain(written.removeprefix(magnitude))) is not None:
            return Unit(power, *plain)
    for magnitude, power in _MAGNITUDES.items():
        if written.startswith(magnitude):
            rest = written.removeprefix(magnitude)
            return Unit(power, "", rest, rest)
    return Unit(0, "", written, written)


def _plain(written: str) -> tuple[str, str, str] | None:
    """Currency, one and many of a unit without magnitude; None where it is unknown."""
    words = lexicon()
    if not written or written in words["counters"]:
        return "", "", ""
    if written in words["currencies"]:
        return words["currencies"][written], "", ""
    if written in words["units"]:
        one, _, many = words["units"][written].partition("|")
        return "", one, many or one
    money, slash, by = written.partition("/")
    if slash and money in words["currencies"] and (per := _plain(by)) is not None:
        behind = f"per {per[1] or by}"
        return words["currencies"][money], behind, behind
    return None


def number(fact: Fact) -> str:
    """The fact's number in English, with hedge, sign and unit, and in brackets the original where it was converted."""
    said = short(fact)
    return f"{said} ({wording.number_text(fact)})" if converted(fact) else said


def converted(fact: Fact) -> bool:
    """Whether the figures printed are others than the source's, because it counts in 万 or 亿 or in multiples."""
    return fact.kind != "rank" and (unit(fact.unit or "").power > 0 or _multiplied(fact))


def short(fact: Fact) -> str:
    """The same without the original."""
    figure, power, of = _told(fact)
    return hedged(fact.hedge, _sign(fact) + _joined(figure, power, of))


def tile(fact: Fact) -> tuple[str, str]:
    """The number and its unit apart, for a large figure with its unit behind: 653.921 and CNY bn."""
    figure, power, of = _told(fact)
    return hedged(fact.hedge, _sign(fact) + figure), " ".join(
        filter(None, (of.currency, power, _behind(figure, power, of)))
    )


def hedged(hedge: str | None, words: str) -> str:
    """``words`` with the word that makes the number inexact; one that is not known stays Chinese, behind."""
    if not hedge:
        return words
    known: str | None = lexicon()["hedges"].get(hedge)
    return known.replace("{n}", words) if known else f"{words} ({hedge})"


def amount(value: str, written: str) -> str:
    """A computed number with its unit: ``12.5`` of 亿元 is CNY 1.25 bn; a rank or count keeps its figure."""
    of = unit(written)
    figure, power = _scaled([Decimal(value)], of)
    sign = _MINUS if value.startswith("-") else ""
    return sign + _joined(figure, power, of)


def heading(written: str) -> str:
    """A unit for the head of a column or the axis of a chart whose numbers are ``drawn`` in it."""
    of = unit(written)
    power = _DRAWN.get(of.power, of.power)
    money = dict(_MONEY)
    name = (money.get(power) if of.currency else None) or _POWERS.get(power, "")
    return " ".join(filter(None, (of.currency, name, of.many)))


def drawn(value: str, written: str) -> float:
    """``value`` in the unit that ``heading`` names."""
    power = unit(written).power
    return float(Decimal(value).scaleb(power - _DRAWN.get(power, power)))


def ordinal(n: str) -> str:
    """``13`` as 13th."""
    if not n.isdigit():
        return n
    ending = "th" if 10 <= int(n) % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(int(n) % 10, "th")
    return n + ending


def _told(fact: Fact) -> tuple[str, str, Unit]:
    """The figures (both ends of a range), the word of their magnitude, their unit."""
    values = [Decimal(v) for v in (fact.value, fact.value_high) if v]
    of = unit(fact.unit or "")
    if fact.kind == "rank":
        return "–".join(ordinal(str(abs(v))) for v in values), "", Unit(0, "", "", "")
    if _multiplied(fact):
        # 增长1.5倍 is one and a half times more, which "+1.5 times" would not say.
        values, of = [v * 100 for v in values], Unit(0, "", "%", "%")
    figure, power = _scaled(values, of)
    return figure, power, of


def _scaled(values: list[Decimal], of: Unit) -> tuple[str, str]:
    whole = [abs(v).scaleb(of.power) for v in values]
    if of.power:
        for power, word in _MONEY if of.currency else _COUNT:
            if max(whole) >= Decimal(1).scaleb(power):
                return "–".join(_figure(v.scaleb(-power)) for v in whole), word
        return "–".join(_figure(v) for v in whole), ""
    return "–".join(_figure(v, kept=True) for v in whole), ""


def _figure(value: Decimal, *, kept: bool = False) -> str:
    """Plain decimal digits, grouped from five figures on; ``kept`` keeps noughts at the end as the source has them."""
    digits = f"{value:f}"
    if not kept and "." in digits:
        digits = digits.rstrip("0").rstrip(".")
    whole, point, rest = digits.partition(".")
    if int(whole) >= _GROUPED:
        whole = f"{int(whole):,}"
    return whole + point + rest


def _joined(figure: str, power: str, of: Unit) -> str:
    """Currency, figure, magnitude and unit, with blanks at which no line breaks."""
    words = _NARROW.join(filter(None, (of.currency, figure, power)))
    behind = _behind(figure, power, of)
    return words + behind if behind in ("%", "‰") else _NARROW.join(filter(None, (words, behind)))


def _behind(figure: str, power: str, of: Unit) -> str:
    return of.one if figure == "1" and not power else of.many


def _sign(fact: Fact) -> str:
    if fact.kind == "rank":
        return ""
    if fact.value.startswith("-"):
        return _MINUS
    return "+" if fact.kind in _SIGNED and Decimal(fact.value) != 0 else ""


def _multiplied(fact: Fact) -> bool:
    return fact.kind == "change" and (fact.unit or "") == "倍"
