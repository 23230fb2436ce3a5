"""Typed cells of a workbook: numbers with the source's decimals, text that never turns into a formula, links."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from briefings.records.briefing import Cite, Line, Value
from briefings.render.view import plain
from briefings.render.word_xml import FORBIDDEN

NUMBER = re.compile(r"([+\-−]?)(\d+(?:\.\d+)?)([^\d]*)")
ONLY_CITED = re.compile(r"(\[\d+\])+")
LONGEST = 32_767
"""Characters Excel takes in a cell."""
DIGITS = 15
"""Significant digits Excel keeps."""
CUT = "……（全文见来源文件）"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
MUTED, LINE, PRIMARY, INK = "#5F6B76", "#D9DEE3", "#0B5394", "#1F2328"
FONT = "微软雅黑"

Align = Literal["left", "right", "center"]


@dataclass(frozen=True, slots=True)
class Cell:
    """What goes into one cell: text, or a number with its number format; ``source`` is the citation it links to.

    With a ``formula`` the number is what it gives.

    The number stays a ``Decimal``, which the file gets digit for digit; a float would be written as 9.800000000000001.
    """

    text: str = ""
    number: Decimal | None = None
    pattern: str = ""
    source: int | None = None
    formula: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its header, width in characters (0 for as wide as its words), alignment."""

    text: str
    width: float = 0
    align: Align = "left"


@dataclass(slots=True)
class Formats:
    """The workbook's formats, each made once, since every new one costs a record in the file.

    ``sources`` maps the number of a citation to its row (from 0) on the sheet of the sources, whose name is
    ``target``.
    """

    book: Any
    sources: Mapping[int, int]
    target: str = "来源"
    made: dict[tuple[tuple[str, object], ...], Any] = field(default_factory=dict)

    def __call__(self, **properties: object) -> Any:
        """The format with these properties on top of the house's font."""
        every = {"font_name": FONT, "font_size": 10, "font_color": INK, "valign": "top", **properties}
        key = tuple(sorted(every.items()))
        if key not in self.made:
            self.made[key] = self.book.add_format(every)
        return self.made[key]


def decimals(value: str, unit: str = "", sign: str = "") -> str:
    """The number format that shows as many decimals as ``value`` has, with ``unit`` after it."""
    places = len(value.partition(".")[2])
    digits = "0." + "0" * places if places else "0"
    tail = '"' + unit.replace('"', "") + '"' if unit else ""
    return f"+{digits}{tail};-{digits}{tail};{digits}{tail}" if sign == "+" else f"{digits}{tail}"


def number(value: str | None) -> Cell:
    """A cell for a decimal written as text; one with more digits than Excel keeps stays text."""
    if not value:
        return Cell()
    try:
        exact = Decimal(value)
    except InvalidOperation:
        return Cell(value)
    if not exact.is_finite() or len(exact.as_tuple().digits) > DIGITS or abs(exact.adjusted()) > DIGITS:
        return Cell(value)
    return Cell(value, exact, decimals(value))


def cell(line: Line) -> Cell:
    """A cell for a table's line: a number where it holds one number and nothing else, text where it does not.

    The first citation becomes the cell's link; the numbers of all of them stay in the text of a text cell.
    """
    cited = [piece.n for piece in line if isinstance(piece, Cite)]
    source = cited[0] if cited else None
    rest = [piece for piece in line if not isinstance(piece, Cite)]
    if len(rest) == 1 and isinstance(rest[0], Value) and (found := NUMBER.fullmatch(rest[0].text)):
        sign, digits, unit = found.groups()
        value = number(("-" if sign in ("-", "−") else "") + digits)
        if value.number is not None:
            return Cell(rest[0].text, value.number, decimals(digits, unit, sign), source)
    words = "".join(f"[{p.n}]" if isinstance(p, Cite) else plain((p,)) for p in line)
    return Cell(words or "…", source=source)


def write(sheet: Any, formats: Formats, row: int, column: int, value: Cell, align: Align = "left") -> None:
    """Write one cell; text is always written as text, whatever it begins with."""
    properties: dict[str, object] = {"align": align, "bottom": 4, "bottom_color": LINE}
    target = None if value.source is None else formats.sources.get(value.source)
    if target is not None:
        sheet.write_url(row, column, f"internal:'{formats.target}'!A{target + 1}")
        if value.number is not None or ONLY_CITED.fullmatch(value.text):
            properties |= {"font_color": PRIMARY}
    if value.number is not None and value.formula:
        form = formats(**properties, num_format=value.pattern)
        sheet.write_formula(row, column, value.formula, form, value.number)
        return
    if value.number is not None:
        sheet.write_number(row, column, value.number, formats(**properties, num_format=value.pattern))
        return
    text = FORBIDDEN.sub("\ufffd", value.text)
    if len(text) > LONGEST:
        text = text[: LONGEST - len(CUT)] + CUT
    if text.startswith(FORMULA_STARTS):
        properties |= {"quote_prefix": True}
    sheet.write_string(row, column, text, formats(**properties, text_wrap=True, num_format="@"))


def table(
    sheet: Any,
    formats: Formats,
    name: str,
    top: int,
    heads: Sequence[Head],
    rows: Sequence[Sequence[Cell]],
    *,
    filters: bool = False,
) -> int:
    """A real table called ``name`` from row ``top`` on; gives the row after it.

    Excel wants each header once and at least one row: repeated headers are told apart by a number.
    """
    styled = [
        {
            "header": header,
            "header_format": formats(
                bold=True, align=head.align, bottom=1, top=2, text_wrap=True, valign="vcenter"
            ),
        }
        for header, head in zip(_distinct([head.text for head in heads]), heads, strict=True)
    ]
    last = top + max(len(rows), 1)
    sheet.add_table(
        top,
        0,
        last,
        len(heads) - 1,
        {"name": name, "columns": styled, "style": None, "autofilter": filters, "banded_rows": False},
    )
    for r, cells in enumerate(rows, top + 1):
        for c, (value, head) in enumerate(zip(cells, heads, strict=True)):
            write(sheet, formats, r, c, value, head.align)
    return last + 1


def _distinct(headers: Sequence[str]) -> list[str]:
    seen: dict[str, int] = {}
    result: list[str] = []
    for header in headers:
        key = header.lower()
        seen[key] = seen.get(key, 0) + 1
        result.append(header if seen[key] == 1 else f"{header} {seen[key]}")
    return result


def width(text: str) -> int:
    """How wide ``text`` is in characters, a Han character counting two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def widths(heads: Sequence[Head], rows: Sequence[Sequence[Cell]], most: float = 44) -> list[float]:
    """The width of each column: as given, or as wide as its longest cell up to ``most``."""
    result: list[float] = []
    for n, head in enumerate(heads):
        longest = max((width(row[n].text) for row in rows), default=0)
        result.append(head.width or min(max(longest, width(head.text)) + 2.0, most))
    return result
