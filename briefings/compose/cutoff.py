"""Up to which day a briefing's data go."""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date

from briefings.records.document import Document

_PERIOD = re.compile(r"(\d{4})(?:-(?:H([12])|Q([1-4])|M?(\d{2})(?:\.\.M?(\d{2})|-(\d{2}))?))?")
_DECEMBER = 12


def cutoff(documents: Iterable[Document]) -> str:
    """The latest day of ``documents`` (ISO): the publication, or the period's end where no publication is known."""
    return max(map(_last_day, documents), default="")


def _last_day(document: Document) -> str:
    if document.published:
        return document.published.value
    return period_end(document.period.value) if document.period else ""


def period_end(period: str) -> str:
    """The last day of ``2021-H1``, ``2021-M01..M05``, ``2021-06-30`` … (ISO); "" for a code of another shape."""
    found = _PERIOD.fullmatch(period.rpartition("..")[2] if re.search(r"\.\.\d{4}", period) else period)
    if not found:
        return ""
    year, half, quarter, month, until, day = found.groups()
    if half or quarter:
        last = 6 * int(half) if half else 3 * int(quarter)
    else:
        last = int(until or month or _DECEMBER)
    if not 1 <= last <= _DECEMBER:
        return ""
    days = monthrange(int(year), last)[1]
    return date(int(year), last, min(int(day), days) if day and int(day) else days).isoformat()
