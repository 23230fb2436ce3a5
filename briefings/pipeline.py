"""The two journeys, each a function one can read aloud: taking documents in, and making a briefing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from briefings import extract, structure, templates, walled
from briefings.earlier import edition_before, with_changes
from briefings.errors import AuditHeld, UsageError
from briefings.gathering import composed, gathered, lexicon_of
from briefings.inputs import made_of, manifest
from briefings.records.document import Document, Original, Reading
from briefings.records.edition import Order
from briefings.records.fact import Fact, Findings
from briefings.records.material import Material
from briefings.records.problem import Problem

if TYPE_CHECKING:
    from briefings.extract.lexicon import Lexicon
    from briefings.records.briefing import Briefing
    from briefings.records.edition import AuditReport, Edition, Finding
    from briefings.settings import Settings
    from briefings.store.setting import Setting
    from briefings.store.store import Store

FIELDS = walled.FIELDS
_DIGEST_GENRES = ("summary", "report", "other")
_MADE_WITH = ("templates/briefing", "templates/word", "styles")
_OF_PAGES = frozenset({"source.css", "web.css"})
_MEDIA = {"pdf": ".pdf", "docx": ".docx", "html": ".html", "xlsx": ".xlsx"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: taken, known already (the same bytes), or quarantined with its reason."""

    path: str
    sha256: str
    state: Literal["taken", "known", "quarantined"]
    documents: tuple[Document, ...] = ()
    facts: int = 0
    measures: int = 0
    absent: int = 0
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Built:
    """What became of one order: its edition, and what the audit read in each produced file.

    ``reports`` is empty when the edition had been published before from the same input.
    """

    order: Order
    edition: Edition
    reports: tuple[AuditReport, ...]


def read(
    data: bytes, name: str, corrections: Mapping[str, str] | None = None, *, lexicon: Lexicon | None = None
) -> tuple[Reading, tuple[Findings, ...]]:
    """Bytes to documents to findings, nothing kept; a reading without documents says why in its problems.

    ``corrections`` are metadata that a person has set, by field (see ``FIELDS``); they go before what was read.
    """
    reading = structure.read(data, name)
    if corrections:
        reading = replace(
            reading, documents=tuple(walled.corrected(d, corrections) for d in reading.documents)
        )
    return reading, tuple(extract.find(d, reading.source, lexicon) for d in reading.documents)


def take_in(
    paths: Iterable[Path],
    settings: Settings,
    store: Store,
    *,
    now: str,
    corrections: Mapping[str, str] | None = None,
    author: str = "",
    on_file: Callable[[Outcome], None] | None = None,
) -> tuple[Outcome, ...]:
    """Take files and folders in; what cannot be read is quarantined and the rest goes on.

    Raises ``UsageError`` for a path that does not exist, before anything is taken.
    """
    from briefings import ingest

    lexicon_of(settings)  # an unusable one is told of before anything is taken
    walled.ready_to_read()
    outcomes = []
    for found in ingest.walk(tuple(paths)):
        if isinstance(found, ingest.Left):
            outcome = Outcome(ingest.shown(found.path), "", "quarantined", problem=found.problem)
        else:
            outcome = _take(found, settings, store, now, corrections or {}, author)
        outcomes.append(outcome)
        if on_file:
            on_file(outcome)
    return tuple(outcomes)


def retry(settings: Settings, store: Store, *, now: str) -> tuple[Outcome, ...]:
    """Read everything in quarantine again, from the originals that were kept."""
    outcomes = []
    for held in store.quarantined():
        path = settings.data / "originals" / held.sha256[:2] / held.sha256
        outcomes.append(_read_in(path, held.name, held.sha256, store, now, {}, "", settings))
    return tuple(outcomes)


def correct_document(
    document: str,
    changes: Mapping[str, str | None],
    settings: Settings,
    store: Store,
    *,
    author: str,
    reason: str,
    now: str,
    target: str | None = None,
) -> Outcome:
    """Set metadata of a document (None takes a field back) and find its facts again: their periods may follow from it.

    ``target`` is its source's sha256 where all documents of the source are meant. Raises ``UsageError`` for a document or
    a field that does not exist, or when the original is gone.
    """
    held = store.document(document)
    path = settings.data / "originals" / held.sha256[:2] / held.sha256
    if not path.is_file():
        raise UsageError(f"The original of {held.name} is missing: {path} does not exist.")
    for field, value in changes.items():
        store.override(target or document, field, value, author=author, reason=reason, now=now)
    return _read_in(path, held.name, held.sha256, store, now, {}, author, settings)


