"""A specimen: every kind of block once, said to be a sample everywhere, of a city that does not exist.

Templates are tried on it, and people see on it what theirs look like. Its numbers are nobody's.
"""

from collections.abc import Callable
from dataclasses import replace

from briefings.records.briefing import (
    Bar,
    BarChart,
    Block,
    Briefing,
    Bullet,
    Bullets,
    Callout,
    Chart,
    Citation,
    Cite,
    Column,
    Computed,
    Dumbbell,
    Figure,
    Heading,
    Heatmap,
    Language,
    LineChart,
    Mark,
    Masthead,
    PageBreak,
    Pairing,
    Paragraph,
    Progress,
    Quotation,
    Quote,
    Slope,
    SmallMultiples,
    SourceList,
    Table,
    Theme,
    Tile,
    Tiles,
    Track,
    Value,
    Words,
)
from briefings.records.document import Span
from briefings.records.mail import Contents, Since

_SENTENCE = "上半年，全市港口货物吞吐量1860万吨，同比增长7.4%，比上年同期提高2.1个百分点。"
_SHA = "0" * 64
Say = Callable[[str, str], str]


def specimen(language: Language = "zh", theme: Theme = "modern", *, bare: bool = False) -> Briefing:
    """The specimen; ``bare`` without all that an office may or may not configure."""

    def say(zh: str, en: str) -> str:
        return zh if language == "zh" else en

    return Briefing(
        id="specimen",
        kind="digest",
        title=say(
            "样张：澄屿市2031年上半年工作简报", "Specimen: a briefing on Chengyu in the first half of 2031"
        ),
        subtitle=""
        if bare
        else say("样张，地名与数字均为虚构", "A specimen; place and figures are invented"),
        language=language,
        theme=theme,
        period="2031-H1",
        as_of="" if bare else "2031-07-20",
        office="" if bare else say("样张编印室", "Specimen office"),
        blocks=tuple(_blocks(say)),
        computed=(Computed("c-count", "count", ("d1", "d2", "d3"), "3"),),
        facts=("f1",),
        documents=("d1",),
        keywords=() if bare else (say("样张", "specimen"),),
        contents=not bare,
        masthead=None if bare or theme != "official" else _masthead(say),
    )


def mail_specimen(language: Language = "zh", *, bare: bool = False) -> Contents:
    """What a letter tells, with everything a letter may tell; ``bare`` with next to nothing."""
    zh = language == "zh"
    full = Contents(
        briefing="specimen",
        edition="2031-07-20-000000",
        title="样张：澄屿市2031年上半年工作简报" if zh else "Specimen: a briefing on Chengyu",
        subtitle="样张，地名与数字均为虚构" if zh else "A specimen; place and figures are invented",
        office="样张编印室" if zh else "Specimen office",
        as_of="2031-07-20",
        language=language,
        name="样张读者" if zh else "Specimen Reader",
        lead=("样张：港口货物吞吐量1860万吨。" if zh else "Specimen: 18.6 million tonnes through the port.",),
        first=False,
        since=(
            Since(
                "2031-07-20-000000", ("样张：一项数字有变化。" if zh else "Specimen: one number changed.",)
            ),
            Since("2031-07-10-000000", ("样张：新增一份材料。" if zh else "Specimen: one more source.",)),
        ),
        more=2,
        attached=("specimen.pdf",),
        left_out=("specimen.docx",),
        newer="2031-07-30-000000",
        trial=True,
        link="https://specimen.example/share",
        until="2031-08-20",
    )
    if not bare:
        return full
    return replace(
        full, subtitle="", office="", as_of="", name="", lead=(), first=True, since=(), more=0, attached=(),
        left_out=(), newer="", trial=False, link="", until="",
    )  # fmt: skip


def _masthead(say: Say) -> Masthead:
    return Masthead(
        name=say("样张简报", "Specimen"),
        issue=say("第0期", "No. 0"),
        unit=say("样张编印室", "Specimen office"),
        date=say("2031年7月20日", "20 July 2031"),
        classification=say("样张", "Specimen"),
        urgency=say("样张", "Specimen"),
        serial="000000",
        foreword=say("这是一份样张，用来看模板的样子，其中地名与数字均为虚构。", "A specimen that shows what the templates look like."),
        report_to=say("样张读者甲", "Reader A"),
        copy_to=say("样张读者乙", "Reader B"),
        printed=say("样张编印室印发", "Printed by the specimen office"),
    )  # fmt: skip


