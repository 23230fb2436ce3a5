"""A rich briefing about the invented city 临澜市: every kind of block, long cells, many citations."""

from briefings.records.briefing import (
    Bar,
    BarChart,
    Block,
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
    Inline,
    Line,
    PageBreak,
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
from briefings.records.document import Span

SHA = "5e1c0d7a9b3f4c2e8d6a7b0c1f2e3d4c5b6a79880716253443526170f8e9dacb"
PERIOD = "2031年上半年"

DEPARTMENTS = ("市发展改革委", "市教育局", "市科技局", "市工业和信息化局", "市民政局", "市人力资源社会保障局",
               "市住房城乡建设局", "市交通运输局", "市商务局")  # fmt: skip
THEMES = ("项目投资", "科技创新", "民生保障", "营商环境", "绿色低碳", "城乡建设", "对外开放", "安全稳定")

# Seven sentences a department, in the manner of such summaries; {n} is the printed number.
SENTENCES = (
    ("全市安排的{n}重点项目已全部开工，完成投资进度快于序时", "重点项目", "项目", "个"),
    ("高技术制造业增加值同比增长{n}，增速连续三个季度加快", "高技术制造业增加值", "同比", "%"),
    ("为{n}困难群众办理临时救助，做到“应救尽救、凡困必帮”", "临时救助人数", "人数", "名"),
    ("一般公共预算支出完成{n}，其中用于民生的部分占比继续提高", "一般公共预算支出", "总量", "亿元"),
    ("企业开办平均用时压缩到{n}以内，材料由五份减到两份", "企业开办用时", "用时", "个工作日"),
    ("政务服务事项网上可办率较上年同期提高{n}", "网上可办率", "提高", "个百分点"),
    ("建成城市口袋公园{n}，新增绿道沿河贯通", "口袋公园", "建成", "处"),
)
PROBLEMS = ("部分县区项目前期手续办理偏慢，要素保障和资金接续跟不上工期的要求",
            "基层专业人员不足，一人多岗的情况比较普遍",
            "数据共享还有堵点，跨部门事项仍需群众往返提交材料")  # fmt: skip
PLANS = ("盯紧年度目标，对进度靠后的项目逐一挂牌督办，确保年底前全部见效",
         "把临时救助的审核权限下放到乡镇，办理时限再压缩一半",
         "推动“一件事一次办”向园区和社区延伸")  # fmt: skip


def number(department: int, sentence: int) -> str:
    """The invented number of one sentence, with its unit."""
    unit = SENTENCES[sentence][3]
    if unit in ("个", "名", "处"):
        return f"{17 + 29 * department + 113 * sentence}{unit}"
    return f"{3.1 + 1.7 * department + 0.4 * sentence:.1f}{unit}"


def cite_number(department: int, sentence: int) -> int:
    """The number of a sentence in the list of sources."""
    return department * len(SENTENCES) + sentence + 1


def fact(department: int, sentence: int) -> Value:
    """The printed number of one sentence."""
    return Value(number(department, sentence), f"f{cite_number(department, sentence)}")


def words(text: str) -> Line:
    """A line of plain words."""
    return (Words(text),)


def quote(text: str, *, cut: bool = False) -> Quote:
    """Words of the invented source."""
    return Quote(text, "doc-1", Span(0, len(text)), cut)


def achievement(department: int, sentence: int) -> Line:
    """One bullet: the source's words, the number inside them, the citation before the full stop."""
    before, after = SENTENCES[sentence][0].split("{n}")
    line: tuple[Inline, ...] = (quote(before), fact(department, sentence), quote(after))
    return (*line, Cite(cite_number(department, sentence)), Words("。"))


def citations() -> tuple[Citation, ...]:
    """The list of sources: one entry a sentence."""
    return tuple(
        Citation(
            n=cite_number(d, s),
            document=f"5e1c0d7a9b3f-{d + 1}",
            title=f"临澜市{name.removeprefix('市')}{PERIOD}工作总结和下半年工作打算",
            issuer=name,
            period=PERIOD,
            source_name="部门总结汇编（2031年上半年）.txt",
            sha256=SHA,
            place=f"第{d * 60 + s * 7 + 12}行",
            sentence=SENTENCES[s][0].replace("{n}", number(d, s)) + "。",
            span=Span(d * 4000 + s * 200, d * 4000 + s * 200 + 60),
        )
        for d, name in enumerate(DEPARTMENTS)
        for s in range(len(SENTENCES))
    )


def first_page() -> list[Block]:
    """What a leader reads in half a minute."""
    return [
        Heading(1, f"临澜市{PERIOD}部门工作总结摘编", "top"),
        Paragraph(words("九个部门的成效、数据、问题与打算，每个数都可点回原句"), "standfirst"),
        Paragraph(
            (
                Words("九个部门报告的"),
                Value("36项", "c1"),
                Words("可比数据中"),
                Value("29项", "c2", strong=True),
                Words("好于上年同期，"),
                Words("要素保障不足", "strong"),
                Words("是提得最多的问题"),
                Cite(3),
                Cite(18),
                Words("。"),
            ),
            "lead",
        ),
        Tiles(
            (
                Tile("收录部门", Value("9", "c3"), "个", words("另有两个部门的总结未收到")),
                Tile(
                    "可量化的数据",
                    Value("63", "c4"),
                    "项",
                    (Words("▲ ", "up"), Value("11项", "c5"), Words("，比上年同期")),
                ),
                Tile(
                    "高技术制造业增加值",
                    Value("3.5", "f2"),
                    "%",
                    (Words("▼ ", "down"), Value("0.6个百分点", "c6"), Cite(2)),
                ),
                Tile("问题", Value("14", "c7"), "条", words("要素保障、人手、数据共享三类占多数")),
            )
        ),
        Heading(4, "三个变化", "changes"),
        Bullets((achievement(0, 0), achievement(3, 3), achievement(5, 5)), ordered=True),
        Callout(
            "check",
            "一个提醒",
            (
                (
                    Words("两份总结对同一项目数的说法不一致：一处写"),
                    fact(0, 0),
                    Cite(1),
                    Words("，一处写"),
                    fact(1, 0),
                    Cite(8),
                    Words("，本刊照录，未作取舍。"),
                ),
            ),
        ),
    ]


def overview() -> list[Block]:
    """Chapter one: the overview table with long cells, the heatmap and the bar chart."""
    rows = tuple(
        (
            (Words(name, "strong"),),
            achievement(d, d % len(SENTENCES)),
            (fact(d, (d + 1) % len(SENTENCES)),),
            (quote(PROBLEMS[d % 3], cut=d % 2 == 0), Cite(cite_number(d, 2))),
            (quote(PLANS[d % 3]), Cite(cite_number(d, 4))) if d != 4 else (),
        )
        for d, name in enumerate(DEPARTMENTS)
    )
    counts = tuple(
        tuple((d * 5 + t * 7 + d * t) % 13 for t in range(len(THEMES))) for d in range(len(DEPARTMENTS))
    )
    sources = tuple(tuple(f"h{d}-{t}" for t in range(len(THEMES))) for d in range(len(DEPARTMENTS)))
    bars = tuple(
        Bar(name, round(3.5 + 1.7 * d, 1), f"{3.5 + 1.7 * d:.1f}", f"f{cite_number(d, 1)}", highlight=d == 3)
        for d, name in reversed(tuple(enumerate(DEPARTMENTS)))
    )
    return [
        PageBreak(),
        Heading(2, "要点一览", "overview", "一、"),
        Paragraph(words("下表一行一个部门，先看本单位一行，再看末列的下步打算。")),
        Table(
            "t1",
            1,
            f"九个部门要点一览（{PERIOD}）",
            (
                Column("部门", weight=1.3),
                Column("最重要的成效", weight=3),
                Column("关键数", "right", 1.2),
                Column("问题", weight=2.4),
                Column("下步打算", weight=2.4),
            ),
            rows,
            words("“…”表示原文没有说到。楷体为原文。"),
        ),
        Figure(
            "g1",
            1,
            (Words("民生保障和项目投资是着墨最多的两个主题"), Cite(4)),
            f"各部门总结提到各主题的条数，条，{PERIOD}",
            Heatmap(DEPARTMENTS, THEMES, counts, sources, "条"),
            f"热力图：九个部门总结提到八个主题的条数。市发展改革委项目投资{counts[0][0]}条，市教育局民生保障{counts[1][2]}条。",
            (Words("来源：九个部门的总结"), Cite(1), Cite(8), Words("；本刊计算。", "muted")),
        ),
        Figure(
            "g2",
            2,
            words("市商务局报告的增速居首，市工业和信息化局居中"),
            f"高技术制造业增加值同比增速，%，{PERIOD}",
            BarChart(bars, "%", mean=10.3),
            "条形图：九个部门报告的增速，市商务局17.1%最高，市发展改革委3.5%最低。",
            (Words("来源：各部门总结"), Cite(2), Cite(9), Words("。")),
        ),
    ]


def departments() -> list[Block]:
    """Chapter two: a section a department."""
    blocks: list[Block] = [PageBreak(), Heading(2, "各部门情况", "departments", "二、")]
    for d, name in enumerate(DEPARTMENTS):
        blocks += [
            Heading(3, name, f"dept-{d + 1}", f"（{'一二三四五六七八九'[d]}）"),
            Heading(4, "工作成效", f"dept-{d + 1}-done"),
            Bullets(tuple(achievement(d, s) for s in range(4 + d % 3))),
            Callout("problem", "问题", tuple((quote(PROBLEMS[(d + i) % 3]), Cite(cite_number(d, 2)), Words("。")) for i in range(1 + d % 2))),
            Callout("plan", "下步打算", ((quote(PLANS[d % 3]), Cite(cite_number(d, 4)), Words("。")),)),
        ]  # fmt: skip
        if d % 3 == 0:
            blocks.append(
                Quotation(
                    (quote("把群众最盼的事排在前头，把企业最急的事办在前头；说了就办，办就办成。"),),
                    (Words(f"——{name}总结"), Cite(cite_number(d, 6))),
                )
            )
        if d % 4 == 1:
            blocks.append(
                Callout("highlight", "亮点", ((*achievement(d, 6)[:-1], Words("，居全市第一位。")),))
            )
    return blocks


def annexes() -> list[Block]:
    """The annexes: a data table of several pages, and the sources."""
    rows = tuple(
        (
            words(SENTENCES[s][1]),
            words(DEPARTMENTS[d]),
            (fact(d, s),),
            words(SENTENCES[s][2]),
            (Cite(cite_number(d, s)),),
        )
        for d in range(len(DEPARTMENTS))
        for s in range(len(SENTENCES))
    )
    return [
        PageBreak(),
        Heading(2, "数据表", "annex-data", "附录A　"),
        Table(
            "t2",
            2,
            "全部可量化的数据",
            (Column("指标", weight=2.4), Column("部门", weight=2.4), Column("数值", "right", 1.4),
             Column("口径", weight=1.2), Column("来源", "center", 0.8)),
            rows,
        ),
        Heading(2, "来源", "annex-sources", "附录B　"),
        Paragraph(words("一句一条，按首次引用的先后编号；点编号回到引用处。"), "note"),
        SourceList(citations()),
    ]  # fmt: skip


def specimen() -> Briefing:
    """The specimen, some fifteen pages long."""
    blocks = (*first_page(), *overview(), *departments(), *annexes())
    return Briefing(
        id="specimen",
        kind="digest",
        title=f"临澜市{PERIOD}部门工作总结摘编",
        subtitle="九个部门的成效、数据、问题与打算",
        language="zh",
        theme="modern",
        period="2031-H1",
        as_of="2031-07-20",
        office="临澜市政府办公室",
        blocks=blocks,
        computed=(Computed("c1", "count", ("f1", "f2"), "36"), Computed("c2", "count", ("f1",), "29")),
        facts=tuple(f"f{c.n}" for c in citations()),
        documents=tuple(sorted({c.document for c in citations()})),
        keywords=("临澜市", "工作总结", "摘编"),
    )
