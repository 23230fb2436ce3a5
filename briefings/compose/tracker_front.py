"""The first page of a follow-up of targets: one sentence, the four states, three promises, one caveat."""

from collections.abc import Sequence

from briefings.compose.desk import Desk
from briefings.compose.tracker_words import STATES, quoted, state, told
from briefings.records.briefing import Block, Bullets, Callout, Heading, Line, Paragraph, Tile, Tiles
from briefings.records.comparison import PromiseState
from briefings.records.edition import Order
from briefings.records.tracker import Ahead, Followed, Tracker

_CHANGES = 3
_BULLET = 20
_EXAMPLE = 40


def first_page(order: Order, comparison: Tracker, desk: Desk) -> list[Block]:
    """What a leader reads in half a minute."""
    blocks: list[Block] = [
        Heading(1, order.title, "top"),
        Paragraph(_standfirst(order, comparison, desk), "standfirst"),
        Paragraph(_sentence(order, comparison, desk), "lead"),
    ]
    if comparison.followed:
        blocks.append(Tiles(tuple(_tile(which, comparison, desk) for which in STATES)))
        changes = _changes(comparison)
        if changes:
            blocks.append(Heading(4, _head(changes, desk), "changes"))
            blocks.append(Bullets(tuple(told(f, _BULLET, desk) for f in changes), ordered=True))
    elif comparison.ahead:
        blocks.append(Tiles(tuple(_ahead_tiles(comparison.ahead, desk))))
    blocks.append(Callout("check", desk.words("一个提醒"), (_caveat(order, comparison, desk),)))
    if comparison.followed:
        blocks.append(Paragraph(_nature(comparison, desk)))
    return blocks


def ids(comparison: Tracker, which: PromiseState) -> list[str]:
    """The promises in a state, by id."""
    return [f.promise.id for f in comparison.followed if f.promise.state == which]


def _standfirst(order: Order, comparison: Tracker, desk: Desk) -> Line:
    documents = [*comparison.prior, *comparison.current]
    who = "、".join(dict.fromkeys(desk.tongue.issuer(d) for d in documents))
    n = desk.count([d.id for d in documents])
    if not comparison.prior:
        return desk.say("{who}　收录{n}份材料", who=who, n=n)
    return desk.say(
        "{who}　{before}的打算，对照{after}的表述　收录{n}份材料",
        who=who, before=desk.period(order.periods[0]), after=desk.period(order.periods[-1]), n=n,
    )  # fmt: skip


def _sentence(order: Order, comparison: Tracker, desk: Desk) -> Line:
    before, after = desk.period(order.periods[0]), desk.period(order.periods[-1])
    if not comparison.prior:
        only = comparison.current[0].period if comparison.current else None
        when = desk.period(only.value) if only else after
        if not comparison.ahead:
            return desk.say("只有{when}的材料，其中没有写下步打算，无可跟踪。", when=when)
        n = desk.count([a.plan.id for a in comparison.ahead], strong=True)
        return desk.say("只有{when}的材料，提出{n}项打算，尚无后一期材料可以对照。", when=when, n=n)
    if not comparison.followed:
        return desk.say(
            "{before}的材料没有写下步打算，无可跟踪；以下只列{after}新提的打算。", before=before, after=after
        )
    counts = {which: desk.count(ids(comparison, which)) for which in STATES}
    n = desk.count([f.promise.id for f in comparison.followed], strong=True)
    return desk.say(
        "{before}提出的{n}项打算：完成{a}、推进中{b}、滞后{c}、未见表述{d}。",
        before=before, n=n, a=counts["done"], b=counts["on_track"], c=counts["behind"], d=counts["not_mentioned"],
    )  # fmt: skip


def _tile(which: PromiseState, comparison: Tracker, desk: Desk) -> Tile:
    found = [f for f in comparison.followed if f.promise.state == which]
    label = state(which, desk)
    return Tile(
        label, desk.count([f.promise.id for f in found]), desk.words("项打算"), _note(which, found, desk)
    )


def _note(which: PromiseState, found: Sequence[Followed], desk: Desk) -> Line:
    if which == "not_mentioned":
        return desk.say("不等于没有完成")
    if not found:
        return desk.say("没有这样的表述")
    numbered = [f.promise.id for f in found if f.promise.outcome]
    if which == "behind":
        reasoned = [f.promise.id for f in found if f.reason]
        return desk.say("写明原因的{n}项", n=desk.count(reasoned))
    if numbered:
        return desk.say("有数可核的{n}项", n=desk.count(numbered))
    return desk.say("以措辞为据")


