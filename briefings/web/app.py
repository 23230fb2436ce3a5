"""The application: its routes, the envelope around every answer, and what is said when something goes wrong."""

import errno
from collections import Counter
from collections.abc import Callable

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from briefings import __version__
from briefings.errors import AuditHeld, BriefingsError, UsageError
from briefings.records.run import Event
from briefings.settings import Settings
from briefings.store.engine import UNAVAILABLE
from briefings.store.store import Store
from briefings.web import (
    additions,
    api,
    assets,
    briefings,
    corrections,
    documents,
    downloads,
    facts,
    intake,
    interrupted,
    numbers,
    operation,
    outbox,
    people,
    promises,
    runs,
    shares,
    sources,
)
from briefings.web.answers import onward, page, problem
from briefings.web.auth import Attempts, OldPage, Visitor, language_of, site_of, visitor_of
from briefings.web.headers import ALWAYS, DEFAULTS, Envelope
from briefings.web.repeated import Repeated
from briefings.web.site import MOST_UPLOADED, Site, told

_PAGES = (
    assets, people, briefings, numbers, downloads, sources, documents, additions, facts, corrections, promises, intake, runs, outbox,
    shares, operation,
)  # fmt: skip
TITLES = {
    400: "请求有误",
    401: "请先登录",
    403: "不允许",
    404: "找不到",
    405: "这个地址不支持这种操作",
    409: "与现状冲突",
    410: "已失效",
    413: "文件太大",
    415: "不是这里接收的内容",
    422: "填写有误",
    429: "尝试过多",
    500: "程序出错",
    503: "资料库暂时用不了",
    507: "磁盘写不进去",
}
ADVICE = {
    400: "回到上一页再试一次；还是不行，请把请求编号告诉管理员。",
    403: "需要更多权限的话，请向管理员要；也可以换一个用户登录。",
    404: "地址可能写错了，或者这项内容已被更换。从下面的地方可以再找。",
    405: "请从页面上的链接和按钮进来。",
    409: "请看看现在的情况，再决定怎么做。",
    410: "请向给你链接的人再要一个。",
    413: "一次最多上传{n} MB：请分几次上传，或者把文件放进收件文件夹。",
    422: "返回上一页，改好以后再提交；填写的内容还在那里。",
    429: "请过一会儿再试。",
    500: "这次没有做成，已有的内容没有受影响。再试一次；还是不行，请把请求编号告诉管理员。",
    503: "这次没有做成，已有的内容没有受影响。请过一会儿再试；一直这样，请把请求编号告诉管理员。",
    507: "服务器的磁盘满了，或者不让写，这次没有收下。请告诉管理员，腾出地方后再试。",
}
"""What may be done about it, by status."""
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
"""What a disk says that takes nothing more."""
AGAIN_AFTER = 10
"""Seconds after which a program may ask again."""


def create(
    settings: Settings,
    store: Store,
    wake: Callable[..., None],
    tell: Callable[[Event], None] = lambda _: None,
) -> FastAPI:
    """The application on the workspace of ``settings``."""
    app = FastAPI(
        title="briefings",
        version=__version__,
        description="Comparative briefings, every number one click from its sentence.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
    )
    app.state.site = Site(settings, store, wake, tell)
    app.state.attempts = Attempts()
    app.state.counts = Counter[tuple[str, int]]()
    for module in _PAGES:
        app.include_router(module.router, include_in_schema=False)
    app.include_router(api.router)
    app.add_exception_handler(BriefingsError, _ours)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(ClientDisconnect, _left)
    app.add_exception_handler(OSError, _no_room)
    for kind in UNAVAILABLE:
        app.add_exception_handler(kind, _unavailable)
    app.add_exception_handler(Exception, _crashed)
    app.add_middleware(Repeated)
    app.add_middleware(Envelope, counts=app.state.counts)
    return app


