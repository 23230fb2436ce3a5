"""A Word file as the checks see it: the parts of its package, its paragraphs, its styles."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from zipfile import BadZipFile, ZipFile

from briefings.records.inspection import Beside

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


@dataclass(frozen=True)
class WordFile:
    """A package with all that is known of it: its XML parts by name, all its names with their dates."""

    path: Path
    data: bytes
    parts: "dict[str, _Element]"
    dates: dict[str, tuple[int, int, int, int, int, int]]
    beside: Beside

    @property
    def body(self) -> "_Element":
        """The main part."""
        return self.parts["word/document.xml"]

    @property
    def theme(self) -> Literal["modern", "official", ""]:
        """The briefing's theme, or the one whose margins the first section has; "" for neither."""
        if self.beside.briefing:
            return self.beside.briefing.theme
        margins = self.body.find(f".//{W}pgMar")
        if (
            margins is not None
            and abs(number(margins, "top") - 2098) < 30
            and abs(number(margins, "left") - 1588) < 30
        ):
            return "official"
        return ""

    @cached_property
    def paragraphs(self) -> "tuple[tuple[int, _Element], ...]":
        """Every paragraph that is shown, numbered from 1."""
        shown = (
            p
            for p in self.body.iter(f"{W}p")
            if not any(above.tag == _FALLBACK for above in p.iterancestors())
        )
        return tuple(enumerate(shown, 1))

    @cached_property
    def text(self) -> str:
        """The text of all paragraphs."""
        return "\n".join(shown(p) for _, p in self.paragraphs)

    @cached_property
    def styles(self) -> "dict[str, _Element]":
        """The styles by their id."""
        root = self.parts.get("word/styles.xml")
        return (
            {} if root is None else {style.get(f"{W}styleId", ""): style for style in root.iter(f"{W}style")}
        )

    def style_name(self, paragraph: "_Element") -> str:
        """The name of a paragraph's style, in small letters."""
        style = self.styles.get(value(paragraph.find(f"{W}pPr/{W}pStyle")))
        return value(style.find(f"{W}name")).lower() if style is not None else ""

    def chain(self, style: str) -> "Iterator[_Element]":
        """A style and those it is based on."""
        seen: set[str] = set()
        while style in self.styles and style not in seen:
            seen.add(style)
            yield self.styles[style]
            style = value(self.styles[style].find(f"{W}basedOn"))

    def headings(self) -> "Iterator[tuple[int, _Element, int]]":
        """Number, paragraph and level of each paragraph with a heading style."""
        for at, paragraph in self.paragraphs:
            match = re.fullmatch(r"heading (\d)", self.style_name(paragraph))
            if match and shown(paragraph).strip():
                yield at, paragraph, int(match[1])

    @property
    def tables(self) -> "tuple[_Element, ...]":
        """All tables."""
        return tuple(self.body.iter(f"{W}tbl"))

    @property
    def charts(self) -> "dict[str, _Element]":
        """The parts that hold native charts."""
        return {
            name: root
            for name, root in self.parts.items()
            if re.fullmatch(r"word/charts/chart\d*\.xml", name)
        }


def read_word(path: Path, data: bytes, beside: Beside) -> WordFile:
    """The Word file ``data``. Raises ``ValueError`` for bytes that are none."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        package = ZipFile(BytesIO(data))
        parts = {
            name: etree.fromstring(package.read(name), parser)
            for name in package.namelist()
            if name.endswith((".xml", ".rels"))
        }
        dates = {info.filename: info.date_time for info in package.infolist()}
    except (BadZipFile, etree.XMLSyntaxError, RuntimeError, NotImplementedError) as error:
        raise ValueError(f"not a readable Word file: {error}") from error
    if "word/document.xml" not in parts:
        raise ValueError("not a readable Word file: it has no word/document.xml")
    return WordFile(path, data, parts, dates, beside)


def value(element: "_Element | None") -> str:
    """The ``w:val`` of an element, "" where there is none."""
    return "" if element is None else element.get(f"{W}val", "")


def is_on(element: "_Element | None") -> bool:
    """Whether a switch is there and not switched off."""
    return element is not None and value(element) not in ("0", "false", "off")


def number(element: "_Element | None", name: str) -> int:
    """The attribute ``w:name`` as a number, 0 where it is none."""
    text = "" if element is None else element.get(f"{W}{name}", "")
    return int(text) if re.fullmatch(r"-?\d+", text) else 0


def shown(paragraph: "_Element") -> str:
    """What a paragraph shows, tabs and breaks as blanks; paragraphs inside it (text boxes) are their own."""
    parts: list[str] = []

    def walk(element: "_Element") -> None:
        for child in element:
            if child.tag in (f"{W}p", f"{W}del", _FALLBACK):
                continue
            if child.tag == f"{W}t":
                parts.append(child.text or "")
            elif child.tag in (f"{W}tab", f"{W}br", f"{W}cr"):
                parts.append(" ")
            elif isinstance(child.tag, str):
                walk(child)

    walk(paragraph)
    return "".join(parts)
