"""The sides of a comparison: documents gathered by place or by period, each seen as a digest would see it."""

from collections.abc import Sequence

from briefings.compare import highlights
from briefings.records.comparison import Review
from briefings.records.document import Document
from briefings.records.fact import Fact, Measure
from briefings.records.material import Material
from briefings.records.peers import Side


def side(label: str, documents: Sequence[Document], material: Material) -> Side:
    """The ``documents`` of one place or period under its name."""
    reviews = tuple(review(d, material) for d in documents)
    found = highlights.order((h for r in reviews for h in r.highlights), material.indicators)
    return Side(label, reviews, found)


def review(document: Document, material: Material) -> Review:
    """One document: its achievements best first, its measures by role."""
    facts: tuple[Fact, ...] = material.of(document)
    said: tuple[Measure, ...] = material.said(document)
    done, named, plans = (tuple(m for m in said if m.role == role) for role in ("done", "problem", "plan"))
    home = document.place.value if document.place else ""
    return Review(
        document, highlights.highlights(facts, material.indicators, home), facts, done, named, plans
    )
