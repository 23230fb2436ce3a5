"""The papers of the themes: how wide and high their text is and how large its type, to reckon with before anything is set.

All figures are points; they say what the style sheets do, a little high rather than low.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from briefings.records.briefing import Language, Theme

Type = tuple[float, float]
"""A size of type and the distance of its lines."""


@dataclass(frozen=True, slots=True, eq=False)  # there are as many as are named here
class Paper:
    """A theme's page: ``width`` and ``page`` are the text's width and height, ``wide`` its width on a page on its side,
    ``first`` its height on the first page. A table up to the share ``blank`` of the page is not broken over two.

    ``between`` stands after a block, ``headings`` and ``styles`` have size, distance of lines and (headings) the space
    around. ``cell`` is a table's type, ``cell_small`` that of one with ``many`` columns or more.
    Labels of a column up to ``short`` characters stay on one line; ``whole``: so does a number with its mark and citations.
    ``latin`` is how wide its Latin letters are beside those reckoned with.
    """

    blank: float
    width: float
    wide: float
    page: float
    first: float
    body: Type
    between: float
    note: Type
    styles: Mapping[str, Type]
    headings: Mapping[int, tuple[float, float, float]]
    bullet_gap: float
    item_gap: float
    callout: float
    cell: Type
    cell_small: Type
    many: int
    short: float
    whole: bool
    cell_padding: float
    around_table: float
    figure: float
    tile_label: Type
    tile_rest: float
    latin: float = 1.0

    @property
    def title_room(self) -> float:
        """How many characters of full width a line of the title holds; office papers keep one free on both sides."""
        size, _, _ = self.headings[1]
        return self.width / size - (2.0 if self.whole else 0.3)

    def of_cells(self, columns: int) -> Type:
        """The type of a table with so many columns."""
        return self.cell_small if columns >= self.many else self.cell


_MODERN = Paper(
    blank=0.4,
    width=470.5,
    wide=717.0,
    page=711.0,
    first=722.0,
    body=(10.5, 17.0),
    between=8.5,
    note=(8.5, 13.0),
    styles={"standfirst": (12.0, 20.0), "lead": (13.0, 22.0)},
    headings={1: (22.0, 30.0, 6.0), 2: (14.0, 22.0, 34.0), 3: (11.5, 17.0, 22.0), 4: (10.5, 17.0, 12.0)},
    bullet_gap=3.4,
    item_gap=2.3,
    callout=29.0,
    cell=(9.0, 13.0),
    cell_small=(9.0, 13.0),
    many=99,
    short=10.0,
    whole=False,
    cell_padding=7.0,
    around_table=46.0,
    figure=260.0,
    tile_label=(8.5, 12.0),
    tile_rest=67.0,
)
_MODERN_EN = replace(_MODERN, headings={**_MODERN.headings, 1: (20.0, 26.0, 6.0)})
_LINE = 28.95
_OFFICIAL = Paper(
    blank=0.2,
    width=442.0,
    wide=637.0,
    page=637.0,
    first=637.0,
    body=(15.75, _LINE),
    between=0.0,
    note=(10.5, _LINE / 2),
    styles={"standfirst": (15.75, _LINE), "lead": (15.75, _LINE)},
    headings={1: (22.0, 34.0, _LINE), 2: (15.75, _LINE, 0.0), 3: (15.75, _LINE, 0.0), 4: (15.75, _LINE, 0.0)},
    bullet_gap=0.0,
    item_gap=0.0,
    callout=0.0,
    cell=(10.5, _LINE / 2),
    cell_small=(9.0, 12.0),
    many=6,
    short=8.0,
    whole=True,
    cell_padding=6.0,
    around_table=1.5 * _LINE,
    figure=10 * _LINE,
    tile_label=(10.5, _LINE / 2),
    tile_rest=55.0,
)
_LINE_EN = 19.3
_OFFICIAL_EN = Paper(
    blank=0.2,
    width=442.0,
    wide=637.0,
    page=637.0,
    first=637.0,
    body=(12.0, _LINE_EN),
    between=0.0,
    note=(9.5, _LINE_EN * 2 / 3),
    styles={"standfirst": (12.0, _LINE_EN), "lead": (12.0, _LINE_EN)},
    headings={
        1: (20.0, 1.5 * _LINE_EN, _LINE_EN),
        2: (14.0, _LINE_EN, _LINE_EN),
        3: (12.0, _LINE_EN, 0.0),
        4: (12.0, _LINE_EN, 0.0),
    },
    bullet_gap=0.0,
    item_gap=0.0,
    callout=0.0,
    cell=(10.0, _LINE_EN * 2 / 3),
    cell_small=(9.0, 12.0),
    many=5,
    short=8.0,
    whole=True,
    cell_padding=6.0,
    around_table=2 * _LINE_EN,
    figure=13 * _LINE_EN,
    tile_label=(9.5, _LINE_EN * 2 / 3),
    tile_rest=50.0,
    latin=0.94,
)


def paper(theme: Theme, language: Language = "zh") -> Paper:
    """The paper of ``theme`` for a briefing in ``language``."""
    if theme == "modern":
        return _MODERN if language == "zh" else _MODERN_EN
    return _OFFICIAL if language == "zh" else _OFFICIAL_EN


MODERN = _MODERN
