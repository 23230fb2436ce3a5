"""One good PDF for all tests of the inspection."""

import pytest
from making import finished, page, printed


@pytest.fixture(scope="session")
def good() -> bytes:
    """A small PDF with headings, contents, a table, a figure, a link and an attachment, as it should be."""
    return finished(printed(page(), {"facts.csv": "指标,值\n投资,12.5\n".encode()}))
