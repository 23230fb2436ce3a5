"""The sheet behind a native chart: the numbers it draws and the ids of their sources, as cells and as references to them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from briefings.render.word_xml import escaped

SHEET = "Sheet1"
Cell = str | float | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column under its head; ``formulas`` has a formula for each of its cells where Word is to work them out."""

    head: str
    cells: tuple[Cell, ...]
    formulas: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The columns in order; the first row holds the heads."""

    columns: tuple[Column, ...]

    def range(self, column: int, rows: Sequence[int] | None = None) -> "Range":
        """The cells of ``column``, all of them or those of ``rows`` (from 0 beneath the head)."""
        cells = self.columns[column].cells
        chosen = range(len(cells)) if rows is None else rows
        return Range(_address(column, chosen), tuple(cells[row] for row in chosen))

    def cells(self, *places: tuple[int, int]) -> "Range":
        """Single cells in the order given, each as (column, row)."""
        names = [f"{SHEET}!${letter(column)}${row + 2}" for column, row in places]
        found = tuple(self.columns[column].cells[row] for column, row in places)
        return Range(names[0] if len(names) == 1 else f"({','.join(names)})", found)

    def head(self, column: int) -> "Range":
        """The head of ``column``."""
        return Range(f"{SHEET}!${letter(column)}$1", (self.columns[column].head,))


@dataclass(frozen=True, slots=True)
class Range:
    """Cells of the sheet: where they stand, what they hold."""

    address: str
    cells: tuple[Cell, ...]


def letter(column: int) -> str:
    """A, B, … Z, AA, …"""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _address(column: int, rows: Sequence[int]) -> str:
    """The rows as one reference: runs of them as areas, several areas in brackets."""
    name = letter(column)
    runs: list[list[int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    areas = [
        f"{SHEET}!${name}${first + 2}" + (f":${name}${last + 2}" if last > first else "")
        for first, last in runs
    ]
    return areas[0] if len(areas) == 1 else f"({','.join(areas)})"


def plain(value: float) -> str:
    """A number in digits, without an exponent."""
    found = f"{value:.10f}".rstrip("0").rstrip(".")
    return "0" if found in ("-0", "") else found


def numbers(cells: Range) -> str:
    """A reference to numbers with what it gives; an empty cell has no point."""
    return f"<c:numRef><c:f>{escaped(cells.address)}</c:f><c:numCache>{_points(cells.cells)}</c:numCache></c:numRef>"


def strings(cells: Range) -> str:
    """A reference to words with what it gives."""
    found = "".join(
        f'<c:pt idx="{n}"><c:v>{escaped(str(cell))}</c:v></c:pt>' for n, cell in enumerate(cells.cells)
    )
    return (
        f'<c:strRef><c:f>{escaped(cells.address)}</c:f><c:strCache><c:ptCount val="{len(cells.cells)}"/>{found}'
        "</c:strCache></c:strRef>"
    )


def places(values: Sequence[float]) -> str:
    """Numbers that place words and stand in no cell."""
    return f"<c:numLit>{_points(values)}</c:numLit>"


def _points(cells: Sequence[Cell]) -> str:
    found = "".join(
        f'<c:pt idx="{n}"><c:v>{plain(cell)}</c:v></c:pt>'
        for n, cell in enumerate(cells)
        if isinstance(cell, int | float)
    )
    return f'<c:formatCode>General</c:formatCode><c:ptCount val="{len(cells)}"/>{found}'


def book(sheet: Sheet, title: str) -> bytes:
    """The sheet as .xlsx: the same cells, the same bytes."""
    import xlsxwriter

    buffer = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    made = xlsxwriter.Workbook(buffer, options)
    made.set_properties({"title": title, "author": "briefings", "created": datetime(2000, 1, 1)})
    page = made.add_worksheet(SHEET)
    head = made.add_format({"bold": True})
    for at, column in enumerate(sheet.columns):
        page.set_column(at, at, 24 if at == 0 else 16)
        page.write_string(0, at, column.head, head)
        for row, cell in enumerate(column.cells, 1):
            if isinstance(cell, str):
                page.write_string(row, at, cell)
            elif cell is not None and column.formulas:
                page.write_formula(row, at, column.formulas[row - 1], None, cell)
            elif cell is not None:
                page.write_number(row, at, cell)
    made.close()
    return buffer.getvalue()
