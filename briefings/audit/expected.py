"""What a produced file must say: the briefing as lines of text in reading order, each piece with its origin."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, assert_never

from briefings.audit.tokens import settled, tokens
from briefings.records.briefing import (
    BarChart,
    Block,
    Briefing,
    Bullet,
    Bullets,
    Callout,
    Citation,
    Cite,
    Dumbbell,
    Figure,
    Heading,
    Heatmap,
    Line,
    LineChart,
    PageBreak,
    Paragraph,
    Quotation,
    Quote,
    Slope,
    SmallMultiples,
    SourceList,
    Table,
    Tiles,
    Value,
    Words,
)

Origin = Literal["fact", "computed", "quote", "words", "citation", "source", "furniture"]
Order = Literal["details", "sentence"]
"""Whether an entry of the list of sources gives its details first or its sentence."""

CUT = "……"
LABELS = {"zh": ("表", "图"), "en": ("Table", "Figure")}


@dataclass(frozen=True, slots=True)
class Said:
    """A line of the briefing: its pieces with their origins, and where it stands in the briefing.

    ``optional`` lines may be missing, because a format counts or draws them by itself.
    """

    pieces: tuple[tuple[str, Origin], ...]
    place: str
    optional: bool = False

    @property
    def text(self) -> str:
        """The whole line."""
        return "".join(text for text, _ in self.pieces)


@dataclass(frozen=True, slots=True)
class Expected:
    """All lines as one token sequence; ``line`` and ``origin`` say of each token where it comes from."""

    lines: tuple[Said, ...]
    tokens: tuple[str, ...]
    number: tuple[bool, ...]
    line: tuple[int, ...]
    origin: tuple[Origin, ...]


def expected(briefing: Briefing, order: Order) -> Expected:
    """The briefing's lines, tokenised."""
    computed = {item.id for item in briefing.computed}
    lines = tuple(said for block in briefing.blocks for said in _block(block, briefing, computed, order))
    words: list[str] = []
    number: list[bool] = []
    line: list[int] = []
    origin: list[Origin] = []
    for at, said in enumerate(lines):
        # Tokens are read over the whole line: a piece may begin in the middle of a number's unit, never of a number.
        ends: list[int] = []
        whole = ""
        for text, _ in said.pieces:
            whole += settled(text)
            ends.append(len(whole))
        piece = 0
        for token in tokens(whole):
            while token.end > ends[piece]:
                piece += 1
            words.append(token.text)
            number.append(token.number)
            line.append(at)
            origin.append(said.pieces[piece][1])
    return Expected(lines, tuple(words), tuple(number), tuple(line), tuple(origin))


def again(briefing: Briefing) -> tuple[str, ...]:
    """Lines that a layout may print more than once: titles in running heads and contents, captions, header rows, dates."""
    table, figure = LABELS[briefing.language]
    found = [briefing.title, briefing.subtitle, briefing.office, *briefing.keywords]
    found += briefing.masthead.words if briefing.masthead else ()
    found += briefing.letterhead
    for block in briefing.blocks:
        match block:
            case Heading():
                found += [block.number + block.text, block.text]
            case Table():
                found += [f"{table}{block.number}{block.caption}", "".join(c.header for c in block.columns)]
            case Figure():
                title = _plain(block.title)
                found += [f"{figure}{block.number}{title}", f"{figure}{block.number}{_words(block.title)}"]
            case _:
                pass
    found += dates(briefing.as_of)
    # With its label: a heading that is a word of the label would else be taken out of the foot first.
    found += [f"{label}{day}" for day in dates(briefing.as_of) for label in ("数据截至", "Data to ")]
    return tuple(dict.fromkeys(text for text in found if text.strip()))


def dates(iso: str) -> tuple[str, ...]:
    """The ways in which a date may be written; none when it is no ISO date."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return ()
    chinese = f"{day.year}年{day.month}月{day.day}日"
    return (iso, chinese, f"{day.day}{day:%B}{day.year}", f"{day:%B}{day.day},{day.year}")


def entries(briefing: Briefing) -> tuple[Citation, ...]:
    """The briefing's list of sources."""
    return tuple(e for block in briefing.blocks if isinstance(block, SourceList) for e in block.entries)


