"""Words which measures and problems are new, gone or worded differently since the last edition."""

import re
from collections.abc import Iterator, Sequence
from functools import partial

from briefings.compose.changes_told import Told, id_of, listed, speaker
from briefings.compose.desk import Desk
from briefings.records.briefing import Line
from briefings.records.change import Changes, MeasureChange

_FIGURES = re.compile(r"[\d.]+")
_LIMIT = 30


def texts(changes: Changes, desk: Desk) -> Iterator[Told]:
    """What is said in documents that were there before: problems and plans that are new, gone or worded differently."""
    aside = {d.id for c in changes.documents if c.change in ("new", "gone") for d in (c.before, c.after) if d}
    found = [
        m
        for m in changes.measures or ()
        if m.measure.document not in aside and m.change != "moved" and not _only_figures(m)
    ]
    for one in found:
        if one.change == "new" and one.measure.role == "problem" and one.measure.document in desk.documents:
            yield Told((id_of(one),), partial(_problem, one))
            found.remove(one)
            break
    if found:
        ids = tuple(id_of(m) for m in found)
        yield Told(ids, partial(_counted, found))


def _only_figures(change: MeasureChange) -> bool:
    """Whether nothing but figures differ in the wording: those are told of as numbers."""
    one, other = change.before, change.after
    if not one or not other or not set(change.fields) <= {"text", "headline"}:
        return False
    return _FIGURES.sub("", one.text) == _FIGURES.sub("", other.text)


def _problem(change: MeasureChange, desk: Desk) -> Line:
    measure = change.measure
    quote = desk.citations.passages(measure.document).opening(measure, _LIMIT)
    cite = desk.citations.cite(measure.document, quote.span.start)
    who = speaker(desk.documents[measure.document], desk)
    return desk.say("{who}：新提出问题“{said}”{cite}。", who=who, said=quote, cite=cite)


def _counted(found: Sequence[MeasureChange], desk: Desk) -> Line:
    parts: list[Line] = []
    if ids := [id_of(m) for m in found if m.change == "new"]:
        parts.append(desk.say("新增{n}条", n=desk.count(ids)))
    if ids := [id_of(m) for m in found if m.change == "changed"]:
        parts.append(desk.say("改动{n}条", n=desk.count(ids)))
    if ids := [id_of(m) for m in found if m.change == "gone"]:
        parts.append(desk.say("减少{n}条", n=desk.count(ids)))
    return desk.say("原有材料中的措施和问题：{said}。", said=listed(parts, desk))
