"""What people decided about promises: kept apart from what is read, so that it outlives every reading."""

from collections.abc import Sequence

from sqlalchemy import Engine, func, insert, select

from briefings.records.decision import Decision
from briefings.records.document import Span
from briefings.store import tables as t
from briefings.store.engine import writing
from briefings.store.news import note_news
from briefings.store.rows import in_one_line
from briefings.store.versions import read_replaced


def save_decision(engine: Engine, decision: Decision) -> Decision:
    """Note a decision; its ``id`` is given here. Gives it as it was noted."""
    with writing(engine) as connection:
        last = connection.execute(select(func.max(t.decisions.c.n))).scalar() or 0
        row = {
            "n": last + 1,
            "promise": decision.promise,
            "promised": decision.promised,
            "plan": decision.plan,
            "verdict": decision.verdict,
            "document": decision.document,
            "first": decision.span.start if decision.span else None,
            "last": decision.span.end if decision.span else None,
            "text": decision.text,
            "state": decision.state,
            "author": decision.author,
            "reason": in_one_line(decision.reason),
            "at": decision.at,
        }
        connection.execute(insert(t.decisions), row)
        said_of = select(t.documents.c.sha256).where(
            t.documents.c.id.in_([decision.promised, decision.document])
        )
        note_news(connection, connection.execute(said_of).scalars())
    return _decision(row)


def read_decisions(engine: Engine, documents: Sequence[str] | None = None) -> tuple[Decision, ...]:
    """Every decision, oldest first; of promises of these documents, or of versions they stand for, when given."""
    with engine.connect() as connection:
        rows = connection.execute(select(t.decisions).order_by(t.decisions.c.n)).mappings().all()
    found = tuple(_decision(dict(row)) for row in rows)
    if documents is None or not found:
        return found
    replaced = read_replaced(engine)
    return tuple(d for d in found if d.promised in documents or replaced.get(d.promised) in documents)


def _decision(row: dict[str, object]) -> Decision:
    first, last = row["first"], row["last"]
    span = Span(first, last) if isinstance(first, int) and isinstance(last, int) else None
    return Decision(
        id=int(str(row["n"])),
        promise=str(row["promise"]),
        verdict=row["verdict"],  # type: ignore[arg-type]  # written from a Decision
        document=str(row["document"]),
        span=span,
        text=str(row["text"]),
        state=str(row["state"]),
        author=str(row["author"]),
        reason=str(row["reason"]),
        at=str(row["at"]),
        promised=str(row["promised"]),
        plan=str(row["plan"]),
    )
