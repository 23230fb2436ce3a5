"""Tests of briefings.compare.editions: what sets two editions apart, and the cause of each change."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings import extract, pipeline
from briefings.compare import editions
from briefings.records.briefing import Block, Briefing, Callout, Cite, Heading, Paragraph, Value, Words
from briefings.records.change import Changes, Kept
from briefings.records.correction import FLAG, Correction
from briefings.records.document import BY_HAND, Attribute, Span
from briefings.records.edition import Order

ORDER = Order("half-year", "digest", "临澜市部门摘编", ("2021-H1",))
WATER = """临澜市水务局2021年上半年工作总结
2021-07-20
一、主要工作
一是加快管网改造。上半年,全市改造供水管网46公里,完成年度计划的62%。
二是抓好节水。万元工业增加值用水量同比下降4.1%。
二、存在问题
一是老旧小区管网漏损率偏高。
三、下步打算
一是年底前建成第三水厂。
"""
CULTURE = """临澜市文化局2021年上半年工作总结
2021-07-22
一、主要工作
一是繁荣演出市场。上半年,全市举办演出312场,同比增长25.4%。
"""
INPUTS = {"program": "0.1.0", "weasyprint": "70.0", "lexicons": "aa", "data": "bb"}


def kept(texts: Mapping[str, str], id_: str = "e", order: Order = ORDER) -> Kept:
    """What an edition made from ``texts`` (by file name) holds, without its wording."""
    read = [pipeline.read(text.encode(), name) for name, text in texts.items()]
    return Kept(
        id_,
        order,
        tuple(fact for _, found in read for f in found for fact in f.facts),
        tuple(d for reading, _ in read for d in reading.documents),
        {reading.source.sha256: reading.source.text for reading, _ in read},
        (),
        tuple(m for _, found in read for f in found for m in f.measures),
        None,
        INPUTS,
        {"styles/a.css": "1"},
    )


def told(changes: Changes) -> set[tuple[str, str, str, str]]:
    """Each number that is not only moved: change, name, before, after."""
    return {
        (
            f.change,
            f.fact.indicator,
            f.before.surface if f.before else "",
            f.after.surface if f.after else "",
        )
        for f in changes.facts
        if f.change != "moved"
    }


def reasons(changes: Changes) -> list[str]:
    """The reasons of all causes."""
    return [c.reason for c in changes.causes]


def test_an_edition_differs_in_nothing_from_itself() -> None:
    """No document, number, measure or cause."""
    one = kept({"a.txt": WATER, "b.txt": CULTURE})
    found = editions(one, one)
    assert (found.documents, found.facts, found.measures, found.lines, found.causes) == ((), (), (), (), ())


def test_a_new_source_brings_its_numbers_and_is_their_cause() -> None:
    """And going back it takes them away."""
    small, large = kept({"a.txt": WATER}), kept({"a.txt": WATER, "b.txt": CULTURE})
    found = editions(small, large)
    assert told(found) == {("new", "举办演出", "", "312场"), ("new", "举办演出", "", "25.4%")}
    assert {f.cause.reason for f in found.facts} == {"new_source"}
    assert [(c.reason, c.after) for c in found.causes] == [("new_source", "b.txt")]
    back = editions(large, small)
    assert {c for c, *_ in told(back)} == {"gone"}
    assert [(c.reason, c.before) for c in back.causes] == [("gone_source", "b.txt")]


def test_a_replaced_source_changes_moves_adds_and_drops() -> None:
    """A number is known again by its sentence; what stands elsewhere in the same words has only moved."""
    other = WATER.replace("46公里", "48公里").replace(
        "二是抓好节水。万元工业增加值用水量同比下降4.1%。", "二是抓好节水。创建节水企业25家。"
    )
    found = editions(kept({"a.txt": WATER}), kept({"a2.txt": other}))
    [document] = found.documents
    assert (document.change, document.cause.before, document.cause.after) == ("replaced", "a.txt", "a2.txt")
    assert ("changed", "改造供水管网", "46公里", "48公里") in told(found)
    seen = {(c, b.strip("下降"), a) for c, _, b, a in told(found)}
    assert seen == {("changed", "46公里", "48公里"), ("gone", "4.1%", ""), ("new", "", "25家")}
    assert [f.before.surface for f in found.numbers("moved") if f.before] == ["62%"]
    assert {f.cause.reason for f in found.facts} == {"replaced_source"}


def test_the_same_thing_said_once_in_each_version_is_one_number() -> None:
    """Though its sentence was written anew."""
    other = WATER.replace("同比下降4.1%", "持续走低,较上年同期下降5.3%")
    found = editions(kept({"a.txt": WATER}), kept({"a2.txt": other}))
    pairs = [(f.before.value, f.after.value) for f in found.numbers("changed") if f.before and f.after]
    assert pairs == [("-4.1", "-5.3")]


def test_measures_are_told_apart_by_their_words() -> None:
    """One is reworded, one is new, one is gone, the others have only moved."""
    other = WATER.replace(
        "一是老旧小区管网漏损率偏高。", "一是部分老旧小区管网漏损率仍然偏高。\n二是应急水源不足。"
    ).replace("一是年底前建成第三水厂。", "一是开展用水普查。")
    found = editions(kept({"a.txt": WATER}), kept({"a2.txt": other}))
    assert found.measures is not None
    seen = {(m.change, m.measure.role, m.measure.text[:8]) for m in found.measures if m.change != "moved"}
    assert seen == {
        ("changed", "problem", "一是部分老旧小区"),
        ("new", "problem", "二是应急水源不足"),
        ("new", "plan", "一是开展用水普查"),
        ("gone", "plan", "一是年底前建成第"),
    }
    assert [m.change for m in found.measures if m.measure.role == "done"] == ["moved", "moved"]


def test_an_edition_that_kept_no_measures_says_nothing_of_them() -> None:
    """None, which is not the same as no change."""
    one = kept({"a.txt": WATER})
    assert editions(replace(one, measures=None), one).measures is None


def test_another_name_for_the_same_number_comes_from_the_lexicon_or_the_rules() -> None:
    """By what else differs between the editions."""
    one = kept({"a.txt": WATER})
    renamed = replace(one, facts=(replace(one.facts[0], canonical="供水管网改造"), *one.facts[1:]))
    [change] = editions(one, renamed).facts
    assert (change.change, change.fields, change.cause.reason) == ("changed", ("canonical",), "rules")
    found = editions(one, replace(renamed, inputs={**INPUTS, "lexicons": "cc"}))
    assert [f.cause.reason for f in found.facts] == ["lexicon"]
    assert reasons(found) == ["lexicon"]
    other = replace(one, facts=(replace(one.facts[0], value="47"), *one.facts[1:]))
    [change] = editions(one, replace(other, inputs={**INPUTS, "program": "0.2.0"})).facts
    assert (change.cause.reason, change.cause.before, change.cause.after) == ("rules", "0.1.0", "0.2.0")


def correction(one: Kept, value: str) -> tuple[Kept, Correction]:
    """``one`` with its first number set by a person."""
    before = one.facts[0]
    after = replace(before, value=value, flags=(FLAG,), rule="correction")
    sha = one.documents[0].sha256
    span = Span(before.start, before.end)
    made = Correction(
        "c1", "set", before.id, sha, span, before.surface, "句", 0, (("value", value),), before, after,
        "李明", "核对台账", "2021-09-01T00:00:00+08:00", "题",
    )  # fmt: skip
    return replace(one, facts=(after, *one.facts[1:]), corrections=(made,)), made


def test_a_correction_is_told_with_who_made_it_and_why() -> None:
    """Made, taken back, and left behind where its source was replaced."""
    one = kept({"a.txt": WATER})
    corrected, _ = correction(one, "45")
    [change] = editions(one, corrected).facts
    assert (change.cause.reason, change.cause.by, change.cause.why) == ("correction", "李明", "核对台账")
    [back] = editions(corrected, one).facts
    assert (back.cause.reason, back.cause.after) == ("correction", "undone")
    version = kept({"a2.txt": WATER + "\n"})
    left = editions(corrected, version)
    assert [(f.before.value, f.after.value) for f in left.numbers("changed") if f.before and f.after] == [
        ("45", "46")
    ]
    assert [f.cause.after for f in left.numbers("changed")] == ["left"]


def test_a_period_set_by_hand_is_the_cause_of_what_follows_from_it() -> None:
    """Of periods, not of values."""
    one = kept({"a.txt": WATER})
    document = replace(one.documents[0], period=Attribute("2021-Q2", BY_HAND))
    facts = tuple(replace(f, period="2021-Q2") for f in one.facts)
    found = editions(one, replace(one, documents=(document,), facts=facts))
    assert [d.change for d in found.documents] == ["changed"]
    assert {f.cause.reason for f in found.facts} == {"metadata"}
    assert found.causes[0].before == "period=2021-H1"


def test_an_order_that_asks_for_more_is_the_cause_of_what_it_brings() -> None:
    """A source that was there before is not called new."""
    narrow = replace(ORDER, places=("临澜市",), periods=("2020-H1",))
    found = editions(kept({}, order=narrow), kept({"a.txt": WATER}))
    assert [d.cause.reason for d in found.documents] == ["order"]
    assert {(c.subject, c.before, c.after) for c in found.causes[1:]} == {
        ("periods", "2020-H1", "2021-H1"), ("places", "临澜市", ""),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("inputs", {**INPUTS, "program": "0.2.0"}, ("program", "program", "0.1.0", "0.2.0")),
        ("inputs", {**INPUTS, "weasyprint": "70.1"}, ("program", "weasyprint", "70.0", "70.1")),
        ("inputs", {**INPUTS, "data": "zz"}, ("program", "data", "", "")),
        ("inputs", {**INPUTS, "lexicons": "zz"}, ("lexicon", "", "", "")),
        ("assets", {"styles/a.css": "2"}, ("template", "styles/a.css", "", "")),
        ("assets", {"styles/a.css": "1", "styles/b.css": "1"}, ("template", "styles/b.css", "none", "")),
        ("order", replace(ORDER, office="研究室"), ("order", "office", "", "研究室")),
    ],
)
def test_what_changes_no_number_is_told_all_the_same(
    field: str, value: object, expected: tuple[str, ...]
) -> None:
    """With the versions or the file's path."""
    one = kept({"a.txt": WATER})
    found = editions(one, replace(one, **{field: value}))  # type: ignore[arg-type]
    assert [(c.reason, c.subject, c.before, c.after) for c in found.causes] == [expected]
    assert found.facts == ()


