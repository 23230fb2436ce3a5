"""The words that name what is measured: a noun phrase beside the number, cut by rules, with its place."""

import re
from dataclasses import dataclass

from briefings.extract.periods import TIME
from briefings.extract.words import any_of, cues, either

_PLACE = r"(?:[\u4e00-\u9fff]{2,3}(?:省|市|区|县|州|旗)(?![场政委级直民社域内外容区属长上化里外际]))"
SCOPE = rf"(?:{any_of('scopes')}(?![社委]))"
_LEAD = re.compile(
    rf"(?:[\s、,，()。:;“]*(?:{TIME}|其中|同时|此外|另外|另有|特别是|尤其是|一方面|另一方面|比如|例如|如|据统计|据了解|今后|以|以及|并|且|而|但|则|从|到|至|在|于|对于|和|与|及|现|已|也|还|又|再|仅|预计|力争|确保|使得?|使|年度?内?|的|份|期间|时期|末|底|以来|累计|共计?|合计|总计|一共|总共|分别|均|先后|成功|陆续|率先|持续|全面|继续|进一步|不断|扎实|积极|深入|全力|加快|目前|现有|约|近|超过?|达到?|为|了))"
)
_SPACE = re.compile(r"[\s、,，:()“”]+")
_SCOPE_LEAD = re.compile(rf"(?:{SCOPE}|{_PLACE})(?:的)?")
_LIGHT_LEAD = re.compile(
    rf"(?:{either(['实现', '完成', '达到', '拥有', '获得', '取得', '现有', '共有', '已有', '达成', '形成', '有', '占有', '录得', '落实好'])})(?!率|度|量)(?:了)?"
)
TAIL = re.compile(
    r"(?:分别|各自|均|都|也|已|又|还|仅|只|约|近|为|是|有|共|共有|共计|合计|总计|累计|达到?了?|高达|超过?|突破|接近|了|将|再|各|稳定在|保持在|控制在|维持在|稳定|低至|大约|[:\s“,，]|的|等|同样|可|总量|数量(?=达))+$"
)
_SPLIT_VERB = re.compile(
    r"(?:累计|共|已|实际|全年|分别)*(?:实现|完成|达成|运营|开展)(?!率|度|额|量|时)(?:了)?"
)
_ORG = re.compile(any_of("org_suffixes") + "$")
_PREDICATE = re.compile(any_of("predicates"))
_POSTPOSED = re.compile(r"\s?" + any_of("postposed"))
_BARE = frozenset(cues("bare"))
_GENERIC = frozenset(cues("generic"))
_MEASURE_END = re.compile(any_of("measures") + "$")
_VERB_END = re.compile(any_of("verbs", "light") + "(?:了|着|过)?$")
_VERB_START = re.compile(any_of("verbs"))
_PREFIX = re.compile(
    r"限额以上|限上|规模以上|规上|对|国家级?|农村|城镇|新增|职工|每千人|每百户|全社会|民营|国有|其他"
)
_COMPRESSED = {
    "存贷款": ("存款", "贷款"),
    "产销量": ("产量", "销量"),
    "进出口额": ("进口额", "出口额"),
    "供销量": ("供量", "销量"),
}
_LONGEST = 16


@dataclass(frozen=True, slots=True)
class Name:
    """A name made of pieces of the line, with what is added to it in our words (``增速``)."""

    pieces: tuple[tuple[int, int], ...]
    added: str = ""
    literal: str = ""

    def text(self, line: str) -> str:
        """The name's words."""
        words = self.literal or "".join(line[a:b] for a, b in self.pieces)
        return "".join(words.split()) + self.added

    def plus(self, other: "Name") -> "Name":
        """This name followed by ``other``."""
        literal = self.literal + other.literal if self.literal and other.literal else ""
        return Name(self.pieces + other.pieces, other.added, literal)

    def grown(self, added: str) -> "Name":
        """This name with ``added`` after it, once."""
        return self if self.added.endswith(added) else Name(self.pieces, self.added + added, self.literal)


@dataclass(frozen=True, slots=True)
class Own:
    """What a number's own clause says before it: a name, a scope, or neither."""

    name: Name | None = None
    scope: tuple[int, int] | None = None


