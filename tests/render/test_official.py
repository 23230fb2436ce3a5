"""The official theme as PDF and page: 22 lines of 28 characters, what an office has configured and nothing else."""

import io
import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
import pytest
from drawings import ROOT
from specimen import citations, specimen

from briefings.records.briefing import (
    Bar,
    BarChart,
    Block,
    Briefing,
    Cite,
    Heading,
    Masthead,
    Paragraph,
    Quote,
    SourceList,
    Theme,
    Value,
    Words,
)
from briefings.records.document import Span
from briefings.render import charts, html, pdf
from briefings.render.html import on_paper
from briefings.render.paper import paper
from briefings.render.titles import title_lines
from briefings.render.view import knots
from briefings.render.widths import shares

PACKED = (ROOT,)
MM = 72 / 25.4
HAN = re.compile("[\u4e00-\u9fff]")
SENTENCE = (
    "临澜市坚持稳中求进的总基调着力办好群众关心的实事扎实推进重点项目建设不断提高城乡治理和公共服务的水平"
)
MASTHEAD = Masthead(
    name="临澜要情",
    issue="第七期",
    unit="临澜市政府研究室",
    date="2031年7月20日",
    classification="内部",
    foreword="现将有关情况摘编如下，供参阅。",
    report_to="市委、市政府领导",
    copy_to="市直各部门",
    printed="临澜市政府研究室印发",
)

Page = list[dict[str, Any]]


def prose(masthead: Masthead | None = None) -> Briefing:
    """A briefing of running text alone, three typefaces on its lines, some pages long."""
    quoted = Quote(SENTENCE * 2, "doc-1", Span(0, 1))
    blocks: list[Block] = [Heading(1, "临澜市上半年工作情况摘编", "top")]
    for n in range(7):
        blocks += [
            Heading(2, "重点工作", f"h{n}", "一、"),
            Heading(3, "项目建设", f"i{n}", "（一）"),
            Paragraph((Words(SENTENCE * 3),)),
            Paragraph((Words("据来源所说", "strong"), quoted, Words("。"), Cite(1))),
        ]
    blocks.append(SourceList(citations()[:1]))
    return replace(
        specimen(),
        title="临澜市上半年工作情况摘编",
        theme="official",
        masthead=masthead,
        blocks=tuple(blocks),
    )


def pages(briefing: Briefing, search: tuple[Path, ...] = PACKED) -> list[Page]:
    """The characters of each page."""
    with pdfplumber.open(io.BytesIO(pdf(briefing, search))) as opened:
        return [page.chars for page in opened.pages]


@pytest.fixture(scope="module")
def plain() -> list[Page]:
    """The running text, without a masthead."""
    return pages(prose())


@pytest.fixture(scope="module")
def headed() -> list[Page]:
    """The running text with everything an office can configure."""
    return pages(prose(MASTHEAD))


def lines(page: Page) -> dict[float, Page]:
    """The full-size characters of a page's text, by the baseline they stand on."""
    found: dict[float, Page] = {}
    for char in page:
        if abs(char["size"] - 15.75) < 0.01 and char["top"] < 262 * MM:
            found.setdefault(round(char["matrix"][5], 1), []).append(char)
    return dict(sorted(found.items(), reverse=True))


def words(page: Page) -> str:
    """What a page says, without blanks."""
    return re.sub(r"\s", "", "".join(char["text"] for char in page))


def test_twenty_eight_characters_a_line(plain: list[Page]) -> None:
    """A full line of Han alone has 28 characters, from edge to edge of the type area."""
    counts: Counter[int] = Counter()
    for page in plain:
        for line in lines(page).values():
            if all(HAN.match(c["text"]) for c in line) and max(c["x1"] for c in line) > 183 * MM:
                indented = min(c["x0"] for c in line) > 33 * MM
                counts[len(line) + 2 * indented] += 1
                assert max(c["x1"] for c in line) == pytest.approx(184 * MM, abs=1.3)
    assert set(counts) == {28} and counts[28] > 30


def test_lines_stand_on_their_grid(plain: list[Page]) -> None:
    """From line to line it is 28.95 points whatever the typefaces, 22 lines to the page at most."""
    for page in plain[1:]:
        baselines = list(lines(page))
        assert 1 < len(baselines) <= 22
        assert [above - below for above, below in pairwise(baselines)] == pytest.approx(
            [28.95] * (len(baselines) - 1), abs=0.11
        )
    assert len(lines(plain[1])) == 22


