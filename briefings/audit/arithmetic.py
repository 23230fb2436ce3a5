"""Run the formula of a computed number again from its inputs."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation
from statistics import median

from briefings.records.briefing import Computed
from briefings.records.fact import Fact

PAIRS = ("difference", "ratio", "percent", "growth")
SAME_UNIT = ("sum", "difference", "growth", "median")


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
    missing = [id_ for id_ in item.inputs if id_ not in facts]
    if missing:
        return f"算式用到的数据 {missing[0]} 不存在"
    if item.operation in PAIRS and len(item.inputs) != 2:
        return f"算式要两个数据，给了{len(item.inputs)}个"
    if not item.inputs:
        return "算式没有数据"
    used = [facts[id_] for id_ in item.inputs]
    if any(fact.value_high for fact in used):
        return "算式用到了区间，不是一个数"
    units = {fact.unit or "" for fact in used}
    if item.operation in SAME_UNIT and len(units) > 1:
        return f"算式里的单位不同：{'、'.join(sorted(units))}"
    try:
        result = _result(item, [Decimal(fact.value) for fact in used])
    except (DivisionByZero, InvalidOperation):
        return "算式不能算：除数是零或数据不是数"
    rounded = result.quantize(Decimal(1).scaleb(-item.digits), ROUND_HALF_UP)
    return None if stated == rounded else f"算式的结果是 {rounded}，写作 {item.value}"


def _result(item: Computed, values: list[Decimal]) -> Decimal:
    match item.operation:
        case "sum":
            return sum(values, Decimal(0))
        case "median":
            return median(values)
        case "difference":
            return values[0] - values[1]
        case "ratio":
            return values[0] / values[1]
        case "percent":
            return values[0] * 100 / values[1]
        case "growth":
            return (values[0] - values[1]) * 100 / values[1]
        case "count":
            return Decimal(len(values))
