"""Pages of facts: search and export, and one fact with the form to set it right."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from fastapi import APIRouter, Request
from fastapi.responses import Response

from briefings import extract
from briefings.errors import UsageError
from briefings.records.document import Document
from briefings.records.fact import Fact
from briefings.store.search import Page
from briefings.web.answers import attached, onward, page
from briefings.web.auth import Editor, SiteOf, Viewer, Visitor
from briefings.web.judging import ASKED, BASES, CHOICES, KINDS, fields_of, reason_of
from briefings.web.site import Site, Wrong, told

router = APIRouter()
ON_A_PAGE = 50
COLUMNS = (
    "id", "document", "issuer", "place", "period", "indicator", "canonical", "kind", "value", "value_high", "unit", "basis",
    "scope", "status", "hedge", "surface", "file", "start", "end",
)  # fmt: skip
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@router.get("/facts")
def facts_page(request: Request, visitor: Viewer, site: SiteOf) -> Response:
    """Facts that hold all words asked for, and the passages of the sources that do."""
    asked = {
        k: request.query_params.get(k, "").strip()[:200] for k in ("q", "issuer", "place", "period", "kind")
    }
    given = request.query_params.get("page", "1")
    number = max(1, int(given)) if given.isdecimal() and len(given) < 6 else 1
    by_id = {d.id: d for d in site.store.documents(replaced=True)}
    found = found_of(site, asked, most=ON_A_PAGE, skip=(number - 1) * ON_A_PAGE)
    passages = site.store.find_passages(asked["q"].split(), 20) if asked["q"] and number == 1 else ()
    standing = site.store.documents()
    return page(
        request,
        visitor,
        "facts",
        asked=asked,
        found=found,
        by_id=by_id,
        passages=passages,
        number=number,
        pages=(found.total + ON_A_PAGE - 1) // ON_A_PAGE,
        kinds=KINDS,
        periods=sorted({d.period.value for d in standing if d.period}, reverse=True),
        issuers=sorted({d.issuer.value for d in standing if d.issuer}),
        places=sorted({d.place.value for d in standing if d.place}),
    )


@router.get("/facts.csv")
def facts_csv(request: Request, visitor: Viewer, site: SiteOf) -> Response:
    """The same facts for a spreadsheet."""
    asked = {
        k: request.query_params.get(k, "").strip()[:200] for k in ("q", "issuer", "place", "period", "kind")
    }
    by_id = {d.id: d for d in site.store.documents(replaced=True)}
    found = found_of(site, asked, most=None)
    rows = ([fact_data(f, by_id.get(f.document)).get(c) for c in COLUMNS] for f in found.facts)
    body = "\ufeff" + as_csv(COLUMNS, rows)
    headers = {"content-disposition": attached("指标.csv")}
    return Response(body.encode(), headers=headers, media_type="text/csv; charset=utf-8")


@router.get("/facts/{fact}")
def fact_page(request: Request, fact: str, visitor: Viewer, site: SiteOf) -> Response:
    """One fact: its sentence, how it was read, what people said of it, and the form to set it right."""
    return _shown(request, visitor, site, *fact_of(site, fact))


def _shown(
    request: Request, visitor: Visitor, site: Site, held: Fact, document: Document, status: int = 200, **more: object
) -> Response:  # fmt: skip
    source = site.store.source(document.sha256)
    start, end = held.sentence
    return page(
        request,
        visitor,
        "fact",
        status,
        fact=held,
        document=document,
        before=" ".join(source.text[start : held.start].split()),
        number=" ".join(source.text[held.start : held.end].split()),
        after=" ".join(source.text[held.end : end].split()),
        place=source.place(held.start),
        fields=ASKED,
        choices=CHOICES,
        bases=BASES,
        corrections=[c for c in site.store.corrections([document.id]) if c.correction.fact == held.id],
        **more,
    )


@router.post("/facts/{fact}/correct")
def correct_fact(request: Request, fact: str, visitor: Editor, site: SiteOf) -> Response:
    """Set fields of a fact right, or take it out; its briefings are made anew."""
    form, reject = visitor.form, visitor.form.get("wanted") == "reject"
    if reject and site.store.fact(fact) is None and _said_last(site, fact, visitor.name, form):
        return onward("/corrections", "corrected")
    held, document = fact_of(site, fact)
    try:
        reason = reason_of(form)
        said = {} if reject else fields_of(form, held)
        if (
            not reject
            and all(v == getattr(held, n) for n, v in said.items())
            and _said_last(site, fact, visitor.name, form)
        ):
            return onward(f"/facts/{held.id}", "corrected")
        corrected(site, held, said, reason, visitor.name, reject=reject)
    except UsageError as error:
        wrong = told(visitor.language, error)
        return _shown(request, visitor, site, held, document, 422, wrong=wrong, typed=dict(form))
    return onward("/corrections" if reject else f"/facts/{held.id}", "corrected")


def _said_last(site: Site, fact: str, author: str, form: Mapping[str, object]) -> bool:
    """Whether this very form was taken already: a second click changes nothing and is no mistake."""
    of_it = [c for c in site.store.corrections() if c.correction.fact == fact and c.state == "applied"]
    return bool(of_it) and (of_it[-1].correction.author, of_it[-1].correction.reason) == (
        author,
        str(form.get("reason", "")).strip(),
    )


def corrected(
    site: Site, fact: Fact, said: Mapping[str, str | None], reason: str, author: str, *, reject: bool
) -> str:
    """Note what a person says of a fact; gives the correction's id. Raises ``UsageError`` for what cannot be."""
    from briefings.web.intake import now

    if not reason:
        raise Wrong("请写明理由：它会和改动一起留下。")
    by = {"author": author, "reason": reason, "now": now()}
    if reject:
        made = site.store.reject(fact.id, **by)
    else:
        changes = {n: v for n, v in said.items() if v != getattr(fact, n)}
        if not changes:
            raise Wrong("没有改动任何一项。")
        if changes.get("indicator") and "canonical" not in changes:
            lexicon = extract.lexicon_of(site.settings.lexicons)
            changes["canonical"] = lexicon.canonical(str(changes["indicator"]))
        made = site.store.correct(fact.id, changes, **by)
    site.wake("requests")
    return made.id