def drawn(figure: Figure) -> tuple[str, ...]:
    """The texts a chart prints, and those of its marks that find no room; the round numbers of its axes are not among them."""
    chart = figure.chart
    match chart:
        case BarChart():
            mean = () if chart.mean is None else (f"{chart.mean:g}", f"{chart.mean:.1f}")
            found = (*(part for bar in chart.bars for part in (bar.label, bar.text)), *mean)
        case Heatmap():
            found = (*chart.rows, *chart.columns, *(str(count) for row in chart.counts for count in row))
        case Dumbbell() | Slope():
            found = tuple(
                part for row in chart.rows for part in (row.label, row.prior.text, row.current.text)
            )
        case Bullet():
            schedules = (f"{round(row.schedule, 1):g}%" for row in chart.rows)
            found = (
                *(part for row in chart.rows for part in (row.label, row.done.text)),
                *dict.fromkeys(schedules),
            )
        case LineChart() | SmallMultiples():
            marks = (mark.text for track in chart.tracks for mark in track.marks if mark)
            found = (*(track.label for track in chart.tracks), *marks)
        case _:
            assert_never(chart)
    return (*found, *sides(figure))


def sides(figure: Figure) -> tuple[str, ...]:
    """What a chart says of all its marks: the unit or units, the names of its two sides, its periods."""
    chart = figure.chart
    match chart:
        case BarChart() | Heatmap() | Bullet():
            return (chart.unit,)
        case Dumbbell() | Slope():
            return (chart.unit, chart.prior_label, chart.current_label)
        case LineChart():
            return (chart.unit, *chart.periods)
        case SmallMultiples():
            return (*chart.units, *chart.periods)
        case _:
            assert_never(chart)


def line_text(line: Line) -> str:
    """A line as it is printed, citations included."""
    return _plain(line)


def _plain(line: Line) -> str:
    return "".join(_inline(piece, frozenset())[0] for piece in line)


def _words(line: Line) -> str:
    return _plain(tuple(piece for piece in line if not isinstance(piece, Cite)))


def _inline(piece: Words | Value | Quote | Cite, computed: frozenset[str] | set[str]) -> tuple[str, Origin]:
    match piece:
        case Words():
            return piece.text, "words"
        case Value():
            return piece.text, "computed" if piece.source in computed else "fact"
        case Quote():
            return piece.text + (CUT if piece.cut else ""), "quote"
        case Cite():
            return f"[{piece.n}]", "citation"
        case _:
            assert_never(piece)


def _line(line: Line, place: str, computed: set[str], label: str = "") -> Said:
    pieces = tuple(_inline(piece, computed) for piece in line)
    head: tuple[tuple[str, Origin], ...] = ((label, "furniture"),) if label else ()
    return Said(head + pieces, place)


def _text(text: str, place: str, origin: Origin = "words", optional: bool = False) -> Iterator[Said]:
    if text:
        yield Said(((text, origin),), place, optional)


def _block(block: Block, briefing: Briefing, computed: set[str], order: Order) -> Iterator[Said]:
    table, figure = LABELS[briefing.language]
    match block:
        case Heading():
            yield from _text(block.number, f"标题“{block.text}”", "furniture", optional=True)
            yield from _text(block.text, f"标题“{block.text}”")
        case Paragraph():
            yield _line(block.line, "段落", computed)
        case Bullets():
            for item in block.items:
                yield _line(item, "列表", computed)
        case Tiles():
            for tile in block.items:
                yield from _text(tile.label, "关键数字")
                value = _inline(tile.value, computed)
                yield Said((value, (tile.unit, "words")), f"关键数字“{tile.label}”")
                yield _line(tile.note, f"关键数字“{tile.label}”", computed)
        case Callout():
            yield from _text(block.head, f"提示“{block.head}”")
            for item in block.items:
                yield _line(item, f"提示“{block.head}”", computed)
        case Quotation():
            yield _line(block.line, "引文", computed)
            yield _line(block.attribution, "引文", computed)
        case Table():
            place = f"{table}{block.number}"
            yield Said(((place, "furniture"), (block.caption, "words")), place)
            for column in block.columns:
                yield from _text(column.header, f"{place} 表头")
            for row, cells in enumerate(block.rows, 1):
                for at, cell in enumerate(cells, 1):
                    yield _line(cell or (Words("…"),), f"{place} 第{row}行第{at}列", computed)
            yield _line(block.note, f"{place} 注", computed)
        case Figure():
            place = f"{figure}{block.number}"
            yield _line(block.title, place, computed, place)
            yield from _text(block.subtitle, place)
            yield _line(block.note, f"{place} 注", computed)
        case SourceList():
            for entry in block.entries:
                yield from _entry(entry, order)
        case PageBreak():
            pass
        case _:
            assert_never(block)


def _entry(entry: Citation, order: Order) -> Iterator[Said]:
    place = f"来源[{entry.n}]"
    yield Said(((f"[{entry.n}]", "source"),), place)
    sentence = Said(((entry.sentence, "source"),), place)
    if order == "sentence":
        yield sentence
    for part in (entry.title, entry.issuer, entry.period, entry.source_name, entry.place):
        yield from _text(part, place, "source")
    if order == "details":
        yield sentence