def worded(*blocks: Block) -> Briefing:
    """A briefing of ``blocks``."""
    return Briefing(
        "b",
        "digest",
        "题",
        "",
        "zh",
        "modern",
        "2021-H1",
        "",
        "",
        (Heading(1, "题", "top"), *blocks),
        (),
        (),
        (),
    )


def test_lines_are_compared_without_citations_and_without_what_is_said_of_changes() -> None:
    """A renumbered citation is no change; a changed number is; the old block on changes is not held against the new."""
    old = worded(
        Paragraph((Words("管网"), Value("46公里", "f1"), Cite(1))),
        Heading(4, "本期变化", "since-last"),
        Paragraph((Words("与上一版相比，没有变化。"),)),
        Callout("check", "一个提醒", ((Words("漏损率偏高"), Cite(2)),)),
    )
    new = worded(
        Paragraph((Words("管网"), Value("48公里", "f1"), Cite(4))),
        Callout("check", "一个提醒", ((Words("漏损率偏高"), Cite(3)),)),
    )
    one = kept({"a.txt": WATER})
    [line] = editions(replace(one, briefing=old), replace(one, briefing=new)).lines
    assert (line.where, line.before, line.after) == ("题", "管网46公里", "管网48公里")


FACTS = kept({"a.txt": WATER, "b.txt": CULTURE})


