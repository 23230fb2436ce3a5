"""Rates and steps against what another sentence or document says: the year before, the place compared with, the plan."""

import re
from collections.abc import Iterator, Mapping, Sequence

from briefings.compare.ledger import Entry, Ledger, root, same_words, year_before
from briefings.compare.passages import REACH
from briefings.compare.quantity import same_unit
from briefings.compare.relation import Link, Relation
from briefings.records.document import Document, Source

_VOLUME = re.compile(r"生产总值|增加值|GDP")
"""These grow at comparable prices: never the ratio of two amounts."""
_REVISED = re.compile(r"产值|零售|收入|投资|利润|营业额|销售额")
"""The year before is often revised for these, or the sample changes: two levels as told need not give the growth."""
_COMPARABLE = re.compile(r"可比|同口径|扣除|剔除")
_RATIOS = {
    "存贷比": ("贷款余额", "存款余额", "level"),
    "新增存贷比": ("贷款余额", "存款余额", "delta"),
    "税收占比": ("税收收入", "一般公共预算收入", "level"),
    "常住人口城镇化率": ("城镇常住人口", "常住人口", "level"),
}
_SECTORS = ("第一产业增加值", "第二产业增加值", "第三产业增加值")
_MADE_OF = {"进出口总额": ("出口总额", "进口总额"), "地区生产总值": _SECTORS}
_TO_CITY = "全市"


def across(
    ledger: Ledger, documents: Mapping[str, Document], sources: Mapping[str, Source]
) -> Iterator[Relation]:
    """The relations that names, places and periods make."""
    for at, entry in enumerate(ledger.entries):
        fact = entry.fact
        if fact.status != "actual" or entry.past:
            continue
        near = _beside(ledger, at)
        if fact.kind == "change" and fact.basis == "yoy":
            text = sources[documents[fact.document].sha256].text[
                max(fact.sentence.start, fact.start - 120) : fact.end
            ]
            yield from _against_year_before(entry, near, ledger, text)
        elif fact.kind == "change" and fact.basis == "avg2y":
            yield from _average(entry, near, ledger)
        elif fact.kind == "delta" and fact.basis == "yoy":
            yield from _step_from_year_before(entry, near, ledger)
        elif fact.kind == "gap":
            yield from _gap(entry, near, ledger, documents, sources)
        elif fact.kind == "level" and entry.name in _MADE_OF:
            yield from _made_of(entry, ledger)
        elif fact.kind == "rate" and fact.indicator in _RATIOS:
            yield from _ratio(entry, ledger)
        elif fact.kind == "rate" and fact.rule == "ratio" and "产业结构" in fact.indicator:
            yield from _structure(entry, near, ledger)


def _beside(ledger: Ledger, at: int) -> list[Entry]:
    """The entries of the same sentence that stand close to entry ``at``."""
    fact = ledger.entries[at].fact
    return [
        e
        for e in ledger.entries[max(0, at - REACH) : at + 4]
        if (e.fact.document, e.fact.sentence) == (fact.document, fact.sentence)
    ]


def _against_year_before(
    entry: Entry, near: Sequence[Entry], ledger: Ledger, text: str
) -> Iterator[Relation]:
    level = _last(near, entry, "level")
    if level is None or level.term.quantity.rough or _VOLUME.search(entry.name):
        return
    for old in _of_year_before(level, ledger):
        sure = not (_REVISED.search(entry.name) or _COMPARABLE.search(text)) and same_words(
            level.fact, old.fact
        )
        link: Link = "grammar" if sure else "name"
        yield Relation("growth", "year_before", "growth", entry.term, (level.term, old.term), link)


def _step_from_year_before(entry: Entry, near: Sequence[Entry], ledger: Ledger) -> Iterator[Relation]:
    if entry.term.quantity.unit == "个百分点" and re.search(
        r"(?:增速|增幅|降幅|涨幅)$", entry.fact.indicator
    ):
        return
    now = _last(near, entry, "rate" if entry.term.quantity.unit == "个百分点" else "level")
    if now is None:
        return
    for old in _of_year_before(now, ledger):
        link: Link = "grammar" if entry.fact.canonical and same_words(now.fact, old.fact) else "name"
        yield Relation("delta", "year_before", "difference", entry.term, (now.term, old.term), link)


def _average(entry: Entry, near: Sequence[Entry], ledger: Ledger) -> Iterator[Relation]:
    same = [
        e
        for e in ledger.by_name[entry.name]
        if e.fact.kind == "change" and e.fact.basis == "yoy" and not e.past and e.fact.status == "actual"
    ]
    here = [e for e in same if e in near] or [
        e
        for e in same
        if e.fact.document == entry.fact.document and e.period == entry.period and e.place == entry.place
    ]
    before = year_before(entry.period)
    for now in here[:1]:
        for old in [e for e in same if e.period == before and (e.place, e.home) == (entry.place, entry.home)][
            :1
        ]:
            yield Relation("average", "two_years", "average", entry.term, (old.term, now.term), "name")