def test_text_stays_in_the_type_area(plain: list[Page]) -> None:
    """156 × 225 mm, 28 mm from the left and 37 mm from the top."""
    for page in plain:
        text = [c for c in page if c["top"] < 262 * MM]
        assert min(c["x0"] for c in text) >= 28 * MM - 8  # a bracket that begins a line hangs by half
        assert max(c["x1"] for c in text) <= 184 * MM + 1
        assert min(c["top"] for c in text) >= 37 * MM - 1


def test_page_numbers_stand_outside(plain: list[Page]) -> None:
    """Right on odd pages and left on even ones, between dashes, a character from the edge; nothing else over or under."""
    for number, page in enumerate(plain, 1):
        foot = [c for c in page if c["top"] > 262 * MM and c["text"].strip()]
        assert "".join(c["text"] for c in foot) == f"—{number}—"
        if number % 2:
            assert foot[-1]["x1"] == pytest.approx(184 * MM - 14, abs=0.5)
        else:
            assert foot[0]["x0"] == pytest.approx(28 * MM + 14, abs=0.5)


def test_nothing_of_an_office_unless_configured(plain: list[Page]) -> None:
    """Without a masthead there is no red, no issue, no record: the first thing said is the title."""
    assert words(plain[0]).startswith("临澜市上半年工作情况摘编")
    text = "".join(map(words, plain))
    assert not any(word in text for word in ("编者按", "报送", "抄送", "印发", "期"))
    assert {tuple(c["non_stroking_color"]) for page in plain for c in page} <= {(0,), (0, 0, 0)}


def test_masthead_and_record_as_configured(headed: list[Page]) -> None:
    """Name in red first, then issue, unit and day, the title, the foreword; the record at the foot of the last page."""
    first = words(headed[0])
    order = (
        "内部",
        "临澜要情",
        "第七期",
        "临澜市政府研究室2031年7月20日",
        "临澜市上半年工作情况摘编",
        "【编者按】现将",
    )
    places = [first.index(word) for word in order]
    assert places == sorted(places)
    name = [c for c in headed[0] if c["size"] > 40]
    assert "".join(c["text"] for c in name) == "临澜要情"
    red = {tuple(round(v, 2) for v in c["non_stroking_color"]) for c in name}
    assert red == {(0.78, 0.06, 0.18)}
    last = headed[-1]
    assert "报送：市委、市政府领导抄送：市直各部门临澜市政府研究室印发" in words(last)
    record = [c for c in last if abs(c["size"] - 14) < 0.1 and c["top"] < 262 * MM]
    assert max(c["bottom"] for c in record) == pytest.approx(262 * MM, abs=8)


def test_one_configured_line_stands_alone() -> None:
    """What is not configured leaves no empty line, no label and no rule of its own."""
    page = html(prose(Masthead(copy_to="市直各部门")), PACKED).decode()
    assert "抄送：市直各部门" in page
    assert "报送" not in page and 'class="masthead' not in page and "编者按" not in page


def test_typefaces_are_the_themes(plain: list[Page]) -> None:
    """No typeface that nobody named: neither DejaVu nor a Japanese one."""
    used = {c["fontname"].partition("+")[2] for page in plain for c in page}
    assert used
    ours = r"(Fandol(Fang|Kai|Hei|Song)|Noto-(Serif|Sans)-CJK-SC|LXGW-WenKai|Liberation-Serif)"
    assert [name for name in used if not re.match(ours, name)] == []


def test_a_workspace_changes_the_theme_file_by_file(tmp_path: Path) -> None:
    """Its own style, template and style of the charts go before the packed ones, each by itself."""
    briefing = replace(prose(), blocks=(*prose().blocks[:4], prose().blocks[-1]))
    before = words(pages(briefing)[0])
    (tmp_path / "styles").mkdir()
    (tmp_path / "templates/briefing").mkdir(parents=True)
    sheet = (ROOT / "styles/official-paper.css").read_text(encoding="utf-8")
    (tmp_path / "styles/official-paper.css").write_text(
        sheet.replace("— ", "· ").replace(" —", " ·"), encoding="utf-8"
    )
    search = (tmp_path, ROOT)
    after = words(pages(briefing, search)[0])
    assert before.endswith("—1—") and after.endswith("·1·") and before[:-3] == after[:-3]
    own = (
        (ROOT / "templates/briefing/official.html.j2")
        .read_text(encoding="utf-8")
        .replace("masthead{{", "own{{")
    )
    (tmp_path / "templates/briefing/official.html.j2").write_text(own, encoding="utf-8")
    assert 'class="own named"' in html(replace(briefing, masthead=MASTHEAD), search).decode()
    chart = BarChart((Bar("澜东区", 3, "3", "f"), Bar("澜西区", 2, "2", "f")), "%")
    style = (ROOT / "styles/charts-official.mplstyle").read_text(encoding="utf-8")
    (tmp_path / "styles/charts-official.mplstyle").write_text(
        style.replace("262626", "123456"), encoding="utf-8"
    )
    assert "#123456" in charts.svg(chart, search, theme="official")
    assert "#123456" not in charts.svg(chart, search, theme="modern")
    assert "#262626" in charts.svg(chart, PACKED, theme="official")


