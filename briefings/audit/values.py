"""Whether a printed number is the number of its fact or of its formula: digits, sign, unit, hedge."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from briefings.audit.arithmetic import APART, RANKS, tied
from briefings.audit.magnitudes import POINTS, scaled
from briefings.audit.tokens import NUMBER, squeezed
from briefings.records.briefing import Computed
from briefings.records.correction import FLAG
from briefings.records.fact import Fact

SIGNED = ("change", "delta", "gap")
_DIRECTED = ("difference", "growth", "cagr", "gap_to_mean")
"""Operations whose result has a direction: above or below, more or less than before."""
NEAR = 8
"""Characters beside a number in which its hedge or its direction may be said."""
_MINUS = "−-"
_DOWN = re.compile(r"(?:下降|减少|降低|回落|压减|缩短|低于|少于|慢于|减|降|负|亏损|▼)[了为到约近超\s]*$")
_UP = re.compile(r"(?:上升|增长|增加|提高|提升|高于|多于|快于|增|升|▲)[了为到约近超\s]*$")
_SIGN = re.compile(r"[+−\-＋－](?=\d)")
_BELOW = re.compile(r"(?:低于|少于|慢于|不及)[^\d，。；,;]{0,10}$")
_LESS = re.compile(r"(?:低|少|慢|差|落后|缩小|收窄|下滑|退|减亏)[了为到约近超\s]*$")
_RANK = re.compile(
    r"(?P<tied>并列|joint|tied|=)?第?(?P<number>\d+)(?P<unit>位|名)?|(?P<joint>joint|tied|=)?(?P<ordinal>\d+)(?:st|nd|rd|th)"
)
_ENGLISH = {POINTS: ("pp", "percentagepoint", "percentagepoints"), "倍": ("times", "x", "×")}


def fact_fault(text: str, fact: Fact, before: str, after: str) -> str | None:
    """Why ``text``, standing between ``before`` and ``after``, is not the number of ``fact``; None when it is."""
    said = squeezed(text)
    printed = [number.replace(",", "") for number in NUMBER.findall(said)]
    expected = [value.lstrip("+-") for value in (fact.value, fact.value_high) if value]
    if printed != expected:
        corrected = "经人工更正，" if FLAG in fact.flags else ""
        return f"原文是 {fact.surface}，{corrected}数值应为 {'～'.join(expected)}"
    if reason := _sign_fault(said, fact, squeezed(before)):
        return reason
    hedge = squeezed(fact.hedge or "")
    if hedge and hedge not in said + squeezed(before)[-NEAR:] + squeezed(after)[:NEAR]:
        return f"原文的“{fact.hedge}”没有印出"
    extra, unit = _split(said, hedge)
    if extra:
        return f"原文是 {fact.surface}，多印了“{extra}”"
    wanted = squeezed(fact.unit or "")
    allowed = {wanted, wanted.removesuffix("以上")} if wanted else {""}
    if fact.kind == "rank":
        allowed |= {"位", "名"} if not wanted else set()
    if unit not in allowed:
        return f"单位应为“{fact.unit or ''}”，印作“{unit}”"
    return None


def computed_fault(text: str, item: Computed, facts: Mapping[str, Fact], before: str = "") -> str | None:
    """Why ``text``, standing behind ``before``, is not the number of ``item``; None when it is."""
    said = squeezed(text)
    if item.operation in RANKS:
        return _rank_fault(said, item, facts)
    match = re.match(rf"[^\d+−\-]*([+−\-]?)({NUMBER.pattern})", said)
    if not match:
        return "没有印出算出的数"
    try:
        printed = Decimal(match[2].replace(",", ""))
        stated = Decimal(item.value)
    except InvalidOperation:
        return f"算出的值“{item.value}”不是数"
    if len(NUMBER.findall(said)) > 1 or printed != abs(stated):
        return f"算出的是 {item.value}"
    if match[1] and (match[1] in _MINUS) != (stated < 0):
        return f"算出的是 {item.value}，正负号不符"
    beside = squeezed(before)[-2 * NEAR :] + said[: match.start(1)]
    falls = _DOWN.search(beside) or _BELOW.search(beside)
    if stated < 0 and not match[1] and not falls and not _LESS.search(beside):
        return f"算出的是 {item.value}，印出的数没有说是负的"
    if stated > 0 and falls and not _UP.search(beside) and item.operation in _DIRECTED:
        return f"算出的是 {item.value}，印作下降"
    rest = said[match.end() :]
    percent = any(facts[id_].unit == "%" for id_ in item.inputs if id_ in facts)
    if item.operation in APART and percent and rest.startswith("%"):
        return "两个百分数相减，单位应为个百分点"
    if item.unit and item.operation != "count" and rest and not _is_unit(rest, item.unit):
        return f"单位应为“{item.unit}”，印作“{rest}”"
    return None


def _is_unit(rest: str, unit: str) -> bool:
    """Whether what stands behind a computed number is its unit, in Chinese or in English."""
    return rest == squeezed(unit) or rest in _ENGLISH.get(scaled(unit)[1], ())


def _rank_fault(said: str, item: Computed, facts: Mapping[str, Fact]) -> str | None:
    """A rank is printed as 2, 2位, 第2位 or 2nd, and as 并列第2位 only where another one is equal."""
    match = _RANK.fullmatch(said)
    if not match:
        return f"位次应印作“第{item.value}位”，印作“{said}”"
    if Decimal(match["number"] or match["ordinal"]) != Decimal(item.value):
        return f"算出的是第{item.value}位"
    if (match["tied"] or match["joint"]) and not tied(item, facts):
        return "没有并列的，印作并列"
    return None


def _sign_fault(said: str, fact: Fact, before: str) -> str | None:
    try:
        value = Decimal(fact.value)
    except InvalidOperation:
        return f"数据的值“{fact.value}”不是数"
    sign = _SIGN.search(said)
    if sign:
        negative = sign[0] in "−-－"
        return None if negative == (value < 0) else f"原文是 {fact.surface}，正负号不符"
    lead = re.match(r"\D*", said)
    beside = before[-NEAR:] + (lead[0] if lead else "")
    if value < 0 and not _DOWN.search(beside):
        return f"原文是下降（{fact.surface}），印出的数没有说"
    if value > 0 and fact.kind in SIGNED and _DOWN.search(beside) and not _UP.search(beside):
        return f"原文是上升（{fact.surface}），印作下降"
    return None


def _split(said: str, hedge: str) -> tuple[str, str]:
    """What stands before the first and after the last figure, without hedge, sign and the 第 of a rank."""
    numbers = list(NUMBER.finditer(said))
    before, after = said[: numbers[0].start()], said[numbers[-1].end() :]
    if hedge and hedge in before:
        before = before.replace(hedge, "", 1)
    elif hedge:
        after = after.replace(hedge, "", 1)
    return before.strip("+−-第▲▼■"), after
