"""The table of contents: fields Word can update, with an entry kept for each heading, table and figure meanwhile."""

from collections.abc import Mapping, Sequence

from briefings.records.briefing import Block, Figure, Heading, Table
from briefings.render.view import plain
from briefings.render.word_base import Base
from briefings.render.word_draft import contents_target, exhibit
from briefings.render.word_xml import field, link, paragraph, run

LEVELS = (2, 3)
"""The headings that are listed: chapters and sections, Heading 1 and 2 in Word."""

Entry = tuple[str, str, str, str]
"""Style name, words, bookmark, and the page or "" where it is not known."""
_NEW_PAGE, _BENEATH = "<w:pageBreakBefore/>", '<w:spacing w:before="400"/>'


def contents(
    base: Base,
    blocks: Sequence[Block],
    labels: Mapping[str, str],
    pages: Mapping[str, int],
    *,
    beneath: bool = False,
    exhibits: bool = True,
) -> str:
    """The contents: headings, then tables and figures (``exhibits``); "" when the briefing has no chapters.

    They begin a page unless they stand ``beneath`` what is before them.

    ``pages`` maps the bookmark of a heading, table or figure to its page. Without it the entries are links and the page
    column is left out, since only the program that lays the file out knows the pages; updating the field adds them.
    """
    headings = [block for block in blocks if isinstance(block, Heading)]
    listed: list[Entry] = [
        (
            f"toc {LEVELS.index(heading.level) + 1}",
            heading.number + heading.text,
            contents_target(n),
            str(pages.get(contents_target(n), "")),
        )
        for n, heading in enumerate(headings)
        if heading.level in LEVELS
    ]
    if not listed:
        return ""
    title = base.style("toc heading")
    parts = [paragraph(title, run(labels["contents"]), _BENEATH if beneath else _NEW_PAGE)]
    parts += entries(base, listed, f'TOC \\o "1-{len(LEVELS)}" \\h \\z')
    tables = [
        (
            "table of figures",
            f"{labels['table']}{b.number}{labels['gap']}{b.caption}",
            exhibit(b),
            str(pages.get(exhibit(b), "")),
        )
        for b in blocks
        if exhibits and isinstance(b, Table)
    ]
    figures = [
        (
            "table of figures",
            f"{labels['figure']}{b.number}{labels['gap']}{plain(b.title)}",
            exhibit(b),
            str(pages.get(exhibit(b), "")),
        )
        for b in blocks
        if exhibits and isinstance(b, Figure)
    ]
    if tables or figures:
        parts.append(paragraph(base.style("图表目录标题"), run(labels["exhibits"])))
    for kind, rows in (("table", tables), ("figure", figures)):
        parts += entries(base, rows, f'TOC \\h \\z \\c "{labels[kind].strip()}"')
    return "".join(parts)


def entries(base: Base, listed: Sequence[Entry], code: str) -> list[str]:
    """The paragraphs of one field ``code``, which begins in the first and ends in the last."""
    rows: list[str] = []
    for place, (style, words, target, page) in enumerate(listed):
        content = run(words)
        if page:
            number = field(f"PAGEREF {target} \\h", page)
            content += f"<w:r><w:tab/></w:r>{number}"
        entry = link(target, content)
        if place == 0:
            entry = (
                '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
                f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
                '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
            ) + entry
        if place == len(listed) - 1:
            entry += '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
        rows.append(paragraph(base.style(style), entry))
    return rows
