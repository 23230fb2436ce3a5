"""Write what people decide about facts, and bring the facts of that source to it in the same transaction."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Connection, Engine, delete, func, insert, select, update

from briefings.errors import UsageError
from briefings.records.codec import from_json, to_json
from briefings.records.correction import Action, Correction, Decision, Reopening, latest
from briefings.records.document import Document, Source, Span
from briefings.records.fact import Fact, Findings, Measure
from briefings.store import tables as t
from briefings.store.corrections import Applied, apply, taken_off
from briefings.store.engine import writing
from briefings.store.judging import (
    Entry,
    added,
    carried,
    checked,
    judged_of,
    nearest,
    unknown_document,
    unknown_fact,
)
from briefings.store.news import note_news
from briefings.store.read import source_of
from briefings.store.rows import fact_rows, in_one_line, measure_rows, replaced_rows
from briefings.store.standing import in_force, read_standing, recorded


def save_judged(
    engine: Engine,
    given: str,
    changes: Mapping[str, str | None] | None,
    *,
    author: str,
    reason: str,
    now: str,
) -> Correction:
    """Set fields of the fact ``given``, or reject it where ``changes`` is None.

    Raises ``UsageError`` for a fact that is not held, a field that does not exist, or a value that cannot be.
    """
    said = None if changes is None else checked(changes)
    with writing(engine) as connection:
        fact = _fact(connection, given)
        sha256 = _sha256(connection, fact.document)
        source, documents, findings = held(connection, sha256)
        entry = _entry(connection, author, reason, now)
        action: Action = "reject" if said is None else "set"
        made = judged_of(fact, action, said or {}, documents, _facts(findings), source, entry)
        return _keep(connection, made, source, documents, findings)


def save_added(
    engine: Engine,
    document: str,
    span: Span,
    changes: Mapping[str, str | None],
    *,
    author: str,
    reason: str,
    now: str,
) -> Correction:
    """Add a fact at ``span`` of ``document``. Raises ``UsageError`` where that cannot be."""
    said = checked(changes)
    with writing(engine) as connection:
        sha256 = _sha256(connection, document)
        source, documents, findings = held(connection, sha256)
        home = next(d for d in documents if d.id == document)
        made = added(home, span, said, _facts(findings), source, _entry(connection, author, reason, now))
        return _keep(connection, made, source, documents, findings)


def save_undone(engine: Engine, given: str, *, author: str, reason: str, now: str) -> Correction:
    """Take back a correction, or the last one of a fact; what stood before it stands again.

    Raises ``UsageError`` when there is none in force, or a later one of the same fact is.
    """
    with writing(engine) as connection:
        force = in_force(connection)
        ours = [c for c in force if given in (c.id, c.fact)]
        if not ours:
            raise _no_correction(connection, given)
        undone = ours[-1]
        later = [c for c in force if c.fact == undone.fact][-1]
        if later.id != undone.id:
            raise UsageError(f"{later.id} corrected the same fact later; undo {later.id} first.")
        note_decision(connection, undone.id, "undone", undone.sha256, author, reason, now)
        if connection.execute(select(t.sources.c.sha256).where(t.sources.c.sha256 == undone.sha256)).first():
            _bring(connection, *held(connection, undone.sha256))
        return undone


def save_confirmed(engine: Engine, given: str, *, author: str, reason: str, now: str) -> Correction:
    """Let a reopened correction hold at its place in the new text; gives the new correction there.

    Raises ``UsageError`` for one that is not reopened, or whose words do not stand in the new text.
    """
    old, reopening = _reopened(engine, given)
    if reopening.span is None:
        raise UsageError(
            f"“{old.surface}” does not stand in a sentence like that in {reopening.name} any more; "
            f"`briefings correct --dismiss {old.id}` closes it."
        )
    with writing(engine) as connection:
        source, documents, findings = held(connection, reopening.sha256)
        home = next(d for d in documents if d.id == reopening.document)
        chain = [one for one in in_force(connection, old.sha256) if one.fact == old.fact]
        changes = {name: value for one in chain for name, value in one.changes}
        why = reason or "；".join(dict.fromkeys(one.reason for one in chain))
        entry = _entry(connection, author, why, now)
        made = carried(old, changes, home, reopening.span, _facts(findings), source, entry)
        for one in chain:
            note_decision(connection, one.id, "confirmed", reopening.sha256, author, reason, now)
        return _keep(connection, made, source, documents, findings)


def save_dismissed(engine: Engine, given: str, *, author: str, reason: str, now: str) -> Correction:
    """Close a reopened correction: the new text does not need it. Raises ``UsageError`` for one not reopened."""
    old, reopening = _reopened(engine, given)
    with writing(engine) as connection:
        for one in in_force(connection, old.sha256):
            if one.fact == old.fact:
                note_decision(connection, one.id, "dismissed", reopening.sha256, author, reason, now)
    return old


def applied_to(
    connection: Connection, source: Source, documents: Sequence[Document], findings: Sequence[Findings]
) -> Applied:
    """What was found in ``source``, with the corrections in force for its bytes."""
    return apply(documents, findings, in_force(connection, source.sha256), source)


def held(connection: Connection, sha256: str) -> tuple[Source, tuple[Document, ...], tuple[Findings, ...]]:
    """A source as the store holds it: its documents, and what stands of its facts and measures (no problems)."""
    row = connection.execute(select(t.sources).where(t.sources.c.sha256 == sha256)).one()
    query = select(t.documents.c.record).where(t.documents.c.sha256 == sha256).order_by(t.documents.c.ordinal)
    documents = tuple(from_json(Document, record) for record in connection.execute(query).scalars())
    findings = []
    for document in documents:
        facts, measures = (
            connection.execute(
                select(table.c.record).where(table.c.document == document.id).order_by(table.c.seq)
            ).scalars()
            for table in (t.facts, t.measures)
        )
        findings.append(
            Findings(
                document.id,
                tuple(from_json(Fact, record) for record in facts),
                tuple(from_json(Measure, record) for record in measures),
            )
        )
    return source_of(row), documents, tuple(findings)


def _keep(
    connection: Connection,
    made: Correction,
    source: Source,
    documents: Sequence[Document],
    findings: Sequence[Findings],
) -> Correction:
    row = {"n": int(made.id[1:]), "sha256": made.sha256, "fact": made.fact, "record": to_json(made)}
    connection.execute(insert(t.corrections), row)
    _bring(connection, source, documents, findings)
    return made


def _bring(
    connection: Connection, source: Source, documents: Sequence[Document], findings: Sequence[Findings]
) -> None:
    """Bring the stored facts of ``source`` to the corrections that are in force now."""
    c = t.replaced.c
    query = select(c.document, c.record).where(c.document.in_([d.id for d in documents])).order_by(c.seq)
    given: dict[str, list[Fact]] = {}
    for document, record in connection.execute(query):
        given.setdefault(document, []).append(from_json(Fact, record))
    note_news(connection, [source.sha256])
    bare = taken_off(findings, given)
    applied = applied_to(connection, source, documents, bare)
    for before, after in zip(findings, applied.findings, strict=True):
        if before == after and before.document not in given:
            continue
        connection.execute(delete(t.facts).where(t.facts.c.document == before.document))
        connection.execute(delete(t.replaced).where(c.document == before.document))
        if after.facts:
            connection.execute(insert(t.facts), fact_rows(after))
        for row in measure_rows(after):
            connection.execute(
                update(t.measures).where(t.measures.c.id == row["id"]).values(record=row["record"])
            )
    rows = replaced_rows(applied.replaced)
    if rows:
        connection.execute(delete(t.replaced).where(c.document.in_([row["document"] for row in rows])))
        connection.execute(insert(t.replaced), rows)


def _fact(connection: Connection, given: str) -> Fact:
    record = connection.execute(select(t.facts.c.record).where(t.facts.c.id == given)).scalar()
    if record is not None:
        return from_json(Fact, record)
    force = latest(in_force(connection))
    for correction in force.values():
        if given == correction.id:
            raise UsageError(f"{given} is a correction; the fact it corrects is {correction.fact}.")
        if given == correction.fact and correction.after is None:
            raise UsageError(
                f"Fact {given} was rejected by {correction.id}; `briefings correct {given} --undo` brings it back."
            )
        if given == correction.fact:
            raise UsageError(
                f"{correction.id}, which corrects {given}, does not apply; see `briefings corrections`."
            )
    for record in connection.execute(select(t.replaced.c.record)).scalars():
        fact = from_json(Fact, record)
        if fact.id == given:
            raise UsageError(f"A corrected fact stands in the place of {given}; see `briefings corrections`.")
    ids = connection.execute(select(t.facts.c.id).order_by(t.facts.c.id)).scalars()
    near = nearest(given, list(ids))
    rows = connection.execute(select(t.facts.c.record).where(t.facts.c.id.in_(near))).scalars()
    raise unknown_fact(given, [from_json(Fact, row) for row in rows])


def _sha256(connection: Connection, document: str) -> str:
    c = t.documents.c
    found = connection.execute(select(c.sha256).where(c.id == document)).scalar()
    if found is None:
        raise unknown_document(document, list(connection.execute(select(c.id).order_by(c.id)).scalars()))
    return str(found)


def _entry(connection: Connection, author: str, reason: str, now: str) -> Entry:
    last = connection.execute(select(func.max(t.corrections.c.n))).scalar() or 0
    return Entry(last + 1, author, in_one_line(reason), now)


def note_decision(
    connection: Connection,
    correction: str,
    decision: Decision,
    sha256: str,
    author: str,
    reason: str,
    now: str,
) -> None:
    """Note what became of ``correction`` in the source ``sha256``."""
    last = connection.execute(select(func.max(t.correction_events.c.n))).scalar() or 0
    row = {
        "correction": correction,
        "decision": decision,
        "sha256": sha256,
        "author": author,
        "reason": in_one_line(reason),
        "at": now,
    }
    connection.execute(insert(t.correction_events), {"n": last + 1, **row})


def _reopened(engine: Engine, given: str) -> tuple[Correction, Reopening]:
    standing = read_standing(engine)
    for one in standing:
        if one.correction.id == given:
            if one.reopening is None:
                raise UsageError(f"{given} is {one.state}, not reopened: there is nothing to decide.")
            return one.correction, one.reopening
    open_ = [one.correction.id for one in standing if one.state == "reopened"]
    told = f"Reopened are {', '.join(open_)}." if open_ else "None is reopened."
    raise UsageError(f"There is no correction {given!r}. {told}")


def _no_correction(connection: Connection, given: str) -> UsageError:
    known = [c for c, _ in recorded(connection) if given in (c.id, c.fact)]
    if known:
        return UsageError(f"{known[-1].id} is undone already.")
    force = in_force(connection)
    told = f"In force are {', '.join(c.id for c in force[-8:])}." if force else "None is in force."
    return UsageError(f"There is no correction of {given!r}. {told}")


def _facts(findings: Sequence[Findings]) -> tuple[Fact, ...]:
    return tuple(fact for found in findings for fact in found.facts)
