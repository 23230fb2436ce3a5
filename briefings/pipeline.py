"""The two journeys, each a function one can read aloud: taking documents in, and making a briefing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from briefings import __version__, extract, structure, walled
from briefings.errors import AuditHeld, UsageError
from briefings.records.change import Changes, Kept
from briefings.records.correction import FLAG
from briefings.records.document import Document, Original, Reading
from briefings.records.edition import Order
from briefings.records.fact import Fact, Findings, Measure
from briefings.records.material import Material, within
from briefings.records.problem import Problem

if TYPE_CHECKING:
    from briefings.extract.lexicon import Lexicon
    from briefings.records.briefing import Briefing
    from briefings.records.correction import Correction
    from briefings.records.edition import AuditReport, Edition, Finding
    from briefings.settings import Settings
    from briefings.store.store import Store

FIELDS = walled.FIELDS
_DIGEST_GENRES = ("summary", "report", "other")
_LIBRARIES = ("weasyprint", "python-docx", "matplotlib", "xlsxwriter", "rapidfuzz")
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


@dataclass(frozen=True, slots=True)
class Impact:
    """What files would change in a briefing that is not made yet; ``changes`` is None where they change nothing.

    ``latest`` is the id of its last edition, "" for none; ``waiting``: that edition is not what the store gives now, even
    without these files. ``fault`` says why the briefing could not be made with them.
    """

    order: Order
    changes: Changes | None
    latest: str = ""
    waiting: bool = False
    fault: str = ""


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

    _lexicon(settings)  # an unusable one is told of before anything is taken
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


def build(order: Order, settings: Settings, store: Store, *, now: str) -> Built:
    """Make one briefing: gather, compare, compose, set against the last edition, render, audit, publish.

    Raises ``UsageError`` when the store holds nothing for it, ``AuditHeld`` when a produced file says a number that has
    no source; the last good edition then stays the latest.
    """
    from briefings import deliver

    material = gathered(order, settings, store)
    inputs = _inputs(material, settings)
    made_from = deliver.fingerprint(inputs)
    latest = deliver.latest(settings.output, order.id)
    if latest and latest.made_from == made_from and not deliver.verify(Path(latest.folder)):
        if store.outbox.owed(latest):  # whoever published it did not live to record it
            store.record_edition(latest, now=now, mailing=settings.mailing(order.id))
        return Built(order, latest, ())

    walled.ready_to_render()
    briefing = composed(material)
    old = _edition_before(latest, made_from, order, settings)
    if old:
        briefing = _with_changes(briefing, old, material, inputs, settings)
    files = render_files(briefing, material.facts, order, settings)
    reports = _audit(briefing, material, files)
    fingerprint = deliver.fingerprint({**inputs, "previous": old.id}) if old else made_from
    store.outbox.begin(order.id, fingerprint)
    edition = deliver.publish(
        settings.output,
        order.id,
        briefing.as_of,
        fingerprint,
        {**files, **_ledger(briefing, material)},
        _manifest(material, settings, inputs, reports, old.id if old else ""),
    )
    store.record_edition(edition, now=now, mailing=settings.mailing(order.id))
    return Built(order, edition, reports)


def impact(
    paths: Iterable[Path], settings: Settings, *, now: str
) -> tuple[tuple[Outcome, ...], tuple[Impact, ...]]:
    """What taking ``paths`` in would change in each briefing, tried on a copy of the store; nothing is kept.

    Raises ``UsageError`` for a path that does not exist, or a store that cannot be copied.
    """
    import tempfile

    from briefings.store import copy_store, open_store

    with tempfile.TemporaryDirectory(prefix="briefings-impact-") as home:
        aside = replace(settings, data=Path(home), store=str(copy_store(settings.store, Path(home))))
        store = open_store(aside.store)
        try:
            before = [_gathered_or_fault(order, aside, store) for order in settings.orders]
            outcomes = take_in(paths, aside, store, now=now)
            after = [_gathered_or_fault(order, aside, store) for order in settings.orders]
        finally:
            store.close()
    found = (_impact(*pair, settings) for pair in zip(settings.orders, before, after, strict=True))
    return outcomes, tuple(found)


def _gathered_or_fault(order: Order, settings: Settings, store: Store) -> Material | str:
    """What there is for ``order``, or why there is nothing."""
    try:
        return gathered(order, settings, store)
    except UsageError as error:
        return str(error)


def _impact(order: Order, before: Material | str, after: Material | str, settings: Settings) -> Impact:
    """What sets the briefing made from ``after`` apart from the one made from ``before``."""
    from briefings import audit, compare, deliver

    latest = deliver.latest(settings.output, order.id)
    edition = latest.id if latest else ""
    if isinstance(after, str):
        return Impact(order, None, edition, fault=after)
    inputs = _inputs(after, settings)
    old = Kept("", order, (), (), {}, (), ())
    waiting = False
    if isinstance(before, Material):
        were = _inputs(before, settings)
        waiting = latest is None or latest.made_from != deliver.fingerprint(were)
        if were == inputs:
            return Impact(order, None, edition, waiting)
        worded = composed(before) if before.facts or before.measures else None
        old = replace(would_keep(worded, before, were, settings), id=edition)
    try:
        briefing = composed(after)
    except UsageError as error:
        return Impact(order, None, edition, waiting, str(error))
    texts = {sha: source.text for sha, source in after.sources.items()}
    by_id, documents = {f.id: f for f in after.facts}, {d.id: d for d in after.documents}
    held = audit.prove(briefing, by_id, documents, texts, after.corrections)
    fault = held_sentence(order.id, held) if held else ""
    changes = compare.editions(old, would_keep(briefing, after, inputs, settings))
    return Impact(order, changes, edition, waiting, fault)


def chosen(order: Order, store: Store) -> tuple[Document, ...]:
    """The documents that an order speaks of: by its periods, then in the order of their files and of the text."""
    held = store.documents()
    asked = [(p, d) for p in order.periods for d in held if d.period and within(d.period.value, p)]
    found = [
        (at, d)
        for at, d in asked
        if (order.kind != "digest" or order.issuers or d.genre in _DIGEST_GENRES)
        and (not order.issuers or any(_is_issuer(d, name) for name in order.issuers))
        and (not order.places or (d.place is not None and d.place.value in order.places))
    ]
    places = {p: n for n, p in enumerate(order.periods)}
    ordered = sorted(found, key=lambda f: (places[f[0]], f[1].name, f[1].sha256, f[1].ordinal))
    return tuple(dict.fromkeys(d for _, d in ordered))


def gathered(order: Order, settings: Settings, store: Store) -> Material:
    """What the store holds for ``order``. Raises ``UsageError`` when that is nothing."""
    documents = _chosen(order, store)
    ids = [d.id for d in documents]
    lexicon = _lexicon(settings)
    return Material(
        order,
        documents,
        renamed(store.facts(documents=ids), lexicon),
        rethemed(store.measures(ids), lexicon),
        {sha: store.source(sha) for sha in {d.sha256 for d in documents}},
        {i.name: i for i in lexicon.indicators},
        lexicon.themes,
        _absent(documents, store),
        store.corrections_in_force(ids),
        store.decisions(ids),
    )


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
    """The briefing of its kind. Raises ``UsageError`` when nothing can be said."""
    from briefings import compare, compose

    if not material.facts and not material.measures:
        raise UsageError(
            f"Nothing can be said in {material.order.id!r}: its documents hold neither facts nor measures."
        )
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
    """The produced files by name, in the formats that ``order`` asks for. Raises ``BuildFailed`` as ``walled.render``."""
    return {
        order.id + _MEDIA[f]: walled.render(f, briefing, facts, settings.search, settings.rendering)
        for f in order.formats
    }


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
        problem = reason(reading)
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


def _lexicon(settings: Settings) -> Lexicon:
    """The lexicon with the workspace's own entries; cheap to ask for again."""
    return extract.lexicon_of(settings.lexicons)


