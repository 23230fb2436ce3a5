"""The Word file: the briefing's words in order, real Word furniture, links that lead somewhere, the same bytes twice."""

import copy
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from said import said
from specimen import specimen

from briefings.errors import ConfigurationError
from briefings.inspect.colours import contrast
from briefings.records.briefing import (
    Block,
    Briefing,
    Bullets,
    Citation,
    Cite,
    Column,
    Heading,
    PageBreak,
    Paragraph,
    Table,
    Tile,
    Tiles,
    Value,
    Words,
)
from briefings.records.document import Span
from briefings.render.word import word
from briefings.render.word_blocks import parted
from briefings.render.word_chart_paper import Look
from briefings.render.word_draft import tip
from briefings.render.word_figures import readable, shade
from briefings.render.word_numbers import chinese, counted
from briefings.render.word_tables import begun, divided

ROOT = Path(__file__).parents[2]
PACKED = (ROOT,)
NS = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
}
W = f"{{{NS['w']}}}"
SCHEME = (("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3．"))


def small(*blocks: Block, **changes: Any) -> Briefing:
    """A briefing of a title and ``blocks``."""
    plain = Briefing(
        id="small", kind="digest", title="题目", subtitle="", language="zh", theme="modern", period="2031-H1",
        as_of="2031-07-20", office="", blocks=(Heading(1, "题目", "top"), *blocks), computed=(), facts=(),
        documents=(), contents=False,
    )  # fmt: skip
    return replace(plain, **changes)


def line(text: str) -> tuple[Words]:
    """A line of plain words."""
    return (Words(text),)


