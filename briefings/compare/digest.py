"""The comparison behind a digest: every department of one period, seen alone and together."""

from collections.abc import Mapping, Sequence

from briefings.compare import conflicts, highlights, problems, themes
from briefings.compare.checks import checks
from briefings.records.comparison import Digest, Review
from briefings.records.document import Document
from briefings.records.fact import Fact, Measure
from briefings.records.indicator import Indicator
from briefings.records.material import Material


def digest(material: Material) -> Digest:
    """Compare the documents by their facts and measures."""
    facts, measures, indicators = material.facts, material.measures, material.indicators
    told_of = {f.document for f in facts} | {m.document for m in measures}
    silent = tuple(d for d in material.documents if d.id not in told_of)
    documents = [d for d in material.documents if d.id in told_of]
    reviews = tuple(_review(d, facts, measures, indicators) for d in documents)
    ranked = highlights.order((h for r in reviews for h in r.highlights), indicators)
    by_id = {d.id: d for d in documents}
    told = [f for f in facts if f.document in by_id]
    return Digest(
        reviews,
        ranked,
        themes.matrix(reviews),
        problems.shared_problems(reviews),
        conflicts.incomparable(told, by_id, indicators),
        material.absent,
        checks(documents, told, material.sources),
        silent,
    )


def _review(
    document: Document,
    facts: Sequence[Fact],
    measures: Sequence[Measure],
    indicators: Mapping[str, Indicator],
) -> Review:
    own = tuple(f for f in facts if f.document == document.id)
    said = [m for m in measures if m.document == document.id]
    done, named, plans = (tuple(m for m in said if m.role == role) for role in ("done", "problem", "plan"))
    home = document.place.value if document.place else ""
    return Review(document, highlights.highlights(own, indicators, home), own, done, named, plans)
