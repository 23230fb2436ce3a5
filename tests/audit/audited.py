"""A small briefing that can be proved to the last digit: two reports of an invented city, their facts, every kind of block."""

from briefings.records.briefing import (
    Bar,
    BarChart,
    Briefing,
    Bullets,
    Callout,
    Citation,
    Cite,
    Column,
    Computed,
    Figure,
    Heading,
    Heatmap,
    Line,
    Paragraph,
    Quotation,
    Quote,
    SourceList,
    Table,
    Tile,
    Tiles,
    Value,
    Words,
)
from briefings.records.document import Attribute, Document, Source, Span
from briefings.records.fact import Fact, Kind

PORT = """云河市港口局2021年上半年工作总结
上半年,全市货物吞吐量完成1205.6万吨,同比增长6.2%,高于全省
1.4个百分点;集装箱吞吐量38.5万标箱,同比下降3.1%。
新开航线１２条,其中外贸航线5条。港口建设完成投资近9.8亿元,完成年度计划的52.3%,居全省第3位。
泊位等级偏低,还有3个泊位不能靠泊大型船舶。
力争全年货物吞吐量达到2500万吨以上。
"""
FISH = """云河市渔业局2021年上半年工作总结
上半年,水产品产量36.4万吨,同比增长2.5%。渔港改造完成投资1.2亿元,完成年度计划的61%。
"""
SOURCES = {
    letter * 64: Source(letter * 64, name, "txt", text, encoding="utf-8")
    for letter, name, text in (("a", "港口局.txt", PORT), ("b", "渔业局.txt", FISH))
}
TEXTS = {sha: source.text for sha, source in SOURCES.items()}


def document(letter: str, issuer: str) -> Document:
    """The one document of a source."""
    text = TEXTS[letter * 64]
    return Document(
        id=letter * 12 + "-1",
        sha256=letter * 64,
        name=SOURCES[letter * 64].name,
        ordinal=1,
        span=Span(0, len(text)),
        title=Attribute(text.splitlines()[0], "first_line", Span(0, 17)),
        issuer=Attribute(issuer, "title", Span(0, 6)),
        place=Attribute("云河市", "title", Span(0, 3)),
        period=Attribute("2021-H1", "title", Span(6, 14)),
        published=None,
        genre="summary",
    )


DOCUMENTS = {d.id: d for d in (document("a", "云河市港口局"), document("b", "云河市渔业局"))}


def span(letter: str, words: str) -> Span:
    """Where ``words`` stand in a source."""
    start = TEXTS[letter * 64].index(words)
    return Span(start, start + len(words))


def fact(
    id_: str, letter: str, surface: str, kind: Kind, value: str, unit: str | None, hedge: str | None = None
) -> Fact:
    """A fact found by its surface, which stands once in the source."""
    at = span(letter, surface)
    text = TEXTS[letter * 64]
    start = max(text.rfind("。", 0, at.start), text.index("\n")) + 1
    return Fact(
        id=id_,
        document=letter * 12 + "-1",
        start=at.start,
        end=at.end,
        surface=surface,
        kind=kind,
        value=value,
        value_high=None,
        unit=unit,
        indicator="指标",
        indicator_spans=(),
        canonical=None,
        basis=None,
        period=None,
        scope=None,
        status="actual",
        hedge=hedge,
        sentence=Span(start, text.index("。", at.start) + 1),
        rule="test",
    )


