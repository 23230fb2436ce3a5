"""The HTML page: whole, self-contained, safe, and open to a workspace's own templates."""

import copy
import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as parser
from said import said
from specimen import specimen

from briefings.errors import ConfigurationError
from briefings.records.briefing import (
    Briefing,
    Bullets,
    Citation,
    Cite,
    Column,
    Heading,
    Line,
    PageBreak,
    Paragraph,
    Quote,
    SourceList,
    Table,
    Value,
    Words,
)
from briefings.records.document import Span
from briefings.records.fact import Fact
from briefings.render import html
from briefings.render.view import knots, plain, view

ROOT = Path(__file__).parents[2]
PACKED = (ROOT,)


def small(*blocks: object, contents: bool = False) -> Briefing:
    """A briefing of a title and ``blocks``."""
    return Briefing(
        id="small", kind="digest", title="题目", subtitle="", language="zh", theme="modern", period="2031-H1",
        as_of="2031-07-20", office="", blocks=(Heading(1, "题目", "top"), *blocks), computed=(), facts=(),  # type: ignore[arg-type]
        documents=(), contents=contents,
    )  # fmt: skip


@pytest.fixture(scope="module")
def page() -> bytes:
    """The specimen's page."""
    return html(specimen(), PACKED)


@pytest.fixture(scope="module")
def tree(page: bytes) -> Any:
    """The specimen's page, parsed."""
    return parser.document_fromstring(page.decode())


def test_every_word_is_there_in_order(tree: Any) -> None:
    """Each string of the briefing appears, in reading order, once the contents are set aside."""
    tree = copy.deepcopy(tree)
    for extra in tree.xpath("//nav | //style | //svg"):
        extra.drop_tree()
    text = re.sub(r"\s", "", tree.text_content())
    at = 0
    for words in said(specimen()):
        found = text.find(re.sub(r"\s", "", words), at)
        assert found >= 0, words
        at = found + len(re.sub(r"\s", "", words))


def test_every_link_resolves(tree: Any) -> None:
    """Each link leads to an id that exists once."""
    ids = tree.xpath("//@id")
    assert len(ids) == len(set(ids))
    targets = [link[1:] for link in tree.xpath("//a/@href")]
    assert len(targets) > 120
    assert set(targets) <= set(ids)


def test_a_citation_leads_to_its_sentence_and_back(tree: Any) -> None:
    """[n] leads to entry n, and entry n to the first [n]."""
    entry = tree.get_element_by_id("s3")
    assert "临时救助" in entry.text_content()
    assert entry.xpath(".//a/@href") == ["#c3"]
    assert tree.get_element_by_id("c3").get("href") == "#s3"


def test_nothing_is_fetched_and_nothing_runs(page: bytes, tree: Any) -> None:
    """The file is whole: no scripts, no outside addresses, and a policy that forbids both."""
    assert not tree.xpath("//script | //link | //img[not(starts-with(@src, 'data:'))] | //iframe")
    assert not re.search(rb"url\((?!#)|@import|https?://(?!www\.w3\.org)", page)
    assert "default-src 'none'" in tree.xpath("//meta[@http-equiv]/@content")[0]


def test_language_title_and_pictures_for_those_who_listen(tree: Any) -> None:
    """Language, title, alternative texts and a heading order without gaps."""
    assert tree.get("lang") == "zh-CN"
    assert tree.findtext(".//title") == specimen().title
    assert [len(svg.get("aria-label")) > 20 for svg in tree.xpath("//svg")] == [True, True]
    levels = [int(h.tag[1]) for h in tree.xpath("//h1 | //h2 | //h3 | //h4")]
    assert levels[0] == 1
    assert all(b <= a + 1 for a, b in pairwise(levels))


def test_same_briefing_same_page(page: bytes) -> None:
    """The same briefing gives the same bytes."""
    assert html(specimen(), PACKED) == page


def test_words_are_never_mark_up() -> None:
    """A source that holds mark-up is quoted, not obeyed."""
    page = html(small(Paragraph((Words("<script>alert(1)</script>&amp;"),))), PACKED).decode()
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;" in page


def test_a_workspace_overrides_one_file_and_keeps_the_rest(tmp_path: Path) -> None:
    """The first directory's file wins, and only that file."""
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles/modern.css").write_text("/* 本单位的样式 */", encoding="utf-8")
    page = html(small(), (tmp_path, ROOT)).decode()
    assert "本单位的样式" in page
    assert "smooth" in page  # styles/screen.css is still the packed one


