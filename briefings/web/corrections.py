"""The page of corrections: what people set right, what a new version has reopened, and the ways to decide."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from briefings.errors import UsageError
from briefings.web.answers import onward, page
from briefings.web.auth import Editor, SiteOf, Viewer
from briefings.web.intake import now

router = APIRouter()


@router.get("/corrections")
def corrections_page(request: Request, visitor: Viewer, site: SiteOf) -> Response:
    """Every correction, those that wait for a decision first, then the newest."""
    found = sorted(
        site.store.corrections(), key=lambda c: (c.state == "reopened", c.correction.at), reverse=True
    )
    held = {f.id for c in found for f in ([c.correction.after] if c.correction.after else [])}
    return page(request, visitor, "corrections", corrections=found, held=held)


@router.post("/corrections/{correction}")
def decide(correction: str, visitor: Editor, site: SiteOf) -> Response:
    """Take a correction back, or decide on a reopened one."""
    wanted, reason = str(visitor.form.get("wanted", "")), str(visitor.form.get("reason", "")).strip()
    by = {"author": visitor.name, "reason": reason, "now": now()}
    if wanted == "undo":
        site.store.undo(correction, **by)
    elif wanted == "confirm":
        site.store.confirm(correction, **by)
    elif wanted == "dismiss":
        site.store.dismiss(correction, **by)
    else:
        raise UsageError("没有这种操作。")
    site.wake("requests")
    return onward("/corrections", "undone" if wanted == "undo" else "decided")
