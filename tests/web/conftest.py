"""Places for the tests of the page: copies of one workspace that is built once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from places import Place, copied, make_place


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workspace, built once."""
    home = tmp_path_factory.mktemp("web-template")
    make_place(home)
    return home


@pytest.fixture
def place(tmp_path: Path, template: Path) -> Iterator[Place]:
    """A workspace with three users: viewer, editor, admin."""
    found = copied(template, tmp_path, users=True)
    yield found
    found.store.close()


@pytest.fixture
def open_place(tmp_path: Path, template: Path) -> Iterator[Place]:
    """A workspace without users."""
    found = copied(template, tmp_path, users=False)
    yield found
    found.store.close()
