"""Reads a table: each number is a fact with its name from the row, its kind, unit and period from the column."""

import re
from dataclasses import dataclass, replace

from briefings.extract import columns
from briefings.extract.columns import Head
from briefings.extract.grids import Matrix, Piece, Row, figure, is_nothing, is_number, matrices
from briefings.extract.periods import Frame
from briefings.extract.sense import (
    Label,
    Sense,
    column_names,
    column_periods,
    is_bare,
    lacks,
    meaning,
    name_of,
)
from briefings.records.document import Document, Source, Span
from briefings.records.fact import Kind, Status

_NUMBERED = re.compile(r"(?:[(（]?[一二三四五六七八九十\d]{1,3}[)）、.．]\s*(?!\d)|[①-⑩#＃*＊—\-·•]+\s*)+")
_PART = re.compile(r"(?:其\s*中|包括|分[^:：]{1,8})\s*[:：]?\s*|[#＃]\s*")
_PLACE = re.compile(
    r"(?:全\s*[国省市区县州]|合\s*计|总\s*计|平\s*均|[\u4e00-\u9fff]{2,8}(?:市|区|县|州|旗|镇|乡|街道|省|新区|管委会))"
)
_TOTAL = re.compile(r"(?:合|总|小)\s*计|总\s*数")
_LABELLED = 2
"""Columns at the left that may hold labels: a group and an item."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of a table, in the coordinates of the source."""

    span: Span
    kind: Kind
    value: str
    high: str | None
    unit: str | None
    name: str
    pieces: tuple[Span, ...]
    basis: str | None
    period: str | None
    scope: str | None
    status: Status
    row: Span
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table that was read: what it says, the cells that are running text, and why other numbers are none."""

    span: Span
    figures: tuple[Figure, ...]
    texts: tuple[Span, ...]
    others: tuple[tuple[Span, str], ...]

    def reason(self, at: int) -> str:
        """Why the number at ``at`` of the source is no fact; empty where it was not understood."""
        return next((why for span, why in self.others if span.start <= at < span.end), "")


def tables(document: Document, source: Source, frame: Frame) -> tuple[Table, ...]:
    """The tables of ``document`` that can be read; one without heads or units is left to the grammar."""
    found: list[Table] = []
    heads: tuple[Head, ...] = ()
    for matrix in matrices(document, source):
        read = _read(matrix, frame, heads)
        if read is not None:
            table, heads = read
            found.append(table)
    return tuple(found)


def _read(matrix: Matrix, frame: Frame, before: tuple[Head, ...]) -> tuple[Table, tuple[Head, ...]] | None:
    rows = matrix.rows
    width = len(rows[0]) if rows else 0
    top = _header_rows(rows)
    body = rows[top:]
    numeric = [
        sum(1 for row in body if (c := row[i]) is not None and is_number(c.text)) for i in range(width)
    ]
    if width < 2 or not any(numeric):
        return None
    above, over = _named_columns(rows[:top], width)
    words = "　".join([*(p.text for p in matrix.captions), *above])
    period = columns.period_of(words, frame)
    if period is not None:
        # 年末 in the head of a table about 2020 is the end of 2020, whenever the document speaks.
        frame = frame._replace(year=int(period[:4]), spoken=int(period[:4]))
    heads = tuple(columns.head(head, frame) for head in over)
    flags: tuple[str, ...] = ()
    if not over and len(before) == width:
        heads, flags = before, ("header_carried",)
    elif not over:
        heads = tuple(columns.head("", frame) for _ in range(width))
    heads = _roles(heads, body, numeric)
    about = next((name for p in matrix.captions if (name := columns.subject(p.text))), "")
    units = columns.caption_units(words)
    grown = columns.grown(words) if units == ("%",) else None
    reader = _Reader(heads, units, period, top > 0, flags, about, grown, frame)
    for row in body:
        reader.read(row)
    if not reader.figures:
        return None
    others = [(p.span, "header") for row in rows[:top] for p in row if p is not None]
    table = Table(
        matrix.span, tuple(reader.figures), tuple(dict.fromkeys(reader.texts)), (*others, *reader.others)
    )
    return table, heads


def _header_rows(rows: tuple[Row, ...]) -> int:
    """How many rows at the top are heads: marked as such, or without a number where numbers follow."""
    top = 0
    for row in rows:
        cells = [c for c in row if c is not None]
        marked = bool(cells) and sum(c.header for c in cells) * 2 > len(cells)
        numbers = [c for c in cells[1:] if is_number(c.text)]
        alone = len({c.span for c in cells if c.text}) <= 1
        if marked and not numbers:
            top += 1
        elif numbers or (alone and top) or top >= 3 or any(is_nothing(c.text) and c.text for c in cells[1:]):
            break
        else:
            top += 1
    return top if top < len(rows) else 0


def _named_columns(rows: tuple[Row, ...], width: int) -> tuple[list[str], list[str]]:
    """The captions inside the table, and the words over each column, several rows put together; none without heads."""
    captions: list[str] = []
    parts: list[list[str]] = [[] for _ in range(width)]
    for row in rows:
        said = {c.span: c for c in row if c is not None and c.text}
        if len(said) == 1 and width > 1:
            captions += [c.text for c in said.values()]
            continue
        for column, cell in enumerate(row):
            if cell is not None and cell.text and cell.text not in parts[column]:
                parts[column].append(cell.text)
    return captions, [columns.joined(words) for words in parts] if any(parts) else []


def _roles(heads: tuple[Head, ...], body: tuple[Row, ...], numeric: list[int]) -> tuple[Head, ...]:
    """The heads with the columns at the left that hold labels told from those that hold numbers."""
    found = list(heads)
    for index, head in enumerate(heads):
        if head.role in ("serial", "unit"):
            continue
        labels = [r for r in found[:index] if r.role in ("label", "entity")]
        filled = sum(1 for row in body if (c := row[index]) is not None and c.text and not is_nothing(c.text))
        mostly = numeric[index] * 2 > filled
        if head.role == "entity" and mostly:
            found[index] = replace(head, role="number")
        elif head.role == "number" and not mostly and len(labels) < _LABELLED:
            left = all(h.role != "number" for h in found[:index])
            found[index] = replace(head, role="label" if left else "text")
    return tuple(found)


class _Reader:
    """Reads the rows of one table from the top down; keeps the label that a part (其中) belongs to."""

    def __init__(
        self,
        heads: tuple[Head, ...],
        units: tuple[str, ...],
        period: str | None,
        headed: bool,
        flags: tuple[str, ...],
        about: str,
        grown: str | None,
        frame: Frame,
    ) -> None:
        self.heads, self.units, self.headed, self.flags = heads, units, headed, flags
        self.about, self.grown, self.frame = about, grown, frame
        self.names = column_names(heads)
        self.periods = column_periods(heads, period)
        self.parent: Label | None = None
        self.indent = 0
        self.figures: list[Figure] = []
        self.texts: list[Span] = []
        self.others: list[tuple[Span, str]] = []

    def read(self, row: Row) -> None:
        """Read one row."""
        cells = [c for c in row if c is not None and c.text]
        if not cells:
            return
        if len({c.span for c in cells}) == 1:
            self.parent = None
            self._other(cells[0])
            return
        label = self._label(row)
        unit = next((c.text for h, c in zip(self.heads, row, strict=True) if h.role == "unit" and c), None)
        span = Span(cells[0].span.start, cells[-1].span.end)
        done: set[Span] = set()
        for head, own, period, cell in zip(self.heads, self.names, self.periods, row, strict=True):
            if cell is None or not cell.text or cell.span in done:
                continue
            done.add(cell.span)
            if head.role == "serial":
                self.others.append((cell.span, "item"))
            elif head.role == "number" and label is not None and is_number(cell.text):
                self._figure(head, own, period, cell, label, unit, span)
            elif head.role in ("label", "entity", "unit"):
                self.others.append((cell.span, "label"))
            else:
                self._other(cell)

    def _other(self, cell: Piece) -> None:
        if any(c.isdigit() for c in cell.text) and re.search(r"[\u4e00-\u9fff]{2}", cell.text):
            self.texts.append(cell.span)

    def _label(self, row: Row) -> Label | None:
        """What the row is about, put together from its label columns, and from the row above that it is a part of."""
        found = [
            (h, c)
            for h, c in zip(self.heads, row, strict=True)
            if h.role in ("label", "entity") and c and c.text
        ]
        if not found:
            return None
        pieces, words, entity, unit = [], "", False, None
        part, indent = False, found[-1][1].indent
        for head, cell in found:
            start = _NUMBERED.match(cell.text)
            at = start.end() if start and start.end() < len(cell.text) else 0
            if of := _PART.match(cell.text, at):
                part, at = True, of.end()
            said, bare = columns.unit_of(cell.text[at:])
            unit = said or unit
            bare = bare.rstrip(":： ")
            if not bare:
                continue
            if "".join(bare.split()) not in words:
                words += "".join(bare.split())
                begin = cell.span.start + at
                pieces.append(Span(begin, min(cell.span.end, begin + len(cell.text[at:].rstrip()))))
            entity = entity or head.role == "entity" or bool(_PLACE.fullmatch("".join(bare.split())))
        if not words:
            return None
        period = columns.only_period(words, self.frame)
        if period is not None:
            return Label(words, tuple(pieces), False, unit, period=period)
        label = Label(words, tuple(pieces), entity, unit, bool(_TOTAL.fullmatch(words)))
        deeper = part or (self.parent is not None and indent > self.indent)
        if deeper and self.parent is not None:
            if lacks(words):
                label = label._replace(
                    text=self.parent.text + words, pieces=(*self.parent.pieces, *label.pieces)
                )
            return label._replace(unit=label.unit or self.parent.unit)
        self.parent, self.indent = label, indent
        return label

    def _figure(
        self,
        head: Head,
        own: str,
        period: str | None,
        cell: Piece,
        label: Label,
        unit: str | None,
        row: Span,
    ) -> None:
        """Add the number of ``cell``; nothing where it cannot be said what or in which unit it is."""
        found = figure(cell.text)
        assert found is not None
        if not own and (label.entity or label.total or label.period):
            own = self.about
            if not own:
                return
        measured = unit if unit and columns.UNIT.fullmatch(unit) else label.unit
        sense = meaning(head, own, label, found["unit"], measured, self.units, self.grown)
        if found["word"] == "第":
            sense = Sense("rank", found["unit"] or "位", None, ())
        if sense.unit is None and sense.kind != "rank" and not self.headed:
            return
        flags = [*self.flags, *sense.flags]
        negative = found["sign"] in ("-", "−", "－", "—", "–", "▲", "↓") or (found["word"] or "") in (
            "下降",
            "减少",
            "回落",
        )
        value = re.sub("[,，]", "", found["value"])
        if negative or (head.sign < 0 and sense.kind in ("change", "delta")):
            value = f"-{value}"
        if own and not head.own:
            flags.append("name_inferred")
        if self.about and (label.entity or label.total or label.period) and is_bare(own):
            own = self.about if self.about.endswith(own) else self.about + own
        name, pieces, scope = name_of(own, label)
        if not head.own and (share := columns.share(head)):
            name += share
        end = cell.span.start + max(found.end("unit"), found.end("high"), found.end("value"))
        begin = cell.span.start + (found.start("sign") if found["sign"] else found.start("value"))
        self.figures.append(
            Figure(
                Span(begin, end),
                sense.kind,
                value,
                found["high"],
                sense.unit,
                name,
                pieces,
                sense.basis,
                label.period or period,
                scope,
                head.status,
                row,
                tuple(dict.fromkeys(flags)),
            )
        )
