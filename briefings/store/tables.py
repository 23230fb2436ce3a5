"""The tables as they are today; how an older store gets there is in ``migrations``."""

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, Table, Text, text

metadata = MetaData()


def _source() -> Column[str]:
    return Column("sha256", Text, ForeignKey("sources.sha256", ondelete="CASCADE"), nullable=False)


def _document() -> Column[str]:
    return Column("document", Text, ForeignKey("documents.id", ondelete="CASCADE"), nullable=False)


schema_version = Table("schema_version", metadata, Column("version", Integer, primary_key=True))

sources = Table(
    "sources",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("media", Text, nullable=False),
    Column("size", Integer),
    Column("encoding", Text),
    Column("text", Text, nullable=False),
    Column("layout", Text, nullable=False),
    Column("taken_at", Text, nullable=False),
)

names = Table(
    "names",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("name", Text, primary_key=True),
    Column("at", Text, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("id", Text, primary_key=True),
    _source(),
    Column("ordinal", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("issuer", Text),
    Column("place", Text),
    Column("period", Text),
    Column("published", Text),
    Column("genre", Text, nullable=False),
    Column("flags", Text, nullable=False),
    Column("record", Text, nullable=False),
    Index("documents_of_source", "sha256"),
)

facts = Table(
    "facts",
    metadata,
    Column("id", Text, primary_key=True),
    _document(),
    Column("seq", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("unit", Text),
    Column("indicator", Text, nullable=False),
    Column("canonical", Text),
    Column("basis", Text),
    Column("period", Text),
    Column("scope", Text),
    Column("status", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("record", Text, nullable=False),
    Index("facts_of_document", "document"),
    Index("facts_of_canonical", "canonical"),
)

measures = Table(
    "measures",
    metadata,
    Column("id", Text, primary_key=True),
    _document(),
    Column("seq", Integer, nullable=False),
    Column("role", Text, nullable=False),
    Column("theme", Text),
    Column("record", Text, nullable=False),
    Index("measures_of_document", "document"),
)

problems = Table(
    "problems",
    metadata,
    Column("sha256", Text, ForeignKey("sources.sha256", ondelete="CASCADE"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("document", Text),
    Column("code", Text, nullable=False),
    Column("severity", Text, nullable=False),
    Column("record", Text, nullable=False),
)

absent = Table(
    "absent",
    metadata,
    Column("sha256", Text, ForeignKey("sources.sha256", ondelete="CASCADE"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("title", Text, nullable=False),
)

quarantine = Table(
    "quarantine",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("record", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("version", Text, nullable=False),
    Column("at", Text, nullable=False),
)

arrivals = Table(
    "arrivals",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("n", Integer, nullable=False),
)

choices = Table(
    "choices",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("document", Text, nullable=False),
    Column("choice", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Text, nullable=False),
)

overrides = Table(
    "overrides",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("target", Text, nullable=False),
    Column("field", Text, nullable=False),
    Column("value", Text),
    Column("author", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Text, nullable=False),
)

corrections = Table(
    "corrections",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("sha256", Text, nullable=False),
    Column("fact", Text, nullable=False),
    Column("record", Text, nullable=False),
    Index("corrections_of_source", "sha256"),
)

correction_events = Table(
    "correction_events",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("correction", Text, nullable=False),
    Column("decision", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Text, nullable=False),
)

replaced = Table(
    "replaced",
    metadata,
    Column("document", Text, ForeignKey("documents.id", ondelete="CASCADE"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("record", Text, nullable=False),
)

decisions = Table(
    "decisions",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("promise", Text, nullable=False),
    Column("promised", Text, nullable=False),
    Column("plan", Text, nullable=False),
    Column("verdict", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("first", Integer),
    Column("last", Integer),
    Column("text", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", Text, nullable=False),
)

editions = Table(
    "editions",
    metadata,
    Column("briefing", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("n", Integer, nullable=False),
    Column("fingerprint", Text, nullable=False),
    Column("folder", Text, nullable=False),
    Column("files", Text, nullable=False),
    Column("published_at", Text, nullable=False),
)

schedules = Table(
    "schedules",
    metadata,
    Column("id", Text, primary_key=True),
    Column("definition", Text, nullable=False),
    Column("planned_until", Text, nullable=False),
    Column("paused", Integer, nullable=False),
)

due_times = Table(
    "due_times",
    metadata,
    Column("schedule", Text, primary_key=True),
    Column("at", Text, primary_key=True),
    Column("briefing", Text, nullable=False),
    Column("run", Integer),
    Column("owner", Text, nullable=False),
    Index("due_times_waiting", "at", sqlite_where=text("run IS NULL"), postgresql_where=text("run IS NULL")),
)

_QUEUED, _RUNNING = text("state = 'queued'"), text("state = 'running'")
runs = Table(
    "runs",
    metadata,
    Column("n", Integer, primary_key=True, autoincrement=False),
    Column("briefing", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("asked_at", Text, nullable=False),
    Column("ready_at", Text, nullable=False),
    Column("started_at", Text),
    Column("ended_at", Text),
    Column("reason", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("owner", Text, nullable=False),
    Column("lease_until", Text),
    Column("edition", Text, nullable=False),
    Column("step", Text, nullable=False, server_default=""),
    Index("runs_one_queued", "briefing", unique=True, sqlite_where=_QUEUED, postgresql_where=_QUEUED),
    Index("runs_one_running", "briefing", unique=True, sqlite_where=_RUNNING, postgresql_where=_RUNNING),
)

run_lines = Table(
    "run_lines",
    metadata,
    Column("run", Integer, ForeignKey("runs.n", ondelete="CASCADE"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("text", Text, nullable=False),
)

news = Table(
    "news",
    metadata,
    Column("sha256", Text, primary_key=True),
    Column("n", Integer, nullable=False),
)

choices_of_briefings = Table(
    "choices_of_briefings",
    metadata,
    Column("briefing", Text, primary_key=True),
    Column("record", Text, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", Text, primary_key=True),
    Column("briefing", Text, nullable=False),
    Column("edition", Text, nullable=False),
    Column("mailbox", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("attach", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("queued_at", Text, nullable=False),
    Column("due_at", Text, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("said", Text, nullable=False),
    Column("sent_at", Text),
    Column("data_at", Text),
    Column("owner", Text, nullable=False),
    Column("token", Text, nullable=False),
    Column("lease_until", Text),
    Index("outbox_once", "briefing", "edition", "mailbox", unique=True),
    Index("outbox_by_state", "state", "due_at"),
)

outbox_events = Table(
    "outbox_events",
    metadata,
    Column("letter", Text, ForeignKey("outbox.id", ondelete="CASCADE"), primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("at", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("said", Text, nullable=False),
    Column("author", Text, nullable=False),
)

publishing = Table(
    "publishing",
    metadata,
    Column("briefing", Text, primary_key=True),
    Column("fingerprint", Text, primary_key=True),
    Column("at", Text, nullable=False),
)

users = Table(
    "users",
    metadata,
    Column("name", Text, primary_key=True),
    Column("role", Text, nullable=False),
    Column("password", Text, nullable=False),
    Column("made_at", Text, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("csrf", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("until", Text, nullable=False),
)

tokens = Table(
    "tokens",
    metadata,
    Column("id", Text, primary_key=True),
    Column("hash", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("made_at", Text, nullable=False),
    Column("until", Text, nullable=False),
    Index("tokens_by_hash", "hash", unique=True),
)

answered = Table(
    "answered",
    metadata,
    Column("person", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("request", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("status", Integer),
    Column("headers", Text, nullable=False, server_default=""),
    Column("body", Text, nullable=False, server_default=""),
)
