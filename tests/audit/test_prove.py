from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from audited import CITATIONS, DOCUMENTS, FACTS, SOURCES, TEXTS, audited
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings.audit import check_file, prove, read_ledger, write_ledger
from briefings.audit.arithmetic import disagreement
from briefings.audit.furniture import without_furniture
from briefings.audit.values import computed_fault, fact_fault
from briefings.audit.verbatim import is_verbatim
from briefings.errors import UsageError
from briefings.records.briefing import (
    Bar,
    BarChart,
    Block,
    Briefing,
    Computed,
    Figure,
    Heatmap,
    Line,
    Paragraph,
    Quote,
    SourceList,
    Table,
    Value,
    Words,
)
from briefings.records.codec import from_json, to_json
from briefings.records.document import Attribute
from briefings.records.edition import Finding
from briefings.records.fact import Fact


def held(briefing: Briefing, facts: dict[str, Fact] = FACTS) -> tuple[Finding, ...]:
    """What the proof holds against ``briefing``."""
    return prove(briefing, facts, DOCUMENTS, TEXTS)


def with_block(block: Block) -> Briefing:
    """The briefing with one more block."""
    briefing = audited()
    return replace(briefing, blocks=(*briefing.blocks[:-1], block, briefing.blocks[-1]))


def with_line(*line: Words | Value | Quote) -> Briefing:
    """The briefing with one more paragraph, which cites everything."""
    cites: Line = tuple(piece for piece in _cites())
    return with_block(Paragraph((*line, *cites)))


def _cites() -> Line:
    from briefings.records.briefing import Cite

    return tuple(Cite(entry.n) for entry in CITATIONS)


def test_a_sound_briefing_is_proved() -> None:
    """Every kind of block, hedges, full-width figures, a wrapped line, computed numbers: nothing is held."""
    assert held(audited()) == ()


@pytest.mark.parametrize(
    ("text", "source", "reason"),
    [
        ("1205.7万吨", "cargo", "数值应为 1205.6"),
        ("1205.6亿吨", "cargo", "单位应为“万吨”"),
        ("1205.6", "cargo", "单位应为“万吨”"),
        ("12.06亿吨", "cargo", "数值应为"),
        ("−6.2%", "cargo-yoy", "正负号不符"),
        ("3.1%", "box-yoy", "没有说"),
        ("+3.1%", "box-yoy", "正负号不符"),
        ("1.4%", "cargo-gap", "单位应为“个百分点”"),
        ("9.8亿元", "invest", "“近”没有印出"),
        ("2500万吨", "target", "“以上”没有印出"),
        ("超36.4万吨", "fish", "多印了“超”"),
        ("第4位", "rank", "数值应为 3"),
        ("6.2%", "nobody", "不存在"),
        ("8.8个百分点", "c-ahead", "算出的是 8.7"),
        ("−8.7个百分点", "c-ahead", "正负号不符"),
        ("8.7%", "c-ahead", "单位应为"),
    ],
)
def test_a_value_that_is_not_its_source_is_held(text: str, source: str, reason: str) -> None:
    """Digits, sign, unit and hedge are all part of the number."""
    findings = held(with_line(Words("某指标为"), Value(text, source)))
    assert [f.number for f in findings] == [text]
    assert reason in findings[0].reason


@pytest.mark.parametrize(
    ("before", "text", "source"),
    [
        ("同比下降", "3.1%", "box-yoy"),
        ("", "−3.1%", "box-yoy"),
        ("▼ ", "3.1%", "box-yoy"),
        ("投资近", "9.8亿元", "invest"),
        ("", "１２条", "lines"),
        ("", "1,205.6万吨", "cargo"),
    ],
)
def test_the_same_number_worded_otherwise_is_proved(before: str, text: str, source: str) -> None:
    """A direction or a hedge may be said beside the number; width and separators do not count."""
    assert held(with_line(Words(before), Value(text, source))) == ()


