"""A briefing's tables, its data and its sources as a workbook to calculate with."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from typing import Any

from briefings.records.briefing import (
    Briefing,
    Citation,
    Figure,
    Language,
    SourceList,
    Table,
    Tiles,
)
from briefings.records.fact import Fact
from briefings.render.view import plain
from briefings.render.workbook_cells import MUTED, PRIMARY, Cell, Formats, Head, cell, number, table, widths
from briefings.render.workbook_charts import chart_rows
from briefings.render.workbook_formulas import formula
from briefings.render.workbook_words import cutoff, month, named, numbered, word

KINDS = {
    "level": "水平", "rate": "比率", "change": "增速", "delta": "增减", "gap": "差距", "rank": "位次",
    "completion": "完成率",
}  # fmt: skip
BASES = {"yoy": "同比", "qoq": "环比", "ytd": "比年初", "avg2y": "两年平均", "other": "其他", "plan": "计划"}
STATES = {"actual": "实绩", "target": "目标"}
ROLES = {"done": "成效", "problem": "问题", "plan": "打算", "question": "提问", "boilerplate": "套话"}
OPERATIONS = {
    "count": "计数", "sum": "求和", "difference": "相减：a－b", "ratio": "相除：a÷b", "percent": "百分比：100×a÷b",
    "median": "中位数", "growth": "增长率：（a－b）÷b×100", "mean": "平均数", "gap_to_mean": "与平均数之差：a－平均数",
    "rank": "位次：从大到小", "rank_low": "位次：从小到大", "cagr": "年均增长率：（a÷b）开年数次方，减1，×100",
}  # fmt: skip
HALVES = {
    "H1": "上半年",
    "H2": "下半年",
    "Q1": "第一季度",
    "Q2": "第二季度",
    "Q3": "第三季度",
    "Q4": "第四季度",
}

FACTS = (
    Head("编号", 22), Head("单位", 20), Head("指标", 26), Head("规范名", 20), Head("类型", 8),
    Head("数值", 12, "right"), Head("上限", 10, "right"), Head("计量单位", 10), Head("口径", 10), Head("期间", 14),
    Head("范围", 12), Head("状态", 8), Head("约数", 8), Head("原文数字", 16), Head("原句", 60), Head("位置", 12),
    Head("引文", 8, "center"), Head("刊用", 8, "center"), Head("段落性质", 10), Head("章节", 36), Head("起", 9, "right"),
    Head("止", 9, "right"), Head("文件编号", 18), Head("规则", 18), Head("标记", 20),
)  # fmt: skip
SOURCES = (
    Head("引文", 8, "center"), Head("原句", 70), Head("文件标题", 40), Head("单位", 20), Head("期间", 14),
    Head("来源文件", 30), Head("位置", 12), Head("起", 9, "right"), Head("止", 9, "right"), Head("文件编号", 18),
    Head("SHA-256", 68),
)  # fmt: skip
NOTES = (
    ("概览", "本期的关键数字和各表，与 PDF、Word 逐字一致；蓝色的和带方括号编号的单元格点开即到来源。"),
    ("数据表", "本期所用文件中读出的全部数据，一行一个；“刊用”为“是”的印在本期正文中。"),
    ("来源", "引文所指的原句，编号与 PDF、Word 中方括号里的编号相同。"),
    ("图表数据", "各图所画的数。"),
    (
        "计算",
        "本刊算出的数：用什么运算，由哪些编号的数据得来；“结果”除计数外是公式，由“数据表”的数值算出，单位换算写在式中。",
    ),
    ("数值", "照原文写法，不换算单位；“上限”只在原文给出区间时有值。增速、增减、差距带正负号。"),
    ("计量单位", "照原文；空白表示原文没有写。"),
    ("约数", "原文使数字不精确的词，如“约”“超”“近”；空白表示原文没有用这样的词。"),
    ("期间", "空白表示原文没有另写，以文件自己的期间为准。"),
    ("起、止", "在来源文件文字中的位置，从 0 数起，一字一位，止处不含。"),
    ("…", "原文没有说到。"),
)


def workbook(briefing: Briefing, facts: Sequence[Fact]) -> bytes:
    """``briefing`` and ``facts`` as .xlsx; the same input gives the same bytes.

    Numbers are numbers with the source's decimals, all else is text that no program takes for a formula.
    """
    import xlsxwriter

    buffer = BytesIO()
    book = xlsxwriter.Workbook(
        buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )  # fmt: skip
    describe(book, briefing)
    citations = tuple(e for block in briefing.blocks if isinstance(block, SourceList) for e in block.entries)
    figures = [block for block in briefing.blocks if isinstance(block, Figure)]
    language = briefing.language
    formats = Formats(book, {c.n: row for row, c in enumerate(citations, 1)}, word("来源", language))
    overview(book, formats, briefing)
    listed(book, formats, briefing, "数据表", "数据", FACTS, fact_rows(briefing, facts, citations), freeze=3)
    listed(book, formats, briefing, "来源", "引文", SOURCES, source_rows(citations), freeze=1)
    if figures:
        drawn(book, formats, briefing, figures)
    if briefing.computed:
        computed(book, formats, briefing, facts)
    notes(book, formats, briefing)
    book.close()
    return buffer.getvalue()


def describe(book: Any, briefing: Briefing) -> None:
    """The file's properties; the data's cut-off date stands for the day it was made."""
    day = date.fromisoformat(briefing.as_of) if briefing.as_of else date(2000, 1, 1)
    book.set_properties(
        {
            "title": briefing.title,
            "subject": briefing.subtitle,
            "author": briefing.office or "briefings",
            "keywords": "; ".join(briefing.keywords),
            "comments": f"briefings：{briefing.id}",
            "created": datetime(day.year, day.month, day.day),
        }
    )


def sheet_named(book: Any, briefing: Briefing, name: str, *, across: bool) -> Any:
    """A new sheet, set up to be printed on A4 at its full width."""
    sheet = book.add_worksheet(word(name, briefing.language))
    sheet.hide_gridlines(2)
    sheet.set_paper(9)
    if across:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.8)
    # An ampersand begins a code in a header, two of them print one.
    sheet.set_header(f"&L&9{briefing.title.replace('&', '&&')}&R&9&A"[:255])
    sheet.set_footer("&R&9&P / &N")
    return sheet


def fitted(sheet: Any, sizes: Sequence[float]) -> None:
    """Set the widths of the columns."""
    for n, size in enumerate(sizes):
        sheet.set_column(n, n, size)


def overview(book: Any, formats: Formats, briefing: Briefing) -> None:
    """The title, the key figures, then each of the briefing's tables as a real table."""
    sheet = sheet_named(book, briefing, "概览", across=True)
    sheet.write_string(0, 0, briefing.title, formats(bold=True, font_size=16))
    language = briefing.language
    gap = "　" if language == "zh" else " · "
    subtitle = gap.join(filter(None, (briefing.subtitle, briefing.office, cutoff(briefing.as_of, language))))
    sheet.write_string(1, 0, subtitle, formats(font_color=MUTED))
    row, sizes = 3, [0.0]
    number_of_tiles = 0
    for block in briefing.blocks:
        if isinstance(block, Tiles):
            number_of_tiles += 1
            caption, note = word("关键数字", language), ""
            name = f"{caption.replace(' ', '_')}{number_of_tiles}"
            heads: tuple[Head, ...] = (
                Head("指标" if language == "zh" else "Indicator"), Head(word("数值", language), align="right"),
                Head("单位" if language == "zh" else "Unit"), Head(word("说明", language)),
            )  # fmt: skip
            rows: list[tuple[Cell, ...]] = [
                (Cell(t.label), cell((t.value,)), Cell(t.unit), cell(t.note) if t.note else Cell()) for t in block.items
            ]  # fmt: skip
        elif isinstance(block, Table):
            name, note = named("表", block.number, language), plain(block.note)
            caption = ("　" if language == "zh" else ". ").join(
                (numbered("表", block.number, language), block.caption)
            )
            heads = tuple(Head(c.header, align=c.align) for c in block.columns)
            rows = [tuple(map(cell, line)) for line in block.rows]
        else:
            continue
        sheet.write_string(row, 0, caption, formats(bold=True, font_size=11, font_color=PRIMARY))
        row = table(sheet, formats, name, row + 1, heads, rows)
        if note:
            sheet.write_string(row, 0, note, formats(font_color=MUTED, font_size=9))
        sizes = _wider(sizes, widths(heads, rows))
        row += 2
    fitted(sheet, sizes)


