"""The page of promises: what was planned, the sentence that answers it, and a person's word on whether it does."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from fastapi import APIRouter, Request
from fastapi.responses import Response

from briefings import compare, gathering
from briefings.errors import UsageError
from briefings.records.comparison import Promise
from briefings.records.decision import Decision
from briefings.records.document import Document, Span
from briefings.records.edition import Order
from briefings.records.material import Material
from briefings.records.tracker import Followed
from briefings.store.sentences import sentences
from briefings.web import editions
from briefings.web.answers import onward, page
from briefings.web.auth import Editor, SiteOf, Viewer, Visitor
from briefings.web.intake import now
from briefings.web.judging import reason_of
from briefings.web.site import Site, Wrong, told

router = APIRouter()
FOLLOWED = ("tracker", "yoy")
STATES = ("done", "on_track", "behind")
MOST, LIKELY = 60, 12
"""So many sentences that hold the words are offered as an answer, and so many of those most like the plan."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A sentence of a later document that may be the answer."""

    document: Document
    span: Span
    text: str
    place: str


@router.get("/briefings/{briefing}/promises")
def promises_page(request: Request, briefing: str, visitor: Viewer, site: SiteOf) -> Response:
    """All promises of a briefing with what became of them."""
    order = _order(site, briefing)
    try:
        material = gathering.gathered(order, site.settings, site.store)
    except UsageError:
        return page(request, visitor, "promises", order=order, found=None, homes={}, states=STATES, said={})
    return page(
        request,
        visitor,
        "promises",
        order=order,
        found=compare.tracker(material),
        homes={d.id: d for d in material.documents},
        states=STATES,
        said=_last(material),
    )


@router.get("/briefings/{briefing}/promises/{promise}")
def promise_page(request: Request, briefing: str, promise: str, visitor: Viewer, site: SiteOf) -> Response:
    """One promise: its answer, what people said of it, and a search in the later documents for another answer."""
    order = _order(site, briefing)
    material = gathering.gathered(order, site.settings, site.store)
    return _shown(request, visitor, order, material, _followed(material, promise))


@router.post("/briefings/{briefing}/promises/{promise}")
def decide(request: Request, briefing: str, promise: str, visitor: Editor, site: SiteOf) -> Response:
    """Confirm the answer that was found, name another, say that none answers, or take back what was decided."""
    order = _order(site, briefing)
    material = gathering.gathered(order, site.settings, site.store)
    found, form = _followed(material, promise), visitor.form
    try:
        made = _decision(form, found.promise, material, visitor.name)
    except UsageError as error:
        wrong = told(visitor.language, error)
        return _shown(request, visitor, order, material, found, 422, wrong=wrong, typed=dict(form))
    if made:
        site.store.decide(made)
        site.wake("requests")
    return onward(f"/briefings/{order.id}/promises", "decided")


def _shown(
    request: Request, visitor: Visitor, order: Order, material: Material, found: Followed, status: int = 200, **more: object
) -> Response:  # fmt: skip
    promise = found.promise
    words = str(visitor.form.get("q", request.query_params.get("q", ""))).strip()[:200]
    homes = {d.id: d for d in material.documents}
    return page(
        request,
        visitor,
        "promise",
        status,
        order=order,
        promise=promise,
        related=found.related,
        homes=homes,
        states=STATES,
        q=words,
        offered=_offered(promise, material, words),
        history=[d for d in reversed(material.decisions) if d.promise == promise.id],
        **more,
    )


def _offered(promise: Promise, material: Material, words: str) -> list[Offered]:
    """Sentences of the other documents: those that hold all ``words``, or without words those most like the plan."""
    plan = next(d for d in material.documents if d.id == promise.plan.document)
    since = plan.period.value if plan.period else ""
    later = [d for d in material.documents if d.id != plan.id and d.period and d.period.value > since]
    asked, pairs = words.split(), _pairs(promise.plan.text)
    found: list[tuple[int, int, Offered]] = []
    for document in later:
        source = material.sources[document.sha256]
        for each in sentences(document):
            text = each.text.strip()
            score = len(pairs & _pairs(text)) if not asked else 1
            if len(text) > 4 and score and all(w in text for w in asked):
                one = Offered(document, each.span, text, source.place(each.span.start))
                found.append((-score, len(found), one))
    return [one for _, _, one in sorted(found, key=lambda f: f[:2])[: MOST if asked else LIKELY]]


def _pairs(text: str) -> frozenset[str]:
    bare = "".join(c for c in text if c.isalnum())
    return frozenset(bare[at : at + 2] for at in range(len(bare) - 1))


def _decision(
    form: Mapping[str, object], promise: Promise, material: Material, author: str
) -> Decision | None:
    """What the form decides; None where this very thing was decided last. Raises ``UsageError``."""
    state, wanted = str(form.get("state", "")), str(form.get("wanted", ""))
    if state not in ("", *STATES):
        raise Wrong("没有这种状态。")
    said = [d for d in material.decisions if d.promise == promise.id]
    bare = Decision(
        0, promise.id, "undo", "", None, "", "", author, "", now(), promise.plan.document, promise.plan.text
    )
    if wanted == "undo":
        if not said:
            raise Wrong("这一项还没有人判断过。")
        return bare if said[-1].verdict != "undo" else None
    bare = replace(bare, reason=reason_of(form))
    if wanted == "reject":
        made = replace(bare, verdict="reject")
    elif wanted == "confirm":
        if promise.answer is None:
            raise Wrong("没有找到可以确认的表述。")
        made = _naming(
            replace(bare, verdict="confirm"), promise.answer.document, promise.answer.span, material
        )
    elif wanted == "change":
        made = _naming(replace(bare, verdict="change"), *_answer(form, promise, material), material)
    else:
        raise Wrong("没有这种操作。")
    made = replace(made, state=state if wanted != "reject" else "")
    same = said and replace(said[-1], id=0, at=made.at) == made
    return None if same else made


def _answer(form: Mapping[str, object], promise: Promise, material: Material) -> tuple[str, Span]:
    """The sentence that is named as the answer."""
    id_, _, at = str(form.get("answer", "")).partition(":")
    start, _, end = at.partition("-")
    home = next((d for d in material.documents if d.id == id_), None)
    if home is None or not (start.isdecimal() and end.isdecimal()):
        raise Wrong("请选一句话。")
    span = Span(int(start), int(end))
    if not home.span.start <= span.start < span.end <= home.span.end or home.id == promise.plan.document:
        raise Wrong("请选后来文件里的一句话。")
    return home.id, span


def _naming(decision: Decision, document: str, span: Span, material: Material) -> Decision:
    home = next(d for d in material.documents if d.id == document)
    text = material.sources[home.sha256].text[span.start : span.end]
    return replace(decision, document=home.id, span=span, text=text)


def _followed(material: Material, promise: str) -> Followed:
    found = next((f for f in compare.tracker(material).followed if f.promise.id == promise), None)
    if found is None:
        raise Wrong("没有这项打算，文件可能已更换。")
    return found


def _last(material: Material) -> dict[str, Decision]:
    """By promise the last decision."""
    return {d.promise: d for d in material.decisions}


def _order(site: Site, briefing: str) -> Order:
    order = editions.order_of(site, briefing)
    if order.kind not in FOLLOWED:
        raise Wrong("只有打算落实跟踪和同比两类简报跟踪打算。")
    return order