def _gap(
    entry: Entry,
    near: Sequence[Entry],
    ledger: Ledger,
    documents: Mapping[str, Document],
    sources: Mapping[str, Source],
) -> Iterator[Relation]:
    own = [
        e for e in near
        if e.fact.kind in ("change", "rate") and e.fact.start < entry.fact.start and root(e.name) == root(entry.name)
        and e.fact.status == "actual" and ("两年平均" in entry.fact.indicator) == (e.fact.basis == "avg2y")
    ]  # fmt: skip
    against = entry.fact.basis or ""
    if not own or not against:
        return
    mine = own[-1]
    for other in ledger.by_name.get(mine.name, ()):
        fact = other.fact
        if (fact.kind, fact.basis, fact.status) != (
            mine.fact.kind,
            mine.fact.basis,
            "actual",
        ) or other.period != mine.period:
            continue
        if other.place != mine.place and _is_place(against, mine, other, documents, sources):
            yield Relation("gap", "other_place", "difference", entry.term, (mine.term, other.term), "name")
            return
    for other in (*ledger.called(against), *ledger.called(against + "增加值")):
        fact = other.fact
        alike = (fact.kind, fact.basis, other.period, other.place, fact.document)
        if alike == (mine.fact.kind, mine.fact.basis, mine.period, mine.place, mine.fact.document):
            yield Relation("gap", "other_indicator", "difference", entry.term, (mine.term, other.term))
            return


def _is_place(
    against: str, mine: Entry, other: Entry, documents: Mapping[str, Document], sources: Mapping[str, Source]
) -> bool:
    """True when the comparator means the other's place; 全市 in a district's document is a city that it names."""
    if against in (other.place, other.place[:-1]):
        return True
    if against != _TO_CITY or not other.place.endswith("市") or mine.place.endswith("市"):
        return False
    here = sources[documents[mine.fact.document].sha256].text
    there = sources[documents[other.fact.document].sha256].text
    return other.place[:-1] in here or mine.place in there


def _ratio(entry: Entry, ledger: Ledger) -> Iterator[Relation]:
    """存贷比 is loans by deposits, 新增存贷比 the same of what was added since the year began."""
    above, below, kind = _RATIOS[entry.fact.indicator]
    terms = []
    for words in (above, below):
        hits = [
            e for e in ledger.of_document(entry.fact.document)
            if e.fact.indicator.endswith(words) and e.fact.kind == kind
            and e.period == entry.period and e.place == entry.place and e.fact.start < entry.fact.start
            and entry.fact.start - e.fact.start < 400 and (kind == "level" or e.fact.basis == "ytd")
        ]  # fmt: skip
        if not hits:
            return
        terms.append(hits[-1].term)
    yield Relation("rate", "definition", "percent", entry.term, tuple(terms))


def _made_of(entry: Entry, ledger: Ledger) -> Iterator[Relation]:
    """Imports and exports make trade, wherever in the document they stand; only agreement is told."""
    own = (entry.fact.document, entry.place, entry.period, entry.term.quantity.unit)
    parts = []
    for name in _MADE_OF[entry.name]:
        hits = [
            e
            for e in ledger.by_name.get(name, ())
            if (e.fact.document, e.place, e.period, e.term.quantity.unit) == own
            and (e.fact.kind, e.fact.status, e.past) == ("level", "actual", False)
        ]
        if not hits:
            return
        parts.append(min(hits, key=lambda e: abs(e.fact.start - entry.fact.start)).term)
    yield Relation("sum", "made_of", "sum", entry.term, tuple(parts), "guess")


def _structure(entry: Entry, near: Sequence[Entry], ledger: Ledger) -> Iterator[Relation]:
    """三次产业结构为3.5:37.9:58.6: each part is a sector's share of the whole."""
    parts = [e for e in near if e.fact.indicator == entry.fact.indicator and e.fact.rule == "ratio"]
    if len(parts) != len(_SECTORS):
        return

    def amount(name: str) -> Entry | None:
        hits = [e for e in ledger.called(name) if e.fact.kind == "level" and not e.past]
        same = [
            e
            for e in hits
            if (e.fact.document, e.period, e.place) == (entry.fact.document, entry.period, entry.place)
        ]
        return same[0] if same else None

    part, whole = amount(_SECTORS[parts.index(entry)]), amount("生产总值") or amount("地区生产总值")
    if part is not None and whole is not None:
        yield Relation("share", "structure", "percent", entry.term, (part.term, whole.term))


def _last(near: Sequence[Entry], entry: Entry, kind: str) -> Entry | None:
    """The number of the same thing in the same sentence that stands last before ``entry``."""
    hits = [
        e for e in near
        if e.fact.kind == kind and e.fact.start < entry.fact.start and e.fact.indicator == entry.fact.indicator
        and e.fact.status == "actual" and not e.past
    ]  # fmt: skip
    return hits[-1] if hits else None


def _of_year_before(now: Entry, ledger: Ledger) -> list[Entry]:
    """What an earlier document said of the same thing for the same period a year before; the first if several."""
    period = year_before(now.period)
    hits = [
        e for e in ledger.by_name[now.name]
        if e.period == period and e.place == now.place and e.fact.kind == now.fact.kind and e.fact.status == "actual"
        and e.fact.document != now.fact.document and not e.past and same_unit(e.term.quantity, now.term.quantity)
        and e.fact.rule != "counted"
    ]  # fmt: skip
    return hits[:1]
