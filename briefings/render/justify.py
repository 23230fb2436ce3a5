"""Chinese justification for WeasyPrint, which by itself widens nothing but blanks.

A full line is spread between its characters up to the right edge, punctuation that meets is closed up, and the blank
half of a mark that ends a line does not count. Two private functions of WeasyPrint are exchanged while a page of ours is
laid out, and only if they are word for word those this was tested with.
"""

import hashlib
import inspect
import re
import threading
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from typing import Any

VERSION = "70.0"
SHAPES = {
    "weasyprint.layout.inline.text_align": "e953d41b87ccfc30",
    "weasyprint.layout.inline.get_next_linebox": "67af458c2545e74f",
    "weasyprint.text.line_break.Layout": "681b737d1ba5e004",
    "weasyprint.draw.text.draw_text": "ebaf96239c6ca363",
    "weasyprint.draw.text.draw_first_line": "1bb8eae6d88e71b1",
}
"""The functions exchanged, copied or leant on, with the digests of their sources."""

OPENING = frozenset("（《〈“‘「『【〔［｛")
CLOSING = frozenset("）》〉”’」』】〕］｝，。、；：？！")
JOINED = frozenset("—…")
"""Signs that are one stroke of two characters: —— and ……."""
_WIDE = frozenset("“”‘’—…·▲▼■□●○◆◇★☆→←↑↓")
_UNITS = 1024
_MARKS = "".join(sorted(OPENING | CLOSING))
_MEET = re.compile(f"[{re.escape(_MARKS)}]{{2}}")
_PAUSES = CLOSING | frozenset(" \u00a0,;:!?)")
_APART = 0.09
"""Characters further apart than this share of an em are taken for words by programs that read the PDF."""
_PAUSE = 0.6
"""The most that a pause takes on top, in em."""
_MOST = 0.2
"""The most that characters are set apart, in em, where a line has too few pauses."""
_LEAST = 0.12
"""A blank less than this share of an em is left as it is."""

_ONE_AT_A_TIME = threading.RLock()


@dataclass(frozen=True, slots=True)
class _Blank:
    """The room left and right of a mark's ink that may be taken, in em; ``halt``: its typeface can do so by itself."""

    left: float = 0.0
    right: float = 0.0
    halt: bool = False



@dataclass(slots=True)
class _Piece:
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


def unavailable() -> str | None:
    """Why lines cannot be justified with the WeasyPrint at hand, for people; None when they can."""
    import weasyprint

    if weasyprint.__version__ != VERSION:
        return f"两端对齐只在 WeasyPrint {VERSION} 上试过，现在装的是 {weasyprint.__version__}，正文改为左对齐。"
    changed = [name for name, digest in SHAPES.items() if shape(name) != digest]
    if changed:
        return f"WeasyPrint 的 {'、'.join(changed)} 与试过的不同，正文改为左对齐。"
    return None


@cache
def shape(name: str) -> str:
    """The digest of the source of ``name`` in WeasyPrint, "" where there is none."""
    from importlib import import_module

    module, _, attribute = name.rpartition(".")
    try:
        source = inspect.getsource(getattr(import_module(module), attribute))
    except (ImportError, AttributeError, OSError, TypeError):
        return ""
    return hashlib.sha256(source.encode()).hexdigest()[:16]


@contextmanager
def justified() -> Iterator[None]:
    """Chinese lines that are to be justified are, as long as this lasts; then WeasyPrint is as it was.

    To be entered only when nothing is ``unavailable``. One thread at a time: WeasyPrint's functions are everyone's.
    """
    from weasyprint.layout import inline
    from weasyprint.text import line_break

    with _ONE_AT_A_TIME:
        layout = line_break.Layout
        align, first, told = inline.text_align, layout.get_first_line, layout.set_text
        inline.text_align = _aligning(align)
        layout.get_first_line = _moving(first)
        layout.set_text = _closing_up(told)
        try:
            yield
        finally:
            inline.text_align = align
            layout.get_first_line = first
            layout.set_text = told


