"""A briefing as a Word file: the words of the briefing on the styles of a base file that offices can edit."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from briefings.records.briefing import Briefing, Chart, Heading, Language, SourceList
from briefings.render.word_base import Base, find, opened
from briefings.render.word_blocks import Draft, write
from briefings.render.word_contents import contents
from briefings.render.word_numbers import counted
from briefings.render.word_package import packed, with_lists, with_pictures, with_properties, with_words
from briefings.render.word_xml import NAMESPACES, run

LABELS: dict[Language, dict[str, str]] = {
    "zh": {
        "table": "表",
        "figure": "图",
        "tiles": "关键数字",
        "contents": "目录",
        "back": "回到首次引用处",
        "join": "，",
        "cutoff": "数据截至{0.year}年{0.month}月{0.day}日",
    },
    "en": {
        "table": "Table ",
        "figure": "Figure ",
        "tiles": "Key figures",
        "contents": "Contents",
        "back": "Back to the first citation",
        "join": ", ",
        "cutoff": "Data as of {0.day} {0:%B} {0.year}",
    },
}


def word(briefing: Briefing, search: tuple[Path, ...], pages: Mapping[str, int] | None = None) -> bytes:
    """``briefing`` as a .docx on the first ``templates/word/<theme>.docx`` of the directories ``search``.

    ``pages`` gives the contents the page of each heading id, where they are known. The same briefing on the same base
    file gives the same bytes. Raises ``ConfigurationError`` when the base file is missing or lacks a style.
    """
    base = opened(find(briefing.theme, search))
    draft = drafted(briefing, base, pages)
    body = "".join(draft.body)
    parts = dict(base.parts)
    parts["word/document.xml"] = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f"<w:document {NAMESPACES}><w:body>{body}{base.section}</w:body></w:document>"
    ).encode()
    parts = with_pictures(parts, draft.pictures)
    parts = with_lists(parts, draft.lists, base.counted)
    parts = with_words(parts, running_words(briefing))
    return packed(with_properties(parts, briefing))


def drafted(briefing: Briefing, base: Base, pages: Mapping[str, int] | None) -> Draft:
    """The body, block by block; the contents stand after the first page, that is before the first chapter."""
    labels = LABELS[briefing.language]
    headings = [block for block in briefing.blocks if isinstance(block, Heading)]
    automatic = counted([(max(h.level - 2, 0), h.number if h.level > 1 else "") for h in headings], base.headings)
    draft = Draft(
        base=base,
        sources={
            entry.n: entry
            for block in briefing.blocks
            if isinstance(block, SourceList)
            for entry in block.entries
        },
        counted={heading.id: same for heading, same in zip(headings, automatic, strict=True)},
        labels=labels,
        draw=drawn,
        next_list=1 + max(map(int, re.findall(rb'<w:num w:numId="(\d+)"', base.parts["word/numbering.xml"])), default=0),
    )
    awaited = briefing.contents
    position = -1
    for block in briefing.blocks:
        position += isinstance(block, Heading)
        if awaited and isinstance(block, Heading) and block.level == 2:
            draft.body.append(contents(base, headings, labels["contents"], pages))
            draft.break_before = draft.after_table = awaited = False
        write(draft, block, position)
    if draft.after_table or not draft.body:
        draft.add("资料来源", run(""))
    return draft


def drawn(chart: Chart) -> bytes:
    """The chart as a PNG of 300 dots an inch."""
    from briefings.render.charts import png

    return png(chart, 300)


def running_words(briefing: Briefing) -> dict[str, str]:
    """What header and footer print."""
    cutoff = LABELS[briefing.language]["cutoff"]
    day = cutoff.format(date.fromisoformat(briefing.as_of)) if briefing.as_of else ""
    return {"title": briefing.title, "office": briefing.office, "cutoff": day}
