"""The title of a document: announced, marked by the format, or told from the lines at its head."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from briefings.records.document import Span
from briefings.structure import marks, offices
from briefings.structure.compilation import Segment
from briefings.structure.joining import Passage
from briefings.structure.lines import ends_sentence, is_date, leadered
from briefings.structure.settled import Settled

FRONT = 14
"""Lines at the head of a document among which its title and date are looked for."""
_NOUN = re.compile(
    r"(?:总结|报告|情况|打算|计划|公报|讲话|发布会|要点|通报|汇报|实录|安排|纪要|意见|方案)(?:[（(].{1,20}[）)])?[》”]?$"
)
_ORIGINAL = re.compile(r"^原标题\s*[:：]\s*[《“]?(?P<title>[^》”]{4,80})")
_LED = re.compile(r"([^\s。，,；;：:！？]{5,60}?)[\s\u3000]+(?=\S)")


class Title(NamedTuple):
    """A title with its rule and span; ``titles`` are the offsets of the lines it is made of."""

    text: str
    rule: str
    span: Span | None
    titles: frozenset[int]


def parted(passages: Sequence[Passage]) -> list[Passage]:
    """``passages`` with a title cut off that stands on one line with the text behind it."""
    if not passages or len(passages[0].text) <= 60 or passages[0].cell:
        return list(passages)
    first = passages[0]
    match = _LED.match(first.text)
    if match is None or not _NOUN.search(match.group(1)) or marks.at_start(first.text):
        return list(passages)
    title, rest = first.cut(0, match.end(1)), first.cut(match.end(1), len(first.text))
    return [p for p in (title, rest) if p is not None] + list(passages[1:])


def find(segment: Segment, passages: Sequence[Passage], settled: Settled) -> Title:
    """The title of a document, the rule that found it first in this order; an empty one when there is none."""
    if segment.title:
        span = Span(segment.title[0].start, segment.title[-1].end)
        text = "".join(line.text for line in segment.title)
        return Title(
            text,
            "contents" if segment.entry else "title_line",
            span,
            frozenset(t.start for t in segment.title),
        )
    front = passages[:FRONT]
    for i, passage in enumerate(front):
        if passage.hint is not None and passage.hint.level == 0:
            return Title(passage.text, "format", passage.span, frozenset({passage.source(0)}))
        if i > 8:
            break
    candidates = []
    for i, passage in enumerate(front):
        if _titular(passage):
            candidates.append((i, passage))
        elif len(passage.text) > 60:
            break
    nouned = [(i, p) for i, p in candidates if _NOUN.search(p.text)]
    if nouned:
        i, passage = nouned[0]
        before = front[i - 1] if i else None
        if before is not None and _titular(before) and offices.ends_as_office(before.text):
            # The office on a line of its own above 2021年上半年工作总结.
            both = frozenset({before.source(0), passage.source(0)})
            return Title(
                before.text + passage.text, "title_lines", Span(before.span.start, passage.span.end), both
            )
        same = frozenset(p.source(0) for p in front if p.text == passage.text)
        return Title(passage.text, "title_line", passage.span, same)
    for passage in reversed(passages[-8:]):
        if match := _ORIGINAL.match(passage.text):
            at = match.start("title")
            return Title(
                match["title"],
                "original_title",
                Span(passage.source(at), passage.source(match.end("title") - 1) + 1),
                frozenset(),
            )
    for i, passage in candidates:
        if i <= 3 and len(passage.text) >= 6:
            return Title(passage.text, "first_line", passage.span, frozenset({passage.source(0)}))
    if settled.title and len(settled.title) >= 6:
        return Title(re.split(r"\s*[-_|—–]{1,2}\s*", settled.title)[0], "page_title", None, frozenset())
    return Title("", "none", None, frozenset())


def _titular(passage: Passage) -> bool:
    text = passage.text
    return (
        4 <= len(text) <= 60
        and not ends_sentence(text)
        and text[-1] not in "，,、"
        and not is_date(text)
        and not leadered(text)
        and not passage.cell
        and marks.at_start(text) is None
        and not re.match(r"(?:来源|时间|作者|分享|首页|浏览|发布|当前位置|您的位置|[>—-])|.{0,10}[:：]", text)
        and re.search(r"[\u4e00-\u9fff]{3}", text) is not None
    )
