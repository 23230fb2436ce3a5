"""Hand letters to a mail server, and know of each what the server can have taken.

Nothing is taken before the dot that ends a letter (RFC 5321, 4.1.1.4); only a connection that is lost between that dot
and the server's answer leaves a doubt.
"""

import re
import socket
import ssl
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from briefings.errors import BriefingsError
from briefings.records.mail import MailServer, Outcome

if TYPE_CHECKING:
    from smtplib import SMTP

PATIENCE = 600.0
"""Seconds to wait for the answer to a letter's end, as RFC 5321 (4.5.3.2.6) asks for: whoever leaves earlier makes doubts."""
_CHUNK = 65_536
"""Bytes sent at once, and kept by the system for a server that does not read: a letter that is wholly in the system's
hands when the server leaves would be in doubt."""
_MOST_SAID = 300


class Unreachable(BriefingsError):
    """The mail server cannot be reached, or does not let us in; what it said is the sentence."""


class Connection:
    """One session with the mail server; letters go one after the other."""

    def __init__(self, server: MailServer, patience: float = PATIENCE) -> None:
        """Connect and log in. Raises ``Unreachable``; ``ConfigurationError`` where the password cannot be read."""
        self.server = server
        self.patience = patience
        password = server.password.reveal() if server.user and server.password else ""
        if server.user and not password:
            raise Unreachable(
                f"There is no password for {server.user}; set BRIEFINGS_MAIL__PASSWORD or BRIEFINGS_MAIL__PASSWORD_FILE."
            )
        self._smtp = _opened(server)
        try:
            _let_in(self._smtp, server, password)
        except Unreachable:
            self.close()
            raise

    @property
    def most(self) -> int | None:
        """The most bytes of a letter that the server says it takes; None where it says nothing."""
        said = self._smtp.esmtp_features.get("size", "").split()
        return int(said[0]) if said and said[0].isdecimal() and int(said[0]) else None

    def hand(self, sender: str, reader: str, data: bytes, handing: Callable[[], bool]) -> Outcome | None:
        """Hand one letter over; ``handing`` is asked before the server gets its text, None is given when it says no.

        ``data`` has CRLF line ends.
        """
        import smtplib

        try:
            for code, said in (self._mail(sender, len(data)), self._smtp.rcpt(reader)):
                if not 200 <= code < 300:
                    return self._refused(code, said)
            if not handing():
                self._smtp.rset()
                return None
            code, said = self._smtp.docmd("DATA")
            if code != 354:
                return self._refused(code, said)
            self._send_text(data)
        except (OSError, smtplib.SMTPException) as error:
            # The letter's end has not been sent: the server can have taken nothing.
            self.close()
            return Outcome(
                "pending", f"the connection was lost before the letter's end: {_told(error)}", True
            )
        try:
            self._socket().settimeout(self.patience)
            self._smtp.send(b".\r\n")
            code, said = self._smtp.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            return Outcome(
                "in_doubt",
                f"the connection was lost before the server said that it took the letter: {_told(error)}",
                True,
            )
        self._socket().settimeout(self.server.seconds)
        if 200 <= code < 300:
            return Outcome("sent", plain(said))
        if 400 <= code < 600:
            return self._refused(code, said)
        self.close()
        return Outcome(
            "in_doubt", f"the server's answer to the letter is no answer: {code} {plain(said)}", True
        )

    def close(self) -> None:
        """Leave the server; nothing that was handed over depends on it."""
        import smtplib

        try:
            if self._smtp.sock is not None:
                self._smtp.sock.settimeout(min(5.0, self.server.seconds))
                self._smtp.quit()
        except (OSError, smtplib.SMTPException):
            pass
        self._smtp.close()

    def _socket(self) -> socket.socket:
        if self._smtp.sock is None:
            raise ConnectionError("the server hung up")
        return self._smtp.sock

    def _mail(self, sender: str, size: int) -> tuple[int, bytes]:
        return self._smtp.mail(sender, [f"SIZE={size}"] if self._smtp.has_extn("size") else [])

    def _send_text(self, data: bytes) -> None:
        """Send all of the letter but its last dot. Raises ``OSError`` where the server speaks or leaves meanwhile."""
        text = re.sub(rb"(?m)^\.", b"..", data)
        if not text.endswith(b"\r\n"):
            text += b"\r\n"
        self._socket().setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _CHUNK)
        until = time.monotonic() + self.patience
        for start in range(0, len(text), _CHUNK):
            if time.monotonic() > until:
                raise TimeoutError("the server takes the letter too slowly")
            # One by one, because a socket's time is counted for all that is sent at once.
            self._smtp.send(text[start : start + _CHUNK])
        if _has_spoken(self._socket(), self.server.seconds):
            raise ConnectionError("the server broke off")

    def _refused(self, code: int, said: bytes) -> Outcome:
        """What a refusal means: 4xx is for now, 5xx for good (RFC 5321, 4.2.1); 421 is the end of the session."""
        import smtplib

        broken = code == 421 or not 400 <= code < 600
        if not broken:
            try:
                self._smtp.rset()
            except (OSError, smtplib.SMTPException):
                self.close()
        return Outcome("failed" if 500 <= code < 600 else "pending", f"{code} {plain(said)}", broken)

    @property
    def alive(self) -> bool:
        """Whether another letter can go through this session."""
        return self._smtp.sock is not None


