"""Gives the Chinese of a place where an English briefing first speaks of it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from briefings.records.briefing import Block, Bullets, Callout, Inline, Line, Paragraph, Table, Words


def introduced(blocks: Sequence[Block], named: Mapping[str, str]) -> tuple[Block, ...]:
    """``blocks`` with the Chinese behind the first mention of each place of ``named`` (Chinese by English).

    Only running words and cells are looked at: a heading or a chart's label stays short.
    """
    waiting = dict(named)
    return tuple(_block(block, waiting) for block in blocks)


def _block(block: Block, waiting: dict[str, str]) -> Block:
    match block:
        case _ if not waiting:
            return block
        case Paragraph():
            return replace(block, line=_line(block.line, waiting))
        case Bullets() | Callout():
            return replace(block, items=tuple(_line(item, waiting) for item in block.items))
        case Table():
            rows = tuple(tuple(_line(cell, waiting) for cell in row) for row in block.rows)
            return replace(block, rows=rows, note=_line(block.note, waiting))
        case _:
            return block


def _line(line: Line, waiting: dict[str, str]) -> Line:
    return tuple(_piece(piece, waiting) for piece in line)


def _piece(piece: Inline, waiting: dict[str, str]) -> Inline:
    if not isinstance(piece, Words):
        return piece
    text = piece.text
    for english in sorted(waiting, key=len, reverse=True):
        found = re.search(rf"(?<!\w){re.escape(english)}(?!\w)", text)
        if found:
            text = f"{text[: found.end()]} ({waiting.pop(english)}){text[found.end() :]}"
    return replace(piece, text=text)
