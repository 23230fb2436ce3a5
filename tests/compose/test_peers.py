"""Tests of briefings.compose.peers: two places, four, one; nothing comparable; both languages; every word proved."""

from dataclasses import replace
from pathlib import Path

import pytest
from side_by_side import composed, figures, first_page, lead, quotations, said, table, text, tiles

from briefings.records.briefing import BarChart, Briefing, Bullets, Dumbbell
from briefings.records.edition import Order

EAST = """东屏区2020年上半年工作总结

东屏区人民政府
2020年7月20日

一、主要工作
（一）经济运行。上半年，全区生产总值312.4亿元，同比增长3.1%；规模以上工业增加值增长4.6%；固定资产投资增长5.2%，居四区第2位；进出口总额96.5亿元，增长8.0%。城镇登记失业率2.8%。
（二）项目建设。建立重点项目周调度制度，新签约项目31个。
二、存在问题
部分外贸企业订单不足。
三、下半年打算
确保全年固定资产投资增长6%以上。
"""
SOUTH = """南湾区2020年上半年工作总结

南湾区人民政府
2020年7月21日

一、主要工作
（一）经济运行。上半年，全区生产总值286.9亿元，同比增长4.0%；规模以上工业增加值增长4.6%；1—5月，固定资产投资增长6.8%；上半年，进出口总额120.2亿元，增长2.5%。城镇登记失业率2.5%。
（二）项目建设。推行“项目管家”制度，为每个项目配一名专员，协调解决问题86个。
二、存在问题
部分外贸企业订单不足。
三、下半年打算
确保全年固定资产投资增长7%以上。
"""
WEST = """西岭区2020年上半年工作总结

西岭区人民政府
2020年7月22日

一、主要工作
（一）经济运行。上半年，全区生产总值198.3亿元，同比增长2.2%；规模以上工业增加值增长1.9%。城镇登记失业率3.4%。
（二）文化旅游。举办“岭上花开”文旅季，接待游客42万人次。
"""
NORTH = """北渚区2020年上半年工作总结

北渚区人民政府
2020年7月23日

一、主要工作
（一）经济运行。上半年，全区生产总值近250亿元，同比增长3.1%；规模以上工业增加值下降0.8%。城镇登记失业率3.0%。
"""
SILENT = """中洲区2020年上半年工作总结

中洲区人民政府
2020年7月24日

一、主要工作
（一）改进作风。推行“周末课堂”，提升干部能力。
（二）服务群众。完善便民服务，回应群众关切。
"""
FOUR = ("东屏区", "南湾区", "西岭区", "北渚区")
ORDER = Order("p", "peers", "区情对照", ("2020-H1",), places=("东屏区", "南湾区"))


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Briefing:
    """East and south."""
    briefing, held = composed({"e.txt": EAST, "s.txt": SOUTH}, ORDER, tmp_path_factory.mktemp("two"))
    assert held == []
    return briefing


@pytest.fixture(scope="module")
def four(tmp_path_factory: pytest.TempPathFactory) -> Briefing:
    """All four districts."""
    texts = {"e.txt": EAST, "s.txt": SOUTH, "w.txt": WEST, "n.txt": NORTH}
    briefing, held = composed(texts, replace(ORDER, places=FOUR), tmp_path_factory.mktemp("four"))
    assert held == []
    return briefing


def test_two_places_are_told_apart_in_percentage_points(two: Briefing) -> None:
    """The one sentence has both numbers, and whose is the higher."""
    assert lead(two) == "地区生产总值同比增速，南湾区比东屏区高0.9个百分点（+4.0%，+3.1%）。"


def test_two_places_have_no_rank(two: Briefing) -> None:
    """A rank of two would be an insult to one of them."""
    assert "位次" not in {c for row in table(two, "t-headlines") for c in row}
    assert not [t for t in tiles(two) if t[0] == "位次"]


def test_the_table_says_which_is_higher_in_words(two: Briefing) -> None:
    """Rates differ by percentage points, amounts by their unit; equals are level."""
    rows = {(r[0], r[1]): r[4] for r in table(two, "t-headlines")}
    assert rows["地区生产总值", "同比"] == "低0.9个百分点"
    assert rows["地区生产总值", "数值"] == "多25.5亿元"
    assert rows["规模以上工业增加值", "同比"] == "相同"
    assert rows["进出口总额", "数值"] == "少23.7亿元"


def test_barred_pairs_are_shown_with_the_reason(two: Briefing) -> None:
    """Both numbers, and why they are not compared; nowhere a difference of the two."""
    assert (
        "固定资产投资：东屏区同比 ▲ +5.2%，南湾区同比 ▲ +6.8%；时段不同：2020年上半年，2020年1—5月"
        in said(two.blocks)
    )
    assert "1.6个百分点" not in said(two.blocks)


