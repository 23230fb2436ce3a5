"""Read a Word file that somebody worked on: what it shows, where, and what is tracked, hidden or said aside in it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from briefings.audit.edited_flow import Passage, Reader, Tracked, W, local
from briefings.audit.workbook import sheet_rows

if TYPE_CHECKING:
    from lxml.etree import _Element

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_PROPERTIES = ("title", "subject", "description", "keywords", "category", "lpwstr", "lpstr")
BRIEFING, CONTENT = "Briefing", "Digest"
"""The properties of its own by which a Word file names its briefing and, among that one's editions, itself."""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """All that a Word file says; ``passages`` in reading order, suggestions taken as accepted.

    ``pictures`` are the sha256 of its pictures, ``properties`` those of the package by name (``identifier`` among them),
    ``unread`` what may hold words that cannot be read.
    """

    passages: tuple[Passage, ...]
    tracked: tuple[Tracked, ...]
    bookmarks: frozenset[str]
    pictures: tuple[str, ...]
    properties: dict[str, str]
    unread: tuple[str, ...]


def manuscript(data: bytes) -> Manuscript:
    """The words of a .docx. Raises ``ValueError`` for bytes that are no Word file."""
    from lxml import etree

    try:
        with ZipFile(BytesIO(data)) as package:
            names = package.namelist()
            parts = {name: package.read(name) for name in names if name.endswith(".xml")}
            books = {n: package.read(n) for n in names if re.fullmatch(r"word/embeddings/[^/]+\.xlsx", n)}
            media = sorted(sha256(package.read(n)).hexdigest() for n in names if n.startswith("word/media/"))
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        roots = {name: etree.fromstring(part, parser) for name, part in parts.items()}
        body = roots["word/document.xml"]
    except (BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        raise ValueError(f"不是可读的 Word 文件：{error}") from error
    reader = Reader(roots.get("word/styles.xml"))
    reader.read(body, "", "body")
    unread = [
        f"嵌入的文件 {n}" for n in names if n.startswith("word/embeddings/") and n.endswith((".bin", ".docx"))
    ]
    unread += ["插入的外部内容" for _ in body.iter(f"{W}altChunk")]
    for name, root in sorted(roots.items()):
        plain = name.removeprefix("word/").removesuffix(".xml")
        if re.fullmatch(r"(?:header|footer)\d*", plain):
            reader.read(root, "页眉 " if plain.startswith("header") else "页脚 ", "margin")
        elif plain in ("footnotes", "endnotes"):
            reader.read(root, "脚注 " if plain == "footnotes" else "尾注 ", "note")
        elif plain == "comments":
            reader.read(root, "批注 ", "comment")
        elif re.fullmatch(r"(?:charts/chart|diagrams/data)\d*", plain):
            reader.passages += _drawn(root, "图表 " if plain.startswith("charts") else "图示 ")
        if name.startswith("word/"):
            reader.passages += _aside(root)
    for name, book in sorted(books.items()):
        try:
            reader.passages += _kept(book)
        except ValueError:
            unread.append(f"嵌入的文件 {name}")
    properties = _properties(roots)
    reader.passages += [
        Passage((text,), f"文件属性 {name}", "aside")
        for name, text in properties.items()
        if name.split(":")[0] in _PROPERTIES
    ]
    return Manuscript(
        tuple(reader.passages), tuple(reader.tracked), frozenset(reader.bookmarks), tuple(media), properties, tuple(unread)
    )  # fmt: skip


def property_of(data: bytes, name: str) -> str:
    """A property of the package, "" when it has none; ``identifier`` is the briefing's id. Raises ``ValueError``."""
    from lxml import etree

    try:
        with ZipFile(BytesIO(data)) as package:
            parser = etree.XMLParser(resolve_entities=False, no_network=True)
            kept = [n for n in ("docProps/core.xml", "docProps/custom.xml") if n in package.namelist()]
            roots: dict[str, _Element] = {n: etree.fromstring(package.read(n), parser) for n in kept}
    except (BadZipFile, etree.XMLSyntaxError) as error:
        raise ValueError(f"不是可读的 Word 文件：{error}") from error
    return _properties(roots).get(name, "")


def _properties(roots: "Mapping[str, _Element]") -> dict[str, str]:
    found: dict[str, str] = {}
    core, custom = roots.get("docProps/core.xml"), roots.get("docProps/custom.xml")
    for element in core if core is not None else ():
        found[local(element)] = (element.text or "").strip()
    for element in custom if custom is not None else ():
        for value in element:
            name = str(element.get("name"))
            found[name if name in (BRIEFING, CONTENT) else f"lpwstr:{name}"] = (value.text or "").strip()
    return found


def _drawn(root: "_Element", prefix: str) -> Iterator[Passage]:
    """What a chart keeps: each series as a row of its name, its categories and its numbers; then its other words."""
    for number, series in enumerate(root.iter(f"{_CHART}ser"), 1):
        kept = tuple(e.text.strip() for e in series.iter(f"{_CHART}v") if e.text and e.text.strip())
        yield Passage(
            tuple(_as_number(text) for text in kept), f"{prefix}第{number}个系列 ", "aside", row=True
        )
    for element in root.iter(f"{_DRAWING}p"):
        if words := "".join(t.text or "" for t in element.iter(f"{_DRAWING}t")).strip():
            yield Passage((words,), f"{prefix}文字", "aside")


def _kept(book: bytes) -> Iterator[Passage]:
    """The rows of a chart's own workbook, from which Word draws it again when somebody opens its data."""
    for sheet, row in sheet_rows(book):
        cells = tuple(_as_number(cell.text) for cell in row if cell.text.strip())
        if cells:
            yield Passage(cells, f"图表的数据 {sheet} 第{_line(row[0].address)}行 ", "aside", row=True)


def _line(address: str) -> str:
    return address.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def _as_number(text: str) -> str:
    """A chart's number without the noughts at its end, which programs write or leave out."""
    return text.rstrip("0").rstrip(".") if re.fullmatch(r"-?\d+\.\d+", text) else text


def _aside(root: "_Element") -> Iterator[Passage]:
    """Alternative texts and tips of links, which LibreOffice keeps as the name of a frame."""
    for element in root.iter():
        name = local(element)
        for attribute in ("descr", "title", f"{W}tooltip", f"{W}tgtFrame"):
            if (text := element.get(attribute)) and text.strip():
                yield Passage((text,), "提示文字", "aside")
        if name in ("tblCaption", "tblDescription"):
            yield Passage((element.get(f"{W}val") or "",), "表格说明", "aside")
        elif name == "textpath" and element.get("string"):
            yield Passage((str(element.get("string")),), "艺术字")
