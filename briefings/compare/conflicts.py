"""Facts that look alike and must not be set side by side: other scopes, periods and bases."""

from collections.abc import Iterable, Mapping

from briefings.records.comparison import Incomparable
from briefings.records.document import Document
from briefings.records.fact import Fact
from briefings.records.indicator import Indicator


def incomparable(
    facts: Iterable[Fact], documents: Mapping[str, Document], indicators: Mapping[str, Indicator]
) -> tuple[Incomparable, ...]:
    """Facts of one canonical indicator and kind, from two documents or more, that cannot be compared.

    Told only for headline indicators: elsewhere nobody would think of comparing. Contradictions are found by ``checks``.
    """
    alike: dict[tuple[str, str, str], list[Fact]] = {}
    for fact in facts:
        if fact.canonical and fact.status == "actual" and fact.kind in ("level", "rate", "change"):
            alike.setdefault((fact.canonical, fact.kind, fact.unit or ""), []).append(fact)
    return tuple(
        found
        for (name, _, _), group in alike.items()
        if name in indicators and indicators[name].rank
        for found in _unlike(name, group, documents)
    )


def _unlike(name: str, group: list[Fact], documents: Mapping[str, Document]) -> Iterable[Incomparable]:
    first = {f.document: f for f in reversed(group)}
    if len(first) < 2:
        return
    told = tuple(f for f in group if first[f.document] is f)
    for reason, key in (("scope", _scope), ("period", _period)):
        if len({key(f, documents) for f in told}) > 1:
            yield Incomparable(name, reason, told)
            return
    if len({f.basis for f in told}) > 1:
        yield Incomparable(name, "basis", told)


def _scope(fact: Fact, documents: Mapping[str, Document]) -> str:
    """Whose number it is; 全市 and nothing said both mean the document's own place."""
    if fact.scope and fact.scope not in ("全市", "全区", "全县", "我市", "我区", "全省", "我省", "全国"):
        return fact.scope
    place = documents[fact.document].place
    return place.value if place else fact.scope or ""


def _period(fact: Fact, documents: Mapping[str, Document]) -> str:
    own = documents[fact.document].period
    return fact.period or (own.value if own else "")
