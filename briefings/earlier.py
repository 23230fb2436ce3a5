"""The edition that stands, as what was kept of it; and what sets a new one apart from it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefings.errors import UsageError
from briefings.inputs import assets
from briefings.records.change import Kept
from briefings.records.edition import Order
from briefings.records.material import Material

if TYPE_CHECKING:
    from briefings.records.briefing import Briefing
    from briefings.records.edition import Edition
    from briefings.settings import Settings


def kept(edition: Edition) -> Kept:
    """What ``edition`` holds of what it was made from. Raises ``UsageError`` where that cannot be read."""
    from briefings import audit, deliver
    from briefings.records.codec import from_data

    folder = Path(edition.folder)
    ledger = audit.read_ledger(folder)
    manifest: Any = deliver.read_manifest(folder)
    try:
        order, inputs = from_data(Order, manifest["order"]), manifest["inputs"]
        # Editions of before they told their changes have no such entries.
        parts, files = inputs.get("parts"), inputs.get("files")
    except Exception as error:
        # The records' converter raises groups of many kinds of errors; they all say the same here.
        raise UsageError(f"The manifest of the edition in {folder} cannot be read: {error}.") from error
    return Kept(
        edition.id,
        order,
        tuple(ledger.facts.values()),
        tuple(ledger.documents.values()),
        ledger.texts,
        ledger.corrections,
        ledger.measures,
        ledger.briefing,
        parts,
        files,
    )


def would_keep(
    briefing: Briefing | None, material: Material, inputs: Mapping[str, str], settings: Settings
) -> Kept:
    """The same of an edition that is not published yet; its id is ""."""
    return Kept(
        "",
        material.order,
        material.facts,
        material.documents,
        {sha: source.text for sha, source in material.sources.items()},
        material.corrections,
        material.measures,
        briefing,
        inputs,
        assets(settings.search),
    )


def edition_before(latest: Edition | None, made_from: str, order: Order, settings: Settings) -> Kept | None:
    """The edition that a new one says its changes against; None for a first one, or where it cannot be read any more.

    A damaged edition that is made again from the same is set against the one that it was set against before.
    """
    from briefings import deliver

    if latest is None:
        return None
    wanted = latest.previous if latest.made_from == made_from else latest.id
    held = {edition.id: edition for edition in deliver.editions(settings.output, order.id)}
    try:
        return kept(held[wanted]) if wanted in held else None
    except UsageError:
        return None


def with_changes(
    briefing: Briefing, old: Kept, material: Material, inputs: Mapping[str, str], settings: Settings
) -> Briefing:
    """``briefing``, saying what changed since ``old``."""
    from briefings import compare, compose

    new = would_keep(briefing, material, inputs, settings)
    return compose.since_last(briefing, compare.editions(old, new), material)
