"""The words of one place through time: fields of work, its own wording, what is new and gone, problems and plans."""

from collections.abc import Sequence

from briefings.compose.desk import Desk
from briefings.compose.figures import another_time
from briefings.compose.labels import indicator, of_what, shown, theme
from briefings.compose.passages import Passage
from briefings.records.briefing import (
    Block,
    Callout,
    Column,
    Figure,
    Heading,
    Heatmap,
    Inline,
    Line,
    Paragraph,
    Quote,
    Table,
)
from briefings.records.fact import Fact, Measure
from briefings.records.history import History, Wording

_MOST_FIELDS = 8
_HEATMAP = 3
_MOST_FACTS = 10
_MOST_ITEMS = 3
_ITEM_LIMIT = 60


def fields(comparison: History, desk: Desk) -> list[Block]:
    """How many measures each period names by field of work, and the fields that only one end speaks of."""
    if len(comparison.stages) == 1 or not comparison.courses:
        return []
    blocks: list[Block] = [Heading(2, desk.words("工作领域的轻重"), "fields", desk.chapter_number())]
    courses = comparison.courses[:_MOST_FIELDS]
    if len(comparison.stages) >= _HEATMAP:
        blocks.append(_heatmap(comparison, desk))
    else:
        rows = []
        for course in courses:
            counts = (_counted(ids, desk) for ids in course.measures)
            rows.append((desk.say("{field}", field=theme(course.theme, desk)), *counts))
        totals = (_counted([m.id for m in s.done], desk) for s in comparison.stages)
        rows.append((desk.say("全部措施"), *totals))
        periods = (Column(desk.period(s.label), "right", 1.5) for s in comparison.stages)
        columns = (Column(desk.words("领域"), weight=2.0), *periods)
        note = desk.say("材料长短不同，只看轻重的次序，不比条数多少；“…”表示没有说到。本刊计数。")
        caption = desk.words("各期工作措施的条数")
        blocks.append(Table("t-fields", desk.table_number(), caption, columns, tuple(rows), note))
    gone = [c.theme for c in comparison.courses if c.measures[0] and not c.measures[-1]]
    new = [c.theme for c in comparison.courses if c.measures[-1] and not c.measures[0]]
    first, last = (desk.period(s.label) for s in (comparison.stages[0], comparison.stages[-1]))
    if gone:
        blocks.append(Paragraph(desk.say("{first}说到、{last}没有单独说到的领域：{fields}。", first=first, last=last, fields=_listed(gone, desk))))  # fmt: skip
    if new:
        blocks.append(Paragraph(desk.say("{last}新说到的领域：{fields}。", last=last, fields=_listed(new, desk))))  # fmt: skip
    return blocks


def wording(comparison: History, desk: Desk) -> list[Block]:
    """The headings and slogans of each period, quoted."""
    rows: list[tuple[Line, ...]] = []
    told = zip(comparison.stages, comparison.headings, comparison.slogans, strict=True)
    slogans = any(comparison.slogans)
    for stage, headings, own in told:
        if headings or own:
            row = (desk.say("{period}", period=desk.period(stage.label)), _quoted(headings, desk))
            rows.append((*row, _quoted(own, desk)) if slogans else row)
    if not rows:
        return []
    columns = (
        Column(desk.words("时段"), weight=1.1),
        Column(desk.words("小标题"), weight=4.0),
        *((Column(desk.words("只在这一期反复出现的提法"), weight=2.4),) if slogans else ()),
    )
    number = desk.table_number()
    return [
        Heading(2, desk.words("重点工作的提法"), "wording", desk.chapter_number()),
        Table("t-wording", number, desk.words("各期的小标题与提法"), columns, tuple(rows)),
    ]


def come_and_gone(comparison: History, desk: Desk) -> list[Block]:
    """Known indicators that only the first or only the last period states."""
    gone, new = comparison.vanished.gone, comparison.vanished.new
    if not gone and not new:
        return []
    first, last = (desk.period(s.label) for s in (comparison.stages[0], comparison.stages[-1]))
    blocks: list[Block] = [
        Heading(2, desk.words("新出现与不再见的指标"), "changed", desk.chapter_number()),
    ]
    number = desk.table_number()
    length = min(_MOST_FACTS, max(len(gone), len(new)))
    rows = tuple((_stated(gone, n, desk), _stated(new, n, desk)) for n in range(length))
    heads = (
        desk.words("只见于{period}", period=first),
        desk.words("只见于{period}", period=last),
    )
    blocks.append(
        Table(
            "t-changed", number, desk.words("只见于一期的指标"), (Column(heads[0]), Column(heads[1])), rows,
            desk.say(
                "词表所知的指标：{first}独有{n}项，{last}独有{m}项，各列前面的几项。没有说到不等于没有。",
                first=first, last=last, n=desk.count([f.id for f in gone]), m=desk.count([f.id for f in new]),
            ),
        )
    )  # fmt: skip
    return blocks


