"""Nothing stranded, rows whole, nothing on top of another."""

from pathlib import Path

from making import page, printed, result, sentences, words

from briefings.inspect.pages import pages

FEW = "@page { size: 120mm 60mm; margin: 10mm } p, h2 { margin: 0; orphans: 1; widows: 1; break-after: auto; font-size: 10.5pt }"


def filled(lines: int) -> str:
    """So many lines of their own."""
    return "".join(f"<p>第{'一二三四五六七八九'[at % 9]}行写完。</p>" for at in range(lines))


def test_a_heading_at_the_foot_fails(tmp_path: Path) -> None:
    """Behind the one number of lines that leaves room for the heading alone it is parted from its text."""
    parted = []
    for lines in range(3, 9):
        data = printed(page(f"{filled(lines)}<h2>进展</h2>{filled(3)}", FEW))
        shown = [line.text for line in pages(data)[0].lines if line.y < 140]
        found = result(tmp_path, data, 27)
        assert (found.verdict == "fail") == (shown[-1] == "进展"), words(found)
        parted += [words(found)] if found.spots else []
    assert len(parted) == 1 and "a heading at the foot: 进展" in parted[0]


def test_a_single_line_fails(tmp_path: Path) -> None:
    """A paragraph of which one line is left over on the next page."""
    whole = "滨河快线全线开工，西港货场完成主体，新增绿道沿河贯通，" * 6
    found = result(tmp_path, printed(page(f"<p>{whole}</p>", FEW)), 27)
    several = [result(tmp_path, printed(page(f"{filled(n)}<p>{whole}</p>", FEW)), 27) for n in range(1, 7)]
    assert any("a single line" in words(one) for one in (found, *several))
    kept = FEW.replace("orphans: 1; widows: 1", "orphans: 2; widows: 2")
    assert all(
        "single" not in words(result(tmp_path, printed(page(f"{filled(n)}<p>{whole}</p>", kept)), 27))
        for n in range(4)
    )


def table(rows: int, cell: str = "完成") -> str:
    """A table of so many rows."""
    body = "".join(f"<tr><th>第{at}项</th><td>{cell}</td></tr>" for at in range(rows))
    return f"<table><thead><tr><th>项目</th><th>情况</th></tr></thead><tbody>{body}</tbody></table>"


def test_rows_stay_whole_under_a_repeated_head(tmp_path: Path) -> None:
    """A long table is parted between rows, its head printed again."""
    whole = "tr { break-inside: avoid }"
    found = result(tmp_path, printed(page(table(20), FEW + whole)), 28)
    assert (
        found.verdict == "pass"
        and "continued on a further page" in found.measured
        and " 0 continued" not in found.measured
    )


def test_a_head_that_is_not_repeated_fails(tmp_path: Path) -> None:
    """The second page begins without the head."""
    found = result(tmp_path, printed(page(table(20), FEW + "thead { display: table-row-group }")), 28)
    assert found.verdict == "fail" and "the head is not repeated: 项目 情况" in words(found)


def test_a_row_that_runs_over_fails(tmp_path: Path) -> None:
    """A cell that goes on at the top of the next page."""
    found = result(tmp_path, printed(page(table(3, sentences(9)), FEW + "tr { break-inside: auto }")), 28)
    assert found.verdict == "fail" and "page 2" in words(found)


def test_what_lies_on_something_else_fails(tmp_path: Path) -> None:
    """Two lines in one place; a line that leaves the page. Dashes of one mark and ligatures touch as they should."""
    good = printed(page("<p>滨河快线——西港货场……office affairs</p>"))
    assert result(tmp_path, good, 29).verdict == "pass"
    upon = printed(page("<p>滨河快线全线开工</p><p>西港货场</p>", "p { position: absolute; top: 0 }"))
    assert "upon" in words(result(tmp_path, upon, 29))
    out = printed(page("<p style='margin-left: 160mm; white-space: nowrap'>滨河快线全线开工西港货场</p>"))
    assert "outside the page" in words(result(tmp_path, out, 29))
