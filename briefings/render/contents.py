"""Where the contents stand: beneath the first page if there is room, and what follows them on their page if they are short."""

from collections.abc import Sequence
from dataclasses import dataclass

from briefings.records.briefing import Block
from briefings.render.heights import height
from briefings.render.paper import MODERN, Paper

_OFFICE = 45.0
_ENTRY, _EXHIBIT, _HEADS = 21.0, 15.2, 54.0
_ENTRY_CLOSE, _EXHIBIT_CLOSE, _HEADS_CLOSE = 18.4, 12.8, 70.0
_MOST_RUNNING = 0.55
"""Contents that take more of their page than this have it to themselves."""
_FEW_PAGES = 8
"""A paper of so many pages needs no contents where they are set as office papers are."""


@dataclass(frozen=True, slots=True)
class Place:
    """``beneath``: they stand beneath what is before them, on its page. ``running``: what follows begins on their page.
    ``dense``: they are set close, or would go over their page by some lines."""

    beneath: bool
    running: bool
    dense: bool


def place(first: Sequence[Block], second: Sequence[Block], entries: int, exhibits: int, *, office: bool) -> Place:  # fmt: skip
    """Where ``entries`` headings and ``exhibits`` tables and figures stand, after the ``first`` page and a short ``second`` one."""
    whole = entries * _ENTRY + exhibits * _EXHIBIT + _HEADS
    close = entries * _ENTRY_CLOSE + exhibits * _EXHIBIT_CLOSE + _HEADS_CLOSE
    page = MODERN.page
    if second:
        above = sum(map(height, second))
        return Place(True, above + close <= page * _MOST_RUNNING, above + whole > page)
    if office * _OFFICE + sum(map(height, first)) + close <= MODERN.first:
        return Place(True, False, False)
    return Place(False, whole <= page * _MOST_RUNNING, whole > page)


def needed(blocks: Sequence[Block], paper: Paper) -> bool:
    """Whether the blocks are so many pages that a reader of an office paper would look for its contents."""
    return sum(height(block, paper) for block in blocks) > _FEW_PAGES * paper.page
