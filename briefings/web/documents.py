"""The page of a document: its metadata with the evidence, who set them and why, and which of its versions stands."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import Response

from briefings import gathering, pipeline
from briefings.errors import UsageError
from briefings.records.document import Attribute, Document
from briefings.store.known import known_documents
from briefings.store.versions import Chosen
from briefings.web.answers import onward, page
from briefings.web.auth import Editor, SiteOf, Viewer, Visitor
from briefings.web.intake import now
from briefings.web.judging import METADATA, metadata_of, reason_of
from briefings.web.site import Site, Wrong, told

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Field:
    """A piece of metadata: as it stands, as it was read, and the words of the source that say so."""

    name: str
    value: str
    read: str
    by_hand: bool
    rule: str
    quoted: str
    at: str


@dataclass(frozen=True, slots=True)
class Version:
    """A document that is a version of another: ``stands`` is the one that is used."""

    document: Document
    stands: bool


@router.get("/documents/{document}")
def document_page(request: Request, document: str, visitor: Viewer, site: SiteOf) -> Response:
    """A document: what it is, from when and whose, and the form to set that right."""
    return _shown(request, visitor, site, site.store.document(document))


@router.post("/documents/{document}/metadata")
def set_metadata(request: Request, document: str, visitor: Editor, site: SiteOf) -> Response:
    """Set issuer, place, period or date right; the document's facts are found again in that light."""
    held, form = site.store.document(document), visitor.form
    try:
        reason, said = reason_of(form), metadata_of(form)
        changes = {name: value for name, value in said.items() if value != _value(held, name)}
        if not changes:
            if _said_last(site, held, said, visitor.name, reason):
                return onward(f"/documents/{held.id}", "described")
            raise Wrong("没有改动任何一项。")
        target = held.sha256 if form.get("of") == "source" else None
        by = {"author": visitor.name, "reason": reason, "now": now()}
        pipeline.correct_document(held.id, changes, site.settings, site.store, target=target, **by)
    except UsageError as error:
        wrong = told(visitor.language, error)
        return _shown(request, visitor, site, held, 422, wrong=wrong, typed=dict(form))
    site.wake("requests")
    return onward(f"/documents/{held.id}", "described")


@router.post("/documents/{document}/version")
def choose_version(request: Request, document: str, visitor: Editor, site: SiteOf) -> Response:
    """Let a document stand for its versions, keep it apart from them, or take the last of these back."""
    held, form = site.store.document(document), visitor.form
    there = str(form.get("page", held.id))
    try:
        chosen(site, held, str(form.get("wanted", "")), form, visitor.name)
    except UsageError as error:
        shown = next((d for d in site.store.documents(replaced=True) if d.id == there), held)
        wrong = told(visitor.language, error)
        return _shown(request, visitor, site, shown, 422, wrong=wrong, typed=dict(form))
    site.wake("requests")
    return onward(f"/documents/{there}" if there != "corrections" else "/corrections", "chosen")


def chosen(site: Site, document: Document, wanted: str, form: Mapping[str, object], author: str) -> None:
    """Note which version stands. Raises ``UsageError``."""
    by = {"author": author, "now": now()}
    last = next((c for c in reversed(site.store.chosen()) if c.document == document.id), None)
    if wanted == "undo":
        if last is None or last.holds:
            site.store.unchoose(document.id, reason=str(form.get("reason", "")).strip(), **by)
        return
    if wanted not in ("use", "apart"):
        raise Wrong("没有这种操作。")
    reason = reason_of(form)
    if last and last.holds and (last.choice, last.reason, last.author) == (wanted, reason, author):
        return
    choose = site.store.use if wanted == "use" else site.store.keep_apart
    choose(document.id, reason=reason, **by)


def _shown(
    request: Request, visitor: Visitor, site: Site, document: Document, status: int = 200, **more: object
) -> Response:
    versions = _versions(site, document)
    family = {v.document.id for v in versions} | {document.id}
    history = [o for o in site.store.overrides() if o.target in (document.id, document.sha256)]
    in_force = {s.override.n: s.id for s in site.store.settings_of_metadata() if s.state == "applied"}
    siblings = [d for d in site.store.documents(replaced=True) if d.sha256 == document.sha256]
    return page(
        request,
        visitor,
        "document",
        status,
        document=document,
        fields=_fields(site, document),
        siblings=siblings,
        facts=len(site.store.facts(documents=[document.id])),
        used=[o for o in site.settings.orders if document in gathering.chosen(o, site.store)],
        history=list(reversed(history)),
        in_force=in_force,
        versions=versions,
        choices=_choices(site, family),
        **more,
    )


def _fields(site: Site, document: Document) -> list[Field]:
    known = next(k for k in known_documents(site.store.engine) if k.id == document.id)
    text = site.store.source(document.sha256).text
    found = []
    for name in METADATA:
        held: Attribute | None = getattr(document, name)
        span = held.span if held and not held.by_hand else None
        quoted = " ".join(text[span.start : span.end].split()) if span else ""
        at = f"?at={span.start}-{span.end}#o{span.start}" if span else ""
        rule = held.rule if held and not held.by_hand else ""
        read = known.read[name] or ""
        found.append(
            Field(name, held.value if held else "", read, bool(held and held.by_hand), rule, quoted, at)
        )
    return found


def _versions(site: Site, document: Document) -> list[Version]:
    replaced = site.store.replaced()
    standing = replaced.get(document.id, document.id)
    ids = {standing, *(old for old, new in replaced.items() if new == standing)}
    if len(ids) == 1:
        return []
    held = [d for d in site.store.documents(replaced=True) if d.id in ids]
    return [
        Version(d, d.id == standing) for d in sorted(held, key=lambda d: (d.id != standing, d.name, d.id))
    ]


def _choices(site: Site, family: set[str]) -> list[tuple[Chosen, str, bool]]:
    """What was said of these versions, the newest first: with the file's name, and whether it can be taken back now."""
    names = {d.id: d.name for d in site.store.documents(replaced=True)}
    found = [c for c in site.store.chosen() if c.document in family]
    last = {c.document: c.n for c in found if c.holds}
    return [(c, names.get(c.document, c.document), last.get(c.document) == c.n) for c in reversed(found)]


def _value(document: Document, name: str) -> str | None:
    held: Attribute | None = getattr(document, name)
    return held.value if held else None


def _said_last(site: Site, document: Document, said: dict[str, str | None], author: str, reason: str) -> bool:
    """Whether this very form was taken already: a second click changes nothing and is no mistake."""
    last = [o for o in site.store.overrides() if o.target in (document.id, document.sha256)][-len(METADATA) :]
    return any((o.author, o.reason, o.value) == (author, reason, said.get(o.field)) for o in last)
