"""Every format of every kind of briefing says the same words in the same order, in both languages."""

import io
import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from said import said

from briefings import gathering, pipeline, settings
from briefings.records.briefing import Briefing
from briefings.render import html, pdf
from briefings.render.word import word
from briefings.store import open_store

PACKED = (Path(__file__).parents[2],)
SAMPLES = Path(str(resources.files("briefings"))) / "data" / "samples"
ORDERS = settings.parse((SAMPLES / "briefings.toml").read_text(encoding="utf-8"), SAMPLES).orders


@pytest.fixture(scope="module")
def composed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Briefing]]:
    """The sample briefings by id."""
    home = tmp_path_factory.mktemp("agree")
    loaded = settings.parse((SAMPLES / "briefings.toml").read_text(encoding="utf-8"), home)
    store = open_store(home / "store.sqlite3")
    files = sorted(p for p in SAMPLES.iterdir() if p.suffix != ".toml" and p.name != "README.md")
    pipeline.take_in(files, loaded, store, now="2023-12-01T00:00:00+08:00")
    yield {o.id: gathering.composed(gathering.gathered(o, loaded, store)) for o in loaded.orders}
    store.close()


def test_there_is_every_kind_in_both_languages() -> None:
    """What follows leaves none out."""
    assert len({(order.kind, order.language) for order in ORDERS}) == 10


@pytest.mark.parametrize("order", [order.id for order in ORDERS])
def test_word_and_page_say_the_same(composed: dict[str, Briefing], order: str) -> None:
    """Every string stands in both, in the order of the briefing."""
    briefing = composed[order]
    assert _missing(briefing, _in_word(word(briefing, PACKED)), counted=True) == []
    assert _missing(briefing, _in_page(html(briefing, PACKED))) == []


@pytest.mark.parametrize("order", [order.id for order in ORDERS if order.kind == "tracker"])
def test_word_and_pdf_say_the_same(composed: dict[str, Briefing], order: str) -> None:
    """The same for the PDF, which is laid out from the page; the shortest kind, for it takes its time."""
    briefing = composed[order]
    with pdfplumber.open(io.BytesIO(pdf(briefing, PACKED))) as opened:
        shown = "".join(
            c["text"] for page in opened.pages for c in page.chars if 50 < c["top"] < page.height - 57
        )
    # A table's head is repeated where it goes on, and the contents come first: here order is not asked for.
    assert [s for s in map(_set_close, said(briefing)) if s not in _set_close(shown)] == []


def _missing(briefing: Briefing, shown: str, *, counted: bool = False) -> list[str]:
    """The strings of ``briefing`` that ``shown`` lacks behind the one before; ``counted`` headings lose their number."""
    at, missing = 0, []
    for words in said(briefing):
        wanted = _set_close(_COUNTED.sub("", words) if counted else words)
        found = shown.find(wanted, at)
        if found < 0:
            missing.append(words)
        else:
            at = found + len(wanted)
    return missing


_COUNTED = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）)")
"""What Word counts by itself."""
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def _set_close(text: str) -> str:
    return re.sub(r"\s", "", text)


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


def _in_page(data: bytes) -> str:
    """The words of a page without its contents, its pictures and what only programs read."""
    from lxml import html as parser

    tree: Any = parser.document_fromstring(data.decode())
    for element in tree.xpath("//nav | //svg | //style | //script | //head"):
        element.drop_tree()
    return _set_close(tree.text_content())


def test_a_word_that_is_lost_is_found(composed: dict[str, Briefing]) -> None:
    """The measure itself can fail: one number gone, or two strings exchanged."""
    briefing = composed["commission-plans-2020h1-en"]
    whole = _in_word(word(briefing, PACKED))
    lead = next(s for s in map(_set_close, said(briefing)) if "Plansof" in s and s in whole)
    assert _missing(briefing, whole.replace(lead, "", 1), counted=True)
