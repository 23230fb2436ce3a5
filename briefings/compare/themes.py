"""Themes against documents, and the themes in which several documents name problems; pandas lives here."""

from collections.abc import Sequence

from briefings.records.comparison import Review, SharedProblem, ThemeMatrix

_MOST_THEMES = 8


def matrix(reviews: Sequence[Review]) -> ThemeMatrix:
    """Measures of work done by theme and document, eight themes at most.

    Themes that most documents speak of come first, among them those with most measures.
    """
    import pandas as pd

    rows = [(m.theme, r.document.id, m.id) for r in reviews for m in r.done if m.theme is not None]
    documents = tuple(r.document.id for r in reviews)
    if not rows:
        return ThemeMatrix((), documents, ())
    frame = pd.DataFrame(rows, columns=["theme", "document", "measure"])
    by_theme = frame.groupby("theme", sort=False)
    order = by_theme.agg(breadth=("document", "nunique"), total=("measure", "size"))
    order = order.sort_values(["breadth", "total"], ascending=False, kind="stable")
    themes = tuple(str(t) for t in order.index[:_MOST_THEMES])
    ids = frame.groupby(["theme", "document"], sort=False)["measure"].agg(tuple).to_dict()
    cells = tuple(tuple(ids.get((t, d), ()) for d in documents) for t in themes)
    return ThemeMatrix(themes, documents, cells)


def shared_problems(reviews: Sequence[Review]) -> tuple[SharedProblem, ...]:
    """Themes in which at least two documents name a problem, the widest shared first; one measure a document."""
    by_theme: dict[str, dict[str, list[int]]] = {}
    measures = [m for r in reviews for m in r.problems]
    for at, measure in enumerate(measures):
        if measure.theme is not None:
            by_theme.setdefault(measure.theme, {}).setdefault(measure.document, []).append(at)
    shared = [
        SharedProblem(theme, tuple(measures[found[0]] for found in documents.values()))
        for theme, documents in by_theme.items()
        if len(documents) > 1
    ]
    return tuple(sorted(shared, key=lambda s: -len(s.measures)))
