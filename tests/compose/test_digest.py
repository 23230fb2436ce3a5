"""Tests of briefings.compose.digest, on the sample documents: what it says, and that every word has its origin."""

from dataclasses import replace
from importlib import resources
from itertools import pairwise
from pathlib import Path

import pytest
from as_text import as_text
from composing import compose_briefing

from briefings import compare, compose, extract, pipeline, settings
from briefings.compose.wording import full_width
from briefings.records.briefing import (
    Block,
    Briefing,
    Bullets,
    Callout,
    Cite,
    Figure,
    Heading,
    Line,
    Masthead,
    Paragraph,
    Quotation,
    Quote,
    SourceList,
    Table,
    Value,
)
from briefings.records.document import Document
from briefings.records.edition import Order
from briefings.records.fact import Fact
from briefings.records.material import Material
from briefings.store import open_store
from briefings.store.store import Store

ORDER = Order("departments-2021h1", "digest", "临澜市2021年上半年部门工作总结摘编", ("2021-H1",))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store that holds the sample documents."""
    home = tmp_path_factory.mktemp("samples")
    held = open_store(home / "store.sqlite3")
    samples = Path(str(resources.files("briefings"))) / "data" / "samples"
    files = sorted(p for p in samples.iterdir() if p.suffix in (".txt", ".html", ".docx", ".pdf"))
    pipeline.take_in(files, settings.parse("", home), held, now="2021-12-01T00:00:00+08:00")
    return held


@pytest.fixture(scope="module")
def documents(store: Store) -> tuple[Document, ...]:
    """The departments' summaries of the half-year."""
    found = [d for d in store.documents(period="2021-H1") if d.genre == "summary"]
    return tuple(sorted(found, key=lambda d: d.ordinal))


@pytest.fixture(scope="module")
def facts(store: Store, documents: tuple[Document, ...]) -> dict[str, Fact]:
    """Their facts, by id."""
    return {f.id: f for f in store.facts(documents=[d.id for d in documents])}


@pytest.fixture(scope="module")
def digest(store: Store, documents: tuple[Document, ...], facts: dict[str, Fact]) -> Briefing:
    """Their digest."""
    measures = store.measures([d.id for d in documents])
    absent = [a.title for a in store.absent()]
    return compose_briefing(ORDER, documents, list(facts.values()), measures, absent, store)


def lines(blocks: tuple[Block, ...]) -> list[Line]:
    """Every line of running text and every cell."""
    found: list[Line] = []
    for block in blocks:
        match block:
            case Paragraph():
                found.append(block.line)
            case Bullets() | Callout():
                found += block.items
            case Quotation():
                found.append((*block.line, *block.attribution))
            case Table():
                found += [*(tuple(p for cell in row for p in cell) for row in block.rows), block.note]
            case Figure():
                found += [block.title, block.note]
            case _:
                pass
    return found


def test_the_digest_says_what_was_approved(digest: Briefing, root: Path) -> None:
    """Word for word as in tests/expected (copy the file from tests/actual there to approve a change)."""
    said = as_text(digest)
    actual = root / "tests/actual/digest.txt"
    actual.parent.mkdir(exist_ok=True)
    actual.write_text(said, encoding="utf-8")
    assert said == (root / "tests/expected/digest.txt").read_text(encoding="utf-8")


def test_an_offices_own_foreword_is_the_only_editors_note(
    digest: Briefing, store: Store, documents: tuple[Document, ...], facts: dict[str, Fact]
) -> None:
    """What is said of how things were chosen goes by another name where the office writes 编者按 itself."""
    order = replace(ORDER, theme="official", masthead=Masthead(foreword="供参阅。"))
    measures = store.measures([d.id for d in documents])
    made = compose_briefing(order, documents, list(facts.values()), measures, (), store)
    assert "编者按" in as_text(digest) and "编选说明" not in as_text(digest)
    assert "编选说明" in as_text(made) and "编者按" not in as_text(made)


def test_there_is_one_title_and_no_level_is_skipped(digest: Briefing) -> None:
    """Run-in heads (level 4) may stand anywhere."""
    levels = [b.level for b in digest.blocks if isinstance(b, Heading) and b.level < 4]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_the_first_page_is_short(digest: Briefing) -> None:
    """A lead with one quotation, three or four tiles, at most three changes, one caveat."""
    end = next(i for i, b in enumerate(digest.blocks) if isinstance(b, Heading) and b.level == 2)
    page = digest.blocks[:end]
    lead = next(b for b in page if isinstance(b, Paragraph) and b.style == "lead")
    assert sum(isinstance(p, Quote) for p in lead.line) == 1
    assert all(len(b.items) <= 3 for b in page if isinstance(b, Bullets))
    assert sum(isinstance(b, Callout) for b in page) == 1


def test_every_quotation_stands_in_its_source(
    digest: Briefing, store: Store, documents: tuple[Document, ...]
) -> None:
    """Verbatim but for joined line breaks and full-width punctuation."""
    texts = {d.id: store.source(d.sha256).text for d in documents}
    quotes = [p for said in lines(digest.blocks) for p in said if isinstance(p, Quote)]
    assert len(quotes) > 50
    for quote in quotes:
        source = texts[quote.document][quote.span.start : quote.span.end].replace("\n", "")
        assert full_width(source) == quote.text


def test_every_number_and_quotation_has_its_citation_in_the_same_line(digest: Briefing) -> None:
    """Computed numbers cite nothing: the annex tells their formula."""
    computed = {c.id for c in digest.computed}
    for said in lines(digest.blocks):
        told = [
            p for p in said if isinstance(p, Quote) or (isinstance(p, Value) and p.source not in computed)
        ]
        assert not told or any(isinstance(p, Cite) for p in said), said


