"""The workbook: numbers that are numbers, text that is never a formula, links to the sources, the same bytes twice."""

import zipfile
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from specimen import specimen

from briefings.records.briefing import (
    Bar,
    BarChart,
    Block,
    Briefing,
    Bullet,
    Chart,
    Citation,
    Cite,
    Column,
    Computed,
    Dumbbell,
    Figure,
    Heading,
    Heatmap,
    LineChart,
    Mark,
    Pairing,
    Progress,
    Quote,
    Slope,
    SmallMultiples,
    SourceList,
    Table,
    Track,
    Value,
    Words,
)
from briefings.records.document import Span
from briefings.records.fact import Fact
from briefings.render.workbook import period, workbook
from briefings.render.workbook_cells import CUT, LONGEST, Cell, cell, number, width
from briefings.render.workbook_charts import shown


def fact(ident: str, **changes: Any) -> Fact:
    """A fact in the first document of the specimen."""
    plain = Fact(
        id=ident, document="5e1c0d7a9b3f-1", start=210, end=214, surface="3.50%", kind="change", value="3.50",
        value_high=None, unit="%", indicator="高技术制造业增加值", indicator_spans=(Span(200, 208),), canonical=None,
        basis="yoy", period="2031-H1", scope=None, status="actual", hedge=None, sentence=Span(200, 260), rule="r",
    )  # fmt: skip
    return replace(plain, **changes)


def small(*blocks: Block, **changes: Any) -> Briefing:
    """A briefing of a title and ``blocks``."""
    return replace(specimen(), blocks=(Heading(1, "题目", "top"), *blocks), computed=(), **changes)


def opened(data: bytes) -> Any:
    """The workbook as openpyxl reads it."""
    return openpyxl.load_workbook(BytesIO(data))


def rows(sheet: Any) -> list[dict[str, Any]]:
    """The rows of a sheet that is one table, by header."""
    lines = list(sheet.iter_rows())
    headers = [c.value for c in lines[0]]
    return [dict(zip(headers, line, strict=True)) for line in lines[1:]]


@pytest.fixture(scope="module")
def book() -> Any:
    """The specimen's workbook with three facts."""
    facts = (
        fact("f2"),
        fact("f9", value="1200", value_high="1300", unit=None, basis=None, period=None, hedge="约"),
        fact(
            "x", document="other", kind="level", status="target", role="plan", path=("二、打算", "（一）项目")
        ),
    )
    return opened(workbook(specimen(), facts))


def test_sheets(book: Any) -> None:
    """Overview, data, sources, the charts' numbers, what was computed, what it all means."""
    assert book.sheetnames == ["概览", "数据表", "来源", "图表数据", "计算", "说明"]


def test_facts_are_rows_with_numbers(book: Any) -> None:
    """One row a fact; the number keeps the source's decimals; sentence and place come from the citation."""
    first, second, third = rows(book["数据表"])
    assert [first[key].value for key in ("编号", "单位", "指标", "类型", "口径", "期间", "状态")] == [
        "f2", "市发展改革委", "高技术制造业增加值", "增速", "同比", "2031年上半年", "实绩"
    ]  # fmt: skip
    assert (first["数值"].value, first["数值"].number_format, first["计量单位"].value) == (3.5, "0.00", "%")
    assert first["原句"].value == "高技术制造业增加值同比增长3.5%，增速连续三个季度加快。"
    assert (first["位置"].value, first["引文"].value, first["刊用"].value) == ("第19行", "[2]", "是")
    assert (second["数值"].value, second["上限"].value, second["约数"].value) == (1200, 1300, "约")
    assert not second["计量单位"].value and not second["期间"].value
    assert (third["状态"].value, third["刊用"].value, third["章节"].value) == (
        "目标",
        "否",
        "二、打算 › （一）项目",
    )
    assert not third["原句"].value and not third["单位"].value


