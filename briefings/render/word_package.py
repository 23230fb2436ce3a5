"""The parts of a Word file put together: properties, header and footer, pictures, and the same bytes every time."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO

from briefings.records.briefing import Briefing
from briefings.render.word_xml import escaped

RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PNG = '<Default Extension="png" ContentType="image/png"/>'
CORE = "docProps/core.xml"
CLOSER = (
    ('w:sz w:val="21"/><w:szCs w:val="21"', 'w:sz w:val="20"/><w:szCs w:val="20"'),
    ('w:sz w:val="44"/><w:szCs w:val="44"', 'w:sz w:val="40"/><w:szCs w:val="40"'),
    ('w:line="600"', 'w:line="520"'),
    ('w:line="400"', 'w:line="360"'),
    ('w:line="340"', 'w:line="300"'),
    ('w:line="270"', 'w:line="240"'),
)
"""Sizes and line pitches of the styles, and those that Latin letters ask for: their lines stand closer."""
LATIN = (
    ("Noto Sans CJK SC", "Noto Sans CJK KR", "Segoe UI"),
    ("Noto Serif CJK SC", "Noto Serif CJK KR", "Georgia"),
)
"""The Chinese faces, their twins with the same Latin letters but quotation marks of Latin width, and stand-ins for those."""


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A zip of the parts in their order, with fixed dates and rights."""
    from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

    buffer = BytesIO()
    with ZipFile(buffer, "w") as package:
        for name, data in parts.items():
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = ZIP_STORED if name.endswith(".png") else ZIP_DEFLATED
            entry.create_system = 3
            package.writestr(entry, data)
    return buffer.getvalue()


def with_pictures(parts: Mapping[str, bytes], pictures: Sequence[tuple[str, bytes]]) -> dict[str, bytes]:
    """``parts`` with PNG pictures, each under its relationship id, as files of word/media."""
    result = dict(parts)
    if not pictures:
        return result
    rows = ""
    for n, (ident, data) in enumerate(pictures, 1):
        result[f"word/media/briefing{n}.png"] = data
        rows += f'<Relationship Id="{ident}" Type="{RELATIONSHIP}/image" Target="media/briefing{n}.png"/>'
    relations = "word/_rels/document.xml.rels"
    result[relations] = _before_end(result[relations], rows, "</Relationships>")
    types = result["[Content_Types].xml"].decode("utf-8")
    if 'Extension="png"' not in types:
        types = re.sub(r"(<Types[^>]*>)", rf"\1{PNG}", types, count=1)
    result["[Content_Types].xml"] = types.encode("utf-8")
    return result


def with_lists(parts: Mapping[str, bytes], lists: Sequence[int], scheme: str) -> dict[str, bytes]:
    """``parts`` with one more numbered list for each number of ``lists``, each counting from 1 again."""
    result = dict(parts)
    rows = "".join(
        f'<w:num w:numId="{number}"><w:abstractNumId w:val="{scheme}"/><w:lvlOverride w:ilvl="0">'
        '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
        for number in lists
    )
    if rows:
        text = result["word/numbering.xml"].decode("utf-8")
        at = text.rfind("</w:num>") + len("</w:num>")
        result["word/numbering.xml"] = (text[:at] + rows + text[at:]).encode("utf-8")
    return result


def with_words(parts: Mapping[str, bytes], words: Mapping[str, str]) -> dict[str, bytes]:
    """``parts`` with ``{{name}}`` in every header and footer replaced by the words of that name."""
    result = dict(parts)
    for name in parts:
        if re.fullmatch(r"word/(header|footer)\d*\.xml", name):
            text = parts[name].decode("utf-8")
            for key, value in words.items():
                text = text.replace("{{" + key + "}}", escaped(value))
            result[name] = text.encode("utf-8")
    return result


def in_english(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """``parts`` for English words: ragged on the right, spelled as English, quotation marks of Latin width.

    Words apart by stretched blanks, and quotation marks as wide as a Han character, are Chinese setting.
    """
    result = dict(parts)
    for name in ("word/styles.xml", "word/numbering.xml", "word/document.xml"):
        text = parts[name].decode("utf-8")
        text = text.replace(' w:hint="eastAsia"', "").replace('<w:jc w:val="both"/>', '<w:jc w:val="left"/>')
        text = text.replace('w:lang w:val="en-US"', 'w:lang w:val="en-GB"')
        for chinese, english in CLOSER if name == "word/styles.xml" else ():
            text = text.replace(chinese, english)
        for wide, narrow, _ in LATIN:
            text = re.sub(rf'(w:(?:ascii|hAnsi))="{wide}"', rf'\1="{narrow}"', text)
        result[name] = text.encode("utf-8")
    rows = "".join(
        f'<w:font w:name="{narrow}"><w:altName w:val="{other}"/></w:font>' for _, narrow, other in LATIN
    )
    result["word/fontTable.xml"] = _before_end(result["word/fontTable.xml"], rows, "</w:fonts>")
    return result


def with_properties(parts: Mapping[str, bytes], briefing: Briefing) -> dict[str, bytes]:
    """``parts`` with the core properties of ``briefing``; its cut-off date stands for the day it was made."""
    made = f"{date.fromisoformat(briefing.as_of).isoformat()}T00:00:00Z" if briefing.as_of else ""
    day = '<dcterms:{0} xsi:type="dcterms:W3CDTF">{1}</dcterms:{0}>'
    text = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escaped(briefing.title)}</dc:title>"
        f"<dc:subject>{escaped(briefing.subtitle)}</dc:subject>"
        f"<dc:creator>{escaped(briefing.office or 'briefings')}</dc:creator>"
        f"<cp:keywords>{escaped('; '.join(briefing.keywords))}</cp:keywords>"
        f"<cp:lastModifiedBy>{escaped(briefing.office or 'briefings')}</cp:lastModifiedBy>"
        f"<cp:revision>1</cp:revision>"
        f"{day.format('created', made) + day.format('modified', made) if made else ''}"
        f"<dc:identifier>{escaped(briefing.id)}</dc:identifier>"
        f"<dc:language>{'zh-CN' if briefing.language == 'zh' else 'en-GB'}</dc:language>"
        "</cp:coreProperties>"
    )
    return {**parts, CORE: text.encode("utf-8")}


def _before_end(data: bytes, rows: str, end: str) -> bytes:
    text = data.decode("utf-8")
    at = text.rindex(end)
    return (text[:at] + rows + text[at:]).encode("utf-8")