def problems_and_plans(comparison: History, desk: Desk) -> list[Block]:
    """The problems each period names, and what the last one says comes next."""
    blocks: list[Block] = [Heading(2, desk.words("问题与打算"), "problems", desk.chapter_number())]
    if not any(comparison.problems) and not comparison.stages[-1].plans:
        return [
            *blocks,
            Paragraph(desk.say("各期材料都没有写到问题，最近一期也没有写到下步打算；不等于没有。")),
        ]
    for stage, problems in zip(comparison.stages, comparison.problems, strict=True):
        head = desk.words("{period}自述的问题", period=desk.period(stage.label))
        silence = desk.say("材料没有写到问题，不等于没有问题。")
        blocks.append(Callout("problem", head, _items(problems, desk) or (silence,)))
    last = comparison.stages[-1]
    head = desk.words("{period}提出的下步打算", period=desk.period(last.label))
    silence = desk.say("材料没有写到下步打算。")
    blocks.append(Callout("plan", head, _items(last.plans, desk) or (silence,)))
    return blocks


def _heatmap(comparison: History, desk: Desk) -> Figure:
    courses = comparison.courses[:_MOST_FIELDS]
    values = [[desk.count(c.measures[at]) for c in courses] for at in range(len(comparison.stages))]
    periods = tuple(desk.period(s.label) for s in comparison.stages)
    labels = tuple(theme(c.theme, desk) for c in courses)
    cells = sorted(((int(v.text), r, c) for r, row in enumerate(values) for c, v in enumerate(row)), key=lambda t: (-t[0], t[1], t[2]))  # fmt: skip
    (most, r1, c1), (next_, r2, c2) = cells[0], cells[min(1, len(cells) - 1)]
    alt = desk.words(
        "热力图：各期工作措施按领域的条数。{p1}的{f1}最多，{n1}条；其次是{p2}的{f2}，{n2}条。",
        p1=periods[r1], f1=labels[c1], n1=str(most), p2=periods[r2], f2=labels[c2], n2=str(next_),
    )  # fmt: skip
    return Figure(
        "g-fields",
        desk.figure_number(),
        desk.say("各期说得最多的是“{field}”，共{n}条", field=labels[0], n=desk.count([i for ids in courses[0].measures for i in ids])),
        desk.words("工作措施按领域归类的条数，条；材料长短不同，只看轻重"),
        Heatmap(
            periods, labels, tuple(tuple(int(v.text) for v in row) for row in values),
            tuple(tuple(v.source for v in row) for row in values), desk.words("条"),
        ),
        alt,
        desk.say("来源：各期材料的工作措施；按主题词归类，本刊计数。"),
    )  # fmt: skip


def _counted(ids: Sequence[str], desk: Desk) -> Line:
    return (desk.count(ids),) if ids else ()


def _listed(themes: Sequence[str], desk: Desk) -> str:
    listed = theme(themes[0], desk)
    for more in themes[1:]:
        listed = desk.words("{listed}、{more}", listed=listed, more=theme(more, desk))
    return listed


def _quoted(words: Sequence[Wording], desk: Desk) -> Line:
    line: list[Inline] = []
    for one in words:
        passages = desk.citations.passages(one.document)
        paragraph, start = passages.at(one.span.start)
        last, end = passages.at(one.span.end - 1)
        stop = end + 1 if last is paragraph else len(paragraph.text)
        quote = passages.whole(Passage(paragraph, start, stop), _ITEM_LIMIT)
        line += [*(desk.say("；") if line else ()), quote]
        line.append(desk.citations.cite(one.document, one.span.start))
    return tuple(line)


def _stated(facts: Sequence[Fact], at: int, desk: Desk) -> Line:
    if at >= len(facts):
        return ()
    fact = facts[at]
    when = another_time(fact, desk)
    return desk.say(
        "{name}{measure}{when} {value}",
        name=indicator(fact, desk),
        measure=of_what(fact, desk),
        when=desk.say("（{when}）", when=when) if when else (),
        value=shown(fact, desk),
    )


def _items(measures: Sequence[Measure], desk: Desk) -> tuple[Line, ...]:
    items: list[Line] = []
    for measure in measures[:_MOST_ITEMS]:
        quote: Quote = desk.citations.passages(measure.document).opening(measure, _ITEM_LIMIT)
        items.append((quote, desk.citations.cite(measure.document, quote.span.start), *desk.say("。")))
    if len(measures) > _MOST_ITEMS:
        items.append(desk.say("原文共{n}条，此处摘前几条。", n=desk.count([m.id for m in measures])))
    return tuple(items)
