"""Tests of briefings.compose.changes: what a briefing says of its last edition, and that all of it is proved."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from as_text import as_text, line

from briefings import audit, compare, compose, earlier, gathering, pipeline, settings
from briefings.compose.numbering import changed
from briefings.records.briefing import (
    Block,
    Briefing,
    Bullets,
    Cite,
    Heading,
    Language,
    Line,
    PageBreak,
    Paragraph,
    SourceList,
)
from briefings.records.change import Changes, Kept
from briefings.records.edition import Order
from briefings.records.material import Material
from briefings.store import open_store
from briefings.store.store import Store

WATER = """临澜市水务局2021年上半年工作总结
2021-07-20
一、主要工作
一是加快管网改造。上半年,全市改造供水管网46公里,完成年度计划的62%。
二是抓好投资。水利固定资产投资18.6亿元,同比增长7.4%。
二、存在问题
一是老旧小区管网漏损率偏高。
"""
TRADE = """临澜市商贸局2021年上半年工作总结
2021-07-22
一、主要工作
一是促进消费。上半年,全市社会消费品零售总额612.4亿元,同比增长15.3%。
二是稳定外贸。进出口总额486.2亿元,同比增长22.7%。
二、存在问题
一是外贸主体不多。
"""
NOW = "2021-12-01T00:00:00+08:00"
BEFORE = "2021-07-20-12345678"


def order(language: Language = "zh") -> Order:
    """A digest of the half-year."""
    return Order("half-year", "digest", "临澜市部门摘编", ("2021-H1",), language=language)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A store with one summary."""
    held = open_store(tmp_path / "store.sqlite3")
    add(held, tmp_path, "水务.txt", WATER)
    return held


def add(store: Store, home: Path, name: str, text: str) -> None:
    """Take ``text`` in as a file."""
    (home / name).write_text(text, encoding="utf-8")
    [outcome] = pipeline.take_in([home / name], settings.parse("", home), store, now=NOW)
    assert outcome.state == "taken"


def now(store: Store, home: Path, language: Language = "zh") -> tuple[Material, Briefing, Kept]:
    """What an edition would be made from and say, without a word on changes."""
    space = settings.parse("", home)
    material = gathering.gathered(order(language), space, store)
    briefing = gathering.composed(material)
    return material, briefing, earlier.would_keep(briefing, material, {"program": "0.1.0"}, space)


def told(material: Material, briefing: Briefing, changes: Changes) -> Briefing:
    """The briefing with its block on changes; held against its sources."""
    said = compose.since_last(briefing, replace(changes, old=BEFORE), material)
    texts = {sha: source.text for sha, source in material.sources.items()}
    facts, documents = {f.id: f for f in material.facts}, {d.id: d for d in material.documents}
    assert audit.prove(said, facts, documents, texts, material.corrections) == ()
    return said


def block(briefing: Briefing) -> list[str]:
    """The lines of the block on changes, its heading first."""
    at = next(n for n, b in enumerate(briefing.blocks) if isinstance(b, Heading) and b.id == "since-last")
    found = [briefing.blocks[at].text]  # type: ignore[union-attr]
    for one in briefing.blocks[at + 1 :]:
        if isinstance(one, Paragraph):
            found.append(line(one.line))
        elif isinstance(one, Bullets):
            found += [line(item) for item in one.items]
        else:
            break
    return found


def test_a_new_document_is_told_with_how_much_it_says(store: Store, tmp_path: Path) -> None:
    """Below the id of the edition before, which the audit lets stand as a name."""
    _, _, old = now(store, tmp_path)
    add(store, tmp_path, "商贸.txt", TRADE)
    material, briefing, new = now(store, tmp_path)
    said = told(material, briefing, compare.editions(old, new))
    assert block(said)[:3] == [
        "本期变化",
        f"与上一版（{BEFORE}）相比，新增数据{{4}}项。",
        "新收录商贸局（2021年上半年）的材料：数据{4}项，措施和问题{3}条。",
    ]
    assert said.previous == BEFORE


