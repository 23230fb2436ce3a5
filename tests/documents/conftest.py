"""Page pictures: ``make test ARGS='tests/documents/test_golden.py --accept-golden'`` stores the pages as they are now."""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """Adds ``--accept-golden``."""
    parser.addoption("--accept-golden", action="store_true", help="store the page pictures as they are now")


@pytest.fixture(scope="session")
def accepting(pytestconfig: pytest.Config) -> bool:
    """Whether the pages are to be stored and not compared."""
    return bool(pytestconfig.getoption("--accept-golden", default=False))
