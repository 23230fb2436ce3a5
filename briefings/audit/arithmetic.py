"""Run the formula of a computed number again from its inputs."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from statistics import median

from briefings.audit.magnitudes import POINTS, factor, scaled
from briefings.records.briefing import Computed, Operation
from briefings.records.fact import Fact

PAIRS: tuple[Operation, ...] = ("difference", "ratio", "percent", "growth", "cagr")
RANKS: tuple[Operation, ...] = ("rank", "rank_low")
KEPT: tuple[Operation, ...] = ("sum", "difference", "median", "mean", "gap_to_mean")
"""Operations whose result has the unit of what goes in."""
APART: tuple[Operation, ...] = ("difference", "gap_to_mean")
"""Those of them that set numbers apart: percentages give percentage points."""
_LEAST = {"rank": 3, "rank_low": 3, "mean": 2, "gap_to_mean": 2}
_RATES = ("%", POINTS)
_OWN = {
    "percent": ("%",), "growth": ("%",), "cagr": ("%",), "ratio": ("倍",), "rank": ("位", "名"), "rank_low": ("位", "名"),
}  # fmt: skip
_PLACES = ("位", "名", "个位次", "位次", "个名次", "名次")


def disagreement(item: Computed, facts: Mapping[str, Fact]) -> str | None:
    """Why ``item`` is not what its formula gives (a sentence), or None when it is."""
    try:
        stated = Decimal(item.value)
    except InvalidOperation:
        return f"算出的值“{item.value}”不是数"
    if item.operation == "count":
        counted = len(set(item.inputs))
        if counted != len(item.inputs):
            return f"计数的条目有重复：{len(item.inputs)}条里只有{counted}条不同"
        return None if stated == counted else f"计数应为 {counted}，写作 {item.value}"
    try:
        values = terms(item, facts)
        result = _result(item, values)
        rounded = result.quantize(Decimal(1).scaleb(-item.digits), ROUND_HALF_UP)
    except ValueError as error:
        return str(error)
    except ArithmeticError:
        return "算式不能算：除数是零或数据不是数"
    return None if stated == rounded else f"算式的结果是 {rounded}，写作 {item.value}"


def terms(item: Computed, facts: Mapping[str, Fact]) -> list[Decimal]:
    """The numbers that go into the formula, all in one unit.

    Raises ``ValueError`` with the reason (a sentence) where the formula cannot be, ``ArithmeticError`` for no numbers.
    """
    if missing := [id_ for id_ in item.inputs if id_ not in facts]:
        raise ValueError(f"算式用到的数据 {missing[0]} 不存在")
    if item.operation in PAIRS and len(item.inputs) != 2:
        raise ValueError(f"算式要两个数据，给了{len(item.inputs)}个")
    if len(item.inputs) < (least := _LEAST.get(item.operation, 1)):
        raise ValueError(
            "算式没有数据" if least == 1 else f"算式至少要{least}个数据，给了{len(item.inputs)}个"
        )
    if item.operation not in PAIRS and len(set(item.inputs)) != len(item.inputs):
        raise ValueError("算式里同一个数据用了两次")
    used = [facts[id_] for id_ in item.inputs]
    if any(fact.value_high for fact in used):
        raise ValueError("算式用到了区间，不是一个数")
    return [Decimal(fact.value) * times for fact, times in zip(used, factors(item, used), strict=True)]


def factors(item: Computed, used: Sequence[Fact]) -> list[Decimal]:
    """By what each input is multiplied, so that all are in one unit: that of the result where it has theirs.

    Raises ``ValueError`` where the units do not convert, or the result's unit is not theirs.
    """
    # A place is a place, whether the source counts 位, 名 or nothing.
    units = [
        "位" if fact.kind == "rank" and (fact.unit or "位") in _PLACES else fact.unit or "" for fact in used
    ]
    target = _target(item, units)
    found = [factor(unit, target) for unit in units]
    known = [times for times in found if times is not None]
    if len(known) < len(found):
        raise ValueError(f"算式里的单位不同：{'、'.join(sorted(set(units)))}")
    return known


def _target(item: Computed, units: Sequence[str]) -> str:
    """The unit that all inputs are converted to."""
    first, unit = units[0], item.unit or ""
    if item.operation == "growth" and scaled(first)[1] in _RATES:
        raise ValueError("两个百分数之间不算增长率，应相减为个百分点")
    if item.operation not in KEPT:
        if unit and unit not in _OWN.get(item.operation, (unit,)):
            raise ValueError(f"结果的单位应为“{_OWN[item.operation][0]}”，写作“{unit}”")
        return first
    if item.operation in APART and scaled(first)[1] == "%":
        if unit == "%":
            raise ValueError("两个百分数相减，单位应为个百分点")
        if not unit or scaled(unit)[1] == POINTS:
            return first
    if not unit:
        if len(set(units)) > 1 and len({scaled(u)[1] for u in units}) == 1:
            raise ValueError(f"没有写明换算成哪个单位：{'、'.join(sorted(set(units)))}")
        return first
    if unit in _PLACES and first in _PLACES:
        return first
    # Where the inputs do not even fit each other, that is what is wrong.
    if factor(first, unit) is None and len({scaled(u)[1] for u in units}) == 1:
        raise ValueError(f"结果的单位“{unit}”不是数据的单位“{first}”")
    return unit if factor(first, unit) is not None else first


def tied(item: Computed, facts: Mapping[str, Fact]) -> bool:
    """Whether another input of a rank equals the first."""
    try:
        first, *others = terms(item, facts)
    except (ValueError, ArithmeticError):
        return False
    return first in others


def _result(item: Computed, values: list[Decimal]) -> Decimal:
    first = values[0]
    match item.operation:
        case "sum":
            return sum(values, Decimal(0))
        case "median":
            return median(values)
        case "mean":
            return sum(values, Decimal(0)) / len(values)
        case "gap_to_mean":
            return first - sum(values, Decimal(0)) / len(values)
        case "rank":
            return Decimal(1 + sum(other > first for other in values[1:]))
        case "rank_low":
            return Decimal(1 + sum(other < first for other in values[1:]))
        case "difference":
            return first - values[1]
        case "ratio":
            return first / values[1]
        case "percent":
            return first * 100 / values[1]
        case "growth":
            return (first - values[1]) * 100 / values[1]
        case "cagr":
            if item.years < 1:
                raise ValueError("年均增长率没有写明年数")
            if first <= 0 or values[1] <= 0:
                raise ValueError("年均增长率只能由正数算出")
            return ((first / values[1]) ** (Decimal(1) / item.years) - 1) * 100
        case "count":
            return Decimal(len(values))
