"""Pages that add a fact that was missed: find its words in the source, then say what they measure."""

import re

from fastapi import APIRouter, Request
from fastapi.responses import Response

from briefings import extract
from briefings.errors import UsageError
from briefings.records.document import Document, Source, Span
from briefings.web import sources
from briefings.web.answers import onward, page
from briefings.web.auth import Editor, SiteOf, Visitor
from briefings.web.intake import now
from briefings.web.judging import ASKED, BASES, CHOICES, document_at, fields_of, guessed, reason_of, span_of
from briefings.web.site import Site, Wrong, told

router = APIRouter()
MOST = 40
"""So many places of the same words are offered."""
_AROUND = 30


@router.get("/sources/{source}/add")
def add_page(request: Request, source: str, visitor: Editor, site: SiteOf) -> Response:
    """Where the words stand (``at``), or what to look for: ``words``, and ``line`` where they stand often."""
    held = sources.source_of(site, source)
    asked = {k: request.query_params.get(k, "").strip()[:200] for k in ("words", "line", "at")}
    span = span_of(asked["at"], held)
    found = _found(held, asked["words"], asked["line"]) if asked["words"] and span is None else []
    if len(found) == 1:
        span = found[0]
    wrong = ""
    if asked["words"] and not found and span is None:
        wrong = "原文里没有这几个字。照原文抄一段，或者去掉行号再找。"
    return _shown(
        request, visitor, site, held, span, asked=asked, found=found, wrong=told(visitor.language, wrong)
    )


@router.post("/sources/{source}/add")
def add_fact(request: Request, source: str, visitor: Editor, site: SiteOf) -> Response:
    """Note the fact; its briefings are made anew."""
    held = sources.source_of(site, source)
    form = visitor.form
    span = span_of(str(form.get("at", "")), held)
    try:
        if span is None:
            raise Wrong("请先找到数字在原文里的位置。")
        reason, said = reason_of(form), fields_of(form)
        documents, findings = sources.findings_of(site, held.sha256)
        home = document_at(documents, span)
        there = [f for found in findings for f in found.facts if (f.start, f.end) == (span.start, span.end)]
        twice = [f for f in there if all(getattr(f, n) == v for n, v in said.items())]
        if twice:
            return onward(f"/facts/{twice[0].id}", "added")
        if same := [f for f in there if f.indicator == said.get("indicator")]:
            raise Wrong("这里已经有“{name}”这个指标，请去更正它。", name=same[0].indicator)
        lexicon = extract.lexicon_of(site.settings.lexicons)
        changes = {**said, "canonical": lexicon.canonical(str(said.get("indicator") or ""))}
        made = site.store.add_fact(home.id, span, changes, author=visitor.name, reason=reason, now=now())
    except UsageError as error:
        wrong = told(visitor.language, error)
        return _shown(request, visitor, site, held, span, 422, wrong=wrong, typed=dict(form))
    site.wake("requests")
    return onward(f"/facts/{made.fact}", "added")


def _shown(
    request: Request, visitor: Visitor, site: Site, source: Source, span: Span | None, status: int = 200, **more: object
) -> Response:  # fmt: skip
    documents, findings = sources.findings_of(site, source.sha256)
    words = " ".join(source.text[span.start : span.end].split()) if span else ""
    sentence = _sentence(source, documents, span) if span else Span(0, 0)
    there = [
        f for found in findings for f in found.facts if span and f.start < span.end and span.start < f.end
    ]
    context: dict[str, object] = {"asked": {"words": words, "line": "", "at": ""}, "found": [], **more}
    spans = context["found"] if isinstance(context["found"], list) else []
    return page(
        request,
        visitor,
        "add",
        status,
        source=source,
        span=span,
        words=words,
        there=there,
        before=" ".join(source.text[sentence.start : span.start].split()) if span else "",
        after=" ".join(source.text[span.end : sentence.end].split()) if span else "",
        place=source.place(span.start) if span else "",
        guess=guessed(words),
        fields=ASKED,
        choices=CHOICES,
        bases=BASES,
        most=MOST,
        offers=[(one, source.place(one.start), *_around(source.text, one)) for one in spans[:MOST]],
        **context,
    )


def _found(source: Source, words: str, line: str) -> list[Span]:
    """Where ``words`` stand, whatever blanks and line ends are between them; in the line or place ``line`` only."""
    wanted = r"\s*".join(map(re.escape, "".join(words.split())))
    found = [Span(*m.span()) for m in re.finditer(wanted, source.text, re.IGNORECASE)]
    number = "".join(c for c in line if c.isdecimal())
    if number:
        there = re.compile(rf"第{int(number)}(?!\d)")
        found = [
            s for s in found if there.search(source.place(s.start)) or _line(source, s.start) == int(number)
        ]
    return found


def _line(source: Source, at: int) -> int:
    return source.text.count("\n", 0, at) + 1


def _sentence(source: Source, documents: tuple[Document, ...], span: Span) -> Span:
    from briefings.store.sentences import around

    held = around(documents, span.start, span.end)
    return (
        held.span if held else Span(max(0, span.start - _AROUND), min(len(source.text), span.end + _AROUND))
    )


def _around(text: str, span: Span) -> tuple[str, str, str]:
    before, after = text[max(0, span.start - _AROUND) : span.start], text[span.end : span.end + _AROUND]
    return " ".join(before.split()), " ".join(text[span.start : span.end].split()), " ".join(after.split())
