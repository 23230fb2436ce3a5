"""Open a database so that it keeps its word: foreign keys, a busy timeout, short transactions, a safe journal.

SQLite and PostgreSQL behave alike: one writer at a time, who waits at the start of its transaction and not in the midst.
"""

import sqlite3
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import (
    ArgumentError,
    DatabaseError,
    DisconnectionError,
    NoSuchModuleError,
    OperationalError,
)
from sqlalchemy.exc import TimeoutError as PoolTimeout

from briefings.errors import BriefingsError
from briefings.store.nul import register

BUSY_MILLISECONDS = 15_000
SAFE_WAL = (3, 51, 3)
"""Before this version SQLite can lose a commit when a write-ahead log is reset by two processes."""
NETWORK = frozenset(
    {
        *("9p", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "gfs2", "gpfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2"),
        *("fuse.ceph-fuse", "fuse.cifs", "fuse.davfs2", "fuse.gcsfuse", "fuse.glusterfs", "fuse.goofys", "fuse.juicefs"),
        *("fuse.mount.nfs", "fuse.rclone", "fuse.s3fs", "fuse.smbnetfs", "fuse.sshfs", "glusterfs", "smb3", "smbfs"),
    }
)  # fmt: skip
WRITERS = 0x62726965
"""The advisory lock that writers of a store on PostgreSQL take for their transaction; it is held nowhere else."""
_FILE = "file"
MOUNTS = Path("/proc/self/mounts")


UNAVAILABLE = (OperationalError, PoolTimeout)
"""What the database answers while it is locked, full, read only or gone."""


class StoreRefused(BriefingsError):
    """The store cannot be used as it is: a newer briefings wrote it, or it lies where SQLite loses data."""


def journal_mode(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> str:
    """The journal that is safe with SQLite ``version``."""
    return "WAL" if version >= SAFE_WAL else "DELETE"


def file_system(path: Path, mounts: str) -> str:
    """The type of the file system that holds ``path``, from the text of ``/proc/self/mounts``; "" when not known."""
    best, found = -1, ""
    for line in mounts.splitlines():
        fields = line.split()
        if len(fields) < 3:
            continue
        point = Path(fields[1].encode().decode("unicode_escape"))
        if path.is_relative_to(point) and len(point.parts) >= best:
            best, found = len(point.parts), fields[2]
    return found


def database_url(url: str | Path) -> str:
    """``url`` as a SQLAlchemy URL; a plain path means an SQLite file, ``postgresql:`` the driver that we bring."""
    if "://" not in str(url):
        return f"sqlite:///{Path(url).resolve()}"
    scheme, rest = str(url).split("://", 1)
    return f"{'postgresql+psycopg' if scheme in ('postgres', 'postgresql') else scheme}://{rest}"


def connect(url: str | Path, *, create: bool = True) -> Engine:
    """An engine on ``url`` whose connections are set up; the folder of an SQLite file is made when ``create``.

    Raises ``StoreRefused`` for an SQLite file on a network file system, or a database that cannot be opened at all.
    """
    address = _address(url)
    if address.get_backend_name() == "postgresql":
        return _connect_server(address)
    if address.database:
        path = Path(address.database)
        kind = file_system(path, MOUNTS.read_text(encoding="utf-8") if MOUNTS.exists() else "")
        if kind in NETWORK:
            raise StoreRefused(
                f"{path} lies on a network file system ({kind}), where SQLite loses data; move it to a local disk."
            )
        if create:
            path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(address, hide_parameters=True)
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin_file)
    if address.database and not address.database.startswith((":", "file:")):
        _follow(engine, Path(address.database))
    try:
        with engine.connect():
            pass
    except DatabaseError as error:
        engine.dispose()
        raise StoreRefused(f"The store {address.database} cannot be opened: {error.orig}.") from error
    return engine


def writing(engine: Engine) -> AbstractContextManager[Connection]:
    """A transaction that takes the write lock at its start, so that it waits instead of failing half-way."""
    return engine.execution_options(writes=True).begin()


