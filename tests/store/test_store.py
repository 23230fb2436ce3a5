import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import inspect as look
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from briefings.errors import UsageError
from briefings.records.document import (
    Attribute,
    Cell,
    Document,
    Grid,
    Paragraph,
    Place,
    Reading,
    Section,
    Source,
    Span,
    Turn,
)
from briefings.records.edition import Edition
from briefings.records.fact import Fact, Findings, Measure
from briefings.records.problem import Problem
from briefings.store import open_store, quick_check
from briefings.store.engine import StoreRefused, connect, file_system, journal_mode
from briefings.store.migrations import STEPS, upgrade
from briefings.store.store import Store
from briefings.store.tables import metadata

NOW = "2021-08-01T09:00:00+08:00"
LATER = "2021-08-02T09:00:00+08:00"
TEXT = "云河市港口局\n上半年，货物吞吐量完成120.5万吨，同比增长6.2%。\n"


@pytest.fixture
def store(store_url: str) -> Iterator[Store]:
    """An empty store in a folder of its own."""
    opened = open_store(store_url)
    yield opened
    opened.close()


def source(letter: str = "a", name: str = "港口局.txt") -> Source:
    """A source whose sha256 is one letter."""
    places = (Place(0, 7, "第1行"), Place(7, len(TEXT), "第2行"))
    grids = (Grid(Span(0, 6), (Cell(0, 0, Span(0, 3), True),), Span(3, 6)),)
    return Source(letter * 64, name, "txt", TEXT, places, grids, "utf-8")


def document(
    letter: str = "a", ordinal: int = 1, issuer: str | None = "云河市港口局", period: str = "2021-H1"
) -> Document:
    """A document of that source."""
    return Document(
        id=f"{letter * 12}-{ordinal}",
        sha256=letter * 64,
        name="港口局.txt",
        ordinal=ordinal,
        span=Span(0, len(TEXT)),
        title=Attribute("云河市港口局", "first_line", Span(0, 6)),
        issuer=Attribute(issuer, "title", Span(0, 6)) if issuer else None,
        place=Attribute("云河市", "title", Span(0, 3)),
        period=Attribute(period, "words", Span(7, 10)),
        published=None,
        genre="summary",
        sections=(Section(1, "一、", "工作", Span(0, 2), Span(0, 6), "done"),),
        turns=(Turn("主持人", "host", Span(0, 3)),),
        paragraphs=(Paragraph("云河市港口局", ((0, 0),), "title"),),
        flags=("cut_short",),
        problems=(Problem("cut_short", "文本在末尾中断。", "structure", start=30, end=34),),
    )


def fact(of: Document, n: int = 1, indicator: str = "货物吞吐量", period: str | None = None) -> Fact:
    """The ``n``-th fact of a document."""
    return Fact(
        id=f"{of.id}-f{n}",
        document=of.id,
        start=18,
        end=25,
        surface="120.5万吨",
        kind="level",
        value="120.5",
        value_high=None,
        unit="万吨",
        indicator=indicator,
        indicator_spans=(Span(11, 16),),
        canonical=None,
        basis=None,
        period=period,
        scope=None,
        status="actual",
        hedge=None,
        sentence=Span(7, 37),
        rule="level.verb",
    )


def measure(of: Document) -> Measure:
    """The measure of a document."""
    return Measure(f"{of.id}-m1", of.id, Span(7, 37), "上半年……", "货物吞吐量", "plan", ("一、工作",))


def read_in(*documents: Document) -> tuple[Reading, tuple[Findings, ...]]:
    """What the rooms before the store give for those documents."""
    first = documents[0]
    found = tuple(Findings(one.id, (fact(one),), (measure(one),)) for one in documents)
    return Reading(source(first.sha256[0]), documents, ("云河市渔业局",)), found


def test_what_is_saved_comes_back_equal(store: Store) -> None:
    """Spans, places, grids, turns and flags survive the round trip."""
    one = document()
    reading, findings = read_in(one)
    store.save(reading, findings, now=NOW, size=99)
    assert store.source("a" * 64) == reading.source
    assert store.sources() == (reading.source,)
    assert store.documents() == (one,)
    assert isinstance(store.documents()[0].span, Span)
    assert isinstance(store.source("a" * 64).places[0], Place)
    assert store.facts() == findings[0].facts
    assert store.measures() == findings[0].measures
    assert [(held.document, held.problem.code) for held in store.problems()] == [(one.id, "cut_short")]
    assert [entry.title for entry in store.absent()] == ["云河市渔业局"]
    assert store.known("a" * 64) == "taken"
    assert store.known("b" * 64) is None
    with pytest.raises(KeyError):
        store.source("b" * 64)


