"""Percentages against their two terms, inside a paragraph: shares, completed plans, and rates such as 开工率."""

import re
from collections.abc import Iterator

from briefings.compare.passages import REACH, Passage, Term
from briefings.compare.quantity import same_unit
from briefings.compare.relation import Relation
from briefings.records.check import CheckKind

_REACHES = r"(?:已|约|仅|就|即|均|比)*(?:为|是|达到|达|约|提高到|提升至|升至|降至)?(?:约|近|超过|超)?$"
_INSIDE = re.compile(r"(占|完成|为|是|相当于|达到|实现)[^,，;；]*$")
_OF = re.compile(r"^[^,，;；。、\d]{0,14}的(?:比重|比例)?" + _REACHES)
_SHARE = re.compile(r"占比?(?:到)?([^,，;；。、占]{1,22}?)(?:的比重|的比例|的份额|比重|比例|的)" + _REACHES)
_DONE = re.compile(
    r"(?:完成|占比?|达到|为|实现)([^,，;；。、]{0,12}?(?:计划|目标|任务|指标)[^,，;；。、]{0,6}?)的"
    + _REACHES
)
_BARE = re.compile(r"(?:^|[,，])[^,，;；。]{0,2}占(?:比)?" + _REACHES)
_RATE = re.compile(r"([\u4e00-\u9fff]{1,12}?)(率|面)" + _REACHES)
_PLAN = re.compile(r"计划|目标|任务|指标")
_SPAN_WORDS = re.compile(r"季度|年度|全年|半年|月度|[一二三四]季")
_PART = re.compile(r"其中|中[,，]|中(?:有|已)|[,，]已")
_BREAKS = re.compile(r"[,，、;；。:：（(]")
_JOIN = re.compile(r"^[^,，;；。]{0,12}[、和及与][^,，;；。\d]{0,14}$")
_VERBS = re.compile(r"[开办整落完结验投建签审履兑]")
_SHARE_RATES = re.compile(r"(?:覆盖|增长|普及|入驻|参与|达标|合格)$")


def shares(passage: Passage) -> Iterator[Relation]:
    """The percentages of ``passage`` whose part and whole stand in it too."""
    for index, term in enumerate(passage.terms):
        if not term.quantity.is_percent or (
            term.fact is not None and term.fact.kind in ("change", "delta", "gap")
        ):
            continue
        if "分别" in passage.clause(index):
            continue
        found = (
            _whole_inside(passage, index)
            or _of_plan(passage, index)
            or _part_of(passage, index)
            or _rate(passage, index)
        )
        if found:
            yield found


def _whole_inside(passage: Passage, index: int) -> Relation | None:
    """占全部486户的61.3% and 完成120万吨目标任务的72.0%: the whole stands between the verb and the percentage."""
    if not index or not _together(passage, index - 1, index):
        return None
    link = passage.between(index - 1, index)
    verb = _INSIDE.search(passage.clause(index - 1))
    whole = passage.terms[index - 1]
    if not verb or not _OF.search(link) or whole.quantity.is_percent:
        return None
    planned = bool(_PLAN.search(passage.clause(index - 1) + link))
    if verb[1] != "占" and not planned:
        return None
    part = _earlier(passage, index - 1, whole)
    if part is None or "分别" in passage.between(part, index):
        return None
    kind: CheckKind = "completion" if planned else "share"
    return _percent(kind, "whole_inside", passage, index, part, index - 1)


def _of_plan(passage: Passage, index: int) -> Relation | None:
    """完成年度计划的57.0%, the plan being named with its number before."""
    found = _DONE.search(passage.before(index))
    if not found:
        return None
    part = _done(passage, index)
    if part is None:
        return None
    wanted = set(_SPAN_WORDS.findall(found[1]))
    for at in range(part - 1, max(-1, part - REACH), -1):
        if passage.terms[at].sentence.start < passage.terms[part].sentence.start - 160:
            break
        whole = passage.terms[at]
        words = passage.clause(at) + passage.after(at)[:8]
        target = _PLAN.search(passage.before(at)) or (
            whole.fact is not None and whole.fact.status == "target"
        )
        if not target or not same_unit(whole.quantity, passage.terms[part].quantity):
            continue
        spoken = set(_SPAN_WORDS.findall(words))
        if wanted and spoken and not wanted & spoken:
            continue
        if whole.quantity.value < passage.terms[part].quantity.value / 3:
            continue
        return _percent("completion", "plan_before", passage, index, part, at)
    return None


