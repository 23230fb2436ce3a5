"""Small numbered steps that bring a store from the version it was written in to today's.

A step, once released, is never edited: a change of ``tables`` is a new step at the end. The SQL is what SQLite and
PostgreSQL both read; text is ordered by code points in both, whatever the language of a server's database.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, Engine, inspect, text

from briefings.store.engine import StoreRefused, writing

Step = tuple[str, ...]

_SOURCE = "sha256 TEXT NOT NULL REFERENCES sources (sha256) ON DELETE CASCADE"
_DOCUMENT = "document TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE"

FIRST: Step = (
    """CREATE TABLE sources (sha256 TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, media TEXT NOT NULL, size INTEGER,
    encoding TEXT, text TEXT NOT NULL, layout TEXT NOT NULL, taken_at TEXT NOT NULL)""",
    "CREATE TABLE names (sha256 TEXT NOT NULL, name TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (sha256, name))",
    f"""CREATE TABLE documents (id TEXT NOT NULL PRIMARY KEY, {_SOURCE}, ordinal INTEGER NOT NULL, title TEXT NOT NULL,
    issuer TEXT, place TEXT, period TEXT, published TEXT, genre TEXT NOT NULL, flags TEXT NOT NULL,
    record TEXT NOT NULL)""",
    "CREATE INDEX documents_of_source ON documents (sha256)",
    f"""CREATE TABLE facts (id TEXT NOT NULL PRIMARY KEY, {_DOCUMENT}, seq INTEGER NOT NULL, kind TEXT NOT NULL,
    value TEXT NOT NULL, unit TEXT, indicator TEXT NOT NULL, canonical TEXT, basis TEXT, period TEXT, scope TEXT,
    status TEXT NOT NULL, role TEXT NOT NULL, record TEXT NOT NULL)""",
    "CREATE INDEX facts_of_document ON facts (document)",
    "CREATE INDEX facts_of_canonical ON facts (canonical)",
    f"""CREATE TABLE measures (id TEXT NOT NULL PRIMARY KEY, {_DOCUMENT}, seq INTEGER NOT NULL, role TEXT NOT NULL,
    theme TEXT, record TEXT NOT NULL)""",
    "CREATE INDEX measures_of_document ON measures (document)",
    f"""CREATE TABLE problems ({_SOURCE}, seq INTEGER NOT NULL, document TEXT, code TEXT NOT NULL,
    severity TEXT NOT NULL, record TEXT NOT NULL, PRIMARY KEY (sha256, seq))""",
    f"CREATE TABLE absent ({_SOURCE}, seq INTEGER NOT NULL, title TEXT NOT NULL, PRIMARY KEY (sha256, seq))",
    """CREATE TABLE quarantine (sha256 TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, record TEXT NOT NULL,
    tries INTEGER NOT NULL, version TEXT NOT NULL, at TEXT NOT NULL)""",
    """CREATE TABLE overrides (n INTEGER NOT NULL PRIMARY KEY, target TEXT NOT NULL, field TEXT NOT NULL, value TEXT,
    author TEXT NOT NULL, reason TEXT NOT NULL, at TEXT NOT NULL)""",
    """CREATE TABLE editions (briefing TEXT NOT NULL, id TEXT NOT NULL, n INTEGER NOT NULL, fingerprint TEXT NOT NULL,
    folder TEXT NOT NULL, files TEXT NOT NULL, published_at TEXT NOT NULL, PRIMARY KEY (briefing, id))""",
)

CORRECTIONS: Step = (
    """CREATE TABLE corrections (n INTEGER NOT NULL PRIMARY KEY, sha256 TEXT NOT NULL, fact TEXT NOT NULL,
    record TEXT NOT NULL)""",
    "CREATE INDEX corrections_of_source ON corrections (sha256)",
    """CREATE TABLE correction_events (n INTEGER NOT NULL PRIMARY KEY, correction TEXT NOT NULL,
    decision TEXT NOT NULL, sha256 TEXT NOT NULL, author TEXT NOT NULL, reason TEXT NOT NULL, at TEXT NOT NULL)""",
    f"CREATE TABLE replaced ({_DOCUMENT}, seq INTEGER NOT NULL, record TEXT NOT NULL, PRIMARY KEY (document, seq))",
)
"""What people correct, what became of it, and the facts found that gave way to a correction."""

VERSIONS: Step = (
    "CREATE TABLE arrivals (sha256 TEXT NOT NULL PRIMARY KEY, n INTEGER NOT NULL)",
    """INSERT INTO arrivals (sha256, n) SELECT sha256, row_number() OVER (ORDER BY min(at), min(name), sha256)
    FROM names GROUP BY sha256""",
    """CREATE TABLE choices (n INTEGER NOT NULL PRIMARY KEY, document TEXT NOT NULL, choice TEXT NOT NULL,
    author TEXT NOT NULL, reason TEXT NOT NULL, at TEXT NOT NULL)""",
)
"""The order in which sources came, and which of a document's versions a person wants to stand."""

