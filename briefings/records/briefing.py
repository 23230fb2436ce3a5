"""A briefing decided to the last word, before any format is thought of.

``compose`` makes it, ``render`` lays it out, ``audit`` proves it. Whatever is printed is one of four inline pieces:
``Words`` (our own words; digits in them may only be dates, periods and numbering), ``Value`` (a number with its fact or
its formula), ``Quote`` (the source's words, verbatim) and ``Cite`` (a citation number).
"""

from dataclasses import dataclass
from typing import Literal

from briefings.records.document import Span

Language = Literal["zh", "en"]
BriefKind = Literal["digest", "yoy", "peers", "history", "tracker"]
Operation = Literal[
    "count", "sum", "difference", "ratio", "percent", "median", "growth", "mean", "gap_to_mean", "rank", "rank_low", "cagr"
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Words:
    """Our own words. ``style``: plain, strong (bold), muted (grey), up and down (trend marks with colour)."""

    text: str
    style: Literal["plain", "strong", "muted", "up", "down"] = "plain"


@dataclass(frozen=True, slots=True)
class Value:
    """A printed number. ``source`` is a fact's id, or the id of a ``Computed``; ``text`` is what is printed, unit included."""

    text: str
    source: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a source, verbatim but for joined line breaks; ``document`` and ``span`` say where.

    ``cut`` marks words left out at the end (printed as ……); the span covers only what is printed.
    """

    text: str
    document: str
    span: Span
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Cite:
    """A reference [n] to entry ``n`` of the list of sources."""

    n: int


Inline = Words | Value | Quote | Cite
Line = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. ``number`` is printed before the text ("一、", "（一）", "" for none); ``id`` is the link target.

    Level 1 is the briefing's title (exactly one, the first block), 2 a chapter, 3 a section, 4 a run-in head.
    """

    level: int
    text: str
    id: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``standfirst`` stands under the title, ``lead`` is the one sentence, ``note`` is small and grey."""

    line: Line
    style: Literal["body", "standfirst", "lead", "note"] = "body"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of lines."""

    items: tuple[Line, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Tile:
    """A key figure: its label, the number large, a line beneath it."""

    label: str
    value: Value
    unit: str
    note: Line = ()


@dataclass(frozen=True, slots=True)
class Tiles:
    """Three to six key figures in a row. ``Tile.value.text`` holds no unit here; ``Tile.unit`` is printed after it."""

    items: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Callout:
    """A box with a bold head word: a problem, what comes next, a caveat about the data, a highlight."""

    tone: Literal["problem", "plan", "check", "highlight"]
    head: str
    items: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Quotation:
    """A block quotation with its attribution (who, and the citation)."""

    line: Line
    attribution: Line


@dataclass(frozen=True, slots=True)
class Column:
    """A table's column; ``weight`` is its share of the width relative to the others."""

    header: str
    align: Literal["left", "right", "center"] = "left"
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Table:
    """A table. The first cell of each row is its header. ``number`` prints as 表N. An empty cell line means "…" (not stated)."""

    id: str
    number: int
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Line, ...], ...]
    note: Line = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: ``value`` draws it, ``text`` is printed beside it, ``source`` is the fact or computed value behind it."""

    label: str
    value: float
    text: str
    source: str
    highlight: bool = False


@dataclass(frozen=True, slots=True)
class BarChart:
    """Horizontal bars in the order given, to both sides of nought where some are negative.

    ``unit`` is printed in the subtitle, ``mean`` draws a dashed line.
    """

    bars: tuple[Bar, ...]
    unit: str
    mean: float | None = None


@dataclass(frozen=True, slots=True)
class Heatmap:
    """Counts of ``rows`` × ``columns``; ``sources[r][c]`` is the id of the ``Computed`` behind the count."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    sources: tuple[tuple[str, ...], ...]
    unit: str


@dataclass(frozen=True, slots=True)
class Mark:
    """One number drawn in a chart: ``value`` places it, ``text`` is printed beside it, ``source`` is what stands behind it."""

    value: float
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Pairing:
    """One row of a dumbbell or slope chart: the same thing before and now."""

    label: str
    prior: Mark
    current: Mark
    highlight: bool = False


@dataclass(frozen=True, slots=True)
class Dumbbell:
    """Two dots a row, the prior one hollow and grey, the current one filled; the labels name the two sides.

    The sides may be two periods, or two places of one period.
    """

    rows: tuple[Pairing, ...]
    unit: str
    prior_label: str
    current_label: str


@dataclass(frozen=True, slots=True)
class Slope:
    """A line a row from the prior value to the current one; highlighted rows are coloured."""

    rows: tuple[Pairing, ...]
    unit: str
    prior_label: str
    current_label: str


@dataclass(frozen=True, slots=True)
class Progress:
    """One bar of a bullet chart: how much of a target is done, in percent; ``schedule`` is where it ought to be by now."""

    label: str
    done: Mark
    schedule: float


@dataclass(frozen=True, slots=True)
class Bullet:
    """Completion against schedule, a row each: the track is the whole target, the tick the schedule."""

    rows: tuple[Progress, ...]
    unit: str = "%"


@dataclass(frozen=True, slots=True)
class Track:
    """One line through time: a mark for each of the chart's periods, None where nothing comparable is stated (a gap)."""

    label: str
    marks: tuple[Mark | None, ...]
    highlight: bool = False


