"""Says in a briefing what changed since its last edition: a short block on the page after the first."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from briefings.compose.desk import Desk
from briefings.compose.figures import measured, named
from briefings.compose.numbering import entries_of, renumbered
from briefings.compose.wording import full_width
from briefings.records.briefing import (
    Block,
    Briefing,
    Bullets,
    Heading,
    Line,
    PageBreak,
    Paragraph,
    Quote,
    Words,
)
from briefings.records.change import Cause, Change, Changes, DocumentChange, FactChange, MeasureChange
from briefings.records.correction import FLAG
from briefings.records.document import Document, Span
from briefings.records.fact import Fact
from briefings.records.material import Material

ID = "since-last"
MOST = 8
"""Lines of the block, the one on top and the one that counts the rest among them."""
_FIGURES = re.compile(r"[\d.]+")
LEFT = "left"
"""What became of a correction whose source was replaced, see ``Cause``."""
_VALUES = ("value", "value_high", "unit", "hedge", "kind")
_MOST_NAMED = 3
_MOST_DOCUMENTS = 3
_LAST = 1000


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the block before it is worded, and the ids of the changes it tells of."""

    ids: tuple[str, ...]
    line: Callable[[Desk], Line]


def since_last(briefing: Briefing, changes: Changes, material: Material) -> Briefing:
    """``briefing`` with what changed since the edition ``changes.old``; citations are numbered anew where that needs it."""
    desk = Desk.of(material, [d for d in material.documents if d.id in briefing.documents])
    desk.citations.resume(entries_of(briefing.blocks))
    desk.computed = list(briefing.computed)
    block = _block(changes, desk)
    at = _behind_first_page(briefing.blocks)
    turned = (PageBreak(),) if isinstance(briefing.blocks[at - 1], PageBreak) else ()
    blocks = (*briefing.blocks[:at], *block, *turned, *briefing.blocks[at:])
    known = {(e.document, e.span) for e in desk.citations.entries()}
    return replace(
        briefing,
        blocks=renumbered(blocks, desk.citations.entries()),
        computed=tuple(desk.computed),
        facts=tuple(dict.fromkeys((*briefing.facts, *desk.printed))),
        statements=tuple(s for s in briefing.statements if (s.document, s.span) not in known),
        previous=changes.old,
    )


def _behind_first_page(blocks: Sequence[Block]) -> int:
    """Where the page after the first begins: behind its break; else before the first chapter; else at the end."""
    breaks = (n + 1 for n, b in enumerate(blocks) if isinstance(b, PageBreak))
    chapters = (n for n, b in enumerate(blocks) if isinstance(b, Heading) and b.level == 2)
    return next(breaks, next(chapters, len(blocks)))


def _block(changes: Changes, desk: Desk) -> tuple[Block, ...]:
    told = list(_all(changes, desk))
    shown, rest = told[: MOST - 1], told[MOST - 1 :]
    if rest:
        shown, rest = told[: MOST - 2], told[MOST - 2 :]
    items = [one.line(desk) for one in shown]
    if ids := list(dict.fromkeys(id_ for one in rest for id_ in one.ids)):
        items.append(desk.say("另有{n}处。", n=desk.count(ids)))
    heading = Heading(4, desk.words("本期变化"), ID)
    top = Paragraph(_top(changes, desk))
    return (heading, top, Bullets(tuple(items))) if items else (heading, top)


def _top(changes: Changes, desk: Desk) -> Line:
    """How many numbers are new, changed and gone since the edition before; or what else made a new one."""
    parts: list[Line] = []
    if new := _ids(changes, "new"):
        parts.append(desk.say("新增数据{n}项", n=desk.count(new)))
    if changed := _ids(changes, "changed"):
        parts.append(desk.say("改动{n}项", n=desk.count(changed)))
    if gone := _ids(changes, "gone"):
        parts.append(desk.say("减少{n}项", n=desk.count(gone)))
    if not parts:
        parts.append(desk.say("数据没有变化"))
    return desk.say("与上一版（{id}）相比，{what}。", id=changes.old, what=_listed(parts, desk))


