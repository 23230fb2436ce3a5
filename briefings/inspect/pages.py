"""What a PDF shows: its characters in the order they were drawn, the lines they stand in, the areas that are filled."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Colour = tuple[int, int, int]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points from the page's upper left corner."""


@dataclass(frozen=True, slots=True)
class Char:
    """A character: ``box`` is as wide as its advance, ``ink`` what is drawn, ``y`` the base line, ``size`` in points."""

    text: str
    box: Box
    ink: Box
    y: float
    size: float
    font: str
    mark: int
    colour: Colour


@dataclass(frozen=True, slots=True)
class Line:
    """Characters drawn one after another on one base line; ``number`` counts from 1 on each ``page``."""

    page: int
    number: int
    chars: tuple[Char, ...]

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(c.text for c in self.chars)

    @property
    def body(self) -> tuple[Char, ...]:
        """Its characters without the blanks."""
        return tuple(c for c in self.chars if not c.text.isspace())

    @property
    def left(self) -> float:
        """Where its first character begins."""
        return min(c.box[0] for c in self.body)

    @property
    def right(self) -> float:
        """Where its last character ends."""
        return max(c.box[2] for c in self.body)

    @property
    def y(self) -> float:
        """Its base line: that of its largest characters."""
        return max(self.body, key=lambda c: c.size).y

    @property
    def size(self) -> float:
        """The size of its largest character."""
        return max(c.size for c in self.body)

    @property
    def where(self) -> str:
        """Its place for people."""
        return f"page {self.page}, line {self.number}"


@dataclass(frozen=True, slots=True)
class Area:
    """An area filled with one colour, part of the marked content ``mark`` (-1 for none)."""

    box: Box
    colour: Colour
    mark: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page in points, with its lines in the order drawn and the areas filled on it."""

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    areas: tuple[Area, ...]


def pages(data: bytes) -> tuple[Page, ...]:
    """The pages of a PDF. Raises ``ValueError`` for bytes that are no PDF."""
    import pypdfium2  # type: ignore[import-untyped]  # it ships no types

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise ValueError(f"not a readable PDF: {error}") from error
    try:
        return tuple(_page(document[at], at + 1) for at in range(len(document)))
    finally:
        document.close()


def _page(page: Any, number: int) -> Page:
    width, height = page.get_size()
    characters = tuple(_characters(page, height))
    lines = tuple(Line(number, at, chars) for at, chars in enumerate(_lines(characters), 1))
    areas = tuple(_areas(page, height))
    page.close()
    return Page(number, width, height, lines, areas)


def _characters(page: Any, height: float) -> Iterator[Char]:
    import ctypes

    from pypdfium2 import raw

    text = page.get_textpage()
    loose = raw.FS_RECTF()
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    known: dict[int, tuple[str, int, Colour]] = {}
    for at in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, at)
        if raw.FPDFText_IsGenerated(text, at) or code in (0x0A, 0x0D):
            continue
        drawn = raw.FPDFText_GetTextObject(text, at)
        key = ctypes.cast(drawn, ctypes.c_void_p).value or 0
        if key not in known:
            known[key] = _style(drawn)
        font, mark, colour = known[key]
        raw.FPDFText_GetLooseCharBox(text, at, ctypes.byref(loose))
        raw.FPDFText_GetCharBox(
            text, at, ctypes.byref(left), ctypes.byref(right), ctypes.byref(bottom), ctypes.byref(top)
        )
        raw.FPDFText_GetCharOrigin(text, at, ctypes.byref(x), ctypes.byref(y))
        unknown = not code or raw.FPDFText_HasUnicodeMapError(text, at) == 1
        yield Char(
            "\ufffd" if unknown else chr(code),
            (loose.left, height - loose.top, loose.right, height - loose.bottom),
            (left.value, height - top.value, right.value, height - bottom.value),
            height - y.value,
            _size(text, at),
            font,
            mark,
            colour,
        )
    text.close()


def _size(text: Any, at: int) -> float:
    """The size as it is drawn: the font's, times the scale of the matrix it is drawn with."""
    import ctypes

    from pypdfium2 import raw

    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(text, at, ctypes.byref(matrix))
    size = float(raw.FPDFText_GetFontSize(text, at)) or 1.0
    scale = float((matrix.c**2 + matrix.d**2) ** 0.5)
    return size * scale if scale else size


