"""A stretch of a produced file as it was read back."""

from dataclasses import dataclass
from typing import Literal

Zone = Literal["flow", "side", "margin"]


@dataclass(frozen=True, slots=True)
class Unit:
    """A paragraph, a cell or a line that was read back, with its place for people.

    ``flow`` is the running text in its order; ``margin`` heads and feet of pages; ``side`` what is said without being
    printed: alternative texts, tips, metadata. ``page`` counts from 1 where there are pages, else 0.
    """

    text: str
    place: str
    zone: Zone = "flow"
    page: int = 0
