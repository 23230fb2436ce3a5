"""How a table's width is shared: by the columns' weights, but no number wider than its column."""

import unicodedata

from briefings.records.briefing import Line, Table, Value

_SIZE = 9.0
_PADDING = 11.0
_PAPER = 470.5
_PAPER_WIDE = 717.0
_MANY = 8
"""More columns than this stand on a page turned on its side."""


def wide(table: Table) -> bool:
    """Whether the table needs a page turned on its side."""
    return len(table.columns) > _MANY


def shares(table: Table) -> tuple[float, ...]:
    """Each column's share of the width in percent.

    The columns share by weight; one whose longest number would not fit takes what it needs from the others.
    """
    paper = _PAPER_WIDE if wide(table) else _PAPER
    needs = [_need(table, at) / paper for at in range(len(table.columns))]
    if sum(needs) >= 1:
        return tuple(100 * need / sum(needs) for need in needs)
    fixed: dict[int, float] = {}
    while True:
        free = [at for at in range(len(needs)) if at not in fixed]
        weights = sum(table.columns[at].weight for at in free) or 1.0
        rest = 1 - sum(fixed.values())
        given = {at: rest * table.columns[at].weight / weights for at in free}
        short = {at: needs[at] for at in free if given[at] < needs[at]}
        if not short:
            return tuple(100 * (fixed[at] if at in fixed else given[at]) for at in range(len(needs)))
        fixed |= short


def _need(table: Table, column: int) -> float:
    """Points for the longest number in the column, and never less than two characters."""
    longest = max((_longest(row[column]) for row in table.rows if column < len(row)), default=0.0)
    return max(longest, 2.0) * _SIZE + _PADDING


def _longest(line: Line) -> float:
    return max((ems(piece.text) for piece in line if isinstance(piece, Value)), default=0.0)


def ems(text: str) -> float:
    """About how wide ``text`` is, in characters of full width."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.58 for c in text)
