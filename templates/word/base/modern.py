"""The modern theme as styles of Word: what a reader meets on screen and prints now and then."""

import re

from markup import HEAD, W, border, field, fonts, lines, listed, run, style, twips, words

SANS, SERIF, KAI = "Noto Sans CJK SC", "Noto Serif CJK SC", "LXGW WenKai"
INK, MUTED, LINE, PRIMARY, TEAL = "1F2328", "5F6B76", "D9DEE3", "0B5394", "00788A"
WARNING, RED, GREEN, REFERENCE = "B45309", "B3261E", "1B7F4B", "9AA5B1"

LATIN = {"Noto Sans CJK SC": "Noto Sans CJK KR", "Noto Serif CJK SC": "Noto Serif CJK KR"}
"""Twins of the Chinese faces with the same Latin letters, but quotation marks of Latin width."""
CLOSER = (
    ('w:sz w:val="21"/><w:szCs w:val="21"', 'w:sz w:val="20"/><w:szCs w:val="20"'),
    ('w:sz w:val="44"/><w:szCs w:val="44"', 'w:sz w:val="40"/><w:szCs w:val="40"'),
    ('w:line="600"', 'w:line="520"'),
    ('w:line="400"', 'w:line="360"'),
    ('w:line="340"', 'w:line="300"'),
    ('w:line="270"', 'w:line="240"'),
)
"""Sizes and line distances, and those that Latin letters ask for."""

BULLET = "•"

# name: (what Word takes when the font is not there, panose, family)
FONTS = {
    SANS: ("微软雅黑", "020B0503020204020204", "swiss"),
    SERIF: ("宋体", "02010600030101010101", "roman"),
    KAI: ("楷体", "02010609060101010101", "modern"),
}
ENGLISH_FONTS = {
    "Noto Sans CJK KR": ("Segoe UI", "020B0503020204020204", "swiss"),
    "Noto Serif CJK KR": ("Georgia", "02010600030101010101", "roman"),
}


def heading(level: int, paragraph: str, character: str) -> str:
    """A heading style, numbered by the level of the same rank in the list of headings."""
    return style("paragraph", f"Heading{level}", f"heading {level}", following="Normal",
                 paragraph=paragraph, character=character, priority=9)  # fmt: skip


def callout(name: str, color: str, tint: str) -> str:
    """A box: a bar at the left, a tint; equal neighbours join up."""
    borders = border("top", 4, tint) + border("left", 3, color, 8) + border("bottom", 4, tint)
    return style("paragraph", name, name,
                 paragraph=lines(whole=True, borders=borders, shade=tint, before=6, after=8, pitch=16,
                                 left=220, right=120, close=True, align="left"),
                 character=run(size=10))  # fmt: skip


def styles(language: str) -> str:
    """word/styles.xml."""
    return chinese() if language == "zh" else english(chinese())


def english(text: str) -> str:
    """Styles for English words: ragged on the right, spelled as English, closer lines, quotation marks of Latin width.

    Words apart by stretched blanks, and quotation marks as wide as a Han character, are Chinese setting.
    """
    text = text.replace(' w:hint="eastAsia"', "").replace('<w:jc w:val="both"/>', '<w:jc w:val="left"/>')
    text = text.replace('w:lang w:val="en-US"', 'w:lang w:val="en-GB"')
    for wide, close in CLOSER:
        text = text.replace(wide, close)
    for chinese_face, latin in LATIN.items():
        text = re.sub(rf'(w:(?:ascii|hAnsi|cs))="{chinese_face}"', rf'\1="{latin}"', text)
    return text


