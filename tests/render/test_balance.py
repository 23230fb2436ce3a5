"""Width goes where it makes a table's rows lower, and nowhere else."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefings.records.briefing import Column, Line, Table, Value, Words
from briefings.render.balance import balanced
from briefings.render.paper import paper
from briefings.render.widths import shares


def test_a_column_of_words_takes_room_from_one_of_short_numbers() -> None:
    """Names on four lines beside numbers that use a third of their column: two lines are the fewest that can be had."""
    rows = [[(250.0, 5.0), (30.0, 5.0)], [(240.0, 5.0), (35.0, 5.0)], [(260.0, 5.0), (20.0, 5.0)]]
    words, numbers = balanced(rows, (100.0, 200.0), (40.0, 45.0), (9.0, 9.0))
    assert words - 9 >= 260 / 2 and numbers >= 45
    assert words + numbers == pytest.approx(300)


def test_no_width_moves_where_every_cell_stands_on_one_line() -> None:
    """Nothing is gained, so the weights decide."""
    given = (150.0, 100.0, 50.0)
    assert (
        balanced([[(80.0, 5.0), (60.0, 5.0), (20.0, 5.0)]] * 4, given, (20.0, 20.0, 20.0), (9.0, 9.0, 9.0))
        == given
    )


@settings(max_examples=40, deadline=None)
@given(
    st.integers(2, 5).flatmap(
        lambda n: st.tuples(
            st.lists(
                st.lists(st.tuples(st.floats(0, 400), st.floats(0, 40)), min_size=n, max_size=n), max_size=6
            ),
            st.lists(st.floats(60, 200), min_size=n, max_size=n),
            st.lists(st.floats(10, 60), min_size=n, max_size=n),
        )
    )
)
def test_the_sum_stays_and_no_column_falls_below_its_floor(
    table: tuple[list[list[tuple[float, float]]], list[float], list[float]],
) -> None:
    """Whatever the cells are."""
    rows, widths, floors = table
    found = balanced(rows, widths, floors, [9.0] * len(widths))
    assert sum(found) == pytest.approx(sum(widths))
    assert all(width >= floor - 1e-9 for width, floor in zip(found, floors, strict=True))


def _table(*rows: tuple[str, str, str]) -> Table:
    lines: list[tuple[Line, ...]] = [((Words(a),), (Words(b),), (Value(c, "f1"),)) for a, b, c in rows]
    columns = (Column("Indicator", weight=1), Column("Office", weight=1), Column("Value", "right", weight=4))
    return Table("t", 1, "Numbers", columns, tuple(lines))


def test_shares_are_a_hundred_and_a_long_name_gets_room() -> None:
    """Two columns of names beside one of numbers with too much weight."""
    table = _table(
        *[("Retail sales of consumer goods", "Bureau of the River Harbour and Ferries", "12.3")] * 5
    )
    name, office, number = shares(table)
    assert name + office + number == pytest.approx(100)
    assert office > 100 / 6 + 5 and number < 400 / 6 - 5


def test_papers_are_told_apart() -> None:
    """The same table is shared anew on another paper: what is remembered belongs to one."""
    table = _table(*[("Imports and exports of the free port", "Office", "12.3")] * 3)
    assert shares(table, paper("modern")) != shares(table, paper("official"))
    assert shares(replace(table, id="u"), paper("modern")) == shares(table, paper("modern"))
