"""The PDF read back: its words, links, contents, tags, fonts, metadata and margins."""

import io
import itertools
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
import pytest
from said import said
from specimen import specimen

from briefings.records.briefing import (
    Block,
    Briefing,
    Cite,
    Column,
    Heading,
    Line,
    Paragraph,
    SourceList,
    Table,
    Value,
    Words,
)
from briefings.render import pdf
from briefings.render.pdf import RenderError
from briefings.render.widths import ems, shares

ROOT = Path(__file__).parents[2]
PACKED = (ROOT,)
A4 = (595.28, 841.89)


@pytest.fixture(scope="module")
def data() -> bytes:
    """The specimen as PDF."""
    return pdf(specimen(), PACKED)


@pytest.fixture(scope="module")
def file(data: bytes) -> Iterator[pikepdf.Pdf]:
    """The specimen's PDF, opened."""
    with pikepdf.open(io.BytesIO(data)) as opened:
        yield opened


@pytest.fixture(scope="module")
def characters(data: bytes) -> list[list[dict[str, Any]]]:
    """Each page's characters, in the order of the content."""
    with pdfplumber.open(io.BytesIO(data)) as opened:
        return [page.chars for page in opened.pages]


def body(page: list[dict[str, Any]]) -> str:
    """A page's text without running head, foot and blanks."""
    return re.sub(r"\s", "", "".join(c["text"] for c in page if 50 < c["top"] < 785))


def elements(file: pikepdf.Pdf) -> Iterator[tuple[Any, Any]]:
    """Every structure element with its parent."""
    stack: list[tuple[Any, Any]] = [(kid, None) for kid in file.Root.StructTreeRoot.K]
    while stack:
        element, parent = stack.pop()
        if not isinstance(element, pikepdf.Dictionary) or "/S" not in element:
            continue
        yield element, parent
        kids: Any = element.get("/K", [])
        stack += [
            (kid, element) for kid in reversed(list(kids) if isinstance(kids, pikepdf.Array) else [kids])
        ]


def destinations(file: pikepdf.Pdf) -> dict[str, int]:
    """The page, from 1, of each named destination."""
    pages: dict[Any, int] = {page.objgen: at for at, page in enumerate(file.pages, 1)}
    names = list(file.Root.Names.Dests.Names)
    return {str(name): pages[target[0].objgen] for name, target in zip(names[::2], names[1::2], strict=True)}


def links(file: pikepdf.Pdf) -> list[tuple[int, Any]]:
    """Every link with the page it stands on."""
    return [
        (at, note)
        for at, page in enumerate(file.pages, 1)
        for note in page.get("/Annots", [])
        if note.Subtype == "/Link"
    ]


def test_every_word_is_there(characters: list[list[dict[str, Any]]]) -> None:
    """Each string of the briefing can be found and copied, also where it runs over a page."""
    text = "".join(body(page) for page in characters)
    missing = [words for words in said(specimen()) if re.sub(r"\s", "", words) not in text]
    # A row that follows a page break is preceded by the repeated head, never broken by it.
    assert missing == []


def test_fonts_are_embedded_and_ours(file: pikepdf.Pdf) -> None:
    """Only the theme's families, each embedded with a way back to characters."""
    families = set()
    for page in file.pages:
        for font in page.Resources.Font.values():
            descriptor = font.DescendantFonts[0].FontDescriptor
            assert "/FontFile3" in descriptor or "/FontFile2" in descriptor
            assert "/ToUnicode" in font
            families.add(re.sub(r"^/[A-Z]{6}\+", "", str(font.BaseFont)).removesuffix("-Bold"))
    assert families == {"Noto-Sans-CJK-SC", "Noto-Serif-CJK-SC", "LXGW-WenKai"}