FACTS = {
    f.id: f
    for f in (
        fact("cargo", "a", "1205.6万吨", "level", "1205.6", "万吨"),
        fact("cargo-yoy", "a", "6.2%", "change", "6.2", "%"),
        fact("cargo-gap", "a", "1.4个百分点", "gap", "1.4", "个百分点"),
        fact("box", "a", "38.5万标箱", "level", "38.5", "万标箱"),
        fact("box-yoy", "a", "3.1%", "change", "-3.1", "%"),
        fact("lines", "a", "１２条", "level", "12", "条"),
        fact("invest", "a", "近9.8亿元", "level", "9.8", "亿元", "近"),
        fact("plan", "a", "52.3%", "completion", "52.3", "%"),
        fact("rank", "a", "第3位", "rank", "3", "位"),
        fact("target", "a", "2500万吨以上", "level", "2500", "万吨", "以上"),
        fact("fish", "b", "36.4万吨", "level", "36.4", "万吨"),
        fact("fish-yoy", "b", "2.5%", "change", "2.5", "%"),
        fact("harbour", "b", "1.2亿元", "level", "1.2", "亿元"),
        fact("harbour-plan", "b", "61%", "completion", "61", "%"),
    )
}
"""By id."""

COMPUTED = (
    Computed("c-documents", "count", tuple(DOCUMENTS), "2", "份"),
    Computed("c-facts", "count", tuple(FACTS), "14", "项"),
    Computed("c-ahead", "difference", ("harbour-plan", "plan"), "8.7", "个百分点", 1),
    Computed("c-share", "percent", ("fish", "cargo"), "3.02", "%", 2),
    Computed("c-middle", "median", ("plan", "harbour-plan"), "56.7", "%", 1),
    Computed("c-one", "count", ("m1",), "1"),
    Computed("c-three", "count", ("m2", "m3", "m4"), "3"),
)


def quote(letter: str, words: str, *, printed: str = "", cut: bool = False) -> Quote:
    """Words of a source; ``printed`` where punctuation or line breaks are set differently."""
    return Quote(printed or words, letter * 12 + "-1", span(letter, words), cut)


def citation(n: int, letter: str, words: str) -> Citation:
    """An entry of the list of sources."""
    home = DOCUMENTS[letter * 12 + "-1"]
    at = span(letter, words)
    line = TEXTS[letter * 64].count("\n", 0, at.start) + 1
    return Citation(
        n=n,
        document=home.id,
        title=home.title.value,
        issuer=home.issuer.value if home.issuer else "",
        period="2021年上半年",
        source_name=home.name,
        sha256=home.sha256,
        place=f"第{line}行",
        sentence=words.replace("\n", ""),
        span=at,
    )


CITATIONS = (
    citation(1, "a", PORT.splitlines(keepends=True)[1] + PORT.splitlines()[2]),
    citation(2, "a", "新开航线１２条,其中外贸航线5条。"),
    citation(3, "a", "港口建设完成投资近9.8亿元,完成年度计划的52.3%,居全省第3位。"),
    citation(4, "a", "泊位等级偏低,还有3个泊位不能靠泊大型船舶。"),
    citation(5, "a", "力争全年货物吞吐量达到2500万吨以上。"),
    citation(6, "b", "上半年,水产品产量36.4万吨,同比增长2.5%。"),
    citation(7, "b", "渔港改造完成投资1.2亿元,完成年度计划的61%。"),
)


def words(text: str) -> Line:
    """A line of plain words."""
    return (Words(text),)


ROWS: tuple[tuple[Line, ...], ...] = (
    (
        words("货物吞吐量"),
        (Value("1205.6万吨", "cargo"),),
        (Words("▲ ", "up"), Value("+6.2%", "cargo-yoy")),
        (Cite(1),),
    ),
    (
        words("集装箱吞吐量"),
        (Value("38.5万标箱", "box"),),
        (Words("▼ ", "down"), Value("−3.1%", "box-yoy")),
        (Cite(1),),
    ),
    (
        words("水产品产量"),
        (Value("36.4万吨", "fish"),),
        (Words("▲ ", "up"), Value("+2.5%", "fish-yoy")),
        (Cite(6),),
    ),
    (words("港口投资"), (Value("近9.8亿元", "invest"),), (), (Cite(3),)),
    (words("渔港投资"), (Value("1.2亿元", "harbour"),), (), (Cite(7),)),
)