def _aligning(original: Callable[..., float]) -> Callable[..., float]:
    """``text_align`` that takes over the lines with Chinese in them."""
    blanks: dict[object, _Blank] = {}

    def text_align(context: Any, line: Any, available_width: float, last: bool) -> float:
        style = line.style
        if style["text_align_all"] != "justify" or style["direction"] != "ltr":
            return original(context, line, available_width, last)
        pieces = list(_pieces(line))
        if not any(map(_is_wide, "".join(p.text for p in pieces))):
            return original(context, line, available_width, last)
        _close_up(pieces, blanks, ends=not last)
        if not last:
            room = available_width - line.width - sum(piece.grown for piece in pieces)
            _spread(pieces, room)
        moved = {id(piece.box): piece for piece in pieces}
        _place(line, moved, 0)
        return 0

    return text_align


def _pieces(box: Any, raised: bool = False) -> Iterator[_Piece]:
    """The text of a line in its order; what is no text but stands in the line is a piece without characters."""
    from weasyprint.formatting_structure import boxes

    if isinstance(box, boxes.TextBox):
        yield _Piece(box, box.text, raised)
    elif isinstance(box, boxes.LineBox | boxes.InlineBox):
        up = raised or box.style["vertical_align"] == "super"
        for child in box.children:
            if child.is_in_normal_flow():
                yield from _pieces(child, up)
    else:
        yield _Piece(box, "", raised)


@cache
def _is_wide(character: str) -> bool:
    return character in _WIDE or unicodedata.east_asian_width(character) in "WF"


def _meeting(a: str, b: str) -> int | None:
    """Which of two characters is closed up where they are marks that meet: 0, 1 or None.

    A mark that closes gives its right half, one that opens behind another that opens its left half.
    """
    if a in CLOSING and (b in CLOSING or b in OPENING):
        return 0
    return 1 if a in OPENING and b in OPENING else None


def _close_up(pieces: Sequence[_Piece], blanks: dict[object, _Blank], ends: bool) -> None:
    """Take away half of the blank between marks that meet, and what stands right of a mark that ends the line."""
    places = [(piece, at) for piece in pieces for at in range(len(piece.text))]
    for first, second in pairwise(places):
        which = _meeting(first[0].text[first[1]], second[0].text[second[1]])
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


def _take(piece: _Piece, at: int, left: bool, within: bool, blanks: dict[object, _Blank]) -> bool:
    """Take the blank on one side of a mark; whether there was one."""
    blank = _blank(piece, at, blanks)
    if within and blank.halt:
        return True
    if left and piece.text[at] in OPENING:
        piece.left[at] = blank.left * _size(piece)
    elif not left:
        piece.after[at] = -blank.right * _size(piece)
    return bool(piece.left[at] or piece.after[at])


def _size(piece: _Piece) -> float:
    return float(piece.box.style["font_size"])


def _blank(piece: _Piece, at: int, blanks: dict[object, _Blank]) -> _Blank:
    """What may be taken on both sides of a mark, by the ink it has in its own typeface."""
    style = piece.box.style
    character = piece.text[at]
    key = (character, style["font_family"], style["font_weight"], style["lang"], str(style["font_feature_settings"]))
    if key not in blanks:
        blanks[key] = _measured(character, style)
    return blanks[key]


def _measured(character: str, style: Any) -> _Blank:
    from weasyprint.text.ffi import ffi, pango
    from weasyprint.text.line_break import Layout

    layout = Layout(style)
    layout.set_text(character)
    line, _ = layout.get_first_line()
    ink, logical = ffi.new("PangoRectangle *"), ffi.new("PangoRectangle *")
    pango.pango_layout_line_get_extents(line, ink, logical)
    em = style["font_size"] * _UNITS
    left = (ink.x - logical.x) / em
    right = (logical.x + logical.width - ink.x - ink.width) / em
    if logical.width < 0.9 * em:
        return _Blank()
    layout = Layout(style)
    _halve(layout, [(0, len(character.encode()))])
    layout.set_text(character)
    line, _ = layout.get_first_line()
    pango.pango_layout_line_get_extents(line, ink, logical)
    room = [min(0.5, side) if side > _LEAST else 0.0 for side in (left, right)]
    return _Blank(*room, halt=logical.width < 0.75 * em)


