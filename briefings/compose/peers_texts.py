"""The words of places side by side: practices by field of work, what can be borrowed, problems and plans."""

from collections.abc import Sequence

from briefings.compose.desk import Desk
from briefings.compose.labels import indicator, kind, shown, theme
from briefings.compose.passages import Passage
from briefings.records.briefing import (
    Block,
    Callout,
    Column,
    Heading,
    Inline,
    Line,
    Paragraph,
    Quote,
    Table,
)
from briefings.records.fact import Measure
from briefings.records.peers import Borrowing, Peers, Practice

_MOST_FIELDS = 8
_MOST_ALONE = 8
_MOST_ITEMS = 4
_CELL_LIMIT = 56
_ITEM_LIMIT = 60
_WIDE = 3
"""More places than this make no columns of text."""


def practices(comparison: Peers, desk: Desk) -> list[Block]:
    """What each does in the fields that several speak of, what only one speaks of, what the own place could borrow."""
    if not comparison.practices:
        return []
    blocks: list[Block] = [
        Heading(2, desk.words("做法对照"), "practices", desk.chapter_number()),
    ]
    common = [p for p in comparison.practices if p.speakers > 1][:_MOST_FIELDS]
    alone = [p for p in comparison.practices if p.speakers == 1][:_MOST_ALONE]
    if common:
        blocks.append(_side_by_side(common, comparison, desk))
    if comparison.borrowings:
        own = desk.tongue.place(comparison.sides[0].label)
        items = tuple(_borrowed(b, comparison, desk) for b in comparison.borrowings)
        head = desk.words("可借鉴：{place}未见表述的做法", place=own)
        blocks.append(Callout("highlight", head, items))
    if alone and len(comparison.sides) > 1:
        blocks.append(Heading(3, desk.words("只有一方说到的领域"), "alone"))
        blocks.append(_alone(alone, comparison, desk))
    elif alone:
        blocks.append(_alone(alone, comparison, desk))
    return blocks


def problems_and_plans(comparison: Peers, desk: Desk) -> list[Block]:
    """Problems that several name and each place's own; targets and what comes next."""
    blocks: list[Block] = [
        Heading(2, desk.words("问题与打算"), "problems", desk.chapter_number()),
    ]
    blocks += _shared(comparison, desk)
    for side in comparison.sides:
        place = desk.tongue.place(side.label)
        head = desk.words("{place}自述的问题", place=place)
        silence = desk.say("材料没有写到问题，不等于没有问题。")
        blocks.append(Callout("problem", head, _items(side.problems, desk) or (silence,)))
    if comparison.targets:
        blocks.append(_targets(comparison, desk))
    for side in comparison.sides:
        place = desk.tongue.place(side.label)
        head = desk.words("{place}下步打算", place=place)
        silence = desk.say("材料没有写到下步打算。")
        blocks.append(Callout("plan", head, _items(side.plans, desk) or (silence,)))
    return blocks


def _borrowed(found: Borrowing, comparison: Peers, desk: Desk) -> Line:
    """The sentence in which another place names what it set up."""
    return desk.say(
        "{place}（{field}）：{quote}{cite}。",
        place=desk.tongue.place(comparison.sides[found.side].label),
        field=theme(found.measure.theme or "", desk),
        quote=_quote(found.measure, desk),
        cite=desk.citations.cite(found.measure.document, found.measure.span.start),
    )


def _side_by_side(common: Sequence[Practice], comparison: Peers, desk: Desk) -> Table:
    note = desk.say("摘自原文；“…”表示该处材料未见这一领域的表述，不等于没有做。")
    number = desk.table_number()
    caption = desk.words("同一领域各自怎么做")
    if len(comparison.sides) <= _WIDE:
        rows = tuple(
            (desk.say("{field}", field=theme(p.theme, desk)), *(_said(s, desk) for s in p.said))
            for p in common
        )
        places = (Column(desk.tongue.place(s.label), weight=3.0) for s in comparison.sides)
        columns = (Column(desk.words("领域"), weight=1.1), *places)
        return Table("t-practices", number, caption, columns, rows, note)
    listed = tuple(
        (
            desk.say("{field}", field=theme(p.theme, desk)),
            desk.say("{place}", place=desk.tongue.place(s.label)),
            _said(said, desk),
        )
        for p in common
        for s, said in zip(comparison.sides, p.said, strict=True)
        if said
    )
    return Table("t-practices", number, caption, _listed_columns(desk), listed, note)


