"""What all tests share: where the project stands, and the collection of real documents where there is one."""

import os
import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from places import Place
from postgres import running

ROOT = Path(__file__).resolve().parents[1]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds ``--accept-golden``: store the page pictures of tests/documents/golden as they are now."""
    parser.addoption("--accept-golden", action="store_true", help="store the page pictures as they are now")


@pytest.fixture(scope="session")
def accepting(pytestconfig: pytest.Config) -> bool:
    """Whether page pictures are to be stored and not compared."""
    return bool(pytestconfig.getoption("--accept-golden"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the project: pyproject.toml, templates/, styles/, briefings/."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents and hand-made answers beside the checkout; without it the test is skipped."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the collection of real documents is not here")
    return folder


@pytest.fixture(autouse=True, scope="session")
def plain_environment() -> None:
    """Tests see no settings of the person who runs them, and the program speaks without colours."""
    for name in [name for name in os.environ if name.startswith("BRIEFINGS_")]:
        del os.environ[name]
    os.environ["NO_COLOR"] = "1"
    os.environ.pop("FORCE_COLOR", None)


@pytest.fixture(autouse=True, scope="session")
def samples_of_this_run(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Where ``sample_briefings`` keeps what it made: one folder for all processes of a run."""
    base = tmp_path_factory.getbasetemp()
    run = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    os.environ["SAMPLES_OF_THIS_RUN"] = str(run / "samples")


@pytest.fixture(autouse=True)
def same_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever works on the program while it is tested is no update of a running service."""
    from briefings.walls import program

    monkeypatch.setattr(program, "replaced", lambda: False)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a PostgreSQL database; without PostgreSQL the test is skipped."""
    with running() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a test may make its store: an SQLite file once, a schema of its own on a PostgreSQL server once."""
    if request.param == "sqlite":
        return str(tmp_path / "deep" / "store.sqlite3")
    from sqlalchemy import text

    from briefings.store.engine import connect

    url: str = request.getfixturevalue("server")
    schema = f"test_{next(_SCHEMAS)}"
    engine = connect(url)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    engine.dispose()
    return f"{url}&options=-csearch_path%3D{schema}"


_SCHEMAS = count()


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with two summaries and one digest built from them, for commands that leave it as it is (tests/cli)."""
    from commands import COMMERCE, EDUCATION, ORDER, briefings

    home = tmp_path_factory.mktemp("built")
    (home / "briefings.toml").write_text(ORDER, encoding="utf-8")
    for name, text in (("a.txt", EDUCATION), ("b.txt", COMMERCE)):
        (home / name).write_text(text, encoding="utf-8")
    assert briefings("add", home / "a.txt", home / "b.txt", at=home).code == 0
    ran = briefings("build", at=home)
    assert ran.code == 0, ran.err
    return home


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace of the page, built once, by the first of the processes that share the tests; nobody writes to it."""
    import fcntl

    from places import make_place

    mine = tmp_path_factory.getbasetemp()
    above = mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine
    home, built = above / "web-template", above / "web-template.built"
    with (above / "web-template.lock").open("w") as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not built.exists():
            shutil.rmtree(home, ignore_errors=True)
            home.mkdir()
            make_place(home)
            built.touch()
    return home


@pytest.fixture
def place(tmp_path: Path, template: Path) -> "Iterator[Place]":
    """A copy of it with three users: viewer, editor, admin."""
    from places import copied

    found = copied(template, tmp_path, users=True)
    yield found
    found.store.close()


@pytest.fixture
def open_place(tmp_path: Path, template: Path) -> "Iterator[Place]":
    """A copy of it without users."""
    from places import copied

    found = copied(template, tmp_path, users=False)
    yield found
    found.store.close()


@pytest.fixture(scope="session")
def good() -> bytes:
    """A small PDF with headings, contents, a table, a figure, a link and an attachment, as it should be (tests/inspect)."""
    from making import finished, page, printed

    return finished(printed(page(), {"facts.csv": "指标,值\n投资,12.5\n".encode()}))
