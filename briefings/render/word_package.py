"""The parts of a Word file put together: properties, lists, and the same bytes every time."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO

from briefings.records.briefing import Briefing
from briefings.records.codec import to_json
from briefings.render.word_xml import escaped

RELATIONSHIP = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CORE, CUSTOM = "docProps/core.xml", "docProps/custom.xml"
CORE_PROPERTIES = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
CUSTOM_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
VARIANT = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
FORM = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def packed(parts: Mapping[str, bytes]) -> bytes:
    """A zip of the parts in their order, with fixed dates and rights."""
    from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

    buffer = BytesIO()
    with ZipFile(buffer, "w") as package:
        for name, data in parts.items():
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = ZIP_STORED if name.endswith((".png", ".xlsx")) else ZIP_DEFLATED
            entry.create_system = 3
            package.writestr(entry, data)
    return buffer.getvalue()


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


def with_properties(parts: Mapping[str, bytes], briefing: Briefing, base: Mapping[str, bytes]) -> dict[str, bytes]:  # fmt: skip
    """``parts`` with the core properties of ``briefing``, its id and its digest; the cut-off date stands for the day it was made.

    A property for which the ``base`` file had a placeholder keeps the words that this was filled with.
    """
    made = f"{date.fromisoformat(briefing.as_of).isoformat()}T00:00:00Z" if briefing.as_of else ""
    day = '<dcterms:{0} xsi:type="dcterms:W3CDTF">{1}</dcterms:{0}>'
    asked, own = _core(base), _core(parts)
    author = briefing.office or "briefings"
    said = {
        "dc:title": briefing.title,
        "dc:subject": briefing.subtitle,
        "dc:creator": author,
        "cp:keywords": "; ".join(briefing.keywords),
        "dc:description": "",
        "cp:lastModifiedBy": author,
        "cp:category": "",
    }
    said |= {name: own.get(name, "") for name in said if "{{" in asked.get(name, "")}
    text = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<cp:coreProperties xmlns:cp="{CORE_PROPERTIES}" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{''.join(f'<{name}>{escaped(words)}</{name}>' for name, words in said.items() if words)}"
        f"<cp:revision>1</cp:revision>"
        f"{day.format('created', made) + day.format('modified', made) if made else ''}"
        f"<dc:identifier>{escaped(briefing.id)}</dc:identifier>"
        f"<dc:language>{'zh-CN' if briefing.language == 'zh' else 'en-GB'}</dc:language>"
        "</cp:coreProperties>"
    )
    named = {"Briefing": briefing.id, "Digest": digest(briefing)}
    return with_custom({**parts, CORE: text.encode("utf-8")}, named)


def _core(parts: Mapping[str, bytes]) -> dict[str, str]:
    """The core properties of a package by their prefixed names."""
    from lxml import etree

    prefixes = {CORE_PROPERTIES: "cp", "http://purl.org/dc/elements/1.1/": "dc"}
    if CORE not in parts:
        return {}
    names = [(etree.QName(e), e.text or "") for e in etree.fromstring(parts[CORE]).iterchildren("*")]
    return {f"{prefixes.get(q.namespace or '', '')}:{q.localname}": text for q, text in names}


def digest(briefing: Briefing) -> str:
    """The sha256 of all that the briefing says and of where it is said."""
    return hashlib.sha256(to_json(briefing).encode()).hexdigest()


def with_custom(parts: Mapping[str, bytes], said: Mapping[str, str]) -> dict[str, bytes]:
    """``parts`` with custom properties, behind those that the base file has."""
    from lxml import etree

    result = dict(parts)
    empty = f'<Properties xmlns="{CUSTOM_PROPERTIES}" xmlns:vt="{VARIANT}"/>'
    root = etree.fromstring(result.get(CUSTOM, empty.encode()))
    held = root.findall(f"{{{CUSTOM_PROPERTIES}}}property")
    for one in held:
        if one.get("name") in said:
            root.remove(one)
    last = max((int(one.get("pid") or 1) for one in held), default=1)
    for pid, (name, words) in enumerate(said.items(), last + 1):
        one = etree.SubElement(
            root, f"{{{CUSTOM_PROPERTIES}}}property", {"fmtid": FORM, "pid": str(pid), "name": name}
        )
        etree.SubElement(one, f"{{{VARIANT}}}lpwstr").text = words
    result[CUSTOM] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    if CUSTOM not in parts:
        relation = f'<Relationship Id="rIdCustom" Type="{RELATIONSHIP}/custom-properties" Target="{CUSTOM}"/>'
        result["_rels/.rels"] = _before_end(result["_rels/.rels"], relation, "</Relationships>")
        kind = f'<Override PartName="/{CUSTOM}" ContentType="{CUSTOM_TYPE}"/>'
        result["[Content_Types].xml"] = _before_end(result["[Content_Types].xml"], kind, "</Types>")
    return result


def _before_end(data: bytes, rows: str, end: str) -> bytes:
    text = data.decode("utf-8")
    at = text.rindex(end)
    return (text[:at] + rows + text[at:]).encode("utf-8")
