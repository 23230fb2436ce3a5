"""The outbox as rows: one for each edition and mailbox, held by one sender at a time.

All times are the database's own, and every write is one short transaction. A sender marks the row before the exchange
after which only the server knows what it took, and that mark succeeds only while the sender still holds the row: one
that was given up for dead cannot send any more.
"""

import hashlib
import json
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Engine, Row, and_, delete, func, insert, select, update

from briefings.errors import UsageError
from briefings.records.edition import Edition
from briefings.records.mail import Letter, LetterEvent, LetterState, Mailing, Outcome, Recipient
from briefings.store import tables as t
from briefings.store.engine import writing
from briefings.store.times import time_of, written

_o = t.outbox.c
DIED_BEFORE = "the sender stopped before the letter was handed over; it is tried again"
DIED_AFTER = "the sender stopped while the letter was handed over; the server may have taken it"


class Outbox:
    """Letters, and what became of them."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def letters(
        self,
        *,
        briefing: str | None = None,
        edition: str | None = None,
        states: Sequence[LetterState] | None = None,
        most: int | None = None,
    ) -> tuple[Letter, ...]:
        """The letters, those queued last first."""
        query = select(t.outbox).order_by(_o.queued_at.desc(), _o.briefing, _o.mailbox).limit(most)
        if briefing is not None:
            query = query.where(_o.briefing == briefing)
        if edition is not None:
            query = query.where(_o.edition == edition)
        if states is not None:
            query = query.where(_o.state.in_(states))
        with self.engine.connect() as connection:
            return tuple(_letter(row) for row in connection.execute(query))

    def letter(self, given: str) -> Letter:
        """The letter whose id begins with ``given``. Raises ``UsageError`` where that is none or several."""
        with self.engine.connect() as connection:
            rows = connection.execute(select(t.outbox).where(_o.id.startswith(given, autoescape=True))).all()
        if not given or len(rows) != 1:
            several = "the beginning of several letters" if len(rows) > 1 and given else "no letter"
            raise UsageError(f"{given!r} is {several}; `briefings mail outbox` lists them.")
        return _letter(rows[0])

    def events(self, letter: str) -> tuple[LetterEvent, ...]:
        """What became of a letter, oldest first."""
        c = t.outbox_events.c
        query = select(t.outbox_events).where(c.letter == letter).order_by(c.seq)
        with self.engine.connect() as connection:
            rows = connection.execute(query).all()
        return tuple(LetterEvent(row.letter, row.at, row.state, row.said, row.author) for row in rows)

    def counts(self, briefing: str | None = None) -> dict[LetterState, int]:
        """How many letters are in each state."""
        query = select(_o.state, func.count()).group_by(_o.state)
        if briefing is not None:
            query = query.where(_o.briefing == briefing)
        with self.engine.connect() as connection:
            return {row[0]: row[1] for row in connection.execute(query)}

    def next_due(self) -> datetime | None:
        """When the next letter is to be tried, or a sender's time is over; None where nothing waits."""
        waiting = select(func.min(_o.due_at)).where(_o.state == "pending")
        held = select(func.min(_o.lease_until)).where(_o.state == "sending")
        with self.engine.connect() as connection:
            times = [connection.execute(query).scalar() for query in (waiting, held)]
        found = [datetime.fromisoformat(time) for time in times if time]
        return min(found, default=None)

    def received(self, briefing: str, mailbox: str) -> tuple[str, ...]:
        """The editions of ``briefing`` that the server took for ``mailbox``, the latest first."""
        query = (
            select(_o.edition)
            .where(_o.briefing == briefing, _o.mailbox == mailbox, _o.state == "sent")
            .order_by(_o.queued_at.desc(), _o.sent_at.desc())
        )
        with self.engine.connect() as connection:
            return tuple(connection.execute(query).scalars())

    def claim(self, owner: str, lease: timedelta, *, letter: str | None = None) -> Letter | None:
        """Take the letter that is due longest (or ``letter``, if it is due), and hold it for ``lease``.

        None where none is due. The letter given holds a new ``token``, which ``handing`` and ``ended`` ask for.
        """
        with writing(self.engine) as connection:
            now = time_of(connection)
            due = and_(_o.state == "pending", _o.due_at <= written(now))
            if letter is not None:
                due = and_(due, _o.id == letter)
            query = select(_o.id).where(due).order_by(_o.due_at, _o.queued_at, _o.mailbox).limit(1)
            id_ = connection.execute(query).scalar()
            if id_ is None:
                return None
            values = {
                "state": "sending",
                "owner": owner,
                "token": uuid4().hex,
                "lease_until": written(now + lease),
                "data_at": None,
                "tries": _o.tries + 1,
            }
            # Two senders may have read the same id where reading takes no lock; one of them changes the row.
            taken = connection.execute(update(t.outbox).where(due, _o.id == id_).values(**values))
            if taken.rowcount != 1:
                return None
            return _letter(connection.execute(select(t.outbox).where(_o.id == id_)).one())

    def handing(self, letter: Letter, lease: timedelta) -> bool:
        """Mark that the letter is handed over from now on; False when another has taken it: it must not be sent."""
        with writing(self.engine) as connection:
            now = time_of(connection)
            ours = and_(_o.id == letter.id, _o.token == letter.token, _o.state == "sending")
            values = {"data_at": written(now), "lease_until": written(now + lease)}
            return connection.execute(update(t.outbox).where(ours).values(**values)).rowcount == 1

    def ended(self, letter: Letter, outcome: Outcome, again_in: timedelta | None = None) -> bool:
        """Note what came of a try; one that is ``pending`` is tried again after ``again_in``, at once without it.

        The sender knows better than whoever gave it up: a letter put in doubt meanwhile is settled too. False when the
        letter is another's by now, so that nothing was noted.
        """
        state, said = outcome.state, outcome.said
        with writing(self.engine) as connection:
            now = time_of(connection)
            ours = and_(_o.id == letter.id, _o.token == letter.token, _o.state.in_(("sending", "in_doubt")))
            values: dict[str, Any] = {"state": state, "said": said, "lease_until": None}
            if state == "pending":
                values["due_at"] = written(now + (again_in or timedelta()))
            if state == "sent":
                values["sent_at"] = written(now)
            if connection.execute(update(t.outbox).where(ours).values(**values)).rowcount != 1:
                return False
            _note(connection, letter.id, now, state, said)
            return True

    def release(self, letter: Letter) -> None:
        """Give a letter back that was not tried after all."""
        with writing(self.engine) as connection:
            ours = and_(
                _o.id == letter.id,
                _o.token == letter.token,
                _o.state == "sending",
                _o.data_at.is_(None),
            )
            values = {"state": "pending", "lease_until": None, "tries": _o.tries - 1}
            connection.execute(update(t.outbox).where(ours).values(**values))

    def recover(self, gone: Callable[[str], bool]) -> tuple[Letter, ...]:
        """Find letters whose sender is ``gone`` (asked by its owner's mark), or whose time is over.

        Before the hand-over they are pending again, after it in doubt. Gives them as they are now.
        """
        found = []
        with writing(self.engine) as connection:
            now = time_of(connection)
            for row in connection.execute(select(t.outbox).where(_o.state == "sending")).all():
                if row.lease_until > written(now) and not gone(row.owner):
                    continue
                state: LetterState = "in_doubt" if row.data_at else "pending"
                said = DIED_AFTER if row.data_at else DIED_BEFORE
                values = {"state": state, "said": said, "lease_until": None, "due_at": written(now)}
                ours = and_(_o.id == row.id, _o.token == row.token, _o.state == "sending")
                if connection.execute(update(t.outbox).where(ours).values(**values)).rowcount == 1:
                    _note(connection, row.id, now, state, said)
                    found.append(row.id)
            rows = connection.execute(select(t.outbox).where(_o.id.in_(found))).all()
        return tuple(_letter(row) for row in rows)

    def resend(self, letter: str, *, author: str, reason: str) -> Letter:
        """Let a letter that failed or is in doubt go once more, because a person says so; one that waits goes at once.

        Raises ``UsageError`` for one that was sent or is being sent.
        """
        held = self.letter(letter)
        with writing(self.engine) as connection:
            now = time_of(connection)
            may = and_(_o.id == held.id, _o.state.in_(("failed", "in_doubt", "pending")))
            values = {"state": "pending", "due_at": written(now), "tries": 0, "token": "", "owner": ""}
            if connection.execute(update(t.outbox).where(may).values(**values)).rowcount != 1:
                state = connection.execute(select(_o.state).where(_o.id == held.id)).scalar()
                told = "was sent" if state == "sent" else "is being sent"
                raise UsageError(f"Letter {held.id} to {held.recipient.address} {told}; it goes only once.")
            _note(connection, held.id, now, "pending", reason, author)
            return _letter(connection.execute(select(t.outbox).where(_o.id == held.id)).one())

    def add(self, edition: str, mailing: Mailing, *, author: str = "") -> tuple[Letter, ...]:
        """Queue the letters of an edition to those recipients who have none of it yet; gives the new ones."""
        with writing(self.engine) as connection:
            ids = queue(connection, edition, mailing, author)
            rows = connection.execute(select(t.outbox).where(_o.id.in_(ids)).order_by(_o.mailbox)).all()
        return tuple(_letter(row) for row in rows)

    def begin(self, briefing: str, fingerprint: str) -> None:
        """Note that an edition is about to be published: until it is recorded its letters are owed."""
        key = {"briefing": briefing, "fingerprint": fingerprint}
        with writing(self.engine) as connection:
            _forget(connection, briefing, fingerprint)
            connection.execute(insert(t.publishing), {**key, "at": written(time_of(connection))})

    def owing(self, briefing: str | None = None) -> tuple[tuple[str, str], ...]:
        """Briefing and fingerprint of what was about to be published and is not recorded: under way, or left by a dead one."""
        c = t.publishing.c
        query = select(c.briefing, c.fingerprint).order_by(c.at, c.briefing, c.fingerprint)
        if briefing is not None:
            query = query.where(c.briefing == briefing)
        with self.engine.connect() as connection:
            return tuple((row.briefing, row.fingerprint) for row in connection.execute(query))

    def forget_old(self, age: timedelta) -> None:
        """Forget what was about to be published so long ago that nobody is at it any more."""
        with writing(self.engine) as connection:
            until = written(time_of(connection) - age)
            connection.execute(delete(t.publishing).where(t.publishing.c.at < until))


