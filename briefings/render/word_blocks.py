"""The blocks of a briefing as paragraphs and tables of Word: the same words in the same order, laid out by styles."""

import re
from typing import assert_never

from briefings.records.briefing import (
    Block,
    Bullets,
    Callout,
    Figure,
    Heading,
    PageBreak,
    Paragraph,
    Quotation,
    SourceList,
    Table,
    Tiles,
)
from briefings.render.titles import title_lines
from briefings.render.widths import ems, text_of
from briefings.render.word_draft import (
    BREAK,
    KEEP_NEXT,
    TWIPS,
    Draft,
    caption,
    contents_target,
    line,
    quoted,
)
from briefings.render.word_figures import plot
from briefings.render.word_tables import table, tiles
from briefings.render.word_xml import link, run

MOST_KEPT = 8
"""A box of so many lines is kept on one page."""
PARAGRAPHS = {"body": "Normal", "standfirst": "Subtitle", "lead": "导语", "note": "资料来源"}
CALLOUTS = {
    "problem": ("问题提示", "问题词"),
    "plan": ("下步提示", "下步词"),
    "check": ("核对提示", "核对词"),
    "highlight": ("亮点提示", "亮点词"),
}
UNCOUNTED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>'
APART = '<w:contextualSpacing w:val="0"/>'
PART = re.compile("　| · |, ")
"""What stands between the parts of the line beneath a title."""
BACK = "←"


def write(draft: Draft, block: Block, position: int, following: Block | None = None) -> None:
    """Append ``block``; ``position`` is its rank among the headings when it is one, ``following`` the block after it."""
    # What a document is about stands between a section's heading and its first list: neither may be left behind,
    # nor may a heading with the words that lead to a table.
    leads = draft.after_heading == 3 or (
        draft.after_heading == 2 and isinstance(following, Table | Figure | SourceList)
    )
    kept = KEEP_NEXT if leads and isinstance(block, Paragraph) else ""
    draft.after_heading = block.level if isinstance(block, Heading) else 0
    if not isinstance(block, Callout):
        draft.box = ("", False)
    match block:
        case Heading():
            heading(draft, block, position)
        case Paragraph(style="standfirst") if draft.official:
            said = "".join(text_of((piece,)) for piece in block.line)
            size, _ = draft.paper.styles["standfirst"]
            draft.add("Subtitle", BREAK.join(map(run, parted(said, draft.base.width / TWIPS / size))), kept)
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


def parted(text: str, room: float) -> tuple[str, ...]:
    """``text`` on two lines of at most ``room`` characters, the second begun by one of its parts; whole where it fits."""
    cuts = [match.end() for match in PART.finditer(text)] if ems(text) > room else []
    fits = [cut for cut in cuts if max(ems(text[:cut].rstrip()), ems(text[cut:])) <= room]
    if not fits:
        return (text,)
    cut = min(fits, key=lambda at: abs(ems(text[:at]) - ems(text[at:])))
    return text[:cut].rstrip(), text[cut:]


def heading(draft: Draft, block: Heading, position: int) -> None:
    """The title, or a heading one rank up (chapters are Heading 1), counted by Word where its count is the number."""
    if block.level == 1:
        lines = title_lines(block.number + block.text, draft.paper.title_room)
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
        before += '<w:spacing w:before="0"/>' if ends else ""
        after = (indent if draft.base.bullet else plain) + (APART if ends else "")
        draft.add(style, line(draft, item), before, after)


def figure(draft: Draft, block: Figure) -> None:
    """The finding as caption, the measure, the plot with its alternative text, the source line."""
    caption(draft, "figure", block.number, f"fig{block.number}", line(draft, block.title))
    if block.subtitle:
        draft.add("图表副题", run(block.subtitle))
    plot(draft, block)
    if block.note:
        draft.add("资料来源", line(draft, block.note))


def sources(draft: Draft, block: SourceList) -> None:
    """The list of sources: each entry a link target: its sentence, where that stands, a link back to its citation."""
    for entry in block.entries:
        number = run(f"[{entry.n}]", draft.character("重点"))
        title = f"《{entry.title}》"
        gap = draft.labels["gap"]
        where = gap.join(filter(None, (title, entry.issuer, entry.period, entry.source_name, entry.place)))
        back = ""
        if entry.n in draft.cited:
            arrow = run(BACK, draft.character("Hyperlink"))
            back = link(f"cite{entry.n}", arrow, draft.labels["back"]) + run(gap)
        draft.add(
            "来源条目",
            draft.target(f"src{entry.n}", number)
            + "<w:r><w:tab/></w:r>"
            + quoted(draft, entry.sentence)
            + BREAK
            + back  # first on its line: at the end it would stand alone on another as often as not
            + run(where, draft.character("来源出处")),
        )
