"""What is done behind the walls, from both sides: reading a file that anybody may have sent, filling what anybody may edit."""

from __future__ import annotations

import json
import logging
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefings import walls
from briefings.errors import BriefingsError
from briefings.records.document import BY_HAND, Attribute, Document, Reading, Source
from briefings.records.fact import Fact, Findings
from briefings.records.problem import Problem
from briefings.walls import program

if TYPE_CHECKING:
    from briefings.records.briefing import Briefing
    from briefings.records.edition import AuditReport, Format

FIELDS = ("issuer", "place", "period", "published")
"""The metadata that a person may set."""
_STAGE = "walls"
_LAYOUTS = 4
"""How often a Word file is laid out at most, until its contents name the pages that things stand on."""
_LAYING_OUT = walls.Limits(memory=8 << 30, cpu=120, wall=120)
"""LibreOffice reserves much more address space than it uses."""


class BuildFailed(BriefingsError):
    """A briefing could not be rendered within the limits, or its process died; nothing was published."""


def read(
    data: bytes,
    name: str,
    said: Mapping[str, Mapping[str, str]],
    lexicons: Path | None,
    limits: walls.Limits = walls.READ,
) -> tuple[Reading, tuple[Findings, ...]]:
    """Bytes to documents to findings in a child process; what stops that is the one problem of an empty reading.

    ``said`` is the metadata that people have set, by the document's id ("" for all documents) and field: facts are found in
    its light, the reading is without it. ``lexicons`` is the folder of the workspace's own lexicon.
    """
    from briefings.records.codec import from_data

    argument = {
        "name": name,
        "said": {target: dict(fields) for target, fields in said.items()},
        "lexicons": str(lexicons) if lexicons else None,
    }
    try:
        answer = walls.run(
            "briefings.walled:reading_task", argument, data, limits, "briefings.walled:readers"
        )
    except walls.Stopped as stopped:
        return _unread(data, name, stopped), ()
    told = json.loads(answer)
    return from_data(Reading, told["reading"]), tuple(
        from_data(Findings, found) for found in told["findings"]
    )


def render(
    format_: Format,
    briefing: Briefing,
    facts: Sequence[Fact],
    search: Sequence[Path],
    limits: walls.Limits = walls.RENDER,
) -> bytes:
    """``briefing`` in one format, made in a child process; ``facts`` are those of its workbook, its PDF's data and its page's links.

    Raises ``BuildFailed`` when a wall stops it, and what ``render`` raises.
    """
    from briefings.records.codec import to_data

    office = libreoffice() if format_ == "docx" and briefing.contents else None
    argument = {"format": format_, "search": [str(folder) for folder in search], "paged": office is not None}
    printed = set(briefing.facts) if format_ in ("pdf", "html") else set()
    given = [f for f in facts if format_ == "xlsx" or f.id in printed]
    told = {"briefing": to_data(briefing), "facts": [to_data(f) for f in given]}
    data = json.dumps(told, ensure_ascii=False).encode()
    try:
        made = walls.run(
            "briefings.walled:rendering_task", argument, data, limits, "briefings.walled:renderers"
        )
        if office is None:
            return made
        paged = _with_pages(made, office.path)
        return paged or walls.run(
            "briefings.walled:rendering_task",
            {**argument, "paged": False},
            data,
            limits,
            "briefings.walled:renderers",
        )
    except walls.Stopped as stopped:
        failed = BuildFailed(f"The {format_} of briefing {briefing.id!r} could not be made. {stopped}")
        for note in getattr(stopped, "__notes__", ()):
            failed.add_note(note)
        raise failed from stopped