def post(connection: Connection, edition: Edition, mailing: Mailing | None) -> None:
    """Queue the letters of an edition in the transaction that records it, and note that they are."""
    _forget(connection, edition.briefing, edition.fingerprint)
    if mailing:
        queue(connection, edition.id, mailing, "")


def queue(connection: Connection, edition: str, mailing: Mailing, author: str) -> list[str]:
    """Write the letters that are not there yet; gives their ids."""
    now = written(time_of(connection))
    made: dict[str, dict[str, Any]] = {}
    for recipient in mailing.recipients:
        id_ = letter_id(mailing.briefing, edition, recipient)
        row = {
            "id": id_,
            "briefing": mailing.briefing,
            "edition": edition,
            "mailbox": recipient.mailbox,
            "address": recipient.address,
            "name": recipient.name,
            "attach": json.dumps(mailing.attach),
            "language": mailing.language,
            "state": "pending",
            "queued_at": now,
            "due_at": now,
            "tries": 0,
            "said": "",
            "owner": "",
            "token": "",
        }
        made.setdefault(id_, row)
    known = set(connection.execute(select(_o.id).where(_o.id.in_(list(made)))).scalars())
    fresh = [row for id_, row in made.items() if id_ not in known]
    if fresh:
        connection.execute(insert(t.outbox), fresh)
    ids = [str(row["id"]) for row in fresh]
    for id_ in ids:
        _note(connection, id_, datetime.fromisoformat(now), "pending", "queued", author)
    return ids


