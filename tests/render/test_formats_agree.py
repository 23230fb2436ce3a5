"""Every format of every kind of briefing says the same words in the same order, in both languages."""

import io
import re
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest
import sample_briefings
from said import said

from briefings.audit.read_pdf import pdf_units
from briefings.audit.tokens import settled
from briefings.records.briefing import Briefing, Theme
from briefings.render import html
from briefings.render.word import word

PACKED = sample_briefings.PACKED
EVERY = pytest.mark.parametrize(
    ("order", "theme"),
    [(order.id, theme) for order in sample_briefings.ORDERS for theme in ("modern", "official")],
)


def test_there_is_every_kind_in_both_languages() -> None:
    """What follows leaves none out, and no theme."""
    assert len({(order.kind, order.language) for order in sample_briefings.ORDERS}) == 10
    assert {theme for _, theme in sample_briefings.MAKES} == {"modern", "official"}


@EVERY
def test_word_and_page_say_the_same(order: str, theme: Theme) -> None:
    """Every string stands in both, in the order of the briefing."""
    briefing = sample_briefings.briefing(order, theme)
    assert _missing(briefing, _in_word(word(briefing, PACKED)), counted=True) == []
    assert _missing(briefing, _in_page(html(briefing, PACKED))) == []


@pytest.mark.parametrize(("order", "theme"), sample_briefings.MAKES)
def test_word_and_pdf_say_the_same(order: str, theme: Theme) -> None:
    """The same for the PDF, which is laid out from the page: headings, numbers, quotations, cells, one behind the other."""
    briefing = sample_briefings.briefing(order, theme)
    assert _missing(briefing, _in_pdf(sample_briefings.pdf(order, theme))) == []


def _missing(briefing: Briefing, shown: str, *, counted: bool = False) -> list[str]:
    """The strings of ``briefing`` that ``shown`` lacks behind the one before; ``counted`` headings lose their number."""
    at, missing = 0, []
    for words in said(briefing):
        wanted = _set_close(_COUNTED.sub("", words) if counted else words)
        found = shown.find(wanted, at, at + FAR + len(wanted))
        if found < 0:
            missing.append(words)
        else:
            at = found + len(wanted)
    return missing


FAR = 4000
"""Characters that may stand between two strings: a table's head again, a contents, never a chapter."""
_COUNTED = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+\. |\(\d+\) )")
"""What Word counts by itself."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


_LOOSE = re.compile("[\\s\u00ad\u2010\ufffe\x02•◦▪·-]")
"""Blanks, hyphens that may be a line's own at its end, the marks of lists."""
_NUMBERS = re.compile(r"\d+")


def _set_close(text: str) -> str:
    """``text`` in one width of letters, without what a layout sets by itself."""
    return _LOOSE.sub("", settled(text))


def _in_word(data: bytes) -> str:
    """The words of a Word file without its contents and its fields' codes."""
    from docx import Document

    body: Any = Document(io.BytesIO(data)).element.body
    parts = [
        "".join(t.text or "" for t in paragraph.iter(f"{_W}t"))
        for paragraph in body.iter(f"{_W}p")
        if not any(
            style.get(f"{_W}val").startswith(("TOC", "TableofFigures"))
            for style in paragraph.iter(f"{_W}pStyle")
        )
    ]
    return _set_close("".join(parts))


def _in_pdf(data: bytes) -> str:
    """The words of a PDF as the audit reads them, without what stands at the head or foot of several pages."""
    units = pdf_units(data)
    often = Counter(_NUMBERS.sub("", unit.text) for unit in units if unit.zone == "margin")
    kept = (
        u for u in units if u.zone == "flow" or (u.zone == "margin" and often[_NUMBERS.sub("", u.text)] == 1)
    )
    return _set_close("".join(unit.text for unit in kept))


def _in_page(data: bytes) -> str:
    """The words of a page without its contents, its pictures and what only programs read."""
    from lxml import html as parser

    tree: Any = parser.document_fromstring(data.decode())
    for element in tree.xpath("//nav | //svg | //style | //script | //head"):
        element.drop_tree()
    return _set_close(tree.text_content())


def test_a_word_that_is_lost_is_found() -> None:
    """The measure itself can fail: one number gone, or two strings exchanged."""
    briefing = sample_briefings.briefing("commission-plans-2020h1-en", "modern")
    whole = _in_word(word(briefing, PACKED))
    lead = next(s for s in map(_set_close, said(briefing)) if "Plansof" in s and s in whole)
    assert _missing(briefing, whole.replace(lead, "", 1), counted=True)
    blocks = (*briefing.blocks[:3], briefing.blocks[4], briefing.blocks[3], *briefing.blocks[5:])
    assert _missing(replace(briefing, blocks=blocks), whole, counted=True)
