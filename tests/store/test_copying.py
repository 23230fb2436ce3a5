"""Tests of briefings.store.copying: a copy to try things on."""

from pathlib import Path

import pytest

from briefings.errors import UsageError
from briefings.records.problem import Problem
from briefings.store import copy_store, open_store
from briefings.store.engine import StoreRefused

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


def test_a_database_server_is_refused(tmp_path: Path) -> None:
    """With a sentence."""
    with pytest.raises(UsageError, match="SQLite"):
        copy_store("postgresql://there/briefings", tmp_path)


def test_a_file_that_is_no_store_is_refused(tmp_path: Path) -> None:
    """It is left as it was."""
    (tmp_path / "store.sqlite3").write_text("no database " * 100, encoding="utf-8")
    aside = tmp_path / "aside"
    aside.mkdir()
    with pytest.raises(StoreRefused, match="cannot be read"):
        copy_store(tmp_path / "store.sqlite3", aside)
