"""Tests of what people decide about facts: it changes the store at once, lasts, and can be taken back."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from briefings import pipeline
from briefings.errors import UsageError
from briefings.records.correction import FLAG, RULE, chains, inside, used
from briefings.records.document import Reading, Span
from briefings.records.fact import Fact, Findings
from briefings.store import open_store, quick_check
from briefings.store.store import Store

SUMMARY = """云河市港口局2021年上半年工作总结
2021-07-20
一、主要工作
上半年,全市货物吞吐量完成1205.6万吨,同比增长6.2%,集装箱吞吐量完成38.5万标箱。
新开航线12条,完成投资9.8亿元。
二、下步打算
全年新开航线20条。
"""
BY = {"author": "李明", "reason": "核对统计台账", "now": "2021-08-01T09:00:00+08:00"}
FIRST, SECOND = "2021-07-25T09:00:00+08:00", "2021-08-05T09:00:00+08:00"


def read_in(text: str = SUMMARY, name: str = "港口局.txt") -> tuple[Reading, tuple[Findings, ...]]:
    """What the rooms before the store give for ``text``."""
    return pipeline.read(text.encode(), name)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """A store that holds the summary."""
    opened = open_store(store_url)
    opened.save(*read_in(), now=FIRST)
    yield opened
    opened.close()
    assert quick_check(store_url) == ()


def said(store: Store, surface: str) -> Fact:
    """The fact whose words are ``surface``."""
    (found,) = (fact for fact in store.facts() if fact.surface == surface)
    return found


def test_a_value_set_right_stands_at_once_and_at_every_reading(store: Store) -> None:
    """The fact keeps its id, place and words; it says who is behind it; what was found stays readable."""
    found = said(store, "38.5万标箱")
    made = store.correct(found.id, {"value": "35.8", "scope": ""}, **BY)
    fact = said(store, "38.5万标箱")
    assert (fact.id, fact.value, fact.scope, fact.rule) == (found.id, "35.8", None, RULE)
    assert FLAG in fact.flags
    assert (made.before, made.after) == (found, fact)
    assert made.sentence.startswith("上半年,全市货物吞吐量")
    before = (store.facts(), store.measures())
    for now in (FIRST, SECOND):
        written = store.save(*read_in(), now=now)
        assert written[0].facts == store.facts()
        assert (store.facts(), store.measures()) == before
    assert store.facts(indicator="集装箱")[0].value == "35.8"


def test_whatever_is_found_at_the_place_later_gives_way(store: Store) -> None:
    """Another kind, a wider place, or nothing at all: the corrected fact stands, once, and in its measure."""
    found = said(store, "12条")
    store.correct(found.id, {"value": "11"}, **BY)
    reading, (findings,) = read_in()
    kept = tuple(fact for fact in findings.facts if fact.id != found.id)
    text = reading.source.text
    wider = replace(
        found, id="other", kind="delta", basis="yoy", start=found.start - 2, surface=text[found.start - 2 : found.end]
    )  # fmt: skip
    for facts in ((*kept, wider), kept):
        store.save(reading, (replace(findings, facts=facts),), now=SECOND)
        stands = [f for f in store.facts() if f.start < found.end and found.start < f.end]
        assert [(f.id, f.value, f.kind, f.surface) for f in stands] == [(found.id, "11", "level", "12条")]
        assert sum(found.id in m.facts for m in store.measures()) == 1
        assert not any("other" in m.facts for m in store.measures())
    assert [f.start for f in store.facts()] == sorted(f.start for f in store.facts())


def test_a_rejected_number_is_gone_until_it_is_brought_back(store: Store) -> None:
    """From the facts and from its measure; it cannot be corrected meanwhile."""
    before = (store.facts(), store.measures())
    fact = said(store, "12条")
    store.reject(fact.id, **BY)
    store.save(*read_in(), now=SECOND)
    assert fact.id not in {f.id for f in store.facts()}
    assert not any(fact.id in m.facts for m in store.measures())
    with pytest.raises(UsageError, match=r"rejected by c1.*--undo"):
        store.correct(fact.id, {"value": "11"}, **BY)
    store.undo(fact.id, **BY)
    assert (store.facts(), store.measures()) == before
    with pytest.raises(UsageError, match="c1 is undone already"):
        store.undo("c1", **BY)


def test_an_added_fact_takes_its_sentence_and_section_from_its_place(store: Store) -> None:
    """It stands in the order of the text and lasts; an extractor that finds the number later gives way to it."""
    text = SUMMARY
    start = text.index("2021年上半年")
    store.reject(said(store, "20条").id, **BY)
    reading, (findings,) = read_in()
    missed = [f for f in findings.facts if f.surface != "20条"]
    store.save(reading, (replace(findings, facts=tuple(missed)),), now=SECOND)
    store.undo("c1", **BY)
    place = Span(text.index("20条"), text.index("20条") + 3)
    made = store.add_fact(
        store.documents()[0].id, place, {"indicator": "新开航线", "kind": "level", "value": "20", "unit": "条"}, **BY
    )  # fmt: skip
    fact = said(store, "20条")
    assert made.before is None
    assert (fact.id, fact.role, fact.status, fact.path) == (made.fact, "plan", "target", ("二、下步打算",))
    assert text[slice(*fact.sentence)] == "全年新开航线20条。"
    assert [text[slice(*span)] for span in fact.indicator_spans] == ["新开航线"]
    assert sum(made.fact in m.facts for m in store.measures()) == 1
    store.save(reading, (findings,), now=SECOND)
    assert said(store, "20条") == fact
    store.undo(made.id, **BY)
    assert said(store, "20条").rule != RULE
    assert start < fact.start


def test_corrections_of_one_fact_hold_each_other(store: Store) -> None:
    """The last one holds all; they are undone from the last to the first."""
    found = said(store, "9.8亿元")
    store.correct(found.id, {"value": "8.9"}, **BY)
    store.correct(found.id, {"indicator": "港口投资", "canonical": "固定资产投资"}, **BY)
    fact = said(store, "9.8亿元")
    assert (fact.value, fact.indicator, fact.canonical) == ("8.9", "港口投资", "固定资产投资")
    assert fact.indicator_spans == ()
    counting = store.corrections_in_force([fact.document])
    assert [one.id for one in counting] == ["c1", "c2"]
    assert [c.id for (chain,) in [used(counting, {fact.id})] for c in chain] == ["c1", "c2"]
    assert used(counting, set()) == ()
    assert chains(counting)[fact.id][-1].after == fact
    assert inside(fact.sentence, store.facts()) == (fact,)
    with pytest.raises(UsageError, match="undo c2 first"):
        store.undo("c1", **BY)
    store.undo(found.id, **BY)
    assert (said(store, "9.8亿元").value, said(store, "9.8亿元").indicator) == ("8.9", found.indicator)
    store.undo(found.id, **BY)
    assert said(store, "9.8亿元") == found
    assert [one.state for one in store.corrections()] == ["undone", "undone"]
    assert store.corrections_in_force([fact.document]) == ()


def test_a_correction_goes_with_its_place_when_documents_are_told_apart_otherwise(store: Store) -> None:
    """The same bytes, now read as two documents, or without the paragraph: the corrected fact is not lost."""
    fact = said(store, "20条")
    store.correct(fact.id, {"value": "21"}, **BY)
    reading, (findings,) = read_in()
    (whole,) = reading.documents
    cut = SUMMARY.index("二、")
    bare = replace(whole, paragraphs=(), sections=())
    parts = (
        replace(bare, id=f"{whole.id}a", span=Span(0, cut)),
        replace(bare, id=f"{whole.id}b", ordinal=2, span=Span(cut, len(SUMMARY))),
    )
    empty = tuple(replace(findings, document=part.id, facts=(), measures=()) for part in parts)
    store.save(replace(reading, documents=parts), empty, now=SECOND)
    assert [(f.document, f.value) for f in store.facts()] == [(parts[1].id, "21")]
    assert [one.id for one in store.corrections_in_force([parts[1].id])] == ["c1"]
    assert store.corrections_in_force([parts[0].id]) == ()


def test_what_had_been_assumed_of_a_field_is_assumed_no_longer(store: Store) -> None:
    """A flag goes with the field it is about; others stay."""
    reading, (findings,) = read_in()
    doubtful = tuple(replace(f, flags=("unit_inferred", "name_inferred")) for f in findings.facts)
    store.save(reading, (replace(findings, facts=doubtful),), now=SECOND)
    fact = said(store, "12条")
    store.correct(fact.id, {"unit": "条航线"}, **BY)
    assert said(store, "12条").flags == ("name_inferred", FLAG)


def test_a_reason_can_be_printed(store: Store) -> None:
    """It goes into editions: what no format can hold is a blank."""
    fact = said(store, "12条")
    made = store.correct(fact.id, {"value": "13"}, **{**BY, "reason": "与台账\x00核对\n\x1b[31m过"})
    assert made.reason == "与台账 核对 [31m过"
    assert [c.correction.reason for c in store.corrections()] == [made.reason]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"valeu": "3"}, "did you mean 'value'"),
        ({"value": "1,205.7"}, "write 1205.7"),
        ({"value": "很多"}, "not a number"),
        ({"value": ""}, "value cannot be empty"),
        ({"kind": "levle"}, "did you mean 'level'"),
        ({"kind": "change"}, "a change needs its basis"),
        ({"basis": "yoy"}, "A level has no basis"),
        ({"period": "上半年"}, "2021-H1"),
        ({"status": "done"}, "one of actual, target"),
        ({"value_high": "3"}, "not above"),
        ({"value": "9" * 40}, "value is too long"),
        ({"value": "1e5"}, "write it like"),
        ({"value": "１２"}, "write 12"),
        ({"unit": "条\x00"}, "cannot be printed"),
        ({"indicator": "航" * 501}, "indicator is too long"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    store: Store, changes: dict[str, str], sentence: str
) -> None:
    """And nothing is written."""
    with pytest.raises(UsageError, match=sentence):
        store.correct(said(store, "1205.6万吨").id, changes, **BY)
    assert store.corrections() == ()


def test_an_unknown_fact_is_refused_with_those_that_may_be_meant(store: Store) -> None:
    """By the beginning of its id, and by what the fact says."""
    fact = said(store, "12条")
    with pytest.raises(UsageError, match=f"Did you mean {fact.id} .*12条"):
        store.correct(fact.id[:9] + "-", {"value": "3"}, **BY)
    with pytest.raises(UsageError, match="no document 'nothing'"):
        store.add_fact("nothing", Span(0, 1), {"value": "3"}, **BY)
    store.reject(fact.id, **BY)
    with pytest.raises(UsageError, match=f"c1 is a correction; the fact it corrects is {fact.id}"):
        store.reject("c1", **BY)


@pytest.mark.parametrize(
    ("start", "end", "changes", "sentence"),
    [
        (5, 9999, {"value": "3"}, "no place in 港口局.txt; its text has offsets 0 to"),
        (7, 7, {"value": "3"}, "no place"),
        (18, 19, {"indicator": "航线", "kind": "level", "value": "3"}, "no words"),
        (0, 3, {"value": "3"}, "needs --set indicator=… and kind=…"),
    ],
)
def test_a_fact_is_added_only_where_there_are_words(
    store: Store, start: int, end: int, changes: dict[str, str], sentence: str
) -> None:
    """Inside the text, on words, with what a fact needs."""
    assert SUMMARY[18] == "\n"
    with pytest.raises(UsageError, match=sentence):
        store.add_fact(store.documents()[0].id, Span(start, end), changes, **BY)


def test_a_number_said_of_two_indicators_may_have_two_facts(store: Store) -> None:
    """One of the same name is refused; both survive a new reading."""
    found = said(store, "6.2%")
    document = store.documents()[0].id
    place = Span(found.start, found.end)
    changes = {"kind": "change", "value": "6.2", "unit": "%", "basis": "yoy"}
    with pytest.raises(UsageError, match=f"already: {found.id}"):
        store.add_fact(document, place, {**changes, "indicator": found.indicator}, **BY)
    made = store.add_fact(document, place, {**changes, "indicator": "外贸吞吐量"}, **BY)
    assert made.beside == (found.id,)
    store.save(*read_in(), now=SECOND)
    assert {f.indicator for f in store.facts() if f.surface == "6.2%"} == {found.indicator, "外贸吞吐量"}


def test_an_older_store_learns_to_keep_corrections(tmp_path: Path) -> None:
    """A store of the first version is upgraded with its facts, and takes corrections."""
    from sqlalchemy import text

    from briefings.store.engine import connect
    from briefings.store.migrations import STEPS, upgrade

    path = tmp_path / "old.sqlite"
    engine = connect(path)
    upgrade(engine, STEPS[:1])
    with engine.connect() as connection:
        assert connection.execute(text("SELECT max(version) FROM schema_version")).scalar() == 1
    engine.dispose()
    store = open_store(path)
    store.save(*read_in(), now=FIRST)
    store.correct(said(store, "12条").id, {"value": "11"}, **BY)
    assert said(store, "12条").value == "11"
    store.close()