def _alone(alone: Sequence[Practice], comparison: Peers, desk: Desk) -> Table:
    rows = []
    for practice in alone:
        at = next(n for n, said in enumerate(practice.said) if said)
        place = desk.tongue.place(comparison.sides[at].label)
        rows.append(
            (
                desk.say("{field}", field=theme(practice.theme, desk)),
                desk.say("{place}", place=place),
                _said(practice.said[at], desk),
            )
        )
    caption = desk.words("只有一方说到的做法") if len(comparison.sides) > 1 else desk.words("各领域的做法")
    return Table("t-alone", desk.table_number(), caption, _listed_columns(desk), tuple(rows))


def _listed_columns(desk: Desk) -> tuple[Column, ...]:
    return (
        Column(desk.words("领域"), weight=1.1),
        Column(desk.words("地方"), weight=1.0),
        Column(desk.words("做法"), weight=5.0),
    )


def _said(measures: Sequence[Measure], desk: Desk) -> Line:
    """Up to two sentences with their references."""
    line: list[Inline] = []
    for measure in measures:
        line += [*(desk.say("；") if line else ()), _quote(measure, desk)]
        line.append(desk.citations.cite(measure.document, measure.span.start))
    return tuple(line)


def _quote(measure: Measure, desk: Desk) -> Quote:
    """The words of a sentence that ``compare`` picked, cut to a cell."""
    passages = desk.citations.passages(measure.document)
    paragraph, start = passages.at(measure.span.start)
    last, end = passages.at(measure.span.end - 1)
    stop = end + 1 if last is paragraph else len(paragraph.text)
    return passages.whole(Passage(paragraph, start, stop), _CELL_LIMIT)


def _shared(comparison: Peers, desk: Desk) -> list[Block]:
    """Kinds of problems that several places name; by name alone where every problem is quoted beneath anyway."""
    rows = []
    kinds: Line = ()
    for problem in comparison.shared:
        cells = []
        for side in comparison.sides:
            ids = {d.id for d in side.documents}
            said = [m for m in problem.measures if m.document in ids]
            cells.append(_said(said[:1], desk))
        if sum(bool(c) for c in cells) > 1:
            kind_ = desk.tongue.kind_of_problem(problem.theme)
            kinds = (
                desk.say("{kinds}、{kind}", kinds=kinds, kind=kind_)
                if kinds
                else desk.say("{kind}", kind=kind_)
            )
            rows.append((desk.say("{kind}", kind=kind_), *cells))
    if not rows:
        return []
    if all(len(side.problems) <= _MOST_ITEMS for side in comparison.sides):
        return [Paragraph(desk.say("几处都说到的问题类别：{kinds}。原句见下。", kinds=kinds))]
    places = (Column(desk.tongue.place(s.label), weight=2.5) for s in comparison.sides)
    columns = (Column(desk.words("问题类别"), weight=1.2), *places)
    return [Table("t-problems", desk.table_number(), desk.words("几处都说到的问题"), columns, tuple(rows))]


def _targets(comparison: Peers, desk: Desk) -> Table:
    """Targets for the same indicator, as the places state them; nothing is reckoned."""
    rows = []
    for series in comparison.targets:
        cells = (
            next((shown(p.fact, desk) for p in series.points if p.place == side.label), ())
            for side in comparison.sides
        )
        first = series.points[0].fact
        rows.append((indicator(first, desk), desk.say("{kind}", kind=kind(first, desk)), *cells))
    places = (Column(desk.tongue.place(s.label), "right", 1.6) for s in comparison.sides)
    columns = (Column(desk.words("指标"), weight=2.0), Column(desk.words("口径"), weight=1.2), *places)
    return Table("t-targets", desk.table_number(), desk.words("各自提出的目标"), columns, tuple(rows))


def _items(measures: Sequence[Measure], desk: Desk) -> tuple[Line, ...]:
    """One of each field of work first, in the order of the text; how many there are where not all are quoted."""
    first = {m.theme: m for m in reversed(measures)}
    chosen = [m for m in measures if first[m.theme] is m][:_MOST_ITEMS]
    chosen += [m for m in measures if m not in chosen][: _MOST_ITEMS - len(chosen)]
    items = []
    for measure in (m for m in measures if m in chosen):
        quote = desk.citations.passages(measure.document).opening(measure, _ITEM_LIMIT)
        items.append((quote, desk.citations.cite(measure.document, quote.span.start), *desk.say("。")))
    if len(measures) > len(chosen):
        items.append(desk.say("原文共{n}条，此处按领域各摘一条。", n=desk.count([m.id for m in measures])))
    return tuple(items)
