"""Hold back what is not proved: a briefing by its facts and sources, a produced file by its briefing."""

from briefings.audit.check import check
from briefings.audit.edition import check_file
from briefings.audit.ledger import read_ledger, write_ledger
from briefings.audit.prove import prove

__all__ = ["check", "check_file", "prove", "read_ledger", "write_ledger"]
