"""The chapters of a follow-up: completion drawn, promise by promise, what lags, what is not found, what is promised anew."""

from collections.abc import Sequence

from briefings.compose.desk import Desk
from briefings.compose.figures import plain, without_empty
from briefings.compose.labels import indicator
from briefings.compose.tracker_words import (
    asked,
    completed,
    completion,
    due,
    judged_by,
    quoted,
    state,
    target,
)
from briefings.records.briefing import (
    Block,
    Bullet,
    Bullets,
    Column,
    Figure,
    Heading,
    Line,
    Mark,
    Paragraph,
    Progress,
    Table,
    Value,
    Words,
)
from briefings.records.edition import Order
from briefings.records.fact import Fact
from briefings.records.tracker import Ahead, Followed, Tracker

_LEAST_BARS = 3
_MOST_BARS = 10
_LIMIT = 70
_SHORT = 44
_MOST_AHEAD = 24
_SPARSE = 3
"""A column in which fewer than one row in three says anything is left out."""


def progress(comparison: Tracker, desk: Desk) -> list[Block]:
    """Completion against schedule, where three or more targets have both."""
    drawn: list[tuple[Followed, Value, float]] = []
    for followed in comparison.followed:
        if followed.points and followed.promise.schedule is not None:
            value = completion(followed, desk)
            if value is not None:
                drawn.append((followed, value, _number(value)))
    if len(drawn) < _LEAST_BARS:
        return []
    drawn = sorted(drawn, key=lambda d: d[2])[:_MOST_BARS]
    rows = tuple(
        Progress(_label(f, desk), Mark(number, value.text, value.source), f.promise.schedule or 0.0)
        for f, value, number in drawn
    )
    short = [f.promise.id for f, _, number in drawn if number < (f.promise.schedule or 0.0)]
    first, last = drawn[0], drawn[-1]
    alt = desk.words(
        "子弹图：各项目标的完成率。最低的是{a}，{x}；最高的是{b}，{y}。",
        a=_label(first[0], desk), x=first[1].text, b=_label(last[0], desk), y=last[1].text,
    )  # fmt: skip
    facts = [
        fact
        for f, _, _ in drawn
        for fact in (f.promise.target, f.promise.completion or f.promise.outcome)
        if fact
    ]
    return [
        Figure(
            "g-progress",
            desk.figure_number(),
            desk.say(
                "算得出完成率的{n}项目标中，{m}项未到应有进度",
                n=desk.count([f.promise.id for f, _, _ in drawn]), m=desk.count(short),
            ),
            desk.words("完成数与目标之比，%；竖线为到本期末应有的进度，已到期的为全部"),
            Bullet(rows),
            alt,
            _sources(facts, desk),
        ),
    ]  # fmt: skip


def _number(value: Value) -> float:
    return float(value.text.replace("−", "-").rstrip("%％ ").lstrip("约近超逾"))


def _label(followed: Followed, desk: Desk) -> str:
    fact = followed.promise.target
    return plain(indicator(fact, desk)) if fact else ""


def _sources(facts: Sequence[Fact], desk: Desk) -> Line:
    cites = dict.fromkeys(desk.cite(desk.print(fact)) for fact in facts)
    return desk.say("来源：{cites}；其余为本刊计算。", cites=tuple(cites))