def own(text: str, start: int, end: int) -> Own:
    """The name that ``text[start:end]``, the words before a number's cue, gives; and the scope if it says one."""
    start, end = _after_time(text, start, end)
    scope: tuple[int, int] | None = None
    changed = True
    while changed and start < end:
        changed = False
        if space := _SPACE.match(text, start, end):
            start, changed = space.end(), True
        if lead := _LEAD.match(text, start, end):
            if lead.end() <= end and not _cuts_word(text, lead, end):
                start, changed = lead.end(), True
                continue
        if place := _SCOPE_LEAD.match(text, start, end):
            scope = (place.start(), place.end() - (text[place.end() - 1] == "的"))
            start, changed = place.end(), True
            continue
        if light := _LIGHT_LEAD.match(text, start, end):
            start, changed = light.end(), True
    end = _rstrip(text, start, end)
    if start >= end:
        return Own(None, scope)
    return _split(text, start, end, scope)


def _cuts_word(text: str, lead: re.Match[str], end: int) -> bool:
    """One-character leads are words only when what follows can stand alone (在校生, 对外贸易, 从业人员)."""
    word = text[lead.start() : lead.end()].lstrip("、, ")
    after = text[lead.end() : min(end, lead.end() + 2)]
    if word.endswith(("在", "对", "从", "以", "如", "使", "现", "共", "再", "近", "为", "到", "期间", "均")):
        return (
            after[:1]
            in (
                "校",
                "外",
                "业",
                "上",
                "建",
                "用",
                "金",
                "意",
                "同",
                "产",
                "生",
                "海",
                "岗",
                "册",
                "孵",
                "园",
                "贫",
                "内",
                "谈",
                "线",
                "账",
                "位",
                "价",
                "农",
                "民",
            )
            or len(after) < 2
        )
    if word.endswith(("加快", "持续", "继续", "落实")):
        return len(after) < 2
    return False


def _after_time(text: str, start: int, end: int) -> tuple[int, int]:
    last = None
    for found in _TIME.finditer(text, start, end):
        if any(c.isdigit() or c in "年月季半末初底前期" for c in found[0]):
            last = found
    if last is None:
        return start, end
    if text[last.end() : end].strip(" ,、:的“”累计共实现份") == "":
        return (start, last.start()) if last.start() - start >= 2 else (last.end(), end)
    return last.end(), end


_TIME = re.compile(TIME)


def _rstrip(text: str, start: int, end: int) -> int:
    while end > start and (text[end - 1] in " \t、,，:“的了(" or text[end - 1] == "）"):
        end -= 1
    return end


def _split(text: str, start: int, end: int, scope: tuple[int, int] | None) -> Own:
    """Part a subject from its object (青岛机场|完成|航班起降) and shorten what is too long to be a name."""
    verb = None
    for verb in _SPLIT_VERB.finditer(text, start + 2, end):
        pass
    if verb and end - verb.end() >= 2:
        subject_end = _rstrip(text, start, verb.start())
        if _ORG.search(text, start, subject_end) or subject_end - start > _LONGEST:
            subject = _shorten(text, start, subject_end)
            return Own(Name((_shorten(text, verb.end(), end),)), scope or subject)
        return Own(Name((_shorten(text, start, subject_end), (verb.end(), end))), scope)
    if verb and end == verb.end():
        end = verb.start()
    return Own(Name((_shorten(text, start, end),)), scope)


def _shorten(text: str, start: int, end: int) -> tuple[int, int]:
    if end - start <= _LONGEST:
        return start, end
    of = text.rfind("的", start, end - 3)
    if of >= start and "“" not in text[of:end]:
        start = of + 1
    if end - start > _LONGEST:
        cut = start
        for verb in _VERB_START.finditer(text, start, end - 4):
            cut = verb.start()
        start = cut
    if end - start > 40:
        start = max(start, text.rfind("、", start, end - 4) + 1, end - 40)
    return start, end


def ends_with_verb(text: str, start: int, end: int) -> bool:
    """Whether the words before a number end with a verb that takes it as its object, or are none at all."""
    end = _rstrip(text, start, end)
    return end <= start or bool(_VERB_END.search(text, max(start, end - 8), end))


def following(text: str, start: int, end: int, cut_by_number: bool) -> Name | None:
    """The noun phrase that begins right after a number's unit, or None where what follows is no noun."""
    while start < end and text[start] in " 的":
        start += 1
    while (
        end > start
        and text[end - 1] in " 、,和与及”"
        and not (text[end - 1] == "”" and "“" in text[start:end])
    ):
        end -= 1
    if end - start < 1 or _POSTPOSED.match(text, start, end) or not _WORD.match(text, start):
        return None
    stop = _noun_end(text, start, end)
    noun = text[start:stop]
    if noun in _BARE or (len(noun) <= 2 and stop < end):
        stop = end
        listed = text.find("、", start + 4, end)
        if listed > 0:
            stop = listed
        if stop - start > 26:
            stop = start + 26
    return Name(((start, _rstrip(text, start, stop)),))


