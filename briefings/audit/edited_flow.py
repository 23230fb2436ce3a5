"""The running text of a Word file that somebody worked on: paragraphs, rows of tables, text boxes, fields, suggestions."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from lxml.etree import _Element

Zone = Literal["body", "contents", "margin", "note", "comment", "hidden", "aside"]
PAGE = "\ue000"
"""Stands for what Word counts by itself whenever it opens the file: a page's number, or how many there are."""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_COUNTED = re.compile(r"\s*(?:PAGE|NUMPAGES|SECTIONPAGES|PAGEREF|SECTION)\b", re.IGNORECASE)
_CONTENTS = re.compile(r"\s*(?:TOC|INDEX)\b", re.IGNORECASE)
_LISTING = re.compile(r"(?:toc|contents|index) ?(?:\d|heading)|table of figures|(?:图表)?目录", re.IGNORECASE)
_HEADING = re.compile(r"(?:heading|标题) ?(\d)|title|标题", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"[\s—–-]*(?:\d{1,4}|[ivxlcIVXLC]{1,8})?[\s—–-]*")
_LEADER = re.compile(r"\t[\s.·…]*\S{1,6}\s*$")
"""The blank and the page that end an entry of the contents."""
_OFF = ("0", "false", "off", "none")


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, or a row of a table with its ``cells``; ``links`` are (words, bookmark) of links within the file."""

    cells: tuple[str, ...]
    place: str
    zone: Zone = "body"
    row: bool = False
    links: tuple[tuple[str, str], ...] = ()

    def where(self, cell: int) -> str:
        """The place of a cell, or of the paragraph."""
        return f"{self.place}第{cell + 1}列" if self.row else self.place


@dataclass(frozen=True, slots=True)
class Tracked:
    """A change that Word keeps as a suggestion: who made it and when, what it put in or took out."""

    inserted: bool
    author: str
    date: str
    text: str
    place: str


@dataclass(slots=True)
class _Field:
    code: str = ""
    shown: bool = False


@dataclass(slots=True)
class _Line:
    """A paragraph while it is read."""

    shown: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    boxes: "list[_Element]" = field(default_factory=list)


class Reader:
    """Takes in the parts of a package one after the other."""

    def __init__(self, styles: "_Element | None") -> None:
        self.passages: list[Passage] = []
        self.tracked: list[Tracked] = []
        self.bookmarks: set[str] = set()
        self.names: dict[str, str] = {}
        self.vanished: set[str] = set()
        for style in styles.iter(f"{W}style") if styles is not None else ():
            ident, name = str(style.get(f"{W}styleId")), style.find(f"{W}name")
            self.names[ident] = str(name.get(f"{W}val")) if name is not None else ident
            if _is_on(style.find(f"{W}rPr/{W}vanish")):
                self.vanished.add(ident)
        self.fields: list[_Field] = []
        self.heading = self.caption = ""
        self.paragraph = self.tables = 0
        self.zone: Zone = "body"
        self.prefix = self.cell = ""

    def read(self, root: "_Element", prefix: str, zone: Zone) -> None:
        """Take in a part of the package."""
        self.fields, self.heading, self.caption, self.paragraph = [], "", "", 0
        self.zone, self.prefix = zone, prefix
        self.blocks(root)
        self.bookmarks |= {str(e.get(f"{W}name")) for e in root.iter(f"{W}bookmarkStart")}

    def blocks(self, parent: "_Element") -> None:
        """The paragraphs and tables right below ``parent``, through whatever wraps them."""
        for child in _children(parent):
            if child.tag == f"{W}p":
                self.block(child)
            elif child.tag == f"{W}tbl":
                self.table(child)
            elif isinstance(child.tag, str) and child.tag != f"{W}sectPr":
                if child.tag == f"{W}comment":
                    self.prefix = f"批注（{child.get(f'{W}author') or '无名'}） "
                self.blocks(child)

    def block(self, element: "_Element") -> None:
        """A paragraph, then what its text boxes hold."""
        style, before = self.style(element), len(self.tracked)
        zone: Zone = "contents" if self.in_contents() or _LISTING.match(style) else self.zone
        line = self.line(element)
        zone = "contents" if zone == "body" and self.in_contents() else zone
        text = "".join(line.shown).strip()
        text = _LEADER.sub("", text) if zone == "contents" else text
        if text and zone != "contents":
            self.paragraph += 1
            if self.zone == "body" and _HEADING.match(style):
                self.heading, self.paragraph = text.replace(PAGE, ""), 0
            self.caption = text if style.lower() in ("caption", "题注") else ""
        self.tracked[before:] = [replace(one, place=self.place()) for one in self.tracked[before:]]
        if text:
            self.passages.append(Passage((text,), self.place(), zone, links=tuple(line.links)))
        self.beside(line)

    def beside(self, line: _Line) -> None:
        """Text boxes anchored in a paragraph, and its hidden words."""
        if "".join(line.hidden).strip():
            self.passages.append(Passage(("".join(line.hidden),), f"{self.place()}（隐藏文字）", "hidden"))
        for box in line.boxes:
            kept, self.prefix = self.prefix, f"{self.prefix}文本框 "
            self.blocks(box)
            self.prefix = kept

    def table(self, element: "_Element") -> None:
        """A table, a row each; one of a single column is a box around paragraphs."""
        self.tables += 1
        rows = [row for row in _wrapped(element, f"{W}tr") if row.find(f"{W}trPr/{W}del") is None]
        table = (re.match(r"(?:表|Table)\s*\d+", self.caption) or [f"第{self.tables}个表格"])[0]
        for number, row in enumerate(rows, 1):
            cells = list(_wrapped(row, f"{W}tc"))
            if len(cells) == 1:
                self.blocks(cells[0])
                continue
            read: list[str] = []
            links: list[tuple[str, str]] = []
            place = f"{self.prefix}{_under(self.heading)}{table} 第{number}行"
            for column, cell in enumerate(cells, 1):
                self.cell = f"{place}第{column}列"
                lines = [self.line(p) for p in cell.iter(f"{W}p") if not _in_box(p, cell)]
                read.append("\n".join("".join(line.shown) for line in lines).strip())
                links += [link for line in lines for link in line.links]
                for line in lines:
                    self.beside(line)
            self.cell = ""
            if any(read):
                self.passages.append(Passage(tuple(read), place, self.zone, row=True, links=tuple(links)))

    def place(self) -> str:
        """Where the reader is, for people."""
        if self.cell:
            return self.cell
        if self.zone != "body":
            return self.prefix.strip() + (f" 第{self.paragraph}段" if self.paragraph > 1 else "")
        own = f"第{self.paragraph}段" if self.paragraph else "标题"
        return f"{self.prefix}{_under(self.heading)}{own}"

    def style(self, paragraph: "_Element") -> str:
        found = paragraph.find(f"{W}pPr/{W}pStyle")
        ident = str(found.get(f"{W}val")) if found is not None else ""
        return self.names.get(ident, ident)

    def in_contents(self) -> bool:
        return any(f.shown and _CONTENTS.match(f.code) for f in self.fields)

    def line(self, paragraph: "_Element") -> _Line:
        """The words of a paragraph, without those of its text boxes."""
        line = _Line()
        self.walk(paragraph, line, hidden=False)
        return line

    def walk(self, element: "_Element", line: _Line, *, hidden: bool) -> None:
        """Add what ``element`` shows to ``line``."""
        for child in _children(element):
            if child.tag in (f"{W}del", f"{W}moveFrom", f"{W}ins", f"{W}moveTo"):
                self.suggestion(child, line, hidden=hidden)
            elif child.tag == f"{W}txbxContent":
                line.boxes.append(child)
            elif child.tag == f"{W}r":
                self.walk(child, line, hidden=hidden or self.is_hidden(child))
            elif child.tag == f"{W}fldChar":
                self.field(str(child.get(f"{W}fldCharType")))
            elif child.tag == f"{W}instrText":
                if self.fields and not self.fields[-1].shown:
                    self.fields[-1].code += child.text or ""
            elif child.tag == f"{W}fldSimple":
                self.fields.append(_Field(str(child.get(f"{W}instr")), shown=True))
                self.walk(child, line, hidden=hidden)
                self.fields.pop()
            elif child.tag == f"{W}hyperlink":
                before = len(line.shown)
                self.walk(child, line, hidden=hidden)
                if anchor := child.get(f"{W}anchor"):
                    line.links.append(("".join(line.shown[before:]).strip(), str(anchor)))
            elif child.tag in (f"{W}pPr", f"{W}rPr"):
                continue
            elif text := _text(child):
                self.put(text, line, hidden=hidden)
            elif isinstance(child.tag, str):
                self.walk(child, line, hidden=hidden)

    def suggestion(self, element: "_Element", line: _Line, *, hidden: bool) -> None:
        inserted = element.tag in (f"{W}ins", f"{W}moveTo")
        text = "".join(e.text or "" for e in element.iter(f"{W}t", f"{W}delText"))
        if text.strip():
            author, date = element.get(f"{W}author") or "", element.get(f"{W}date") or ""
            self.tracked.append(Tracked(inserted, str(author), str(date), text, self.place()))
        if inserted:
            self.walk(element, line, hidden=hidden)

    def field(self, kind: str) -> None:
        if kind == "begin":
            self.fields.append(_Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].shown = True
        elif kind == "end" and self.fields:
            self.fields.pop()

    def put(self, text: str, line: _Line, *, hidden: bool) -> None:
        if any(not f.shown for f in self.fields):
            return
        counted = any(_COUNTED.match(f.code) for f in self.fields) and not self.in_contents()
        if counted and _PAGE_NUMBER.fullmatch(text):
            text = "" if line.shown and line.shown[-1].endswith(PAGE) else PAGE
        (line.hidden if hidden else line.shown).append(text)

    def is_hidden(self, run: "_Element") -> bool:
        own = run.find(f"{W}rPr/{W}vanish")
        if own is not None:
            return _is_on(own)
        style = run.find(f"{W}rPr/{W}rStyle")
        return style is not None and style.get(f"{W}val") in self.vanished


def _children(element: "_Element") -> "Iterator[_Element]":
    """The children, of alternatives the first only."""
    for child in element:
        if child.tag == f"{_MC}AlternateContent":
            choices = [c for c in child if c.tag == f"{_MC}Choice"] or list(child)
            yield from _children(choices[0]) if choices else ()
        elif child.tag != f"{_MC}Fallback":
            yield child


def _wrapped(element: "_Element", tag: str) -> "Iterator[_Element]":
    """The elements ``tag`` of a table or row itself, also those in content controls."""
    for child in _children(element):
        if child.tag == tag:
            yield child
        elif isinstance(child.tag, str) and child.tag not in (f"{W}tc", f"{W}tr"):
            yield from _wrapped(child, tag)


def _in_box(paragraph: "_Element", cell: "_Element") -> bool:
    for above in paragraph.iterancestors():
        if above is cell:
            return False
        if above.tag in (f"{W}txbxContent", f"{_MC}Fallback"):
            return True
    return False


def _text(element: "_Element") -> str:
    if element.tag in (f"{W}t", f"{_MATH}t", f"{_DRAWING}t"):
        return element.text or ""
    if element.tag in (f"{W}tab", f"{W}ptab"):
        return "\t"
    if element.tag in (f"{W}br", f"{W}cr"):
        return " "
    if element.tag == f"{W}noBreakHyphen":
        return "-"
    if element.tag == f"{W}sym":
        try:
            code = int(element.get(f"{W}char") or "", 16)
        except ValueError:
            return "\ufffd"
        return chr(code - 0xF000 if 0xF000 <= code <= 0xF0FF else code)
    return ""


def _is_on(element: "_Element | None") -> bool:
    return element is not None and (element.get(f"{W}val") or "1").lower() not in _OFF


def _under(heading: str) -> str:
    return f"“{heading[:24]}”" if heading else ""


def local(element: "_Element") -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]
