"""How blocks lie on the pages: nothing stranded, rows whole, nothing on top of another (checks 27 to 29)."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from briefings.inspect.pages import Char, Line, Page
from briefings.inspect.portable import Portable
from briefings.inspect.structure import Element
from briefings.inspect.verdicts import counted, judged, not_applicable
from briefings.records.inspection import Result, Spot

COVERED = 0.3
"""Two characters overlap where so much of the smaller one's ink area is covered by the other's."""
SLANTED = 0.6
"""Slanted letters of one line reach into each other's area."""
JOINED = "—…―"
"""Two of these touch each other to be one mark."""
LEADER = re.compile(r"(?:[.·．]\s?){4}|…{3}")
"""What joins an entry of the contents to its page."""
_CELL = 24.0


def layout(file: Portable) -> tuple[Result, ...]:
    """Checks 27 to 29."""
    overlaps = judged(
        29, _placed(file), f"{sum(len(line.body) for p in file.pages for line in p.lines)} characters"
    )
    if not file.paragraphs:
        why = "the file has no structure tree"
        return not_applicable(27, why), not_applicable(28, why), overlaps
    headings = sum(1 for element, _ in file.paragraphs if _is_heading(element))
    stranded = judged(
        27, _stranded(file), f"{counted(headings, 'heading')}, {counted(len(file.pages), 'page')}"
    )
    return stranded, _rows(file), overlaps


def _is_heading(element: Element) -> bool:
    return re.fullmatch(r"H[1-6]", element.tag) is not None


def _stranded(file: Portable) -> Iterator[Spot]:
    figures = {element.page for element in file.tree.elements if element.tag == "Figure"}
    on = _by_page(file)
    for page, blocks in sorted(on.items()):
        element, found = blocks[-1]
        after = on.get(page + 1, [])
        if not after:
            continue
        if _is_heading(element) and not (page in figures and _drawn_below(file, found[-1])):
            yield Spot(found[-1].where, f"a heading at the foot: {found[-1].text[:36]}")
        elif _goes_on(element, found, after[0]):
            for piece, rows in ((found, _count(found)), (after[0][1], _count(after[0][1]))):
                if rows == 1:
                    yield Spot(piece[0].where, f"a single line: {piece[0].text[:36]}")


def _by_page(file: Portable) -> dict[int, list[tuple[Element, tuple[Line, ...]]]]:
    """The blocks of each page from top to bottom as they are read; one that runs over is on both of its pages."""
    on: dict[int, list[tuple[Element, tuple[Line, ...]]]] = defaultdict(list)
    for element, found in file.paragraphs:
        for page in sorted({line.page for line in found}):
            on[page].append((element, tuple(line for line in found if line.page == page)))
    return on


def _goes_on(element: Element, found: tuple[Line, ...], after: tuple[Element, tuple[Line, ...]]) -> bool:
    """Whether the last block of a page goes on as the first of the next: it is the same, or stops within a sentence."""
    other, lines = after
    if element.at == other.at:
        return element.tag not in ("TD", "TH")
    same = (
        element.tag == other.tag
        and element.tag in ("P", "LBody")
        and abs(found[-1].size - lines[0].size) < 0.5
    )
    # The number of an item is drawn beside its words, and may come after them.
    last = max(found, key=lambda line: (round(line.y), line.right)).text
    return same and not LEADER.search(last) and not re.search(r"[。！？：；.!?:;…\]）)”]\s*$", last)


def _count(found: tuple[Line, ...]) -> int:
    """How many lines stand below each other, those side by side counted once."""
    known: list[float] = []
    for line in found:
        if not any(abs(line.y - y) < line.size * 0.6 for y in known):
            known.append(line.y)
    return len(known)


def _drawn_below(file: Portable, line: Line) -> bool:
    """Whether a figure's drawing stands under a line."""
    return any(
        area.box[1] > line.y and file.tree.within(line.page, area.mark, "Figure")
        for area in file.pages[line.page - 1].areas
    )


@dataclass
class _Table:
    """A table, or the part of one on a page: the words of its head, and of each row's cells by their element."""

    head: list[str]
    rows: dict[int, list[Line]]
    bare: set[int]


