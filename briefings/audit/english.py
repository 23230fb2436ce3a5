"""Whether a number printed in English is the number of its fact or formula: converted back, with hedge, sign and unit.

The tables here are the audit's own: nothing is taken from what wrote the English.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from briefings.audit import values
from briefings.audit.arithmetic import APART, RANKS
from briefings.audit.magnitudes import POINTS, scaled
from briefings.audit.tokens import settled
from briefings.records.briefing import Computed
from briefings.records.fact import Fact

_CURRENCIES = {
    "元": "CNY", "块钱": "CNY", "美元": "USD", "欧元": "EUR", "日元": "JPY", "港元": "HKD", "港币": "HKD", "英镑": "GBP",
    "澳元": "AUD", "韩元": "KRW", "卢布": "RUB",
}  # fmt: skip
_POWERS = {
    "thousand": 3, "m": 6, "million": 6, "bn": 9, "billion": 9, "tn": 12, "trillion": 12,
}  # fmt: skip
_UNITS = {
    "%": "%", "‰": "‰", "pp": POINTS, "times": "倍 次 家次 户次", "time": "倍 次 家次 户次", "km²": "平方公里 平方千米",
    "m²": "平方米 平方", "m³": "立方米 立方 方", "ha": "公顷", "mu": "亩", "sq ft": "平方英尺", "km": "公里 千米 km",
    "nautical miles": "海里", "li": "里", "m": "米", "cm": "厘米", "mm": "毫米", "t": "吨", "kg": "公斤 千克", "g": "克",
    "mg": "毫克", "jin": "斤", "ml": "毫升", "litre": "升", "litres": "升", "kilolitre": "千升", "kilolitres": "千升",
    "t of standard coal": "吨标准煤 吨标煤", "dwt": "载重吨", "GT": "总吨", "kWh": "千瓦时 度", "kW": "千瓦", "MW": "兆瓦",
    "GW": "吉瓦", "W": "瓦", "kVA": "千伏安", "kV": "千伏", "kcal": "大卡", "tonne-km": "吨公里", "passenger-km": "人公里",
    "TEU": "标箱", "µg/m³": "微克/立方米 微克每立方米", "mg/l": "毫克/升", "mg/m³": "毫克/立方米", "mg/kg": "毫克/千克",
    "µg/kg": "微克/千克", "t a year": "吨/年", "t a day": "吨/日", "m³ a day": "立方米/日", "m³ a year": "立方米/年 方/年",
    "m³/s": "立方米/秒", "kg per mu": "公斤/亩", "jin per mu": "斤/亩", "kg/ha": "千克/公顷", "°C": "℃ 摄氏度", "dB": "分贝",
    "persons per km²": "人/平方公里", "person": "人 名 人份", "persons": "人 名 人份", "person-time": "人次",
    "person-times": "人次", "day": "天 日", "days": "天 日", "month": "个月 月", "months": "个月 月", "year": "年 周年",
    "years": "年 周年", "hour": "小时 个小时 时", "hours": "小时 个小时 时", "minute": "分钟", "minutes": "分钟",
    "second": "秒", "seconds": "秒", "week": "周 个星期", "weeks": "周 个星期", "quarter": "个季度", "quarters": "个季度",
    "working day": "个工作日 工作日", "working days": "个工作日 工作日", "place": "个名次 个位次 位次",
    "places": "个名次 个位次 位次", "point": "分", "points": "分", "department": "个部门", "departments": "个部门",
    "summary": "份总结", "summaries": "份总结",
}  # fmt: skip
_EXACTING = re.compile(r"[米里亩吨斤克升瓦时度元%‰点倍斤顷]$|人次|人|名$|标箱")
"""Chinese units that must be printed as what they are; other counters may go unsaid."""
_HEDGES = {
    "about": "约 大约 大概 左右 上下", "some": "上", "nearly": "近 将近 接近", "more than": "超 超过 突破 过", "over": "逾 余 多",
    "as many as": "之多", "as high as": "高达", "up to": "最高", "from": "最低", "at most": "至多", "at least": "至少",
    "no less than": "不低于 不少于", "no more than": "不超过 不高于", "less than": "不足 不到", "within": "以内",
    "or more": "以上 及以上 含以上", "or less": "以下 及以下 含以下",
}  # fmt: skip
_NEAR = 24
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SHAPE = re.compile(
    rf"(?P<sign>[+−\-])?(?P<currency>[A-Z]{{3}}(?= \d))? ?(?P<low>{_NUMBER})(?:–(?P<high>{_NUMBER}))?"
    r"(?: (?P<after>[A-Z]{3})(?![A-Za-z]))?(?: (?P<power>thousand|million|billion|trillion|bn|tn|m(?= |$)))? ?(?P<unit>.*)"
)
_ORIGINAL = re.compile(r"(?P<head>[^\u4e00-\u9fff]*?) \((?P<original>.*[\u4e00-\u9fff].*)\)")
_ORDINAL = re.compile(r"(\d+)(st|nd|rd|th)")
_DOWN = re.compile(r"(?:down|fell by|below|▼|less|lower|short of)[\s(]*$")


@dataclass(frozen=True, slots=True)
class _Read:
    """An English number taken apart; ``amounts`` are absolute, in the unit itself."""

    sign: str
    currency: str
    amounts: tuple[Decimal, ...]
    unit: str


def fact_fault(text: str, fact: Fact, before: str, after: str) -> str | None:
    """Why ``text``, standing between ``before`` and ``after``, is not the number of ``fact``; None when it is."""
    said = _blank(text)
    if original := _ORIGINAL.fullmatch(said):
        if values.fact_fault(original["original"], fact, "", "") not in (None, _no_direction(fact)):
            return f"括号里的原文应为 {fact.surface}，印作“{original['original']}”"
        said = original["head"]
    if fact.kind == "rank":
        return _rank_fault(said, fact.value)
    bare, hedge = _unhedged(said)
    if reason := _hedge_fault(hedge, fact, _blank(before), _blank(after)):
        return reason
    read = _read(bare)
    if read is None:
        return f"原文是 {fact.surface}，印作“{text}”，读不出数"
    try:
        wanted = tuple(Decimal(v) for v in (fact.value, fact.value_high) if v)
    except InvalidOperation:
        return f"数据的值“{fact.value}”不是数"
    times = fact.kind == "change" and fact.unit == "倍" and read.unit == "%"
    if reason := _amount_fault(read, wanted, "%" if times else fact.unit or "", 100 if times else 1):
        return f"原文是 {fact.surface}，{reason}"
    if reason := _sign_fault(read.sign, wanted[0], before):
        return f"原文是 {fact.surface}，{reason}"
    return None


def computed_fault(text: str, item: Computed, facts: Mapping[str, Fact], before: str = "") -> str | None:
    """Why ``text``, standing behind ``before``, is not the number of ``item``; None when it is."""
    said = _blank(text)
    if item.operation in RANKS or item.operation == "count":
        return values.computed_fault(_counted(said), item, facts, before)
    read = _read(said)
    try:
        stated = Decimal(item.value)
    except InvalidOperation:
        return f"算出的值“{item.value}”不是数"
    if read is None or len(read.amounts) > 1:
        return f"算出的是 {item.value}，印作“{text}”"
    if reason := _amount_fault(read, (stated,), item.unit or "", 1, bare=not item.unit):
        return f"算出的是 {item.value}{item.unit or ''}，{reason}"
    percent = any(facts[id_].unit == "%" for id_ in item.inputs if id_ in facts)
    if item.operation in APART and percent and read.unit == "%":
        return "两个百分数相减，单位应为个百分点"
    if reason := _sign_fault(read.sign, stated, before):
        return f"算出的是 {item.value}，{reason}"
    return None


def factor(own: str, heading: str) -> Decimal | None:
    """By what a number in the Chinese unit ``own`` is multiplied to be one of an axis headed in English; None for neither."""
    read = _read(f"1 {heading}".strip() if heading not in ("%", "‰") else f"1{heading}")
    if read is None:
        return None
    power, _ = scaled(own)
    if _unit_fault(read, own):
        return None
    return Decimal(1).scaleb(power) / read.amounts[0]


def _counted(said: str) -> str:
    """A count without grouping and without the noun behind it."""
    found = re.match(rf"({_NUMBER})(?: [a-z -]+)?$", said)
    return found[1].replace(",", "") if found else said


def _blank(text: str) -> str:
    return " ".join(settled(text).replace("\u00a0", " ").split())


def _read(said: str) -> _Read | None:
    found = _SHAPE.fullmatch(said.strip())
    if not found:
        return None
    power, behind = found["power"], found["unit"].strip()
    if power == "m" and not (found["currency"] or found["after"]):
        power, behind = None, f"m {behind}".strip()  # metres, not millions: only money is in m
    scale = Decimal(1).scaleb(_POWERS[power] if power else 0)
    numbers = tuple(Decimal(n.replace(",", "")) * scale for n in (found["low"], found["high"]) if n)
    return _Read(found["sign"] or "", found["currency"] or found["after"] or "", numbers, behind)


def _amount_fault(
    read: _Read, wanted: tuple[Decimal, ...], unit: str, times: int, *, bare: bool = False
) -> str | None:
    power, _ = scaled(unit)
    expected = tuple(abs(v) * times * Decimal(1).scaleb(power) for v in wanted)
    if read.amounts != expected:
        return f"换算回去是 {'～'.join(f'{a:f}' for a in read.amounts)}，应为 {'～'.join(f'{e:f}' for e in expected)}"
    return None if bare else _unit_fault(read, unit)


def _unit_fault(read: _Read, unit: str) -> str | None:
    _, base = scaled(unit.removesuffix("以上"))
    base, slash, by = base.partition("/") if base.partition("/")[0] in _CURRENCIES else (base, "", "")
    if base in _CURRENCIES or read.currency:
        if _CURRENCIES.get(base) != read.currency:
            return f"货币应为“{unit}”，印作“{read.currency or read.unit}”"
        said = read.unit.removeprefix("per ").strip()
        same = by in _UNITS.get(said, said).split() if slash else not said
        return None if same else f"单位应为“{unit}”，印作“{read.currency} {read.unit}”"
    if read.unit in _UNITS:
        return None if base in _UNITS[read.unit].split() else f"单位应为“{unit}”，印作“{read.unit}”"
    if not read.unit:
        return f"单位“{unit}”没有印出" if _EXACTING.search(base) else None
    if re.search(r"[\u4e00-\u9fff%]", read.unit):
        return None if read.unit == base else f"单位应为“{unit}”，印作“{read.unit}”"
    return f"单位应为“{unit}”，印作“{read.unit}”" if _EXACTING.search(base) or not base else None


def _unhedged(said: str) -> tuple[str, str]:
    """A number without the words that make it inexact, and these words."""
    for words in sorted(_HEDGES, key=len, reverse=True):
        if said.startswith(words + " "):
            return said.removeprefix(words + " "), words
        if words.startswith("or ") and f" {words}" in said:
            return said.replace(f" {words}", "", 1), words
    chinese = re.fullmatch(r"(.*) \(([\u4e00-\u9fff]+)\)", said)
    return (chinese[1], chinese[2]) if chinese else (said, "")


def _hedge_fault(said: str, fact: Fact, before: str, after: str) -> str | None:
    if not fact.hedge:
        return f"原文是 {fact.surface}，多印了“{said}”" if said else None
    near = before[-_NEAR:] + " " + after[:_NEAR]
    words = [w for w, chinese in _HEDGES.items() if fact.hedge in chinese.split()] or [fact.hedge]
    if said in words or fact.hedge == said or any(w in near for w in words):
        return None
    return f"原文的“{fact.hedge}”没有印出"


def _rank_fault(said: str, value: str) -> str | None:
    found = _ORDINAL.fullmatch(said)
    last = int(value) if value.isdigit() else -1
    ending = "th" if 10 <= last % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(last % 10, "th")
    if not found or found[1] != value or found[2] != ending:
        return f"位次应为 {value}{ending}，印作“{said}”"
    return None


def _sign_fault(sign: str, value: Decimal, before: str) -> str | None:
    negative = sign in ("−", "-") if sign else bool(_DOWN.search(before))
    if negative == (value < 0) or (value == 0 and not sign):
        return None
    return "正负号不符"


def _no_direction(fact: Fact) -> str:
    """What ``values.fact_fault`` says of a fall whose sign the original in brackets leaves to the number before it."""
    return f"原文是下降（{fact.surface}），印出的数没有说"
