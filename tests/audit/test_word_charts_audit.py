"""Charts that Word draws are proved like the rest: a label, a kept number or a cell changed by hand is found, with its place."""

import re
import zipfile
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from audited import FACTS, audited

from briefings.audit.check import check
from briefings.audit.read_word_charts import chart_findings
from briefings.audit.word_chart_cells import formed
from briefings.records.briefing import (
    Bar,
    BarChart,
    Briefing,
    Bullet,
    Chart,
    Dumbbell,
    Figure,
    Heading,
    Heatmap,
    LineChart,
    Mark,
    Pairing,
    Progress,
    Slope,
    SmallMultiples,
    Track,
    Words,
)
from briefings.records.edition import Finding
from briefings.render.word import word

ROOT = (Path(__file__).parents[2],)
PERIODS = ("2029年", "2030年", "2031年")
PAIRS = tuple(
    Pairing(name, Mark(was, f"{was}", f"{name}-was"), Mark(now, f"{now}", f"{name}-now"))
    for name, was, now in (("北港区", 31.4, 47.2), ("南港区", 52.6, 28.3), ("5号锚地", 11.9, 66.5))
)
TRACKS = (
    Track("吞吐量", (Mark(812.3, "812.3", "a"), None, Mark(937.6, "937.6", "c"))),
    Track("航线数", (Mark(24, "24", "d"), Mark(26, "26", "e"), Mark(35, "35", "f"))),
)
CHARTS: dict[str, Chart] = {
    "bars": BarChart(tuple(Bar(p.label, p.current.value, p.current.text, p.current.source) for p in PAIRS), "%"),
    "mean": BarChart(
        tuple(Bar(p.label, p.current.value, p.current.text, p.current.source) for p in PAIRS), "%", 47.33
    ),
    "dumbbell": Dumbbell(PAIRS, "%", "2030年", "2031年"),
    "slope": Slope(PAIRS, "%", "2030年", "2031年"),
    "bullet": Bullet((Progress("航道", Mark(58.5, "58.5%（117/200公里）", "g"), 75), Progress("锚地", Mark(91, "91%", "h"), 75))),
    "line": LineChart(TRACKS, PERIODS, "%"),
    "panels": SmallMultiples(TRACKS, PERIODS, ("万吨", "条")),
    "heat": Heatmap(("北港区", "南港区"), ("建设", "安全"), ((13, 4), (0, 27)), (("", ""), ("", "")), "条"),
}  # fmt: skip
NATIVE = [name for name in CHARTS if name != "heat"]


@cache
def briefing(name: str) -> Briefing:
    """A briefing of one figure."""
    figure = Figure("g", 1, (Words("港区进展"),), "进度", CHARTS[name], "北港区在前。")
    return Briefing(
        id="port", kind="peers", title="港区对照", subtitle="", language="zh", theme="modern", period="2031", as_of="",
        office="", blocks=(Heading(1, "港区对照", "top"), figure), computed=(), facts=(), documents=(), contents=False,
    )  # fmt: skip


@cache
def made(name: str) -> bytes:
    """The figure in a Word file."""
    return word(briefing(name), ROOT)


