"""The official theme as styles of Word: 22 lines of 28 characters, the faces of Chinese office papers, black but for the masthead.

Distances say what ``styles/official.css`` says; sizes are those that Word gives the Chinese sizes (三号 is 16 points).
"""

from markup import HEAD, W, border, field, fonts, lines, listed, run, style, twips, words

INK, RED, UP, DOWN = "000000", "C8102E", "B3261E", "1B7F4B"
TEXT = twips(156)

BULLET = ""

# name: (what Word takes when the font is not there, panose, family)
FONTS = {
    "仿宋_GB2312": ("仿宋", "02010609030101010101", "modern"),
    "楷体_GB2312": ("楷体", "02010609030101010101", "modern"),
    "黑体": ("SimHei", "02010609060101010101", "modern"),
    "宋体": ("SimSun", "02010600030101010101", "roman"),
    "方正小标宋简体": ("宋体", "03000509000000000000", "script"),
    "Times New Roman": ("Liberation Serif", "02020603050405020304", "roman"),
}


class Setting:
    """Sizes and faces of one language: Chinese on the grid, English with the line distance that Latin letters ask for."""

    def __init__(self, language: str) -> None:
        self.chinese = language == "zh"
        self.pitch = 28.95 if self.chinese else 19.3
        self.size = 16.0 if self.chinese else 12.0
        self.half = self.pitch / 2 if self.chinese else self.pitch * 2 / 3
        self.small = 10.5 if self.chinese else 10.0
        self.dense = (9.0, 12.0) if self.chinese else (9.0, 11.5)
        self.sides = "both" if self.chinese else "left"
        self.first = 200 if self.chinese else 100

    def face(self, name: str) -> str:
        """A Chinese face with Times for Latin letters; English has Times alone, and the face for what stays Chinese."""
        return fonts(name, "Times New Roman", hint=self.chinese)


def styles(language: str) -> str:
    """word/styles.xml."""
    return (
        f"{HEAD}<w:styles {W}>{defaults(language)}"
        f"{''.join((*paragraphs(Setting(language)), *characters(Setting(language), language), *tables()))}</w:styles>"
    )


def defaults(language: str) -> str:
    """What every style begins with."""
    s = Setting(language)
    spelled = "en-US" if s.chinese else "en-GB"
    return (
        f"<w:docDefaults><w:rPrDefault><w:rPr>{s.face('仿宋_GB2312')}"
        f'<w:sz w:val="{round(s.size * 2)}"/><w:szCs w:val="{round(s.size * 2)}"/>'
        f'<w:lang w:val="{spelled}" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault><w:pPrDefault/>'
        "</w:docDefaults>"
    )


