"""Aligned columns of text in which Chinese characters are two cells wide."""

from collections.abc import Sequence
from unicodedata import east_asian_width

_GAP = "  "


def cells(text: str) -> int:
    """How many cells of a terminal ``text`` takes."""
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)


def cut(text: str, width: int) -> str:
    """``text`` in at most ``width`` cells, with … where something is left out."""
    if cells(text) <= width:
        return text
    taken, used = [], 1
    for c in text:
        used += cells(c)
        if used > width:
            break
        taken.append(c)
    return "".join(taken) + "…"


def aligned(rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> list[str]:
    """A line for each row, its columns below each other; the columns ``right`` stand on their right edge."""
    widths = [max(cells(row[n]) for row in rows) for n in range(len(rows[0]))] if rows else []
    return [
        _GAP.join(
            " " * (width - cells(cell)) + cell if n in right else cell + " " * (width - cells(cell))
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
