"""What ``briefings inspect`` finds in a produced file: a result for each of the fifty checks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from briefings.records.briefing import Briefing
from briefings.records.edition import AuditReport
from briefings.records.fact import Fact

Medium = Literal["pdf", "docx"]
Verdict = Literal["pass", "fail", "not_applicable", "not_run", "by_eye"]


@dataclass(frozen=True, slots=True)
class Check:
    """One of the fifty: its number, its name in a few words, the files it is made for, and what it holds them to."""

    number: int
    name: str
    media: tuple[Medium, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Spot:
    """A place at which a check failed: where it is ("page 3, line 12") and the words there."""

    where: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Result:
    """What came of one check. ``measured`` holds the figures, or why it did not apply or was not run; ``spots`` all failures."""

    number: int
    verdict: Verdict
    measured: str
    spots: tuple[Spot, ...] = ()


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known of a file besides its bytes.

    ``briefing``, ``facts`` and ``texts`` (by sha256, gaps for what is not kept) are its edition's, ``documents`` maps ids of
    documents to the sha256 of their source; all are empty for a file outside an edition. ``audit`` is what the audit held.
    ``digests`` are the sha256 of the edition's files by name. ``families`` are the fonts that the theme's style sheets name.
    ``why`` says what is missing.
    """

    briefing: Briefing | None = None
    audit: AuditReport | None = None
    facts: Mapping[str, Fact] = field(default_factory=dict)
    documents: Mapping[str, str] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    digests: Mapping[str, str] = field(default_factory=dict)
    families: tuple[str, ...] = ()
    why: str = "the file lies in no edition"


@dataclass(frozen=True, slots=True)
class Inspection:
    """All results for a file. ``theme`` is "" where nothing tells it."""

    file: str
    medium: Medium
    theme: Literal["modern", "official", ""]
    results: tuple[Result, ...]

    @property
    def passed(self) -> bool:
        """True when no check failed."""
        return all(result.verdict != "fail" for result in self.results)
