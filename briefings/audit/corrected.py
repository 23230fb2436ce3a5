"""Whether a fact that a person has corrected is what the record of the correction says."""

from collections.abc import Sequence

from briefings.records.correction import FLAG, JUDGED, RULE, Correction, judged
from briefings.records.document import Document
from briefings.records.fact import Fact


def correction_fault(fact: Fact, chain: Sequence[Correction], document: Document | None) -> str | None:
    """Why ``fact`` is not borne out by ``chain``, the records of its correction; None when it is, or none was made.

    Each record has to be of the same bytes, place and words, to begin where the one before ended, to change only what it
    says, and to name who decided and why; the last one has to say what the fact says.
    """
    marked = fact.rule == RULE or FLAG in fact.flags
    if not chain:
        return "数据标为人工更正，却没有更正记录" if marked else None
    last = chain[-1]
    if last.after is None:
        return f"数据已由更正 {last.id} 剔除，不应刊用"
    if not marked:
        return f"更正 {last.id} 没有用到这条数据上"
    if judged(fact) != judged(last.after):
        return f"数据与更正 {last.id} 的记录不符：{'、'.join(_differing(fact, last.after))}"
    before: Fact | None = None
    for record in chain:
        if reason := _record_fault(record, fact, document):
            return reason
        if before and (record.before is None or judged(record.before) != judged(before)):
            return f"更正 {record.id} 与它之前的更正接不上"
        before = record.after
    return None


def _record_fault(record: Correction, fact: Fact, document: Document | None) -> str | None:
    if document is None or document.sha256 != record.sha256:
        return f"更正 {record.id} 说的是另一份文件"
    if (fact.start, fact.end) != tuple(record.span) or fact.surface != record.surface:
        return f"更正 {record.id} 说的是另一处原文"
    if record.after is None:
        return f"更正 {record.id} 剔除之后又有更正"
    said = dict(record.changes)
    if any(getattr(record.after, name, None) != value for name, value in said.items()):
        return f"更正 {record.id} 的前后记录不符"
    unsaid = [name for name in _differing(record.before, record.after) if name not in said]
    if record.before and unsaid:
        return f"更正 {record.id} 改了没有写明的内容：{'、'.join(unsaid)}"
    if not record.reason.strip() or not record.author.strip():
        return f"更正 {record.id} 没有写明何人因何更正"
    return None


def _differing(one: Fact | None, other: Fact) -> list[str]:
    return [name for name in JUDGED if getattr(one, name, None) != getattr(other, name)]
