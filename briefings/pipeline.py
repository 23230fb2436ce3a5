"""The two journeys, each a function one can read aloud: taking documents in, and making a briefing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from briefings import __version__, extract, structure
from briefings.errors import AuditHeld, UsageError
from briefings.records.correction import FLAG
from briefings.records.document import Attribute, Document, Reading
from briefings.records.fact import Fact, Findings, Measure
from briefings.records.material import Material, within
from briefings.records.problem import Problem

if TYPE_CHECKING:
    from briefings.extract.lexicon import Lexicon
    from briefings.records.briefing import Briefing
    from briefings.records.correction import Correction
    from briefings.records.edition import AuditReport, Edition, Finding, Order
    from briefings.settings import Settings
    from briefings.store.store import Store

FIELDS = ("issuer", "place", "period", "published")
"""The metadata that a person may set."""
_DIGEST_GENRES = ("summary", "report", "other")
_LIBRARIES = ("weasyprint", "python-docx", "matplotlib", "xlsxwriter")
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
        reading = replace(reading, documents=tuple(_corrected(d, corrections) for d in reading.documents))
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

    _lexicon(settings)  # an unusable one is told of before anything is taken
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
        outcomes.append(_read_in(path, held.name, held.sha256, store, now, {}, "", _lexicon(settings)))
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
    return _read_in(path, held.name, held.sha256, store, now, {}, author, _lexicon(settings))


def build(order: Order, settings: Settings, store: Store, *, now: str) -> Built:
    """Make one briefing: compare, compose, render, audit, publish.

    Raises ``UsageError`` when the store holds nothing for it, ``AuditHeld`` when a produced file says a number that has
    no source; the last good edition then stays the latest.
    """
    from briefings import deliver

    documents = _chosen(order, store)
    ids = [d.id for d in documents]
    lexicon = _lexicon(settings)
    facts = renamed(store.facts(documents=ids), lexicon)
    measures = rethemed(store.measures(ids), lexicon)
    absent = _absent(documents, store)
    corrections = store.corrections_in_force(ids)
    mark = deliver.fingerprint(_inputs(order, settings, documents, facts, measures, absent, corrections))
    published = _published(order, settings, mark)
    if published:
        return Built(order, published, ())

    briefing = compose_briefing(order, documents, facts, measures, absent, store, lexicon, corrections)
    files = render_files(briefing, facts, order, settings)
    reports = _audit(briefing, documents, facts, files, store, corrections)
    edition = deliver.publish(
        settings.output,
        order.id,
        briefing.as_of,
        mark,
        {**files, **_ledger(briefing, documents, facts, store, corrections)},
        _manifest(order, settings, documents, reports),
    )
    store.record_edition(edition, now=now)
    return Built(order, edition, reports)


def compose_briefing(
    order: Order,
    documents: Sequence[Document],
    facts: Sequence[Fact],
    measures: Sequence[Measure],
    absent: Sequence[str],
    store: Store,
    lexicon: Lexicon | None = None,
    corrections: Sequence[Correction] = (),
) -> Briefing:
    """What ``order`` asks for, every word of it decided."""
    lexicon = lexicon or extract.default()
    if not facts and not measures:
        raise UsageError(
            f"Nothing can be said in {order.id!r}: its documents hold neither facts nor measures."
        )
    return composed(
        Material(
            order,
            tuple(documents),
            tuple(facts),
            tuple(measures),
            {sha: store.source(sha) for sha in {d.sha256 for d in documents}},
            {i.name: i for i in lexicon.indicators},
            lexicon.themes,
            tuple(absent),
            tuple(corrections),
        )
    )


def composed(material: Material) -> Briefing:
    """The briefing of its kind."""
    from briefings import compare, compose

    match material.order.kind:
        case "digest":
            return compose.digest(material, compare.digest(material))
        case "yoy":
            return compose.yoy(material, compare.yoy(material))
        case "peers":
            return compose.peers(material, compare.peers(material))
        case "history":
            return compose.history(material, compare.history(material))
        case "tracker":
            return compose.tracker(material, compare.tracker(material))


def renamed(facts: Sequence[Fact], lexicon: Lexicon) -> tuple[Fact, ...]:
    """``facts`` with the canonical names that ``lexicon`` has for them now; what a person has set stays."""
    return tuple(
        replace(fact, canonical=name)
        if FLAG not in fact.flags and (name := lexicon.canonical(fact.indicator)) != fact.canonical
        else fact
        for fact in facts
    )


def rethemed(measures: Sequence[Measure], lexicon: Lexicon) -> tuple[Measure, ...]:
    """``measures`` with the themes that ``lexicon`` sorts them into now."""
    return tuple(
        replace(measure, theme=theme)
        if (theme := lexicon.theme(measure.text, measure.headline)) != measure.theme
        else measure
        for measure in measures
    )


def render_files(
    briefing: Briefing, facts: Sequence[Fact], order: Order, settings: Settings
) -> dict[str, bytes]:
    """The produced files by name, in the formats that ``order`` asks for."""
    from briefings import render

    make: dict[str, Callable[[], bytes]] = {
        "pdf": lambda: render.pdf(briefing, settings.search),
        "docx": lambda: render.word(briefing, settings.search),
        "html": lambda: render.html(briefing, settings.search),
        "xlsx": lambda: render.workbook(briefing, facts),
    }
    return {order.id + _MEDIA[f]: make[f]() for f in order.formats}


def audit_file(path: Path) -> AuditReport:
    """Prove the numbers of a produced file by what lies beside it in its edition's folder.

    Raises ``UsageError`` when the file does not lie in an edition's folder.
    """
    from briefings import audit

    return audit.check_file(path)


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
    if store.known(original.sha256) == "taken" and not corrections:
        store.also_named(original.sha256, original.name, now=now)
        return Outcome(shown, original.sha256, "known")
    lexicon = _lexicon(settings)
    outcome = _read_in(
        original.path, original.name, original.sha256, store, now, corrections, author, lexicon
    )
    return replace(outcome, path=shown)


def _read_in(
    path: Path,
    name: str,
    sha256: str,
    store: Store,
    now: str,
    corrections: Mapping[str, str],
    author: str,
    lexicon: Lexicon,
) -> Outcome:
    """Read a kept original and write what was found; or write into quarantine why it could not be read.

    Facts are found in the light of all metadata that people have set; the store keeps both sides apart, and puts people's
    corrections of facts in their place.
    """
    data = path.read_bytes()
    reading = structure.read(data, name)
    if not reading.documents:
        problem = reason(reading)
        store.quarantine(sha256, name, problem, now=now)
        return Outcome(str(path), sha256, "quarantined", problem=problem)
    of_file = {**_said(store, sha256), **corrections}
    documents = tuple(_corrected(d, {**of_file, **_said(store, d.id)}) for d in reading.documents)
    found = tuple(extract.find(d, reading.source, lexicon) for d in documents)
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


def _lexicon(settings: Settings) -> Lexicon:
    """The lexicon with the workspace's own entries; cheap to ask for again."""
    return extract.lexicon_of(settings.lexicons)


