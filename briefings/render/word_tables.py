"""Tables and key figures of a briefing as tables of Word."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from briefings.records.briefing import Cite, Inline, Line, Table, Tiles, Value, Words
from briefings.render.heights import height
from briefings.render.widths import advances, ems, shares, text_of
from briefings.render.word_draft import (
    BREAK,
    KEEP_NEXT,
    TWIPS,
    Draft,
    caption,
    citation,
    inline,
    line,
)
from briefings.render.word_xml import escaped, paragraph, run

NOT_STATED = "…"
SHORT = 0.3
"""A table up to this share of the page is kept on one page."""
BLANK_TILE = (
    '<w:tcBorders><w:top w:val="nil"/></w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="auto"/>'
)
SET_CLOSE = ("%", "‰")
MARKED = ("up", "down")
MARGINS = 9.0
"""What a cell keeps free to its left and right, in points."""
CELLS = {"left": "表格文字", "right": "表格数字", "center": "表格文字"}
DENSE = {"表格文字": "表格小字", "表格数字": "表格小数", "表头": "表头小字"}
"""The smaller styles for tables of many columns; a base file need not have them."""


def divided(weights: Sequence[float], width: int) -> list[int]:
    """``width`` divided by ``weights`` in whole twips that add up to it."""
    total = sum(weights) or 1.0
    edges = [round(width * sum(weights[:n]) / total) for n in range(len(weights) + 1)]
    return [right - left for left, right in pairwise(edges)]


def table_start(style: str, widths: list[int], name: str, description: str, look: str) -> str:
    """The opening of a table as wide as the text, with its alternative text."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="5000" w:type="pct"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="{look}"/>'
        f'<w:tblCaption w:val="{escaped(name)}"/><w:tblDescription w:val="{escaped(description)}"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>"
    )


