"""Downloads: the files of editions, all of one edition together, and originals, which are never shown but handed over."""

import io
import zipfile
from pathlib import Path

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response

from briefings.records.edition import Edition, Order
from briefings.web import editions
from briefings.web.answers import attached, file, known
from briefings.web.auth import SiteOf, Viewer

router = APIRouter()


@router.get("/briefings/{briefing}/latest.{suffix}")
def latest_file(request: Request, briefing: str, suffix: str, visitor: Viewer, site: SiteOf) -> Response:
    """The newest edition's file: an address that stays."""
    order, found = editions.edition_of(site, briefing, "latest")
    return edition_file(request, order, found, suffix, lasting=False)


@router.get("/briefings/{briefing}/editions/{edition}/download.{suffix}")
def download(
    request: Request, briefing: str, edition: str, suffix: str, visitor: Viewer, site: SiteOf
) -> Response:
    """A file of an edition, which never changes."""
    order, found = editions.edition_of(site, briefing, edition)
    return edition_file(request, order, found, suffix, lasting=edition != "latest")


@router.get("/sources/{source}/original")
def original(request: Request, source: str, visitor: Viewer, site: SiteOf) -> Response:
    """The bytes of a source as they came in."""
    held = next((s for s in site.store.sources() if s.sha256 == source), None)
    name = held.name if held else next((q.name for q in site.store.quarantined() if q.sha256 == source), None)
    if name is None:
        raise HTTPException(404)
    path = site.settings.data / "originals" / source[:2] / source
    if not path.is_file():
        raise HTTPException(404, "原件已不在。")
    answer = file(request, path, source, name)
    # Whatever it says it is: a browser must not take it for a page of ours.
    answer.headers["content-type"] = "application/octet-stream"
    return answer


def edition_file(request: Request, order: Order, edition: Edition, suffix: str, *, lasting: bool) -> Response:
    """A file of an edition by what its name ends in; ``zip`` is all of them."""
    name = f"{order.title} {edition.id}"
    if suffix == "zip":
        return _bundle(request, edition, name)
    held = editions.media_of(edition, suffix)
    if held is None:
        raise HTTPException(404, "这一版没有这种文件。")
    return file(request, Path(edition.folder) / held[0], held[1], f"{name}.{suffix}", lasting=lasting)


def _bundle(request: Request, edition: Edition, name: str) -> Response:
    """All files of an edition; the same bytes each time, so that a download can be taken up again."""
    etag = f'"{edition.fingerprint}-zip"'
    headers = {
        "etag": etag,
        "cache-control": "private, no-cache",
        "content-disposition": attached(f"{name}.zip"),
        "content-security-policy": "default-src 'none'; sandbox",
    }
    if known(request, etag):
        return Response(status_code=304, headers=headers)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        for each in [*(n for n, _ in edition.files), "manifest.json"]:
            entry = zipfile.ZipInfo(f"{edition.briefing}-{edition.id}/{each}", (2000, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(entry, (Path(edition.folder) / each).read_bytes())
    return Response(packed.getvalue(), headers=headers, media_type="application/zip")
