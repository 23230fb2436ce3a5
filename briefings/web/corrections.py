"""The page of corrections: what people set right, what a new version has reopened, and the ways to decide or take back."""

import re
from collections.abc import Mapping
from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import Response

from briefings import pipeline
from briefings.records.decision import Decision
from briefings.web.answers import onward, page
from briefings.web.auth import Editor, SiteOf, Viewer
from briefings.web.intake import now
from briefings.web.site import Site, Wrong

router = APIRouter()
_METADATA = re.compile(r"m\d+")


@router.get("/corrections")
def corrections_page(request: Request, visitor: Viewer, site: SiteOf) -> Response:
    """Every correction of a number, of a document and of a promise; those that wait for a decision first, then the newest."""
    store = site.store
    found = sorted(store.corrections(), key=lambda c: (c.state == "reopened", c.correction.at), reverse=True)
    documents = {d.id: d for d in store.documents(replaced=True)}
    settings = sorted(
        store.settings_of_metadata(), key=lambda s: (s.state == "reopened", s.override.n), reverse=True
    )
    choices = list(reversed(store.chosen()))
    last = {c.document: c.n for c in reversed(choices) if c.holds}
    decisions = list(reversed(store.decisions()))
    standing: dict[str, int] = {}
    for decision in decisions:
        standing.setdefault(decision.promise, decision.id)
    return page(
        request,
        visitor,
        "corrections",
        corrections=found,
        settings=settings,
        choices=choices,
        last=last,
        decisions=[d for d in decisions if d.verdict != "undo"],
        standing=set(standing.values()),
        documents=documents,
        of_source={d.sha256: d for d in reversed(documents.values())},
    )


@router.post("/corrections/{correction}")
def decide(correction: str, visitor: Editor, site: SiteOf) -> Response:
    """Take a correction back, or decide on a reopened one."""
    wanted, reason = str(visitor.form.get("wanted", "")), str(visitor.form.get("reason", "")).strip()
    by = {"author": visitor.name, "reason": reason, "now": now()}
    if wanted not in ("undo", "confirm", "dismiss"):
        raise Wrong("没有这种操作。")
    if _METADATA.fullmatch(correction):
        _of_metadata(site, correction, wanted, by)
    else:
        _of_fact(site, correction, wanted, by)
    site.wake("requests")
    return onward("/corrections", "undone" if wanted == "undo" else "decided")


@router.post("/decisions/{promise}/undo")
def undo_decision(promise: str, visitor: Editor, site: SiteOf) -> Response:
    """Take back what was decided about a promise."""
    of_it = [d for d in site.store.decisions() if d.promise == promise]
    if not of_it:
        raise Wrong("这一项还没有人判断过。")
    last = of_it[-1]
    if last.verdict != "undo":  # a second click finds it taken back
        bare = Decision(0, promise, "undo", "", None, "", "", visitor.name, "", now())
        site.store.decide(replace(bare, promised=last.promised, plan=last.plan))
        site.wake("requests")
    return onward("/corrections", "undone")


def _of_fact(site: Site, correction: str, wanted: str, by: Mapping[str, str]) -> None:
    held = next((c for c in site.store.corrections() if c.correction.id == correction), None)
    if wanted == "undo" and held and held.state == "undone":
        return  # a second click
    decide = {"undo": site.store.undo, "confirm": site.store.confirm, "dismiss": site.store.dismiss}[wanted]
    decide(correction, **by)


def _of_metadata(site: Site, setting: str, wanted: str, by: Mapping[str, str]) -> None:
    held = next((s for s in site.store.settings_of_metadata() if s.id == setting), None)
    if wanted == "undo" and held and held.state == "undone":
        return  # a second click
    if wanted == "dismiss":
        site.store.close_setting(setting, **by)
    elif wanted == "confirm":
        pipeline.confirm_setting(setting, site.settings, site.store, **by)
    else:
        pipeline.undo_setting(setting, site.settings, site.store, **by)
