"""Whether the program's files are still those that this process was started from: an update may replace them under it."""

from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

PACKAGE = Path(__file__).parents[1]
_Mark = frozenset[tuple[str, int, int]]


def replaced() -> bool:
    """Whether a file of the program was changed, added or removed since the first time this was asked."""
    return _mark() != _first()


def load(*rooms: str) -> None:
    """Load all modules of the packages or modules ``rooms`` of the program now, so that none comes from other files later."""
    for room in rooms:
        module = import_module(f"{PACKAGE.name}.{room}")
        for found in walk_packages(getattr(module, "__path__", ()), f"{module.__name__}."):
            import_module(found.name)


@cache
def _first() -> _Mark:
    return _mark()


def _mark() -> _Mark:
    """Name, size and time of every file that the program is made of."""
    found = set()
    for path in PACKAGE.rglob("*"):
        if path.suffix in (".py", ".toml"):
            try:
                state = path.stat()
            except OSError:  # it is being replaced just now
                continue
            found.add((path.relative_to(PACKAGE).as_posix(), state.st_size, state.st_mtime_ns))
    return frozenset(found)