def inspect(url: str | Path) -> tuple[str, ...]:
    """What is wrong with the store at ``url``: a damaged file, rows that point nowhere; empty when sound or not yet made."""
    try:
        address = _address(url)
        if (
            address.get_backend_name() == "sqlite"
            and address.database
            and not Path(address.database).exists()
        ):
            return ()
        engine = connect(url, create=False)
    except StoreRefused as error:
        return (str(error),)
    try:
        with engine.connect() as connection:
            if engine.dialect.name != "sqlite":
                connection.execute(text("SELECT 1"))
                return ()
            said = [row[0] for row in connection.execute(text("PRAGMA quick_check"))]
            orphans = connection.execute(text("PRAGMA foreign_key_check")).all()
    except DatabaseError as error:
        return (f"The store cannot be read: {error.orig}.",)
    finally:
        engine.dispose()
    damage = tuple(f"The store is damaged: {line}." for line in said if line != "ok")
    return damage + tuple(f"A row of {row[0]} points to a missing row of {row[2]}." for row in orphans)


def _set_up(connection: Any, _: object) -> None:
    # The driver's own transaction handling commits before DDL; SQLAlchemy's "begin" event replaces it.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute(f"PRAGMA journal_mode = {journal_mode()}")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()


def _follow(engine: Engine, path: Path) -> None:
    """Let no connection go on with a file that another was put in the place of, as restoring a backup does."""

    def opened(_connection: Any, record: Any) -> None:
        record.info[_FILE] = _identity(path)

    def taken(_connection: Any, record: Any, _proxy: Any) -> None:
        there = _identity(path)
        if there is None:  # opening it would make an empty one
            raise OperationalError(None, None, sqlite3.OperationalError(f"{path.name} is not there"))
        if there != (record.info[_FILE] or there):
            raise DisconnectionError

    event.listen(engine, "connect", opened)
    event.listen(engine, "checkout", taken)


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


def _begin_file(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _begin_at_server(connection: Connection) -> None:
    # What is counted on (the next number, nobody else's row) is read and written as one, as in an SQLite file.
    if connection.get_execution_options().get("writes"):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS})")


def _address(url: str | Path) -> URL:
    try:
        address = make_url(database_url(url))
        known = address.get_backend_name() in ("sqlite", "postgresql")
    except ArgumentError:
        known = False
    if not known:
        raise StoreRefused(
            "The store's address is neither a path nor sqlite:///path nor postgresql://user@host/database."
        )
    return address


def _connect_server(address: URL) -> Engine:
    """An engine on PostgreSQL. No sentence names the address: it may hold the password."""
    try:
        engine = create_engine(
            address,
            hide_parameters=True,
            pool_pre_ping=True,  # the server may have been started anew meanwhile
            connect_args={"connect_timeout": 10},
        )
    except (ModuleNotFoundError, NoSuchModuleError):
        raise StoreRefused(
            "The driver of PostgreSQL is missing; install briefings with it: pip install 'briefings[postgres]'."
        ) from None
    event.listen(engine, "connect", _set_up_session)
    event.listen(engine, "begin", _begin_at_server)
    try:
        with engine.connect() as connection:
            encoding = connection.execute(text("SHOW server_encoding")).scalar()
    except DatabaseError as error:
        engine.dispose()
        told = " ".join(str(error.orig).split()).rstrip(".")
        raise StoreRefused(f"The store's database cannot be opened: {told}.") from None
    if encoding != "UTF8":
        engine.dispose()
        raise StoreRefused(
            f"The store's database has the encoding {encoding}; it has to be UTF8: createdb --encoding=UTF8 …"
        )
    return engine


def _set_up_session(connection: Any, _: object) -> None:
    register(connection)
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = {BUSY_MILLISECONDS}")
        cursor.execute("SET synchronous_commit = on")
    connection.commit()
