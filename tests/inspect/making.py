"""Small PDFs about the invented city 临澜市, made well, and ways to spoil them."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf

from briefings.inspect import inspect
from briefings.records.inspection import Beside, Result

ALONE = Beside()
SUMMARY = """
<h1>临澜市半年对照</h1>
<p>重点项目完成投资 ▲ +12.5%<a href="#s1">[1]</a>，快于去年同期。</p>
<nav><ol><li><a class="entry" href="#one">一、项目</a></li></ol></nav>
<h2 id="one">一、项目</h2>
<table><thead><tr><th>项目</th><th>完成</th></tr></thead>
<tbody><tr><th>滨河快线</th><td>62.5%</td></tr><tr><th>西港货场</th><td>48.0%</td></tr></tbody></table>
<figure><img alt="条形图：滨河快线完成62.5%，西港货场完成48.0%，均为上半年数。" src="data:image/svg+xml,
<svg xmlns='http://www.w3.org/2000/svg' width='200' height='60'><rect width='125' height='20' fill='%230B5394'/>
<rect y='30' width='96' height='20' fill='%239AA5B1'/></svg>"></figure>
<h2 id="two">来源</h2>
<ol class="plain"><li id="s1"><p>[1] 重点项目完成投资同比增长12.5%。</p></li></ol>
"""
STYLE = """
@page { size: A4; margin: 24mm 20mm; @bottom-right { content: counter(page) } }
html { font: 10.5pt/17pt "Noto Sans CJK SC"; color: #1F2328 }
a { color: #0B5394; text-decoration: none }
ol { list-style: none; padding: 0 }
.entry::after { content: leader(".") " " target-counter(attr(href), page) }
"""


def page(body: str = SUMMARY, style: str = "", language: str = "zh-CN") -> str:
    """A whole HTML page."""
    return (
        f'<html lang="{language}"><head><title>临澜市半年对照</title><meta name="author" content="临澜市政府办公室">'
        '<meta name="description" content="上半年项目"><meta name="keywords" content="临澜市">'
        f"<style>{STYLE}{style}</style></head><body>{body}</body></html>"
    )


def printed(html: str, files: dict[str, bytes] | None = None) -> bytes:
    """``html`` as PDF/A-3a, as WeasyPrint makes it, with ``files`` attached as data."""
    from weasyprint import HTML, Attachment

    attached = [
        Attachment(string=data, name=name, relationship="Data", description=name)
        for name, data in (files or {}).items()
    ]
    document = HTML(string=html).render(pdf_variant="pdf/a-3a")
    document.metadata.attachments = attached
    written = document.write_pdf(pdf_variant="pdf/a-3a")
    assert isinstance(written, bytes)
    return written


def finished(data: bytes) -> bytes:
    """What WeasyPrint leaves open, set right: links that tell, scopes, boxes, PDF/UA, each attachment once."""

    def finish(file: pikepdf.Pdf) -> None:
        for sheet in file.pages:
            for note in sheet.get("/Annots", []):
                note.Contents = pikepdf.String("leads on")
        for element in elements(file):
            if element.S == "/TH":
                element.A.Scope = pikepdf.Name.Column
            if element.S == "/Figure":
                element.A.BBox = pikepdf.Array([100, 100, 200, 200])
        if "/AF" in file.Root:
            file.Root.AF = pikepdf.Array([file.Root.AF[at] for at in range(0, len(file.Root.AF), 2)])
        file.docinfo["/Subject"] = "上半年项目"
        with file.open_metadata(set_pikepdf_as_editor=False) as xmp:
            xmp["{http://www.aiim.org/pdfua/ns/id/}part"] = "1"
            xmp["dc:description"] = "上半年项目"

    return changed(data, finish)


def changed(data: bytes, change: Callable[[pikepdf.Pdf], object]) -> bytes:
    """A PDF after ``change`` was made to its objects."""
    with pikepdf.open(BytesIO(data)) as file:
        change(file)
        out = BytesIO()
        file.save(out)
    return out.getvalue()


def elements(file: pikepdf.Pdf) -> list[Any]:
    """Every structure element."""
    found: list[Any] = []
    waiting = list(file.Root.StructTreeRoot.K)
    while waiting:
        item: Any = waiting.pop(0)
        if isinstance(item, pikepdf.Dictionary) and "/S" in item:
            found.append(item)
            kids: Any = item.get("/K", [])
            waiting += list(kids) if isinstance(kids, pikepdf.Array) else [kids]
    return found


def result(folder: Path, data: bytes, number: int, beside: Beside = ALONE, name: str = "file.pdf") -> Result:
    """What check ``number`` says of ``data``."""
    path = folder / name
    path.write_bytes(data)
    (found,) = inspect(path, beside, (number,)).results
    assert found.number == number
    return found


def words(found: Result) -> str:
    """All places of a result in one text."""
    return "\n".join(f"{spot.where}: {spot.words}" for spot in found.spots)


def sentences(count: int) -> str:
    """Running Chinese of ``count`` sentences, with marks that a line must not begin with."""
    parts = [
        "滨河快线全线开工，西港货场完成主体；",
        "“一件事一次办”覆盖（含乡镇）全部窗口，群众少跑路。",
        "新增绿道沿河贯通、口袋公园建成开放！",
    ]
    return "".join(parts[at % 3] for at in range(count))


def without_blanks(text: str) -> str:
    """``text`` without its blanks."""
    return re.sub(r"\s", "", text)