DECISIONS: Step = (
    """CREATE TABLE decisions (n INTEGER NOT NULL PRIMARY KEY, promise TEXT NOT NULL, promised TEXT NOT NULL,
    plan TEXT NOT NULL, verdict TEXT NOT NULL, document TEXT NOT NULL, first INTEGER, last INTEGER, text TEXT NOT NULL,
    state TEXT NOT NULL, author TEXT NOT NULL, reason TEXT NOT NULL, at TEXT NOT NULL)""",
)
"""What people decided about promises."""

RUNS: Step = (
    """CREATE TABLE schedules (id TEXT NOT NULL PRIMARY KEY, definition TEXT NOT NULL, planned_until TEXT NOT NULL,
    paused INTEGER NOT NULL)""",
    """CREATE TABLE due_times (schedule TEXT NOT NULL, at TEXT NOT NULL, briefing TEXT NOT NULL, run INTEGER,
    owner TEXT NOT NULL, PRIMARY KEY (schedule, at))""",
    "CREATE INDEX due_times_waiting ON due_times (at) WHERE run IS NULL",
    """CREATE TABLE runs (n INTEGER NOT NULL PRIMARY KEY, briefing TEXT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL,
    asked_at TEXT NOT NULL, ready_at TEXT NOT NULL, started_at TEXT, ended_at TEXT, reason TEXT NOT NULL,
    tries INTEGER NOT NULL, owner TEXT NOT NULL, lease_until TEXT, edition TEXT NOT NULL)""",
    "CREATE UNIQUE INDEX runs_one_queued ON runs (briefing) WHERE state = 'queued'",
    "CREATE UNIQUE INDEX runs_one_running ON runs (briefing) WHERE state = 'running'",
    """CREATE TABLE run_lines (run INTEGER NOT NULL REFERENCES runs (n) ON DELETE CASCADE, seq INTEGER NOT NULL,
    at TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (run, seq))""",
    "CREATE TABLE news (sha256 TEXT NOT NULL PRIMARY KEY, n INTEGER NOT NULL)",
    "CREATE TABLE choices_of_briefings (briefing TEXT NOT NULL PRIMARY KEY, record TEXT NOT NULL)",
)
"""When briefings are due, who asked for them and what became of it; sources whose facts changed since the last look."""

