"""When a briefing is to be made, who asked for it, and what became of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

RunKind = Literal["schedule", "new_input", "person", "retry"]
RunState = Literal["queued", "running", "done", "unchanged", "held", "failed"]
OVER: frozenset[RunState] = frozenset(("done", "unchanged", "held", "failed"))
"""The states that a run ends in."""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a briefing is made: five fields of cron or ``@daily`` in ``expression``, read on the clocks of ``timezone``.

    ``id`` is the briefing's id unless it has several; ``workdays`` leaves out what falls on no working day of China.
    """

    id: str
    briefing: str
    expression: str
    timezone: str
    workdays: bool = False


@dataclass(frozen=True, slots=True)
class ScheduleState:
    """What the store knows of a schedule: up to when its due times are rows, whether it is paused, as what it was seen."""

    id: str
    definition: str
    planned_until: datetime
    paused: bool


@dataclass(frozen=True, slots=True)
class Due:
    """One due time of a schedule, in UTC; ``run`` is the run that answers it, "" while none does."""

    schedule: str
    briefing: str
    at: datetime
    run: str = ""


@dataclass(frozen=True, slots=True)
class Run:
    """One making of a briefing, asked for, under way or over. Times are in UTC; None for what has not happened.

    ``ready_at`` is when it may begin; ``reason`` says why it was held or failed; ``tries`` counts its beginnings; ``owner``
    is the process that makes it, which holds it until ``lease_until``; ``edition`` is the edition it found or made;
    ``step`` is what it is at while it is under way, "" otherwise.
    """

    id: str
    briefing: str
    kind: RunKind
    state: RunState
    asked_at: datetime
    ready_at: datetime
    started_at: datetime | None = None
    ended_at: datetime | None = None
    reason: str = ""
    tries: int = 0
    owner: str = ""
    lease_until: datetime | None = None
    edition: str = ""
    step: str = ""

    @property
    def over(self) -> bool:
        """Whether nothing more will become of it."""
        return self.state in OVER


@dataclass(frozen=True, slots=True)
class RunLine:
    """One line of a run's log."""

    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Ended:
    """What became of a run that was made: ``done`` with a new edition, ``unchanged`` with the one that was there."""

    state: RunState
    reason: str = ""
    edition: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something the unattended program did or saw: a stable name, a sentence, and what it is about."""

    name: str
    sentence: str
    about: tuple[tuple[str, str], ...] = ()
    wrong: bool = False
