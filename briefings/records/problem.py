"""What is wrong with a document, a fact or a briefing: data that is shown, never an exception."""

from dataclasses import dataclass
from typing import Literal

Severity = Literal["info", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: what, where and why.

    ``code`` is a stable word for programs (``no_text``), ``sentence`` says it to a person (Chinese),
    ``stage`` is the room that found it (``ingest``, ``structure``, ``extract`` …), ``start``/``end`` are code
    points in the source text where there is a place, and ``severity`` is ``error`` when nothing can be used.
    """

    code: str
    sentence: str
    stage: str
    severity: Severity = "warning"
    start: int | None = None
    end: int | None = None
