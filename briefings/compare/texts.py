"""Which measures of one period are found again in the next: the same words, nearly the same, or the same matter."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from briefings.compare import wording
from briefings.records.comparison import TextChanges, TextMatch
from briefings.records.fact import Measure

Likeness = Literal["same", "near", "matter"]
_ORDER: tuple[Likeness, ...] = ("same", "near", "matter")

SAME = 95.0
NEAR = 70.0
_INSIDE = 90.0
_HEADS = 85.0
_HEADED = 55.0
_LEAST_HEAD = 4
_LEAST_NEAR = 8
_LEAST_NAME = 6
_LEAST_QUOTED = 3
_LONG_NAME = 8
_STATISTIC = re.compile("增长|下降|同比|环比|高于|低于|比重|增加值|占|增速|总额|投资额|固定资产投资")
_LEAST_CONTENT = 2
_WIDELY_USED = 3
_SPEAKS_OF = 0.25
_UNLIKE = 8
_SHORT = 100
_KINDS_OF_PLACES = "区县市镇乡村街路桥线站港湾河湖岛山厂校院馆园号期届次年季"


@dataclass(frozen=True, slots=True)
class Said:
    """A text as it is held against others: ``clean`` for its wording, ``content`` for its matter, names and numbers."""

    clean: str
    content: str
    head: str
    names: frozenset[str]
    serials: frozenset[str]
    pieces: tuple[str, ...]
    grams: frozenset[str]

    @classmethod
    def of(cls, text: str, headline: str = "") -> "Said":
        """``text`` laid bare; ``headline`` are the words that name it."""
        pieces = wording.pieces(text)
        grams = (p[i : i + _LEAST_NAME] for p in pieces for i in range(len(p) - _LEAST_NAME + 1))
        return cls(
            wording.cleaned(text),
            wording.content(text),
            wording.content(headline),
            wording.names(text),
            wording.serials(text),
            pieces,
            frozenset(grams),
        )


def match(prior: Sequence[Measure], current: Sequence[Measure]) -> TextChanges:
    """Kept, new and gone among measures of two periods, each with at most one of the other side, the likest first.

    Measures that are formula through and through (贯彻落实…决策部署) are none of the three.
    """
    before = [(m, Said.of(m.text, m.headline)) for m in prior if not is_formula(m.text)]
    after = [(m, Said.of(m.text, m.headline)) for m in current if not is_formula(m.text)]
    common = widely_used([s for _, s in before]) | widely_used([s for _, s in after])
    found: list[tuple[tuple[int, float, int], int, int, TextMatch]] = []
    for i, (old, one) in enumerate(before):
        for j, (new, other) in enumerate(after):
            alike = likeness(one, other, common)
            if alike:
                kind, score, shared = alike
                order = (_ORDER.index(kind), -score, abs(i - j))
                found.append((order, i, j, TextMatch(old, new, round(score, 1), kind, shared)))
    found.sort(key=lambda f: (f[0], f[1], f[2]))
    kept: list[tuple[int, int, TextMatch]] = []
    for wanted in (_both_free, _one_free):
        for _, i, j, pair in found:
            if wanted(i in {k[0] for k in kept}, j in {k[1] for k in kept}):
                kept.append((i, j, pair))
    return TextChanges(
        kept=tuple(pair for _, _, pair in sorted(kept, key=lambda k: k[:2])),
        new=tuple(m for j, (m, _) in enumerate(after) if j not in {k[1] for k in kept}),
        gone=tuple(m for i, (m, _) in enumerate(before) if i not in {k[0] for k in kept}),
    )


def _both_free(prior: bool, current: bool) -> bool:
    return not prior and not current


def _one_free(prior: bool, current: bool) -> bool:
    """A measure that two of the other period share is not new in the second of them, and not gone from it."""
    return not (prior and current)


def is_formula(text: str) -> bool:
    """Whether a text names no matter at all once formula and stock words are taken away."""
    return len(wording.content(text)) < _LEAST_CONTENT


def likeness(
    one: Said, other: Said, common: frozenset[str] = frozenset()
) -> tuple[Likeness, float, str] | None:
    """How two texts are alike, how much from 0 to 100, and the name they share; None where their matters differ.

    ``common`` are names that too many texts of a side use to tell one matter from another.
    """
    from rapidfuzz import fuzz

    if one.clean == other.clean:
        return "same", 100.0, ""
    if contradict(one, other):
        return None
    whole = fuzz.ratio(one.clean, other.clean)
    matter = fuzz.ratio(one.content, other.content)
    short, long = sorted((one.content, other.content), key=len)
    part = fuzz.partial_ratio(short, long) if len(short) >= _LEAST_NEAR else 0.0
    heads = fuzz.ratio(one.head, other.head) if min(len(one.head), len(other.head)) >= _LEAST_HEAD else 0.0
    if whole >= NEAR and _differ_in_name(one.clean, other.clean):
        return None
    if max(whole, part, heads) >= NEAR:
        if whole >= SAME:
            return "same", whole, ""
        if min(whole, matter) >= NEAR and min(len(one.clean), len(other.clean)) >= _LEAST_NEAR:
            return "near", min(whole, matter), ""
        if part >= _INSIDE and 3 * len(short) >= len(long):
            return "near", NEAR + (part - _INSIDE) / 2, ""
        if heads >= _HEADS and max(whole, part) >= _HEADED:
            return "near", max(whole, part, NEAR), ""
    for shared in shared_names(one, other, common):
        if (_speaks_of(one, shared) and _speaks_of(other, shared)) or len(shared) >= _LONG_NAME:
            return "matter", max(whole, matter, min(part, NEAR)), shared
    return None


def shared_names(one: Said, other: Said, common: frozenset[str] = frozenset()) -> tuple[str, ...]:
    """The names that both texts use, the longest first: titles, quoted names, long nouns; no names of indicators."""
    quoted = (n for n in one.names & other.names if len(n) >= _LEAST_QUOTED and n not in common)
    nouns = (
        noun
        for run in _runs(one.grams, other.grams, other.pieces)
        if len(noun := _noun(run)) >= _LEAST_NAME
        and not any(noun in c or c in noun for c in common)
        and not _STATISTIC.search(noun)
    )
    return tuple(sorted({*quoted, *nouns}, key=lambda n: (-len(n), n)))


def _runs(one: frozenset[str], other: frozenset[str], pieces: Sequence[str]) -> Iterator[str]:
    """The longest runs of characters in ``pieces`` whose every six characters stand in both texts."""
    shared = one & other
    if not shared:
        return
    for piece in pieces:
        start = -1
        for at in range(len(piece) - _LEAST_NAME + 2):
            if piece[at : at + _LEAST_NAME] in shared:
                start = at if start < 0 else start
            elif start >= 0:
                yield piece[start : at + _LEAST_NAME - 1]
                start = -1


def widely_used(texts: Iterable[Said]) -> frozenset[str]:
    """Names that three or more texts of one side use: 新旧动能转换 is a field of work there, not a matter."""
    counted: Counter[str] = Counter()
    for said in texts:
        counted.update(said.names)
        counted.update(said.grams)
    return frozenset(name for name, n in counted.items() if n >= _WIDELY_USED)


def contradict(one: Said, other: Said) -> bool:
    """Whether two short texts number the same kind of thing differently throughout: line 1 is not line 2."""
    if max(len(one.clean), len(other.clean)) > _SHORT:
        return False
    kinds = {_kind(s) for s in one.serials} & {_kind(s) for s in other.serials}
    return any(
        not {s for s in one.serials if _kind(s) == k} & {s for s in other.serials if _kind(s) == k}
        for k in kinds
    )


def _kind(serial: str) -> str:
    """号线 of 1号线."""
    return serial.lstrip("一二三四五六七八九十百0123456789")


def _differ_in_name(one: str, other: str) -> bool:
    """Whether the same sentence is said of two places or things: what differs stands right before 区, 路, 线 …"""
    from rapidfuzz.distance import Levenshtein

    for step in Levenshtein.opcodes(one, other):
        if step.tag != "replace":
            continue
        after = one[step.src_end : step.src_end + 1]
        changed = one[step.src_start : step.src_end], other[step.dest_start : step.dest_end]
        short = all(0 < len(c) <= _UNLIKE and not _is_number(c) for c in changed)
        if short and (
            (after and after in _KINDS_OF_PLACES) or all(c[-1] in _KINDS_OF_PLACES for c in changed)
        ):
            return True
    return False


def _is_number(text: str) -> bool:
    return all(c.isdigit() or c in ".%" for c in text)


def _speaks_of(said: Said, name: str) -> bool:
    """Whether the matter is what the text is about: it or its head word in the headline, or a good part of the text."""
    bare = wording.content(name) or name
    headed = bare in said.head or (len(said.head) >= _LEAST_HEAD and said.head in bare)
    return headed or len(bare) >= _SPEAKS_OF * len(said.content)


def _noun(run: str) -> str:
    """A shared run of characters without the stock words at its ends; "" where it is stock or a number through and through."""
    stock = wording.lexicon().stock
    while run and (found := stock.match(run)):
        run = run[found.end() :]
    for ending in _endings(run):
        run = run.removesuffix(ending)
    return run if len(wording.content(run)) >= _LEAST_NAME - 2 else ""


def _endings(run: str) -> Iterator[str]:
    for length in (4, 3, 2, 1):
        if wording.lexicon().stock.fullmatch(run[-length:]):
            yield run[-length:]
