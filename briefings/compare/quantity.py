"""A number as written, with the interval of true values it may stand for and the unit it can be reckoned in."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from briefings.records.fact import Fact

_SCALES = {
    "": 0, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "十亿": 9, "百亿": 10, "千亿": 11, "万亿": 12,
}  # fmt: skip
_UNIT = re.compile(r"(万亿|[十百千]?亿|[十百千]?万|[百千](?![瓦米克升伏分]))?(.*)", re.DOTALL)
_POINTS = frozenset(("个百分点", "百分点", "个点"))
_COUNTS = frozenset("个家户人名位条项件处所座只台套辆艘架支场笔起次种类批宗例组列班")
_AT_LEAST = re.compile(r"超|突破|余|多|以上|逾|至少|不低于|不少于|大于|高于|过$")
_AT_MOST = re.compile(r"近|不足|以内|以下|不到|不超过|最高|至多|低于|小于")
_MORE = re.compile(r"余|多|几")
_OPEN = Decimal("0.1")
_AROUND = Decimal("0.05")
_SPARE = re.compile(r"[\s,，]+")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number scaled to its unit: ``value`` is what is written, ``low`` to ``high`` what it may stand for.

    ``loose`` is half a unit of its last digit that is not zero: 50 may be written for anything from 45 to 55.
    ``rough`` says that a word or a range makes it inexact. ``written`` is the source's text.
    """

    value: Decimal
    low: Decimal
    high: Decimal
    loose: Decimal
    unit: str
    rough: bool
    written: str

    @property
    def is_count(self) -> bool:
        """True for things that are counted one by one."""
        return self.unit in _COUNTS

    @property
    def is_percent(self) -> bool:
        """True for percentages."""
        return self.unit == "%"


def of_fact(fact: Fact) -> Quantity | None:
    """The number of ``fact``; None where its value is none."""
    written = _SPARE.sub("", fact.surface)
    if fact.unit and fact.unit[-1] not in written:
        written += fact.unit
    return quantity(fact.value, fact.unit or "", fact.hedge or "", fact.value_high, written)


def quantity(
    value: str, unit: str = "", hedge: str = "", value_high: str | None = None, written: str = ""
) -> Quantity | None:
    """The number ``value`` (unscaled digits) with its unit and hedge; None where ``value`` is no number."""
    try:
        number = Decimal(value)
        upper = Decimal(value_high) if value_high else number
    except InvalidOperation:
        return None
    scale, base = scaled(unit)
    if base == "倍":
        scale, base = 2, "%"
    factor = Decimal(10) ** scale
    last = Decimal(1).scaleb(int(number.as_tuple().exponent)) * factor
    rounded = base not in _COUNTS or scale or number != number.to_integral_value()
    half = last / 2 if rounded else Decimal(0)
    low, high = number * factor - half, upper * factor + half
    loose = _last_digit(number) * factor / 2 if rounded else Decimal(0)
    if hedge:
        low, high = _widened(number * factor, low, high, hedge, _last_digit(number) * factor)
    return Quantity(
        number * factor, low, high, loose, base, bool(hedge or value_high), written or value + unit
    )


def scaled(unit: str) -> tuple[int, str]:
    """The power of ten and the bare unit of ``unit``: 亿元 is (8, 元), 万千瓦 (4, 千瓦)."""
    found = _UNIT.fullmatch(_SPARE.sub("", unit))
    assert found is not None
    base = found[2]
    if base in _POINTS:
        return 0, "个百分点"
    return _SCALES[found[1] or ""], {"美金": "美元", "标准箱": "标箱", "TEU": "标箱"}.get(base, base)


def _last_digit(number: Decimal) -> Decimal:
    """The unit of the last digit of ``number`` that is not zero: 10 for 250, 0.1 for 3.5."""
    if not number:
        return Decimal(1)
    exponent = int(number.as_tuple().exponent)
    if exponent < 0:
        return Decimal(1).scaleb(exponent)
    return Decimal(1).scaleb(int(number.normalize().as_tuple().exponent))


def _widened(
    value: Decimal, low: Decimal, high: Decimal, hedge: str, step: Decimal
) -> tuple[Decimal, Decimal]:
    """What 近, 超 and 约 leave open: a tenth to their side; 多 and 余 all the digits that are not written."""
    span = max(abs(value) * _OPEN, step) if _MORE.search(hedge) else abs(value) * _OPEN
    if _AT_MOST.search(hedge):
        return value - span, high
    if _AT_LEAST.search(hedge):
        return low, value + span
    around = max(abs(value) * _AROUND, step / 2)
    return value - around, value + around


def plain(value: Decimal, digits: int) -> str:
    """``value`` rounded half up to ``digits`` decimals, no exponent, no trailing point."""
    from decimal import ROUND_HALF_UP

    rounded = value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
    return f"{rounded:f}"


def same_unit(one: Quantity, other: Quantity) -> bool:
    """True when the two can be added: one unit, or a bare 万 beside 元."""
    return one.unit == other.unit or {one.unit, other.unit} == {"", "元"}
