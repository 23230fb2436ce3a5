"""A briefing made ready for the templates: the same words, with what belongs together on one line knotted.

The templates see plain namespaces with the names of the records' fields. A line becomes ``Knot``s: what is inside one
is never broken over two lines (a number with its unit, a citation with the character before it).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from types import SimpleNamespace
from typing import Any

from briefings.records.briefing import (
    Block,
    Briefing,
    Cite,
    Figure,
    Heading,
    Inline,
    Line,
    PageBreak,
    Paragraph,
    Quote,
    Table,
    Value,
    Words,
)
from briefings.render import numbers
from briefings.render.contents import Place, needed, place
from briefings.render.heights import height
from briefings.render.paper import Paper, paper
from briefings.render.titles import title_lines
from briefings.render.widths import shares, wide

_MOST_TIED = 3
_MOST_TOGETHER = 11
_STAYS = "，。；、：？！）"
"""What no line begins with: tied to a number with a long unit, or the line would break before the number."""
_MOST_BLANK = 0.4
"""Sections that would leave more of a page empty are not kept whole."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one kind: ``words strong muted up down value quote cite``.

    ``source`` is the fact or computed value behind a number; ``n`` a citation's number and ``first`` its first mention.
    """

    kind: str
    text: str
    source: str = ""
    strong: bool = False
    n: int = 0
    first: bool = False


@dataclass(frozen=True, slots=True)
class Knot:
    """Runs in a row; ``tight`` when they stay on one line."""

    runs: tuple[Run, ...]
    tight: bool = False

    @property
    def loose(self) -> bool:
        """Whether it is tied to a number that may stand apart from its long unit."""
        return len(self.runs) > 1 and any(
            run.kind == "value" and numbers.long_unit(run.text) for run in self.runs
        )


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: a heading, a table or a figure; ``level`` is 2 or 3, 0 for tables and figures."""

    level: int
    number: str
    text: str
    target: str


@dataclass(frozen=True, slots=True)
class Part:
    """Blocks in a row; a ``section`` runs from a heading of level 3 to the next heading, and keeps to one page if it can.

    One that ``flows`` does not: it would leave too much of the page before it empty.
    """

    blocks: tuple[SimpleNamespace, ...]
    section: bool
    flows: bool = False


@dataclass(frozen=True, slots=True)
class View:
    """All that the templates need: ``opening`` is what stands before the contents, ``parts`` what follows them.

    ``titled`` is how many blocks of ``opening`` are the title and the words beneath it. ``contents`` says whether paper has
    any.
    ``beneath``: the contents stand beneath the last of ``opening`` on its page, because there is room on it.
    ``running``: what follows the contents begins on their page, because they leave most of it empty. ``dense``: they are set
    close, because they would go over their page by some lines.
    ``cited`` are the numbers that some line cites, so that the sources know where a link back leads.
    """

    opening: tuple[SimpleNamespace, ...]
    titled: int
    contents: bool
    beneath: bool
    running: bool
    dense: bool
    parts: tuple[Part, ...]
    headings: tuple[Entry, ...]
    exhibits: tuple[Entry, ...]
    cited: frozenset[int]


def view(briefing: Briefing) -> View:
    """``briefing`` as the templates see it."""
    cited: set[int] = set()
    sheet = paper(briefing.theme, briefing.language)
    nodes: list[SimpleNamespace] = []
    tag = 0
    breaks = False
    for block in briefing.blocks:
        if isinstance(block, PageBreak):
            breaks = True
            continue
        node = _node(block, cited, sheet)
        node.new_page, breaks = breaks, False
        if isinstance(block, Heading):
            # A reader who moves by headings must not fall through a skipped level.
            tag = min(block.level, tag + 1)
            node.tag = f"h{tag}"
        nodes.append(node)
    first = _first_page_end(briefing.blocks)
    end = _before_chapters(briefing.blocks, first)
    headings = tuple(
        Entry(b.level, b.number, b.text, b.id)
        for b in briefing.blocks
        if isinstance(b, Heading) and b.level in (2, 3)
    )
    exhibits = tuple(_exhibits(briefing))
    said = [b for b in briefing.blocks if not isinstance(b, PageBreak)]
    if briefing.theme == "official":
        where, listed = Place(True, True, False), needed(said, sheet)
    else:
        where = place(
            said[:first],
            said[first:end],
            len(headings),
            len(exhibits),
            office=bool(briefing.office),
            paper=sheet,
        )
        listed = True
    if briefing.contents and where.running and end < len(nodes):
        nodes[end].new_page = False
    return View(
        opening=tuple(nodes[:end]),
        titled=_titled(said),
        contents=briefing.contents and listed,
        beneath=where.beneath,
        running=where.running,
        dense=where.dense,
        parts=tuple(_flowing(_parts(nodes[end:]), sheet.page)),
        headings=headings,
        exhibits=exhibits,
        cited=frozenset(cited),
    )


