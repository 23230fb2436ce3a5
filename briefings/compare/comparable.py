"""The guard: a fact as a point that can be compared, and why two points must not be.

A barrier is looked for in this order, and the first found is told: another notion (``definition``), a target beside an
outcome (``status``), another base (``basis``), whose number (``scope``), another part of the year (``period``), units that
do not convert (``unit``), an inexact number (``rough``).
"""

import re
from decimal import Decimal
from typing import Literal

from briefings.compare.ledger import bare, period_of, place_of, root
from briefings.compare.quantity import quantity, scaled
from briefings.records.comparison import Barrier, Point
from briefings.records.document import Document
from briefings.records.fact import Fact

Across = Literal["periods", "places"]

OF_PLACE = "\u00b7"
"""Stands in ``Point.place`` between a place and the part of it that is meant: 临澜市·市属企业."""
_ADMINISTRATIVE = re.compile(
    r"[\u4e00-\u9fff]{2,}(?:[市区县州盟旗省])|国家|全国|[\u4e00-\u9fff]{2,}自治[区州县旗]"
)
_AREA = re.compile(
    r"(?:片|园|新|开发|高新|示范|保税|功能|综保|库|景|社|校|老|湾|城|郊|市|辖|地|试验|度假|产业|聚集|集聚|合作)区$"
)
_WHOLE = ("国家", "全国", "我国")
_BASED = frozenset({"change", "delta", "gap", "rank"})
_QUALIFIERS = (
    "人民币", "本外币", "规模以上", "限额以上", "城镇", "农村", "城乡", "户籍", "常住", "民营", "民间", "国有", "市属", "省属",
    "区属", "新增", "新登记", "累计", "社会投资", "工业", "税收", "可比", "同口径", "当月", "单月",
)  # fmt: skip
_AVERAGE = "两年平均"
_LONG = {"规上": "规模以上", "限上": "限额以上"}
_YEAR = re.compile(r"\d{4}(?=-|$|\.\.)")


def point(fact: Fact, document: Document, unit: str | None = None) -> Point | None:
    """``fact`` of ``document`` with its place and period resolved, its amount in ``unit`` (its own where none is given).

    None where its value is no number, or does not convert to ``unit``. ``place`` and ``period`` are "" where neither the
    fact nor its document says them.
    """
    if quantity(fact.value) is None:
        return None
    own = fact.unit or ""
    scale, base = scaled(own)
    wanted, same = scaled(own if unit is None else unit)
    if base != same:
        return None
    amount = Decimal(fact.value).scaleb(scale - wanted)
    digits = max(0, -int(amount.as_tuple().exponent))
    return Point(fact, _place(fact, document), period_of(fact, document), f"{amount:f}", digits)


def barrier(one: Point, other: Point, *, across: Across) -> Barrier | None:
    """Why ``one`` and ``other`` must not be compared; None where they may.

    Across places the period must be the same; across periods the place must be, and the part of the year (a half with a
    half, a second quarter with a second quarter). ``sides`` are what the points themselves hold: names, statuses, bases,
    places, periods, units as written, or the words that make a number inexact.
    """
    mine, its = one.fact, other.fact
    if mine.kind != its.kind:
        return Barrier("definition", (mine.kind, its.kind))
    if _averaged(mine) != _averaged(its) and notion(mine) == notion(its):
        return Barrier("basis", (_averaged(mine) or "yoy", _averaged(its) or "yoy"))
    if defined(mine) != defined(its) or narrowed(mine) != narrowed(its):
        return Barrier("definition", _names(mine, its))
    if mine.status != its.status:
        return Barrier("status", (mine.status, its.status))
    if mine.kind in _BASED and mine.basis != its.basis:
        return Barrier("basis", (mine.basis or "", its.basis or ""))
    if across == "periods" and one.place != other.place:
        return Barrier("scope", (one.place, other.place))
    if across == "places" and (is_part(one) or is_part(other)):
        return Barrier("scope", (one.place, other.place))
    if not one.period or not other.period or _when(one, across) != _when(other, across):
        return Barrier("period", (one.period, other.period))
    if scaled(mine.unit or "")[1] != scaled(its.unit or "")[1]:
        return Barrier("unit", (mine.unit or "", its.unit or ""))
    if is_rough(one) or is_rough(other):
        return Barrier("rough", (_rough(mine), _rough(its)))
    return None


def defined(fact: Fact) -> str:
    """What a fact measures: the lexicon's name, else the source's own without its trimmings.

    The growth of 投资增速 is that of 投资: both are said of the same change.
    """
    name = fact.canonical or bare(fact.indicator)
    return root(name) if fact.kind == "change" else name


def notion(fact: Fact) -> str:
    """What a fact measures, averaged over two years or not."""
    return defined(fact).replace(_AVERAGE, "")


def is_part(point: Point) -> bool:
    """Whether the number is that of a part of its document's place: a zone, a group, the firms the city owns."""
    return OF_PLACE in point.place


def is_rough(point: Point) -> bool:
    """Whether a word or a range leaves open what the number is."""
    return bool(point.fact.hedge or point.fact.value_high)


def season(period: str) -> str:
    """The part of the year that ``period`` is: H1 of 2021-H1, "" of a whole year, other spans without their years."""
    return _YEAR.sub("", period).strip("-")


def _averaged(fact: Fact) -> str:
    return "avg2y" if fact.kind in ("gap", "delta", "rate") and _AVERAGE in fact.indicator else ""


def _place(fact: Fact, document: Document) -> str:
    found = place_of(fact.scope, document)
    own = document.place.value if document.place else ""
    if not own or found == own or _is_administrative(found):
        return found
    return f"{own}{OF_PLACE}{found}"


def _is_administrative(place: str) -> bool:
    return place in _WHOLE or bool(_ADMINISTRATIVE.fullmatch(place) and not _AREA.search(place))


def _when(point: Point, across: Across) -> str:
    return point.period if across == "places" else season(point.period)


def _rough(fact: Fact) -> str:
    if fact.value_high:
        return f"{fact.value}～{fact.value_high}"
    return fact.hedge or ""


def narrowed(fact: Fact) -> frozenset[str]:
    """The words that narrow an indicator beyond what the lexicon's name says of it."""
    if not fact.canonical:
        return frozenset()
    said, known = _long(fact.indicator), _long(fact.canonical)
    return frozenset(q for q in _QUALIFIERS if q in said and q not in known)


def _long(name: str) -> str:
    for short, long in _LONG.items():
        name = name.replace(short, long)
    return name


def _names(one: Fact, other: Fact) -> tuple[str, str]:
    """The names as their sources write them; the lexicon's where those would not show the difference."""
    if one.indicator != other.indicator:
        return one.indicator, other.indicator
    return one.canonical or one.indicator, other.canonical or other.indicator
