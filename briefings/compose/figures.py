"""How a fact is set down: the indicator's name, whose it is, against what it is measured, its row in a table."""

from collections.abc import Sequence

from briefings.compose.cutoff import period_end
from briefings.compose.desk import Desk
from briefings.records.briefing import (
    Cite,
    Column,
    Inline,
    Line,
    Quote,
    Words,
)
from briefings.records.comparison import Highlight
from briefings.records.correction import inside
from briefings.records.fact import Fact

_NAME_LIMIT = 30
_MOST_IN_CELL = 2
_MOST_OF_ROW = 3
_PLACES = ("名次", "位次", "位")
_OF_ALL = (
    "全市",
    "全区",
    "全县",
    "全州",
    "全省",
    "全国",
    "我市",
    "我区",
    "我县",
    "我省",
    "我国",
    "本市",
    "国家",
    "全社会",
    "市级",
    "市本级",
)


def figure_columns(desk: Desk) -> tuple[Column, ...]:
    """The columns of ``figure_row``."""
    weights = (2.8, 1.5, 2.0, 2.2) if desk.tongue.language == "zh" else (2.3, 1.6, 2.4, 2.7)
    return (
        Column(desk.words("指标"), weight=weights[0]),
        Column(desk.words("数值"), "right", weights[1]),
        Column(desk.words("增减"), "right", weights[2]),
        Column(desk.words("位次、进度或差距"), weight=weights[3]),
        Column(desk.words("来源"), "center", 0.7),
    )


def quoted(highlight: Highlight, desk: Desk, limit: int) -> Line:
    """The clauses of a highlight with their reference."""
    return quotation(
        highlight, desk.citations.passages(highlight.lead.document).clause(highlight.facts, limit), desk
    )


def quotation(highlight: Highlight, quote: Quote, desk: Desk) -> Line:
    """``quote`` with its reference; in front in brackets whose number it is, where the words do not say so."""
    if highlight.lead.rule == "table":
        return _of_table(highlight, desk)
    for fact in highlight.facts:
        if quote.span.start <= fact.start < quote.span.end:
            desk.print(fact)
    whose = part(highlight.lead, desk)
    before = desk.say("（{whose}）", whose=whose) if whose and whose not in quote.text else ()
    return (*before, quote, *_set_right(highlight, quote, desk), desk.cite(highlight.lead))


def claimed(highlight: Highlight, desk: Desk, limit: int) -> Line:
    """``quoted``; in English the numbers and their names in place of the quotation, where the lexicon knows them."""
    passages = desk.citations.passages(highlight.lead.document)
    quote = passages.clause(highlight.facts, limit)
    english = () if highlight.lead.rule == "table" else in_english(highlight, quote, desk)
    return (*english, desk.cite(highlight.lead)) if english else quotation(highlight, quote, desk)


def in_english(highlight: Highlight, quote: Quote, desk: Desk) -> Line:
    """What ``quote`` says in numbers, for readers who do not read it: names of the lexicon, values, bases; no citation.

    Nothing where the edition is Chinese or the lexicon has no English for the first name.
    """
    if desk.tongue.language != "en" or not _english(highlight.lead, desk):
        return ()
    line: list[Inline] = []
    last: Fact | None = None
    told = [f for f in highlight.facts if quote.span.start <= f.start < quote.span.end and _english(f, desk)]
    same = len({_when(f, desk) for f in told}) == 1
    for fact in told:
        again = last is not None and (last.canonical, last.scope) == (fact.canonical, fact.scope)
        line += [Words(", " if again else "; " if line else "")] if line else []
        line += [] if again else [*named(fact, desk), Words(" ")]
        line += [*measured(desk.print(fact), desk), *(() if same else _when(fact, desk))]
        last = fact
    return (*line, *(_when(told[0], desk) if same else ()))


