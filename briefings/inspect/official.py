"""The grid of official papers: 22 lines of 28 characters, the margins, the page numbers (checks 22 to 24)."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from briefings.inspect.pages import Line, Page
from briefings.inspect.portable import POINTS, Portable
from briefings.inspect.verdicts import counted, judged, not_applicable
from briefings.records.inspection import Result, Spot

CHARACTERS, LINES = 28, 22
PITCH, PITCH_OFF = 28.95, 0.05
BODY = (15.5, 16.3)
"""三号 is 15.75 pt, or 16 pt in Word."""
UPRIGHT = (37.0, 26.0, 35.0, 28.0)
"""Margins in mm: top, right, bottom, left."""
ACROSS = (28.0, 37.0, 26.0, 35.0)
SLACK = 1.0


def official(file: Portable) -> tuple[Result, ...]:
    """Checks 22 to 24."""
    if file.theme != "official":
        return tuple(not_applicable(number, "not the official theme") for number in (22, 23, 24))
    return _grid(file), _margins(file), _numbers(file)


def _grid(file: Portable) -> Result:
    body = [line for line in file.flow if BODY[0] <= line.size <= BODY[1] and not _turned(file, line)]
    if not body:
        return not_applicable(22, "no text of 15.75 pt")
    spots = []
    counts: Counter[int] = Counter()
    size = Counter(round(line.size, 2) for line in body).most_common(1)[0][0]
    left, _, right, _ = area(file.pages[body[0].page - 1])
    room = int((right - left + 0.2) / size)
    if room != CHARACTERS:
        spots.append(Spot("body text", f"{size:g} pt: {room} characters in {right - left:.1f} pt"))
    for line in body:
        if all("\u3400" <= c.text <= "\u9fff" for c in line.body) and _whole(file, line):
            counts[len(line.body)] += 1
            if len(line.body) != CHARACTERS:
                spots.append(Spot(line.where, f"{len(line.body)} characters: {line.text[:30]}"))
    pitches: list[float] = []
    for page in file.pages:
        here = [line for line in body if line.page == page.number]
        rows = _rows(here)
        if len(rows) > LINES:
            spots.append(Spot(f"page {page.number}", f"{len(rows)} lines"))
        for a, b in pairwise(rows):
            step = b.y - a.y
            if step < PITCH * 1.5:
                pitches.append(step)
                if abs(step - PITCH) > PITCH_OFF:
                    spots.append(Spot(b.where, f"{step:.2f} pt below the line before: {b.text[:24]}"))
    common = Counter(round(step, 2) for step in pitches).most_common(1)
    most = max((len(_rows([line for line in body if line.page == p.number])) for p in file.pages), default=0)
    said = (
        ", ".join(f"{count}×{number}" for number, count in counts.most_common(3))
        or "no full line of Han only"
    )
    return judged(
        22,
        spots,
        f"room for {room} characters of {size:g} pt; full lines: {said}; pitch {common[0][0] if common else 0} pt; {most} lines a page at most",
    )


def _turned(file: Portable, line: Line) -> bool:
    page = file.pages[line.page - 1]
    return page.width > page.height


def _whole(file: Portable, line: Line) -> bool:
    """Whether a line goes from margin to margin."""
    left, _, right, _ = area(file.pages[line.page - 1])
    return abs(line.left - left) < SLACK + 1 and abs(line.right - right) < line.size / 2


def _rows(found: list[Line]) -> list[Line]:
    """Lines by their base lines, those side by side once."""
    rows: list[Line] = []
    for line in sorted(found, key=lambda line: line.y):
        if not rows or line.y - rows[-1].y > line.size * 0.5:
            rows.append(line)
    return rows


def area(page: Page) -> tuple[float, float, float, float]:
    """The type area of a page in points: left, top, right, bottom."""
    top, right, bottom, left = ACROSS if page.width > page.height else UPRIGHT
    return left * POINTS, top * POINTS, page.width - right * POINTS, page.height - bottom * POINTS


def _margins(file: Portable) -> Result:
    spots = []
    edges = [1e9, 1e9, 0.0, 0.0]
    for line in file.flow:
        page = file.pages[line.page - 1]
        left, top, right, bottom = area(page)
        inks = [c.ink for c in line.body if c.ink[2] > c.ink[0]]
        if not inks:
            continue
        box = (
            min(i[0] for i in inks),
            min(i[1] for i in inks),
            max(i[2] for i in inks),
            max(i[3] for i in inks),
        )
        if page.width < page.height:
            edges = [
                min(edges[0], box[0]),
                min(edges[1], box[1]),
                max(edges[2], box[2]),
                max(edges[3], box[3]),
            ]
        over = max(left - box[0], top - box[1], box[2] - right, box[3] - bottom)
        if over > SLACK:
            spots.append(Spot(line.where, f"{over:.1f} pt outside: {line.text[:30]}"))
    said = " × ".join(
        f"{low / POINTS:.1f}–{high / POINTS:.1f}"
        for low, high in ((edges[0], edges[2]), (edges[1], edges[3]))
    )
    return judged(23, spots, f"text on upright pages within {said} mm")


def _numbers(file: Portable) -> Result:
    spots = list(_misnumbered(file))
    return judged(
        24,
        spots,
        f"{counted(len(file.pages) - len({s.where for s in spots}), 'page')} of {len(file.pages)} right",
    )


def _misnumbered(file: Portable) -> Iterator[Spot]:
    """Pages whose foot does not hold their number where it belongs: right edge on odd pages, left edge on even ones."""
    for page in file.pages:
        foot = [line for line in page.lines if file.running(line) and line.y > page.height * 0.85]
        found = [line for line in foot if (m := re.search(r"\d+", line.text)) and int(m[0]) == page.number]
        left, _, right, _ = area(page)
        if not found:
            yield Spot(
                f"page {page.number}",
                f"no {page.number} at the foot: {' '.join(line.text for line in foot)[:30]}",
            )
        elif page.width < page.height:
            line = found[0]
            em = line.size
            odd = page.number % 2 == 1
            off = right - line.right if odd else line.left - left
            if not 0 <= off <= em * 1.7:
                yield Spot(
                    f"page {page.number}",
                    f"{off:.1f} pt from the {'right' if odd else 'left'} edge of the text",
                )
