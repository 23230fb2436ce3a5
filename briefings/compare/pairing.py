"""Knows documents and facts of one edition again in another."""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from briefings.records.correction import judged
from briefings.records.document import Document
from briefings.records.fact import Fact

T = TypeVar("T")
Pairs = list[tuple[T | None, T | None]]
_FIGURES = re.compile(r"[\d.,，．\s\0]+")


def paired(was: Sequence[T], now: Sequence[T], key: Callable[[T], object] | None = None) -> Pairs[T]:
    """Each of ``was`` with the one of ``now`` that has the same ``key``, in their order; the others alone; all alone without."""
    if key is None:
        return [*((None, other) for other in now), *((one, None) for one in was)]
    waiting: dict[object, list[T]] = defaultdict(list)
    for one in was:
        waiting[key(one)].append(one)
    found: list[tuple[T | None, T | None]] = []
    met: set[int] = set()
    for other in now:
        candidates = waiting[key(other)]
        first = candidates.pop(0) if candidates else None
        met.add(id(first))
        found.append((first, other))
    return found + [(one, None) for one in was if id(one) not in met]


def again(pairs: Pairs[T], key: Callable[[T], object], *, unique: bool = False) -> Pairs[T]:
    """``pairs`` with those that stand alone paired by ``key``; ``unique``: only where one of each side has it."""
    was = [one for one, other in pairs if one is not None and other is None]
    now = [other for one, other in pairs if one is None and other is not None]
    if unique:
        single = _once(was, key) & _once(now, key)
        told = [one for one in was if key(one) not in single]
        left = [other for other in now if key(other) not in single]
        was = [one for one in was if key(one) in single]
        now = [other for other in now if key(other) in single]
    else:
        told, left = [], []
    met = [p for p in pairs if p[0] is not None and p[1] is not None]
    return [*met, *paired(was, now, key), *((one, None) for one in told), *((None, other) for other in left)]


def same_documents(old: Sequence[Document], new: Sequence[Document]) -> Pairs[Document]:
    """The documents of both editions, paired: the same bytes, or one issuer, period and title, or the only ones of both.

    In the order of ``new``; those that are gone at the end.
    """
    pairs = paired(old, new, lambda d: d.id)
    pairs = again(pairs, lambda d: (d.sha256, d.span.start))
    pairs = again(pairs, lambda d: (*_home(d), d.title.value), unique=True)
    pairs = again(pairs, lambda d: _home(d) if d.issuer else d.id, unique=True)
    order = {d.id: n for n, d in enumerate(new)}
    return sorted(pairs, key=lambda p: order[p[1].id] if p[1] else len(order))


def facts_of_one_source(
    was: Sequence[Fact], now: Sequence[Fact], _was_texts: Mapping[str, str], _texts: Mapping[str, str]
) -> Pairs[Fact]:
    """The facts of the same bytes, paired by their place; a place may have grown or shrunk."""
    pairs = paired(was, now, lambda f: f.id)
    pairs = again(pairs, lambda f: (f.start, f.end))
    pairs = again(pairs, lambda f: f.start)
    pairs = again(pairs, lambda f: f.end)
    return _in_order(pairs)


def facts_of_versions(
    was: Sequence[Fact], now: Sequence[Fact], was_texts: Mapping[str, str], texts: Mapping[str, str]
) -> Pairs[Fact]:
    """The facts of two versions of a document, paired: all the same, the same sentence but for figures, the same thing said once."""
    frames = {**_frames(was, was_texts), **_frames(now, texts)}
    pairs = paired(was, now, lambda f: (judged(f), frames[f.document, f.id]))
    pairs = again(pairs, judged)
    pairs = again(pairs, lambda f: (f.kind, frames[f.document, f.id]))
    pairs = again(pairs, _thing, unique=True)
    return _in_order(pairs)


def _once(items: Sequence[T], key: Callable[[T], object]) -> set[object]:
    seen: dict[object, int] = defaultdict(int)
    for item in items:
        seen[key(item)] += 1
    return {k for k, n in seen.items() if n == 1}


def _home(document: Document) -> tuple[str, str, str]:
    issuer = document.issuer.value if document.issuer else ""
    return issuer, document.period.value if document.period else "", document.genre


def _thing(fact: Fact) -> tuple[object, ...]:
    """What is measured, apart from how much."""
    return (fact.canonical or fact.indicator, fact.kind, fact.scope, fact.period, fact.basis, fact.status)


def _frames(facts: Sequence[Fact], texts: Mapping[str, str]) -> dict[tuple[str, str], tuple[str, int]]:
    """By document and id the fact's sentence without figures, and which of its numbers the fact is."""
    found: dict[tuple[str, str], tuple[str, int]] = {}
    at: dict[tuple[str, int], int] = defaultdict(int)
    for fact in facts:
        sha = fact.document.rpartition("-")[0]
        text = next((t for s, t in texts.items() if s.startswith(sha)), "")
        frame = _FIGURES.sub("", text[fact.sentence.start : fact.sentence.end])
        place = (fact.document, fact.sentence.start)
        found[fact.document, fact.id] = (frame, at[place])
        at[place] += 1
    return found


def _in_order(pairs: Pairs[Fact]) -> Pairs[Fact]:
    """In the order of the new text, what is gone at its old place."""
    return sorted(pairs, key=lambda p: p[1].start if p[1] else p[0].start if p[0] else 0)
