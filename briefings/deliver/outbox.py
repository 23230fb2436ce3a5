"""Send what the outbox holds: one letter after the other, each marked before it can be taken, none twice by itself."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Protocol

from briefings.deliver.mail import Unsendable
from briefings.deliver.server import PATIENCE, Connection, Unreachable
from briefings.records.mail import Letter, MailServer, Outcome

LEASE = timedelta(minutes=30)
"""How long a sender holds a letter at most; longer than one letter takes."""
_FIRST, _LONGEST = timedelta(minutes=1), timedelta(hours=4)
MOST_TRIES = 34
"""Tries within about five days, after which RFC 5321 (4.5.4.1) lets a sender give up."""
_PROCESS = Path("/proc")


class Rows(Protocol):
    """What sending asks of the outbox's rows (``store.outbox``)."""

    def claim(self, owner: str, lease: timedelta, *, letter: str | None = None) -> Letter | None:
        """Take the letter that is due longest, or the one given."""

    def handing(self, letter: Letter, lease: timedelta) -> bool:
        """Mark that it is handed over from now on."""

    def ended(self, letter: Letter, outcome: Outcome, again_in: timedelta | None = None) -> bool:
        """Note what came of it."""

    def release(self, letter: Letter) -> None:
        """Give it back untried."""

    def recover(self, gone: Callable[[str], bool]) -> tuple[Letter, ...]:
        """Find letters of senders that died."""


Make = Callable[[Letter, int], bytes]
"""A letter as bytes, of at most so many where that can be; raises ``Unsendable``."""
Tried = tuple[Letter, Outcome]


def again_in(tries: int) -> timedelta | None:
    """How long to wait after so many tries: a minute, threefold each time up to four hours; None to give up."""
    if tries >= MOST_TRIES:
        return None
    threefold: int = 3 ** min(tries - 1, 10)
    return min(_FIRST * threefold, _LONGEST)


def send_due(
    rows: Rows,
    server: MailServer,
    make: Make,
    *,
    letter: str | None = None,
    wait: Callable[[int], timedelta | None] = again_in,
    patience: float = PATIENCE,
    stopping: Callable[[], bool] = lambda: False,
    on_letter: Callable[[Letter, Outcome], None] | None = None,
) -> tuple[Tried, ...]:
    """Send every letter that is due (or ``letter``), and say what came of each.

    Letters of dead senders are found first; ``on_letter`` is told of them too.

    Stops at the first trouble that is the server's, for the rest would only have the same, and before the next letter when
    ``stopping`` says so. Raises what ``make`` raises beside
    ``Unsendable``, with the letter given back.
    """
    tried: list[Tried] = []
    me = owner()
    for found in rows.recover(gone):
        if on_letter:
            on_letter(found, Outcome(found.state, found.said))
    connection: Connection | None = None
    try:
        while not stopping() and (held := rows.claim(me, LEASE, letter=letter)):
            try:
                if connection is None or not connection.alive:
                    connection = Connection(server, patience)
                outcome = _hand(rows, connection, held, make)
            except Unreachable as error:
                outcome = Outcome("pending", str(error), broken=True)
            except Unsendable as error:
                outcome = Outcome("failed", str(error))
            except BaseException:
                rows.release(held)
                raise
            if outcome is None:
                continue
            pause = wait(held.tries)
            if outcome.state == "pending" and pause is None:
                told = f"given up after {held.tries} tries: {outcome.said}"
                outcome = Outcome("failed", told, outcome.broken)
            rows.ended(held, outcome, pause)
            tried.append((held, outcome))
            if on_letter:
                on_letter(held, outcome)
            if outcome.broken:
                break
    finally:
        if connection:
            connection.close()
    return tuple(tried)


def _hand(rows: Rows, connection: Connection, held: Letter, make: Make) -> Outcome | None:
    server = connection.server
    assert server.sender
    most = min(server.cap, connection.most or server.cap)
    data = make(held, most)
    return connection.hand(
        server.sender.address, held.recipient.address, data, lambda: rows.handing(held, LEASE)
    )


def owner() -> str:
    """The mark of this process, by which another of the same machine sees whether it still runs."""
    return f"{_machine()}/{os.getpid()}/{_started(os.getpid())}"


def gone(mark: str) -> bool:
    """Whether the process ``mark`` of this machine has ended; False where that cannot be known."""
    machine, _, process = mark.rpartition("/")[0].rpartition("/")
    started = mark.rpartition("/")[2]
    if not machine or machine != _machine() or not process.isdecimal() or not started:
        return False
    return _started(int(process)) != started


def _machine() -> str:
    """The boot and the process space in which numbers of processes mean something."""
    try:
        boot = (_PROCESS / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot}:{(_PROCESS / 'self/ns/pid').readlink()}"
    except OSError:
        return ""


def _started(process: int) -> str:
    """When a process began, in clock ticks since the boot; "" where there is none, or it is dead and not yet buried."""
    try:
        fields = (_PROCESS / str(process) / "stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    # The name may hold blanks and brackets; the fields behind its last bracket begin with the state.
    state, *rest = fields.rpartition(")")[2].split()
    return "" if state in "ZX" else rest[18]