def _ids(changes: Changes, change: Change) -> list[str]:
    return [_id(f) for f in changes.numbers(change)]


def _id(change: FactChange | MeasureChange) -> str:
    found = change.fact if isinstance(change, FactChange) else change.measure
    return found.id if change.after else f"gone:{found.id}"


def _all(changes: Changes, desk: Desk) -> Iterator[Told]:
    """Everything that can be told, what matters most first."""
    yield from _documents(changes)
    yield from _values(changes, desk)
    yield from _renamed(changes)
    yield from _vanished(changes, desk)
    yield from _texts(changes, desk)
    yield from _making(changes)


def _documents(changes: Changes) -> Iterator[Told]:
    """Sources that came, went or were replaced."""
    came = [d for d in changes.documents if d.change == "new" and d.after]
    if len(came) > _MOST_DOCUMENTS:
        yield Told(tuple(d.after.id for d in came if d.after), partial(_came_many, came))
    else:
        for one in came:
            yield Told(_inside(one, changes), partial(_came, one, changes))
    for one in changes.documents:
        if one.change == "replaced":
            yield Told(_inside(one, changes), partial(_replaced, one, changes))
    gone = [d for d in changes.documents if d.change == "gone" and d.before]
    if gone:
        yield Told(tuple(f"gone:{d.before.id}" for d in gone if d.before), partial(_went, gone))
    for one in changes.documents:
        if one.change == "changed" and one.after:
            yield Told((one.after.id,), partial(_set, one))


def _inside(change: DocumentChange, changes: Changes) -> tuple[str, ...]:
    home = {d.id for d in (change.before, change.after) if d}
    return tuple(_id(f) for f in changes.facts if f.fact.document in home)


def _came_many(came: Sequence[DocumentChange], desk: Desk) -> Line:
    found = [d.after for d in came if d.after]
    names = list(dict.fromkeys(desk.tongue.issuer(d) for d in found))
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
    who, period = desk.tongue.issuer(document), _period(document, desk)
    numbers = desk.say("数据{n}项", n=desk.count(facts))
    if measures:
        also = desk.say("，措施和问题{n}条", n=desk.count(measures))
        return desk.say("新收录{who}{period}的材料：{said}。", who=who, period=period, said=(*numbers, *also))
    return desk.say("新收录{who}{period}的材料：{said}。", who=who, period=period, said=numbers)


def _replaced(change: DocumentChange, changes: Changes, desk: Desk) -> Line:
    document = change.after
    assert document and change.before
    home = (change.before.id, document.id)
    inside = [f for f in changes.facts if f.fact.document in home]
    parts: list[Line] = []
    if ids := [_id(f) for f in inside if f.change == "changed"]:
        parts.append(desk.say("改动{n}项", n=desk.count(ids)))
    if ids := [_id(f) for f in inside if f.change == "new"]:
        parts.append(desk.say("新增{n}项", n=desk.count(ids)))
    if ids := [_id(f) for f in inside if f.change == "gone"]:
        parts.append(desk.say("减少{n}项", n=desk.count(ids)))
    who, period = desk.tongue.issuer(document), _period(document, desk)
    if not parts:
        return desk.say("{who}{period}的材料换为新版，数据没有变化。", who=who, period=period)
    said = _listed(parts, desk)
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
        who=desk.tongue.issuer(change.after),
        period=_period(change.after, desk),
    )


def _period(document: Document, desk: Desk) -> Line:
    if document.period is None:
        return ()
    return desk.say("（{period}）", period=desk.period(document.period.value))