def _titled(blocks: Sequence[Block]) -> int:
    """How many blocks are the title: it, and the line beneath it where there is one."""
    beneath = len(blocks) > 1 and isinstance(blocks[1], Paragraph) and blocks[1].style == "standfirst"
    return 1 + beneath


def _first_page_end(blocks: tuple[Block, ...]) -> int:
    """How many blocks (page breaks not counted) stand before the contents.

    The first page ends at the first page break, unless a whole chapter has ended before it.
    """
    end = next((at for at, b in enumerate(blocks) if isinstance(b, PageBreak)), len(blocks))
    chapters = [at for at, b in enumerate(blocks) if isinstance(b, Heading) and b.level == 2]
    inside = [at for at in chapters if at < end]
    if len(inside) > 1 or (inside and end == len(blocks)):
        return inside[0]
    return end


def _before_chapters(blocks: tuple[Block, ...], first: int) -> int:
    """How many blocks stand before the contents: the first page's, and those of a short page after it without a chapter."""
    if first >= len(blocks) or not isinstance(blocks[first], PageBreak):
        return first
    rest = blocks[first + 1 :]
    end = next((n for n, b in enumerate(rest) if isinstance(b, PageBreak)), 0)
    own = rest[:end]
    return first + end if own and not any(isinstance(b, Heading) and b.level < 4 for b in own) else first


def _parts(nodes: Sequence[SimpleNamespace]) -> Iterator[Part]:
    part: list[SimpleNamespace] = []
    section = False
    for node in nodes:
        if node.kind == "heading" and node.level in (2, 3):
            # The first section takes the heading of its chapter with it.
            follows = bool(part) and part[-1].kind == "heading" and part[-1].level == 2
            if part and not follows:
                yield Part(tuple(part), section)
                part = []
            section = node.level == 3
        part.append(node)
    if part:
        yield Part(tuple(part), section)


def _flowing(parts: Iterable[Part], page: float) -> Iterator[Part]:
    """``parts``; the sections of a chapter all flow where keeping them whole would leave too much of some page empty."""
    for chapter in _chapters(parts):
        flows = _torn([sum(node.tall for node in part.blocks) for part in chapter], page)
        for part in chapter:
            yield replace(part, flows=flows and part.section)


def _chapters(parts: Iterable[Part]) -> Iterator[list[Part]]:
    chapter: list[Part] = []
    for part in parts:
        if chapter and part.blocks[0].kind == "heading" and part.blocks[0].level == 2:
            yield chapter
            chapter = []
        chapter.append(part)
    if chapter:
        yield chapter


def _torn(heights: Sequence[float], page: float) -> bool:
    """Whether blocks of these heights, each on one page if it can be, leave much of a page before the last one empty."""
    filled = 0.0
    for tall in heights:
        if filled + tall > page:
            if filled and filled < (1 - _MOST_BLANK) * page:
                return True
            filled = 0.0
        filled = (filled + tall) % page if tall > page else filled + tall
    return False


def _exhibits(briefing: Briefing) -> Iterator[Entry]:
    labels = ("表", "图") if briefing.language == "zh" else ("Table ", "Figure ")
    for block in briefing.blocks:
        if isinstance(block, Table):
            yield Entry(0, f"{labels[0]}{block.number}", block.caption, block.id)
    for block in briefing.blocks:
        if isinstance(block, Figure):
            yield Entry(0, f"{labels[1]}{block.number}", plain(block.title), block.id)


def plain(line: Line) -> str:
    """A line's words without its citations."""
    return "".join(_text(piece) for piece in line if not isinstance(piece, Cite))