def letter_id(briefing: str, edition: str, recipient: Recipient) -> str:
    """The id of a letter: the same for the same edition and mailbox, whoever makes it."""
    key = "\0".join((briefing, edition, recipient.mailbox))
    return hashlib.sha256(key.encode()).hexdigest()[:24]


def _forget(connection: Connection, briefing: str, fingerprint: str) -> None:
    c = t.publishing.c
    connection.execute(delete(t.publishing).where(c.briefing == briefing, c.fingerprint == fingerprint))


def _note(
    connection: Connection, letter: str, at: datetime, state: LetterState, said: str, author: str = ""
) -> None:
    c = t.outbox_events.c
    last = connection.execute(select(func.max(c.seq)).where(c.letter == letter)).scalar() or 0
    row = {
        "letter": letter,
        "seq": last + 1,
        "at": written(at),
        "state": state,
        "said": said,
        "author": author,
    }
    connection.execute(insert(t.outbox_events), row)


def _letter(row: Row[Any]) -> Letter:
    return Letter(
        id=row.id,
        briefing=row.briefing,
        edition=row.edition,
        recipient=Recipient(row.name, row.address),
        attach=tuple(json.loads(row.attach)),
        language=row.language,
        state=row.state,
        queued=row.queued_at,
        due=row.due_at,
        tries=row.tries,
        said=row.said,
        sent=row.sent_at or "",
        data=row.data_at or "",
        owner=row.owner,
        token=row.token,
        lease=row.lease_until or "",
    )