def _wider(one: Sequence[float], other: Sequence[float]) -> list[float]:
    longest = max(len(one), len(other))
    return [max(w[n] if n < len(w) else 0.0 for w in (one, other)) for n in range(longest)]


def listed(
    book: Any,
    formats: Formats,
    briefing: Briefing,
    title: str,
    name: str,
    heads: Sequence[Head],
    rows: Sequence[Sequence[Cell]],
    *,
    freeze: int,
) -> None:
    """A sheet that is one table from its first row, to filter and to read into other programs."""
    sheet = sheet_named(book, briefing, title, across=True)
    heads = said(heads, briefing)
    name = word(name, briefing.language)
    table(sheet, formats, name if name != "Data" else "Facts", 0, heads, rows, filters=True)
    fitted(sheet, widths(heads, rows))
    sheet.freeze_panes(1, freeze)
    sheet.repeat_rows(0)


def fact_rows(
    briefing: Briefing, facts: Iterable[Fact], citations: Sequence[Citation]
) -> list[tuple[Cell, ...]]:
    """One row a fact, with its sentence and place; its citation where the sentence is cited."""
    printed = set(briefing.facts)
    first: dict[str, Citation] = {}
    by_document: dict[str, list[Citation]] = {}
    for citation in (*citations, *briefing.statements):
        first.setdefault(citation.document, citation)
        by_document.setdefault(citation.document, []).append(citation)
    rows: list[tuple[Cell, ...]] = []
    for fact in facts:
        of = first.get(fact.document)
        held = next(
            (
                c
                for c in by_document.get(fact.document, ())
                if c.span.start <= fact.start and fact.end <= c.span.end
            ),
            None,
        )
        rows.append(
            (
                Cell(fact.id),
                Cell(of.issuer if of else ""),
                Cell(fact.indicator),
                Cell(fact.canonical or ""),
                Cell(word(KINDS[fact.kind], briefing.language)),
                number(fact.value),
                number(fact.value_high),
                Cell(fact.unit or ""),
                Cell(word(BASES.get(fact.basis or "", fact.basis or ""), briefing.language)),
                Cell(period(fact.period or "", briefing.language)),
                Cell(fact.scope or ""),
                Cell(word(STATES[fact.status], briefing.language)),
                Cell(fact.hedge or ""),
                Cell(fact.surface),
                Cell(held.sentence if held else ""),
                Cell(held.place if held else ""),
                Cell(f"[{held.n}]", source=held.n) if held and held.n else Cell(),
                Cell(word("是" if fact.id in printed else "否", briefing.language)),
                Cell(word(ROLES[fact.role], briefing.language)),
                Cell(" › ".join(fact.path)),
                number(str(fact.start)),
                number(str(fact.end)),
                Cell(fact.document),
                Cell(fact.rule),
                Cell("、".join(fact.flags)),
            )
        )
    return rows


