"""Tables of Word, html, PDF and plain text: each cell a fact with its name, kind, unit, basis, period and exact place."""

import io
from collections.abc import Callable, Sequence

import pytest

from briefings.extract import coverage, find
from briefings.records.fact import Fact
from briefings.structure import read

PLACES = [
    ["区市", "固定资产投资", "", "规模以上工业增加值", ""],
    ["", "总量（亿元）", "增速（%）", "增速（%）", "位次"],
    ["汇澜区", "312.4", "5.1", "7.2", "2"],
    ["望海区", "298.0", "-1.2", "6.8", "5"],
    ["合计", "610.4", "2.9", "7.0", "—"],
]
INDICATORS = [
    ["指标", "单位", "1—5月", "比上年同期增长（±%）"],
    ["进出口总额", "亿元", "1,408.6", "25.7"],
    ["其中：出口", "亿元", "873.0", "27.6"],
    ["全社会用电量", "亿千瓦时", "138.2", "－1.4"],
    ["登记失业率", "%", "2.98", "…"],
]


def html(rows: Sequence[Sequence[str]], caption: str = "") -> bytes:
    """A page with one table; empty cells of the first two rows go to the cell on their left or above."""
    head = f"<caption>{caption}</caption>" if caption else ""
    body = ""
    for number, row in enumerate(rows):
        cells = ""
        for at, cell in enumerate(row):
            wide = ' colspan="2"' if number == 0 and at + 1 < len(row) and at and not row[at + 1] else ""
            tall = ' rowspan="2"' if number == 0 and at == 0 and not rows[1][0] else ""
            if cell or number > 1:
                tag = "th" if number == 0 else "td"
                cells += f"<{tag}{wide}{tall}>{cell}</{tag}>"
        body += f"<tr>{cells}</tr>"
    title = "<h1>临澜市2021年1—6月经济运行情况</h1><p>上半年，全市经济运行平稳，具体情况见下表。</p>"
    return f"<html><body>{title}<table>{head}{body}</table></body></html>".encode()


def docx(rows: Sequence[Sequence[str]], caption: str = "") -> bytes:
    """A Word file with one table."""
    import docx as word

    document = word.Document()
    document.add_paragraph("临澜市2021年1—6月经济运行情况")
    document.add_paragraph("上半年，全市经济运行平稳，具体情况见下表。")
    if caption:
        document.add_paragraph(caption)
    table = document.add_table(len(rows), len(rows[0]))
    for row, cells in zip(table.rows, rows, strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def pdf(rows: Sequence[Sequence[str]], caption: str = "") -> bytes:
    """A PDF with one ruled table."""
    import weasyprint

    ruled = "<style>body{font-family:'Noto Sans CJK SC'}td,th{border:1px solid black;padding:4px}table{border-collapse:collapse}</style>"
    return bytes(weasyprint.HTML(string=ruled + html(rows, caption).decode()).write_pdf())


def plain(rows: Sequence[Sequence[str]], caption: str = "", between: str = "\n") -> bytes:
    """A text file with the cells one a line (or ``between`` them)."""
    body = "\n".join(between.join(cell for cell in row) for row in rows)
    lead = "临澜市2021年1—6月经济运行情况\n上半年，全市经济运行平稳，具体情况见下表，各项指标好于预期。\n"
    return f"{lead}{caption}\n{body}\n二、下一步\n继续抓好各项工作落实，推动经济持续向好。\n".encode()


def facts(data: bytes, name: str) -> list[Fact]:
    """The facts of a file; each span is its surface, and no number of a table is two facts."""
    reading = read(data, name)
    found = [find(d, reading.source) for d in reading.documents]
    held = [fact for each in found for fact in each.facts]
    assert all(reading.source.text[f.start : f.end] == f.surface for f in held)
    assert len({f.start for f in held}) == len(held)
    for document, each in zip(reading.documents, found, strict=True):
        assert all(m.outcome != "unknown" for m in coverage(document, reading.source, each))
    return held


def said(held: Sequence[Fact]) -> list[tuple[str, ...]]:
    """Facts of tables as kind, value, unit, name, basis, scope."""
    return [
        (f.kind, f.value, f.unit or "-", f.indicator, f.basis or "-", f.scope or "-")
        for f in held
        if f.rule == "table"
    ]


OF_INDICATORS = [
    ("level", "1408.6", "亿元", "进出口总额", "-", "-"),
    ("change", "25.7", "%", "进出口总额", "yoy", "-"),
    ("level", "873.0", "亿元", "出口", "-", "-"),
    ("change", "27.6", "%", "出口", "yoy", "-"),
    ("level", "138.2", "亿千瓦时", "全社会用电量", "-", "-"),
    ("change", "-1.4", "%", "全社会用电量", "yoy", "-"),
    ("rate", "2.98", "%", "登记失业率", "-", "-"),
]


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (html(INDICATORS), "a.html"), (docx(INDICATORS), "a.docx"), (pdf(INDICATORS), "a.pdf"),
        (plain(INDICATORS), "a.txt"), (plain(INDICATORS, between="\t"), "b.txt"), (plain(INDICATORS, between="    "), "c.txt"),
    ],
    ids=["html", "docx", "pdf", "cell a line", "tabs", "gaps"],
)  # fmt: skip
def test_a_table_of_indicators_says_the_same_in_every_format(data: bytes, name: str) -> None:
    """The name is the row's, unit and kind come from the columns, the period from the head: 1—5月."""
    held = facts(data, name)
    assert said(held) == OF_INDICATORS
    assert {f.period for f in held if f.rule == "table"} == {"2021-M01..M05"}


