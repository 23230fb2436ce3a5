"""Tests of briefings.compose.figures and passages: how a fact is set down and what is quoted around it."""

import re
from collections.abc import Mapping

from briefings.compose.desk import Desk
from briefings.compose.digest_charts import shortened
from briefings.compose.figures import figure_row, measured, named, plain, quoted, without_empty
from briefings.compose.passages import Passages
from briefings.records.briefing import Column, Words
from briefings.records.comparison import Highlight
from briefings.records.document import Attribute, Document, Paragraph, Source, Span
from briefings.records.fact import Fact, Kind

TEXT = (
    "上半年，市属企业资产总额2.4万亿元，营业收入742亿元，利润总额48亿元，分别同比增长11.4%、19.7%、26.5%。"
    "轨道集团加快成网，客运量8630万人次，同比增长71.5%。"
    "固定资产投资增长12.2%，两年平均增长7.8%，高于全国3.4个百分点。"
)
DOCUMENT = Document(
    id="d", sha256="0" * 64, name="d.txt", ordinal=1, span=Span(0, len(TEXT)), title=Attribute("总结", "test"),
    issuer=Attribute("临澜市国资委", "test"), place=Attribute("临澜市", "test"),
    period=Attribute("2021-H1", "test"), published=None, genre="summary",
    paragraphs=(Paragraph(TEXT, ((0, 0),)),),
)  # fmt: skip


def desk() -> Desk:
    """A desk on which the document lies."""
    sources: Mapping[str, Source] = {"0" * 64: Source("0" * 64, "d.txt", "txt", TEXT)}
    return Desk([DOCUMENT], sources, {}, [])


def fact(
    indicator: str, surface: str, kind: Kind = "level", *, basis: str | None = None, scope: str | None = None,
    period: str | None = "2021-H1", told: str | None = None,
) -> Fact:  # fmt: skip
    """The fact that ``surface`` states; ``told`` are the words of the name that stand in the text."""
    start = TEXT.index(surface)
    number = re.match(r"[\d.]+", surface)
    assert number
    name = TEXT.index(told or indicator)
    sentence = TEXT.rfind("。", 0, start) + 1
    return Fact(
        id=f"f{start}", document="d", start=start, end=start + len(surface), surface=surface, kind=kind,
        value=number[0], value_high=None, unit=surface[number.end() :], indicator=indicator,
        indicator_spans=(Span(name, name + len(told or indicator)),), canonical=None, basis=basis,
        period=period, scope=scope, status="actual", hedge=None,
        sentence=Span(sentence, TEXT.index("。", start) + 1), rule="test",
    )  # fmt: skip


def highlight(*facts: Fact) -> Highlight:
    """A highlight led by the first of ``facts``."""
    return Highlight(facts[0], facts, ())


def test_respectively_is_quoted_with_all_it_speaks_of_or_not_at_all() -> None:
    """利润总额…分别同比增长11.4%、19.7%、26.5% would give a profit three growth rates."""
    profit = (fact("利润总额", "48亿元"), fact("利润总额", "26.5%", "change", basis="yoy"))
    passages = Passages(DOCUMENT)
    assert passages.clause(profit, 30).text == "利润总额48亿元"
    whole = passages.clause(profit, 70).text
    assert whole.startswith("上半年，市属企业资产总额2.4万亿元，")
    assert whole.endswith("分别同比增长11.4%、19.7%、26.5%")


def test_a_quotation_says_whose_number_it_is() -> None:
    """In brackets in front, where the quoted words leave it out; not twice where they say it."""
    told = highlight(fact("客运量", "8630万人次", scope="轨道集团"))
    assert plain(quoted(told, desk(), 20)) == "（轨道集团）客运量8630万人次"
    whole = desk().citations.passages("d").clause(told.facts, 60, whole=True)
    assert whole.text == "轨道集团加快成网，客运量8630万人次"


def test_a_name_says_whose_number_it_is_unless_it_is_the_places() -> None:
    """The place itself, 全市 and nothing said are the whole."""
    assert plain(named(fact("客运量", "8630万人次", scope="轨道集团"), desk())) == "客运量（轨道集团）"
    for whole in ("全市", "临澜市", None):
        assert plain(named(fact("客运量", "8630万人次", scope=whole), desk())) == "客运量"


def test_a_gap_says_of_what_growth_it_is() -> None:
    """A gap of two-year averages beside the year's own growth must not be read as the year's."""
    invest = fact("固定资产投资", "12.2%", "change", basis="yoy")
    average = fact("固定资产投资", "7.8%", "change", basis="avg2y")
    gap = fact("固定资产投资两年平均增速", "3.4个百分点", "gap", basis="全国", told="固定资产投资")
    row = figure_row(highlight(invest, average, gap), desk())
    assert plain(row[1]) == ""
    assert plain(row[2]) == "同比 ▲ +12.2%，两年平均 ▲ +7.8%"
    assert plain(row[3]) == "两年平均比全国 ▲ +3.4个百分点"
    assert plain(named(gap, desk())) == "固定资产投资两年平均增速"


def test_a_gap_of_another_period_names_it() -> None:
    """A quarter's gap beside a half-year's growth."""
    invest = fact("固定资产投资", "12.2%", "change", basis="yoy")
    gap = fact("固定资产投资", "3.4个百分点", "gap", basis="全国", period="2021-Q2")
    assert plain(figure_row(highlight(invest, gap), desk())[3]) == "2021年二季度比全国 ▲ +3.4个百分点"


def test_places_won_are_not_measured_on_the_year_before() -> None:
    """进位6个名次 is no 同比."""
    places = Fact(
        id="f", document="d", start=0, end=1, surface="6个名次", kind="delta", value="6", value_high=None,
        unit="个名次", indicator="综合考核", indicator_spans=(), canonical=None, basis="yoy", period=None,
        scope=None, status="actual", hedge=None, sentence=Span(0, 1), rule="places",
    )  # fmt: skip
    assert plain(measured(places, desk())) == "▲ +6个名次"


def test_columns_in_which_nothing_is_said_are_left_out() -> None:
    """A column of nothing but … tells nothing."""
    columns = (Column("甲"), Column("乙"), Column("丙"))
    rows = [((Words("一"),), (), (Words("二"),)), ((Words("三"),), (), ())]
    kept, told = without_empty(columns, rows)
    assert [c.header for c in kept] == ["甲", "丙"]
    assert told == (((Words("一"),), (Words("二"),)), ((Words("三"),), ()))


def test_a_shortened_label_never_cuts_a_figure() -> None:
    """民营50… for 民营500强 would be another number."""
    words = "引进中国500强民营企业500强投资项目"
    for limit in range(6, len(words)):
        short = shortened(words, limit)
        assert len(short) <= limit
        kept = short.removesuffix("…")
        assert not (kept[-1].isdigit() and words[len(kept)].isdigit())
