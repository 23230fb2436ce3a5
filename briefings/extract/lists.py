"""A name that is a list of names: what they share, before and after, is given to each."""

import re

from briefings.extract.names import Name
from briefings.extract.words import any_of

_MEASURE_END = re.compile(any_of("measures") + "$")
_PREFIX = re.compile(
    r"国内|入境|限额以上|限上|规模以上|规上|对|国家级?|农村|城镇|新增|职工|每千人|每百户|全社会|民营|国有|其他|争取"
)
_SIZE = re.compile("限|规")
_COMPRESSED = {
    "存贷款": ("存款", "贷款"),
    "城乡居民": ("城镇居民", "农村居民"),
    "城乡低保": ("城市低保", "农村低保"),
    "产销量": ("产量", "销量"),
    "进出口额": ("进口额", "出口额"),
    "进出口总额": ("进口总额", "出口总额"),
}
_ANY = re.compile(r"、|和|与|以及|及(?!其)")
_STRICT = re.compile(r"、")
_TOTAL = re.compile(r"(?:预期|总体|全年)*(?:目标|任务|指标|数值|总量|规模)$")


def several(text: str, name: Name, count: int) -> list[Name] | None:
    """``name`` as a list of ``count`` names; None when it is no such list."""
    if len(name.pieces) > 2 or name.added:
        return None
    start, end = name.pieces[0]
    tail = name.pieces[1:]
    if tail and not _ANY.search(text, start, end):
        start, end = tail[0]
        tail = ()
    for pattern in (_ANY, _STRICT):
        parts = _parts(text, start, end, pattern)
        if len(parts) == count:
            return _shared(text, parts, tail)
    if count == 2:
        return _compressed(text, start, end)
    return None


def _parts(text: str, start: int, end: int, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    parts, at, depth, position = [], start, 0, start
    while position < end:
        depth += (text[position] in "“(") - (text[position] in "”)")
        if depth <= 0 and (mark := pattern.match(text, position, end)):
            if mark.start() > at:
                parts.append((at, mark.start()))
            position = at = mark.end()
            continue
        position += 1
    if end > at:
        parts.append((at, end))
    return parts


def _shared(text: str, parts: list[tuple[int, int]], tail: tuple[tuple[int, int], ...]) -> list[Name]:
    first, last = parts[0], parts[-1]
    if (total := _TOTAL.search(text, *last)) and total.start() > last[0] + 1:
        last = parts[-1] = (last[0], total.start())
    suffix, stem = tail, last
    if not tail and (found := _MEASURE_END.search(text, *last)) and found.start() > last[0]:
        suffix, stem = (found.span(),), (last[0], found.start())
    if (etc := text.find("等", *stem)) > stem[0]:
        stem = (stem[0], etc)
    prefix: tuple[tuple[int, int], ...] = ()
    lacking = bool(tail or (suffix and not _MEASURE_END.search(text, *first)))
    found = _PREFIX.match(text, *first)
    if found and found.end() < first[1] and (lacking or not _SIZE.match(found[0])):
        prefix = (found.span(),)
    names = []
    for part in parts:
        pieces: tuple[tuple[int, int], ...] = (part,)
        if part == last:
            pieces = (stem, *suffix) if suffix else (last,)
        elif suffix and (tail or not _MEASURE_END.search(text, *part)):
            pieces = (part, *suffix)
        if prefix and part != first and not _PREFIX.match(text, *part):
            pieces = (*prefix, *pieces)
        names.append(Name(pieces))
    return names


def _compressed(text: str, start: int, end: int) -> list[Name] | None:
    for word, (one, two) in _COMPRESSED.items():
        at = text.find(word, start, end)
        if at >= 0:
            before, after = text[start:at], text[at + len(word) : end]
            pieces = ((start, end),)
            return [Name(pieces, literal=before + one + after), Name(pieces, literal=before + two + after)]
    return None