def _blocks(say: Say) -> list[Block]:
    value, cite = Value(say("1860万吨", "18.6 million tonnes"), "f1"), Cite(1)
    quote = Quote(_SENTENCE, "d1", Span(0, len(_SENTENCE)))

    def words(zh: str, en: str) -> Words:
        return Words(say(zh, en))

    body = (words("样张正文：港口货物吞吐量", "Specimen text: through the port went "), value, cite,
            Words(say("，同比", ", up "), "muted"), Words("▲", "up"), Value("7.4%", "f1"), Words("▼", "down"),
            Value("2.1%", "f1", strong=True), Words(say("。", "."), "strong"))  # fmt: skip
    blocks: list[Block] = [
        Heading(
            1, say("样张：澄屿市2031年上半年工作简报", "Specimen: Chengyu in the first half of 2031"), "title"
        ),
        Paragraph(
            (words("样张，地名与数字均为虚构", "A specimen; place and figures are invented"),), "standfirst"
        ),
        Paragraph(body, "lead"),
        Tiles(
            tuple(
                Tile(say(f"样张指标{n}", f"Specimen {n}"), Value("1860", "f1"), say("万吨", " t"), (words("附注", "note"), cite))
                for n in "甲乙丙"
            )
        ),
        PageBreak(),
        Heading(2, say("正文与要点", "Text and lists"), "h-text", say("一、", "1 ")),
        Heading(3, say("各级标题", "Headings"), "h-heads", say("（一）", "1.1 ")),
        Heading(4, say("段内标题", "Run-in heading"), "h-run"),
        Paragraph((*body, *body, *body)),
        Paragraph((words("附注一行。", "A note."),), "note"),
        Bullets((body, (words("第二条要点。", "A second point."),))),
        Bullets((body, (words("第二步。", "A second step."),)), ordered=True),
        Callout("problem", say("问题", "Problem"), (body, body)),
        Callout("plan", say("打算", "Plan"), (body,)),
        Callout("check", say("提醒", "Caveat"), (body,)),
        Callout("highlight", say("亮点", "Highlight"), (body,)),
        Quotation((quote,), (words("样张材料", "Specimen source"), cite)),
        Heading(2, say("表", "Tables"), "h-tables", say("二、", "2 ")),
        _table(say, "table-1", 1, 4, value, cite),
        _table(say, "table-2", 2, 10, value, cite),
        Heading(2, say("图", "Figures"), "h-figures", say("三、", "3 ")),
    ]  # fmt: skip
    for at, (name, chart) in enumerate(_charts(say), 1):
        title = (Words(name), cite)
        alt = say(f"样张图：{name}，58.2与61.5。", f"Specimen figure: {name}, 58.2 and 61.5.")
        blocks.append(
            Figure(f"figure-{at}", at, title, say("样张，%", "Specimen, %"), chart, alt, (words("来源：样张", "Source: specimen"), cite))
        )  # fmt: skip
    entries = tuple(
        Citation(n, "d1", say("样张材料", "Specimen source"), say("澄屿市样张局", "Specimen bureau"), "2031-H1", "specimen.txt", _SHA, "第1行", _SENTENCE, Span(0, len(_SENTENCE)))
        for n in (1, 2)
    )  # fmt: skip
    return [
        *blocks,
        PageBreak(),
        Heading(2, say("资料来源", "Sources"), "h-sources", say("四、", "4 ")),
        SourceList(entries),
    ]


def _table(say: Say, ident: str, number: int, columns: int, value: Value, cite: Cite) -> Table:
    heads = (Column(say("部门", "Office"), weight=2), *(Column(say(f"指标{n}", f"Item {n}"), "right") for n in "甲乙丙丁戊己庚辛壬癸"[: columns - 1]))  # fmt: skip
    row = (
        (Words(say("样张局", "Specimen bureau")),),
        *((value, cite) if at == 1 else () for at in range(1, columns)),
    )
    caption = say(f"样张表，{columns}列", f"Specimen table of {columns} columns")
    return Table(
        ident, number, caption, heads, (row, row, row), (Words(say("附注：样张。", "Note: specimen.")),)
    )


def _charts(say: Say) -> list[tuple[str, Chart]]:
    low, high = Mark(58.2, "58.2", "f1"), Mark(61.5, "61.5", "f1")
    names = [say(f"样张区{n}", f"District {n}") for n in "甲乙丙"]
    pairs = tuple(Pairing(name, low, high, at == 0) for at, name in enumerate(names))
    sides = say("2030年上半年", "H1 2030"), say("2031年上半年", "H1 2031")
    periods = tuple(say(f"{year}年上半年", f"H1 {year}") for year in (2028, 2029, 2030, 2031))
    tracks = tuple(Track(name, (low, high, low, high), at == 0) for at, name in enumerate(names[:2]))
    bars = tuple(Bar(name, 58.2 + at, f"{58.2 + at:.1f}", "f1", at == 0) for at, name in enumerate(names))
    counts = tuple(tuple(at + to for to in range(3)) for at in range(3))
    return [
        (say("横条", "Bars"), BarChart(bars, "%", 59.2)),
        (say("哑铃", "Dumbbells"), Dumbbell(pairs, "%", *sides)),
        (say("斜线", "Slopes"), Slope(pairs, "%", *sides)),
        (say("进度", "Progress"), Bullet(tuple(Progress(name, low, 50) for name in names))),
        (say("折线", "Lines"), LineChart(tracks, periods, "%")),
        (say("小图", "Small multiples"), SmallMultiples(tracks, periods, ("%", "%"))),
        (
            say("方格", "Heat map"),
            Heatmap(
                tuple(names), tuple(names), counts, tuple(("c-count",) * 3 for _ in range(3)), say("项", "")
            ),
        ),
    ]