def test_metadata(file: pikepdf.Pdf) -> None:
    """Title, author, keywords, language, and both standards it is written to."""
    assert str(file.Root.Lang) == "zh-CN"
    assert bool(file.Root.ViewerPreferences.DisplayDocTitle)
    assert bool(file.Root.MarkInfo.Marked)
    assert str(file.docinfo["/Title"]) == specimen().title
    assert str(file.docinfo["/Author"]) == specimen().office
    assert str(file.docinfo["/Keywords"]) == ", ".join(specimen().keywords)
    assert str(file.docinfo["/CreationDate"]).startswith("D:20310720")
    with file.open_metadata() as found:
        assert found["dc:title"] == specimen().title
        assert (found["pdfaid:part"], found["pdfaid:conformance"]) == ("3", "A")
        assert found["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
    assert "/OutputIntents" in file.Root


def test_the_outline_is_the_headings(file: pikepdf.Pdf) -> None:
    """Bookmarks are all headings in order, nested by level, on the page the heading stands on."""
    headings = [b for b in specimen().blocks if isinstance(b, Heading)]
    found: list[str] = []

    def walk(items: Any) -> None:
        for item in items:
            found.append(str(item.title))
            walk(item.children)

    with file.open_outline() as outline:
        walk(outline.root)
        chapters = [c for c in outline.root[0].children if re.match("[一二]、|附录", str(c.title))]
        assert len(chapters[1].children) == 9
    assert found == [h.number + h.text for h in headings]


def test_the_contents_tell_true_pages(file: pikepdf.Pdf, characters: list[list[dict[str, Any]]]) -> None:
    """The contents stand on page 2; each entry's number is the page that its link leads to, and its words are there."""
    where = destinations(file)
    text = body(characters[1])
    assert text.startswith("目录")
    headings = [b for b in specimen().blocks if isinstance(b, Heading) and b.level in (2, 3)]
    assert len(headings) == 13
    for heading in headings:
        title = re.sub(r"\s", "", heading.number + heading.text)
        match = re.search(re.escape(title) + r"[.\s]*(\d+)", text)
        assert match, title
        printed = re.match(r"\d{1,2}", match[1])
        assert printed and int(printed[0]) == where[heading.id], title
        assert title in body(characters[where[heading.id] - 1])


def test_every_link_resolves_and_says_where_it_leads(file: pikepdf.Pdf) -> None:
    """Citations lead to the sentence and show it before they are followed; entries lead back to the first citation."""
    where = destinations(file)
    found = links(file)
    assert {str(note.Dest) for _, note in found} <= set(where)
    to_sources = [note for _, note in found if re.fullmatch(r"s\d+", str(note.Dest))]
    assert len(to_sources) >= 150
    citations = {c.n: c for b in specimen().blocks if isinstance(b, SourceList) for c in b.entries}
    for note in to_sources:
        citation = citations[int(str(note.Dest)[1:])]
        assert citation.sentence in str(note.Contents) and citation.place in str(note.Contents)
    first: dict[int, int] = {}
    for at, note in found:
        if re.fullmatch(r"s\d+", str(note.Dest)):
            first.setdefault(int(str(note.Dest)[1:]), at)
    back = {
        int(str(note.Dest)[1:]): where[str(note.Dest)]
        for _, note in found
        if re.fullmatch(r"c\d+", str(note.Dest))
    }
    assert back == first


def test_links_back_print_their_page(file: pikepdf.Pdf, characters: list[list[dict[str, Any]]]) -> None:
    """ "← 第N页" names the page of the first citation."""
    where = destinations(file)
    text = "".join(body(page) for page in characters)
    annex = text[text.rindex("附录B来源") :]
    printed = [int(n) for n in re.findall(r"←第(\d+)页", annex)]
    assert printed == [
        where[f"c{c.n}"] for b in specimen().blocks if isinstance(b, SourceList) for c in b.entries
    ]


def test_structure_for_those_who_listen(file: pikepdf.Pdf) -> None:
    """One H1, no skipped level, pictures described by numbers, header cells with scope, nothing empty."""
    tags: dict[str, list[Any]] = defaultdict(list)
    levels = []
    for element, parent in elements(file):
        tag = str(element.S)
        tags[tag].append(element)
        if match := re.fullmatch(r"/H([1-6])", tag):
            levels.append(int(match[1]))
        if tag == "/TH":
            head = str(parent.P.S) == "/THead"
            assert str(element.A.Scope) == ("/Column" if head else "/Row")
        if tag in ("/P", "/Div", "/Span", "/LI", "/L", "/TD", "/TH"):
            assert len(element.get("/K", [])) > 0, tag
    assert levels.count(1) == 1 and levels[0] == 1
    assert all(b <= a + 1 for a, b in itertools.pairwise(levels))
    assert len(tags["/Figure"]) == 2
    for figure in tags["/Figure"]:
        assert len(re.findall(r"\d+(?:\.\d+)?", str(figure.Alt))) >= 2
    assert len(tags["/BlockQuote"]) == 3


def test_pages_heads_and_feet(file: pikepdf.Pdf, characters: list[list[dict[str, Any]]]) -> None:
    """A4; no running head on page 1, title and chapter after it; page of pages, data date; all inside the margins."""
    total = len(file.pages)
    assert 10 <= total <= 25
    for at, (page, found) in enumerate(zip(file.pages, characters, strict=True), 1):
        assert tuple(float(x) for x in page.mediabox[2:]) == pytest.approx(A4, abs=0.1)
        head = "".join(c["text"] for c in found if c["top"] < 50)
        foot = re.sub(r"\s", "", "".join(c["text"] for c in found if c["top"] > 785))
        assert (head == "") == (at == 1)
        assert head.startswith("" if at == 1 else specimen().title)
        assert foot == f"临澜市政府办公室数据截至2031年7月20日{at}/{total}"
        assert min(c["x0"] for c in found) >= 67 and max(c["x1"] for c in found) <= 540
    assert "".join(c["text"] for c in characters[-1] if c["top"] < 50).endswith("来源")


def test_lines_break_where_chinese_may(characters: list[list[dict[str, Any]]]) -> None:
    """No line begins with a closing mark or a citation, or ends with an opening mark, in paragraphs and in cells."""
    starts = 0
    for page in characters:
        said_here = [c for c in page if c["text"].strip()]
        for before, c in itertools.pairwise(said_here):
            if c["x0"] < before["x0"] and 6 < c["bottom"] - before["bottom"] < 30:
                starts += 1
                assert c["text"] not in "，。、；：！？）》”"
                assert before["text"] not in "（《“"
                assert c["text"] != "[" or c["size"] > 8
    assert starts > 300


def test_table_heads_are_repeated(characters: list[list[dict[str, Any]]]) -> None:
    """The data table runs over several pages, and each of them begins with its header row."""
    pages = [
        body(page)
        for page in characters
        if "".join(c["text"] for c in page if c["top"] < 50).endswith("数据表")
    ]
    assert len(pages) >= 2
    assert all("指标部门数值口径来源" in page for page in pages)
    assert all(page.startswith("指标部门数值口径来源") for page in pages[1:])


def test_same_briefing_same_bytes() -> None:
    """No clock, no random ids: the same briefing is the same file."""
    short = replace(specimen(), blocks=(*specimen().blocks[:14], specimen().blocks[-1]))
    assert pdf(short, PACKED) == pdf(short, PACKED)


def tiny(*lines: Line, title: str = "题目") -> Briefing:
    """A briefing of one page."""
    blocks: tuple[Block, ...] = (Heading(1, title, "top"), *(Paragraph(line) for line in lines))
    return replace(specimen(), title=title, blocks=blocks, contents=False, keywords=())


def test_nothing_outside_is_fetched(tmp_path: Path) -> None:
    """A template that asks for a file or an address gets an error, not the file."""
    secret = tmp_path / "secret.png"
    secret.write_bytes(b"secret")
    (tmp_path / "templates/briefing").mkdir(parents=True)
    for address in (secret.as_uri(), "http://127.0.0.1:9/x.png"):
        (tmp_path / "templates/briefing/briefing.html.j2").write_text(
            f'<html lang="zh"><title>x</title><p>x</p><img alt="x" src="{address}">', encoding="utf-8"
        )
        with pytest.raises(RenderError, match="不取外部资源"):
            pdf(tiny(), (tmp_path, ROOT))


def test_a_picture_without_alternative_text_is_refused(tmp_path: Path) -> None:
    """What WeasyPrint reports as an error holds the PDF back."""
    (tmp_path / "templates/briefing").mkdir(parents=True)
    template = "<html><title>x</title><p>{{ briefing.title }}</p>"
    (tmp_path / "templates/briefing/briefing.html.j2").write_text(template, encoding="utf-8")
    with pytest.raises(RenderError, match="lang"):
        pdf(tiny(), (tmp_path, ROOT))


def test_a_citation_that_leads_nowhere_is_refused() -> None:
    """A number whose sentence is not in the list of sources holds the PDF back."""
    with pytest.raises(RenderError, match="#s7"):
        pdf(tiny((Words("没有出处"), Cite(7))), PACKED)


def test_an_uncited_source_has_no_link_back() -> None:
    """A source that nothing cites is still listed, without a link that leads nowhere."""
    entries = next(b for b in specimen().blocks if isinstance(b, SourceList)).entries[:2]
    briefing = tiny((Words("第一条"), Cite(1)))
    briefing = replace(briefing, blocks=(*briefing.blocks, SourceList(entries)))
    with pikepdf.open(io.BytesIO(pdf(briefing, PACKED))) as file:
        assert {str(note.Dest) for _, note in links(file)} == {"s1", "c1"}


def test_no_number_is_wider_than_its_column() -> None:
    """A column whose number would not fit takes the room from the others; else the weights decide."""
    columns = (Column("部门", weight=1), Column("数", "right", 0.2), Column("说明", weight=8))
    long = Value("约1234567.8万立方米", "f")
    table = Table("t", 1, "表", columns, (((Words("甲"),), (long,), (Words("乙" * 80),)),))
    given = shares(table)
    assert sum(given) == pytest.approx(100)
    assert given[1] / 100 * 470 >= ems(long.text) * 9
    even = replace(table, columns=tuple(replace(c, weight=1) for c in columns), rows=())
    assert shares(even) == pytest.approx((100 / 3,) * 3)


def test_a_wide_table_turns_its_pages_with_its_heading() -> None:
    """More than eight columns: heading and table on landscape pages, upright again after them."""
    columns = tuple(Column(f"第{at}列", "right") for at in range(9))
    rows = tuple(tuple((Value(f"{row * at}.5", "f"),) for at in range(9)) for row in range(30))
    blocks = (Heading(2, "宽表", "h"), Table("t", 1, "表", columns, rows), Heading(2, "其后", "after"))
    briefing = tiny((Words("一句话"),))
    with pdfplumber.open(
        io.BytesIO(pdf(replace(briefing, blocks=(*briefing.blocks, *blocks)), PACKED))
    ) as file:
        assert [page.width > page.height for page in file.pages] == [False, True, True, False]
        assert "宽表" in file.pages[1].extract_text() and "其后" in file.pages[3].extract_text()


def test_the_english_edition_speaks_english_around_chinese_quotations() -> None:
    """Language, labels and date in English; each quotation stays marked as Chinese."""
    briefing = replace(tiny((Words("It says "), Cite(1)), title="Digest"), language="en", contents=True)
    entries = next(b for b in specimen().blocks if isinstance(b, SourceList)).entries[:1]
    briefing = replace(briefing, blocks=(*briefing.blocks, Heading(2, "Sources", "s"), SourceList(entries)))
    data = pdf(briefing, PACKED)
    with pikepdf.open(io.BytesIO(data)) as file:
        assert str(file.Root.Lang) == "en"
    with pdfplumber.open(io.BytesIO(data)) as file:
        text = "".join(page.extract_text() for page in file.pages)
    assert "Contents" in text and "p. 1" in text and "Data to 20 July 2031" in text
    assert not re.search("目录|数据截至|第1页", text)
