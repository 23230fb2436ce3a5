"""What files would change in each briefing, tried on a copy of the store before they are taken in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from briefings.earlier import would_keep
from briefings.errors import UsageError
from briefings.gathering import composed, gathered
from briefings.inputs import made_of
from briefings.pipeline import Outcome, held_sentence, take_in
from briefings.records.change import Changes, Kept
from briefings.records.edition import Order
from briefings.records.material import Material

if TYPE_CHECKING:
    from briefings.settings import Settings
    from briefings.store.store import Store


@dataclass(frozen=True, slots=True)
class Impact:
    """What files would change in a briefing that is not made yet; ``changes`` is None where they change nothing.

    ``latest`` is the id of its last edition, "" for none; ``waiting``: that edition is not what the store gives now, even
    without these files. ``fault`` says why the briefing could not be made with them.
    """

    order: Order
    changes: Changes | None
    latest: str = ""
    waiting: bool = False
    fault: str = ""


def impact(
    paths: Iterable[Path], settings: Settings, *, now: str
) -> tuple[tuple[Outcome, ...], tuple[Impact, ...]]:
    """What taking ``paths`` in would change in each briefing, tried on a copy of the store; nothing is kept.

    Raises ``UsageError`` for a path that does not exist, or a store that cannot be copied.
    """
    import tempfile

    from briefings.store import copy_store, open_store

    with tempfile.TemporaryDirectory(prefix="briefings-impact-") as home:
        aside = replace(settings, data=Path(home), store=str(copy_store(settings.store, Path(home))))
        store = open_store(aside.store)
        try:
            before = [_gathered_or_fault(order, aside, store) for order in settings.orders]
            outcomes = take_in(paths, aside, store, now=now)
            after = [_gathered_or_fault(order, aside, store) for order in settings.orders]
        finally:
            store.close()
    found = (_impact(*pair, settings) for pair in zip(settings.orders, before, after, strict=True))
    return outcomes, tuple(found)


def _gathered_or_fault(order: Order, settings: Settings, store: Store) -> Material | str:
    """What there is for ``order``, or why there is nothing."""
    try:
        return gathered(order, settings, store)
    except UsageError as error:
        return str(error)


def _impact(order: Order, before: Material | str, after: Material | str, settings: Settings) -> Impact:
    """What sets the briefing made from ``after`` apart from the one made from ``before``."""
    from briefings import audit, compare, deliver

    latest = deliver.latest(settings.output, order.id)
    edition = latest.id if latest else ""
    if isinstance(after, str):
        return Impact(order, None, edition, fault=after)
    inputs = made_of(after, settings)
    old = Kept("", order, (), (), {}, (), ())
    waiting = False
    if isinstance(before, Material):
        were = made_of(before, settings)
        waiting = latest is None or latest.made_from != deliver.fingerprint(were)
        if were == inputs:
            return Impact(order, None, edition, waiting)
        worded = composed(before) if before.facts or before.measures else None
        old = replace(would_keep(worded, before, were, settings), id=edition)
    try:
        briefing = composed(after)
    except UsageError as error:
        return Impact(order, None, edition, waiting, str(error))
    texts = {sha: source.text for sha, source in after.sources.items()}
    by_id, documents = {f.id: f for f in after.facts}, {d.id: d for d in after.documents}
    held = audit.prove(briefing, by_id, documents, texts, after.corrections)
    fault = held_sentence(order.id, held) if held else ""
    changes = compare.editions(old, would_keep(briefing, after, inputs, settings))
    return Impact(order, changes, edition, waiting, fault)
