"""Read a PDF back with PDFium: the characters in the order they were drawn, line by line, and what is said aside."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from briefings.audit.units import Unit

MARGIN = 0.09
"""Heads and feet stand in this share of the page's height at its top and bottom."""

_APART = 0.15
"""Figures further apart than this share of an em are two numbers."""


def pdf_units(data: bytes) -> tuple[Unit, ...]:
    """The units of a PDF: a line each, heads and feet apart; then tips of links, alternative texts, properties.

    Raises ``ValueError`` for bytes that are no PDF.
    """
    import pypdfium2  # type: ignore[import-untyped]  # it ships no types

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise ValueError(f"不是可读的 PDF：{error}") from error
    try:
        units = [unit for number in range(len(document)) for unit in _page(document[number], number + 1)]
    finally:
        document.close()
    return (*units, *_said_aside(data))


def _page(page: Any, number: int) -> Iterator[Unit]:
    """The lines of a page: a new one wherever the next character does not stand to the right on the same line."""
    import ctypes

    from pypdfium2 import raw

    text = page.get_textpage()
    height = page.get_height()
    box = raw.FS_RECTF()
    parts: list[str] = []
    middle = end = size = 0.0
    line = 0

    def unit() -> Unit:
        edge = middle < height * MARGIN or middle > height * (1 - MARGIN)
        return Unit("".join(parts), f"第{number}页第{line}行", "margin" if edge else "flow", number)

    for at in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, at)
        if raw.FPDFText_IsGenerated(text, at) or code in (0x0A, 0x0D):
            continue
        # The loose box is as wide as the character's advance: a full-width 1 has no gap beside it.
        raw.FPDFText_GetLooseCharBox(text, at, ctypes.byref(box))
        character = chr(code) if code else "\ufffd"
        em = raw.FPDFText_GetFontSize(text, at) or 1.0
        here = (box.bottom + box.top) / 2
        if parts and (
            abs(here - middle) > max(size, em) * 0.9
            or box.left < end - max(size, em) * 2.5
            or box.left > end + max(size, em) * 4
        ):
            if "".join(parts).strip():
                line += 1
                yield unit()
            parts.clear()
        elif parts and abs(box.left - end) > em * _APART and character.isdecimal() and parts[-1].isdecimal():
            # Two cells of a row, two lines that stand close, or words a justified line has drawn apart.
            parts.append(" ")
        if not character.isspace():
            middle, end, size = here, box.right, em
        parts.append(character)
    if "".join(parts).strip():
        line += 1
        yield unit()
    text.close()
    page.close()


def _said_aside(data: bytes) -> Iterator[Unit]:
    import pikepdf

    with pikepdf.open(BytesIO(data)) as pdf:
        for key in ("/Title", "/Subject", "/Author", "/Keywords"):
            if key in pdf.docinfo:
                yield Unit(str(pdf.docinfo[key]), f"属性 {key[1:]}", "side")
        for number, page in enumerate(pdf.pages, 1):
            for annotation in page.get("/Annots", pikepdf.Array()):
                if "/Contents" in annotation:
                    yield Unit(str(annotation["/Contents"]), f"第{number}页 链接提示", "side", number)
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and "/S" in item:
                for key in ("/Alt", "/ActualText", "/E"):
                    if key in item:
                        yield Unit(str(item[key]), f"替代文字 {key[1:]}", "side")
        if "/Outlines" in pdf.Root:
            with pdf.open_outline() as outline:
                yield from _bookmarks(list(outline.root))


def _bookmarks(items: list[Any]) -> Iterator[Unit]:
    for item in items:
        yield Unit(str(item.title), "书签", "side")
        yield from _bookmarks(list(item.children))