def _style(drawn: Any) -> tuple[str, int, Colour]:
    import ctypes

    from pypdfium2 import raw

    if not drawn:
        return "", -1, (0, 0, 0)
    name = ctypes.create_string_buffer(256)
    font = raw.FPDFTextObj_GetFont(drawn)
    if font:
        raw.FPDFFont_GetBaseFontName(font, name, 256)
    family = re.sub(r"^[A-Z]{6}\+", "", name.value.decode("utf-8", "replace"))
    return family, int(raw.FPDFPageObj_GetMarkedContentID(drawn)), _colour(drawn) or (0, 0, 0)


def _colour(drawn: Any) -> Colour | None:
    import ctypes

    from pypdfium2 import raw

    parts = [ctypes.c_uint() for _ in range(4)]
    if not raw.FPDFPageObj_GetFillColor(drawn, *(ctypes.byref(part) for part in parts)):
        return None
    red, green, blue, alpha = (part.value for part in parts)
    return (red, green, blue) if alpha else None


def _lines(characters: tuple[Char, ...]) -> Iterator[tuple[Char, ...]]:
    """A new line wherever the next character does not stand to the right on the same base line, or a cell away."""
    held: list[Char] = []
    last: Char | None = None
    for char in characters:
        if last is not None and held:
            em = max(last.size, char.size)
            apart = char.box[0] - last.box[2]
            below = abs(char.y - last.y) > em * 0.6
            # Two characters of one ligature (——, fi) have one and the same box.
            if char.box != last.box and (below or apart < -em * 1.5 or apart > em * 2.5):
                if any(not c.text.isspace() for c in held):
                    yield tuple(held)
                held = []
        held.append(char)
        if not char.text.isspace():
            last = char
    if any(not c.text.isspace() for c in held):
        yield tuple(held)


def _areas(page: Any, height: float) -> Iterator[Area]:
    from pypdfium2 import raw

    count = raw.FPDFPage_CountObjects(page)
    yield from _filled((raw.FPDFPage_GetObject(page, at) for at in range(count)), height, -1, 0)


def _filled(found: Iterator[Any], height: float, outer: int, depth: int) -> Iterator[Area]:
    import ctypes

    from pypdfium2 import raw

    for drawn in found:
        kind = raw.FPDFPageObj_GetType(drawn)
        mark = max(int(raw.FPDFPageObj_GetMarkedContentID(drawn)), outer)
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < 8:
            inner = (
                raw.FPDFFormObj_GetObject(drawn, at) for at in range(raw.FPDFFormObj_CountObjects(drawn))
            )
            yield from _filled(inner, height, mark, depth + 1)
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            mode, stroke = ctypes.c_int(), ctypes.c_int()
            raw.FPDFPath_GetDrawMode(drawn, ctypes.byref(mode), ctypes.byref(stroke))
            colour = _colour(drawn) if mode.value else None
            if colour is None:
                continue
            edges = [ctypes.c_float() for _ in range(4)]
            raw.FPDFPageObj_GetBounds(drawn, *(ctypes.byref(edge) for edge in edges))
            left, bottom, right, top = (edge.value for edge in edges)
            whole = (left, height - top, right, height - bottom)
            box = _clipped(drawn, whole, height) if depth == 0 else whole
            if box[0] < box[2] and box[1] < box[3]:
                yield Area(box, colour, mark)


def _clipped(drawn: Any, box: Box, height: float) -> Box:
    """``box`` less what the paths that clip a drawing leave out, by their bounds: a border is a clipped area."""
    import ctypes

    from pypdfium2 import raw

    clip = raw.FPDFPageObj_GetClipPath(drawn)
    x, y = ctypes.c_float(), ctypes.c_float()
    for path in range(max(raw.FPDFClipPath_CountPaths(clip), 0)):
        points = []
        for at in range(raw.FPDFClipPath_CountPathSegments(clip, path)):
            raw.FPDFPathSegment_GetPoint(
                raw.FPDFClipPath_GetPathSegment(clip, path, at), ctypes.byref(x), ctypes.byref(y)
            )
            points.append((x.value, height - y.value))
        if points:
            across, down = zip(*points, strict=True)
            box = (
                max(box[0], min(across)),
                max(box[1], min(down)),
                min(box[2], max(across)),
                min(box[3], max(down)),
            )
    return box
