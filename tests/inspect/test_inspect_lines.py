"""Lines of Chinese: their first and last marks, and their right edge."""

from pathlib import Path

from making import page, printed, result, sentences, words


def test_marks_stay_in_their_lines(tmp_path: Path) -> None:
    """Lines as they are broken pass; one that begins with a comma, or ends with an opening mark, is shown."""
    assert result(tmp_path, printed(page(f"<p>{sentences(30)}</p>")), 25).verdict == "pass"
    said = words(
        result(tmp_path, printed(page("<p>滨河快线全线开工<br>，西港货场完成（<br>主体）工程。</p>")), 25)
    )
    assert "line 2: ，西港货场完成（" in said and said.count("page 1") == 1


def test_left_aligned_text_is_not_measured(tmp_path: Path) -> None:
    """Text that was never justified has no right edge to keep."""
    ragged = "".join(f"第{at}段完成{at * 37}.5亿元，增长{at}%；" for at in range(60))
    found = result(tmp_path, printed(page(f"<p>{ragged}</p><p>{ragged}</p>", "p { width: 33.3em }")), 26)
    assert found.verdict == "not_applicable" and "left-aligned" in found.measured


def test_an_even_edge_passes_and_a_short_line_fails(tmp_path: Path) -> None:
    """Lines of Han only fill their measure; one that stops short is named."""
    even = f"<p>{'滨河快线全线开工' * 25}</p><p>{'西港货场完成主体' * 25}</p>"
    style = "p { width: 40em }"
    assert result(tmp_path, printed(page(even, style)), 26).verdict == "pass"
    short = even.replace("</p><p>", "<br>滨河快线全线开工短了一截的一行<br>滨河快线</p><p>", 1)
    found = result(tmp_path, printed(page(short, style)), 26)
    assert found.verdict == "fail" and "短了一截的一行" in words(found)


def test_no_chinese_does_not_apply(tmp_path: Path) -> None:
    """A page in English has no such rules."""
    assert (
        result(tmp_path, printed(page("<p>Plain words.</p>", language="en")), 25).verdict == "not_applicable"
    )