@pytest.mark.parametrize(
    ("template", "said_of_it"),
    [
        ("一行\n{% if %}", "第2行"),
        ("一行\n\n{{ briefing.nothing }}", "第3行"),
        ("{{ briefing.__class__.__mro__ }}", "unsafe"),
        ("{{ ''.__class__.__base__.__subclasses__() }}", "unsafe"),
        ("{% include 'nowhere.j2' %}", "nowhere.j2"),
    ],
)
def test_a_bad_template_is_named(tmp_path: Path, template: str, said_of_it: str) -> None:
    """A template's mistake, or its attempt to leave the sandbox, is told with its line."""
    (tmp_path / "templates/briefing").mkdir(parents=True)
    (tmp_path / "templates/briefing/briefing.html.j2").write_text(template, encoding="utf-8")
    with pytest.raises(ConfigurationError, match=said_of_it):
        html(small(), (tmp_path, ROOT))


def test_a_missing_style_is_named(tmp_path: Path) -> None:
    """A file that no directory has is named."""
    with pytest.raises(ConfigurationError, match=r"styles/charts\.mplstyle|styles/modern\.css"):
        html(small(), (tmp_path,))


def test_the_first_page_ends_at_the_first_page_break() -> None:
    """The contents follow the first page break, or stand before the first chapter."""
    body = Heading(2, "甲", "a"), Heading(2, "乙", "b")
    lead = Paragraph((Words("一句话"),), "lead")
    assert len(view(small(lead, PageBreak(), *body)).opening) == 2
    assert len(view(small(body[0], lead, PageBreak(), body[1])).opening) == 3
    assert len(view(small(lead, *body, PageBreak(), lead)).opening) == 2
    assert len(view(small(lead)).opening) == 2


def test_a_short_page_without_a_chapter_goes_before_the_contents() -> None:
    """They stand beneath it; a page with a chapter, or one that no break ends, goes behind them."""
    lead = Paragraph((Words("一句话"),), "lead")
    own = Heading(4, "本期变化", "since-last"), lead
    chapter = Heading(2, "甲", "a"), Heading(2, "乙", "b")
    seen = view(small(lead, PageBreak(), *own, PageBreak(), *chapter))
    assert (len(seen.opening), seen.beneath) == (4, True)
    full = (lead,) * 18
    seen = view(small(*full, PageBreak(), *chapter, PageBreak(), lead))
    assert (len(seen.opening), seen.beneath) == (19, False)
    seen = view(small(*full, PageBreak(), *own))
    assert len(seen.opening) == 19


def test_contents_stand_where_there_is_room() -> None:
    """On the first page; else on their own with what follows, unless they nearly fill it; set close before they overflow."""
    lead = Paragraph((Words("一句话"),), "lead")

    def seen(lines: int, chapters: int) -> tuple[bool, bool, bool]:
        found = view(
            small(*(lead,) * lines, PageBreak(), *(Heading(2, "甲", f"h{n}") for n in range(chapters)))
        )
        return found.beneath, found.running, found.dense

    assert seen(4, 6) == (True, False, False)
    assert seen(18, 6) == (False, True, False)
    assert seen(18, 20) == (False, False, False)
    assert seen(18, 34) == (False, False, True)
    assert seen(24, 6) == (True, True, False)  # what is left of a full first page has them beneath it


def test_a_table_of_long_cells_may_break() -> None:
    """Not the number of its rows decides, but its height on paper."""
    columns = Column("领域"), Column("做法")

    def short(words: str) -> bool:
        row = ((Words("招商"),), (Words(words),))
        [node] = view(small(Table("t", 1, "做法", columns, (row,) * 6))).opening[1:]
        return bool(node.short)

    assert short("一句话")
    assert not short("很长的话" * 60)


def test_a_skipped_level_is_closed_up() -> None:
    """Level 4 right under the title is tagged h2, so that nobody who moves by headings falls through."""
    nodes = view(small(Heading(4, "三个变化", "x"), Heading(2, "甲", "y"), Heading(3, "子", "z"))).opening
    assert [node.tag for node in nodes] == ["h1", "h2"]


def test_a_citation_stays_with_the_character_before_it() -> None:
    """No line can begin with a citation."""
    line: Line = (
        Words("问题较多"),
        Cite(3),
        Cite(5),
        Cite(6),
        Cite(7),
        Words("。"),
        Value("12.3%", "f1"),
        Cite(3),
    )
    tied = knots(line, set())
    assert [("".join(r.text for r in k.runs), k.tight) for k in tied] == [
        ("问题较", False), ("多[3][5][6]", True), ("[7]", True), ("。", False), ("12.3%[3]", True),
    ]  # fmt: skip
    assert [r.first for k in tied for r in k.runs if r.kind == "cite"] == [True, True, True, True, False]


