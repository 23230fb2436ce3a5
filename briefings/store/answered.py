"""What was answered to a request with a key of its own, so that the same request again gets the same answer, done once."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from sqlalchemy import Engine, and_, delete, insert, select, update

from briefings.store import tables as t
from briefings.store.engine import writing
from briefings.store.times import time_of, written

KEPT = timedelta(hours=24)
"""For how long a key stands for its request."""
DEAD = timedelta(minutes=15)
"""After so long a request without an answer is held to have died with its process: it may be made again."""
_a = t.answered.c


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer as it was given."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: str


class Answered:
    """The answers by person and key; times are the database's."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def begin(self, person: str, key: str, request: str) -> Answer | Literal["new", "other", "under way"]:
        """Take ``key`` for ``request`` (a digest), or say what it stands for: its answer, another request, one under way."""
        mine = and_(_a.person == person, _a.key == key)
        with writing(self.engine) as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("LOCK TABLE answered IN SHARE ROW EXCLUSIVE MODE")
            now = time_of(connection)
            dead = and_(_a.status.is_(None), _a.at < written(now - DEAD))
            connection.execute(delete(t.answered).where((_a.at < written(now - KEPT)) | dead))
            row = connection.execute(select(t.answered).where(mine)).first()
            if row is None:
                made = {"person": person, "key": key, "request": request, "at": written(now)}
                connection.execute(insert(t.answered), made)
                return "new"
        if row.request != request:
            return "other"
        if row.status is None:
            return "under way"
        return Answer(row.status, tuple((n, v) for n, v in json.loads(row.headers)), row.body)

    def end(self, person: str, key: str, answer: Answer | None) -> None:
        """Keep the answer of a request that was begun; None lets it be made again."""
        mine = and_(_a.person == person, _a.key == key, _a.status.is_(None))
        with writing(self.engine) as connection:
            if answer is None:
                connection.execute(delete(t.answered).where(mine))
                return
            values = {"status": answer.status, "headers": json.dumps(answer.headers), "body": answer.body}
            connection.execute(update(t.answered).where(mine).values(**values))
