"""Audit a file of an edition by what lies beside it."""

from pathlib import Path

from briefings.audit.check import check
from briefings.audit.ledger import read_ledger
from briefings.audit.prove import prove
from briefings.errors import UsageError
from briefings.records.edition import AuditReport


def check_file(path: Path) -> AuditReport:
    """Prove the numbers of ``path`` by its edition's ledger, and the ledger by the passages it keeps.

    Raises ``UsageError`` when the file or the ledger beside it does not exist.
    """
    if not path.is_file():
        raise UsageError(f"{path} does not exist.")
    ledger = read_ledger(path.resolve().parent)
    report = check(path.name, path.read_bytes(), ledger.briefing, ledger.facts.values())
    proof = prove(ledger.briefing, ledger.facts, ledger.documents, ledger.texts, ledger.corrections)
    return AuditReport(report.file, report.numbers, report.origins, report.findings + proof)