def _rows(file: Portable) -> Result:
    """Rows that run over, and parts of tables on a further page without the head of the part before."""
    tables = _tables(file)
    if not tables:
        return not_applicable(28, "the file has no table")
    spots: list[Spot] = []
    parts = 0
    ends: dict[int, _Table] = {}
    on = _by_page(file)
    for at, table in tables.items():
        pages = sorted({line.page for found in table.rows.values() for line in found})
        if not pages:
            continue
        for row, found in table.rows.items():
            own = sorted({line.page for line in found})
            if len(own) > 1:
                spots.append(
                    Spot(f"page {own[0]}", f"a row runs over to page {own[-1]}: {found[0].text[:30]}")
                )
            elif row in table.bare and row == next(iter(table.rows)) and pages[0] - 1 in ends:
                spots.append(
                    Spot(f"page {own[0]}", f"a row without its first cell at the top: {found[0].text[:30]}")
                )
        before = ends.get(pages[0] - 1) if _first(file, on, pages[0], at) else None
        if before is not None:
            parts += 1
            if before.head and not table.head:
                spots.append(
                    Spot(f"page {pages[0]}", f"the head is not repeated: {' '.join(before.head)[:30]}")
                )
        for page in pages[1:]:
            parts += 1
            shown = {_squeezed(line.text) for line in file.pages[page - 1].lines}
            if not set(table.head) <= shown:
                spots.append(Spot(f"page {page}", f"the head is not repeated: {' '.join(table.head)[:30]}"))
        last = on[pages[-1]][-1][0]
        if any(e.at == at for e in file.tree.up(last.at)):
            ends[pages[-1]] = table
    rows = counted(sum(len(table.rows) for table in tables.values()), "row")
    return judged(28, spots, f"{counted(len(tables), 'table')}, {rows}, {parts} continued on a further page")


def _first(
    file: Portable, on: dict[int, list[tuple[Element, tuple[Line, ...]]]], page: int, table: int
) -> bool:
    return any(e.at == table for e in file.tree.up(on[page][0][0].at))


def _tables(file: Portable) -> dict[int, _Table]:
    found: dict[int, _Table] = {}
    lines_of = {element.at: lines for element, lines in file.paragraphs}
    for element in file.tree.elements:
        if element.tag not in ("TH", "TD", "P", "LBody", "Lbl"):
            continue
        above = list(file.tree.up(element.at))
        table = next((e for e in above if e.tag == "Table"), None)
        row = next((e for e in above if e.tag == "TR"), None)
        if table is None or row is None:
            continue
        known = found.setdefault(table.at, _Table([], {}, set()))
        lines = list(lines_of.get(element.at, ()))
        if any(e.tag == "THead" for e in above):
            known.head += [_squeezed(line.text) for line in lines]
            continue
        if row.at not in known.rows and element.tag == "TH" and not element.kids and not element.marks:
            known.bare.add(row.at)
        known.rows.setdefault(row.at, []).extend(lines)
    return found


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def _placed(file: Portable) -> Iterator[Spot]:
    for page in file.pages:
        for line in page.lines:
            out = [c for c in line.body if not _on(page, c)]
            if out:
                yield Spot(line.where, f"outside the page: {''.join(c.text for c in out)[:30]}")
        yield from _overlapping(page)


def _on(page: Page, char: Char) -> bool:
    left, top, right, bottom = char.ink
    return left >= -0.5 and top >= -0.5 and right <= page.width + 0.5 and bottom <= page.height + 0.5


def _overlapping(page: Page) -> Iterator[Spot]:
    """Pairs of characters of which one covers the other, found by a grid over the page; one for a pair of lines."""
    grid: dict[tuple[int, int], list[tuple[Line, Char]]] = defaultdict(list)
    told: set[tuple[int, int]] = set()
    for line in page.lines:
        for char in line.body:
            cells = {
                (int(x // _CELL), int(y // _CELL))
                for x in (char.ink[0], char.ink[2])
                for y in (char.ink[1], char.ink[3])
            }
            for other_line, other in {id(o): (ol, o) for cell in cells for ol, o in grid[cell]}.values():
                pair = (other_line.number, line.number)
                if (
                    pair not in told
                    and not (other_line is line and _joined(char, other))
                    and _covers(char, other, SLANTED if other_line is line else COVERED)
                ):
                    told.add(pair)
                    yield Spot(line.where, f"“{char.text}” upon “{other.text}”: {line.text[:24]}")
            for cell in cells:
                grid[cell].append((line, char))


def _joined(one: Char, other: Char) -> bool:
    """Whether two characters of a line are one mark (——) or one ligature (fi, which a reader is told as two characters)."""
    return one.box == other.box or (one.text in JOINED and other.text == one.text and one.y == other.y)


def _covers(one: Char, other: Char, share: float) -> bool:
    wide = min(one.ink[2], other.ink[2]) - max(one.ink[0], other.ink[0])
    high = min(one.ink[3], other.ink[3]) - max(one.ink[1], other.ink[1])
    if wide <= 0 or high <= 0:
        return False
    smaller = min(_area(one), _area(other))
    return smaller > 0 and wide * high > share * smaller


def _area(char: Char) -> float:
    return (char.ink[2] - char.ink[0]) * (char.ink[3] - char.ink[1])