def test_same_bytes_again_replace_what_was_found(store: Store) -> None:
    """A second reading of the same sha256 leaves nothing of the first; the names it came under stay."""
    reading, findings = read_in(document(ordinal=1), document(ordinal=2))
    store.save(reading, findings, now=NOW)
    again, found = read_in(document(ordinal=1))
    store.save(
        replace(again, source=replace(again.source, name="港口局（新）.txt"), absent=()), found, now=LATER
    )
    assert [one.id for one in store.documents()] == ["a" * 12 + "-1"]
    assert len(store.facts()) == len(store.measures()) == 1
    assert store.absent() == ()
    assert store.names("a" * 64) == ("港口局.txt", "港口局（新）.txt")
    store.also_named("a" * 64, "副本.txt", now=LATER)
    store.also_named("a" * 64, "副本.txt", now=LATER)
    assert len(store.names("a" * 64)) == 3


def test_a_failed_save_leaves_the_old_rows(store: Store) -> None:
    """A transaction that fails half-way changes nothing."""
    reading, findings = read_in(document())
    store.save(reading, findings, now=NOW)
    twice = Findings(findings[0].document, findings[0].facts * 2, ())
    with pytest.raises(IntegrityError, match=r"(?i)unique"):
        store.save(reading, (twice,), now=LATER)
    assert store.facts() == findings[0].facts
    assert len(store.measures()) == 1


def test_documents_are_ordered_and_filtered(store: Store) -> None:
    """By period, issuer, ordinal; what is not known comes last."""
    many = (
        document("c", 1, "云河市渔业局", "2021-H1"),
        document("a", 2, "云河市港口局", "2021-H1"),
        document("b", 1, None, "2021-H1"),
        document("d", 1, "云河市港口局", "2020-H1"),
    )
    for one in many:
        store.save(*read_in(one), now=NOW)
    assert [one.id[0] for one in store.documents()] == ["d", "c", "a", "b"]
    assert [one.id[0] for one in store.documents(issuer="云河市港口局")] == ["d", "a"]
    assert [one.id[0] for one in store.documents(issuer="云河市港口局", period="2021-H1")] == ["a"]
    assert store.documents(genre="press") == ()
    assert [one.document[0] for one in store.facts(place="云河市")] == ["d", "c", "a", "b"]


def test_facts_take_their_documents_period_where_they_have_none(store: Store) -> None:
    """A fact's own period goes before its document's; the indicator is found by any part of its name."""
    one = document()
    facts = (
        fact(one, 1, "货物吞吐量"),
        fact(one, 2, "货物吞吐量", period="2020-H1"),
        fact(one, 3, "旅客_吞吐%", period="2021-H1"),
    )
    store.save(Reading(source(), (one,)), (Findings(one.id, facts, ()),), now=NOW)
    assert [f.id[-1] for f in store.facts(period="2021-H1")] == ["1", "3"]
    assert [f.id[-1] for f in store.facts(period="2020-H1")] == ["2"]
    assert [f.id[-1] for f in store.facts(indicator="吞吐量")] == ["1", "2"]
    assert [f.id[-1] for f in store.facts(indicator="客_吞吐%")] == ["3"]
    assert store.facts(indicator="货%量") == ()
    assert store.facts(kind="rank") == ()
    assert store.facts(documents=[]) == ()
    assert len(store.facts(documents=[one.id], kind="level")) == 3


def test_a_correction_lasts(store: Store) -> None:
    """It is applied before filters, outlives re-extraction, yields to a document's own, and can be taken back."""
    one, two = document(ordinal=1), document(ordinal=2)
    reading, findings = read_in(one, two)
    store.save(reading, findings, now=NOW)
    store.override("a" * 64, "issuer", "云河市航运局", author="李", reason="已更名", now=NOW)
    store.override(two.id, "issuer", "云河市海关", author="王", reason="误认", now=NOW)
    store.override(two.id, "period", "2020-H1", author="王", reason="误认", now=NOW)
    store.save(reading, findings, now=LATER)
    assert [(d.id[-1], d.issuer.value) for d in store.documents() if d.issuer] == [
        ("2", "云河市海关"),
        ("1", "云河市航运局"),
    ]
    assert store.documents(issuer="云河市港口局") == ()
    assert [f.document for f in store.facts(period="2020-H1")] == [two.id]
    changed = store.documents(issuer="云河市海关")[0].issuer
    assert changed == Attribute("云河市海关", "override:王")
    store.override(two.id, "issuer", None, author="王", reason="原判无误", now=LATER)
    assert len(store.documents(issuer="云河市航运局")) == 2
    assert [entry.value for entry in store.overrides(two.id)] == ["云河市海关", "2020-H1", None]


def test_a_correction_of_something_else_is_refused(store: Store) -> None:
    """Only four fields can be set, and only of what is held."""
    store.save(*read_in(document()), now=NOW)
    with pytest.raises(UsageError, match="genre cannot be set"):
        store.override("a" * 64, "genre", "press", author="李", reason="", now=NOW)
    with pytest.raises(UsageError, match="no document"):
        store.override("f" * 64, "issuer", "某局", author="李", reason="", now=NOW)


def test_quarantine_counts_tries_and_ends_when_the_file_is_taken(store: Store) -> None:
    """The latest reason stands; a file that can be read after all leaves quarantine."""
    store.quarantine("a" * 64, "坏.pdf", Problem("truncated", "文件不完整。", "ingest", "error"), now=NOW)
    store.quarantine("a" * 64, "坏.pdf", Problem("no_text", "没有文字层。", "structure", "error"), now=LATER)
    (entry,) = store.quarantined()
    assert (entry.tries, entry.problem.code, entry.at, entry.name) == (2, "no_text", LATER, "坏.pdf")
    assert store.known("a" * 64) == "quarantined"
    store.save(*read_in(document()), now=LATER)
    assert store.quarantined() == ()
    assert store.known("a" * 64) == "taken"


