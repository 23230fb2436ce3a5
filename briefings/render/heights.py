"""About how high a block stands on paper: what fits on a page together, and what must be let break over two.

Heights are points on the A4 page of a theme; they are estimates from the words and the widths, a little high rather than
low.
"""

from collections.abc import Sequence

from briefings.records.briefing import (
    Block,
    Bullets,
    Callout,
    Figure,
    Heading,
    Line,
    Paragraph,
    Quotation,
    Table,
    Tiles,
)
from briefings.render.paper import MODERN, Paper
from briefings.render.widths import lines, shares, text_of, wide

_CELL_SIDES = 9.0
_TILE_SIDES = 25.0


def height(block: Block, paper: Paper = MODERN) -> float:
    """The block's height in points, the space around it included."""
    match block:
        case Heading():
            size, line, around = paper.headings[block.level]
            return lines(block.number + block.text, size, paper.width) * line + around
        case Paragraph():
            size, line = paper.note if block.style == "note" else paper.styles.get(block.style, paper.body)
            return lines(text_of(block.line), size, paper.width) * line + (line / 2 if paper.between else 0.0)
        case Bullets():
            return sum(_items(block.items, 14.0, paper.bullet_gap, paper))
        case Tiles():
            width = paper.width / max(len(block.items), 1) - _TILE_SIDES
            (size, line), (note, note_line) = paper.tile_label, paper.note
            return paper.tile_rest + max(
                lines(t.label, size, width) * line + lines(text_of(t.note), note, width) * note_line
                for t in block.items
            )
        case Callout():
            head = 0.0 if len(block.items) == 1 else paper.body[1]
            return head + sum(_items(block.items, 22.0, paper.item_gap, paper)) + paper.callout
        case Quotation():
            size, line = paper.body
            return lines(text_of(block.line), size, paper.width - 12) * line + 30.0
        case Table():
            return _table(block, paper)
        case Figure():
            return paper.figure
    return 0.0


def _items(items: Sequence[Line], indent: float, gap: float, paper: Paper) -> list[float]:
    size, line = paper.body
    return [lines(text_of(item), size, paper.width - indent) * line + gap for item in items]


def _table(table: Table, paper: Paper) -> float:
    width = paper.wide if wide(table) else paper.width
    size, line = paper.of_cells(len(table.columns))
    widths = [share * width / 100 - _CELL_SIDES for share in shares(table, paper)]
    head = max(lines(c.header, size, w) for c, w in zip(table.columns, widths, strict=True))
    rows = sum(
        max(lines(text_of(cell), size, w) for cell, w in zip(row, widths, strict=True)) * line
        + paper.cell_padding
        for row in table.rows
    )
    note = lines(text_of(table.note), paper.note[0], paper.width) * paper.note[1] + 4 if table.note else 0.0
    return head * line + paper.cell_padding + rows + note + paper.around_table
