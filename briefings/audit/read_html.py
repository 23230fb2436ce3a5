"""Read a page back: its text block by block, and what it says in attributes."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from briefings.audit.units import Unit

if TYPE_CHECKING:
    from lxml.etree import _Element

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "dd",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "br",
        "summary",
        "details",
    ]
)
_SILENT = frozenset(["script", "style", "template", "noscript"])
_SIDE = frozenset(["title", "desc"])
_ATTRIBUTES = ("alt", "title", "aria-label", "data-head", "data-foot", "placeholder", "label")
_META = frozenset({"author", "description", "keywords"})


def page_units(data: bytes) -> tuple[Unit, ...]:
    """The units of a page in the order of its text. Raises ``ValueError`` for bytes that are no HTML."""
    from lxml import etree, html

    try:
        root = html.document_fromstring(
            data.decode("utf-8"), parser=html.HTMLParser(encoding="utf-8", huge_tree=True)
        )
    except (etree.ParserError, etree.XMLSyntaxError, UnicodeDecodeError, ValueError) as error:
        raise ValueError(f"不是可读的网页：{error}") from error
    reader = _Reader()
    reader.walk(root)
    reader.flush()
    return tuple(reader.units) + tuple(_side(root))


class _Reader:
    """Gathers text until a block begins or ends."""

    def __init__(self) -> None:
        self.units: list[Unit] = []
        self._parts: list[str] = []
        self._place = ""
        self._tables = 0
        self._blocks = 0

    def walk(self, element: "_Element") -> None:
        """Read an element and all below it; deep nesting is met with a stack, not with recursion."""
        stack: list[tuple[_Element, bool]] = [(element, False)]
        while stack:
            at, leaving = stack.pop()
            if leaving:
                if at.tag in _BLOCKS:
                    self.flush()
                if at is not element:
                    self._parts.append(at.tail or "")
                continue
            if not isinstance(at.tag, str) or _local(at) in _SILENT or _local(at) in _SIDE:
                if at is not element:
                    self._parts.append(at.tail or "")
                continue
            if at.tag in _BLOCKS:
                self.flush()
                self._locate(at)
            self._parts.append(at.text or "")
            stack.append((at, True))
            stack += [(child, False) for child in reversed(at)]

    def flush(self) -> None:
        """End the unit."""
        text = "".join(self._parts)
        self._parts.clear()
        if text.strip():
            self._blocks += 1
            self.units.append(Unit(text, self._place or f"第{self._blocks}块"))

    def _locate(self, element: "_Element") -> None:
        if element.tag == "table":
            self._tables += 1
        inside = element.tag in ("td", "th")
        row = element.getparent()
        if inside and row is not None:
            group = row.getparent()
            head = group is not None and group.tag == "thead"
            rows = "表头" if head else f"第{row.getparent().index(row) + 1}行" if group is not None else ""  # type: ignore[union-attr]
            self._place = f"第{self._tables}个表格 {rows}第{row.index(element) + 1}列"
        elif element.tag in _BLOCKS:
            self._place = ""


def _side(root: "_Element") -> Iterator[Unit]:
    for element in root.iter():
        if _local(element) in _SIDE:
            yield Unit("".join(str(part) for part in element.itertext()), "标题文字", "side")
        for name in _ATTRIBUTES:
            text = element.get(name)
            if text and text.strip():
                yield Unit(text, f"属性 {name}", "side")
        if element.tag == "meta" and element.get("name") in _META:
            yield Unit(element.get("content") or "", f"属性 {element.get('name')}", "side")


def _local(element: "_Element") -> str:
    return str(element.tag).rpartition("}")[2]