def reason(reading: Reading) -> Problem:
    """Why a reading holds no documents."""
    errors = [p for p in (*reading.problems, *reading.source.problems) if p.severity == "error"]
    return errors[0] if errors else Problem("no_text", "没有读出任何文字。", "structure", "error")


def _corrected(document: Document, corrections: Mapping[str, str]) -> Document:
    fields = {f: Attribute(corrections[f], "set by a person") for f in FIELDS if f in corrections}
    return replace(document, **fields)  # type: ignore[arg-type]  # mypy does not follow the keys


def _chosen(order: Order, store: Store) -> tuple[Document, ...]:
    """The documents that an order speaks of: by its periods, then in the order of their files and of the text."""
    asked = [
        (p, d) for p in order.periods for d in store.documents() if d.period and within(d.period.value, p)
    ]
    found = [
        (at, d)
        for at, d in asked
        if (order.kind != "digest" or order.issuers or d.genre in _DIGEST_GENRES)
        and (not order.issuers or any(_is_issuer(d, name) for name in order.issuers))
        and (not order.places or (d.place is not None and d.place.value in order.places))
    ]
    if not found:
        held = sorted({d.period.value for d in store.documents() if d.period})
        told = (
            f"It holds documents of: {', '.join(held)}." if held else "It holds no documents; add some first."
        )
        raise UsageError(
            f"The store holds no document for briefing {order.id!r} ({', '.join(order.periods)}). {told}"
        )
    places = {p: n for n, p in enumerate(order.periods)}
    ordered = sorted(found, key=lambda f: (places[f[0]], f[1].name, f[1].sha256, f[1].ordinal))
    return tuple(dict.fromkeys(d for _, d in ordered))


