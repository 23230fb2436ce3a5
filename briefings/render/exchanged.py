"""Functions of WeasyPrint that ours stand in for while a page of ours is laid out, where they are those this was tested with."""

import hashlib
import inspect
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any

_ONE_AT_A_TIME = threading.RLock()


def changed(shapes: Mapping[str, str]) -> list[str]:
    """The names in ``shapes`` (functions of WeasyPrint, with the digests of their sources) that are others here."""
    return [name for name, digest in shapes.items() if _digest(name) != digest]


@contextmanager
def exchanged(*ours: tuple[object, str, Callable[[Any], object]]) -> Iterator[None]:
    """Each owner's function of that name is what is made of it, as long as this lasts; then WeasyPrint is as it was.

    One after the other, so that what is made may lean on what was exchanged before it. One thread at a time:
    WeasyPrint's functions are everyone's.
    """
    with _ONE_AT_A_TIME:
        before = [(owner, name, getattr(owner, name)) for owner, name, _ in ours]
        try:
            for (_, _, make), (owner, name, original) in zip(ours, before, strict=True):
                setattr(owner, name, make(original))
            yield
        finally:
            for owner, name, function in before:
                setattr(owner, name, function)


@cache
def _digest(name: str) -> str:
    """The digest of the source of ``name``, "" where there is none."""
    from importlib import import_module

    module, _, attribute = name.rpartition(".")
    try:
        source = inspect.getsource(getattr(import_module(module), attribute))
    except (ImportError, AttributeError, OSError, TypeError):
        return ""
    return hashlib.sha256(source.encode()).hexdigest()[:16]
