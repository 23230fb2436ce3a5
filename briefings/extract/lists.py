"""A name that is a list of names: what they share, before and after, is given to each."""

import re

from briefings.extract.names import Name
from briefings.extract.words import any_of

_MEASURE_END = re.compile(any_of("measures") + "$")
_PREFIX = re.compile(
    r"国内|入境|限额以上|限上|规模以上|规上|对|国家级?|农村|城镇|新增|职工|每千人|每百户|全社会|民营|国有|其他|争取"
)
_MEAN = re.compile(r"(?:平均|年均|月均|日均|人均|累计)$")
_SIZE = re.compile("限|规")
_COMPRESSED = {
    "存贷款": ("存款", "贷款"),
    "城乡居民": ("城镇居民", "农村居民"),
    "城乡低保": ("城市低保", "农村低保"),
    "三次产业": ("第一产业", "第二产业", "第三产业"),
    "三产": ("第一产业", "第二产业", "第三产业"),
    "一二三产业": ("第一产业", "第二产业", "第三产业"),
    "产销量": ("产量", "销量"),
    "进出口额": ("进口额", "出口额"),
    "进出口总额": ("进口总额", "出口总额"),
}
_CATEGORY = re.compile(
    r"职工|居民|城镇|农村|城乡|城市|企业|机关|小学|初中|高中|幼儿园|国有|民营|外资|内资|男性?|女性?|中央|地方|省级|市级|县级|区级|大型|中型|小微|公办|民办|线上|线下|存量|增量|境内|境外|内贸|外贸"
)
_THESE = re.compile(
    r"[两三四五六七八九十\d]+(?:大|个|类|项)?(?P<what>(?:重点|主导|支柱|传统|新兴|优势)?(?:行业|产业|领域|板块|指标|业态|门类)?)$"
)
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
    return _compressed(text, start, end, count)


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
    if (these := _THESE.search(text, *last)) and these.start() > last[0]:
        last = parts[-1] = (last[0], these.start())
        tail = (
            tail or ((these.start("what"), last_end),)
            if (last_end := these.end()) > these.start("what")
            else tail
        )
    if (total := _TOTAL.search(text, *last)) and total.start() > last[0] + 1:
        last = parts[-1] = (last[0], total.start())
    suffix, stem = tail, last
    kind = _CATEGORY.match(text, *last)
    if not tail and kind and kind.end() < last[1] - 2 and _CATEGORY.fullmatch(text, *first):
        suffix, stem = ((kind.end(), last[1]),), kind.span()
    elif not tail and (found := _MEASURE_END.search(text, *last)) and found.start() > last[0]:
        suffix, stem = (found.span(),), (last[0], found.start())
        if (mean := _MEAN.search(text, *stem)) and mean.start() > stem[0]:
            suffix, stem = ((mean.start(), found.end()),), (stem[0], mean.start())
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


def _compressed(text: str, start: int, end: int, count: int) -> list[Name] | None:
    for word, members in _COMPRESSED.items():
        at = text.find(word, start, end) if len(members) == count else -1
        if at >= 0:
            before, after = text[start:at], text[at + len(word) : end]
            return [Name(((start, end),), literal=before + member + after) for member in members]
    return None
