"""What a base file says by itself: its placeholders filled, wherever they stand, and the place where the briefing goes.

Filling is a plain exchange of names for words: nothing in a base file is run, and what is filled in is not read again.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from briefings.errors import ConfigurationError

if TYPE_CHECKING:
    from lxml.etree import _Element

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_W = f"{{{_WORD}}}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_HELD = re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_PROPERTIES = re.compile(r"docProps/[^/]+\.xml")
_TAG = re.compile(r"\{\{\s*(?P<name>.*?)\s*\}\}|\{%.*?%\}|\{\{|\{%|\{#")
_HERE = f'<w:content xmlns:w="{_WORD}"/>'
CONTENT = "content"
"""The paragraph ``{{content}}`` is where the briefing goes; without one it goes to the end."""
_BLANKS = (f"{_W}tab", f"{_W}br")
_WORDED = 4
"""So many letters a line has at least beside its figures to be an office's own words."""
MASTHEAD = (
    "name", "issue", "unit", "date", "classification", "urgency", "serial", "foreword", "report_to", "copy_to",
    "printed",
)  # fmt: skip
NAMES = (
    "title", "subtitle", "period", "office", "cutoff", "foot", *(f"masthead.{name}" for name in MASTHEAD),
)  # fmt: skip
"""What may be asked for besides ``content``."""


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A tag of a base file: ``name`` is what it asks for ("" for what is none), ``tag`` as it is written.

    ``part`` is the file in the package, ``place`` says where in it for people; ``known`` whether it can be filled, and
    ``meant`` is the name that it may have meant.
    """

    name: str
    tag: str
    part: str
    place: str
    known: bool
    meant: str = ""


def placeholders(parts: Mapping[str, bytes]) -> tuple[Placeholder, ...]:
    """The tags of a base file's ``parts``, in the order of the package and of reading."""
    found: list[Placeholder] = []
    for name, root in _parsed(parts):
        for element, place in _units(name, root):
            for match in _TAG.finditer(_said(name, element)):
                asked = match["name"] or ""
                known = asked in NAMES or (asked == CONTENT and name == "word/document.xml")
                close = [] if known else get_close_matches(asked, (*NAMES, CONTENT), 1)
                found.append(Placeholder(asked, match[0], name, place, known, "".join(close)))
    return tuple(found)


def own_figures(parts: Mapping[str, bytes], words: Mapping[str, str]) -> tuple[str, ...]:
    """The lines of a base file that say a figure of their own, placeholders filled: an office's telephone, its print run.

    A line that is hardly more than a figure is none of these, for it could not be told from data.
    """
    found: dict[str, None] = {}
    for name, root in _parsed(parts):
        if not name.startswith("word/"):
            continue
        for element, _ in _units(name, root):
            said = _shown(element)
            if (
                re.search(r"\d", _TAG.sub("", said))
                and len(re.findall(r"[^\W\d_]", _TAG.sub("", said))) >= _WORDED
            ):
                found[_TAG.sub(lambda match: words.get(match["name"] or "", ""), said)] = None
    return tuple(found)


def split_formats(parts: Mapping[str, bytes]) -> tuple[tuple[str, str, int], ...]:
    """The known placeholders spread over runs that look different: place, tag, number of runs. The first run's look wins."""
    from lxml import etree

    found: list[tuple[str, str, int]] = []
    for name, root in _parsed(parts):
        for element, place in _units(name, root) if name.startswith("word/") else ():
            pieces = _texts(element)
            for match in _TAG.finditer(_text(element)):
                at, looks = 0, []
                for piece in pieces:
                    start, at = at, at + len(piece.text or "")
                    if start < match.end() and at > match.start() and piece.text:
                        run = piece.getparent()
                        look = None if run is None else run.find(f"{_W}rPr")
                        looks.append(b"" if look is None else etree.tostring(look, method="c14n"))
                if len(set(looks)) > 1:
                    found.append((f"{name} {place}", match[0], len(looks)))
    return tuple(found)


