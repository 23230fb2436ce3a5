"""The same thing said twice: one indicator, place, period, basis and kind, with one value or with two."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from briefings.compare.ledger import Entry, Ledger, same_words
from briefings.compare.relation import Link, Relation
from briefings.records.document import Document, Source

_KINDS = frozenset(("level", "rate", "change"))
_DOUBT = frozenset(("unit_mismatch", "distribution_unclear", "percent_for_points"))
_KNOWN_WORDS = re.compile(
    r"上半年|下半年|全年|今年以来|今年|截[至止].{0,10}?[末底日前]|目前|[0-9０-９]+(?:[-—~～至到][0-9０-９]+)?月(?:份|末|底)?|[一二三四]季度"
    r"|全[市区省县国]|我[市区省县]|累计|总共|共|实现|完成|达到|达|同比|增长|下降|初步核算|据.{0,8}?(?:统计|了解)|[其中,，、:：;；。（）()\s“”的已]"
)
_FRESH = re.compile(r"新[设登签获认引]")
_NARROWED = re.compile(r"不含|扣除|剔除|不包括|可比")
_ZONE = re.compile(r"自贸\w{0,3}|示范区|开发区|高新区|综保区|保税区|片区|新区|集团|园区")
_FIRST = 20
"""A number is set against the first that were told; a name that recurs oftener than that is no name."""
_NEAR_LEVEL = Decimal("0.2")
_NEAR_RATE = Decimal(10)
_SHORTEST = 6
_GENERIC = re.compile(r"(?:项目|企业|问题|资金|投资额|金额|人数|活动)$")


def contradictions(
    ledger: Ledger, documents: Mapping[str, Document], sources: Mapping[str, Source]
) -> Iterator[Relation]:
    """Pairs of numbers for one thing, the later against the first; far apart they are taken to be two things."""
    levels = _levels(ledger)
    for name, entries in ledger.by_name.items():
        groups: dict[tuple[str, ...], list[Entry]] = {}
        for entry in entries:
            if _counts(name, entry):
                fact = entry.fact
                key = (
                    entry.place,
                    entry.home,
                    entry.period,
                    fact.kind,
                    fact.basis or "",
                    fact.status,
                    entry.term.quantity.unit,
                )
                groups.setdefault(key, []).append(entry)
        for told in groups.values():
            if len(told) > 1:
                own = [e for e in told if _unqualified(e, sources[documents[e.fact.document].sha256].text)]
                yield from _pairs(own, levels)


def _pairs(told: Sequence[Entry], levels: Mapping[str, Entry]) -> Iterator[Relation]:
    told_of = set()
    for at, entry in enumerate(told):
        for first in told[: min(at, _FIRST)]:
            if first.fact.document != entry.fact.document and not entry.place:
                continue
            if (first.fact.document, first.fact.sentence) == (entry.fact.document, entry.fact.sentence):
                continue
            amounts = levels.get(first.fact.id), levels.get(entry.fact.id)
            of_one = not (amounts[0] and amounts[1]) or _near(amounts[0], amounts[1])
            if of_one and _zone(first.fact.path) == _zone(entry.fact.path) and _near(first, entry):
                pair = (
                    first.fact.document,
                    entry.fact.document,
                    first.term.quantity.value,
                    entry.term.quantity.value,
                )
                if pair not in told_of or pair[2] == pair[3]:
                    link: Link = "grammar" if same_words(first.fact, entry.fact) else "guess"
                    yield Relation("contradiction", "said_twice", "same", entry.term, (first.term,), link)
                told_of.add(pair)
                break


def _levels(ledger: Ledger) -> dict[str, Entry]:
    """For each growth rate the amount that grew, where its sentence tells it before: by the rate's id."""
    found: dict[str, Entry] = {}
    last: dict[tuple[str, int, str], Entry] = {}
    for entry in ledger.entries:
        key = (entry.fact.document, entry.fact.sentence.start, entry.fact.indicator)
        if entry.fact.kind == "level":
            last[key] = entry
        elif entry.fact.kind == "change" and key in last:
            found[entry.fact.id] = last[key]
    return found


def _zone(path: Sequence[str]) -> str:
    """The zone or firm that the last heading names, or ""."""
    found = _ZONE.search(path[-1]) if path else None
    return found[0] if found else ""


def _counts(name: str, entry: Entry) -> bool:
    """True for an outcome whose name says exactly what is measured."""
    fact = entry.fact
    if (
        fact.kind not in _KINDS
        or entry.past
        or fact.rule in ("counted", "comparator", "of")
        or not entry.period
    ):
        return False
    if _NARROWED.search(fact.indicator):
        return False
    if _DOUBT & set(fact.flags) or fact.value_high or (fact.kind == "change" and not fact.basis):
        return False
    if fact.canonical or name != fact.indicator:
        return True
    return len(name) >= _SHORTEST and (bool(_FRESH.match(name)) or not _GENERIC.search(name))


def _unqualified(entry: Entry, text: str) -> bool:
    """True when no word before the name narrows it (a firm, a zone, 其中), as far as the clause shows."""
    fact = entry.fact
    start = fact.indicator_spans[0].start if fact.indicator_spans else fact.start
    begin = fact.sentence.start if fact.sentence.start <= start else start
    before = re.split(r"[,，;；:：、。]", text[max(begin, start - 120) : start].replace("\n", ""))
    clause = before[-1]
    if fact.scope:
        clause = clause.replace(fact.scope, "")
    left = _KNOWN_WORDS.sub("", clause)
    part = "其中" in text[max(begin, start - 24) : start] and bool(_GENERIC.search(entry.name))
    return not part and len(re.findall(r"[\u4e00-\u9fff]", left)) < 2


def _near(one: Entry, other: Entry) -> bool:
    a, b = one.term.quantity, other.term.quantity
    if a.rough or b.rough:
        return a.low <= b.high and b.low <= a.high
    apart = abs(a.value - b.value)
    if a.is_percent:
        return apart <= _NEAR_RATE
    return apart <= max(abs(a.value), abs(b.value)) * _NEAR_LEVEL
