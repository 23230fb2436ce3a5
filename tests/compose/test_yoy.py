"""Tests of briefings.compose.yoy on the sample documents and on thin cases: what it says, and that all of it is proved."""

import re
from collections.abc import Callable
from dataclasses import replace
from importlib import resources
from pathlib import Path

import pytest
from as_text import as_text

from briefings import compare, compose, extract, pipeline, settings
from briefings.audit.prove import prove
from briefings.records.briefing import (
    Briefing,
    Bullets,
    Callout,
    Dumbbell,
    Figure,
    Heading,
    Paragraph,
    Quote,
    Table,
    Tiles,
    Value,
)
from briefings.records.document import Document
from briefings.records.edition import Order
from briefings.records.material import Material
from briefings.store import open_store
from briefings.store.store import Store

ORDER = Order(
    "commission", "yoy", "临澜市发展和改革委员会工作总结同比", ("2020-H1", "2021-H1"), issuers=("临澜市发展和改革委员会",)
)  # fmt: skip
Composed = tuple[Briefing, Material]


def composed(store: Store, order: Order, wanted: Callable[[Document], bool]) -> Composed:
    """The briefing of ``order`` from those documents of ``store`` that are ``wanted``."""
    documents = sorted(
        (d for d in store.documents() if wanted(d) and d.period and d.period.value in order.periods),
        key=lambda d: d.period.value if d.period else "",
    )
    ids = [d.id for d in documents]
    lexicon = extract.default()
    material = Material(
        order, tuple(documents), tuple(store.facts(documents=ids)), tuple(store.measures(ids)),
        {d.sha256: store.source(d.sha256) for d in documents}, {i.name: i for i in lexicon.indicators}, lexicon.themes,
    )  # fmt: skip
    return compose.yoy(material, compare.yoy(material)), material


def proved(made: Composed) -> None:
    """Nothing is held against the briefing."""
    briefing, material = made
    texts = {sha: source.text for sha, source in material.sources.items()}
    facts, documents = {f.id: f for f in material.facts}, {d.id: d for d in material.documents}
    assert prove(briefing, facts, documents, texts) == ()


def taken(home: Path, **texts: str) -> Store:
    """A store with documents of these words, by the name of their file."""
    store = open_store(home / "store.sqlite3")
    for name, text in texts.items():
        (home / f"{name}.txt").write_text(text, encoding="utf-8")
    paths = [home / f"{name}.txt" for name in texts]
    pipeline.take_in(paths, settings.parse("", home), store, now="2021-12-01T00:00:00+08:00")
    return store


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store with the commission's two summaries among the sample documents."""
    home = tmp_path_factory.mktemp("samples")
    store = open_store(home / "store.sqlite3")
    folder = Path(str(resources.files("briefings"))) / "data" / "samples"
    files = [folder / "fagai-2020h1.docx", folder / "departments-2021h1.txt"]
    pipeline.take_in(files, settings.parse("", home), store, now="2021-12-01T00:00:00+08:00")
    return store


@pytest.fixture(scope="module")
def made(samples: Store) -> Composed:
    """The commission year on year."""
    return composed(samples, ORDER, is_commission)


def is_commission(document: Document) -> bool:
    """Whether the commission issued it."""
    return document.issuer is not None and "发展和改革" in document.issuer.value


def test_every_number_and_word_is_proved(made: Composed) -> None:
    """By a fact, a formula or the source."""
    proved(made)


def test_the_first_page_answers_in_half_a_minute(made: Composed) -> None:
    """One sentence with its counts, three or four tiles, three changes of which each is cited, one caveat."""
    blocks = made[0].blocks
    page = blocks[: next(n for n, b in enumerate(blocks) if isinstance(b, Heading) and b.level == 2)]
    [lead] = [b for b in page if isinstance(b, Paragraph) and b.style == "lead"]
    assert any(isinstance(p, Value) for p in lead.line)
    [tiles] = [b for b in page if isinstance(b, Tiles)]
    assert 3 <= len(tiles.items) <= 4
    [changes] = [b for b in page if isinstance(b, Bullets)]
    assert len(changes.items) == 3
    assert sum(isinstance(b, Callout) for b in page) == 1


