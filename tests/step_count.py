"""Counts what work costs in steps, for tests of cost that give the same on every machine."""

import sys
from collections.abc import Callable


def steps(work: Callable[[], object]) -> int:
    """How many functions, those in C included, ``work`` calls: the same on every machine."""
    count = 0

    def seen(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count
