"""Words where the sources' numbers do not fit each other: both sides with their sentences, and what was computed."""

from collections.abc import Iterator, Mapping, Sequence

from briefings.compose.desk import Desk
from briefings.compose.figures import measured, name
from briefings.records.briefing import Inline, Line, Operation, Value, Words
from briefings.records.check import Check
from briefings.records.fact import Fact

_OPERATIONS: dict[str, Operation] = {
    "sum": "sum", "share": "percent", "completion": "percent", "rate": "percent", "growth": "growth",
    "delta": "difference",
}  # fmt: skip


def misfits(checks: Sequence[Check], known: Mapping[str, Fact], desk: Desk) -> Iterator[Line]:
    """A line for each check that disagrees and rests on facts alone; ``others`` gives the rest."""
    for check, facts in _disagreeing(checks, known):
        if facts:
            yield tuple(_line(check, facts, desk))


def others(checks: Sequence[Check], known: Mapping[str, Fact]) -> tuple[str, ...]:
    """The ids of the checks that disagree and rest on numbers that are no facts (cells without a name)."""
    return tuple(check.id for check, facts in _disagreeing(checks, known) if not facts)


def _disagreeing(checks: Sequence[Check], known: Mapping[str, Fact]) -> Iterator[tuple[Check, list[Fact]]]:
    """Each check that disagrees with its facts, the checked one first; without any where a number is no fact."""
    for check in checks:
        if check.verdict == "disagrees":
            facts = [known[i] for i in check.facts if i in known]
            yield check, facts if len(facts) == len(check.facts) > 1 else []


def _line(check: Check, facts: list[Fact], desk: Desk) -> Iterator[Inline]:
    who = desk.tongue.issuer(desk.documents[facts[0].document])
    yield Words(desk.words("{who}：{what}，", who=who, what=_head(check.kind, desk)), "strong")
    for fact in facts:
        other = desk.who(fact.document)
        if fact is not facts[0]:
            yield from desk.say("；")
        if other != who:
            yield from desk.say("{who}作", who=other)
        yield from _said(fact, desk)
    result = _computed(check, facts[1:], desk)
    if result:
        yield from desk.say("；由后者算得{n}（本刊计算）", n=result)
    yield from desk.say("。")


def _said(fact: Fact, desk: Desk) -> Line:
    return (*name(desk.print(fact), desk), Words(" "), *measured(fact, desk, marks=False), desk.cite(fact))


def _computed(check: Check, terms: list[Fact], desk: Desk) -> Value | None:
    """What the terms give, where one of the recorded formulas says it as the check does."""
    number = "".join(c for c in check.computed if c.isdigit() or c in ".-−").replace("−", "-")
    unit = check.computed.lstrip("+-−0123456789.")
    operation = _OPERATIONS.get(check.kind)
    if operation is None or (operation != "sum" and len(terms) != 2):
        return None
    digits = len(number.partition(".")[2])
    found = desk.arithmetic(operation, terms, digits, unit)
    return found if found and found.text == desk.tongue.amount(number, unit) else None


def _head(kind: str, desk: Desk) -> str:
    match kind:
        case "sum":
            return desk.words("分项与合计不符")
        case "share":
            return desk.words("占比与分子分母不符")
        case "completion":
            return desk.words("完成率与完成数、计划数不符")
        case "rate":
            return desk.words("比率与分子分母不符")
        case "growth":
            return desk.words("增速与两期数值不符")
        case "delta":
            return desk.words("增量与两期数值不符")
        case "average":
            return desk.words("两年平均与各年增速不符")
        case "gap":
            return desk.words("差距与两地增速不符")
        case "rank":
            return desk.words("位次与数值不符")
        case _:
            return desk.words("前后说法不一")