def test_the_counts_of_the_lead_add_up(made: Composed) -> None:
    """Up, down and unchanged make the whole, and each is a count of its indicators."""
    briefing = made[0]
    [lead] = [b for b in briefing.blocks if isinstance(b, Paragraph) and b.style == "lead"]
    whole, *parts = [int(p.text) for p in lead.line if isinstance(p, Value)]
    assert whole == sum(parts) > 3
    counts = {c.id: c for c in briefing.computed}
    assert all(counts[p.source].operation == "count" for p in lead.line if isinstance(p, Value))


def table(briefing: Briefing, key: str) -> list[str]:
    """A table's rows as text."""
    [found] = [b for b in briefing.blocks if isinstance(b, Table) and b.id == key]
    rows = as_text(replace(briefing, blocks=(found,))).splitlines()
    return [row.strip() for row in rows[1:-1]]


def row(briefing: Briefing, key: str, name: str) -> str:
    """The one row of a table that begins with ``name``."""
    [found] = [r for r in table(briefing, key) if r.startswith(name + " |")]
    return found


def uncited(said: str) -> str:
    """A row without its references."""
    return re.sub(r"\[\d+\]", "", said)


def test_rates_differ_by_points_and_amounts_by_their_unit(made: Composed) -> None:
    """项目开工率 from 84.5 to 91.9 %; the growth of gross product is the source's, never the ratio."""
    rate = row(made[0], "t-main", "项目开工率")
    assert uncited(rate).endswith("| {91.9%} | {84.5%} | ▲ {7.4个百分点} | — | 改善")
    product = row(made[0], "t-main", "地区生产总值")
    assert "▲ {375.09亿元} | {+12.4%}[" in product  # the source says so
    relief = row(made[0], "t-main", "减税降费")
    assert relief.endswith("▼ {−5.5亿元} | {−16.1%} | 转差")


def test_what_cannot_be_compared_is_shown_with_the_reason(made: Composed) -> None:
    """A whole year's 中央预算内投资 beside half a year's; days 以内 beside days."""
    barred = table(made[0], "t-barred")
    assert any("{12.8亿元}" in r and "{7.3亿元}" in r and "时段不同" in r for r in barred)
    assert any("{38个工作日以内}" in r and "{55个工作日}" in r for r in barred)
    main = "".join(table(made[0], "t-main") + table(made[0], "t-others"))
    assert "工作日" not in main


def test_growth_rates_are_drawn_where_three_are_comparable(made: Composed) -> None:
    """Then and now, highest now first; the alternative text holds two of the numbers."""
    [figure] = [b for b in made[0].blocks if isinstance(b, Figure)]
    assert isinstance(figure.chart, Dumbbell)
    now = [r.current.value for r in figure.chart.rows]
    assert now == sorted(now, reverse=True)
    assert len(now) >= 3
    assert sum(r.current.text in figure.alt for r in figure.chart.rows) >= 2


def test_plans_are_followed_with_both_sides_words(made: Composed) -> None:
    """Kept, short and never spoken of again: not mentioned is not said to be undone."""
    promised = table(made[0], "t-promised")
    assert any("5G基站3000个" in r and r.endswith("已完成") for r in promised)
    assert any("充电桩8000个" in r and r.endswith("滞后") for r in promised)
    assert any("应急物资储备中心" in r and r.endswith("未见表述") for r in promised)


def test_problems_of_both_periods_are_all_there(made: Composed) -> None:
    """Continued, or without a counterpart: none is left out."""
    briefing, material = made
    said = "".join(table(briefing, "t-problems-kept") + table(briefing, "t-problems-moved"))
    for measure in material.measures:
        if measure.role == "problem" and len(measure.path) > 1:
            assert measure.headline[:6] in said


def test_the_same_quotation_stands_once_in_a_table_of_what_is_new(made: Composed) -> None:
    """Under a shared heading the later ones are named by their own sentence."""
    for block in made[0].blocks:
        if isinstance(block, Table) and block.id == "t-work-moved":
            quotes = [p for r in block.rows for cell in r for p in cell if isinstance(p, Quote)]
            assert len({(q.document, q.span) for q in quotes}) == len(quotes) > 0


def test_citations_are_numbered_in_the_order_of_the_text(made: Composed) -> None:
    """A reader meets 1, 2, 3 … in this order on the first pages."""
    said = as_text(made[0]).split("附录A")[0]
    seen = list(dict.fromkeys(int(n) for n in re.findall(r"\[(\d+)\]", said)))
    assert seen[:3] == [1, 2, 3]
    assert len(seen) > 20


