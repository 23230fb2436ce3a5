"""Tests of briefings.store.decisions: what people decide about promises outlives every reading."""

from dataclasses import replace

import pytest

from briefings import pipeline
from briefings.records.decision import Decision
from briefings.records.document import Span
from briefings.store import open_store

SUMMARY = """云河市水务局2020年上半年工作总结
2020-07-20
一、主要工作
上半年,全市新建供水管网45.6公里,改造老旧管网22公里,日供水能力达到46万吨。
二、下步打算
(一)年内新建供水管网120公里。
"""


def decision(promised: str) -> Decision:
    """A decision of 李明 about a promise of the document ``promised``."""
    return Decision(
        0, "p1", "confirm", "d2", Span(3, 9), "新建管网", "done", "李明", "核对", "2021-08-01T00:00:00+00:00", promised, "年内新建",
    )  # fmt: skip


def test_decisions_are_numbered_and_kept(store_url: str) -> None:
    """The oldest first, whole, and there when the store is opened again."""
    store = open_store(store_url)
    first = store.decide(decision("d1"))
    second = store.decide(replace(decision("d1"), verdict="undo", document="", span=None, text="", state=""))
    store.close()
    store = open_store(store_url)
    assert store.decisions() == (first, second)
    assert (first.id, second.id) == (1, 2)
    assert first == replace(decision("d1"), id=1)
    assert store.decisions(["d9"]) == ()
    store.close()


def test_a_new_version_still_knows_what_was_decided_about_the_old(store_url: str) -> None:
    """Otherwise the decision would be gone without a word."""
    store = open_store(store_url)
    ids = []
    for text, name in ((SUMMARY, "a.txt"), (SUMMARY.replace("120公里", "110公里"), "b.txt")):
        reading, findings = pipeline.read(text.encode(), name)
        store.save(reading, findings, now="2021-07-25T09:00:00+08:00")
        ids.append(reading.documents[0].id)
    made = store.decide(decision(ids[0]))
    assert store.decisions([ids[1]]) == (made,)
    store.close()


@pytest.mark.parametrize("state", ["", "behind"])
def test_a_state_may_be_left_to_the_rules(store_url: str, state: str) -> None:
    """Empty stays empty."""
    store = open_store(store_url)
    assert store.decide(replace(decision("d1"), state=state)).state == state
    store.close()
