"""Letters: who gets which edition by mail, the server they go through, and what became of each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NoReturn

from briefings.records.briefing import Language
from briefings.records.edition import Format

LetterState = Literal["pending", "sending", "sent", "failed", "in_doubt"]
Security = Literal["starttls", "tls", "none"]
UNSENT: tuple[LetterState, ...] = ("pending", "sending", "failed", "in_doubt")
"""The states in which a reader may still be without the edition."""


class Secret:
    """A password that shows itself only to whoever asks for it by ``reveal``: in no repr, dump, copy or pickle.

    It is read when it is asked for, so that no command needs it but the one that sends.
    """

    __slots__ = ("_read",)

    def __init__(self, read: Callable[[], str]) -> None:
        self._read = read

    def reveal(self) -> str:
        """The password; raises what reading it raises."""
        return self._read()

    def __repr__(self) -> str:
        return "Secret(…)"

    def __copy__(self) -> "Secret":
        return self

    def __deepcopy__(self, _: object) -> "Secret":
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError("A secret is not written down.")


@dataclass(frozen=True, slots=True)
class Recipient:
    """One reader: a display name, which may be "", and exactly one address (an addr-spec in ASCII)."""

    name: str
    address: str

    @property
    def mailbox(self) -> str:
        """The address as one and the same mailbox is known by."""
        return self.address.lower()


@dataclass(frozen=True, slots=True)
class MailServer:
    """The server that letters go through; ``host`` is "" where none is set.

    ``password`` is None where none is given. ``cap`` is the most bytes a letter may have; beyond it it goes without
    attachments and names the edition instead. ``ca_file`` holds the authorities to trust besides those of the system.
    """

    host: str
    port: int
    security: Security
    sender: Recipient | None
    user: str = ""
    password: Secret | None = None
    ca_file: str = ""
    cap: int = 10_000_000
    seconds: float = 60.0


NO_SERVER = MailServer("", 587, "starttls", None)


@dataclass(frozen=True, slots=True)
class Mailing:
    """To whom the editions of a briefing go, with which of their files, in which language the letter speaks."""

    briefing: str
    recipients: tuple[Recipient, ...]
    attach: tuple[Format, ...] = ("pdf", "docx")
    language: Language = "zh"


@dataclass(frozen=True, slots=True)
class Letter:
    """One edition for one reader, a row of the outbox; times are ISO in UTC, "" where there is none.

    ``state``: ``pending`` until ``due``, ``sending`` while a process holds it until ``lease``, ``sent`` when the server
    took it, ``failed`` when it refused for good, ``in_doubt`` when it may have taken it: a person decides. ``data`` is
    when the exchange began after which only the server knows (the DATA command). ``owner`` is the process that has it, ``token`` marks its try.
    ``said`` is what came of the last try, in words.
    """

    id: str
    briefing: str
    edition: str
    recipient: Recipient
    attach: tuple[Format, ...]
    language: Language
    state: LetterState
    queued: str
    due: str
    tries: int = 0
    said: str = ""
    sent: str = ""
    data: str = ""
    owner: str = ""
    token: str = ""
    lease: str = ""


@dataclass(frozen=True, slots=True)
class LetterEvent:
    """One thing that became of a letter: when, its state then, what was said, and the person who wanted it ("" for none)."""

    letter: str
    at: str
    state: LetterState
    said: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the server said to one letter.

    ``state``: ``sent``, ``failed`` (for good), ``pending`` (try again) or ``in_doubt``. ``broken`` says that the trouble
    is with the server or the way to it, not with this letter: the others need not be tried now.
    """

    state: LetterState
    said: str
    broken: bool = False


@dataclass(frozen=True, slots=True)
class Since:
    """What one edition says changed since the one before it, a line each."""

    edition: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """What a letter tells its reader, before it is worded; every line is one of the edition's own.

    ``as_of`` is an ISO date or "". ``lead`` are the edition's leading sentences. ``first`` says that the reader has no
    earlier edition; else ``since`` tells, the newest first, what changed since the one the reader has, and ``more`` how many
    editions between them are not told of. ``attached`` are the names of the files that go with it, ``left_out`` of those that
    were too large. ``newer`` is a later edition that exists already, ``trial`` marks a letter that only tries the way.
    ``link`` opens the edition's files up to and with ``until`` (an ISO date) where they did not go with it, "" where the page has
    no address.
    """

    briefing: str
    edition: str
    title: str
    subtitle: str
    office: str
    as_of: str
    language: Language
    name: str
    lead: tuple[str, ...]
    first: bool
    since: tuple[Since, ...] = ()
    more: int = 0
    attached: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    newer: str = ""
    trial: bool = False
    link: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """What a letter says: its subject, and its body as text and as a page."""

    subject: str
    text: str
    html: str