def chinese() -> str:
    """The styles for Chinese words."""
    right_edge = twips(166)
    leader = f'<w:tab w:val="right" w:leader="dot" w:pos="{right_edge}"/>'
    paragraphs = [
        style("paragraph", "Normal", "Normal", default=True, based="", priority=0,
              paragraph="<w:widowControl/>" + lines(after=5.7, pitch=17, align="both"), character=run(color=INK)),
        style("paragraph", "编印单位", "编印单位",
              paragraph=lines(keep=True, borders=border("bottom", 1.25, PRIMARY, 6), after=14, pitch=13, align="left"),
              character=run(bold=True, color=PRIMARY, size=9)),
        style("paragraph", "Title", "Title", following="Normal",
              paragraph=lines(keep=True, whole=True, before=6, after=4, pitch=30, align="left"),
              character=run(font=SERIF, bold=True, size=22)),
        style("paragraph", "Subtitle", "Subtitle", following="Normal",
              paragraph=lines(after=8, pitch=20, align="left"), character=run(color=MUTED, size=12)),
        heading(1, lines(keep=True, whole=True, number=listed(1, 0), borders=border("top", 1.25, PRIMARY, 5),
                         before=24, after=6, pitch=22, align="left", outline=0), run(bold=True, size=14)),
        heading(2, lines(keep=True, whole=True, number=listed(1, 1), before=14, after=4, pitch=18, align="left",
                         outline=1), run(bold=True, size=12)),
        heading(3, lines(keep=True, whole=True, number=listed(1, 2), before=8, after=3, pitch=17, align="left",
                         outline=2), run(bold=True, color=PRIMARY, size=10.5)),
        heading(4, lines(keep=True, whole=True, number=listed(1, 3), before=6, after=2, pitch=17, align="left",
                         outline=3), run(bold=True, size=10.5)),
        style("paragraph", "小标题", "小标题", following="Normal",
              paragraph=lines(keep=True, whole=True, before=8, after=3, pitch=17, align="left"),
              character=run(bold=True, color=PRIMARY, size=10.5)),
        style("paragraph", "导语", "导语", paragraph=lines(before=2, after=8, pitch=20, align="left"),
              character=run(size=12)),
        style("paragraph", "资料来源", "资料来源", paragraph=lines(before=3, after=8, pitch=13, align="left"),
              character=run(color=MUTED, size=8.5)),
        style("paragraph", "Quote", "Quote", priority=29,
              paragraph=lines(borders=border("left", 0.75, REFERENCE, 8), before=4, after=0, pitch=17, left=280,
                              right=280, align="left"), character=run(font=KAI)),
        style("paragraph", "原文引用", "原文引用", based="Quote", following="引文出处",
              paragraph=lines(keep=True, whole=True, borders=border("left", 0.75, REFERENCE, 8), before=4, after=0,
                              pitch=17, left=280, right=280, align="left"), character=run(font=KAI)),
        style("paragraph", "引文出处", "引文出处",
              paragraph=lines(whole=True, borders=border("left", 0.75, REFERENCE, 8), after=8, pitch=14, left=280,
                              right=280, align="left"), character=run(color=MUTED, size=8.5)),
        style("paragraph", "Caption", "caption", following="Normal", priority=35,
              paragraph=lines(keep=True, whole=True, before=12, after=3, pitch=15, align="left"),
              character=run(bold=True, size=10)),
        style("paragraph", "图表副题", "图表副题", paragraph=lines(keep=True, after=3, pitch=13, align="left"),
              character=run(color=MUTED, size=8.5)),
        style("paragraph", "图片", "图片",
              paragraph='<w:keepNext/><w:spacing w:before="0" w:after="0" w:line="240" w:lineRule="auto"/>'
                        '<w:jc w:val="left"/>'),
        style("paragraph", "表格文字", "表格文字", paragraph=lines(pitch=13.5, exact=True, align="left"), character=run(size=9)),
        style("paragraph", "表格数字", "表格数字", based="表格文字",
              paragraph=lines(pitch=13.5, exact=True, tight=True, align="right")),
        style("paragraph", "表头", "表头", based="表格文字", paragraph=lines(keep=True, pitch=13, align="left"),
              character=run(bold=True)),
        style("paragraph", "指标名", "指标名", paragraph=lines(keep=True, before=3, pitch=12, align="left"),
              character=run(color=MUTED, size=8.5)),
        style("paragraph", "指标值", "指标值", paragraph=lines(keep=True, pitch=26, align="left"),
              character=run(bold=True, size=20)),
        style("paragraph", "指标注", "指标注", paragraph=lines(after=3, pitch=12.5, exact=True, align="left"),
              character=run(color=MUTED, size=8.5)),
        callout("问题提示", WARNING, "FFF7ED"),
        callout("下步提示", PRIMARY, "EAF2FB"),
        callout("核对提示", MUTED, "F5F7F9"),
        callout("亮点提示", TEAL, "E8F4F5"),
        style("paragraph", "来源条目", "来源条目",
              paragraph=lines(whole=True, tabs='<w:tab w:val="left" w:pos="567"/>', after=3, pitch=14, left=567,
                              hanging=567, align="left"), character=run(size=9)),
        style("paragraph", "ListBullet", "List Bullet", priority=36,
              paragraph=lines(number=listed(2), after=3, pitch=17, left=340, hanging=340, align="both")),
        style("paragraph", "ListNumber", "List Number", priority=36,
              paragraph=lines(number=listed(3), after=3, pitch=17, left=340, hanging=340, align="both")),
        style("paragraph", "TOCHeading", "TOC Heading", following="Normal", priority=39,
              paragraph=lines(keep=True, after=6, pitch=22, align="left"), character=run(bold=True, size=14)),
        style("paragraph", "TOC1", "toc 1", following="Normal", quick=False, priority=39,
              paragraph=lines(tabs=leader, before=3, pitch=15, align="left"), character=run(bold=True)),
        style("paragraph", "TOC2", "toc 2", following="Normal", quick=False, priority=39,
              paragraph=lines(tabs=leader, pitch=14.5, left=340, align="left"), character=run(size=9.5)),
        style("paragraph", "TOC3", "toc 3", following="Normal", quick=False, priority=39,
              paragraph=lines(tabs=leader, pitch=14, left=680, align="left"), character=run(size=9)),
        style("paragraph", "TableofFigures", "table of figures", following="Normal", quick=False, priority=99,
              paragraph=lines(tabs=leader, pitch=13.5, align="left"), character=run(size=8.5)),
        style("paragraph", "图表目录标题", "图表目录标题",
              paragraph=lines(keep=True, before=10, after=3, pitch=16, align="left"),
              character=run(bold=True, size=10)),
        style("paragraph", "Header", "header", quick=False, priority=99,
              paragraph=lines(tabs=f'<w:tab w:val="right" w:pos="{right_edge}"/>', pitch=13, align="left"),
              character=run(color=MUTED, size=8.5)),
        style("paragraph", "Footer", "footer", quick=False, priority=99,
              paragraph=lines(tabs=f'<w:tab w:val="right" w:pos="{right_edge}"/>', pitch=13, align="left"),
              character=run(color=MUTED, size=8.5)),
    ]  # fmt: skip
    characters = [
        style("character", "DefaultParagraphFont", "Default Paragraph Font", default=True, based="", quick=False,
              priority=1),
        *(
            style("character", ident, name, based="DefaultParagraphFont", character=properties, priority=20)
            for ident, name, properties in (
                ("Hyperlink", "Hyperlink", run(color=PRIMARY)),
                ("引文编号", "引文编号", run(color=PRIMARY, size=11, raised=True)),
                ("引文编号平", "引文编号平", run(color=PRIMARY)),
                ("上升", "上升", run(color=RED)),
                ("下降", "下降", run(color=GREEN)),
                ("持平", "持平", run(color=MUTED)),
                ("重点", "重点", run(bold=True)),
                ("弱化", "弱化", run(color=MUTED)),
                ("原文", "原文", run(font=KAI)),
                ("来源出处", "来源出处", run(color=MUTED, size=8)),
                ("指标单位", "指标单位", run(bold=False, size=10)),
                ("问题词", "问题词", run(bold=True, color=WARNING)),
                ("下步词", "下步词", run(bold=True, color=PRIMARY)),
                ("核对词", "核对词", run(bold=True, color=MUTED)),
                ("亮点词", "亮点词", run(bold=True, color=TEAL)),
            )
        ),
    ]  # fmt: skip
    margins = (
        f'<w:tblCellMar><w:top w:w="{twips(1.1)}" w:type="dxa"/><w:left w:w="{twips(1.5)}" w:type="dxa"/>'
        f'<w:bottom w:w="{twips(1.1)}" w:type="dxa"/><w:right w:w="{twips(1.5)}" w:type="dxa"/></w:tblCellMar>'
    )
    three_rules = (
        f"<w:tblPr><w:tblBorders>{border('top', 1.25, INK)}{border('bottom', 1.25, INK)}"
        f"{border('insideH', 0.25, LINE)}</w:tblBorders>{margins}</w:tblPr>"
        "<w:tblStylePr w:type=\"firstRow\"><w:rPr><w:b/><w:bCs/></w:rPr>"
        f"<w:tcPr><w:tcBorders>{border('bottom', 0.5, INK)}</w:tcBorders><w:vAlign w:val=\"bottom\"/></w:tcPr>"
        "</w:tblStylePr>"
    )  # fmt: skip
    cards = (
        f"<w:tblPr><w:tblBorders>{border('top', 2, PRIMARY)}{border('insideH', 2, PRIMARY)}"
        f"{border('insideV', 6, 'FFFFFF')}</w:tblBorders>{margins}</w:tblPr>"
        '<w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="F5F7F9"/></w:tcPr>'
    )
    tables = [
        style("table", "TableNormal", "Normal Table", default=True, based="", quick=False, priority=99,
              rest='<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:left w:w="85" w:type="dxa"/>'
                   '<w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>'),
        style("table", "对比三线表", "对比三线表", based="TableNormal", rest=three_rules),
        style("table", "指标卡", "指标卡", based="TableNormal", rest=cards),
        style("numbering", "NoList", "No List", default=True, based="", quick=False, priority=99),
    ]  # fmt: skip
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts(SANS)}<w:sz w:val="21"/><w:szCs w:val="21"/>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
    )
    return f"{HEAD}<w:styles {W}>{defaults}{''.join((*paragraphs, *characters, *tables))}</w:styles>"


