"""The database's own time: of two processes, and of two machines, it is the same."""

from datetime import UTC, datetime

from sqlalchemy import Connection, text

_SQL = {
    "sqlite": "SELECT strftime('%Y-%m-%dT%H:%M:%f', 'now')",
    "postgresql": "SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS')",
}


def time_of(connection: Connection) -> datetime:
    """The time in UTC, to the millisecond, as the database has it."""
    said = connection.execute(text(_SQL[connection.dialect.name])).scalar_one()
    return datetime.fromisoformat(said).replace(tzinfo=UTC)


def written(at: datetime) -> str:
    """A time as its column holds it: in UTC and of one length, so that the order of texts is the order of times."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds")


def read_time(text_: str | None) -> datetime | None:
    """The time that ``written`` wrote; None for none."""
    return datetime.fromisoformat(text_) if text_ else None
