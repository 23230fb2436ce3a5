"""What looks alike and cannot be compared, with the reason in words."""

from collections.abc import Sequence

from briefings.compose.desk import Desk
from briefings.compose.figures import measured, plain
from briefings.compose.labels import indicator, shown
from briefings.records.briefing import Block, Bullets, Column, Line, Table
from briefings.records.comparison import Barrier, Pair
from briefings.records.fact import Fact


def reason(barrier: Barrier, desk: Desk) -> Line:
    """Why two numbers are not compared."""
    one, other = barrier.sides
    match barrier.code:
        case "period":
            return desk.say("时段不同：{one}，{other}", one=desk.period(one), other=desk.period(other))
        case "basis":
            return desk.say(
                "比较的基准不同：{one}，{other}", one=_basis(one, desk), other=_basis(other, desk)
            )
        case "scope":
            return desk.say("统计范围不同：{one}，{other}", one=one, other=other)
        case "status":
            return desk.say("一个是目标，一个是完成数")
        case "unit":
            return desk.say("计量单位不能换算：{one}，{other}", one=desk.tongue.unit(one), other=desk.tongue.unit(other))  # fmt: skip
        case "definition":
            return desk.say(
                "名称相近，口径不同：{one}，{other}", one=_notion(one, desk), other=_notion(other, desk)
            )
        case "rough":
            return desk.say("原文是约数，不计算差额")


_FEW = 2
"""So few pairs are told in a list: a table would be mostly its own head."""


def told(pairs: Sequence[Pair], sides: tuple[str, str], head: str, key: str, desk: Desk) -> Block:
    """The pairs in a table, or in a list where they are few; ``sides`` say whose the current and the prior point are."""
    if len(pairs) > _FEW:
        return table(pairs, sides, head, key, desk)
    return Bullets(
        tuple(
            desk.say(
                "{name}：{one}{a}，{other}{b}；{why}",
                name=_name(p, desk),
                one=sides[0],
                a=_told(p.current.fact, desk),
                other=sides[1],
                b=_told(p.prior.fact, desk),
                why=reason(p.barrier, desk) if p.barrier else "",
            )
            for p in pairs
        )
    )


def table(pairs: Sequence[Pair], sides: tuple[str, str], head: str, key: str, desk: Desk) -> Table:
    """The pairs, a row each, both numbers shown; ``sides`` head the columns of the current and the prior point."""
    rows = tuple(
        (
            _name(p, desk),
            _shown(p.current.fact, desk),
            _shown(p.prior.fact, desk),
            reason(p.barrier, desk) if p.barrier else (),
        )
        for p in pairs
    )
    columns = (
        Column(desk.words("指标"), weight=2.0),
        Column(sides[0], "right", 1.6),
        Column(sides[1], "right", 1.6),
        Column(desk.words("不可比的原因"), weight=3.2),
    )
    return Table(key, desk.table_number(), head, columns, rows)


def _name(pair: Pair, desk: Desk) -> Line:
    """What both numbers are of: the shorter of two names, since the longer holds what sets its number apart."""
    return min(
        (indicator(f, desk) for f in (pair.current.fact, pair.prior.fact)), key=lambda n: len(plain(n))
    )


def _shown(fact: Fact, desk: Desk) -> Line:
    """The number with its mark and reference; a gap says from what it is measured, a target that it is one."""
    return _told(fact, desk) if fact.kind == "gap" or fact.status == "target" else shown(fact, desk)


def _told(fact: Fact, desk: Desk) -> Line:
    """The number with what it is measured against, and its reference."""
    line = (*measured(desk.print(fact), desk), desk.cite(fact))
    return desk.say("目标{number}", number=line) if fact.status == "target" else line


def _notion(name: str, desk: Desk) -> str:
    """An indicator's name as ``compare`` gives it, in the briefing's language where the lexicon knows it."""
    known = desk.indicators.get(name)
    return known.english if known and known.english and desk.tongue.language == "en" else name


def _basis(basis: str, desk: Desk) -> str:
    return desk.tongue.basis(basis) or basis
