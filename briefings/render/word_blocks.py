"""The blocks of a briefing as paragraphs and tables of Word: the same words in the same order, laid out by styles."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import assert_never

from briefings.records.briefing import (
    Block,
    Bullets,
    Callout,
    Citation,
    Cite,
    Figure,
    Heading,
    Inline,
    Language,
    Line,
    PageBreak,
    Paragraph,
    Quotation,
    Quote,
    SourceList,
    Table,
    Tiles,
    Value,
    Words,
)
from briefings.render.heights import height
from briefings.render.paper import Paper
from briefings.render.titles import title_lines
from briefings.render.widths import ems, shares
from briefings.render.word_base import Base
from briefings.render.word_chart_paper import Look, Plot
from briefings.render.word_figures import plot
from briefings.render.word_xml import bookmark, escaped, link, paragraph, run
from briefings.render.word_xml import field as word_field

NOT_STATED = "…"
CUT = "……"
TIP = 255
TWIPS = 20
"""In a point."""
SHORT = 0.3
"""A table up to this share of the page is kept on one page."""
MOST_KEPT = 8
"""A box of so many lines is kept on one page."""
KEEP_NEXT = "<w:keepNext/>"
BREAK = "<w:r><w:br/></w:r>"
SPACED = ("Title", "heading 1", "heading 2", "heading 3", "heading 4", "caption")
"""Styles with space above them enough to stand right after a table."""
BLANK_TILE = (
    '<w:tcBorders><w:top w:val="nil"/></w:tcBorders><w:shd w:val="clear" w:color="auto" w:fill="auto"/>'
)

PARAGRAPHS = {"body": "Normal", "standfirst": "Subtitle", "lead": "导语", "note": "资料来源"}
CALLOUTS = {
    "problem": ("问题提示", "问题词"),
    "plan": ("下步提示", "下步词"),
    "check": ("核对提示", "核对词"),
    "highlight": ("亮点提示", "亮点词"),
}
UNCOUNTED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
APART = '<w:contextualSpacing w:val="0"/>'
BACK = "←"
SET_CLOSE = ("%", "‰")
MARGINS = 9.0
"""What a cell keeps free to its left and right, in points."""
MARKS = re.compile("([“”‘’]+)")
WORDS = {"plain": "", "strong": "重点", "muted": "弱化", "up": "上升", "down": "下降"}
CELLS = {"left": "表格文字", "right": "表格数字", "center": "表格文字"}
DENSE = {"表格文字": "表格小字", "表格数字": "表格小数", "表头": "表头小字"}
"""The smaller styles for tables of many columns; a base file need not have them."""


@dataclass(slots=True)
class Draft:
    """A Word body in the making: what has been written and what later parts of the package must know of it."""

    base: Base
    sources: Mapping[int, Citation]
    counted: Sequence[bool]
    labels: Mapping[str, str]
    paper: Paper
    official: bool
    exhibits: frozenset[str]
    look: Callable[[], Look]
    language: Language
    next_list: int
    body: list[str] = field(default_factory=list)
    charts: list[tuple[str, str, Plot]] = field(default_factory=list)
    lists: list[int] = field(default_factory=list)
    cited: set[int] = field(default_factory=set)
    sequences: dict[str, int] = field(default_factory=dict)
    bookmarks: int = 0
    break_before: bool = False
    after_table: bool = False
    after_section: bool = False
    box: tuple[str, bool] = ("", False)
    outline: int = 0

    def add(self, style: str, content: str, before: str = "", after: str = "") -> None:
        """One paragraph; ``before`` and ``after`` are direct properties on either side of the spacing."""
        self.add_styled(self.base.style(style), content, before, after, spaced=style in SPACED)

    def add_styled(
        self, ident: str, content: str, before: str = "", after: str = "", *, spaced: bool = True
    ) -> None:
        """The same in the style of this id; one that is ``spaced`` has space above it in itself."""
        if self.break_before:
            kept = KEEP_NEXT if before.startswith(KEEP_NEXT) else ""
            before = f"{kept}<w:pageBreakBefore/>{before.removeprefix(kept)}"
        apart = self.after_table and not self.break_before and not spaced
        space = (
            '<w:spacing w:before="160"/>'
            if apart
            else '<w:spacing w:before="0"/>'
            if self.break_before
            else ""
        )
        self.body.append(paragraph(ident, content, before + space + after))
        self.break_before = self.after_table = False

    def target(self, name: str, content: str) -> str:
        """``content`` under a bookmark."""
        self.bookmarks += 1
        return bookmark(self.bookmarks, name, content)

    def character(self, style: str) -> str:
        """The id of a character style, "" for none."""
        return self.base.style(style, "character") if style else ""


def contents_target(position: int) -> str:
    """The bookmark of the heading at ``position`` among the headings; Word hides names that begin with an underscore."""
    return f"_Toc{position + 1:08d}"


def exhibit(block: Table | Figure) -> str:
    """The bookmark of a table or figure."""
    return f"{'tab' if isinstance(block, Table) else 'fig'}{block.number}"


def line(draft: Draft, pieces: Line) -> str:
    """A line's runs and links."""
    return "".join(inline(draft, piece) for piece in pieces)