def test_charts_are_black_and_grey_with_one_red() -> None:
    """No colour but one red in a chart of the official theme."""
    chart = BarChart((Bar("澜东区", 3, "3", "f", highlight=True), Bar("澜西区", 2, "2", "f")), "%", mean=2.5)
    colours = set(re.findall("#[0-9a-f]{6}", charts.svg(chart, PACKED, theme="official")))
    assert [c for c in colours if len({c[1:3], c[3:5], c[5:7]}) > 1 and c != "#c8102e"] == []


def test_the_theme_is_set_from_its_own_sheets() -> None:
    """Type and blocks, what stays together, the sheet of paper: a file each."""
    assert on_paper("official") == ("official", "print", "official-paper")
    assert all(
        (ROOT / f"styles/{name}.css").is_file()
        for theme in ("modern", "official")
        for name in on_paper(theme)
    )


def test_titles_break_between_words() -> None:
    """Lines about equally long; never inside a name in brackets, a number or a word that is known."""
    assert title_lines("临澜市上半年工作情况", 18) == ("临澜市上半年工作情况",)
    assert title_lines("临澜市发展和改革委员会打算落实情况跟踪", 18) == (
        "临澜市发展和改革委员会",
        "打算落实情况跟踪",
    )
    assert title_lines("澜东区、澜西区2031年上半年“两稳一保”工作对照", 18) == (
        "澜东区、澜西区2031年上半年",
        "“两稳一保”工作对照",
    )
    assert title_lines("字" * 90, 18) == ("字" * 90,)


def test_columns_hold_their_numbers_on_narrower_paper() -> None:
    """A column is as wide as its longest number in the larger type of the official theme."""
    table = next(b for b in specimen().blocks if type(b).__name__ == "Table")
    modern, official = shares(table), shares(table, paper("official"))
    assert sum(official) == pytest.approx(100)
    assert official[2] * paper("official").width > modern[2] * paper("modern").width


def test_a_long_unit_may_begin_a_line() -> None:
    """A number that would leave a hole before it is parted from 个百分点, which keeps its citation and comma."""
    line = (
        Words("比重提高 "),
        Words("▲ ", "up"),
        Value("+3.3个百分点", "f"),
        Cite(1),
        Words("，为近年最高。"),
    )
    number, rest = knots(line, set())[1:]
    assert number.loose and "".join(run.text for run in number.runs) == "▲ +3.3个百分点[1]，"
    assert rest.runs[0].text == "为近年最高。"
    assert not any(knot.loose for knot in knots((Value("3.3%", "f"), Cite(1)), set()))
    for spare in range(5, 11):
        text = SENTENCE[: 26 - spare]
        shown = pages(replace(prose(), blocks=(Paragraph((Words(text), *line[1:])), prose().blocks[-1])))[0]
        first, *_ = lines(shown).values()
        assert max(c["x1"] for c in first) > 180 * MM, spare


def test_contents_stay_on_one_page() -> None:
    """They begin a page rather than go over it."""
    title, *_, sources = prose().blocks
    summary = [Paragraph((Words(SENTENCE * 5),))] * 2
    chapters: list[Block] = []
    for n in range(20):
        chapters += [Heading(2, "重点工作", f"c{n}", "一、"), Paragraph((Words(SENTENCE * 7),))]
    long = replace(prose(), contents=True, blocks=(title, *summary, *chapters, sources))
    shown = [words(page) for page in pages(long)]
    assert [page.count("......") > 0 for page in shown].count(True) == 1


def test_the_file_names_its_theme() -> None:
    """What a checker can go by, whatever typefaces the machine has."""
    themes: tuple[Theme, ...] = ("modern", "official")
    for theme in themes:
        data = pdf(replace(specimen(), theme=theme), PACKED)
        with pikepdf.open(io.BytesIO(data)) as file, file.open_metadata() as told:
            assert told["{urn:briefings:document}theme"] == theme