def test_a_fall_is_not_printed_for_a_rise() -> None:
    """A mark or word of falling before a number that rose is held."""
    assert held(with_line(Words("同比下降"), Value("6.2%", "cargo-yoy")))
    assert held(with_line(Words("▼ ", "down"), Value("6.2%", "cargo-yoy")))


def test_a_number_without_its_sentence_beside_it_is_held() -> None:
    """A citation of some other sentence does not help."""
    from briefings.records.briefing import Cite

    alone = with_block(Paragraph((Value("36.4万吨", "fish"), Cite(3))))
    assert [f.reason for f in held(alone)] == ["这个数旁边没有引到它的原句"]


def test_numbers_in_our_own_words_are_held() -> None:
    """Wherever they stand: a paragraph, a heading, a caption, an alternative text."""
    assert [f.number for f in held(with_line(Words("另有77个项目。")))] == ["77"]
    briefing = audited()
    for at, block in enumerate(briefing.blocks):
        changed: Block
        if isinstance(block, Table):
            changed = replace(block, caption="前10项指标")
        elif isinstance(block, Figure):
            changed = replace(block, alt=block.alt + "合计99条。")
        else:
            continue
        blocks = (*briefing.blocks[:at], changed, *briefing.blocks[at + 1 :])
        assert [f.number for f in held(replace(briefing, blocks=blocks))] in (["10"], ["99"])


@pytest.mark.parametrize(
    "text",
    ["2021年上半年", "2021-08-20", "1—5月", "2019—2021年", "截至6月30日", "2021年8月20日", "表1", "图12", "第3页", "《关于2项工作的通知》",
     "PM2.5", "5G", "H1 2021", "20 July 2021", "July 2021", "2021", "1. ", "（2）", "2020年一季度", "2021年末"],
)  # fmt: skip
def test_dates_periods_and_numbering_are_furniture(text: str) -> None:
    """They need no source."""
    assert not any(c.isdigit() for c in without_furniture(text))


@pytest.mark.parametrize(
    "text", ["12个", "3.5%", "2021个", "第13位", "1205.6万吨", "20MW", "6月完成35项", "增长2.5", "2.5亿元"]
)
def test_data_is_no_furniture(text: str) -> None:
    """A number with a unit stays."""
    assert any(c.isdigit() for c in without_furniture(text))


def test_quotations_and_sources_have_to_stand_in_the_source() -> None:
    """A changed word, a shifted place, a wrong document, a doubled number."""
    spans = CITATIONS[3].span
    document = CITATIONS[3].document
    assert held(with_line(Quote("泊位等级偏低，还有4个泊位不能靠泊大型船舶。", document, spans)))
    assert held(with_line(Quote("泊位等级偏低，还有3个泊位不能靠泊大型船舶。", "b" * 12 + "-1", spans)))
    assert not held(with_line(Quote("泊位等级偏低，还有3个泊位不能靠泊大型船舶。", document, spans)))
    for wrong in (
        replace(CITATIONS[0], sentence=CITATIONS[0].sentence.replace("6.2", "6.3")),
        replace(CITATIONS[0], sha256="b" * 64),
        replace(CITATIONS[1], n=1),
        replace(CITATIONS[0], n=99),
    ):
        briefing = audited()
        entries = tuple(wrong if entry.span == wrong.span else entry for entry in CITATIONS)
        assert held(replace(briefing, blocks=(*briefing.blocks[:-1], SourceList(entries))))


def test_a_fact_whose_surface_is_not_in_the_source_is_held() -> None:
    """The words at its place are the proof, not the record."""
    moved = replace(FACTS["fish"], start=FACTS["fish"].start + 1, end=FACTS["fish"].end + 1)
    assert held(audited(), {**FACTS, "fish": moved})


