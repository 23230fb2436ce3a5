"""What a file says, held against the briefing it was made from."""

from dataclasses import replace
from pathlib import Path

import pytest
from making import finished, page, printed, result, words

from briefings.records.briefing import (
    Briefing,
    Citation,
    Cite,
    Column,
    Computed,
    Heading,
    Line,
    Paragraph,
    Quote,
    SourceList,
    Table,
    Value,
    Words,
)
from briefings.records.document import Span
from briefings.records.edition import AuditReport, Finding
from briefings.records.fact import Fact
from briefings.records.inspection import Beside

SOURCE = "滨河快线完成投资62.5%，\n西港货场完成48.0%。"
QUOTE = Quote("滨河快线完成投资62.5%，西港货场完成48.0%。", "d1", Span(0, len(SOURCE)))
RATES = ("62.5", "48.0", "48.0")


def fact(at: int, value: str, unit: str | None = "%") -> Fact:
    """A fact of the source."""
    return Fact(
        f"f{at}", "d1", 0, 1, value, "rate", value, None, unit, "完成", (), None, None, None, None, "actual", None,
        Span(0, 5), "r",
    )  # fmt: skip


def briefing(*lines: Line, computed: tuple[Computed, ...] = (), table: Table | None = None) -> Briefing:
    """A briefing of a heading, some lines and one entry of its list of sources."""
    entry = Citation(
        1, "d1", "总结", "市局", "2031-H1", "a.txt", "ab", "第1行", "滨河快线完成投资62.5%。", Span(0, 9)
    )
    blocks = (
        Heading(1, "对照", "top"),
        *(Paragraph(line) for line in lines),
        *((table,) if table else ()),
        SourceList((entry,)),
    )
    return Briefing("b", "peers", "对照", "", "zh", "modern", "2031-H1", "", "", blocks, computed, (), ())


def beside(made: Briefing, audit: AuditReport | None = None) -> Beside:
    """The edition that a briefing lies in."""
    facts = {f"f{at}": fact(at, value) for at, value in enumerate(RATES, 1)}
    return Beside(made, audit, facts, {"d1": "ab"}, {"ab": SOURCE})


PLAIN = briefing((Value("62.5%", "f1"), Cite(1)), (QUOTE,))
FILE = finished(
    printed(
        page(
            '<h1>对照</h1><p>62.5%<a href="#s1">[1]</a></p><p>滨河快线完成投资62.5%，西港货场完成48.0%。</p><p id="s1">[1] 原句</p>'
        )
    )
)


def test_outside_an_edition_nothing_is_proved(tmp_path: Path) -> None:
    """The checks that need the briefing say so."""
    assert {result(tmp_path, FILE, n).verdict for n in (30, 31, 32, 33, 34, 35, 40, 49)} == {"not_run"}
    assert result(tmp_path, FILE, 30).measured == "the file lies in no edition"


@pytest.mark.parametrize("number", [6, 31, 32])
def test_a_faithful_file_passes(tmp_path: Path, number: int) -> None:
    """Heading, number, quotation and citation are there."""
    found = result(tmp_path, FILE, number, beside(PLAIN))
    assert found.verdict == "pass", words(found)


def test_what_does_not_extract_fails(tmp_path: Path) -> None:
    """A number and a quotation that the file does not hold."""
    other = briefing(
        (Value("62.6%", "f1"), Cite(1)),
        (replace(QUOTE, text="滨河快线完成"), Words("，"), replace(QUOTE, text="东港")),
    )
    assert [spot.words for spot in result(tmp_path, FILE, 6, beside(other)).spots] == ["62.6%", "东港"]


def test_the_audit_is_asked(tmp_path: Path) -> None:
    """Its findings are the failures; without it the check was not run."""
    assert result(tmp_path, FILE, 30, beside(PLAIN)).verdict == "not_run"
    fine = AuditReport("file.pdf", 3, (), ())
    assert result(tmp_path, FILE, 30, beside(PLAIN, fine)).measured == "3 numbers read back"
    held = replace(fine, findings=(Finding("file.pdf", "第1页", "9", "【9】", "简报没有这个数"),))
    assert "第1页: 9: 简报没有这个数" in words(result(tmp_path, FILE, 30, beside(PLAIN, held)))


def test_citations_that_do_not_resolve_fail(tmp_path: Path) -> None:
    """Cited without an entry, and an entry that nothing cites."""
    said = words(result(tmp_path, FILE, 31, beside(briefing((Words("甲"), Cite(2))))))
    assert "[2] has no entry" in said and "[1] is cited nowhere" in said and "[2] is not printed" in said
    dead = finished(printed(page("<h1>对照</h1><p>62.5%[1]</p>")))
    assert "[1] is no link" in words(result(tmp_path, dead, 31, beside(PLAIN)))
    astray = finished(printed(page('<h1>对照</h1><p>62.5%<a href="#s2">[1]</a></p><p id="s2">[2] 原句</p>')))
    assert "[1] leads to entry 2" in words(result(tmp_path, astray, 31, beside(PLAIN)))


def test_altered_quotations_fail(tmp_path: Path) -> None:
    """Line breaks do not count; a changed word does, and a source that is not there."""
    changed = briefing((replace(QUOTE, text=QUOTE.text.replace("完成投资", "实现投资")),))
    assert "实现投资" in words(result(tmp_path, FILE, 32, beside(changed)))
    assert result(tmp_path, FILE, 32, replace(beside(PLAIN), texts={})).verdict == "fail"


