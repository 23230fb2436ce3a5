"""Tests of briefings.compare.conflicts: what looks alike and must not be set side by side."""

from facts import document, fact

from briefings.compare.conflicts import incomparable
from briefings.records.indicator import Indicator

DOCUMENTS = {"d1": document("d1"), "d2": document("d2")}
LEXICON = {"固定资产投资": Indicator("固定资产投资", rank=3), "货物吞吐量": Indicator("货物吞吐量")}
NAME = "固定资产投资"


def test_another_period_is_told_for_headline_indicators_only() -> None:
    """1—5月 against 上半年 is not comparable; for an indicator nobody asks for it is not even mentioned."""
    told = [
        fact(NAME, "change", "7", canonical=NAME, basis="yoy", period="2021-M01..M05"),
        fact(NAME, "change", "8", canonical=NAME, basis="yoy", document="d2"),
        fact("货物吞吐量", "change", "7", canonical="货物吞吐量", period="2021-M01..M05"),
        fact("货物吞吐量", "change", "8", canonical="货物吞吐量", document="d2"),
    ]
    assert [(i.indicator, i.reason) for i in incomparable(told, DOCUMENTS, LEXICON)] == [(NAME, "period")]


def test_targets_are_not_set_beside_outcomes() -> None:
    """A plan that differs from what happened is no other scope or period."""
    told = [
        fact(NAME, "change", "7", canonical=NAME, status="target"),
        fact(NAME, "change", "8", canonical=NAME),
    ]
    assert incomparable(told, DOCUMENTS, LEXICON) == ()
