"""The program's own files: a room loaded whole, and whether the files are still those that this process began with."""

from functools import cache
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

_PACKAGE = Path(__file__).parents[1]
State = frozenset[tuple[str, int, int, int]]


def load(*names: str) -> None:
    """Load the rooms and modules of briefings of these names with all modules in them; one that cannot be stays away."""
    for name in names:
        try:
            found = import_module(f"briefings.{name}")
        except ImportError:
            continue
        for module in iter_modules(getattr(found, "__path__", ())):
            if not module.name.startswith("__"):
                load(f"{name}.{module.name}")


def replaced() -> bool:
    """Whether the program's files are others than when this was asked first."""
    return _first() != _now()


@cache
def _first() -> State:
    return _now()


def _now() -> State:
    """Size, time and number of each of the program's files; a file that goes while this looks is left out."""
    found = []
    for path in _PACKAGE.rglob("*.py"):
        try:
            state = path.stat()
        except OSError:
            continue
        found.append((str(path), state.st_size, state.st_mtime_ns, state.st_ino))
    return frozenset(found)
