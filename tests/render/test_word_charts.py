"""Word's own charts: valid parts in the schema's order, the numbers and their sources in a workbook, the printed words."""

import re
import shutil
import subprocess
import zipfile
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from charted_figures import BARS, CHARTS, LONG, PAIRS, drawn
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from briefings.audit.word_chart_cells import formed
from briefings.records.briefing import Language, Theme
from briefings.render.word import word
from briefings.render.word_chart_paper import Look, number_form, scale
from briefings.render.word_chart_sheet import letter
from briefings.render.word_charts import look
from briefings.render.word_figures import mixed, readable

ROOT = Path(__file__).parents[2]
PACKED = (ROOT,)
NS = {
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
}
C = f"{{{NS['c']}}}"
ORDERS = {
    "chartSpace": "date1904 lang roundedCorners style clrMapOvr chart spPr txPr externalData printSettings",
    "chart": "title autoTitleDeleted plotArea legend plotVisOnly dispBlanksAs",
    "title": "tx layout overlay spPr txPr",
    "plotArea": "layout barChart lineChart scatterChart catAx valAx spPr",
    "manualLayout": "layoutTarget xMode yMode wMode hMode x y w h",
    "barChart": "barDir grouping varyColors ser dLbls gapWidth overlap serLines axId",
    "lineChart": "grouping varyColors ser dLbls dropLines hiLowLines upDownBars marker smooth axId",
    "scatterChart": "scatterStyle varyColors ser dLbls axId",
    "ser": "idx order tx spPr invertIfNegative marker dPt dLbls trendline errBars cat xVal val yVal smooth",
    "dPt": "idx invertIfNegative marker bubble3D explosion spPr",
    "marker": "symbol size spPr",
    "dLbls": "dLbl delete numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent "
    "showBubbleSize separator showLeaderLines extLst",
    "dLbl": "idx delete layout tx numFmt spPr txPr dLblPos showLegendKey showVal showCatName showSerName showPercent "
    "showBubbleSize separator extLst",
    "valAx": "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark tickLblPos "
    "spPr txPr crossAx crosses crossesAt crossBetween majorUnit minorUnit",
    "catAx": "axId scaling delete axPos majorGridlines minorGridlines title numFmt majorTickMark minorTickMark tickLblPos "
    "spPr txPr crossAx crosses crossesAt auto lblAlgn lblOffset tickLblSkip noMultiLvlLbl",
    "scaling": "logBase orientation max min",
    "numRef": "f numCache",
    "strRef": "f strCache",
    "numCache": "formatCode ptCount pt",
    "numLit": "formatCode ptCount pt",
    "strCache": "ptCount pt",
    "rich": "bodyPr lstStyle p",
    "txPr": "bodyPr lstStyle p",
    "rPr": "ln solidFill latin ea cs sym",
    "defRPr": "ln solidFill latin ea cs sym",
    "ln": "noFill solidFill prstDash round miter",
}
"""The children of an element in the order of the schema of DrawingML charts, of all that a chart of ours may hold."""


@cache
def parts(name: str, language: Language = "zh", theme: Theme = "modern") -> dict[str, bytes]:
    """The parts of a Word file with one figure."""
    with zipfile.ZipFile(BytesIO(word(drawn(name, language=language, theme=theme), PACKED))) as package:
        return {part: package.read(part) for part in package.namelist()}


def charts(name: str) -> list[Any]:
    """The chart parts of a figure, parsed."""
    found = [n for n in parts(name) if re.fullmatch(r"word/charts/chart\d+\.xml", n)]
    return [etree.fromstring(parts(name)[n]) for n in found]


def rows(name: str, n: int = 1) -> list[tuple[Any, ...]]:
    """The cells of a chart's workbook."""
    data = parts(name)[f"word/embeddings/Microsoft_Excel_Worksheet{n}.xlsx"]
    sheet = openpyxl.load_workbook(BytesIO(data)).active
    assert sheet is not None
    return [tuple(row) for row in sheet.iter_rows(values_only=True)]


