"""The comparison behind a follow-up: what was promised in one period, what the next says of it, what it promises anew."""

from decimal import Decimal

from briefings.compare.commitments import commitments
from briefings.compare.promises import followed
from briefings.records.document import Document
from briefings.records.material import Material
from briefings.records.tracker import Ahead, Followed, Tracker


def tracker(material: Material) -> Tracker:
    """Follow the promises of the order's first period into its last; with one period only they are listed, unanswered."""
    prior, current = sides(material)
    found, problems = followed(material, prior, current)
    lagging = sorted((f for f in found if f.promise.state == "behind"), key=_done)
    later = current or prior
    ahead = tuple(
        Ahead(c.plan, c.target, c.deadline, c.due.period if c.due else None)
        for document in later
        for c in commitments(document, material.facts, material.measures)
    )
    return Tracker(
        prior=prior if current else (),
        current=later,
        followed=found,
        lagging=tuple(lagging),
        ahead=ahead,
        problems=problems,
    )


def sides(material: Material) -> tuple[tuple[Document, ...], tuple[Document, ...]]:
    """The earlier and the later documents of an order; the later are none where it speaks of one period only."""
    periods = material.order.periods
    later = material.in_period(periods[-1])
    earlier = tuple(d for d in material.in_period(periods[0]) if d not in later)
    return (earlier, later) if earlier else (later, ())


def _done(found: Followed) -> tuple[Decimal, int]:
    """How much is done, for the order of what lags; what has no quotient comes last."""
    share = Decimal(1000)
    if found.points and Decimal(found.points[1].amount):
        share = Decimal(found.points[0].amount) / Decimal(found.points[1].amount)
    return share, found.promise.plan.span.start