def part(data: bytes, name: str) -> Any:
    """One part of a package, parsed."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        return etree.fromstring(package.read(name))


def body(data: bytes) -> Any:
    """The main part."""
    return part(data, "word/document.xml")


def text(element: Any) -> str:
    """What an element says."""
    return "".join(element.xpath(".//w:t/text()", namespaces=NS))


def opened(data: bytes) -> Any:
    """The file as python-docx reads it."""
    import docx

    return docx.Document(BytesIO(data))


def styles_of(data: bytes) -> list[tuple[str, str]]:
    """Style and text of each paragraph outside tables, in order, as python-docx reads them."""
    return [(p.style.name, p.text) for p in opened(data).paragraphs]


@pytest.fixture(scope="module")
def made() -> bytes:
    """The specimen as a Word file."""
    return word(specimen(), PACKED)


@pytest.fixture(scope="module")
def tree(made: bytes) -> Any:
    """Its main part."""
    return body(made)


def test_every_word_is_there_in_order(tree: Any) -> None:
    """Each string of the briefing appears, in reading order, once the contents are set aside."""
    tree = copy.deepcopy(tree)
    for paragraph in tree.xpath(
        "//w:p[w:pPr/w:pStyle[starts-with(@w:val, 'TOC') or @w:val='TableofFigures']]", namespaces=NS
    ):
        paragraph.getparent().remove(paragraph)
    whole = text(tree).replace("\u00a0", " ")
    at = 0
    counted_by_word = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)")
    for words in said(specimen()):
        printed = counted_by_word.sub("", words).replace("\u00a0", " ")
        found = whole.find(printed, at)
        assert found >= 0, words
        at = found + len(printed)


def test_the_same_briefing_gives_the_same_bytes(made: bytes) -> None:
    """Nothing of the day, the machine or the run is in the file."""
    assert word(specimen(), PACKED) == made
    with zipfile.ZipFile(BytesIO(made)) as package:
        assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_headings_are_heading_styles_counted_by_word(made: bytes, tree: Any) -> None:
    """Title, Heading 1 and 2; 一、 and （一） are not typed, annexes carry their letters as text."""
    paragraphs = styles_of(made)
    assert ("Title", "临澜市2031年上半年部门工作总结摘编") in paragraphs
    assert ("Heading 1", "要点一览") in paragraphs
    assert ("Heading 2", "市教育局") in paragraphs
    assert ("Heading 1", "附录A　数据表") in paragraphs
    uncounted = tree.xpath("//w:p[w:pPr/w:numPr/w:numId/@w:val='0']", namespaces=NS)
    assert {"附录A　数据表", "附录B　来源"} <= {text(p) for p in uncounted}
    assert not any(text(p) in ("要点一览", "市教育局") for p in uncounted)


def test_a_number_word_would_not_count_is_written_out() -> None:
    """A chapter that begins with 三、 keeps its number as text, and the next counted one starts at 一、."""
    data = word(small(Heading(2, "甲", "a", "三、"), Heading(2, "乙", "b", "一、")), PACKED)
    assert styles_of(data)[1:] == [("Heading 1", "三、甲"), ("Heading 1", "乙")]


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        ([(0, "一、"), (1, "（一）"), (1, "（二）"), (0, "二、"), (1, "（一）")], [True] * 5),
        ([(0, "一、"), (0, "三、"), (0, "二、")], [True, False, True]),
        ([(0, ""), (1, "（二）"), (5, "一、")], [False, False, False]),
        ([(2, "1．"), (2, "2．")], [True, True]),
    ],
)
def test_counting(headings: list[tuple[int, str]], expected: list[bool]) -> None:
    """A heading is counted by Word when its number is the next of its level."""
    assert list(counted(headings, SCHEME)) == expected


def test_chinese_numbers() -> None:
    """As Word prints them."""
    assert [chinese(n) for n in (1, 10, 11, 20, 21, 99, 100, 102, 110, 345)] == [
        "一", "十", "十一", "二十", "二十一", "九十九", "一百", "一百零二", "一百一十", "三百四十五"
    ]  # fmt: skip


def test_no_level_is_skipped() -> None:
    """A run-in head right under the title is of the first level, in a style of its own; under a section it is Heading 3."""
    blocks = (Heading(4, "三个变化", "a"), Heading(2, "章", "b", "一、"), Heading(3, "节", "c", "（一）"))
    data = word(small(*blocks, Heading(4, "工作成效", "d")), PACKED)
    assert styles_of(data)[1:] == [
        ("小标题", "三个变化"), ("Heading 1", "章"), ("Heading 2", "节"), ("Heading 3", "工作成效")
    ]  # fmt: skip
    levels = body(data).xpath("//w:p[2]/w:pPr/w:outlineLvl/@w:val", namespaces=NS)
    assert levels == ["0"]


def test_english_headings_count_in_english() -> None:
    """1. and (1) are Word's own; an annex keeps its letter."""
    blocks = (Heading(2, "A", "a", "1. "), Heading(3, "B", "b", "(1) "), Heading(2, "C", "c", "Annex A. "))
    data = word(small(*blocks, language="en"), PACKED)
    assert [words for _, words in styles_of(data)][1:] == ["A", "B", "Annex A. C"]


def test_every_link_leads_to_a_bookmark(tree: Any) -> None:
    """Anchors resolve; bookmark names and ids are used once; each citation and each back link is a link."""
    names = tree.xpath("//w:bookmarkStart/@w:name", namespaces=NS)
    idents = tree.xpath("//w:bookmarkStart/@w:id", namespaces=NS)
    assert len(names) == len(set(names)) and len(idents) == len(set(idents))
    assert sorted(idents) == sorted(tree.xpath("//w:bookmarkEnd/@w:id", namespaces=NS))
    assert set(tree.xpath("//w:hyperlink/@w:anchor", namespaces=NS)) <= set(names)
    cited = tree.xpath("//w:r[starts-with(w:rPr/w:rStyle/@w:val, '引文编号')]", namespaces=NS)
    assert cited and all(run.getparent().get(f"{W}anchor") == "src" + text(run)[1:-1] for run in cited)
    assert {f"src{n}" for n in range(1, 64)} <= set(names)


def test_a_citation_shows_its_sentence_on_hovering(tree: Any) -> None:
    """The tip names who and where, and holds the sentence."""
    tip = tree.xpath("//w:hyperlink[@w:anchor='src2']/@w:tooltip", namespaces=NS)[0]
    assert tip.startswith("市发展改革委 第19行：高技术制造业增加值同比增长3.5%") and len(tip) <= 255