def undo_setting(given: str, settings: Settings, store: Store, *, author: str, reason: str, now: str) -> None:
    """Take back what a person set of a document, by its id (m1). Raises ``UsageError`` where it does not hold."""
    held = {one.id: one for one in store.settings_of_metadata()}
    if given not in held:
        raise UsageError(f"There is no correction {given!r}; `briefings corrections` lists them.")
    said = held[given].override
    if held[given].state == "undone":
        raise UsageError(f"{given} is undone already, or another took its place.")
    ids = [d.id for d in store.documents(replaced=True) if said.target in (d.id, d.sha256)]
    by = {"author": author, "reason": reason, "now": now}
    correct_document(ids[0], {said.field: None}, settings, store, target=said.target, **by)


def confirm_setting(
    given: str, settings: Settings, store: Store, *, author: str, reason: str, now: str
) -> Setting:
    """Let a reopened setting (m1) hold in the new version as well; gives the one made there. Raises ``UsageError``."""
    one = store.reopened_setting(given)
    said, new = one.override, store.document(one.document)
    target = new.sha256 if "-" not in said.target else new.id
    by = {"author": author, "reason": reason or said.reason, "now": now}
    correct_document(new.id, {said.field: said.value}, settings, store, target=target, **by)
    return store.settings_of_metadata()[-1]


def mend(settings: Settings, store: Store, *, now: str, briefing: str | None = None) -> tuple[Edition, ...]:
    """Record, with their letters, the editions whose publisher died between putting them there and saying so."""
    from briefings import deliver

    mended = []
    for owed, fingerprint in store.outbox.owing(briefing):
        edition = deliver.finish(settings.output, owed, fingerprint)
        if edition:
            store.record_edition(edition, now=now, mailing=settings.mailing(owed))
            mended.append(edition)
    return tuple(mended)


def build(
    order: Order,
    settings: Settings,
    store: Store,
    *,
    now: str,
    on_step: Callable[[str], None] = lambda _: None,
) -> Built:
    """Make one briefing: gather, compare, compose, set against the last edition, render, audit, publish.

    ``on_step`` is told what is begun: gathering, comparing, rendering pdf 1/4 …, proving, publishing.

    Raises ``UsageError`` when the store holds nothing for it, ``ConfigurationError`` for a template of the workspace's own
    that does not lint, ``AuditHeld`` when a produced file says a number that has no source; the last good edition then stays the latest.
    """
    from briefings import deliver

    mend(settings, store, now=now, briefing=order.id)
    on_step("gathering")
    material = gathered(order, settings, store)
    inputs = made_of(material, settings)
    made_from = deliver.fingerprint(inputs)
    latest = deliver.latest(settings.output, order.id)
    if latest and latest.made_from == made_from and not deliver.verify(Path(latest.folder)):
        return Built(order, latest, ())

    walled.ready_to_render()
    templates.refuse(order, settings)
    on_step("comparing")
    briefing = composed(material)
    old = edition_before(latest, made_from, order, settings)
    if old:
        briefing = with_changes(briefing, old, material, inputs, settings)
    briefing = replace(briefing, letterhead=templates.letterhead(briefing, order, settings))
    files = render_files(briefing, material.facts, order, settings, on_step)
    on_step("proving")
    reports = _audit(briefing, material, files, settings)
    fingerprint = deliver.fingerprint({**inputs, "previous": old.id}) if old else made_from
    on_step("publishing")
    store.outbox.begin(order.id, fingerprint)
    edition = deliver.publish(
        settings.output,
        order.id,
        briefing.as_of,
        fingerprint,
        {**files, **_ledger(briefing, material)},
        manifest(material, settings, inputs, reports, old.id if old else ""),
    )
    store.record_edition(edition, now=now, mailing=settings.mailing(order.id))
    return Built(order, edition, reports)


def render_files(
    briefing: Briefing,
    facts: Sequence[Fact],
    order: Order,
    settings: Settings,
    on_step: Callable[[str], None] = lambda _: None,
) -> dict[str, bytes]:
    """The produced files by name, in the formats that ``order`` asks for. Raises ``BuildFailed`` as ``walled.render``."""
    made = {}
    for number, format_ in enumerate(order.formats, 1):
        on_step(f"rendering {format_} {number}/{len(order.formats)}")
        made[order.id + _MEDIA[format_]] = walled.render(
            format_, briefing, facts, settings.search, settings.rendering
        )
    return made


def audit_file(path: Path) -> AuditReport:
    """Prove the numbers of a produced file by what lies beside it in its edition's folder.

    Raises ``UsageError`` when the file does not lie in an edition's folder.
    """
    return walled.check_file(path)


