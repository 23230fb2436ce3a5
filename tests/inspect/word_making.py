"""A small Word file about the invented city 临澜市, part by part, so that any part can be spoilt."""

from io import BytesIO
from zipfile import ZipFile, ZipInfo

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FONTS = '<w:rFonts w:hint="eastAsia" w:ascii="FandolFang" w:hAnsi="FandolFang" w:eastAsia="FandolFang"/>'
NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'

DOCUMENT = f"""<w:document {W} {R}><w:body>
<w:p><w:pPr><w:pStyle w:val="Title"/></w:pPr><w:r><w:t>临澜市半年对照</w:t></w:r></w:p>
<w:p><w:r><w:t>重点项目完成投资 </w:t></w:r><w:r><w:rPr><w:rStyle w:val="Up"/></w:rPr><w:t>▲ +12.5%</w:t></w:r>
<w:hyperlink w:anchor="src1" w:tooltip="第3行"><w:r><w:t>[1]</w:t></w:r></w:hyperlink></w:p>
<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \\o "1-2" \\h </w:instrText></w:r>
<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>一、项目 1</w:t></w:r></w:p>
<w:p><w:r><w:t>来源 1</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>项目</w:t></w:r></w:p>
<w:tbl><w:tblPr><w:tblLook w:firstRow="1"/><w:tblCaption w:val="项目"/><w:tblDescription w:val="各项目进度"/></w:tblPr>
<w:tblGrid><w:gridCol w:w="4000"/></w:tblGrid>
<w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc><w:p><w:r><w:t>项目</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:p><w:r><w:t>滨河快线</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>来源</w:t></w:r></w:p>
<w:p><w:bookmarkStart w:id="1" w:name="src1"/><w:r><w:t>重点项目完成投资同比增长12.5%。</w:t></w:r><w:bookmarkEnd w:id="1"/></w:p>
<w:sectPr><w:footerReference w:type="default" r:id="rId3"/><w:footerReference w:type="even" r:id="rId4"/>
<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588"/>
<w:docGrid w:type="lines" w:linePitch="579"/></w:sectPr></w:body></w:document>"""

STYLES = f"""<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr>{FONTS}<w:sz w:val="32"/>
<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>
<w:pPr><w:spacing w:line="579" w:lineRule="exact"/></w:pPr><w:rPr><w:color w:val="1F2328"/><w:spacing w:val="-5"/><w:sz w:val="32"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr>{NUMBERED}</w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading3"><w:name w:val="heading 3"/><w:basedOn w:val="Normal"/></w:style>
<w:style w:type="character" w:styleId="Up"><w:name w:val="上升"/><w:rPr><w:color w:val="B3261E"/></w:rPr></w:style></w:styles>"""


def foot(side: str) -> str:
    """A foot with the page's number at one side."""
    return f"""<w:ftr {W}><w:p><w:pPr><w:jc w:val="{side}"/></w:pPr>
<w:r><w:t>— </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple><w:r><w:t> —</w:t></w:r></w:p></w:ftr>"""


PARTS = {
    "[Content_Types].xml": """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>
<Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/>
<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>
<Override PartName="/word/footer2.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>
<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>""",
    "_rels/.rels": f"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>
<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>""",
    "docProps/core.xml": """<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>临澜市半年对照</dc:title><dc:creator>临澜市政府办公室</dc:creator>
<dc:language>zh-CN</dc:language></cp:coreProperties>""",
    "word/document.xml": DOCUMENT,
    "word/styles.xml": STYLES,
    "word/settings.xml": f"<w:settings {W}><w:zoom w:percent='100'/><w:evenAndOddHeaders/><w:compat/></w:settings>",
    "word/footer1.xml": foot("right"),
    "word/footer2.xml": foot("left"),
    "word/_rels/document.xml.rels": f"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="rId1" Type="{OFFICE}/styles" Target="styles.xml"/>
<Relationship Id="rId2" Type="{OFFICE}/settings" Target="settings.xml"/>
<Relationship Id="rId3" Type="{OFFICE}/footer" Target="footer1.xml"/>
<Relationship Id="rId4" Type="{OFFICE}/footer" Target="footer2.xml"/></Relationships>""",
}


def word(*changes: tuple[str, str, str], more: dict[str, str] | None = None, year: int = 1980) -> bytes:
    """The Word file after ``changes`` (part, old text, new text), each of which must find its text."""
    parts = {**PARTS, **(more or {})}
    for part, old, new in changes:
        assert old in parts[part], f"{part} does not hold {old}"
        parts[part] = parts[part].replace(old, new)
    out = BytesIO()
    with ZipFile(out, "w") as package:
        for name, text in parts.items():
            package.writestr(ZipInfo(name, (year, 1, 1, 0, 0, 0)), text)
    return out.getvalue()
