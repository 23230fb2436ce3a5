"""The tables of a document as rows of cells: those of its format, and those that plain text lays out in lines."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from briefings.extract.columns import UNIT
from briefings.extract.layout import in_lines
from briefings.extract.lexer import settle
from briefings.extract.words import unit_sorts
from briefings.records.document import Document, Grid, Source, Span

_FIGURE = re.compile(
    r"(?P<word>增长|上升|上涨|下降|减少|回落|第)?(?P<sign>[+\-−－—–▲↑↓]?)\s?"
    r"(?P<value>\d{1,3}(?:[,，]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:[-—–~至](?P<high>\d+(?:\.\d+)?))?\s?"
    rf"(?P<unit>{UNIT.pattern})?(?:[\[(【①-⑩*＊#]\S{{0,3}})?"
)
_NOTHING = re.compile(r"[-—–―…·.*/\\\s]{0,8}|无|持平|\.\.\.|x|X|空")
_YEAR = re.compile(r"(?:19|20)\d\d年?")
_ENDS = re.compile(r"[。；;！!？?，,：:]$")
_CAPTION = re.compile(r"\s*(?:附?表\s*[\d一二三四五六七八九十]|[(（]?\s*单\s*位\s*[:：]|续表)")
_LONGEST = 32
_GAP = re.compile(r"\t+|[ \u3000]{2,}|\s*\|\s*")
_UNIT_ALONE = re.compile(r"[（(][^（）()]{1,10}[)）]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A cell: its words settled and without the blanks around them, its place in the source, whether it is a head."""

    text: str
    span: Span
    header: bool = False
    indent: int = 0