def computed(operation: str, text: str, *inputs: str, unit: str | None = None) -> Beside:
    """An edition that prints one computed number."""
    item = Computed("c1", operation, inputs, "1", unit)  # type: ignore[arg-type]
    return beside(briefing((Value(text, "c1"),), computed=(item,)))


def test_points_and_percent(tmp_path: Path) -> None:
    """The difference of two rates is in points, growth is in percent."""
    assert (
        result(
            tmp_path, FILE, 33, computed("difference", "14.5个百分点", "f1", "f2", unit="个百分点")
        ).verdict
        == "pass"
    )
    assert "the difference of two rates" in words(
        result(tmp_path, FILE, 33, computed("difference", "14.5%", "f1", "f2", unit="%"))
    )
    assert "growth is in percent" in words(
        result(tmp_path, FILE, 33, computed("growth", "3个百分点", "f1", "f2"))
    )
    assert result(tmp_path, FILE, 33, computed("count", "2项", "f1", "f2")).verdict == "not_applicable"


def test_ranks(tmp_path: Path) -> None:
    """Among three at least; a tie, and only a tie, is said."""
    assert result(tmp_path, FILE, 40, computed("rank", "第1位", "f1", "f2", "f3")).verdict == "pass"
    assert "rank 1 among 2" in words(result(tmp_path, FILE, 40, computed("rank", "第1位", "f1", "f2")))
    assert "a tie is not said" in words(
        result(tmp_path, FILE, 40, computed("rank", "第2位", "f2", "f1", "f3"))
    )
    assert "there is no tie" in words(
        result(tmp_path, FILE, 40, computed("rank", "并列第1位", "f1", "f2", "f3"))
    )


def table(header: str, *texts: str, source: str = "f1") -> Table:
    """A table with one column of numbers."""
    rows = tuple(((Words(f"第{at}项"),), (Value(text, source),)) for at, text in enumerate(texts))
    return Table("t", 1, "进度", (Column("项目"), Column(header, "right")), rows)


def test_columns_of_numbers(tmp_path: Path) -> None:
    """A unit in the cells or in the head; computed numbers with equally many decimals."""
    item = Computed("c1", "growth", ("f1", "f2"), "1", "%", 1)

    def said(made: Table) -> str:
        return words(result(tmp_path, FILE, 34, beside(briefing(computed=(item,), table=made))))

    assert said(table("完成", "62.5%", "48.0%")) == said(table("完成（亿元）", "62.5", "48.0")) == ""
    assert "table 1, 完成: no unit: 48.0" in said(table("完成", "62.5%", "48.0"))
    assert "in % with [1, 2] decimals" in said(table("增速", "+3.1%", "+3.14%", source="c1"))


@pytest.mark.parametrize(
    ("change", "fault"), [("1.5亿元", ""), ("1.52亿元", "finer than what it is made of: 1.52亿元")]
)
def test_a_difference_is_as_fine_as_its_row(tmp_path: Path, change: str, fault: str) -> None:
    """Sources state one indicator to the tenth and another to the hundredth: each difference follows its own."""
    item = Computed("c1", "difference", ("f1", "f2"), "1.5", "亿元", 1)
    row = ((Words("投资"),), (Value("12.5亿元", "f1"),), (Value("11亿元", "f2"),), (Value(change, "c1"),))
    other = (
        (Words("税收"),),
        (Value("3.25亿元", "f1"),),
        (Value("2.05亿元", "f2"),),
        (Value("1.20亿元", "c1"),),
    )
    heads = (Column("指标"), Column("本期", "right"), Column("上期", "right"), Column("增减", "right"))
    made = Table("t", 1, "对照", heads, (row, other))
    said = words(result(tmp_path, FILE, 34, beside(briefing(computed=(item,), table=made))))
    assert (fault in said) if fault else said == ""


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("滨河快线完成,货场开工", "a half-width mark beside Han"),
        ("滨河(快线)完成", "a half-width bracket beside Han"),
        ("滨河快线—货场", "a dash that is not ——"),
        ("滨河快线...", "dots that are not ……"),
        ("完成“滨河“快线”工程”", "“ inside “"),
        ("增长5～8%", "a range whose first number has no %"),
    ],
)
def test_punctuation(tmp_path: Path, text: str, fault: str) -> None:
    """Our own words; what stands so in a source is left as it is."""
    found = result(tmp_path, FILE, 35, beside(briefing((Words(text),))))
    assert found.verdict == "fail" and fault in words(found)
    taken_over = replace(beside(briefing((Words(text),))), texts={"ab": text})
    assert result(tmp_path, FILE, 35, taken_over).verdict == "pass"


def test_good_punctuation_passes(tmp_path: Path) -> None:
    """Figures, ranges with % twice, dashes and dots in two, quotation marks in turn."""
    fine = "增长5%～8%，1.5亿元，1—6月；“‘滨河’快线”……——见表（乙）"
    assert result(tmp_path, FILE, 35, beside(briefing((Words(fine),)))).verdict == "pass"
    english = replace(briefing((Words("a, b"),)), language="en")
    assert result(tmp_path, FILE, 35, beside(english)).verdict == "not_applicable"