@pytest.mark.parametrize(("make", "suffix"), [(html, "html"), (pdf, "pdf")])
def test_heads_of_two_rows_belong_together(make: Callable[..., bytes], suffix: str) -> None:
    """The upper head names what the lower ones count; a place's row is its scope; the total has none."""
    held = facts(make(PLACES), f"a.{suffix}")
    assert said(held) == [
        ("level", "312.4", "亿元", "固定资产投资", "-", "汇澜区"),
        ("change", "5.1", "%", "固定资产投资", "yoy", "汇澜区"),
        ("change", "7.2", "%", "规模以上工业增加值", "yoy", "汇澜区"),
        ("rank", "2", "位", "规模以上工业增加值", "-", "汇澜区"),
        ("level", "298.0", "亿元", "固定资产投资", "-", "望海区"),
        ("change", "-1.2", "%", "固定资产投资", "yoy", "望海区"),
        ("change", "6.8", "%", "规模以上工业增加值", "yoy", "望海区"),
        ("rank", "5", "位", "规模以上工业增加值", "-", "望海区"),
        ("level", "610.4", "亿元", "固定资产投资", "-", "-"),
        ("change", "2.9", "%", "固定资产投资", "yoy", "-"),
        ("change", "7.0", "%", "规模以上工业增加值", "yoy", "-"),
    ]


@pytest.mark.parametrize(("make", "suffix"), [(html, "html"), (docx, "docx"), (plain, "txt")])
def test_the_caption_gives_unit_and_period(make: Callable[..., bytes], suffix: str) -> None:
    """单位：万人 above the table holds for the levels, not for the shares; parts take the name of the whole."""
    rows = [
        ["指 标", "年末数", "比重（%）"],
        ["常住人口", "612.35", "100.0"],
        ["其中：城镇", "421.90", "68.9"],
        ["　　　乡村", "190.45", "31.1"],
    ]
    held = facts(make(rows, "表1　2020年年末人口及构成　单位：万人"), f"a.{suffix}")
    assert said(held)[:4] == [
        ("level", "612.35", "万人", "常住人口", "-", "-"),
        ("rate", "100.0", "%", "常住人口比重", "-", "-"),
        ("level", "421.90", "万人", "常住人口城镇", "-", "-"),
        ("rate", "68.9", "%", "常住人口城镇比重", "-", "-"),
    ]
    assert {(f.period or "")[:4] for f in held if f.rule == "table"} == {"2020"}


