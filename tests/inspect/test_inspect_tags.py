"""The structure tree of a PDF: headings, figures, tables, nothing empty, bookmarks."""

from pathlib import Path

import pikepdf
import pytest
from making import changed, elements, finished, page, printed, result, words


@pytest.mark.parametrize("number", [9, 10, 11, 12, 13, 16])
def test_a_good_file_passes(good: bytes, tmp_path: Path, number: int) -> None:
    """Nothing is held against a file that is made as it should be."""
    found = result(tmp_path, good, number)
    assert found.verdict == "pass", words(found)


def test_an_untagged_file_fails_and_the_rest_does_not_apply(good: bytes, tmp_path: Path) -> None:
    """Without a structure tree there is nothing that the checks of structure could look at."""

    def spoil(file: pikepdf.Pdf) -> None:
        del file.Root["/StructTreeRoot"], file.Root["/MarkInfo"]

    bare = changed(good, spoil)
    assert len(result(tmp_path, bare, 9).spots) == 2
    assert {result(tmp_path, bare, n).verdict for n in (10, 11, 12, 13, 16, 26, 27, 28)} == {"not_applicable"}


def test_a_skipped_level_and_a_second_title_fail(tmp_path: Path) -> None:
    """H1, H3, H1."""
    data = printed(page("<h1>一</h1><h3>跳</h3><h1>二</h1>"))
    said = words(result(tmp_path, data, 10))
    assert "2 headings of the first level" in said and "level 3 after level 1: 跳" in said


def test_a_poor_alternative_text_fails(good: bytes, tmp_path: Path) -> None:
    """Too short, and without numbers; a box that is not on the page."""

    def spoil(file: pikepdf.Pdf) -> None:
        figure = next(e for e in elements(file) if e.S == "/Figure")
        figure.Alt = pikepdf.String("一张图")
        figure.A.BBox = pikepdf.Array([100, 100, 900, 200])

    said = words(result(tmp_path, changed(good, spoil), 11))
    assert "3 characters, 0 numbers: 一张图" in said and "box 100 100 900 200" in said


def test_headers_without_scope_fail(good: bytes, tmp_path: Path) -> None:
    """A header cell without scope, a data cell that names no header."""

    def spoil(file: pikepdf.Pdf) -> None:
        cells = [e for e in elements(file) if e.S in ("/TH", "/TD")]
        del next(e for e in cells if e.S == "/TH").A["/Scope"]
        del next(e for e in cells if e.S == "/TD").A["/Headers"]

    assert len(result(tmp_path, changed(good, spoil), 12).spots) == 2


def test_a_table_without_headers_fails(tmp_path: Path) -> None:
    """A table of data cells only."""
    data = finished(printed(page("<h1>表</h1><table><tr><td>甲</td><td>乙</td></tr></table>")))
    assert "a table without header cells" in words(result(tmp_path, data, 12))


def test_an_empty_element_fails(good: bytes, tmp_path: Path) -> None:
    """An element that holds nothing is named with what it stands in."""

    def spoil(file: pikepdf.Pdf) -> None:
        heading = next(e for e in elements(file) if e.S == "/H1")
        heading.K = pikepdf.Array([pikepdf.Dictionary(S=pikepdf.Name.Span, P=heading)])

    assert "Span in Document/H1" in words(result(tmp_path, changed(good, spoil), 13))


def test_a_heading_without_bookmark_fails(tmp_path: Path) -> None:
    """A heading that the outline leaves out, and a bookmark that is no heading."""
    body = "<h1>题</h1><h2 style='bookmark-level: none'>甲</h2><p style='bookmark-level: 2; bookmark-label: content(text)'>乙</p>"
    found = result(tmp_path, printed(page(body)), 16)
    assert [spot.words for spot in found.spots] == [
        "heading without bookmark: 甲",
        "bookmark without heading: 乙",
    ]


def test_bookmarks_in_another_order_fail(good: bytes, tmp_path: Path) -> None:
    """The same titles, the last one first."""

    def spoil(file: pikepdf.Pdf) -> None:
        with file.open_outline() as outline:
            children = outline.root[0].children
            children.append(children.pop(0))

    assert "not in the order" in words(result(tmp_path, changed(good, spoil), 16))
