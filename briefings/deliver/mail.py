"""A letter as a message: one reader, one edition, names that mail programs read in Chinese, the same bytes every time."""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage, Message
from email.policy import SMTP
from typing import Any
from urllib.parse import quote

from briefings.errors import BriefingsError
from briefings.records.mail import Letter, Recipient, Wording

_LINE = 74
"""Characters of a header's line."""
_POLICY = SMTP.clone(refold_source="none")
"""Headers written by hand stay as written: the library breaks long media types (that of Word) into encoded words."""
_MEDIA = {
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".html": "text/html",
}


class Unsendable(BriefingsError):
    """A letter cannot go as it is: its edition is damaged, or its reader is none any more."""


class NotExactlyOne(Unsendable):
    """A message would not be addressed to exactly the one address it is for."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a letter; ``name`` is what the reader sees."""

    name: str
    data: bytes


def message(
    letter: Letter, sender: Recipient, wording: Wording, attachments: Sequence[Attachment] = ()
) -> bytes:
    """The letter as it goes over the wire, with CRLF line ends.

    Its Message-ID follows from edition and mailbox: sent again it is the same letter. Raises ``NotExactlyOne`` when its
    header would not be read as exactly that one address.
    """
    root = EmailMessage(policy=_POLICY)
    root["From"] = _address(sender)
    root["To"] = _address(letter.recipient)
    root["Subject"] = " ".join(wording.subject.split())
    root["Date"] = datetime.fromisoformat(letter.queued)
    root["Message-ID"] = f"<{letter.id}@{sender.address.rpartition('@')[2]}>"
    root["Auto-Submitted"] = "auto-generated"
    root["List-Unsubscribe"] = (
        f"<mailto:{quote(sender.address, safe='@+')}?subject=unsubscribe%20{quote(letter.briefing)}>"
    )
    root.set_content(wording.text, cte="base64")
    root.add_alternative(wording.html, subtype="html", cte="base64")
    # Set from the letter, for the usual random ones would make other bytes each time; "_" is no character of base64.
    root.set_boundary(f"=_{letter.id}_body")
    if attachments:
        root.make_mixed()
        root.set_boundary(f"=_{letter.id}_files")
        for attachment in attachments:
            root.attach(_part(attachment))
    data = root.as_bytes()
    check_addresses(data, sender, letter.recipient)
    return data


def check_addresses(data: bytes, sender: Recipient, reader: Recipient) -> None:
    """Raise ``NotExactlyOne`` unless ``data`` is read back as from exactly ``sender`` and to exactly ``reader``."""
    from email import message_from_bytes

    read = message_from_bytes(data.partition(b"\r\n\r\n")[0] + b"\r\n\r\n", policy=SMTP)
    for name, meant in (("From", sender), ("To", reader)):
        found = [a for header in read.get_all(name, []) for a in header.addresses]
        if [a.addr_spec for a in found] != [meant.address]:
            raise NotExactlyOne(
                f"The {name} of a letter to {reader.address} would not be exactly one address."
            )
    if any(read.get_all(name) for name in ("Cc", "Bcc", "Resent-To", "Reply-To")):
        raise NotExactlyOne(f"A letter to {reader.address} would be addressed to others too.")


def _address(one: Recipient) -> Address:
    return Address(display_name=one.name, addr_spec=one.address)


def _part(attachment: Attachment) -> Any:
    """An attachment whose name stands in both forms that mail programs read: RFC 2231 and RFC 2047.

    The headers are written by hand: the standard library would turn the second form into the first.
    """
    dot = attachment.name.rfind(".")
    media = _MEDIA.get(attachment.name[dot:].lower() if dot >= 0 else "", "application/octet-stream")
    part = Message()
    part["Content-Type"] = f"{media};\n {_worded_name(attachment.name)}"
    part["Content-Transfer-Encoding"] = "base64"
    part["Content-Disposition"] = f"attachment;\n {_extended_name(attachment.name)}"
    part.set_payload(base64.encodebytes(attachment.data).decode("ascii"))
    return part


def _worded_name(name: str) -> str:
    """``name="…"`` in encoded words (RFC 2047), each whole characters and no longer than a line."""
    if re.fullmatch(r"[A-Za-z0-9._ -]+", name) and len(name) < _LINE - 8:
        return f'name="{name}"'
    words, held = [], b""
    for char in name:
        more = char.encode("utf-8", "replace")
        if len(base64.b64encode(held + more)) > _LINE - len('name="=?utf-8?b??="'):
            words.append(held)
            held = b""
        held += more
    words.append(held)
    return (
        'name="' + "\n ".join(f"=?utf-8?b?{base64.b64encode(word).decode('ascii')}?=" for word in words) + '"'
    )


def _extended_name(name: str) -> str:
    """``filename*=…`` as RFC 2231 writes it, in numbered parts where it is long."""
    if re.fullmatch(r"[A-Za-z0-9._ -]+", name) and len(name) < _LINE - 12:
        return f'filename="{name}"'
    parts, held = [], ""
    for char in name:
        more = quote(char, safe="", errors="replace")
        if len(held) + len(more) > _LINE - len("filename*00*=utf-8'';"):
            parts.append(held)
            held = ""
        held += more
    parts.append(held)
    if len(parts) == 1:
        return f"filename*=utf-8''{parts[0]}"
    marks = ["utf-8''", *[""] * (len(parts) - 1)]
    return ";\n ".join(
        f"filename*{n}*={mark}{part}" for n, (mark, part) in enumerate(zip(marks, parts, strict=True))
    )