def test_a_long_tip_is_cut_after_a_stop() -> None:
    """No number is cut in two, and the cut is shown."""
    sentence = "完成" + "，".join(f"第{n}项投资{n}2345.6亿元" for n in range(40)) + "。"
    entry = Citation(1, "d-1", "题", "某局", "", "a.txt", "0" * 64, "第1行", sentence, Span(0, 9))
    assert len(tip(entry)) <= 255 and tip(entry).endswith("亿元，……")
    assert tip(replace(entry, sentence="短句。")) == "某局 第1行：短句。"


def test_a_citation_without_an_entry_is_not_a_link() -> None:
    """The number is printed, so that the audit finds it, but leads nowhere."""
    tree = body(word(small(Paragraph((Words("甲"), Cite(9)))), PACKED))
    assert text(tree).endswith("甲[9]") and not tree.xpath("//w:hyperlink", namespaces=NS)


def test_contents_are_fields_with_real_entries(tree: Any) -> None:
    """TOC fields whose kept entries are the headings, tables and figures; no page is claimed that is not known."""
    codes = [code.strip() for code in tree.xpath("//w:instrText/text()", namespaces=NS)]
    assert codes[:3] == ['TOC \\o "1-2" \\h \\z', 'TOC \\h \\z \\c "表"', 'TOC \\h \\z \\c "图"'] or {
        'TOC \\o "1-2" \\h \\z', 'TOC \\h \\z \\c "表"', 'TOC \\h \\z \\c "图"'
    } <= set(codes)  # fmt: skip
    entries = [text(p) for p in tree.xpath("//w:p[starts-with(w:pPr/w:pStyle/@w:val, 'TOC')]", namespaces=NS)]
    assert entries[0] == "目录"
    assert entries[1:] == [
        b.number + b.text for b in specimen().blocks if isinstance(b, Heading) and b.level in (2, 3)
    ]
    assert not any(code.startswith("PAGEREF") for code in codes)
    for kind in ("begin", "separate", "end"):
        assert len(tree.xpath(f"//w:fldChar[@w:fldCharType='{kind}']", namespaces=NS)) == len(codes)


def test_contents_carry_pages_that_are_known() -> None:
    """With the page of a heading given, its entry ends with a PAGEREF field showing it."""
    tree = body(word(specimen(), PACKED, {"_Toc00000003": 2}))
    entry = tree.xpath("//w:p[w:pPr/w:pStyle/@w:val='TOC1']", namespaces=NS)[0]
    assert text(entry) == "一、要点一览2"
    anchor = entry.xpath(".//w:hyperlink/@w:anchor", namespaces=NS)[0]
    assert f" PAGEREF {anchor} \\h " in entry.xpath(".//w:instrText/text()", namespaces=NS)


def test_tables_repeat_their_header_and_keep_rows_whole(tree: Any) -> None:
    """Header row, rows that do not split, fixed layout, widths that add up, words for those who cannot see."""
    tables = tree.xpath("//w:tbl[w:tblPr/w:tblStyle/@w:val='对比三线表']", namespaces=NS)
    assert len(tables) == sum(isinstance(b, Table) for b in specimen().blocks)
    for table in tables:
        rows = table.findall(f"{W}tr")
        assert rows[0].find(f"{W}trPr/{W}tblHeader") is not None
        assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)
        assert not any(row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows[1:])
        columns = [int(column.get(f"{W}w")) for column in table.iter(f"{W}gridCol")]
        assert sum(columns) == 9411 and min(columns) > 0
        assert not table.xpath(".//w:vMerge | .//w:gridSpan", namespaces=NS)
    for table in tree.iter(f"{W}tbl"):
        properties = [child.tag.removeprefix(W) for child in table.find(f"{W}tblPr")]
        assert properties == ["tblStyle", "tblW", "tblLayout", "tblLook", "tblCaption", "tblDescription"]
        assert all(
            table.find(f"{W}tblPr/{W}{name}").get(f"{W}val") for name in ("tblCaption", "tblDescription")
        )
        assert table.getnext().tag == f"{W}p"


