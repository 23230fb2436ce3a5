"""The checks of a Word file, each on a small file that is as it should be and on one that was spoilt."""

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from making import ALONE, result, words
from word_making import foot, word

from briefings.records.briefing import Briefing
from briefings.records.inspection import Beside, Result

CHART = """<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"
 xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:srgbClr val="0B5394"/><a:srgbClr val="9AA5B1"/>
<c:txPr><a:p><a:pPr><a:defRPr sz="850"/></a:pPr></a:p></c:txPr></c:chartSpace>"""
DOCUMENT, STYLES, SETTINGS = "word/document.xml", "word/styles.xml", "word/settings.xml"


def look(folder: Path, data: bytes, number: int, beside: Beside = ALONE) -> Result:
    """What check ``number`` says of a Word file."""
    return result(folder, data, number, beside, "file.docx")


@pytest.mark.parametrize("number", [1, 6, 14, 22, 23, 24, 36, 37, 41, 42, 43, 44, 45, 47, 49])
def test_a_good_file_passes(tmp_path: Path, number: int) -> None:
    """Nothing is held against a file that is made as it should be."""
    found = look(tmp_path, word(), number)
    assert found.verdict == "pass", words(found)


@pytest.mark.parametrize(
    ("number", "part", "old", "new", "said"),
    [
        (1, DOCUMENT, 'w:w="11906" w:h="16838"', 'w:w="12240" w:h="15840"', "section 1: 612.0 × 792.0 pt"),
        (14, DOCUMENT, 'w:name="src1"', 'w:name="src2"', "[1]: there is no bookmark src1"),
        (14, DOCUMENT, 'w:tooltip="第3行"', "", "[1]: does not say where it leads"),
        (22, DOCUMENT, 'w:linePitch="579"', 'w:linePitch="312"', "grid lines 312, not lines 579"),
        (22, STYLES, '<w:spacing w:val="-5"/>', "", "27 characters a line"),
        (23, DOCUMENT, 'w:right="1474"', 'w:right="1134"', "right 20.0 mm"),
        (24, SETTINGS, "<w:evenAndOddHeaders/>", "", "odd and even pages are not told apart"),
        (24, DOCUMENT, '<w:footerReference w:type="even" r:id="rId4"/>', "", "no foot for even pages"),
        (36, DOCUMENT, "▲ +12.5%", "▲ -12.5%", "▲ -12.5"),
        (36, STYLES, "B3261E", "1B7F4B", "▲ in green"),
        (37, STYLES, "B3261E", "FFB0B0", "#FFB0B0 on #FFFFFF"),
        (41, STYLES, ' w:eastAsia="FandolFang"', "", "FandolFang: no East-Asian font"),
        (41, STYLES, 'w:ascii="FandolFang"', 'w:asciiTheme="minorAscii"', "w:asciiTheme in w:docDefaults"),
        (42, DOCUMENT, "<w:t>项目</w:t></w:r></w:p>\n<w:tbl>", "<w:t>一、项目</w:t></w:r></w:p>\n<w:tbl>", "a typed number: 一、项目"),
        (42, DOCUMENT, '"Heading1"/></w:pPr><w:r><w:t>来', '"Heading3"/></w:pPr><w:r><w:t>来', "level 3 after level 1: 来源"),
        (43, DOCUMENT, "<w:tblHeader/>", "", "table 1: the head is not repeated"),
        (43, DOCUMENT, '<w:tblDescription w:val="各项目进度"/>', "", "table 1: no tblDescription"),
        (44, STYLES, 'w:eastAsia="zh-CN"', "", "East-Asian language not set"),
        (44, "docProps/core.xml", "<dc:language>zh-CN</dc:language>", "", "no language"),
        (45, SETTINGS, "<w:zoom w:percent='100'/><w:evenAndOddHeaders/>", "<w:evenAndOddHeaders/><w:zoom/>", "w:zoom after w:evenAndOddHeaders"),
        (45, STYLES, '<w:sz w:val="32"/>\n<w:lang', "<w:size/><w:lang", "w:size has no place in w:rPr"),
        (47, DOCUMENT, "来源 1", "来源", "no page: 来源"),
        (47, DOCUMENT, "一、项目 1", "请更新域 1", "paragraph 3: 请更新域 1"),
    ],
)  # fmt: skip
def test_a_spoilt_file_fails(tmp_path: Path, number: int, part: str, old: str, new: str, said: str) -> None:
    """Each change is named where it stands."""
    found = look(tmp_path, word((part, old, new)), number)
    assert found.verdict == "fail" and said in words(found), words(found)


