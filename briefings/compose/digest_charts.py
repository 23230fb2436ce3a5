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
    blocks: list[Block] = [Heading(2, "主题与进度", "themes", desk.chapter_number())]
    if comparison.themes.themes:
        blocks.append(_heatmap(comparison, desk))
    done = completions(comparison, desk)
    if len(done) >= LEAST_BARS:
        blocks.append(_completion_bars(done, desk))
    elif done:
        line: list[Inline] = [Words("与年度计划相比的完成率不足三项，不作图：")]
        for fact in done:
            line += [*desk.citations.passages(fact.document).name(fact), Words(" ")]
            line += [
                desk.value(desk.print(fact)),
                desk.cite(fact),
                Words("；" if fact is not done[-1] else "。"),
            ]
        blocks.append(Paragraph(tuple(line)))
    return blocks if len(blocks) > 1 else []


def _heatmap(comparison: Digest, desk: Desk) -> Figure:
    themes = comparison.themes
    names = tuple(desk.who(d) for d in themes.documents)
    labels = tuple(desk.themes[t].label if t in desk.themes else t for t in themes.themes)
    values = [[desk.count(ids) for ids in row] for row in themes.cells]
    counts = tuple(tuple(int(v.text) for v in row) for row in zip(*values, strict=True))
    cells = sorted(((len(ids), r, c) for r, row in enumerate(themes.cells) for c, ids in enumerate(row)), key=lambda t: (-t[0], t[1], t[2]))  # fmt: skip
    (most, r1, c1), (next_most, r2, c2) = cells[0], cells[min(1, len(cells) - 1)]
    return Figure(
        "g-themes",
        desk.figure_number(),
        (
            Words(f"说到“{labels[0]}”的部门最多，有"),
            desk.count([d for d, ids in zip(themes.documents, themes.cells[0], strict=True) if ids], "个"),
        ),
        "各份总结的工作措施按主题归类的条数，条",
        Heatmap(
            names,
            labels,
            counts,
            tuple(tuple(v.source for v in row) for row in zip(*values, strict=True)),
            "条",
        ),
        f"热力图：各部门工作措施按主题归类的条数。{names[c1]}的{labels[r1]}最多，{most}条；"
        f"其次是{names[c2]}的{labels[r2]}，{next_most}条。",
        (Words("来源：各份总结的工作措施；按主题词归类，本刊计算。"),),
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
        return f"{desk.who(fact.document)}　{shortened(plain(name(fact, desk)), _LABEL_LIMIT)}"

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
        (
            Words("年度任务"),
            desk.count(ids, "项"),
            Words("，完成过半的有"),
            desk.count([f.id for f in half], "项"),
        ),
        "各份总结自述的年度任务完成率，%；深色为完成过半；各项的计划口径不同，只看各自进度，不作比较",
        BarChart(bars, "%"),
        f"条形图：各份总结自述的年度任务完成率，从{label(first)}的{desk.tongue.number(first)}"
        f"到{label(last)}的{desk.tongue.number(last)}。",
        (Words("来源："), *dict.fromkeys(desk.cite(f) for f in facts)),
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
