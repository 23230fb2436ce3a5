"""Ranks against values: in one set, for one indicator and period, the better placed has the better number."""

import re
from collections.abc import Iterator

from briefings.compare.ledger import Entry, Ledger, root
from briefings.compare.relation import Relation

_DOWN = re.compile(r"失业|能耗|不良|负债|物价|价格|PM|排放|死亡|事故|降幅|时限|成本")
_WIDE = re.compile(r"全国|全球|世界|副省级|计划单列")
"""Sets that are the same in every document; 全市 and 全省 are others in other places."""
_BEYOND = 100


def ranks(ledger: Ledger) -> Iterator[Relation]:
    """Pairs of ranked numbers of different places; indicators of which less is better are left out."""
    groups: dict[tuple[str, ...], list[tuple[Entry, Entry]]] = {}
    values: dict[tuple[str, int, str], Entry] = {}
    for entry in ledger.entries:
        fact = entry.fact
        key = (fact.document, fact.sentence.start, root(entry.name))
        if fact.kind in ("change", "level", "rate") and fact.status == "actual" and not entry.past:
            values[key] = entry
        elif fact.kind == "rank" and fact.basis and key in values and not _DOWN.search(entry.name):
            value = values[key]
            kind = (
                fact.basis,
                "" if _WIDE.search(fact.basis) else fact.document,
                key[2],
                entry.period,
                value.fact.kind,
                value.fact.basis or "",
                value.term.quantity.unit,
            )
            groups.setdefault(kind, []).append((entry, value))
    for told in groups.values():
        for at, (rank, value) in enumerate(told[:_BEYOND]):
            for other, its in told[:at]:
                if other.place != rank.place and other.term.quantity.value != rank.term.quantity.value:
                    yield Relation("rank", "ranked", "order", rank.term, (value.term, other.term, its.term))
