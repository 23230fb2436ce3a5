"""Pages that take documents in: upload, several at once, and quarantine with another try."""

import json
import os
import shutil
import tempfile
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile

from briefings import pipeline
from briefings.ingest import shown
from briefings.ingest.originals import keep
from briefings.pipeline import Outcome
from briefings.records.run import Event
from briefings.web import runs
from briefings.web.answers import onward, page
from briefings.web.auth import Editor, SiteOf, Viewer, Visitor
from briefings.web.site import MOST_UPLOADED, Site, Wrong, told

router = APIRouter()


@router.get("/upload")
def upload_page(request: Request, visitor: Editor, site: SiteOf) -> Response:
    """The form for files."""
    return _shown(request, visitor, site, ())


@router.post("/upload")
async def upload(request: Request, visitor: Editor, site: SiteOf) -> Response:
    """Take the files in and say what became of each; to the script as JSON."""
    by_script = "application/json" in request.headers.get("accept", "")
    try:
        outcomes = await run_in_threadpool(taken, site, visitor.form, visitor.name)
    except Wrong as error:
        if by_script:
            raise
        wrong = told(visitor.language, error)
        return await run_in_threadpool(_shown, request, visitor, site, (), 422, wrong)
    if by_script:
        files = [outcome_data(o) for o in outcomes]
        body = json.dumps({"files": files}, ensure_ascii=False).encode()
        return Response(body, media_type="application/json")
    return await run_in_threadpool(_shown, request, visitor, site, outcomes)


def _shown(
    request: Request, visitor: Visitor, site: Site, outcomes: tuple[Outcome, ...], status: int = 200, wrong: str = ""
) -> Response:  # fmt: skip
    most = MOST_UPLOADED // 1024 // 1024
    more = runs.moving_of(site)
    return page(request, visitor, "upload", status, outcomes=outcomes, most=most, wrong=wrong, **more)


@router.get("/quarantine")
def quarantine_page(request: Request, visitor: Viewer, site: SiteOf) -> Response:
    """The files that could not be read, and why."""
    return page(request, visitor, "quarantine", held=site.store.quarantined())


@router.post("/quarantine/retry")
def retry(visitor: Editor, site: SiteOf) -> Response:
    """Read everything in quarantine again."""
    pipeline.retry(site.settings, site.store, now=now())
    site.wake("requests")
    return onward("/quarantine", "retried")


def taken(site: Site, form: FormData, person: str) -> tuple[Outcome, ...]:
    """Keep and read the files of a form, one after the other; each is whole before the next one begins, and told of."""
    files = [f for _, f in form.multi_items() if isinstance(f, UploadFile) and f.filename]
    if not files:
        raise Wrong("没有选择文件。")
    outcomes = []
    for each in files:
        name = (each.filename or "").replace("\\", "/").rpartition("/")[2] or "upload"
        sha256 = ""
        try:
            with tempfile.TemporaryFile() as beside:
                each.file.seek(0)
                shutil.copyfileobj(each.file, beside)
                beside.seek(0)
                original = keep(os.dup(beside.fileno()), name, site.settings.data)
            sha256 = original.sha256
            outcome = pipeline.take_original(original, site.settings, site.store, now=now())
        except Exception as error:
            site.tell(_uploaded(name, person, sha256, "not_taken", "", f"{type(error).__name__}: {error}"))
            raise
        problem = outcome.problem
        said = (problem.code, problem.sentence) if problem else ("", "")
        site.tell(_uploaded(name, person, outcome.sha256, outcome.state, *said))
        outcomes.append(outcome)
        site.wake("requests")
    return tuple(outcomes)


def _uploaded(name: str, person: str, sha256: str, state: str, code: str, why: str) -> Event:
    """A file that was uploaded, as the service's log tells of it."""
    told = f"{shown(name)} by {person or 'nobody'}: {state}" + (f", {why}" if why else "")
    about = (("file", shown(name)), ("user", person), ("sha256", sha256), ("outcome", state))
    return Event("uploaded", told, (*about, *((("code", code),) if code else ())), wrong=bool(why))


def outcome_data(outcome: Outcome) -> dict[str, Any]:
    """What became of a file, for programs."""
    return {
        "name": outcome.path,
        "sha256": outcome.sha256,
        "state": outcome.state,
        "documents": [d.id for d in outcome.documents],
        "facts": outcome.facts,
        "measures": outcome.measures,
        "problem": outcome.problem.sentence if outcome.problem else None,
        "code": outcome.problem.code if outcome.problem else None,
    }


def now() -> str:
    """The time, ISO with its zone, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