def plain(said: bytes) -> str:
    """A server's answer as one short line without control characters."""
    text = said.decode("utf-8", "replace")
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:_MOST_SAID]


def _opened(server: MailServer) -> "SMTP":
    import smtplib

    where = f"{server.host}:{server.port}"
    try:
        if server.security == "tls":
            return smtplib.SMTP_SSL(
                server.host, server.port, _own_name(), timeout=server.seconds, context=_trust(server)
            )
        return smtplib.SMTP(server.host, server.port, _own_name(), timeout=server.seconds)
    except ssl.SSLError as error:
        raise Unreachable(f"The mail server {where} cannot be trusted: {_told(error)}.") from error
    except (OSError, smtplib.SMTPException) as error:
        raise Unreachable(f"The mail server {where} cannot be reached: {_told(error)}.") from error


def _let_in(smtp: "SMTP", server: MailServer, password: str) -> None:
    """Greet, encrypt and log in as the settings say. Nothing of the password gets into what is raised."""
    import smtplib

    where = f"{server.host}:{server.port}"
    try:
        smtp.ehlo_or_helo_if_needed()
        if server.security == "starttls":
            smtp.starttls(context=_trust(server))
            smtp.ehlo()
    except (OSError, smtplib.SMTPException) as error:
        raise Unreachable(f"The mail server {where} gives no safe connection: {_told(error)}.") from error
    if not server.user:
        return
    told = ""
    try:
        smtp.login(server.user, password)
    except smtplib.SMTPAuthenticationError as error:
        # Only the code: a server may repeat what it was sent.
        told = f"it says {error.smtp_code}"
    except smtplib.SMTPNotSupportedError:
        told = "it offers no login"
    except smtplib.SMTPServerDisconnected:
        told = "it hung up"
    except UnicodeError:
        told = "user and password can only be ASCII characters"
    except (OSError, smtplib.SMTPException) as error:
        told = type(error).__name__
    finally:
        smtp.user = smtp.password = ""
    if told:
        raise Unreachable(f"The mail server {where} does not let {server.user} in: {told}.")


def _trust(server: MailServer) -> ssl.SSLContext:
    context = ssl.create_default_context()
    if server.ca_file:
        context.load_verify_locations(server.ca_file)
    return context


def _own_name() -> str:
    """What we call ourselves: asking the name service for it can take minutes."""
    name = socket.gethostname()
    return name if re.fullmatch(r"[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+", name) else "[127.0.0.1]"


def _has_spoken(sock: socket.socket, seconds: float) -> bool:
    """Whether the server has said something or hung up, where it is our turn."""
    sock.settimeout(0)
    try:
        sock.recv(1)
    except (BlockingIOError, ssl.SSLWantReadError):
        return False
    except OSError:
        return True
    finally:
        sock.settimeout(seconds)
    return True


def _told(error: Exception) -> str:
    import smtplib

    if isinstance(error, smtplib.SMTPResponseException):
        said = error.smtp_error if isinstance(error.smtp_error, bytes) else str(error.smtp_error).encode()
        return f"{error.smtp_code} {plain(said)}"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return plain(str(error).encode()) or type(error).__name__