@dataclass(frozen=True, slots=True)
class LineChart:
    """Lines through the same periods in one unit, the last mark of each labelled."""

    tracks: tuple[Track, ...]
    periods: tuple[str, ...]
    unit: str


@dataclass(frozen=True, slots=True)
class SmallMultiples:
    """A small panel for each track, with its own scale: ``units`` has the unit of each panel."""

    tracks: tuple[Track, ...]
    periods: tuple[str, ...]
    units: tuple[str, ...]


Chart = BarChart | Heatmap | Dumbbell | Slope | Bullet | LineChart | SmallMultiples


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with its words: ``title`` states the finding, ``subtitle`` measure, unit and period; prints as 图N.

    ``alt`` holds at least two of the chart's numbers; ``note`` is the source line with its citations.
    """

    id: str
    number: int
    title: Line
    subtitle: str
    chart: Chart
    alt: str
    note: Line = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """An entry of the list of sources: one source sentence, with the document and the place it stands in.

    ``sentence`` is the logical text (line breaks joined); ``span`` its place in the source ``sha256``. ``place`` is a
    label for people ("第34行", "第3页"). ``source_name`` is the file's name as it came in. ``n`` is 0 for a sentence that is
    not cited (see ``Briefing.statements``).
    """

    n: int
    document: str
    title: str
    issuer: str
    period: str
    source_name: str
    sha256: str
    place: str
    sentence: str
    span: Span


@dataclass(frozen=True, slots=True)
class SourceList:
    """The list of sources: each entry a link target, each with a link back to where it is first cited."""

    entries: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class PageBreak:
    """A new page before what follows."""


Block = Heading | Paragraph | Bullets | Tiles | Callout | Quotation | Table | Figure | SourceList | PageBreak


@dataclass(frozen=True, slots=True)
class Computed:
    """A number computed by briefings: its formula can be run again from its inputs.

    ``inputs`` are ids: of facts (all operations), or for ``count`` of whatever is counted (documents, facts, measures,
    problems). ``value`` is a decimal as text. ``growth`` is (a-b)/b in percent, ``ratio`` a/b, ``percent`` 100·a/b, for
    inputs (a, b). ``difference`` is a-b. ``mean`` is over all inputs, ``gap_to_mean`` the first input less the mean of all.
    ``rank`` is one more than the number of other inputs greater than the first, ``rank_low`` of those smaller. ``cagr`` is
    the compound yearly growth in percent from b to a over ``years`` years. ``digits`` is how many decimals the result was
    rounded to. Inputs whose units differ by a magnitude only (万元, 亿元) are converted first, to ``unit`` where the result
    has their unit.
    """

    id: str
    operation: Operation
    inputs: tuple[str, ...]
    value: str
    unit: str | None = None
    digits: int = 0
    years: int = 0


@dataclass(frozen=True, slots=True)
class Masthead:
    """What an office has configured to stand over and under its briefings; "" and () print nothing, none is invented.

    ``name`` is the paper's own (刊名, in red), ``issue`` its number in its own words (第12期（总第86期）), ``unit`` who compiles
    it (编印单位) and ``date`` its day, both beneath the name. ``classification`` (密级), ``urgency`` and ``serial`` (份号) stand
    above it. ``foreword`` is the editor's note (编者按). ``report_to``, ``copy_to`` and ``printed`` (who had it printed, and
    when) are the record at the foot of the last page (版记).
    """

    name: str = ""
    issue: str = ""
    unit: str = ""
    date: str = ""
    classification: str = ""
    urgency: str = ""
    serial: str = ""
    foreword: str = ""
    report_to: str = ""
    copy_to: str = ""
    printed: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """Everything it prints: the office's own words, whose figures are no data."""
        found = (
            self.serial, self.classification, self.urgency, self.name, self.issue, self.unit, self.date,
            self.foreword, self.report_to, self.copy_to, self.printed,
        )  # fmt: skip
        return tuple(text for text in found if text)


Theme = Literal["modern", "official"]


@dataclass(frozen=True, slots=True)
class Briefing:
    """A whole briefing, every word of it decided.

    ``blocks`` in reading order; ``contents`` says whether a table of contents is printed after the first page.
    ``as_of`` is the data's cut-off date (ISO). ``office`` is the issuing office as configured, or "". ``facts`` are the
    ids of all facts printed. ``keywords`` go to the files' metadata. ``statements`` are the sentences of facts that are
    not cited: the workbook lists every fact with its sentence. ``previous`` is the id of the edition it is set against, ""
    for a first one. ``masthead`` is printed by the official theme only. ``letterhead`` are the lines with figures that the
    office's own Word base file prints by itself: its words, like those of the masthead.
    """

    id: str
    kind: BriefKind
    title: str
    subtitle: str
    language: Language
    theme: Theme
    period: str
    as_of: str
    office: str
    blocks: tuple[Block, ...]
    computed: tuple[Computed, ...]
    facts: tuple[str, ...]
    documents: tuple[str, ...]
    keywords: tuple[str, ...] = ()
    contents: bool = True
    statements: tuple[Citation, ...] = ()
    previous: str = ""
    masthead: Masthead | None = None
    letterhead: tuple[str, ...] = ()
