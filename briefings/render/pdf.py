"""A briefing as a tagged PDF for reading, printing and keeping (PDF/A-3a that is also PDF/UA-1)."""

import gc
import hashlib
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefings.errors import BriefingsError
from briefings.records.briefing import Briefing, Citation, Figure, SourceList
from briefings.render import charts, grid, justify
from briefings.render.html import on_paper, page

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher

_BASE = "briefing:/"
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


class RenderError(BriefingsError):
    """The PDF could not be laid out as it must be; the sentence says what the layout engine reported."""


def pdf(briefing: Briefing, search: tuple[Path, ...]) -> bytes:
    """The PDF: contents with true page numbers, bookmarks, running heads, links from each number to its sentence.

    ``search`` are the directories with ``templates/`` and ``styles/``, the first that has a file wins. The same
    briefing gives the same bytes. Raises ``ConfigurationError`` for a template or style that cannot be used and
    ``RenderError`` when WeasyPrint reports an error.
    """
    from weasyprint import HTML

    figures = [b for b in briefing.blocks if isinstance(b, Figure)]
    drawn = charts.svgs([f.chart for f in figures], search, briefing.language, briefing.theme)
    files = {f"{_BASE}chart-{at}.svg": svg.encode() for at, svg in enumerate(drawn)}
    pictures = {f.id: _img(f, f"{_BASE}chart-{at}.svg") for at, f in enumerate(figures)}
    told = justify.unavailable()
    sheets = (*on_paper(briefing.theme), "ragged" if told else "justified")
    if told:
        logging.getLogger(__name__).warning(told)
    source = page(briefing, search, pictures, sheets=sheets, screen=False)
    citations = {c.n: c for b in briefing.blocks if isinstance(b, SourceList) for c in b.entries}
    with (
        _without_collector(),
        _errors_raised(),
        nullcontext() if told else justify.justified(),
        nullcontext() if grid.unavailable() else grid.gridded(),
    ):
        written: bytes = HTML(string=source, base_url=_BASE, url_fetcher=_fetcher(files)).write_pdf(
            pdf_variant="pdf/a-3a",
            pdf_identifier=hashlib.sha256(source.encode()).hexdigest()[:32].encode(),
            finisher=lambda _document, file: _finish(file, citations),
        )
    return written


def _img(figure: Figure, url: str) -> str:
    from markupsafe import escape

    return f'<img src="{url}" alt="{escape(figure.alt)}">'


def _fetcher(files: dict[str, bytes]) -> "URLFetcher":
    """A fetcher that knows our own charts and nothing else: no network, no files."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OwnOnly(URLFetcher):  # type: ignore[misc]
        """Serves ``files`` by their addresses."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if url not in files:
                raise ValueError(f"不取外部资源：{url}")
            return URLFetcherResponse(url, files[url], {"Content-Type": "image/svg+xml"})

    return OwnOnly()


@contextmanager
def _without_collector() -> Iterator[None]:
    """No garbage collection while a million boxes are laid out: none of them is garbage yet."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@contextmanager
def _errors_raised() -> Iterator[None]:
    """WeasyPrint goes on after an error; a briefing without its picture or its alternative text may not."""
    logger = logging.getLogger("weasyprint")
    said: list[str] = []

    class Listening(logging.Handler):
        """Keeps what is logged as an error."""

        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    handler = Listening(logging.ERROR)
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
    if said:
        raise RenderError("PDF 排版出错：" + "；".join(dict.fromkeys(said)))


def _finish(file: Any, citations: dict[int, Citation]) -> None:
    """What WeasyPrint leaves open: header cells that say what they head, links that say where they lead, PDF/UA."""
    import pydyf  # type: ignore[import-untyped]

    objects: list[Any] = file.objects
    by_reference = {item.reference: item for item in objects}
    for item in objects:
        if isinstance(item, pydyf.Stream) and item.extra.get("Subtype") == "/XML":
            item.stream = [part.replace(b"</rdf:RDF>", _UA + b"</rdf:RDF>") for part in item.stream]
        if not isinstance(item, dict):
            continue
        if item.get("S") == "/TH":
            row = by_reference[item["P"]]
            head = by_reference[row["P"]].get("S") == "/THead"
            item["A"]["Scope"] = "/Column" if head else "/Row"
        elif item.get("Subtype") == "/Link" and "Dest" in item:
            item["Contents"] = pydyf.String(_destination(item["Dest"].string, citations))


def _destination(anchor: str, citations: dict[int, Citation]) -> str:
    """What a link says of itself: a citation shows its sentence and place before it is followed."""
    match = re.fullmatch(r"([sc])(\d+)", anchor)
    if match and (citation := citations.get(int(match[2]))):
        if match[1] == "s":
            return f"[{citation.n}] {citation.sentence}（{citation.issuer}，{citation.place}）"
        return f"[{citation.n}] ←"
    return anchor
