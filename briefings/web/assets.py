"""The style sheet and the one script, served from here; nothing of the page comes from anywhere else."""

import hashlib
from pathlib import Path

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from briefings.render.assets import find
from briefings.web.answers import known
from briefings.web.auth import SiteOf

router = APIRouter()
SHEETS = ("modern", "source", "web")


@router.get("/static/{name}")
def static(request: Request, name: str, site: SiteOf) -> Response:
    """One of the few files that there are, by name."""
    if name == "page.css":
        body = "\n".join(find(f"styles/{s}.css", site.settings.search).read_text("utf-8") for s in SHEETS)
        content, media = body.encode(), "text/css; charset=utf-8"
    elif name == "page.js":
        content, media = (Path(__file__).parent / "page.js").read_bytes(), "text/javascript; charset=utf-8"
    elif name == "icon.svg":
        content, media = (Path(__file__).parent / "icon.svg").read_bytes(), "image/svg+xml"
    else:
        raise HTTPException(404)
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"etag": etag, "cache-control": "no-cache"}
    if known(request, etag):
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=media)
