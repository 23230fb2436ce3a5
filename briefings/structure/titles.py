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
    r"(?:总结|报告|情况|打算|计划|公报|讲话|发布会|要点|通报|汇报|实录|安排|纪要|意见|方案)(?:[（(].{1,20}[）)])?[》”]?(?:\[\d{1,2}\]|[①②③*＊])?$"
)
_NOTE = re.compile(r"(?<=[\u4e00-\u9fff》”）)])(?:\[\d{1,2}\]|[①②③*＊])$")
_DASHED = re.compile(r"(?:[—–―-]{2}|—|──)[^\s—–-]")
_UNFINISHED = re.compile(r"^(?:关于|在)|(?:[和与及暨的、《“（]|关于)$")
_DATED = re.compile(r"(?:19|20)\d{2}年?|[二一][〇○零九][〇○零一二三四五六七八九]{2}年")
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
            return _lines(front, i, i, "format")
        if i > 8:
            break
    candidates = []
    for i, passage in enumerate(front):
        if _titular(passage):
            candidates.append((i, passage))
        elif len(passage.text) > 60:
            break
    nouned = [i for i, p in candidates if _NOUN.search(p.text)]
    if nouned:
        first = last = nouned[0]
        while first > 0 and _runs_on(front[first - 1], front[first]):
            first -= 1
        while last + 1 < len(front) and _titular(front[last + 1]) and front[last + 1].text[0] in "与和及暨":
            last += 1
        return _lines(front, first, last)
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
            return _lines(front, i, i, "first_line")
    if settled.title and len(settled.title) >= 6:
        return Title(re.split(r"\s*[-_|—–]{1,2}\s*", settled.title)[0], "page_title", None, frozenset())
    return Title("", "none", None, frozenset())


def _lines(front: Sequence[Passage], first: int, last: int, rule: str = "") -> Title:
    """The title that stands on the lines from ``first`` to ``last``, with the subtitle behind a dash under it."""
    if last + 1 < len(front) and _subtitle(front[last], front[last + 1]):
        last += 1
    lines = front[first : last + 1]
    text = bare("".join(p.text for p in lines))
    taken = frozenset(p.source(0) for p in lines)
    if first == last:
        taken |= {p.source(0) for p in front if p.text == lines[0].text}
    rule = rule or ("title_line" if first == last else "title_lines")
    return Title(text, rule, Span(lines[0].span.start, lines[-1].span.end), taken)


def bare(title: str) -> str:
    """A title without the mark of a footnote and without the 《》 around the whole of it."""
    title = _NOTE.sub("", title)
    if title[:1] == "《" and title.find("》") == len(title) - 1:
        return title[1:-1]
    return title


def _subtitle(title: Passage, passage: Passage) -> bool:
    """Whether a line behind a dash belongs to the title above; under a newspaper's headline it is a line of its own."""
    return (_NOUN.search(title.text) is not None or _NOUN.search(passage.text) is not None) and (
        5 <= len(passage.text) <= 60
        and _DASHED.match(passage.text) is not None
        and not ends_sentence(passage.text)
        and not passage.cell
    )


def _runs_on(first: Passage, second: Passage) -> bool:
    """Whether a title begins on the line above the one that names its kind (…2021年国民经济和社会发展 / 统计公报)."""
    if not _titular(first) or _NOUN.search(first.text) or len(first.text) + len(second.text) > 70:
        return False
    above, below = first.text, second.text
    if offices.ends_as_office(above) or _UNFINISHED.search(above):
        return True
    named = offices.prefix(above) is not None or _DATED.search(above) is not None
    return named and _DATED.search(below) is None and offices.prefix(below) is None and not is_date(above)


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
