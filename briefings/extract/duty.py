"""Who answers for a measure and by when it is to be done, in the source's words, where it says so."""

import re
from typing import NamedTuple

from briefings.records.document import Role

_OFFICE = (
    r"(?:(?:市|区|县|省|州|各)[\u4e00-\u9fff]{1,14}?|[\u4e00-\u9fff]{2,10}?)"
    r"(?:局|委|办|办公室|厅|院|政府|管委会|集团|公司|中心|部门|单位|街道|镇街|区市|总队|支队|银行|联合会|总工会)"
)
_OFFICES = rf"{_OFFICE}(?:[、,，]{_OFFICE}){{0,8}}(?:(?:和|与|及|会同){_OFFICE}){{0,2}}(?:等(?:部门|单位)?)?"
"""A name may hold 和 itself, so it parts two names only at the end: else there are exponentially many readings."""
_LABELLED = re.compile(
    r"(?:责任|牵头|负责|主办|承办|落实)(?:单位|部门|处室|领导|人)\s*[:：]\s*(?P<who>[^。；;\n()（）【】\[\]]{2,80}?)"
    r"\s*(?=$|[。；;\n()（）【】\[\]]|[,，、\s]\s*(?:配合|协办|责任|完成|办结)(?:单位|部门|时限|时间|期限))"
)
_BRACKETED = re.compile(
    r"[(（【\[](?P<who>[^()（）【】\[\]。；;:：]{2,60}?)(?:牵头|负责)?(?:,|，|、)?(?:按照?职责分工(?:分别)?|分别|共同|具体|组织)?(?:负责|牵头|落实|实施)[^()（）【】\[\]]{0,16}[)）】\]]"
)
_BY = re.compile(rf"由(?P<who>{_OFFICES})(?:共同|具体|统一|分别)?(?:牵头|负责|组织实施|承担|落实|会商)")
_LED = re.compile(rf"(?:^|[,，。;；：:、(（【\[])(?P<who>{_OFFICE})牵头")
_WHEN_LABELLED = re.compile(
    r"(?:完成|办结|整改|落实)?(?:时限|期限|时间节点|完成时间)\s*[:：]\s*(?P<when>[^。；;\n()（）【】\[\],，]{2,30})"
)
_YEAR = r"(?:(?:19|20)\d\d年|今年|明年|本年)"
_BEFORE = re.compile(
    rf"(?=[\d今明本年第一二三四上“十])(?P<when>(?:{_YEAR}的?)?(?:年[底末]|\d{{1,2}}月\d{{1,2}}日|\d{{1,2}}月份?(?:上旬|中旬|下旬)?[底末]?|第?[一二三四]季度[底末]?|上半年|“?十[三四五六]五”?(?:期)?末)"
    rf"(?:之|以)?前|{_YEAR}(?:[底末])?(?:之|以)?前)(?!的|述|来|期|后|三|五|十|列|所未有)"
)
_UNTIL = re.compile(
    rf"到(?P<when>{_YEAR}(?:\d{{1,2}}月|上半年)?[底末]?|年[底末]|“?十[三四五六]五”?末|\d{{1,2}}月[底末])(?![至到—-])"
)
_WITHIN = re.compile(r"(?P<when>(?:今年)?年内)(?!\d)")
_AHEAD = re.compile(r"确保|力争|将|计划|预计|拟|争取|要求|目标|推动|务必")

_LONGEST_CLAUSE = 300


class Duty(NamedTuple):
    """Who answers for a measure, and its deadline; None where it does not say."""

    responsible: str | None
    deadline: str | None


def duty(text: str, role: Role) -> Duty:
    """What ``text``, a measure of the given role, says of the responsible unit and the deadline."""
    return Duty(_responsible(text), _deadline(text, role))


def is_duty(text: str) -> bool:
    """Whether a paragraph says nothing but who answers for the item before it, or by when."""
    if len(text) > 120:
        return False
    bare = text.strip(" \u3000（(【[")
    return (_LABELLED.match(bare) or _WHEN_LABELLED.match(bare)) is not None


def _responsible(text: str) -> str | None:
    found = _LABELLED.search(text) or _BRACKETED.search(text) or _BY.search(text)
    if found is None and "牵头" in text:
        found = _LED.search(text)
    if found is None:
        return None
    who = found["who"].strip(" 　、,，由").removesuffix("牵头")
    return who if re.search(r"[\u4e00-\u9fff]{2}", who) else None


def _deadline(text: str, role: Role) -> str | None:
    if ("限" in text or "时间" in text) and (labelled := _WHEN_LABELLED.search(text)):
        return labelled["when"].strip()
    for pattern, sign in ((_BEFORE, "前"), (_UNTIL, "到"), (_WITHIN, "年内")):
        for found in pattern.finditer(text) if sign in text else ():
            left = max(0, found.start() - _LONGEST_CLAUSE)
            begin = max(left - 1, *(text.rfind(mark, left, found.start()) for mark in "。;；")) + 1
            clause = text[begin : found.end() + 12]
            if role in ("plan", "problem") or (pattern is _BEFORE and _AHEAD.search(clause)):
                return found["when"]
    return None
