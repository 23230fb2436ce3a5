"""A Word body in the making: paragraphs in the base file's styles, and lines with their links and fields."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import assert_never

from briefings.records.briefing import (
    Citation,
    Cite,
    Figure,
    Inline,
    Language,
    Line,
    Quote,
    Table,
    Value,
    Words,
)
from briefings.render.paper import Paper
from briefings.render.word_base import Base
from briefings.render.word_chart_paper import Look, Plot
from briefings.render.word_xml import bookmark, link, paragraph, run
from briefings.render.word_xml import field as word_field

CUT = "……"
TIP = 255
KEEP_NEXT = "<w:keepNext/>"
BREAK = "<w:r><w:br/></w:r>"
TWIPS = 20
"""In a point."""
SPACED = ("Title", "heading 1", "heading 2", "heading 3", "heading 4", "caption")
"""Styles with space above them enough to stand right after a table."""
MARKS = re.compile("([“”‘’]+)")
WORDS = {"plain": "", "strong": "重点", "muted": "弱化", "up": "上升", "down": "下降"}


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
    after_heading: int = 0
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


def caption(draft: Draft, kind: str, number: int, ident: str, words: str) -> None:
    """表N or 图N as a field that Word counts on, under a bookmark, then the words."""
    label = draft.labels[kind]
    expected = draft.sequences.get(kind, 0) + 1
    draft.sequences[kind] = number
    restart = "" if number == expected else f" \\r {number}"
    counter = word_field(f"SEQ {label.strip()} \\* ARABIC{restart}", str(number))
    draft.add("caption", draft.target(ident, run(label) + counter) + run(draft.labels["gap"]) + words)