def _values(changes: Changes, desk: Desk) -> Iterator[Told]:
    """Numbers that are another number now: those of headline indicators first, then those printed."""
    found = [
        f
        for f in changes.numbers("changed")
        if set(f.fields) & set(_VALUES) and f.after and f.after.document in desk.documents
    ]
    groups: dict[tuple[object, ...], list[FactChange]] = {}
    for one in sorted(found, key=lambda f: (_rank(f.fact, desk), not f.printed[1])):
        groups.setdefault(_matter(one), []).append(one)
    for group in groups.values():
        yield Told(tuple(_id(one) for one in group), partial(_value, group))


def _matter(change: FactChange) -> tuple[object, ...]:
    """Numbers of one indicator in one sentence are told of together, corrections one by one."""
    fact = change.fact
    own = fact.id if change.cause.reason == "correction" else ""
    return (
        fact.document,
        fact.sentence,
        fact.canonical or fact.indicator,
        fact.scope,
        change.cause.reason,
        own,
    )


def _rank(fact: Fact, desk: Desk) -> int:
    known = desk.indicators.get(fact.canonical or "")
    return known.rank or _LAST if known else _LAST


def _value(group: Sequence[FactChange], desk: Desk) -> Line:
    facts = [desk.print(f.after) for f in group if f.after]
    fact, reason = facts[0], group[0].cause.reason
    told = [measured(f, desk, marks=False) for f in facts]
    now = (*_listed(told, desk), desk.cite(fact))
    pieces: dict[str, Line] = {"who": (Words(desk.who(fact.document), "strong"),), "name": named(fact, desk)}
    if FLAG in fact.flags and reason == "correction":
        said = Quote(full_width("".join(fact.surface.split())), fact.document, Span(fact.start, fact.end))
        return desk.say("{who}：{name}原文作“{said}”，经人工更正，现为{n}。", said=said, n=now, **pieces)
    if reason == "correction" and group[0].cause.after == LEFT:
        return desk.say("{who}：{name}依新版材料，现为{n}，原有的人工更正待重新核定。", n=now, **pieces)
    if reason == "correction":
        return desk.say("{who}：{name}撤回人工更正，仍作{n}。", n=now, **pieces)
    if reason == "replaced_source":
        return desk.say("{who}：{name}依新版材料，现为{n}。", n=now, **pieces)
    return desk.say("{who}：{name}重新识别，现为{n}。", n=now, **pieces)


def _listed(parts: Sequence[Line], desk: Desk) -> Line:
    """The parts with commas between them."""
    return tuple(piece for n, part in enumerate(parts) for piece in (*(desk.say("，") if n else ()), *part))


def _renamed(changes: Changes) -> Iterator[Told]:
    """Numbers that are the same and are understood differently."""
    ids = [_id(f) for f in changes.numbers("changed") if not set(f.fields) & set(_VALUES)]
    if ids:
        yield Told(tuple(ids), partial(_only_renamed, ids))


def _only_renamed(ids: Sequence[str], desk: Desk) -> Line:
    return desk.say("{n}项数据数值不变，名称、时期、范围或比较基准有改动。", n=desk.count(ids))


def _vanished(changes: Changes, desk: Desk) -> Iterator[Told]:
    """Numbers that are gone though their document is still there, by name: their values are the old edition's."""
    out = {d.before.id for d in changes.documents if d.change == "gone" and d.before}
    gone = [f for f in changes.numbers("gone") if f.before and f.before.document not in out]
    ranked = sorted(gone, key=lambda f: (_rank(f.fact, desk), not f.printed[0]))
    rejected = [f for f in ranked if f.cause.reason == "correction"]
    others = [f for f in ranked if f.cause.reason != "correction"]
    if rejected:
        yield Told(tuple(_id(f) for f in rejected), partial(_rejected, rejected))
    if others:
        yield Told(tuple(_id(f) for f in others), partial(_no_longer, others))


def _rejected(gone: Sequence[FactChange], desk: Desk) -> Line:
    count = desk.count([_id(f) for f in gone])
    return desk.say("经人工核定未予采用的有{n}项{names}。", n=count, names=_names(gone, desk))


