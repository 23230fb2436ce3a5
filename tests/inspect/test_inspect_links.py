"""Where the links of a PDF lead, and the pages they print."""

from pathlib import Path

import pikepdf
import pytest
from making import changed, page, printed, result, words


@pytest.mark.parametrize("number", [14, 17])
def test_a_good_file_passes(good: bytes, tmp_path: Path, number: int) -> None:
    """Nothing is held against a file that is made as it should be."""
    found = result(tmp_path, good, number)
    assert found.verdict == "pass", words(found)


def test_links_that_fail(good: bytes, tmp_path: Path) -> None:
    """Silent, leading nowhere, outside the structure, with an area that nobody can hit."""

    def spoil(file: pikepdf.Pdf) -> None:
        first, second, *_ = file.pages[0].Annots
        del first["/Contents"]
        first.Dest = pikepdf.String("nowhere")
        second.Rect = pikepdf.Array([100, 300, 110, 300])
        copy = file.make_indirect(pikepdf.Dictionary(dict(second.items())))
        file.pages[0].Annots.append(copy)

    said = words(result(tmp_path, changed(good, spoil), 14))
    assert "does not say where it leads" in said and "leads nowhere" in said
    assert "10.0 × 0.0 pt, too small" in said and "not in the structure" in said


def test_a_wrong_page_number_fails(tmp_path: Path) -> None:
    """The contents say page 1, the heading stands on page 2."""
    body = '<h1>题</h1><p><a href="#a">甲......1</a></p><p><a href="#a">甲......2</a></p><h2 id="a" style="break-before: page">甲</h2>'
    found = result(tmp_path, printed(page(body)), 17)
    assert [spot.words for spot in found.spots] == ["甲......1: prints 1, leads to 2"]


def test_no_links_do_not_apply(tmp_path: Path) -> None:
    """A file without links passes by."""
    assert result(tmp_path, printed(page("<h1>题</h1>")), 14).verdict == "not_applicable"