def audited() -> Briefing:
    """The briefing; nothing can be held against it."""
    blocks = (
        Heading(1, "云河市2021年上半年部门工作总结摘编", "top"),
        Paragraph((Words("收录"), Value("2份", "c-documents"), Words("总结")), "standfirst"),
        Paragraph((Words("货物吞吐量增长"), Value("6.2%", "cargo-yoy", True), Cite(1), Words("。")), "lead"),
        Tiles(
            (
                Tile("文件", Value("2", "c-documents"), "份"),
                Tile("数据", Value("14", "c-facts"), "项", words("均可点回原句")),
                Tile(
                    "货物吞吐量",
                    Value("1205.6", "cargo"),
                    "万吨",
                    (Words("▲ ", "up"), Value("6.2%", "cargo-yoy"), Cite(1)),
                ),
            )
        ),
        Heading(2, "要点一览", "overview", "一、"),
        Bullets(
            (
                (
                    quote("a", "新开航线１２条,其中外贸航线5条", printed="新开航线12条，其中外贸航线5条"),
                    Cite(2),
                    Words("。"),
                ),
                (
                    Words("渔港进度快"),
                    Value("8.7个百分点", "c-ahead"),
                    Words("，中位数为"),
                    Value("56.7%", "c-middle"),
                    Cite(3),
                    Cite(7),
                    Words("。"),
                ),
                (
                    Words("高于全省"),
                    Value("1.4个百分点", "cargo-gap"),
                    Words("，箱量下降"),
                    Value("3.1%", "box-yoy"),
                    Cite(1),
                    Words("。"),
                ),
                (
                    Words("投资列全省"),
                    Value("第3位", "rank"),
                    Cite(3),
                    Words("，水产品为货物的"),
                    Value("3.02%", "c-share"),
                    Words("。"),
                ),
            ),
            ordered=True,
        ),
        Table(
            "t1",
            1,
            "主要指标（2021年上半年）",
            (
                Column("指标", weight=2),
                Column("数值", "right"),
                Column("增减", "right"),
                Column("来源", "center"),
            ),
            ROWS,
            words("“…”表示原文没有说到。"),
        ),
        Figure(
            "g1",
            1,
            (Words("渔港投资进度较快"), Cite(7)),
            "完成年度计划，%，2021年上半年",
            BarChart(
                (Bar("渔港", 61, "61%", "harbour-plan", True), Bar("港口", 52.3, "52.3%", "plan")), "%", 56.65
            ),
            "条形图：渔港投资完成年度计划61%，港口投资完成52.3%。",
            (Words("来源：两份总结"), Cite(3), Cite(7)),
        ),
        Figure(
            "g2",
            2,
            words("港口局措施较多"),
            "各主题的措施，条",
            Heatmap(("港口局", "渔业局"), ("建设",), ((3,), (1,)), (("c-three",), ("c-one",)), "条"),
            "热力图：港口局的建设措施3条，渔业局1条。",
        ),
        Heading(2, "问题与打算", "problems", "二、"),
        Callout("problem", "问题", ((quote("a", "泊位等级偏低,还有3个泊位", cut=True), Cite(4)),)),
        Callout(
            "plan",
            "打算",
            ((Words("全年货物吞吐量"), Value("2500万吨以上", "target"), Cite(5)), words("其余未见表述。")),
        ),
        Quotation((quote("a", "力争全年货物吞吐量达到2500万吨以上。"),), (Words("——云河市港口局"), Cite(5))),
        Heading(2, "来源", "sources", "附录A　"),
        SourceList(CITATIONS),
    )
    return Briefing(
        id="audited",
        kind="digest",
        title="云河市2021年上半年部门工作总结摘编",
        subtitle="两个部门的数据",
        language="zh",
        theme="modern",
        period="2021-H1",
        as_of="2021-07-20",
        office="云河市政府办公室",
        blocks=blocks,
        computed=COMPUTED,
        facts=tuple(FACTS),
        documents=tuple(DOCUMENTS),
        keywords=("云河市", "总结"),
    )