def test_links_lead_to_the_sentence(book: Any) -> None:
    """A citation's link goes to the row of the sources that holds its sentence."""
    linked = rows(book["数据表"])[0]["引文"]
    sheet, cell_name = linked.hyperlink.location.replace("'", "").split("!")
    row = book[sheet][cell_name].row
    assert book["来源"].cell(row, 1).value == "[2]"
    assert book["来源"].cell(row, 2).value == "高技术制造业增加值同比增长3.5%，增速连续三个季度加快。"


def test_overview_holds_the_briefings_tables(book: Any) -> None:
    """Each table of the briefing is a real table with its words, a lone number is a number that prints its unit."""
    sheet = book["概览"]
    assert sheet["A1"].value == specimen().title and "数据截至2031年7月20日" in sheet["A2"].value
    assert set(sheet.tables) == {"关键数字1", "表1", "表2"}
    top, left = sheet.tables["表1"].ref.split(":")[0][1:], sheet.tables["表1"].ref[0]
    header = [c.value for c in sheet[int(top)]][:5]
    assert left == "A" and header == ["部门", "最重要的成效", "关键数", "问题", "下步打算"]
    line = sheet[int(top) + 1]
    assert line[1].value == "全市安排的17个重点项目已全部开工，完成投资进度快于序时[1]。"
    assert (line[2].value, line[2].number_format) == (3.5, '0.0"%"')
    assert line[1].hyperlink is not None


def test_charts_numbers(book: Any) -> None:
    """The heatmap as a matrix, the bars with the mean, under the figures' titles."""
    sheet = book["图表数据"]
    assert set(sheet.tables) == {"图1", "图2"}
    assert sheet["A1"].value.startswith("图1　") and sheet["B4"].value == specimen_count()
    last = [c.value for c in list(sheet.iter_rows())[-1]][:2]
    assert last == ["均值", 10.3]


def specimen_count() -> int:
    """The first count of the specimen's heatmap."""
    figure = next(b for b in specimen().blocks if isinstance(b, Figure))
    assert isinstance(figure.chart, Heatmap)
    return figure.chart.counts[0][0]


def test_text_is_never_a_formula() -> None:
    """Words of a source that begin with = + - @ stay words, marked so that editing the cell keeps them so."""
    evil = ['=HYPERLINK("http://x","y")', "+1", "-2+3", "@SUM(A1)"]
    table = Table("t", 1, "甲", (Column("=1+1"),), tuple((((Words(text)),),) for text in evil))
    data = workbook(small(table), [fact("f1", indicator=evil[0], surface=evil[1])])
    sheets = opened(data)
    for sheet in sheets:
        assert not [c for line in sheet.iter_rows() for c in line if c.data_type == "f"]
    values = [c for (c,) in sheets["概览"].iter_rows(min_row=6, max_col=1) if c.value]
    assert [c.value for c in values] == evil and all(c.quotePrefix for c in values)
    assert rows(sheets["数据表"])[0]["指标"].value == evil[0]


def test_sheets_are_set_up_to_be_read_and_printed(book: Any) -> None:
    """Frozen header, filter, A4 on one page's width with the header repeated, widths that are set."""
    for name in ("数据表", "来源", "计算"):
        sheet = book[name]
        assert sheet.freeze_panes is not None and sheet.freeze_panes.endswith("2")
        assert sheet.print_title_rows == "$1:$1" and next(iter(sheet.tables.values())).autoFilter is not None
    for sheet in book:
        assert sheet.page_setup.paperSize == 9 and sheet.page_setup.fitToHeight == 0
        assert sheet.column_dimensions["A"].width > 8


def test_properties(book: Any) -> None:
    """Title, author, keywords; the cut-off date as the day of making."""
    assert (book.properties.title, book.properties.creator) == (specimen().title, "临澜市政府办公室")
    assert book.properties.created.date().isoformat() == "2031-07-20"


def test_the_same_input_gives_the_same_bytes() -> None:
    """Nothing of the day or the run is in the file."""
    assert workbook(specimen(), [fact("f2")]) == workbook(specimen(), [fact("f2")])


