"""A page set on a grid of lines: every line stands where it would on ruled paper, whatever its typefaces.

WeasyPrint gives a line the room its fonts ask for, so that a word in another typeface pushes the lines beneath it down;
and a table or a picture ends where it ends. Where a style sheet names a ``--pitch``, all typefaces are taken to stand
equally high on their line, and blocks named in ``WHOLE`` are filled up to whole lines. Three private functions of
WeasyPrint are exchanged while a page of ours is laid out, and only if they are those this was tested with.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cache
from math import ceil
from typing import Any

from briefings.render.exchanged import changed, exchanged

SHAPES = {
    "weasyprint.layout.inline.split_text_box": "8c564329599ef23f",
    "weasyprint.layout.block.block_level_layout": "c1301dde9284e245",
    "weasyprint.text.line_break.strut": "b57885b70dd08efe",
}
"""The functions exchanged, with the digests of their sources."""

WHOLE = frozenset(
    {
        "apart",
        "head",
        "lead",
        "standfirst",
        "tiles",
        "table",
        "chart",
        "quotation",
        "masthead",
        "contents",
        "sources",
    }
)
"""Blocks that take whole lines, by their classes."""
FOOT = "record"
"""The class of the block that stands at the foot of its page."""

_ASCENT = 0.88
"""Where a line of type stands in its em: as Chinese typefaces have it."""
_PIXELS = {"pt": 96 / 72, "mm": 96 / 25.4, "px": 1.0}
_CLOSE = 0.01


def unavailable() -> bool:
    """Whether the WeasyPrint at hand is another than this was tested with; pages then stand on no grid."""
    return bool(changed(SHAPES))


def gridded() -> AbstractContextManager[None]:
    """Pages whose style names a ``--pitch`` stand on its grid as long as this lasts."""
    from weasyprint.layout import block, inline

    return exchanged(
        (block, "block_level_layout", _whole),
        (inline, "strut", _levelled),
        (inline, "split_text_box", lambda original: _equal(original, inline.strut)),
    )


def _levelled(original: Callable[..., tuple[float, float]]) -> Callable[..., tuple[float, float]]:
    """``strut`` that puts the baseline by the size of the type, not by its typeface."""

    def strut(style: Any) -> tuple[float, float]:
        line, baseline = original(style)
        if not line or not _pitch(style):
            return line, baseline
        return line, (line - style["font_size"]) / 2 + _ASCENT * style["font_size"]

    return strut


def _equal(original: Callable[..., Any], strut: Callable[..., tuple[float, float]]) -> Callable[..., Any]:
    """``split_text_box`` whose text is as high as its type's size, whatever the typeface."""

    def split_text_box(context: Any, box: Any, *rest: Any, **options: Any) -> Any:
        result = original(context, box, *rest, **options)
        new = result[0]
        if new is not None and _pitch(new.style):
            size = new.style["font_size"]
            line, _ = strut(new.style)
            new.height = size
            new.margin_top = new.margin_bottom = (line - size) / 2
            new.baseline = new.margin_top + _ASCENT * size
        return result

    return split_text_box


def _whole(original: Callable[..., Any]) -> Callable[..., Any]:
    """``block_level_layout`` that gives a block of ``WHOLE`` whole lines, and puts ``FOOT`` at the foot.

    What is left over goes above and beneath the block, all of it beneath one that comes from the page before.
    """

    def block_level_layout(context: Any, box: Any, bottom_space: float, *rest: Any, **options: Any) -> Any:
        begins = (rest[0] if rest else options.get("skip_stack")) is None
        result = original(context, box, bottom_space, *rest, **options)
        new, resume_at = result[0], result[1]
        names = _names(new) if new is not None and resume_at is None else frozenset()
        if not names:
            return result
        room = context.page_bottom - bottom_space - new.border_box_y() - new.border_height()
        if FOOT in names and room > 0:
            new.translate(0, room)
        elif names & WHOLE and (pitch := _pitch(new.style)):
            height = new.margin_height()
            short = max(min(ceil((height - _CLOSE) / pitch) * pitch - height, room), 0.0)
            above = short / 2 if begins else 0.0
            new.translate(0, above)
            new.margin_bottom += short - above
        return result

    return block_level_layout


def _names(box: Any) -> frozenset[str]:
    """The classes of the element that ``box`` is the principal box of; none for the boxes inside it."""
    element = box.element
    if element is None or box.element_tag != element.tag or box.style["display"][0] == "inline":
        return frozenset()
    return frozenset(element.get("class", "").split())


def _pitch(style: Any) -> float:
    """The distance of the lines that the style names, in pixels; nought where there is no grid."""
    tokens = style["__pitch"] or ()
    return next((_pixels(t.value, t.unit) for t in tokens if getattr(t, "unit", None)), 0.0)


@cache
def _pixels(value: float, unit: str) -> float:
    return value * _PIXELS.get(unit, 0.0)
