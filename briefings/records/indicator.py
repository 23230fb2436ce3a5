"""What the lexicons say about a canonical indicator and about a theme."""

from dataclasses import dataclass
from typing import Literal

Polarity = Literal["up_good", "down_good", "none"]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A canonical indicator: its names, what it is measured in, and what a rise of it means.

    ``rank`` orders headline indicators: 1 is asked for first (GDP); 0 is not a headline indicator.
    """

    name: str
    aliases: tuple[str, ...] = ()
    english: str = ""
    dimension: str = ""
    polarity: Polarity = "none"
    theme: str = ""
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Theme:
    """A field of work that measures are sorted into; ``key`` is stable, ``label`` is printed."""

    key: str
    label: str
    english: str
    cues: tuple[str, ...]
