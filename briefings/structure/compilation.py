"""A compilation split into its documents: titles of the contents found again as lines of the body."""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from briefings.structure.lines import Line, contents_entry, ends_sentence, is_date
from briefings.structure.marks import at_start

_CONTENTS_HEAD = re.compile(r"目\s*[录次]|contents", re.IGNORECASE)
_STRONG = re.compile(
    r"[\u4e00-\u9fff（）()]{3,30}?(?:委员会|委|局|厅|办公室|办|社|中心|院|行|公司|集团|政府|街道|镇|区|县|市)(?:关于)?"
    r"(?:\d{4}|[二〇○零一三四五六七八九]{4})年.{0,16}(?:总结|报告|情况|打算|计划|公报|要点|汇报|小结)(?:[（(].{1,12}[）)])?"
)
_BODY = 200
"""Characters that must follow a title for it to begin a document where no contents announce it."""


class Entry(NamedTuple):
    """A title of the contents; ``date`` is the one listed for it at the head of the file, as written."""

    title: str
    date: Line | None


class Segment(NamedTuple):
    """One document: its title's lines, its other lines, and what the contents say of it."""

    title: tuple[Line, ...]
    lines: tuple[Line, ...]
    entry: Entry | None = None


class Split(NamedTuple):
    """The documents of a source, the titles announced but absent, and the lines that stand outside of them."""

    segments: tuple[Segment, ...]
    absent: tuple[str, ...] = ()
    compiled: bool = False


def split(lines: Sequence[Line]) -> Split:
    """The documents among ``lines``; a source that is no compilation is one segment without a title."""
    entries, after = _contents(lines)
    if entries:
        found = _found(entries, lines, after)
        if found:
            return _cut(lines, entries, found)
    return _uncontented(lines)


def normal(text: str) -> str:
    """A title as it is compared: full-width forms folded, blanks and punctuation left out."""
    folded = unicodedata.normalize("NFKC", text)
    return folded if folded.isalnum() else "".join([ch for ch in folded if ch.isalnum()])


def _contents(lines: Sequence[Line]) -> tuple[list[Entry], int]:
    """The entries of the contents list and the index of the line after it."""
    head = next((i for i, line in enumerate(lines[:200]) if _CONTENTS_HEAD.fullmatch(line.text)), None)
    if head is None:
        begin = next((i for i, line in enumerate(lines[:200]) if _paged(line)), None)
        if begin is None:
            return [], 0
    else:
        begin = head + 1
    titles: list[str] = []
    index, pending = begin, ""
    while index < len(lines):
        entry = contents_entry(lines[index].text)
        if entry and not is_date(lines[index].text):
            titles.append(pending + entry[0])
            pending = ""
        elif titles and not pending and _follows(lines, index):
            pending = lines[index].text  # a title that takes two lines of the list
        elif not titles and head is not None and _follows(lines, index):
            pending = lines[index].text
        else:
            break
        index += 1
    if pending:
        index -= 1
    if len(titles) < 2:
        return _unpaged(lines, head) if head is not None else ([], 0)
    titles = [title for title in titles if at_start(title) is None]
    if len(titles) < 2:
        return [], 0
    return _dated(titles, lines, head if head is not None else begin), index


def _paged(line: Line) -> bool:
    entry = contents_entry(line.text)
    return (
        entry is not None
        and len(entry[0]) >= 6
        and not is_date(line.text)
        and _STRONG.fullmatch(entry[0]) is not None
    )


def _follows(lines: Sequence[Line], index: int) -> bool:
    line = lines[index].text
    if index + 1 >= len(lines) or ends_sentence(line) or is_date(line) or len(line) > 40:
        return False
    return contents_entry(lines[index + 1].text) is not None


def _unpaged(lines: Sequence[Line], head: int) -> tuple[list[Entry], int]:
    """A contents list without pages: it ends where its first title stands again."""
    titles: list[str] = []
    first = ""
    for index in range(head + 1, min(len(lines), head + 300)):
        text = lines[index].text
        if first and normal(text) == first:
            if len(titles) < 2 or any(at_start(title) for title in titles):
                return [], 0
            return _dated(titles, lines, head), index
        if ends_sentence(text) or len(text) > 60:
            return [], 0
        first = first or normal(text)
        titles.append(text)
    return [], 0


def _dated(titles: list[str], lines: Sequence[Line], head: int) -> list[Entry]:
    dates = [line for line in lines[:head] if is_date(line.text)]
    paired: Sequence[Line | None] = dates if len(dates) == len(titles) else [None] * len(titles)
    return [Entry(title, date) for title, date in zip(titles, paired, strict=True)]


def _found(entries: list[Entry], lines: Sequence[Line], after: int) -> dict[int, tuple[int, int]]:
    """Where each entry's title stands in the body: entry → (first line, number of lines)."""
    wanted: dict[str, int] = {}
    for number, entry in enumerate(entries):
        wanted.setdefault(normal(entry.title), number)
    begun = {title[:length] for title in wanted for length in range(len(title) + 1)}
    longest = max(map(len, wanted))
    found: dict[int, tuple[int, int]] = {}
    for index in range(after, len(lines)):
        text = ""
        for count in range(1, 4):
            if index + count > len(lines):
                break
            line = lines[index + count - 1].text
            if len(line) > 2 * longest + 20:
                break
            text += normal(line)
            if text not in begun:
                break
            hit = wanted.get(text)
            if hit is not None:
                found.setdefault(hit, (index, count))
                break
    return found


def _cut(lines: Sequence[Line], entries: list[Entry], found: dict[int, tuple[int, int]]) -> Split:
    order = sorted((at, count, number) for number, (at, count) in found.items())
    segments = []
    for position, (at, count, number) in enumerate(order):
        end = order[position + 1][0] if position + 1 < len(order) else len(lines)
        segments.append(
            Segment(tuple(lines[at : at + count]), tuple(lines[at + count : end]), entries[number])
        )
    absent = tuple(entry.title for number, entry in enumerate(entries) if number not in found)
    return Split(tuple(segments), absent, compiled=True)


def _uncontented(lines: Sequence[Line]) -> Split:
    """Several titles of the same make, each with a body behind it, are several documents."""
    starts: list[int] = []
    seen: set[str] = set()
    for index, line in enumerate(lines):
        if len(line.text) <= 50 and line.text[-1] not in "。；，,;、：:" and _STRONG.fullmatch(line.text):
            name = normal(line.text)
            if name not in seen:
                seen.add(name)
                starts.append(index)
    if len(starts) < 2:
        return Split((Segment((), tuple(lines)),))
    ends = [*starts[1:], len(lines)]
    kept = [at for at, end in zip(starts, ends, strict=True) if _body(lines[at + 1 : end])]
    if len(kept) < 2:
        return Split((Segment((), tuple(lines)),))
    segments = [
        Segment((lines[at],), tuple(lines[at + 1 : end]))
        for at, end in zip(kept, [*kept[1:], len(lines)], strict=True)
    ]
    before = lines[: kept[0]]
    if _body(before):
        segments.insert(0, Segment((), tuple(before)))
    return Split(tuple(segments), compiled=True)


def _body(lines: Sequence[Line]) -> bool:
    return sum(len(line.text) for line in lines if ends_sentence(line.text)) >= _BODY
