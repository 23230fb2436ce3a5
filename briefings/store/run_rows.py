"""Rows of runs: the run that waits, the lines of a log, and the transaction they are written in."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, func, insert, select, text, update

from briefings.errors import UsageError
from briefings.records.run import Run, RunKind
from briefings.store import tables as t
from briefings.store.engine import writing
from briefings.store.times import read_time, written

Ready = Callable[[datetime, datetime], datetime]
"""When a run may begin, from the times it was asked for first and last."""
_r = t.runs.c


@contextmanager
def writing_runs(engine: Engine) -> Iterator[Connection]:
    """A transaction that no other process writes runs beside, on PostgreSQL as on SQLite."""
    with writing(engine) as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text("LOCK TABLE runs IN SHARE ROW EXCLUSIVE MODE"))
        yield connection


def queue(
    connection: Connection, briefing: str, kind: RunKind, why: str, now: datetime, ready: Ready | None
) -> Run:
    """The run of ``briefing`` that waits, made where there is none; see ``Runs.ask``."""
    waiting = (_r.briefing == briefing) & (_r.state == "queued")
    held = connection.execute(select(t.runs).where(waiting)).first()
    if held is None:
        n = (connection.execute(select(func.max(_r.n))).scalar() or 0) + 1
        at = ready(now, now) if ready else now
        row = {"n": n, "briefing": briefing, "kind": kind, "state": "queued", "asked_at": written(now)}
        rest = {"ready_at": written(at), "reason": "", "tries": 0, "owner": "", "edition": ""}
        connection.execute(insert(t.runs), {**row, **rest})
    else:
        n = held.n
        at = ready(datetime.fromisoformat(held.asked_at), now) if ready else now
        if ready is None or held.kind == "new_input":
            connection.execute(update(t.runs).where(_r.n == n).values(ready_at=written(at), kind=kind))
    note_line(connection, n, f"asked for: {why}", now)
    return run_numbered(connection, n)


def note_line(connection: Connection, n: int, line: str, now: datetime) -> None:
    """Add a line to the log of the run ``n``."""
    c = t.run_lines.c
    last = connection.execute(select(func.max(c.seq)).where(c.run == n)).scalar() or 0
    connection.execute(insert(t.run_lines), {"run": n, "seq": last + 1, "at": written(now), "text": line})


def run_numbered(connection: Connection, n: int) -> Run:
    """The run ``n``. Raises ``UsageError`` where there is none."""
    row = connection.execute(select(t.runs).where(_r.n == n)).first()
    if row is None:
        raise UsageError(f"There is no run 'r{n}'; `briefings runs` lists them.")
    return run_of(row)


def run_of(row: Row[Any]) -> Run:
    """A row as the run it is."""
    return Run(
        id=f"r{row.n}",
        briefing=row.briefing,
        kind=row.kind,
        state=row.state,
        asked_at=datetime.fromisoformat(row.asked_at),
        ready_at=datetime.fromisoformat(row.ready_at),
        started_at=read_time(row.started_at),
        ended_at=read_time(row.ended_at),
        reason=row.reason,
        tries=row.tries,
        owner=row.owner,
        lease_until=read_time(row.lease_until),
        edition=row.edition,
        step=row.step,
    )


def number(run: str) -> int:
    """The number of a run from its id, ``r12``. Raises ``UsageError`` for what is no id of a run."""
    digits = run.removeprefix("r")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 9:
        raise UsageError(f"There is no run {run!r}; `briefings runs` lists them.")
    return int(digits)