def _no_longer(gone: Sequence[FactChange], desk: Desk) -> Line:
    count = desk.count([_id(f) for f in gone])
    return desk.say("不再出现的有{n}项{names}。", n=count, names=_names(gone, desk))


def _names(gone: Sequence[FactChange], desk: Desk) -> Line:
    """What the first of them measured, in brackets."""
    names = list(dict.fromkeys(filter(None, (_plain_name(f.fact, desk) for f in gone))))[:_MOST_NAMED]
    if not names:
        return ()
    listed = desk.words("、").join(names)
    if len(gone) > len(names):
        return desk.say("（{names}等）", names=listed)
    return desk.say("（{names}）", names=listed)


def _plain_name(fact: Fact, desk: Desk) -> str:
    """What was measured, in words without figures; "" where there are none in this language."""
    known = desk.indicators.get(fact.canonical or "")
    name = (
        (known.english if known else "") if desk.tongue.language == "en" else fact.canonical or fact.indicator
    )
    if not name or any(c.isdigit() for c in name):
        return ""
    return (
        name
        if fact.kind == "level"
        else desk.words("{name}的{kind}", name=name, kind=desk.tongue.kind(fact.kind).lower())
    )


def _texts(changes: Changes, desk: Desk) -> Iterator[Told]:
    """What is said in documents that were there before: problems and plans that are new, gone or worded differently."""
    aside = {d.id for c in changes.documents if c.change in ("new", "gone") for d in (c.before, c.after) if d}
    found = [
        m
        for m in changes.measures or ()
        if m.measure.document not in aside and m.change != "moved" and not _only_figures(m)
    ]
    for one in found:
        if one.change == "new" and one.measure.role == "problem" and one.measure.document in desk.documents:
            yield Told((_id(one),), partial(_problem, one))
            found.remove(one)
            break
    if found:
        ids = tuple(_id(m) for m in found)
        yield Told(ids, partial(_counted, found))


def _only_figures(change: MeasureChange) -> bool:
    """Whether nothing but figures differ in the wording: those are told of as numbers."""
    one, other = change.before, change.after
    if not one or not other or not set(change.fields) <= {"text", "headline"}:
        return False
    return _FIGURES.sub("", one.text) == _FIGURES.sub("", other.text)


def _problem(change: MeasureChange, desk: Desk) -> Line:
    measure = change.measure
    quote = desk.citations.passages(measure.document).opening(measure, 30)
    cite = desk.citations.cite(measure.document, quote.span.start)
    who = (Words(desk.who(measure.document), "strong"),)
    return desk.say("{who}：新提出问题“{said}”{cite}。", who=who, said=quote, cite=cite)


def _counted(found: Sequence[MeasureChange], desk: Desk) -> Line:
    parts: list[Line] = []
    if ids := [_id(m) for m in found if m.change == "new"]:
        parts.append(desk.say("新增{n}条", n=desk.count(ids)))
    if ids := [_id(m) for m in found if m.change == "changed"]:
        parts.append(desk.say("改动{n}条", n=desk.count(ids)))
    if ids := [_id(m) for m in found if m.change == "gone"]:
        parts.append(desk.say("减少{n}条", n=desk.count(ids)))
    return desk.say("原有材料中的措施和问题：{said}。", said=_listed(parts, desk))


def _making(changes: Changes) -> Iterator[Told]:
    """What changed in how the briefing is made."""
    causes = {c.reason for c in changes.causes}
    if "order" in causes:
        yield Told((), lambda desk: desk.say("编制要求有改动。"))
    if "lexicon" in causes:
        yield Told((), lambda desk: desk.say("词表有改动。"))
    if "program" in causes or any(c == Cause("rules") for c in changes.causes):
        yield Told((), lambda desk: desk.say("程序有改动。"))
    if "template" in causes:
        yield Told((), lambda desk: desk.say("模板或样式有改动。"))
