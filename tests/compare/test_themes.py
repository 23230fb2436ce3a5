"""Tests of briefings.compare.themes: themes against documents, problems that are shared."""

from facts import document, measure

from briefings.compare.themes import matrix, shared_problems
from briefings.records.comparison import Review
from briefings.records.fact import Measure


def review(key: str, done: tuple[Measure, ...] = (), problems: tuple[Measure, ...] = ()) -> Review:
    """A review of which only the measures matter."""
    return Review(document(key), (), (), done, problems, ())


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


def test_a_problem_is_shared_when_two_documents_name_it() -> None:
    """One document that names a theme twice shares it with nobody; the widest shared goes first."""
    a = (measure("a", "problem", "talent"), measure("a", "problem", "funds"))
    b = (measure("b", "problem", "funds"), measure("b", "problem", "talent"))
    c = (measure("c", "problem", "funds"), measure("c", "problem", "land"), measure("c", "problem", "land"))
    found = shared_problems([review("a", problems=a), review("b", problems=b), review("c", problems=c)])
    assert [(s.theme, [m.document for m in s.measures]) for s in found] == [
        ("funds", ["a", "b", "c"]),
        ("talent", ["a", "b"]),
    ]
