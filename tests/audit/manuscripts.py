"""A produced Word file as an office would edit it: words found and changed, paragraphs put in or taken out."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from audited import FACTS, audited
from lxml import etree

from briefings import render
from briefings.audit import edited
from briefings.records.edit import Edit, EditReport

ROOT = (Path(__file__).parents[2],)
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACE = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
DOCUMENT = "word/document.xml"


@cache
def original() -> bytes:
    """The Word file of the briefing that is proved."""
    return render.word(audited(), ROOT)


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of a package by name."""
    with ZipFile(BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(kept: dict[str, bytes]) -> bytes:
    """A package of the parts."""
    data = BytesIO()
    with ZipFile(data, "w") as package:
        for name, part in kept.items():
            package.writestr(name, part)
    return data.getvalue()


def with_part(name: str, change: Callable[[str], str], data: bytes | None = None) -> bytes:
    """The file with one part changed as text; it has to be another."""
    kept = parts(data or original())
    before = kept[name].decode("utf-8")
    after = change(before)
    assert after != before
    return packed({**kept, name: after.encode("utf-8")})


def with_body(change: Callable[[etree._Element], None], data: bytes | None = None) -> bytes:
    """The file with its body changed as a tree."""
    kept = parts(data or original())
    root = etree.fromstring(kept[DOCUMENT])
    change(root)
    return packed({**kept, DOCUMENT: etree.tostring(root)})


def said(old: str, new: str, at: int = 0) -> bytes:
    """The file in which the occurrence ``at`` of ``old`` in a run of the body says ``new``."""

    def change(root: etree._Element) -> None:
        runs = [t for t in shown(root) if old in (t.text or "")]
        runs[at].text = (runs[at].text or "").replace(old, new, 1)

    return with_body(change)


def shown(root: etree._Element) -> Iterator[etree._Element]:
    """The text elements that are no entries of the contents."""
    for text in root.iter(f"{W}t"):
        home = next(a for a in text.iterancestors() if a.tag == f"{W}p")
        style = home.find(f"{W}pPr/{W}pStyle")
        if style is None or not str(style.get(f"{W}val")).startswith(("TOC", "Tableof")):
            yield text


def paragraph_of(root: etree._Element, words: str) -> etree._Element:
    """The first paragraph outside the contents that says ``words``."""
    for text in shown(root):
        home: etree._Element = next(a for a in text.iterancestors() if a.tag == f"{W}p")
        if words in "".join(t.text or "" for t in home.iter(f"{W}t")):
            return home
    raise AssertionError(words)


def run(text: str, properties: str = "") -> str:
    """A run as mark-up."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(content: str) -> etree._Element:
    """A paragraph of runs given as mark-up."""
    return etree.fromstring(f"<w:p {SPACE}>{content}</w:p>")


def report(data: bytes) -> EditReport:
    """What the audit says of an edited file."""
    return edited(
        "returned.docx",
        data,
        original(),
        audited(),
        "2021-07-20-00000000",
        FACTS.values(),
        lambda f: f.surface,
    )


def edits(data: bytes) -> list[Edit]:
    """The changes it tells."""
    return list(report(data).edits)


def kinds(data: bytes) -> list[str]:
    """Their kinds."""
    return [edit.kind for edit in edits(data)]


def numbers(text: str) -> list[str]:
    """The figures in a text."""
    return re.findall(r"\d+(?:\.\d+)?", text)
