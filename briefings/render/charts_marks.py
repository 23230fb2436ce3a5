"""The texts of a line's marks, each put where neither the line nor another text is."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from briefings.records.briefing import Track
from briefings.render.charts_paper import GAP, Sheet, Weight, tone, width_of

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Point:
    """A mark with its place on the sheet."""

    at: int
    x: float
    y: float
    text: str


def points(track: Track, across: Callable[[int], float], down: Callable[[float], float]) -> list[Point]:
    """The marks of a track where they stand on the sheet; gaps are left out."""
    return [Point(at, across(at), down(m.value), m.text) for at, m in enumerate(track.marks) if m]


def tell(
    paper: Sheet, points: Sequence[Point], wanted: Iterable[Point], bounds: Box, size: float, gid: str,
    strong: Point | None = None,
) -> None:  # fmt: skip
    """The texts of the ``wanted`` points, the most telling first, each where neither the line nor another text is."""
    taken: list[Box] = []
    highest = min(points, key=lambda p: p.y, default=None)
    lowest = max(points, key=lambda p: p.y, default=None)

    def order(point: Point) -> tuple[bool, bool, bool, int]:
        return (point is not strong, point is not points[0], point not in (highest, lowest), point.at)

    for point in sorted(wanted, key=order):
        weight: Weight = "bold" if point is strong else "normal"
        box = _free(point, points, width_of(point.text, size, weight), size, bounds, taken)
        if box is None:
            continue
        taken.append(box)
        paper.text(
            (box[0] + box[2]) / 2, (box[1] + box[3]) / 2, point.text, gid=f"{gid}-{point.at}", size=size, weight=weight,
            color=tone("ink") if point is strong else tone("muted"), ha="center", halo=True,
        )  # fmt: skip


def _free(
    point: Point, points: Sequence[Point], width: float, size: float, bounds: Box, taken: Sequence[Box]
) -> Box | None:
    """The first place near ``point`` that is inside and free: on the side the line turns away from, then elsewhere."""
    at = next(n for n, other in enumerate(points) if other.at == point.at)
    before = points[at - 1].y - point.y if at else None
    after = points[at + 1].y - point.y if at + 1 < len(points) else None
    # Down the page is y upwards: a neighbour with a greater y stands lower.
    lower = [side > 0 for side in (before, after) if side is not None]
    high, deep = point.y - GAP - size * 1.3, point.y + GAP
    middle, back, ahead = point.x - width / 2, point.x - width + 2, point.x - 2
    if all(lower):
        tries = [(middle, high), (back, high), (ahead, high), (middle, deep)]
    elif not any(lower):
        tries = [(middle, deep), (back, deep), (ahead, deep), (middle, high)]
    elif lower[0]:
        tries = [(back, high), (ahead, deep), (middle, high), (middle, deep)]
    else:
        tries = [(ahead, high), (back, deep), (middle, high), (middle, deep)]
    for start, y in tries:
        x = min(max(start, bounds[0]), bounds[2] - width)
        box = (x, y, x + width, y + size * 1.3)
        inside = box[0] >= bounds[0] - 0.1 and box[1] >= bounds[1] and box[3] <= bounds[3]
        if inside and not any(_meet(box, other) for other in taken):
            return box
    return None


def _meet(one: Box, other: Box) -> bool:
    air = 2.0
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > -air and down > -air / 2
