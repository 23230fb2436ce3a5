"""The third journey: an edition to its readers, told to each by what changed since the one the reader has."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from briefings.errors import ConfigurationError, UsageError
from briefings.records.briefing import Briefing, Bullets, Heading, Line, Paragraph, Quote, Value, Words
from briefings.records.mail import Contents, Letter, Mailing, Outcome, Recipient, Since, Wording
from briefings.records.run import Event

if TYPE_CHECKING:
    from briefings.deliver.mail import Attachment
    from briefings.records.edition import Edition
    from briefings.settings import Settings
    from briefings.store.store import Store

MOST_TOLD = 4
"""Editions whose changes one letter tells; whoever missed more reads the rest there."""
PAUSE = timedelta(minutes=1)
"""How long the service leaves a server alone that cannot be reached or broke off."""
OPEN = timedelta(days=30)
"""How long the link of a letter opens the files that were too large to go with it."""
_TRIAL = "trial"


@dataclass(frozen=True, slots=True)
class Tried:
    """A letter that was tried, and what the server said to it."""

    letter: Letter
    outcome: Outcome


def send_due(
    settings: Settings,
    store: Store,
    *,
    letter: str | None = None,
    wait: Callable[[int], timedelta | None] | None = None,
    stopping: Callable[[], bool] = lambda: False,
    on_letter: Callable[[Letter, Outcome], None] | None = None,
) -> tuple[Tried, ...]:
    """Send every letter of the outbox that is due (or ``letter``), each at most once.

    Raises ``ConfigurationError`` without a mail server, or for a template that cannot be used.
    """
    from briefings.deliver import outbox

    if not settings.mail.host:
        raise ConfigurationError("There is no mail server; set host and from in [mail] of briefings.toml.")
    tried = outbox.send_due(
        store.outbox,
        settings.mail,
        lambda held, most: message_of(held, most, settings, store),
        letter=letter,
        wait=wait or outbox.again_in,
        stopping=stopping,
        on_letter=on_letter,
    )
    return tuple(Tried(*one) for one in tried)


def rounds(
    settings: Settings, store: Store, tell: Callable[[Event], None], stopping: Callable[[], bool]
) -> datetime | None:
    """The clock's task: send what is due, tell of each letter, and say when there is something to do again."""
    if not settings.mail.host:
        return None
    tried = send_due(
        settings, store, stopping=stopping, on_letter=lambda letter, outcome: tell(_event(letter, outcome))
    )
    following = store.outbox.next_due()
    if tried and tried[-1].outcome.broken and following:
        # The rest is due already, and the server is not there.
        return max(following, datetime.now(UTC) + PAUSE)
    return following


