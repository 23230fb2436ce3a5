"""Chinese marks on paper: which of them give way where they meet, and how much room a typeface leaves beside each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

OPENING = frozenset("（《〈“‘「『【〔［｛")
CLOSING = frozenset("）》〉”’」』】〕］｝，。、；：？！")
UNITS = 1024
"""Pango's units in a pixel."""
_MARKS = "".join(sorted(OPENING | CLOSING))
_MEET = re.compile(f"[{re.escape(_MARKS)}]{{2}}")
_LEAST = 0.12
"""A blank less than this share of an em is left as it is."""


@dataclass(frozen=True, slots=True)
class Blank:
    """The room left and right of a mark's ink that may be taken, in em; ``halt``: its typeface can do so by itself."""

    left: float = 0.0
    right: float = 0.0
    halt: bool = False


def meeting(a: str, b: str) -> int | None:
    """Which of two characters is closed up where they are marks that meet: 0, 1 or None.

    A mark that closes gives its right half, one that opens behind another that opens its left half.
    """
    if a in CLOSING and (b in CLOSING or b in OPENING):
        return 0
    return 1 if a in OPENING and b in OPENING else None


def stretches_of(text: str) -> tuple[tuple[int, int], ...]:
    """Where the marks of ``text`` stand that are closed up, in its UTF-8 bytes."""
    if not _MEET.search(text):
        return ()
    halved = {
        at + which for at in range(len(text) - 1) if (which := meeting(text[at], text[at + 1])) is not None
    }
    starts = [(at, len(text[:at].encode())) for at in sorted(halved)]
    return tuple((start, start + len(text[at].encode())) for at, start in starts)


def measured(character: str, style: Any) -> Blank:
    """What may be taken beside a mark, by the ink it has in the typeface of ``style``."""
    from weasyprint.text.ffi import ffi, pango
    from weasyprint.text.line_break import Layout

    layout = Layout(style)
    layout.set_text(character)
    line, _ = layout.get_first_line()
    ink, logical = ffi.new("PangoRectangle *"), ffi.new("PangoRectangle *")
    pango.pango_layout_line_get_extents(line, ink, logical)
    em = style["font_size"] * UNITS
    left = (ink.x - logical.x) / em
    right = (logical.x + logical.width - ink.x - ink.width) / em
    if logical.width < 0.9 * em:
        return Blank()
    layout = Layout(style)
    halve(layout, [(0, len(character.encode()))])
    layout.set_text(character)
    line, _ = layout.get_first_line()
    pango.pango_layout_line_get_extents(line, ink, logical)
    return Blank(_room(left), _room(right), logical.width < 0.75 * em)


def _room(side: float) -> float:
    return min(0.5, side) if side > _LEAST else 0.0


def halve(layout: Any, stretches: Sequence[tuple[int, int]]) -> None:
    """Have the typeface close up the marks at these stretches of the text that ``layout`` is going to get, if it can.

    The attributes that WeasyPrint gave it are shared by many layouts, so it gets new ones.
    """
    from weasyprint.text.ffi import ffi, pango

    features = _features(layout.style)
    told = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    if features:
        pango.pango_attr_list_insert(told, pango.pango_attr_font_features_new(features))
    for start, end in stretches:
        attribute = pango.pango_attr_font_features_new(b"halt 1")
        attribute.start_index, attribute.end_index = start, end
        pango.pango_attr_list_insert(told, attribute)
    pango.pango_layout_set_attributes(layout.layout, told)


def _features(style: Any) -> bytes:
    """The typeface's features as the style asks for them."""
    from weasyprint.text.fonts import font_features

    asked = font_features(
        style["font_kerning"], style["font_variant_ligatures"], style["font_variant_position"],
        style["font_variant_caps"], style["font_variant_numeric"], style["font_variant_alternates"],
        style["font_variant_east_asian"], style["font_feature_settings"],
    )  # fmt: skip
    return ",".join(f"{name} {value}" for name, value in asked.items()).encode()
