"""Moves width between a table's columns as long as its rows become lower by it."""

from collections.abc import Sequence
from itertools import permutations
from math import ceil
from operator import mul

_STEPS = (48.0, 24.0, 12.0, 6.0)
_MOST_ROWS = 60
"""Of a longer table every so many rows are looked at: enough to tell which column is short of room."""
_SHORT = 80.0
_CELL, _CELL_SHORT = 0.06, 0.3
"""A line saved inside a row that stays as high is worth this share of a line of the row; more in cells of a few words,
which look torn on two."""
_MOVED = 0.0008
"""What moving a point away from the weights must be worth, in lines a row: no width is moved for nothing."""

Cell = tuple[float, float]
"""How wide a cell's words are on one line, and how much of a line's end stays free where it must break between words."""


def balanced(
    rows: Sequence[Sequence[Cell]], given: Sequence[float], floors: Sequence[float], padding: Sequence[float]
) -> tuple[float, ...]:
    """The columns' widths, ``given`` at first, none below its floor; ``rows`` are the cells.

    All in points, ``padding`` is each column's; the sum stays. Same input, same widths.
    """
    looked = rows[:: ceil(len(rows) / _MOST_ROWS)] if rows else ()
    if not looked or len(given) < 2:
        return tuple(given)
    columns = [[row[at] for row in looked] for at in range(len(given))]
    worth = [[_CELL_SHORT if words <= _SHORT else _CELL for words, _ in column] for column in columns]
    widths = list(given)
    deep = [_deep(columns[at], widths[at] - padding[at]) for at in range(len(widths))]
    cost = _cost(deep, worth, widths, given)
    while True:
        best = (cost - 1e-9, -1, -1, 0.0)
        for step in _STEPS:
            for giver, taker in permutations(range(len(widths)), 2):
                if widths[giver] - step < floors[giver]:
                    continue
                moved = list(widths)
                moved[giver] -= step
                moved[taker] += step
                tried = list(deep)
                for at in (giver, taker):
                    tried[at] = _deep(columns[at], moved[at] - padding[at])
                best = min(best, (_cost(tried, worth, moved, given), giver, taker, step))
        cost, giver, taker, step = best
        if giver < 0:
            return tuple(widths)
        widths[giver] -= step
        widths[taker] += step
        for at in (giver, taker):
            deep[at] = _deep(columns[at], widths[at] - padding[at])


def _deep(column: Sequence[Cell], room: float) -> list[int]:
    """On how many lines each cell of a column stands."""
    return [
        1 if words <= room else ceil((words - free) / max(room - free, room / 2, 1.0))
        for words, free in column
    ]


def _cost(
    deep: Sequence[Sequence[int]],
    worth: Sequence[Sequence[float]],
    widths: Sequence[float],
    given: Sequence[float],
) -> float:
    rows: float = sum(map(max, zip(*deep, strict=True)))
    cells: float = sum(sum(map(mul, of, lines)) for of, lines in zip(worth, deep, strict=True))
    moved = sum(abs(a - b) for a, b in zip(widths, given, strict=True))
    return rows + cells + _MOVED * moved * len(deep[0])
