"""Take runs from the queue and make them, one at a time for each briefing, so that whatever dies is found."""

import os
import socket
import threading
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Protocol

from briefings.errors import AuditHeld, BriefingsError
from briefings.records.run import Ended, Run

LEASE = timedelta(seconds=30)
"""For how long a run belongs to a process that does not renew it: so late a dead one is found."""
AGAIN = timedelta(minutes=1)
"""When a run is tried again that failed for a reason of the machine: no room, no memory."""


class Queue(Protocol):
    """The runs as the store keeps them."""

    def recover(self) -> tuple[Run, ...]:
        """Find runs whose process died; they wait again or have failed."""

    def claim(self, owner: str, lease: timedelta, briefing: str | None = None) -> Run | None:
        """Begin the next run that is ready."""

    def renew(self, run: str, owner: str, lease: timedelta) -> bool:
        """Hold a run for longer."""

    def finish(self, run: str, owner: str, ended: Ended) -> bool:
        """Note what became of a run."""

    def put_back(self, run: str, owner: str, why: str, ready_in: timedelta = timedelta(0)) -> bool:
        """Let a run wait again."""

    def run(self, id_: str) -> Run:
        """The run with that id."""


def owner_of_this_process() -> str:
    """The name under which this process holds runs."""
    return f"{socket.gethostname()}:{os.getpid()}"


def affected(
    before: Mapping[str, Collection[str]], after: Mapping[str, Collection[str]], changed: Collection[str]
) -> tuple[str, ...]:
    """The briefings of ``after`` whose documents may say something else now: by their ids, in the order given.

    ``before`` and ``after`` are the documents each briefing spoke and speaks of, ``changed`` those that changed. Whether
    the facts a briefing is made from differ is for its fingerprint to decide.
    """
    touched = set(changed)
    return tuple(
        briefing
        for briefing, documents in after.items()
        if set(documents) != set(before.get(briefing, ())) or touched.intersection(documents)
    )


def run_next(
    queue: Queue,
    build: Callable[[Run], Ended],
    *,
    owner: str,
    lease: timedelta = LEASE,
    briefing: str | None = None,
) -> Run | None:
    """Make the next run that is ready and give it as it ended; None where none is ready.

    What ``build`` raises ends the run: an error of ours as held or failed with its sentence, any other error lets it wait
    for another try. A process that is told to stop puts its run back.
    """
    run = queue.claim(owner, lease, briefing)
    if run is None:
        return None
    with _held(queue, run, owner, lease):
        try:
            ended = build(run)
        except AuditHeld as error:
            ended = Ended("held", str(error))
        except BriefingsError as error:
            ended = Ended("failed", str(error))
        except Exception as error:
            queue.put_back(run.id, owner, f"{type(error).__name__}: {error}", AGAIN)
            return queue.run(run.id)
        except BaseException:
            queue.put_back(run.id, owner, "the program was told to stop")
            raise
    queue.finish(run.id, owner, ended)
    return queue.run(run.id)


@contextmanager
def _held(queue: Queue, run: Run, owner: str, lease: timedelta) -> Iterator[None]:
    """Renew the lease of ``run`` until the block ends, or another process holds it."""
    over = threading.Event()

    def renew() -> None:
        while not over.wait(lease.total_seconds() / 3):
            # A store that is busy now will not be for long, and a lease outlasts two beats.
            try:
                if not queue.renew(run.id, owner, lease):
                    return
            except Exception:
                continue

    beat = threading.Thread(target=renew, name=f"lease-{run.id}", daemon=True)
    beat.start()
    try:
        yield
    finally:
        over.set()
        beat.join()
