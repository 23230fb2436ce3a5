"""What places do, by field of work: the most telling sentence of each measure, and names that only one of them uses.

A sentence tells more the more it says how: a named instrument (“首席服务专员”制度) that no other side names, any named
instrument, a word of setting something up (建立, 实行, 搭建 …), a number.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from briefings.compare.wording import lexicon
from briefings.records.document import Document, Paragraph, Span
from briefings.records.fact import Fact, Measure
from briefings.records.indicator import Theme
from briefings.records.peers import Borrowing, Practice, Side

_MOST_A_SIDE = 2
_SHORTEST = 10
_MOST_BORROWINGS = 5
_SHORTEST_NAME = 3
_LIKE = 0.6
_SENTENCE = re.compile(r"[^。！？!?；;]+[。！？!?；;]?[”’』」）)]*")
_LEAD_IN = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}(?:是要?|要)|第?[一二三四五六七八九十]{1,3}[、，,]|[（(][一二三四五六七八九十\d]{1,3}[)）]"
    r"|\d{1,2}[.．、](?!\d)|同时[，,]|此外[，,]|另外[，,]|另一方面[，,]|一方面[，,]?|对此[，,]|为此[，,]|其中[，,])\s*"
)
_SPEAKER = re.compile(r"[\u4e00-\u9fff·]{2,4}[:：]")
_COURTESY = re.compile(
    r"谢谢|感谢|下面[，,]?|我(?:来|和大家|简要|给大家)|回答|这位记者|欢迎|大家好|介绍一下|赘述"
)
_DOING = re.compile(
    r"建立|实行|推行|搭建|组建|设立|开发|打造|推出|成立|制定|出台|开通|启动|举办|开展|发布|落实|推进|实施|创新|发放|引导|整合|编制"
)
_SETTING_UP = (
    "建立", "实行", "推行", "搭建", "组建", "设立", "开发", "打造", "推出", "成立", "启动", "创新", "创设", "开通", "实施", "发起", "开展", "举办", "启用", "引入",
)  # fmt: skip
_SET_UP = re.compile(rf"(?:{'|'.join(_SETTING_UP)})(?:了|起)?[\u4e00-\u9fff“《]{{3}}")
_NAMED = re.compile(r"“([^“”]{2,14})”")
_NEAR = 8
"""Characters before a name in which something is said to be set up under it."""


@dataclass(frozen=True, slots=True)
class _Sentence:
    measure: Measure
    names: tuple[tuple[str, Span], ...]
    score: int


def practices(
    sides: Sequence[Side], themes: Sequence[Theme], told: Sequence[Borrowing] = ()
) -> tuple[Practice, ...]:
    """Fields of work in which a side says what it did: those most sides speak of first, then those said most of.

    ``told`` are borrowings whose sentences are left out, because they are quoted on their own.
    """
    texts = [words(s) for s in sides]
    quoted = {(b.measure.document, b.measure.span) for b in told}
    said: dict[str, list[list[_Sentence]]] = {}
    for at, side in enumerate(sides):
        others = [t for n, t in enumerate(texts) if n != at]
        for measure, document in _done(side):
            for found in _sentences(measure, document, side.facts, others, themes):
                field = found.measure.theme
                if field and found.score and (document.id, found.measure.span) not in quoted:
                    said.setdefault(field, [[] for _ in sides])[at].append(found)
    made = [(sum(map(len, s)), Practice(theme, tuple(map(_best, s)))) for theme, s in said.items()]
    return tuple(p for _, p in sorted(made, key=lambda m: (-m[1].speakers, -m[0])))


def borrowings(sides: Sequence[Side], themes: Sequence[Theme]) -> tuple[Borrowing, ...]:
    """What the other places set up under a name that does not stand in the own place's documents.

    Fields in which the own place names nothing come first, then sentences that say most, then the order of the text.
    """
    own = words(sides[0])
    fields = {
        s.measure.theme
        for measure, document in _done(sides[0])
        for s in _sentences(measure, document, sides[0].facts, [], themes)
    }
    found: list[tuple[bool, int, Borrowing]] = []
    for at, side in enumerate(sides[1:], 1):
        seen: set[str] = set()
        for measure, document in _done(side):
            for sentence in _sentences(measure, document, side.facts, [own], themes):
                name, span = next((n for n in sentence.names if _unheard(n[0], own)), ("", Span(0, 0)))
                if not name or name in seen:
                    continue
                seen.add(name)
                new = sentence.measure.theme not in fields
                told = Borrowing(at, sentence.measure, span, name, new)
                found.append((not new, -sentence.score, told))
    best = sorted(found, key=lambda f: f[:2])
    return tuple(b for _, _, b in best)[:_MOST_BORROWINGS]


def _unheard(name: str, own: str) -> bool:
    """Whether a name says something and neither it nor most of its pairs of characters stand in ``own``."""
    if (
        any(c.isdigit() for c in name)
        or len(name) < _SHORTEST_NAME
        or name in own
        or name in lexicon().everywhere
    ):
        return False
    pairs = [name[n : n + 2] for n in range(len(name) - 1)]
    return sum(p in own for p in pairs) <= len(pairs) * _LIKE


def words(side: Side) -> str:
    """All words of a side without breaks and blanks."""
    return "".join(
        "".join(p.text.split()) for d in side.documents for p in d.paragraphs if p.role != "question"
    )


def _field(text: str, whole: str | None, themes: Sequence[Theme]) -> str | None:
    """The field of work most of whose cues stand in ``text``; that of the ``whole`` measure has one more, and the last word."""
    hits = {t.key: sum(text.count(c) for c in t.cues) for t in themes}
    if whole in hits:
        hits[whole] += 1
    most = max(hits.values(), default=0)
    best = [key for key, n in hits.items() if most and n == most]
    return whole if whole in best else next(iter(best), whole)


def _done(side: Side) -> Iterator[tuple[Measure, Document]]:
    for review in side.reviews:
        for measure in review.done:
            yield measure, review.document


def _best(sentences: Sequence[_Sentence]) -> tuple[Measure, ...]:
    """The sentences that say most, in the order of the text."""
    best = sorted(sentences, key=lambda s: -s.score)[:_MOST_A_SIDE]
    return tuple(s.measure for s in sentences if s in best)


def _sentences(
    measure: Measure,
    document: Document,
    facts: Sequence[Fact],
    others: Sequence[str],
    themes: Sequence[Theme],
) -> Iterator[_Sentence]:
    for paragraph, start, end in _stretches(measure, document):
        for match in _SENTENCE.finditer(paragraph.text, start, end):
            at, stop = _inside(paragraph.text, match.start(), match.end())
            text = paragraph.text[at:stop]
            if len(text) < _SHORTEST or _COURTESY.search(text) or not _DOING.search(text):
                continue
            span = paragraph.span(at, stop)
            names = tuple(_names(paragraph, at, stop))
            numbers = [f for f in facts if f.document == document.id and span.start <= f.start < span.end]
            new = any(all(n not in o for o in others) for n, _ in names)
            score = 3 * new + 2 * bool(names) + bool(_SET_UP.search(text)) + bool(numbers)
            sentence = replace(
                measure,
                span=span,
                text=text,
                headline="",
                path=(),
                facts=tuple(f.id for f in numbers),
                theme=_field(text, measure.theme, themes),
            )
            yield _Sentence(sentence, names, score)


def _names(paragraph: Paragraph, start: int, end: int) -> Iterator[tuple[str, Span]]:
    """Names in quotation marks with a word of setting something up right before them."""
    for match in _NAMED.finditer(paragraph.text, start, end):
        before = paragraph.text[max(start, match.start() - _NEAR) : match.start()]
        if any(w in before for w in _SETTING_UP):
            yield match[1], paragraph.span(match.start(1), match.end(1))


def _stretches(measure: Measure, document: Document) -> Iterator[tuple[Paragraph, int, int]]:
    """The parts of paragraphs that a measure covers, as offsets in their text."""
    for paragraph in document.paragraphs:
        if not paragraph.text or paragraph.repeated or paragraph.kind in ("cell", "caption"):
            continue
        first, last = paragraph.source_offset(0), paragraph.source_offset(len(paragraph.text) - 1)
        if last < measure.span.start or first >= measure.span.end:
            continue
        start = _offset(paragraph, max(first, measure.span.start))
        end = _offset(paragraph, min(last, measure.span.end - 1)) + 1
        if start < end:
            yield paragraph, start, end


def _offset(paragraph: Paragraph, source: int) -> int:
    """The offset in the paragraph's text of the code point ``source``."""
    piece = max((p for p in paragraph.pieces if p[1] <= source), default=paragraph.pieces[0])
    return min(piece[0] + source - piece[1], len(paragraph.text) - 1)


def _inside(text: str, start: int, end: int) -> tuple[int, int]:
    """A sentence without its numbering, its speaker, the words that lead in to it, and the mark at its end."""
    while (lead := _LEAD_IN.match(text, start, end) or _SPEAKER.match(text, start, end)) and lead.end() < end:
        start = lead.end()
    while end > start and text[end - 1] in "。！？!?；; \t\u3000":
        end -= 1
    while start < end and text[start] in "，, \t\u3000\ufeff":
        start += 1
    return start, end
