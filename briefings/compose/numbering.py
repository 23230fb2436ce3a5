"""Gives the citations of a briefing that has got new blocks their numbers again: in the order in which they are first cited."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from briefings.records.briefing import (
    Block,
    Bullets,
    Callout,
    Citation,
    Cite,
    Figure,
    Line,
    Paragraph,
    Quotation,
    SourceList,
    Table,
    Tiles,
)


def renumbered(blocks: Sequence[Block], entries: Sequence[Citation]) -> tuple[Block, ...]:
    """``blocks`` with citations numbered 1, 2, 3 … as they come, and the list of sources in that order.

    ``entries`` are all entries by the numbers used so far; those that no line cites keep their order at the end.
    """
    met: list[int] = []

    def meet(line: Line) -> Line:
        met.extend(p.n for p in line if isinstance(p, Cite))
        return line

    for block in blocks:
        changed(block, meet)
    order = dict.fromkeys((*met, *(e.n for e in entries)))
    number = {old: n for n, old in enumerate(order, 1)}
    listed = tuple(sorted((replace(e, n=number[e.n]) for e in entries), key=lambda e: e.n))

    def again(line: Line) -> Line:
        return tuple(Cite(number[p.n]) if isinstance(p, Cite) else p for p in line)

    return tuple(
        SourceList(listed) if isinstance(block, SourceList) else changed(block, again) for block in blocks
    )


def changed(block: Block, line: Callable[[Line], Line]) -> Block:
    """``block`` with ``line`` put in place of each of its lines, in reading order."""
    match block:
        case Paragraph():
            return replace(block, line=line(block.line))
        case Bullets() | Callout():
            return replace(block, items=tuple(line(item) for item in block.items))
        case Tiles():
            return replace(block, items=tuple(replace(tile, note=line(tile.note)) for tile in block.items))
        case Quotation():
            return replace(block, line=line(block.line), attribution=line(block.attribution))
        case Table():
            rows = tuple(tuple(line(cell) for cell in row) for row in block.rows)
            return replace(block, rows=rows, note=line(block.note))
        case Figure():
            return replace(block, title=line(block.title), note=line(block.note))
        case _:
            return block


def entries_of(blocks: Sequence[Block]) -> Iterator[Citation]:
    """The entries of the list of sources."""
    for block in blocks:
        if isinstance(block, SourceList):
            yield from block.entries
