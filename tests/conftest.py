"""What all tests share: where the project stands, and the collection of real documents where there is one."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


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