def test_captions_count_by_fields(made: bytes, tree: Any) -> None:
    """表1 and 图1 are SEQ fields under bookmarks; a number out of turn restarts the count."""
    captions = [words for style, words in styles_of(made) if style == "Caption"]
    assert captions[0] == "表1　九个部门要点一览（2031年上半年）" and captions[1].startswith("图1　")
    assert {"tab1", "tab2", "fig1", "fig2"} <= set(tree.xpath("//w:bookmarkStart/@w:name", namespaces=NS))
    codes = tree.xpath("//w:instrText/text()", namespaces=NS)
    assert codes.count(" SEQ 表 \\* ARABIC ") == 2 and codes.count(" SEQ 图 \\* ARABIC ") == 2
    table = Table("t", 7, "甲", (Column("乙"),), ((line("丙"),),))
    assert " SEQ 表 \\* ARABIC \\r 7 " in body(word(small(table), PACKED)).xpath(
        "//w:instrText/text()", namespaces=NS
    )


def test_figures_are_described_and_as_wide_as_the_text(tree: Any) -> None:
    """Each chart is one that Word draws, with words for those who cannot see it; a heat map is a table, described too."""
    described = tree.xpath("//wp:docPr/@descr", namespaces=NS)
    described += [d for d in tree.xpath("//w:tblDescription/@w:val", namespaces=NS) if d.startswith("热力图")]
    assert len(described) == 2 and all(len(re.findall(r"\d+", alt)) >= 2 for alt in described)
    assert [int(extent.get("cx")) for extent in tree.xpath("//wp:extent", namespaces=NS)] == [9411 * 635]
    assert not tree.xpath(
        "//pic:pic", namespaces={"pic": "http://schemas.openxmlformats.org/drawingml/2006/picture"}
    )


def test_numbered_lists_start_again() -> None:
    """Each counted list has a numbering of its own that starts at 1."""
    data = word(small(*(Bullets((line("甲"), line("乙")), ordered=True) for _ in range(2))), PACKED)
    used = body(data).xpath(
        "//w:p[w:pPr/w:pStyle/@w:val='ListNumber']/w:pPr/w:numPr/w:numId/@w:val", namespaces=NS
    )
    assert used[0] == used[1] != used[2] == used[3]
    numbering = part(data, "word/numbering.xml")
    starts = numbering.xpath("//w:num[w:lvlOverride/w:startOverride/@w:val='1']/@w:numId", namespaces=NS)
    assert set(used) == set(starts)
    tags = [child.tag for child in numbering]
    assert tags.index(f"{W}num") > max(n for n, tag in enumerate(tags) if tag == f"{W}abstractNum")


def test_fonts_and_language(made: bytes) -> None:
    """Every rFonts names an East-Asian font and no theme; each has a stand-in; the language is Chinese."""
    for name in ("word/styles.xml", "word/numbering.xml", "word/document.xml"):
        for fonts in part(made, name).iter(f"{W}rFonts"):
            assert fonts.get(f"{W}eastAsia") and fonts.get(f"{W}hint") == "eastAsia"
            assert not [key for key in fonts.attrib if key.endswith("Theme")]
    used = {fonts.get(f"{W}eastAsia") for fonts in part(made, "word/styles.xml").iter(f"{W}rFonts")}
    table = part(made, "word/fontTable.xml")
    assert used == {font.get(f"{W}name") for font in table} and len(list(table.iter(f"{W}altName"))) == len(
        used
    )
    assert part(made, "word/styles.xml").find(f".//{W}lang").get(f"{W}eastAsia") == "zh-CN"


def test_properties(made: bytes) -> None:
    """Title, author, subject, keywords, language, and the cut-off date as the day of making."""
    properties = opened(made).core_properties
    assert (properties.title, properties.author) == (specimen().title, "临澜市政府办公室")
    assert (properties.subject, properties.language) == (specimen().subtitle, "zh-CN")
    assert properties.keywords == "临澜市; 工作总结; 摘编"
    assert properties.created is not None and properties.created.date().isoformat() == "2031-07-20"


