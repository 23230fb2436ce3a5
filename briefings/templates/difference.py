"""How a file of the workspace differs from the packed one of this version; Word files by what people see in them."""

import difflib
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

from briefings import walls
from briefings.errors import ConfigurationError, UsageError
from briefings.templates.files import Template

if TYPE_CHECKING:
    from lxml.etree import _Element

    from briefings.settings import Settings

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TASK = "briefings.templates.difference:describing_task"
_DULL = frozenset({"rsid", "rsidR", "rsidRDefault", "rsidP", "rsidRPr", "rsidSect", "rsidTr", "styleId", "uiPriority", "qFormat", "hint"})  # fmt: skip
"""What Word changes by itself."""


def difference(one: Template, settings: "Settings") -> tuple[str, ...]:
    """The lines of a unified diff from the packed file to the workspace's own; none where they say the same.

    Raises ``UsageError`` where there are not both, ``ConfigurationError`` for a file that cannot be read.
    """
    if one.own is None:
        raise UsageError(f"The workspace has no {one.name} of its own; the packed one is used.")
    if one.packed is None:
        raise UsageError(f"{one.own} is the workspace's alone; there is no packed file to set it against.")
    packed, own = (_lines(path, settings) for path in (one.packed, one.own))
    return tuple(difflib.unified_diff(packed, own, f"packed/{one.name}", str(one.own), lineterm="", n=1))


def _lines(path: Path, settings: "Settings") -> list[str]:
    if path.suffix != ".docx":
        try:
            return path.read_text(encoding="utf-8").splitlines()
        except UnicodeDecodeError as error:
            raise ConfigurationError(f"{path} 不是 UTF-8 文本。") from error
    try:
        answer = walls.run(_TASK, None, path.read_bytes(), settings.rendering, "briefings.walled:renderers")
    except walls.Stopped as stopped:
        raise ConfigurationError(f"{path} could not be read. {stopped}") from stopped
    told = json.loads(answer)
    if told is None:
        raise ConfigurationError(f"{path} 不是可以读取的 Word 文件。")
    return [str(line) for line in told]


def describing_task(_argument: Any, data: bytes) -> bytes:
    """The child's side: what a Word file says, a line for each page setting, style and paragraph; null for none."""
    from lxml import etree

    try:
        return json.dumps(list(described(data)), ensure_ascii=False).encode()
    except (BadZipFile, KeyError, etree.XMLSyntaxError):
        return b"null"


def described(data: bytes) -> Iterator[str]:
    """A Word file in lines: its page, its styles by name with what they set, its paragraphs with their styles."""
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    with ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    styles = etree.fromstring(parts["word/styles.xml"], parser)
    names = {_of(s, "styleId"): _value(s.find(f"{_W}name")) for s in styles.iter(f"{_W}style")}
    document = etree.fromstring(parts["word/document.xml"], parser)
    for section in document.iter(f"{_W}sectPr"):
        yield "页面 " + "; ".join(_set(section, names))
    for style in sorted(
        styles.iter(f"{_W}style"), key=lambda s: (_of(s, "type"), names[_of(s, "styleId")].lower())
    ):
        head = f"样式 {names[_of(style, 'styleId')].lower()}（{_of(style, 'type')}）"
        yield head
        yield from (f"{head} {line}" for line in _set(style, names) if not line.startswith("name"))
    running = sorted(n for n in parts if n.startswith(("word/header", "word/footer")) and n.endswith(".xml"))
    for name in ("word/document.xml", *running):
        root = document if name == "word/document.xml" else etree.fromstring(parts[name], parser)
        for paragraph in root.iter(f"{_W}p"):
            style = paragraph.find(f"{_W}pPr/{_W}pStyle")
            text = "".join(t.text or "" for t in paragraph.iter(f"{_W}t"))
            field = "".join(t.text or "" for t in paragraph.iter(f"{_W}instrText")).strip()
            shown = names.get(_value(style), _value(style)) or "normal"
            yield f"{name} [{shown.lower()}] {text}{f' 〔{field}〕' if field else ''}"


def _set(element: "_Element", names: dict[str, str], path: str = "") -> Iterator[str]:
    """What an element sets, a line for each that has attributes, in the order of their names."""
    found = []
    for child in element:
        if not isinstance(child.tag, str) or _bare(child.tag) in _DULL:
            continue
        here = f"{path}{_bare(child.tag)}"
        given = {_bare(str(k)): str(v) for k, v in child.attrib.items() if _bare(str(k)) not in _DULL}
        if _bare(child.tag) in ("basedOn", "next", "link"):
            given = {key: names.get(value, value) for key, value in given.items()}
        if given or (not len(child) and _bare(child.tag) not in ("rPr", "pPr", "tblPr")):
            found.append(f"{here} {' '.join(f'{k}={v}' for k, v in sorted(given.items()))}".strip())
        found += _set(child, names, f"{here}/")
    yield from sorted(found) if not path else found


def _bare(name: str) -> str:
    return name.rpartition("}")[2]


def _of(element: "_Element", name: str) -> str:
    return str(element.get(f"{_W}{name}") or "")


def _value(element: "_Element | None") -> str:
    return "" if element is None else _of(element, "val")
