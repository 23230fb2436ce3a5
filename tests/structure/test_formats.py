"""html, docx and pdf: the same document in each gives the same paragraphs, with places of their own."""

import io
from collections.abc import Callable

from docx import Document as Word
from docx.document import Document as WordFile
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from briefings.records.document import Reading
from briefings.structure import read

LONG = (
    "上半年，全市规模以上工业增加值同比增长7.2%，固定资产投资增长5.1%，社会消费品零售总额达到320.5亿元，"
    "城镇新增就业3.2万人，居民人均可支配收入增长6.3%，主要指标均好于年初预期，经济运行延续回升向好态势。"
)


def saved(word: WordFile) -> bytes:
    """The bytes of a docx."""
    out = io.BytesIO()
    word.save(out)
    return out.getvalue()


def portable(html: str, width: str = "140mm") -> bytes:
    """A PDF made from ``html`` on small pages."""
    from weasyprint import HTML

    style = f"<style>@page {{ size: {width} 160mm; margin: 20mm }} body {{ font: 12pt 'Noto Serif CJK SC' }} p {{ text-indent: 2em; margin: 0 }}</style>"
    made: bytes = HTML(string=style + html).write_pdf()
    return made


def texts(reading: Reading) -> list[str]:
    """The paragraphs of the only document."""
    (document,) = reading.documents
    return [p.text for p in document.paragraphs]


def test_html_blocks_become_lines_and_furniture_goes() -> None:
    """Navigation, scripts and what is hidden are left out; breaks and blocks end lines."""
    page = f"""<html><head><title>总结_望海区政府</title><script>var a = "假";</script></head><body>
    <ul class="nav"><li>首页</li></ul><div style="display: none">隐藏</div>
    <h1>望海区教育局2022年上半年工作总结</h1><div>{LONG}</div><p>一、主要工作<br/>（一）建学校。新建<b>12</b>所。</p>
    <div id="footer">版权所有</div></body></html>"""
    reading = read(page.encode(), "a.html")
    assert texts(reading) == [
        "望海区教育局2022年上半年工作总结",
        LONG,
        "一、主要工作",
        "（一）建学校。新建12所。",
    ]
    assert reading.documents[0].paragraphs[0].kind == "title"
    assert reading.source.place(reading.source.text.index("一、")) == "第3段"


def test_html_tables_become_grids() -> None:
    """Cells are spans of the text, spanned cells are repeated, the header is known, the place names row and column."""
    page = """<p>表1 主要指标</p><table><tr><td>指标</td><td>数值</td><td>增速</td></tr>
    <tr><td rowspan="2">进出口</td><td>120亿元</td><td>8%</td></tr><tr><td>60亿元</td><td>3%</td></tr></table>"""
    reading = read(f"<html><body>{page}<p>{LONG}</p></body></html>".encode(), "a.html")
    (grid,) = reading.documents[0].grids
    text = reading.source.text
    cells = [(c.row, c.column, text[slice(*c.span)], c.header) for c in grid.cells]
    assert cells[:4] == [
        (0, 0, "指标", True),
        (0, 1, "数值", True),
        (0, 2, "增速", True),
        (1, 0, "进出口", False),
    ]
    assert (2, 0, "进出口", False) in cells
    assert grid.caption is not None and text[slice(*grid.caption)] == "表1 主要指标"
    assert reading.source.place(text.index("60亿元")) == "表1 第3行第2列"
    assert [p.kind for p in reading.documents[0].paragraphs if "\t" in p.text] == ["cell"] * 3


def test_html_in_gb18030_and_a_lying_charset() -> None:
    """The bytes decide, not what the page says of itself."""
    page = f"<html><head><meta charset=CHARSET></head><body><p>{LONG}</p></body></html>"
    page = page.replace("CHARSET", "gb2312")
    assert texts(read(page.encode("gb18030"), "a.html")) == [LONG]
    assert texts(read(page.encode("utf-8"), "a.html")) == [LONG]


def test_docx_headings_tables_and_places() -> None:
    """Styles give the outline without numbers; tables stand where they stand in the body."""
    word = Word()
    word.add_paragraph("望海区商务局2022年上半年工作总结", style="Title")
    word.add_heading("主要工作", 1)
    word.add_paragraph(LONG)
    table = word.add_table(rows=2, cols=2)
    for cell, text in zip(
        (c for row in table.rows for c in row.cells), ("指标", "数值", "进出口", "120亿元"), strict=True
    ):
        cell.text = text
    word.add_heading("存在问题", 1)
    word.add_paragraph("外贸结构还不够优。")
    reading = read(saved(word), "a.docx")
    (document,) = reading.documents
    assert document.title.value == "望海区商务局2022年上半年工作总结"
    assert [(s.level, s.heading, s.role) for s in document.sections] == [
        (1, "主要工作", "done"),
        (1, "存在问题", "problem"),
    ]
    assert reading.source.place(reading.source.text.index("120亿元")) == "表1 第2行第2列"
    assert reading.source.place(reading.source.text.index("外贸结构")) == "第5段"
    assert reading.documents[0].grids[0].cells[0].header


