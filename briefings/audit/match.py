"""Hold the running text of a produced file against the briefing: each number in its place, with the words around it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from briefings.audit.align import align
from briefings.audit.expected import Expected, Origin
from briefings.audit.tokens import tokens
from briefings.audit.units import Unit

REACH = 16
"""So many tokens to each side of a number, inside its line, have to be the briefing's."""
ENOUGH = 10
"""A number found out of order needs at least so many equal tokens around it."""
BESIDE = frozenset("，、：；。,;:()[]《》“”‘’|·↩←↑→…—/•–.")
"""What a layout may set between two lines of the briefing."""


@dataclass(frozen=True, slots=True)
class Printed:
    """The running text of a file as one token sequence; ``unit`` and ``page`` say where each token stands."""

    tokens: tuple[str, ...]
    number: tuple[bool, ...]
    unit: tuple[int, ...]
    page: tuple[int, ...]
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A number of the running text: its token, the origin that proves it, or the reason why nothing does."""

    token: int
    origin: Origin | None
    reason: str = ""


def printed(units: Sequence[Unit]) -> Printed:
    """``units`` tokenised; a number never reaches from one unit into the next."""
    words: list[str] = []
    number: list[bool] = []
    unit: list[int] = []
    for at, one in enumerate(units):
        for token in tokens(one.text):
            words.append(token.text)
            number.append(token.number)
            unit.append(at)
    pages = tuple(units[at].page for at in unit)
    return Printed(tuple(words), tuple(number), tuple(unit), pages, tuple(units))


def judge(expected: Expected, file: Printed, furniture: Sequence[bool]) -> tuple[list[Judged], list[int]]:
    """A judgement for every number of the running text that is not ``furniture`` (one flag a token).

    With it the places of the briefing's numbers that the file does not print.
    """
    kept = [at for at in range(len(file.tokens)) if not furniture[at]]
    partner = [-1] * len(file.tokens)
    for at, found in zip(kept, align(expected.tokens, [file.tokens[k] for k in kept]), strict=True):
        partner[at] = found
    overlay = _Overlay(expected, file, furniture, partner)
    claimed: set[int] = set()
    judged: dict[int, Judged] = {}
    later: list[int] = []
    for at in kept:
        if not file.number[at]:
            continue
        place = overlay.aligned(at)
        if place is None:
            later.append(at)
        elif expected.tokens[place] == file.tokens[at]:
            claimed.add(place)
            judged[at] = Judged(at, expected.origin[place])
        else:
            decided = expected.tokens[place]
            where = expected.lines[expected.line[place]].place
            claimed.add(place)
            judged[at] = Judged(at, None, f"此处应为 {decided}（{where}）")
    free: dict[str, list[int]] = defaultdict(list)
    for place, number in enumerate(expected.number):
        if number and place not in claimed:
            free[expected.tokens[place]].append(place)
    for at in later:
        found_place = next(
            (p for p in free[file.tokens[at]] if p not in claimed and overlay.moved(at, p)), None
        )
        if found_place is None:
            known = expected.tokens.count(file.tokens[at])
            reason = "简报有此数，但前后的文字或单位与简报不符" if known else "简报没有这个数"
            judged[at] = Judged(at, None, reason)
        else:
            claimed.add(found_place)
            judged[at] = Judged(at, expected.origin[found_place])
    missing = [
        place
        for place, number in enumerate(expected.number)
        if number and place not in claimed and not expected.lines[expected.line[place]].optional
    ]
    return [judged[at] for at in sorted(judged)], missing


class _Overlay:
    """The expected and the printed text laid over each other at one number."""

    def __init__(
        self, expected: Expected, file: Printed, furniture: Sequence[bool], partner: Sequence[int]
    ) -> None:
        self.expected = expected
        self.file = file
        self.furniture = furniture
        self.partner = partner

    def aligned(self, at: int) -> int | None:
        """The place in the briefing that the words around ``at`` point to, when its own words are there."""
        candidates = [self.partner[at]] if self.partner[at] >= 0 else []
        before, after = self._next(at, -1), self._next(at, 1)
        if before is not None and self.partner[before] >= 0:
            candidates.append(self.partner[before] + 1)
        if after is not None and self.partner[after] >= 0:
            candidates.append(self.partner[after] - 1)
        for place in dict.fromkeys(candidates):
            if 0 <= place < len(self.expected.tokens) and self.expected.number[place]:
                left = self._side(at, place, -1)
                right = self._side(at, place, 1)
                if left is not None and right is not None:
                    return place
        return None

    def moved(self, at: int, place: int) -> bool:
        """Whether the number at ``at`` is the one at ``place`` though the order differs: its line has to prove it."""
        left, right = self._side(at, place, -1), self._side(at, place, 1)
        if left is None or right is None:
            return False
        return left + right >= ENOUGH or self._beyond(at, place)

    def _side(self, at: int, place: int, step: int) -> int | None:
        """How many tokens agree on one side, up to the line's end or ``REACH``; None when one does not.

        Another number agrees with any number: it is judged by itself.
        """
        equal = 0
        line = self.expected.line[place]
        here: int | None = at
        there = place
        while equal < REACH:
            there += step
            if not 0 <= there < len(self.expected.tokens) or self.expected.line[there] != line:
                return equal if self._edge(here, step) else None
            following = self._next(here, step)
            if following is None:
                return None
            if not self._same(following, there):
                # A new page may stand between, with a part of another cell before or after it.
                crossed = self.file.page[following] != self.file.page[at]
                return equal if crossed and self.file.page[at] else None
            here, equal = following, equal + 1
        return equal

    def _edge(self, here: int | None, step: int) -> bool:
        """Whether the line may end here: at a unit's edge, at words of another line, or at a layout's own mark."""
        assert here is not None
        following = self._next(here, step)
        if following is None or self.file.unit[following] != self.file.unit[here]:
            return following is None or not self._glued(here, following)
        place = self.partner[following]
        if place >= 0:
            other = place - step
            return (
                not 0 <= other < len(self.expected.line)
                or self.expected.line[place] != self.expected.line[other]
            )
        return self.file.tokens[following] in BESIDE

    def _glued(self, here: int, following: int) -> bool:
        """Whether a line of a page goes on with words that the briefing does not have there."""
        if not self.file.page[here] or self.file.page[here] != self.file.page[following]:
            return False
        return self.partner[following] < 0 and self.file.tokens[following] not in BESIDE

    def _beyond(self, at: int, place: int) -> bool:
        """Whether the tokens beyond the line agree as well, on both sides, so that a short cell is in its row."""
        for step in (-1, 1):
            here: int | None = at
            there = place
            for _ in range(ENOUGH):
                here = self._next(here, step)
                there += step
                if here is None or not 0 <= there < len(self.expected.tokens):
                    break
                if not self._same(here, there):
                    return False
        return True

    def _same(self, at: int, place: int) -> bool:
        if self.file.number[at] and self.expected.number[place]:
            return True
        return self.file.tokens[at] == self.expected.tokens[place]

    def _next(self, at: int | None, step: int) -> int | None:
        """The neighbouring token that is no furniture."""
        if at is None:
            return None
        at += step
        while 0 <= at < len(self.file.tokens):
            if not self.furniture[at]:
                return at
            at += step
        return None
