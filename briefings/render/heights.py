"""About how high a block stands on paper: what fits on a page together, and what must be let break over two.

Heights are points on the A4 page of ``print.css``; they are estimates from the words and the widths, a little high
rather than low.
"""

from collections.abc import Sequence

from briefings.records.briefing import (
    Block,
    Bullets,
    Callout,
    Figure,
    Heading,
    Paragraph,
    Quotation,
    Table,
    Tiles,
)
from briefings.render.widths import lines, shares, text_of, wide

PAGE = 711.0
FIRST_PAGE = 722.0
_PAPER, _PAPER_WIDE = 470.5, 717.0
_LINE, _CELL_PADDING, _CELL_SIDES = 13.0, 7.0, 9.0
_AROUND_TABLE = 46.0
"""A table's margins, its caption and the rule beneath."""
_NOTE = 13.0
_BODY = (10.5, 17.0)
_STYLES = {"standfirst": (12.0, 20.0), "lead": (13.0, 22.0), "note": (8.5, 13.0)}
_HEADINGS = {1: (22.0, 30.0, 6.0), 2: (14.0, 22.0, 34.0), 3: (11.5, 17.0, 22.0), 4: (10.5, 17.0, 12.0)}
_FIGURE = 260.0
_TILE_LABEL, _TILE_REST, _TILE_GAP = 12.0, 42.0, 11.0


def height(block: Block) -> float:
    """The block's height in points, the space around it included."""
    match block:
        case Heading():
            size, line, around = _HEADINGS[block.level]
            return lines(block.number + block.text, size, _PAPER) * line + around
        case Paragraph():
            size, line = _STYLES.get(block.style, _BODY)
            return lines(text_of(block.line), size, _PAPER) * line + line / 2
        case Bullets():
            return sum(_items(block.items, 14.0, 3.4))
        case Tiles():
            width = _PAPER / max(len(block.items), 1) - 25.0
            return _TILE_GAP + 14.0 + max(
                lines(t.label, 8.5, width) * _TILE_LABEL + _TILE_REST + lines(text_of(t.note), 8.5, width) * _NOTE
                for t in block.items
            )  # fmt: skip
        case Callout():
            head = 0.0 if len(block.items) == 1 else _BODY[1]
            return head + sum(_items(block.items, 22.0, 2.3)) + 29.0
        case Quotation():
            return lines(text_of(block.line), *_BODY[:1], _PAPER - 12) * _BODY[1] + 30.0
        case Table():
            return _table(block)
        case Figure():
            return _FIGURE
    return 0.0


def _items(items: Sequence[tuple[object, ...]], indent: float, gap: float) -> list[float]:
    return [lines(text_of(item), _BODY[0], _PAPER - indent) * _BODY[1] + gap for item in items]  # type: ignore[arg-type]


def _table(table: Table) -> float:
    paper = _PAPER_WIDE if wide(table) else _PAPER
    widths = [share * paper / 100 - _CELL_SIDES for share in shares(table)]
    head = max(lines(c.header, 9.0, w) for c, w in zip(table.columns, widths, strict=True))
    rows = sum(
        max(lines(text_of(cell), 9.0, w) for cell, w in zip(row, widths, strict=True)) * _LINE + _CELL_PADDING
        for row in table.rows
    )
    note = lines(text_of(table.note), 8.5, _PAPER) * _NOTE + 4 if table.note else 0.0
    return head * _LINE + _CELL_PADDING + rows + note + _AROUND_TABLE
