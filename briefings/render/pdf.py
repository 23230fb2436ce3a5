"""A briefing as a tagged PDF for reading, printing and keeping (PDF/A-3a that is also PDF/UA-1)."""

import gc
import hashlib
import logging
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, nullcontext
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefings.errors import BriefingsError
from briefings.records.briefing import Briefing, Figure
from briefings.records.fact import Fact
from briefings.render import charts, fonts, grid, justify, tagged
from briefings.render.archival import destinations, finish
from briefings.render.attached import Attached, attached
from briefings.render.html import on_paper, page

if TYPE_CHECKING:
    from weasyprint.urls import URLFetcher

_BASE = "briefing:/"


class RenderError(BriefingsError):
    """The PDF could not be laid out as it must be; the sentence says what the layout engine reported."""


def pdf(briefing: Briefing, search: tuple[Path, ...], facts: Iterable[Fact] = ()) -> bytes:
    """The PDF: contents with true page numbers, bookmarks, running heads, links from each number to its sentence.

    ``facts`` are those printed, which it carries with it as data, as it does the sources.
    ``search`` are the directories with ``templates/`` and ``styles/``, the first that has a file wins. The same
    briefing gives the same bytes. Raises ``ConfigurationError`` for a template or style that cannot be used and
    ``RenderError`` for a character that no font has, or when WeasyPrint reports an error.
    """
    from weasyprint import HTML
    from weasyprint.text.fonts import FontConfiguration

    sheets = on_paper(briefing.theme)
    configuration = FontConfiguration()
    if refused := fonts.refusal(fonts.missed(briefing, search, configuration, sheets)):
        raise RenderError(refused)
    figures = [b for b in briefing.blocks if isinstance(b, Figure)]
    drawn = charts.svgs([f.chart for f in figures], search, briefing.language, briefing.theme)
    files = {f"{_BASE}chart-{at}.svg": svg.encode() for at, svg in enumerate(drawn)}
    pictures = {f.id: _img(f, f"{_BASE}chart-{at}.svg") for at, f in enumerate(figures)}
    told = justify.unavailable()
    if told:
        logging.getLogger(__name__).warning(told)
    lines = "ragged" if told else "justified"
    source = fonts.printable(page(briefing, search, pictures, sheets=(*sheets, lines), screen=False))
    language = "zh-CN" if briefing.language == "zh" else "en"
    files_within = attached(briefing, facts)
    identity = hashlib.sha256(source.encode())
    for file in files_within:
        identity.update(file.data)
    links = destinations(briefing)
    with (
        _without_collector(),
        _errors_raised(),
        nullcontext() if told else justify.justified(),
        nullcontext() if grid.unavailable() else grid.gridded(),
        nullcontext() if tagged.unavailable() else tagged.tagged(language),
    ):
        written: bytes = HTML(string=source, base_url=_BASE, url_fetcher=_fetcher(files)).write_pdf(
            font_config=configuration,
            pdf_variant="pdf/a-3a",
            pdf_identifier=identity.hexdigest()[:32].encode(),
            attachments=[_attachment(file, briefing.as_of) for file in files_within],
            finisher=lambda _document, file: finish(file, links, briefing.theme),
        )
    return written


def _img(figure: Figure, url: str) -> str:
    from markupsafe import escape

    return f'<img src="{url}" alt="{escape(figure.alt)}">'


def _attachment(file: Attached, day: str) -> Any:
    """``file`` as WeasyPrint takes it, once: the object is used up by writing it. Dated the day of the data."""
    from weasyprint import Attachment

    at = datetime.fromisoformat(day) if re.fullmatch(r"\d{4}-\d\d-\d\d", day) else datetime(2000, 1, 1)
    return Attachment(
        string=file.data,
        name=file.name,
        description=file.description,
        created=at,
        modified=at,
        relationship="Data",
    )


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
        """Keeps what is logged as an error, and what would be printed as an empty box."""

        def emit(self, record: logging.LogRecord) -> None:
            message = record.getMessage()
            if record.levelno >= logging.ERROR or message.startswith(".notdef"):
                said.append(message)

    handler = Listening(logging.WARNING)
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)
    if said:
        raise RenderError("PDF 排版出错：" + "；".join(dict.fromkeys(said)))