OUTBOX: Step = (
    """CREATE TABLE outbox (id TEXT NOT NULL PRIMARY KEY, briefing TEXT NOT NULL, edition TEXT NOT NULL,
    mailbox TEXT NOT NULL, address TEXT NOT NULL, name TEXT NOT NULL, attach TEXT NOT NULL, language TEXT NOT NULL,
    state TEXT NOT NULL, queued_at TEXT NOT NULL, due_at TEXT NOT NULL, tries INTEGER NOT NULL, said TEXT NOT NULL,
    sent_at TEXT, data_at TEXT, owner TEXT NOT NULL, token TEXT NOT NULL, lease_until TEXT)""",
    "CREATE UNIQUE INDEX outbox_once ON outbox (briefing, edition, mailbox)",
    "CREATE INDEX outbox_by_state ON outbox (state, due_at)",
    """CREATE TABLE outbox_events (letter TEXT NOT NULL REFERENCES outbox (id) ON DELETE CASCADE, seq INTEGER NOT NULL,
    at TEXT NOT NULL, state TEXT NOT NULL, said TEXT NOT NULL, author TEXT NOT NULL, PRIMARY KEY (letter, seq))""",
    """CREATE TABLE publishing (briefing TEXT NOT NULL, fingerprint TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (briefing, fingerprint))""",
)
"""Letters with what became of them, and the editions that are being published: their letters are not written yet."""

USERS: Step = (
    """CREATE TABLE users (name TEXT NOT NULL PRIMARY KEY, role TEXT NOT NULL, password TEXT NOT NULL,
    made_at TEXT NOT NULL)""",
    """CREATE TABLE sessions (hash TEXT NOT NULL PRIMARY KEY, person TEXT NOT NULL, csrf TEXT NOT NULL,
    made_at TEXT NOT NULL, until TEXT NOT NULL)""",
    """CREATE TABLE tokens (id TEXT NOT NULL PRIMARY KEY, hash TEXT NOT NULL, person TEXT NOT NULL, note TEXT NOT NULL,
    made_at TEXT NOT NULL, until TEXT NOT NULL)""",
    "CREATE UNIQUE INDEX tokens_by_hash ON tokens (hash)",
)
"""Who may use the page; of passwords and tokens only hashes."""

PROGRESS: Step = ("ALTER TABLE runs ADD COLUMN step TEXT NOT NULL DEFAULT ''",)
"""What a run is at."""

ANSWERED: Step = (
    """CREATE TABLE answered (person TEXT NOT NULL, key TEXT NOT NULL, request TEXT NOT NULL, at TEXT NOT NULL,
    status INTEGER, headers TEXT NOT NULL DEFAULT '', body TEXT NOT NULL DEFAULT '', PRIMARY KEY (person, key))""",
)
"""Answers to requests that carry a key of their own."""

STEPS: tuple[Step, ...] = (
    FIRST, CORRECTIONS, VERSIONS, DECISIONS, RUNS, OUTBOX, USERS, PROGRESS, ANSWERED
)  # fmt: skip


def version(connection: Connection) -> int:
    """The version the store was written in; 0 for an empty database."""
    if not inspect(connection).has_table("schema_version"):
        return 0
    return int(connection.execute(text("SELECT max(version) FROM schema_version")).scalar() or 0)


def upgrade(engine: Engine, steps: Sequence[Step] = STEPS) -> int:
    """Bring the store to version ``len(steps)``, all steps in one transaction, and give the version it had before.

    Raises ``StoreRefused`` for a store of a later version.
    """
    with engine.connect() as connection:
        before = version(connection)
    if before > len(steps):
        raise StoreRefused(
            f"The store has version {before}, written by a newer briefings; this one knows up to {len(steps)}. "
            "Update briefings or point it to another store."
        )
    if before == len(steps):
        return before
    with writing(engine) as connection:
        # Another process may have upgraded between the look and the lock.
        before = version(connection)
        if before == 0:
            connection.execute(
                text("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL PRIMARY KEY)")
            )
        for number, step in enumerate(steps[before:], before + 1):
            for statement in step:
                connection.execute(text(_said_to(connection.dialect.name, statement)))
            connection.execute(text("INSERT INTO schema_version (version) VALUES (:n)"), {"n": number})
    return before


def _said_to(dialect: str, statement: str) -> str:
    return statement.replace(" TEXT", ' TEXT COLLATE "C"') if dialect == "postgresql" else statement
