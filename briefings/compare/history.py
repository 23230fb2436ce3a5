"""One place through the periods: what can be followed, what breaks off, its own words for its work, what is new and gone."""

import re
from collections.abc import Iterator, Sequence

from briefings.compare.checks import checks
from briefings.compare.comparable import defined, is_part, point
from briefings.compare.series import barred, is_named, series
from briefings.compare.sides import side
from briefings.records.comparison import Pair, Series
from briefings.records.document import Document, Paragraph
from briefings.records.fact import Fact, Kind
from briefings.records.history import History, ThemeCourse, Vanished, Wording
from briefings.records.material import Material
from briefings.records.peers import Side

_ORDER: tuple[Kind, ...] = ("level", "change", "rate", "completion")
_UNRANKED = 99
_FEWEST = 2
_MOST_HEADINGS = 6
_MOST_SLOGANS = 8
_SHORT, _LONG = 6, 28
_SLOGAN = re.compile(r"“([\u4e00-\u9fffA-Za-z0-9、，·+]{2,14})”")
_BASE = re.compile(r"(?:低|高)?基数(?:较低|较高|偏低|偏高|影响|效应|原因)?|翘尾")
_WON = re.compile(r"夺魁|夺冠|夺得|榜首|位列|位居|名列|折桂|拔得头筹")
_ORDINARY = re.compile(
    r"^(?:工作)?(?:情况|回顾|总结|成效|进展|措施|主要做法|工作举措|下一?步.{0,6}|存在.{0,8}|.{0,6}问题.{0,4})$"
)
_SENTENCE = re.compile(r"[^。！？!?；;]+[。！？!?；;]?")


def history(material: Material) -> History:
    """Compare what the order's place says of itself in the order's periods, the earliest first."""
    periods = sorted({d.period.value for d in material.documents if d.period})
    stages = tuple(
        side(p, [d for d in material.documents if d.period and d.period.value == p], material)
        for p in periods
    )
    facts = [f for s in stages for f in s.facts]
    documents = [d for s in stages for d in s.documents]
    lined = _followed(facts, material)
    return History(
        _place(material),
        stages,
        tuple(p for p in material.order.periods if not material.in_period(p)),
        lined,
        tuple(
            p
            for p in barred([f for f in facts if f.status == "actual"], material, across="periods")
            if _worth_telling(p, lined)
        ),
        tuple(f for s in stages for f in s.facts if _is_rank(f, s)),
        _courses(stages),
        tuple(tuple(_headings(s))[:_MOST_HEADINGS] for s in stages),
        _slogans(stages),
        _vanished(stages),
        tuple(s.problems for s in stages),
        tuple(f for f in facts if f.basis == "avg2y" and f.kind == "change" and f.status == "actual"),
        tuple(w for s in stages for d in s.documents for w in _sentences(d, _BASE)),
        tuple(w for s in stages for d in s.documents if d.genre == "ranking" for w in _standing(d)),
        checks(documents, facts, material.sources),
    )


def _place(material: Material) -> str:
    """The place of the order, or of the first document that has one."""
    if material.order.places:
        return material.order.places[0]
    return next((d.place.value for d in material.documents if d.place), "")


def _followed(facts: Sequence[Fact], material: Material) -> tuple[Series, ...]:
    """Series of the whole place with two points or more; headlines first, amounts before growth."""
    found = [
        s for s in series(facts, material, across="periods")
        if s.kind in _ORDER and len(s.points) >= _FEWEST and not is_part(s.points[0]) and is_named(s)
        and len({p.fact.document for p in s.points}) >= _FEWEST
    ]  # fmt: skip
    return tuple(
        sorted(found, key=lambda s: (s.rank or _UNRANKED, s.canonical is None, _ORDER.index(s.kind)))
    )


def _worth_telling(pair: Pair, lined: Sequence[Series]) -> bool:
    """A barred pair that a reader would think of following: the place's own, of a known name, not followed elsewhere."""
    if pair.kind not in _ORDER or pair.barrier is None or pair.canonical is None:
        return False
    if pair.current.fact.status == "target" or pair.barrier.code == "status":
        return False
    return all((s.canonical, s.kind, s.basis) != (pair.canonical, pair.kind, pair.basis) for s in lined)


