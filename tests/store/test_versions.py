"""Tests of versions: of one document only the one taken in last counts, unless a person says otherwise."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text as sql

from briefings import pipeline
from briefings.errors import UsageError
from briefings.store import open_store
from briefings.store.engine import connect
from briefings.store.migrations import CORRECTIONS, FIRST, upgrade
from briefings.store.store import Store

FIRST_VERSION = """云河市水务局2021年上半年工作总结
2021-07-20
一、主要工作
上半年,全市新建供水管网85.6公里,改造老旧管网42公里,日供水能力达到46万吨。
农村集中供水率达到96.5%,比去年提高2.1个百分点,惠及群众12.4万人。
二、存在问题
部分老旧小区管网漏损率偏高,二次供水设施维护不到位。
"""
SECOND_VERSION = FIRST_VERSION.replace("85.6公里", "88.6公里").replace("惠及群众", "惠及农村群众")
OTHER = """云河市水务局2021年上半年工作总结
2021-07-20
围绕防汛备汛,修订应急预案16项,储备编织袋30万条,组织演练24场。
河湖巡查累计发现问题311处,已完成整改296处,清理岸线违建1.2万平方米。
"""
BY = {"author": "李明", "reason": "送审稿", "now": "2021-08-01T09:00:00+08:00"}


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """An empty store."""
    opened = open_store(store_url)
    yield opened
    opened.close()


def take(store: Store, text: str, name: str) -> str:
    """Take ``text`` in, all in the same second, and give the id of its one document."""
    reading, findings = pipeline.read(text.encode(), name)
    store.save(reading, findings, now="2021-07-25T09:00:00+08:00")
    (document,) = reading.documents
    return document.id


def standing(store: Store) -> list[str]:
    """The ids of the documents that count."""
    return [document.id for document in store.documents()]


def lengths(store: Store) -> list[str]:
    """The kilometres that are said by what counts."""
    return [fact.value for fact in store.facts() if fact.unit == "公里"]


def test_the_version_taken_in_last_stands(store: Store) -> None:
    """The older keeps its place among the documents, its facts and measures are in nothing unless it is named."""
    old = take(store, FIRST_VERSION, "二稿.txt")
    assert (standing(store), store.replaced(), lengths(store)) == ([old], {}, ["85.6", "42"])
    new = take(store, SECOND_VERSION, "一稿.txt")
    assert (standing(store), store.replaced(), lengths(store)) == ([new], {old: new}, ["88.6", "42"])
    assert {d.id for d in store.documents(replaced=True)} == {old, new}
    assert {m.document for m in store.measures()} == {new}
    assert {f.document for f in store.facts(period="2021-H1", issuer="云河市水务局")} == {new}
    assert "85.6" in {f.value for f in store.facts(documents=[old], period="2021-H1")}
    assert {m.document for m in store.measures([old])} == {old}
    assert store.document(old).id == old
    # Read again, or its bytes again: it came when it first came.
    assert take(store, FIRST_VERSION, "三稿.txt") == old
    assert standing(store) == [new]
    third = take(store, SECOND_VERSION.replace("42公里", "43公里"), "定稿.txt")
    assert store.replaced() == {old: third, new: third}


def test_a_person_lets_another_version_stand(store: Store) -> None:
    """Until a newer one arrives; each choice can be taken back by another."""
    old, new = take(store, FIRST_VERSION, "a.txt"), take(store, SECOND_VERSION, "b.txt")
    store.use(old, **BY)
    assert (standing(store), lengths(store)) == ([old], ["85.6", "42"])
    assert store.use(new[:12], **BY) == (new,)
    assert standing(store) == [new]
    store.use(old, **BY)
    third = take(store, SECOND_VERSION.replace("42公里", "43公里"), "c.txt")
    assert standing(store) == [third]
    store.keep_apart(new, **BY)
    assert set(standing(store)) == {new, third}
    store.use(new, **BY)
    assert store.replaced() == {old: new, third: new}
    with pytest.raises(UsageError, match=rf"no document '{old[:-1]}7'. Did you mean {old}"):
        store.use(old[:-1] + "7", **BY)


def test_a_choice_of_a_version_is_taken_back(store: Store) -> None:
    """The one before it holds again, the order of arrival where there is none; who said what stays on record."""
    old, new = take(store, FIRST_VERSION, "a.txt"), take(store, SECOND_VERSION, "b.txt")
    store.use(old, **BY)
    store.keep_apart(old, **BY)
    assert set(standing(store)) == {old, new}
    assert store.unchoose(old, **BY).choice == "apart"
    assert standing(store) == [old]
    store.unchoose(old, **BY)
    assert (standing(store), store.replaced()) == ([new], {old: new})
    assert [(one.choice, one.holds) for one in store.chosen()] == [("use", False), ("apart", False)]
    with pytest.raises(UsageError, match="Nobody has chosen"):
        store.unchoose(old, **BY)


def test_papers_of_one_title_that_say_other_things_both_count(store: Store) -> None:
    """Office, period and title alone do not make two papers versions of one; nor does the text alone."""
    take(store, FIRST_VERSION, "供水.txt")
    take(store, OTHER, "防汛.txt")
    take(store, FIRST_VERSION.replace("水务局", "城管局"), "城管.txt")
    take(store, FIRST_VERSION.replace("2021", "2022"), "次年.txt")
    assert store.replaced() == {}
    assert len(store.documents()) == 4


def test_metadata_set_right_does_not_part_versions_and_waits_in_the_new_one(store: Store) -> None:
    """What was misread in the old version is misread in the new one: a person is asked whether it is set there too."""
    old = take(store, FIRST_VERSION, "a.txt")
    store.override(old, "issuer", "云河市供水集团", **BY)
    assert [(s.id, s.state) for s in store.settings_of_metadata()] == [("m1", "applied")]
    new = take(store, SECOND_VERSION, "b.txt")
    assert store.replaced() == {old: new}
    (one,) = store.settings_of_metadata()
    assert (one.state, one.document, one.there) == ("reopened", new, "云河市水务局")
    store.override(new, "issuer", "云河市供水集团", **BY)
    assert [(s.id, s.state) for s in store.settings_of_metadata()] == [("m1", "applied"), ("m2", "applied")]
    store.override(new, "issuer", None, **BY)
    assert [s.state for s in store.settings_of_metadata()] == ["applied", "undone"]
    with pytest.raises(UsageError, match="m1 is applied, not reopened"):
        store.reopened_setting("m1")


def test_metadata_that_the_new_version_does_not_need_is_closed(store: Store) -> None:
    """For that version; the next one asks again."""
    old = take(store, FIRST_VERSION, "a.txt")
    store.override(old, "published", "2021-07-22", **BY)
    take(store, SECOND_VERSION, "b.txt")
    assert store.close_setting("m1", **BY).there == "2021-07-20"
    assert [s.state for s in store.settings_of_metadata()] == ["applied"]
    take(store, SECOND_VERSION.replace("42公里", "43公里"), "c.txt")
    assert [s.state for s in store.settings_of_metadata()] == ["reopened"]
    with pytest.raises(UsageError, match=r"no correction 'm7'\. Reopened are m1"):
        store.close_setting("m7", **BY)


def test_a_title_in_other_widths_is_the_same(store: Store) -> None:
    """A Word file and a page of one paper may write its title differently."""
    old = take(store, FIRST_VERSION, "a.txt")
    wide = SECOND_VERSION.replace("2021年上半年工作总结", "２０２１年上半年 工作总结")
    new = take(store, wide, "b.txt")
    assert store.replaced() == {old: new}


def test_a_correction_waits_in_the_version_that_stands(store: Store) -> None:
    """It is reopened while the newer one stands, holds again when the older is used, and is not asked for twice."""
    old = take(store, FIRST_VERSION, "a.txt")
    rate = next(f for f in store.facts() if f.surface == "96.5%")
    store.correct(rate.id, {"value": "95.6"}, **BY)
    new = take(store, SECOND_VERSION, "b.txt")
    (one,) = store.corrections()
    assert (one.state, one.reopening and one.reopening.document) == ("reopened", new)
    store.use(old, **BY)
    assert [one.state for one in store.corrections()] == ["applied"]
    store.use(new, **BY)
    made = store.confirm("c1", **BY)
    assert (made.carried, [f.value for f in store.facts() if f.surface == "96.5%"]) == ("c1", ["95.6"])
    store.use(old, **BY)
    assert [one.state for one in store.corrections()] == ["applied", "applied"]


def test_an_older_store_knows_in_what_order_its_sources_came(tmp_path: Path) -> None:
    """By the time they were taken in, before the order was kept."""
    path = tmp_path / "old.sqlite"
    engine = connect(path)
    upgrade(engine, (FIRST, CORRECTIONS))
    with engine.begin() as connection:
        for sha256, name, at in (
            ("b", "x", "2021-07-02"),
            ("a", "y", "2021-07-03"),
            ("b", "z", "2021-07-04"),
        ):
            connection.execute(
                sql("INSERT INTO names VALUES (:s, :n, :a)"), {"s": sha256, "n": name, "a": at}
            )
    upgrade(engine)
    with engine.connect() as connection:
        rows = connection.execute(sql("SELECT sha256, n FROM arrivals ORDER BY n")).all()
    assert [tuple(row) for row in rows] == [("b", 1), ("a", 2)]
