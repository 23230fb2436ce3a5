"""Settings of a briefing, what an audit found, and a published edition."""

from dataclasses import dataclass
from typing import Literal

from briefings.records.briefing import BriefKind, Language, Masthead, Theme
from briefings.records.problem import Problem

Format = Literal["pdf", "docx", "html", "xlsx"]


@dataclass(frozen=True, slots=True)
class Order:
    """One ``[[briefing]]`` of briefings.toml: what to make, from what, in which formats.

    ``issuers`` and ``places`` are canonical names or aliases; empty means all. ``periods`` has one entry for a digest.
    """

    id: str
    kind: BriefKind
    title: str
    periods: tuple[str, ...]
    issuers: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    formats: tuple[Format, ...] = ("pdf", "docx", "html", "xlsx")
    language: Language = "zh"
    theme: Theme = "modern"
    office: str = ""
    masthead: Masthead | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing the audit holds against a file: the number, where it stands, why it is held."""

    file: str
    place: str
    number: str
    context: str
    reason: str


@dataclass(frozen=True, slots=True)
class AuditReport:
    """The audit's result for one file: how many numbers it read, how many of each origin, and what it holds."""

    file: str
    numbers: int
    origins: tuple[tuple[str, int], ...]
    findings: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        """True when nothing is held against the file."""
        return not self.findings


@dataclass(frozen=True, slots=True)
class Edition:
    """A published edition: an immutable folder ``output/<briefing>/<edition>/``.

    ``id`` is ``<as_of>-<first 8 of the fingerprint>``; ``files`` maps file names to their sha256. ``new`` is False when
    the same fingerprint had been published before. ``problems`` say what was wrong with it on the disk, and was mended.
    ``previous`` is the id of the edition it says its changes against, "" for none. ``made_from`` is the fingerprint of what
    it was made from without that edition: the same again needs no new edition.
    """

    briefing: str
    id: str
    folder: str
    fingerprint: str
    files: tuple[tuple[str, str], ...]
    new: bool
    problems: tuple[Problem, ...] = ()
    previous: str = ""
    made_from: str = ""
