"""Tests of briefings.compare.themes: themes against documents."""

from facts import document, measure

from briefings.compare.themes import matrix
from briefings.records.comparison import Review
from briefings.records.fact import Measure


def review(key: str, done: tuple[Measure, ...]) -> Review:
    """A review of which only the measures of work done matter."""
    return Review(document(key), (), (), done, (), ())


def test_the_matrix_holds_each_measure_in_its_cell_widest_theme_first() -> None:
    """Cells hold ids, not counts, so that each count can be computed again; measures without a theme are left out."""
    a = (measure("a", "done", "talent"), measure("a", "done", "invest"), measure("a", "done", None))
    b = (measure("b", "done", "invest"), measure("b", "done", "invest"))
    found = matrix([review("a", a), review("b", b)])
    assert found.themes == ("invest", "talent")
    assert found.documents == ("a", "b")
    assert found.cells == (((a[1].id,), (b[0].id, b[1].id)), ((a[0].id,), ()))


def test_without_themes_the_matrix_is_empty() -> None:
    """No measure with a theme, no rows."""
    assert matrix([review("a", (measure("a", "done", None),))]).cells == ()


def test_each_documents_own_main_theme_has_its_column() -> None:
    """A department that speaks of nothing but its own field has no empty row, however many share other themes."""
    wide = [f"t{n}" for n in range(9)]
    a = tuple(measure("a", "done", t) for t in wide)
    b = tuple(measure("b", "done", t) for t in wide)
    c = (measure("c", "done", "own"),)
    found = matrix([review("a", a), review("b", b), review("c", c)])
    assert found.themes == (*wide[:7], "own")
