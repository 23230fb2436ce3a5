"""Words which numbers are others now, go by another name, or are gone since the last edition."""

from collections.abc import Iterator, Sequence
from functools import partial

from briefings.compose.changes_told import Told, id_of, listed, speaker
from briefings.compose.desk import Desk
from briefings.compose.figures import measured, named
from briefings.compose.wording import full_width
from briefings.records.briefing import Line, Quote
from briefings.records.change import Changes, FactChange
from briefings.records.correction import FLAG
from briefings.records.document import Span
from briefings.records.fact import Fact

LEFT = "left"
"""What became of a correction whose source was replaced, see ``Cause``."""
_VALUES = ("value", "value_high", "unit", "hedge", "kind")
_MOST_NAMED = 3
_LAST = 1000


def values(changes: Changes, desk: Desk) -> Iterator[Told]:
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
        yield Told(tuple(id_of(one) for one in group), partial(_value, group))


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


def _value(group: Sequence[FactChange], desk: Desk) -> Line:
    facts = [desk.print(f.after) for f in group if f.after]
    fact, reason = facts[0], group[0].cause.reason
    told = [measured(f, desk, marks=False) for f in facts]
    now = (*listed(told, desk), desk.cite(fact))
    pieces: dict[str, Line] = {
        "who": speaker(desk.documents[fact.document], desk),
        "name": named(fact, desk),
    }
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


def renamed(changes: Changes) -> Iterator[Told]:
    """Numbers that are the same and are understood differently."""
    ids = [id_of(f) for f in changes.numbers("changed") if not set(f.fields) & set(_VALUES)]
    if ids:
        yield Told(tuple(ids), partial(_only_renamed, ids))


def _only_renamed(ids: Sequence[str], desk: Desk) -> Line:
    return desk.say("{n}项数据数值不变，名称、时期、范围或比较基准有改动。", n=desk.count(ids))


def vanished(changes: Changes, desk: Desk) -> Iterator[Told]:
    """Numbers that are gone though their document is still there, by name: their values are the old edition's."""
    out = {d.before.id for d in changes.documents if d.change == "gone" and d.before}
    gone = [f for f in changes.numbers("gone") if f.before and f.before.document not in out]
    ranked = sorted(gone, key=lambda f: (_rank(f.fact, desk), not f.printed[0]))
    rejected = [f for f in ranked if f.cause.reason == "correction"]
    others = [f for f in ranked if f.cause.reason != "correction"]
    if rejected:
        yield Told(tuple(id_of(f) for f in rejected), partial(_rejected, rejected))
    if others:
        yield Told(tuple(id_of(f) for f in others), partial(_no_longer, others))


def _rejected(gone: Sequence[FactChange], desk: Desk) -> Line:
    count = desk.count([id_of(f) for f in gone])
    return desk.say("经人工核定未予采用的有{n}项{names}。", n=count, names=_names(gone, desk))


def _no_longer(gone: Sequence[FactChange], desk: Desk) -> Line:
    count = desk.count([id_of(f) for f in gone])
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


def _rank(fact: Fact, desk: Desk) -> int:
    known = desk.indicators.get(fact.canonical or "")
    return known.rank or _LAST if known else _LAST
