"""Tests of briefings.compose.tracker, on the sample documents: every state, no false one, all of it proved."""

from importlib import resources
from pathlib import Path

import pytest

from briefings import compare, compose, gathering, pipeline, settings
from briefings.compose.figures import plain
from briefings.records.briefing import (
    Briefing,
    Bullet,
    Callout,
    Figure,
    Heading,
    Paragraph,
    Quote,
    Table,
    Tiles,
)
from briefings.records.edition import Order
from briefings.records.material import Material
from briefings.store import open_store
from briefings.store.store import Store

OFFICE = "临澜市发展和改革委员会"
ORDER = Order("plans", "tracker", "打算落实跟踪", ("2020-H1", "2021-H1"), issuers=(OFFICE,))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace."""
    return tmp_path_factory.mktemp("followed")


@pytest.fixture(scope="module")
def store(home: Path) -> Store:
    """A store that holds the two summaries of the commission."""
    held = open_store(home / "store.sqlite3")
    samples = Path(str(resources.files("briefings"))) / "data" / "samples"
    files = [samples / "fagai-2020h1.docx", samples / "departments-2021h1.txt"]
    pipeline.take_in(files, settings.parse("", home), held, now="2021-12-01T00:00:00+08:00")
    return held


@pytest.fixture(scope="module")
def material(home: Path, store: Store) -> Material:
    """What the order asks for."""
    return gathering.gathered(ORDER, settings.parse("", home), store)


@pytest.fixture(scope="module")
def briefing(material: Material) -> Briefing:
    """The follow-up."""
    return compose.tracker(material, compare.tracker(material))


def planned(material: Material, state: str) -> list[str]:
    """The words of the promises in a state."""
    return [f.promise.plan.text for f in compare.tracker(material).followed if f.promise.state == state]


def test_what_was_met(material: Material) -> None:
    """The plans that the later summary says were met, and no other."""
    met = ("开工率", "5G基站", "审批时间", "信易融", "规划《纲要》")
    found = planned(material, "done")
    assert len(found) == len(met)
    assert all(any(word in text for text in found) for word in met)


def test_what_fell_short(material: Material) -> None:
    """Three targets were missed; the furthest from its target stands first among what lags."""
    short = ("中央预算内投资", "充电桩", "煤炭")
    found = planned(material, "behind")
    assert len(found) == len(short)
    assert all(any(word in text for text in found) for word in short)
    assert "煤炭" in compare.tracker(material).lagging[0].promise.plan.text


def test_what_is_never_spoken_of_again(material: Material) -> None:
    """Neither a like project nor the growth of another period answers."""
    found = planned(material, "not_mentioned")
    for word in ("应急物资储备中心", "跨湾轨道交通快线", "固定资产投资"):
        assert any(word in text for text in found)
    assert len(found) == 6
    assert planned(material, "on_track") == []


def test_the_first_page_answers(briefing: Briefing) -> None:
    """One sentence with the counts, a tile for each state, the three that lag most, what is not the same as not done."""
    lead = next(b for b in briefing.blocks if isinstance(b, Paragraph) and b.style == "lead")
    assert plain(lead.line) == "2020年上半年提出的14项打算：完成5、推进中0、滞后3、未见表述6。"
    (tiles,) = (b for b in briefing.blocks if isinstance(b, Tiles))
    assert [(t.label, t.value.text) for t in tiles.items] == [
        ("已完成", "5"), ("推进中", "0"), ("滞后", "3"), ("未见表述", "6"),
    ]  # fmt: skip
    assert any(isinstance(b, Heading) and b.text == "滞后最多的三项" for b in briefing.blocks)
    caveat = next(b for b in briefing.blocks if isinstance(b, Callout))
    assert "未见表述不等于没有完成" in plain(caveat.items[0])


def test_completion_is_drawn_against_the_schedule(briefing: Briefing) -> None:
    """Worst first; everything was due, so the schedule is the whole."""
    (figure,) = (b for b in briefing.blocks if isinstance(b, Figure))
    assert isinstance(figure.chart, Bullet)
    assert [row.done.text for row in figure.chart.rows] == ["72.0%", "76.9%", "85.3%", "106.7%", "126.0%"]
    assert {row.schedule for row in figure.chart.rows} == {100.0}


def test_every_promise_stands_in_one_table(briefing: Briefing) -> None:
    """What is answered and what is not, each quoted."""
    tables = {b.id: b for b in briefing.blocks if isinstance(b, Table)}
    assert (len(tables["t-followed"].rows), len(tables["t-missing"].rows)) == (8, 6)
    assert all(isinstance(row[1][0], Quote) for row in tables["t-followed"].rows + tables["t-missing"].rows)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_it_publishes_in_every_format(home: Path, store: Store, language: str) -> None:
    """The audit reads the produced files back and holds nothing."""
    order = Order(
        f"plans-{language}", "tracker", "Follow-up" if language == "en" else "跟踪", ("2020-H1", "2021-H1"),
        issuers=(OFFICE,), language="en" if language == "en" else "zh",
    )  # fmt: skip
    built = pipeline.build(order, settings.parse("", home), store, now="2021-12-01T00:00:00+08:00")
    assert {name.rpartition(".")[2] for name, _ in built.edition.files} >= {"pdf", "docx", "html", "xlsx"}


@pytest.mark.parametrize("periods", [("2020-H1", "2020-H1"), ("2021-H1", "2021-H1")])
def test_one_period_lists_its_plans(home: Path, store: Store, periods: tuple[str, str]) -> None:
    """Nothing to set them against: the page says so and judges none."""
    order = Order("alone", "tracker", "跟踪", periods, issuers=(OFFICE,), formats=("html",))
    material = gathering.gathered(order, settings.parse("", home), store)
    found = compose.tracker(material, compare.tracker(material))
    lead = next(b for b in found.blocks if isinstance(b, Paragraph) and b.style == "lead")
    assert "尚无后一期材料可以对照" in plain(lead.line)
    assert not any(isinstance(b, Table) and b.id in ("t-followed", "t-missing") for b in found.blocks)
    pipeline.build(order, settings.parse("", home), store, now="2021-12-01T00:00:00+08:00")
