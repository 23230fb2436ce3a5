"""Read a Word file back: every paragraph that is shown, in order, whatever part of the package holds it.

The charts and heat maps of figures are read by ``read_word_charts``.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from briefings.audit.read_word_charts import is_heat_map
from briefings.audit.units import Unit, Zone

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_COUNTS_PAGES = re.compile(r"\s*PAGEREF\b")
_PAGE = re.compile(r"\s*\d{1,4}\s*")
_KNOWN_PROPERTIES = ("Briefing", "Digest")
"""Custom properties that name the briefing for programs."""
_SIDE_ATTRIBUTES = ("descr", "title", f"{_W}tooltip")
_NOTES = ("footnotes", "endnotes", "comments")


def word_units(data: bytes) -> tuple[Unit, ...]:
    """The units of a .docx: body, then text boxes where they are anchored, notes, heads and feet, tips and properties.

    Raises ``ValueError`` for bytes that are no Word file.
    """
    from lxml import etree

    try:
        package = ZipFile(BytesIO(data))
        names = package.namelist()
        parts = {name: package.read(name) for name in names if name.endswith(".xml")}
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        roots = {name: etree.fromstring(part, parser) for name, part in parts.items()}
        body = roots["word/document.xml"]
    except (BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        raise ValueError(f"不是可读的 Word 文件：{error}") from error
    units = list(_paragraphs(body, "", "flow"))
    for name, root in roots.items():
        if re.fullmatch(r"word/(header|footer)\d*\.xml", name):
            units += _paragraphs(root, "页眉页脚 ", "margin")
        elif name.removeprefix("word/").removesuffix(".xml") in _NOTES:
            units += _paragraphs(root, f"{name} ", "flow")
        elif re.fullmatch(r"word/diagrams/[^/]+\.xml", name):
            units += _diagram(root, name)
        if name.startswith("word/"):
            units += _tips(root, name)
        elif name in ("docProps/core.xml", "docProps/custom.xml"):
            units += (
                Unit(t, f"属性 {_name(e)}", "side") for e in root.iter() if (t := _own(e)) and _is_prose(e)
            )
    return tuple(units)


def _paragraphs(root: "_Element", prefix: str, zone: Zone) -> Iterator[Unit]:
    tables = paragraphs = 0
    seen: dict[_Element, str] = {}
    for element in root.iter(f"{_W}p", f"{_W}tbl"):
        if any(above.tag == _FALLBACK or _is_plot(above) for above in (element, *element.iterancestors())):
            continue
        if element.tag == f"{_W}tbl":
            tables += 1
            for row, line in enumerate(element.iterchildren(f"{_W}tr"), 1):
                for column, cell in enumerate(line.iterchildren(f"{_W}tc"), 1):
                    seen[cell] = f"第{tables}个表格 第{row}行第{column}列"
            continue
        paragraphs += 1
        text = _shown(element)
        if text.strip():
            cell_place = next((seen[above] for above in element.iterancestors() if above in seen), None)
            yield Unit(text, prefix + (cell_place or f"第{paragraphs}段"), zone)


def _is_plot(element: "_Element") -> bool:
    return element.tag == f"{_W}tbl" and is_heat_map(element)


def _shown(paragraph: "_Element") -> str:
    """The paragraph's text without that of text boxes inside it, which are paragraphs of their own.

    The page of an entry of the contents, which a field counts, is furniture of the file and is left out.
    """
    parts: list[str] = []
    fields: list[tuple[int, list[str]]] = []

    def walk(element: "_Element") -> None:
        for child in element:
            if child.tag in (f"{_W}p", _FALLBACK, f"{_W}del"):
                continue
            if child.tag == f"{_W}t":
                parts.append(child.text or "")
            elif child.tag in (f"{_W}tab", f"{_W}br", f"{_W}cr"):
                parts.append(" ")
            elif child.tag == f"{_W}fldChar":
                kind = child.get(f"{_W}fldCharType")
                if kind == "begin":
                    fields.append((len(parts), []))
                elif kind == "end" and fields:
                    _without_page(parts, *fields.pop())
            elif child.tag == f"{_W}instrText":
                if fields:
                    fields[-1][1].append(child.text or "")
            elif child.tag == f"{_W}fldSimple":
                at = len(parts)
                walk(child)
                _without_page(parts, at, [child.get(f"{_W}instr") or ""])
            elif child.tag == f"{_W}noBreakHyphen":
                parts.append("-")
            elif child.tag == f"{_W}sym":
                parts.append(_symbol(child.get(f"{_W}char") or ""))
            elif isinstance(child.tag, str):
                walk(child)

    walk(paragraph)
    return "".join(parts)


def _without_page(parts: list[str], start: int, code: list[str]) -> None:
    """Take a field's result out of ``parts`` (from ``start``) when its code counts pages and it is a page's number."""
    if _COUNTS_PAGES.match("".join(code)) and _PAGE.fullmatch("".join(parts[start:])):
        del parts[start:]


def _symbol(code: str) -> str:
    """The character of a symbol font; those of the private area stand for the code point below it."""
    try:
        number = int(code, 16)
    except ValueError:
        return "\ufffd"
    return chr(number - 0xF000 if 0xF000 <= number <= 0xF0FF else number)


def _diagram(root: "_Element", name: str) -> Iterator[Unit]:
    for element in root.iter(f"{_DRAWING}t"):
        if element.text and element.text.strip():
            yield Unit(element.text, f"图示 {name}", "side")


def _tips(root: "_Element", name: str) -> Iterator[Unit]:
    for element in root.iter():
        for attribute in _SIDE_ATTRIBUTES:
            text = element.get(attribute)
            if text and text.strip():
                yield Unit(text, f"提示文字 {name}", "side")
        if element.tag in (f"{_W}tblCaption", f"{_W}tblDescription"):
            yield Unit(element.get(f"{_W}val") or "", f"提示文字 {name}", "side")


def _own(element: "_Element") -> str:
    return (element.text or "").strip()


def _name(element: "_Element") -> str:
    return str(element.tag).rpartition("}")[2]


def _is_prose(element: "_Element") -> bool:
    above = element.getparent()
    if (
        above is not None
        and above.get("name") in _KNOWN_PROPERTIES
        and re.fullmatch(r"[\w.-]+", _own(element))
    ):
        return False
    return _name(element) in ("title", "subject", "description", "keywords", "creator", "category", "lpwstr")
