"""Sets two editions of a briefing against each other: what is new, gone, changed or moved in what they hold, and why."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from briefings.compare import causes, printed
from briefings.compare.pairing import facts_of_one_source, facts_of_versions, paired, same_documents
from briefings.compare.texts import match
from briefings.records.change import (
    Cause,
    Change,
    Changes,
    DocumentChange,
    FactChange,
    Kept,
    MeasureChange,
)
from briefings.records.correction import JUDGED
from briefings.records.document import Document
from briefings.records.fact import Fact, Measure

T = TypeVar("T")
SAID = ("text", "headline", "role", "theme", "responsible", "deadline")
"""What of a measure can change; its place is none of it."""


def editions(old: Kept, new: Kept) -> Changes:
    """What sets ``new`` apart from ``old``, document by document in the order of ``new``, then what is gone.

    Facts are known again by the place in their source; in a replaced source by sentence and name.
    """
    pairs = same_documents(old.documents, new.documents)
    documents = _documents(pairs, old, new)
    why = {d.id: c.cause for c in documents for d in (c.before, c.after) if d}
    corrected = causes.corrections(old, new)
    facts: list[FactChange] = []
    measures: list[MeasureChange] = []
    for before, after in pairs:
        facts += _facts(before, after, old, new, why, corrected)
        measures += _measures(before, after, old, new, why)
    both = old.measures is not None and new.measures is not None
    found = (
        *dict.fromkeys(c.cause for c in documents),
        *dict.fromkeys(corrected.values()),
        *causes.inputs(old, new),
    )
    each = (*(f.cause for f in facts), *(m.cause for m in measures))
    told = tuple(dict.fromkeys((*found, *(c for c in each if c.reason in ("rules", "lexicon")))))
    lines = printed.lines(old.briefing, new.briefing) if old.briefing and new.briefing else ()
    return Changes(
        old.id,
        new.id,
        documents,
        tuple(facts),
        tuple(measures) if both else None,
        lines,
        told,
    )


def _documents(
    pairs: Iterable[tuple[Document | None, Document | None]], old: Kept, new: Kept
) -> tuple[DocumentChange, ...]:
    found: list[DocumentChange] = []
    for before, after in pairs:
        if before is None and after is not None:
            found.append(DocumentChange("new", None, after, causes.came(after, old, new)))
        elif after is None and before is not None:
            found.append(DocumentChange("gone", before, None, causes.went(before, old, new)))
        elif before is not None and after is not None and before.sha256 != after.sha256:
            found.append(DocumentChange("replaced", before, after, causes.replaced(before, after)))
        elif before is not None and after is not None and (set_ := causes.metadata(before, after)):
            found.append(DocumentChange("changed", before, after, set_))
    return tuple(found)


def _facts(
    before: Document | None,
    after: Document | None,
    old: Kept,
    new: Kept,
    why: dict[str, Cause],
    corrected: dict[str, Cause],
) -> list[FactChange]:
    was = [f for f in old.facts if before and f.document == before.id]
    now = [f for f in new.facts if after and f.document == after.id]
    one_source = bool(before and after and before.sha256 == after.sha256)
    pair = facts_of_one_source if one_source else facts_of_versions
    cause = why.get(after.id if after else before.id if before else "")
    shown = [set(k.briefing.facts) if k.briefing else set() for k in (old, new)]
    found = []
    for one, other in pair(was, now, old.texts, new.texts) if before and after else paired(was, now):
        fields = tuple(f for f in JUDGED if one and other and getattr(one, f) != getattr(other, f))
        change = _change(one, other, fields, one_source)
        if change is None:
            continue
        decided = corrected if before and after and change != "moved" else {}
        judged = next((decided[f.id] for f in (other, one) if f and f.id in decided), None)
        own = cause if not one_source or (cause and set(fields) <= {"period", "scope"} and fields) else None
        found.append(
            FactChange(
                change,
                one,
                other,
                judged or own or causes.reading(fields, old, new),
                fields,
                (bool(one and one.id in shown[0]), bool(other and other.id in shown[1])),
            )
        )
    return found


def _measures(
    before: Document | None, after: Document | None, old: Kept, new: Kept, why: dict[str, Cause]
) -> list[MeasureChange]:
    was = [m for m in old.measures or () if before and m.document == before.id]
    now = [m for m in new.measures or () if after and m.document == after.id]
    one_source = bool(before and after and before.sha256 == after.sha256)
    cause = why.get(after.id if after else before.id if before else "")
    if one_source:
        pairs = paired(was, now, lambda m: (m.span, m.text))
        pairs = _with_rest(pairs, lambda m: m.span)
    elif before and after:
        pairs = paired(was, now, lambda m: (m.role, m.text))
        pairs = _with_likeness(pairs)
    else:
        pairs = paired(was, now)
    found = []
    for one, other in pairs:
        fields = tuple(f for f in SAID if one and other and getattr(one, f) != getattr(other, f))
        change = _change(one, other, fields, one_source)
        if change is not None:
            told = cause if cause and not one_source else causes.reading(fields, old, new)
            found.append(MeasureChange(change, one, other, told, fields))
    return found


def _change(
    one: Fact | Measure | None, other: Fact | Measure | None, fields: Sequence[str], one_source: bool
) -> Change | None:
    """In what way the pair changed; None where nothing did."""
    if one is None:
        return "new"
    if other is None:
        return "gone"
    if fields:
        return "changed"
    return None if one_source else "moved"


def _with_rest(
    pairs: list[tuple[T | None, T | None]], key: Callable[[T], object]
) -> list[tuple[T | None, T | None]]:
    """``pairs`` with the single ones paired by ``key`` where that fits."""
    done = [p for p in pairs if p[0] is not None and p[1] is not None]
    was = [p[0] for p in pairs if p[0] is not None and p[1] is None]
    now = [p[1] for p in pairs if p[1] is not None and p[0] is None]
    return done + paired(was, now, key)


def _with_likeness(
    pairs: list[tuple[Measure | None, Measure | None]],
) -> list[tuple[Measure | None, Measure | None]]:
    """``pairs`` with the single measures of one role paired where their wording is nearly the same."""
    done = [p for p in pairs if p[0] and p[1]]
    was = [p[0] for p in pairs if p[0] and not p[1]]
    now = [p[1] for p in pairs if p[1] and not p[0]]
    for role in dict.fromkeys(m.role for m in was):
        kept = match([m for m in was if m.role == role], [m for m in now if m.role == role]).kept
        likely = {m.prior.id: m.current for m in kept if m.likeness != "matter"}
        taken: set[str] = set()
        for one in [m for m in was if m.id in likely]:
            if (other := likely[one.id]).id not in taken:
                taken.add(other.id)
                done.append((one, other))
                was.remove(one)
                now = [m for m in now if m.id != other.id]
    return [*done, *((m, None) for m in was), *((None, m) for m in now)]
