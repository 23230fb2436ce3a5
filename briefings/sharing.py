"""Links that open one edition to whoever has them, until a time: signed with the workspace's key, kept nowhere."""

from __future__ import annotations

import hashlib
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from briefings.errors import ConfigurationError

KEY = "page.key"
_SALT = "share-edition"
_LEAST = 32


@dataclass(frozen=True, slots=True)
class Share:
    """What a link opens, and until when: made by ``person`` ("" for whoever sat there), or sent to ``reader``.

    A link to a reader ends when the reader is none any more; ``reader`` is the mark that ``mark_of`` gives, "" for others.
    """

    briefing: str
    edition: str
    until: datetime
    person: str = ""
    reader: str = ""


def signing_key(home: Path) -> bytes:
    """The key of the workspace with its data in ``home``, made once; readable by its owner only."""
    home.mkdir(parents=True, exist_ok=True)
    path = home / KEY
    if not path.exists():
        fresh = home / f"{KEY}.{secrets.token_hex(4)}"
        descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as out:
            out.write(secrets.token_hex(_LEAST))
        with suppress(FileExistsError):  # of two that begin at once one wins, and both read the same
            os.link(fresh, path)
        fresh.unlink()
    key = path.read_bytes().strip()
    if len(key) < _LEAST:
        raise ConfigurationError(f"{path} holds no key; remove it, and a new one is made.")
    return key


def signed(key: bytes, share: Share) -> str:
    """The word that opens ``share``: the same for the same share and key."""
    said: dict[str, object] = {"b": share.briefing, "e": share.edition, "u": int(share.until.timestamp())}
    said |= {"r": share.reader} if share.reader else {"p": share.person}
    return str(_signer(key).dumps(said))


def opened(key: bytes, word: str) -> Share | None:
    """What ``word`` opens, whether or not its time is over; None for one that was not signed with ``key``."""
    from itsdangerous import BadData

    try:
        said = _signer(key).loads(word)
        until = datetime.fromtimestamp(said["u"], UTC)
        return Share(str(said["b"]), str(said["e"]), until, str(said.get("p", "")), str(said.get("r", "")))
    except (BadData, KeyError, TypeError, ValueError, OverflowError, AttributeError, OSError):
        return None


def mark_of(mailbox: str) -> str:
    """The mark of a reader in a link, which does not tell the address to whoever is shown it."""
    return hashlib.sha256(mailbox.encode()).hexdigest()[:16]


def _signer(key: bytes) -> Any:
    from itsdangerous import URLSafeSerializer

    return URLSafeSerializer(key, salt=_SALT)