def test_docx_automatic_numbers_are_written_out() -> None:
    """一、 and （一） that Word counts itself are in the text, and make sections."""
    word = Word()
    numbering = word.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "90")
    for level, text in ((0, "%1、"), (1, "（%2）")):
        lvl = OxmlElement("w:lvl")
        lvl.set(qn("w:ilvl"), str(level))
        for tag, value in (("w:start", "1"), ("w:numFmt", "chineseCounting"), ("w:lvlText", text)):
            child = OxmlElement(tag)
            child.set(qn("w:val"), value)
            lvl.append(child)
        abstract.append(lvl)
    numbering.insert(0, abstract)
    num = OxmlElement("w:num")
    num.set(qn("w:numId"), "90")
    link = OxmlElement("w:abstractNumId")
    link.set(qn("w:val"), "90")
    num.append(link)
    numbering.append(num)

    def numbered(text: str, level: int) -> None:
        numbers = OxmlElement("w:numPr")
        for tag, value in (("w:ilvl", level), ("w:numId", 90)):
            child = OxmlElement(tag)
            child.set(qn("w:val"), str(value))
            numbers.append(child)
        word.add_paragraph(text)._p.get_or_add_pPr().append(numbers)

    for text, level in (
        ("主要工作", 0),
        ("促消费。发放消费券。", 1),
        ("稳外贸。开展对接。", 1),
        ("存在问题", 0),
        ("结构不优。", 1),
    ):
        numbered(text, level)
    assert texts(read(saved(word), "a.docx")) == [
        "一、主要工作",
        "（一）促消费。发放消费券。",
        "（二）稳外贸。开展对接。",
        "二、存在问题",
        "（一）结构不优。",
    ]


def test_docx_tables_that_lay_the_page_out_are_text() -> None:
    """A frame of one cell holds paragraphs; a line break inside a paragraph keeps its place."""
    word = Word()
    cell = word.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "一、主要工作"
    cell.add_paragraph(LONG + "\n" + LONG[::-1])
    reading = read(saved(word), "a.docx")
    (document,) = reading.documents
    assert [p.kind for p in document.paragraphs][:2] == ["heading", "body"]
    assert document.grids == ()
    assert reading.source.place(reading.source.text.index(LONG[::-1])) == "第2段"


def test_docx_text_that_is_struck_or_hidden_is_not_read() -> None:
    """Tracked deletions and hidden runs are not the document's words; insertions are."""
    word = Word()
    paragraph = word.add_paragraph("新增就业")
    paragraph.add_run("2.9").font.hidden = True
    ins = OxmlElement("w:ins")
    run = paragraph.add_run("3.2万人。")._r
    run.addprevious(ins)
    ins.append(run)
    word.add_paragraph(LONG)
    assert texts(read(saved(word), "a.docx"))[0] == "新增就业3.2万人。"


def test_pdf_lines_are_joined_and_running_heads_go() -> None:
    """Wrapped lines and pages become paragraphs again; heads and page numbers are no text; places are pages."""
    style = "<style>@page { @top-center { content: '内部资料 注意保存' } @bottom-center { content: '— ' counter(page) ' —' } }</style>"
    body = "<h2 style='text-align:center'>望海区2022年上半年工作总结</h2><p>一、主要工作</p>"
    body += (
        "".join(f"<p>（{n}）抓好工作。{LONG}</p>" for n in "一二三四五六")
        + "<p>二、存在问题</p><p>投资后劲不足。</p>"
    )
    reading = read(portable(style + body), "a.pdf")
    expected = [f"（{n}）抓好工作。{LONG}" for n in "一二三四五六"]
    found = texts(reading)
    assert [t for t in found if t.startswith("（")] == expected
    assert not any("内部资料" in t or "—" in t for t in found)
    assert found[0] == "望海区2022年上半年工作总结"
    text = reading.source.text
    assert reading.source.place(text.index("（一）")) == "第1页"
    assert reading.source.place(text.index("投资后劲")) != "第1页"


def test_pdf_tables_become_grids() -> None:
    """A ruled table is read as a table, not as lines."""
    table = "<table style='border-collapse:collapse'>" + "".join(
        "<tr>" + "".join(f"<td style='border:1px solid black;padding:4px'>{c}</td>" for c in row) + "</tr>"
        for row in (("指标", "数值"), ("进出口", "120亿元"), ("消费", "320亿元"))
    )
    reading = read(portable(f"<p>{LONG}</p>{table}</table><p>以上数据为快报数。</p>"), "a.pdf")
    (grid,) = reading.documents[0].grids
    cells = [reading.source.text[slice(*cell.span)] for cell in grid.cells]
    assert cells == ["指标", "数值", "进出口", "120亿元", "消费", "320亿元"]
    assert reading.source.place(reading.source.text.index("120亿元")) == "第1页 表1 第2行第2列"


def test_text_encodings_give_the_same_text() -> None:
    """UTF-8, UTF-16 with and without its mark, and GB18030 are told apart; a mark in UTF-8 stays in the text."""
    text = "临澜市2022年上半年工作总结\n" + LONG + "\n"
    encoders: dict[str, Callable[[str], bytes]] = {
        "utf-8": lambda t: t.encode(),
        "utf-16": lambda t: t.encode("utf-16"),
        "utf-16-le": lambda t: t.encode("utf-16-le"),
        "utf-16-be": lambda t: t.encode("utf-16-be"),
        "gb18030": lambda t: t.encode("gb18030"),
    }
    for name, encode in encoders.items():
        reading = read(encode(text), "a.txt")
        assert (reading.source.encoding, reading.source.text) == (name, text)
    marked = read(text.encode("utf-8-sig"), "a.txt")
    assert marked.source.text == "\ufeff" + text
    assert marked.documents[0].span.start == 1
    crlf = read(text.replace("\n", "\r\n").encode(), "a.txt")
    assert crlf.source.text == text.replace("\n", "\r\n")
    assert texts(crlf) == texts(marked)
