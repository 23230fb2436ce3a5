"""Pages of sources: what was taken in, and the text of one with every number marked by what became of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from briefings import extract
from briefings.records.document import Document, Source, Span
from briefings.records.fact import Fact, Findings
from briefings.render.source import Piece
from briefings.render.source import page as told
from briefings.web.answers import page
from briefings.web.auth import SiteOf, Viewer
from briefings.web.judging import span_of
from briefings.web.site import Site

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a source's text on the page; ``at`` is where it begins, ``told`` that it is in the sentence shown."""

    piece: Piece
    at: int
    text: str
    told: bool
    aim: bool


@router.get("/sources")
def sources_page(request: Request, visitor: Viewer, site: SiteOf) -> Response:
    """All documents, by the file they came in."""
    documents = site.store.documents(replaced=True)
    replaced = site.store.replaced()
    groups: dict[str, list[Document]] = {}
    for document in documents:
        groups.setdefault(document.sha256, []).append(document)
    ordered = sorted(groups.values(), key=lambda g: (g[0].name, g[0].sha256))
    return page(request, visitor, "sources", groups=ordered, replaced=replaced)


@router.get("/sources/{source}")
def source_page(request: Request, source: str, visitor: Viewer, site: SiteOf) -> Response:
    """The text of a source; ``fact`` is the one to open, ``at`` the place to show, ``of`` the edition one comes from."""
    held = source_of(site, source)
    documents, findings = findings_of(site, held.sha256)
    asked, at = request.query_params.get("fact", ""), span_of(request.query_params.get("at", ""), held)
    facts = {fact.id: fact for found in findings for fact in found.facts}
    fact = facts.get(asked)
    aim = Span(fact.start, fact.end) if fact and at is None else at
    sentence = fact.sentence if fact else _around(aim, tuple(facts.values()))
    seen = told(held, findings, extract.whole_coverage(held, documents, findings))
    return page(
        request,
        visitor,
        "source",
        source=held,
        seen=seen,
        documents=documents,
        stretches=tuple(stretches(seen.pieces, sentence, aim)),
        fact=fact,
        panel=next((p for p in seen.facts if fact and p.id == fact.id), None),
        starts={f.id: f.start for f in facts.values()},
        aim=aim,
        of=_edition(request.query_params.get("of", ""), site),
        quoted=" ".join(held.text[sentence.start : sentence.end].split()) if sentence else "",
        place=held.place(aim.start) if aim else "",
    )


def source_of(site: Site, given: str) -> Source:
    """The source with that sha256, or the only one that it begins."""
    if len(given) == 64:
        try:
            return site.store.source(given)
        except KeyError:
            raise HTTPException(404, "没有这份文件。") from None
    found = {d.sha256 for d in site.store.documents(replaced=True) if d.sha256.startswith(given)}
    if len(given) < 8 or len(found) != 1:
        raise HTTPException(404, "没有这份文件。")
    return site.store.source(found.pop())


def findings_of(site: Site, sha256: str) -> tuple[tuple[Document, ...], tuple[Findings, ...]]:
    """The documents of a source with what was found in each."""
    held = [d for d in site.store.documents(replaced=True) if d.sha256 == sha256]
    documents = tuple(sorted(held, key=lambda d: d.ordinal))
    store = site.store
    found = tuple(Findings(d.id, store.facts(documents=[d.id]), store.measures([d.id])) for d in documents)
    return documents, found


def stretches(pieces: tuple[Piece, ...], sentence: Span | None, aim: Span | None) -> Iterator[Stretch]:
    """``pieces`` cut again where the sentence and the number that are shown begin and end."""
    cuts = sorted({c for span in (sentence, aim) if span for c in span})
    at = 0
    for piece in pieces:
        end = at + len(piece.text)
        inner = [at, *(c for c in cuts if at < c < end), end]
        for start, stop in pairwise(inner):
            yield Stretch(
                piece=piece,
                at=start,
                text=piece.text[start - at : stop - at],
                told=sentence is not None and sentence.start <= start < sentence.end,
                aim=aim is not None and aim.start <= start < aim.end,
            )
        at = end


def _around(aim: Span | None, facts: tuple[Fact, ...]) -> Span | None:
    if aim is None:
        return None
    return next((f.sentence for f in facts if f.sentence.start <= aim.start < f.sentence.end), None)


def _edition(given: str, site: Site) -> str:
    briefing, _, edition = given.partition("/")
    if edition and any(o.id == briefing for o in site.settings.orders) and edition.replace("-", "").isalnum():
        return f"/briefings/{briefing}/editions/{edition}"
    return ""
