"""What most commands begin with: the settings and the store of the workspace, and the time."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from briefings import settings
from briefings.errors import BriefingsError
from briefings.settings import Settings

if TYPE_CHECKING:
    from briefings.store.store import Store


@contextmanager
def opened(root: Path, *, checked: bool = False) -> "Iterator[tuple[Settings, Store]]":
    """The settings and the open store of the workspace ``root``; a damaged one is refused where it is to be ``checked``."""
    from briefings.store import open_store, quick_check

    loaded = settings.load(root)
    if checked and (wrong := quick_check(loaded.store)):
        raise BriefingsError(f"{' '.join(wrong[:3])} `briefings restore` brings back a backup.")
    store = open_store(loaded.store)
    try:
        yield loaded, store
    finally:
        store.close()


def now() -> str:
    """The time, ISO with its zone, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
