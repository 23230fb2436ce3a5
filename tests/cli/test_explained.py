"""Tests of how the extractor's doings are said to people: every word of the program that is shown has one for people."""

from dataclasses import fields, replace
from typing import get_args

from briefings import extract, pipeline
from briefings.cli.columns import aligned, cells, cut
from briefings.cli.explained import GROUPS, explained, verdict
from briefings.cli.words import FLAGS, KINDS, PARAGRAPHS, REGISTERS, ROLES, RULES, STEPS
from briefings.extract.line import Registers
from briefings.records.coverage import REASONS, Explanation
from briefings.records.document import ParagraphKind, Role
from briefings.records.fact import Fact, Kind

TEXT = """临澜市交通局2021年上半年工作总结
2021-07-20
上半年,全市公路货运量完成1260万吨,同比增长8.4%,增速高于全省1.2个百分点,居全省第4位。
新改建农村公路320公里,完成年度计划的64%;其中县道86公里,占26.9%。
高铁、普速铁路分别发送旅客210万人次、95万人次,分别增长31.5%、12.2%。港口吞吐量突破4.2亿吨,较年初增加3个泊位。
召开调度会3次。投资强度是去年同期的1.6倍。
"""


def told() -> list[tuple[Explanation, tuple[Fact, ...]]]:
    """What is said of every number of the text."""
    reading, (findings,) = pipeline.read(TEXT.encode(), "a.txt")
    (document,) = reading.documents
    mentions = extract.coverage(document, reading.source, findings)
    return [(extract.explain(document, reading.source, findings, m.start), findings.facts) for m in mentions]


def test_what_the_records_name_has_words() -> None:
    """Kinds, roles, kinds of paragraphs and registers all have one; every reason of masking stands in one group."""
    assert set(KINDS) == set(get_args(Kind))
    assert set(ROLES) == set(get_args(Role))
    assert set(PARAGRAPHS) == set(get_args(ParagraphKind))
    assert set(REGISTERS) >= {f.name for f in fields(Registers)}
    grouped = [why for whys in GROUPS.values() for why in whys]
    assert sorted(grouped) == sorted(REASONS)


def test_the_rules_and_flags_of_a_text_have_words() -> None:
    """The rules that made its facts, their flags, and the functions of the grammar that read a number."""
    shown = told()
    facts = shown[0][1]
    assert len(facts) >= 12
    assert {fact.rule for fact in facts} <= set(RULES)
    assert {flag for fact in facts for flag in fact.flags} <= set(FLAGS)
    readers = {s.rule for one, _ in shown for s in one.steps if ".read_" in s.rule}
    assert readers
    assert readers <= set(STEPS)


def test_an_explanation_has_no_bare_offsets_and_names_the_fact_s_sentence() -> None:
    """For each number: a verdict, the sentence, its tokens and what came of it; the code's names stand in brackets."""
    for one, facts in told():
        lines = explained(one, facts)
        assert one.sentence in "\n".join(lines)
        for line in lines:
            assert not line.endswith(("、无", "→ 无", " -1"))
        for fact in facts:
            if fact.id in one.facts:
                assert verdict(fact) in lines
    (growth,) = (f for f in told()[0][1] if f.surface == "8.4%")
    said = "“8.4%”是“公路货运量”的增减幅度（同比），由规则“增减幅度”[change]读出"
    assert verdict(replace(growth, flags=())) == said + "。"
    assert verdict(replace(growth, flags=("corrected", "new"))) == said + "；人工更正[corrected]；new[new]。"


def test_columns_stand_below_each_other_whatever_the_characters() -> None:
    """A Chinese character takes two cells; numbers stand on their right edge; what is too long is cut."""
    lines = aligned([("名称", "7"), ("ab", "120")], (1,))
    assert lines == ["名称    7", "ab    120"]
    assert {cells(line) for line in lines} == {9}
    assert (cut("港口吞吐量", 10), cut("港口吞吐量", 9), cut("港口吞吐量", 8)) == (
        "港口吞吐量",
        "港口吞吐…",
        "港口吞…",
    )