def labels(chart: Any) -> list[str]:
    """What a chart prints beside its marks, in the order of its series."""
    said = []
    for label in chart.iter(f"{C}dLbl"):
        words = "".join(label.xpath("./c:tx//a:t/text()", namespaces=NS))
        at = label.find(f"{C}idx").get("val")
        form = label.find(f"{C}numFmt")
        value = label.xpath(f"../../c:val//c:pt[@idx='{at}']/c:v/text()", namespaces=NS)
        said.append(words or formed(value[0], form.get("formatCode")))
    return said


@pytest.mark.parametrize("name", [name for name in CHARTS if name != "heat"])
def test_every_element_stands_in_the_schemas_order(name: str) -> None:
    """Word refuses a chart whose elements are in another order, or that holds one which does not belong there."""
    for chart in charts(name):
        for element in chart.iter():
            tag = etree.QName(element).localname
            if tag in ORDERS and len(element):
                order = ORDERS[tag].split()
                ranks = [order.index(etree.QName(child).localname) for child in element]
                assert ranks == sorted(ranks), tag


@pytest.mark.parametrize("name", [name for name in CHARTS if name != "heat"])
def test_a_chart_is_wired_into_its_package(name: str) -> None:
    """Each drawing leads to a part with its content type, each part to its workbook, axes to each other, ids once."""
    found = parts(name)
    links: Any = etree.fromstring(found["word/_rels/document.xml.rels"])
    targets = {link.get("Id"): link.get("Target") for link in links}
    body: Any = etree.fromstring(found["word/document.xml"])
    drawings = body.xpath("//c:chart", namespaces=NS)
    assert len(drawings) == (2 if name == "panels" else 1)
    types = found["[Content_Types].xml"].decode()
    for drawing in drawings:
        (ident,) = (value for key, value in drawing.attrib.items() if key.endswith("}id"))
        assert f'PartName="/word/{targets[ident]}"' in types and f"word/{targets[ident]}" in found
    assert types.count('Extension="xlsx"') == 1
    for n, chart in enumerate(charts(name), 1):
        relation = found[f"word/charts/_rels/chart{n}.xml.rels"].decode()
        assert (
            'Id="rId1"' in relation
            and f'Target="../embeddings/Microsoft_Excel_Worksheet{n}.xlsx"' in relation
        )
        axes = {a.get("val") for a in chart.xpath("//c:valAx/c:axId | //c:catAx/c:axId", namespaces=NS)}
        assert axes == {a.get("val") for a in chart.xpath("//c:crossAx", namespaces=NS)}
        order = [s.get("val") for s in chart.xpath("//c:ser/c:order", namespaces=NS)]
        assert len(order) == len(set(order))
    idents = body.xpath("//*[local-name()='docPr']/@id")
    assert len(idents) == len(set(idents))


@pytest.mark.parametrize("name", [name for name in CHARTS if name != "heat"])
def test_what_a_chart_keeps_is_what_its_cells_hold(name: str) -> None:
    """A reference and its kept copy agree, so that opening the data changes nothing."""
    for n, chart in enumerate(charts(name), 1):
        cells = rows(name, n)
        for reference in chart.iter(f"{C}numRef", f"{C}strRef"):
            found = []
            for area in reference.findtext(f"{C}f").strip("()").split(","):
                address = re.fullmatch(r"Sheet1!\$([A-Z]+)\$(\d+)(?::\$([A-Z]+)\$(\d+))?", area)
                assert address
                first, top, last, bottom = address.groups()
                assert last in (None, first)
                column = next(c for c in range(40) if letter(c) == first)
                found += [cells[row - 1][column] for row in range(int(top), int(bottom or top) + 1)]
            kept: dict[int, str] = {int(p.get("idx")): p.findtext(f"{C}v") for p in reference.iter(f"{C}pt")}
            assert len(found) == int(reference.find(f".//{C}ptCount").get("val"))
            for at, cell in enumerate(found):
                told = kept.get(at)
                assert cell == (
                    told if isinstance(cell, str) else None if told is None else pytest.approx(float(told))
                )


def test_the_workbook_has_each_number_with_its_source() -> None:
    """A row a bar: its name, its number, the id of what stands behind it."""
    assert rows("bars")[1:] == [(bar.label, bar.value, bar.source) for bar in BARS[:3]]
    assert [(row[0], row[2], row[3]) for row in rows("bars-mean")[1:]] == [
        (bar.label, bar.value, bar.source) for bar in BARS
    ]
    assert [row[:5] for row in rows("dumbbell")[1:]] == [
        (p.label, p.prior.value, p.current.value, p.prior.source, p.current.source) for p in PAIRS
    ]
    assert rows("panels", 2)[2] == ("2029年上半年", 12.6, "f-u2")
    assert rows("line-alone")[3] == ("2030年上半年", None, None)


