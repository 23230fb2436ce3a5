"""Collects what the lexer leaves out and which numbers the grammar read; handed down only where somebody asks."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from briefings.extract.line import Group, Line


class Masked(NamedTuple):
    """A stretch of a line that gives no token, with the reason as a code of ``records.coverage.REASONS``."""

    reason: str
    start: int
    end: int


@dataclass(slots=True)
class Watch:
    """What was seen while a line was read, in the coordinates of the line."""

    masked: list[Masked] = field(default_factory=list)
    line: "Line | None" = None

    def read(self, line: "Line", group: "Group", reader: "Callable[[Line, Group], None]") -> None:
        """Let ``reader`` read a list of numbers."""
        reader(line, group)
