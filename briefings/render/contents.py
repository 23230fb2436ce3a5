"""Where the contents stand: beneath the first page if there is room, and what follows them on their page if they are short."""

from collections.abc import Sequence
from dataclasses import dataclass

from briefings.records.briefing import Block
from briefings.render.heights import height
from briefings.render.paper import Paper

_OFFICE = 45.0
_ENTRY, _EXHIBIT, _HEADS = 21.0, 15.2, 54.0
_ENTRY_CLOSE, _EXHIBIT_CLOSE, _HEADS_CLOSE = 18.4, 12.8, 70.0
_MOST_RUNNING = 0.55
"""Contents that take more of their page than this have it to themselves."""
_DOUBT = 60.0
"""An opening that is estimated to fill its page but for this may go over it; what is left of it has the contents beneath it."""
_FEW_PAGES = 8
"""A paper of so many pages needs no contents where they are set as office papers are."""


@dataclass(frozen=True, slots=True)
class Place:
    """``beneath``: they stand beneath what is before them, on its page. ``running``: what follows begins on their page.
    ``dense``: they are set close, or would go over their page by some lines."""

    beneath: bool
    running: bool
    dense: bool


def place(
    first: Sequence[Block],
    second: Sequence[Block],
    entries: int,
    exhibits: int,
    *,
    office: bool,
    paper: Paper,
) -> Place:
    """Where ``entries`` headings and ``exhibits`` tables and figures stand, after the ``first`` page and a short ``second`` one."""
    whole = entries * _ENTRY + exhibits * _EXHIBIT + _HEADS
    close = entries * _ENTRY_CLOSE + exhibits * _EXHIBIT_CLOSE + _HEADS_CLOSE
    page = paper.page
    if second:
        above = sum(height(block, paper) for block in second)
        return Place(True, above + close <= page * _MOST_RUNNING, above + whole > page)
    opening = office * _OFFICE + sum(height(block, paper) for block in first)
    if opening + close <= paper.first:
        return Place(True, False, False)
    over = max(opening - paper.first, 0.0)
    if opening > paper.first - _DOUBT and over + close <= page:
        return Place(True, over + close <= page * _MOST_RUNNING, over + whole > page)
    return Place(False, whole <= page * _MOST_RUNNING, whole > page)


def needed(blocks: Sequence[Block], paper: Paper) -> bool:
    """Whether the blocks are so many pages that a reader of an office paper would look for its contents."""
    return sum(height(block, paper) for block in blocks) > _FEW_PAGES * paper.page
