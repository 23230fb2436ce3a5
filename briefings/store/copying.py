"""A copy of a store to try things on: nothing done to it reaches the store."""

import sqlite3
from pathlib import Path

from sqlalchemy.engine import make_url

from briefings.errors import UsageError
from briefings.store.engine import StoreRefused, database_url

NAME = "store.sqlite3"


def copy_store(url: str | Path, folder: Path) -> Path:
    """The path of a copy in ``folder`` of the store at ``url``; no file is made there for a store that does not exist yet.

    Others may write to the store meanwhile: the copy is of one moment. Raises ``UsageError`` for a store that is no SQLite
    file, ``StoreRefused`` for one that cannot be read.
    """
    address = make_url(database_url(url))
    target = folder / NAME
    if address.get_backend_name() != "sqlite":
        raise UsageError(
            "Only a store in an SQLite file can be copied to try files on; this one is a database server's."
        )
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