def inline(draft: Draft, piece: Inline) -> str:
    """One piece of a line."""
    match piece:
        case Words():
            style = draft.labels.get(piece.style, WORDS[piece.style])
            # A mark never stands at the end of a line without its number.
            text = piece.text.replace(" ", "\u00a0") if piece.style in ("up", "down") else piece.text
            return worded(draft, text, draft.character(style))
        case Value():
            return run(piece.text, draft.character("重点" if piece.strong else ""))
        case Quote():
            return quoted(draft, piece.text + (CUT if piece.cut else ""))
        case Cite():
            return citation(draft, piece.n)
        case _:
            assert_never(piece)


def worded(draft: Draft, text: str, style: str) -> str:
    """Our own words; where they name a table or figure of the briefing, Word keeps the number right by itself."""
    said, at = "", 0
    for match in re.finditer(rf"(?<!附)({draft.labels['table']}|{draft.labels['figure']})(\d+)(?!\d)", text):
        name = f"{'tab' if match[1] == draft.labels['table'] else 'fig'}{match[2]}"
        if name in draft.exhibits:
            said += run(text[at : match.start()], style) + word_field(f"REF {name} \\h", match[0], style)
            at = match.end()
    return said + run(text[at:], style)


def quoted(draft: Draft, text: str) -> str:
    """A source's words in the quoting face, but for quotation marks: free quoting faces have only narrow Latin ones."""
    style = draft.character("原文")
    return "".join(run(part, "" if at % 2 else style) for at, part in enumerate(MARKS.split(text)))


def citation(draft: Draft, n: int, style: str = "引文编号") -> str:
    """[n] linked to its entry, the sentence shown on hovering; the first one is where the entry links back to."""
    text = run(f"[{n}]", draft.character(style))
    entry = draft.sources.get(n)
    if entry is None:
        return text
    linked = link(f"src{n}", text, tip(entry, draft.labels["colon"]))
    if n in draft.cited:
        return linked
    draft.cited.add(n)
    return draft.target(f"cite{n}", linked)


def tip(entry: Citation, colon: str = "：") -> str:
    """What shows on hovering over a citation: who, where, and the sentence.

    Word shows 255 characters; a longer sentence is cut after a stop, so that no number is cut in two.
    """
    text = f"{entry.issuer} {entry.place}{colon}{entry.sentence}".strip()
    if len(text) <= TIP:
        return text
    kept = text[: TIP - len(CUT)]
    stop = max(kept.rfind(mark) for mark in "，；。、：")
    return (kept[: stop + 1] if stop > 0 else "") + CUT