def test_every_mark_has_its_words() -> None:
    """The texts of the marks, word for word, once each."""
    assert labels(charts("bars")[0]) == ["14.2", "11.5", "近7.0"]
    assert sorted(labels(charts("bars-mean")[0])) == sorted(
        [*(b.text for b in BARS), "澜北区", "澜南区", LONG, "海角县", "均值 7.58"]
    )
    said = labels(charts("dumbbell")[0])
    assert {said.count(m.text) for p in PAIRS[::2] for m in (p.prior, p.current)} == {1} and said.count(
        "9.9"
    ) == 2
    assert {"61.0%（61/100座）", "37.5%", "104.9%", "时序进度 50%"} <= set(labels(charts("bullet")[0]))
    assert [text for text in labels(charts("line-alone")[0]) if text[0].isdigit()] == [
        "701.5", "698.4", "845.1\u2002地区总产出"
    ]  # fmt: skip


def test_a_label_follows_its_number_when_it_is_edited() -> None:
    """Words that are a number and its unit are a number format; others stand as they are."""
    chart = charts("bars")[0]
    assert [f.get("formatCode") for f in chart.xpath("//c:dLbl/c:numFmt", namespaces=NS)] == [
        '0.0;"−"0.0', '0.0;"−"0.0', '"近"0.0;"近−"0.0'
    ]  # fmt: skip
    assert not chart.xpath("//c:dLbl/c:tx", namespaces=NS)
    assert number_form("61.0%（61/100座）", 61.0) == "" and number_form("12%", 13.0) == ""


@settings(max_examples=80, deadline=None)
@given(
    st.integers(-10_000_000, 10_000_000), st.integers(0, 3), st.sampled_from(["", "近", "第", "+"]),
    st.sampled_from(["", "%", "亿元", "位", " bn", "个百分点"]), st.booleans(),
)  # fmt: skip
def test_a_number_format_writes_what_was_printed(
    digits: int, decimals: int, before: str, after: str, grouped: bool
) -> None:
    """Whatever number a text prints, its format writes that text again."""
    value = digits / 10**decimals
    shown = f"{abs(value):,.{decimals}f}" if grouped else f"{abs(value):.{decimals}f}"
    text = f"{'−' if value < 0 else before}{shown}{after}"
    assert formed(repr(value), number_form(text, value)) == text


def test_the_own_place_stands_out_and_the_mean_is_dashed() -> None:
    """One bar in the theme's colour, the others grey; a line of dashes through the mean's cells."""
    own = charts("bars")[0].xpath("//c:dPt", namespaces=NS)
    assert [p.find(f"{C}idx").get("val") for p in own] == ["1"]
    assert own[0].xpath(".//a:srgbClr/@val", namespaces=NS) == ["0B5394"]
    dashed = charts("bars-mean")[0].xpath("//c:ser[.//a:prstDash]", namespaces=NS)
    assert {v for s in dashed for v in s.xpath("./c:xVal//c:v/text()", namespaces=NS)} == {"7.58"}


def test_bars_begin_at_nought() -> None:
    """The axis of bars has nought on it, whatever the numbers are."""
    for name in ("bars", "bars-mean", "bullet"):
        least = charts(name)[0].xpath("//c:valAx[1]/c:scaling/c:min/@val", namespaces=NS)
        assert float(least[0]) <= 0


def test_a_gap_is_a_gap() -> None:
    """A period without a number has no point, and the line is parted there."""
    chart = charts("line-alone")[0]
    assert chart.xpath("//c:ser[1]/c:val//c:pt/@idx", namespaces=NS) == ["0", "1", "3"]
    assert chart.xpath("//c:dispBlanksAs/@val", namespaces=NS) == ["gap"]