def test_citations_are_numbered_in_the_order_of_the_text(digest: Briefing) -> None:
    """1, 2, 3 … at their first appearance, and each has its entry."""
    seen = list(dict.fromkeys(p.n for said in lines(digest.blocks) for p in said if isinstance(p, Cite)))
    assert seen == sorted(seen)
    [sources] = [b for b in digest.blocks if isinstance(b, SourceList)]
    assert [e.n for e in sources.entries] == list(range(1, len(sources.entries) + 1))
    assert set(seen) <= {e.n for e in sources.entries}


def test_a_fact_is_printed_with_its_hedge(digest: Briefing, facts: dict[str, Fact]) -> None:
    """No rough number is printed as exact."""
    values = [p for said in lines(digest.blocks) for p in said if isinstance(p, Value) and p.source in facts]
    rough = [v for v in values if facts[v.source].hedge]
    assert rough
    assert all(facts[v.source].hedge in v.text for v in rough)  # type: ignore[operator]


def test_headline_indicators_lead(digest: Briefing, facts: dict[str, Fact]) -> None:
    """The sentence on top is about an indicator that the lexicon calls a headline."""
    headlines = {i.name for i in extract.default().indicators if i.rank}
    lead = next(b for b in digest.blocks if isinstance(b, Paragraph) and b.style == "lead")
    [quote] = [p for p in lead.line if isinstance(p, Quote)]
    told = [
        f
        for f in facts.values()
        if f.document == quote.document and quote.span.start <= f.start < quote.span.end
    ]
    assert {f.canonical for f in told} & headlines


def test_a_document_without_numbers_has_its_page_all_the_same(store: Store, tmp_path: Path) -> None:
    """Its measures are quoted, and it is said that nothing can be counted."""
    text = "临澜市档案馆2021年上半年工作总结\n2021-07-30\n一、主要工作\n一是抓好馆藏整理。有序推进各类档案进馆。\n二、存在问题\n一是库房偏小。新馆建设尚未启动。\n三、下步打算\n一是推进新馆选址。\n"
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    held = open_store(tmp_path / "store.sqlite3")
    pipeline.take_in(
        [tmp_path / "a.txt"], settings.parse("", tmp_path), held, now="2021-12-01T00:00:00+08:00"
    )
    documents = held.documents()
    briefing = compose_briefing(ORDER, documents, held.facts(), held.measures(), [], held)
    said = as_text(briefing)
    assert "没有可以量化的成效" in said
    assert "抓好馆藏整理" in said
    assert "库房偏小" in said
    assert "推进新馆选址" in said


def test_a_row_of_a_table_is_worded_not_quoted(tmp_path: Path) -> None:
    """A document whose numbers stand in a table only: name and numbers, no row of bare cells."""
    text = (
        "<h1>临澜市统计局2021年上半年工作总结</h1><p>2021-07-30</p><p>一、主要指标完成情况</p>"
        "<table><tr><th>指标</th><th>总量（亿元）</th><th>同比增长（%）</th></tr>"
        "<tr><td>社会消费品零售总额</td><td>612.4</td><td>15.3</td></tr>"
        "<tr><td>一般公共预算收入</td><td>188.6</td><td>12.1</td></tr></table><p>以上指标均好于预期。</p>"
    )
    (tmp_path / "a.html").write_text(text, encoding="utf-8")
    held = open_store(tmp_path / "store.sqlite3")
    pipeline.take_in(
        [tmp_path / "a.html"], settings.parse("", tmp_path), held, now="2021-12-01T00:00:00+08:00"
    )
    said = as_text(compose_briefing(ORDER, held.documents(), held.facts(), held.measures(), [], held))
    assert "〈社会消费品零售总额〉 {612.4亿元}，同比 {+15.3%}[" in said
    assert "612.4 15.3" not in said


def test_a_document_that_says_nothing_is_named_and_not_counted(tmp_path: Path) -> None:
    """Neither a fact nor a measure: it is no department of the digest, and the annex says so."""
    texts = {
        "a.txt": "临澜市教育局2021年上半年工作总结\n一、主要工作\n一是扩大学位。新增学位1.8万个，完成年度计划的60%。\n",
        "b.txt": "临澜市档案馆2021年上半年工作总结\n2021-07-30\n",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    held = open_store(tmp_path / "store.sqlite3")
    paths = [tmp_path / name for name in texts]
    pipeline.take_in(paths, settings.parse("", tmp_path), held, now="2021-12-01T00:00:00+08:00")
    assert len(held.documents()) == 2
    said = as_text(compose_briefing(ORDER, held.documents(), held.facts(), held.measures(), [], held))
    assert "{1份总结}" in said
    assert "《临澜市档案馆2021年上半年工作总结》（b.txt）没有读出指标和措施，未收录。" in said


def test_a_misfit_that_cannot_be_worded_is_counted(
    store: Store, documents: tuple[Document, ...], facts: dict[str, Fact]
) -> None:
    """A check that rests on numbers without a name is no reason to say that all is well."""
    indicators = {i.name: i for i in extract.default().indicators}
    sources = {d.sha256: store.source(d.sha256) for d in documents}
    material = Material(
        ORDER, documents, tuple(facts.values()), tuple(store.measures()), sources, indicators, ()
    )
    compared = compare.digest(material)
    nameless = tuple(replace(c, facts=()) for c in compared.checks if c.verdict == "disagrees")
    assert nameless
    briefing = compose.digest(material, replace(compared, checks=nameless))
    said = as_text(briefing)
    assert f"另有不符{{{len(nameless)}处}}" in said
    assert "没有发现不符" not in said
