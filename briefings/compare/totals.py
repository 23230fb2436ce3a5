"""Parts against totals, inside a paragraph: 其中 lists, 合计, what is left over, and steps from one level to the next."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from briefings.compare.passages import REACH, Passage, Term
from briefings.compare.quantity import same_unit
from briefings.compare.relation import Link, Relation

_TOTAL = re.compile(
    r"(?:([两二三四五六七八九十])(?:项|者|类|个方面|部分))?(?:合计|共计|总计|合并|总共)(?:是|为|达到|达|约)*$"
)
_REST = re.compile(r"(?:其余|其他|其它|剩余|余下|另外|另)[^,，;；。\d]{0,4}$")
_NUMERALS = {c: n for n, c in enumerate("零一二三四五六七八九十")} | {"两": 2}
_BATCHES = re.compile(r"([两二三四五六七八九])(?:批次?|类|部分|个批次)$")
_OPPOSITES = (
    (("内资", "外资"), ""),
    (("出口", "进口"), r"进出口|外贸"),
    (("结转", "新"), ""),
    (("续建", "新"), ""),
    (("续贷", "新增"), ""),
    (("城镇", "农村"), "人口"),
    (("城镇", "乡村"), "人口"),
    (("男", "女"), ""),
    (("第一产业", "第二产业", "第三产业"), r"生产总值|GDP|增加值|投资"),
    (("商品零售", "餐饮收入"), "零售"),
    (("一季度", "二季度"), ""),
    (("上半年", "下半年"), ""),
)
"""Names that together leave nothing out, and what the whole must be called for that."""
_REACHED = re.compile(
    r"(?:增加|增长|提高|扩大|上升|减少|下降|压减|压缩|降低)?(?:到|至)(?:了)?$|增至|升至|降至|减至"
)
_MORE = re.compile(r"(?:增加|净增|多|新增|增长|减少|下降|少)[^,，;；。\d]{0,6}$")
_MEANS = re.compile(r"人均|平均|均价|价格|收入|比例|率|消费支出|城乡")
_MOST_PARTS = 8


def totals(passage: Passage) -> Iterator[Relation]:
    """The sums of ``passage``."""
    for index, term in enumerate(passage.terms):
        if term.quantity.is_percent or term.quantity.unit in ("个百分点", "位", "分"):
            continue
        yield from _added_up(passage, index)
        yield from _left_over(passage, index)
        yield from _of_which(passage, index)
        yield from _stepped(passage, index)


def _added_up(passage: Passage, index: int) -> Iterator[Relation]:
    """A、B、合计T: the parts are what stands before in the unit of T; 三项合计 says how many."""
    found = _TOTAL.search(passage.before(index))
    if not found:
        return
    total = passage.terms[index]
    yield from _times(passage, index)
    parts: list[Term] = []
    for at in range(index - 1, max(-1, index - REACH), -1):
        if passage.sentences[at] != passage.sentences[index] or re.search(
            r"[;；]", passage.between(at, at + 1)
        ):
            break
        if same_unit(passage.terms[at].quantity, total.quantity):
            parts.append(passage.terms[at])
        elif not found[1]:
            break
    if found[1]:
        parts = parts[: _NUMERALS[found[1]]]
        if len(parts) != _NUMERALS[found[1]]:
            return
    if 2 <= len(parts) <= _MOST_PARTS:
        yield Relation(
            "sum",
            "added_up",
            "sum",
            total,
            tuple(reversed(parts)),
            "grammar" if found[1] or _list_of(passage, parts) else "guess",
        )


def _times(passage: Passage, index: int) -> Iterator[Relation]:
    """32930亩、82.37元/亩、共计271.24万元: so much for each, times how many."""
    total = passage.terms[index]
    here = [
        passage.terms[at]
        for at in range(max(0, index - REACH), index)
        if passage.sentences[at] == passage.sentences[index]
    ]
    each = [t for t in here if t.quantity.unit.startswith(total.quantity.unit + "/")]
    if not each or not total.quantity.unit:
        return
    base = each[-1].quantity.unit.split("/")[-1]
    many = [t for t in here if t.quantity.unit == base]
    if len(many) == 1 and index and passage.terms[index - 1] == each[-1]:
        yield Relation("sum", "each_times_many", "product", total, (many[0], each[-1]))


def _list_of(passage: Passage, parts: list[Term]) -> bool:
    """True when nothing but names and 、 stand between the parts: then they are one list."""
    ordered = sorted(parts, key=lambda t: t.start)
    links = (passage.text[a.end : b.start] for a, b in pairwise(ordered))
    return all(re.fullmatch(r"[^,，;；。]*[、和及][^,，;；。]*", link) for link in links)


def _left_over(passage: Passage, index: int) -> Iterator[Relation]:
    """24个问题已整改20项、其余4项: what was done and what is left make the whole."""
    if index < 2 or not _REST.search(passage.before(index)):
        return
    rest, done = passage.terms[index], passage.terms[index - 1]
    whole = passage.terms[index - 2]
    if not passage.sentences[index] == passage.sentences[index - 1] == passage.sentences[index - 2]:
        return
    if not same_unit(rest.quantity, done.quantity) or re.search(r"[;；]", passage.between(index - 2, index)):
        return
    if whole.quantity.unit != done.quantity.unit and not (whole.quantity.is_count and done.quantity.is_count):
        return
    if whole.quantity.high >= done.quantity.low:
        yield Relation("sum", "left_over", "sum", whole, (done, rest))


def _of_which(passage: Passage, index: int) -> Iterator[Relation]:
    """T，其中A、B: checked when A and B are opposites that leave nothing out, or when they happen to make T."""
    whole = passage.terms[index]
    start = _which(passage, index)
    if start is None or (whole.fact is not None and whole.fact.kind != "level") or _MEANS.search(whole.name):
        return
    parts: list[Term] = []
    last = start
    for at in range(start, min(start + REACH, len(passage.terms))):
        if passage.sentences[at] != passage.sentences[start]:
            break
        if at > start and "其中" in passage.before(at):
            break
        term = passage.terms[at]
        if same_unit(term.quantity, whole.quantity) and _is_level(term):
            if term.quantity.value == whole.quantity.value:
                continue
            if parts and re.search(r"[。]", passage.text[passage.terms[last].end : term.start]):
                break
            parts.append(term)
            last = at
    if not 2 <= len(parts) <= _MOST_PARTS:
        return
    kept = _opposites(passage, index, parts) or _batches(passage, index, parts)
    if kept:
        link: Link = "grammar" if len(kept) == len(parts) else "guess"
        yield Relation("sum", "opposites", "sum", whole, kept, link)
        if link == "grammar":
            return
    together = sum(p.quantity.value for p in parts)
    if abs(together - whole.quantity.value) * 100 <= whole.quantity.value / 2:
        yield Relation("sum", "of_which", "sum", whole, tuple(parts), "guess")


def _which(passage: Passage, index: int) -> int | None:
    """The first number after 其中 that opens the parts of number ``index``; no total of its unit stands between."""
    whole = passage.terms[index]
    for at in range(index + 1, min(index + 6, len(passage.terms))):
        if "其中" in passage.before(at):
            between = passage.text[whole.end : passage.terms[at].start]
            if len(re.findall(r"[。！？]", between)) > 1 or re.search(r"[;；](?!\s*其中)", between):
                return None
            if passage.sentences[at] != passage.sentences[index] and not between.split("。")[
                -1
            ].lstrip().startswith("其中"):
                return None
            return at
        if same_unit(passage.terms[at].quantity, whole.quantity) and _is_level(passage.terms[at]):
            return None
    return None


def _opposites(passage: Passage, index: int, parts: list[Term]) -> tuple[Term, ...]:
    """The parts that leave nothing out by their names (内资 and 外资, 续建 and 新建), or none.

    Quarters make up a half-year only, halves a year only.
    """
    names = [_label(passage, p) for p in parts]
    whole = passage.terms[index].fact
    called = passage.clause(index) + (whole.indicator if whole else "")
    for words, wanted in _OPPOSITES:
        if not re.search(wanted, called):
            continue
        if words[0] in ("一季度", "上半年") and not _spans(whole.period if whole else None, words[0]):
            continue
        kept = []
        for word in words:
            hits = [p for p, name in zip(parts, names, strict=True) if word in name and p not in kept]
            if len(hits) != 1:
                break
            kept += hits
        else:
            return tuple(sorted(kept, key=lambda t: t.start))
    return ()


def _spans(period: str | None, first: str) -> bool:
    return bool(period) and str(period).endswith("-H1" if first == "一季度" else str(period)[:4])


def _batches(passage: Passage, index: int, parts: list[Term]) -> tuple[Term, ...]:
    """三批次T，其中第一批A、第二批B、第三批C: the count of the parts is said."""
    found = _BATCHES.search(passage.before(index))
    if (
        found
        and len(parts) == _NUMERALS[found[1]]
        and all("批" in _label(passage, p) or "类" in _label(passage, p) for p in parts)
    ):
        return tuple(parts)
    return ()


def _label(passage: Passage, term: Term) -> str:
    """The words of the clause before a number that name it."""
    index = bisect_left(passage.terms, term.start, key=lambda t: t.start)
    return re.split(r"其中[,，]?", passage.clause(index) or passage.before(index))[-1]


def _is_level(term: Term) -> bool:
    return term.fact is None or term.fact.kind == "level"


def _stepped(passage: Passage, index: int) -> Iterator[Relation]:
    """41个，增加到55个，多开工14个: the step is the difference of the two levels."""
    if index < 2 or not _MORE.search(passage.before(index)):
        return
    old, new, step = passage.terms[index - 2 : index + 1]
    if passage.sentences[index - 2] != passage.sentences[index]:
        return
    if not (same_unit(old.quantity, new.quantity) and same_unit(new.quantity, step.quantity)):
        return
    if not _REACHED.search(passage.before(index - 1)) or re.search(
        r"[;；]", passage.between(index - 2, index)
    ):
        return
    falling = new.quantity.value < old.quantity.value
    pair = (old, new) if falling else (new, old)
    yield Relation("delta", "stepped", "difference", step, pair)
