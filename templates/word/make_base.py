"""Makes modern.docx: the empty Word file whose styles, numbering, header and footer every briefing takes over.

Run ``python templates/word/make_base.py`` after a change here and commit both files. An office may instead edit
modern.docx in Word: the program finds styles by their names, so nothing here has to be known to it. In the header and
footer ``{{title}}``, ``{{office}}``, ``{{cutoff}}`` and ``{{foot}}`` (both of these) are filled in.
"""

import sys
import zipfile
from pathlib import Path

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

SANS, SERIF, KAI = "Noto Sans CJK SC", "Noto Serif CJK SC", "LXGW WenKai"
INK, MUTED, LINE, PRIMARY, TEAL = "1F2328", "5F6B76", "D9DEE3", "0B5394", "00788A"
WARNING, RED, GREEN, REFERENCE = "B45309", "B3261E", "1B7F4B", "9AA5B1"

# Word's own lists for Chinese, and the bracket that opens a citation: [12] stays with the word before it.
NOT_LAST = "$([{£¥·‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥"
NOT_FIRST = (
    "!%),.:;?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠["
)

# name: (what Word takes when the font is not there, panose, family)
FONTS = {
    SANS: ("微软雅黑", "020B0503020204020204", "swiss"),
    SERIF: ("宋体", "02010600030101010101", "roman"),
    KAI: ("楷体", "02010609060101010101", "modern"),
}


def twips(millimetres: float) -> int:
    """Millimetres in twentieths of a point."""
    return round(millimetres / 25.4 * 1440)


def fonts(name: str) -> str:
    """The font of all four kinds of character; the hint gives “ ” — … to the East-Asian font."""
    return (
        f'<w:rFonts w:hint="eastAsia" w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}" w:cs="{name}"/>'
    )


def run(
    *, font: str = "", bold: bool | None = None, color: str = "", size: float = 0, raised: bool = False
) -> str:
    """Character properties in the order the schema asks for; sizes in points.

    What is ``raised`` is printed at about two thirds of its size.
    """
    return "".join(
        (
            fonts(font) if font else "",
            "" if bold is None else "<w:b/><w:bCs/>" if bold else '<w:b w:val="0"/><w:bCs w:val="0"/>',
            f'<w:color w:val="{color}"/>' if color else "",
            f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>' if size else "",
            '<w:vertAlign w:val="superscript"/>' if raised else "",
        )
    )


def border(side: str, points: float, color: str, space: int = 0) -> str:
    """One border; Word counts its width in eighths of a point."""
    return (
        f'<w:{side} w:val="single" w:sz="{round(points * 8)}" w:space="{space}" w:color="{color}"/>'
        if points
        else f'<w:{side} w:val="nil"/>'
    )


def lines(
    *,
    keep: bool = False,
    whole: bool = False,
    number: str = "",
    borders: str = "",
    shade: str = "",
    tabs: str = "",
    before: float = 0,
    after: float = 0,
    pitch: float = 0,
    exact: bool = False,
    left: int = 0,
    right: int = 0,
    hanging: int = 0,
    close: bool = False,
    align: str = "",
    outline: int = -1,
) -> str:
    """Paragraph properties in the order the schema asks for; distances in points, indents in twips."""
    rule = f' w:line="{round(pitch * 20)}" w:lineRule="{"exact" if exact else "atLeast"}"' if pitch else ""
    ind = f'<w:ind w:left="{left}" w:right="{right}"' + (f' w:hanging="{hanging}"' if hanging else "") + "/>"
    return "".join(
        (
            "<w:keepNext/>" if keep else "",
            "<w:keepLines/>" if whole else "",
            number,
            f"<w:pBdr>{borders}</w:pBdr>" if borders else "",
            f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else "",
            f"<w:tabs>{tabs}</w:tabs>" if tabs else "",
            f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"{rule}/>',
            ind if left or right or hanging else "",
            "<w:contextualSpacing/>" if close else "",
            f'<w:jc w:val="{align}"/>' if align else "",
            f'<w:outlineLvl w:val="{outline}"/>' if outline >= 0 else "",
        )
    )


