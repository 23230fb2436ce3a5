"""The pages in a Word file's contents: LibreOffice's, and checked by it; none where it is not installed."""

import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from specimen import specimen

from briefings import walled
from briefings.records.briefing import Heading
from briefings.render.word import word
from briefings.render.word_pages import listed, pages_of, unknown, with_pages

ROOT = Path(__file__).parents[2]
HERE = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


def xml(data: bytes) -> str:
    """The main part."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        return package.read("word/document.xml").decode()


def test_pages_are_exchanged_and_nothing_else() -> None:
    """Each entry's page by its bookmark; the same pages give the same bytes as writing them at once."""
    briefing = specimen()
    first = word(briefing, (ROOT,), unknown(briefing))
    printed = listed(first)
    assert set(printed.values()) == {10} and {"_Toc00000003", "tab2", "fig1"} <= printed.keys()
    pages = {name: n for n, name in enumerate(printed, 1)}
    changed = with_pages(first, pages)
    assert listed(changed) == pages and changed == word(briefing, (ROOT,), pages)
    assert listed(word(briefing, (ROOT,))) == {}


def test_what_is_no_pdf_has_no_pages() -> None:
    """The program that laid it out may have been killed."""
    with pytest.raises(ValueError, match="PDF"):
        pages_of(b"half a file")


@HERE
def test_contents_name_the_pages_that_things_stand_on(tmp_path: Path) -> None:
    """Laid out anew, each heading is on the page that its entry names; the same input gives the same bytes."""
    import pdfplumber

    briefing = replace(specimen(), theme="official")
    data = walled.render("docx", briefing, (), [ROOT])
    assert walled.render("docx", briefing, (), [ROOT]) == data
    printed = listed(data)
    (tmp_path / "a.docx").write_bytes(data)
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf",
         "--outdir", str(tmp_path), str(tmp_path / "a.docx")],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    with pdfplumber.open(tmp_path / "a.pdf") as pdf:
        pages = ["".join(re.split(r"\s", page.extract_text() or "")) for page in pdf.pages]
    headings = [block for block in briefing.blocks if isinstance(block, Heading)]
    assert len(printed) >= 13
    for n, heading in enumerate(headings):
        if page := printed.get(f"_Toc{n + 1:08d}"):
            assert "".join((heading.number + heading.text).split()) in pages[page - 1], heading.text


def test_without_libreoffice_no_page_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong page is worse than none."""
    monkeypatch.setattr(walled, "libreoffice", lambda: None)
    data = walled.render("docx", specimen(), (), [ROOT])
    assert listed(data) == {} and "PAGEREF" not in xml(data) and " TOC " in xml(data)


def test_a_layout_that_fails_names_no_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """LibreOffice may be broken, or be killed by a wall: the briefing is made without pages."""
    monkeypatch.setattr(walled, "libreoffice", lambda: walled.Office("false", "0"))
    assert listed(walled.render("docx", specimen(), (), [ROOT])) == {}
