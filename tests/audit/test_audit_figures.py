"""Charts: every mark proved where it is drawn and as it is printed, in every kind of chart."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from audited import DOCUMENTS, FACTS, TEXTS, audited, words

from briefings import render
from briefings.audit import check, prove
from briefings.audit.expected import drawn
from briefings.audit.figures import chart_faults
from briefings.records.briefing import (
    Bar,
    BarChart,
    Briefing,
    Bullet,
    Chart,
    Computed,
    Dumbbell,
    Figure,
    LineChart,
    Mark,
    Pairing,
    Progress,
    Slope,
    SmallMultiples,
    Track,
)
from briefings.records.codec import from_json, to_json
from briefings.records.fact import Fact

LEVELS = (("east", "12.5", "亿元", "2031-H1"), ("east-before", "11.2", "亿元", "2030-H1"), ("west", "98000", "万元", "2031-H1"),
          ("west-before", "10.1", "亿元", "2030-H1"), ("rate", "-3.5", "%", "2031-H1"), ("done", "31", "个", None),
          ("all", "50", "个", None), ("plan", "41.5", "%", None), ("dollars", "4.4", "亿美元", None))  # fmt: skip
KNOWN: dict[str, Fact] = {
    id_: replace(FACTS["harbour"], id=id_, value=value, unit=unit, period=period, surface=f"{value}{unit}",
                 kind="change" if id_ == "rate" else "completion" if id_ == "plan" else "level")
    for id_, value, unit, period in LEVELS
}  # fmt: skip
COMPUTED = {
    item.id: item
    for item in (
        Computed("c-done", "percent", ("done", "all"), "62.0", "%", 1),
        Computed("c-rank", "rank", ("east", "west", "west-before"), "1", "位"),
        Computed("c-rank-before", "rank", ("east-before", "west", "west-before"), "1", "位"),
        Computed("c-growth", "growth", ("east", "east-before"), "11.6", "%", 1),
    )
}
EAST, BEFORE = Mark(12.5, "12.5亿元", "east"), Mark(11.2, "11.2", "east-before")
WEST, WEST_BEFORE = Mark(9.8, "98000万元", "west"), Mark(10.1, "10.1", "west-before")
PAIRS = (Pairing("东区", BEFORE, EAST), Pairing("西区", WEST_BEFORE, WEST))
PERIODS = ("2030年上半年", "2031年上半年")
SOUND: dict[str, Chart] = {
    "dumbbell": Dumbbell(PAIRS, "亿元", *PERIODS),
    "slope": Slope(PAIRS, "亿元", *PERIODS),
    "ranks": Slope(
        (Pairing("东区", Mark(1, "第1位", "c-rank-before"), Mark(1, "第1位", "c-rank")),), "位", *PERIODS
    ),
    "bullet": Bullet(
        (Progress("口岸", Mark(62, "62.0%（31/50个）", "c-done"), 50), Progress("绿道", Mark(41.5, "41.5%", "plan"), 41.7))
    ),
    "lines": LineChart((Track("东区", (BEFORE, EAST)), Track("西区", (None, WEST))), PERIODS, "亿元"),
    "panels": SmallMultiples(
        (Track("产值", (BEFORE, EAST)), Track("增速", (None, Mark(-3.5, "−3.5%", "rate")))), PERIODS, ("亿元", "%")
    ),
    "bars": BarChart((Bar("东区", 12.5, "12.5", "east"), Bar("西区", 9.8, "9.8", "west"), Bar("增", -3.5, "3.5%", "rate")), ""),
}  # fmt: skip
SOUND["bars"] = BarChart(SOUND["bars"].bars[:2], "亿元", 11.15)  # type: ignore[union-attr]


def faults(chart: Chart, facts: dict[str, Fact] = KNOWN) -> list[tuple[str, str]]:
    """What is held against the chart."""
    return list(chart_faults(Figure("g", 1, words("题"), "副题", chart, "说明"), facts, COMPUTED))


def remarked(chart: Any, at: int, change: Callable[[Any], Any]) -> Any:
    """The chart with its mark number ``at`` changed."""
    seen = -1

    def visit(value: Any) -> Any:
        nonlocal seen
        if isinstance(value, Mark | Bar):
            seen += 1
            return change(value) if seen == at else value
        if isinstance(value, tuple):
            return tuple(visit(part) for part in value)
        if hasattr(value, "__dataclass_fields__"):
            return type(value)(**{name: visit(getattr(value, name)) for name in value.__dataclass_fields__})
        return value

    return visit(chart)


def marks(chart: Chart) -> int:
    """How many marks the chart has."""
    count = 0

    def one(mark: Any) -> Any:
        nonlocal count
        count += 1
        return mark

    for at in range(20):
        remarked(chart, at, one)
    return count


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_chart_is_proved(name: str) -> None:
    """Facts and formulas, gaps, a text in the source's own unit beside a mark in the chart's."""
    assert faults(SOUND[name]) == []


@pytest.mark.parametrize("name", SOUND)
def test_every_wrong_mark_is_held(name: str) -> None:
    """Drawn elsewhere, printed otherwise, of no source, of another source: each mark of each kind of chart."""
    chart = SOUND[name]
    assert marks(chart) >= 2
    for at in range(marks(chart)):
        for wrong in (
            lambda m: replace(m, value=m.value + 0.1),
            lambda m: replace(m, value=float("nan")),
            lambda m: replace(
                m, text=m.text.replace("1", "7").replace("5", "8").replace("98", "97").replace("9.8", "9.7")
            ),
            lambda m: replace(m, source="nobody"),
            lambda m: replace(m, source="dollars"),
        ):
            assert faults(remarked(chart, at, wrong)), (name, at)


@pytest.mark.parametrize(
    ("chart", "reason"),
    [
        (LineChart((Track("西区", (WEST_BEFORE, replace(WEST, text="98000"))),), PERIODS, "亿元"), "数值应为 9.8"),
        (LineChart((Track("西区", (WEST_BEFORE, replace(WEST, value=98000))),), PERIODS, "亿元"), "数据是 9.8"),
        (LineChart((Track("西区", (WEST_BEFORE, Mark(4.4, "4.4", "dollars"))),), PERIODS, "亿元"), "图的单位"),
        (LineChart((Track("东区", (EAST, BEFORE)),), PERIODS, "亿元"), "年的"),
        (LineChart((Track("东区", (EAST,)),), PERIODS, "亿元"), "2个期间"),
        (Dumbbell((Pairing("东区", EAST, BEFORE),), "亿元", *PERIODS), "年的"),
        (SmallMultiples((Track("东区", (BEFORE, EAST)),), PERIODS, ()), "单位有0个"),
        (SmallMultiples((Track("增速", (None, Mark(-3.5, "3.5%", "rate"))),), PERIODS, ("%",)), "没有说"),
        (Bullet((Progress("口岸", Mark(62, "62.0%（31/51个）", "c-done"), 50),)), "括号"),
        (Bullet((Progress("绿道", Mark(41.5, "41.5%（4/9个）", "plan"), 50),)), "括号"),
        (Bullet((Progress("绿道", Mark(41.5, "41.5%", "plan"), 45),)), "整月"),
        (Bullet((Progress("绿道", Mark(41.5, "41.5%", "plan"), 150),)), "整月"),
        (Slope((Pairing("东区", Mark(2, "第2位", "c-rank-before"), Mark(1, "第1位", "c-rank")),), "位", *PERIODS), "数据是 1"),
        (Slope((Pairing("东区", Mark(1, "并列第1位", "c-rank-before"), Mark(1, "第1位", "c-rank")),), "位", *PERIODS), "没有并列"),
        (BarChart((Bar("东区", 12.5, "12.5%", "east"), Bar("西区", 9.8, "9.8", "west")), "亿元"), "单位应为"),
    ],
)  # fmt: skip
def test_what_a_chart_must_not_draw(chart: Chart, reason: str) -> None:
    """A number that is not converted, another currency, another year, a gap that is missing, a schedule out of the air."""
    assert any(reason in said for _, said in faults(chart)), faults(chart)


@pytest.mark.parametrize("name", SOUND)
def test_what_is_drawn_is_known_to_the_alternative_text(name: str) -> None:
    """All texts of the marks, the labels and the periods; another number in the alternative text is held."""
    chart = SOUND[name]
    figure = Figure("g", 1, words("题"), "副题", chart, "说明")
    assert all(mark_text in drawn(figure) for mark_text in _texts(chart))
    if isinstance(chart, Dumbbell | Slope):
        assert set(PERIODS) <= set(drawn(figure))


def _texts(chart: Chart) -> list[str]:
    found: list[str] = []

    def note(mark: Any) -> Any:
        found.append(mark.text)
        return mark

    for at in range(marks(chart)):
        remarked(chart, at, note)
    return found


RATES = Dumbbell(
    (
        Pairing("港口与渔业", Mark(6.2, "6.2%", "cargo-yoy"), Mark(2.5, "2.5%", "fish-yoy")),
        Pairing("箱量与渔业", Mark(-3.1, "−3.1%", "box-yoy"), Mark(2.5, "2.5%", "fish-yoy")),
    ),
    "%",
    "港口局",
    "渔业局",
)
LINES = LineChart((Track("进度", (Mark(52.3, "52.3%", "plan"), None, Mark(61, "61%", "harbour-plan"))),), ("港口", "岸线", "渔港"), "%")  # fmt: skip
PANELS = SmallMultiples(
    (Track("甲", (Mark(36.4, "36.4", "fish"), Mark(1205.6, "1205.6万吨", "cargo"))), Track("乙", (Mark(1.2, "1.2", "harbour"), None))),
    ("渔业", "港口"),
    ("万吨", "亿元"),
)  # fmt: skip
TARGETS = Bullet(
    (Progress("渔港", Mark(61, "61%", "harbour-plan"), 50), Progress("港口", Mark(52.3, "52.3%", "plan"), 50))
)


def charted(alt: str = "图：从2.5%到6.2%。") -> Briefing:
    """The sound briefing with the new charts in it."""
    figures = (
        Figure("g3", 3, words("增速"), "增速，%", RATES, alt),
        Figure("g4", 4, words("进度"), "完成年度计划，%", LINES, "折线图：从52.3%到61%。"),
        Figure("g5", 5, words("各项"), "单位见各图", PANELS, "小图：36.4万吨、1205.6万吨。"),
        Figure(
            "g6", 6, words("完成"), "完成年度计划，%", TARGETS, "子弹图：渔港61%，港口52.3%，时序进度50%。"
        ),
        Figure(
            "g7",
            7,
            words("两侧"),
            "增速，%",
            Slope(RATES.rows, "%", "港口局", "渔业局"),
            "坡度图：2.5%与6.2%。",
        ),
    )
    briefing = audited()
    return replace(briefing, blocks=(*briefing.blocks[:-1], *figures, briefing.blocks[-1]))


def test_a_briefing_with_every_chart_is_proved() -> None:
    """The briefing, and the workbook, the page and the Word file made of it, which say the pictures' numbers aside."""
    briefing = charted()
    assert prove(briefing, FACTS, DOCUMENTS, TEXTS) == ()
    assert from_json(Briefing, to_json(briefing)) == briefing
    data = render.workbook(briefing, tuple(FACTS.values()))
    report = check("a.xlsx", data, briefing, FACTS.values())
    assert report.findings == ()
    assert dict(report.origins)["chart"] > 20
    search = (Path(__file__).parents[2],)
    for name, made in (("a.html", render.html(briefing, search)), ("a.docx", render.word(briefing, search))):
        assert check(name, made, briefing, FACTS.values()).findings == ()
    page = render.html(briefing, search).decode().replace("从2.5%到6.2%", "从2.5%到6.9%")
    assert "6.9" in {f.number for f in check("a.html", page.encode(), briefing).findings}


def test_an_alternative_text_with_a_number_that_is_not_drawn_is_held() -> None:
    """In every kind of chart."""
    findings = prove(charted("图：从2.5%到6.3%。"), FACTS, DOCUMENTS, TEXTS)
    assert [(f.number, f.reason) for f in findings] == [("6.3", "图里没有这个数")]


def test_numbers_in_the_sides_of_a_chart_are_held() -> None:
    """A side may be a period, never a number of ours."""
    briefing = charted()
    wrong = replace(RATES, prior_label="前15名")
    blocks = tuple(
        replace(block, chart=wrong) if isinstance(block, Figure) and block.id == "g3" else block for block in briefing.blocks
    )  # fmt: skip
    assert "15" in {f.number for f in prove(replace(briefing, blocks=blocks), FACTS, DOCUMENTS, TEXTS)}
