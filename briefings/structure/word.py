"""Word files: paragraphs and tables in the order of the body, automatic numbers written out."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from briefings.structure import package
from briefings.structure.counting import Numbering
from briefings.structure.settled import Draft, Hint, Refusal, Settled, TableCell, with_headers

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PART_LIMIT = 100 << 20
RATIO_LIMIT = 200
_HEADING = re.compile(r"^(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_DROPPED = frozenset(
    {W + "del", W + "moveFrom", W + "instrText", W + "delText", W + "rPr", W + "pPr", W + "footnotePr"}
    | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)
_NESTED = frozenset(
    W + tag for tag in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "body", "txbxContent")
)


def settle(data: bytes) -> Settled:
    """The text of a docx. Raises ``Refusal`` (truncated, xml_dtd, depth, malformed, no_text, and those of ``package``)."""
    package.guard(data)
    parts = _parts(data)
    body = _parse(parts["word/document.xml"])
    styles = _Styles(_optional(parts, "word/styles.xml"))
    numbering = Numbering(_optional(parts, "word/numbering.xml"))
    draft = Draft()
    _write(body, draft, styles, numbering)
    settled = draft.settle("docx")
    if not settled.text.strip():
        raise Refusal("no_text", "Word 文档里没有文字，内容可能是图片：请提供文字版，扫描件须先做文字识别。")
    return settled


def _parts(data: bytes) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for name in ("word/document.xml", "word/styles.xml", "word/numbering.xml"):
                if name not in package.namelist():
                    continue
                entry = package.getinfo(name)
                if entry.flag_bits & 1:
                    raise Refusal("encrypted", "文件加了密码，打不开：请去掉密码后再交来。")
                swollen = entry.file_size > RATIO_LIMIT * max(entry.compress_size, 1)
                if entry.file_size > PART_LIMIT or (swollen and entry.file_size > 10 << 20):
                    raise Refusal("zip_ratio", "Word 文档解压后大得反常，像是恶意文件，已拒绝打开。")
                with package.open(entry) as part:
                    content = part.read(entry.file_size + 1)
                if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
                    raise _declared()
                parts[name] = content
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError) as error:
        raise Refusal(
            "truncated", "Word 文档不完整或已损坏，正文解压不出来：请重新取得完整的文件。"
        ) from error
    if "word/document.xml" not in parts:
        raise Refusal("truncated", "文件里没有 Word 文档的正文部分，多半已经损坏：请重新取得完整的文件。")
    return parts


def _declared() -> Refusal:
    return Refusal(
        "xml_dtd", "Word 文档里夹带了文档类型声明（DTD），读出来会缺字：请用 Word 或 WPS 重新另存再交来。"
    )


def _parse(content: bytes) -> "_Element":
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if "depth" in str(error).lower():
            raise Refusal("depth", "Word 文档的结构嵌套过深，读出来会缺字：请重新另存再交来。") from error
        raise Refusal(
            "malformed", "Word 文档的正文部分已损坏：请用 Word 或 WPS 打开修复后另存再交来。"
        ) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise _declared()
    return root


def _optional(parts: dict[str, bytes], name: str) -> "_Element | None":
    try:
        return _parse(parts[name]) if name in parts else None
    except Refusal:
        return None  # styles and numbering help; the text stands without them


def _write(root: "_Element", draft: Draft, styles: "_Styles", numbering: Numbering) -> None:
    stack: list[Iterator[_Element]] = [iter(root)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
        elif element.tag == W + "p":
            _paragraph(element, draft, styles, numbering)
        elif element.tag == W + "tbl":
            if _laid_out(element):
                stack.append(
                    iter(
                        [part for tr in _parts_of(element, "tr") for tc in _parts_of(tr, "tc") for part in tc]
                    )
                )
            else:
                _table(element, draft)
        elif element.tag in _NESTED:
            stack.append(iter(element))


def _paragraph(p: "_Element", draft: Draft, styles: "_Styles", numbering: Numbering) -> None:
    text = _words(p)
    properties = p.find(W + "pPr")
    style = _value(properties, "pStyle")
    level = styles.level(style, properties)
    number = ""
    if text.strip():
        number = numbering.next(*_list(properties, styles.numbers.get(style or "")))
    lead = _lead(p)
    bold = lead >= len(text.strip()) > 0
    hint = Hint(level, True, bold, lead) if level is not None or lead or number else None
    lines = (number + text).split("\n")
    draft.line(lines[0], hint)
    for line in lines[1:]:
        draft.line(line, label=draft.label)


def _list(properties: "_Element | None", inherited: tuple[str, int] | None) -> tuple[str | None, int]:
    numbers = properties.find(W + "numPr") if properties is not None else None
    if numbers is None:
        return inherited if inherited else (None, 0)
    level = _value(numbers, "ilvl")
    return _value(numbers, "numId"), int(level) if level and level.isdigit() else 0


def _parts_of(parent: "_Element", tag: str) -> "Iterator[_Element]":
    """The rows of a table or the cells of a row, those of tables inside it left out."""
    for child in parent:
        if child.tag == W + tag:
            yield child
        elif child.tag in _NESTED:
            yield from _parts_of(child, tag)


def _laid_out(table: "_Element") -> bool:
    """Whether a table only lays the page out: one column, whole texts in its cells, or tables."""
    rows = [sum(1 for _ in _parts_of(tr, "tc")) for tr in _parts_of(table, "tr")]
    if max(rows, default=0) < 2 or next(table.iterdescendants(W + "tbl"), None) is not None:
        return True
    return any(sum(len(t.text or "") for t in tc.iter(W + "t")) > 400 for tc in table.iter(W + "tc"))


def _table(table: "_Element", draft: Draft) -> None:
    rows: list[list[TableCell]] = []
    above: dict[int, tuple[int, int]] = {}
    for r, tr in enumerate(_parts_of(table, "tr")):
        cells: list[TableCell] = []
        header = tr.find(f"{W}trPr/{W}tblHeader") is not None
        column = 0
        for tc in _parts_of(tr, "tc"):
            properties = tc.find(W + "tcPr")
            span = _value(properties, "gridSpan")
            width = min(int(span), 60) if span and span.isdigit() else 1
            merge = properties.find(W + "vMerge") if properties is not None else None
            if merge is not None and merge.get(W + "val") != "restart" and column in above:
                row, index = above[column]
                rows[row][index] = rows[row][index]._replace(rows=r - row + 1)
            else:
                words = " ".join(filter(None, (_words(p).strip() for p in tc.iter(W + "p"))))
                words = words.replace("\t", " ").replace("\n", " ")
                if merge is not None:
                    above[column] = (len(rows), len(cells))
                else:
                    above.pop(column, None)
                cells.append(TableCell(r, column, words, 1, width, header))
            column += max(width, 1)
        rows.append(cells)
    if any(cell.text for row in rows for cell in row):
        draft.table(with_headers([row for row in rows if row]))


def _words(paragraph: "_Element") -> str:
    parts: list[str] = []
    stack = [iter(paragraph)]
    while stack:
        element = next(stack[-1], None)
        if element is None:
            stack.pop()
            continue
        tag = element.tag
        if tag == W + "t":
            parts.append(element.text or "")
        elif tag == W + "tab":
            parts.append("\t")
        elif tag in (W + "br", W + "cr"):
            parts.append("\n")
        elif tag == W + "noBreakHyphen":
            parts.append("-")
        elif tag == W + "r" and element.find(f"{W}rPr/{W}vanish") is not None:
            continue
        elif tag == W + "p":
            parts.append("\n")
            stack.append(iter(element))
        elif tag not in _DROPPED and isinstance(tag, str):
            stack.append(iter(element))
    return "".join(parts)


def _lead(paragraph: "_Element") -> int:
    """How many characters at the head of a paragraph are bold."""
    count = 0
    for run in paragraph.iter(W + "r"):
        text = "".join(node.text or "" for node in run.iter(W + "t"))
        mark = run.find(f"{W}rPr/{W}b")
        if text.strip() and (mark is None or mark.get(W + "val") in ("0", "false")):
            break
        count += len(text) if count else len(text.lstrip())
    return count


def _value(parent: "_Element | None", tag: str) -> str | None:
    child = parent.find(W + tag) if parent is not None else None
    return child.get(W + "val") if child is not None else None


class _Styles:
    """Which styles are headings or number their paragraphs, with what they inherit."""

    def __init__(self, root: "_Element | None") -> None:
        self.levels: dict[str, int] = {}
        self.numbers: dict[str, tuple[str, int]] = {}
        based: dict[str, str] = {}
        for style in root.iter(W + "style") if root is not None else ():
            name = style.get(W + "styleId") or ""
            label = (_value(style, "name") or "").strip()
            properties = style.find(W + "pPr")
            outline = _value(properties, "outlineLvl")
            if match := _HEADING.match(label):
                self.levels[name] = int(match.group(1))
            elif label.lower() in ("title", "标题"):
                self.levels[name] = 0
            elif outline and outline.isdigit() and int(outline) < 9:
                self.levels[name] = int(outline) + 1
            if properties is not None and properties.find(W + "numPr") is not None:
                number, level = _list(properties, None)
                if number:
                    self.numbers[name] = (number, level)
            if parent := _value(style, "basedOn"):
                based[name] = parent
        for name, start in based.items():
            seen, parent = {name}, start
            while parent and parent not in seen:
                seen.add(parent)
                if name not in self.levels and parent in self.levels:
                    self.levels[name] = self.levels[parent]
                if name not in self.numbers and parent in self.numbers:
                    self.numbers[name] = self.numbers[parent]
                parent = based.get(parent, "")

    def level(self, style: str | None, properties: "_Element | None") -> int | None:
        """The outline level of a paragraph: its own, or its style's."""
        own = _value(properties, "outlineLvl")
        if own and own.isdigit():
            return int(own) + 1 if int(own) < 9 else None
        return self.levels.get(style or "")
