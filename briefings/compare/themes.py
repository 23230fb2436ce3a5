"""Themes against documents; pandas lives here."""

from collections.abc import Sequence

from briefings.records.comparison import Review, ThemeMatrix

_ENOUGH_THEMES = 8
_MOST_THEMES = 10


def matrix(reviews: Sequence[Review]) -> ThemeMatrix:
    """Measures of work done by theme and document.

    Each document's own main theme is among them, so that no row stays empty, ten at most; where that leaves room, the
    widest others up to eight. Themes that most documents speak of come first, among them those with most measures.
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
    ids = frame.groupby(["theme", "document"], sort=False)["measure"].agg(tuple).to_dict()
    widest = [str(t) for t in order.index]
    main = {max(widest, key=lambda t: len(ids.get((t, d), ()))) for d in frame["document"].unique()}
    chosen = [t for t in widest if t in main][:_MOST_THEMES]
    chosen += [t for t in widest if t not in main][: max(0, _ENOUGH_THEMES - len(chosen))]
    themes = tuple(t for t in widest if t in chosen)
    cells = tuple(tuple(ids.get((t, d), ()) for d in documents) for t in themes)
    return ThemeMatrix(themes, documents, cells)
