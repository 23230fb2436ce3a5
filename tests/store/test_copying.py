"""Tests of briefings.store.copying: a copy to try things on."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from briefings.records.problem import Problem
from briefings.store import copy_store, open_store
from briefings.store.copying import fill_server, has_rows, without_sessions
from briefings.store.engine import StoreRefused, connect
from briefings.store.tables import metadata

NOW = "2021-12-01T00:00:00+08:00"


def test_what_is_done_to_the_copy_does_not_reach_the_store(tmp_path: Path) -> None:
    """The copy has what the store had, also what another connection has just written."""
    path, aside = tmp_path / "a b.sqlite3", tmp_path / "aside"
    aside.mkdir()
    store = open_store(path)
    store.quarantine("0" * 64, "一.txt", Problem("empty", "空。", "structure", "error"), now=NOW)
    copy = open_store(copy_store(path, aside))
    copy.quarantine("1" * 64, "二.txt", Problem("empty", "空。", "structure", "error"), now=NOW)
    assert [q.name for q in copy.quarantined()] == ["一.txt", "二.txt"]
    assert [q.name for q in store.quarantined()] == ["一.txt"]


def test_a_store_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    """Neither it nor its copy."""
    aside = tmp_path / "aside"
    aside.mkdir()
    assert not copy_store(tmp_path / "store.sqlite3", aside).exists()
    assert not (tmp_path / "store.sqlite3").exists()


def test_a_store_goes_to_a_server_and_back(store_url: str, tmp_path: Path) -> None:
    """Row by row the same; what a server had before gives way, sessions are left out of the copy when they shall be."""
    store = open_store(store_url)
    store.quarantine("0" * 64, "一.txt", Problem("empty", "空。", "structure", "error"), now=NOW)
    store.users.add("an", "admin", "hash")
    store.users.begin_session("an", timedelta(hours=1))
    store.close()
    copied = copy_store(store_url, tmp_path)
    assert rows(copied) == rows(store_url)
    without_sessions(copied)
    assert rows(copied)["sessions"] == []
    if store_url.startswith("postgresql"):
        assert has_rows(store_url)
        fill_server(store_url, copied)
        assert rows(copied) == rows(store_url)


def rows(url: str | Path) -> dict[str, list[tuple[object, ...]]]:
    """All that a store holds, by table."""
    engine = connect(url)
    with engine.connect() as connection:
        found = {
            name: sorted((tuple(row) for row in connection.execute(select(table))), key=str)
            for name, table in metadata.tables.items()
        }
    engine.dispose()
    return found


def test_a_file_that_is_no_store_is_refused(tmp_path: Path) -> None:
    """It is left as it was."""
    (tmp_path / "store.sqlite3").write_text("no database " * 100, encoding="utf-8")
    aside = tmp_path / "aside"
    aside.mkdir()
    with pytest.raises(StoreRefused, match="cannot be read"):
        copy_store(tmp_path / "store.sqlite3", aside)