def test_themes_have_the_colours_of_their_pictures() -> None:
    """Blue on screen's theme, black, grey and one red on an office paper."""
    modern, official = look(PACKED, "modern"), look(PACKED, "official")
    assert (modern.primary, modern.warning) == ("#0B5394", "#B45309")
    for colour in (official.primary, official.prior, official.ink, official.muted, official.rule):
        assert len({colour[1:3], colour[3:5], colour[5:7]}) == 1
    said = parts("bullet", theme="official")["word/charts/chart1.xml"].decode()
    assert official.warning.strip("#") in said and "0B5394" not in said


def test_every_run_of_words_has_an_east_asian_face() -> None:
    """No program is left to choose one."""
    for name in ("bars", "panels", "slope"):
        for chart in charts(name):
            for run in chart.iter(f"{{{NS['a']}}}rPr", f"{{{NS['a']}}}defRPr"):
                assert [etree.QName(c).localname for c in run][-3:] == ["latin", "ea", "cs"]


def test_a_heat_map_is_a_table_with_numbers_to_edit() -> None:
    """Names in the first column, counts in cells the darker the more, white on dark ones."""
    body: Any = etree.fromstring(parts("heat")["word/document.xml"])
    table = body.xpath("//w:tbl", namespaces=NS)[0]
    said = [
        ["".join(cell.xpath(".//w:t/text()", namespaces=NS)) for cell in row.findall(f"{{{NS['w']}}}tc")]
        for row in table.findall(f"{{{NS['w']}}}tr")
    ]
    assert said == [[" ", "民生保障", "项目投资"], ["市教育局", "12", "0"], [LONG, "3", "7"]]
    fills = table.xpath(".//w:shd/@w:fill", namespaces=NS)
    assert fills[4:6] == ["0B5394", "FFFFFF"]
    assert table.xpath(".//w:tr[1]//w:tblHeader", namespaces=NS)


@given(st.floats(0, 1))
def test_counts_can_be_read_on_their_shade(share: float) -> None:
    """Ink or white, whichever has the better contrast, which is nearly four at worst."""
    theme = Look(
        "#0B5394",
        "#9AA5B1",
        "#1F2328",
        "#5F6B76",
        "#D9DEE3",
        "#B45309",
        (),
        "Noto Sans CJK SC",
        8.5,
        7.5,
    )
    back = mixed(theme.primary, share)
    lights = sorted(_light(colour) for colour in (back, readable(back, theme)))
    assert (lights[1] + 0.05) / (lights[0] + 0.05) >= 3.9


def _light(colour: str) -> float:
    parts_ = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts_]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@given(st.integers(-1_000_000, 1_000_000), st.integers(-1_000_000, 1_000_000), st.integers(0, 3))
def test_a_scale_is_round_and_holds_everything(first: int, second: int, decimals: int) -> None:
    """Both ends are whole steps, everything lies between them, and the steps are few."""
    one, other = first / 10**decimals, second / 10**decimals
    low, high, step = scale(min(one, other), max(one, other), 5)
    assert low <= min(one, other) + 1e-9 and high >= max(one, other) - 1e-9
    assert 1 <= round((high - low) / step) <= 8
    assert abs(low / step - round(low / step)) < 1e-6


@pytest.mark.parametrize("theme", ["modern", "official"])
def test_the_same_figures_give_the_same_bytes(theme: Theme) -> None:
    """Workbooks inside included."""
    assert word(drawn(theme=theme), PACKED) == word(drawn(theme=theme), PACKED)


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_draws_them_as_shapes_and_text(tmp_path: Path) -> None:
    """Every label comes out as text, nothing as a bitmap; python-docx opens the file too."""
    import docx
    import pdfplumber

    file = tmp_path / "charts.docx"
    file.write_bytes(word(drawn(), PACKED))
    assert docx.Document(str(file)).paragraphs
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf",
               "--outdir", str(tmp_path), str(file)]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    with pdfplumber.open(tmp_path / "charts.pdf") as pdf:
        whole = "".join(re.sub(r"\s", "", page.extract_text() or "") for page in pdf.pages)
        assert not any(page.images for page in pdf.pages)
    for text in (
        "14.2",
        "近7.0",
        "−2.4",
        "均值7.58",
        "61.0%",
        "104.9%",
        "时序进度50%",
        "701.5",
        "845.1",
        "12.6",
        "−3.8",
    ):
        assert text in whole
