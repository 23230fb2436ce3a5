"""Lines of Chinese measured on the page: their ends, their marks, their words; and what becomes of them without."""

import io
import logging
import re
from collections import defaultdict
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
import pytest
from PIL import Image, ImageChops, ImageStat
from specimen import specimen, words

from briefings.records.briefing import (
    Block,
    Briefing,
    Cite,
    Heading,
    Inline,
    Language,
    Paragraph,
    Quote,
    SourceList,
    Value,
    Words,
)
from briefings.records.document import Span
from briefings.render import justify, pdf
from briefings.render.justify_marks import CLOSING

ROOT = Path(__file__).parents[2]
PACKED = (ROOT,)
EXPECTED = ROOT / "tests/expected/justified.png"
ACTUAL = ROOT / "tests/actual"
RIGHT = 595.28 - 20 / 25.4 * 72
SENTENCES = (
    "临澜市上半年新开工建设的重点项目集中在港口、机场和轨道交通，“先手棋”“关键子”“硬骨头”都有人领、有人干、有人问。",
    "《临澜市营商环境条例》《临澜市中小企业促进办法》（试行）相继印发；企业反映最多的“准入不准营”——证照多、跑腿多……——已有办法。",
    "全市完成投资1284.6亿元，其中民间投资702.3亿元；R&D经费占生产总值的比重比上年同期高0.4个百分点（初步统计）。",
)
STARTS = set("，。、；：？！）》”’」』】")
ENDS = set("（《“‘「『【")


def briefing(language: Language = "zh") -> Briefing:
    """Paragraphs of one and of many boxes: words, quotations, numbers, citations."""
    lines = [words("".join(SENTENCES) * 2), words("".join(reversed(SENTENCES)) * 2)]
    mixed: list[Inline] = []
    for at in range(9):
        text = SENTENCES[at % 3]
        mixed += [
            Quote(text, "d", Span(0, len(text))),
            Value(f"{at * 37 + 5}.2亿元", "f"),
            Cite(1),
            Words("，见前文。"),
        ]
    entries = next(b for b in specimen().blocks if isinstance(b, SourceList)).entries[:1]
    blocks: tuple[Block, ...] = (
        Heading(1, "两端对齐", "top"),
        *(Paragraph(line) for line in lines),
        Paragraph(tuple(mixed)),
        SourceList(entries),
    )
    return replace(specimen(), language=language, blocks=blocks, contents=False, office="")


def lines(data: bytes, top: float = 110) -> list[list[dict[str, Any]]]:
    """The lines of the first page beneath the title and above the sources, raised citations left out."""
    with pdfplumber.open(io.BytesIO(data)) as file:
        found: dict[int, list[dict[str, Any]]] = defaultdict(list)
        page = file.pages[0]
        for character in page.chars:
            if character["size"] > 10 and top < character["bottom"] < 750 and character["text"].strip():
                found[round(page.height - character["matrix"][5])].append(character)
    return [sorted(line, key=lambda c: float(c["x0"])) for _, line in sorted(found.items())]


@pytest.fixture(scope="module")
def data() -> bytes:
    """The paragraphs as PDF."""
    return pdf(briefing(), PACKED)


@pytest.fixture(scope="module")
def ragged() -> bytes:
    """The same by a WeasyPrint that is not the one tried."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(justify, "VERSION", "0")
        return pdf(briefing(), PACKED)


def text(data: bytes) -> str:
    """All words of a PDF without blanks, in their order."""
    with pdfplumber.open(io.BytesIO(data)) as file:
        return re.sub(r"\s", "", "".join(c["text"] for page in file.pages for c in page.chars))


def full(data: bytes) -> list[list[dict[str, Any]]]:
    """The lines that are followed by one of the same paragraph."""
    found = lines(data)
    return [a for a, b in pairwise(found) if a[0]["matrix"][5] - b[0]["matrix"][5] < 18]


def test_full_lines_end_at_one_edge(data: bytes, ragged: bytes) -> None:
    """Within a point; a mark's empty half does not count. Ragged ones do not."""
    ends = [c["x1"] - (c["size"] / 2 if c["text"] in CLOSING else 0) for *_, c in full(data)]
    assert len(ends) >= 9
    assert max(abs(end - RIGHT) for end in ends) < 1
    assert min(line[-1]["x1"] for line in full(ragged)) < RIGHT - 5


def test_no_mark_stands_where_it_may_not(data: bytes) -> None:
    """No line begins with a mark that closes, none ends with one that opens."""
    assert not [line for line in lines(data) if line[0]["text"] in STARTS or line[-1]["text"] in ENDS]