def _is_issuer(document: Document, name: str) -> bool:
    return document.issuer is not None and structure.same_issuer(document.issuer.value, name)


def _absent(documents: Sequence[Document], store: Store) -> tuple[str, ...]:
    """What the compilations among the sources announce and do not hold."""
    ours = {d.sha256 for d in documents}
    return tuple(a.title for a in store.absent() if a.sha256 in ours)


def _inputs(
    order: Order,
    settings: Settings,
    documents: Sequence[Document],
    facts: Sequence[Fact],
    measures: Sequence[Measure],
    absent: Sequence[str],
    corrections: Sequence[Correction],
) -> dict[str, str]:
    """Everything an edition is made from, by name, as digests."""
    from importlib import metadata

    from briefings.records.codec import to_json

    lexicon = _lexicon(settings)

    def digest(records: Iterable[object]) -> str:
        whole = hashlib.sha256()
        for record in records:
            whole.update(to_json(record).encode() + b"\n")
        return whole.hexdigest()

    return {
        "program": __version__,
        "order": to_json(order),
        "documents": digest(documents),
        "facts": digest(facts),
        "measures": digest(measures),
        "absent": "\n".join(absent),
        "corrections": digest(corrections),
        "assets": assets_digest(settings.search),
        "lexicons": digest((*lexicon.indicators, *lexicon.themes)),
        "data": files_digest(Path(__file__).parent / "data", "*.toml"),
        **{name: metadata.version(name) for name in _LIBRARIES},
    }


def assets_digest(search: Sequence[Path]) -> str:
    """The sha256 over all templates and styles that a briefing may be made with."""
    rooms = [folder / room for folder in search for room in ("templates", "styles")]
    return hashlib.sha256("".join(files_digest(room, "**/*") for room in rooms).encode()).hexdigest()


def files_digest(folder: Path, pattern: str) -> str:
    """The sha256 over the names and bytes of the files in ``folder`` that fit ``pattern``; programs are left out."""
    whole = hashlib.sha256()
    for path in sorted(folder.glob(pattern)):
        if path.is_file() and path.suffix not in (".py", ".pyc"):
            whole.update(str(path.relative_to(folder)).encode() + b"\0")
            whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def _published(order: Order, settings: Settings, mark: str) -> Edition | None:
    """The latest edition if it was made from the same input and still is what its manifest says."""
    from briefings import deliver

    latest = deliver.latest(settings.output, order.id)
    if latest is None or latest.fingerprint != mark or deliver.verify(Path(latest.folder)):
        return None
    return latest


def _audit(
    briefing: Briefing,
    documents: Sequence[Document],
    facts: Sequence[Fact],
    files: Mapping[str, bytes],
    store: Store,
    corrections: Sequence[Correction],
) -> tuple[AuditReport, ...]:
    from briefings import audit

    by_id = {f.id: f for f in facts}
    texts = {sha: store.source(sha).text for sha in {d.sha256 for d in documents}}
    held: list[Finding] = list(audit.prove(briefing, by_id, {d.id: d for d in documents}, texts, corrections))
    reports = tuple(audit.check(name, data, briefing, facts) for name, data in files.items())
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


def _ledger(
    briefing: Briefing,
    documents: Sequence[Document],
    facts: Sequence[Fact],
    store: Store,
    corrections: Sequence[Correction],
) -> dict[str, bytes]:
    from briefings import audit

    sources = {sha: store.source(sha) for sha in {d.sha256 for d in documents}}
    return audit.write_ledger(briefing, facts, documents, tuple(sources.values()), corrections)


def _manifest(
    order: Order, settings: Settings, documents: Sequence[Document], reports: Sequence[AuditReport]
) -> dict[str, object]:
    from importlib import metadata

    from briefings.records.codec import to_data

    return {
        "versions": {"briefings": __version__, **{name: metadata.version(name) for name in _LIBRARIES}},
        "order": to_data(order),
        "inputs": {
            "sources": sorted({d.sha256 for d in documents}),
            "assets": assets_digest(settings.search),
        },
        "audit": [{"file": r.file, "numbers": r.numbers, "origins": dict(r.origins)} for r in reports],
    }