Row = tuple[Piece | None, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """A table as rows of cells of one width; ``captions`` are the lines above it, ``plain`` says it is lines of text."""

    span: Span
    rows: tuple[Row, ...]
    captions: tuple[Piece, ...] = ()
    plain: bool = False


def figure(text: str) -> re.Match[str] | None:
    """``text`` as a number and nothing else but its sign, unit and a note's mark; None where it is more or no number."""
    found = _FIGURE.fullmatch(text)
    return None if found is None or unit_sorts().get(found["unit"] or "") == "duration" else found


def is_nothing(text: str) -> bool:
    """Whether a cell says that there is no number (—, …, nothing at all)."""
    return _NOTHING.fullmatch(text) is not None


def is_number(text: str) -> bool:
    """Whether a cell holds a number to be read: no year."""
    return figure(text) is not None and not _YEAR.fullmatch(text)


def matrices(document: Document, source: Source) -> Iterator[Matrix]:
    """The tables of ``document`` in the order of the text."""
    found = [_of_grid(grid, source) for grid in document.grids]
    taken = [matrix.span for matrix in found]
    found += [m for m in _of_lines(document, source) if not any(_meet(m.span, span) for span in taken)]
    yield from sorted(found, key=lambda m: m.span)


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _piece(source: Source, span: Span, header: bool = False) -> Piece:
    text = source.text[span.start : span.end]
    left = len(text) - len(text.lstrip(" \t\r\u3000\xa0"))
    right = len(text.rstrip(" \t\r\u3000\xa0"))
    place = Span(span.start + left, span.start + max(left, right))
    return Piece(settle(source.text[place.start : place.end]), place, header, left)


def _of_grid(grid: Grid, source: Source) -> Matrix:
    width = max((cell.column for cell in grid.cells), default=-1) + 1
    height = max((cell.row for cell in grid.cells), default=-1) + 1
    rows: list[list[Piece | None]] = [[None] * width for _ in range(height)]
    for cell in grid.cells:
        rows[cell.row][cell.column] = _piece(source, cell.span, cell.header)
    above = source.text.rfind("\n", 0, max(0, grid.span.start - 1)) + 1
    captions = [_piece(source, grid.caption)] if grid.caption else []
    for start in (above, source.text.rfind("\n", 0, max(0, above - 1)) + 1):
        piece = _piece(source, Span(start, max(start, source.text.find("\n", start))))
        if 0 < len(piece.text) <= 60 and not _ENDS.search(piece.text) and piece not in captions:
            captions.append(piece)
        else:
            break
    return Matrix(grid.span, tuple(map(tuple, rows)), tuple(captions))


def _of_lines(document: Document, source: Source) -> Iterator[Matrix]:
    """Tables of plain text: a row a line with wide gaps, or a cell a line."""
    start, end = document.span
    if not in_lines(source.text, start, end):
        return
    run: list[Piece] = []
    at = start
    while at < end:
        stop = source.text.find("\n", at, end)
        stop = end if stop < 0 else stop
        line = _piece(source, Span(at, stop))
        at = stop + 1
        if not line.text:
            continue
        wide = _GAP.search(line.text) is not None
        if len(line.text) <= (120 if wide else _LONGEST) and (wide or not _ENDS.search(line.text)):
            run.append(line)
            continue
        yield from _of_run(run, source)
        run = []
    yield from _of_run(run, source)


def _of_run(run: list[Piece], source: Source) -> Iterator[Matrix]:
    cuts = [0, *(i for i in range(1, len(run)) if _begins(run, i)), len(run)]
    for first, after in pairwise(cuts if run else ()):
        part = run[first:after]
        matrix = _by_gaps(part, source) or _by_cells(part)
        if matrix is not None:
            yield matrix


def _begins(run: list[Piece], at: int) -> bool:
    """Whether a table's caption stands at ``at``, and no caption right before it."""
    return _CAPTION.match(run[at].text) is not None and not any(
        _CAPTION.match(p.text) for p in run[max(0, at - 2) : at]
    )


def _by_gaps(run: list[Piece], source: Source) -> Matrix | None:
    """A row a line, its cells parted by tabs, bars or wide gaps."""
    rows = [_split(line, source) for line in run]
    counts = Counter(len(row) for row in rows if sum(is_number(p.text) for p in row) >= 1 and len(row) >= 2)
    if not counts:
        return None
    width = counts.most_common(1)[0][0]
    first = next(i for i, row in enumerate(rows) if len(row) == width)
    body: list[Row] = []
    for row in rows[first:]:
        if len(row) == width:
            body.append(tuple(row))
        elif len(row) == 1 and not is_number(row[0].text):
            body.append((row[0], *([None] * (width - 1))))
    if sum(1 for row in body if any(p and is_number(p.text) for p in row)) < 2:
        return None
    captions = tuple(p for row in rows[:first] for p in row)[-3:]
    last = max(i for i, row in enumerate(rows) if len(row) == width)
    return Matrix(Span(rows[first][0].span.start, rows[last][-1].span.end), tuple(body), captions, True)


def _split(line: Piece, source: Source) -> list[Piece]:
    pieces, at = [], line.span.start
    raw = source.text[line.span.start : line.span.end]
    for gap in _GAP.finditer(raw):
        if line.span.start + gap.start() > at:
            pieces.append(_piece(source, Span(at, line.span.start + gap.start())))
        at = line.span.start + gap.end()
    if at < line.span.end:
        pieces.append(_piece(source, Span(at, line.span.end)))
    return [p for p in pieces if p.text and not re.fullmatch(r"[-—:|]+", p.text)] or [line]


def _by_cells(run: list[Piece]) -> Matrix | None:
    """A cell a line: the length of a row is that of the usual run of words with the usual run of numbers after it."""
    cells = _whole(run)
    value = [is_number(c.text) or is_nothing(c.text) for c in cells]
    first = next((i for i, number in enumerate(value) if number), len(cells))
    groups: list[tuple[int, int]] = []
    """Of each row: where its numbers begin, and where they end."""
    at = first
    while at < len(cells):
        stop = next((i for i in range(at, len(cells)) if not value[i]), len(cells))
        groups.append((at, stop))
        at = next((i for i in range(stop, len(cells)) if value[i]), len(cells))
    if len(groups) < 2:
        return None
    numbers = Counter(stop - at for at, stop in groups).most_common(1)[0][0]
    words = Counter(at - before for (_, before), (at, _) in pairwise(groups)).most_common(1)[0][0]
    width, head_end = words + numbers, first - words
    regular = [i for i, (at, stop) in enumerate(groups) if stop - at == numbers]
    if words > 3 or head_end < width - 1 or len(regular) < 2 or len(regular) * 3 < len(groups) * 2:
        return None
    begin = max(0, head_end - width)
    heads: list[Piece | None] = list(cells[begin:head_end])
    if len(heads) == width and _CAPTION.match(cells[begin].text):
        heads, begin = heads[1:], begin + 1
    if len(heads) < width:
        heads.insert(0, None)
    rows: list[Row] = [tuple(p and Piece(p.text, p.span, True, p.indent) for p in heads)]
    before, end = head_end, head_end
    for at, stop in groups:
        labels = cells[max(before, at - words) : at]
        for extra in cells[before : at - len(labels)]:
            rows.append((extra, *([None] * (width - 1))))
        if stop - at == numbers and len(labels) == words:
            rows.append((*labels, *cells[at:stop]))
        before = end = stop
    return Matrix(
        Span(cells[begin].span.start, cells[end - 1].span.end),
        tuple(rows),
        tuple(cells[max(0, begin - 3) : begin]),
        True,
    )


def _whole(run: list[Piece]) -> list[Piece]:
    """The lines of ``run`` with a unit that stands alone in its brackets put to the words before it."""
    cells: list[Piece] = []
    for line in run:
        if cells and _UNIT_ALONE.fullmatch(line.text) and not figure(cells[-1].text):
            last = cells.pop()
            cells.append(
                Piece(last.text + line.text, Span(last.span.start, line.span.end), False, last.indent)
            )
        else:
            cells.append(line)
    return cells