def style(
    kind: str,
    ident: str,
    name: str,
    *,
    based: str = "Normal",
    following: str = "",
    paragraph: str = "",
    character: str = "",
    rest: str = "",
    default: bool = False,
    quick: bool = True,
    priority: int = 10,
) -> str:
    """One style; ``rest`` holds a table style's own parts."""
    builtin = ident.isascii()
    return "".join(
        (
            f'<w:style w:type="{kind}"',
            ' w:default="1"' if default else "",
            "" if builtin else ' w:customStyle="1"',
            f' w:styleId="{ident}"><w:name w:val="{name}"/>',
            f'<w:basedOn w:val="{based}"/>' if based and not default else "",
            f'<w:next w:val="{following}"/>' if following else "",
            f'<w:uiPriority w:val="{priority}"/>',
            "<w:qFormat/>" if quick else "",
            f"<w:pPr>{paragraph}</w:pPr>" if paragraph else "",
            f"<w:rPr>{character}</w:rPr>" if character else "",
            rest,
            "</w:style>",
        )
    )


def heading(level: int, paragraph: str, character: str) -> str:
    """A heading style, numbered by the level of the same rank in the list of headings."""
    return style("paragraph", f"Heading{level}", f"heading {level}", following="Normal",
                 paragraph=paragraph, character=character, priority=9)  # fmt: skip


def listed(ident: int, level: int = 0) -> str:
    """Membership of a numbered list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{ident}"/></w:numPr>'


def callout(name: str, color: str, tint: str) -> str:
    """A box: a bar at the left, a tint; equal neighbours join up."""
    borders = border("top", 4, tint) + border("left", 3, color, 8) + border("bottom", 4, tint)
    return style("paragraph", name, name,
                 paragraph=lines(whole=True, borders=borders, shade=tint, before=6, after=8, pitch=16,
                                 left=220, right=120, close=True, align="left"),
                 character=run(size=10))  # fmt: skip


def styles() -> str:
    """word/styles.xml."""
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
        style("paragraph", "表格数字", "表格数字", based="表格文字", paragraph=lines(pitch=13.5, exact=True, align="right")),
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


def numbering() -> str:
    """word/numbering.xml: the scheme of the headings, bullets, and counted lists."""

    def level(
        rank: int, form: str, text: str, linked: str = "", left: int = 0, hanging: int = 0, rpr: str = ""
    ) -> str:
        return (
            f'<w:lvl w:ilvl="{rank}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            + (f'<w:pStyle w:val="{linked}"/>' if linked else "")
            + f'<w:suff w:val="{"tab" if hanging else "nothing"}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
            + f'<w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr>'
            + (f"<w:rPr>{rpr}</w:rPr>" if rpr else "")
            + "</w:lvl>"
        )

    schemes = (
        '<w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>'
        + level(0, "chineseCountingThousand", "%1、", "Heading1")
        + level(1, "chineseCountingThousand", "（%2）", "Heading2")
        + level(2, "decimal", "%3．", "Heading3")
        + level(3, "decimal", "（%4）", "Heading4")
        + "</w:abstractNum>",
        '<w:abstractNum w:abstractNumId="1"><w:multiLevelType w:val="hybridMultilevel"/>'
        + level(0, "bullet", "•", "ListBullet", 340, 340, fonts(SANS) + f'<w:color w:val="{PRIMARY}"/>')
        + "</w:abstractNum>",
        '<w:abstractNum w:abstractNumId="2"><w:multiLevelType w:val="hybridMultilevel"/>'
        + level(0, "decimal", "%1.", "ListNumber", 340, 340, f'<w:color w:val="{PRIMARY}"/>')
        + "</w:abstractNum>",
    )
    instances = "".join(
        f'<w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(len(schemes))
    )
    return f"{HEAD}<w:numbering {W}>{''.join(schemes)}{instances}</w:numbering>"


def settings() -> str:
    """word/settings.xml; fields are not updated on opening, since Word would ask before it does."""
    compat = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
            ("differentiateMultirowTableHeaders", 1),
        )
    )
    return (
        f'{HEAD}<w:settings {W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/>'
        f'<w:noLineBreaksAfter w:lang="zh-CN" w:val="{NOT_LAST}"/>'
        f'<w:noLineBreaksBefore w:lang="zh-CN" w:val="{NOT_FIRST}"/>'
        f"<w:compat><w:useFELayout/>{compat}</w:compat>"
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def font_table() -> str:
    """word/fontTable.xml: which font stands in where ours is not installed."""
    return (
        f"{HEAD}<w:fonts {W}>"
        + "".join(
            f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:panose1 w:val="{panose}"/>'
            f'<w:charset w:val="86"/><w:family w:val="{family}"/><w:pitch w:val="variable"/>'
            '<w:sig w:usb0="80000287" w:usb1="2ACF3C50" w:usb2="00000016" w:usb3="00000000" '
            'w:csb0="0004001F" w:csb1="00000000"/></w:font>'
            for name, (other, panose, family) in FONTS.items()
        )
        + "</w:fonts>"
    )


def field(code: str) -> str:
    """A field with 1 as its cached result."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {code} </w:instrText>'
        '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def footer() -> str:
    """A footer: the office and the data's cut-off date at the left, the page at the right."""
    page = f'{field("PAGE")}<w:r><w:t xml:space="preserve"> / </w:t></w:r>{field("NUMPAGES")}'
    return (
        f'{HEAD}<w:ftr {W}><w:p><w:pPr><w:pStyle w:val="Footer"/></w:pPr><w:r><w:t>{{{{foot}}}}</w:t></w:r>'
        f"<w:r><w:tab/></w:r>{page}</w:p></w:ftr>"
    )


