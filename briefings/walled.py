"""What is done behind the walls, from both sides: reading a file that anybody may have sent, filling what anybody may edit."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefings import walls
from briefings.errors import BriefingsError
from briefings.records.document import BY_HAND, Attribute, Document, Reading, Source
from briefings.records.fact import Fact, Findings
from briefings.records.problem import Problem

if TYPE_CHECKING:
    from briefings.records.briefing import Briefing
    from briefings.records.edition import Format

FIELDS = ("issuer", "place", "period", "published")
"""The metadata that a person may set."""
_STAGE = "walls"


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
    """``briefing`` in one format, made in a child process; ``facts`` are those of its workbook.

    Raises ``BuildFailed`` when a wall stops it, and what ``render`` raises.
    """
    from briefings.records.codec import to_data

    argument = {"format": format_, "search": [str(folder) for folder in search]}
    told = {"briefing": to_data(briefing), "facts": [to_data(f) for f in facts] if format_ == "xlsx" else []}
    data = json.dumps(told, ensure_ascii=False).encode()
    try:
        return walls.run(
            "briefings.walled:rendering_task", argument, data, limits, "briefings.walled:renderers"
        )
    except walls.Stopped as stopped:
        failed = BuildFailed(f"The {format_} of briefing {briefing.id!r} could not be made. {stopped}")
        for note in getattr(stopped, "__notes__", ()):
            failed.add_note(note)
        raise failed from stopped


def ready_to_read() -> None:
    """Have a child load what reading needs, while the program does something else."""
    walls.ready("briefings.walled:readers")


def ready_to_render() -> None:
    """Have a child load what rendering needs, while the program does something else."""
    walls.ready("briefings.walled:renderers")


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

    told = json.loads(data)
    briefing = from_data(Briefing, told["briefing"])
    search = tuple(Path(folder) for folder in argument["search"])
    match argument["format"]:
        case "pdf":
            return room.pdf(briefing, search)
        case "docx":
            return room.word(briefing, search)
        case "html":
            return room.html(briefing, search)
        case _:
            return room.workbook(briefing, tuple(from_data(Fact, fact) for fact in told["facts"]))


def readers(_argument: Any, _data: bytes) -> bytes:
    """Load what ``reading_task`` uses, and read a line, so that the grammar is there too."""
    line = "2021年上半年，全市生产总值500亿元，同比增长6.5%。\n"
    reading_task({"name": "a.txt", "said": {}, "lexicons": None}, line.encode())
    return b""


def renderers(_argument: Any, _data: bytes) -> bytes:
    """Load what ``rendering_task`` uses."""
    from importlib import import_module

    for name in (
        "briefings.render",
        "briefings.records.codec",
        "matplotlib.backends.backend_agg",
        "matplotlib.backends.backend_svg",
        "matplotlib.figure",
        "matplotlib.font_manager",
        "jinja2.sandbox",
        "xlsxwriter",
        "docx",
        "weasyprint",
    ):
        with suppress(Exception):  # what is missing is told by the task that needs it
            import_module(name)
    return b""


def _unread(data: bytes, name: str, stopped: walls.Stopped) -> Reading:
    import hashlib

    sentence = f"读这份文件时{stopped.reason}，已隔离；确属正常文件的，请另存或拆分后再交来。"
    problem = Problem(stopped.code, sentence, _STAGE, "error")
    return Reading(Source(hashlib.sha256(data).hexdigest(), name, "txt", ""), (), (), (problem,))