_WORD = re.compile(r"[\u4e00-\u9fffA-Za-z“《(]")


def _noun_end(text: str, start: int, end: int) -> int:
    stop = end
    quote = text.find("”", start, end) + 1 if text[start] == "“" else start
    if predicate := _PREDICATE.search(text, max(start + 1, quote), end):
        stop = predicate.start()
    if (listed := text.find("、", start + 2, stop)) > 0:
        stop = listed
    if stop - start > 26:
        stop = start + 26
    return stop


def starts_with_verb(text: str, start: int, end: int) -> bool:
    """Whether the words after a number go on with a verb."""
    while start < end and text[start] in " 的":
        start += 1
    return bool(_VERB_START.match(text, start, end) or _PREDICATE.match(text, start, end))


def is_generic(words: str) -> bool:
    """Whether a name is too general to stand without the thing it is said of."""
    return words in _GENERIC


def verb_before(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The 新增/改造-like verb right before a number, which belongs to the name of what is counted."""
    if found := _KEPT_VERB.search(text, max(start, end - 8), end):
        return found.span()
    return None


_KEPT_VERB = re.compile(
    r"(?:新增|新建|新设立?|新认定|新登记|新签约|新开工|新引进|净增|改造|完成改造|开工改造|接管|减少|增加|压减|减免|新培育|新改扩建|新入库|发放|办理|资助|培训)(?:了)?$"
)


def several(text: str, name: Name, count: int) -> list[Name] | None:
    """``name`` as a list of ``count`` names, what they share given to each; None when it is no such list."""
    if len(name.pieces) > 2 or name.added:
        return None
    start, end = name.pieces[0]
    tail: tuple[tuple[int, int], ...] = name.pieces[1:]
    if tail and not re.search(r"[、和与及]", text[start:end]):
        start, end = tail[0]
        tail = ()
    for pattern in (_LISTED, _LISTED_STRICT):
        parts = _parts(text, start, end, pattern)
        if len(parts) == count:
            return _shared(text, parts, tail)
    if count == 2 and (pair := _compressed(text, start, end)):
        return list(pair)
    return None


_LISTED = re.compile(r"、|和|与|以及|及(?!其)")
_LISTED_STRICT = re.compile(r"、")


def _parts(text: str, start: int, end: int, pattern: re.Pattern[str]) -> list[tuple[int, int]]:
    parts, at, depth = [], start, 0
    position = start
    while position < end:
        char = text[position]
        depth += (char in "“(") - (char in "”)")
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
    suffix: tuple[tuple[int, int], ...] = tail
    last_stem = last
    if not tail and (found := _MEASURE_END.search(text, *last)):
        if found.start() > last[0]:
            suffix = (found.span(),)
            last_stem = (last[0], found.start())
        else:
            last_stem = last
    if (etc := text.find("等", *last_stem)) > last_stem[0]:
        last_stem = (last_stem[0], etc)
    prefix: tuple[tuple[int, int], ...] = ()
    if (found := _PREFIX.match(text, *first)) and found.end() < first[1]:
        prefix = (found.span(),)
    names = []
    for part in parts:
        if part == last:
            pieces = (last_stem, *suffix) if suffix else (last,)
        elif suffix and (tail or not _MEASURE_END.search(text, *part)):
            pieces = (part, *suffix)
        else:
            pieces = (part,)
        if prefix and part != first and not _PREFIX.match(text, *part):
            pieces = (*prefix, *pieces)
        names.append(Name(pieces))
    return names


def _compressed(text: str, start: int, end: int) -> tuple[Name, Name] | None:
    for word, (one, two) in _COMPRESSED.items():
        at = text.find(word, start, end)
        if at >= 0:
            before, after = text[start:at], text[at + len(word) : end]
            pieces = ((start, end),)
            return Name(pieces, literal=before + one + after), Name(pieces, literal=before + two + after)
    return None


def without_share(text: str, name: Name) -> Name:
    """The thing whose share a name says: “四新”经济投资占比 → “四新”经济投资."""
    start, end = name.pieces[-1]
    if (found := _SHARE_END.search(text, start, end)) and (found.start() > start or len(name.pieces) > 1):
        pieces = name.pieces[:-1] + (((start, found.start()),) if found.start() > start else ())
        return Name(pieces)
    return name


_SHARE_END = re.compile(r"占(?:比|[^占]{1,20}(?:比重|比例|份额)?)$")
