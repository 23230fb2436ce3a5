"""What changed between a sentence or row and what became of it: numbers, citations, words."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from briefings.audit.edited_pair import Piece
from briefings.audit.edited_words import Word, amount, bearing, of, same_amount

AROUND = 18
"""Characters of context on each side of a change."""
Kind = Literal[
    "altered",
    "added",
    "removed",
    "rewritten",
    "citation_altered",
    "citation_removed",
    "citation_added",
    "reworded",
]


@dataclass(frozen=True, slots=True)
class Change:
    """One change: what stood there, what stands there now, its token on either side, and what is the matter."""

    kind: Kind
    was: str
    now: str
    old: Word | None = None
    new: Word | None = None
    reason: str = ""


def changes(old: Piece, new: Piece) -> list[Change]:
    """What changed from ``old`` to ``new``, in the order of the text; nothing where the words are the same."""
    if old.key == new.key:
        return []
    found: list[Change] = []
    if len(old.texts) == len(new.texts):
        for cell in range(len(old.texts)):
            if old.texts[cell] != new.texts[cell]:
                left = [w for w in old.words if w.cell == cell]
                right = [w for w in new.words if w.cell == cell]
                found += _changes(old, new, left, right)
    else:
        found += _changes(old, new, old.words, new.words)
    numbers = [c for c in found if c.kind == "altered"]
    return [c for c in found if c.kind != "reworded" or not any(_within(c, number) for number in numbers)]


def _within(words: Change, number: Change) -> bool:
    """Whether changed words are those that a number is told to have changed with."""
    return words.was in number.was and words.now in number.now


def around(piece: Piece, word: Word | None) -> str:
    """The words around a number; of a row its first cell too."""
    if word is None:
        return " ".join(" ".join(piece.texts).split())[: AROUND * 3]
    text = piece.text(word.cell)
    before, after = text[max(0, word.start - AROUND) : word.start], text[word.end : word.end + AROUND]
    head = f"{piece.texts[0].strip()[:AROUND]} | " if piece.where.row and word.cell else ""
    return " ".join(f"{head}{before}【{text[word.start : word.end]}】{after}".split())


def _changes(old: Piece, new: Piece, left: Sequence[Word], right: Sequence[Word]) -> Iterator[Change]:
    matcher = SequenceMatcher(None, [w.key for w in left], [w.key for w in right], autojunk=False)
    for tag, a0, a1, b0, b1 in matcher.get_opcodes():
        if tag == "equal":
            for was, now in zip(left[a0:a1], right[b0:b1], strict=True):
                if was.counts:
                    yield from _borne(old, new, was, now)
        else:
            yield from _stretch(old, new, left[a0:a1], right[b0:b1])


def _stretch(old: Piece, new: Piece, was: Sequence[Word], now: Sequence[Word]) -> Iterator[Change]:
    """The changes of a stretch that is not what it was."""
    numbers = list(_numbers(old, new, [w for w in was if w.counts], [w for w in now if w.counts]))
    yield from _joined(numbers, list(_citations(was, now)))
    if new.where.zone == "body":
        yield from (Change("added", "", "（随页码变的域）", None, w) for w in now if w.sort == "page")
    shown = "".join(c.was + c.now for c in numbers)
    if any(w.key not in shown for w in _said(was) + _said(now)):
        before, after = (old.text(was[0].cell) if was else ""), (new.text(now[0].cell) if now else "")
        first, last = (was[0] if was else None), (now[0] if now else None)
        yield Change("reworded", of(before, _one_cell(was)), of(after, _one_cell(now)), first, last)


def _said(found: Sequence[Word]) -> list[Word]:
    return [word for word in found if word.sort == "word" and word.key.isalnum()]


def _one_cell(found: Sequence[Word]) -> list[Word]:
    return [word for word in found if word.cell == found[0].cell]


def _borne(old: Piece, new: Piece, was: Word, now: Word) -> Iterator[Change]:
    """A number that stayed, and whose unit, direction or hedge did not."""
    before, after = old.text(was.cell), new.text(now.cell)
    said, says = bearing(before, was), bearing(after, now)
    if said == says:
        return
    names = ("升降或正负", "约数的词", "约数的词", "单位")
    other = [name for name, a, b in zip(names, said, says, strict=True) if a != b]
    yield Change(
        "altered", _whole(before, was), _whole(after, now), was, now, f"数没有改，{'、'.join(other)}改了"
    )


def _whole(text: str, word: Word) -> str:
    """A number with the words before it that say where it goes."""
    start = word.start
    while start and word.start - start < 4 and text[start - 1].isalpha() and not text[start - 1].isspace():
        start -= 1
    behind = bearing(text, word)[1]
    whole = text[start : word.start] + amount(text, word)
    at = text.find(behind, word.end) if behind else -1
    return text[start : at + len(behind)] if at > word.end else whole


def _numbers(old: Piece, new: Piece, was: list[Word], now: list[Word]) -> Iterator[Change]:
    """Numbers of one changed stretch: those that are the same in another writing first, the rest in their order."""
    for one in list(was):
        same = next((w for w in now if same_amount((old.text(one.cell), one), (new.text(w.cell), w))), None)
        if same:
            was.remove(one)
            now.remove(same)
            before, after = amount(old.text(one.cell), one), amount(new.text(same.cell), same)
            if before != after:
                yield Change("rewritten", before, after, one, same)
            said, says = bearing(old.text(one.cell), one), bearing(new.text(same.cell), same)
            if said[:3] != says[:3]:
                yield Change("altered", before, after, one, same, "数换了写法，升降或约数的词改了")
    for one, other in zip(was, now, strict=False):
        yield Change(
            "altered", amount(old.text(one.cell), one), amount(new.text(other.cell), other), one, other
        )
    for one in was[len(now) :]:
        yield Change("removed", amount(old.text(one.cell), one), "", one)
    for other in now[len(was) :]:
        yield Change("added", "", amount(new.text(other.cell), other), None, other)


def _joined(numbers: list[Change], citations: list[Change]) -> list[Change]:
    """Both, where a number that came in for a citation, or the other way round, is that citation altered."""
    for lost, came in (("citation_removed", "added"), ("removed", "citation_added")):
        was = next((c for c in (*numbers, *citations) if c.kind == lost), None)
        now = next((c for c in (*numbers, *citations) if c.kind == came), None)
        if was and now:
            numbers = [c for c in numbers if c not in (was, now)]
            citations = [c for c in citations if c not in (was, now)]
            citations.append(Change("citation_altered", was.was, now.now, was.old, now.new))
    return numbers + citations


def _citations(left: Sequence[Word], right: Sequence[Word]) -> Iterator[Change]:
    was = [w for w in left if w.sort == "citation"]
    now = [w for w in right if w.sort == "citation"]
    kept = {w.key for w in was} & {w.key for w in now}
    was, now = [w for w in was if w.key not in kept], [w for w in now if w.key not in kept]
    for one, other in zip(was, now, strict=False):
        yield Change("citation_altered", one.key, other.key, one, other)
    for one in was[len(now) :]:
        yield Change("citation_removed", one.key, "", one)
    for other in now[len(was) :]:
        yield Change("citation_added", "", other.key, None, other)
