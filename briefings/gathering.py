"""What a briefing is made from, out of the store; and the briefing of its kind, composed from that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from briefings import extract, structure
from briefings.errors import UsageError
from briefings.records.correction import FLAG
from briefings.records.document import Document
from briefings.records.edition import Order
from briefings.records.fact import Fact, Measure
from briefings.records.material import Material, within

if TYPE_CHECKING:
    from briefings.extract.lexicon import Lexicon
    from briefings.records.briefing import Briefing
    from briefings.settings import Settings
    from briefings.store.store import Store

_DIGEST_GENRES = ("summary", "report", "other")


def chosen(order: Order, store: Store) -> tuple[Document, ...]:
    """The documents that an order speaks of: by its periods, then in the order of their files and of the text."""
    held = store.documents()
    asked = [(p, d) for p in order.periods for d in held if d.period and within(d.period.value, p)]
    found = [
        (at, d)
        for at, d in asked
        if (order.kind != "digest" or order.issuers or d.genre in _DIGEST_GENRES)
        and (not order.issuers or any(_is_issuer(d, name) for name in order.issuers))
        and (not order.places or (d.place is not None and d.place.value in order.places))
    ]
    places = {p: n for n, p in enumerate(order.periods)}
    ordered = sorted(found, key=lambda f: (places[f[0]], f[1].name, f[1].sha256, f[1].ordinal))
    return tuple(dict.fromkeys(d for _, d in ordered))


def gathered(order: Order, settings: Settings, store: Store) -> Material:
    """What the store holds for ``order``. Raises ``UsageError`` when that is nothing."""
    documents = _chosen(order, store)
    ids = [d.id for d in documents]
    lexicon = lexicon_of(settings)
    return Material(
        order,
        documents,
        renamed(store.facts(documents=ids), lexicon),
        rethemed(store.measures(ids), lexicon),
        {sha: store.source(sha) for sha in {d.sha256 for d in documents}},
        {i.name: i for i in lexicon.indicators},
        lexicon.themes,
        _absent(documents, store),
        store.corrections_in_force(ids),
        store.decisions(ids),
    )


def composed(material: Material) -> Briefing:
    """The briefing of its kind. Raises ``UsageError`` when nothing can be said."""
    from briefings import compare, compose

    if not material.facts and not material.measures:
        raise UsageError(
            f"Nothing can be said in {material.order.id!r}: its documents hold neither facts nor measures."
        )
    match material.order.kind:
        case "digest":
            return compose.digest(material, compare.digest(material))
        case "yoy":
            return compose.yoy(material, compare.yoy(material))
        case "peers":
            return compose.peers(material, compare.peers(material))
        case "history":
            return compose.history(material, compare.history(material))
        case "tracker":
            return compose.tracker(material, compare.tracker(material))


def renamed(facts: Sequence[Fact], lexicon: Lexicon) -> tuple[Fact, ...]:
    """``facts`` with the canonical names that ``lexicon`` has for them now; what a person has set stays."""
    return tuple(
        replace(fact, canonical=name)
        if FLAG not in fact.flags and (name := lexicon.canonical(fact.indicator)) != fact.canonical
        else fact
        for fact in facts
    )


def rethemed(measures: Sequence[Measure], lexicon: Lexicon) -> tuple[Measure, ...]:
    """``measures`` with the themes that ``lexicon`` sorts them into now."""
    return tuple(
        replace(measure, theme=theme)
        if (theme := lexicon.theme(measure.text, measure.headline)) != measure.theme
        else measure
        for measure in measures
    )


def lexicon_of(settings: Settings) -> Lexicon:
    """The lexicon with the workspace's own entries; cheap to ask for again."""
    return extract.lexicon_of(settings.lexicons)


def _chosen(order: Order, store: Store) -> tuple[Document, ...]:
    """The documents that an order speaks of. Raises ``UsageError`` where the store holds none."""
    documents = chosen(order, store)
    if not documents:
        held = sorted({d.period.value for d in store.documents() if d.period})
        told = (
            f"It holds documents of: {', '.join(held)}." if held else "It holds no documents; add some first."
        )
        raise UsageError(
            f"The store holds no document for briefing {order.id!r} ({', '.join(order.periods)}). {told}"
        )
    return documents


def _is_issuer(document: Document, name: str) -> bool:
    return document.issuer is not None and structure.same_issuer(document.issuer.value, name)


def _absent(documents: Sequence[Document], store: Store) -> tuple[str, ...]:
    """What the compilations among the sources announce and do not hold."""
    ours = {d.sha256 for d in documents}
    return tuple(a.title for a in store.absent() if a.sha256 in ours)