def check(
    name: str,
    data: bytes,
    briefing: Briefing,
    facts: Sequence[Fact],
    limits: walls.Limits = walls.RENDER,
) -> AuditReport:
    """What the audit reads in a produced file, which is read in a child process; see ``audit.check``.

    Raises ``BuildFailed`` when a wall stops it.
    """
    from briefings.records.codec import from_data, to_data
    from briefings.records.edition import AuditReport

    argument = {"name": name, "briefing": to_data(briefing), "facts": [to_data(fact) for fact in facts]}
    answer = _proved("briefings.walled:checking_task", argument, data, name, limits)
    return from_data(AuditReport, json.loads(answer))


def check_file(path: Path, limits: walls.Limits = walls.RENDER) -> AuditReport:
    """The same for a file in its edition's folder, by what lies beside it; see ``audit.check_file``."""
    from briefings.records.codec import from_data
    from briefings.records.edition import AuditReport

    argument = {"path": str(path.absolute())}
    answer = _proved("briefings.walled:checking_file_task", argument, b"", path.name, limits)
    return from_data(AuditReport, json.loads(answer))


def _proved(task: str, argument: Any, data: bytes, name: str, limits: walls.Limits) -> bytes:
    try:
        return walls.run(task, argument, data, limits, "briefings.walled:renderers")
    except walls.Stopped as stopped:
        raise BuildFailed(f"The numbers of {name} could not be proved. {stopped}") from stopped


@dataclass(frozen=True, slots=True)
class Office:
    """LibreOffice as it is installed here: its program, and its version in its own words."""

    path: str
    version: str


def libreoffice() -> Office | None:
    """LibreOffice, which tells on which page of a Word file things stand; None where it is not installed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return _office(found, Path(found).resolve().stat().st_mtime_ns) if found else None


@cache
def _office(path: str, _changed: int) -> Office | None:
    try:
        said = subprocess.run(
            [path, "--version"], capture_output=True, text=True, timeout=30, check=False
        ).stdout.strip()
    except (OSError, subprocess.TimeoutExpired):
        return None
    return Office(path, said.removeprefix("LibreOffice ")) if said else None


def _with_pages(docx: bytes, office: str) -> bytes | None:
    """``docx`` with the true pages in its contents, which its last layout bears out; None where they are not to be had."""
    from briefings.render import word_pages

    if not word_pages.listed(docx):
        return docx
    with tempfile.TemporaryDirectory(prefix="briefings-") as made:
        folder = Path(made)
        (folder / "fonts.conf").write_text(word_pages.typefaces(), encoding="utf-8")
        known = {"FONTCONFIG_FILE": str(folder / "fonts.conf")}
        for _ in range(_LAYOUTS):
            (folder / "briefing.docx").write_bytes(docx)
            (folder / "briefing.pdf").unlink(missing_ok=True)
            ended = walls.run_program(word_pages.command(office, folder), folder, _LAYING_OUT, known)
            pdf = folder / "briefing.pdf"
            if not ended or not pdf.is_file():
                break
            found = json.loads(walls.run("briefings.walled:paging_task", None, pdf.read_bytes(), walls.READ))
            printed = word_pages.listed(docx)
            if not printed.keys() <= found.keys():
                break
            pages = {name: found[name] for name in printed}
            if pages == printed:
                return docx
            docx = word_pages.with_pages(docx, pages)
    logging.getLogger(__name__).warning("LibreOffice gave no pages: the contents of a Word file name none.")
    return None


def ready_to_read() -> None:
    """Have a child load what reading needs, while the program does something else."""
    walls.ready("briefings.walled:readers")


def ready_to_render() -> None:
    """Have a child load what rendering needs, while the program does something else."""
    walls.ready("briefings.walled:renderers")


def reason(reading: Reading) -> Problem:
    """Why a reading holds no documents."""
    errors = [p for p in (*reading.problems, *reading.source.problems) if p.severity == "error"]
    return errors[0] if errors else Problem("no_text", "没有读出任何文字。", "structure", "error")


def corrected(document: Document, corrections: Mapping[str, str]) -> Document:
    """``document`` with the metadata that a person has set, by field."""
    fields = {f: Attribute(corrections[f], BY_HAND) for f in FIELDS if f in corrections}
    return replace(document, **fields)  # type: ignore[arg-type]  # mypy does not follow the keys


def reading_task(argument: Any, data: bytes) -> bytes:
    """The child's side of ``read``."""
    from briefings import extract, structure
    from briefings.records.codec import to_data

    folder = Path(argument["lexicons"]) if argument["lexicons"] else None
    lexicon = extract.lexicon_of(folder)
    reading = structure.read(data, argument["name"])
    said: dict[str, dict[str, str]] = argument["said"]
    documents = [corrected(d, {**said.get("", {}), **said.get(d.id, {})}) for d in reading.documents]
    found = [extract.find(d, reading.source, lexicon) for d in documents]
    told = {"reading": to_data(reading), "findings": [to_data(f) for f in found]}
    return json.dumps(told, ensure_ascii=False).encode()


