"""Words which sources came, went or were replaced since the last edition."""

from collections.abc import Iterator, Sequence
from functools import partial

from briefings.compose.changes_told import Told, id_of, listed, name_of, period_of
from briefings.compose.desk import Desk
from briefings.records.briefing import Line
from briefings.records.change import Changes, DocumentChange

_MOST_NAMED = 3
_MOST_DOCUMENTS = 3


def sources(changes: Changes) -> Iterator[Told]:
    """Sources that came, went or were replaced."""
    came = [d for d in changes.documents if d.change == "new" and d.after]
    if len(came) > _MOST_DOCUMENTS:
        yield Told(tuple(d.after.id for d in came if d.after), partial(_came_many, came))
    else:
        for one in came:
            yield Told(_inside(one, changes), partial(_came, one, changes))
    versions = [d for d in changes.documents if d.change == "replaced" and d.after]
    if len(versions) > _MOST_DOCUMENTS:
        ids = tuple(d.after.id for d in versions if d.after)
        yield Told(ids, partial(_replaced_many, versions, changes))
    else:
        for one in versions:
            yield Told(_inside(one, changes), partial(_replaced, one, changes))
    gone = [d for d in changes.documents if d.change == "gone" and d.before]
    if gone:
        yield Told(tuple(f"gone:{d.before.id}" for d in gone if d.before), partial(_went, gone))
    for one in changes.documents:
        if one.change == "changed" and one.after:
            yield Told((one.after.id,), partial(_set, one))


def _inside(change: DocumentChange, changes: Changes) -> tuple[str, ...]:
    home = {d.id for d in (change.before, change.after) if d}
    return tuple(id_of(f) for f in changes.facts if f.fact.document in home and f.change != "moved")


def _came_many(came: Sequence[DocumentChange], desk: Desk) -> Line:
    found = [d.after for d in came if d.after]
    names = list(dict.fromkeys(name_of(d, desk) for d in found))
    count = desk.count([d.id for d in found])
    if len(names) > _MOST_NAMED:
        said = desk.words("、").join(names[:_MOST_NAMED])
        return desk.say("新收录{n}份文件，有{names}等。", n=count, names=said)
    return desk.say("新收录{n}份文件：{names}。", n=count, names=desk.words("、").join(names))


def _came(change: DocumentChange, changes: Changes, desk: Desk) -> Line:
    document = change.after
    assert document
    facts = [f.fact.id for f in changes.facts if f.after and f.after.document == document.id]
    measures = [m.measure.id for m in changes.measures or () if m.after and m.after.document == document.id]
    who, period = name_of(document, desk), period_of(document, desk)
    numbers = desk.say("数据{n}项", n=desk.count(facts))
    if measures:
        also = desk.say("，措施和问题{n}条", n=desk.count(measures))
        return desk.say("新收录{who}{period}的材料：{said}。", who=who, period=period, said=(*numbers, *also))
    return desk.say("新收录{who}{period}的材料：{said}。", who=who, period=period, said=numbers)


def _replaced_many(versions: Sequence[DocumentChange], changes: Changes, desk: Desk) -> Line:
    count = desk.count([d.after.id for d in versions if d.after])
    touched = [d.after.id for d in versions if d.after and _inside(d, changes)]
    if not touched:
        return desk.say("{n}份文件换为新版，数据没有变化。", n=count)
    return desk.say("{n}份文件换为新版，其中数据有变化的{changed}份。", n=count, changed=desk.count(touched))


def _replaced(change: DocumentChange, changes: Changes, desk: Desk) -> Line:
    document = change.after
    assert document and change.before
    home = (change.before.id, document.id)
    inside = [f for f in changes.facts if f.fact.document in home]
    parts: list[Line] = []
    if ids := [id_of(f) for f in inside if f.change == "changed"]:
        parts.append(desk.say("改动{n}项", n=desk.count(ids)))
    if ids := [id_of(f) for f in inside if f.change == "new"]:
        parts.append(desk.say("新增{n}项", n=desk.count(ids)))
    if ids := [id_of(f) for f in inside if f.change == "gone"]:
        parts.append(desk.say("减少{n}项", n=desk.count(ids)))
    who, period = name_of(document, desk), period_of(document, desk)
    if not parts:
        return desk.say("{who}{period}的材料换为新版，数据没有变化。", who=who, period=period)
    said = listed(parts, desk)
    return desk.say("{who}{period}的材料换为新版，数据{said}。", who=who, period=period, said=said)


def _went(gone: Sequence[DocumentChange], desk: Desk) -> Line:
    found = [d.before for d in gone if d.before]
    names = list(dict.fromkeys(desk.tongue.issuer(d) for d in found))
    # What is no longer among the sources has no place in the list of names that may hold figures.
    if any(c.isdigit() for name in names for c in name) or len(names) > _MOST_NAMED:
        return desk.say("不再收录上一版的{n}份文件。", n=desk.count([f"gone:{d.id}" for d in found]))
    return desk.say("不再收录{names}的材料。", names=desk.words("、").join(names))


def _set(change: DocumentChange, desk: Desk) -> Line:
    assert change.after
    return desk.say(
        "{who}{period}的材料，其单位、地方、时期或日期经人工更正。",
        who=name_of(change.after, desk),
        period=period_of(change.after, desk),
    )
