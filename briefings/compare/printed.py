"""Which lines of a briefing are worded differently in another edition."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from briefings.records.briefing import (
    Briefing,
    Bullets,
    Callout,
    Cite,
    Figure,
    Heading,
    Line,
    Paragraph,
    Quotation,
    Table,
    Tiles,
)
from briefings.records.change import LineChange

OWN = "since-last"
"""The id of the heading under which an edition says what changed: that of another edition is no text of this one."""
_ANNEX = re.compile("annex-")


def lines(old: Briefing, new: Briefing) -> tuple[LineChange, ...]:
    """The lines that differ, in reading order; annexes, tables' rows of data and citations are left out."""
    was, now = list(_said(old)), list(_said(new))
    found: list[LineChange] = []
    matcher = SequenceMatcher(a=[text for _, text in was], b=[text for _, text in now], autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            continue
        gone, come = was[i:j], now[k:m]
        shared = min(len(gone), len(come))
        found += [LineChange(c[0], g[1], c[1]) for g, c in zip(gone[:shared], come[:shared], strict=True)]
        found += [LineChange(where, text, "") for where, text in gone[shared:]]
        found += [LineChange(where, "", text) for where, text in come[shared:]]
    return tuple(found)


def _said(briefing: Briefing) -> Iterator[tuple[str, str]]:
    """Every line of running text with the heading it stands under."""
    where, kept, own = "", True, False
    for block in briefing.blocks:
        if isinstance(block, Heading):
            own = block.id == OWN
            if block.level < 4 or not own:
                where = block.text
            if block.level == 2:
                kept = not _ANNEX.match(block.id)
            if kept and not own:
                yield where, block.number + block.text
            continue
        own = own and isinstance(block, Bullets | Paragraph)
        if not kept or own:
            continue
        match block:
            case Paragraph():
                yield where, _text(block.line)
            case Bullets() | Callout():
                for item in block.items:
                    yield where, _text(item)
            case Tiles():
                for tile in block.items:
                    yield where, f"{tile.label} {tile.value.text}{tile.unit} {_text(tile.note)}".rstrip()
            case Quotation():
                yield where, _text(block.line)
            case Table():
                for row in block.rows:
                    yield block.caption, " | ".join(_text(cell) for cell in row if _text(cell))
            case Figure():
                yield where, _text(block.title)
            case _:
                pass


def _text(line: Line) -> str:
    return "".join(piece.text for piece in line if not isinstance(piece, Cite))
