"""Characters that fonts have and have not: rare ones, made-up ones, emoji, controls; what is told of them."""

from dataclasses import replace
from pathlib import Path

import pytest
from specimen import specimen, words
from weasyprint.text.fonts import FontConfiguration

from briefings.errors import ConfigurationError
from briefings.records.briefing import (
    Bar,
    BarChart,
    Block,
    Briefing,
    Figure,
    Heading,
    Paragraph,
    Quote,
    SourceList,
    Theme,
)
from briefings.records.document import Span
from briefings.render import fonts, pdf
from briefings.render.html import on_paper
from briefings.render.pdf import RenderError

PACKED = (Path(__file__).parents[2],)


def saying(*blocks: Block, theme: Theme = "modern") -> Briefing:
    """A briefing of these blocks under one chapter."""
    start = (Heading(1, "字体", "top"), Heading(2, "港口建设", "port", "一、"))
    return replace(specimen(), theme=theme, blocks=(*start, *blocks), contents=False)


def told(briefing: Briefing) -> tuple[fonts.Missed, ...]:
    """What the fonts of this machine lack of it."""
    return fonts.missed(briefing, PACKED, FontConfiguration(), on_paper(briefing.theme))


@pytest.mark.parametrize("theme", ["modern", "official"])
def test_the_specimen_can_be_printed(theme: Theme) -> None:
    """Everything in it is in some font, so nothing is refused."""
    found = told(replace(specimen(), theme=theme))
    assert fonts.refusal(found) is None
    assert all(one.face for one in found)


def test_rare_characters_are_printed_and_listed() -> None:
    """镕, ㎡ and a character beyond the first plane are in fonts; those from another face than the text's are listed."""
    found = told(saying(Paragraph(words("镕垚㎡𠮷②Ⅷ±℃"))))
    assert fonts.refusal(found) is None
    assert {one.character for one in found} <= set("镕垚㎡𠮷②Ⅷ±℃")
    assert all(one.face and one.face != "Noto Sans CJK SC" and one.place == "“一、港口建设”" for one in found)


@pytest.mark.parametrize(
    ("character", "name"), [("\ue000", "U+E000"), ("\U000f0123", "U+F0123"), ("\u0378", "U+0378")]
)
def test_what_no_font_has_stops_the_edition(character: str, name: str) -> None:
    """The character, its code point and its place are told, before anything is laid out."""
    briefing = saying(Paragraph(words(f"新开航线{character}条")))
    with pytest.raises(RenderError, match=name.replace("+", r"\+")) as raised:
        pdf(briefing, PACKED)
    assert "“一、港口建设”" in str(raised.value)


def test_the_place_in_the_source_is_told() -> None:
    """A character of a quotation is named with its document, one of a source's sentence with its line."""
    entries = next(b for b in specimen().blocks if isinstance(b, SourceList)).entries[:1]
    quote = Quote("吞吐量\ue001", entries[0].document, Span(0, 4))
    listed = SourceList((replace(entries[0], sentence="泊位\ue002个。"),))
    refused = fonts.refusal(told(saying(Paragraph((quote,)), listed))) or ""
    assert f"“�”（U+E001），见《{entries[0].title}》，“一、港口建设”" in refused
    assert f"U+E002），见《{entries[0].title}》{entries[0].place}" in refused


def test_a_chart_borrows_from_no_other_font() -> None:
    """What its own fonts lack stops it, though a font of the machine may have it."""
    bars = tuple(Bar(f"泊位{mark}", 3.0, "3", "f") for mark in ("甲", "乙", "\ue003"))
    figure = Figure(
        "g", 1, words("泊位"), "个", BarChart(bars, "个"), "条形图：泊位3个和3个，共三处，数字相同。"
    )
    found = told(saying(figure))
    assert [(one.character, one.place, one.use) for one in found] == [("\ue003", "图1", "chart")]
    with pytest.raises((RenderError, ConfigurationError), match="U\\+E003"):
        pdf(saying(figure), PACKED)


def test_controls_are_shown_as_something_that_stands_there() -> None:
    """A control between two figures does not make one number of them; a break is a blank."""
    assert fonts.printable("12\x0234") == "12\ufffd34"
    assert fonts.printable("一\u2028二\x85三") == "一 二 三"
    assert fonts.printable("一\n二\t\u200b三\u00ad") == "一\n二\t\u200b三\u00ad"
    made = saying(Paragraph(words("一\x02二\u200b三\ufeff四\x9d")))
    assert fonts.refusal(told(made)) is None
    assert pdf(made, PACKED).startswith(b"%PDF-1.7")


def test_many_are_told_in_few_words() -> None:
    """Twelve are named, the rest counted."""
    refused = fonts.refusal(told(saying(Paragraph(words("".join(map(chr, range(0xE100, 0xE120)))))))) or ""
    assert refused.count("U+E1") == 12 and "共32个" in refused
