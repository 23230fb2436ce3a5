"""Whether a printed number is the number of its fact or of its formula: digits, sign, unit, hedge."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from briefings.audit.tokens import NUMBER, squeezed
from briefings.records.briefing import Computed
from briefings.records.correction import FLAG
from briefings.records.fact import Fact

SIGNED = ("change", "delta", "gap")
NEAR = 8
"""Characters beside a number in which its hedge or its direction may be said."""
_MINUS = "−-"
_DOWN = re.compile(r"(?:下降|减少|降低|回落|压减|缩短|低于|少于|慢于|减|降|负|亏损|▼)[了为到约近超\s]*$")
_UP = re.compile(r"(?:上升|增长|增加|提高|提升|高于|多于|快于|增|升|▲)[了为到约近超\s]*$")
_SIGN = re.compile(r"[+−\-＋－](?=\d)")


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


def computed_fault(text: str, item: Computed, facts: Mapping[str, Fact]) -> str | None:
    """Why ``text`` is not the number of ``item``; None when it is."""
    said = squeezed(text)
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
    if stated < 0 and match[1] not in (*_MINUS, ""):
        return f"算出的是 {item.value}，正负号不符"
    if stated > 0 and match[1] and match[1] in _MINUS:
        return f"算出的是 {item.value}，正负号不符"
    rest = said[match.end() :]
    if item.unit and item.operation != "count" and rest and not rest.startswith(squeezed(item.unit)):
        return f"单位应为“{item.unit}”，印作“{rest}”"
    percent = any(facts[id_].unit == "%" for id_ in item.inputs if id_ in facts)
    if item.operation == "difference" and percent and rest.startswith("%"):
        return "两个百分数相减，单位应为个百分点"
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
