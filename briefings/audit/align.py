"""Find the same words in two long token sequences, in order: anchors that occur once, then the gaps between them."""

from bisect import bisect_left
from collections.abc import Sequence
from difflib import SequenceMatcher

SIZES = (24, 12, 6, 3, 1)
"""How long the runs are that must occur exactly once on both sides to be an anchor; long ones first."""
SMALL = 250_000
"""Up to this product of lengths a gap is compared token by token."""


def align(left: Sequence[str], right: Sequence[str]) -> list[int]:
    """For each token of ``right`` the index of its partner in ``left``, or -1; partners never cross."""
    partner = [-1] * len(right)
    gaps = [(0, len(left), 0, len(right), 0)]
    while gaps:
        a0, a1, b0, b1, depth = gaps.pop()
        while a0 < a1 and b0 < b1 and left[a0] == right[b0]:
            partner[b0] = a0
            a0, b0 = a0 + 1, b0 + 1
        while a0 < a1 and b0 < b1 and left[a1 - 1] == right[b1 - 1]:
            a1, b1 = a1 - 1, b1 - 1
            partner[b1] = a1
        if a0 == a1 or b0 == b1:
            continue
        if (a1 - a0) * (b1 - b0) <= SMALL and depth:
            _closely(left, right, (a0, a1, b0, b1), partner)
            continue
        if depth == len(SIZES):
            continue
        a, b = a0, b0
        for x, y in _anchors(left, right, (a0, a1, b0, b1), SIZES[depth]):
            if x < a or y < b:
                continue
            gaps.append((a, x, b, y, depth + 1))
            a, b = x, y
            while a < a1 and b < b1 and left[a] == right[b]:
                partner[b] = a
                a, b = a + 1, b + 1
        gaps.append((a, a1, b, b1, depth + 1))
    return partner


def _closely(
    left: Sequence[str], right: Sequence[str], box: tuple[int, int, int, int], partner: list[int]
) -> None:
    a0, a1, b0, b1 = box
    matcher = SequenceMatcher(None, left[a0:a1], right[b0:b1], autojunk=False)
    for x, y, size in matcher.get_matching_blocks():
        for step in range(size):
            partner[b0 + y + step] = a0 + x + step


def _anchors(
    left: Sequence[str], right: Sequence[str], box: tuple[int, int, int, int], size: int
) -> list[tuple[int, int]]:
    """Starts of runs of ``size`` tokens that occur once in each box, the longest chain that does not cross."""
    a0, a1, b0, b1 = box
    once_left = _once(left, a0, a1, size)
    once_right = _once(right, b0, b1, size)
    pairs = sorted((a, once_right[run]) for run, a in once_left.items() if run in once_right)
    # Longest increasing subsequence by patience sorting.
    tails: list[int] = []
    ends: list[int] = []
    before = [-1] * len(pairs)
    for at, (_, b) in enumerate(pairs):
        pile = bisect_left(tails, b)
        before[at] = ends[pile - 1] if pile else -1
        tails[pile : pile + 1] = [b]
        ends[pile : pile + 1] = [at]
    chain: list[tuple[int, int]] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        chain.append(pairs[at])
        at = before[at]
    return chain[::-1]


def _once(sequence: Sequence[str], start: int, end: int, size: int) -> dict[tuple[str, ...], int]:
    seen: dict[tuple[str, ...], int] = {}
    for at in range(start, end - size + 1):
        run = tuple(sequence[at : at + size])
        seen[run] = -1 if run in seen else at
    return {run: at for run, at in seen.items() if at >= 0}
