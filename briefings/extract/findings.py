"""All that a document says, drawn together from its paragraphs."""

import hashlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from briefings.extract.layout import may_hold_tables
from briefings.extract.lexicon import Lexicon, default
from briefings.extract.line import Draft
from briefings.extract.measures import measures
from briefings.extract.periods import Frame
from briefings.extract.reader import read
from briefings.extract.spacing import squeezed
from briefings.extract.watch import Watch
from briefings.records.document import Document, Paragraph, Source, Span
from briefings.records.fact import Fact, Findings
from briefings.records.problem import Problem

if TYPE_CHECKING:
    from briefings.extract.tables import Table

_SKIPPED = frozenset(("title", "date", "contents"))
_FLAWS = {
    "distribution_unclear": "并列的数值与名称个数对不上，无法逐一对应，请核对原文。",
    "unit_mismatch": "增减量的单位与所说的指标不一致，原文可能有漏字，请核对。",
    "percent_for_points": "比率的变化用了百分号，可能应为百分点，请核对原文。",
}
_AFTER_INDICATOR = re.compile(
    r"(?:(?:完成|增长|排名|排序|位次|情况|方面|指标|增速|\([^()]*\)|（[^（）]*）)+)$"
)
"""What a heading says after the indicator that its section is about (固定资产投资|完成情况)."""
_SCORED = re.compile(r"[\u4e00-\u9fff]{0,8}(?:得分|总分|总成绩|满意度|指数)")
"""A heading that is itself what places are ranked by (综合得分, 群众满意度)."""
_DIGIT = re.compile(
    r"\d|[二两三四五六七八九十百千][十百千万成倍余多所家座条处台套辆支名场个项户]|百分之|一[半倍]|翻了?[一两三]番"
)
_SENTENCE_END = re.compile(r"[。!?！？\n]")


def find(document: Document, source: Source, lexicon: Lexicon | None = None) -> Findings:
    """The facts and measures of ``document``, whose text is ``source.text``; pure, never raises on any text."""
    lexicon = lexicon or default()
    frame = frame_of(document)
    seen = _tables(document, source, frame)
    rows = tabled(document, seen)
    facts: list[Fact] = []
    for paragraph, here, path in framed(document, frame, lexicon, rows):
        found = drafts(paragraph, here)
        facts += _Told(paragraph, document, source, lexicon, path).facts(found) if found else ()
    if seen:
        # A paragraph that reaches into a table has been read as running text; no number is told twice.
        told = {offset for fact in facts for offset in range(fact.start, fact.end)}
        cells = (fact for table in seen for fact in _of_table(table, document, source, lexicon, frame))
        facts += (fact for fact in cells if told.isdisjoint(range(fact.start, fact.end)))
        facts.sort(key=lambda fact: fact.start)
    whole = tuple(facts)
    return Findings(document.id, whole, measures(document, whole, lexicon), _problems(whole))


def framed(
    document: Document, frame: Frame, lexicon: Lexicon, rows: frozenset[int] = frozenset()
) -> Iterator[tuple[Paragraph, Frame, tuple[str, ...]]]:
    """The paragraphs that the grammar reads, each with the frame its headings set and those headings.

    ``rows`` are the ids of those that lie inside tables and are left out.
    """
    sections = _Sections(document, frame, lexicon)
    opened: Frame | None = None
    chapter: tuple[str, ...] = ()
    for paragraph in document.paragraphs:
        if not is_read(paragraph) or id(paragraph) in rows:
            continue
        path, here = sections.of(paragraph.section)
        if paragraph.role == "plan" and here is frame:
            opened = frame.opened(paragraph.text) or (opened if path[:1] == chapter else None)
            chapter = path[:1]
            here = opened or frame
        yield paragraph, here, path


def frames(document: Document) -> dict[int, Frame]:
    """The frame of each paragraph that the grammar reads, by the paragraph's ``id``."""
    return {id(paragraph): here for paragraph, here, _ in framed(document, frame_of(document), default())}


