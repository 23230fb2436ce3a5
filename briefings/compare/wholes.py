"""Shares and completions whose whole or plan stands elsewhere under its name: 占进出口总额的68.3%, 完成年度任务的53.3%."""

import re
from collections.abc import Iterator, Sequence

from briefings.compare.ledger import Entry, Ledger, bare
from briefings.compare.passages import REACH, Passage
from briefings.compare.quantity import same_unit
from briefings.compare.relation import Link, Relation
from briefings.records.fact import Fact

_REACHES = r"(?:已|约|仅)*(?:为|是|达到|达|提高到)?(?:约|近|超过|超)?$"
_SHARE = re.compile(r"占(?:到)?([^,，;；。、占\d]{1,22}?)(?:的比重|的比例|的份额|比重|比例|的)" + _REACHES)
_DONE = re.compile(
    r"(?:完成|占|达到|为)[^,，;；。、\d]{0,12}?(?:计划|目标|任务|指标)[^,，;；。、\d]{0,6}?的?" + _REACHES
)
_BARE = re.compile(r"[,，]占(?:比)?" + _REACHES)
_OWN = re.compile(r"^(?:全[市区县]|我[市区县])")
_OTHER = re.compile(r"^(?:全[省国]|我[省国]|[\u4e00-\u9fff]{2,4}?[市区省县])")
_TIME = re.compile(r"^(?:上半年|全年|今年以来|其中|\d+[-—]\d+月份?)+[,，]?")
_SEASON = re.compile(r"季度|月度|上半年|下半年")


def wholes(passage: Passage, ledger: Ledger, entries: dict[tuple[str, int], Entry]) -> Iterator[Relation]:
    """The percentages of ``passage`` that are shares of something named; ``entries`` by document and place."""
    for index, term in enumerate(passage.terms):
        fact = term.fact
        if not term.quantity.is_percent or fact is None or fact.kind in ("change", "delta", "gap"):
            continue
        words = passage.before(index)
        share = _SHARE.search(words)
        subject = re.split(r"[,，;；:：]", words[: share.start()])[-1].strip() if share else ""
        mine = _called(subject, fact, ledger) if subject else _part(passage, index, entries)
        if mine is None or "分别" in passage.clause(index):
            continue
        if _DONE.search(words):
            yield from _planned(passage, index, mine, ledger)
        elif share:
            yield from _named(passage, index, mine, share[1], ledger)
        elif _BARE.search("," + words.lstrip(",，")):
            yield from _by_suffix(passage, index, mine, ledger, "guess")


def _part(passage: Passage, index: int, entries: dict[tuple[str, int], Entry]) -> Entry | None:
    """The amount that the percentage speaks of: the last before it that is none itself, no ; or 。 between."""
    for at in range(index - 1, max(-1, index - REACH), -1):
        term = passage.terms[at]
        if passage.sentences[at] != passage.sentences[index] or re.search(
            r"[;；]", passage.between(at, index)
        ):
            return None
        if term.quantity.is_percent or term.quantity.unit == "个百分点":
            continue
        if term.fact is None or term.fact.kind != "level":
            return None
        return entries.get((term.document, term.fact.start))
    return None


def _called(subject: str, share: Fact, ledger: Ledger) -> Entry | None:
    """The amount of what is named before 占 (税收收入占…的比重为…), from the same document and period."""
    subject = _TIME.sub("", bare(subject))
    hits = [
        e
        for e in ledger.called(_OWN.sub("", subject))
        if e.fact.document == share.document
        and e.fact.kind == "level"
        and e.fact.status == share.status
        and not e.past
        and (share.period is None or share.period == e.fact.period)
    ]
    return min(hits, key=lambda e: abs(e.fact.start - share.start), default=None)


def _planned(passage: Passage, index: int, mine: Entry, ledger: Ledger) -> Iterator[Relation]:
    """The plan of the year as the document names it where it speaks of plans."""
    if _SEASON.search(passage.before(index)):
        return
    for plan in ledger.of_document(mine.fact.document):
        fact = plan.fact
        if fact.status != "target" or fact.kind != "level":
            continue
        if not same_unit(plan.term.quantity, mine.term.quantity):
            continue
        if plan.term.quantity.value < mine.term.quantity.value / 2:
            continue
        exact = plan.name == mine.name
        if exact or _within(bare(fact.indicator), bare(mine.fact.indicator)):
            link: Link = "name" if exact and mine.fact.canonical and "H2" not in plan.period else "guess"
            yield Relation(
                "completion", "plan_by_name", "percent", passage.terms[index], (mine.term, plan.term), link
            )
            return


def _named(passage: Passage, index: int, mine: Entry, noun: str, ledger: Ledger) -> Iterator[Relation]:
    """占一般公共预算收入的78.2%: the whole by its name, in this document or in one of the same place and period."""
    noun = _OWN.sub("", bare(noun) if bare(noun) else noun)
    own = mine.place
    if own and noun.startswith(own):
        noun = noun.removeprefix(own)
    if not noun:
        yield from _by_suffix(passage, index, mine, ledger, "name")
        return
    if _OTHER.match(noun):
        return
    found = _best(mine, [e for e in ledger.called(noun) if _fits(mine, e)])
    if found is not None:
        here = found.fact.document == mine.fact.document
        link: Link = "grammar" if here and found.period == mine.period else "name"
        yield Relation(
            "share", "whole_by_name", "percent", passage.terms[index], (mine.term, found.term), link
        )


def _by_suffix(passage: Passage, index: int, mine: Entry, ledger: Ledger, link: Link) -> Iterator[Relation]:
    """占全市的69.7%: the whole is what the part's name ends with, or what has its name and is larger."""
    name = bare(mine.fact.indicator)
    wider = [
        e
        for e in ledger.of_document(mine.fact.document)
        if _fits(mine, e)
        and e.term.quantity.value > mine.term.quantity.value
        and len(bare(e.fact.indicator)) >= 3
        and (
            name.endswith(bare(e.fact.indicator))
            or (e.fact.canonical and e.name == mine.name)
            or (e.fact.sentence == mine.fact.sentence and name[-4:] == bare(e.fact.indicator)[-4:])
        )
    ]
    found = _best(mine, wider)
    if found is not None:
        yield Relation(
            "share", "whole_by_suffix", "percent", passage.terms[index], (mine.term, found.term), link
        )


def _fits(mine: Entry, whole: Entry) -> bool:
    fact = whole.fact
    return (
        fact.kind == "level"
        and fact.status == "actual"
        and not whole.past
        and fact.id != mine.fact.id
        and whole.period == mine.period
        and same_unit(whole.term.quantity, mine.term.quantity)
        and whole.term.quantity.high >= mine.term.quantity.low
        and (fact.document == mine.fact.document or (whole.place, whole.home) == (mine.place, mine.home))
    )


def _best(mine: Entry, found: Sequence[Entry]) -> Entry | None:
    """The nearest in the same document, else the first of another."""
    here = [e for e in found if e.fact.document == mine.fact.document]
    if here:
        return min(here, key=lambda e: abs(e.fact.start - mine.fact.start))
    return found[0] if found else None


def _within(short: str, long: str) -> bool:
    """True when ``long`` holds the signs of ``short`` in their order, and little more."""
    if len(short) > len(long):
        short, long = long, short
    signs = iter(long)
    return len(short) >= 4 and len(long) <= len(short) * 2 and all(c in signs for c in short)
