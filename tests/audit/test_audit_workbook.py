"""Workbooks: every row of the charts' data and every live formula is proved."""

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import pytest
from audited import FACTS, audited, words

from briefings import render
from briefings.audit import check
from briefings.records.briefing import (
    Briefing,
    Bullet,
    Computed,
    Dumbbell,
    Figure,
    LineChart,
    Mark,
    Pairing,
    Progress,
    Track,
)

MARKS = (Mark(52.3, "52.3%", "plan"), None, Mark(61, "61%", "harbour-plan"))
FORMULAS = (
    Computed("x-mean", "mean", ("harbour", "small", "other"), "0.96", "亿元", 2),
    Computed("x-rank", "rank", ("harbour", "small", "other"), "1", "位"),
    Computed("x-rate", "cagr", ("harbour", "other"), "22.5", "%", 1, 2),
)
KNOWN = (
    *FACTS.values(),
    replace(FACTS["harbour"], id="small", value="8800", unit="万元"),
    replace(FACTS["harbour"], id="other", value="0.8"),
)


def charted() -> Briefing:
    """The sound briefing with three more charts, one of them with the labels of another, and formulas."""
    figures = (
        Figure("g3", 3, words("增速"), "增速，%",
               Dumbbell((Pairing("渔港", Mark(6.2, "6.2%", "cargo-yoy"), Mark(2.5, "2.5%", "fish-yoy")),), "%", "港口局", "渔业局"), "图"),
        Figure("g4", 4, words("进度"), "完成年度计划，%", LineChart((Track("渔港", MARKS),), ("港口", "岸线", "渔港"), "%"), "图"),
        Figure("g5", 5, words("完成"), "完成年度计划，%", Bullet((Progress("渔港", Mark(61, "61%", "harbour-plan"), 50),)), "图"),
    )  # fmt: skip
    briefing = audited()
    blocks = (*briefing.blocks[:-1], *figures, briefing.blocks[-1])
    return replace(briefing, blocks=blocks, computed=(*briefing.computed, *FORMULAS))


def sheet_named(data: bytes, name: str) -> str:
    """The part that holds a sheet."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        names = re.findall(r'<sheet name="([^"]+)"', package.read("xl/workbook.xml").decode())
    return f"xl/worksheets/sheet{names.index(name) + 1}.xml"


def changed(sheet: str, change: Callable[[str], str]) -> bytes:
    """The workbook with a sheet rewritten; the change must have changed something."""
    data = render.workbook(charted(), KNOWN)
    part = sheet_named(data, sheet)
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as package, zipfile.ZipFile(made, "w") as copy:
        for item in package.infolist():
            content = package.read(item)
            if item.filename == part:
                text = change(content.decode())
                assert text != content.decode()
                content = text.encode()
            copy.writestr(item.filename, content)
    return made.getvalue()


def held(data: bytes) -> list[str]:
    """The reasons of what is held."""
    return [f.reason for f in check("a.xlsx", data, charted(), KNOWN).findings]


def test_a_sound_workbook_is_proved() -> None:
    """Charts that share a label and formulas with conversions; each chart's rows are counted as such."""
    report = check("a.xlsx", render.workbook(charted(), KNOWN), charted(), KNOWN)
    assert report.findings == ()
    assert dict(report.origins)["chart"] >= 9


@pytest.mark.parametrize("number", ["6.2", "2.5", "52.3", "61", "50"])
def test_a_changed_number_of_a_chart_is_held(number: str) -> None:
    """Wherever it stands on the sheet."""
    assert held(changed("图表数据", lambda xml: xml.replace(f"<v>{number}</v>", f"<v>{number}1</v>", 1)))


def test_a_number_moved_into_a_gap_is_held() -> None:
    """The same numbers in another period are another line."""

    def move(xml: str) -> str:
        rows = re.findall(r"<row .*?</row>", xml)
        gap = next(at for at, row in enumerate(rows) if "<v>52.3</v>" in row and 'r="E' in row) + 1
        value = re.search(r'<c r="C\d+" s="\d+"><v>52.3</v></c>', rows[gap - 1])
        empty = re.search(r'<c r="C\d+" s="\d+" t="s"><v>\d+</v></c>', rows[gap])
        assert value and empty
        return xml.replace(value[0], empty[0]).replace(rows[gap], rows[gap].replace(empty[0], value[0]))

    assert held(changed("图表数据", move))


def test_a_row_of_a_chart_that_is_left_out_is_held() -> None:
    """Nothing drawn is kept from the data."""

    def drop(xml: str) -> str:
        row = next(row for row in re.findall(r"<row .*?</row>", xml) if "<v>2.5</v>" in row)
        return xml.replace(row, "")

    assert any("没有照原样列出" in reason for reason in held(changed("图表数据", drop)))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("AVERAGE(", "SUM("),
        ("/10000", "/1000"),
        ('MATCH("other"', 'MATCH("plan"'),
        ("&gt;0", "&lt;0"),
        ("^(1/2)", "^(1/3)"),
        ("'数据表'!$F:$F", "'数据表'!$G:$G"),
        ("<v>0.96</v>", "<v>0.97</v>"),
    ],
)
def test_a_changed_formula_is_held(old: str, new: str) -> None:
    """Another function, another factor, another input, another column, another result."""
    assert held(changed("计算", lambda xml: xml.replace(old, new, 1)))
