"""Hold back what is not proved: a briefing by its facts and sources, a produced file by its briefing, an edited one by both."""

from briefings.audit.check import check
from briefings.audit.edited import edited
from briefings.audit.edited_read import BRIEFING, CONTENT, property_of
from briefings.audit.edition import check_file
from briefings.audit.ledger import read_ledger, write_ledger
from briefings.audit.prove import prove

__all__ = [
    "BRIEFING",
    "CONTENT",
    "check",
    "check_file",
    "edited",
    "property_of",
    "prove",
    "read_ledger",
    "write_ledger",
]
