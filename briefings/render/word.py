"""A briefing as a Word file: the words of the briefing on the styles of a base file that offices can edit."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from briefings.records.briefing import Briefing, Heading, Language, PageBreak, SourceList
from briefings.render.view import view
from briefings.render.word_base import Base, opened
from briefings.render.word_blocks import Draft, Draw, write
from briefings.render.word_contents import contents
from briefings.render.word_numbers import counted
from briefings.render.word_package import (
    in_english,
    packed,
    with_lists,
    with_pictures,
    with_properties,
    with_words,
)
from briefings.render.word_xml import NAMESPACES, run

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
        "up": "下降",
        "down": "上升",
        "cutoff": "Data to {0.day} {0:%B} {0.year}",
    },
}


def word(briefing: Briefing, search: tuple[Path, ...], pages: Mapping[str, int] | None = None) -> bytes:
    """``briefing`` as a .docx on the first ``templates/word/<theme>.docx`` of the directories ``search``.

    ``pages`` gives the contents the page of each heading id, where they are known. The same briefing on the same base
    file gives the same bytes. Raises ``ConfigurationError`` when the base file is missing or lacks a style.
    """
    from briefings.render.charts import png

    base = opened(briefing.theme, search)
    draft = drafted(briefing, base, lambda chart: png(chart, search, 300, briefing.language), pages or {})
    body = "".join(draft.body)
    parts = dict(base.parts)
    parts["word/document.xml"] = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f"<w:document {NAMESPACES}><w:body>{body}{base.section}</w:body></w:document>"
    ).encode()
    parts = with_pictures(parts, draft.pictures)
    parts = with_lists(parts, draft.lists, base.counted)
    parts = with_words(parts, running_words(briefing))
    if briefing.language == "en":
        parts = in_english(parts)
    return packed(with_properties(parts, briefing))


def drafted(briefing: Briefing, base: Base, draw: Draw, pages: Mapping[str, int]) -> Draft:
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
        draw=draw,
        next_list=1 + max(map(int, NUMBER.findall(base.parts["word/numbering.xml"])), default=0),
    )
    if briefing.office:
        draft.add("编印单位", run(briefing.office))
    seen = view(briefing)
    opening = len(seen.opening) if briefing.contents else -1
    laid = position = 0
    for block in blocks:
        if laid == opening and not isinstance(block, PageBreak):
            opening = -1
            if listing := contents(base, blocks, labels, pages, beneath=seen.beneath):
                draft.body.append(listing)
                draft.break_before, draft.after_table = True, False
        write(draft, block, position)
        laid += not isinstance(block, PageBreak)
        position += isinstance(block, Heading)
    if draft.after_table or not draft.body:
        draft.add("资料来源", "")
    return draft


def running_words(briefing: Briefing) -> dict[str, str]:
    """What header and footer print."""
    cutoff = LABELS[briefing.language]["cutoff"]
    day = cutoff.format(date.fromisoformat(briefing.as_of)) if briefing.as_of else ""
    foot = LABELS[briefing.language]["gap"].join(filter(None, (briefing.office, day)))
    return {"title": briefing.title, "office": briefing.office, "cutoff": day, "foot": foot}