def write(draft: Draft, block: Block, position: int) -> None:
    """Append ``block``; ``position`` is its rank among the headings when it is one."""
    # What a document is about stands between a section's heading and its first list: neither may be left behind.
    kept = KEEP_NEXT if draft.after_section and isinstance(block, Paragraph) else ""
    draft.after_section = isinstance(block, Heading) and block.level == 3
    if not isinstance(block, Callout):
        draft.box = ("", False)
    match block:
        case Heading():
            heading(draft, block, position)
        case Paragraph():
            draft.add(PARAGRAPHS[block.style], line(draft, block.line), kept)
        case Bullets():
            bullets(draft, block)
        case Tiles():
            tiles(draft, block)
        case Callout():
            callout(draft, block)
        case Quotation():
            draft.add("原文引用", line(draft, block.line))
            if block.attribution:
                draft.add("引文出处", line(draft, block.attribution))
        case Table():
            table(draft, block)
        case Figure():
            figure(draft, block)
        case SourceList():
            sources(draft, block)
        case PageBreak():
            draft.break_before = not draft.official
        case _:
            assert_never(block)


def heading(draft: Draft, block: Heading, position: int) -> None:
    """The title, or a heading one rank up (chapters are Heading 1), counted by Word where its count is the number."""
    if block.level == 1:
        lines: tuple[str, ...] = (block.number + block.text,)
        if draft.official:
            size, _, _ = draft.paper.headings[1]
            lines = title_lines(lines[0], (draft.base.width / TWIPS - 2 * size) / size)
        draft.add("Title", draft.target(contents_target(position), BREAK.join(map(run, lines))))
        return
    counted = draft.counted[position]
    text = run(block.text if counted else block.number + block.text)
    style, level = f"heading {block.level - 1}", block.level - 1
    if level > draft.outline + 1:
        # A reader who moves by headings must not fall through a skipped level.
        level = draft.outline + 1
        draft.add_styled(
            draft.base.either("小标题", style),
            draft.target(contents_target(position), text),
            after=f'<w:outlineLvl w:val="{level - 1}"/>',
        )
        return
    draft.outline = level
    # LibreOffice takes a paragraph out of its style's indent together with its numbering.
    uncounted = ("", "") if counted else (UNCOUNTED, draft.base.indents.get(style, ""))
    draft.add(style, draft.target(contents_target(position), text), *uncounted)


def bullets(draft: Draft, block: Bullets) -> None:
    """A list; each counted list starts from 1 again."""
    number = ""
    if block.ordered and draft.base.counted:
        draft.lists.append(draft.next_list)
        number = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{draft.next_list}"/></w:numPr>'
        draft.next_list += 1
    for item in block.items:
        draft.add("List Number" if block.ordered else "List Bullet", line(draft, item), number)


def callout(draft: Draft, block: Callout) -> None:
    """A box: the head word bold, then its only item on the same line or its items as a list beneath.

    An office paper has no boxes: there the head word ends with a colon and the items are paragraphs.
    """
    style, word = CALLOUTS[block.tone]
    if draft.official:
        head = run(block.head + draft.labels["colon"].rstrip(), draft.character(word))
        blank = run(draft.labels["colon"][1:])
        items = [line(draft, item) for item in block.items]
        alone = len(items) == 1
        draft.add(style, head + blank + items[0] if alone else head, "" if alone else KEEP_NEXT)
        for said in [] if alone else items:
            draft.add(style, said)
        return
    # Word makes one box of neighbours that are alike: one of two is a twip narrower, and apart.
    shifted = draft.box[0] == style and not draft.box[1]
    follows = draft.box[0] == style
    draft.box = (style, shifted)
    right = 121 if shifted else 120
    plain = f'<w:ind w:left="220" w:right="{right}"/>' if shifted else ""
    apart = APART if follows else ""
    head = run(block.head, draft.character(word))
    if len(block.items) == 1:
        draft.add(style, head + run(draft.labels["gap"]) + line(draft, block.items[0]), "", plain + apart)
        return
    draft.add(style, head, KEEP_NEXT, plain + apart)
    bullet = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{draft.base.bullet}"/></w:numPr>'
    indent = f'<w:ind w:left="447" w:right="{right}" w:hanging="227"/>'
    whole = len(block.items) <= MOST_KEPT
    for at, item in enumerate(block.items, 1):
        ends = at == len(block.items)
        before = (KEEP_NEXT if whole and not ends else "") + (bullet if draft.base.bullet else "")
        after = (indent if draft.base.bullet else plain) + (APART if ends else "")
        draft.add(style, line(draft, item), before, after)