def paragraphs(s: Setting) -> list[str]:
    """The paragraph styles."""
    fang, kai, hei, song, title = map(
        s.face, ("仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋简体")
    )
    bold = None if s.chinese else True
    leader = f'<w:tab w:val="right" w:leader="dot" w:pos="{TEXT}"/>'
    record = border("top", 1, INK, 1) + border("bottom", 1, INK, 1) + border("between", 0.75, INK, 1)
    level = (s.size, s.size, s.size, s.size) if s.chinese else (14.0, 12.0, 12.0, 12.0)
    indent = s.first if s.chinese else 0

    def body(align: str = "", *, first: int = s.first, pitch: float = s.pitch, **more: object) -> str:
        return lines(pitch=pitch, exact=True, first=first, align=align or s.sides, **more)  # type: ignore[arg-type]

    def close(align: str = "left", **more: object) -> str:
        return lines(pitch=s.half, exact=True, first=0, free=True, align=align, **more)  # type: ignore[arg-type]

    def small(font: str = "", size: float = s.small, **more: object) -> str:
        return run(font=font, size=size, apart=0, **more)  # type: ignore[arg-type]

    def heading(rank: int, font: str, strong: bool | None) -> str:
        above = s.pitch if rank == 1 and not s.chinese else 0
        return style("paragraph", f"Heading{rank}", f"heading {rank}", following="Normal", priority=9,
                     paragraph=body("left", first=indent, keep=True, whole=True, number=listed(1, rank - 1),
                                    before=above, outline=rank - 1),
                     character=run(font=font, bold=strong, size=level[rank - 1]))  # fmt: skip

    def named(name: str, paragraph: str, character: str = "", **more: object) -> str:
        return style("paragraph", more.pop("ident", name), name, paragraph=paragraph,  # type: ignore[arg-type]
                     character=character, **more)  # type: ignore[arg-type]  # fmt: skip

    return [
        style("paragraph", "Normal", "Normal", default=True, based="", priority=0,
              paragraph="<w:widowControl/>" + body(), character=run(color=INK, apart=-5 if s.chinese else None)),
        named("份号", body("left", first=0), run(apart=0)),
        named("密级", body("left", first=0), run(font=hei, bold=bold, apart=0)),
        named("红头刊名", body("center", first=0, pitch=58, keep=True, free=True),
              run(font=title, bold=bold, color=RED, apart=126 if s.chinese else 0, size=42 if s.chinese else 30)),
        named("红头期号", body("center", first=0, keep=True)),
        named("红头单位日期", body("left", first=100, keep=True, after=s.pitch,
                                   borders=border("bottom", 1.25, RED, 11),
                                   tabs=f'<w:tab w:val="right" w:pos="{TEXT - 320}"/>')),
        named("编印单位", body("center", first=0), run(font=kai)),
        named("编者按", body(), run(font=kai)),
        named("Title", body("center", first=0, pitch=34 if s.chinese else 28.95, keep=True, whole=True, free=True),
              run(font=title, bold=bold, apart=0, size=22 if s.chinese else 20), ident="Title", following="Normal"),
        named("Subtitle", body("center", first=0, keep=True), run(font=kai), ident="Subtitle", following="Normal"),
        heading(1, hei, bold),
        heading(2, kai, bold),
        heading(3, fang, True),
        named("小标题", body("left", first=indent, keep=True, whole=True), run(font=fang, bold=True)),
        heading(4, fang, bold),
        named("导语", body()),
        named("资料来源", close(before=3, after=s.half - 3), small(kai)),
        named("Quote", body(), run(font=kai), ident="Quote", priority=29),
        named("原文引用", body(keep=True), run(font=kai), based="Quote", following="引文出处"),
        named("引文出处", body("right", first=0), run(font=kai)),
        named("caption", body("center", first=0, keep=True, whole=True, pitch=22 if s.chinese else 16, before=6.95, free=True),
              run(font=hei, bold=bold, apart=0, size=14 if s.chinese else 12), ident="Caption", following="Normal",
              priority=35),
        named("图表副题", close("center", keep=True), small(kai)),
        named("图片", '<w:keepNext/><w:snapToGrid w:val="0"/><w:spacing w:before="80" w:after="0" w:line="240" '
                      'w:lineRule="auto"/><w:ind w:left="0" w:right="0" w:firstLineChars="0" w:firstLine="0"/>'
                      '<w:jc w:val="center"/>'),
        named("表格文字", close(), small()),
        named("表格数字", close("right", tight=True), small(), based="表格文字"),
        named("表头", close(keep=True), small(hei, bold=bold), based="表格文字"),
        *(
            named(name, lines(pitch=s.dense[1], exact=True, first=0, free=True, tight=align == "right", align=align),
                  small(font, s.dense[0], bold=strong), based=based)
            for name, based, align, font, strong in (
                ("表格小字", "表格文字", "left", "", None), ("表格小数", "表格数字", "right", "", None),
                ("表头小字", "表头", "left", hei, bold))
        ),
        named("指标名", close("center", keep=True, before=5), small(hei, bold=bold)),
        named("指标值", body("center", first=0, keep=True), run(font=song, apart=0, size=20)),
        named("指标注", lines(after=5, pitch=13, exact=True, first=0, free=True, align="center"), small(kai, 9.0)),
        *(named(name, body(), run(font=kai)) for name in ("问题提示", "下步提示", "核对提示", "亮点提示")),
        named("来源条目", lines(whole=True, tabs='<w:tab w:val="left" w:pos="624"/>', after=4.8, pitch=s.half,
                                exact=True, left=624, hanging=624, free=True, align="left"), small()),
        named("List Bullet", body(number=listed(2)), ident="ListBullet", priority=36),
        named("List Number", body(number=listed(3)), ident="ListNumber", priority=36),
        named("TOC Heading", body("center", first=0, keep=True),
              run(font=title, bold=bold, apart=360 if s.chinese else 0, size=18 if s.chinese else 14),
              ident="TOCHeading", following="Normal", priority=39),
        *(
            named(name, lines(tabs=leader, pitch=21.7125 if s.chinese else 15, exact=True, left=left, first=0,
                              free=True, align="left"), small(font, size, bold=strong),
                  ident=ident, following="Normal", quick=False, priority=priority)
            for ident, name, left, font, size, strong, priority in (
                ("TOC1", "toc 1", 0, hei, 14.0 if s.chinese else 11.0, bold, 39),
                ("TOC2", "toc 2", 480, fang, 12.0 if s.chinese else 11.0, None, 39),
                ("TOC3", "toc 3", 960, fang, 12.0 if s.chinese else 11.0, None, 39),
                ("TableofFigures", "table of figures", 0, fang, 12.0 if s.chinese else 11.0, None, 99))
        ),
        named("图表目录标题", body("center", first=0, keep=True), run(font=title, bold=bold, apart=0, size=14)),
        named("版记", lines(keep=True, whole=True, pitch=24, exact=True, first=100, free=True, align="left",
                            borders=record, tabs=f'<w:tab w:val="right" w:pos="{TEXT - 280}"/>'), run(apart=0, size=14)),
        named("版记首", lines(keep=True, whole=True, before=s.pitch, pitch=24, exact=True, first=100, free=True,
                              align="left", borders=record), based="版记"),
        named("header", close(), small(song), ident="Header", quick=False, priority=99),
        named("footer", lines(left=280, right=280, pitch=14, first=0, free=True, align="right"), run(font=song, apart=0, size=14),
              ident="Footer", quick=False, priority=99),
    ]  # fmt: skip