PIECES = st.one_of(
    st.builds(Words, st.text("甲乙，。“”[1 ", min_size=1)),
    st.builds(Value, st.just("3.5%"), st.just("f")),
    st.builds(Quote, st.text("丙丁。", min_size=1), st.just("d"), st.just(Span(0, 1)), st.booleans()),
    st.builds(Cite, st.integers(1, 3)),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=8).map(tuple))
def test_knots_say_what_the_line_says(line: Line) -> None:
    """Tying changes no character, and each number's first mention is marked once."""
    tied = knots(line, set())
    assert "".join(r.text for k in tied for r in k.runs if r.kind != "cite") == plain(line)
    cites = [r for k in tied for r in k.runs if r.kind == "cite"]
    assert [r.n for r in cites] == [p.n for p in line if isinstance(p, Cite)]
    assert sorted(r.n for r in cites if r.first) == sorted({r.n for r in cites})


def measured(ident: str, start: int) -> Fact:
    """A fact at a place of the document ``d1``."""
    return Fact(
        id=ident, document="d1", start=start, end=start + 3, surface="12%", kind="rate", value="12", value_high=None,
        unit="%", indicator="绿化率", indicator_spans=(Span(0, 3),), canonical=None, basis=None, period=None, scope=None,
        status="actual", hedge=None, sentence=Span(start - 5, start + 5), rule="rate",
    )  # fmt: skip


def test_a_number_leads_to_its_sentence() -> None:
    """Where the sentence is cited, whoever cites it; a number that is computed or not cited is no link."""
    entries = tuple(
        Citation(n, "d1", "总结", "市局", "", "a.txt", "0" * 64, "第1行", "绿化率12%。", Span(at, at + 20))
        for n, at in ((1, 100), (2, 20))
    )
    line = (Value("12%", "f1"), Value("13%", "f2"), Value("14%", "f3"), Value("2项", "c1"), Cite(1), Cite(2))
    briefing = small(Paragraph(line), SourceList(entries))
    facts = (measured("f1", 110), measured("f2", 25), measured("f3", 60))
    tree: Any = parser.document_fromstring(html(briefing, PACKED, facts))
    assert {
        v.get("data-source"): v.get("href") for v in tree.xpath("//*[contains(@class,'v')][@data-source]")
    } == {
        "f1": "#s1",
        "f2": "#s2",
        "f3": None,
        "c1": None,
    }


def test_chinese_in_english_is_told_as_such() -> None:
    """A voice that reads the page aloud must know; what is English already keeps the page's language."""
    line = (Words("Harbour (临澜港), 12 piers"), Value("CNY 4.1 bn (41亿元)", "f1"), Words(" of plan"))
    briefing = replace(small(Paragraph(line)), language="en")
    tree: Any = parser.document_fromstring(html(briefing, PACKED))
    assert [e.text_content() for e in tree.xpath("//p//span[@lang='zh-CN']")] == ["临澜港", "(41亿元)"]
    assert tree.xpath("//p")[0].text_content() == "Harbour (临澜港), 12 piersCNY 4.1 bn (41亿元) of plan"


def test_sections_flow_only_where_they_would_empty_pages() -> None:
    """Short sections are kept whole; where each is longer than half a page, all of a chapter flow."""

    def chapter(lines: int) -> list[bool]:
        blocks: list[Any] = [PageBreak(), Heading(2, "甲", "a")]
        for n in range(3):
            blocks += [Heading(3, f"第{n}局", f"s{n}"), Bullets(((Words("要点"),),) * lines)]
        return [part.flows for part in view(small(*blocks)).parts if part.section]

    assert chapter(4) == [False] * 3
    assert chapter(18) == [True] * 3


def test_a_line_may_end_behind_a_comma_between_two_numbers() -> None:
    """What leads on to a marked number goes with it; the comma before stays with the number it follows."""
    line = (Value("41.2亿元", "f1"), Words("，同比 "), Words("▲", "up"), Value("+7.3%", "f2"))
    found = knots(line, set())
    assert ["".join(run.text for run in knot.runs) for knot in found] == ["41.2亿元，", "同比 ▲+7.3%"]
    assert all(knot.tight for knot in found)