def test_completion_plan_and_category_columns() -> None:
    """A category's row goes before the column's name; what is planned is a target; part of a plan is a completion."""
    rows = [
        ["领域", "项目数（个）", "年度计划投资（亿元）", "完成投资（亿元）", "完成年度计划（%）"],
        ["先进制造", "23", "62.0", "35.4", "57.1"],
        ["现代服务", "17", "41.5", "21.6", "52.0"],
    ]
    held = facts(html(rows), "a.html")
    assert said(held)[:4] == [
        ("level", "23", "个", "先进制造项目数", "-", "-"),
        ("level", "62.0", "亿元", "先进制造年度计划投资", "-", "-"),
        ("level", "35.4", "亿元", "先进制造完成投资", "-", "-"),
        ("completion", "57.1", "%", "先进制造完成投资", "plan", "-"),
    ]
    assert [f.status for f in held if f.rule == "table"][:4] == ["actual", "target", "actual", "actual"]


def test_years_in_the_head_are_periods_and_numbers_in_the_margin_are_none() -> None:
    """2019年 and 2020年 over two columns; the numbers of a 序号 column count nothing."""
    rows = [["序号", "指标（亿元）", "2019年", "2020年"], ["1", "财政总收入", "96.2", "101.4"], ["2", "税收收入", "71.3", "74.8"]]  # fmt: skip
    held = [f for f in facts(html(rows), "a.html") if f.rule == "table"]
    assert [(f.value, f.period) for f in held] == [("96.2", "2019"), ("101.4", "2020"), ("71.3", "2019"), ("74.8", "2020")]  # fmt: skip


def test_a_unit_that_nobody_said_is_flagged() -> None:
    """Without a unit the number is kept and flagged; growth without one is taken for percent and flagged."""
    rows = [["指标", "本期", "同比增长"], ["新登记市场主体", "1360", "14.3"], ["注销市场主体", "212", "-3.0"]]
    held = [f for f in facts(html(rows), "a.html") if f.rule == "table"]
    assert [(f.unit, f.flags) for f in held[:2]] == [(None, ("unit_missing",)), ("%", ("unit_inferred",))]


def test_units_inside_cells_and_words_for_the_sign() -> None:
    """A cell's own unit goes before the column's; 下降3.4% is negative, 第2位 a rank."""
    rows = [["指标", "完成情况", "同比", "全市排名"], ["进口额", "46.3亿元", "下降3.4%", "第2位"], ["出口额", "51.9亿元", "增长6.0%", "第1位"]]  # fmt: skip
    held = said(facts(html(rows), "a.html"))
    assert [(kind, value, unit) for kind, value, unit, *_ in held[:3]] == [
        ("level", "46.3", "亿元"), ("change", "-3.4", "%"), ("rank", "2", "位"),
    ]  # fmt: skip


def test_running_text_in_a_cell_is_read_by_the_grammar() -> None:
    """A cell of whole sentences is running text; its numbers are facts once."""
    rows = [["工作任务", "进展情况", "责任单位"], ["扩大开放", "上半年进出口486.2亿元，同比增长22.7%。", "市商务局"], ["稳定就业", "城镇新增就业3.2万人，完成年度计划的64%。", "市人社局"]]  # fmt: skip
    held = facts(html(rows), "a.html")
    assert [(f.kind, f.value) for f in held] == [("level", "486.2"), ("change", "22.7"), ("level", "3.2"), ("completion", "64")]  # fmt: skip


def test_an_irregular_row_is_left_unread_rather_than_guessed() -> None:
    """Where a row lost a cell nobody can say which one: it gives no fact."""
    rows = [["区市", "总额（亿元）", "增长（%）", "排名"], ["汇澜区", "312.4", "5.1", "2"], ["望海区", "298.0", "1.2", "5"], ["云岫区", "198.0", "4"]]  # fmt: skip
    reading = read(plain(rows, "表2　各区市进出口总额", between="\t"), "a.txt")
    held = [f for f in find(reading.documents[0], reading.source).facts if f.rule == "table"]
    assert {f.scope for f in held} == {"汇澜区", "望海区"}
    assert {f.indicator for f in held} == {"进出口总额"}


def test_short_lines_of_numbers_that_are_no_table_give_nothing() -> None:
    """Dates, page numbers and telephone lists make no table."""
    text = "临澜市工作简报\n2021-07-01\n第12期\n目录\n1\n2\n3\n4\n5\n正文\n上半年，全市经济运行平稳。\n"
    reading = read(text.encode(), "a.txt")
    assert [f for d in reading.documents for f in find(d, reading.source).facts if f.rule == "table"] == []


