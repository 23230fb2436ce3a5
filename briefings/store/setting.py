"""What became of the metadata that people set: whether it holds, or waits to be judged in a new version."""

from dataclasses import dataclass

from sqlalchemy import Engine, select

from briefings.errors import UsageError
from briefings.records.correction import State
from briefings.store import tables as t
from briefings.store.deciding import note_decision
from briefings.store.engine import writing
from briefings.store.known import Known, Override, known_documents, read_overrides
from briefings.store.versions import replacements

METADATA = "m"
"""Begins the id of a correction of metadata; one of a fact begins with c."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What a person set, with its state; where it is ``reopened``, the new version and what is read there."""

    override: Override
    state: State
    document: str = ""
    there: str | None = None

    @property
    def id(self) -> str:
        """The correction's id."""
        return f"{METADATA}{self.override.n}"


def read_settings(engine: Engine) -> tuple[Setting, ...]:
    """All that people set of metadata, oldest first; what only takes an earlier one back is its state."""
    overrides = read_overrides(engine)
    if not overrides:
        return ()
    known = {one.id: one for one in known_documents(engine)}
    newer = replacements(engine, tuple(known.values()))
    last = {(one.target, one.field): one.n for one in overrides}
    touched = set(last)
    with engine.connect() as connection:
        query = select(t.correction_events.c.correction, t.correction_events.c.sha256)
        closed = {(row.correction, row.sha256) for row in connection.execute(query)}
    found = []
    for one in overrides:
        if one.value is None:
            continue
        if last[one.target, one.field] != one.n:
            found.append(Setting(one, "undone"))
            continue
        waits = [
            there
            for old, new in newer.items()
            if one.target in (old, known[old].sha256)
            and _is_open(one, there := known[new], touched)
            and (f"{METADATA}{one.n}", there.sha256) not in closed
        ]
        if waits:
            there = max(waits, key=lambda each: (each.sha256, -each.ordinal))
            found.append(Setting(one, "reopened", there.id, there.read[one.field]))
        else:
            found.append(Setting(one, "applied"))
    return tuple(found)


def save_closed(engine: Engine, given: str, *, author: str, reason: str, now: str) -> Setting:
    """Close a reopened correction of metadata: the new version does not need it. Raises ``UsageError``."""
    one = reopened_setting(engine, given)
    with writing(engine) as connection:
        sha256 = connection.execute(
            select(t.documents.c.sha256).where(t.documents.c.id == one.document)
        ).scalar_one()
        note_decision(connection, given, "dismissed", sha256, author, reason, now)
    return one


def reopened_setting(engine: Engine, given: str) -> Setting:
    """The reopened correction of metadata ``given``. Raises ``UsageError`` for one that is not."""
    held = {one.id: one for one in read_settings(engine)}
    if given in held and held[given].state == "reopened":
        return held[given]
    if given in held:
        raise UsageError(f"{given} is {held[given].state}, not reopened: there is nothing to decide.")
    waiting = [one.id for one in held.values() if one.state == "reopened"]
    told = f"Reopened are {', '.join(waiting)}." if waiting else "None is reopened."
    raise UsageError(f"There is no correction {given!r}. {told}")


def _is_open(one: Override, there: Known, touched: set[tuple[str, str]]) -> bool:
    """Whether the new version reads otherwise, and nobody has said anything of that field there."""
    said = {(there.id, one.field), (there.sha256, one.field)}
    return there.said[one.field] != one.value and not said & touched
