"""What the pages know of editions: looked up by id among those that are there, never by a path from an address."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from briefings import audit, compare, deliver, earlier
from briefings.audit.ledger import Ledger
from briefings.errors import ConfigurationError
from briefings.records.change import Changes
from briefings.records.edition import Edition, Order
from briefings.records.run import Run, Schedule
from briefings.web.site import Site, Wrong


@dataclass(frozen=True, slots=True)
class Shelf:
    """A briefing with its editions, the newest first, its runs and when it is made next."""

    order: Order
    editions: tuple[Edition, ...]
    runs: tuple[Run, ...]
    schedule: Schedule | None

    @property
    def latest(self) -> Edition | None:
        """The newest edition."""
        return self.editions[0] if self.editions else None


def order_of(site: Site, briefing: str) -> Order:
    """The briefing with that id. Raises ``UsageError`` where there is none."""
    try:
        return site.settings.order(briefing)
    except ConfigurationError as error:
        raise Wrong("没有名为{name}的简报。", name=briefing) from error


def shelf(site: Site, order: Order, most_runs: int = 10) -> Shelf:
    """A briefing with what is there of it."""
    schedule = next((s for s in site.settings.schedules if s.briefing == order.id), None)
    held = deliver.lineage(site.settings.output, order.id)
    return Shelf(order, held, site.store.runs.all(briefing=order.id, most=most_runs), schedule)


def edition_of(site: Site, briefing: str, edition: str) -> tuple[Order, Edition]:
    """An edition by its id, ``latest`` being the newest. Raises ``UsageError`` where there is none."""
    order = order_of(site, briefing)
    held = deliver.lineage(site.settings.output, order.id)
    if edition == "latest" and held:
        return order, held[0]
    for one in held:
        if one.id == edition:
            return order, one
    raise Wrong("{title}没有{edition}这一版。", title=order.title, edition=edition)


def media_of(edition: Edition, suffix: str) -> tuple[str, str] | None:
    """The name and sha256 of the file of an edition that ends in ``suffix``."""
    return next(((n, h) for n, h in edition.files if n == f"{edition.briefing}.{suffix}"), None)


def ledger_of(edition: Edition) -> Ledger:
    """What the edition keeps to prove itself."""
    return ledger_in(edition.folder, edition.fingerprint)


@lru_cache(maxsize=16)
def ledger_in(folder: str, fingerprint: str) -> Ledger:
    """The same, by the edition's folder and fingerprint."""
    return audit.read_ledger(Path(folder))


def changes_of(edition: Edition, held: tuple[Edition, ...]) -> Changes | None:
    """What sets an edition apart from the one it was set against; None for a first one."""
    before = next((e for e in held if e.id == edition.previous), None)
    return _changes(before, edition) if before else None


@lru_cache(maxsize=32)
def _changes(before: Edition, edition: Edition) -> Changes:
    return compare.editions(earlier.kept(before), earlier.kept(edition))
