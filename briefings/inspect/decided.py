"""The briefing that a file was made from, as the checks read it: its lines with their places."""

import re
import unicodedata
from collections.abc import Iterator

from briefings.records.briefing import (
    Briefing,
    Bullets,
    Callout,
    Citation,
    Cite,
    Figure,
    Heading,
    Line,
    Paragraph,
    Quotation,
    Quote,
    SourceList,
    Table,
    Tiles,
    Value,
    Words,
)

PLACES = 40


def lines(briefing: Briefing) -> Iterator[tuple[str, Line]]:
    """Every line with where it stands: the heading above it, or its table or figure."""
    under = "opening"
    for block in briefing.blocks:
        match block:
            case Heading():
                under = f"{block.number}{block.text}"[:PLACES]
            case Paragraph():
                yield under, block.line
            case Bullets() | Callout():
                yield from ((under, item) for item in block.items)
            case Tiles():
                for tile in block.items:
                    yield under, (Words(tile.label), tile.value, Words(tile.unit), *tile.note)
            case Quotation():
                yield from ((under, block.line), (under, block.attribution))
            case Table():
                name = f"table {block.number}"
                yield name, (Words(block.caption),)
                yield from ((name, (Words(column.header),)) for column in block.columns)
                yield from ((name, cell) for row in block.rows for cell in row)
                yield name, block.note
            case Figure():
                name = f"figure {block.number}"
                yield from ((name, block.title), (name, (Words(block.subtitle),)), (name, block.note))
            case _:
                pass


def headings(briefing: Briefing) -> tuple[Heading, ...]:
    """All headings."""
    return tuple(block for block in briefing.blocks if isinstance(block, Heading))


def citations(briefing: Briefing) -> tuple[Citation, ...]:
    """All entries of its list of sources."""
    return tuple(c for block in briefing.blocks if isinstance(block, SourceList) for c in block.entries)


def pieces(briefing: Briefing) -> Iterator[tuple[str, Value | Quote | Cite | Words]]:
    """Every piece of every line with its place."""
    return ((where, piece) for where, line in lines(briefing) for piece in line)


def squeezed(text: str) -> str:
    """``text`` without blanks and in one width, as it can be looked for in what was read back from a file."""
    return re.sub(r"[\s\u200b-\u200d\ufeff]", "", unicodedata.normalize("NFKC", text))
