"""Due times and runs as rows: each due time is answered once, each briefing is made by one process at a time.

All times are the database's own. Every write is one short transaction that takes the write lock at its start, and what
must be single is a unique key: two processes on one store cannot both win.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Row, delete, func, select, update

from briefings.records.run import OVER, Due, Ended, Run, RunKind, RunLine, RunState, Schedule, ScheduleState
from briefings.store import due_times
from briefings.store import tables as t
from briefings.store.run_rows import Ready, note_line, number, queue, run_numbered, run_of, writing_runs
from briefings.store.times import time_of, written

MOST_TRIES = 3
"""So often a run is begun: one that its process does not survive would otherwise stop the service for good."""
KEPT, UNCHANGED_KEPT = timedelta(days=366), timedelta(days=31)
"""How long runs that are over are kept, and those of them that found nothing changed."""
_r, _d = t.runs.c, t.due_times.c


class Runs:
    """The due times, the runs and their logs."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def now(self) -> datetime:
        """The database's time."""
        with self.engine.connect() as connection:
            return time_of(connection)

    def schedules(self) -> tuple[ScheduleState, ...]:
        """What is known of every schedule that was ever seen, by id."""
        return due_times.read_schedules(self.engine)

    def plan(self, schedules: Sequence[Schedule], due: due_times.Plan) -> tuple[Due, ...]:
        """Write what became due since the last look as rows, and give those that are new.

        A schedule that is seen for the first time, in another form than before, or paused counts from now on. ``due`` says
        what is due of some schedules after one time and up to another.
        """
        return due_times.write_planned(self.engine, schedules, due)

    def claim_due(self, owner: str, most: int | None = None) -> tuple[Due, ...]:
        """Take due times that nothing answers yet, the oldest first, and ask for a run of each one's briefing.

        A due time gets its run in the transaction that asks for it, so that a process that dies leaves it either waiting or
        answered. Several of one briefing are answered by one run.
        """
        return due_times.claim(self.engine, owner, most)

    def due(self, schedule: str | None = None) -> tuple[Due, ...]:
        """The due times that are rows, the oldest first."""
        return due_times.read_due(self.engine, schedule)

    def pause(self, schedule: Schedule) -> None:
        """Let a schedule rest: what falls due from now on until it is resumed is left out."""
        due_times.save_paused(self.engine, schedule, True)

    def resume(self, schedule: Schedule) -> None:
        """Let a schedule go on from now."""
        due_times.save_paused(self.engine, schedule, False)

    def ask(self, briefing: str, kind: RunKind, why: str, ready: Ready | None = None) -> Run:
        """Ask for a run of ``briefing``; a run that waits already answers this request as well.

        ``ready`` says when it may begin, at once without it: then a run that waits begins at once, too.
        """
        with writing_runs(self.engine) as connection:
            return queue(connection, briefing, kind, why, time_of(connection), ready)

    def claim(self, owner: str, lease: timedelta, briefing: str | None = None) -> Run | None:
        """Begin the run that has been ready longest, of a briefing that is not being made; None where there is none.

        The run belongs to ``owner`` for ``lease``, and longer where that is renewed.
        """
        with writing_runs(self.engine) as connection:
            now = time_of(connection)
            busy = select(_r.briefing).where(_r.state == "running")
            query = select(_r.n).where(
                (_r.state == "queued") & (_r.ready_at <= written(now)) & _r.briefing.not_in(busy)
            )
            if briefing is not None:
                query = query.where(_r.briefing == briefing)
            n = connection.execute(query.order_by(_r.ready_at, _r.n).limit(1)).scalar()
            if n is None:
                return None
            values = {
                "state": "running",
                "owner": owner,
                "lease_until": written(now + lease),
                "started_at": written(now),
                "tries": _r.tries + 1,
            }
            connection.execute(update(t.runs).where((_r.n == n) & (_r.state == "queued")).values(values))
            note_line(connection, n, f"begun by {owner}", now)
            return run_numbered(connection, n)

    def renew(self, run: str, owner: str, lease: timedelta) -> bool:
        """Hold a run for ``lease`` from now on; False where it is not ``owner``'s any more."""
        with writing_runs(self.engine) as connection:
            held = (_r.n == number(run)) & (_r.owner == owner) & (_r.state == "running")
            until = written(time_of(connection) + lease)
            return connection.execute(update(t.runs).where(held).values(lease_until=until)).rowcount == 1

    def at_step(self, run: str, owner: str, step: str) -> bool:
        """Note what a run is at, in its row and its log; False where it is not ``owner``'s any more."""
        with writing_runs(self.engine) as connection:
            held = (_r.n == number(run)) & (_r.owner == owner) & (_r.state == "running")
            if connection.execute(update(t.runs).where(held).values(step=step)).rowcount != 1:
                return False
            note_line(connection, number(run), step, time_of(connection))
            return True

    def finish(self, run: str, owner: str, ended: Ended) -> bool:
        """Note what became of a run; False, and nothing noted, where it is not ``owner``'s any more."""
        with writing_runs(self.engine) as connection:
            now = time_of(connection)
            held = (_r.n == number(run)) & (_r.owner == owner) & (_r.state == "running")
            values = {
                "state": ended.state,
                "reason": ended.reason,
                "edition": ended.edition,
                "ended_at": written(now),
                "lease_until": None,
                "step": "",
            }
            if connection.execute(update(t.runs).where(held).values(values)).rowcount != 1:
                return False
            note_line(
                connection,
                number(run),
                " ".join(filter(None, (ended.state, ended.edition, ended.reason))),
                now,
            )
            return True

    def put_back(self, run: str, owner: str, why: str, ready_in: timedelta = timedelta(0)) -> bool:
        """Let a run that was begun wait again, or fail after ``MOST_TRIES`` beginnings; False where it is not ``owner``'s."""
        with writing_runs(self.engine) as connection:
            held = (_r.n == number(run)) & (_r.owner == owner) & (_r.state == "running")
            row = connection.execute(select(t.runs).where(held)).first()
            if row is not None:
                _again(connection, row, why, time_of(connection), ready_in)
            return row is not None

    def recover(self) -> tuple[Run, ...]:
        """Find the runs whose process died: its lease is over. They wait again, or fail after ``MOST_TRIES`` beginnings."""
        with writing_runs(self.engine) as connection:
            now = time_of(connection)
            dead = (_r.state == "running") & (_r.lease_until < written(now))
            rows = connection.execute(select(t.runs).where(dead).order_by(_r.n)).all()
            for row in rows:
                _again(connection, row, f"its process ({row.owner}) died", now, timedelta(0))
            return tuple(run_numbered(connection, row.n) for row in rows)

    def note(self, run: str, line: str) -> None:
        """Add a line to a run's log."""
        with writing_runs(self.engine) as connection:
            note_line(connection, number(run), line, time_of(connection))

    def run(self, id_: str) -> Run:
        """The run with that id. Raises ``UsageError`` where there is none."""
        with self.engine.connect() as connection:
            return run_numbered(connection, number(id_))

    def log(self, id_: str) -> tuple[RunLine, ...]:
        """The lines of a run's log, in order."""
        c = t.run_lines.c
        query = select(t.run_lines).where(c.run == number(id_)).order_by(c.seq)
        with self.engine.connect() as connection:
            return tuple(
                RunLine(datetime.fromisoformat(row.at), row.text) for row in connection.execute(query)
            )

    def all(self, *, briefing: str | None = None, most: int | None = None) -> tuple[Run, ...]:
        """The runs, those asked for last first."""
        query = select(t.runs).order_by(_r.n.desc()).limit(most)
        if briefing is not None:
            query = query.where(_r.briefing == briefing)
        with self.engine.connect() as connection:
            return tuple(run_of(row) for row in connection.execute(query))

    def counts(self) -> dict[RunState, int]:
        """How many runs are in each state."""
        with self.engine.connect() as connection:
            rows = connection.execute(
                select(_r.state, func.count().label("runs")).group_by(_r.state).order_by(_r.state)
            ).all()
        return {row.state: row.runs for row in rows}

    def prune(self) -> int:
        """Forget what is of no use any more, and give how many runs that were: see ``KEPT`` and ``UNCHANGED_KEPT``.

        The last run of a briefing stays, whenever it was. Answered due times go with the runs that changed nothing: what
        lies before a schedule's last look is never planned again.
        """
        with writing_runs(self.engine) as connection:
            now = time_of(connection)
            last = select(func.max(_r.n)).group_by(_r.briefing)
            old = (_r.state.in_(sorted(OVER)) & (_r.ended_at < written(now - KEPT))) | (
                (_r.state == "unchanged") & (_r.ended_at < written(now - UNCHANGED_KEPT))
            )
            gone = connection.execute(select(_r.n).where(old & _r.n.not_in(last))).scalars().all()
            for n in gone:
                connection.execute(delete(t.run_lines).where(t.run_lines.c.run == n))
                connection.execute(delete(t.runs).where(_r.n == n))
            answered = _d.run.is_not(None) & (_d.at < written(now - UNCHANGED_KEPT))
            connection.execute(delete(t.due_times).where(answered))
            return len(gone)

    def next_ready(self) -> datetime | None:
        """When the next run that waits may begin, or a lease of one under way is over; None where there is neither."""
        with self.engine.connect() as connection:
            ready = connection.execute(select(func.min(_r.ready_at)).where(_r.state == "queued")).scalar()
            over = connection.execute(select(func.min(_r.lease_until)).where(_r.state == "running")).scalar()
        times = [datetime.fromisoformat(at) for at in (ready, over) if at]
        return min(times, default=None)


def _again(connection: Connection, row: Row[Any], why: str, now: datetime, ready_in: timedelta) -> None:
    """Let a run wait again; where another one waits by now it is that one's, and after too many tries it has failed."""
    waiting = select(_r.n).where((_r.briefing == row.briefing) & (_r.state == "queued"))
    other = connection.execute(waiting).scalar()
    over = {"ended_at": written(now), "lease_until": None, "owner": "", "step": ""}
    if row.tries >= MOST_TRIES:
        told = f"given up after {row.tries} tries: {why}"
        values = {"state": "failed", "reason": told, **over}
    elif other is not None:
        told = f"r{other} is made instead: {why}"
        values = {"state": "failed", "reason": told, **over}
    else:
        told = f"waits again: {why}"
        values = {"state": "queued", "ready_at": written(now + ready_in), "owner": "", "lease_until": None}
        values["step"] = ""
    connection.execute(update(t.runs).where(_r.n == row.n).values(values))
    note_line(connection, row.n, told, now)
