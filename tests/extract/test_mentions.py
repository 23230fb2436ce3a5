"""Laws and examples of coverage: every number has exactly one outcome, and a reason where it is no fact."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings.extract import coverage, explain, find, whole_coverage
from briefings.extract.mentions import mentions
from briefings.records.coverage import REASONS, Mention
from briefings.records.document import Source
from briefings.structure import read

SUMMARY = """临澜市商务局2021年上半年工作总结
2021-07-22
上半年,全市社会消费品零售总额612.4亿元,同比增长15.3%。
一、主要工作情况
1.稳住外贸基本盘。印发《稳外贸36条措施》(临商发〔2021〕12号),落实“18条”政策,联系电话0555-8612345。
2.服务企业。5G基站建成320个,开通2号线,为投资5亿元以上的项目办理手续45个工作日,进出口1,208.6亿元。
二、下一步工作
到2021年底,引进项目30—40个,见附表3。
"""


def covered(text: str, name: str = "a.txt") -> tuple[Source, tuple[Mention, ...]]:
    """The numbers of a whole file, with what became of them."""
    reading = read(text.encode(), name)
    findings = [find(d, reading.source) for d in reading.documents]
    return reading.source, whole_coverage(reading.source, reading.documents, findings)


def test_each_number_is_told_with_its_reason() -> None:
    """Names of papers and policies, codes, phones, dates, list numbers and thresholds each have their own reason."""
    source, found = covered(SUMMARY)
    said = {m.text: m.reason or m.outcome for m in found}
    expected = {
        "612.4": "fact", "15.3": "fact", "36": "title", "18": "quote", "0555-8612345": "phone", "320": "fact",
        "45": "duration", "1,208.6": "fact", "30—40": "fact", "3": "reference", "12": "paper",
    }  # fmt: skip
    assert {key: said.get(key) for key in expected} == expected
    fives = [m.reason for m in found if m.text == "5" and source.text[m.end] in "G亿"]
    assert fives == ["code", "threshold"]
    assert [m.reason for m in found if m.text == "2" and source.text[m.end] in ".号"] == ["item", "named"]


def test_ranges_and_full_width_figures_are_one_number() -> None:
    """A range is one mention, thousands separators and full-width digits belong to the number."""
    text = "增长６．８５％，共1,234.5万元，1—6月，18-60岁"
    assert [text[a:b] for a, b in mentions(text)] == ["６．８５", "1,234.5", "1—6", "18-60"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "上半年，全市进出口486.2亿元，同比增长22.7%。", "1.扩大开放。", "2021-07-22", "表1　主要指标",
                "改造老旧小区35个、12.4万户，完成年度计划的57.5%；", "（三）推进5G、“6+2”体系", "第14届", "７．５％",
                "区市\t总量（亿元）\t增长（%）\n汇澜区\t12.4\t3.1\n望海区\t9.8\t-0.4", "3000", "约有1", "2.5", "…………12",
            ]
        ),
        min_size=1,
        max_size=14,
    ),
    st.sampled_from(["\n", "\r\n", "\n\n", ""]),
)  # fmt: skip
def test_every_number_has_exactly_one_outcome(lines: list[str], end: str) -> None:
    """No number is left out or told twice, and each outcome carries what belongs to it."""
    text = end.join(lines)
    source, found = covered(text)
    if not found and not any(c.isdigit() for c in text):
        return
    assert [(m.start, m.end) for m in found] == list(mentions(source.text))
    for mention in found:
        assert source.text[mention.start : mention.end] == mention.text
        assert (mention.outcome == "fact") == (mention.fact is not None)
        assert (mention.outcome == "masked") == (mention.reason in REASONS)


def test_documents_together_hold_the_numbers_of_the_source() -> None:
    """What a document tells of its own numbers is what the source tells of them."""
    reading = read(SUMMARY.encode(), "a.txt")
    findings = [find(d, reading.source) for d in reading.documents]
    whole = whole_coverage(reading.source, reading.documents, findings)
    single = [
        m for d, f in zip(reading.documents, findings, strict=True) for m in coverage(d, reading.source, f)
    ]
    assert [m for m in whole if m.reason != "outside"] == single


def test_a_rejected_fact_is_masked_as_such() -> None:
    """A number that the grammar reads and a person took out is not called misunderstood."""
    from dataclasses import replace

    reading = read(SUMMARY.encode(), "a.txt")
    document = reading.documents[0]
    findings = find(document, reading.source)
    without = replace(findings, facts=findings.facts[1:])
    gone = next(m for m in coverage(document, reading.source, without) if m.text == "612.4")
    assert (gone.outcome, gone.reason) == ("masked", "rejected")


def test_a_passage_said_twice_is_counted_once() -> None:
    """The numbers of a repeated passage are masked as repeated, not called misunderstood."""
    passage = "上半年，全市新开工重点项目128个，完成投资356.7亿元，同比增长11.3%，改造老旧小区35个，惠及居民1.7万户，为历年同期最高水平，群众满意度持续提升，工作得到各方面的肯定。"
    _, found = covered(
        f"临澜市工作总结\n\n{passage}\n\n{'其他工作有序推进，各项任务取得积极成效。' * 4}\n\n{passage}\n"
    )
    outcomes = Counter(m.reason or m.outcome for m in found)
    assert outcomes["fact"] == outcomes["repeated"] == 5


@pytest.mark.parametrize("text", ["", "没有数字的一句话。", "\ufeff"])
def test_nothing_to_tell(text: str) -> None:
    """A text without numbers gives none."""
    assert covered(text)[1] == ()


def test_coverage_and_trace_read_under_the_heading_that_find_reads_under() -> None:
    """A heading's indicator holds for places under it; the trace takes the same steps to the same fact."""
    text = "临澜市2023年上半年主要指标通报\n一、固定资产投资\n松陵区增长6.1%，居第2位；白渡县120亿元。\n"
    reading = read(text.encode(), "a.txt")
    (document,) = reading.documents
    findings = find(document, reading.source)
    fact = next(f for f in findings.facts if f.unit == "亿元")
    assert fact.indicator == "固定资产投资"
    told = explain(document, reading.source, findings, fact.start)
    assert "固定资产投资" in told.verdict
    assert any("固定资产投资 level 120亿元" in str(step) for step in told.steps)
