"""Pages about people: log in, log out, and, for admins, who may do what."""

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
    password_hash,
    read_form,
    right_password,
    same_origin,
)
from briefings.web.site import Site

router = APIRouter()
LEAST_PASSWORD = 8


@router.get("/login")
def login_page(request: Request, visitor: Anybody) -> Response:
    """The form to log in."""
    if visitor.person:
        return onward("/")
    return page(
        request, visitor, "login", next=local_path(request.query_params.get("next", "/")), wrong="", name=""
    )


@router.post("/login")
async def login(request: Request, visitor: Anybody, site: SiteOf) -> Response:
    """Begin a session for the right password; how often a wrong one is heard is limited."""
    if not same_origin(request):
        raise HTTPException(403, "这个请求来自别的网站。")
    form = await read_form(request)
    name, password = str(form.get("name", ""))[:64], str(form.get("password", ""))[:1024]
    next_ = local_path(str(form.get("next", "/")))
    attempts: Attempts = request.app.state.attempts
    address = request.client.host if request.client else ""
    wait = attempts.wait(name, address)
    if wait:
        answer = await run_in_threadpool(
            page, request, visitor, "login", 429, next=next_, name=name, wrong="尝试过多，请稍后再试。"
        )
        answer.headers["retry-after"] = str(wait)
        return answer
    if not await run_in_threadpool(_right, site, name, password):
        attempts.wrong(name, address)
        return await run_in_threadpool(
            page, request, visitor, "login", 401, next=next_, name=name, wrong="用户名或密码不对。"
        )
    attempts.right(name)
    secret, _ = await run_in_threadpool(site.store.users.begin_session, name, LASTS)
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
    return page(request, visitor, "users", users=site.store.users.all(), roles=ROLES, least=LEAST_PASSWORD)


@router.post("/users")
def save_user(visitor: Admin, site: SiteOf) -> Response:
    """Add a user, change a role or a password, or remove one."""
    users, form = site.store.users, visitor.form
    name, wanted = str(form.get("name", "")), str(form.get("wanted", "add"))
    role, password = str(form.get("role", "")), str(form.get("password", ""))
    if password and len(password) < LEAST_PASSWORD:
        raise UsageError(f"密码至少{LEAST_PASSWORD}个字符。")
    if wanted == "remove":
        _not_the_last_admin(users_of=site, name=name)
        users.remove(name)
    elif wanted == "change":
        if role not in ROLES:
            raise UsageError("没有这种角色。")
        if role != "admin":
            _not_the_last_admin(users_of=site, name=name)
        users.change(name, role=role, password=password_hash(password) if password else None)
    else:
        if not password:
            raise UsageError("请填写密码。")
        if not users.any() and role != "admin":
            raise UsageError("第一个用户必须是管理员。")
        users.add(name, role, password_hash(password))  # type: ignore[arg-type]  # add refuses other roles
    return onward("/users", "saved")


def _not_the_last_admin(users_of: Site, name: str) -> None:
    admins = [p.name for p in users_of.store.users.all() if p.role == "admin"]
    if admins == [name]:
        raise UsageError("至少要留一个管理员。")


def _right(site: Site, name: str, password: str) -> bool:
    return right_password(site.store.users.password(name), password)


def local_path(given: str) -> str:
    """``given`` if it is a path of ours, else the first page: nobody is led elsewhere after logging in."""
    plain = given.startswith("/") and not given.startswith(("//", "/\\")) and given.isprintable()
    return given if plain and "\\" not in given else "/"