def test_it_is_said_in_english(samples: Store) -> None:
    """Names, units and periods turned, quotations Chinese."""
    order = replace(ORDER, language="en")
    english = composed(samples, order, is_commission)
    proved(english)
    said = as_text(english[0])
    assert "indicators can be compared" in said
    assert "Fixed-asset investment, growth y/y" in said
    assert "percentage" in said or "pp" in said


PRIOR = (
    "临澜市商务局2020年上半年工作总结\n2020-07-20\n一、主要工作\n一是稳住外贸。上半年，全市进出口总额420.5亿元，同比下降3.2%。"
    "\n二是办好展会。组织线上展会6场。\n二、存在问题\n一是外贸订单不足。\n三、下步打算\n一是开拓新兴市场。\n"
)


def office(document: Document) -> bool:
    """Whether the office of commerce issued it."""
    return document.issuer is not None and "商务局" in document.issuer.value


def order(*periods: str) -> Order:
    """The office of commerce in two periods."""
    return Order("o", "yoy", "临澜市商务局工作总结同比", periods, issuers=("临澜市商务局",))


def test_one_document_alone_is_shown_and_said_to_be_alone(tmp_path: Path) -> None:
    """Nothing is called new or gone."""
    made = composed(taken(tmp_path, a=PRIOR), order("2020-H1", "2021-H1"), office)
    said = as_text(made[0])
    assert "没有收到2021年上半年的材料" in said
    assert "新提" not in said.split("编制说明")[0]
    assert "外贸订单不足" in said
    proved(made)


def test_without_anything_comparable_the_texts_lead(tmp_path: Path) -> None:
    """It is said in a sentence, and both sides' numbers are shown."""
    now = (
        "临澜市商务局2021年上半年工作总结\n2021-07-22\n一、主要工作\n一是扩大消费。上半年，全市社会消费品零售总额612.4亿元，"
        "同比增长15.3%。\n二、下步打算\n一是办好购物节。\n"
    )
    made = composed(taken(tmp_path, a=PRIOR, b=now), order("2020-H1", "2021-H1"), office)
    said = as_text(made[0])
    assert "两期没有说到同一项指标" in said
    assert "{612.4亿元}" in said
    assert "{420.5亿元}" in said
    assert "2021年上半年没有写到" in said  # problems
    assert not any(isinstance(b, Figure) for b in made[0].blocks)
    proved(made)


def test_documents_without_numbers_are_compared_by_their_words(tmp_path: Path) -> None:
    """No tile and no table of numbers that are not there."""
    before = "临澜市商务局2020年上半年工作总结\n2020-07-20\n一、主要工作\n一是抓好市场保供。有序推进平价商店建设。\n二、下步打算\n一是推进步行街改造。\n"
    now = "临澜市商务局2021年上半年工作总结\n2021-07-20\n一、主要工作\n一是抓好市场保供。平价商店建设有序推进。\n二是启动步行街改造。改造方案已经印发。\n"
    made = composed(taken(tmp_path, a=before, b=now), order("2020-H1", "2021-H1"), office)
    said = as_text(made[0])
    assert "抓好市场保供" in said
    assert "步行街改造" in said
    assert "t-main" not in [b.id for b in made[0].blocks if isinstance(b, Table)]
    proved(made)


def test_a_growth_over_more_than_a_year_is_not_called_on_the_year_before(tmp_path: Path) -> None:
    """From 2020 to 2023 it is cumulative, and the source's own 同比 does not stand beside it."""
    now = (
        "临澜市商务局2023年上半年工作总结\n2023-07-22\n一、主要工作\n一是稳住外贸。上半年，全市进出口总额546.65亿元，"
        "同比增长9.8%。\n"
    )
    made = composed(taken(tmp_path, a=PRIOR, b=now), order("2020-H1", "2023-H1"), office)
    [found] = [b for b in made[0].blocks if isinstance(b, Table) and b.id == "t-main"]
    assert "增幅" in [c.header for c in found.columns]
    assert row(made[0], "t-main", "进出口总额").endswith("| {30.0%} | 改善")
    proved(made)
