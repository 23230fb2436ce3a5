"""Changes by the API that carry an Idempotency-Key: the same again gets the same answer and is not done again."""

import hashlib
import tempfile
from collections.abc import Iterator
from typing import IO

from fastapi import Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from briefings.store.answered import Answer
from briefings.web.answers import problem
from briefings.web.auth import site_of, visitor_of

HEADER = "Idempotency-Key"
MOST = 200
PARAMETER = {
    "name": HEADER,
    "in": "header",
    "required": False,
    "description": "A word of the asker's choice: the same request with it again within 24 hours gets the same answer and is done "
    "once; another request with it is refused (422), one while the first is under way as well (409).",
    "schema": {"type": "string", "minLength": 1, "maxLength": MOST, "pattern": "^[!-~]+$"},
}
_KEPT = ("content-type", "location", "etag", "cache-control")
_IN_MEMORY = 1 << 20
_PART = 1 << 16


class Repeated:
    """Wraps the application, within the envelope."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or scope["method"] != "POST" or not scope["path"].startswith("/api/"):
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        key = request.headers.get(HEADER)
        if key is None or (visitor := await visitor_of(request)).person is None:
            await self.app(scope, receive, send)
            return
        if not 0 < len(key) <= MOST or not all("!" <= c <= "~" for c in key):
            await self._say(request, send, 400, "请求有误", f"{HEADER}：1—{MOST}个可见的 ASCII 字符。")
            return
        with tempfile.SpooledTemporaryFile(_IN_MEMORY) as body:
            if not await _taken_down(receive, body):
                return
            asked = await run_in_threadpool(_digest, request, body)
            answers, person = site_of(request).store.answered, visitor.person.name
            held = await run_in_threadpool(answers.begin, person, key, asked)
            if isinstance(held, Answer):
                again = {**dict(held.headers), "idempotent-replayed": "true"}
                await Response(held.body, held.status, again)(scope, receive, send)
            elif held == "other":
                said = f"这个 {HEADER} 已用于另一个请求。"
                await self._say(request, send, 422, "填写有误", said)
            elif held == "under way":
                said = f"用这个 {HEADER} 的请求还在处理，请稍后再试。"
                await self._say(request, send, 409, "与现状冲突", said)
            else:
                answer: Answer | None = None
                try:
                    answer = await self._answered(scope, receive, send, body)
                finally:
                    await run_in_threadpool(answers.end, person, key, answer)

    async def _answered(self, scope: Scope, receive: Receive, send: Send, body: IO[bytes]) -> Answer | None:
        """Let the application answer, and give what it said; None where that is nothing to keep."""
        body.seek(0)
        said: list[bytes] = []
        status, headers, over = 500, tuple[tuple[str, str], ...](), False

        async def replay() -> Message:
            nonlocal over
            if over:
                return await receive()
            part = await run_in_threadpool(body.read, _PART)
            over = len(part) < _PART
            return {"type": "http.request", "body": part, "more_body": not over}

        async def note(message: Message) -> None:
            nonlocal status, headers
            if message["type"] == "http.response.start":
                status = message["status"]
                told = [(n.decode("latin-1").lower(), v.decode("latin-1")) for n, v in message["headers"]]
                headers = tuple((n, v) for n, v in told if n in _KEPT)
            else:
                said.append(message.get("body", b""))
            await send(message)

        await self.app(scope, replay, note)
        return Answer(status, headers, b"".join(said).decode()) if status < 500 else None

    async def _say(self, request: Request, send: Send, status: int, title: str, detail: str) -> None:
        await problem(request, status, title, detail)(request.scope, request.receive, send)


async def _taken_down(receive: Receive, body: IO[bytes]) -> bool:
    """Write the body of a request down; False where the asker left."""
    while True:
        message = await receive()
        if message["type"] != "http.request":
            return False
        await run_in_threadpool(body.write, message.get("body", b""))
        if not message.get("more_body", False):
            return True


def _digest(request: Request, body: IO[bytes]) -> str:
    """What makes two requests the same: where they go and what they carry, not how a program parts its files."""
    kind, _, boundary = request.headers.get("content-type", "").partition("boundary=")
    mark = boundary.partition(";")[0].strip().strip('"').encode()
    whole = hashlib.sha256(f"{request.url.path}?{request.url.query}\n{kind}\n".encode())
    body.seek(0)
    for part in _without(body, mark):
        whole.update(part)
    return whole.hexdigest()


def _without(body: IO[bytes], mark: bytes) -> Iterator[bytes]:
    """The body in parts, each ``mark`` in it left out."""
    if not mark:
        while part := body.read(_PART):
            yield part
        return
    held = b""
    while part := body.read(_PART):
        held = (held + part).replace(mark, b"")
        # The end may be the beginning of a mark.
        yield held[: -len(mark)]
        held = held[-len(mark) :]
    yield held
