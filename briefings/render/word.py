"""A briefing as a Word file: the words of the briefing on the styles of a base file that offices can edit."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

from briefings.records.briefing import (
    Briefing,
    Figure,
    Heading,
    Language,
    Masthead,
    PageBreak,
    SourceList,
    Table,
    Theme,
)
from briefings.render.paper import Paper, paper
from briefings.render.view import view
from briefings.render.word_base import Base, opened
from briefings.render.word_blocks import write
from briefings.render.word_chart_paper import Look
from briefings.render.word_contents import contents
from briefings.render.word_draft import Draft, exhibit
from briefings.render.word_numbers import counted
from briefings.render.word_package import (
    packed,
    with_lists,
    with_properties,
)
from briefings.render.word_template import MASTHEAD, filled
from briefings.render.word_xml import run

LOOSE = 0.96
NUMBER = re.compile(rb'<w:num w:numId="(\d+)"')
LABELS: dict[Language, dict[str, str]] = {
    "zh": {
        "table": "表",
        "figure": "图",
        "tiles": "关键数字",
        "contents": "目录",
        "exhibits": "图表",
        "back": "回到引用处",
        "gap": "　",
        "colon": "：",
        "comma": "、",
        "before unit": "",
        "foreword": "【编者按】",
        "cutoff": "数据截至{0.year}年{0.month}月{0.day}日",
    },
    "en": {
        "table": "Table ",
        "figure": "Figure ",
        "tiles": "Key figures",
        "contents": "Contents",
        "exhibits": "Tables and figures",
        "back": "Back to where it is cited",
        "gap": "\u2003",
        "colon": ": ",
        "comma": ", ",
        "before unit": "\u00a0",
        # Read where marks are written: to English readers green is up, so the marks take each other's style.
        "up": "下降",
        "down": "上升",
        "foreword": "Editor’s note: ",
        "cutoff": "Data to {0.day} {0:%B} {0.year}",
    },
}


def word(briefing: Briefing, search: tuple[Path, ...], pages: Mapping[str, int] | None = None) -> bytes:
    """``briefing`` as a .docx on the first base file of its theme and language in the directories ``search``.

    ``pages`` gives the contents the page of each bookmark (of a heading, table or figure), where they are known. The
    same briefing on the same base file gives the same bytes. Raises ``ConfigurationError`` when the base file is
    missing, lacks a style or asks for what there is not.
    """
    from briefings.render.word_charts import look, with_charts

    base = opened(briefing.theme, briefing.language, search)
    draft = drafted(briefing, base, lambda: look(search, briefing.theme), pages or {})
    parts = filled(base.path, base.parts, running_words(briefing), "".join(draft.body))
    parts = with_charts(parts, draft.charts)
    parts = with_lists(parts, draft.lists, base.counted)
    return packed(with_properties(parts, briefing, base.parts))


def drafted(briefing: Briefing, base: Base, look: Callable[[], Look], pages: Mapping[str, int]) -> Draft:
    """The body, block by block, with the contents after the first page as in the PDF."""
    labels = LABELS[briefing.language]
    blocks = briefing.blocks
    headings = [block for block in blocks if isinstance(block, Heading)]
    automatic = counted(
        [(max(h.level - 2, 0), h.number if h.level > 1 else "") for h in headings], base.headings
    )
    draft = Draft(
        base=base,
        sources={e.n: e for block in blocks if isinstance(block, SourceList) for e in block.entries},
        counted=automatic,
        labels=labels,
        paper=_sheet(briefing.theme, briefing.language),
        official=briefing.theme == "official",
        exhibits=frozenset(exhibit(block) for block in blocks if isinstance(block, Table | Figure)),
        look=look,
        language=briefing.language,
        next_list=1 + max(map(int, NUMBER.findall(base.parts["word/numbering.xml"])), default=0),
    )
    if briefing.office and not draft.official:
        draft.add("编印单位", run(briefing.office))
    seen = view(briefing)
    opening = len(seen.opening) if seen.contents else -1
    laid = position = 0
    running = False
    for block, following in zip(blocks, (*blocks[1:], None), strict=True):
        if laid == opening and not isinstance(block, PageBreak):
            opening = -1
            if listing := contents(
                base, blocks, labels, pages, beneath=seen.beneath, exhibits=not draft.official
            ):
                draft.body.append(listing)
                running = seen.running
                draft.break_before, draft.after_table = not running, False
        if running and isinstance(block, PageBreak) and laid == len(seen.opening):
            continue
        write(draft, block, position, following)
        laid += not isinstance(block, PageBreak)
        if draft.official and laid == seen.titled and not isinstance(block, PageBreak):
            _under_title(draft, briefing)
        position += isinstance(block, Heading)
    if draft.after_table or not draft.body:
        draft.add("资料来源", "")
    return draft


@cache
def _sheet(theme: Theme, language: Language) -> Paper:
    """The paper to reckon with: Latin letters are set without kerning, so what just fits on the page's lines does not here."""
    sheet = paper(theme, language)
    return sheet if language == "zh" else replace(sheet, width=sheet.width * LOOSE)


def _under_title(draft: Draft, briefing: Briefing) -> None:
    """What an office paper says beneath its title: who compiles it and to what day the data go, then the editor's note."""
    words = running_words(briefing)
    signed = briefing.masthead is not None and briefing.masthead.unit
    if byline := words["cutoff"] if signed else words["foot"]:
        draft.add("编印单位", run(byline))
    if briefing.masthead and briefing.masthead.foreword:
        draft.add("编者按", run(draft.labels["foreword"] + briefing.masthead.foreword))


def running_words(briefing: Briefing) -> dict[str, str]:
    """What a base file may ask for; a masthead is printed by the official theme only."""
    cutoff = LABELS[briefing.language]["cutoff"]
    day = cutoff.format(date.fromisoformat(briefing.as_of)) if briefing.as_of else ""
    foot = LABELS[briefing.language]["gap"].join(filter(None, (briefing.office, day)))
    masthead = briefing.masthead if briefing.theme == "official" else None
    said = {
        "title": briefing.title,
        "subtitle": briefing.subtitle,
        "period": briefing.period,
        "office": briefing.office,
        "cutoff": day,
        "foot": foot,
    }
    return said | {f"masthead.{name}": getattr(masthead or Masthead(), name) for name in MASTHEAD}
