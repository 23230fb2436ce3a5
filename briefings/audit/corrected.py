"""Whether a fact that a person has corrected is what the record of the correction says."""

from briefings.records.correction import FLAG, JUDGED, RULE, Correction, judged
from briefings.records.document import Document
from briefings.records.fact import Fact


def correction_fault(fact: Fact, correction: Correction | None, document: Document | None) -> str | None:
    """Why ``fact`` is not borne out by ``correction``, the record of it; None when it is, or neither was made.

    The record has to be of the same bytes, place and words, to say what the fact says, and to name who decided and why.
    """
    marked = fact.rule == RULE or FLAG in fact.flags
    if correction is None:
        return "数据标为人工更正，却没有更正记录" if marked else None
    if correction.after is None:
        return f"数据已由更正 {correction.id} 剔除，不应刊用"
    if not marked:
        return f"更正 {correction.id} 没有用到这条数据上"
    if document is None or document.sha256 != correction.sha256:
        return f"更正 {correction.id} 说的是另一份文件"
    if (fact.start, fact.end) != tuple(correction.span) or fact.surface != correction.surface:
        return f"更正 {correction.id} 说的是另一处原文"
    if judged(fact) != judged(correction.after):
        differing = [name for name in JUDGED if getattr(fact, name) != getattr(correction.after, name)]
        return f"数据与更正 {correction.id} 的记录不符：{'、'.join(differing)}"
    said = dict(correction.changes)
    if any(said[name] != getattr(correction.after, name) for name in said):
        return f"更正 {correction.id} 的前后记录不符"
    if correction.before and (
        unsaid := [
            name
            for name, before, after in zip(JUDGED, judged(correction.before), judged(fact), strict=True)
            if before != after and name not in said
        ]
    ):
        return f"更正 {correction.id} 改了没有写明的内容：{'、'.join(unsaid)}"
    if not correction.reason.strip() or not correction.author.strip():
        return f"更正 {correction.id} 没有写明何人因何更正"
    return None
