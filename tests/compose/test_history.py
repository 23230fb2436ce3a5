"""Tests of briefings.compose.history: two periods, three, one; nothing to follow; both languages; every word proved."""

from dataclasses import replace
from pathlib import Path

import pytest
from side_by_side import composed, figures, first_page, lead, said, table, text, tiles

from briefings.records.briefing import Briefing, Bullets, LineChart, SmallMultiples
from briefings.records.edition import Order

FIRST = """东屏区2020年上半年工作总结

东屏区人民政府
2020年7月20日

一、主要工作
（一）稳住经济，巩固“开门红”。上半年，全区生产总值312.4亿元，同比增长2.6%，两年平均增长6.1%；一般公共预算收入21.5亿元，下降1.8%；进出口总额96.5亿元，增长8.0%；新签约项目31个。
（二）抓实项目，冲刺“开门红”。建立重点项目周调度制度。全区固定资产投资增长11.3%，居四区第3位。
二、存在问题
高层次人才短缺。
"""
SECOND = """东屏区2021年上半年工作总结

东屏区人民政府
2021年7月21日

一、主要工作
（一）抢抓机遇，做大“湾区经济”。上半年，全区生产总值330.8亿元，同比增长4.2%；一般公共预算收入22.9亿元，增长6.5%；进出口总额101.2亿元，增长4.9%。
（二）招商引资，做强“湾区经济”。一季度，新签约项目18个。
"""
THIRD = """东屏区2023年上半年工作总结

东屏区人民政府
2023年7月20日

一、主要工作
（一）提振消费，扩大内需。上半年，全区生产总值355.1亿元，同比增长6.3%；一般公共预算收入20.4亿元，增长7.4%；进出口总额99.8亿元，下降1.4%。全区固定资产投资增长8.8%，居四区第1位。
二、下半年打算
确保全年生产总值增长6%以上。
"""
SILENT = """东屏区2022年上半年工作总结

东屏区人民政府
2022年7月24日

一、主要工作
（一）改进作风。推行“周末课堂”，提升干部能力。
（二）服务群众。完善便民服务，回应群众关切。
"""
ORDER = Order("h", "history", "东屏区历年对照", ("2020", "2021", "2023"), places=("东屏区",))


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Briefing:
    """Three half-years."""
    texts = {"a.txt": FIRST, "b.txt": SECOND, "c.txt": THIRD}
    briefing, held = composed(texts, ORDER, tmp_path_factory.mktemp("three"))
    assert held == []
    return briefing


def test_the_sentence_tells_yearly_growth_over_three_years(three: Briefing) -> None:
    """Compound growth from the first to the last amount, both shown."""
    assert lead(three) == "地区生产总值年均增长4.4%（2020年上半年312.4亿元，2023年上半年355.1亿元）。"


def test_periods_are_columns(three: Briefing) -> None:
    """Amounts change in percent and by the year, rates in percentage points."""
    rows = {(r[0], r[1]): r[2:] for r in table(three, "t-headlines")}
    assert rows["地区生产总值", "数值"] == ["312.4亿元", "330.8亿元", "355.1亿元", "13.7%", "4.4%"]
    assert rows["地区生产总值", "同比"] == ["▲ +2.6%", "▲ +4.2%", "▲ +6.3%", "3.7个百分点", "—"]
    assert rows["一般公共预算收入", "数值"][-2:] == ["−5.1%", "−1.7%"]


def test_lines_and_panels_from_three_periods_on(three: Briefing) -> None:
    """Rates in one chart, amounts in a panel each."""
    lines, panels = figures(three)["g-lines"].chart, figures(three)["g-panels"].chart
    assert isinstance(lines, LineChart)
    assert lines.periods == ("2020年上半年", "2021年上半年", "2023年上半年")
    assert [t.label for t in lines.tracks] == ["地区生产总值", "一般公共预算收入", "进出口总额"]
    assert isinstance(panels, SmallMultiples)
    assert [m.text for m in panels.tracks[0].marks if m] == ["312.4亿元", "330.8亿元", "355.1亿元"]


def test_a_quarter_is_shown_as_a_break(three: Briefing) -> None:
    """Both numbers and the reason, no difference."""
    assert "时段不同" in said(three.blocks)
    assert not [r for r in table(three, "t-headlines") if r[0] == "新签约项目"]


def test_the_last_stated_rank_is_a_key_figure(three: Briefing) -> None:
    """As the source states it."""
    assert [t for t in tiles(three) if "位次" in t[0]] == [("固定资产投资位次", "第1", "位")]


def test_two_year_averages_are_told_only_as_stated(three: Briefing) -> None:
    """With the sentence that carries them."""
    assert "2020年上半年：地区生产总值两年平均▲ +6.1%" in said(three.blocks)


def test_slogans_of_each_period_are_quoted(three: Briefing) -> None:
    """In a table, a period a row."""
    rows = table(three, "t-wording")
    assert [r[2] for r in rows] == ["开门红", "湾区经济", ""]


def test_the_first_page_is_short(three: Briefing) -> None:
    """Three or four key figures, three changes of at most 35 characters."""
    assert 3 <= len(tiles(three)) <= 4
    [changes] = [b for b in first_page(three) if isinstance(b, Bullets)]
    assert len(changes.items) <= 3
    assert all(len(text(item)) <= 35 for item in changes.items)


def test_two_periods_make_no_line(tmp_path: Path) -> None:
    """A table, and no chart; less than three years apart no yearly growth."""
    order = replace(ORDER, periods=("2020", "2021"))
    briefing, held = composed({"a.txt": FIRST, "b.txt": SECOND}, order, tmp_path)
    assert held == []
    assert figures(briefing) == {}
    assert lead(briefing) == "地区生产总值多了18.4亿元（2020年上半年312.4亿元，2021年上半年330.8亿元）。"
    assert len(table(briefing, "t-headlines")[0]) == 5


def test_a_fall_is_told_as_a_fall(tmp_path: Path) -> None:
    """By words, without a sign."""
    order = replace(ORDER, periods=("2021", "2023"))
    fallen = THIRD.replace("355.1", "325.1")
    briefing, held = composed({"b.txt": SECOND, "c.txt": fallen}, order, tmp_path)
    assert held == []
    assert lead(briefing).startswith("地区生产总值少了5.7亿元（")


def test_one_period_only_reads_well(tmp_path: Path) -> None:
    """It says so, names the absent periods, and shows what there is."""
    briefing, held = composed({"a.txt": FIRST}, ORDER, tmp_path)
    assert held == []
    assert lead(briefing) == "只收到2020年上半年的材料，没有可以比较的另一期。"
    assert "2021年、2023年没有收到材料" in said(first_page(briefing))


def test_a_period_without_numbers_reads_well(tmp_path: Path) -> None:
    """Nothing can be followed: the page says so."""
    order = replace(ORDER, periods=("2020", "2022"))
    briefing, held = composed({"a.txt": FIRST, "x.txt": SILENT}, order, tmp_path)
    assert held == []
    assert lead(briefing).startswith("各期没有说到同一项指标")


def test_the_english_edition_is_proved_too(tmp_path: Path) -> None:
    """The same facts and calculations in English words."""
    texts = {"a.txt": FIRST, "b.txt": SECOND, "c.txt": THIRD}
    briefing, held = composed(texts, replace(ORDER, language="en"), tmp_path)
    assert held == []
    assert lead(briefing).startswith(
        "Gross regional product grew by 4.4% a year (H1 2020 CNY\u00a031.24\u00a0bn"
    )
