"""Pages about people: log in, log out, and, for admins, who may do what."""

import asyncio

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from briefings.errors import UsageError
from briefings.records.user import ROLES
from briefings.web.answers import onward, page, set_session
from briefings.web.auth import (
    COOKIE,
    LASTS,
    Admin,
    Anybody,
    Attempts,
    SiteOf,
    Viewer,
    Visitor,
    password_hash,
    read_form,
    right_password,
    same_origin,
)
from briefings.web.interrupted import again, local_path, read
from briefings.web.site import Site, Wrong, told

router = APIRouter()
LEAST_PASSWORD = 8


@router.get("/login")
def login_page(request: Request, visitor: Anybody) -> Response:
    """The form to log in."""
    if visitor.person:
        return onward("/")
    there = local_path(request.query_params.get("next", "/"))
    return page(request, visitor, "login", next=there, kept="", name="")


@router.post("/login")
async def login(request: Request, visitor: Anybody, site: SiteOf) -> Response:
    """Begin a session for the right password; how often a wrong one is heard is limited."""
    if not same_origin(request):
        raise HTTPException(403, "这个请求来自别的网站。")
    form = await read_form(request)
    name, password = str(form.get("name", ""))[:64], str(form.get("password", ""))[:1024]
    next_, kept = local_path(str(form.get("next", "/"))), str(form.get("kept", ""))
    given = {"next": next_, "kept": kept, "name": name}
    attempts: Attempts = request.app.state.attempts
    address = request.client.host if request.client else ""
    wait = attempts.begin(name, address)
    if wait:
        answer = await run_in_threadpool(
            page, request, visitor, "login", 429, **given, wrong="尝试过多，请稍后再试。"
        )
        answer.headers["retry-after"] = str(wait)
        return answer
    if not await asyncio.wrap_future(attempts.hands.submit(_right, site, name, password)):
        return await run_in_threadpool(
            page, request, visitor, "login", 401, **given, wrong="用户名或密码不对。"
        )
    attempts.right(name, address)
    secret, session = await run_in_threadpool(site.store.users.begin_session, name, LASTS)
    held = read(kept)
    if held:
        known = Visitor(site.store.users.find(name), visitor.language, session.csrf, secret)
        answer = await run_in_threadpool(again, request, known, held)
    else:
        answer = onward(next_)
    set_session(answer, secret, request.url.scheme == "https")
    return answer


@router.post("/logout")
def logout(visitor: Viewer, site: SiteOf) -> Response:
    """End the session."""
    if visitor.secret:
        site.store.users.end_session(visitor.secret)
    answer = onward("/login")
    answer.delete_cookie(COOKIE)
    return answer


@router.get("/users")
def users_page(request: Request, visitor: Admin, site: SiteOf) -> Response:
    """Who may do what."""
    return _users(request, visitor, site)


@router.post("/users")
def save_user(request: Request, visitor: Admin, site: SiteOf) -> Response:
    """Add a user, change a role or a password, or remove one."""
    try:
        _saved(visitor, site)
    except UsageError as error:
        typed = {k: v for k, v in visitor.form.items() if k in ("name", "role")}
        wrong = told(visitor.language, error)
        return _users(request, visitor, site, 422, wrong=wrong, typed=typed)
    return onward("/users", "saved")


def _users(request: Request, visitor: Visitor, site: Site, status: int = 200, **more: object) -> Response:
    everybody = site.store.users.all()
    return page(request, visitor, "users", status, users=everybody, roles=ROLES, least=LEAST_PASSWORD, **more)


def _saved(visitor: Visitor, site: Site) -> None:
    users, form = site.store.users, visitor.form
    name, wanted = str(form.get("name", "")).strip(), str(form.get("wanted", "add"))
    role, password = str(form.get("role", "")), str(form.get("password", ""))
    if password and len(password) < LEAST_PASSWORD:
        raise Wrong("密码至少{n}个字符。", n=LEAST_PASSWORD)
    if wanted == "remove":
        _not_the_last_admin(users_of=site, name=name)
        users.remove(name)
    elif wanted == "change":
        if role not in ROLES:
            raise Wrong("没有这种角色。")
        if role != "admin":
            _not_the_last_admin(users_of=site, name=name)
        users.change(name, role=role, password=password_hash(password) if password else None)
    else:
        if not name:
            raise Wrong("请填写用户名。")
        if users.find(name):
            raise Wrong("已有名为{name}的用户。", name=name)
        if not password:
            raise Wrong("请填写密码。")
        if not users.any() and role != "admin":
            raise Wrong("第一个用户必须是管理员。")
        users.add(name, role, password_hash(password))  # type: ignore[arg-type]  # add refuses other roles


def _not_the_last_admin(users_of: Site, name: str) -> None:
    admins = [p.name for p in users_of.store.users.all() if p.role == "admin"]
    if admins == [name]:
        raise Wrong("至少要留一个管理员。")


def _right(site: Site, name: str, password: str) -> bool:
    return right_password(site.store.users.password(name), password)
