"""Sources whose facts or metadata changed and whose briefings have not been looked at since: whoever dies, it stays said.

A row is written in the transaction that changes the source, by whichever process, and goes in the transaction that asks
for the runs it leads to.
"""

import json
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from briefings.records.run import Run
from briefings.store import tables as t
from briefings.store.run_rows import Ready, queue, writing_runs
from briefings.store.times import time_of

_n, _c = t.news.c, t.choices_of_briefings.c


def note_news(connection: Connection, sources: Iterable[str]) -> None:
    """Note that these sources, by sha256, changed."""
    n = connection.execute(select(func.max(_n.n))).scalar() or 0
    for sha256 in dict.fromkeys(sources):
        n += 1
        held = connection.execute(select(_n.sha256).where(_n.sha256 == sha256)).first()
        if held:
            connection.execute(update(t.news).where(_n.sha256 == sha256).values(n=n))
        else:
            connection.execute(insert(t.news), {"sha256": sha256, "n": n})


def read_news(engine: Engine) -> dict[str, int]:
    """The sources that changed, by sha256, each with a number that grows when it changes again."""
    with engine.connect() as connection:
        return {row.sha256: row.n for row in connection.execute(select(t.news).order_by(_n.n))}


def read_choices(engine: Engine) -> dict[str, frozenset[str]]:
    """By briefing, the ids of the documents it spoke of when that was last looked at."""
    with engine.connect() as connection:
        rows = connection.execute(select(t.choices_of_briefings)).all()
    return {row.briefing: frozenset(json.loads(row.record)) for row in rows}


def settle_news(
    engine: Engine,
    news: Mapping[str, int],
    choices: Mapping[str, frozenset[str]],
    asked: Mapping[str, str],
    ready: Ready,
) -> tuple[Run, ...]:
    """Ask for runs of the briefings of ``asked``, each with why, and hold ``news`` as seen to.

    A source of ``news`` that has changed again in the meantime stays news. ``choices`` are what the briefings speak of now.
    """
    with writing_runs(engine) as connection:
        now = time_of(connection)
        for sha256, n in news.items():
            connection.execute(delete(t.news).where((_n.sha256 == sha256) & (_n.n == n)))
        for briefing, documents in choices.items():
            connection.execute(delete(t.choices_of_briefings).where(_c.briefing == briefing))
            row = {"briefing": briefing, "record": json.dumps(sorted(documents))}
            connection.execute(insert(t.choices_of_briefings), row)
        return tuple(
            queue(connection, briefing, "new_input", why, now, ready) for briefing, why in asked.items()
        )
