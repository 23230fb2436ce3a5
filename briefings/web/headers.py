"""What goes with every answer: headers that bind a browser's hands, an id for each request, HEAD, a limit for what comes in."""

import asyncio
import re
import secrets
import time
from collections import Counter
from collections.abc import MutableMapping
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from briefings.web.site import MOST_UPLOADED

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ALWAYS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
DEFAULTS = {"content-security-policy": POLICY, "cache-control": "no-store"}
PATIENCE = 60.0
"""Seconds in which some more of a request must come, before its sender is taken to have left."""
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


class Envelope:
    """Wraps the application; ``counts`` tells how many requests ended with which status, and ``seconds`` how long they took."""

    def __init__(self, app: ASGIApp, counts: Counter[tuple[str, int]]) -> None:
        self.app = app
        self.counts = counts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        asked = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        given = asked.get("x-request-id", "")
        request_id = given if _ID.fullmatch(given) else secrets.token_hex(8)
        method, status, began, received = scope["method"], 500, time.perf_counter(), 0
        whole = False
        inner: MutableMapping[str, Any] = {**scope, "method": "GET"} if method == "HEAD" else scope
        inner.setdefault("state", {})["request_id"] = request_id

        async def take() -> Message:
            nonlocal received, whole
            try:
                # Whoever has sent all is waited for as long as the answer takes.
                message = await (receive() if whole else asyncio.wait_for(receive(), PATIENCE))
            except TimeoutError:
                return {"type": "http.disconnect"}
            whole = whole or not message.get("more_body", False)
            received += len(message.get("body", b""))
            # A body without a length is cut off where one with a length would have been refused.
            return {"type": "http.disconnect"} if received > MOST_UPLOADED + (1 << 20) else message

        async def give(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                held = {name.decode("latin-1").lower() for name, _ in message["headers"]}
                more = {**ALWAYS, "x-request-id": request_id}
                more |= {name: value for name, value in DEFAULTS.items() if name not in held}
                took = f"app;dur={(time.perf_counter() - began) * 1000:.1f}"
                more["server-timing"] = took
                added = [(name.encode(), value.encode()) for name, value in more.items()]
                message = {**message, "headers": [*message["headers"], *added]}
            elif method == "HEAD":
                message = {**message, "body": b""}
            await send(message)

        try:
            await self.app(inner, take, give)
        finally:
            self.counts[(method, status)] += 1