def reason(reading: Reading) -> Problem:
    """Why a reading holds no documents."""
    errors = [p for p in (*reading.problems, *reading.source.problems) if p.severity == "error"]
    return errors[0] if errors else Problem("no_text", "没有读出任何文字。", "structure", "error")


def _chosen(order: Order, store: Store) -> tuple[Document, ...]:
    """The documents that an order speaks of. Raises ``UsageError`` where the store holds none."""
    documents = chosen(order, store)
    if not documents:
        held = sorted({d.period.value for d in store.documents() if d.period})
        told = (
            f"It holds documents of: {', '.join(held)}." if held else "It holds no documents; add some first."
        )
        raise UsageError(
            f"The store holds no document for briefing {order.id!r} ({', '.join(order.periods)}). {told}"
        )
    return documents


def _is_issuer(document: Document, name: str) -> bool:
    return document.issuer is not None and structure.same_issuer(document.issuer.value, name)


def _absent(documents: Sequence[Document], store: Store) -> tuple[str, ...]:
    """What the compilations among the sources announce and do not hold."""
    ours = {d.sha256 for d in documents}
    return tuple(a.title for a in store.absent() if a.sha256 in ours)


def _inputs(material: Material, settings: Settings) -> dict[str, str]:
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
        "order": to_json(material.order),
        "documents": digest(material.documents),
        "facts": digest(material.facts),
        "measures": digest(material.measures),
        "absent": "\n".join(material.absent),
        "corrections": digest(material.corrections),
        "decisions": digest(material.decisions),
        "assets": assets_digest(settings.search),
        "lexicons": digest((*lexicon.indicators, *lexicon.themes)),
        "data": files_digest(Path(__file__).parent / "data", "*.toml"),
        "phrases": files_digest(Path(__file__).parent / "data" / "phrases", "*.toml"),
        **{name: metadata.version(name) for name in _LIBRARIES},
    }