def source_rows(citations: Sequence[Citation]) -> list[tuple[Cell, ...]]:
    """One row a citation, where the links of the other sheets lead."""
    return [
        (
            Cell(f"[{c.n}]"),
            Cell(c.sentence),
            Cell(c.title),
            Cell(c.issuer),
            Cell(c.period),
            Cell(c.source_name),
            Cell(c.place),
            number(str(c.span.start)),
            number(str(c.span.end)),
            Cell(c.document),
            Cell(c.sha256),
        )
        for c in citations
    ]


def drawn(book: Any, formats: Formats, briefing: Briefing, figures: Sequence[Figure]) -> None:
    """The numbers behind each chart."""
    sheet = sheet_named(book, briefing, "图表数据", across=True)
    row, sizes = 0, [0.0]
    for figure in figures:
        gap = "　" if briefing.language == "zh" else ". "
        title = f"{numbered('图', figure.number, briefing.language)}{gap}{plain(figure.title)}"
        sheet.write_string(row, 0, title, formats(bold=True, font_size=11, font_color=PRIMARY))
        sheet.write_string(row + 1, 0, figure.subtitle, formats(font_color=MUTED, font_size=9))
        heads, lines = chart_rows(figure.chart, briefing.language)
        row = table(sheet, formats, named("图", figure.number, briefing.language), row + 2, heads, lines) + 1
        sizes = _wider(sizes, widths(heads, lines))
    fitted(sheet, sizes)


