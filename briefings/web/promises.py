"""The page of promises: what was planned, the sentence that answers it, and a person's word on whether it does."""

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import Response

from briefings import compare, gathering
from briefings.errors import UsageError
from briefings.records.comparison import Promise
from briefings.records.decision import Decision
from briefings.records.edition import Order
from briefings.records.material import Material
from briefings.web import editions
from briefings.web.answers import onward, page
from briefings.web.auth import Editor, SiteOf, Viewer
from briefings.web.intake import now
from briefings.web.site import Site

router = APIRouter()
FOLLOWED = ("tracker", "yoy")
STATES = ("done", "on_track", "behind")


@router.get("/briefings/{briefing}/promises")
def promises_page(request: Request, briefing: str, visitor: Viewer, site: SiteOf) -> Response:
    """All promises of a briefing with what became of them."""
    order = _order(site, briefing)
    try:
        material = gathering.gathered(order, site.settings, site.store)
    except UsageError:
        return page(request, visitor, "promises", order=order, found=None, homes={}, states=STATES)
    homes = {d.id: d for d in material.documents}
    return page(
        request, visitor, "promises", order=order, found=compare.tracker(material), homes=homes, states=STATES
    )


@router.post("/briefings/{briefing}/promises/{promise}")
def decide(briefing: str, promise: str, visitor: Editor, site: SiteOf) -> Response:
    """Confirm the answer that was found, say that none answers, or take back what was decided."""
    order = _order(site, briefing)
    material = gathering.gathered(order, site.settings, site.store)
    found = next((f.promise for f in compare.tracker(material).followed if f.promise.id == promise), None)
    if found is None:
        raise UsageError("没有这项打算，文件可能已更换。")
    form = visitor.form
    state, reason = str(form.get("state", "")), str(form.get("reason", "")).strip()
    wanted = str(form.get("wanted", ""))
    if state not in ("", *STATES):
        raise UsageError("没有这种状态。")
    if wanted != "undo" and not reason:
        raise UsageError("请写明理由。")
    decision = _decision(wanted, found, material)
    site.store.decide(
        replace(
            decision, state=state if wanted == "confirm" else "", author=visitor.name, reason=reason, at=now()
        )
    )
    site.wake("requests")
    return onward(f"/briefings/{order.id}/promises", "decided")


def _decision(wanted: str, promise: Promise, material: Material) -> Decision:
    bare = Decision(
        0, promise.id, "undo", "", None, "", "", "", "", "", promise.plan.document, promise.plan.text
    )  # fmt: skip
    if wanted == "undo":
        if all(d.promise != promise.id for d in material.decisions):
            raise UsageError("这一项还没有人判断过。")
        return bare
    if wanted == "reject":
        return replace(bare, verdict="reject")
    if wanted != "confirm" or promise.answer is None:
        raise UsageError("没有找到可以确认的表述。")
    home = next(d for d in material.documents if d.id == promise.answer.document)
    span = promise.answer.span
    text = material.sources[home.sha256].text[span.start : span.end]
    return replace(bare, verdict="confirm", document=home.id, span=span, text=text)


def _order(site: Site, briefing: str) -> Order:
    order = editions.order_of(site, briefing)
    if order.kind not in FOLLOWED:
        raise UsageError("只有打算落实跟踪和同比两类简报跟踪打算。")
    return order