def _part_of(passage: Passage, index: int) -> Relation | None:
    """其中民营企业752家，占88.9%: the whole is what the part was taken from."""
    if (
        not index
        or not _together(passage, index - 1, index)
        or not _BARE.search("," + passage.before(index).lstrip(",，"))
    ):
        return None
    if not re.match(r"^[^,，;；。]{0,12}[,，]", passage.between(index - 1, index)):
        return None
    part = index - 1
    if passage.terms[part].quantity.is_percent:
        return None
    whole = _whole_before(passage, part)
    if whole is None:
        return None
    return _percent("share", "part_of", passage, index, part, whole)


def _rate(passage: Passage, index: int) -> Relation | None:
    """已开工171个，开工率91.9%: the rate names the verb of its part; the whole is what was counted before."""
    found = _RATE.search(passage.clause(index))
    if not found or not index or not passage.terms[index - 1].quantity.unit:
        return None
    part = index - 1
    if passage.terms[part].quantity.is_percent or not _near(passage, part, index):
        return None
    words = passage.clause(part)[-4:] + "，" + _BREAKS.split(passage.after(part))[0][:10]
    stem = found[1]
    split = _split(passage, part)
    if not (_names(stem, words) or (split is not None and (_SHARE_RATES.search(stem) or found[2] == "面"))):
        return None
    if split is not None:
        return _percent("rate", "rate", passage, index, part, split)
    listed = _listed(passage, part)
    if len(listed) > 1:
        inputs = (passage.terms[part], *(passage.terms[i] for i in listed))
        return Relation("rate", "rate_of_list", "percent_of_sum", passage.terms[index], inputs)
    whole = _whole_before(passage, part, anywhere=True)
    if whole is None:
        return None
    return _percent("rate", "rate", passage, index, part, whole)


def _percent(kind: CheckKind, rule: str, passage: Passage, index: int, part: int, whole: int) -> Relation:
    terms = passage.terms
    return Relation(kind, rule, "percent", terms[index], (terms[part], terms[whole]))


def _names(stem: str, words: str) -> bool:
    """True when ``words`` say the verb of the rate: 开工 for 开工率, 审结 for 结案率."""
    verb = stem[-4:]
    if any(verb[i : i + 2] in words for i in range(len(verb) - 1)):
        return True
    return any(v in words for v in _VERBS.findall(verb[-2:]))


def _done(passage: Passage, index: int) -> int | None:
    """The amount that a completion speaks of: the last before it that is no percentage, no ; or 。 between."""
    for at in range(index - 1, max(-1, index - REACH), -1):
        if not _together(passage, at, index) or re.search(r"[;；]", passage.between(at, index)):
            return None
        term = passage.terms[at]
        if term.quantity.is_percent or term.quantity.unit == "个百分点":
            continue
        if term.fact is not None and term.fact.kind not in ("level", "completion"):
            return None
        return at
    return None


def _earlier(passage: Passage, index: int, like: Term) -> int | None:
    """The last amount before ``index`` in the sentence in the unit of ``like``, only percentages between."""
    for at in range(index - 1, max(-1, index - REACH), -1):
        term = passage.terms[at]
        if not _together(passage, at, index) or re.search(r"[;；]", passage.between(at, index)):
            return None
        if same_unit(term.quantity, like.quantity):
            return at
        if not (term.quantity.is_percent or term.quantity.unit == "个百分点"):
            return None
    return None


