"""The promises of one period followed into the next: what became of each, and what else a reader asks of it."""

from collections.abc import Sequence
from decimal import Decimal

from briefings.compare import decided
from briefings.compare.answers import Statement, statements
from briefings.compare.commitments import Commitment, commitments
from briefings.compare.comparable import is_rough, point
from briefings.compare.judging import judged, reason_for_lag
from briefings.compare.matching import answer, answers_for, last_period, name_likeness, same_unit
from briefings.compare.texts import contradict, shared_names, widely_used
from briefings.records.comparison import Point, Promise
from briefings.records.document import Document
from briefings.records.fact import Fact, Measure
from briefings.records.material import Material
from briefings.records.problem import Problem
from briefings.records.tracker import Followed

_LEAST_RELATED = 6
_SAME_INDICATOR = 95.0


def promises(
    material: Material, prior: Sequence[Document], current: Sequence[Document]
) -> tuple[Promise, ...]:
    """What ``prior`` promises and what ``current`` says of it, in the order of the text, people's decisions applied."""
    return tuple(f.promise for f in followed(material, prior, current)[0])


def followed(
    material: Material, prior: Sequence[Document], current: Sequence[Document]
) -> tuple[tuple[Followed, ...], tuple[Problem, ...]]:
    """Every promise of ``prior`` with what a reader asks of it, and the decisions of people that had to be dropped.

    An office answers for its own promises; nothing is answered by an earlier document.
    """
    if not current:
        return (), ()
    facts, measures = material.facts, material.measures
    told = {d.id: statements(d, facts, measures, ("done", "problem")) for d in current}
    planned = {d.id: statements(d, facts, measures, ("plan",)) for d in current}
    documents = {d.id: d for d in (*prior, *current)}
    found: list[Followed] = []
    problems: list[Problem] = []
    for document in prior:
        answering = [d for d in current if answers_for(d, document)]
        listed = [s for d in answering for s in told[d.id]]
        again = [s for d in answering for s in planned[d.id]]
        common = widely_used(s.said for s in listed)
        period = last_period(answering)
        pairs = [
            (c, judged(c, answer(c, listed, common), period)) for c in commitments(document, facts, measures)
        ]
        settled, dropped = decided.apply(
            pairs, material.decisions, told, material.sources, tuple(documents.values()), period
        )
        problems += dropped
        found += [
            _looked_at(c, p, listed, again, common, documents)
            for (c, _), p in zip(pairs, settled, strict=True)
        ]
    held = {f.promise.id for f in found}
    problems += decided.void(material.decisions, held, {d.id for d in current})
    return tuple(found), tuple(problems)


def _looked_at(
    commitment: Commitment,
    promise: Promise,
    told: Sequence[Statement],
    again: Sequence[Statement],
    common: frozenset[str],
    documents: dict[str, Document],
) -> Followed:
    if promise.state == "not_mentioned":
        if promise.decided:
            return Followed(promise)
        listed = [s for s in told if not s.opens]
        said, planned = _related(commitment, listed, common), _related(commitment, again, frozenset())
        return Followed(
            promise,
            related=said or planned,
            again=said is None and planned is not None,
            elsewhen=_elsewhen(commitment, told),
        )
    return Followed(
        promise,
        points=_points(commitment, promise, documents),
        reason=reason_for_lag(promise, told) if promise.state == "behind" else None,
    )


def _points(
    commitment: Commitment, promise: Promise, documents: dict[str, Document]
) -> tuple[Point, Point] | None:
    """Outcome and target in the target's unit, where the one divided by the other is how much is done."""
    target, outcome = promise.target, promise.outcome
    if target is None or outcome is None or target.kind != "level" or commitment.down:
        return None
    if target.value_high or outcome.value_high or not Decimal(target.value):
        return None
    first = point(outcome, documents[outcome.document], target.unit or "")
    second = point(target, documents[target.document], target.unit or "")
    return (first, second) if first and second and not is_rough(first) else None


def _related(commitment: Commitment, told: Sequence[Statement], common: frozenset[str]) -> Measure | None:
    """A later sentence that shares a long name with a promise without answering it: for a person to look at."""
    best: tuple[int, Measure] | None = None
    for statement in told:
        if contradict(commitment.said, statement.said):
            continue
        shared = shared_names(commitment.said, statement.said, common)
        if shared and len(shared[0]) >= _LEAST_RELATED and (best is None or len(shared[0]) > best[0]):
            best = (len(shared[0]), statement.measure)
    return best[1] if best else None


def _elsewhen(commitment: Commitment, told: Sequence[Statement]) -> Fact | None:
    """A later number of the same indicator whose time is not the one the target is for."""
    target = commitment.target
    if target is None:
        return None
    for statement in told:
        for fact in statement.facts:
            comparable = fact.kind == target.kind and fact.status == "actual" and same_unit(fact, target)
            if comparable and name_likeness(commitment, fact, statement) >= _SAME_INDICATOR:
                return fact
    return None
