"""Passages that stand earlier in the same source already."""

from collections.abc import Sequence

from briefings.structure.joining import Passage

LONG = 30
"""Characters from which a passage said twice is no coincidence."""
_PROBE = 80


def unfolded(passages: Sequence[Passage]) -> list[Passage]:
    """``passages`` with one that holds its own text twice cut where the second begins."""
    found: list[Passage] = []
    for passage in passages:
        at = _second(passage.text) if len(passage.text) >= 4 * _PROBE else 0
        first = passage.cut(0, at) if at else None
        second = passage.cut(at, len(passage.text)) if at else None
        if first is not None and second is not None:
            found += [first._replace(hint=passage.hint), second]
        else:
            found.append(passage)
    return found


def _second(text: str) -> int:
    half = len(text) // 2
    at = text.find(text[:_PROBE], half - 2)
    if at < 0 or at > half + 2:
        return 0
    return at if text[at:].strip() == text[:at].strip()[: len(text[at:].strip())] else 0


def marked(passages: Sequence[Passage]) -> list[bool]:
    """For each passage whether it is a repetition: long and said before, or short between two such."""
    seen: set[str] = set()
    said: list[bool] = []
    sure: list[bool] = []
    for passage in passages:
        key = "".join(passage.text.split())
        again = key in seen
        said.append(again)
        sure.append(again and len(key) >= LONG and not passage.cell)
        seen.add(key)
    result = list(sure)
    for i, again in enumerate(said):
        if again and not sure[i]:
            before = i > 0 and result[i - 1]
            after = _next_long(said, sure, i)
            result[i] = (
                (before and after)
                or (after and (i == 0 or not said[i - 1]))
                or (before and i == len(said) - 1)
            )
    return result


def _next_long(said: Sequence[bool], sure: Sequence[bool], i: int) -> bool:
    for j in range(i + 1, min(i + 8, len(said))):
        if sure[j]:
            return True
        if not said[j]:
            return False
    return all(said[i + 1 :]) if len(said) - i <= 8 else False
