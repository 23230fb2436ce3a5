"""What makes a PDF of WeasyPrint's one to keep and to listen to: PDF/A-3a that is also PDF/UA-1."""

import re
from typing import Any

from briefings.records.briefing import Citation

_UA = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
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
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""


def finish(file: Any, citations: dict[int, Citation]) -> None:
    """What WeasyPrint leaves open, in the objects of the PDF that it is about to write.

    Header cells say what they head, links where they lead, pictures where they stand; each attached file is listed once;
    the metadata name PDF/UA.
    """
    import pydyf  # type: ignore[import-untyped]

    objects: list[Any] = file.objects
    by_reference = {item.reference: item for item in objects}
    for item in objects:
        if isinstance(item, pydyf.Stream) and item.extra.get("Subtype") == "/XML":
            item.stream = [part.replace(b"</rdf:RDF>", _UA + b"</rdf:RDF>") for part in item.stream]
        if not isinstance(item, dict):
            continue
        if item.get("S") == "/Figure":
            _placed(item, by_reference[item["Pg"]])
        elif item.get("S") == "/TH":
            row = by_reference[item["P"]]
            head = by_reference[row["P"]].get("S") == "/THead"
            item["A"]["Scope"] = "/Column" if head else "/Row"
        elif item.get("Subtype") == "/Link" and "Dest" in item:
            item["Contents"] = pydyf.String(_destination(item["Dest"].string, citations))

    if "AF" in file.catalog:
        file.catalog["AF"] = pydyf.Array(dict.fromkeys(file.catalog["AF"]))


def _placed(figure: Any, page: Any) -> None:
    """The box of a picture in points from the page's lower edge; WeasyPrint gives pixels from the upper."""
    import pydyf

    left, top, right, bottom = (float(n) * 0.75 for n in figure["A"]["BBox"])
    height = float(page["MediaBox"][3])
    figure["A"]["BBox"] = pydyf.Array((left, height - bottom, right, height - top))


def _destination(anchor: str, citations: dict[int, Citation]) -> str:
    """What a link says of itself: a citation shows its sentence and place before it is followed."""
    match = re.fullmatch(r"([sc])(\d+)", anchor)
    if match and (citation := citations.get(int(match[2]))):
        if match[1] == "s":
            return f"[{citation.n}] {citation.sentence}（{citation.issuer}，{citation.place}）"
        return f"[{citation.n}] ←"
    return anchor
