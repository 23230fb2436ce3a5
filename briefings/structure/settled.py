"""The text of a source settled once, with what its format knows about it: places, tables, headings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from briefings.records.document import Cell, Grid, Media, Place, Span
from briefings.records.problem import Problem
from briefings.structure.lines import ends_sentence
from briefings.structure.marks import at_start

PLACES = 50_000
"""Places of one table that its cells may take by spanning."""


class Refusal(Exception):
    """A file that cannot be read: the room's own way out of a reader, turned into a ``Problem`` at the door."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence


class Hint(NamedTuple):
    """What the format says about the line that begins here.

    ``level``: 0 a title, 1… a heading, None unknown. ``starts``: True when the line begins a paragraph, False when it
    goes on with the line before, None unknown. ``bold``: the whole line is bold. ``lead``: how many characters at the
    line's head are bold.
    """

    level: int | None = None
    starts: bool | None = None
    bold: bool = False
    lead: int = 0


@dataclass(frozen=True, slots=True)
class Settled:
    """A source's text and what its format told about it; ``hints`` are by the offset at which a line begins."""

    media: Media
    text: str
    encoding: str | None = None
    places: tuple[Place, ...] = ()
    grids: tuple[Grid, ...] = ()
    hints: Mapping[int, Hint] = field(default_factory=dict)
    title: str | None = None
    problems: tuple[Problem, ...] = ()


class Draft:
    """The text of a formatted source while it is written line by line."""

    def __init__(self) -> None:
        self.length = 0
        self.hints: dict[int, Hint] = {}
        self._parts: list[str] = []
        self._places: list[Place] = []
        self._grids: list[Grid] = []
        self._paragraphs = 0
        self._last: Span | None = None
        self._last_text = ""

    def line(self, text: str, hint: Hint | None = None, label: str | None = None) -> None:
        """One line of text; without a ``label`` it is the next paragraph ("第12段")."""
        if label is None:
            self._paragraphs += 1
            label = self.label
        if not text.strip():
            return
        start = self.length
        if hint is not None:
            self.hints[start] = hint
        self._write(text)
        self._places.append(Place(start, self.length, label))
        self._last, self._last_text = Span(start, self.length), text.strip()
        self._write("\n")

    @property
    def label(self) -> str:
        """The label of the paragraph written last."""
        return f"第{self._paragraphs}段"

    def table(self, rows: list[list["TableCell"]], prefix: str = "") -> None:
        """A table, a line a row and a tab between cells; ``prefix`` stands before each label ("第3页 ")."""
        begin = self.length
        cells: list[Cell] = []
        number = len(self._grids) + 1
        caption = self._last if _captions(self._last_text) else None
        for row in rows:
            for position, cell in enumerate(row):
                if position:
                    self._write("\t")
                start = self.length
                self._write(cell.text)
                span = Span(start, self.length)
                if cell.text:
                    label = f"{prefix}表{number} 第{cell.row + 1}行第{cell.column + 1}列"
                    self._places.append(Place(start, self.length, label))
                # A hostile table may span millions of places: then each cell stands in its first alone.
                wide = len(cells) + cell.rows * cell.columns > PLACES
                for down in range(1 if wide else cell.rows):
                    for right in range(1 if wide else cell.columns):
                        cells.append(Cell(cell.row + down, cell.column + right, span, cell.header))
            self._write("\n")
        cells.sort(key=lambda c: (c.row, c.column))
        self._grids.append(Grid(Span(begin, self.length), tuple(cells), caption))
        self._last_text = ""

    def settle(self, media: Media, title: str | None = None, problems: tuple[Problem, ...] = ()) -> Settled:
        """The finished text."""
        return Settled(
            media=media,
            text="".join(self._parts),
            places=tuple(self._places),
            grids=tuple(self._grids),
            hints=self.hints,
            title=title,
            problems=problems,
        )

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self.length += len(text)


def _captions(text: str) -> bool:
    """Whether the line above a table is its caption: short and no sentence, no unit and no heading with a number."""
    if not text or len(text) > 40 or ends_sentence(text) or text[-1] in "，,、":
        return False
    return text.startswith("表") or (at_start(text) is None and "单位" not in text)


class TableCell(NamedTuple):
    """A cell as its format gives it: where it begins, how far it reaches, whether it is a header."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    header: bool = False


def with_headers(rows: list[list[TableCell]]) -> list[list[TableCell]]:
    """``rows`` with the first row as header where none is marked and it holds no digits but the next ones do."""
    if len(rows) < 2 or any(cell.header for row in rows for cell in row):
        return rows
    first = [cell.text for cell in rows[0]]
    numbers = any(ch.isdigit() for row in rows[1:] for cell in row for ch in cell.text)
    if numbers and len(first) > 1 and not any(_numeric(text) for text in first):
        return [[cell._replace(header=True) for cell in rows[0]], *rows[1:]]
    return rows


def _numeric(text: str) -> bool:
    digits = sum(ch.isdigit() for ch in text)
    return digits * 2 > len(text)