def _take(
    path: Path,
    settings: Settings,
    store: Store,
    now: str,
    corrections: Mapping[str, str],
    author: str,
) -> Outcome:
    from briefings import ingest

    shown = ingest.shown(path)
    try:
        original = ingest.take(path, settings.data)
    except UsageError as error:  # gone or locked since the folder was walked: the rest goes on
        problem = Problem("unreadable", str(error), "ingest", "error")
        return Outcome(shown, "", "quarantined", problem=problem)
    return replace(
        take_original(original, settings, store, now=now, corrections=corrections, author=author), path=shown
    )


def take_original(
    original: Original,
    settings: Settings,
    store: Store,
    *,
    now: str,
    corrections: Mapping[str, str] | None = None,
    author: str = "",
) -> Outcome:
    """Take in a file whose bytes are kept already; when this returns, what was found in it is committed."""
    if store.known(original.sha256) == "taken" and not corrections:
        store.also_named(original.sha256, original.name, now=now)
        return Outcome(original.name, original.sha256, "known")
    outcome = _read_in(
        original.path, original.name, original.sha256, store, now, corrections or {}, author, settings
    )
    return replace(outcome, path=original.name)


def _read_in(
    path: Path,
    name: str,
    sha256: str,
    store: Store,
    now: str,
    corrections: Mapping[str, str],
    author: str,
    settings: Settings,
) -> Outcome:
    """Read a kept original and write what was found; or write into quarantine why it could not be read.

    Facts are found in the light of all metadata that people have set; the store keeps both sides apart, and puts people's
    corrections of facts in their place.
    """
    data = path.read_bytes()
    said = {**_said_of_documents(store, sha256), "": {**_said(store, sha256), **corrections}}
    reading, found = walled.read(data, name, said, settings.lexicons, settings.reading)
    if not reading.documents:
        problem = walled.reason(reading)
        store.quarantine(sha256, name, problem, now=now)
        return Outcome(str(path), sha256, "quarantined", problem=problem)
    documents = tuple(walled.corrected(d, {**said[""], **said.get(d.id, {})}) for d in reading.documents)
    findings = store.save(reading, found, now=now, size=len(data))
    for field, value in corrections.items():
        store.override(sha256, field, value, author=author, reason="set when the file was added", now=now)
    return Outcome(
        str(path),
        sha256,
        "taken",
        documents,
        sum(len(f.facts) for f in findings),
        sum(len(f.measures) for f in findings),
        len(reading.absent),
    )


def _said(store: Store, target: str) -> dict[str, str]:
    """The metadata that people have set for a document or for all documents of a sha256, and not taken back."""
    last = {override.field: override.value for override in store.overrides(target)}
    return {field: value for field, value in last.items() if value is not None}


def _said_of_documents(store: Store, sha256: str) -> dict[str, dict[str, str]]:
    """The same for each document of a sha256 of which people have set any."""
    prefix = f"{sha256[:12]}-"
    targets = {o.target for o in store.overrides() if o.target.startswith(prefix)}
    return {target: _said(store, target) for target in targets}


def _audit(
    briefing: Briefing, material: Material, files: Mapping[str, bytes], settings: Settings
) -> tuple[AuditReport, ...]:
    from briefings import audit

    by_id = {f.id: f for f in material.facts}
    texts = {sha: source.text for sha, source in material.sources.items()}
    documents = {d.id: d for d in material.documents}
    held: list[Finding] = list(audit.prove(briefing, by_id, documents, texts, material.corrections))
    reports = tuple(
        walled.check(name, data, briefing, material.facts, settings.rendering) for name, data in files.items()
    )
    held += [f for r in reports for f in r.findings]
    if held:
        raise AuditHeld(held_sentence(briefing.id, held))
    return reports


def held_sentence(briefing: str, held: Sequence[Finding], most: int = 10) -> str:
    """What the audit holds against an edition, a line each."""
    lines = [f"The audit holds back {briefing!r}: {len(held)} number(s) without a source."]
    lines += [f"  {f.file} {f.place}: {f.number} in “{f.context}”: {f.reason}" for f in held[:most]]
    if len(held) > most:
        lines.append(f"  and {len(held) - most} more")
    return "\n".join(lines)


def _ledger(briefing: Briefing, material: Material) -> dict[str, bytes]:
    from briefings import audit

    sources = material.sources.values()
    return audit.write_ledger(
        briefing, material.facts, material.documents, sources, material.corrections, material.measures
    )