def caption(draft: Draft, kind: str, number: int, ident: str, words: str) -> None:
    """表N or 图N as a field that Word counts on, under a bookmark, then the words."""
    label = draft.labels[kind]
    expected = draft.sequences.get(kind, 0) + 1
    draft.sequences[kind] = number
    restart = "" if number == expected else f" \\r {number}"
    counter = word_field(f"SEQ {label.strip()} \\* ARABIC{restart}", str(number))
    draft.add("caption", draft.target(ident, run(label) + counter) + run(draft.labels["gap"]) + words)


def figure(draft: Draft, block: Figure) -> None:
    """The finding as caption, the measure, the plot with its alternative text, the source line."""
    caption(draft, "figure", block.number, f"fig{block.number}", line(draft, block.title))
    if block.subtitle:
        draft.add("图表副题", run(block.subtitle))
    plot(draft, block)
    if block.note:
        draft.add("资料来源", line(draft, block.note))


def divided(weights: Sequence[float], width: int) -> list[int]:
    """``width`` divided by ``weights`` in whole twips that add up to it."""
    total = sum(weights) or 1.0
    edges = [round(width * sum(weights[:n]) / total) for n in range(len(weights) + 1)]
    return [right - left for left, right in pairwise(edges)]


def table_start(style: str, widths: list[int], name: str, description: str, look: str) -> str:
    """The opening of a table as wide as the text, with its alternative text."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="5000" w:type="pct"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="{look}"/>'
        f'<w:tblCaption w:val="{escaped(name)}"/><w:tblDescription w:val="{escaped(description)}"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>"
    )


def table(draft: Draft, block: Table) -> None:
    """Caption, the table with its repeating header row, and its note."""
    caption(draft, "table", block.number, f"tab{block.number}", run(block.caption))
    style = draft.base.style
    widths = divided(shares(block, draft.paper), draft.base.width)
    sizes = [f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>' for width in widths]
    aligned = [f'<w:jc w:val="{c.align}"/>' if c.align != "left" else "" for c in block.columns]
    centred = [f'<w:jc w:val="{c.align}"/>' if c.align == "center" else "" for c in block.columns]
    dense = len(block.columns) >= draft.paper.many
    face, _ = draft.paper.of_cells(len(block.columns))

    def of_cells(name: str) -> str:
        return draft.base.either(DENSE[name], name) if dense else style(name)

    cells = [of_cells(CELLS[column.align]) for column in block.columns]
    header = of_cells("表头")
    description = draft.labels["comma"].join(column.header for column in block.columns)
    parts = [
        table_start(
            style("对比三线表", "table"), widths, f"{draft.labels['table']}{block.number} {block.caption}",
            description, "04A0"
        ),
        "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>",
    ]  # fmt: skip
    for column, size, jc in zip(block.columns, sizes, aligned, strict=True):
        parts.append(f"{size}{paragraph(header, run(column.header), jc)}</w:tc>")
    parts.append("</w:tr>")
    short = height(block, draft.paper) <= draft.paper.page * SHORT
    for at, row in enumerate(block.rows, 1):
        parts.append("<w:tr><w:trPr><w:cantSplit/></w:trPr>")
        kept = KEEP_NEXT if short and at < len(block.rows) else ""
        for cell, size, cell_style, jc, width in zip(row, sizes, cells, centred, widths, strict=True):
            content = cell_content(draft, cell, (width / TWIPS - MARGINS) / face)
            parts.append(f"{size}{paragraph(cell_style, content, kept + jc)}</w:tc>")
        parts.append("</w:tr>")
    parts.append("</w:tbl>")
    draft.body.append("".join(parts))
    draft.after_table = True
    if block.note:
        draft.after_table = False
        draft.add("资料来源", line(draft, block.note))


def cell_content(draft: Draft, pieces: Line, room: float) -> str:
    """A cell's line; citations that stand alone are not raised, and an empty cell says that nothing is stated.

    A number with the source's own writing behind it in brackets goes on two lines where ``room`` (in characters) is short.
    """
    cites = [piece for piece in pieces if isinstance(piece, Cite)]
    if pieces and len(cites) == len(pieces):
        return "".join(citation(draft, piece.n, "引文编号平") for piece in cites)
    return "".join(_in_cell(draft, piece, room) for piece in pieces) or run(NOT_STATED)


def _in_cell(draft: Draft, piece: Inline, room: float) -> str:
    if not isinstance(piece, Value) or " (" not in piece.text or ems(piece.text) <= room:
        return inline(draft, piece)
    figure, _, original = piece.text.partition(" (")
    style = draft.character("重点" if piece.strong else "")
    return run(figure, style) + BREAK + run(f"({original}", style)


def tiles(draft: Draft, block: Tiles) -> None:
    """Key figures as a table of at most four a row without rules: label, number with unit, note."""
    count = len(block.items)
    across = count if count <= 4 else -(-count // 2) if count <= 8 else 4
    if not count:
        return
    widths = divided([1.0] * across, draft.base.width)
    style, unit = draft.base.style, draft.character("指标单位")
    if draft.break_before or draft.after_table:
        draft.add("资料来源", "")
    rows: list[str] = []
    for first in range(0, count, across):
        cells = ""
        for n in range(first, first + across):
            content, blank = paragraph(style("指标注"), ""), BLANK_TILE
            if n < count:
                blank = ""
                tile = block.items[n]
                value = run(tile.value.text) + run(apart(draft, tile.unit), unit)
                content = paragraph(style("指标名"), run(tile.label)) + paragraph(style("指标值"), value)
                content += paragraph(style("指标注"), line(draft, tile.note)) if tile.note else ""
            cells += f'<w:tc><w:tcPr><w:tcW w:w="{widths[n - first]}" w:type="dxa"/>{blank}</w:tcPr>{content}</w:tc>'
        rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>")
    names = draft.labels["comma"].join(tile.label for tile in block.items)
    start = table_start(style("指标卡", "table"), widths, draft.labels["tiles"], names, "0000")
    draft.body.append(f"{start}{''.join(rows)}</w:tbl>")
    draft.after_table = True


def apart(draft: Draft, unit: str) -> str:
    """``unit`` as it stands behind a large figure: in English a word keeps its distance."""
    return unit if not unit or unit in SET_CLOSE else draft.labels["before unit"] + unit


def sources(draft: Draft, block: SourceList) -> None:
    """The list of sources: each entry a link target: its sentence, where that stands, a link back to its citation."""
    for entry in block.entries:
        number = run(f"[{entry.n}]", draft.character("重点"))
        title = f"《{entry.title}》"
        gap = draft.labels["gap"]
        where = gap.join(filter(None, (title, entry.issuer, entry.period, entry.source_name, entry.place)))
        back = ""
        if entry.n in draft.cited:
            back = run(gap) + link(
                f"cite{entry.n}", run(BACK, draft.character("Hyperlink")), draft.labels["back"]
            )
        draft.add(
            "来源条目",
            draft.target(f"src{entry.n}", number)
            + "<w:r><w:tab/></w:r>"
            + quoted(draft, entry.sentence)
            + BREAK
            + run(where, draft.character("来源出处"))
            + back,
        )