def fact_of(site: Site, given: str) -> tuple[Fact, Document]:
    """A fact by its id with its document. Raises ``UsageError`` where it is not held."""
    fact = site.store.fact(given)
    if fact is None:
        raise Wrong("没有编号为{id}的指标数值；它可能已被更正或随文件更换。", id=given)
    return fact, site.store.document(fact.document)


def found_of(site: Site, asked: Mapping[str, str], *, most: int | None, skip: int = 0) -> Page:
    """The facts asked for by words, issuer, place, period of the document, and kind."""
    wanted = {k: asked[k] or None for k in ("issuer", "place", "period")}
    documents = None
    if any(wanted.values()):
        held = site.store.documents(issuer=wanted["issuer"], place=wanted["place"], period=wanted["period"])
        documents = [d.id for d in held]
    return site.store.find_facts(
        asked["q"].split(), documents=documents, kind=asked["kind"], most=most, skip=skip
    )


def fact_data(fact: Fact, document: Document | None) -> dict[str, object]:
    """A fact as programs read it."""
    own = document.period.value if document and document.period else None
    return {
        "id": fact.id,
        "document": fact.document,
        "issuer": document.issuer.value if document and document.issuer else None,
        "place": document.place.value if document and document.place else None,
        "period": fact.period or own,
        **{
            n: getattr(fact, n)
            for n in ("indicator", "canonical", "kind", "value", "value_high", "unit", "basis")
        },
        **{n: getattr(fact, n) for n in ("scope", "status", "hedge", "surface")},
        "file": document.name if document else None,
        "sha256": document.sha256 if document else None,
        "start": fact.start,
        "end": fact.end,
    }


def as_csv(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """CSV in which no cell is taken for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(headers)
    for row in rows:
        writer.writerow([_guarded("" if cell is None else str(cell)) for cell in row])
    return out.getvalue()


def _guarded(cell: str) -> str:
    if not cell.startswith(_FORMULA):
        return cell
    try:
        float(cell)
    except ValueError:
        return "'" + cell
    return cell
