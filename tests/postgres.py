"""A PostgreSQL server of its own for tests, as an unprivileged user, without a port: gone when they are over."""

import getpass
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

QUICK = (
    "-c fsync=off -c full_page_writes=off -c shared_buffers=16MB -c max_connections=60 -c listen_addresses="
)


@contextmanager
def running() -> Iterator[str]:
    """The URL of an empty database on a server that runs meanwhile; the test is skipped where PostgreSQL is not there.

    The database speaks a language with an order of its own, as people's databases do.
    """
    programs = _programs()
    user = "postgres" if os.geteuid() == 0 else getpass.getuser()
    if programs is None or not _is_user(user):
        pytest.skip("PostgreSQL is not installed")
    home = Path(tempfile.mkdtemp(prefix="pg-"))  # a socket's path may have 107 characters, tmp_path has more
    if os.geteuid() == 0:
        shutil.chown(home, user)

    def run(*words: str) -> None:
        subprocess.run(
            [str(programs / words[0]), *words[1:]],
            user=user if os.geteuid() == 0 else None,
            cwd=home,
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,  # a server that inherits a pipe keeps it open
        )

    data = str(home / "data")
    run(
        *("initdb", "-D", data, "-U", "briefings", "--auth=trust", "--encoding=UTF8", "--no-sync"),
        *("--locale-provider=icu", "--icu-locale=zh-Hans", "--locale=C.UTF-8"),
    )
    try:
        run("pg_ctl", "-D", data, "-w", "-l", str(home / "log"), "-o", f"{QUICK} -k {home}", "start")
        yield f"postgresql://briefings@/postgres?host={quote(str(home), safe='')}"
    finally:
        run("pg_ctl", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(home, ignore_errors=True)


def _programs() -> Path | None:
    """The folder of PostgreSQL's programs; Debian keeps them off the path."""
    found = shutil.which("initdb")
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: int(p.parent.name), reverse=True
    )
    if found:
        folders.insert(0, Path(found).resolve().parent)
    return next((f for f in folders if (f / "initdb").exists() and (f / "pg_ctl").exists()), None)


def _is_user(name: str) -> bool:
    try:
        pwd.getpwnam(name)
    except KeyError:
        return False
    return True
