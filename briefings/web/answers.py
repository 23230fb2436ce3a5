"""Answers: a page in the visitor's language, a way on after a change, a file, a problem that programs can read."""

import hashlib
import json
import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from briefings.settings import packed_assets
from briefings.web.auth import COOKIE, LANGUAGE, LASTS, Visitor, site_of
from briefings.web.site import say

MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "html": "text/html; charset=utf-8",
    "zip": "application/zip",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "txt": "text/plain; charset=utf-8",
}
SENTENCES = {
    "asked": "已安排生成，完成后这里会出现新的一版。",
    "taken": "文件已处理。",
    "retried": "已重新读取隔离的文件。",
    "corrected": "更正已记录，下一版会用上。",
    "undone": "更正已撤销。",
    "decided": "判断已记录。",
    "resent": "已安排重新发送。",
    "paused": "已暂停。",
    "resumed": "已恢复。",
    "saved": "已保存。",
    "nobody_missing": "没有缺收的人。",
    "described": "文件信息已改，简报会跟着更新。",
    "chosen": "已记下用哪一版，简报会跟着更新。",
    "added": "指标已补上，下一版会用上。",
}
"""What is said after a change, by the word in the address."""
_PART = re.compile(r"([0-9]{0,18})-([0-9]{0,18})")


def page(request: Request, visitor: Visitor, template: str, status: int = 200, **context: object) -> Response:
    """The page ``web/<template>.html.j2``, with what all pages know."""
    from briefings.render.html import fill

    site = site_of(request)
    tell = partial(say, visitor.language)
    done = request.query_params.get("done", "")
    other = "en" if visitor.language == "zh" else "zh"
    query = [(k, v) for k, v in request.query_params.multi_items() if k not in ("lang", "done")]
    text = fill(
        packed_assets(),  # the page is the program's own: what people put into templates/ cannot stop it
        f"web/{template}.html.j2",
        say=tell,
        lang="zh-CN" if visitor.language == "zh" else "en",
        language=visitor.language,
        me=visitor,
        path=request.url.path,
        other_language=f"{request.url.path}?{urlencode([*query, ('lang', other)])}",
        done=tell(SENTENCES[done]) if done in SENTENCES else "",
        at=partial(shown_time, zone=site.zone),
        clock=partial(shown_time, zone=site.zone, form="%H:%M:%S"),
        now=datetime.now(UTC),
        zone=site.settings.timezone,
        **{"wrong": "", "typed": {}, **context},
    )
    response = HTMLResponse(text, status)
    secure = request.url.scheme == "https"
    if visitor.fresh:
        set_session(response, visitor.fresh, secure)
    if request.query_params.get("lang") in ("zh", "en"):
        response.set_cookie(LANGUAGE, visitor.language, 31536000, samesite="lax", secure=secure)
    return response


def set_session(response: Response, secret: str, secure: bool) -> None:
    """Give the browser its session."""
    response.set_cookie(
        COOKIE, secret, int(LASTS.total_seconds()), httponly=True, samesite="lax", secure=secure
    )


def onward(path: str, done: str = "", **query: str) -> RedirectResponse:
    """To another page after a change."""
    asked = {**query, **({"done": done} if done else {})}
    return RedirectResponse(path + ("?" + urlencode(asked) if asked else ""), 303)


def shown_time(value: datetime | str | None, zone: Any, form: str = "%Y-%m-%d %H:%M") -> str:
    """A time on the workspace's clocks, to the minute; "" for none."""
    if not value:
        return ""
    when = datetime.fromisoformat(value) if isinstance(value, str) else value
    return when.astimezone(zone).strftime(form)


def attached(name: str, kind: str = "attachment") -> str:
    """A Content-Disposition that gives a Chinese name to every browser (RFC 6266)."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "_", name).strip("_.") or "file"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def file(
    request: Request, path: Path, sha256: str, name: str, *, kind: str = "attachment", lasting: bool = True
) -> Response:
    """A file with its hash as ETag; parts of it by Range. ``lasting`` when the address always gives these bytes."""
    etag = f'"{sha256}"'
    keep = "private, max-age=31536000, immutable" if lasting else "private, no-cache"
    headers = {
        "etag": etag,
        "cache-control": keep,
        "content-disposition": attached(name, kind),
        "content-security-policy": "default-src 'none'; sandbox",
    }
    if known(request, etag):
        return Response(status_code=304, headers=headers)
    if not _can_be_parted(request.headers.get("range", "")):
        # RFC 9110, 14.2: whoever asks for parts that mean nothing gets the whole.
        request.scope["headers"][:] = [(n, v) for n, v in request.scope["headers"] if n.lower() != b"range"]
    media = MEDIA.get(name.rpartition(".")[2].lower(), "application/octet-stream")
    return FileResponse(path, media_type=media, headers=headers)


def _can_be_parted(asked: str) -> bool:
    """Whether a Range names parts in bytes, each from a first to a last one that is not before it."""
    unit, _, parts = asked.partition("=")
    found = [_PART.fullmatch(one.strip()) for one in parts.split(",")]
    return unit.strip().lower() == "bytes" and all(
        one and (one[2] or one[1]) and (not one[1] or not one[2] or int(one[1]) <= int(one[2]))
        for one in found
    )


def known(request: Request, etag: str) -> bool:
    """Whether the asker has what ``etag`` names already."""
    given = [one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")]
    return etag in given or "*" in given


def data(
    request: Request, value: object, status: int = 200, headers: Mapping[str, str] | None = None
) -> Response:
    """``value`` as JSON with an ETag; nothing again where the asker has it."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    more = {"etag": etag, "cache-control": "private, no-cache", **(headers or {})}
    if request.method in ("GET", "HEAD") and status == 200 and known(request, etag):
        return Response(status_code=304, headers=more)
    return Response(body, status, more, "application/json")


def problem(request: Request, status: int, title: str, detail: str = "", **more: object) -> Response:
    """What went wrong, as RFC 9457 writes it."""
    said: dict[str, object] = {"type": "about:blank", "title": title, "status": status}
    if detail:
        said["detail"] = detail
    said |= {"instance": request.url.path, "request_id": request.state.request_id, **more}
    headers = {"www-authenticate": 'Bearer realm="briefings"'} if status == 401 else {}
    body = json.dumps(said, ensure_ascii=False).encode()
    return Response(body, status, headers, "application/problem+json")


Say = Callable[..., str]