def test_marks_that_meet_are_closed_up(data: bytes) -> None:
    """Two marks take three halves of an em together; next to a character a mark keeps its room."""
    apart: dict[str, list[float]] = defaultdict(list)
    for line in lines(data):
        for a, b in pairwise(line):
            if a["fontname"] == b["fontname"]:
                apart[a["text"] + b["text"]].append((b["x0"] - a["x0"]) / a["size"])
    for pair in ("》《", "”“", "》（"):
        assert min(apart[pair]) < 0.55 and max(apart[pair]) < 1, pair
    assert min(apart["，其"]) > 0.95
    for pair in ("——", "……"):
        assert apart[pair] and apart[pair] == pytest.approx([1.0] * len(apart[pair]), abs=0.01), pair


def test_words_and_links_are_untouched(data: bytes, ragged: bytes) -> None:
    """The same characters in the same order, and each link over its citation."""
    assert text(data) == text(ragged)
    with pdfplumber.open(io.BytesIO(data)) as file:
        page = file.pages[0]
        boxes = [link for link in page.annots if "←" not in link["contents"]]
        assert len(boxes) >= 9
        cites = [
            page.crop((b["x0"] - 1, b["top"] - 2, b["x1"] + 1, b["bottom"] + 2)).extract_text() for b in boxes
        ]
    assert all("[1]" in cite for cite in cites), cites
    with pikepdf.open(io.BytesIO(data)) as one, pikepdf.open(io.BytesIO(ragged)) as other:
        assert len(one.pages) == len(other.pages)


def test_numbers_stay_whole(data: bytes) -> None:
    """The figures of a number stand as close as ever, so a copied number is one number."""
    with pdfplumber.open(io.BytesIO(data)) as file:
        read = file.pages[0].extract_text()
    assert read.count("1284.6亿元") + read.count("702.3亿元") >= 4
    assert all(f"{at * 37 + 5}.2亿元" in read for at in range(9))


def test_english_is_left_to_weasyprint() -> None:
    """The modern theme sets English ragged; not one glyph stands elsewhere."""
    english = replace(
        briefing("en"),
        blocks=(Heading(1, "Edges", "top"), Paragraph(words("Work on the port goes on. " * 40))),
    )
    made = pdf(english, PACKED)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(justify, "VERSION", "0")
        assert [[c["x0"] for c in line] for line in lines(pdf(english, PACKED))] == [
            [c["x0"] for c in line] for line in lines(made)
        ]


def test_weasyprint_is_as_it_was() -> None:
    """The functions exchanged are put back, also after an error."""
    from weasyprint.layout import inline
    from weasyprint.text.line_break import Layout

    before = (inline.text_align, Layout.get_first_line, Layout.set_text)
    with pytest.raises(ZeroDivisionError), justify.justified():
        assert inline.text_align is not before[0]
        raise ZeroDivisionError
    assert (inline.text_align, Layout.get_first_line, Layout.set_text) == before


def test_what_was_not_tried_is_not_touched(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another version, or a function of another shape: said, and set ragged."""
    assert justify.unavailable() is None
    monkeypatch.setitem(justify.SHAPES, "weasyprint.layout.inline.text_align", "0")
    told = justify.unavailable()
    assert told and "text_align" in told and "左对齐" in told
    monkeypatch.setitem(justify.SHAPES, "weasyprint.layout.inline.no_such_thing", "0")
    assert "no_such_thing" in (justify.unavailable() or "")
    with caplog.at_level(logging.WARNING):
        made = pdf(briefing(), PACKED)
    assert told[:20] in caplog.text
    assert min(line[-1]["x1"] for line in full(made)) < RIGHT - 5


def test_the_page_looks_as_approved(data: bytes) -> None:
    """The upper half of the page against the approved picture; edges of letters may differ a little."""
    import pypdfium2  # type: ignore[import-untyped]

    document = pypdfium2.PdfDocument(data)
    picture = document[0].render(scale=1.25).to_pil().convert("L")
    document.close()
    picture = picture.crop((0, 0, picture.width, picture.height // 2))
    approved = Image.open(EXPECTED).convert("L") if EXPECTED.exists() else Image.new("L", picture.size)
    difference = ImageChops.difference(picture, approved) if approved.size == picture.size else None
    wrong = 255.0 if difference is None else ImageStat.Stat(difference).mean[0]
    if wrong > 0.6:
        ACTUAL.mkdir(exist_ok=True)
        picture.save(ACTUAL / EXPECTED.name)
        if difference is not None:
            difference.save(ACTUAL / f"difference-{EXPECTED.name}")
    assert wrong <= 0.6, f"如果新的版面是对的，用 {ACTUAL / EXPECTED.name} 换下 {EXPECTED}"
