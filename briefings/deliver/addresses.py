"""Read who gets a letter: a display name and exactly one address."""

import re
import unicodedata

from briefings.errors import UsageError
from briefings.records.mail import Recipient

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_NAMED = re.compile(r"(?P<name>[^<>]*)<(?P<address>[^<>]*)>")


class BadAddress(UsageError):
    """What was given is not exactly one address."""


def recipient(text: str) -> Recipient:
    """``name <a@b>`` or ``a@b`` as a recipient; a domain in other letters is written in its ASCII form.

    Raises ``BadAddress`` for anything that a mail server could read as none, as several, or as another address.
    """
    if any(unicodedata.category(c) in ("Cc", "Cf", "Zl", "Zp", "Cs") for c in text):
        raise BadAddress(f"{text!r} holds characters that cannot stand in an address.")
    named = _NAMED.fullmatch(text.strip())
    name, given = (named["name"], named["address"]) if named else ("", text)
    name = " ".join(name.split())
    if len(name) > 1 and name[0] == name[-1] == '"':
        name = name[1:-1].replace('\\"', '"').strip()
    return Recipient(name, _address(given.strip(), text))


def _address(given: str, text: str) -> str:
    local, at, domain = given.rpartition("@")
    if not at or not local:
        raise BadAddress(f"{text!r} is not an address; write name <person@example.org>.")
    if not local.isascii():
        raise BadAddress(f"{text!r}: what stands before the @ can only be Latin letters, digits and signs.")
    if not _LOCAL.fullmatch(local) or len(local) > 64:
        raise BadAddress(f"{text!r} is not exactly one address; write name <person@example.org>.")
    try:
        ascii_domain = domain.encode("idna").decode() if not domain.isascii() else domain
    except UnicodeError as error:
        raise BadAddress(f"{text!r}: {domain!r} is not the name of a domain.") from error
    labels = ascii_domain.lower().split(".")
    if not all(_LABEL.fullmatch(label) for label in labels) or len(given) > 254:
        raise BadAddress(f"{text!r}: {domain!r} is not the name of a domain.")
    return f"{local}@{'.'.join(labels)}"