def test_page_header_and_footer(made: bytes) -> None:
    """A4 with the margins of the PDF; the short title at the head but on page 1, date and page at the foot."""
    section = opened(made).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    margins = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    assert [round(margin.mm) for margin in margins] == [24, 20, 22, 24]
    assert section.header.paragraphs[0].text == specimen().title
    assert section.different_first_page_header_footer and section.first_page_header.paragraphs[0].text == ""
    for footer in (section.footer, section.first_page_footer):
        assert footer.paragraphs[0].text == "临澜市政府办公室　数据截至2031年7月20日\t1 / 1"
        codes = footer._element.xpath(".//w:instrText/text()")
        assert [code.strip() for code in codes] == ["PAGE", "NUMPAGES"]


def test_the_english_edition_labels_in_english() -> None:
    """Captions, contents and foot are English; the words of the briefing are as they are."""
    table = Table("t", 1, "Growth", (Column("Place"),), ((line("Linlan"),),))
    briefing = small(Heading(2, "Overview", "a"), table, language="en", contents=True)
    data = word(briefing, PACKED)
    said_there = [words for _, words in styles_of(data)]
    assert said_there == [
        "题目",
        "Contents",
        "Overview",
        "Tables and figures",
        "Table 1\u2003Growth",
        "Overview",
        "Table 1\u2003Growth",
        "",
    ]
    assert opened(data).sections[0].footer.paragraphs[0].text.startswith("Data to 20 July 2031\t")
    assert " SEQ Table \\* ARABIC " in body(data).xpath("//w:instrText/text()", namespaces=NS)


def test_the_english_edition_is_set_as_english() -> None:
    """Ragged right, British spelling, faces whose quotation marks are narrow and which have stand-ins."""
    data = word(small(Paragraph(line("Linlan’s “four new” economy")), language="en"), PACKED)
    styles = part(data, "word/styles.xml")
    assert {j.get(f"{W}val") for j in styles.iter(f"{W}jc")} <= {"left", "right", "center"}
    assert styles.find(f".//{W}lang").get(f"{W}val") == "en-GB"
    fonts = styles.find(f".//{W}rFonts")
    assert (fonts.get(f"{W}ascii"), fonts.get(f"{W}eastAsia")) == ("Noto Sans CJK KR", "Noto Sans CJK SC")
    assert fonts.get(f"{W}hint") is None
    named = {font.get(f"{W}name") for font in part(data, "word/fontTable.xml").iter(f"{W}font")}
    assert {f.get(f"{W}ascii") for f in styles.iter(f"{W}rFonts")} <= named


def test_an_original_in_brackets_takes_a_line_of_its_own_where_room_is_short() -> None:
    """CNY 653.921 bn stays whole in a narrow column, and so does what stands in brackets."""
    number = Value("CNY\u00a0653.921\u00a0bn (6539.21亿元)", "f1")
    columns = tuple(Column(f"Column {n}") for n in range(5))
    narrow = Table("t", 1, "Growth", columns, ((line("a"), (number,), line("b"), line("c"), line("d")),))
    wide = Table("t", 1, "Growth", columns[:2], ((line("a"), (number,)),))
    for table, breaks in ((narrow, 1), (wide, 0)):
        found = body(word(small(table, language="en"), PACKED))
        assert len(found.xpath("//w:tc//w:br", namespaces=NS)) == breaks


def test_a_number_in_a_narrow_cell_begins_a_line_with_its_mark() -> None:
    """Rather than being broken from its unit; where even a line of its own is too short, nothing is gained by it."""
    cell = (
        Words("比全省"),
        Words("▲ ", "up"),
        Value("+13.25个百分点", "f1"),
        Words("，两年平均"),
        Value("7%", "f2"),
    )
    assert begun(cell, 30.0) == frozenset()
    assert begun(cell, 11.0) == {1}
    assert begun(cell, 5.0) == frozenset()


def test_no_row_of_a_table_is_alone_on_a_page() -> None:
    """The first two rows stay with the head, the last two together, the last one with the note beneath the table."""
    rows = tuple((line(f"第{n}行" + "很长的一句话" * 30),) for n in range(1, 31))
    tree = body(word(small(Table("t", 1, "表", (Column("栏"),), rows, line("说明"))), PACKED))
    kept = [bool(row.xpath(".//w:keepNext", namespaces=NS)) for row in tree.iter(f"{W}tr")][1:]
    assert [n for n, stays in enumerate(kept, 1) if stays] == [1, 29, 30]


