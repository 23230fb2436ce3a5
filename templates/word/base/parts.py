"""The parts of a base file that its theme does not decide: numbering, settings, fonts, furniture, the package."""

from typing import Any

from markup import HEAD, R, W, words

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

# Word's own lists for Chinese, and the bracket that opens a citation: [12] stays with the word before it.
NOT_LAST = "$([{£¥·‘“〈《「『【〔〖〝﹙﹛﹝＄（．［｛￡￥"
NOT_FIRST = (
    "!%),.:;?]}¢¨°·ˇˉ―‖’”…‰′″›℃∶、。〃〉》」』】〕〗〞︶︺︾﹀﹄﹚﹜﹞！＂％＇），．：；？］｀｜｝～￠["
)


def numbering(language: str, levels: list[tuple[str, str]], bullet: str) -> str:
    """word/numbering.xml: the scheme of the headings, bullets, and counted lists, laid out by ``levels``."""
    chinese = language == "zh"
    counting = "chineseCountingThousand" if chinese else "decimal"
    headings = (
        (("%1、", counting), ("（%2）", counting), ("%3．", "decimal"), ("（%4）", "decimal"))
        if chinese
        else (("%1. ", counting), ("(%2) ", counting), ("%3. ", "lowerLetter"), ("(%4) ", "lowerRoman"))
    )

    def level(rank: int, form: str, text: str, linked: str, layout: tuple[str, str]) -> str:
        suffix = "tab" if "hanging" in layout[0] and 'hanging="0"' not in layout[0] else "nothing"
        return (
            f'<w:lvl w:ilvl="{rank}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:pStyle w:val="{linked}"/>'
            f'<w:suff w:val="{suffix}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
            f"<w:pPr>{layout[0]}</w:pPr>{f'<w:rPr>{layout[1]}</w:rPr>' if layout[1] else ''}</w:lvl>"
        )

    several = '<w:multiLevelType w:val="multilevel"/>' + "".join(
        level(rank, form, text, f"Heading{rank + 1}", layout)
        for rank, ((text, form), layout) in enumerate(zip(headings, levels[:4], strict=True))
    )
    one = '<w:multiLevelType w:val="hybridMultilevel"/>'
    counted = "%1．" if chinese and not bullet else "%1. " if not bullet else "%1."
    schemes = (
        several,
        one + level(0, "bullet", bullet, "ListBullet", levels[4]),
        one + level(0, "decimal", counted, "ListNumber", levels[5]),
    )
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{n}">{scheme}</w:abstractNum>' for n, scheme in enumerate(schemes)
    )
    instances = "".join(
        f'<w:num w:numId="{n + 1}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(len(schemes))
    )
    return f"{HEAD}<w:numbering {W}>{abstract}{instances}</w:numbering>"


def settings(*, two_sided: bool) -> str:
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
        f"{'<w:evenAndOddHeaders/>' if two_sided else ''}"
        '<w:characterSpacingControl w:val="compressPunctuation"/>'
        f'<w:noLineBreaksAfter w:lang="zh-CN" w:val="{NOT_LAST}"/>'
        f'<w:noLineBreaksBefore w:lang="zh-CN" w:val="{NOT_FIRST}"/>'
        f"<w:compat><w:useFELayout/>{compat}</w:compat>"
        '<w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def font_table(fonts: dict[str, tuple[str, str, str]]) -> str:
    """word/fontTable.xml: which font stands in where ours is not installed."""
    return (
        f"{HEAD}<w:fonts {W}>"
        + "".join(
            f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:panose1 w:val="{panose}"/>'
            f'<w:charset w:val="86"/><w:family w:val="{family}"/><w:pitch w:val="variable"/>'
            '<w:sig w:usb0="80000287" w:usb1="2ACF3C50" w:usb2="00000016" w:usb3="00000000" '
            'w:csb0="0004001F" w:csb1="00000000"/></w:font>'
            for name, (other, panose, family) in fonts.items()
        )
        + "</w:fonts>"
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


def content_types(parts: list[str]) -> str:
    """[Content_Types].xml for the ``parts`` of word/."""
    kinds = {"document": "document.main"}
    overrides = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{WORD}.{kinds.get(part, part.rstrip("1234"))}+xml"/>'
        for part in parts
    )
    return (
        f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f"{overrides}"
        '<Override PartName="/docProps/core.xml" '
        'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
    )


def core() -> str:
    """docProps/core.xml, filled in by the program for each briefing."""
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{{title}}</dc:title></cp:coreProperties>'
    )


def document(around: list[tuple[str, str]], ident: dict[str, str], references: str, page: str) -> str:
    """word/document.xml: what stands around the briefing, and the page."""
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{ident.get(name, name)}"/></w:pPr>{words(text)}</w:p>'
        for name, text in around
    )
    return f"{HEAD}<w:document {W} {R}><w:body>{body}<w:sectPr>{references}{page}</w:sectPr></w:body></w:document>"


def package(theme: Any, language: str) -> dict[str, str]:
    """A whole base file, part by part; ``theme`` is the module of one."""
    furniture: dict[str, str] = theme.furniture()
    numbered = {kind: f"{kind.split()[0]}{n}" for n, kind in enumerate(furniture, 1)}
    targets = ["styles", "numbering", "settings", "fontTable", *numbered.values()]
    references = "".join(
        f'<w:{kind.split()[0]}Reference w:type="{kind.split()[1]}" r:id="rId{targets.index(part) + 1}"/>'
        for kind, part in numbered.items()
    )
    shown = dict(theme.FONTS)
    if language == "en":
        shown |= getattr(theme, "ENGLISH_FONTS", {})
    return {
        "[Content_Types].xml": content_types(["document", *targets]),
        "_rels/.rels": relationships([
            (f"{OFFICE}/officeDocument", "word/document.xml"),
            ("http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties",
             "docProps/core.xml"),
        ]),
        "word/document.xml": document(theme.around(language), {}, references, theme.page(language)),
        "word/_rels/document.xml.rels": relationships(
            [(f"{OFFICE}/{target.rstrip('1234')}", f"{target}.xml") for target in targets]
        ),
        "word/styles.xml": theme.styles(language),
        "word/numbering.xml": numbering(language, theme.levels(language), theme.BULLET),
        "word/settings.xml": settings(two_sided=any("even" in kind for kind in furniture)),
        "word/fontTable.xml": font_table(shown),
        **{
            f"word/{numbered[kind]}.xml": (
                f"{HEAD}<w:{tag} {W}>{text}</w:{tag}>"
            )
            for kind, text in furniture.items()
            for tag in ("hdr" if kind.startswith("header") else "ftr",)
        },
        "docProps/core.xml": core(),
    }  # fmt: skip