def test_three_comparable_rates_make_a_dumbbell(two: Briefing) -> None:
    """The own place is the filled dot."""
    chart = figures(two)["g-rates"].chart
    assert isinstance(chart, Dumbbell)
    assert (chart.current_label, chart.prior_label, len(chart.rows)) == ("东屏区", "南湾区", 3)


def test_the_first_page_answers_in_half_a_minute(two: Briefing) -> None:
    """Three or four key figures, at most three differences of at most 35 characters."""
    assert 3 <= len(tiles(two)) <= 4
    [changes] = [b for b in first_page(two) if isinstance(b, Bullets)]
    assert len(changes.items) <= 3
    assert all(len(text(item)) <= 35 for item in changes.items)


def test_ranks_from_three_places_on_with_ties(four: Briefing) -> None:
    """Equals share a rank; the mean and the first place stand beside."""
    assert (
        lead(four)
        == "地区生产总值同比增速，东屏区在4个地方中并列第2位，与居首的南湾区相差0.9个百分点（+3.1%，+4.0%）。"
    )
    rows = {(r[0], r[1]): r[2:] for r in table(four, "t-headlines")}
    assert rows["地区生产总值", "同比"] == [
        "▲ +3.1%",
        "并列第2位",
        "南湾区▲ +4.0%",
        "−0.9个百分点",
        "0.0个百分点",
    ]


def test_less_unemployment_ranks_first(four: Briefing) -> None:
    """The rank follows the indicator's polarity."""
    cells = {r[0]: r for r in table(four, "t-matrix-2")} if _has(four, "t-matrix-2") else {}
    rows = cells or {r[0]: r for r in table(four, "t-matrix-1")}
    assert any("2.5% 第1位" in cell for cell in rows["南湾区"])
    assert any("3.4% 第4位" in cell for cell in rows["西岭区"])


def test_a_rough_amount_stays_out_of_the_ranks(four: Briefing) -> None:
    """近250亿元 is left open in the matrix and drawn nowhere."""
    north = [
        c
        for key in ("t-matrix-1", "t-matrix-2")
        if _has(four, key)
        for r in table(four, key)
        if r[0] == "北渚区"
        for c in r
    ]
    assert not [c for c in north if "250" in c]


def test_the_league_is_drawn_with_the_own_place_highlighted(four: Briefing) -> None:
    """Best first, the mean dashed."""
    chart = figures(four)["g-lead"].chart
    assert isinstance(chart, BarChart)
    assert [b.label for b in chart.bars] == ["南湾区", "东屏区", "北渚区", "西岭区"]
    assert [b.label for b in chart.bars if b.highlight] == ["东屏区"]
    assert chart.mean == pytest.approx(3.1)


def test_a_practice_to_borrow_is_never_called_undone(four: Briefing) -> None:
    """未见表述, with the sentence of the other place."""
    assert "“岭上花开”" in said(first_page(four))
    assert "未见表述" in said(first_page(four))
    assert "没有做" not in said(first_page(four))


def test_no_quotation_stands_twice_in_lists_and_boxes(four: Briefing) -> None:
    """Each is told once."""
    told = quotations(four.blocks[len(first_page(four)) :])
    assert len(told) == len(set(told))


def test_one_place_only_reads_well(tmp_path: Path) -> None:
    """It says so, names who is absent, and shows what there is."""
    briefing, held = composed({"e.txt": EAST}, ORDER, tmp_path)
    assert held == []
    assert lead(briefing) == "只收到东屏区的材料，没有可以并列的另一方。"
    assert "南湾区没有收到这一时段的材料" in said(first_page(briefing))
    assert figures(briefing) == {}


def test_a_place_without_numbers_reads_well(tmp_path: Path) -> None:
    """Nothing can be compared: the page says so and leads with words."""
    order = replace(ORDER, places=("东屏区", "中洲区"))
    briefing, held = composed({"e.txt": EAST, "x.txt": SILENT}, order, tmp_path)
    assert held == []
    assert lead(briefing).startswith("各地没有说到同一项指标")
    assert "“周末课堂”" in said(first_page(briefing))


@pytest.mark.parametrize("places", [("东屏区", "南湾区"), FOUR])
def test_the_english_edition_is_proved_too(places: tuple[str, ...], tmp_path: Path) -> None:
    """The same facts and calculations in English words."""
    texts = {"e.txt": EAST, "s.txt": SOUTH, "w.txt": WEST, "n.txt": NORTH}
    briefing, held = composed(texts, replace(ORDER, places=places, language="en"), tmp_path)
    assert held == []
    assert lead(briefing).startswith("Gross regional product growth (y/y): ")


def _has(briefing: Briefing, key: str) -> bool:
    return any(getattr(b, "id", "") == key for b in briefing.blocks)