def _closing_up(original: Callable[..., None]) -> Callable[..., None]:
    """``set_text`` that closes marks up where they meet, so that a line takes as much as it holds."""

    def set_text(layout: Any, text: str, justify: bool = False) -> None:
        if layout.style["text_align_all"] == "justify":
            stretches = _stretches(text) if _MEET.search(text) else ()
            # A layout is given its text more than once, and keeps what it was told of the one before.
            if stretches or getattr(layout, "halved", False):
                _halve(layout, stretches)
            layout.halved = bool(stretches)
        original(layout, text, justify)

    return set_text


def _stretches(text: str) -> tuple[tuple[int, int], ...]:
    """Where the marks of ``text`` stand that are closed up, in its UTF-8 bytes."""
    halved = {at + which for at in range(len(text) - 1) if (which := _meeting(text[at], text[at + 1])) is not None}
    starts = [(at, len(text[:at].encode())) for at in sorted(halved)]
    return tuple((start, start + len(text[at].encode())) for at, start in starts)


def _halve(layout: Any, stretches: Sequence[tuple[int, int]]) -> None:
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


def _spread(pieces: Sequence[_Piece], room: float) -> None:
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


def _sizes(gaps: Sequence[tuple[_Piece, int]]) -> float:
    return sum(_size(piece) for piece, _ in gaps)


def _gaps(pieces: Sequence[_Piece]) -> Iterator[tuple[_Piece, int]]:
    """The characters behind which a line may give: blanks, and Chinese characters that no mark is bound to."""
    places = [(piece, at) for piece in pieces for at in range(max(len(piece.text), 1))]
    for (piece, at), (other, to) in pairwise(places):
        if not piece.text:
            continue
        a, b = piece.text[at], other.text[to] if other.text else ""
        if a in " \u00a0":
            yield piece, at
        elif b == "" or b in " \u00a0" or a in OPENING or b in CLOSING or (a == b and a in JOINED):
            continue
        elif other.raised and not piece.raised:
            continue
        elif _is_wide(a) or _is_wide(b):
            yield piece, at


def _place(box: Any, moved: dict[int, _Piece], shift: float) -> float:
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
                shift = _place(child, moved, shift)
        box.width += shift - before
    else:
        box.translate(shift, 0)
    return shift


def _moves(piece: _Piece) -> dict[int, tuple[float, float]]:
    """What is taken left and added right of each character, by its place in the UTF-8 text."""
    found, place = {}, 0
    for at, character in enumerate(piece.text):
        if piece.left[at] or piece.after[at]:
            found[place] = (piece.left[at], piece.after[at])
        place += len(character.encode())
    return found


def _moving(original: Callable[..., Any]) -> Callable[..., Any]:
    """``get_first_line`` that moves the glyphs of a line that was justified, once for each time it is shaped."""

    def get_first_line(layout: Any) -> Any:
        line, index = original(layout)
        moves = getattr(layout, "moves", None)
        if moves and getattr(layout, "moved", None) is not layout.layout:
            layout.moved = layout.layout
            _move(line, moves, layout.style["font_size"])
        return line, index

    return get_first_line


def _move(line: Any, moves: dict[int, tuple[float, float]], size: float) -> None:
    """Set the advances of glyphs. WeasyPrint writes whole thousandths of an em, so what is cut off one is given to the next."""
    from math import ceil

    from weasyprint.text.ffi import ffi

    thousandth = size * _UNITS / 1000
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
            owed += (after - left) * _UNITS
            whole = round(owed / thousandth)
            owed -= whole * thousandth
            geometry.width += ceil(whole * thousandth)
            if left:
                # The offset is read as thousandths of an em.
                geometry.x_offset -= round(left * 1000)