def _text(piece: Words | Value | Quote) -> str:
    return piece.text + ("……" if isinstance(piece, Quote) and piece.cut else "")


def _node(block: Block, cited: set[int], sheet: Paper) -> SimpleNamespace:
    node = SimpleNamespace(kind=type(block).__name__.lower())
    for field in fields(block):
        setattr(node, field.name, _ready(getattr(block, field.name), cited))
    node.tall = height(block, sheet)
    if isinstance(block, Heading) and block.level == 1:
        node.lines = title_lines(block.text, sheet.title_room)
    if isinstance(block, Table):
        node.shares, node.wide = shares(block, sheet), wide(block)
        node.short = node.tall <= sheet.page * sheet.blank
    return node


def _ready(value: Any, cited: set[int]) -> Any:
    """Fields in their order, which is the reading order: lines become knots, the rest stays."""
    if isinstance(value, tuple):
        if value and all(isinstance(v, Inline) for v in value):
            return knots(value, cited)
        return tuple(_ready(v, cited) for v in value)
    if is_dataclass(value) and any(f.name == "note" for f in fields(value)):
        return SimpleNamespace(**{f.name: _ready(getattr(value, f.name), cited) for f in fields(value)})
    return value


def knots(line: Line, cited: set[int]) -> tuple[Knot, ...]:
    """``line`` in knots; ``cited`` takes up the numbers cited, in order, to know which mention is the first."""
    found: list[Knot] = []
    for piece in line:
        if isinstance(piece, Cite):
            run = Run("cite", f"[{piece.n}]", n=piece.n, first=piece.n not in cited)
            cited.add(piece.n)
            if found and _room(found[-1]):
                _tie(found, run)
            else:
                found.append(Knot((run,), tight=True))
        elif isinstance(piece, Value):
            run = Run("value", piece.text, piece.source, piece.strong)
            marks = found.pop().runs if found and found[-1].runs[-1].kind in ("up", "down") else ()
            if marks and found and _leads_on(found[-1].runs[-1], run):
                before = found.pop()
                if before.runs[0].text[0] in _STAYS:
                    # Else a row of numbers with commas between them would be one knot, too long for its line.
                    mark = replace(before.runs[0], text=before.runs[0].text[0])
                    last = found.pop().runs if found and found[-1].tight else ()
                    found.append(Knot((*last, mark), tight=True))
                    before = Knot(
                        (replace(before.runs[0], text=before.runs[0].text[1:]), *before.runs[1:]),
                    )
                marks = (*before.runs, *marks)
            found.append(Knot((*marks, run), tight=True))
        elif not _text(piece):
            continue
        elif isinstance(piece, Quote):
            found.append(Knot((Run("quote", _text(piece)),)))
        else:
            kind, text = "words" if piece.style == "plain" else piece.style, piece.text
            if found and found[-1].loose and text[0] in _STAYS:
                found[-1] = Knot((*found[-1].runs, Run(kind, text[0])), tight=True)
                text = text[1:]
            if text:
                found.append(Knot((Run(kind, text),)))
    return tuple(found)


def _leads_on(words: Run, number: Run) -> bool:
    """Whether short words with a blank behind (同比 ) belong on one line with the marked number that follows."""
    short = len(words.text) + len(number.text) <= _MOST_TOGETHER
    ends = words.text.rstrip().endswith((",", ";", ":"))
    return words.kind == "words" and words.text.endswith(" ") and len(words.text) > 1 and short and not ends


def _room(last: Knot) -> bool:
    """Whether one more citation may be tied on: many in a row must break somewhere."""
    return sum(run.kind == "cite" for run in last.runs) < _MOST_TIED


def _tie(found: list[Knot], cite: Run) -> None:
    """Tie ``cite`` to the last character (or number) before it, so that no line begins with a citation."""
    last = found.pop()
    if last.tight:
        found.append(Knot((*last.runs, cite), tight=True))
        return
    run = last.runs[-1]
    number = numbers.LAST.search(run.text)
    cut = number.start() if number else len(run.text) - 1
    if cut > 0:
        found.append(Knot((*last.runs[:-1], Run(run.kind, run.text[:cut]))))
    found.append(Knot((Run(run.kind, run.text[max(cut, 0) :]), cite), tight=True))
