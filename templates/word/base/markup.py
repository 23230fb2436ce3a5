"""WordprocessingML for base files: styles with the properties of their paragraphs and characters in the schema's order."""

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
EM = 320
"""A character of 16 points, in twips."""
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def twips(millimetres: float) -> int:
    """Millimetres in twentieths of a point."""
    return round(millimetres / 25.4 * 1440)


def fonts(name: str, latin: str = "", *, hint: bool = True) -> str:
    """The font of Han characters, and of Latin ones where it is another; the hint gives “ ” — … to the former."""
    latin = latin or name
    given = ' w:hint="eastAsia"' if hint else ""
    return f'<w:rFonts{given} w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{name}" w:cs="{latin}"/>'


def run(
    *,
    font: str = "",
    bold: bool | None = None,
    color: str = "",
    apart: int | None = None,
    size: float = 0,
    raised: bool = False,
) -> str:
    """Character properties in the order the schema asks for; sizes in points.

    ``font`` is a name or what ``fonts`` gives; ``apart`` are twentieths of a point between characters. What is ``raised`` is printed at about two thirds of its size.
    """
    return "".join(
        (
            font if font.startswith("<") else fonts(font) if font else "",
            "" if bold is None else "<w:b/><w:bCs/>" if bold else '<w:b w:val="0"/><w:bCs w:val="0"/>',
            f'<w:color w:val="{color}"/>' if color else "",
            "" if apart is None else f'<w:spacing w:val="{apart}"/>',
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
    first: int | None = None,
    free: bool = False,
    tight: bool = False,
    close: bool = False,
    align: str = "",
    outline: int = -1,
) -> str:
    """Paragraph properties in the order the schema asks for; distances in points, indents in twips.

    ``first`` indents the first line by hundredths of a character; what is ``free`` does not stand on the page's grid.
    What is ``tight`` keeps no distance between Han and Latin characters.
    """
    rule = f' w:line="{round(pitch * 20)}" w:lineRule="{"exact" if exact else "atLeast"}"' if pitch else ""
    ind = f'<w:ind w:left="{left}" w:right="{right}"' + (f' w:hanging="{hanging}"' if hanging else "") + "/>"
    if first is not None:
        ind = ind[:-2] + f' w:firstLineChars="{first}" w:firstLine="{first * EM // 100}"/>'
    return "".join(
        (
            "<w:keepNext/>" if keep else "",
            "<w:keepLines/>" if whole else "",
            number,
            f"<w:pBdr>{borders}</w:pBdr>" if borders else "",
            f'<w:shd w:val="clear" w:color="auto" w:fill="{shade}"/>' if shade else "",
            f"<w:tabs>{tabs}</w:tabs>" if tabs else "",
            '<w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>' if tight else "",
            '<w:snapToGrid w:val="0"/>' if free else "",
            f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"{rule}/>',
            ind if left or right or hanging or first is not None else "",
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


def listed(ident: int, level: int = 0) -> str:
    """Membership of a numbered list."""
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{ident}"/></w:numPr>'


def words(text: str) -> str:
    """A run of text; a tab stands for itself."""
    tab = "<w:r><w:tab/></w:r>"
    return tab.join(
        f'<w:r><w:t xml:space="preserve">{part}</w:t></w:r>' if part else "" for part in text.split("\t")
    )


def field(code: str) -> str:
    """A field with 1 as its cached result."""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {code} </w:instrText>'
        '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
