"""Which sentence or row of an edited file was which of the file it was made from, wherever it stands now."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from briefings.audit.align import align
from briefings.audit.edited_flow import Passage
from briefings.audit.edited_words import Word, bare, plain, words

LIKE = 0.5
"""Two sentences in the same place are one from this share of equal words on, numbers left aside."""
FAR = 0.7
"""The same for two that stand in different places."""
NEAR = 0.3
"""The same where nothing else changed between two sentences that did not."""
WIDE = 4_000
"""In a gap of up to so many pairs of sentences each is compared with each; in a wider one by shared words first."""
_SENTENCE = re.compile(r"[^。！？]*[。！？]+[\"』」）)]*(?:\[\d{1,3}\])*|[^。！？]+")
_ENGLISH = re.compile(r"(?<=[a-z)\]%\"])\. (?=[A-Z\u4e00-\u9fff\"])")


@dataclass(frozen=True)
class Piece:
    """A sentence of a paragraph, or a row of a table: its cells as texts, and the passage it stands in."""

    texts: tuple[str, ...]
    passage: int
    where: Passage

    @cached_property
    def key(self) -> str:
        """What has to be equal for two pieces to be the same."""
        return ("\x1f" if self.where.row else "") + "\x1f".join(bare(text) for text in self.texts)

    @cached_property
    def words(self) -> list[Word]:
        """Its tokens, those of every cell."""
        return [word for n, text in enumerate(self.texts) for word in words(text, n)]

    @cached_property
    def outline(self) -> list[str]:
        """Its tokens with every number alike."""
        return ["#" if word.counts else word.key for word in self.words]

    def text(self, cell: int) -> str:
        """A cell, or the sentence."""
        return self.texts[cell]


@dataclass(frozen=True, slots=True)
class Pairing:
    """Pairs (old, new), those whose order changed, and the pieces without a partner, all by their index."""

    pairs: tuple[tuple[int, int], ...]
    moved: tuple[tuple[int, int], ...]
    gone: tuple[int, ...]
    come: tuple[int, ...]


def pieces(passages: Sequence[Passage]) -> list[Piece]:
    """The sentences and rows of some passages, in their order."""
    found = []
    for at, passage in enumerate(passages):
        texts = [(plain(cell),) for cell in passage.cells]
        if passage.row:
            found.append(Piece(tuple(text for (text,) in texts), at, passage))
        else:
            found += [Piece((sentence,), at, passage) for sentence in sentences(texts[0][0])]
    return found


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph, Chinese or English."""
    found: list[str] = []
    for chinese in _SENTENCE.findall(text):
        at = 0
        for stop in _ENGLISH.finditer(chinese):
            found.append(chinese[at : stop.end()])
            at = stop.end()
        found.append(chinese[at:])
    return [sentence for sentence in found if sentence.strip()]


def pair(olds: Sequence[Piece], news: Sequence[Piece]) -> Pairing:
    """The partner of each piece: the same words in the same order, then elsewhere, then the likest in its gap, then anywhere."""
    partner = align([p.key for p in olds], [p.key for p in news])
    pairs = [(i, j) for j, i in enumerate(partner) if i >= 0]
    free_old, free_new = (
        set(range(len(olds))) - {i for i, _ in pairs},
        {j for j, i in enumerate(partner) if i < 0},
    )
    moved = _same(olds, news, sorted(free_old), sorted(free_new))
    free_old -= {i for i, _ in moved}
    free_new -= {j for _, j in moved}
    for gap_old, gap_new in _gaps(pairs, free_old, free_new, len(olds), len(news)):
        found = _likest(olds, news, gap_old, gap_new)
        pairs += found
        free_old -= {i for i, _ in found}
        free_new -= {j for _, j in found}
    far = _anywhere(olds, news, sorted(free_old), sorted(free_new))
    moved += far
    free_old -= {i for i, _ in far}
    free_new -= {j for _, j in far}
    return Pairing(
        tuple(sorted(pairs)), tuple(sorted(moved)), tuple(sorted(free_old)), tuple(sorted(free_new))
    )


