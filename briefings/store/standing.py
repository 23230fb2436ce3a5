"""Read people's corrections: which are in force, and which have to be judged again because the text changed."""

from collections.abc import Container, Mapping, Sequence

from sqlalchemy import Connection, Engine, select

from briefings.records.codec import from_json
from briefings.records.correction import Correction, Event, Reopening, Standing, chains, home, latest
from briefings.records.document import Document
from briefings.store import tables as t
from briefings.store.corrections import stands
from briefings.store.known import known_documents
from briefings.store.read import source_of
from briefings.store.reopening import reopened
from briefings.store.versions import replacements


def recorded(
    connection: Connection, sha256: str | None = None
) -> tuple[tuple[Correction, tuple[Event, ...]], ...]:
    """All corrections (of a source) with what became of them, oldest first."""
    c, e = t.corrections.c, t.correction_events.c
    query = select(c.record).order_by(c.n)
    if sha256 is not None:
        query = query.where(c.sha256 == sha256)
    records = connection.execute(query).scalars().all()
    if not records:
        return ()
    events: dict[str, list[Event]] = {}
    for row in connection.execute(
        select(e.correction, e.decision, e.sha256, e.author, e.reason, e.at).order_by(e.n)
    ):
        events.setdefault(row.correction, []).append(Event(*row))
    found = [from_json(Correction, record) for record in records]
    return tuple((one, tuple(events.get(one.id, ()))) for one in found)


def in_force(connection: Connection, sha256: str | None = None) -> tuple[Correction, ...]:
    """The corrections (of a source) that were not taken back, oldest first."""
    return tuple(one for one, events in recorded(connection, sha256) if not _ended(one, events))


def read_standing(engine: Engine) -> tuple[Standing, ...]:
    """Every correction with its state, oldest first; a reopened one with where it has to be judged."""
    with engine.connect() as connection:
        entries = recorded(connection)
    if not entries:
        return ()
    known = known_documents(engine)
    sources = {one.id: one.sha256 for one in known}
    newer = {old: (sources[new], new) for old, new in replacements(engine, known).items()}
    with engine.connect() as connection:
        names = {
            row.sha256: row.name for row in connection.execute(select(t.sources.c.sha256, t.sources.c.name))
        }
        counting = latest(one for one, events in entries if not _ended(one, events))
        by_id = {one.id: one for one, _ in entries}
        standing = []
        for one, events in entries:
            name = names.get(one.sha256, "")
            if _ended(one, events):
                standing.append(Standing(one, "undone", name, events))
                continue
            counts = counting[one.fact] is one
            stands_for_it = newer.get(home(one))
            reopening = (
                _reopening(connection, one, events, stands_for_it, _carried_from(one, by_id))
                if counts
                else None
            )
            standing.append(Standing(one, "reopened" if reopening else "applied", name, events, reopening))
    return tuple(standing)


def read_counting(engine: Engine, documents: Sequence[str]) -> tuple[Correction, ...]:
    """The corrections that stand for facts of ``documents``, in the order of the text; a fact's own oldest first."""
    d, f = t.documents.c, t.facts.c
    with engine.connect() as connection:
        force = chains(in_force(connection))
        if not force:
            return ()
        corrected = select(f.id, f.document).where(f.id.in_(force))
        holds = {row.id: row.document for row in connection.execute(corrected)}
        place = {id_: n for n, id_ in enumerate(documents)}
        wanted = set(connection.execute(select(d.sha256).where(d.id.in_(place))).scalars())
        found = []
        for sha256 in wanted & {chain[-1].sha256 for chain in force.values()}:
            row = connection.execute(select(t.sources).where(t.sources.c.sha256 == sha256)).one()
            source = source_of(row)
            for fact, chain in force.items():
                last = chain[-1]
                document = holds.get(fact, home(last))
                if last.sha256 == sha256 and document in place and stands(last, source):
                    found.append(((place[document], last.span), chain))
    return tuple(one for _, chain in sorted(found, key=lambda entry: entry[0]) for one in chain)


def _ended(correction: Correction, events: tuple[Event, ...]) -> bool:
    """Whether it was taken back, or decided upon for its own bytes after they were read differently."""
    return any(e.decision == "undone" or e.sha256 == correction.sha256 for e in events)


def _reopening(
    connection: Connection,
    correction: Correction,
    events: tuple[Event, ...],
    newer: tuple[str, str] | None,
    earlier: Container[str],
) -> Reopening | None:
    """Where ``correction`` has to be judged anew; None when it stands, and no new version waits for a decision.

    ``newer`` is the source and the document that stand for the corrected one, if another version does; ``earlier`` are
    the sources that it was carried from, where it was judged already.
    """
    row = connection.execute(select(t.sources).where(t.sources.c.sha256 == correction.sha256)).first()
    if row is not None and not stands(correction, source_of(row)):
        return _judged_in(connection, correction, correction.sha256, None)
    if events or newer is None or newer[0] in earlier:
        return None
    return _judged_in(connection, correction, *newer)


def _carried_from(correction: Correction, by_id: Mapping[str, Correction]) -> frozenset[str]:
    """The sources of the corrections that ``correction`` was carried from, one version after another."""
    found: set[str] = set()
    while correction.carried:
        correction = by_id[correction.carried]
        found.add(correction.sha256)
    return frozenset(found)


def _judged_in(
    connection: Connection, correction: Correction, sha256: str, document: str | None
) -> Reopening:
    row = connection.execute(select(t.sources).where(t.sources.c.sha256 == sha256)).one()
    c = t.documents.c
    query = select(c.record).where(c.sha256 == sha256).order_by(c.ordinal)
    if document is not None:
        query = query.where(c.id == document)
    documents = [from_json(Document, record) for record in connection.execute(query).scalars()]
    return reopened(correction, source_of(row), documents)