def write_due(settings: Settings, store: Store, folder: Path) -> tuple[Path, ...]:
    """Write the letters that wait as ``.eml`` files into ``folder`` and change nothing; gives their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for letter in reversed(store.outbox.letters(states=("pending",))):
        path = folder / f"{letter.briefing}-{letter.edition}-{letter.id[:8]}.eml"
        path.write_bytes(message_of(letter, settings.mail.cap, settings, store))
        paths.append(path)
    return tuple(paths)


def resend_missing(settings: Settings, store: Store, briefing: str, *, author: str) -> tuple[Letter, ...]:
    """Let the latest edition of ``briefing`` go to all who have it not: whose letter failed, and who was never written to.

    Letters in doubt stay: the reader may have them. Raises ``UsageError`` where there is no edition or no reader.
    """
    from briefings import deliver

    settings.order(briefing)
    mailing, latest = settings.mailing(briefing), deliver.latest(settings.output, briefing)
    if mailing is None:
        raise UsageError(f"{briefing!r} has no recipients in briefings.toml.")
    if latest is None:
        raise UsageError(f"{briefing!r} has no edition yet; `briefings build {briefing}` makes one.")
    fresh = store.outbox.add(latest.id, mailing, author=author)
    failed = [
        letter
        for letter in store.outbox.letters(briefing=briefing, edition=latest.id, states=("failed",))
        if letter.recipient.mailbox in {r.mailbox for r in mailing.recipients}
    ]
    again = [store.outbox.resend(f.id, author=author, reason="sent to those who have it not") for f in failed]
    return (*fresh, *again)


def trial(
    settings: Settings, store: Store, reader: Recipient, briefing: str, *, now: str, most: int | None = None
) -> tuple[Letter, bytes]:
    """A letter that tries the way to ``reader``: the latest edition of ``briefing``, marked as a trial, kept nowhere."""
    from briefings import deliver
    from briefings.store.outbox import letter_id

    order = settings.order(briefing)
    mailing = settings.mailing(briefing) or Mailing(briefing, (), ("pdf", "docx"), order.language)
    latest = deliver.latest(settings.output, briefing)
    if latest is None:
        raise UsageError(f"{briefing!r} has no edition yet; `briefings build {briefing}` makes one.")
    # Another Message-ID each time, or the second trial would be taken for the first.
    id_ = letter_id(briefing, f"{_TRIAL}-{latest.id}-{now}", reader)
    letter = Letter(id_, briefing, latest.id, reader, mailing.attach, mailing.language, "pending", now, now)
    data = _written(
        letter, most or settings.mail.cap, settings, _contents(letter, latest, settings, (), trial=True)
    )
    return letter, data


def send_trial(settings: Settings, store: Store, reader: Recipient, briefing: str, *, now: str) -> Outcome:
    """Send such a letter at once. Raises ``ConfigurationError`` without a server, ``Unreachable`` where it lets nobody in."""
    from briefings.deliver.server import Connection

    if not settings.mail.host or settings.mail.sender is None:
        raise ConfigurationError("There is no mail server; set host and from in [mail] of briefings.toml.")
    connection = Connection(settings.mail)
    try:
        most = min(settings.mail.cap, connection.most or settings.mail.cap)
        _, data = trial(settings, store, reader, briefing, now=now, most=most)
        outcome = connection.hand(settings.mail.sender.address, reader.address, data, lambda: True)
    finally:
        connection.close()
    assert outcome
    return outcome


def message_of(letter: Letter, most: int, settings: Settings, store: Store) -> bytes:
    """A letter of the outbox as bytes, without its attachments where it would be larger than ``most``.

    Raises ``Unsendable`` when its edition is gone or damaged, or its reader is none of the briefing's any more.
    """
    from briefings import deliver
    from briefings.deliver.mail import Unsendable

    mailing = settings.mailing(letter.briefing)
    if mailing is None or letter.recipient.mailbox not in {r.mailbox for r in mailing.recipients}:
        raise Unsendable(f"{letter.recipient.address} is no recipient of {letter.briefing!r} any more.")
    found = {edition.id: edition for edition in deliver.editions(settings.output, letter.briefing)}
    edition = found.get(letter.edition)
    if edition is None:
        raise Unsendable(f"The edition {letter.edition} of {letter.briefing!r} is not there any more.")
    if wrong := [p for p in deliver.verify(Path(edition.folder)) if p.code != "file_foreign"]:
        raise Unsendable(
            f"The edition {letter.edition} of {letter.briefing!r} is damaged: {wrong[0].sentence}"
        )
    received = store.outbox.received(letter.briefing, letter.recipient.mailbox)
    return _written(letter, most, settings, _contents(letter, edition, settings, received))


def worded(contents: Contents, settings: Settings) -> Wording:
    """A letter in words, filled into its templates in a child process, as everything is that people may edit.

    Raises ``ConfigurationError`` for a template that cannot be used or does not come to an end.
    """
    from briefings import walls
    from briefings.records.codec import from_json, to_json

    argument = {"search": [str(folder) for folder in settings.search]}
    data = to_json(contents).encode()
    try:
        answer = walls.run(
            "briefings.posting:wording_task", argument, data, settings.rendering, "briefings.posting:writers"
        )
    except walls.Stopped as stopped:
        raise ConfigurationError(f"The templates of letters cannot be used. {stopped}") from stopped
    return from_json(Wording, answer.decode())


def wording_task(argument: Any, data: bytes) -> bytes:
    """The child's side of ``worded``."""
    from briefings.records.codec import from_json, to_json
    from briefings.render.letter import letter

    search = [Path(folder) for folder in argument["search"]]
    return to_json(letter(from_json(Contents, data.decode()), search)).encode()


def writers(_argument: Any, _data: bytes) -> bytes:
    """Load what ``wording_task`` uses."""
    import jinja2.sandbox  # noqa: F401

    import briefings.records.codec
    import briefings.render.letter  # noqa: F401

    return b""


def since_last(briefing: Briefing) -> tuple[str, ...]:
    """What a briefing says changed since its last edition, a line each; () for a first one."""
    from briefings.compose.changes import ID

    lines: list[Line] = []
    inside = False
    for block in briefing.blocks:
        if isinstance(block, Heading) and block.id == ID:
            inside = True
        elif inside and isinstance(block, Paragraph):
            lines.append(block.line)
        elif inside and isinstance(block, Bullets):
            lines += block.items
        elif inside:
            break
    return tuple(plain(line) for line in lines)


def plain(line: Line) -> str:
    """A line as text; references to the list of sources, which a letter has not, are left out."""
    return "".join(_plain(piece) for piece in line if isinstance(piece, Words | Value | Quote)).strip()


def _plain(piece: Words | Value | Quote) -> str:
    return piece.text + ("……" if isinstance(piece, Quote) and piece.cut else "")