def test_words_between_a_heading_and_a_table_stay_with_both() -> None:
    """A heading is not left at a page's foot with the sentence that leads to the table on the next."""
    chapter, table = Heading(2, "要点", "one"), Table("t", 1, "表", (Column("栏"),), ((line("格"),),))
    for follower, kept in ((table, True), (Paragraph(line("又一句")), False)):
        tree = body(word(small(chapter, Paragraph(line("一句")), follower), PACKED))
        [said] = [p for p in tree.iter(f"{W}p") if text(p) == "一句"]
        assert (said.find(f"{W}pPr/{W}keepNext") is not None) is kept


def test_the_line_beneath_an_official_title_is_parted_between_its_parts() -> None:
    """Too long for a line, it goes on two, neither begun in the middle of a part."""
    assert parted("柳川县统计局　二〇三一年上半年相比　收录两份材料和一份排名", 20.0) == (
        "柳川县统计局　二〇三一年上半年相比", "收录两份材料和一份排名",
    )  # fmt: skip
    assert parted("柳川县统计局　收录两份材料", 28.0) == ("柳川县统计局　收录两份材料",)
    assert parted("没有可断之处" * 8, 28.0) == ("没有可断之处" * 8,)


@given(share=st.floats(0, 1), primary=st.sampled_from(["#0B5394", "#1F2328", "#00788A"]))
@settings(max_examples=60)
def test_counts_of_a_heat_map_can_be_read_on_every_shade(share: float, primary: str) -> None:
    """Between the shades that ink and those that white is read on lies a band that is left out."""
    look = Look(
        primary,
        "#9AA5B1",
        "#1F2328",
        "#5F6B76",
        "#D9DEE3",
        "#B45309",
        (primary,),
        "Noto Sans CJK SC",
        8.5,
        8.0,
    )
    hue = shade(share, look)
    assert contrast(_rgb(readable(hue, look)), _rgb(hue)) >= 4.5


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def test_settings_ask_nothing_of_the_reader(made: bytes) -> None:
    """Compatible with Word 2013 and later, and no fields to be updated on opening."""
    tree = part(made, "word/settings.xml")
    assert tree.find(f"{W}updateFields") is None
    mode = tree.xpath("//w:compatSetting[@w:name='compatibilityMode']/@w:val", namespaces=NS)
    assert mode == ["15"]


def test_paragraph_properties_stand_in_the_schemas_order(tree: Any, made: bytes) -> None:
    """Word refuses a file whose properties are in another order."""
    order = ["pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "numPr", "pBdr", "shd", "tabs",
             "autoSpaceDE", "autoSpaceDN", "spacing", "ind", "contextualSpacing", "jc", "outlineLvl"]  # fmt: skip
    for root in (tree, part(made, "word/styles.xml")):
        for properties in root.iter(f"{W}pPr"):
            ranks = [order.index(child.tag.removeprefix(W)) for child in properties]
            assert ranks == sorted(ranks)


def test_no_paragraph_is_there_for_spacing(tree: Any) -> None:
    """Space comes from styles: no paragraph of the body is empty, and a page break is a property of what follows."""
    empty = [
        p
        for p in tree.xpath("//w:body/w:p", namespaces=NS)
        if not text(p) and not p.xpath(".//w:drawing", namespaces=NS)
    ]
    assert not empty and not tree.xpath("//w:br[@w:type='page']", namespaces=NS)


def test_a_page_break_moves_the_next_block() -> None:
    """The block after it begins a page; one at the very end moves nothing."""
    data = word(small(PageBreak(), Heading(2, "甲", "a"), Paragraph(line("乙")), PageBreak()), PACKED)
    broken = body(data).xpath("//w:p[w:pPr/w:pageBreakBefore]", namespaces=NS)
    assert [text(p) for p in broken] == ["甲"]