async def _ours(request: Request, error: Exception) -> Response:
    status = 500
    if isinstance(error, UsageError):
        status = 404 if request.method in ("GET", "HEAD") else 422
    elif isinstance(error, AuditHeld):
        status = 409
    return await _told(request, status, error)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 401 and not _is_program(request):
        return await _log_in_first(request)
    if isinstance(error, OldPage) and not _is_program(request):
        held = await interrupted.kept(request)
        if held:
            return await run_in_threadpool(interrupted.again, request, await visitor_of(request), held, 403)
    detail = str(error.detail or "")
    answer = await _told(request, error.status_code, "" if detail.isascii() else detail)
    for name, value in (error.headers or {}).items():
        answer.headers[name] = value
    return answer


async def _log_in_first(request: Request) -> Response:
    """To the log-in and back: to the page asked for, or to what was typed when a form came too late."""
    if request.method in ("GET", "HEAD"):
        return onward(
            "/login", next=request.url.path + (f"?{request.url.query}" if request.url.query else "")
        )
    held = await interrupted.kept(request)
    there = interrupted.page_before(request)
    if held is None:
        return onward("/login", next=there)
    asked = {"next": there, "kept": held.written(), "name": ""}
    visitor = await visitor_of(request)
    return await run_in_threadpool(page, request, visitor, "login", 401, **asked)


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    told = [{"where": " ".join(map(str, e["loc"])), "what": e["msg"]} for e in error.errors()]
    if _is_program(request):
        return problem(
            request, 422, TITLES[422], "; ".join(f"{t['where']}: {t['what']}" for t in told), errors=told
        )
    return await _told(request, 422, "；".join(f"{t['where']}: {t['what']}" for t in told))


async def _left(_request: Request, _error: Exception) -> Response:
    """Who hung up in the midst of a request, or sends no more of it, is answered for the record."""
    return Response(status_code=408, headers={"connection": "close"})


async def _unavailable(request: Request, error: Exception) -> Response:
    if not hasattr(request.state, "visitor"):  # asking the store who this is would wait for it once more
        request.state.visitor = Visitor(None, language_of(request))
    said = " ".join(str(getattr(error, "orig", "") or type(error).__name__).split())
    site_of(request).tell(Event("unavailable", f"the store, for {request.url.path}: {said}", wrong=True))
    answer = await _told(request, 503, said)
    answer.headers["retry-after"] = str(AGAIN_AFTER)
    return answer


async def _no_room(request: Request, error: Exception) -> Response:
    assert isinstance(error, OSError)
    if error.errno not in NO_ROOM:
        raise error
    said = error.strerror or ""  # the path is nobody's business
    site_of(request).tell(Event("no_room", f"the disk, for {request.url.path}: {said}", wrong=True))
    return await _told(request, 507, said)


async def _crashed(request: Request, error: Exception) -> Response:
    """The last resort, outside the envelope: what that would have added is added here."""
    if isinstance(error, UNAVAILABLE):
        answer = await _unavailable(request, error)
    else:
        answer = await _told(request, 500, f"{type(error).__name__}")
    for name, value in {**ALWAYS, **DEFAULTS, "x-request-id": request.state.request_id}.items():
        answer.headers.setdefault(name, value)
    return answer


async def _told(request: Request, status: int, detail: Exception | str) -> Response:
    title = TITLES.get(status, TITLES[500] if status >= 500 else TITLES[400])
    if not hasattr(request.state, "request_id"):
        request.state.request_id = ""
    if _is_program(request):
        return problem(request, status, title, str(detail))
    visitor = await visitor_of(request)
    return await run_in_threadpool(
        page,
        request,
        visitor,
        "error",
        status,
        title=title,
        detail=told(visitor.language, detail),
        advice=ADVICE.get(status, ADVICE[500] if status >= 500 else ADVICE[400]),
        most=MOST_UPLOADED // 1024 // 1024,
        back=interrupted.page_before(request),
        code=status,
        request_id=request.state.request_id,
    )


def _is_program(request: Request) -> bool:
    asked = request.headers.get("accept", "")
    theirs = request.url.path.startswith("/api/") or request.url.path == "/metrics"
    return theirs or ("application/json" in asked and "text/html" not in asked)
