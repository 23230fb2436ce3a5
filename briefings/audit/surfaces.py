"""Whether a fact's value stands in its words, read again without the grammar that found it."""

import re
from decimal import Decimal

from briefings.audit.tokens import NUMBER, squeezed
from briefings.records.fact import Fact

_POINT = re.compile(r"(?<=\d)[·•](?=\d)")
_GROUPS = re.compile(r"(?<=\d),(?=\d)")
_FOOT = re.compile(r"\n[\s　]*[-—–－]?[\s　]*\d{1,4}[\s　]*[-—–－]?[\s　]*(?=\n)")
"""A page number on a line of its own, where a number is parted from its unit by the end of a page."""
_SCALES = {"万亿": 10**12, "亿": 10**8, "千万": 10**7, "百万": 10**6, "万": 10**4, "千": 10**3}
_SCALE = "|".join(_SCALES)
_PART = re.compile(rf"(\d+(?:\.\d+)?)({_SCALE})?")
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "俩": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
NUMERAL = re.compile(r"[零〇一二两三四五六七八九十百千万亿点]+|半|番")


def surface_fault(fact: Fact) -> str | None:
    """Why the value of ``fact`` is not what its words say; None when it is."""
    try:
        wanted = [abs(Decimal(value)) for value in (fact.value, fact.value_high) if value]
    except ArithmeticError:
        return f"数据的值“{fact.value}”不是数"
    said = _POINT.sub(".", squeezed(_FOOT.sub("\n", fact.surface)))
    unit = squeezed(fact.unit or "")
    if any(wanted == reading for reading in _readings(said, unit)):
        return None
    return f"原文是“{fact.surface}”，读不出 {'～'.join(map(str, wanted))}"


def _readings(said: str, unit: str) -> list[list[Decimal]]:
    """The numbers that ``said`` may be read as: low and high end of a range, or one number."""
    if not NUMBER.search(said):
        return _in_words(said)
    whole = [Decimal(n.replace(",", "")) for n in NUMBER.findall(said)]
    bare = said.removesuffix(unit) if unit and NUMBER.search(said.removesuffix(unit)) else said
    joined = _GROUPS.sub("", bare)
    parts = _PART.findall(joined)
    found = [
        whole,
        [Decimal(n.replace(",", "")) for n in NUMBER.findall(bare)],
        [Decimal(n) for n, _ in parts],
    ]
    scale = _scale(unit)
    if len(parts) > 1 and any(magnitude for _, magnitude in parts):
        # 4亿200万 as 4.02 of 亿.
        amount = sum((Decimal(n) * _SCALES.get(magnitude, 1) for n, magnitude in parts), Decimal(0))
        found += [[amount / scale], [amount]]
    for number in whole[:1]:
        after = said[said.find(str(number)) + len(str(number)) :]
        if after.startswith("成"):
            found.append([number * 10])
        if after.startswith("分之") and len(whole) == 2:
            found += _fraction(whole[0], whole[1])
    return found


def _in_words(said: str) -> list[list[Decimal]]:
    """The same of Chinese numerals: 十支, 近百条, 三成, 一半, 三分之一, 两万."""
    if match := re.search(rf"({NUMERAL.pattern})分之({NUMERAL.pattern})", said):
        below, above = numeral(match[1]), numeral(match[2])
        return _fraction(below, above) if below is not None and above is not None else []
    numbers = [n for m in NUMERAL.finditer(said) if (n := numeral(m[0])) is not None]
    found = [numbers]
    if "成" in said:
        found.append([n * 10 for n in numbers])
        if match := re.search(r"([一二三四五六七八九])成([一二三四五六七八九半])", said):
            below = Decimal("5") if match[2] == "半" else Decimal(_DIGITS[match[2]])
            tenths = Decimal(_DIGITS[match[1]]) * 10 + below
            found += [[tenths], [tenths / 10]]
    if "半" in said:
        found += [[Decimal(50)], [Decimal("0.5")]]
    if "番" in said:
        times = numbers[0] if numbers else Decimal(1)
        found += [[times], [2**times], [(2**times - 1) * 100]]
    # 两三百家, 三五个: two digits side by side are the ends of a range.
    if match := re.search(r"([一二两三四五六七八九])([二三四五六七八九])([十百千万亿])?", said):
        scale = numeral("一" + match[3]) if match[3] else Decimal(1)
        found.append([_DIGITS[match[1]] * (scale or Decimal(1)), _DIGITS[match[2]] * (scale or Decimal(1))])
    for scale_ in (10**4, 10**8):
        # 两万家 may be kept as 2 of 万家.
        found.append([n / scale_ for n in numbers])
    return found


def _fraction(below: Decimal, above: Decimal) -> list[list[Decimal]]:
    if not below:
        return []
    share = above / below
    exact = [share, share * 100]
    return [[n] for n in exact] + [[round(n, digits)] for n in exact for digits in range(5)]


def numeral(words: str) -> Decimal | None:
    """A Chinese numeral as a number; None when it is none."""
    if words in ("半", "番") or not words.strip("点"):
        return None
    head, _, tail = words.partition("点")
    total = section = digit = 0
    for c in head:
        if c in _DIGITS:
            digit = digit * 10 + _DIGITS[c]  # 二〇二一, one figure after the other
        elif c in _TENS:
            section += (digit or 1) * _TENS[c]
            digit = 0
        else:
            scale = 10**4 if c == "万" else 10**8
            part = section + digit
            total = (total + part or 1) * scale if c == "亿" else total + (part or 1) * scale
            section = digit = 0
    number = Decimal(total + section + digit)
    if tail and all(c in _DIGITS for c in tail):
        number += Decimal("0." + "".join(str(_DIGITS[c]) for c in tail))
    return number


def _scale(unit: str) -> int:
    match = re.match(_SCALE, unit)
    return _SCALES[match[0]] if match else 1