def test_tiles_beyond_four_take_two_rows() -> None:
    """Five key figures stand three and two; the sixth place is blank, not grey."""
    five = Tiles(tuple(Tile(f"名{n}", Value(str(n), f"f{n}"), "项") for n in range(5)))
    table = body(word(small(five), PACKED)).find(f".//{W}tbl")
    assert [len(row.findall(f"{W}tc")) for row in table.findall(f"{W}tr")] == [3, 3]
    assert [text(cell) for cell in table.iter(f"{W}tc")] == [*(f"名{n}{n}项" for n in range(5)), ""]


def test_characters_xml_cannot_hold_are_shown_as_such() -> None:
    """A stray control character from a source breaks nothing and does not vanish silently."""
    assert text(body(word(small(Paragraph(line("甲\x0b乙<&>"))), PACKED))) == "题目甲\ufffd乙<&>"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.floats(0.1, 9), min_size=1, max_size=12), st.integers(1000, 15000))
def test_widths_add_up(weights: list[float], width: int) -> None:
    """Columns share the width to the last twip."""
    widths = divided(weights, width)
    assert sum(widths) == width and all(w >= 0 for w in widths)


def test_a_workspace_may_bring_its_own_base(tmp_path: Path) -> None:
    """The first directory that has the file wins, and ids that Word gave its styles anew are found by name."""
    own = tmp_path / "templates" / "word" / "modern.docx"
    own.parent.mkdir(parents=True)
    with (
        zipfile.ZipFile(ROOT / "templates" / "word" / "modern.docx") as base,
        zipfile.ZipFile(own, "w") as target,
    ):
        for name in base.namelist():
            data = base.read(name)
            if name in ("word/styles.xml", "word/numbering.xml"):
                data = data.replace(b'"Heading1"', b'"1"').replace(b'w:w="9411"', b'w:w="9000"')
            target.writestr(name, data)
    data = word(small(Heading(2, "甲", "a", "一、")), (tmp_path, *PACKED))
    assert body(data).xpath("//w:p[2]/w:pPr/w:pStyle/@w:val", namespaces=NS) == ["1"]
    assert ("Heading 1", "甲") in styles_of(data)


def test_a_base_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    """Missing, not a Word file, lacking a style: each is one sentence with the path."""
    with pytest.raises(ConfigurationError, match=r"templates/word/modern\.docx"):
        word(small(), (tmp_path,))
    own = tmp_path / "templates" / "word" / "modern.docx"
    own.parent.mkdir(parents=True)
    own.write_text("不是 Word 文件")
    with pytest.raises(ConfigurationError, match="无法读取"):
        word(small(), (tmp_path,))
    with (
        zipfile.ZipFile(ROOT / "templates" / "word" / "modern.docx") as base,
        zipfile.ZipFile(own, "w") as target,
    ):
        for name in base.namelist():
            target.writestr(name, base.read(name).replace(b'w:name w:val="Title"', b'w:name w:val="Other"'))
    with pytest.raises(ConfigurationError, match="Title"):
        word(small(), (tmp_path,))


def test_the_base_is_what_its_script_makes(tmp_path: Path) -> None:
    """The base files and base/make.py are changed together."""
    script = ROOT / "templates" / "word" / "base" / "make.py"
    subprocess.run([sys.executable, "-B", str(script), str(tmp_path)], check=True, timeout=60)
    made = sorted(path.name for path in tmp_path.iterdir())
    assert made == ["modern.docx", "modern.en.docx", "official.docx", "official.en.docx"]
    for name in made:
        assert (tmp_path / name).read_bytes() == (ROOT / "templates" / "word" / name).read_bytes(), name


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_lays_it_out(made: bytes, tmp_path: Path) -> None:
    """Every chapter is on the pages, the charts' words are text and no picture, and Word's own numbers come out as 一、 and （一）."""
    import pdfplumber

    (tmp_path / "briefing.docx").write_bytes(made)
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf",
               "--outdir", str(tmp_path), str(tmp_path / "briefing.docx")]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with pdfplumber.open(tmp_path / "briefing.pdf") as pdf:
        whole = "".join((page.extract_text() or "") for page in pdf.pages).replace(" ", "")
        assert len(pdf.pages) >= 8
        assert not any(page.images for page in pdf.pages)
    for words in ("一、要点一览", "二、各部门情况", "（九）市商务局", "附录B", "表2", "图2", "均值"):
        assert words in whole
