"""Units that differ by a power of ten only: 万元 and 亿元 do, 美元 and 元 or 个 and 家 do not."""

import re
from decimal import Decimal

from briefings.audit.tokens import squeezed

_TENS = {
    "": 0, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "十亿": 9, "百亿": 10, "千亿": 11, "万亿": 12,
}  # fmt: skip
# 千瓦, 千克 and their like are units of their own, and 百分点 is no hundred of anything.
_UNIT = re.compile(r"(万亿|[十百千]?亿|[十百千]?万|[百千](?![瓦米克升伏安卡帕]|分点))?(.*)", re.DOTALL)
POINTS = "个百分点"
_SAME = {"百分点": POINTS, "个点": POINTS, "美金": "美元", "标准箱": "标箱", "TEU": "标箱"}


def scaled(unit: str) -> tuple[int, str]:
    """The power of ten and the bare unit of ``unit``: 亿元 is (8, 元), 万千瓦 (4, 千瓦)."""
    found = _UNIT.fullmatch(squeezed(unit))
    assert found is not None
    base = found[2]
    return _TENS[found[1] or ""], _SAME.get(base, base)


def factor(unit: str, wanted: str) -> Decimal | None:
    """By what a number in ``unit`` is multiplied to be one in ``wanted``; None where they do not convert."""
    power, base = scaled(unit)
    target, same = scaled(wanted)
    return Decimal(1).scaleb(power - target) if base == same else None