def _when(fact: Fact, desk: Desk) -> Line:
    """The fact's own period in brackets where it is another than its document's, and that it is a target."""
    own = desk.documents[fact.document].period
    period = desk.period(fact.period) if fact.period and (own is None or fact.period != own.value) else ""
    words = ", ".join(filter(None, (period, desk.words("目标") if fact.status == "target" else "")))
    return (Words(f" ({words})"),) if words else ()


def _set_right(highlight: Highlight, quote: Quote, desk: Desk) -> Line:
    """Behind words that show a number a person has corrected: what it is taken for."""
    line: list[Inline] = []
    for fact in inside(quote.span, highlight.facts):
        line += [*(desk.say("、") if line else ()), desk.value(fact)]
    return desk.say("（人工更正为{values}，见附录）", values=tuple(line)) if line else ()


def _of_table(highlight: Highlight, desk: Desk) -> Line:
    """What a row of a table says: the indicator and its numbers. A row makes no sentence that could be quoted."""
    line: list[Inline] = [*name(highlight.lead, desk)]
    for fact in highlight.facts[:_MOST_OF_ROW]:
        line += desk.say("，") if fact is not highlight.facts[0] else (Words(" "),)
        line += measured(desk.print(fact), desk, marks=False)
    return (*line, desk.cite(highlight.lead))


def part(fact: Fact, desk: Desk) -> str:
    """Whose number it is, where it is a part of the document's place: a group, a zone, an airport; "" otherwise."""
    place = desk.documents[fact.document].place
    if (
        not fact.scope
        or fact.scope in _OF_ALL
        or (place and fact.scope in (place.value, place.value[:-1]))
        or _has_digit(fact.scope)
    ):
        return ""
    return fact.scope


def figure_row(highlight: Highlight, desk: Desk) -> tuple[Line, ...]:
    """An indicator with its level, up to two changes, up to two ranks, completions or a gap, and the reference."""
    told = [desk.print(f) for f in highlight.facts]
    when = highlight.lead.period
    level = [f for f in told if f.kind in ("level", "rate")][:1]
    change = [f for f in told if f.kind in ("change", "delta")][:_MOST_IN_CELL]
    gap = [f for f in told if f.kind == "gap"][:1]
    other = [*(f for f in told if f.kind in ("rank", "completion")), *gap][:_MOST_IN_CELL]
    return (
        dated(highlight.lead, desk),
        _cell(level, when, desk),
        _cell(change, when, desk),
        _cell(other, when, desk),
        (desk.cite(highlight.lead),),
    )


def _cell(facts: Sequence[Fact], period: str | None, desk: Desk) -> Line:
    line: list[Inline] = []
    for fact in facts:
        # A gap may be one of two-year averages, or of a quarter, beside a growth of the half-year on the year before.
        average = fact.kind == "gap" and "两年平均" in fact.indicator
        when = (
            desk.period(fact.period) if fact.kind == "gap" and fact.period and fact.period != period else ""
        )
        line += desk.say("，") if line else ()
        if average:
            line += desk.say("{when}两年平均", when=when) if when else desk.say("两年平均")
        elif when:
            line += desk.say("{when}", when=when)
        line += measured(fact, desk)
    return tuple(line)


def without_empty(
    columns: Sequence[Column], rows: Sequence[tuple[Line, ...]]
) -> tuple[tuple[Column, ...], tuple[tuple[Line, ...], ...]]:
    """Columns and rows without the columns in which no row says anything."""
    kept = [n for n in range(len(columns)) if any(row[n] for row in rows)]
    return tuple(columns[n] for n in kept), tuple(tuple(row[n] for n in kept) for row in rows)


