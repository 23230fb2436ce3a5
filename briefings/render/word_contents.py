"""The table of contents: a field Word can update, with an entry kept for each heading in the meantime."""

from collections.abc import Mapping, Sequence

from briefings.records.briefing import Heading
from briefings.render.word_base import Base
from briefings.render.word_blocks import contents_target
from briefings.render.word_xml import field, link, paragraph, run

LEVELS = (2, 3)
"""The headings that are listed: chapters and sections, Heading 1 and 2 in Word."""
CODE = f'TOC \\o "1-{len(LEVELS)}" \\h \\z \\u'


def contents(base: Base, headings: Sequence[Heading], title: str, pages: Mapping[str, int] | None) -> str:
    """The contents on a page of their own: ``headings`` are all of the briefing's, in order.

    ``pages`` maps a heading's id to its page. Without it the entries are links and the page column is left out, since
    only the program that lays the file out knows the pages; updating the field in Word adds them.
    """
    listed = [(n, heading) for n, heading in enumerate(headings) if heading.level in LEVELS]
    if not listed:
        return ""
    start = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {CODE} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    rows = [paragraph(base.style("toc heading"), run(title), "<w:pageBreakBefore/>")]
    for place, (n, heading) in enumerate(listed):
        target = contents_target(n)
        content = run(heading.number + heading.text)
        if pages and heading.id in pages:
            page = field(f"PAGEREF {target} \\h", str(pages[heading.id]))
            content += f"<w:r><w:tab/></w:r>{page}"
        entry = link(target, content)
        if place == 0:
            entry = start + entry
        if place == len(listed) - 1:
            entry += end
        rows.append(paragraph(base.style(f"toc {LEVELS.index(heading.level) + 1}"), entry))
    return "".join(rows)
