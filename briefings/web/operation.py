"""For whoever keeps the service running: is it alive, is it ready, and its figures."""

import os
import time
from collections import Counter
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response

from briefings import __version__
from briefings.walls import program
from briefings.web.answers import data
from briefings.web.auth import SiteOf, Viewer
from briefings.web.site import Site

router = APIRouter()


@router.get("/healthz")
async def healthz() -> Response:
    """The process answers, also while every thread waits for the store."""
    return PlainTextResponse("ok\n")


@router.get("/readyz")
def readyz(request: Request, site: SiteOf) -> Response:
    """Each part with its state; 503 where one does not work. It names no path: nobody has logged in."""
    parts = {"store": _store(site), "output": _folder(site, "output"), "originals": _folder(site, "data")}
    parts["program"] = "replaced" if program.replaced() else "ok"
    ready = all(state == "ok" for state in parts.values())
    return data(request, {"ready": ready, "parts": parts}, 200 if ready else 503)


@router.get("/metrics")
def metrics(request: Request, visitor: Viewer, site: SiteOf) -> Response:
    """Figures as Prometheus reads them."""
    store = site.store
    lines = [
        "# TYPE briefings_info gauge",
        f'briefings_info{{version="{__version__}"}} 1',
        "# TYPE briefings_uptime_seconds gauge",
        f"briefings_uptime_seconds {time.time() - site.started:.0f}",
        "# TYPE briefings_resident_bytes gauge",
        f"briefings_resident_bytes {_resident()}",
        "# TYPE briefings_documents gauge",
        f"briefings_documents {len(store.documents())}",
        "# TYPE briefings_quarantined gauge",
        f"briefings_quarantined {len(store.quarantined())}",
        "# TYPE briefings_runs gauge",
        *(
            f'briefings_runs{{state="{s}"}} {n}'
            for s, n in sorted(Counter(r.state for r in store.runs.all()).items())
        ),
        "# TYPE briefings_letters gauge",
        *(f'briefings_letters{{state="{s}"}} {n}' for s, n in sorted(store.outbox.counts().items())),
        "# TYPE briefings_http_requests_total counter",
        *(
            f'briefings_http_requests_total{{method="{m}",status="{s}"}} {n}'
            for (m, s), n in sorted(request.app.state.counts.items())
        ),
    ]
    return PlainTextResponse("\n".join(lines) + "\n", media_type="text/plain; version=0.0.4; charset=utf-8")


def _store(site: Site) -> str:
    try:
        site.store.users.any()
    except Exception as error:  # whatever it is, the store does not answer
        return type(error).__name__
    return "ok"


def _folder(site: Site, name: str) -> str:
    folder = site.settings.output if name == "output" else site.settings.data
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return "ok" if os.access(folder, os.W_OK) else "not writable"


def _resident() -> int:
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return 0