def table(draft: Draft, block: Table) -> None:
    """Caption, the table with its repeating header row, and its note."""
    caption(draft, "table", block.number, f"tab{block.number}", run(block.caption))
    style = draft.base.style
    widths = divided(shares(block, draft.paper), draft.base.width)
    sizes = [f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>' for width in widths]
    aligned = [f'<w:jc w:val="{c.align}"/>' if c.align != "left" else "" for c in block.columns]
    centred = [f'<w:jc w:val="{c.align}"/>' if c.align == "center" else "" for c in block.columns]
    dense = len(block.columns) >= draft.paper.many
    face, _ = draft.paper.of_cells(len(block.columns))

    def of_cells(name: str) -> str:
        return draft.base.either(DENSE[name], name) if dense else style(name)

    cells = [of_cells(CELLS[column.align]) for column in block.columns]
    header = of_cells("表头")
    description = draft.labels["comma"].join(column.header for column in block.columns)
    parts = [
        table_start(
            style("对比三线表", "table"), widths, f"{draft.labels['table']}{block.number} {block.caption}",
            description, "04A0"
        ),
        "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>",
    ]  # fmt: skip
    for column, size, jc in zip(block.columns, sizes, aligned, strict=True):
        parts.append(f"{size}{paragraph(header, run(column.header), jc)}</w:tc>")
    parts.append("</w:tr>")
    short = height(block, draft.paper) <= draft.paper.page * SHORT
    for at, row in enumerate(block.rows, 1):
        parts.append("<w:tr><w:trPr><w:cantSplit/></w:trPr>")
        kept = KEEP_NEXT if _stays(at, len(block.rows), short=short, noted=bool(block.note)) else ""
        for cell, size, cell_style, jc, width in zip(row, sizes, cells, centred, widths, strict=True):
            content = cell_content(draft, cell, (width / TWIPS - MARGINS) / face)
            parts.append(f"{size}{paragraph(cell_style, content, kept + jc)}</w:tc>")
        parts.append("</w:tr>")
    parts.append("</w:tbl>")
    draft.body.append("".join(parts))
    draft.after_table = True
    if block.note:
        draft.after_table = False
        draft.add("资料来源", line(draft, block.note))


def _stays(at: int, count: int, *, short: bool, noted: bool) -> bool:
    """Whether row ``at`` of ``count`` stays on the page of what follows: no row is alone, the last has its note beneath it."""
    if at == count:
        return noted
    return short or at == 1 or at == count - 1


def cell_content(draft: Draft, pieces: Line, room: float) -> str:
    """A cell's line; citations that stand alone are not raised, and an empty cell says that nothing is stated.

    Where ``room`` (in characters) is short, a number begins a line rather than being broken from its mark or its unit,
    and the source's own writing behind it in brackets goes on a line of its own.
    """
    cites = [piece for piece in pieces if isinstance(piece, Cite)]
    if pieces and len(cites) == len(pieces):
        return "".join(citation(draft, piece.n, "引文编号平") for piece in cites)
    said, begins = "", begun(pieces, room)
    for at, piece in enumerate(pieces):
        if at + 1 in begins and isinstance(piece, Words):
            said += inline(draft, replace(piece, text=piece.text.rstrip(" ")))
        else:
            said += (BREAK if at in begins else "") + _in_cell(draft, piece, room)
    return said or run(NOT_STATED)


def begun(pieces: Line, room: float) -> frozenset[int]:
    """The pieces that begin a line: marks and numbers that would not stand whole on the line before."""
    found: set[int] = set()
    filled = 0.0
    for at, piece in enumerate(pieces):
        before = pieces[at - 1] if at else None
        held = isinstance(before, Words) and before.style in MARKED and isinstance(piece, Value)
        whole = _held(pieces, at)
        if whole and filled and not held and filled + whole > room >= whole:
            found.add(at)
            filled = 0.0
        filled = (filled + advances(text_of((piece,)))) % max(room, 1.0)
    return frozenset(found)


def _held(pieces: Line, at: int) -> float:
    """How long the number is that begins at this piece, its mark before it included; 0.0 where none does."""
    piece = pieces[at]
    marked = isinstance(piece, Words) and piece.style in MARKED
    number = pieces[at + 1] if marked and at + 1 < len(pieces) else piece
    if not isinstance(number, Value):
        return 0.0
    return advances(number.text.partition(" (")[0]) + (advances(text_of((piece,))) if marked else 0.0)


def _in_cell(draft: Draft, piece: Inline, room: float) -> str:
    if not isinstance(piece, Value) or " (" not in piece.text or ems(piece.text) <= room:
        return inline(draft, piece)
    figure, _, original = piece.text.partition(" (")
    style = draft.character("重点" if piece.strong else "")
    return run(figure, style) + BREAK + run(f"({original}", style)


def tiles(draft: Draft, block: Tiles) -> None:
    """Key figures as a table of at most four a row without rules: label, number with unit, note."""
    count = len(block.items)
    across = count if count <= 4 else -(-count // 2) if count <= 8 else 4
    if not count:
        return
    widths = divided([1.0] * across, draft.base.width)
    style, unit = draft.base.style, draft.character("指标单位")
    if draft.break_before or draft.after_table:
        draft.add("资料来源", "")
    rows: list[str] = []
    for first in range(0, count, across):
        cells = ""
        for n in range(first, first + across):
            content, blank = paragraph(style("指标注"), ""), BLANK_TILE
            if n < count:
                blank = ""
                tile = block.items[n]
                value = run(tile.value.text) + run(apart(draft, tile.unit), unit)
                content = paragraph(style("指标名"), run(tile.label)) + paragraph(style("指标值"), value)
                content += paragraph(style("指标注"), line(draft, tile.note)) if tile.note else ""
            cells += f'<w:tc><w:tcPr><w:tcW w:w="{widths[n - first]}" w:type="dxa"/>{blank}</w:tcPr>{content}</w:tc>'
        rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
    names = draft.labels["comma"].join(tile.label for tile in block.items)
    start = table_start(style("指标卡", "table"), widths, draft.labels["tiles"], names, "0000")
    draft.body.append(f"{start}{''.join(rows)}</w:tbl>")
    draft.after_table = True


def apart(draft: Draft, unit: str) -> str:
    """``unit`` as it stands behind a large figure: in English a word keeps its distance."""
    return unit if not unit or unit in SET_CLOSE else draft.labels["before unit"] + unit
