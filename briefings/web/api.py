"""The API for programs, /api/v1: what the pages show as JSON, and the same changes; described by OpenAPI."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from briefings import pipeline, schedule
from briefings.errors import UsageError
from briefings.records.correction import JUDGED
from briefings.records.edition import Edition
from briefings.records.fact import Kind
from briefings.records.run import Run
from briefings.web import downloads, editions, facts, intake, runs
from briefings.web.answers import data
from briefings.web.auth import Editor, SiteOf, Viewer
from briefings.web.editions import Shelf
from briefings.web.repeated import PARAMETER

PROBLEM = {
    "description": "A problem (RFC 9457)",
    "content": {
        "application/problem+json": {
            "schema": {
                "type": "object",
                "required": ["type", "title", "status"],
                "properties": {
                    "type": {"type": "string"},
                    "title": {"type": "string"},
                    "status": {"type": "integer"},
                    "detail": {"type": "string"},
                    "instance": {"type": "string"},
                    "request_id": {"type": "string"},
                },
            }
        }
    },
}
PROBLEMS: dict[int | str, dict[str, Any]] = dict.fromkeys((400, 401, 403, 404, 409, 422), PROBLEM)
router = APIRouter(prefix="/api/v1", responses=PROBLEMS, tags=["v1"])
Most = Annotated[int, Query(ge=1, le=500, description="How many at most")]
Skip = Annotated[int, Query(ge=0, le=1_000_000, description="How many to leave out before")]
Text = Annotated[str, Query(max_length=200)]
Id = Annotated[str, Path(min_length=1, max_length=200)]
Suffix = Literal["pdf", "docx", "xlsx", "html", "zip"]
FILES: dict[int | str, dict[str, Any]] = {
    200: {"description": "The file", "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}},
    206: {"description": "A part of the file"},
    304: {"description": "The asker has it"},
    416: {"description": "No such part"},
}  # fmt: skip


class Judgement(BaseModel):
    """What a person says of a fact."""

    model_config = ConfigDict(extra="forbid")
    reason: str = Field(min_length=1, max_length=2000)
    reject: bool = False
    set: dict[str, str | None] = Field(default={}, description="Fields with what is right; null empties one")


class Why(BaseModel):
    """Why something is done."""

    model_config = ConfigDict(extra="forbid")
    reason: str = Field(default="", max_length=2000)


@router.get("/briefings")
def list_briefings(request: Request, visitor: Viewer, site: SiteOf) -> Response:
    """All briefings with their latest edition."""
    return data(request, {"briefings": [_shelf(editions.shelf(site, o, 1)) for o in site.settings.orders]})


@router.get("/briefings/{briefing}")
def get_briefing(request: Request, briefing: Id, visitor: Viewer, site: SiteOf) -> Response:
    """A briefing with its editions."""
    shelf = editions.shelf(site, editions.order_of(site, briefing))
    return data(request, {**_shelf(shelf), "editions": [_edition(e) for e in shelf.editions]})


@router.get("/briefings/{briefing}/latest.{suffix}", responses=FILES, response_class=Response)
def get_latest_file(
    request: Request, briefing: Id, suffix: Suffix, visitor: Viewer, site: SiteOf
) -> Response:
    """A file of the newest edition: an address that stays. Takes If-None-Match and, but for the zip, Range."""
    return downloads.latest_file(request, briefing, suffix, visitor, site)


@router.get("/briefings/{briefing}/editions/{edition}")
def get_edition(request: Request, briefing: Id, edition: Id, visitor: Viewer, site: SiteOf) -> Response:
    """An edition with its files."""
    _, found = editions.edition_of(site, briefing, edition)
    return data(request, _edition(found))


@router.get(
    "/briefings/{briefing}/editions/{edition}/file.{suffix}", responses=FILES, response_class=Response
)
def get_edition_file(
    request: Request, briefing: Id, edition: Id, suffix: Suffix, visitor: Viewer, site: SiteOf
) -> Response:
    """A file of an edition, which never changes. Takes If-None-Match and, but for the zip, Range."""
    return downloads.download(request, briefing, edition, suffix, visitor, site)


@router.post(
    "/briefings/{briefing}/runs", status_code=202, responses={202: {"description": "The run to watch"}}
)
def start_run(request: Request, briefing: Id, visitor: Editor, site: SiteOf) -> Response:
    """Ask for a run now; one that waits already answers it, so that asking twice makes one."""
    order = editions.order_of(site, briefing)
    run = site.store.runs.ask(order.id, "person", f"{visitor.name} asked by the API")
    site.wake("runs")
    return _accepted(request, run)


@router.get("/runs")
def list_runs(
    request: Request, visitor: Viewer, site: SiteOf, limit: Most = 50, offset: Skip = 0
) -> Response:
    """The runs, the newest first."""
    found = site.store.runs.all(most=offset + limit)
    return data(request, {"runs": [run_data(r) for r in found[offset:]]})


@router.get("/runs/{run}")
def get_run(request: Request, run: Id, visitor: Viewer, site: SiteOf) -> Response:
    """A run with its log."""
    found = site.store.runs.run(run)
    log = [{"at": line.at.isoformat(), "text": line.text} for line in site.store.runs.log(found.id)]
    return data(request, {**run_data(found), "log": log})


@router.post("/runs/{run}/retry", status_code=202, responses={202: {"description": "The run to watch"}})
def retry_run(request: Request, run: Id, visitor: Editor, site: SiteOf) -> Response:
    """Make again what a run that is over was to make."""
    return _accepted(request, runs.again(site, run, visitor.name))


@router.get("/documents")
def list_documents(
    request: Request, visitor: Viewer, site: SiteOf, limit: Most = 100, offset: Skip = 0
) -> Response:
    """The documents that were found."""
    found = site.store.documents()
    rows = [
        {
            "id": d.id,
            "title": d.title.value,
            **{n: a.value if (a := getattr(d, n)) else None for n in pipeline.FIELDS},
            "genre": d.genre,
            "file": d.name,
            "sha256": d.sha256,
            "flags": d.flags,
        }
        for d in found[offset : offset + limit]
    ]
    return data(request, {"total": len(found), "documents": rows})


@router.post(
    "/documents",
    status_code=202,
    responses={202: {"description": "What became of each file; briefings that change are made soon"}},
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "multipart/form-data": {
                    "schema": {
                        "type": "object",
                        "required": ["files"],
                        "properties": {
                            "files": {
                                "type": "array",
                                "minItems": 1,
                                "items": {"type": "string", "format": "binary"},
                            }
                        },
                    }
                }
            },
        }
    },
)
async def add_documents(request: Request, visitor: Editor, site: SiteOf) -> Response:
    """Take files in; the same bytes again are known, so that sending twice takes in once."""
    outcomes = await run_in_threadpool(intake.taken, site, visitor.form, visitor.name)
    told = {"files": [intake.outcome_data(o) for o in outcomes], "runs": "/api/v1/runs"}
    return data(request, told, 202, {"location": "/api/v1/runs"})


@router.get("/facts")
def list_facts(
    request: Request,
    visitor: Viewer,
    site: SiteOf,
    q: Text = "",
    issuer: Text = "",
    place: Text = "",
    period: Text = "",
    kind: Kind | Literal[""] = "",
    limit: Most = 100,
    offset: Skip = 0,
) -> Response:
    """Facts that hold all words of ``q``; a word may be one Chinese character."""
    asked = {"q": q, "issuer": issuer, "place": place, "period": period, "kind": kind}
    found = facts.found_of(site, asked, most=limit, skip=offset)
    by_id = {d.id: d for d in site.store.documents(replaced=True)}
    rows = [facts.fact_data(f, by_id.get(f.document)) for f in found.facts]
    return data(request, {"total": found.total, "facts": rows})


@router.get("/facts/{fact}")
def get_fact(request: Request, fact: Id, visitor: Viewer, site: SiteOf) -> Response:
    """A fact with its sentence."""
    held, document = facts.fact_of(site, fact)
    text = site.store.source(document.sha256).text
    return data(
        request,
        {**facts.fact_data(held, document), "sentence": text[held.sentence.start : held.sentence.end]},
    )


@router.post(
    "/facts/{fact}/corrections", status_code=201, responses={201: {"description": "The correction's id"}}
)
def correct_fact(request: Request, fact: Id, judgement: Judgement, visitor: Editor, site: SiteOf) -> Response:
    """Set a fact right, or reject it; its briefings are made anew."""
    held, _ = facts.fact_of(site, fact)
    if any(n not in JUDGED for n in judgement.set):
        raise UsageError(f"set takes {', '.join(JUDGED)}.")
    made = facts.corrected(
        site, held, judgement.set, judgement.reason.strip(), visitor.name, reject=judgement.reject
    )
    return data(request, {"id": made}, 201)


@router.get("/quarantine")
def list_quarantine(request: Request, visitor: Viewer, site: SiteOf) -> Response:
    """The files that could not be read, and why."""
    held = [
        {
            "sha256": q.sha256,
            "name": q.name,
            "code": q.problem.code,
            "sentence": q.problem.sentence,
            "tries": q.tries,
        }
        for q in site.store.quarantined()
    ]
    return data(request, {"quarantine": held})


@router.post(
    "/quarantine/retry", status_code=202, responses={202: {"description": "What became of each file"}}
)
def retry_quarantine(request: Request, visitor: Editor, site: SiteOf) -> Response:
    """Read everything in quarantine again."""
    outcomes = pipeline.retry(site.settings, site.store, now=intake.now())
    site.wake("requests")
    return data(request, {"files": [intake.outcome_data(o) for o in outcomes]}, 202)


@router.get("/outbox")
def list_letters(
    request: Request, visitor: Viewer, site: SiteOf, limit: Most = 100, offset: Skip = 0
) -> Response:
    """The letters, those queued last first."""
    found = site.store.outbox.letters()
    rows = [
        {
            **{n: getattr(one, n) for n in ("id", "briefing", "edition", "state", "queued", "due", "sent", "tries", "said")},
            "to": one.recipient.address,
        }
        for one in found[offset : offset + limit]
    ]  # fmt: skip
    return data(request, {"total": len(found), "letters": rows})


@router.post(
    "/outbox/{letter}/resend", status_code=202, responses={202: {"description": "The letter waits again"}}
)
def resend_letter(request: Request, letter: Id, why: Why, visitor: Editor, site: SiteOf) -> Response:
    """Let a letter that failed or is in doubt go once more."""
    reason = why.reason.strip() or "sent again by the API"
    sent = site.store.outbox.resend(letter, author=visitor.name, reason=reason)
    site.wake("mail")
    return data(request, {"id": sent.id, "state": sent.state}, 202)


@router.get("/schedules")
def list_schedules(request: Request, visitor: Viewer, site: SiteOf) -> Response:
    """When briefings are made."""
    now = site.store.runs.now()
    paused = {s.id for s in site.store.runs.schedules() if s.paused}
    rows = [
        {
            **{n: getattr(s, n) for n in ("id", "briefing", "expression", "timezone", "workdays")},
            "paused": s.id in paused,
            "next": [at.isoformat() for at in schedule.upcoming(s, now, 5)],
        }
        for s in site.settings.schedules
    ]
    return data(request, {"schedules": rows})


@router.post("/schedules/{id_}/{wanted}")
def change_schedule(
    request: Request, id_: Id, wanted: Literal["pause", "resume"], visitor: Editor, site: SiteOf
) -> Response:
    """Pause or resume a schedule."""
    return data(request, {"id": id_, "state": runs.paused(site, runs.schedule_of(site, id_), wanted)})


def run_data(run: Run) -> dict[str, object]:
    """A run, for programs."""
    times = {
        n: at.isoformat() if (at := getattr(run, n)) else None for n in ("asked_at", "started_at", "ended_at")
    }
    return {
        **{
            n: getattr(run, n) for n in ("id", "briefing", "kind", "state", "over", "reason", "tries", "step")
        },
        "edition": run.edition or None,
        **times,
    }


def _accepted(request: Request, run: Run) -> Response:
    where = f"/api/v1/runs/{run.id}"
    return data(request, {**run_data(run), "watch": where}, 202, {"location": where})


def _shelf(shelf: Shelf) -> dict[str, object]:
    order = shelf.order
    return {
        "id": order.id,
        "kind": order.kind,
        "title": order.title,
        "periods": order.periods,
        "language": order.language,
        "formats": order.formats,
        "schedule": shelf.schedule.expression if shelf.schedule else None,
        "latest": _edition(shelf.latest) if shelf.latest else None,
    }


def _edition(edition: Edition) -> dict[str, object]:
    return {
        "briefing": edition.briefing,
        "id": edition.id,
        "fingerprint": edition.fingerprint,
        "previous": edition.previous or None,
        "files": dict(edition.files),
    }


for _route in router.routes:
    if isinstance(_route, APIRoute) and "POST" in (_route.methods or ()):
        _route.openapi_extra = {**(_route.openapi_extra or {}), "parameters": [PARAMETER]}
