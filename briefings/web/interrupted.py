"""A form that came too late: what was typed is kept while its person logs in again, and goes on its way at a click."""

import json
from dataclasses import dataclass
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import Response

from briefings.web.answers import page
from briefings.web.auth import Visitor, read_form, same_origin

MOST_KEPT = 64 * 1024
"""Characters of a form that is kept."""
_LEFT_OUT = ("csrf", "password")


@dataclass(frozen=True, slots=True)
class Kept:
    """What was typed: where the form was to go, the page it stood on, and its fields in order."""

    action: str
    back: str
    fields: tuple[tuple[str, str], ...]

    def written(self) -> str:
        """As a hidden field holds it."""
        return json.dumps([self.action, self.back, self.fields], ensure_ascii=False)


def local_path(given: str) -> str:
    """``given`` if it is a path of ours, else the first page: nobody is led elsewhere."""
    plain = given.startswith("/") and not given.startswith(("//", "/\\")) and given.isprintable()
    return given if plain and "\\" not in given else "/"


def page_before(request: Request) -> str:
    """The page of ours that a form was sent from; the first one where that is not known."""
    told = urlsplit(request.headers.get("referer", ""))
    if told.netloc != request.headers.get("host", ""):
        return "/"
    return local_path(told.path + (f"?{told.query}" if told.query else ""))


async def kept(request: Request) -> Kept | None:
    """What the form of ``request`` holds; None where there is nothing to keep, or it may come from another site."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    length = request.headers.get("content-length", "")
    ours = "origin" in request.headers and same_origin(request)
    short = length.isdigit() and 0 < int(length) <= MOST_KEPT
    if not (ours and short and kind == "application/x-www-form-urlencoded"):
        return None
    form = await read_form(request)
    fields = tuple((n, v) for n, v in form.multi_items() if isinstance(v, str) and n not in _LEFT_OUT)
    if not fields or "password" in form:
        return None
    return Kept(request.url.path, page_before(request), fields)


def read(written: str) -> Kept | None:
    """What a hidden field holds; None for anything else."""
    if not written:
        return None
    try:
        action, back, fields = json.loads(written[: 2 * MOST_KEPT])
        pairs = tuple((str(n), str(v)) for n, v in fields)
    except (ValueError, TypeError):
        return None
    return Kept(local_path(str(action)), local_path(str(back)), pairs)


def again(request: Request, visitor: Visitor, held: Kept, status: int = 200) -> Response:
    """The page that shows what was typed, and sends it with the word of the session that holds now."""
    shown = [(n, v) for n, v in held.fields if v and n not in ("wanted", "at", "answer")]
    return page(request, visitor, "again", status, held=held, shown=shown)