def measured(fact: Fact, desk: Desk, *, marks: bool = True) -> Line:
    """The number with what it is measured against: 同比 ▲ +13.8%, or ▲ +13.8% y/y."""
    told = desk.trend(fact) if marks and fact.kind in ("change", "delta", "gap") else (desk.value(fact),)
    if fact.kind in ("change", "delta"):
        against = "" if _of_places(fact) else desk.tongue.basis(fact.basis or "")
        return desk.say("{basis} {n}", basis=against, n=told) if against else told
    if fact.kind == "completion":
        return desk.say("完成 {n}", n=told)
    if fact.kind in ("gap", "rank") and fact.basis and not _has_digit(fact.basis):
        whom = desk.tongue.comparator(fact.basis)
        if fact.kind == "gap":
            return desk.say("比{whom} {n}", whom=whom, n=told)
        return desk.say("{whom}{n}", whom=whom, n=told)
    return told


def _of_places(fact: Fact) -> bool:
    return fact.kind == "delta" and (fact.unit or "").endswith(_PLACES)


def name(fact: Fact, desk: Desk) -> Line:
    """The indicator as the source names it; its canonical name where the words carry figures that are not its own.

    In English the lexicon's name for it; the source's words where the lexicon does not know it.
    """
    if desk.tongue.language == "en" and (english := _english(fact, desk)):
        if fact.kind != "gap" or "增" not in fact.indicator or "rowth" in english:
            return (Words(english),)
        return _growing((Words(english),), fact.indicator, desk)
    pieces = desk.citations.passages(fact.document).name(fact)
    joined = "".join(p.text for p in pieces)
    if pieces and len(joined) <= max(_NAME_LIMIT, len(fact.indicator)):
        rest = fact.indicator.removeprefix(joined) if fact.kind == "gap" else ""
        # 两年平均增速 stands elsewhere in the sentence: without it the gap would be said of the amount.
        tail = rest if rest != fact.indicator and not _has_digit(rest) else ""
        if not tail or desk.tongue.language == "zh":
            return (*pieces, Words(tail)) if tail else pieces
        known = next((i.english for i in desk.indicators.values() if joined in (i.name, *i.aliases)), "")
        return _growing((Words(known),) if known else pieces, tail, desk)
    return (Words(fact.canonical or "".join(c for c in fact.indicator if not c.isdigit())),)


def _growing(words: Line, said: str, desk: Desk) -> Line:
    """The name of what a gap is between, in English: growth, or its two-year average, where ``said`` says so."""
    if "两年平均" in said:
        return desk.say("{name}两年平均增速", name=words)
    return desk.say("{name}增速", name=words) if "增" in said else words


def named(fact: Fact, desk: Desk) -> Line:
    """The indicator's name, and in brackets whose number it is where that is a part of the place."""
    words = name(fact, desk)
    whose = part(fact, desk)
    if not whose or whose in plain(words):
        return words
    return (*words, *desk.say("（{whose}）", whose=desk.tongue.scope(whose)))


def dated(fact: Fact, desk: Desk) -> Line:
    """``named``, and in brackets of when the number is, where that is not the time its document speaks of."""
    words = named(fact, desk)
    when = another_time(fact, desk)
    return (*words, *desk.say("（{when}）", when=when)) if when else words


def another_time(fact: Fact, desk: Desk) -> str:
    """The fact's period for people where it is neither its document's nor the last day of that; "" otherwise."""
    own = desk.documents[fact.document].period
    if not fact.period or own is None or fact.period == own.value:
        return ""
    one, other = period_end(fact.period), period_end(own.value)
    begins = fact.period.startswith(own.value[:4] + "-M01..") or fact.period == other
    return "" if one == other and begins else desk.period(fact.period)


def _english(fact: Fact, desk: Desk) -> str:
    """The lexicon's English for what is measured, "" where it has none."""
    known = desk.indicators.get(fact.canonical or "")
    return known.english if known else ""


def plain(line: Line) -> str:
    """A line's words, values and quotations as text, without citations."""
    return "".join(piece.text for piece in line if not isinstance(piece, Cite))


def _has_digit(text: str) -> bool:
    return any(c.isdigit() for c in text)
