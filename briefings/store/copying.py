"""A copy of a store in an SQLite file, of one moment, whatever else is written meanwhile; and a store filled from one."""

import sqlite3
from pathlib import Path

from sqlalchemy import Connection, create_engine, delete, insert, select, text, update
from sqlalchemy.engine import make_url

from briefings.store import tables as t
from briefings.store.engine import StoreRefused, connect, database_url, writing
from briefings.store.migrations import STEPS, upgrade, version

NAME = "store.sqlite3"
RESTORED = "the store was restored from a backup made before this letter's end; it may have gone since"
_ROWS = 500


def copy_store(url: str | Path, folder: Path) -> Path:
    """The path of a copy in ``folder`` of the store at ``url``; no file is made there for a store that does not exist yet.

    Others may write to the store meanwhile: the copy is of one moment. Raises ``StoreRefused`` for one that cannot be read.
    """
    address = make_url(database_url(url))
    target = folder / NAME
    if address.get_backend_name() != "sqlite":
        _copy_server(url, target)
        return target
    if not address.database or not Path(address.database).exists():
        return target
    source = Path(address.database).resolve()
    try:
        held = sqlite3.connect(f"{source.as_uri()}?mode=ro", uri=True)
        copy = sqlite3.connect(target)
        try:
            held.backup(copy)
        finally:
            copy.close()
            held.close()
    except sqlite3.DatabaseError as error:
        raise StoreRefused(f"The store {source} cannot be read: {error}.") from error
    return target


def without_sessions(path: Path) -> None:
    """Take the sessions of users, who would stay logged in by them, out of the store in the file ``path``."""
    engine = connect(path, create=False)
    try:
        upgrade(engine)
        with writing(engine) as connection:
            connection.execute(delete(t.sessions))
    finally:
        engine.dispose()
    with sqlite3.connect(path) as bare:
        bare.execute("VACUUM")  # what was deleted still stands in the file until then
    bare.close()


def settle_restored(path: Path) -> int:
    """Bring a copied store in the file ``path`` to where it can be used again; gives how many letters are in doubt by that.

    Whoever held a run is gone, and a letter that waited may have been sent since: that is for a person to say.
    """
    engine = connect(path, create=False)
    try:
        upgrade(engine)
        with writing(engine) as connection:
            o = t.outbox.c
            waiting = o.state.in_(("pending", "sending"))
            doubted = connection.execute(
                update(t.outbox).where(waiting).values(state="in_doubt", said=RESTORED, lease_until=None)
            )
            running = t.runs.c.state == "running"
            connection.execute(update(t.runs).where(running).values(lease_until=t.runs.c.asked_at))
            return doubted.rowcount
    finally:
        engine.dispose()


def fill_server(url: str | Path, path: Path) -> None:
    """Put what the SQLite store ``path`` holds into the place of all that the database at ``url`` holds, or nothing.

    Raises ``StoreRefused`` for a database that cannot be opened or was written by a newer briefings.
    """
    engine, source = connect(url), create_engine(f"sqlite:///{path}")
    try:
        upgrade(engine)
        with source.connect() as held, writing(engine) as connection:
            for table in reversed(t.metadata.sorted_tables):
                connection.execute(delete(table))
            _copy_rows(held, connection)
    finally:
        engine.dispose()
        source.dispose()


def has_rows(url: str | Path) -> bool:
    """Whether the store at ``url``, a database server's, holds anything."""
    engine = connect(url)
    try:
        with engine.connect() as connection:
            if not version(connection):
                return False
            kept = (table for table in t.metadata.sorted_tables if table is not t.schema_version)
            return any(connection.execute(select(table).limit(1)).first() for table in kept)
    finally:
        engine.dispose()


def _copy_server(url: str | Path, target: Path) -> None:
    engine = connect(url)
    try:
        with engine.connect() as looking:
            held = version(looking)
        if not held:
            return
        if held != len(STEPS):
            upgrade(engine)
        copy = connect(target)
        upgrade(copy)
        with (
            engine.connect().execution_options(isolation_level="REPEATABLE READ") as source,
            writing(copy) as connection,
        ):
            connection.execute(text("DELETE FROM schema_version"))
            _copy_rows(source, connection)
        copy.dispose()
    finally:
        engine.dispose()


def _copy_rows(source: Connection, target: Connection) -> None:
    """Copy every table, those that others point to first; a number at a time of rows, so that memory stays small."""
    for table in t.metadata.sorted_tables:
        found = source.execution_options(yield_per=_ROWS).execute(select(table))
        for rows in found.mappings().partitions():
            target.execute(insert(table), [dict(row) for row in rows])
