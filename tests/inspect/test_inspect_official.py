"""The grid of official papers in a PDF: characters, lines, margins, page numbers."""

from pathlib import Path

import pytest
from making import page, printed, result, words

from briefings.records.briefing import Briefing
from briefings.records.inspection import Beside

GRID = """
@page { size: A4; margin: 37mm 26mm 35mm 28mm }
@page :right { @bottom-right { content: "— " counter(page) " —"; font: 14pt/1 "Noto Serif CJK SC"; vertical-align: top; padding-top: 7mm; margin-right: 1em } }
@page :left { @bottom-left { content: "— " counter(page) " —"; font: 14pt/1 "Noto Serif CJK SC"; vertical-align: top; padding-top: 7mm; margin-left: 1em }
  @bottom-right { content: none } }
html { font: 15.75pt/28.95pt "Noto Serif CJK SC" }
body { margin: 0 }
p { margin: 0; text-indent: 2em; orphans: 1; widows: 1 }
"""
TEXT = "".join(f"<p>{'滨河快线全线开工西港货场完成主体' * 12}</p>" for _ in range(5))
BESIDE = Beside(
    briefing=Briefing("b", "digest", "题", "", "zh", "official", "2031-H1", "", "", (), (), (), ())
)


@pytest.mark.parametrize("number", [22, 23, 24])
def test_the_grid_passes(tmp_path: Path, number: int) -> None:
    """Two pages and more, set as the design says."""
    found = result(tmp_path, printed(page(TEXT, GRID)), number, BESIDE)
    assert found.verdict == "pass", words(found)


def test_what_was_measured_is_told(tmp_path: Path) -> None:
    """28 characters, 28.95 pt, 22 lines."""
    measured = result(tmp_path, printed(page(TEXT, GRID)), 22, BESIDE).measured
    assert "full lines: 25×28;" in measured and "pitch 28.95 pt" in measured and "22 lines" in measured


def test_another_pitch_or_size_fails(tmp_path: Path) -> None:
    """28 pt apart there are more lines a page; 16 pt leave room for 27 characters."""
    assert "28.00 pt below" in words(
        result(tmp_path, printed(page(TEXT, GRID.replace("28.95", "28"))), 22, BESIDE)
    )
    assert "16 pt: 27 characters" in words(
        result(tmp_path, printed(page(TEXT, GRID.replace("15.75", "16"))), 22, BESIDE)
    )


def test_text_outside_the_margins_fails(tmp_path: Path) -> None:
    """A paragraph that hangs out to the left, and another theme that is not asked."""
    data = printed(page(TEXT, GRID + "p:first-child { margin-left: -5mm }"))
    assert "13.6 pt outside" in words(result(tmp_path, data, 23, BESIDE))
    assert result(tmp_path, data, 23).verdict == "not_applicable"


def test_page_numbers_on_the_wrong_side_fail(tmp_path: Path) -> None:
    """Even pages have theirs at the left; a page without one is named."""
    right = GRID.replace("@page :right", "@page").replace("content: none", "")
    found = result(tmp_path, printed(page(TEXT, right.replace("@bottom-left {", "@top-left {"))), 24, BESIDE)
    assert found.verdict == "fail" and "page 2" in words(found) and "page 1:" not in words(found)
    found = result(tmp_path, printed(page(TEXT, GRID.replace("counter(page)", "''"))), 24, BESIDE)
    assert "page 1: no 1 at the foot" in words(found)
