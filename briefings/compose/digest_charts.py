"""The digest's charts: themes by department, and how far the year's tasks have come."""

import re
from decimal import Decimal

from briefings.compose.desk import Desk
from briefings.compose.figures import name, plain
from briefings.records.briefing import (
    Bar,
    BarChart,
    Block,
    Figure,
    Heading,
    Heatmap,
    Inline,
    Paragraph,
    Words,
)
from briefings.records.comparison import Digest
from briefings.records.fact import Fact

_HALF = 50
_MOST_BARS = 15
LEAST_BARS = 3
_LABEL_LIMIT = 24
_YEARLY = re.compile(r"年度|全年|年计划|年任务|年目标")


def charts(comparison: Digest, desk: Desk) -> list[Block]:
    """The heatmap of themes by department; bars of completion where three or more are comparable."""
    blocks: list[Block] = [Heading(2, desk.words("主题与进度"), "themes", desk.chapter_number())]
    if comparison.themes.themes:
        blocks.append(_heatmap(comparison, desk))
    done = completions(comparison, desk)
    if len(done) >= LEAST_BARS:
        blocks.append(_completion_bars(done, desk))
    elif done:
        said: list[Inline] = []
        for fact in done:
            said += desk.say("；") if fact is not done[0] else ()
            said += [*name(fact, desk), Words(" "), desk.value(desk.print(fact)), desk.cite(fact)]
        blocks.append(
            Paragraph(desk.say("与年度计划相比的完成率不足三项，不作图：{said}。", said=tuple(said)))
        )
    return blocks if len(blocks) > 1 else []


def _heatmap(comparison: Digest, desk: Desk) -> Figure:
    themes = comparison.themes
    names = tuple(desk.who(d) for d in themes.documents)
    labels = tuple(desk.theme(t) for t in themes.themes)
    values = [[desk.count(ids) for ids in row] for row in themes.cells]
    counts = tuple(tuple(int(v.text) for v in row) for row in zip(*values, strict=True))
    cells = sorted(((len(ids), r, c) for r, row in enumerate(themes.cells) for c, ids in enumerate(row)), key=lambda t: (-t[0], t[1], t[2]))  # fmt: skip
    (most, r1, c1), (next_most, r2, c2) = cells[0], cells[min(1, len(cells) - 1)]
    speaking = [d for d, ids in zip(themes.documents, themes.cells[0], strict=True) if ids]
    return Figure(
        "g-themes",
        desk.figure_number(),
        desk.say("说到“{theme}”的部门最多，有{n}", theme=labels[0], n=desk.count(speaking, "个")),
        desk.words("各份总结的工作措施按主题归类的条数，条"),
        Heatmap(
            names,
            labels,
            counts,
            tuple(tuple(v.source for v in row) for row in zip(*values, strict=True)),
            desk.tongue.unit("条"),
        ),
        desk.words(
            "热力图：各部门工作措施按主题归类的条数。{who}的{theme}最多，{n}条；其次是{other}的{next}，{m}条。",
            who=names[c1],
            theme=labels[r1],
            n=str(most),
            other=names[c2],
            next=labels[r2],
            m=str(next_most),
        ),
        desk.say("来源：各份总结的工作措施；按主题词归类，本刊计算。"),
    )


def completions(comparison: Digest, desk: Desk) -> list[Fact]:
    """Completions of a year's plan, exact and said without doubt, highest first."""
    found = [
        f
        for r in comparison.reviews
        for f in r.facts
        if f.kind == "completion" and f.unit == "%" and f.status == "actual"
        if not f.hedge and not f.value_high and _YEARLY.search(_sentence(f, desk))
    ]
    return sorted(found, key=lambda f: -Decimal(f.value))[:_MOST_BARS]


def _completion_bars(facts: list[Fact], desk: Desk) -> Figure:
    def label(fact: Fact) -> str:
        limit = _LABEL_LIMIT if desk.tongue.language == "zh" else 2 * _LABEL_LIMIT
        named = shortened(plain(name(fact, desk)), limit)
        return desk.words("{who}　{name}", who=desk.who(fact.document), name=named)

    half = [f for f in facts if Decimal(f.value) >= _HALF]
    bars = tuple(
        Bar(label(f), float(f.value), desk.tongue.number(desk.print(f)), f.id, highlight=f in half)
        for f in facts
    )
    first, last = facts[0], facts[-1]
    ids = [f.id for f in facts]
    return Figure(
        "g-completion",
        desk.figure_number(),
        desk.say(
            "年度任务{all}，完成过半的有{half}",
            all=desk.count(ids, "项"),
            half=desk.count([f.id for f in half], "项"),
        ),
        desk.words(
            "各份总结自述的年度任务完成率，%；深色为完成过半；各项的计划口径不同，只看各自进度，不作比较"
        ),
        BarChart(bars, "%"),
        desk.words(
            "条形图：各份总结自述的年度任务完成率，从{first}的{high}到{last}的{low}。",
            first=label(first),
            high=desk.tongue.short(first),
            last=label(last),
            low=desk.tongue.short(last),
        ),
        desk.say("来源：{cites}", cites=tuple(dict.fromkeys(desk.cite(f) for f in facts))),
    )


def shortened(words: str, limit: int) -> str:
    """``words``, or what fits of them, cut at a mark or at least not inside a figure."""
    if len(words) <= limit:
        return words
    end = limit - 1
    mark = max(words.rfind(m, 0, end) for m in "、，（“")
    if mark > limit // 2:
        end = mark
    while end > 1 and words[end - 1].isascii() and words[end].isascii():
        end -= 1
    return words[:end] + "…"


def _sentence(fact: Fact, desk: Desk) -> str:
    return desk.citations.passages(fact.document).sentence(fact.start).text
