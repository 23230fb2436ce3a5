"""The structure that those who listen to a PDF rely on (checks 9 to 13, and 16)."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from briefings.inspect.portable import Portable
from briefings.inspect.structure import Element
from briefings.inspect.verdicts import counted, judged, not_applicable
from briefings.records.inspection import Result, Spot

ALT = 20
NUMBERS = 2


def tags(file: Portable) -> tuple[Result, ...]:
    """Checks 9 to 13 and 16."""
    root = file.objects.Root
    marked = bool(root.get("/MarkInfo", {}).get("/Marked", False))
    there = "/StructTreeRoot" in root
    elements = file.tree.elements
    missing = [
        Spot("catalog", what)
        for what, holds in (("not marked as tagged", marked), ("no structure tree", there and bool(elements)))
        if not holds
    ]
    tagged = judged(9, missing, counted(len(elements), "structure element"))
    if not elements:
        why = "the file has no structure tree"
        return tagged, *(not_applicable(number, why) for number in (10, 11, 12, 13, 16))
    headings = _headings(file)
    return (
        tagged,
        _levels(headings),
        _figures(file),
        _tables(elements),
        _empty(elements),
        _bookmarks(file, headings),
    )


def _headings(file: Portable) -> list[tuple[int, str, int]]:
    """Level, text and page of each heading."""
    lines = {element.at: "".join(line.text for line in found) for element, found in file.paragraphs}
    return [
        (int(element.tag[1]), lines.get(element.at, ""), element.page)
        for element in file.tree.elements
        if re.fullmatch(r"H[1-6]", element.tag)
    ]


def _levels(headings: list[tuple[int, str, int]]) -> Result:
    spots = []
    counts = Counter(level for level, _, _ in headings)
    if counts[1] != 1:
        spots.append(Spot("structure", f"{counts[1]} headings of the first level"))
    before = 0
    for level, text, page in headings:
        if level > before + 1:
            spots.append(Spot(f"page {page}", f"level {level} after level {before}: {text[:40]}"))
        before = level
    return judged(
        10, spots, ", ".join(f"H{level} {counts[level]}" for level in sorted(counts)) or "no headings"
    )


def _figures(file: Portable) -> Result:
    figures = [element for element in file.tree.elements if element.tag == "Figure"]
    if not figures:
        return not_applicable(11, "the file has no figure")
    spots = []
    for figure in figures:
        numbers = len(re.findall(r"\d+(?:\.\d+)?", figure.alt))
        if len(figure.alt) < ALT or numbers < NUMBERS:
            said = f"{counted(len(figure.alt), 'character')}, {counted(numbers, 'number')}: {figure.alt[:40]}"
            spots.append(Spot(f"page {figure.page}", said))
        page = file.pages[figure.page - 1] if figure.page else None
        if page and not _inside(figure.box, page.width, page.height):
            spots.append(
                Spot(
                    f"page {figure.page}",
                    f"box {' '.join(f'{edge:.0f}' for edge in figure.box) or 'missing'}",
                )
            )
    return judged(11, spots, counted(len(figures), "figure"))


def _inside(box: tuple[float, ...], width: float, height: float) -> bool:
    return len(box) == 4 and -1 <= box[0] < box[2] <= width + 1 and -1 <= box[1] < box[3] <= height + 1


def _tables(elements: tuple[Element, ...]) -> Result:
    tables = [element for element in elements if element.tag == "Table"]
    if not tables:
        return not_applicable(12, "the file has no table")
    heads: Counter[int] = Counter()
    spots: list[Spot] = []
    cells = 0
    for element in elements:
        if element.tag not in ("TH", "TD"):
            continue
        cells += 1
        table = _above(elements, element, "Table")
        if element.tag == "TH":
            heads[table] += 1
            if not element.scope:
                spots.append(Spot(f"page {element.page}", "a header cell without scope"))
        elif not element.headers:
            spots.append(Spot(f"page {element.page}", "a data cell that names no header"))
    spots += [
        Spot(f"page {table.page}", "a table without header cells") for table in tables if not heads[table.at]
    ]
    return judged(12, spots, f"{counted(len(tables), 'table')}, {counted(cells, 'cell')}")


def _above(elements: tuple[Element, ...], element: Element, tag: str) -> int:
    at = element.above
    while at >= 0 and elements[at].tag != tag:
        at = elements[at].above
    return at


def _empty(elements: tuple[Element, ...]) -> Result:
    found = [e for e in elements if not e.marks and not e.objects and not e.kids]
    spots = (
        Spot(f"page {e.page}" if e.page else "structure", f"{e.tag} in {_path(elements, e)}") for e in found
    )
    return judged(13, spots, counted(len(elements), "element"))


def _path(elements: tuple[Element, ...], element: Element) -> str:
    names: list[str] = []
    at = element.above
    while at >= 0 and len(names) < 4:
        names.append(elements[at].tag)
        at = elements[at].above
    return "/".join(reversed(names))


def _bookmarks(file: Portable, headings: list[tuple[int, str, int]]) -> Result:
    titles = list(_outline(file))
    said = [_squeezed(text) for _, text, _ in headings]
    have = [_squeezed(title) for title in titles]
    spots = [Spot("bookmarks", f"heading without bookmark: {text[:40]}") for text in _less(said, have)]
    spots += [Spot("bookmarks", f"bookmark without heading: {text[:40]}") for text in _less(have, said)]
    if not spots and said != have:
        spots.append(Spot("bookmarks", "not in the order of the headings"))
    return judged(16, spots, f"{counted(len(titles), 'bookmark')}, {counted(len(headings), 'heading')}")


def _outline(file: Portable) -> Iterator[str]:
    if "/Outlines" not in file.objects.Root:
        return
    with file.objects.open_outline() as outline:
        waiting = list(reversed(outline.root))
        while waiting:
            item = waiting.pop()
            yield str(item.title)
            waiting += reversed(item.children)


def _less(one: list[str], other: list[str]) -> list[str]:
    left: Mapping[str, int] = Counter(one) - Counter(other)
    return [text for text in left for _ in range(left[text])]


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)