def followed(order: Order, comparison: Tracker, desk: Desk) -> list[Block]:
    """Promise by promise: both sides' words, the number, the state; in the order of the earlier text."""
    answered = [f for f in comparison.followed if f.promise.state != "not_mentioned"]
    blocks: list[Block] = []
    if comparison.followed:
        blocks.append(Heading(2, desk.words("逐项对照"), "followed", desk.chapter_number()))
    if not answered:
        if comparison.followed:
            blocks.append(
                Paragraph(
                    desk.say(
                        "{after}的材料没有一句话与上期的打算对得上。", after=desk.period(order.periods[-1])
                    )
                )
            )
        return blocks
    number = {f.promise.id: n for n, f in enumerate(comparison.followed, 1)}
    facts = tuple(fact for f in answered for fact in (f.promise.target, f.promise.outcome) if fact)
    rows = [
        (
            (Words(_ordinal(number[f.promise.id], desk)),),
            quoted(f.promise.plan, _LIMIT, desk, facts),
            _with_cite(asked(f.promise, desk), f.promise.target, desk),
            quoted(f.promise.answer, _LIMIT, desk, facts) if f.promise.answer else (),
            completed(f, desk),
            _state(f, desk),
        )
        for f in answered
    ]
    columns = (
        Column(desk.words("序号"), "center", 0.7),
        Column(desk.words("{before}的打算", before=desk.period(order.periods[0])), weight=3),
        Column(desk.words("目标、时限"), weight=1.4),
        Column(desk.words("{after}的表述", after=desk.period(order.periods[-1])), weight=3),
        Column(desk.words("完成率或实绩"), "right", 1.0),
        Column(desk.words("状态"), "center", 0.9),
    )
    note = desk.say("两栏表述均为原文摘引；完成率以来源自己说的为先，来源没有说的由两数算出（本刊计算）。")
    kept, told = without_empty(columns, rows)
    return [
        *blocks,
        Table("t-followed", desk.table_number(), desk.words("上期打算与本期表述"), kept, told, note),
    ]


def _ordinal(n: int, desk: Desk) -> str:
    """（三） or C: no figure, so that a row's number is not taken for data."""
    if desk.tongue.language == "zh":
        return desk.tongue.section(n)
    round_, place = divmod(n - 1, 26)
    return (chr(ord("A") + round_ - 1) if round_ else "") + chr(ord("A") + place)


def _state(found: Followed, desk: Desk) -> Line:
    style = {"done": "strong", "behind": "strong"}.get(found.promise.state, "plain")
    word = Words(state(found.promise.state, desk), "strong" if style == "strong" else "plain")
    by = judged_by(found.promise, desk)
    return (word, *desk.say("（{by}）", by=by)) if by else (word,)


def _with_cite(line: Line, fact: Fact | None, desk: Desk) -> Line:
    return (*line, desk.cite(fact)) if line and fact else line


def lagging(comparison: Tracker, desk: Desk) -> list[Block]:
    """What lags, the furthest from its target first, with the source's own reason."""
    if not comparison.lagging:
        return []
    items = []
    for found in comparison.lagging:
        promise = found.promise
        line = quoted(promise.plan, _SHORT, desk)
        share = completion(found, desk)
        if share is not None:
            cite: Line = (desk.cite(promise.completion),) if promise.completion else ()
            line = desk.say("{line}，完成{share}", line=line, share=(share, *cite))
        if found.reason:
            line = desk.say(
                "{line}。来源所说的原因：{reason}。", line=line, reason=quoted(found.reason, _SHORT, desk)
            )
        else:
            line = desk.say("{line}。来源没有说明原因。", line=line)
        items.append(line)
    return [
        Heading(2, desk.words("滞后事项与来源所说的原因"), "lagging", desk.chapter_number()),
        Bullets(tuple(items), ordered=True),
    ]


def missing(order: Order, comparison: Tracker, desk: Desk) -> list[Block]:
    """What is not spoken of again, with what a reader may look at instead."""
    found = [f for f in comparison.followed if f.promise.state == "not_mentioned"]
    if not found:
        return []
    number = {f.promise.id: n for n, f in enumerate(comparison.followed, 1)}
    rows = [
        (
            (Words(_ordinal(number[f.promise.id], desk)),),
            quoted(f.promise.plan, _LIMIT, desk),
            _with_cite(asked(f.promise, desk), f.promise.target, desk),
            _instead(f, desk),
        )
        for f in found
    ]
    columns = (
        Column(desk.words("序号"), "center", 0.5),
        Column(desk.words("{before}的打算", before=desk.period(order.periods[0])), weight=3.2),
        Column(desk.words("目标、时限"), weight=1.7),
        Column(desk.words("{after}可以参看的文字", after=desk.period(order.periods[-1])), weight=2.6),
    )
    kept, told = without_empty(columns, rows)
    return [
        Heading(2, desk.words("未见表述的事项"), "missing", desk.chapter_number()),
        Paragraph(
            desk.say(
                "以下{n}项在{after}的材料中没有找到对应的表述。这只说明材料没有写到，不等于没有完成。",
                n=desk.count([f.promise.id for f in found]), after=desk.period(order.periods[-1]),
            )
        ),
        Table("t-missing", desk.table_number(), desk.words("本期未见表述的打算"), kept, told),
    ]  # fmt: skip


