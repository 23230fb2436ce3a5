"""On which page things stand in a Word file, by LibreOffice's layout, and the pages written into its contents."""

import json
import re
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

from briefings.records.briefing import Briefing, Figure, Heading, Table
from briefings.render.word_draft import contents_target, exhibit
from briefings.render.word_package import packed

FILE = "briefing"
_FACES = {
    "仿宋_GB2312": ("仿宋_GB2312", "FandolFang", "Noto Serif CJK SC"),
    "楷体_GB2312": ("楷体_GB2312", "FandolKai", "LXGW WenKai", "Noto Serif CJK SC"),
    "黑体": ("黑体", "SimHei", "FandolHei", "Noto Sans CJK SC"),
    "宋体": ("宋体", "SimSun", "FandolSong", "Noto Serif CJK SC"),
    "方正小标宋简体": ("方正小标宋简体", "Noto Serif CJK SC"),
}
"""Faces of office papers, and the free ones that stand in for them where they are not installed."""
_EXPORT = {"ExportBookmarksToPDFDestination": {"type": "boolean", "value": "true"}}
_DOCUMENT = "word/document.xml"
_CACHED = re.compile(
    r"(<w:instrText[^>]*> PAGEREF (?P<name>\w+) \\h </w:instrText></w:r>"
    r'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r>(?:<w:rPr>.*?</w:rPr>)?<w:t[^>]*>)\d+(?=</w:t>)'
)
UNKNOWN = 10
"""What stands for a page until it is known: as wide as most pages."""


def unknown(briefing: Briefing) -> dict[str, int]:
    """The bookmarks of all that contents may list, none of their pages known."""
    headings = [block for block in briefing.blocks if isinstance(block, Heading)]
    names = [contents_target(n) for n in range(len(headings))]
    names += [exhibit(block) for block in briefing.blocks if isinstance(block, Table | Figure)]
    return dict.fromkeys(names, UNKNOWN)


def command(office: str, folder: Path) -> list[str]:
    """How LibreOffice (``office``) lays ``briefing.docx`` of ``folder`` out as ``briefing.pdf``."""
    return [
        office,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--norestore",
        "--convert-to",
        f"pdf:writer_pdf_Export:{json.dumps(_EXPORT)}",
        "--outdir",
        str(folder),
        str(folder / f"{FILE}.docx"),
    ]


def typefaces() -> str:
    """The settings of fontconfig for that: the machine's, and which face stands in for one that it has not."""
    rows = "".join(
        f'<match target="pattern"><test name="family"><string>{asked}</string></test>'
        '<edit name="family" mode="assign" binding="strong">'
        f"{''.join(f'<string>{face}</string>' for face in faces)}</edit></match>"
        for asked, faces in _FACES.items()
    )
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
        f'<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include>{rows}</fontconfig>'
    )


def pages_of(pdf: bytes) -> dict[str, int]:
    """The page of each bookmark of a PDF that LibreOffice made; raises ``ValueError`` for one that cannot be read."""
    import pikepdf

    try:
        with pikepdf.open(BytesIO(pdf)) as opened:
            numbers: dict[object, int] = {page.objgen: n for n, page in enumerate(opened.pages, 1)}
            destinations = opened.Root.get("/Dests")
            if destinations is None:
                return {}
            # LibreOffice writes an underscore at the beginning by its code.
            return {
                name.removeprefix("/").replace("5F", "_", name.startswith("/5F")): numbers[target[0].objgen]
                for name, target in destinations.items()
            }
    except (pikepdf.PdfError, KeyError, IndexError, AttributeError, TypeError) as error:
        raise ValueError(f"not a PDF with bookmarks: {error}") from error


def listed(docx: bytes) -> dict[str, int]:
    """The pages that the contents of a Word file of ours print, by bookmark."""
    from zipfile import ZipFile

    with ZipFile(BytesIO(docx)) as package:
        text = package.read(_DOCUMENT).decode("utf-8")
    return {
        match["name"]: int(re.findall(r"\d+", text[match.end(1) : match.end()])[0])
        for match in _CACHED.finditer(text)
    }


def with_pages(docx: bytes, pages: Mapping[str, int]) -> bytes:
    """``docx`` with the pages that its contents print exchanged for ``pages``, which has all of them."""
    from zipfile import ZipFile

    with ZipFile(BytesIO(docx)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    text = parts[_DOCUMENT].decode("utf-8")
    text = _CACHED.sub(lambda match: f"{match[1]}{pages[match['name']]}", text)
    return packed({**parts, _DOCUMENT: text.encode("utf-8")})