def characters(s: Setting, language: str) -> list[str]:
    """The character styles: black, but for the marks of rise and fall."""
    kai, hei, song = map(s.face, ("楷体_GB2312", "黑体", "宋体"))
    strong = run(font=hei) if language == "zh" else run(bold=True)
    return [
        style("character", "DefaultParagraphFont", "Default Paragraph Font", default=True, based="", quick=False,
              priority=1),
        *(
            style("character", name, name, based="DefaultParagraphFont", character=properties, priority=20)
            for name, properties in (
                ("Hyperlink", run(color=INK)),
                ("引文编号", run(font=song, color=INK, apart=0, size=12.5, raised=True)),
                ("引文编号平", run(font=song, color=INK)),
                ("上升", run(color=UP)),
                ("下降", run(color=DOWN)),
                ("持平", run(color=INK)),
                ("重点", strong),
                ("弱化", run(color=INK)),
                ("原文", run(font=kai)),
                ("来源出处", run(color=INK, size=9)),
                ("指标单位", run(color=INK, size=10.5)),
                *((name, strong) for name in ("问题词", "下步词", "核对词", "亮点词")),
            )
        ),
    ]  # fmt: skip


def tables() -> list[str]:
    """The table styles: three rules, and key figures between two."""
    margins = (
        '<w:tblCellMar><w:top w:w="56" w:type="dxa"/><w:left w:w="80" w:type="dxa"/>'
        '<w:bottom w:w="56" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar>'
    )
    rules = (
        f"<w:tblPr><w:tblBorders>{border('top', 1, INK)}{border('bottom', 1, INK)}"
        f"{border('insideH', 0.375, INK)}</w:tblBorders>{margins}</w:tblPr>"
        f'<w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>{border("bottom", 0.5, INK)}</w:tcBorders>'
        '<w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr>'
    )
    cards = (
        f"<w:tblPr><w:tblBorders>{border('top', 1, INK)}{border('bottom', 1, INK)}"
        f"{border('insideH', 0.375, INK)}{border('insideV', 0.375, INK)}</w:tblBorders>{margins}</w:tblPr>"
    )
    return [
        style("table", "TableNormal", "Normal Table", default=True, based="", quick=False, priority=99,
              rest='<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="80" w:type="dxa"/>'
                   '<w:right w:w="80" w:type="dxa"/></w:tblCellMar></w:tblPr>'),
        style("table", "对比三线表", "对比三线表", based="TableNormal", rest=rules),
        style("table", "指标卡", "指标卡", based="TableNormal", rest=cards),
        style("numbering", "NoList", "No List", default=True, based="", quick=False, priority=99),
    ]  # fmt: skip


def levels(language: str) -> list[tuple[str, str]]:
    """The paragraphs' and the characters' properties of the levels of headings, of bullets and of counted lists."""
    s = Setting(language)
    ind = f'<w:ind w:left="0" w:firstLineChars="{s.first}" w:firstLine="{s.first * 320 // 100}"/>'
    heading = ind if s.chinese else '<w:ind w:left="0" w:firstLine="0"/>'
    return [(heading, "")] * 4 + [(ind, ""), (ind, "")]


def around(language: str) -> list[tuple[str, str]]:
    """What stands around the briefing, style and words; a paragraph whose placeholders are all empty is left out."""
    to, copies = ("报送：", "抄送：") if language == "zh" else ("To: ", "Copies: ")
    return [
        ("份号", "{{masthead.serial}}"),
        ("密级", "{{masthead.classification}}"),
        ("密级", "{{masthead.urgency}}"),
        ("红头刊名", "{{masthead.name}}"),
        ("红头期号", "{{masthead.issue}}"),
        ("红头单位日期", "{{masthead.unit}}\t{{masthead.date}}"),
        ("Normal", "{{content}}"),
        ("版记首", to + "{{masthead.report_to}}"),
        ("版记", copies + "{{masthead.copy_to}}"),
        ("版记", "\t{{masthead.printed}}"),
    ]


def furniture() -> dict[str, str]:
    """The feet by kind: the page between dashes, outside, one character from the edge; no heads."""
    return {"footer default": foot(""), "footer even": foot('<w:jc w:val="left"/>')}


def foot(side: str) -> str:
    """A foot: — 3 —."""
    return (
        f'<w:p><w:pPr><w:pStyle w:val="Footer"/>{side}</w:pPr>{words("— ")}{field("PAGE")}{words(" —")}</w:p>'
    )


def page(language: str) -> str:
    """The page: A4 with 156 by 225 mm of text, on a grid of lines."""
    pitch = round(Setting(language).pitch * 20)
    return (
        f'<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="{twips(37)}" w:right="{11906 - twips(28) - TEXT}" '
        f'w:bottom="{twips(35)}" w:left="{twips(28)}" w:header="{twips(15)}" w:footer="{twips(23)}" w:gutter="0"/>'
        f'<w:cols w:space="425"/><w:docGrid w:type="lines" w:linePitch="{pitch}"/>'
    )