def _split(passage: Passage, part: int) -> int | None:
    """The whole in 612所学校中，598所…: the number before, when 中 or 其中 parts it."""
    if not part or not _together(passage, part - 1, part):
        return None
    link = passage.between(part - 1, part)
    if not re.search(r"中[,，]?(?:有|已|已有)?$", link) or not _alike(passage, part - 1, part):
        return None
    return part - 1 if _larger(passage, part - 1, part) else None


def _whole_before(passage: Passage, part: int, anywhere: bool = False) -> int | None:
    """What ``part`` is a part of: the last larger number of its kind before 其中, 中 or 已 in the sentence.

    ``anywhere``: without such a word too, as the verb of a rate says it is a part. A sentence that begins with 其中
    takes its whole from the sentence before. A number of the same kind that is too small ends the search.
    """
    sentence = passage.sentences[part]
    opening = passage.text[sentence[0] : passage.terms[part].start].lstrip()
    for at in range(part - 1, max(-1, part - REACH), -1):
        link = passage.between(at, part)
        if not _together(passage, at, part):
            if not opening.startswith("其中") or passage.sentences[at][1] < sentence[0] - 1:
                return None
        elif not anywhere and not _PART.search(link):
            continue
        if not _alike(passage, at, part) or _in_closed_list(passage, at, part):
            continue
        if "其中" not in link and _siblings(passage, at, part):
            continue
        return at if _larger(passage, at, part) else None
    return None


def _in_closed_list(passage: Passage, at: int, part: int) -> bool:
    """True when ``at`` is one of the parts after 其中 and ``part`` stands outside that list."""
    opening = re.split(
        r"[;；。]", passage.text[max(0, passage.terms[at].start - 200) : passage.terms[at].start]
    )[-1]
    return "其中" in opening and bool(re.search(r"[;；。]|其中", passage.between(at, part)))


def _listed(passage: Passage, part: int) -> list[int]:
    """The numbers of a list joined by 、 and 和 that ends at the last number of the unit of ``part`` before it."""
    at = part - 1
    while (
        at >= max(0, part - REACH)
        and _together(passage, at, part)
        and not same_unit(passage.terms[at].quantity, passage.terms[part].quantity)
    ):
        at -= 1
    if at < 0 or not _together(passage, at, part) or re.search(r"[;；]", passage.between(at, part)):
        return []
    found = [at]
    while (
        at > max(0, part - REACH)
        and _together(passage, at - 1, at)
        and _JOIN.search(passage.between(at - 1, at))
        and same_unit(passage.terms[at - 1].quantity, passage.terms[at].quantity)
    ):
        at -= 1
        found.append(at)
    return found[::-1]


def _alike(passage: Passage, whole: int, part: int) -> bool:
    """True when the two count the same things: one unit, or 家 and 个 before one noun (29家…项目, 25个项目)."""
    one, other = passage.terms[whole], passage.terms[part]
    if same_unit(one.quantity, other.quantity):
        return not (one.quantity.is_percent or one.quantity.unit == "个百分点")
    if not (one.quantity.is_count and other.quantity.is_count):
        return False
    tail = re.split(r"[,，、;；（(中]", passage.after(whole))[0]
    return len(tail) >= 2 and passage.after(part).startswith(tail[-2:])


def _siblings(passage: Passage, one: int, other: int) -> bool:
    """True when the two are named alike (新增贷款企业653家, 续贷贷款企业285家): then neither is the other's whole."""
    first, second = passage.clause(one), passage.clause(other)
    return len(first) > 2 and len(second) > 2 and first[-2:] == second[-2:]


def _larger(passage: Passage, whole: int, part: int) -> bool:
    return passage.terms[whole].quantity.high >= passage.terms[part].quantity.low


def _together(passage: Passage, one: int, other: int) -> bool:
    return passage.sentences[one] == passage.sentences[other]


def _near(passage: Passage, one: int, other: int) -> bool:
    """True when at most one clause mark stands between the two."""
    return _together(passage, one, other) and len(re.findall(r"[,，;；。]", passage.between(one, other))) <= 1