def likeness(old: Piece, new: Piece) -> float:
    """The share of equal words, numbers left aside; rows are compared cell by cell."""
    if old.where.row != new.where.row:
        return 0.0
    if old.where.row and len(old.texts) == len(new.texts):
        first = bare(old.texts[0]) == bare(new.texts[0]) != ""
        equal = sum(bare(a) == bare(b) for a, b in zip(old.texts, new.texts, strict=True)) / len(old.texts)
        return max(equal, 0.6 + 0.4 * equal if first else 0.0, _ratio(old, new))
    return _ratio(old, new)


def _ratio(old: Piece, new: Piece) -> float:
    shorter, longer = sorted((len(old.outline), len(new.outline)))
    if not shorter or 2 * shorter / (shorter + longer) < NEAR:
        return 0.0
    matcher = SequenceMatcher(None, old.outline, new.outline, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= NEAR else 0.0


def _same(
    olds: Sequence[Piece], news: Sequence[Piece], free_old: Iterable[int], free_new: Iterable[int]
) -> list[tuple[int, int]]:
    waiting: dict[str, list[int]] = defaultdict(list)
    for i in free_old:
        waiting[olds[i].key].append(i)
    return [(waiting[news[j].key].pop(0), j) for j in free_new if waiting[news[j].key]]


def _gaps(
    pairs: Sequence[tuple[int, int]], free_old: set[int], free_new: set[int], old: int, new: int
) -> list[tuple[list[int], list[int]]]:
    """What has no partner between two pieces in order that have one, on both sides."""
    found = []
    a, b = -1, -1
    for i, j in [*sorted(pairs), (old, new)]:
        gap = [k for k in range(a + 1, i) if k in free_old], [k for k in range(b + 1, j) if k in free_new]
        if gap[0] and gap[1]:
            found.append(gap)
        a, b = i, j
    return found


def _likest(
    olds: Sequence[Piece], news: Sequence[Piece], gap_old: Sequence[int], gap_new: Sequence[int]
) -> list[tuple[int, int]]:
    """The chain of pairs in order that are the likest on the whole."""
    if len(gap_old) * len(gap_new) > WIDE:
        return []
    least = NEAR if len(gap_old) == len(gap_new) == 1 else LIKE
    best: list[list[float]] = [[0.0] * (len(gap_new) + 1) for _ in range(len(gap_old) + 1)]
    like = [[likeness(olds[i], news[j]) for j in gap_new] for i in gap_old]
    for a in range(len(gap_old)):
        for b in range(len(gap_new)):
            joined = best[a][b] + like[a][b] if like[a][b] >= least else -1.0
            best[a + 1][b + 1] = max(best[a][b + 1], best[a + 1][b], joined)
    found = []
    a, b = len(gap_old), len(gap_new)
    while a and b:
        if best[a][b] == best[a - 1][b]:
            a -= 1
        elif best[a][b] == best[a][b - 1]:
            b -= 1
        else:
            a, b = a - 1, b - 1
            found.append((gap_old[a], gap_new[b]))
    return found[::-1]


def _anywhere(
    olds: Sequence[Piece], news: Sequence[Piece], free_old: Sequence[int], free_new: Sequence[int]
) -> list[tuple[int, int]]:
    """Pairs of pieces that are much alike though they stand elsewhere, the likest first."""
    grams: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for i in free_old:
        for gram in _grams(olds[i]):
            grams[gram].add(i)
    ranked: list[tuple[float, int, int]] = []
    for j in free_new:
        shared = Counter(i for gram in _grams(news[j]) for i in grams.get(gram, ()))
        for i, _ in shared.most_common(5):
            if (like := likeness(olds[i], news[j])) >= FAR:
                ranked.append((-like, i, j))
    found: list[tuple[int, int]] = []
    for _, i, j in sorted(ranked):
        if all(i != a and j != b for a, b in found):
            found.append((i, j))
    return found


def _grams(piece: Piece) -> set[tuple[str, ...]]:
    return set(zip(piece.outline, piece.outline[1:], piece.outline[2:], strict=False))