def test_the_page_number_stands_on_its_side(tmp_path: Path) -> None:
    """The foot of even pages has its number at the left, and has one."""
    wrong = word(("word/footer2.xml", foot("left"), foot("right")))
    assert "word/footer2.xml: the number is right, not left" in words(look(tmp_path, wrong, 24))
    none = word(("word/footer1.xml", ' PAGE "', ' DATE "'))
    assert "word/footer1.xml: no page number" in words(look(tmp_path, none, 24))


def test_the_grid_is_for_the_official_theme(tmp_path: Path) -> None:
    """Other margins are another theme's, unless the briefing says that it is the official one."""
    other = word((DOCUMENT, 'w:left="1588"', 'w:left="1134"'), (DOCUMENT, 'w:top="2098"', 'w:top="1134"'))
    assert look(tmp_path, other, 22).verdict == "not_applicable"
    official = Beside(briefing=Briefing("b", "yoy", "题", "", "zh", "official", "", "", "", (), (), (), ()))
    assert "top 20.0 mm" in words(look(tmp_path, other, 23, official))


def test_what_an_edition_changes(tmp_path: Path) -> None:
    """The grid is one for Chinese; a modern briefing with contents must show them, a short official one has none."""
    made = Briefing("b", "yoy", "题", "", "en", "official", "", "", "", (), (), (), ())
    assert look(tmp_path, word(), 22, Beside(briefing=made)).measured == "the briefing is in English"
    bare = word(("word/document.xml", "TOC", "TOX"))
    assert look(tmp_path, bare, 47, Beside(briefing=made)).verdict == "not_applicable"
    assert look(tmp_path, bare, 47, Beside(briefing=replace(made, theme="modern"))).verdict == "fail"


def test_a_picture_without_description_fails(tmp_path: Path) -> None:
    """The alternative text stands in the drawing's properties."""
    drawing = '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><wp:docPr id="1" name="图1"{}/></wp:inline></w:drawing></w:r></w:p><w:sectPr>'
    for told, verdict in ((' descr="条形图"', "pass"), ("", "fail")):
        data = word((DOCUMENT, "<w:sectPr>", drawing.format(told)))
        assert look(tmp_path, data, 43).verdict == verdict


def test_native_charts(tmp_path: Path) -> None:
    """Their letters and their colours are read from the chart's part."""
    for number, old, new in ((38, "0B5394", "E07A5F"), (39, "850", "600")):
        good = word(more={"word/charts/chart1.xml": CHART})
        assert look(tmp_path, good, number).verdict == "pass"
        bad = word(more={"word/charts/chart1.xml": CHART.replace(old, new)})
        assert look(tmp_path, bad, number).verdict == "fail"
        assert look(tmp_path, word(), number).verdict == "not_applicable"


def test_a_contents_that_leaves_a_heading_out_fails(tmp_path: Path) -> None:
    """Every heading down to the contents' depth is in it."""
    found = look(tmp_path, word((DOCUMENT, "来源 1", "其他 1")), 47)
    assert "not in the contents: 来源" in words(found)


def test_a_file_that_python_docx_cannot_open_fails(tmp_path: Path) -> None:
    """A package without its relationships."""
    found = look(tmp_path, word(("_rels/.rels", "officeDocument", "nothing")), 45)
    assert "python-docx" in words(found)


def test_a_file_as_published(tmp_path: Path) -> None:
    """The digest of the edition, and no part with a clock's time."""
    data = word()
    same = Beside(digests={"file.docx": hashlib.sha256(data).hexdigest()})
    assert look(tmp_path, data, 49, same).verdict == "pass"
    assert "published as 000000000000" in words(
        look(tmp_path, data, 49, Beside(digests={"file.docx": "0" * 64}))
    )
    assert "dated 2031-01-01" in words(look(tmp_path, word(year=2031), 49))


def test_text_on_a_tint(tmp_path: Path) -> None:
    """The shading of a cell is what is behind its words."""
    cell = '<w:tc><w:tcPr><w:shd w:val="clear" w:fill="404040"/></w:tcPr><w:p><w:r><w:t>滨'
    found = look(tmp_path, word((DOCUMENT, "<w:tc><w:p><w:r><w:t>滨", cell)), 37)
    assert "#1F2328 on #404040: 滨河快线" in words(found)