def _tables(document: Document, source: Source, frame: Frame) -> "tuple[Table, ...]":
    if not may_hold_tables(document, source):
        return ()
    from briefings.extract.tables import tables

    return tables(document, source, frame)


class _Sections:
    """The headings above each section of a document, and the frame that they set; each heading is read once."""

    def __init__(self, document: Document, frame: Frame, lexicon: Lexicon) -> None:
        self.document, self.lexicon = document, lexicon
        self.known: dict[int, tuple[tuple[str, ...], Frame]] = {-1: ((), frame)}

    def of(self, index: int) -> tuple[tuple[str, ...], Frame]:
        """The headings from the top down to the section ``index``, and the frame of what stands in it."""
        if index not in self.known:
            whole = self.known[-1][1]
            section = self.document.sections[index]
            above, frame = self.of(section.parent)
            heading = section.number + section.heading
            here = whole.under(heading) or frame
            said = _AFTER_INDICATOR.sub("", section.heading.strip(" 。:："))
            about = said if self.lexicon.canonical(said) or _SCORED.fullmatch(said) else None
            self.known[index] = (*above, heading), here if here.about == about else here._replace(about=about)
        return self.known[index]


def frame_of(document: Document) -> Frame:
    """What the relative times of ``document`` are measured from."""
    period = document.period
    return Frame.of(
        period.value if period else None,
        document.place.value if document.place else None,
        reviewed=period is not None
        and period.rule in ("reviewed", "report_year")
        and document.genre == "report",
    )


def is_read(paragraph: Paragraph) -> bool:
    """Whether the grammar reads ``paragraph`` at all."""
    skipped = paragraph.repeated or paragraph.kind in _SKIPPED
    return not skipped and _DIGIT.search(paragraph.text) is not None


def drafts(paragraph: Paragraph, frame: Frame, watch: Watch | None = None) -> list[Draft]:
    """What the grammar finds in ``paragraph``, in its coordinates; those of ``watch`` are of the squeezed text."""
    text, offsets = squeezed(paragraph.text)
    found = read(text, frame, paragraph.role == "plan", watch)
    return [_placed(draft, offsets) for draft in found] if offsets else found


def _problems(facts: tuple[Fact, ...]) -> tuple[Problem, ...]:
    """What looks wrong in the text itself: one problem for each sentence and kind of flaw."""
    seen: dict[tuple[str, Span], Problem] = {}
    for fact in facts:
        for flag in fact.flags:
            if flag in _FLAWS:
                problem = Problem(flag, _FLAWS[flag], "extract", "info", fact.start, fact.end)
                seen.setdefault((flag, fact.sentence), problem)
    return tuple(seen.values())


def tabled(document: Document, seen: "Sequence[Table]") -> frozenset[int]:
    """The ids of the paragraphs that lie inside the tables ``seen``, which the grammar leaves alone."""
    starts = [table.span.start for table in seen]
    reach = [0, *accumulate((table.span.end for table in seen), max)]
    return frozenset(
        id(paragraph)
        for paragraph in (document.paragraphs if seen else ())
        if paragraph.text and reach[bisect_right(starts, at := paragraph.pieces[0][1])] > at
    )


def cell(span: Span, document: Document, source: Source) -> Paragraph:
    """The cell at ``span`` as a paragraph of its own, standing where its table stands."""
    home = _home(document, span.start)
    text = source.text[span.start : span.end]
    return Paragraph(text, ((0, span.start),), "cell", home.role, home.section, home.turn)


def _home(document: Document, at: int) -> Paragraph:
    after = bisect_right(document.paragraphs, at, key=lambda paragraph: paragraph.pieces[0][1])
    return document.paragraphs[max(0, after - 1)]


