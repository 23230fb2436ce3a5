"""Tests of the session with a mail server: encryption, log-in, and what of it is told."""

import base64
import ssl
import subprocess
import traceback
from pathlib import Path

import pytest
from mail_server import Post, listening

from briefings.deliver.server import Connection, Unreachable, plain
from briefings.records.mail import MailServer, Recipient, Secret, Security

OFFICE = Recipient("", "office@example.org")
PASSWORD = "correct-horse"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A certificate for 127.0.0.1 that no authority knows, and its key beside it."""
    folder = tmp_path_factory.mktemp("certificate")
    command = [
        *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"),
        *("-addext", "subjectAltName=IP:127.0.0.1", "-keyout", "key.pem", "-out", "cert.pem"),
    ]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder / "cert.pem"


def offered(certificate: Path) -> ssl.SSLContext:
    """The server's side of TLS."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.with_name("key.pem"))
    return context


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_letters_go_encrypted_and_logged_in(certificate: Path, security: Security) -> None:
    """By STARTTLS and by TLS from the start, with an authority of one's own."""
    post = Post(password=PASSWORD)
    with listening(post, context=offered(certificate), implicit=security == "tls") as port:
        server = MailServer(
            "127.0.0.1",
            port,
            security,
            OFFICE,
            "u",
            Secret(lambda: PASSWORD),
            str(certificate),
        )
        connection = Connection(server)
        outcome = connection.hand(OFFICE.address, "a@example.org", b"Subject: x\r\n\r\nx\r\n", lambda: True)
        connection.close()
    assert outcome is not None
    assert (outcome.state, outcome.said) == ("sent", "taken")


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for_ends_the_session(
    certificate: Path, security: Security
) -> None:
    """No letter and no password goes to a server that cannot be trusted."""
    post = Post(password=PASSWORD)
    with listening(post, context=offered(certificate), implicit=security == "tls") as port:
        server = MailServer("127.0.0.1", port, security, OFFICE, "u", Secret(lambda: PASSWORD), seconds=3)
        with pytest.raises(Unreachable, match="certificate verify failed"):
            Connection(server)
    assert post.taken == []


def test_a_server_without_encryption_gets_no_letter() -> None:
    """STARTTLS that is not offered is not done without."""
    with listening(Post()) as port, pytest.raises(Unreachable, match="STARTTLS"):
        Connection(MailServer("127.0.0.1", port, "starttls", OFFICE))


def test_a_password_is_in_nothing_that_is_said_of_a_refusal(certificate: Path) -> None:
    """Not even when the server repeats it: neither in the sentence nor in the traceback."""
    secret = "secret-of-the-house"
    with listening(Post(password=PASSWORD), context=offered(certificate)) as port:
        server = MailServer(
            "127.0.0.1", port, "starttls", OFFICE, "u", Secret(lambda: secret), str(certificate)
        )
        with pytest.raises(Unreachable, match="does not let u in: it says 535") as caught:
            Connection(server)
    told = "".join(traceback.format_exception(caught.value))
    for form in (
        secret,
        base64.b64encode(f"\0u\0{secret}".encode()).decode(),
        base64.b64encode(secret.encode()).decode(),
    ):
        assert form not in told


@pytest.mark.parametrize(
    ("password", "sentence"),
    [(None, "There is no password for u"), ("密码", "can only be ASCII characters")],
)
def test_a_password_that_cannot_be_used_is_said_so(
    certificate: Path, password: str | None, sentence: str
) -> None:
    """None at all, or one that the protocol has no letters for."""
    secret = Secret(lambda: password) if password else None
    with listening(Post(password=PASSWORD), context=offered(certificate)) as port:
        server = MailServer("127.0.0.1", port, "starttls", OFFICE, "u", secret, str(certificate))
        with pytest.raises(Unreachable, match=sentence):
            Connection(server)


@pytest.mark.parametrize(
    "data", [b"Subject: x\r\n\r\n.\r\n..two\r\n.end", b"Subject: x\r\n\r\n" + b".a\r\n" * 40_000]
)
def test_lines_that_begin_with_a_dot_arrive_as_they_are(data: bytes) -> None:
    """A dot alone does not end the letter, wherever the pieces are cut."""
    post = Post()
    with listening(post) as port:
        connection = Connection(MailServer("127.0.0.1", port, "none", OFFICE))
        outcome = connection.hand(OFFICE.address, "a@example.org", data, lambda: True)
        connection.close()
    assert outcome is not None
    assert outcome.state == "sent"
    assert post.taken[0][1].rstrip(b"\r\n") == data.rstrip(b"\r\n")


def test_a_letter_that_may_not_go_is_not_begun_and_the_session_goes_on() -> None:
    """The mark before the hand-over is refused: the server gets nothing of it."""
    post = Post()
    with listening(post) as port:
        connection = Connection(MailServer("127.0.0.1", port, "none", OFFICE))
        assert connection.hand(OFFICE.address, "a@example.org", b"Subject: 1\r\n\r\n", lambda: False) is None
        outcome = connection.hand(OFFICE.address, "b@example.org", b"Subject: 2\r\n\r\n", lambda: True)
        connection.close()
    assert outcome is not None
    assert [reader for reader, _ in post.taken] == ["b@example.org"]


def test_what_a_server_says_is_one_short_line() -> None:
    """No control characters, no second line, no end of the story."""
    assert plain(b"2.0.0 ok\r\n\x1b[31mred\x07\xff") == "2.0.0 ok [31mred \ufffd"
    assert len(plain(b"x" * 5000)) == 300