def test_a_briefing_without_facts_or_sources() -> None:
    """Empty tables still open."""
    sheets = opened(workbook(small(as_of=""), ()))
    assert sheets.sheetnames == ["概览", "数据表", "来源", "说明"]


def test_repeated_headers_and_long_text() -> None:
    """Headers are told apart, and a text longer than a cell says where the rest is."""
    table = Table("t", 1, "甲", (Column("数"), Column("数")), (((Words("长" * 40_000),), ()),))
    sheet = opened(workbook(small(table), ()))["概览"]
    assert [c.value for c in sheet[5]] == ["数", "数 2"]
    assert sheet["A6"].value.endswith(CUT) and len(sheet["A6"].value) == LONGEST and sheet["B6"].value == "…"


def test_sources_out_of_order_are_still_found() -> None:
    """A link follows the entry, wherever it stands in the list."""

    def entry(n: int) -> Citation:
        return Citation(
            n, "d-1", "题", "某局", "", "a.txt", "0" * 64, "第1行", f"第{n}句。", Span(n * 10, n * 10 + 5)
        )

    table = Table("t", 1, "甲", (Column("乙"),), (((Value("5个", "f1"), Cite(3)),),))
    sheets = opened(workbook(small(table, SourceList((entry(7), entry(3)))), ()))
    target = sheets["概览"]["A6"].hyperlink.location.split("!")[1]
    assert sheets["概览"]["A6"].value == 5 and sheets["来源"]["B" + target[1:]].value == "第3句。"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ((Value("12.30亿元", "f"),), Cell("12.30亿元", Decimal("12.30"), '0.00"亿元"')),
        ((Value("-3.5%", "f"), Cite(4)), Cell("-3.5%", Decimal("-3.5"), '0.0"%"', 4)),
        ((Value("+3.5", "f"),), Cell("+3.5", Decimal("3.5"), "+0.0;-0.0;0.0")),
        ((Value("1/5", "f"),), Cell("1/5")),
        ((Value("3至5家", "f"),), Cell("3至5家")),
        ((Words("约"), Value("7家", "f"), Cite(2)), Cell("约7家[2]", source=2)),
        ((Quote("原话", "d", Span(0, 2), cut=True),), Cell("原话……")),
        ((), Cell("…")),
    ],
)
def test_cells(line: tuple[Any, ...], expected: Cell) -> None:
    """A lone number becomes a number that prints as it was written; all else stays text."""
    assert cell(line) == expected


@settings(max_examples=100, deadline=None)
@given(st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False, places=3))
def test_a_number_is_exactly_what_was_written(value: Decimal) -> None:
    """The cell holds the decimal of the source, and so does the double a reader makes of it."""
    made = number(str(value))
    assert made.number == value and Decimal(repr(float(str(made.number)))) == value


def test_numbers_are_stored_digit_for_digit() -> None:
    """The file says 9.8, not 9.800000000000001."""
    table = Table("t", 1, "甲", (Column("乙"),), (((Value("9.8个", "f1"),),),))
    with zipfile.ZipFile(BytesIO(workbook(small(table), ()))) as package:
        assert b"<v>9.8</v>" in package.read("xl/worksheets/sheet1.xml")


def test_numbers_a_double_cannot_hold_stay_text() -> None:
    """Eighteen digits would be rounded by Excel without a word."""
    assert number("123456789012345678.9") == Cell("123456789012345678.9")
    assert number("约三成") == Cell("约三成") and number(None) == Cell()


def test_periods_and_floats_for_people() -> None:
    """2031-H1 is 上半年; a bar's value has no exponent."""
    codes = ("2031-H1", "2031-Q3", "2031-M05", "2031", "十四五")
    assert [period(code) for code in codes] == [
        "2031年上半年",
        "2031年第三季度",
        "2031年5月",
        "2031年",
        "十四五",
    ]
    assert [shown(v) for v in (10.3, 5.0, 0.00001, -2.5, 1200.0)] == ["10.3", "5", "0.00001", "-2.5", "1200"]
    assert width("甲a") == 3


