"""Says in a briefing what changed since its last edition: a short block on the page after the first."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from functools import partial

from briefings.compose.changes_numbers import renamed, values, vanished
from briefings.compose.changes_sources import sources
from briefings.compose.changes_texts import texts
from briefings.compose.changes_told import Told, id_of, listed
from briefings.compose.desk import Desk
from briefings.compose.numbering import entries_of, renumbered
from briefings.records.briefing import Block, Briefing, Bullets, Heading, Line, PageBreak, Paragraph
from briefings.records.change import Change, Changes
from briefings.records.material import Material

ID = "since-last"
MOST = 8
"""Lines of the block, the one on top and the one that counts the rest among them."""


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
    """Where the first page ends: behind its break or before the first chapter, whichever comes first; else at the end."""
    breaks = (n + 1 for n, b in enumerate(blocks) if isinstance(b, PageBreak))
    chapters = (n for n, b in enumerate(blocks) if isinstance(b, Heading) and b.level == 2)
    return min(next(breaks, len(blocks)), next(chapters, len(blocks)))


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
    return desk.say("与上一版（{id}）相比，{what}。", id=changes.old, what=listed(parts, desk))


def _ids(changes: Changes, change: Change) -> list[str]:
    return [id_of(f) for f in changes.numbers(change)]


def _all(changes: Changes, desk: Desk) -> Iterator[Told]:
    """Everything that can be told, what matters most first."""
    yield from sources(changes)
    yield from values(changes, desk)
    yield from renamed(changes)
    yield from vanished(changes, desk)
    yield from texts(changes, desk)
    yield from _making(changes)


def _making(changes: Changes) -> Iterator[Told]:
    """What changed in how the briefing is made."""
    causes = {c.reason for c in changes.causes}
    if causes & {"order", "lexicon", "program", "rules", "template"}:
        yield Told((), partial(_made, causes))


def _made(causes: Set[str], desk: Desk) -> Line:
    parts = []
    if "order" in causes:
        parts.append(desk.words("编制要求"))
    if "lexicon" in causes:
        parts.append(desk.words("词表"))
    if causes & {"program", "rules"}:
        parts.append(desk.words("程序"))
    if "template" in causes:
        parts.append(desk.words("模板或样式"))
    return desk.say("编制方面，{what}有改动。", what=desk.words("、").join(parts))