def header(text: str) -> str:
    """A header of one line; the first page's is empty."""
    words = f"<w:r><w:t>{text}</w:t></w:r>" if text else ""
    return f'{HEAD}<w:hdr {W}><w:p><w:pPr><w:pStyle w:val="Header"/></w:pPr>{words}</w:p></w:hdr>'


def document() -> str:
    """word/document.xml: one empty paragraph and the page."""
    references = "".join(
        f'<w:{part}Reference w:type="{kind}" r:id="{ident}"/>'
        for part, kind, ident in (("header", "default", "rId5"), ("header", "first", "rId6"),
                                  ("footer", "default", "rId7"), ("footer", "first", "rId8"))
    )  # fmt: skip
    return (
        f"{HEAD}<w:document {W} {R}><w:body><w:p/><w:sectPr>{references}"
        f'<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="{twips(24)}" w:right="{twips(20)}" '
        f'w:bottom="{twips(22)}" w:left="{twips(24)}" w:header="{twips(12)}" w:footer="{twips(11)}" w:gutter="0"/>'
        '<w:cols w:space="425"/><w:titlePg/></w:sectPr></w:body></w:document>'
    )


def relationships(entries: list[tuple[str, str]]) -> str:
    """A relationships part: rId1, rId2 … in the order given."""
    rows = "".join(
        f'<Relationship Id="rId{n}" Type="{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(entries, 1)
    )
    return (
        f'{HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}'
        "</Relationships>"
    )


def content_types() -> str:
    """[Content_Types].xml."""
    parts = {
        "document": "document.main", "styles": "styles", "numbering": "numbering", "settings": "settings",
        "fontTable": "fontTable", "header1": "header", "header2": "header", "footer1": "footer",
        "footer2": "footer",
    }  # fmt: skip
    return (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        + "".join(
            f'<Override PartName="/word/{part}.xml" ContentType="{WORD}.{kind}+xml"/>'
            for part, kind in parts.items()
        )
        + '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def core() -> str:
    """docProps/core.xml, filled in by the program for each briefing."""
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title></dc:title></cp:coreProperties>'
    )


def parts() -> dict[str, str]:
    """The whole package, part by part."""
    return {
        "[Content_Types].xml": content_types(),
        "_rels/.rels": relationships([
            (f"{OFFICE}/officeDocument", "word/document.xml"),
            ("http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
             "docProps/core.xml"),
        ]),
        "word/document.xml": document(),
        "word/_rels/document.xml.rels": relationships([
            (f"{OFFICE}/{kind}", f"{target}.xml")
            for kind, target in (("styles", "styles"), ("numbering", "numbering"), ("settings", "settings"),
                                 ("fontTable", "fontTable"), ("header", "header1"), ("header", "header2"),
                                 ("footer", "footer1"), ("footer", "footer2"))
        ]),
        "word/styles.xml": styles(),
        "word/numbering.xml": numbering(),
        "word/settings.xml": settings(),
        "word/fontTable.xml": font_table(),
        "word/header1.xml": header("{{title}}"),
        "word/header2.xml": header(""),
        "word/footer1.xml": footer(),
        "word/footer2.xml": footer(),
        "docProps/core.xml": core(),
    }  # fmt: skip


def main(target: Path) -> None:
    """Write the file; the same bytes at every run."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in parts().items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, text)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("modern.docx"))
