"""The store: an engine with the questions and the writes that the journeys need."""

from collections.abc import Mapping, Sequence
from typing import Literal

from sqlalchemy import Engine

from briefings import __version__
from briefings.records.correction import Correction, Standing, home
from briefings.records.decision import Decision
from briefings.records.document import Document, Genre, Reading, Role, Source, Span
from briefings.records.edition import Edition
from briefings.records.fact import Fact, Findings, Kind, Measure
from briefings.records.mail import Mailing
from briefings.records.problem import Problem
from briefings.records.run import Run
from briefings.store import deciding, decisions, read, setting, standing, versions, write
from briefings.store.answered import Answered
from briefings.store.judging import unknown_document
from briefings.store.known import Override, read_overrides
from briefings.store.news import read_choices, read_news, settle_news
from briefings.store.outbox import Outbox
from briefings.store.run_rows import Ready
from briefings.store.runs import Runs
from briefings.store.search import Page, Passage, read_fact, search_facts, search_texts
from briefings.store.users import Users


class Store:
    """What was read, on disk. Times (``now``) are ISO text with a zone, passed in; every write is one transaction."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.runs = Runs(engine)
        self.outbox = Outbox(engine)
        self.users = Users(engine)
        self.answered = Answered(engine)

    def close(self) -> None:
        """Let go of the database."""
        self.engine.dispose()

    def save(
        self, reading: Reading, findings: Sequence[Findings], *, now: str, size: int | None = None
    ) -> tuple[Findings, ...]:
        """Write a source and all that was found in it; the same sha256 again replaces its documents and facts.

        Gives the findings as they were written: with people's corrections of these bytes applied.
        """
        return write.save_reading(self.engine, reading, findings, now=now, size=size)

    def also_named(self, sha256: str, name: str, *, now: str) -> None:
        """Note another name of bytes that are held already."""
        write.save_name(self.engine, sha256, name, now=now)

    def quarantine(self, sha256: str, name: str, problem: Problem, *, now: str) -> None:
        """Note a file that could not be read and why; every call counts as one try."""
        write.save_quarantine(self.engine, sha256, name, problem, version=__version__, now=now)

    def override(
        self, target: str, field: str, value: str | None, *, author: str, reason: str, now: str
    ) -> None:
        """Set ``issuer``, ``place``, ``period`` or ``published`` of a document id, or of all documents of a sha256.

        A document's own correction goes before its source's; None takes it back; the history stays. Raises
        ``UsageError`` for another field or an unknown target.
        """
        write.save_override(self.engine, target, field, value, author=author, reason=reason, now=now)

    def correct(
        self, fact: str, changes: Mapping[str, str | None], *, author: str, reason: str, now: str
    ) -> Correction:
        """Set fields of a fact (see ``JUDGED``; "" empties one). Raises ``UsageError`` for what cannot be."""
        return deciding.save_judged(self.engine, fact, changes, author=author, reason=reason, now=now)

    def reject(self, fact: str, *, author: str, reason: str, now: str) -> Correction:
        """Take a fact out: the number is none. Raises ``UsageError`` for a fact that is not held."""
        return deciding.save_judged(self.engine, fact, None, author=author, reason=reason, now=now)

    def add_fact(
        self,
        document: str,
        span: Span,
        changes: Mapping[str, str | None],
        *,
        author: str,
        reason: str,
        now: str,
    ) -> Correction:
        """Add a fact at a place of a document's source. Raises ``UsageError`` for what cannot be."""
        return deciding.save_added(
            self.engine, document, span, changes, author=author, reason=reason, now=now
        )

    def undo(self, given: str, *, author: str, reason: str, now: str) -> Correction:
        """Take back a correction by its id, or the last one of a fact; gives the one taken back."""
        return deciding.save_undone(self.engine, given, author=author, reason=reason, now=now)

    def confirm(self, correction: str, *, author: str, reason: str, now: str) -> Correction:
        """Let a reopened correction hold in the new text; gives the one made there."""
        return deciding.save_confirmed(self.engine, correction, author=author, reason=reason, now=now)

    def dismiss(self, correction: str, *, author: str, reason: str, now: str) -> Correction:
        """Close a reopened correction that the new text does not need."""
        return deciding.save_dismissed(self.engine, correction, author=author, reason=reason, now=now)

    def corrections(self, documents: Sequence[str] | None = None) -> tuple[Standing, ...]:
        """Every correction with its state, oldest first; of those documents only when given."""
        found = standing.read_standing(self.engine)
        if documents is None:
            return found
        return tuple(one for one in found if home(one.correction) in documents)

    def corrections_in_force(self, documents: Sequence[str]) -> tuple[Correction, ...]:
        """The corrections that stand for facts of these documents, by place; those of one fact oldest first."""
        return standing.read_counting(self.engine, documents)

    def settings_of_metadata(self) -> tuple[setting.Setting, ...]:
        """What people set of documents' metadata with its state, oldest first; reopened where a new version stands."""
        return setting.read_settings(self.engine)

    def reopened_setting(self, given: str) -> setting.Setting:
        """A reopened correction of metadata by its id. Raises ``UsageError`` when it is not."""
        return setting.reopened_setting(self.engine, given)

    def close_setting(self, given: str, *, author: str, reason: str, now: str) -> setting.Setting:
        """Close a reopened correction of metadata that the new version does not need."""
        return setting.save_closed(self.engine, given, author=author, reason=reason, now=now)

    def decide(self, decision: Decision) -> Decision:
        """Note what a person decided about a promise; gives it with its number."""
        return decisions.save_decision(self.engine, decision)

    def decisions(self, documents: Sequence[str] | None = None) -> tuple[Decision, ...]:
        """What people decided about promises, oldest first; of those of these documents only when given."""
        return decisions.read_decisions(self.engine, documents)

    def record_edition(self, edition: Edition, *, now: str, mailing: Mailing | None = None) -> None:
        """Note a published edition as its briefing's latest, and in the same transaction the letters it owes."""
        write.save_edition(self.engine, edition, now=now, mailing=mailing)

    def known(self, sha256: str) -> Literal["taken", "quarantined"] | None:
        """What became of these bytes when they came before; None when they never came."""
        return read.read_known(self.engine, sha256)

    def sources(self) -> tuple[Source, ...]:
        """All sources, by name."""
        return read.read_sources(self.engine)

    def source(self, sha256: str) -> Source:
        """The source with that sha256. Raises ``KeyError`` when it is not held."""
        found = read.read_sources(self.engine, sha256)
        if not found:
            raise KeyError(sha256)
        return found[0]

    def names(self, sha256: str) -> tuple[str, ...]:
        """The names these bytes came under, the first one first."""
        return read.read_names(self.engine, sha256)

    def documents(
        self,
        *,
        issuer: str | None = None,
        place: str | None = None,
        period: str | None = None,
        genre: Genre | None = None,
        replaced: bool = False,
    ) -> tuple[Document, ...]:
        """Documents by period, issuer and ordinal, with people's corrections applied before the filters.

        Those that a newer version stands for are among them only when ``replaced``.
        """
        wanted = {"issuer": issuer, "place": place, "period": period, "genre": genre}
        return read.read_documents(self.engine, wanted, replaced=replaced)

    def replaced(self) -> dict[str, str]:
        """By the id of each document that a newer version stands for, the id of that version."""
        return versions.read_replaced(self.engine)

    def use(self, given: str, *, author: str, reason: str, now: str) -> tuple[str, ...]:
        """Let a document stand for its other versions, until a newer one arrives or another is used; gives its id.

        ``given`` may also be the beginning of a source's sha256: all its documents. Raises ``UsageError``.
        """
        return versions.save_choice(self.engine, given, "use", author=author, reason=reason, now=now)

    def keep_apart(self, given: str, *, author: str, reason: str, now: str) -> tuple[str, ...]:
        """Say the same of a document that is no version of another; ``use`` takes it back."""
        return versions.save_choice(self.engine, given, "apart", author=author, reason=reason, now=now)

    def chosen(self) -> tuple[versions.Chosen, ...]:
        """What people said of versions by ``use`` and ``keep_apart``, oldest first, with whether it still holds."""
        return versions.read_chosen(self.engine)

    def unchoose(self, document: str, *, author: str, reason: str, now: str) -> versions.Chosen:
        """Take back the last choice of a document that holds; gives it. Raises ``UsageError`` where none does."""
        return versions.save_unchosen(self.engine, document, author=author, reason=reason, now=now)

    def document(self, id_: str) -> Document:
        """The document with that id, replaced or not. Raises ``UsageError``, with ids like it, when it is not held."""
        found = {document.id: document for document in self.documents(replaced=True)}
        if id_ not in found:
            raise unknown_document(id_, tuple(found))
        return found[id_]

    def facts(
        self,
        *,
        documents: Sequence[str] | None = None,
        issuer: str | None = None,
        place: str | None = None,
        period: str | None = None,
        indicator: str | None = None,
        kind: Kind | None = None,
    ) -> tuple[Fact, ...]:
        """Facts in the documents' order and the order of the text; see ``read_facts`` for the filters.

        Those of replaced documents only where ``documents`` names them.
        """
        wanted = {"issuer": issuer, "place": place}
        return read.read_facts(
            self.engine, documents=documents, wanted=wanted, period=period, indicator=indicator, kind=kind
        )

    def fact(self, id_: str) -> Fact | None:
        """The fact with that id, of a replaced document too; None where it is not held."""
        return read_fact(self.engine, id_)

    def find_facts(
        self,
        words: Sequence[str],
        *,
        documents: Sequence[str] | None = None,
        kind: str = "",
        most: int | None = 100,
        skip: int = 0,
    ) -> Page:
        """Facts that hold all of ``words``, some at a time; see ``search_facts``."""
        return search_facts(self.engine, words, documents=documents, kind=kind, most=most, skip=skip)

    def find_passages(self, words: Sequence[str], most: int = 50) -> tuple[Passage, ...]:
        """Where all of ``words`` stand in the sources' texts; see ``search_texts``."""
        return search_texts(self.engine, words, most)

    def measures(
        self, documents: Sequence[str] | None = None, role: Role | None = None
    ) -> tuple[Measure, ...]:
        """Measures in the documents' order and the order of the text; those of replaced documents only where named."""
        return read.read_measures(self.engine, documents, role)

    def problems(self) -> tuple[read.Held, ...]:
        """Every problem with the source and the document it belongs to."""
        return read.read_problems(self.engine)

    def news(self) -> dict[str, int]:
        """The sources that changed and were not looked at since, by sha256, each with a number that grows."""
        return read_news(self.engine)

    def choices(self) -> dict[str, frozenset[str]]:
        """By briefing, the ids of the documents it spoke of when that was last looked at."""
        return read_choices(self.engine)

    def settle_news(
        self,
        news: Mapping[str, int],
        choices: Mapping[str, frozenset[str]],
        asked: Mapping[str, str],
        ready: Ready,
    ) -> tuple[Run, ...]:
        """Ask for runs of the briefings of ``asked``, each with why, and hold ``news`` as seen to, all at once."""
        return settle_news(self.engine, news, choices, asked, ready)

    def quarantined(self) -> tuple[read.Quarantined, ...]:
        """The files in quarantine, by name."""
        return read.read_quarantined(self.engine)

    def absent(self) -> tuple[read.Absent, ...]:
        """What compilations announce and do not hold."""
        return read.read_absent(self.engine)

    def overrides(self, target: str | None = None) -> tuple[Override, ...]:
        """The history of corrections, oldest first."""
        return read_overrides(self.engine, target)

    def editions(self, briefing: str) -> tuple[Edition, ...]:
        """The published editions of a briefing, the latest first."""
        return read.read_editions(self.engine, briefing)
