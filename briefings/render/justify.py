"""Chinese justification for WeasyPrint, which by itself widens nothing but blanks.

A full line is spread between its characters up to the right edge, punctuation that meets is closed up, and the blank
half of a mark that ends a line does not count. Two private functions of WeasyPrint are exchanged while a page of ours is
laid out, and only if they are word for word those this was tested with.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from briefings.render.exchanged import changed, exchanged
from briefings.render.justify_lines import close_up, is_wide, move, pieces_of, place, spread
from briefings.render.justify_marks import Blank, halve, stretches_of

VERSION = "70.0"
SHAPES = {
    "weasyprint.layout.inline.text_align": "e953d41b87ccfc30",
    "weasyprint.layout.inline.get_next_linebox": "67af458c2545e74f",
    "weasyprint.text.line_break.Layout": "681b737d1ba5e004",
    "weasyprint.draw.text.draw_text": "ebaf96239c6ca363",
    "weasyprint.draw.text.draw_first_line": "1bb8eae6d88e71b1",
}
"""The functions exchanged, copied or leant on, with the digests of their sources."""


def unavailable() -> str | None:
    """Why lines cannot be justified with the WeasyPrint at hand, for people; None when they can."""
    import weasyprint

    if weasyprint.__version__ != VERSION:
        return (
            f"两端对齐只在 WeasyPrint {VERSION} 上试过，现在装的是 {weasyprint.__version__}，正文改为左对齐。"
        )
    if others := changed(SHAPES):
        return f"WeasyPrint 的 {'、'.join(others)} 与试过的不同，正文改为左对齐。"
    return None


def justified() -> AbstractContextManager[None]:
    """Chinese lines that are to be justified are, as long as this lasts. To be entered only when nothing is ``unavailable``."""
    from weasyprint.layout import inline
    from weasyprint.text.line_break import Layout

    return exchanged(
        (inline, "text_align", _aligning),
        (Layout, "get_first_line", _moving),
        (Layout, "set_text", _closing_up),
    )


def _aligning(original: Callable[..., float]) -> Callable[..., float]:
    """``text_align`` that takes over the lines with Chinese in them."""
    blanks: dict[object, Blank] = {}

    def text_align(context: Any, line: Any, available_width: float, last: bool) -> float:
        style = line.style
        if style["text_align_all"] != "justify" or style["direction"] != "ltr":
            return original(context, line, available_width, last)
        pieces = list(pieces_of(line))
        if not any(map(is_wide, "".join(p.text for p in pieces))):
            return original(context, line, available_width, last)
        close_up(pieces, blanks, ends=not last)
        if not last:
            room = available_width - line.width - sum(piece.grown for piece in pieces)
            spread(pieces, room)
        moved = {id(piece.box): piece for piece in pieces}
        place(line, moved, 0)
        return 0

    return text_align


def _closing_up(original: Callable[..., None]) -> Callable[..., None]:
    """``set_text`` that closes marks up where they meet, so that a line takes as much as it holds."""

    def set_text(layout: Any, text: str, justify: bool = False) -> None:
        if layout.style["text_align_all"] == "justify":
            stretches = stretches_of(text)
            # A layout is given its text more than once, and keeps what it was told of the one before.
            if stretches or getattr(layout, "halved", False):
                halve(layout, stretches)
            layout.halved = bool(stretches)
        original(layout, text, justify)

    return set_text


def _moving(original: Callable[..., Any]) -> Callable[..., Any]:
    """``get_first_line`` that moves the glyphs of a line that was justified, once for each time it is shaped."""

    def get_first_line(layout: Any) -> Any:
        line, index = original(layout)
        moves = getattr(layout, "moves", None)
        if moves and getattr(layout, "moved", None) is not layout.layout:
            layout.moved = layout.layout
            move(line, moves, layout.style["font_size"])
        return line, index

    return get_first_line