@settings(max_examples=30, deadline=None)
@given(st.sets(st.integers(0, len(FACTS.facts) - 1)), st.sets(st.integers(0, len(FACTS.facts) - 1)))
def test_what_is_new_one_way_is_gone_the_other_way(old: set[int], new: set[int]) -> None:
    """Whatever numbers two editions hold, and every number is told of at most once."""
    one = replace(FACTS, facts=tuple(f for n, f in enumerate(FACTS.facts) if n in old))
    other = replace(FACTS, facts=tuple(f for n, f in enumerate(FACTS.facts) if n in new))
    there, back = editions(one, other), editions(other, one)
    ids = [f.fact.id for f in there.facts]
    assert len(ids) == len(set(ids))
    assert {f.fact.id for f in there.numbers("new")} == {f.fact.id for f in back.numbers("gone")}
    assert {f.fact.id for f in there.numbers("new")} == {FACTS.facts[n].id for n in new - old}


def test_the_specimens_hold_what_these_tests_speak_of() -> None:
    """Numbers of both kinds, problems and plans; the digests of their bytes differ."""
    assert {f.surface for f in FACTS.facts} >= {"46公里", "62%", "312场"}
    assert hashlib.sha256(WATER.encode()).hexdigest() in FACTS.texts
    assert extract.default().indicators
