"""What makes a PDF of WeasyPrint's one to keep and to listen to: PDF/A-3a that is also PDF/UA-1."""

from collections.abc import Mapping, Sequence
from typing import Any

from briefings.records.briefing import Briefing, Figure, Heading, SourceList, Table, Theme
from briefings.render.view import plain

_FINGER = 10.0
"""A link is at least so many points high."""
_TOLD = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>PDF/UA version</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>Briefings</pdfaSchema:schema>
<pdfaSchema:namespaceURI>urn:briefings:document</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>briefings</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>theme</pdfaProperty:name><pdfaProperty:valueType>Text</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The theme it is set in</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
<rdf:Description rdf:about="" xmlns:briefings="urn:briefings:document" briefings:theme="%s"/>
"""


def finish(file: Any, told: Mapping[str, str], theme: Theme) -> None:
    """What WeasyPrint leaves open, in the objects of the PDF that it is about to write.

    Header cells say what they head, links where they lead, pictures where they stand; each attached file is listed once;
    the metadata name PDF/UA and the theme. ``told`` is what links say of themselves by their ``destinations``.
    """
    import pydyf  # type: ignore[import-untyped]

    said = _TOLD % theme.encode()
    objects: list[Any] = file.objects
    by_reference = {item.reference: item for item in objects}
    for item in objects:
        if isinstance(item, pydyf.Stream) and item.extra.get("Subtype") == "/XML":
            item.stream = [part.replace(b"</rdf:RDF>", said + b"</rdf:RDF>") for part in item.stream]
        if not isinstance(item, dict):
            continue
        if item.get("S") == "/Figure":
            _placed(item, by_reference[item["Pg"]])
        elif item.get("S") == "/TH":
            row = by_reference[item["P"]]
            head = by_reference[row["P"]].get("S") == "/THead"
            item["A"]["Scope"] = "/Column" if head else "/Row"
        elif item.get("Subtype") == "/Link" and "Dest" in item:
            anchor = item["Dest"].string
            item["Rect"] = pydyf.Array(_reachable(item["Rect"]))
            item["Contents"] = pydyf.String(told.get(anchor, anchor))

    if "AF" in file.catalog:
        file.catalog["AF"] = pydyf.Array(dict.fromkeys(file.catalog["AF"]))


def _reachable(area: Sequence[float]) -> tuple[float, float, float, float]:
    """A link's area, high enough to be hit: a raised citation takes no height on its line, and WeasyPrint none for it."""
    left, one, right, other = area
    low, high = min(one, other), max(one, other)
    more = max(_FINGER - (high - low), 0) / 2
    return left, low - more, right, high + more


def _placed(figure: Any, page: Any) -> None:
    """The box of a picture in points from the page's lower edge; WeasyPrint gives pixels from the upper."""
    import pydyf

    left, top, right, bottom = (float(n) * 0.75 for n in figure["A"]["BBox"])
    height = float(page["MediaBox"][3])
    figure["A"]["BBox"] = pydyf.Array((left, height - bottom, right, height - top))


def destinations(briefing: Briefing) -> dict[str, str]:
    """What a link says of itself, by the name of where it leads: a citation shows its sentence and place beforehand."""
    table, figure = ("表", "图") if briefing.language == "zh" else ("Table ", "Figure ")
    told: dict[str, str] = {}
    for block in briefing.blocks:
        match block:
            case Heading():
                told[block.id] = block.number + block.text
            case Table():
                told[block.id] = f"{table}{block.number} {block.caption}"
            case Figure():
                told[block.id] = f"{figure}{block.number} {plain(block.title)}"
            case SourceList():
                for c in block.entries:
                    told[f"s{c.n}"] = f"[{c.n}] {c.sentence}（{c.issuer}，{c.place}）"
                    told[f"c{c.n}"] = f"[{c.n}] ←"
            case _:
                pass
    return told
