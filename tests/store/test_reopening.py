"""Tests of corrections when the text changes: they do not carry over until a person says so."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from briefings import pipeline
from briefings.errors import UsageError
from briefings.records.correction import RULE
from briefings.records.document import Paragraph, Reading
from briefings.records.fact import Fact, Findings
from briefings.store import open_store
from briefings.store.reopening import reopened
from briefings.store.store import Store

FIRST = """云河市港口局2021年上半年工作总结
2021-07-20
一、主要工作
上半年,全市货物吞吐量完成1205.6万吨,同比增长6.2%,集装箱吞吐量同比增长6.2%。
新开航线12条。
"""
REVISED = """云河市港口局2021年上半年工作总结
2021-07-20
各项工作平稳推进。
一、主要工作
上半年,我市货物吞吐量完成1205.6万吨,同比增长6.2%,集装箱吞吐量同比增长6.2%。
新开航线13条。
"""
BY = {"author": "李明", "reason": "核对统计台账", "now": "2021-08-01T09:00:00+08:00"}


def read_in(text: str, name: str) -> tuple[Reading, tuple[Findings, ...]]:
    """What the rooms before the store give for ``text``."""
    return pipeline.read(text.encode(), name)


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """A store that holds the first version, with three corrections in it."""
    opened = open_store(store_url)
    opened.save(*read_in(FIRST, "旧.txt"), now="2021-07-25T09:00:00+08:00")
    facts = opened.facts()
    opened.correct(facts[0].id, {"value": "1206.5"}, **BY)
    opened.correct(facts[2].id, {"value": "2.6"}, **BY)
    opened.correct(facts[3].id, {"value": "11"}, **BY)
    yield opened
    opened.close()


def everywhere(store: Store) -> tuple[Fact, ...]:
    """The facts of both versions: only those of the one that stands are given unasked."""
    return store.facts(documents=[d.id for d in store.documents(replaced=True)])


def revise(store: Store, text: str = REVISED) -> None:
    """Take the new version in."""
    store.save(*read_in(text, "新.txt"), now="2021-08-05T09:00:00+08:00")


def test_a_new_version_reopens_and_takes_nothing_over(store: Store) -> None:
    """The old facts stay corrected, the new ones as found; the place in the new text is proposed."""
    assert {one.state for one in store.corrections()} == {"applied"}
    revise(store)
    cargo, box, lines = store.corrections()
    assert [one.state for one in (cargo, box, lines)] == ["reopened"] * 3
    assert sum(f.rule == RULE for f in everywhere(store)) == 3
    assert not any(f.rule == RULE for f in store.facts())
    assert cargo.reopening
    assert cargo.reopening.name == "新.txt"
    assert cargo.reopening.span
    assert REVISED[slice(*cargo.reopening.span)] == "1205.6万吨"
    assert "我市货物吞吐量完成1205.6万吨" in cargo.reopening.sentence
    # 6.2% stands twice in the sentence: what stands before it tells which is meant.
    assert box.reopening
    assert box.reopening.span
    assert REVISED[: box.reopening.span.start].endswith("集装箱吞吐量同比增长")
    # The number itself is another one now: the sentence is shown, no place proposed.
    assert lines.reopening
    assert (lines.reopening.sentence, lines.reopening.span) == ("新开航线13条。", None)


def test_what_is_confirmed_holds_in_the_new_version_too(store: Store) -> None:
    """As a correction of its own, bound to the new bytes; the old one is closed."""
    revise(store)
    made = store.confirm("c1", **BY)
    assert (made.carried, made.surface, made.changes) == ("c1", "1205.6万吨", (("value", "1206.5"),))
    assert made.sha256 != store.corrections()[0].correction.sha256
    assert [one.state for one in store.corrections()] == ["applied", "reopened", "reopened", "applied"]
    assert [f.value for f in everywhere(store) if f.surface.startswith("1205.6")] == ["1206.5", "1206.5"]
    revise(store)
    assert [f.value for f in everywhere(store) if f.surface.startswith("1205.6")] == ["1206.5", "1206.5"]
    with pytest.raises(UsageError, match="c1 is applied, not reopened"):
        store.confirm("c1", **BY)


def test_what_the_new_version_does_not_need_is_closed(store: Store) -> None:
    """The old version stays corrected."""
    revise(store)
    with pytest.raises(UsageError, match=r"does not stand .* --dismiss c3"):
        store.confirm("c3", **BY)
    store.dismiss("c3", **BY)
    assert store.corrections()[2].state == "applied"
    assert [f.value for f in everywhere(store) if f.surface == "12条"] == ["11"]


def test_words_are_found_where_lines_are_broken_and_not_inside_other_numbers(store: Store) -> None:
    """The new version may be hard-wrapped; 6.2% is not a part of 16.2%."""
    correction = store.corrections()[1].correction
    lines = ("集装箱吞吐量同比增长6.", "2%,货物吞吐量同比增长16.2%。")
    text = "\n".join(lines)
    reading, _ = read_in(REVISED, "新.txt")
    paragraph = Paragraph("".join(lines), ((0, 0), (len(lines[0]), len(lines[0]) + 1)))
    document = replace(reading.documents[0], paragraphs=(paragraph,), sections=())
    judged = replace(correction, sentence="集装箱吞吐量同比增长6.2%,货物吞吐量同比增长16.2%。", offset=10)
    found = reopened(judged, replace(reading.source, text=text), [document])
    assert found.span
    assert text[slice(*found.span)] == "6.\n2%"
    assert (found.place, found.sentence) == ("第1行", "".join(lines))
    other = replace(judged, sentence="渔业产值增速明显加快。")
    assert reopened(other, reading.source, [document]).sentence == ""


def test_another_document_reopens_nothing(store: Store) -> None:
    """Another period, another issuer: no version of the same document."""
    store.save(*read_in(FIRST.replace("2021", "2022"), "明年.txt"), now="2022-08-05T09:00:00+08:00")
    store.save(*read_in(FIRST.replace("港口局", "渔业局"), "邻局.txt"), now="2021-08-06T09:00:00+08:00")
    assert {one.state for one in store.corrections()} == {"applied"}


def test_the_same_bytes_read_differently_are_judged_again(store: Store) -> None:
    """A correction holds only where its words stand: a text that shifts reopens it, and it is not applied blindly."""
    reading, findings = read_in(FIRST, "旧.txt")
    shifted, later = read_in("　\n" + FIRST, "旧.txt")
    same = reading.source.sha256
    documents = tuple(replace(d, sha256=same, id=f"{same[:12]}-{d.ordinal}") for d in shifted.documents)
    moved = tuple(
        replace(
            f,
            document=d.id,
            facts=tuple(replace(fact, document=d.id) for fact in f.facts),
            measures=tuple(replace(m, document=d.id) for m in f.measures),
        )
        for d, f in zip(documents, later, strict=True)
    )
    store.save(
        replace(shifted, source=replace(shifted.source, sha256=same), documents=documents),
        moved,
        now="2021-08-05T09:00:00+08:00",
    )
    assert {one.state for one in store.corrections()} == {"reopened"}
    assert [f.value for f in store.facts() if f.surface == "12条"] == ["12"]
    assert store.corrections_in_force([documents[0].id]) == ()
    store.confirm("c3", **BY)
    assert [f.value for f in store.facts() if f.surface == "12条"] == ["11"]
    assert [one.state for one in store.corrections()] == ["reopened", "reopened", "undone", "applied"]
    store.save(reading, findings, now="2021-08-06T09:00:00+08:00")
    assert [one.state for one in store.corrections()] == ["applied", "applied", "undone", "reopened"]