def test_a_chart_that_draws_something_else_is_held() -> None:
    """A bar, its text, the dashed line, a cell of a heatmap."""
    bars = (Bar("渔港", 61, "61%", "harbour-plan"), Bar("港口", 52.3, "52.3%", "plan"))
    for chart in (
        BarChart((replace(bars[0], value=62), bars[1]), "%"),
        BarChart((replace(bars[0], text="62%"), bars[1]), "%"),
        BarChart((replace(bars[0], source="plan"), bars[1]), "%"),
        BarChart(bars, "%", 50.0),
        Heatmap(("港口局",), ("建设",), ((4,),), (("c-three",),), "条"),
        Heatmap(("港口局",), ("建设", "其他"), ((3,),), (("c-three",),), "条"),
    ):
        assert held(with_block(Figure("g9", 9, (Words("图"),), "%", chart, "图")))


FACTORS = st.decimals(min_value="0.1", max_value="9999", places=1)


@settings(max_examples=60, deadline=None)
@given(a=FACTORS, b=FACTORS, digits=st.integers(0, 3))
def test_every_formula_is_run_again(a: Decimal, b: Decimal, digits: int) -> None:
    """The right result passes, one unit in the last place away it does not."""
    facts = {"a": replace(FACTS["fish"], value=str(a)), "b": replace(FACTS["fish"], value=str(b))}
    step = Decimal(1).scaleb(-digits)
    results = {
        "sum": a + b, "difference": a - b, "ratio": a / b, "percent": 100 * a / b, "growth": (a - b) / b * 100,
        "median": (a + b) / 2,
    }  # fmt: skip
    for operation, result in results.items():
        right = result.quantize(step, "ROUND_HALF_UP")
        item = Computed("c", operation, ("a", "b"), str(right), None, digits)  # type: ignore[arg-type]
        assert disagreement(item, facts) is None
        assert disagreement(replace(item, value=str(right + step)), facts) is not None


@pytest.mark.parametrize(
    "item",
    [
        Computed("c", "count", ("a", "a"), "2"),
        Computed("c", "count", ("a", "b"), "3"),
        Computed("c", "sum", (), "0"),
        Computed("c", "sum", ("fish", "harbour"), "37.6"),
        Computed("c", "growth", ("fish",), "1"),
        Computed("c", "ratio", ("fish", "nobody"), "1"),
        Computed("c", "sum", ("fish",), "much"),
    ],
)
def test_a_formula_that_cannot_be_is_held(item: Computed) -> None:
    """Counted twice, miscounted, without data, across units, with a missing term."""
    assert disagreement(item, FACTS)


def test_a_figure_inside_a_name_is_no_data() -> None:
    """The name of an indicator or an issuer may hold one; the same figure outside of the name needs a source."""
    facts = {**FACTS, "fish": replace(FACTS["fish"], indicator="100强企业产量")}
    assert held(with_line(Words("100强企业产量：")), facts) == ()
    assert [f.number for f in held(with_line(Words("前100家：")), facts)] == ["100"]


def test_an_issuer_is_named_without_its_place() -> None:
    """临澜市第3试验局 may be called 第3试验局."""
    first = next(iter(DOCUMENTS.values()))
    named = replace(first, issuer=Attribute("临澜市第3试验局", "title"), place=Attribute("临澜市", "title"))
    documents = {**DOCUMENTS, first.id: named}
    assert prove(with_line(Words("第3试验局")), FACTS, documents, TEXTS) == ()
    assert prove(with_line(Words("第3试验局")), FACTS, DOCUMENTS, TEXTS) != ()


def test_a_difference_of_rates_is_in_percentage_points() -> None:
    """And never in percent."""
    item = Computed("c", "difference", ("cargo-yoy", "fish-yoy"), "3.7", None, 1)
    assert computed_fault("3.7个百分点", item, FACTS) is None
    assert computed_fault("3.7%", item, FACTS)


