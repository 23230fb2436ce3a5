"""Keep what was read: sources, documents, facts, measures, problems, corrections by people, and editions."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefings.store.store import Store

__all__ = ["copy_store", "open_store", "quick_check"]


def open_store(url: str | Path) -> "Store":
    """The store at ``url``: a path of an SQLite file, made where it is absent, or a SQLAlchemy URL.

    An older store is upgraded. Raises ``StoreRefused`` for one written by a newer briefings or on a network share.
    """
    from briefings.store.engine import connect
    from briefings.store.migrations import upgrade
    from briefings.store.store import Store

    engine = connect(url)
    upgrade(engine)
    return Store(engine)


def quick_check(url: str | Path) -> tuple[str, ...]:
    """What is wrong with the store at ``url``, a sentence each; empty when it is sound."""
    from briefings.store.engine import inspect

    return inspect(url)


def copy_store(url: str | Path, folder: Path) -> Path:
    """The path of a copy of the store in ``folder``, of one moment; see ``copying``. Raises ``StoreRefused``."""
    from briefings.store.copying import copy_store

    return copy_store(url, folder)