def filled(path: Path, parts: Mapping[str, bytes], words: Mapping[str, str], briefing: str) -> dict[str, bytes]:  # fmt: skip
    """``parts`` with every placeholder exchanged for its words and the paragraphs of ``briefing`` put in their place.

    A paragraph, or a row of a table, whose placeholders are all empty is left out of the body. Raises
    ``ConfigurationError`` naming ``path`` and the place of a tag that is not known.
    """
    from lxml import etree

    for tag in placeholders(parts):
        if not tag.known:
            hint = f"，是否要写“{{{{{tag.meant}}}}}”？" if tag.meant else "。"
            raise ConfigurationError(
                f"Word 模板 {path} 的 {tag.part} {tag.place}有不认识的占位符“{tag.tag}”{hint}"
            )
    result = dict(parts)
    for name, root in _parsed(parts):
        if name == "word/document.xml":
            result[name] = _document(path, root, words, briefing)
        elif any("{{" in _said(name, element) for element, _ in _units(name, root)):
            for element, _ in _units(name, root):
                _fill(name, element, words)
            result[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return result


def _document(path: Path, root: "_Element", words: Mapping[str, str], briefing: str) -> bytes:
    from lxml import etree

    body = root.find(f"{_W}body")
    if body is None:
        raise ConfigurationError(f"Word 模板 {path} 没有正文。")
    marks = [p for p in root.iter(f"{_W}p") if _asked(p) == [CONTENT]]
    if len(marks) > 1 or any(mark.getparent() is not body for mark in marks):
        raise ConfigurationError(
            f"Word 模板 {path} 的“{{{{{CONTENT}}}}}”只能有一处，单独成段，不能放在表格或文本框里。"
        )
    here = etree.fromstring(_HERE)
    if marks:
        body.replace(marks[0], here)
    else:
        # The empty paragraph that Word leaves in an empty file is none of the briefing's.
        for last in reversed(body.findall(f"{_W}p")):
            if (
                _text(last).strip()
                or len(last.findall(f".//{_W}drawing"))
                or last.find(f".//{_W}sectPr") is not None
            ):
                break
            body.remove(last)
        section = body.find(f"{_W}sectPr")
        body.insert(len(body) if section is None else body.index(section), here)
    for row in list(root.iter(f"{_W}tr")):
        asked = [name for p in row.iter(f"{_W}p") for name in _asked(p)]
        if asked and not any(words[name] for name in asked):
            table = row.getparent()
            if table is not None:
                table.remove(row)
                above = table.getparent()
                if table.find(f"{_W}tr") is None and above is not None:
                    above.remove(table)
    for paragraph in list(root.iter(f"{_W}p")):
        asked = _asked(paragraph)
        above = paragraph.getparent()
        if (
            asked
            and above is body
            and not any(words[name] for name in asked)
            and paragraph.find(f".//{_W}sectPr") is None
        ):
            body.remove(paragraph)
        else:
            _fill("word/document.xml", paragraph, words)
    text = etree.tostring(root, encoding="unicode")
    mark = re.search(r"<w:content[^>]*/>", text)
    assert mark
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return (head + text[: mark.start()] + briefing + text[mark.end() :]).encode()


def _parsed(parts: Mapping[str, bytes]) -> Iterator[tuple[str, "_Element"]]:
    """The parts that may hold placeholders, parsed; the body knows all namespaces that a briefing uses."""
    from lxml import etree

    from briefings.render.word_xml import NAMESPACES

    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    for name, data in parts.items():
        if not (_HELD.fullmatch(name) or _PROPERTIES.fullmatch(name)):
            continue
        root = etree.fromstring(data, parser)
        if name == "word/document.xml":
            ours = dict(re.findall(r'xmlns:(\w+)="([^"]+)"', NAMESPACES))
            whole = etree.Element(root.tag, nsmap={**{k: v for k, v in root.nsmap.items() if k}, **ours})
            for key, value in root.attrib.items():
                whole.set(key, value)
            whole.extend(list(root))
            root = whole
        yield name, root


def _units(part: str, root: "_Element") -> Iterator[tuple["_Element", str]]:
    """The paragraphs of a part, or a property's elements, each with its place."""
    if part.startswith("word/"):
        for n, paragraph in enumerate(root.iter(f"{_W}p"), 1):
            yield paragraph, f"第{n}段"
        return
    for element in root.iter():
        if isinstance(element.tag, str) and (element.text or "").strip():
            yield element, f"属性 {element.tag.rpartition('}')[2]}"


def _texts(paragraph: "_Element") -> list["_Element"]:
    """The pieces of a paragraph's own text, without those of text boxes anchored in it."""
    return [t for t in paragraph.iter(f"{_W}t") if next(t.iterancestors(f"{_W}p")) is paragraph]


def _text(paragraph: "_Element") -> str:
    return "".join(t.text or "" for t in _texts(paragraph))


def _shown(paragraph: "_Element") -> str:
    """A paragraph's text as it is read: tabs and breaks are blanks, what fields count is left out."""
    parts: list[str] = []
    within = 0
    for child in paragraph.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}fldChar"):
        if next(child.iterancestors(f"{_W}p")) is not paragraph:
            continue
        kind = child.get(f"{_W}fldCharType")
        within += {"begin": 1, "end": -1}.get(kind or "", 0)
        counted = within or next(child.iterancestors(f"{_W}fldSimple"), None) is not None
        if child.tag == f"{_W}t" and not counted:
            parts.append(child.text or "")
        elif (above := child.getparent()) is not None and child.tag in _BLANKS and above.tag == f"{_W}r":
            parts.append(" ")
    return "".join(parts)


def _said(part: str, element: "_Element") -> str:
    return _text(element) if part.startswith("word/") else element.text or ""


def _asked(paragraph: "_Element") -> list[str]:
    return [match["name"] for match in _TAG.finditer(_text(paragraph)) if match["name"] is not None]


def _fill(part: str, element: "_Element", words: Mapping[str, str]) -> None:
    """Exchange the tags of a paragraph or property; Word may have spread one over several runs."""
    if not part.startswith("word/"):
        element.text = _TAG.sub(lambda match: _clean(words[match["name"]]), element.text or "")
        return
    pieces = _texts(element)
    for match in reversed(list(_TAG.finditer(_text(element)))):
        at, first = 0, True
        for piece in pieces:
            said = piece.text or ""
            start, end = max(match.start() - at, 0), min(match.end() - at, len(said))
            at += len(said)
            if start >= end:
                continue
            piece.text = said[:start] + (_clean(words[match["name"]]) if first else "") + said[end:]
            piece.set(_SPACE, "preserve")
            first = False


def _clean(text: str) -> str:
    """``text`` without what XML cannot hold."""
    from briefings.render.word_xml import FORBIDDEN

    return FORBIDDEN.sub("\ufffd", text)