def _event(letter: Letter, outcome: Outcome) -> Event:
    """A letter's end as the service's log tells it."""
    who = f"{letter.briefing} {letter.edition} to {letter.recipient.address}"
    told = f"{who}: {outcome.state.replace('_', ' ')}"
    about = (
        ("letter", letter.id),
        ("briefing", letter.briefing),
        ("edition", letter.edition),
        ("state", outcome.state),
    )
    if outcome.state == "sent":
        return Event("mailed", told, about)
    return Event("not_mailed", f"{told}: {outcome.said}", about, wrong=True)


def _contents(
    letter: Letter, edition: Edition, settings: Settings, received: Sequence[str], *, trial: bool = False
) -> Contents:
    from briefings import deliver

    briefing = _briefing(edition)
    latest = deliver.latest(settings.output, letter.briefing)
    between, first = _missed(edition, settings, received)
    told = [Since(one.id, lines) for one in between[:MOST_TOLD] if (lines := _changes_of(one))]
    return Contents(
        briefing=letter.briefing,
        edition=edition.id,
        title=briefing.title,
        subtitle=briefing.subtitle,
        office=briefing.office,
        as_of=briefing.as_of,
        language=letter.language,
        name=letter.recipient.name,
        lead=tuple(plain(b.line) for b in briefing.blocks if isinstance(b, Paragraph) and b.style == "lead"),
        first=first,
        since=tuple(told),
        more=len(between[MOST_TOLD:]),
        newer=latest.id if latest and latest.id != edition.id else "",
        trial=trial,
    )


def _missed(
    edition: Edition, settings: Settings, received: Sequence[str]
) -> tuple[tuple[Edition, ...], bool]:
    """The editions whose changes are new to a reader, the newest first, and whether the reader has none before it."""
    from briefings import deliver

    held = {one.id: one for one in deliver.editions(settings.output, edition.briefing)}
    line, following = [], edition.id
    while following in held and following not in received:
        line.append(held.pop(following))
        following = line[-1].previous
    if following in received:
        return tuple(line), False
    # Nothing this edition goes back to was received: it is new as a whole.
    return (), True


def _changes_of(edition: Edition) -> tuple[str, ...]:
    from briefings.deliver.mail import Unsendable

    try:
        return since_last(_briefing(edition))
    except Unsendable:
        return ()  # an older one that is damaged; the letter's own edition has been proved before


def _briefing(edition: Edition) -> Briefing:
    from briefings.deliver.mail import Unsendable
    from briefings.records.codec import from_json

    path = Path(edition.folder) / "briefing.json"
    try:
        return from_json(Briefing, path.read_text(encoding="utf-8"))
    except Exception as error:
        # The records' converter raises groups of many kinds of errors; they all say the same here.
        raise Unsendable(f"The edition {edition.id} cannot be read: {error}.") from error


def _written(letter: Letter, most: int, settings: Settings, contents: Contents) -> bytes:
    """The letter with its attachments; without them, saying so and where they are, where it is larger than ``most``."""
    from briefings.deliver.mail import message

    sender = settings.mail.sender
    if sender is None:
        raise ConfigurationError("Letters need a sender; set from in [mail] of briefings.toml.")
    files = _attachments(letter, contents, settings)
    names = tuple(file.name for file in files)
    data = message(letter, sender, worded(replace(contents, attached=names), settings), files)
    if len(data) <= most or not files:
        return data
    until, link = _link(letter, settings)
    return message(
        letter, sender, worded(replace(contents, left_out=names, link=link, until=until), settings)
    )


def _link(letter: Letter, settings: Settings) -> tuple[str, str]:
    """The last day on which the reader's own link opens the edition, and the link; "" and "" where the page has no address.

    It counts from the day the letter became due, so that the same letter has the same link however often it is tried that day.
    """
    from briefings import sharing

    mailing = settings.mailing(letter.briefing)
    if (
        not settings.address
        or mailing is None
        or letter.recipient.mailbox not in {r.mailbox for r in mailing.recipients}
    ):
        return "", ""
    zone = ZoneInfo(settings.timezone)
    last = datetime.fromisoformat(letter.due).astimezone(zone).date() + OPEN
    until = datetime.combine(last + timedelta(days=1), datetime.min.time(), zone)
    share = sharing.Share(
        letter.briefing, letter.edition, until, reader=sharing.mark_of(letter.recipient.mailbox)
    )
    return (
        last.isoformat(),
        f"{settings.address}/shared/{sharing.signed(sharing.signing_key(settings.data), share)}",
    )


def _attachments(letter: Letter, contents: Contents, settings: Settings) -> tuple[Attachment, ...]:
    from briefings.deliver.mail import Attachment

    folder = settings.output / letter.briefing / letter.edition
    named = re.sub(r'[\x00-\x1f\x7f<>:"/\\|?*]', "_", f"{contents.title}（{contents.edition}）")
    made = []
    for format_ in letter.attach:
        path = folder / f"{letter.briefing}.{format_}"
        if path.is_file():
            made.append(Attachment(f"{named}.{format_}", path.read_bytes()))
    return tuple(made)
