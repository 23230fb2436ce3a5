"""The fonts of a PDF."""

from pathlib import Path

import pikepdf
import pytest
from making import changed, page, printed, result, words

from briefings.records.inspection import Beside


@pytest.mark.parametrize("number", [2, 3, 4])
def test_a_good_file_passes(good: bytes, tmp_path: Path, number: int) -> None:
    """Nothing is held against a file that is made as it should be."""
    found = result(tmp_path, good, number)
    assert found.verdict == "pass", words(found)


def test_a_font_that_is_not_embedded_fails(good: bytes, tmp_path: Path) -> None:
    """No font file, no way back to characters, the whole font."""

    def spoil(file: pikepdf.Pdf) -> None:
        for font in dict(file.pages[0].Resources.Font).values():
            descriptor = font.DescendantFonts[0].FontDescriptor
            for key in ("/FontFile2", "/FontFile3"):
                if key in descriptor:
                    del descriptor[key]
            del font["/ToUnicode"]
            font.BaseFont = pikepdf.Name("/Noto-Sans-CJK-SC")

    said = words(result(tmp_path, changed(good, spoil), 2))
    assert "not embedded, not a subset, no way back to characters" in said


def test_a_strange_family_fails(tmp_path: Path) -> None:
    """A family that no style sheet names, until one does."""
    data = printed(page("<h1>题</h1>", "h1 { font-family: 'Noto Sans CJK JP' }"))
    assert "Noto-Sans-CJK-JP" in words(result(tmp_path, data, 3))
    assert result(tmp_path, data, 3, Beside(families=("Noto Sans CJK JP",))).verdict == "pass"


def test_a_character_without_glyph_fails(good: bytes, tmp_path: Path) -> None:
    """A character drawn with glyph 0 of its font is the empty box."""

    def spoil(file: pikepdf.Pdf) -> None:
        sheet = file.pages[0]
        name = next(iter(sheet.Resources.Font))
        sheet.contents_add(f"BT {name} 10 Tf 100 100 Td <00000000> Tj ET".encode(), prepend=False)

    assert "page 1: 2 characters drawn as the empty box" in words(result(tmp_path, changed(good, spoil), 4))


def test_fallback_characters_are_counted(tmp_path: Path) -> None:
    """In a typeface that lacks characters each of them is named; more than one in a hundred fails."""
    style = "p { font-family: 'LXGW WenKai' } b { font: 10.5pt 'Noto Serif CJK SC' }"

    def narrow(body: str) -> bytes:
        """A page whose typeface calls itself FandolFang."""
        return changed(printed(page(body, style)), rename)

    def rename(file: pikepdf.Pdf) -> None:
        for font in dict(file.pages[0].Resources.Font).values():
            if "LXGW" in str(font.BaseFont):
                font.BaseFont = font.DescendantFonts[0].BaseFont = pikepdf.Name("/ABCDEF+FandolFang")

    assert result(tmp_path, narrow(f"<p>{'临澜市滨河快线' * 20}</p>"), 5).verdict == "pass"
    found = result(tmp_path, narrow(f"<p>{'临澜市<b>镕</b>滨河快线' * 20}</p>"), 5)
    assert found.verdict == "fail" and found.measured == "20 of 160 Han characters: 镕×20"


def test_fallback_is_for_the_official_theme(good: bytes, tmp_path: Path) -> None:
    """The modern theme's families are complete."""
    assert result(tmp_path, good, 5).verdict == "not_applicable"
