"""A real mail server for tests: it takes, refuses, delays and breaks off as told, and keeps what it took."""

import asyncio
import ssl
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

Answer = Callable[[str, int], str | None]
"""What to say to a reader's letter at its n-th time; None to go on. "drop" breaks the connection off."""


def nothing(_: str, __: int) -> str | None:
    """Go on."""
    return None


class Post:
    """Handler and memory: ``taken`` are the letters the server answered for, by reader."""

    def __init__(
        self,
        rcpt: Answer = nothing,
        end: Answer = nothing,
        wait: float = 0,
        password: str = "",
    ) -> None:
        self.rcpt, self.end, self.wait, self.password = rcpt, end, wait, password
        self.asked: Counter[str] = Counter()
        self.ended: Counter[str] = Counter()
        self.taken: list[tuple[str, bytes]] = []
        self.said: list[str] = []

    def readers(self) -> Counter[str]:
        """How many letters were taken for each reader."""
        return Counter(reader for reader, _ in self.taken)

    def letters(self) -> list[EmailMessage]:
        """The letters as a mail program reads them."""
        return [message_from_bytes(data, policy=default) for _, data in self.taken]

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take the reader, or say what the test wants said."""
        self.asked[address] += 1
        answer = self.rcpt(address, self.asked[address])
        if answer == "drop":
            abort(server)
        if answer:
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        """The letter's last dot is here: take it, or say what the test wants said."""
        [reader] = envelope.rcpt_tos
        self.ended[reader] += 1
        answer = self.end(reader, self.ended[reader])
        if answer and answer != "drop":
            return answer
        assert isinstance(envelope.content, bytes)
        self.taken.append((reader, envelope.content))
        if answer == "drop":
            abort(server)
        await asyncio.sleep(self.wait)
        return "250 taken"

    def authenticate(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        """Let in whoever knows the password; tell the rest, as bad servers do, what they sent."""
        assert isinstance(data, LoginPassword)
        if data.password == self.password.encode():
            return AuthResult(success=True)
        return AuthResult(success=False, handled=False, message=f"535 no: {data.password.decode()}")


class Early(SMTP):
    """Breaks off in the midst of each reader's first letter, before its last dot."""

    broken: set[str]

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        """Read a little of the letter, then break off, the first time."""
        [reader] = self.envelope.rcpt_tos if self.envelope else [""]
        if reader in self.broken:
            await super().smtp_DATA(arg)
            return
        self.broken.add(reader)
        await self.push("354 go on")
        await self._reader.read(1000)
        abort(self)


def abort(server: SMTP) -> None:
    """Break the connection off without a word."""
    assert isinstance(server.transport, asyncio.Transport)
    server.transport.abort()


@contextmanager
def listening(
    post: Post,
    *,
    server: type[SMTP] = SMTP,
    context: ssl.SSLContext | None = None,
    implicit: bool = False,
    size: int = 33_554_432,
) -> Iterator[int]:
    """The port at which ``post`` is served; ``context`` for TLS, by STARTTLS unless ``implicit``."""

    class Served(Controller):
        def factory(self) -> SMTP:
            made = server(
                self.handler,
                hostname="localhost",
                data_size_limit=size,
                authenticator=post.authenticate if post.password else None,
                auth_require_tls=not implicit,
                tls_context=None if implicit else context,
            )
            if isinstance(made, Early):
                made.broken = broken
            return made

    broken: set[str] = set()
    controller = Served(
        post, hostname="127.0.0.1", port=_free_port(), ssl_context=context if implicit else None
    )
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def _free_port() -> int:
    import socket

    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