def changed(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A zip with one part changed."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return buffer.getvalue()


def found(name: str, data: bytes) -> tuple[Finding, ...]:
    """What the audit has against a Word file."""
    return check("港区.docx", data, briefing(name)).findings


@pytest.mark.parametrize("name", CHARTS)
def test_an_untouched_chart_is_proved(name: str) -> None:
    """Every number of its part, its labels and its workbook."""
    report = check("港区.docx", made(name), briefing(name))
    assert report.findings == ()
    assert dict(report.origins)["chart"] >= 4


def values(name: str, pattern: str) -> list[re.Match[str]]:
    """Places in the first chart part."""
    with zipfile.ZipFile(BytesIO(made(name))) as package:
        return list(re.finditer(pattern, package.read("word/charts/chart1.xml").decode()))


def inserted(name: str, place: int, text: str) -> bytes:
    """The Word file with ``text`` put into its first chart part."""

    def change(xml: bytes) -> bytes:
        whole = xml.decode()
        return f"{whole[:place]}{text}{whole[place:]}".encode()

    return changed(made(name), "word/charts/chart1.xml", change)


@pytest.mark.parametrize("name", NATIVE)
def test_every_kept_number_of_a_cell_that_is_changed_is_found(name: str) -> None:
    """Each number the part keeps of its workbook, in turn, is another one."""
    kept = [
        match.start() + value.start(1)
        for match in values(name, r"(?<=</c:f><c:numCache>).*?(?=</c:numCache>)")
        for value in re.finditer(r"<c:v>([^<]+)</c:v>", match[0])
    ]
    assert len(kept) >= 2
    for place in kept:
        assert found(name, inserted(name, place, "7")), place


@pytest.mark.parametrize("name", NATIVE)
def test_every_label_that_is_changed_is_found(name: str) -> None:
    """Words beside a mark that hold a number, each in turn with another one; and number formats that write another."""
    words = [m.start(1) for m in values(name, r"<a:t>(?=[^<]*\d)([^<]*)</a:t>")]
    forms = [
        m.start(1)
        for m in values(name, r'<c:dLbl><c:idx val="\d+"/>(?:<c:layout>.{0,120}</c:layout>)?<c:numFmt formatCode="([^"]+)"')
    ]  # fmt: skip
    assert words or forms
    for place in words:
        assert found(name, inserted(name, place, "6")), place
    for place in forms:
        assert found(name, inserted(name, place, "&quot;6&quot;")), place


def test_a_finding_names_figure_and_row() -> None:
    """图, the row with its name, the cell; what ought to stand there."""
    data = changed(
        made("bars"), "word/charts/chart1.xml", lambda xml: xml.replace(b"<c:v>28.3<", b"<c:v>82.3<")
    )
    findings = [f for f in found("bars", data) if "82.3" in f.number]
    assert {(f.place, f.reason) for f in findings} == {
        ("图1 第2行“南港区” B3", "此处应为 28.3"),
        ("图1 第2行“南港区” B3", "标注应为 28.3"),
    }


def workbook_changed(name: str, cell: str, value: float | str | None) -> bytes:
    """The Word file with another cell in its first workbook."""
    import openpyxl

    def change(data: bytes) -> bytes:
        book = openpyxl.load_workbook(BytesIO(data))
        assert book.active is not None
        book.active[cell] = value
        buffer = BytesIO()
        book.save(buffer)
        return buffer.getvalue()

    return changed(made(name), "word/embeddings/Microsoft_Excel_Worksheet1.xlsx", change)


def test_a_cell_that_is_changed_is_found() -> None:
    """A number, a source, a number in a cell that ought to be empty, a formula, a head."""
    for cell, value in (("B2", 47.3), ("C2", "北港区-was"), ("F9", 12.0), ("B3", "=28+1"), ("B1", "2019年")):
        findings = found("bars", workbook_changed("bars", cell, value))
        assert [f.place for f in findings] == [f"图1 数据表 Sheet1!{cell}"], cell


def test_an_empty_cell_is_missed() -> None:
    """A number that was taken out of the workbook."""
    findings = found("bars", workbook_changed("bars", "B4", None))
    assert [(f.place, f.reason) for f in findings] == [("图1 数据表 B4", "少了 66.5")]


def test_a_label_moved_to_another_mark_is_found() -> None:
    """Both numbers are the chart's own, but each stands beside the other's dot."""
    swap = {b"47.2": b"28.3", b"28.3": b"47.2"}
    data = changed(
        made("dumbbell"), "word/charts/chart1.xml",
        lambda xml: re.sub(rb"(?<=<a:t>)(?:47\.2|28\.3)(?=</a:t>)", lambda m: swap[m[0]], xml),
    )  # fmt: skip
    assert {(f.place, f.reason) for f in found("dumbbell", data)} >= {
        ("图1 第1行“北港区” C2", "标注应为 47.2"),
        ("图1 第2行“南港区” C3", "标注应为 28.3"),
    }


def test_a_mark_drawn_in_another_row_is_found() -> None:
    """The number of one row at the height of another."""
    data = changed(
        made("mean"), "word/charts/chart1.xml",
        lambda xml: xml.replace(b"(Sheet1!$E$2,Sheet1!$E$2)", b"(Sheet1!$E$3,Sheet1!$E$3)"),
    )  # fmt: skip
    assert any("同一行" in f.reason for f in found("mean", data))


def test_numbers_drawn_without_a_cell_are_found() -> None:
    """A line through numbers that stand nowhere else."""
    data = changed(
        made("line"), "word/charts/chart1.xml",
        lambda xml: re.sub(rb"<c:val><c:numRef>.*?</c:numRef></c:val>",
                           b'<c:val><c:numLit><c:ptCount val="1"/><c:pt idx="0"><c:v>88</c:v></c:pt></c:numLit></c:val>', xml, count=1),
    )  # fmt: skip
    assert any(f.reason == "画出的数不在数据表里" for f in found("line", data))


def test_a_label_that_is_gone_is_missed() -> None:
    """The number of a bar that is not printed."""
    data = changed(
        made("bars"),
        "word/charts/chart1.xml",
        lambda xml: re.sub(rb"<c:dLbl>.*?</c:dLbl>", b"", xml, count=1),
    )
    assert [f.reason for f in found("bars", data)] == ["图上没有印出 47.2"]


def test_bars_that_do_not_begin_at_nought_are_found() -> None:
    """A cut axis makes small differences look large."""
    data = changed(
        made("bars"),
        "word/charts/chart1.xml",
        lambda xml: xml.replace(b'<c:min val="0"/>', b'<c:min val="25"/>'),
    )
    assert [f.reason for f in found("bars", data)] == ["条形不是从 0 画起"]


def test_a_figure_that_is_gone_is_missed() -> None:
    """The drawing deleted from the text; and a chart that the briefing does not have is found."""
    without = changed(
        made("bars"), "word/document.xml", lambda xml: re.sub(rb"<w:drawing>.*?</w:drawing>", b"", xml)
    )
    reasons = {f.reason for f in found("bars", without)}
    assert "简报的这幅图没有画出" in reasons and "图不在正文里，数无从核对" in reasons
    other = changed(
        made("bars"),
        "word/document.xml",
        lambda xml: xml.replace('name="图1"'.encode(), 'name="图4"'.encode()),
    )
    assert "简报没有这幅图" in {f.reason for f in found("bars", other)}


def test_a_count_in_a_heat_map_that_is_changed_is_found() -> None:
    """Each cell of its table by its own place; one that loses its caption is running text, and refused as such."""
    data = changed(made("heat"), "word/document.xml", lambda xml: xml.replace(b">13<", b">14<"))
    assert [(f.place, f.number, f.reason) for f in found("heat", data)] == [
        ("图1 第2行第2列", "14", "此处应为 13")
    ]
    data = changed(made("heat"), "word/document.xml", lambda xml: xml.replace(b"w:tblCaption", b"w:tblOther"))
    assert {"13", "27"} <= {f.number for f in found("heat", data)}


def test_the_figures_of_a_whole_briefing_are_proved() -> None:
    """A bar chart with a mean and a heat map beside everything else."""
    count, findings = chart_findings("a.docx", word(audited(), ROOT), audited())
    assert findings == () and count > 20 and FACTS


@pytest.mark.parametrize(
    ("value", "form", "text"),
    [
        ("12.4", '0.0"%";"−"0.0"%"', "12.4%"), ("-3.5", '0.0"%";"−"0.0"%"', "−3.5%"), ("3", '"第"0"位"', "第3位"),
        ("1205.6", "#,##0.0", "1,205.6"), ("9.87", "0.0", "9.87"), ("-2", "0", "-2"), ("7", "", "7"), ("", "0", ""),
    ],
)  # fmt: skip
def test_number_formats_are_read_as_word_writes_them(value: str, form: str, text: str) -> None:
    """Signs, words in quotation marks, groups; a number with more decimals than its format shows is read whole."""
    assert formed(value, form) == text