def test_a_replaced_source_gives_the_number_as_it_is_now_with_its_sentence(
    store: Store, tmp_path: Path
) -> None:
    """The old number stands in the old edition only; headline indicators come first; figures alone are no new wording."""
    add(store, tmp_path, "商贸.txt", TRADE)
    _, _, old = now(store, tmp_path)
    add(store, tmp_path, "水务二.txt", WATER.replace("46公里", "48公里"))
    add(store, tmp_path, "商贸二.txt", TRADE.replace("612.4亿元,同比增长15.3%", "618.9亿元,同比增长16.5%"))
    material, briefing, new = now(store, tmp_path)
    lines = block(told(material, briefing, compare.editions(old, new)))
    assert lines[1] == f"与上一版（{BEFORE}）相比，改动{{3}}项。"
    assert any(
        one.startswith("商贸局：〈社会消费品零售总额〉依新版材料，现为{618.9亿元}，同比 {+16.5%}[")
        for one in lines
    )
    assert not any("612.4" in one or "46" in one for one in lines)
    assert next(n for n, one in enumerate(lines) if "零售" in one) < next(
        n for n, one in enumerate(lines) if "48" in one
    )
    assert not any("措施和问题" in one for one in lines)


def test_many_new_versions_are_one_line(store: Store, tmp_path: Path) -> None:
    """A compilation that came in again: how many of its documents have other numbers now."""
    texts = {
        name: f"临澜市{name}局2021年上半年工作总结\n2021-07-20\n一、主要工作\n一是抓好项目。完成{name}投资{n}.5亿元。\n"
        for n, name in enumerate(("交通", "水利", "民政", "林业"), 3)
    }
    for name, text in texts.items():
        add(store, tmp_path, f"{name}.txt", text)
    _, _, old = now(store, tmp_path)
    for name, text in texts.items():
        add(store, tmp_path, f"{name}二.txt", text.replace("4.5亿元", "4.9亿元") + "\n")
    material, briefing, new = now(store, tmp_path)
    changes = compare.editions(old, new)
    assert [d.change for d in changes.documents] == ["replaced"] * 4
    found = block(told(material, briefing, changes))
    assert found[1:3] == [
        f"与上一版（{BEFORE}）相比，改动{{1}}项。",
        "{4}份文件换为新版，其中数据有变化的{1}份。",
    ]
    assert found[3].startswith("水利局：")
    assert len(found) == 4


def test_a_correction_shows_what_the_source_has_and_what_it_is_taken_for(
    store: Store, tmp_path: Path
) -> None:
    """And when it is taken back, that it stands again as it was."""
    _, _, old = now(store, tmp_path)
    [fact] = [f for f in store.facts() if f.surface == "46公里"]
    store.correct(fact.id, {"value": "45"}, author="李明", reason="核对台账", now=NOW)
    material, briefing, new = now(store, tmp_path)
    lines = block(told(material, briefing, compare.editions(old, new)))
    assert "原文作“〈46公里〉”，经人工更正，现为{45公里}[" in lines[2]
    store.undo(fact.id, author="李明", reason="有误", now=NOW)
    material, briefing, _ = again = now(store, tmp_path)
    lines = block(told(material, briefing, compare.editions(new, again[2])))
    assert "撤回人工更正，仍作{46公里}[" in lines[2]


def test_a_rejected_number_goes_by_its_name(store: Store, tmp_path: Path) -> None:
    """Its value is not printed again."""
    _, _, old = now(store, tmp_path)
    [fact] = [f for f in store.facts() if f.surface == "18.6亿元"]
    store.reject(fact.id, author="李明", reason="口径不符", now=NOW)
    material, briefing, new = now(store, tmp_path)
    lines = block(told(material, briefing, compare.editions(old, new)))
    assert lines[2] == f"经人工核定未予采用的有{{1}}项（{fact.canonical or fact.indicator}）。"


def test_a_source_that_is_gone_is_named_without_its_numbers(store: Store, tmp_path: Path) -> None:
    """Its numbers are counted only."""
    add(store, tmp_path, "商贸.txt", TRADE)
    _, _, old = now(store, tmp_path)
    store.override(
        next(d.id for d in store.documents() if "商贸" in d.name),
        "period",
        "2021-Q3",
        author="李",
        reason="误",
        now=NOW,
    )
    material, briefing, new = now(store, tmp_path)
    lines = block(told(material, briefing, compare.editions(old, new)))
    assert lines[1:3] == [f"与上一版（{BEFORE}）相比，减少{{4}}项。", "不再收录商贸局的材料。"]