def _ahead_tiles(ahead: Sequence[Ahead], desk: Desk) -> list[Tile]:
    unit = desk.words("项打算")
    numbered = [a.plan.id for a in ahead if a.target]
    dated = [a.plan.id for a in ahead if a.due or a.deadline]
    owned = [a.plan.id for a in ahead if a.plan.responsible]
    return [
        Tile(desk.words("提出的打算"), desk.count([a.plan.id for a in ahead]), unit),
        Tile(desk.words("有数量目标"), desk.count(numbered), unit),
        Tile(desk.words("写明时限"), desk.count(dated), unit),
        Tile(desk.words("写明责任单位"), desk.count(owned), unit),
    ]


def _changes(comparison: Tracker) -> tuple[Followed, ...]:
    """Three promises: the worst lags first, then what was reached by number, by words, what moves, what is not found."""
    rest = [f for f in comparison.followed if f not in comparison.lagging]
    order = {"done": 0, "on_track": 1, "not_mentioned": 2, "behind": 3}
    rest.sort(
        key=lambda f: (order[f.promise.state], f.promise.outcome is None, f.promise.confidence == "low")
    )
    spoken = [f for f in rest if f.promise.state != "not_mentioned"]
    return (*comparison.lagging, *spoken)[:_CHANGES]


def _head(changes: Sequence[Followed], desk: Desk) -> str:
    if all(f.promise.state == "behind" for f in changes) and len(changes) == _CHANGES:
        return desk.words("滞后最多的三项")
    return desk.words("三个变化") if len(changes) == _CHANGES else desk.words("主要变化")


def _caveat(order: Order, comparison: Tracker, desk: Desk) -> Line:
    """What is not found and was due comes first; then what no later document can tell."""
    after = desk.period(order.periods[-1])
    missing = [f for f in comparison.followed if f.promise.state == "not_mentioned"]
    due = [f for f in missing if f.promise.schedule == 100.0]
    if missing:
        example = quoted(max(due or missing, key=_telling).promise.plan, _EXAMPLE, desk)
        n = desk.count([f.promise.id for f in missing])
        if due:
            return desk.say(
                "有{n}项在{after}的材料中未见表述，其中{m}项已到期，如{quote}。未见表述不等于没有完成，应向单位核实。",
                n=n, m=desk.count([f.promise.id for f in due]), after=after, quote=example,
            )  # fmt: skip
        return desk.say(
            "有{n}项在{after}的材料中未见表述，如{quote}。未见表述不等于没有完成，应向单位核实。",
            n=n, after=after, quote=example,
        )  # fmt: skip
    if comparison.followed:
        return desk.say("状态只依材料自己的措辞和数字判定，材料之外的进展不在其中。")
    return desk.say("打算是否完成，要有后一期的材料才能对照；此处不作判断。")


def _telling(found: Followed) -> tuple[bool, bool, bool, int]:
    """What makes a good example: a thing to be built or reached, a name; not a call to do better."""
    plan = found.promise.plan.text
    counted = found.promise.target is not None and found.promise.target.kind == "level"
    return found.elsewhen is None, counted, any(mark in plan for mark in "《“"), -len(plan)


def _nature(comparison: Tracker, desk: Desk) -> Line:
    """How many matches rest on what."""
    matched = [f.promise for f in comparison.followed if f.promise.answer]
    by_hand = [f.promise.id for f in comparison.followed if f.promise.decided]
    numbered = [p.id for p in matched if p.outcome and p.id not in by_hand]
    worded = [p.id for p in matched if not p.outcome and p.id not in by_hand]
    line = desk.say(
        "状态怎么来：以数字对照{n}项，以措辞对照{m}项，人工确认{k}项（本刊计算）。",
        n=desk.count(numbered), m=desk.count(worded), k=desk.count(by_hand),
    )  # fmt: skip
    pending = [p.id for p in matched if p.confidence == "low" and not p.decided]
    if pending:
        line += desk.say("其中{n}项对应关系把握不大，表中注明待人工确认。", n=desk.count(pending))
    return line
