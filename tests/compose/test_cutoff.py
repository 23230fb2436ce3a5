"""Tests of briefings.compose.cutoff: up to which day a briefing's data go."""

import pytest

from briefings.compose.cutoff import cutoff, period_end
from briefings.records.document import Attribute, Document, Span


def _document(period: str | None, published: str | None) -> Document:
    def known(value: str | None) -> Attribute | None:
        return Attribute(value, "test") if value else None

    return Document(
        id="d", sha256="0" * 64, name="d.txt", ordinal=1, span=Span(0, 1), title=Attribute("总结", "test"), issuer=None,
        place=None, period=known(period), published=known(published), genre="summary", paragraphs=(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("period", "day"),
    [
        ("2031", "2031-12-31"), ("2031-H1", "2031-06-30"), ("2031-Q3", "2031-09-30"), ("2032-M02", "2032-02-29"),
        ("2031-02", "2031-02-28"), ("2031-M01..M05", "2031-05-31"), ("2031-05-04", "2031-05-04"),
        ("2029..2031", "2031-12-31"), ("2030-H1..2031-H1", "2031-06-30"), ("十四五", ""), ("2031-13", ""),
    ],
)  # fmt: skip
def test_the_end_of_a_period(period: str, day: str) -> None:
    """The last day that belongs to it."""
    assert period_end(period) == day


def test_a_document_without_a_date_reaches_to_the_end_of_its_period() -> None:
    """Else a comparison up to 2033 would claim to end with the one document that is dated, in 2030."""
    dated, undated = _document("2030-H1", "2030-07-22"), _document("2033-H1", None)
    assert cutoff((dated, undated)) == "2033-06-30"
    assert cutoff((dated,)) == "2030-07-22"
    assert cutoff((_document(None, None),)) == ""
