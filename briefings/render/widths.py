"""How a table's width is shared: by the columns' weights, but no number and no short label wider than its column."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from math import ceil

from briefings.records.briefing import Cite, Line, Table, Value, Words
from briefings.render.balance import balanced
from briefings.render.numbers import NUMBER
from briefings.render.paper import MODERN, Paper

_PADDING, _PADDING_AFTER_RIGHT = 9.0, 17.0
_CROWDED = 0.85
"""Above this share of the paper short labels give way: some column must have room for sentences."""
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9'’./]*-?")
_RAISED = 0.7
"""How wide citations are beside the type they stand behind."""
_BOLD = 1.08
_CLOSE = 1.04
"""What is reckoned from characters may be a little too narrow, and a number would break."""
_BLANK = re.compile(r"(?<=[A-Za-z]) | (?=\()")
"""Where a number may go over a line: behind a word before it, before what stands in brackets."""
_MOST_TOGETHER = 11
_DAY = re.compile(r"\d{4}年\d+月\d+日")
_MANY = 8
"""More columns than this stand on a page turned on its side."""


def wide(table: Table) -> bool:
    """Whether the table needs a page turned on its side."""
    return len(table.columns) > _MANY


@lru_cache(maxsize=64)
def shares(table: Table, paper: Paper = MODERN) -> tuple[float, ...]:
    """Each column's share of the width in percent.

    The columns share by weight; one whose longest number would not fit takes what it needs from the others. What is left
    goes where it makes the rows lower.
    """
    width = paper.wide if wide(table) else paper.width
    floors = [_need(table, at, paper, labels=False) / width for at in range(len(table.columns))]
    if sum(floors) >= 1:
        return tuple(100 * need / sum(floors) for need in floors)
    needs = [_need(table, at, paper, labels=True) / width for at in range(len(table.columns))]
    if sum(needs) > _CROWDED:
        needs = floors
    given = _by_weight(table, needs)
    size, _ = paper.of_cells(len(table.columns))
    cells = [[(_printed(cell) * size, _ragged(text_of(cell)) * size) for cell in row] for row in table.rows]
    heads = [
        (advances(column.header) * _BOLD * size, _ragged(column.header) * size) for column in table.columns
    ]
    fitted = balanced(
        [heads, *cells],
        [share * width for share in given],
        [need * width for need in (needs if paper.whole else floors)],
        [_padding(table, at) for at in range(len(table.columns))],
    )
    return tuple(100 * points / width for points in fitted)


def _by_weight(table: Table, needs: Sequence[float]) -> list[float]:
    """The columns' shares (1 is the whole width) by their weights, none below its need."""
    fixed: dict[int, float] = {}
    while True:
        free = [at for at in range(len(needs)) if at not in fixed]
        weights = sum(table.columns[at].weight for at in free) or 1.0
        rest = 1 - sum(fixed.values())
        given = {at: rest * table.columns[at].weight / weights for at in free}
        short = {at: needs[at] for at in free if given[at] < needs[at]}
        if not short:
            return [fixed[at] if at in fixed else given[at] for at in range(len(needs))]
        fixed |= short


def _need(table: Table, at: int, paper: Paper, *, labels: bool) -> float:
    """Points for the column's longest number, and with ``labels`` for its cells when all of them are short."""
    cells = [row[at] for row in table.rows if at < len(row)]
    size, _ = paper.of_cells(len(table.columns))
    longest = max((_number(cell) for cell in cells), default=0.0)
    if paper.whole:
        longest = max(longest, *(_tight(cell) for cell in cells), 0.0)
    longest = max(
        longest,
        _word(table.columns[at].header) * _BOLD,
        *(_word(text_of(cell)) * _BOLD for cell in cells),
        0.0,
    )
    longest *= paper.latin
    wholes = [ems(text_of(cell)) for cell in cells]
    if paper.whole:  # long cells go over lines in any case; that is no reason to break short ones
        wholes = [width for width in wholes if width <= paper.short]
    whole = max(wholes, default=0.0)
    if labels and whole <= paper.short:
        longest = max(
            longest, whole, ems(table.columns[at].header) if len(table.columns[at].header) < 5 else 0.0
        )
    return max(longest, 2.0) * size * _CLOSE + _padding(table, at)


def _padding(table: Table, at: int) -> float:
    """Points that a column's words cannot use; more of them behind numbers, which end where its own begin."""
    after_right = at > 0 and table.columns[at - 1].align == "right" and table.columns[at].align != "right"
    return _PADDING_AFTER_RIGHT if after_right else _PADDING


def _number(line: Line) -> float:
    """The longest stretch that is never broken, in characters of full width."""
    # What stands in brackets behind a number may go on the next line.
    found = [part for piece in line if isinstance(piece, Value) for part in _BLANK.split(piece.text)]
    found += [
        match[0]
        for piece in line
        if not isinstance(piece, Value | Cite)
        for expression in (NUMBER, _DAY)
        for match in expression.finditer(piece.text)
    ]
    return max(map(advances, found), default=0.0)


def _tight(line: Line) -> float:
    """The longest number together with the mark before it and the citations behind, which stand on its line."""
    longest = here = 0.0
    for first, before, piece in zip((None, None, *line), (None, *line), line, strict=False):
        if isinstance(piece, Value):
            head, _, rest = piece.text.partition(" (")
            sign = before.text if isinstance(before, Words) and before.style in ("up", "down") else ""
            if sign and isinstance(first, Words) and first.text.endswith(" "):
                # Short words before a marked number (同比 ) stand on its line.
                sign = first.text + sign if len(first.text + piece.text) <= _MOST_TOGETHER else sign
            parts = [advances(part) for part in _BLANK.split(sign + head)]
            longest = max(longest, *parts)
            # What stands in brackets behind a number may go on the next line.
            here = advances(f"({rest}") if rest else parts[-1]
        elif isinstance(piece, Cite) and here:
            here += advances(f"[{piece.n}]") * _RAISED
        else:
            here = 0.0
        longest = max(longest, here)
    return longest


def _word(text: str) -> float:
    """The longest word in Latin letters, which is not broken either; a hyphen is where it may be."""
    return max((sum(map(_advance, word)) for word in _WORD.findall(text)), default=0.0)


def _printed(line: Line) -> float:
    """How long a cell's words are on one line, in characters of full width."""
    return sum(
        advances(f"[{piece.n}]") * _RAISED if isinstance(piece, Cite) else advances(piece.text)
        for piece in line
    )


def _ragged(text: str) -> float:
    """How much of a line stays free before a word that goes on the next: half of the longest."""
    return max(_word(text) / 2, 0.5)


def advances(text: str) -> float:
    """How wide ``text`` is in characters of full width, letter by letter: closer than ``ems``, and sometimes too little."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else _advance(c) for c in text)


def _advance(character: str) -> float:
    """About how wide a Latin character is, in characters of full width."""
    return 0.3 if character in "fijlrtI.'’/- " else 0.9 if character in "mwMW" else 0.58


def text_of(line: Line) -> str:
    """A line as it is printed."""
    return "".join(f"[{piece.n}]" if isinstance(piece, Cite) else piece.text for piece in line)


def lines(text: str, size: float, width: float) -> int:
    """On about how many lines ``text`` of this size stands in this width, both in points; one at least."""
    return max(1, ceil(ems(text) * size / max(width, size)))


def ems(text: str) -> float:
    """About how wide ``text`` is, in characters of full width."""
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.58 for c in text)