def levels(_language: str) -> list[tuple[str, str]]:
    """The paragraphs' and the characters' properties of the levels of headings, of bullets and of counted lists."""
    none, hanging = '<w:ind w:left="0" w:hanging="0"/>', '<w:ind w:left="340" w:hanging="340"/>'
    color = f'<w:color w:val="{PRIMARY}"/>'
    return [(none, "")] * 4 + [(hanging, fonts(SANS) + color), (hanging, color)]


def around(_language: str) -> list[tuple[str, str]]:
    """What stands around the briefing: nothing."""
    return [("Normal", "{{content}}")]


def furniture() -> dict[str, str]:
    """Heads and feet by kind: the title at the head but on the first page; office, date and page at the foot."""
    page = f"{field('PAGE')}{words(' / ')}{field('NUMPAGES')}"
    foot = f'<w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr>{words("{{foot}}" + chr(9))}{page}</w:p>'
    head = '<w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{}</w:p>'
    return {
        "header default": head.format(words("{{title}}")),
        "header first": head.format(""),
        "footer default": foot,
        "footer first": foot,
    }


def page(_language: str) -> str:
    """The page: A4 with 166 by 251 mm of text; the first one has a head of its own."""
    return (
        f'<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="{twips(24)}" w:right="{twips(20)}" '
        f'w:bottom="{twips(22)}" w:left="{twips(24)}" w:header="{twips(12)}" w:footer="{twips(11)}" w:gutter="0"/>'
        '<w:cols w:space="425"/><w:titlePg/><w:docGrid w:linePitch="340"/>'
    )
