"""Who is there: a session, a token, or, while no user is set up, whoever sits at this machine; and what each may do."""

import getpass
import ipaddress
import threading
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import TYPE_CHECKING, Annotated, cast
from urllib.parse import urlsplit

from fastapi import Depends, HTTPException, Request
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData

from briefings.records.user import Person, Role
from briefings.web.site import MOST_UPLOADED, Language, Site

if TYPE_CHECKING:
    from argon2 import PasswordHasher

COOKIE = "briefings_session"
LANGUAGE = "briefings_language"
LASTS = timedelta(hours=12)
SAFE = ("GET", "HEAD", "OPTIONS")
MOST_WRONG, WINDOW = 5, 15 * 60.0
"""So many wrong passwords for a name, or ten times so many from an address, within so many seconds are heard."""
AT_ONCE = 2
"""So many passwords are tried at the same time; more wait."""
MOST_FIELDS, MOST_FILES = 200, 500
PASSED_ON = ("forwarded", "via", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip")
"""What a web server in between adds to a request: whoever sent it may sit anywhere."""
TOO_MUCH = "一次上传的文件太多太大，请分几次上传。"


class OldPage(HTTPException):
    """A form carries the word of a session that is over: its person is known, and can send it again."""

    def __init__(self) -> None:
        super().__init__(403, "页面已过期，请刷新后再试。")


@dataclass(slots=True)
class Visitor:
    """Who asks: ``person`` is None for nobody known; ``fresh`` is the secret of a session just begun, for the cookie."""

    person: Person | None
    language: Language
    csrf: str = ""
    secret: str = ""
    fresh: str = ""
    local: bool = False
    token: bool = False
    form: FormData = field(default_factory=FormData)

    @property
    def name(self) -> str:
        """The name under which what this one does is noted."""
        return self.person.name if self.person else ""

    def may(self, role: Role) -> bool:
        """Whether this one may do what ``role`` may."""
        return self.person is not None and self.person.may(role)


class Attempts:
    """Counts wrong passwords by name and by address, and says how long a next one has to wait."""

    def __init__(self) -> None:
        # Each password that is tried takes 64 MB for a moment, and whoever sends it need not be known.
        self.hands = ThreadPoolExecutor(AT_ONCE, "password")
        self._lock = threading.Lock()
        self._wrong: dict[tuple[str, str], list[float]] = {}

    def begin(self, name: str, address: str) -> int:
        """Seconds until another try is heard; 0 for now, and then this one counts as wrong until it was ``right``.

        Counted before it is known, so that many tries at the same time are no more than one after the other.
        """
        now = time.monotonic()
        keys = (("name", name), MOST_WRONG), (("address", address), MOST_WRONG * 10)
        with self._lock:
            longest = 0.0
            for key, most in keys:
                times = [at for at in self._wrong.get(key, ()) if now - at < WINDOW]
                if len(times) >= most:
                    longest = max(longest, WINDOW - (now - times[-most]))
            if longest:
                return int(longest) + 1
            if len(self._wrong) > 10_000:
                self._wrong = {k: t for k, t in self._wrong.items() if now - t[-1] < WINDOW}
            for key, _ in keys:
                self._wrong[key] = [*(at for at in self._wrong.get(key, ()) if now - at < WINDOW), now]
        return 0

    def right(self, name: str, address: str) -> None:
        """Forget the wrong ones of a name, and that the last try of an address counted as one."""
        with self._lock:
            self._wrong.pop(("name", name), None)
            left = self._wrong.pop(("address", address), [])[:-1]
            if left:
                self._wrong[("address", address)] = left


@cache
def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher()


@cache
def _nobodys() -> str:
    return _hasher().hash("nobody has this password")


def password_hash(password: str) -> str:
    """The Argon2id hash of a password, with the library's parameters (RFC 9106, low memory)."""
    return _hasher().hash(password)


def right_password(held: str | None, given: str) -> bool:
    """Whether ``given`` is the password of the hash ``held``; takes as long where there is none."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        _hasher().verify(held or _nobodys(), given)
    except (VerificationError, InvalidHashError):
        return False
    return held is not None


def site_of(request: Request) -> Site:
    """The workspace that is served."""
    return cast(Site, request.app.state.site)


SiteOf = Annotated[Site, Depends(site_of)]


def language_of(request: Request) -> Language:
    """The language asked for: by the address, by choice before, by the browser; Chinese otherwise."""
    for given in (request.query_params.get("lang"), request.cookies.get(LANGUAGE)):
        if given in ("zh", "en"):
            return cast(Language, given)
    first = request.headers.get("accept-language", "").split(",")[0].strip().lower()
    return "en" if first.startswith("en") else "zh"


def _visitor(request: Request) -> Visitor:
    site, language = site_of(request), language_of(request)
    users = site.store.users
    kind, _, given = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return Visitor(users.of_token(given.strip()), language, token=True)
    secret = request.cookies.get(COOKIE, "")
    session = users.session(secret) if secret else None
    if not users.any():
        if not _is_here(request):
            return Visitor(None, language)
        here = Person(_whoever(), "admin")
        if session and not session.person:
            return Visitor(here, language, session.csrf, secret, local=True)
        if request.url.path.startswith("/api/") or request.method not in SAFE:
            return Visitor(here, language, local=True)
        fresh, session = users.begin_session("", LASTS)
        return Visitor(here, language, session.csrf, fresh, fresh, local=True)
    if session is None or not session.person:
        return Visitor(None, language)
    return Visitor(users.find(session.person), language, session.csrf, secret)


async def visitor_of(request: Request) -> Visitor:
    """Who asks; asked once for each request."""
    if not hasattr(request.state, "visitor"):
        request.state.visitor = await run_in_threadpool(_visitor, request)
    return cast(Visitor, request.state.visitor)


def needs(role: Role) -> Callable[[Request], Awaitable[Visitor]]:
    """A dependency that lets in only who may do what ``role`` may, and changes only by our own forms."""

    async def let_in(request: Request) -> Visitor:
        visitor = await visitor_of(request)
        if visitor.person is None:
            raise HTTPException(401)
        if not visitor.may(role):
            raise HTTPException(403, "你的权限不够。")
        if request.method not in SAFE:
            await _own(request, visitor)
        return visitor

    let_in.role = role  # type: ignore[attr-defined]  # the walk over all routes reads it
    return let_in


async def _own(request: Request, visitor: Visitor) -> None:
    """Refuse what another site sends with our cookie: by where it comes from, and by the word our forms carry."""
    if visitor.token:
        visitor.form = await read_form(request)
        return
    if not same_origin(request):
        raise HTTPException(403, "这个请求来自别的网站。")
    header = request.headers.get("x-csrf-token", "")
    if header and not _equal(header, visitor.csrf):
        raise OldPage
    visitor.form = await read_form(request)
    api_by_hand = visitor.local and not visitor.csrf and not request.headers.get("origin")
    if header or (api_by_hand and request.url.path.startswith("/api/")):
        return
    if not _equal(str(visitor.form.get("csrf", "")), visitor.csrf):
        raise OldPage


async def read_form(request: Request) -> FormData:
    """The form or the files that were sent; empty where it is neither."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in ("multipart/form-data", "application/x-www-form-urlencoded"):
        return FormData()
    length = request.headers.get("content-length", "0")
    if length.isdigit() and int(length) > MOST_UPLOADED:
        raise HTTPException(413, TOO_MUCH)
    return await request.form(max_files=MOST_FILES, max_fields=MOST_FIELDS)


def same_origin(request: Request) -> bool:
    """Whether a request that changes something comes from a page of ours, or from no page at all."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host", "")


def _is_here(request: Request) -> bool:
    """Whether whoever asks sits at this machine: by its name, from its address, and not through a server in between."""
    named = is_loopback(request.url.hostname or "")
    came = request.client is not None and is_loopback(request.client.host)
    return named and came and not any(name in request.headers for name in PASSED_ON)


def is_loopback(host: str) -> bool:
    """Whether ``host`` means this machine and nothing else."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _equal(given: str, held: str) -> bool:
    import secrets

    return bool(held) and secrets.compare_digest(given.encode(), held.encode())


def _whoever() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "local"


Viewer = Annotated[Visitor, Depends(needs("viewer"))]
Editor = Annotated[Visitor, Depends(needs("editor"))]
Admin = Annotated[Visitor, Depends(needs("admin"))]
Anybody = Annotated[Visitor, Depends(visitor_of)]