def assets_digest(search: Sequence[Path]) -> str:
    """The sha256 over all templates and styles that a briefing is made with; those of letters and pages are others."""
    used = "".join(f"{name} {digest}\n" for name, digest in assets(search).items())
    return hashlib.sha256(used.encode()).hexdigest()


def assets(search: Sequence[Path]) -> dict[str, str]:
    """The sha256 of each template and style that is used, by its path: the first folder of ``search`` goes first."""
    found: dict[str, str] = {}
    for folder in search:
        for room in _MADE_WITH:
            for path in sorted((folder / room).glob("**/*")):
                if path.is_file() and path.suffix not in (".py", ".pyc") and path.name not in _OF_PAGES:
                    name = path.relative_to(folder).as_posix()
                    found.setdefault(name, hashlib.sha256(path.read_bytes()).hexdigest())
    return dict(sorted(found.items()))


def files_digest(folder: Path, pattern: str) -> str:
    """The sha256 over the names and bytes of the files in ``folder`` that fit ``pattern``; programs are left out."""
    whole = hashlib.sha256()
    for path in sorted(folder.glob(pattern)):
        if path.is_file() and path.suffix not in (".py", ".pyc"):
            whole.update(str(path.relative_to(folder)).encode() + b"\0")
            whole.update(hashlib.sha256(path.read_bytes()).digest())
    return whole.hexdigest()


def kept(edition: Edition) -> Kept:
    """What ``edition`` holds of what it was made from. Raises ``UsageError`` where that cannot be read."""
    from briefings import audit, deliver
    from briefings.records.codec import from_data

    folder = Path(edition.folder)
    ledger = audit.read_ledger(folder)
    manifest: Any = deliver.read_manifest(folder)
    try:
        order, inputs = from_data(Order, manifest["order"]), manifest["inputs"]
        # Editions of before they told their changes have no such entries.
        parts, files = inputs.get("parts"), inputs.get("files")
    except Exception as error:
        # The records' converter raises groups of many kinds of errors; they all say the same here.
        raise UsageError(f"The manifest of the edition in {folder} cannot be read: {error}.") from error
    return Kept(
        edition.id,
        order,
        tuple(ledger.facts.values()),
        tuple(ledger.documents.values()),
        ledger.texts,
        ledger.corrections,
        ledger.measures,
        ledger.briefing,
        parts,
        files,
    )


def would_keep(
    briefing: Briefing | None, material: Material, inputs: Mapping[str, str], settings: Settings
) -> Kept:
    """The same of an edition that is not published yet; its id is ""."""
    return Kept(
        "",
        material.order,
        material.facts,
        material.documents,
        {sha: source.text for sha, source in material.sources.items()},
        material.corrections,
        material.measures,
        briefing,
        inputs,
        assets(settings.search),
    )


def _edition_before(latest: Edition | None, made_from: str, order: Order, settings: Settings) -> Kept | None:
    """The edition that a new one says its changes against; None for a first one, or where it cannot be read any more.

    A damaged edition that is made again from the same is set against the one that it was set against before.
    """
    from briefings import deliver

    if latest is None:
        return None
    wanted = latest.previous if latest.made_from == made_from else latest.id
    held = {edition.id: edition for edition in deliver.editions(settings.output, order.id)}
    try:
        return kept(held[wanted]) if wanted in held else None
    except UsageError:
        return None


def _with_changes(
    briefing: Briefing, old: Kept, material: Material, inputs: Mapping[str, str], settings: Settings
) -> Briefing:
    from briefings import compare, compose

    new = would_keep(briefing, material, inputs, settings)
    return compose.since_last(briefing, compare.editions(old, new), material)


def _audit(briefing: Briefing, material: Material, files: Mapping[str, bytes]) -> tuple[AuditReport, ...]:
    from briefings import audit

    by_id = {f.id: f for f in material.facts}
    texts = {sha: source.text for sha, source in material.sources.items()}
    documents = {d.id: d for d in material.documents}
    held: list[Finding] = list(audit.prove(briefing, by_id, documents, texts, material.corrections))
    reports = tuple(audit.check(name, data, briefing, material.facts) for name, data in files.items())
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


def _manifest(
    material: Material,
    settings: Settings,
    inputs: Mapping[str, str],
    reports: Sequence[AuditReport],
    previous: str,
) -> dict[str, object]:
    from importlib import metadata

    from briefings import deliver
    from briefings.records.codec import to_data

    return {
        "versions": {"briefings": __version__, **{name: metadata.version(name) for name in _LIBRARIES}},
        "order": to_data(material.order),
        "inputs": {
            "sources": sorted({d.sha256 for d in material.documents}),
            "assets": assets_digest(settings.search),
            "files": assets(settings.search),
            "parts": {name: value for name, value in inputs.items() if name != "order"},
        },
        "made_from": deliver.fingerprint(inputs),
        "previous": previous,
        "audit": [{"file": r.file, "numbers": r.numbers, "origins": dict(r.origins)} for r in reports],
    }
