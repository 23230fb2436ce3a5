"""Operations on numbers that were rounded: what they give, between which bounds, and whether that fits what is stated."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import Literal

from briefings.compare.quantity import Quantity, plain, scaled
from briefings.records.check import Verdict

Operation = Literal[
    "sum",
    "product",
    "percent",
    "percent_of_sum",
    "growth",
    "growth_by_delta",
    "difference",
    "average",
    "same",
    "order",
]
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Result:
    """What an operation gives: ``value`` from the numbers as written, ``low`` and ``high`` from what they stand for."""

    value: Decimal
    low: Decimal
    high: Decimal


def apply(operation: Operation, inputs: Sequence[Quantity], loose: bool = False) -> Result | None:
    """The result of ``operation``; None where it has none (a division by zero).

    Inputs: sum and difference as written; percent (a, b) gives 100·a/b; growth (new, old); growth_by_delta
    (level, delta) gives 100·delta/(level - delta); product (a, b); average (g1, g2) the yearly mean of
    two growth rates. ``loose`` takes zeros at the end of a number for unwritten digits.
    """
    ends = [_ends(q, loose) for q in inputs]
    if operation == "sum":
        return Result(
            sum((q.value for q in inputs), Decimal(0)), *(sum(e, Decimal(0)) for e in zip(*ends, strict=True))
        )
    if operation == "percent_of_sum":
        lows, highs = zip(*ends[1:], strict=True)
        ends = [ends[0], (sum(lows, Decimal(0)), sum(highs, Decimal(0)))]
        whole = sum((q.value for q in inputs[1:]), Decimal(0))
        return _corners("percent", (inputs[0].value, whole), ends)
    return _corners(operation, tuple(q.value for q in inputs), ends)


def _corners(
    operation: str, values: Sequence[Decimal], ends: Sequence[tuple[Decimal, Decimal]]
) -> Result | None:
    """The operation on the values, and its extremes: each is monotonic in each term, so the corners hold them."""
    compute = _OPERATIONS[operation]
    try:
        corners = [compute(*corner) for corner in product(*ends)]
        return Result(compute(*values), min(corners), max(corners))
    except ArithmeticError:
        return None


def judge(
    stated: Quantity, operation: Operation, inputs: Sequence[Quantity]
) -> tuple[Verdict, Result, Decimal] | None:
    """Whether ``stated`` fits the operation's result: the verdict, the result, and the tolerance.

    Within what rounding explains it agrees. What is said twice is rounded from one number, so written to the same digit
    it must be equal. Outside, rough numbers, digits cut off instead of rounded, and parts of a
    sum that may have been rounded further leave it open; everything else disagrees.
    """
    if operation == "order":
        return _ordered(stated, *inputs)
    result = apply(operation, inputs)
    if result is None:
        return None
    if operation == "same" and not stated.rough and not inputs[0].rough:
        tolerance = _apart(stated, inputs[0])
        if abs(stated.value - inputs[0].value) <= tolerance:
            return "agrees", result, tolerance
        return "cannot" if tolerance and _cut_off(stated, result) else "disagrees", result, tolerance
    tolerance = ((stated.high - stated.low) + (result.high - result.low)) / 2
    if _meet(stated.low, stated.high, result):
        return "agrees", result, tolerance
    if stated.rough or any(q.rough for q in inputs):
        return "cannot", result, tolerance
    if _cut_off(stated, result) or (operation == "sum" and _round_enough(stated, inputs)):
        return "cannot", result, tolerance
    return "disagrees", result, tolerance


def _apart(one: Quantity, other: Quantity) -> Decimal:
    """How far two numbers for one thing may lie apart: written to the same digit they are equal, else the coarser rounds."""
    halves = (one.high - one.low) / 2, (other.high - other.low) / 2
    return max(halves) if halves[0] != halves[1] else Decimal(0)


def _round_enough(total: Quantity, parts: Sequence[Quantity]) -> bool:
    """True when whole numbers ending in zeros, among numbers with decimals, explain what is missing from a sum."""
    numbers = (total, *parts)
    if not any("." in q.written or "．" in q.written for q in numbers):
        return False
    result = apply("sum", parts, loose=True)
    return result is not None and _meet(*_ends(total, True), result)


def _ordered(
    rank: Quantity, value: Quantity, other_rank: Quantity, other: Quantity
) -> tuple[Verdict, Result, Decimal]:
    """Whether the smaller rank has the larger value; equal within rounding is no fault."""
    result = Result(rank.value, rank.value, rank.value)
    better, worse = (value, other) if rank.value < other_rank.value else (other, value)
    if better.high >= worse.low:
        return "agrees", result, Decimal(0)
    return "cannot" if value.rough or other.rough else "disagrees", result, Decimal(0)


def formula(stated: Quantity, operation: Operation, inputs: Sequence[Quantity], result: Result) -> str:
    """The computation in words and numbers: 401.9亿元÷705亿元＝57.01%，原文57.0%."""
    written = [_signed(q) for q in inputs]
    if operation == "order":
        return f"{stated.written}的是{written[0]}，{written[1]}的是{written[2]}"
    if operation == "same":
        apart = abs(stated.value - inputs[0].value)
        told = f"相差{shown_gap(apart, stated)}" if apart else "相同"
        return f"先后两处：{written[0]}，{_signed(stated)}，{told}"
    return f"{_WORDS[operation](written)}＝{shown(result.value, stated)}，原文{_signed(stated)}"


def _signed(q: Quantity) -> str:
    """The number as written, with a minus where only its verb says so (下降7.5%)."""
    return f"（－{q.written}）" if q.value < 0 and q.written[:1] not in "-－—−" else q.written


def shown(value: Decimal, like: Quantity) -> str:
    """``value`` in the unit ``like`` is written in, one decimal more than it has."""
    scale, unit, digits = written_unit(like)
    text = plain(value.scaleb(-scale), min(digits + 1, 4))
    return (text.rstrip("0").rstrip(".") if "." in text else text) + unit


def shown_gap(value: Decimal, like: Quantity) -> str:
    """A difference of numbers like ``like``: between percentages it is in percentage points."""
    text = shown(value, like)
    return (
        text.removesuffix("%").removesuffix("％") + "个百分点"
        if like.is_percent and text[-1] in "%％"
        else text
    )


def written_unit(like: Quantity) -> tuple[int, str, int]:
    """The power of ten, the unit and the number of decimals that ``like`` is written in."""
    start = next((i for i, c in enumerate(like.written) if c.isdigit()), 0)
    end = start
    while end < len(like.written) and (like.written[end].isdigit() or like.written[end] in ".．·"):
        end += 1
    number = like.written[start:end]
    digits = len(number) - 1 - max(number.find(c) for c in ".．·") if any(c in number for c in ".．·") else 0
    unit = like.written[end:]
    for hedge in ("以上", "以内", "以下", "左右", "及", "余", "多"):
        unit = unit.replace(hedge, "")
    scale, base = scaled(unit)
    if base == "倍":
        return 2, "倍", digits
    return scale, unit or like.unit, digits


def _ends(q: Quantity, loose: bool) -> tuple[Decimal, Decimal]:
    if loose and not q.rough:
        return min(q.low, q.value - q.loose), max(q.high, q.value + q.loose)
    return q.low, q.high


def _meet(low: Decimal, high: Decimal, result: Result) -> bool:
    return low <= result.high and result.low <= high


def _cut_off(stated: Quantity, result: Result) -> bool:
    """True when the result would be the stated number if its further digits had been cut off instead of rounded."""
    step = stated.high - stated.low
    away = step if stated.value >= 0 else -step
    return _meet(min(stated.value, stated.value + away), max(stated.value, stated.value + away), result)


def _average(first: Decimal, second: Decimal) -> Decimal:
    return (((1 + first / _HUNDRED) * (1 + second / _HUNDRED)).sqrt() - 1) * _HUNDRED


_OPERATIONS: dict[str, Callable[..., Decimal]] = {
    "percent": lambda a, b: _HUNDRED * a / b,
    "growth": lambda new, old: _HUNDRED * (new - old) / old,
    "growth_by_delta": lambda level, delta: _HUNDRED * delta / (level - delta),
    "difference": lambda a, b: a - b,
    "product": lambda a, b: a * b,
    "average": _average,
    "same": lambda a: a,
}
_WORDS: dict[str, Callable[[list[str]], str]] = {
    "sum": "＋".join,
    "percent": lambda w: f"{w[0]}÷{w[1]}",
    "percent_of_sum": lambda w: f"{w[0]}÷（{'＋'.join(w[1:])}）",
    "growth": lambda w: f"（{w[0]}－{w[1]}）÷{w[1]}",
    "growth_by_delta": lambda w: f"{w[1]}÷（{w[0]}－{w[1]}）",
    "difference": lambda w: f"{w[0]}－{w[1]}",
    "product": lambda w: f"{w[0]}×{w[1]}",
    "average": lambda w: f"√（（1＋{w[0]}）×（1＋{w[1]}））－1",
}