def test_bars_without_a_mean() -> None:
    """The bars alone."""
    chart = BarChart((Bar("甲", 1.5, "1.5", "f1"),), "%")
    figure = Figure("g", 1, (Words("题"),), "副题", chart, "说明1和2")
    sheet = opened(workbook(small(figure), ()))["图表数据"]
    assert [c.value for c in sheet[4]] == ["甲", 1.5, "f1"]


def test_every_chart_lists_its_numbers() -> None:
    """A row a pair, a task or a mark, with the ids behind them and the decimals that are printed; a gap says so."""
    pair = Pairing("澜东区", Mark(8.0, "8.0%", "a"), Mark(-3.5, "−3.50%", "b"))
    track = Track("澜西区", (Mark(8, "8.0", "a"), None))
    charts: dict[Chart, list[list[Any]]] = {
        Dumbbell((pair,), "%", "上年", "今年"): [["澜东区", 8, -3.5, "a", "b"]],
        Slope((pair,), "", "上年", "今年"): [["澜东区", 8, -3.5, "a", "b"]],
        Bullet((Progress("绿道", Mark(41.5, "41.5%", "a"), 50),)): [["绿道", 41.5, 50, "a"]],
        LineChart((track,), ("2030年", "2031年"), "%"): [["澜西区", "2030年", 8, "%", "a"], ["澜西区", "2031年", "…", "%", ""]],
        SmallMultiples((track,), ("2030年", "2031年"), ("亿元",)): [
            ["澜西区", "2030年", 8, "亿元", "a"], ["澜西区", "2031年", "…", "亿元", ""],
        ],
    }  # fmt: skip
    for chart, expected in charts.items():
        sheet = opened(workbook(small(Figure("g", 1, (Words("题"),), "副题", chart, "说明1和2")), ()))[
            "图表数据"
        ]
        found = list(sheet.iter_rows(min_row=4, max_row=3 + len(expected)))
        assert [[c.value for c in line] for line in found] == expected
    assert (
        opened(
            workbook(small(Figure("g", 1, (Words("题"),), "副题", Slope((pair,), "%", "甲", "乙"), "图")), ())
        )["图表数据"]["C4"].number_format
        == "0.00"
    )


def test_computed_numbers_are_live() -> None:
    """The formula finds its facts by their ids, converts them, and its result is kept beside it."""
    facts = [
        fact("f1", value="1.2", unit="亿元"),
        fact('f"2', value="9800", unit="万元"),
        fact("f3", value="3.4", unit="亿元"),
    ]
    items = (
        Computed("c1", "mean", ("f1", 'f"2', "f3"), "1.86", "亿元", 2),
        Computed("c2", "cagr", ("f3", "f1"), "68.3", "%", 1, 2),
        Computed("c3", "count", ("f1", "f3"), "2", "项"),
        Computed("c4", "sum", ("f1", "gone"), "1.2", "亿元", 1),
    )
    data = workbook(replace(small(), computed=items), facts)
    lines = rows(opened(data)["计算"])
    place = "INDEX('数据表'!$F:$F,MATCH(\"{}\",'数据表'!$A:$A,0))"
    first, second, third = (place.format(i) for i in ("f1", 'f""2', "f3"))
    assert lines[0]["结果"].value == f"=ROUND(AVERAGE({first},({second}/10000),{third}),2)"
    assert lines[1]["结果"].value == f"=ROUND(100*(({third}/{first})^(1/2)-1),1)"
    assert (lines[1]["年数"].value, lines[2]["结果"].value, lines[3]["结果"].value) == (2, 2, 1.2)
    kept = openpyxl.load_workbook(BytesIO(data), data_only=True)["计算"]
    assert [row[2].value for row in kept.iter_rows(min_row=2)] == [1.86, 68.3, 2, 1.2]
    facts_sheet = opened(data)["数据表"]
    assert (facts_sheet["A1"].value, facts_sheet["F1"].value) == ("编号", "数值")
