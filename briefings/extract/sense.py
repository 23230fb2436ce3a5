"""What a number of a table is, by its column, its row and the caption: kind, unit, basis, name, period, scope."""

import re
from typing import NamedTuple

from briefings.extract import columns
from briefings.extract.columns import Head
from briefings.extract.names import Name, is_generic, lacks_measure
from briefings.extract.words import any_of, unit_sorts
from briefings.records.document import Span
from briefings.records.fact import Kind

_RATE = re.compile(r"(?:率|占比|比重|比例|份额)$")
_GROWN = re.compile(r"(?:增速|增长率|增长|增幅|涨幅|降幅)$")
_MEASURE = re.compile(any_of("measures") + "$|[量额值率价数]$")
_WHERE = re.compile(r"全[国省市区县州]|城市|农村|城镇|乡村|[\u4e00-\u9fff]{2,6}(?:市|区|县|州|旗|省)")
"""Columns that are places: the row names what is measured."""
_ASPECT = re.compile("增速|增幅|总量|规模|增长|增量|降幅")


class Label(NamedTuple):
    """What a row is about: the words, their places, whether they are a place or a body."""

    text: str
    pieces: tuple[Span, ...]
    entity: bool
    unit: str | None
    total: bool = False
    period: str | None = None
    """Of a row that is about a year or a month, not about an indicator."""


class Sense(NamedTuple):
    """What a number is by its column, row and caption."""

    kind: Kind
    unit: str | None
    basis: str | None
    flags: tuple[str, ...]


def meaning(
    head: Head,
    own: str,
    label: Label,
    said: str | None,
    measured: str | None,
    units: tuple[str, ...],
    grown: str | None,
) -> Sense:
    """Kind, unit and basis of a number: ``said`` is the unit in its cell, ``measured`` that of its row, ``units`` those of
    the caption, ``grown`` the basis of a table that holds nothing but growth."""
    kind, basis, flags = head.kind, head.basis, list[str]()
    if grown and kind is None and not (said or measured):
        kind, basis = "change", grown
    elif kind in (None, "level") and not own and _GROWN.search(label.text):
        kind, basis = "change", "yoy"
        flags.append("basis_default")
    elif basis == "yoy" and not head.said:
        flags.append("basis_default")
    unit = said or head.unit
    if kind == "rank":
        return Sense(kind, unit or "位", basis, tuple(flags))
    if kind in ("change", "completion"):
        if unit is None and "%" not in units:
            flags.append("unit_inferred")
        return Sense(kind, unit or "%", basis, tuple(flags))
    if unit is None and measured is None and units:
        fitting = [u for u in units if u != "%" or kind == "rate"] or list(units)
        unit = fitting[0]
        if len(units) > 1:
            flags.append("unit_inferred")
    unit = unit or measured
    if unit is None:
        flags.append("unit_missing")
    percent = unit in ("%", "‰") or (unit is None and _RATE.search(label.text))
    if kind is None or (kind == "level" and unit is not None):
        kind = "rate" if percent else "level"
    return Sense(kind, unit, basis, tuple(flags))


def column_names(heads: tuple[Head, ...]) -> list[str]:
    """The indicator that each column names itself; a growth, share or rank beside one belongs to the one on its left."""
    found: list[str] = []
    for head in heads:
        own = columns.named(head) if head.role == "number" and head.own else ""
        if head.role == "number" and _WHERE.fullmatch(head.words):
            own = head.words
        if not own and head.role == "number" and head.kind not in (None, "level"):
            own = found[-1] if found else ""
        elif found and found[-1] and _ASPECT.fullmatch(own):
            own = found[-1] + own
        found.append(own)
    return found


def column_periods(heads: tuple[Head, ...], whole: str | None) -> list[str | None]:
    """The period of each column: its own, else for growth, shares and ranks that on its left, else the table's."""
    found: list[str | None] = []
    last = whole
    for head in heads:
        if head.role == "number":
            follows = head.kind not in (None, "level")
            last = head.period or (last if follows else whole)
        found.append(last)
    return found


def name_of(own: str, label: Label) -> tuple[str, tuple[Span, ...], str | None]:
    """The indicator, its places and the scope: the column's own name for a place's row, else the row's before it."""
    if not own:
        return label.text, label.pieces, None
    if _WHERE.fullmatch(own):
        return label.text, label.pieces, own
    if label.total or label.period:
        return own, (), None
    if label.entity:
        return own, (), label.text
    if is_bare(own) and _MEASURE.search(label.text):
        return label.text, label.pieces, None
    return label.text + own, label.pieces, None


def is_bare(own: str) -> bool:
    """Whether a column's name only says how much, not of what (产量, 完成额)."""
    return is_generic(own) or own in (
        "产量",
        "销量",
        "完成额",
        "完成量",
        "投资额",
        "总产量",
        "数量",
        "人数",
        "户数",
        "面积",
        "余额",
    )


def lacks(words: str) -> bool:
    """Whether a part's label says only of whom or which (第一产业, 城镇), and so needs the whole's name before it."""
    return (
        lacks_measure(words, Name(((0, len(words)),)))
        or words.startswith("第")
        or unit_sorts().get(words) is not None
    )
