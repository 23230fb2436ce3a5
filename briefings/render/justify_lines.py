"""A line of Chinese laid out by WeasyPrint: where it may give, how it is filled, and its glyphs moved accordingly."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from math import ceil
from typing import Any

from briefings.render.justify_marks import CLOSING, OPENING, UNITS, Blank, measured, meeting

_JOINED = frozenset("—…")
"""Signs that are one stroke of two characters: —— and ……."""
_WIDE = frozenset("“”‘’—…·▲▼■□●○◆◇★☆→←↑↓")
_PAUSES = CLOSING | frozenset(" \u00a0,;:!?)")
_APART = 0.098
"""Characters further apart than this share of an em are taken for words by programs that read the PDF."""
_PAUSE = 0.5
"""The most that a pause takes on top, in em: more looks like a gap in the sentence."""
_MOST = 0.3
"""The most that characters are set apart, in em, where a line has too few pauses."""


@dataclass(slots=True)
class Piece:
    """A stretch of text on a line: its box, and what becomes of each of its characters in pixels.

    ``left`` is taken away before a character's ink, ``after`` is added behind it.
    """

    box: Any
    text: str
    raised: bool
    left: list[float] = field(default_factory=list)
    after: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.left = [0.0] * len(self.text)
        self.after = [0.0] * len(self.text)

    @property
    def grown(self) -> float:
        """By how much it becomes wider."""
        return sum(self.after) - sum(self.left)


def pieces_of(box: Any, raised: bool = False) -> Iterator[Piece]:
    """The text of a line in its order; what is no text but stands in the line is a piece without characters."""
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.TextBox):
        yield Piece(box, box.text, raised)
    elif isinstance(box, boxes.LineBox | boxes.InlineBox):
        up = raised or box.style["vertical_align"] == "super"
        for child in box.children:
            if child.is_in_normal_flow():
                yield from pieces_of(child, up)
    else:
        yield Piece(box, "", raised)


@cache
def is_wide(character: str) -> bool:
    """Whether a character is set as Chinese is."""
    return character in _WIDE or unicodedata.east_asian_width(character) in "WF"


def close_up(pieces: Sequence[Piece], blanks: dict[object, Blank], ends: bool) -> None:
    """Take away half of the blank between marks that meet, and what stands right of a mark that ends the line."""
    places = [(piece, at) for piece in pieces for at in range(len(piece.text))]
    for first, second in pairwise(places):
        which = meeting(first[0].text[first[1]], second[0].text[second[1]])
        if which is None:
            continue
        within = first[0] is second[0]
        # Typefaces that can close a mark up have done so, but not for a mark in another box.
        if not (_take(*(first, second)[which], which == 1, within, blanks) or within) and which == 0:
            _take(*second, True, False, blanks)
    if ends and places:
        piece, at = places[-1]
        if piece.text[at] in CLOSING:
            _take(piece, at, False, False, blanks)


def _take(piece: Piece, at: int, left: bool, within: bool, blanks: dict[object, Blank]) -> bool:
    """Take the blank on one side of a mark; whether there was one."""
    blank = _blank(piece, at, blanks)
    if within and blank.halt:
        return True
    if left and piece.text[at] in OPENING:
        piece.left[at] = blank.left * _size(piece)
    elif not left:
        piece.after[at] = -blank.right * _size(piece)
    return bool(piece.left[at] or piece.after[at])


def _size(piece: Piece) -> float:
    return float(piece.box.style["font_size"])


def _blank(piece: Piece, at: int, blanks: dict[object, Blank]) -> Blank:
    """What may be taken on both sides of a mark, by the ink it has in its own typeface."""
    style = piece.box.style
    character = piece.text[at]
    key = (
        character,
        style["font_family"],
        style["font_weight"],
        style["lang"],
        str(style["font_feature_settings"]),
    )
    if key not in blanks:
        blanks[key] = measured(character, style)
    return blanks[key]


def spread(pieces: Sequence[Piece], room: float) -> None:
    """Share ``room`` out evenly among the gaps of a line, so far as that does not part the characters of a word.

    What is left goes to the pauses, then to all gaps again up to a measure. A line that would need more stays as it is.
    """
    gaps = list(_gaps(pieces))
    pauses = [(piece, at) for piece, at in gaps if piece.text[at] in _PAUSES]
    full, long = _sizes(gaps), _sizes(pauses)
    if not 0 < room <= full * _MOST + long * _PAUSE:
        return
    even = min(room / full, _APART)
    pause = min((room - even * full) / long, _PAUSE) if long else 0.0
    even += max(room - even * full - pause * long, 0.0) / full
    for each, where in ((even, gaps), (pause, pauses)):
        for piece, at in where:
            piece.after[at] += each * _size(piece)


def _sizes(gaps: Sequence[tuple[Piece, int]]) -> float:
    return sum(_size(piece) for piece, _ in gaps)


def _gaps(pieces: Sequence[Piece]) -> Iterator[tuple[Piece, int]]:
    """The characters behind which a line may give: blanks, and Chinese characters that no mark is bound to."""
    places = [(piece, at) for piece in pieces for at in range(max(len(piece.text), 1))]
    for (piece, at), (other, to) in pairwise(places):
        if not piece.text:
            continue
        a, b = piece.text[at], other.text[to] if other.text else ""
        if a in " \u00a0":
            yield piece, at
        elif (
            b == ""
            or b in " \u00a0"
            or a in OPENING
            or b in CLOSING
            or (a == b and a in _JOINED)
            or (other.raised and not piece.raised)
        ):
            continue
        elif is_wide(a) or is_wide(b):
            yield piece, at


def place(box: Any, moved: dict[int, Piece], shift: float) -> float:
    """Move ``box`` and what is in it by ``shift`` and by what its own text has grown; the shift behind it."""
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.TextBox):
        box.position_x += shift
        piece = moved[id(box)]
        if any(piece.left) or any(piece.after):
            box.pango_layout.moves = _moves(piece)
            box.width += piece.grown
            shift += piece.grown
    elif isinstance(box, boxes.LineBox | boxes.InlineBox):
        box.position_x += shift
        before = shift
        for child in box.children:
            if child.is_in_normal_flow():
                shift = place(child, moved, shift)
        box.width += shift - before
    else:
        box.translate(shift, 0)
    return shift


def _moves(piece: Piece) -> dict[int, tuple[float, float]]:
    """What is taken left and added right of each character, by its place in the UTF-8 text."""
    found, place = {}, 0
    for at, character in enumerate(piece.text):
        if piece.left[at] or piece.after[at]:
            found[place] = (piece.left[at], piece.after[at])
        place += len(character.encode())
    return found


def move(line: Any, moves: dict[int, tuple[float, float]], size: float) -> None:
    """Set the advances of glyphs. WeasyPrint writes whole thousandths of an em, so what is cut off one is given to the next."""
    from weasyprint.text.ffi import ffi

    thousandth = size * UNITS / 1000
    owed = 0.0
    run = line.runs[0]
    while run != ffi.NULL:
        item = run.data
        run = run.next
        start, clusters = item.item.offset, item.glyphs.log_clusters
        for at in range(item.glyphs.num_glyphs):
            left, after = moves.get(start + clusters[at], (0.0, 0.0))
            if not left and not after:
                continue
            geometry = item.glyphs.glyphs[at].geometry
            owed += (after - left) * UNITS
            whole = round(owed / thousandth)
            owed -= whole * thousandth
            geometry.width += ceil(whole * thousandth)
            if left:
                # The offset is read as thousandths of an em.
                geometry.x_offset -= round(left * 1000)