def _of_table(
    table: "Table", document: Document, source: Source, lexicon: Lexicon, frame: Frame
) -> Iterator[Fact]:
    home = _home(document, table.span.start)
    path = document.heading_path(home.section)
    for figure in table.figures:
        span = figure.span
        yield Fact(
            id=identity(source.sha256, span, figure.kind),
            document=document.id,
            start=span.start,
            end=span.end,
            surface=source.text[span.start : span.end],
            kind=figure.kind,
            value=figure.value,
            value_high=figure.high,
            unit=figure.unit,
            indicator=figure.name,
            indicator_spans=figure.pieces,
            canonical=lexicon.canonical(figure.name),
            basis=figure.basis,
            period=figure.period,
            scope=figure.scope,
            status=figure.status,
            hedge=None,
            sentence=figure.row,
            rule="table",
            flags=figure.flags,
            role=home.role,
            path=path,
        )
    for span in table.texts:
        paragraph = cell(span, document, source)
        yield from _Told(paragraph, document, source, lexicon, path).facts(drafts(paragraph, frame))


def _placed(draft: Draft, offsets: list[int]) -> Draft:
    """A fact of a squeezed line, in the coordinates of the line as it is."""

    def back(start: int, end: int) -> tuple[int, int]:
        return offsets[start], offsets[end - 1] + 1

    start, end = back(draft.quantity.start, draft.quantity.end)
    pieces = tuple(back(a, b) for a, b in draft.name.pieces if a < b)
    return draft._replace(
        quantity=draft.quantity._replace(start=start, end=end), name=draft.name._replace(pieces=pieces)
    )


class _Told:
    """A paragraph whose numbers become facts; what they share is looked up once."""

    def __init__(
        self,
        paragraph: Paragraph,
        document: Document,
        source: Source,
        lexicon: Lexicon,
        path: tuple[str, ...],
    ) -> None:
        self.paragraph, self.document, self.source, self.lexicon, self.path = (
            paragraph, document, source, lexicon, path,
        )  # fmt: skip
        self.starts = [at for at, _ in paragraph.pieces]
        self.shifts = [place - at for at, place in paragraph.pieces]
        self.ends = [found.start() for found in _SENTENCE_END.finditer(paragraph.text)]
        self.sentences: dict[tuple[int, int], Span] = {}

    def facts(self, drafts: Sequence[Draft]) -> Iterator[Fact]:
        """The facts that ``drafts``, found in the paragraph, are."""
        paragraph, source, span = self.paragraph, self.source, self._span
        text, whole, canonical = paragraph.text, source.text, self.lexicon.canonical
        for quantity, kind, value, name, rule, basis, period, scope, status, flags in drafts:
            place = span(quantity.start, quantity.end)
            start, end = place
            words = name.text(text)
            yield Fact(
                id=identity(source.sha256, place, kind),
                document=self.document.id,
                start=start,
                end=end,
                surface=whole[start:end],
                kind=kind,
                value=value,
                value_high=quantity.high,
                unit=quantity.unit,
                indicator=words,
                indicator_spans=tuple([span(a, b) for a, b in name.pieces if a < b]),
                canonical=canonical(words),
                basis=basis,
                period=period,
                scope=scope,
                status=status,
                hedge=quantity.hedge,
                sentence=self._sentence(quantity.start, quantity.end),
                rule=rule,
                flags=flags,
                role=paragraph.role,
                path=self.path,
            )

    def _span(self, start: int, end: int) -> Span:
        shifts = self.shifts
        if len(shifts) == 1:
            return Span(start + shifts[0], end + shifts[0])
        starts = self.starts
        return Span(
            start + shifts[bisect_right(starts, start) - 1], end + shifts[bisect_right(starts, end - 1) - 1]
        )

    def _sentence(self, start: int, end: int) -> Span:
        """The sentence that holds the number; those of one sentence share it."""
        text, ends = self.paragraph.text, self.ends
        here = bisect_left(ends, start), bisect_left(ends, end)
        if here not in self.sentences:
            before, after = here
            first = ends[before - 1] + 1 if before else 0
            last = ends[after] + 1 if after < len(ends) else len(text)
            while first < start and text[first].isspace():
                first += 1
            self.sentences[here] = self._span(first, last)
        return self.sentences[here]


def identity(sha256: str, span: Span, kind: str) -> str:
    """A stable id: the same place of the same bytes and the same kind give the same id."""
    return hashlib.sha256(f"{sha256}:{span.start}:{span.end}:{kind}".encode()).hexdigest()[:16]
