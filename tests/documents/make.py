"""Makes the sample documents of ``briefings/data/samples`` again from the texts in ``sources/``.

Run as ``python tests/documents/make.py [FOLDER]``. The two html samples are written by hand and not made here.
In a source ``⏎`` is a line break inside a sentence; ``# ``, ``## ``, ``### `` open headings, ``@ `` the date line and
``| `` a table, whose first line is its caption.
"""

import sys
import zipfile
from collections.abc import Iterator
from datetime import datetime
from html import escape
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

SOURCES = Path(__file__).with_name("sources")
SAMPLES = Path(__file__).parents[2] / "briefings" / "data" / "samples"
STAMP = datetime(2020, 7, 24, 9, 0, 0)
SERIF = "Noto Serif CJK SC"


def source(name: str) -> str:
    """The text that the sample ``name`` is made from."""
    return (SOURCES / name).read_text(encoding="utf-8")


def compilation() -> bytes:
    """The departments' compilation: UTF-8, hard-wrapped, no line end after the last word (it is cut short)."""
    return source("departments-2021h1.txt").replace("⏎", "\n").rstrip("\n").encode("utf-8")


def ranking() -> bytes:
    """The newspaper's report: GB18030 with CRLF line ends."""
    return source("wanghai-ranking-2023.txt").replace("\n", "\r\n").encode("gb18030")


def summary() -> bytes:
    """The commission's summary as a Word file, the same bytes each time."""
    from docx import Document

    document = Document()
    _set_properties(document)
    for mark, group in groupby(source("fagai-2020h1.txt").splitlines(), key=_mark):
        lines = [line.removeprefix(mark) for line in group]
        if mark == "| ":
            for table in tables(lines):
                _add_table(document, *table)
            continue
        for line in lines:
            _add_paragraph(document, mark, line)
    kept = BytesIO()
    document.save(kept)
    return _with_fixed_dates(kept.getvalue())


def _mark(line: str) -> str:
    head, space, _ = line.partition(" ")
    return head + space if head in {"#", "##", "###", "@", "|"} else ""


def tables(lines: list[str]) -> Iterator[tuple[str, list[list[str]]]]:
    """Caption and rows of each table; a line without ``|`` opens the next one."""
    caption, rows = "", list[list[str]]()
    for line in lines:
        if " | " in line:
            rows.append(line.split(" | "))
            continue
        if rows:
            yield caption, rows
        caption, rows = line, []
    yield caption, rows


STYLES = (
    ("Normal", "仿宋", 16),
    ("Title", "宋体", 22),
    ("Heading 1", "黑体", 16),
    ("Heading 2", "楷体", 16),
    ("Caption", "黑体", 12),
)
"""Style, East-Asian font, size in points: the look of an office document."""


def _set_properties(document: Any) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    properties = document.core_properties
    properties.author, properties.last_modified_by = "综合处", "综合处"
    properties.title, properties.comments = "", ""
    properties.created = properties.modified = STAMP
    [section] = document.sections
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, font, size in STYLES:
        style = document.styles[name]
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        fonts.attrib.clear()
        fonts.set(qn("w:ascii"), "Times New Roman")
        fonts.set(qn("w:hAnsi"), "Times New Roman")
        fonts.set(qn("w:eastAsia"), font)
        style.font.size, style.font.color.rgb = Pt(size), RGBColor(0, 0, 0)
        style.font.bold = name == "Title"
        for border in style.element.findall(f".//{qn('w:pBdr')}"):
            border.getparent().remove(border)


def _add_paragraph(document: Any, mark: str, text: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    style = {"# ": "Title", "## ": "Heading 1", "### ": "Heading 2"}.get(mark)
    paragraph = document.add_paragraph(text, style=style)
    if mark in {"# ", "@ "}:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    else:
        paragraph.paragraph_format.first_line_indent = Pt(32)


def _add_table(document: Any, caption: str, rows: list[list[str]]) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt

    document.add_paragraph(caption, style="Caption").alignment = WD_ALIGN_PARAGRAPH.CENTER
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    header = table.rows[0]._tr.get_or_add_trPr()
    header.append(header.makeelement(qn("w:tblHeader"), {}))
    for row, words in zip(table.rows, rows, strict=True):
        for cell, word in zip(row.cells, words, strict=True):
            cell.text = word
            cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)
            cell.paragraphs[0].runs[0].font.size = Pt(12)


def _with_fixed_dates(package: bytes) -> bytes:
    """The same package with every member dated ``STAMP`` and stored alike on every system."""
    kept = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as old, zipfile.ZipFile(kept, "w") as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, date_time=STAMP.timetuple()[:6])
            member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 0
            new.writestr(member, old.read(name))
    return kept.getvalue()


PRESS_STYLE = f"""
@page {{ size: A4; margin: 30mm 26mm 24mm;
  @top-center {{ content: "临澜市人民政府新闻办公室　新闻发布会实录"; font: 9pt "{SERIF}"; vertical-align: bottom; padding-bottom: 4mm }}
  @bottom-center {{ content: "第 " counter(page) " 页　共 " counter(pages) " 页"; font: 9pt "{SERIF}" }} }}
body {{ font: 12pt/1.75 "{SERIF}"; text-align: justify }}
h1 {{ font-size: 17pt; text-align: center; line-height: 1.5 }}
p {{ text-indent: 2em; margin: 0 0 4pt }}
p.date {{ text-indent: 0; text-align: center; margin-bottom: 12pt }}
"""


def press() -> bytes:
    """The press conference as a PDF with a text layer, a running header and page numbers."""
    from weasyprint import HTML

    title, date, *turns = source("yunxiu-press-2020h1.txt").splitlines()
    title, date = title.removeprefix("# "), date.removeprefix("@ ")
    heading = escape(title).replace("——", "<br>——")
    body = "".join(f"<p>{escape(turn)}</p>" for turn in turns)
    page = (
        f"<html lang=zh-CN><title>{escape(title)}</title><style>{PRESS_STYLE}</style>"
        f"<h1>{heading}</h1><p class=date>{escape(date)}</p>{body}</html>"
    )
    return bytes(HTML(string=page).write_pdf(pdf_identifier=b"briefings-sample"))


MADE = {
    "departments-2021h1.txt": compilation,
    "fagai-2020h1.docx": summary,
    "yunxiu-press-2020h1.pdf": press,
    "wanghai-ranking-2023.txt": ranking,
}


def main(folder: Path) -> None:
    """Write every made sample into ``folder``."""
    for name, make in MADE.items():
        (folder / name).write_bytes(make())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLES)