def _instead(found: Followed, desk: Desk) -> Line:
    if found.promise.decided:
        return desk.say("{by}", by=judged_by(found.promise, desk))
    if found.elsewhen:
        fact = desk.print(found.elsewhen)
        own = desk.documents[fact.document].period
        when = fact.period or (own.value if own else "")
        shown = (*target(fact, desk), desk.cite(fact))
        return desk.say("只有{when}的数：{shown}，时期不同，不能作答", when=desk.period(when), shown=shown)
    if found.related and found.again:
        return desk.say("再次列入打算：{quote}", quote=quoted(found.related, _SHORT, desk))
    if found.related:
        return desk.say("说到相近的事：{quote}（待人工确认）", quote=quoted(found.related, _SHORT, desk))
    return ()


def ahead(order: Order, comparison: Tracker, desk: Desk) -> list[Block]:
    """What the later documents promise: target, deadline and responsible unit as far as they are said."""
    if not comparison.ahead:
        return []
    listed = _chosen(comparison.ahead)
    rows = [
        (
            quoted(a.plan, _LIMIT, desk),
            _with_cite(target(a.target, desk), a.target, desk),
            _when(a, desk),
            _who(a),
        )
        for a in listed
    ]
    columns = (
        Column(desk.words("打算（原句）"), weight=4),
        Column(desk.words("目标"), "right", 1.5),
        Column(desk.words("时限"), weight=1.5),
        Column(desk.words("责任单位"), weight=1.6),
    )
    own = comparison.current[0].period if comparison.current else None
    when = desk.period(own.value if own else order.periods[-1])
    n = desk.count([a.plan.id for a in comparison.ahead])
    text = desk.say("{when}的材料提出打算{n}项，留待下期对照。", when=when, n=n)
    if len(listed) < len(comparison.ahead):
        text = desk.say("{when}的材料提出打算{n}项，有目标和时限的在前，以下是其前若干项。", when=when, n=n)
    blocks: list[Block] = [
        Heading(2, desk.words("{when}新提的打算", when=when), "ahead", desk.chapter_number()),
        Paragraph(text),
    ]
    said = [c for c in range(1, len(columns)) if _SPARSE * sum(bool(row[c]) for row in rows) >= len(rows)]
    if not said:  # the quotations say the few numbers and deadlines there are
        return [*blocks, Bullets(tuple(row[0] for row in rows))]
    kept = [0, *said]
    return [
        *blocks,
        Table(
            "t-ahead", desk.table_number(), desk.words("下期要对照的打算"),
            tuple(columns[c] for c in kept), tuple(tuple(row[c] for c in kept) for row in rows),
        ),
    ]  # fmt: skip


def _chosen(found: Sequence[Ahead]) -> list[Ahead]:
    """All of them; where they are many, those with a target or a deadline first."""
    if len(found) <= _MOST_AHEAD:
        return list(found)
    return sorted(found, key=lambda a: (a.target is None, a.due is None and a.deadline is None))[:_MOST_AHEAD]


def _when(found: Ahead, desk: Desk) -> Line:
    when = due(found, desk)
    return (Words(when),) if when else ()


def _who(found: Ahead) -> Line:
    """The responsible unit in the source's words, as far as they stand in the quoted sentence's measure."""
    return (Words(found.plan.responsible),) if found.plan.responsible else ()