def rendering_task(argument: Any, data: bytes) -> bytes:
    """The child's side of ``render``."""
    from briefings import render as room
    from briefings.records.briefing import Briefing
    from briefings.records.codec import from_data
    from briefings.render.word_pages import unknown

    told = json.loads(data)
    briefing = from_data(Briefing, told["briefing"])
    search = tuple(Path(folder) for folder in argument["search"])
    facts = tuple(from_data(Fact, fact) for fact in told["facts"])
    match argument["format"]:
        case "pdf":
            return room.pdf(briefing, search, facts)
        case "docx":
            return room.word(briefing, search, unknown(briefing) if argument["paged"] else None)
        case "html":
            return room.html(briefing, search, facts)
        case _:
            return room.workbook(briefing, facts)


def checking_task(argument: Any, data: bytes) -> bytes:
    """The child's side of ``check``."""
    from briefings import audit
    from briefings.records.briefing import Briefing
    from briefings.records.codec import from_data, to_json

    facts = [from_data(Fact, fact) for fact in argument["facts"]]
    return to_json(
        audit.check(argument["name"], data, from_data(Briefing, argument["briefing"]), facts)
    ).encode()


def checking_file_task(argument: Any, _data: bytes) -> bytes:
    """The child's side of ``check_file``."""
    from briefings import audit
    from briefings.records.codec import to_json

    return to_json(audit.check_file(Path(argument["path"]))).encode()


def paging_task(_argument: Any, data: bytes) -> bytes:
    """The page of each bookmark of a PDF that LibreOffice made."""
    from briefings.render.word_pages import pages_of

    return json.dumps(pages_of(data)).encode()


def readers(_argument: Any, _data: bytes) -> bytes:
    """Load what ``reading_task`` uses, and read a line, so that the grammar is there too."""
    program.load("records", "structure", "extract")
    line = "2021年上半年，全市生产总值500亿元，同比增长6.5%。\n"
    reading_task({"name": "a.txt", "said": {}, "lexicons": None}, line.encode())
    return b""


def renderers(_argument: Any, _data: bytes) -> bytes:
    """Load what ``rendering_task`` and ``checking_task`` use."""
    from importlib import import_module

    program.load("records", "render", "audit")
    for name in (
        "matplotlib.backends.backend_agg",
        "matplotlib.backends.backend_svg",
        "matplotlib.figure",
        "matplotlib.font_manager",
        "jinja2.sandbox",
        "xlsxwriter",
        "docx",
        "weasyprint",
        "pdfplumber",
    ):
        with suppress(Exception):  # what is missing is told by the task that needs it
            import_module(name)
    return b""


def _unread(data: bytes, name: str, stopped: walls.Stopped) -> Reading:
    import hashlib

    sentence = f"读这份文件时{stopped.reason}，已隔离；确属正常文件的，请另存或拆分后再交来。"
    problem = Problem(stopped.code, sentence, _STAGE, "error")
    return Reading(Source(hashlib.sha256(data).hexdigest(), name, "txt", ""), (), (), (problem,))
