"""What a briefing says, string by string in reading order: the measure that every format is held against."""

from collections.abc import Iterator

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
    Quote,
    SourceList,
    Table,
    Tiles,
)


def said(briefing: Briefing) -> Iterator[str]:
    """Every string that must be read in any format of ``briefing``."""
    table, figure = ("表", "图") if briefing.language == "zh" else ("Table ", "Figure ")
    for block in briefing.blocks:
        match block:
            case Heading():
                yield block.number + block.text
            case Paragraph():
                yield spoken(block.line)
            case Bullets():
                yield from map(spoken, block.items)
            case Tiles():
                for tile in block.items:
                    yield from (tile.label, tile.value.text + tile.unit, spoken(tile.note))
            case Callout():
                yield from (block.head, *map(spoken, block.items))
            case Quotation():
                yield from (spoken(block.line), spoken(block.attribution))
            case Table():
                yield f"{table}{block.number}"
                yield from (block.caption, *(column.header for column in block.columns))
                yield from (spoken(cell) or "…" for row in block.rows for cell in row)
                yield spoken(block.note)
            case Figure():
                yield from (
                    f"{figure}{block.number}",
                    spoken(block.title),
                    block.subtitle,
                    spoken(block.note),
                )
            case SourceList():
                for entry in block.entries:
                    yield from (f"[{entry.n}]", entry.sentence, entry.title, entry.issuer)


def spoken(line: Line) -> str:
    """A line as it is read, citations in brackets."""
    return "".join(
        f"[{p.n}]" if isinstance(p, Cite) else p.text + ("……" if isinstance(p, Quote) and p.cut else "")
        for p in line
    )