def test_ranges_are_proved_at_both_ends() -> None:
    """Both ends, the unit, the hedge."""
    fact = replace(FACTS["fish"], value="6", value_high="9", unit="万人", hedge="约")
    assert fact_fault("约6～9万人", fact, "", "") is None
    assert fact_fault("约6～8万人", fact, "", "")
    assert fact_fault("约6万人", fact, "", "")


def test_verbatim_joins_lines_and_passes_over_the_foot_of_a_page() -> None:
    """Blanks, width and line ends do not count; every word does."""
    assert is_verbatim("增长6.2%，高于全省1.4个百分点", "增长６.2%,高于全省\r\n　1.4个百分点")
    assert is_verbatim("前半句后半句", "前半句\n— 12 —\n后半句")
    assert not is_verbatim("前半句后半句", "前半句不\n后半句")
    assert not is_verbatim("前半句后半", "前半句后半句")
    assert not is_verbatim("", "有字")


def test_the_ledger_proves_the_briefing_without_the_store(tmp_path: Path) -> None:
    """What is kept beside the files is enough, and only the passages used are kept."""
    files = write_ledger(audited(), FACTS.values(), DOCUMENTS.values(), SOURCES.values())
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    ledger = read_ledger(tmp_path)
    assert ledger.briefing == audited()
    assert dict(ledger.facts) == FACTS
    assert prove(ledger.briefing, ledger.facts, ledger.documents, ledger.texts) == ()
    assert len(ledger.texts["b" * 64]) == len(FISH_TEXT)
    assert "渔业局" not in ledger.texts["b" * 64]
    assert files == write_ledger(audited(), FACTS.values(), DOCUMENTS.values(), reversed(SOURCES.values()))


FISH_TEXT = TEXTS["b" * 64]


def test_a_ledger_that_was_changed_proves_nothing(tmp_path: Path) -> None:
    """Changing the briefing beside the file does not help who changed the file."""
    for name, data in write_ledger(audited(), FACTS.values(), DOCUMENTS.values(), SOURCES.values()).items():
        (tmp_path / name).write_bytes(data)
    text = (tmp_path / "briefing.json").read_text(encoding="utf-8")
    (tmp_path / "briefing.json").write_text(text.replace('"38.5万标箱"', '"39.5万标箱"'), encoding="utf-8")
    page = tmp_path / "audited.html"
    page.write_text("<p>云河市</p>", encoding="utf-8")
    report = check_file(page)
    assert not report.passed
    assert any(f.number == "39.5万标箱" for f in report.findings)


def test_without_a_ledger_there_is_no_audit(tmp_path: Path) -> None:
    """A missing file, a missing ledger and a broken one are each said in a sentence."""
    with pytest.raises(UsageError, match="does not exist"):
        check_file(tmp_path / "none.pdf")
    (tmp_path / "some.pdf").write_bytes(b"%PDF")
    with pytest.raises(UsageError, match="no edition's folder"):
        check_file(tmp_path / "some.pdf")
    for name in ("briefing.json", "facts.jsonl", "sources.json"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    with pytest.raises(UsageError, match="cannot be read"):
        check_file(tmp_path / "some.pdf")


def test_the_briefing_survives_its_json() -> None:
    """The ledger's form of it loses nothing."""
    assert from_json(Briefing, to_json(audited())) == audited()


def test_the_edition_before_is_a_name() -> None:
    """Its id may be printed as it is; any other figures may not."""
    line = Paragraph((Words("与上一版（2021-08-20-12345678）相比，没有变化。"),))
    briefing = replace(audited(), blocks=(*audited().blocks, line))
    texts = {source.sha256: source.text for source in SOURCES.values()}
    held = prove(briefing, FACTS, DOCUMENTS, texts)
    assert [f.number for f in held] == ["12345678"]
    assert prove(replace(briefing, previous="2021-08-20-12345678"), FACTS, DOCUMENTS, texts) == ()
    assert prove(replace(briefing, previous="2021-08-20-12345679"), FACTS, DOCUMENTS, texts) != ()