def test_words_of_growth_inside_names_are_no_growth() -> None:
    """增加值 is a level, 失业率 a rate, 增长率 a change; growth over the year before is year on year."""
    rows = [
        [
            "区市",
            "工业增加值（亿元）",
            "比2020年增长（%）",
            "增长率（%）",
            "占全市比重（%）",
            "增速排名",
            "失业率（%）",
            "新增就业（人）",
        ],
        ["汇澜区", "86.1", "7.3", "7.4", "41.0", "1", "2.1", "5300"],
        ["望海区", "74.0", "6.2", "6.3", "35.2", "3", "2.4", "4100"],
    ]
    held = facts(html(rows, "2021年各区市经济情况"), "a.html")
    assert [(kind, unit, name, basis) for kind, _, unit, name, basis, _ in said(held)[:7]] == [
        ("level", "亿元", "工业增加值", "-"),
        ("change", "%", "工业增加值", "yoy"),
        ("change", "%", "工业增加值", "yoy"),
        ("rate", "%", "工业增加值占全市比重", "-"),
        ("rank", "位", "工业增加值增速", "-"),
        ("rate", "%", "失业率", "-"),
        ("level", "人", "新增就业", "-"),
    ]


def test_a_second_table_without_heads_goes_on_with_the_first() -> None:
    """A table broken over two pages: the heads of the first part hold, and that is flagged."""
    first = [
        ["指标", "单位", "1—6月", "同比（%）"],
        ["进口额", "亿元", "46.3", "-3.4"],
        ["出口额", "亿元", "51.9", "6.0"],
    ]
    rest = "<table><tr><td>用电量</td><td>亿千瓦时</td><td>13.8</td><td>2.2</td></tr><tr><td>发电量</td><td>亿千瓦时</td><td>9.1</td><td>1.7</td></tr></table>"
    page = html(first).replace(b"</body>", f"<p>（续）</p>{rest}</body>".encode())
    held = [f for f in facts(page, "a.html") if f.rule == "table"]
    assert [(f.kind, f.value, f.unit, f.flags) for f in held[4:6]] == [
        ("level", "13.8", "亿千瓦时", ("header_carried",)),
        ("change", "2.2", "%", ("header_carried",)),
    ]


def test_a_table_of_growth_by_places_across() -> None:
    """单位：% over a table of 涨跌幅度 makes all its numbers changes; columns that are places are scopes."""
    rows = [
        ["指标", "全市", "城市", "农村"],
        ["居民消费价格", "0.4", "0.5", "0.1"],
        ["其中：衣着", "1.1", "1.0", "-1.3"],
    ]
    held = said(facts(plain(rows, "表1：2021年居民消费价格比上年涨跌幅度\n单位：%"), "a.txt"))
    assert held == [
        ("change", "0.4", "%", "居民消费价格", "yoy", "全市"),
        ("change", "0.5", "%", "居民消费价格", "yoy", "城市"),
        ("change", "0.1", "%", "居民消费价格", "yoy", "农村"),
        ("change", "1.1", "%", "衣着", "yoy", "全市"),
        ("change", "1.0", "%", "衣着", "yoy", "城市"),
        ("change", "-1.3", "%", "衣着", "yoy", "农村"),
    ]


def test_rows_that_are_years() -> None:
    """A row's year is the period of its numbers; the column, with the caption's help, names them."""
    rows = [["年份", "收入（亿元）", "增长（%）"], ["2019", "402.1", "4.0"], ["2020年", "410.7", "2.1"]]
    held = [f for f in facts(html(rows, "表3　2019—2020年一般公共预算收入"), "a.html") if f.rule == "table"]
    assert [(f.kind, f.value, f.indicator, f.period) for f in held] == [
        ("level", "402.1", "一般公共预算收入", "2019"),
        ("change", "4.0", "一般公共预算收入", "2019"),
        ("level", "410.7", "一般公共预算收入", "2020"),
        ("change", "2.1", "一般公共预算收入", "2020"),
    ]
