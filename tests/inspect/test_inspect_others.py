"""What other programs say of a file: veraPDF, LibreOffice."""

import shutil
from pathlib import Path

import pytest
from making import ALONE, page, printed, result, words
from word_making import word

from briefings.inspect.others import converted
from briefings.inspect.word_file import read_word

VERAPDF = """#!/bin/sh
# Stands in for veraPDF: every file is good as ua1, and as 3a only when it holds the word "Good".
case "$2" in
  ua1) good=true ;;
  3a) if grep -q Good "$5"; then good=true; else good=false; fi ;;
esac
echo "<validationReport isCompliant=\\"$good\\">"
[ $good = true ] || echo '<rule specification="ISO 19005-3" clause="6.2.11.4.1" testNumber="1" status="failed" failedChecks="2"><description>The font program shall be embedded</description></rule>'
echo '</validationReport>'
"""


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of programs before all others, with nothing named by VERAPDF_JAR."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.delenv("VERAPDF_JAR", raising=False)
    return folder


def test_verapdf_is_asked_for_both_profiles(good: bytes, tmp_path: Path, program: Path) -> None:
    """Its failed rules are the places; where it is not on the machine the check was not run."""
    if shutil.which("verapdf") is None:
        assert result(tmp_path, good, 20).verdict == "not_run"
    (program / "verapdf").write_text(VERAPDF, encoding="utf-8")
    (program / "verapdf").chmod(0o755)
    assert result(tmp_path, good + b"\n% Good\n", 20).verdict == "pass"
    found = result(tmp_path, good, 20)
    assert found.verdict == "fail" and words(found) == "3a: 6.2.11.4.1-1 The font program shall be embedded"


def test_a_program_that_says_nothing_was_not_run(good: bytes, tmp_path: Path, program: Path) -> None:
    """A veraPDF without Java, say."""
    (program / "verapdf").write_text("#!/bin/sh\necho no Java >&2; exit 1\n", encoding="utf-8")
    (program / "verapdf").chmod(0o755)
    found = result(tmp_path, good, 20)
    assert found.verdict == "not_run" and "no Java" in found.measured


def test_pages_are_held_against_the_word_file(tmp_path: Path) -> None:
    """Every heading is on a page, every picture drawn."""
    file = read_word(tmp_path / "file.docx", word(), ALONE)
    assert converted(file, printed(page("<h2>项目</h2><h2>来源</h2>"))).verdict == "pass"
    assert "not on any page: 来源" in words(converted(file, printed(page("<h2>项目</h2>"))))
    picture = '<w:p><w:r><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"/></w:r></w:p><w:sectPr>'
    pictured = read_word(tmp_path / "file.docx", word(("word/document.xml", "<w:sectPr>", picture)), ALONE)
    assert "1 picture, 0 on the pages" in words(
        converted(pictured, printed(page("<h2>项目</h2><h2>来源</h2>")))
    )
    assert "not a readable PDF" in words(converted(file, b"nothing"))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not here")
def test_libreoffice_makes_pages(tmp_path: Path) -> None:
    """The real program, on the small file."""
    found = result(tmp_path, word(), 46, name="file.docx")
    assert found.verdict == "pass" and found.measured == "1 page, 2 headings, 0 pictures", words(found)


def test_without_libreoffice_it_was_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The check says what is missing."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert result(tmp_path, word(), 46, name="file.docx").verdict == "not_run"