def _is_rank(fact: Fact, stage: Side) -> bool:
    """A rank that a source states of the whole place."""
    document = next(d for d in stage.documents if d.id == fact.document)
    made = point(fact, document)
    home = document.place.value if document.place else ""
    own = made is not None and not is_part(made) and made.place == home
    return fact.kind == "rank" and fact.status == "actual" and fact.role == "done" and own


def _courses(stages: Sequence[Side]) -> tuple[ThemeCourse, ...]:
    """Measures done by field of work and stage: fields of the last stage first, those with most measures before others."""
    found: dict[str, list[list[str]]] = {}
    for at, stage in enumerate(stages):
        for measure in stage.done:
            if measure.theme:
                found.setdefault(measure.theme, [[] for _ in stages])[at].append(measure.id)
    courses = [ThemeCourse(theme, tuple(map(tuple, ids))) for theme, ids in found.items()]
    return tuple(sorted(courses, key=lambda c: -sum(map(len, c.measures))))


def _headings(stage: Side) -> Iterator[Wording]:
    """The headings under which a stage tells its work, those of the highest level that says something."""
    for document in stage.documents:
        told = [
            s for s in document.sections
            if s.role in ("done", "plan") and _SHORT <= len(s.heading) <= _LONG and not _ORDINARY.search(s.heading)
            and not any(c.isdigit() for c in s.heading)
        ]  # fmt: skip
        if not told:
            continue
        highest = min(s.level for s in told)
        for section in told:
            if section.level == highest:
                yield Wording(document.id, section.heading, section.heading_span)


def _slogans(stages: Sequence[Side]) -> tuple[tuple[Wording, ...], ...]:
    """What each stage puts in quotation marks twice or more, and no other stage says; most often said first."""
    said = [_words(s) for s in stages]
    found = []
    for at, stage in enumerate(stages):
        first: dict[str, Wording] = {}
        count: dict[str, int] = {}
        for document in stage.documents:
            for paragraph in _told(document):
                for match in _SLOGAN.finditer(paragraph.text):
                    name = match[1]
                    count[name] = count.get(name, 0) + 1
                    span = paragraph.span(match.start(1), match.end(1))
                    first.setdefault(name, Wording(document.id, name, span))
        own = [
            name for name, n in count.items()
            if n >= _FEWEST and all(name not in words for n_, words in enumerate(said) if n_ != at)
        ]  # fmt: skip
        own.sort(key=lambda name: -count[name])
        found.append(tuple(first[name] for name in own[:_MOST_SLOGANS]))
    return tuple(found)


def _vanished(stages: Sequence[Side]) -> Vanished:
    """Known indicators that only the first or only the last stage states for the whole place."""
    if len(stages) < _FEWEST:
        return Vanished((), ())
    first, last = _known(stages[0]), _known(stages[-1])
    gone = tuple(f for name, f in first.items() if name not in last)
    return Vanished(gone, tuple(f for name, f in last.items() if name not in first))


def _known(stage: Side) -> dict[str, Fact]:
    """The first number of each indicator that the lexicon knows, best first."""
    found: dict[str, Fact] = {}
    for highlight in stage.highlights:
        fact = highlight.lead
        if fact.canonical and not {"again", "of_an_area"} & set(highlight.reasons):
            found.setdefault(defined(fact), fact)
    return found


def _standing(document: Document) -> tuple[Wording, ...]:
    """The first sentence that tells a standing in words, or names the own place's."""
    return tuple(_sentences(document, _WON))[:1]


def _sentences(document: Document, words: re.Pattern[str]) -> Iterator[Wording]:
    """Sentences of a source that hold ``words``."""
    for paragraph in _told(document):
        for match in _SENTENCE.finditer(paragraph.text):
            if words.search(match[0]):
                text = match[0].strip()
                start = paragraph.text.index(text, match.start())
                yield Wording(document.id, text, paragraph.span(start, start + len(text)))


def _told(document: Document) -> Iterator[Paragraph]:
    return (
        p for p in document.paragraphs
        if p.text and not p.repeated and p.role != "question" and p.kind in ("body", "heading")
    )  # fmt: skip


def _words(stage: Side) -> str:
    return "".join("".join(p.text.split()) for d in stage.documents for p in _told(d))
