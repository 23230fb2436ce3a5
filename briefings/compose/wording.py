"""How periods, numbers, names and punctuation are worded in Chinese."""

import re
from decimal import Decimal

from briefings.records.document import Document
from briefings.records.fact import Fact

_HALVES = {"H1": "上半年", "H2": "下半年", "Q1": "一季度", "Q2": "二季度", "Q3": "三季度", "Q4": "四季度"}
HALF_WIDTH = str.maketrans("０１２３４５６７８９．％－", "0123456789.%-")
"""Full-width figures to half-width ones."""
_TO_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", "(": "（", ")": "）"}
_PUNCTUATION = re.compile(r"[,;:?!()]")
_AFTER_NUMBER = ("余", "多", "以上", "左右", "以下", "上下", "以内")
_MINUS = "\u2212"
_GOVERNMENTS = ("人民政府", "政府", "人民政府办公室")
"""Named by their place: of two districts neither could be told from the other without it."""
_SHORTEST_NAME = 2
_CHINESE = "〇一二三四五六七八九"


def period_label(period: str) -> str:
    """``2021-H1`` as 2021年上半年; ``2021-M01..M05`` as 2021年1—5月; ``2021-06-30`` as 2021年6月30日."""
    if match := re.fullmatch(r"(\d{4})-([HQ]\d)", period):
        return f"{match[1]}年{_HALVES[match[2]]}"
    if match := re.fullmatch(r"(\d{4})-M(\d\d)\.\.M(\d\d)", period):
        return f"{match[1]}年{int(match[2])}—{int(match[3])}月"
    if match := re.fullmatch(r"(\d{4})-M(\d\d)", period):
        return f"{match[1]}年{int(match[2])}月"
    if match := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", period):
        return f"{match[1]}年{int(match[2])}月{int(match[3])}日"
    if re.fullmatch(r"\d{4}", period):
        return f"{period}年"
    if ".." in period:
        first, _, last = period.partition("..")
        return f"{period_label(first)}—{period_label(last)}"
    return period


def number_text(fact: Fact) -> str:
    """The fact's number as printed, with hedge, sign and unit: 近+160%, 3600多亿元, −6.6%, 6～9万人.

    Change, delta and gap carry a sign (a real minus); a rank reads 第13位.
    """
    low = _signed(fact.value, fact.kind in ("change", "delta", "gap"))
    if fact.value_high:
        low = f"{low}～{_signed(fact.value_high, False)}"
    unit = (fact.unit or "").translate(HALF_WIDTH)
    if fact.kind == "rank":
        return f"第{fact.value}{unit or '位'}"
    before, after = "", ""
    if fact.hedge in _AFTER_NUMBER:
        after = fact.hedge or ""
    elif fact.hedge:
        before = fact.hedge
    if after in ("余", "多"):
        return f"{before}{low}{after}{unit}"
    return f"{before}{low}{unit}{after}"


def issuer_name(document: Document) -> str:
    """The issuer without its place in front: 发展和改革委员会 of 青岛市发展和改革委员会; the title where none is known."""
    if document.issuer is None:
        return document.title.value
    name = document.issuer.value
    place = document.place.value if document.place else ""
    rest = name.removeprefix(place) if place else name
    return name if rest in _GOVERNMENTS or len(rest) < _SHORTEST_NAME else rest


def full_width(text: str) -> str:
    """Punctuation beside Chinese in its full-width form, figures in half-width; nothing else is touched.

    A mark between two figures or Latin letters (1,234 and 3:2) stays as it is.
    """
    text = text.translate(HALF_WIDTH)

    def widen(match: re.Match[str]) -> str:
        before = text[match.start() - 1] if match.start() else "。"
        after = text[match.end()] if match.end() < len(text) else "。"
        if before.isascii() and after.isascii() and not (before in "%)" or after == "("):
            return match[0]
        return _TO_FULL[match[0]]

    return _PUNCTUATION.sub(widen, text)


def _signed(value: str, signed: bool) -> str:
    number = value.removeprefix("-").removeprefix("+")
    if value.startswith("-"):
        return _MINUS + number
    return "+" + number if signed and Decimal(number) != 0 else number


def chinese(number: int) -> str:
    """1 to 99 as 一 to 九十九."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _CHINESE[tens] + "十") + (
        _CHINESE[ones] if ones else ""
    )