def computed(book: Any, formats: Formats, briefing: Briefing, facts: Sequence[Fact]) -> None:
    """The numbers briefings computed, each with its formula, live where a sheet can run it, and what went in."""
    heads = (Head("编号", 22), Head("运算", 24), Head("结果", 12, "right"), Head("计量单位", 10),
             Head("小数位数", 10, "right"), Head("年数", 8, "right"), Head("由哪些编号得来", 80))  # fmt: skip
    known = {fact.id: fact for fact in facts}
    rows = [
        (
            Cell(c.id),
            Cell(word(OPERATIONS[c.operation], briefing.language)),
            replace(
                number(c.value),
                formula=formula(c, known).replace("'数据表'!", f"'{word('数据表', briefing.language)}'!"),
            ),
            Cell(c.unit or ""),
            number(str(c.digits)),
            number(str(c.years)) if c.years else Cell(),
            Cell("、".join(c.inputs)),
        )
        for c in briefing.computed
    ]
    listed(book, formats, briefing, "计算", "计算", heads, rows, freeze=1)


def notes(book: Any, formats: Formats, briefing: Briefing) -> None:
    """What the sheets and columns mean."""
    sheet = sheet_named(book, briefing, "说明", across=False)
    heads = said((Head("词", 16), Head("意思", 90)), briefing)
    language = briefing.language
    about = [
        ("简报", briefing.title),
        ("简报编号", briefing.id),
        ("期间", period(briefing.period, language)),
        ("数据截至", briefing.as_of),
    ]
    rows = [(Cell(word(term, language)), Cell(word(meaning, language))) for term, meaning in (*about, *NOTES)]
    table(sheet, formats, word("说明", language), 0, heads, rows)
    fitted(sheet, [head.width for head in heads])


def said(heads: Sequence[Head], briefing: Briefing) -> tuple[Head, ...]:
    """``heads`` in the briefing's language, each as wide as its words at least."""
    if briefing.language == "zh":
        return tuple(heads)
    return tuple(
        replace(h, text=text, width=max(h.width, len(text) + 2) if h.width else 0)
        for h in heads
        for text in (word(h.text, briefing.language),)
    )


def period(code: str, language: Language = "zh") -> str:
    """``2031-H1`` as 2031年上半年 or H1 2031; a code of another shape as it is."""
    found = re.fullmatch(r"(\d{4})(?:-(H[12]|Q[1-4]|M?\d{2}))?", code)
    if not found:
        return code
    year, part = found.groups()
    if language == "en":
        return " ".join(
            filter(None, (part if part in HALVES else part and month(int(part.lstrip("M"))), year))
        )
    return f"{year}年" + ("" if part is None else HALVES.get(part) or f"{int(part.lstrip('M'))}月")
