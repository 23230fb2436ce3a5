"""Colours of a PDF: trend marks, contrast, grey print, letters in charts."""

from pathlib import Path

from making import page, printed, result, words

from briefings.inspect.colours import contrast, custom, hue_of


def test_contrast_as_wcag_has_it() -> None:
    """Black on white is 21, a colour on itself 1, a known grey 4.5."""
    assert round(contrast((0, 0, 0), (255, 255, 255)), 1) == 21
    assert contrast((9, 9, 9), (9, 9, 9)) == 1
    assert 4.5 < contrast((118, 118, 118), (255, 255, 255)) < 4.6


def test_custom_of_languages() -> None:
    """Red rises where Chinese is read, green where English is."""
    assert custom("zh-CN") == ("red", "green") and custom("en") == ("green", "red")
    assert [hue_of(c) for c in ((179, 38, 30), (27, 127, 75), (31, 35, 40))] == ["red", "green", ""]


def test_trend_marks(tmp_path: Path) -> None:
    """A mark agrees with its sign and colour; in black it says nothing by colour."""
    fine = "<p><b style='color: #B3261E'>▲ +3.1%</b>，<b style='color: #1B7F4B'>▼ −0.4%</b>，▲ +2%</p>"
    assert result(tmp_path, printed(page(fine)), 36).verdict == "pass"
    assert "▲ in red" in words(result(tmp_path, printed(page(fine, language="en")), 36))
    assert "▲ −2%" in words(result(tmp_path, printed(page("<p>进度 ▲ −2%</p>")), 36))
    assert result(tmp_path, printed(page("<p>无")), 36).verdict == "not_applicable"


def test_contrast_with_what_is_behind(tmp_path: Path) -> None:
    """Grey on white may pass and on a tint fail; a border is not behind the text; large text needs less."""
    box = "<p style='background: {}; color: {}; border-left: 3pt solid #0B5394; font-size: {}'>滨河快线</p>"
    assert result(tmp_path, printed(page(box.format("#FFFFFF", "#767676", "10pt"))), 37).verdict == "pass"
    found = result(tmp_path, printed(page(box.format("#D0D8E0", "#767676", "10pt"))), 37)
    assert "3.2: #767676 on #D0D8E0, 4 characters" in words(found)
    assert result(tmp_path, printed(page(box.format("#D0D8E0", "#767676", "20pt"))), 37).verdict == "pass"


def picture(*colours: str) -> str:
    """A figure of bars in these colours."""
    bars = "".join(
        f"<rect x='{at * 30}' width='20' height='40' fill='%23{c}'/>" for at, c in enumerate(colours)
    )
    return f"<img alt='条形图' src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='90' height='40'>{bars}</svg>\">"


def test_grey_print(tmp_path: Path) -> None:
    """A colour as dark as the grey beside it cannot be told from it in print."""
    assert result(tmp_path, printed(page(picture("0B5394", "9AA5B1"))), 38).verdict == "pass"
    found = result(tmp_path, printed(page(picture("E07A5F", "9AA5B1"))), 38)
    assert found.verdict == "fail" and "#E07A5F beside #9AA5B1" in words(found)
    assert result(tmp_path, printed(page("<p>无")), 38).verdict == "not_applicable"


def test_letters_in_charts(tmp_path: Path) -> None:
    """Letters that are text are measured; a chart without them is told apart."""
    chart = "<img alt='图' src=\"data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' width='90' height='40'><text y='20' font-size='{}'>abc</text></svg>\">"
    assert result(tmp_path, printed(page(chart.format("10pt"))), 39).verdict == "pass"
    assert result(tmp_path, printed(page(chart.format("6pt"))), 39).verdict == "fail"
    assert result(tmp_path, printed(page(picture("0B5394"))), 39).verdict == "not_run"
