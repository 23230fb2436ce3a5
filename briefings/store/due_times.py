"""Due times of schedules as rows, unique for each schedule and time: planned once, answered once."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Row, and_, delete, insert, select, update

from briefings.records.run import Due, Schedule, ScheduleState
from briefings.store import tables as t
from briefings.store.run_rows import number, queue, writing_runs
from briefings.store.times import time_of, written

WRONG_CLOCK = timedelta(hours=1)
"""A clock set back by less only waits for itself; by more it had been wrong, and what was due in the future is not."""
Plan = Callable[[Sequence[Schedule], datetime, datetime], Sequence[Due]]
"""What is due of some schedules after one time and up to another."""
_d, _s = t.due_times.c, t.schedules.c


def read_schedules(engine: Engine) -> tuple[ScheduleState, ...]:
    """What is known of every schedule that was ever seen, by id."""
    with engine.connect() as connection:
        rows = connection.execute(select(t.schedules).order_by(_s.id)).all()
    return tuple(_schedule_state(row) for row in rows)


def write_planned(engine: Engine, schedules: Sequence[Schedule], due: Plan) -> tuple[Due, ...]:
    """Write what became due since the last look, and give what is new; see ``Runs.plan``."""
    with writing_runs(engine) as connection:
        now = time_of(connection)
        known = {row.id: _schedule_state(row) for row in connection.execute(select(t.schedules))}
        planned: list[Due] = []
        for schedule in schedules:
            state = known.get(schedule.id)
            if state and not state.paused and state.definition == definition(schedule):
                if now < state.planned_until < now + WRONG_CLOCK:
                    continue
                if state.planned_until > now:
                    _take_back(connection, schedule.id, now)
                planned += due((schedule,), state.planned_until, now)
            _seen(connection, schedule, now, state)
        fresh = tuple(one for one in planned if not _is_row(connection, one))
        if fresh:
            rows = [
                {"schedule": one.schedule, "at": written(one.at), "briefing": one.briefing, "owner": ""}
                for one in fresh
            ]
            connection.execute(insert(t.due_times), rows)
    return fresh


def claim(engine: Engine, owner: str, most: int | None) -> tuple[Due, ...]:
    """Take due times that nothing answers yet, and ask for their runs; see ``Runs.claim_due``."""
    with writing_runs(engine) as connection:
        now = time_of(connection)
        query = select(t.due_times).where(_d.run.is_(None)).order_by(_d.at, _d.schedule)
        taken = []
        for row in connection.execute(query.limit(most)).all():
            told = f"schedule {row.schedule} was due at {row.at[:16]}Z"
            n = number(queue(connection, row.briefing, "schedule", told, now, None).id)
            key = and_(_d.schedule == row.schedule, _d.at == row.at, _d.run.is_(None))
            connection.execute(update(t.due_times).where(key).values(run=n, owner=owner))
            taken.append(_due(row, n))
    return tuple(taken)


def read_due(engine: Engine, schedule: str | None) -> tuple[Due, ...]:
    """The due times that are rows, the oldest first; of one schedule when given."""
    query = select(t.due_times).order_by(_d.at, _d.schedule)
    if schedule is not None:
        query = query.where(_d.schedule == schedule)
    with engine.connect() as connection:
        return tuple(_due(row, row.run) for row in connection.execute(query))


def save_paused(engine: Engine, schedule: Schedule, paused: bool) -> None:
    """Pause or resume a schedule; either way it counts from now on."""
    with writing_runs(engine) as connection:
        now = time_of(connection)
        held = connection.execute(select(t.schedules).where(_s.id == schedule.id)).first()
        _seen(connection, schedule, now, _schedule_state(held) if held else None)
        connection.execute(update(t.schedules).where(_s.id == schedule.id).values(paused=int(paused)))


def definition(schedule: Schedule) -> str:
    """What makes a schedule another one."""
    days = " workdays" if schedule.workdays else ""
    return f"{schedule.briefing}: {schedule.expression} {schedule.timezone}{days}"


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


def _due(row: Row[Any], run: int | None) -> Due:
    return Due(row.schedule, row.briefing, datetime.fromisoformat(row.at), f"r{run}" if run else "")


def _schedule_state(row: Row[Any]) -> ScheduleState:
    return ScheduleState(row.id, row.definition, datetime.fromisoformat(row.planned_until), bool(row.paused))