def test_the_edition_published_last_is_the_latest(store: Store) -> None:
    """Even when its cut-off date is earlier, or it had been published before."""
    assert store.editions("digest") == ()
    old = Edition("digest", "2021-06-30-aaaaaaaa", "o/d/1", "a" * 64, (("digest.pdf", "1" * 64),), True)
    new = replace(old, id="2021-06-29-bbbbbbbb", fingerprint="b" * 64)
    store.record_edition(old, now=NOW)
    store.record_edition(new, now=LATER)
    assert store.editions("digest")[0] == replace(new, new=False)
    store.record_edition(old, now=LATER)
    assert store.editions("digest")[0] == replace(old, new=False)
    assert len(store.editions("digest")) == 2


def test_migrations_arrive_at_the_tables_of_today(store_url: str) -> None:
    """The steps together make exactly the columns and keys that ``tables`` declares."""
    engine = connect(store_url)
    assert upgrade(engine) == 0
    assert upgrade(engine) == len(STEPS)
    inspector = look(engine)
    assert set(inspector.get_table_names()) == set(metadata.tables)
    for name, table in metadata.tables.items():
        made = {column["name"]: column["nullable"] for column in inspector.get_columns(name)}
        assert made == {column.name: column.nullable for column in table.columns}
        assert inspector.get_pk_constraint(name)["constrained_columns"] == [c.name for c in table.primary_key]
        foreign = {key["referred_table"] for key in inspector.get_foreign_keys(name)}
        assert foreign == {key.column.table.name for key in table.foreign_keys}
        assert {index["name"] for index in inspector.get_indexes(name)} == {
            index.name for index in table.indexes
        }


def test_an_older_store_is_upgraded_with_its_rows(tmp_path: Path) -> None:
    """A later step runs once on the rows that are there; a step that fails leaves the old version."""
    path = tmp_path / "old.sqlite"
    open_store(path).close()
    engine = connect(path)
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO names VALUES ('a', 'b', 'c')"))
    steps = (*STEPS, ("ALTER TABLE names ADD COLUMN note TEXT", "UPDATE names SET note = name"))
    with pytest.raises(Exception, match="syntax"):
        upgrade(engine, (*STEPS, (steps[-1][0], "NOT SQL")))
    assert upgrade(engine, steps) == len(STEPS)
    assert upgrade(engine, steps) == len(steps)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT note FROM names")).scalars().all() == ["b"]
    with pytest.raises(StoreRefused, match="newer briefings"):
        open_store(path)
    assert quick_check(path) == ()


def test_damage_is_said_in_a_sentence(tmp_path: Path) -> None:
    """A file that is no database is refused; a damaged page is found by the quick check."""
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"not a database, not a database, " * 40)
    with pytest.raises(StoreRefused, match="cannot be opened"):
        open_store(broken)
    assert len(quick_check(broken)) == 1
    assert quick_check(tmp_path / "none.sqlite") == ()
    good = tmp_path / "good.sqlite"
    store = open_store(good)
    store.save(*read_in(document()), now=NOW)
    store.close()
    assert quick_check(good) == ()
    with sqlite3.connect(good) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("DELETE FROM documents")
    connection.close()
    assert any("points to a missing row" in line for line in quick_check(good))


def test_a_network_share_is_known_by_its_mount() -> None:
    """The deepest mount point that holds the path decides."""
    mounts = "/dev/sda1 / ext4 rw 0 0\nhost:/x /srv/sha\\040red nfs4 rw 0 0\ntmpfs /srv tmpfs rw 0 0\n"
    assert file_system(Path("/srv/sha red/a/b.sqlite"), mounts) == "nfs4"
    assert file_system(Path("/srv/b.sqlite"), mounts) == "tmpfs"
    assert file_system(Path("/home/b.sqlite"), mounts) == "ext4"


def test_the_journal_follows_the_version_of_sqlite() -> None:
    """A write-ahead log only where SQLite does not lose commits with it."""
    assert journal_mode((3, 51, 2)) == "DELETE"
    assert journal_mode((3, 51, 3)) == "WAL"


def test_writers_wait_for_each_other(store: Store) -> None:
    """Four threads that write at once all succeed, and every try is counted."""
    problem = Problem("empty", "文件是空的。", "ingest", "error")

    def tries() -> None:
        for _ in range(5):
            store.quarantine("e" * 64, "空.txt", problem, now=NOW)

    threads = [threading.Thread(target=tries) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.quarantined()[0].tries == 20


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_any_text_comes_back_unchanged(store: Store, words: str) -> None:
    """Nothing is normalised on the way: line ends, full-width characters and control characters stay."""
    store.save(Reading(replace(source(), text=words), ()), (), now=NOW)
    assert store.source("a" * 64).text == words
