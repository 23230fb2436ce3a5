"""A PDF as the checks see it: its objects, its pages and its structure, read once."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import Any, Literal

from briefings.inspect.pages import Char, Line, Page, pages
from briefings.inspect.structure import Element, Tree, tree
from briefings.records.inspection import Beside

Theme = Literal["modern", "official", ""]
POINTS = 72 / 25.4
"""Points in a millimetre."""
THEME = "{urn:briefings:document}theme"
EDGE = 0.09
"""Heads and feet stand in this share of the page's height, unless the structure owns them."""


@dataclass(frozen=True)
class Portable:
    """A PDF with all that is known of it. ``objects`` is the opened pikepdf file."""

    path: Path
    objects: Any
    pages: tuple[Page, ...]
    tree: Tree
    beside: Beside

    @cached_property
    def theme(self) -> Theme:
        """The theme by the record beside the file or by its metadata; else by its typefaces, "" for none."""
        if self.beside.briefing:
            return self.beside.briefing.theme
        with self.objects.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as xmp:
            named = str(xmp.get(THEME, ""))
        if named in ("modern", "official"):
            return "official" if named == "official" else "modern"
        names = " ".join(c.font for page in self.pages[:3] for line in page.lines for c in line.chars)
        if re.search(r"Fang|仿宋", names):
            return "official"
        return "modern" if str(self.objects.docinfo.get("/Creator", "")) == "briefings" else ""

    @property
    def english(self) -> bool:
        """Whether its language is English."""
        return str(self.objects.Root.get("/Lang", "")).startswith("en")

    @cached_property
    def paragraphs(self) -> tuple[tuple[Element, tuple[Line, ...]], ...]:
        """The lines of each block of the structure, in reading order; a line belongs to the block of most characters."""
        found: dict[int, list[Line]] = {}
        for page in self.pages:
            for line in page.lines:
                block = self.block(line)
                if block:
                    found.setdefault(block.at, []).append(line)
        return tuple((self.tree.elements[at], tuple(lines)) for at, lines in sorted(found.items()))

    def block(self, line: Line) -> Element | None:
        """The block of the structure that a line belongs to."""
        counts: dict[int, int] = {}
        for char in line.body:
            block = self.tree.block(line.page, char.mark)
            if block:
                counts[block.at] = counts.get(block.at, 0) + 1
        return self.tree.elements[max(counts, key=lambda at: counts[at])] if counts else None

    def running(self, line: Line) -> bool:
        """Whether a line is a head or a foot: outside the structure; in an untagged file, near the page's edge."""
        if self.tree.elements:
            return all((line.page, c.mark) not in self.tree.owner for c in line.body)
        height = self.pages[line.page - 1].height
        return line.y < height * EDGE or line.y > height * (1 - EDGE)

    @property
    def flow(self) -> Iterator[Line]:
        """All lines but heads and feet, as drawn."""
        return (line for page in self.pages for line in page.lines if not self.running(line))

    @cached_property
    def text(self) -> str:
        """The text of the flow without blanks."""
        return re.sub(r"\s", "", "".join(line.text for line in self.flow))

    @cached_property
    def destinations(self) -> dict[str, tuple[int, float]]:
        """Page and distance from its top of each named destination."""
        import pikepdf

        numbers = {page.objgen: at for at, page in enumerate(self.objects.pages, 1)}
        found: dict[str, tuple[int, float]] = {}
        for name, target in _named(self.objects):
            place = target.get("/D") if isinstance(target, pikepdf.Dictionary) else target
            if place is not None and place[0].objgen in numbers:
                page = numbers[place[0].objgen]
                found[name] = (page, self.pages[page - 1].height - _top(place))
        return found


@contextmanager
def opened(path: Path, data: bytes, beside: Beside) -> Iterator[Portable]:
    """The PDF ``data``. Raises ``ValueError`` for bytes that are no PDF, or an encrypted one."""
    import pikepdf

    try:
        objects = pikepdf.open(BytesIO(data))
    except pikepdf.PasswordError as error:
        raise ValueError("the file is encrypted") from error
    except pikepdf.PdfError as error:
        raise ValueError(f"not a readable PDF: {error}") from error
    with objects:
        try:
            owners = tree(objects)
            shown = tuple(replace(page, lines=_apart(page, owners)) for page in pages(data))
        except (pikepdf.PdfError, AttributeError, KeyError, TypeError) as error:
            raise ValueError(f"not a readable PDF: {error}") from error
        yield Portable(path, objects, shown, owners, beside)


def _apart(page: Page, owners: Tree) -> tuple[Line, ...]:
    """The page's lines, parted where another block begins: two cells side by side are no line."""
    parts: list[tuple[Char, ...]] = []
    for line in page.lines:
        held: list[Char] = []
        at: int | None = None
        for char in line.chars:
            block = owners.block(page.number, char.mark)
            here = block.at if block else -1
            if not char.text.isspace() and held and at is not None and here != at:
                parts.append(tuple(held))
                held, at = [], None
            if not char.text.isspace():
                at = here
            held.append(char)
        parts.append(tuple(held))
    shown = (chars for chars in parts if any(not c.text.isspace() for c in chars))
    return tuple(Line(page.number, at, chars) for at, chars in enumerate(shown, 1))


def _named(objects: Any) -> Iterator[tuple[str, Any]]:
    names = objects.Root.get("/Names")
    if names is not None and "/Dests" in names:
        import pikepdf

        for name, target in pikepdf.NameTree(names["/Dests"]).items():
            yield str(name), target
    for name, target in objects.Root.get("/Dests", {}).items():
        yield str(name).removeprefix("/"), target


def _top(place: Any) -> float:
    """The height that a destination names, from the page's foot; 0 where it names none."""
    try:
        return float(place[3]) if str(place[1]) == "/XYZ" else 0.0
    except (IndexError, TypeError, ValueError):
        return 0.0