def test_only_another_style_is_said_in_a_line(store: Store, tmp_path: Path) -> None:
    """Nothing is counted that did not change."""
    material, briefing, one = now(store, tmp_path)
    other = replace(one, assets={**(one.assets or {}), "styles/own.css": "1"})
    said = told(material, briefing, compare.editions(one, other))
    assert block(said) == [
        "本期变化",
        f"与上一版（{BEFORE}）相比，数据没有变化。",
        "编制方面，模板或样式有改动。",
    ]


def test_the_block_is_short_and_counts_what_it_leaves_out(store: Store, tmp_path: Path) -> None:
    """Eight lines at most, however much changed."""
    rows = "".join(
        f"{n + 1}.推进工程{c}建设。完成工程{c}投资{n + 2}.5亿元。\n"
        for n, c in enumerate("甲乙丙丁戊己庚辛壬癸")
    )
    text = f"临澜市交通局2021年上半年工作总结\n2021-07-20\n一、主要工作\n{rows}"
    add(store, tmp_path, "交通.txt", text)
    _, _, old = now(store, tmp_path)
    add(store, tmp_path, "交通二.txt", text.replace(".5亿元", ".8亿元"))
    material, briefing, new = now(store, tmp_path)
    changes = compare.editions(old, new)
    assert len(changes.numbers("changed")) == 10
    lines = block(told(material, briefing, changes))
    assert len(lines) == 1 + 8
    assert lines[-1] == "另有{5}处。"


def test_everything_else_stays_and_citations_run_on(store: Store, tmp_path: Path) -> None:
    """The block stands behind the first page break, on a page without a chapter; no other line is touched but its numbers."""
    _, _, old = now(store, tmp_path)
    add(store, tmp_path, "水务二.txt", WATER.replace("46公里", "48公里"))
    material, briefing, new = now(store, tmp_path)
    said = told(material, briefing, compare.editions(old, new))
    first = next(n for n, b in enumerate(briefing.blocks) if isinstance(b, PageBreak))
    assert isinstance(said.blocks[first + 1], Heading)
    rest = said.blocks[first + 1 :]
    assert isinstance(rest[next(n for n, b in enumerate(rest) if isinstance(b, PageBreak)) + 1], Heading)
    bare = [lines(b) for b in briefing.blocks if not isinstance(b, SourceList)]
    inside = [lines(b) for b in said.blocks if not isinstance(b, SourceList)]
    assert [b for b in inside if b in bare][: first + 1] == bare[: first + 1]
    assert all(b in inside for b in bare)
    seen = list(dict.fromkeys(n for b in said.blocks for n in cited(b)))
    assert seen == sorted(seen)
    [sources] = [b for b in said.blocks if isinstance(b, SourceList)]
    assert [e.n for e in sources.entries] == list(range(1, len(sources.entries) + 1))
    assert all(b.n - a.n == 1 for a, b in pairwise(sources.entries))
    known = {(e.document, e.span) for e in sources.entries}
    assert not any((s.document, s.span) in known for s in said.statements)


def lines(block: Block) -> list[tuple[object, ...]]:
    """The lines of a block without their citations."""
    found: list[tuple[object, ...]] = []

    def keep(one: Line) -> Line:
        found.append(tuple(p for p in one if not isinstance(p, Cite)))
        return one

    changed(block, keep)
    return found


def cited(block: Block) -> Sequence[int]:
    """The numbers a block cites, in reading order."""
    found: list[int] = []

    def keep(one: Line) -> Line:
        found.extend(p.n for p in one if isinstance(p, Cite))
        return one

    changed(block, keep)
    return found


def test_the_english_edition_says_it_in_english(store: Store, tmp_path: Path) -> None:
    """Names of the lexicon, values and counts; quotations stay as they are."""
    add(store, tmp_path, "商贸.txt", TRADE)
    _, _, old = now(store, tmp_path, "en")
    add(store, tmp_path, "商贸二.txt", TRADE.replace("486.2亿元", "488.8亿元"))
    material, briefing, new = now(store, tmp_path, "en")
    found = block(told(material, briefing, compare.editions(old, new)))
    assert found[:2] == ["Since the last edition", f"Against the last edition ({BEFORE}): {{1}} changed."]
    assert any("48.88" in one and "after the newer version" in one for one in found)
    assert "本期变化" not in as_text(briefing)
