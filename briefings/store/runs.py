"""Due times and runs as rows: each due time is answered once, each briefing is made by one process at a time.

All times are the database's own. Every write is one short transaction that takes the write lock at its start, and what
must be single is a unique key: two processes on one store cannot both win.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Row, and_, delete, func, insert, select, text, update

from briefings.errors import UsageError
from briefings.records.run import Due, Ended, Run, RunKind, RunLine, Schedule, ScheduleState
from briefings.store import tables as t
from briefings.store.engine import writing
from briefings.store.times import read_time, time_of, written

MOST_TRIES = 3
"""So often a run is begun: one that its process does not survive would otherwise stop the service for good."""
WRONG_CLOCK = timedelta(hours=1)
"""A clock set back by less only waits for itself; by more it had been wrong, and what was due in the future is not."""
Ready = Callable[[datetime, datetime], datetime]
"""When a run may begin, from the times it was asked for first and last."""
_r, _d, _s = t.runs.c, t.due_times.c, t.schedules.c


class Runs:
    """The due times, the runs and their logs."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def now(self) -> datetime:
        """The database's time."""
        with self.engine.connect() as connection:
            return time_of(connection)

    # Schedules and due times

    def schedules(self) -> tuple[ScheduleState, ...]:
        """What is known of every schedule that was ever seen, by id."""
        with self.engine.connect() as connection:
            rows = connection.execute(select(t.schedules).order_by(_s.id)).all()
        return tuple(_schedule_state(row) for row in rows)

    def plan(self, schedules: Sequence[Schedule], due: "Plan") -> tuple[Due, ...]:
        """Write what became due since the last look as rows, and give those that are new.

        A schedule that is seen for the first time, in another form than before, or paused counts from now on. ``due`` says
        what is due of some schedules after one time and up to another.
        """
        with writing_runs(self.engine) as connection:
            now = time_of(connection)
            known = {row.id: _schedule_state(row) for row in connection.execute(select(t.schedules))}
            fresh: list[Due] = []
            for schedule in schedules:
                state = known.get(schedule.id)
                if state and not state.paused and state.definition == definition(schedule):
                    if now < state.planned_until < now + WRONG_CLOCK:
                        continue
                    if state.planned_until > now:
                        _take_back(connection, schedule.id, now)
                    fresh += due((schedule,), state.planned_until, now)
                _seen(connection, schedule, now, state)
            held = [one for one in fresh if not _is_row(connection, one)]
            if held:
                rows = [
                    {"schedule": one.schedule, "at": written(one.at), "briefing": one.briefing, "owner": ""}
                    for one in held
                ]
                connection.execute(insert(t.due_times), rows)
        return tuple(held)

    def claim_due(self, owner: str, most: int | None = None) -> tuple[Due, ...]:
        """Take due times that nothing answers yet, the oldest first, and ask for a run of each one's briefing.

        A due time gets its run in the transaction that asks for it, so that a process that dies leaves it either waiting or
        answered. Several of one briefing are answered by one run.
        """
        with writing_runs(self.engine) as connection:
            now = time_of(connection)
            query = select(t.due_times).where(_d.run.is_(None)).order_by(_d.at, _d.schedule)
            taken = []
            for row in connection.execute(query.limit(most)).all():
                told = f"schedule {row.schedule} was due at {_short(row.at)}"
                n = number(queue(connection, row.briefing, "schedule", told, now, None).id)
                key = and_(_d.schedule == row.schedule, _d.at == row.at, _d.run.is_(None))
                connection.execute(update(t.due_times).where(key).values(run=n, owner=owner))
                taken.append(_due(row, n))
        return tuple(taken)

    def due(self, schedule: str | None = None) -> tuple[Due, ...]:
        """The due times that are rows, the oldest first."""
        query = select(t.due_times).order_by(_d.at, _d.schedule)
        if schedule is not None:
            query = query.where(_d.schedule == schedule)
        with self.engine.connect() as connection:
            return tuple(_due(row, row.run) for row in connection.execute(query))

    def pause(self, schedule: Schedule) -> None:
        """Let a schedule rest: what falls due from now on until it is resumed is left out."""
        self._set_paused(schedule, 1)

    def resume(self, schedule: Schedule) -> None:
        """Let a schedule go on from now."""
        self._set_paused(schedule, 0)

    def _set_paused(self, schedule: Schedule, paused: int) -> None:
        with writing_runs(self.engine) as connection:
            now = time_of(connection)
            held = connection.execute(select(t.schedules).where(_s.id == schedule.id)).first()
            _seen(connection, schedule, now, _schedule_state(held) if held else None)
            connection.execute(update(t.schedules).where(_s.id == schedule.id).values(paused=paused))

    # Runs

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
            _line(connection, n, f"begun by {owner}", now)
            return _one(connection, n)

    def renew(self, run: str, owner: str, lease: timedelta) -> bool:
        """Hold a run for ``lease`` from now on; False where it is not ``owner``'s any more."""
        with writing_runs(self.engine) as connection:
            held = (_r.n == number(run)) & (_r.owner == owner) & (_r.state == "running")
            until = written(time_of(connection) + lease)
            return connection.execute(update(t.runs).where(held).values(lease_until=until)).rowcount == 1

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
            }
            if connection.execute(update(t.runs).where(held).values(values)).rowcount != 1:
                return False
            _line(
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
            return tuple(_one(connection, row.n) for row in rows)

    def note(self, run: str, line: str) -> None:
        """Add a line to a run's log."""
        with writing_runs(self.engine) as connection:
            _line(connection, number(run), line, time_of(connection))

    def run(self, id_: str) -> Run:
        """The run with that id. Raises ``UsageError`` where there is none."""
        with self.engine.connect() as connection:
            return _one(connection, number(id_))

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
            return tuple(_run(row) for row in connection.execute(query))

    def next_ready(self) -> datetime | None:
        """When the next run that waits may begin, or a lease of one under way is over; None where there is neither."""
        with self.engine.connect() as connection:
            ready = connection.execute(select(func.min(_r.ready_at)).where(_r.state == "queued")).scalar()
            over = connection.execute(select(func.min(_r.lease_until)).where(_r.state == "running")).scalar()
        times = [datetime.fromisoformat(at) for at in (ready, over) if at]
        return min(times, default=None)


Plan = Callable[[Sequence[Schedule], datetime, datetime], Sequence[Due]]
"""What is due of some schedules after one time and up to another."""


def definition(schedule: Schedule) -> str:
    """What makes a schedule another one."""
    days = " workdays" if schedule.workdays else ""
    return f"{schedule.briefing}: {schedule.expression} {schedule.timezone}{days}"


def number(run: str) -> int:
    """The number of a run from its id, ``r12``. Raises ``UsageError`` for what is no id of a run."""
    digits = run.removeprefix("r")
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 9:
        raise UsageError(f"There is no run {run!r}; `briefings runs` lists them.")
    return int(digits)


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
    _line(connection, n, f"asked for: {why}", now)
    return _one(connection, n)


def _again(connection: Connection, row: Row[Any], why: str, now: datetime, ready_in: timedelta) -> None:
    """Let a run wait again; where another one waits by now it is that one's, and after too many tries it has failed."""
    waiting = select(_r.n).where((_r.briefing == row.briefing) & (_r.state == "queued"))
    other = connection.execute(waiting).scalar()
    over = {"ended_at": written(now), "lease_until": None, "owner": ""}
    if row.tries >= MOST_TRIES:
        told = f"given up after {row.tries} tries: {why}"
        values = {"state": "failed", "reason": told, **over}
    elif other is not None:
        told = f"r{other} is made instead: {why}"
        values = {"state": "failed", "reason": told, **over}
    else:
        told = f"waits again: {why}"
        values = {"state": "queued", "ready_at": written(now + ready_in), "owner": "", "lease_until": None}
    connection.execute(update(t.runs).where(_r.n == row.n).values(values))
    _line(connection, row.n, told, now)


def _seen(connection: Connection, schedule: Schedule, now: datetime, state: ScheduleState | None) -> None:
    values = {"definition": definition(schedule), "planned_until": written(now)}
    if state is None:
        connection.execute(insert(t.schedules), {"id": schedule.id, "paused": 0, **values})
    else:
        connection.execute(update(t.schedules).where(_s.id == schedule.id).values(values))


def _take_back(connection: Connection, schedule: str, now: datetime) -> None:
    """Forget what was due in a time that is still to come: the clock had been ahead, and it will be due then."""
    connection.execute(delete(t.due_times).where((_d.schedule == schedule) & (_d.at > written(now))))


def _is_row(connection: Connection, due: Due) -> bool:
    key = (_d.schedule == due.schedule) & (_d.at == written(due.at))
    return connection.execute(select(_d.at).where(key)).first() is not None


def _line(connection: Connection, n: int, line: str, now: datetime) -> None:
    c = t.run_lines.c
    last = connection.execute(select(func.max(c.seq)).where(c.run == n)).scalar() or 0
    connection.execute(insert(t.run_lines), {"run": n, "seq": last + 1, "at": written(now), "text": line})


def _one(connection: Connection, n: int) -> Run:
    row = connection.execute(select(t.runs).where(_r.n == n)).first()
    if row is None:
        raise UsageError(f"There is no run 'r{n}'; `briefings runs` lists them.")
    return _run(row)


def _run(row: Row[Any]) -> Run:
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
    )


def _due(row: Row[Any], run: int | None) -> Due:
    return Due(row.schedule, row.briefing, datetime.fromisoformat(row.at), f"r{run}" if run else "")


def _schedule_state(row: Row[Any]) -> ScheduleState:
    return ScheduleState(row.id, row.definition, datetime.fromisoformat(row.planned_until), bool(row.paused))


def _short(at: str) -> str:
    return at[:16] + "Z"
