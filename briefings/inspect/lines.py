"""Lines of Chinese: what they may begin and end with, and where they end (checks 25 and 26)."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from briefings.inspect.pages import Line
from briefings.inspect.portable import Portable
from briefings.inspect.structure import Element
from briefings.inspect.verdicts import counted, judged, not_applicable
from briefings.records.inspection import Result, Spot

CLOSING = frozenset("，。、；：！？）》〉」』】〕”’％‰")
OPENING = frozenset("（《〈「『【〔“‘")
EVEN = 1.0
"""Points by which a full line may miss the right edge."""
SHARE, FEW = 0.7, 3
"""Where so many of the full lines end where the longest of their paragraph does, the text is justified."""
_LEFT_ALIGNED = frozenset({"TD", "TH", "Caption", "Lbl", "H1", "H2", "H3", "H4", "H5", "H6", "TOCI"})


def lines(file: Portable) -> tuple[Result, ...]:
    """Checks 25 and 26."""
    chinese = [line for line in file.flow if _chinese(line)]
    if not chinese:
        return tuple(not_applicable(number, "the file has no line of Chinese") for number in (25, 26))
    return judged(25, _ends(file), counted(len(chinese), "line")), _edges(file)


def _chinese(line: Line) -> bool:
    return any("\u3400" <= c.text <= "\u9fff" for c in line.body)


def _ends(file: Portable) -> Iterator[Spot]:
    """The lines inside a block that begin or end as they may not; a block's first and last mark are the writer's."""
    if not file.paragraphs:
        for line in file.flow:
            if (
                len(line.body) > 1
                and _chinese(line)
                and (line.body[0].text in CLOSING or line.body[-1].text in OPENING)
            ):
                yield Spot(line.where, line.text[:40])
    for _, found in file.paragraphs:
        for at, line in enumerate(found):
            starts = at > 0 and line.body[0].text in CLOSING and line.y - found[at - 1].y > line.size * 0.6
            ends = at < len(found) - 1 and line.body[-1].text in OPENING
            if starts or ends:
                yield Spot(line.where, line.text[:40])


def _edges(file: Portable) -> Result:
    """How far the full lines of each paragraph miss the right edge that most of its width's lines keep to."""
    full = [(element, line) for element, found in file.paragraphs for line in _full(file, element, found)]
    if not any(_mostly(line) for _, line in full):
        return not_applicable(
            26, "no paragraph has two lines" if file.paragraphs else "the file has no structure tree"
        )
    edges = _right_edges(full)
    missed = [(line, _short_of(line, edges[element.at])) for element, line in full if _mostly(line)]
    even = sum(1 for _, short in missed if short <= EVEN)
    alike, others = _alike(full)
    if file.english or (file.theme != "official" and (others < FEW or alike < SHARE * others)):
        return not_applicable(
            26, f"the text is set left-aligned: {alike} of {others} lines end as the longest above them"
        )
    spots = (
        Spot(line.where, f"{short:.1f} pt short: {line.text[-24:]}")
        for line, short in missed
        if short > _allowed(line)
    )
    widest = max(short for _, short in missed)
    return judged(26, spots, f"{even} of {len(missed)} full lines within 1 pt, widest gap {widest:.1f} pt")


def _full(file: Portable, element: Element, found: tuple[Line, ...]) -> tuple[Line, ...]:
    """The lines of a running paragraph that another line of it follows below, on the same page or the next."""
    if element.tag in _LEFT_ALIGNED or any(e.tag in ("Table", "TOC") for e in file.tree.up(element.at)):
        return ()
    bodies = [line for line in found if line.size < 20]
    following = pairwise(bodies)
    return tuple(a for a, b in following if _chinese(a) and _follows(a, b) and a.right - a.left > a.size * 10)


def _mostly(line: Line) -> bool:
    """Whether half of a line's characters are Chinese ones: only such lines are spread between characters."""
    return sum(c.text > "\u2e7f" for c in line.body) * 2 >= len(line.body)


def _follows(a: Line, b: Line) -> bool:
    """Whether ``b`` is the next line of the same text: directly below, or on the next page, and of the same size."""
    if b.page != a.page:
        return b.page == a.page + 1 and abs(a.size - b.size) < 0.5
    return a.size * 0.9 < b.y - a.y < a.size * 2.2 and abs(a.size - b.size) < 0.5


def _alike(full: list[tuple[Element, Line]]) -> tuple[int, int]:
    """Of paragraphs with several full lines: how many lines end where the longest does, of how many but the longest."""
    by_block: dict[int, list[float]] = {}
    for element, line in full:
        by_block.setdefault(element.at, []).append(line.right)
    ends = [(max(rights), rights) for rights in by_block.values() if len(rights) > 1]
    alike = sum(sum(1 for right in rights if longest - right <= EVEN) - 1 for longest, rights in ends)
    return alike, sum(len(rights) - 1 for _, rights in ends)


def _right_edges(full: list[tuple[Element, Line]]) -> dict[int, float]:
    """The right edge of each paragraph: the farthest of its lines, or the nearest edge that many lines keep to.

    A line with a closing mark tells it only where no other does: the mark may hang over the edge.
    """
    firm = [(element.at, line.right) for element, line in full if line.body[-1].text not in CLOSING]
    counts = Counter(round(right) for _, right in firm)
    common = [edge for edge, count in counts.items() if count >= max(3, len(full) // 100)]
    edges: dict[int, float] = {}
    for at, right in firm:
        edges[at] = max(edges.get(at, 0.0), right)
    for element, line in full:
        if element.at not in edges:
            edges[element.at] = line.right
    for at, edge in edges.items():
        near = [c for c in common if edge - 1.5 <= c <= edge + 12]
        if near:
            edges[at] = max(edge, min(near, key=lambda c: abs(c - edge)))
    return edges


def _short_of(line: Line, edge: float) -> float:
    return abs(edge - line.right)


def _allowed(line: Line) -> float:
    """A point; half an em where a closing mark's own blank half is left over or hangs."""
    return line.size / 2 + EVEN if line.body[-1].text in CLOSING else EVEN
