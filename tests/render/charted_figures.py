"""Figures of every form of chart about the invented city 临澜市, for tests of what draws them in Word."""

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
    Language,
    LineChart,
    Mark,
    Pairing,
    Progress,
    Slope,
    SmallMultiples,
    Theme,
    Track,
    Words,
)

LONG = "临澜高新技术产业开发区管理委员会"
BARS = (
    Bar("澜北区", 14.2, "14.2", "f-b1"),
    Bar("澜南区", 11.5, "11.5", "f-b2", highlight=True),
    Bar(LONG, 7.0, "近7.0", "f-b3"),
    Bar("海角县", -2.4, "−2.4", "f-b4"),
)
PERIODS = ("2028年上半年", "2029年上半年", "2030年上半年", "2031年上半年")


def mark(value: float, source: str, text: str = "") -> Mark:
    """A mark that prints its value."""
    return Mark(value, text or f"{value:g}", source)


PAIRS = (
    Pairing("澜北区", mark(8.3, "f-p1"), mark(13.6, "f-c1")),
    Pairing("澜南区", mark(9.9, "f-p2"), mark(9.9, "f-c2"), highlight=True),
    Pairing(LONG, mark(5.2, "f-p3"), mark(-1.7, "f-c3", "−1.7")),
)
OUTPUT = Track("地区总产出", (mark(701.5, "f-t1"), mark(698.4, "f-t2"), None, mark(845.1, "f-t4")))
TRADE = Track(
    "进出口", (None, mark(12.6, "f-u2"), mark(-3.8, "f-u3", "−3.8"), mark(9.1, "f-u4")), highlight=True
)
CHARTS: dict[str, Chart] = {
    "bars": BarChart(BARS[:3], "%"),
    "bars-mean": BarChart(BARS, "%", 7.58),
    "heat": Heatmap(
        ("市教育局", LONG), ("民生保障", "项目投资"), ((12, 0), (3, 7)), (("c1", "c2"), ("c3", "c4")), "条"
    ),
    "dumbbell": Dumbbell(PAIRS, "%", "2030年上半年", "2031年上半年"),
    "slope": Slope(PAIRS, "%", "2030年", "2031年"),
    "bullet": Bullet(
        (
            Progress("水库除险加固", mark(61.0, "f-d1", "61.0%（61/100座）"), 50),
            Progress("口袋公园", mark(37.5, "f-d2", "37.5%"), 50),
            Progress(LONG, mark(104.9, "f-d3", "104.9%"), 50),
        )
    ),
    "line": LineChart((TRADE, Track("用电量", TRADE.marks)), PERIODS, "%"),
    "line-alone": LineChart((OUTPUT,), PERIODS, "亿元"),
    "panels": SmallMultiples((OUTPUT, TRADE), PERIODS, ("亿元", "%")),
}


def drawn(*names: str, language: Language = "zh", theme: Theme = "modern") -> Briefing:
    """A briefing of nothing but the figures called ``names``, all without a name; 图1 is the first."""
    chosen = [CHARTS[name] for name in names or CHARTS]
    figures = tuple(
        Figure(f"g{n}", n, (Words("各区进展不一"),), "增速", chart, "澜北区在前，海角县在后。")
        for n, chart in enumerate(chosen, 1)
    )
    return Briefing(
        id="drawn", kind="peers", title="临澜市对照", subtitle="", language=language, theme=theme, period="2031-H1",
        as_of="2031-07-20", office="", blocks=(Heading(1, "临澜市对照", "top"), *figures), computed=(), facts=(),
        documents=(), contents=False,
    )  # fmt: skip
