"""What became of a Word brief that somebody edited: the edition it was, and the changes told place by place."""

from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefings.cli.diff import chosen
from briefings.cli.output import as_json_lines, as_table
from briefings.cli.workspace import opened
from briefings.errors import BriefingsError, UsageError
from briefings.records.edit import Edit, EditKind, EditReport
from briefings.records.edition import Edition
from briefings.records.fact import Fact
from briefings.settings import Settings

if TYPE_CHECKING:
    from briefings.store.store import Store

KINDS: dict[EditKind, str] = {
    "altered": "改数",
    "added": "加数，无来源",
    "quotation": "改引文",
    "citation_altered": "改来源编号",
    "citation_dangling": "来源编号落空",
    "added_known": "加数，有来源",
    "removed": "删数",
    "citation_removed": "删来源编号",
    "citation_added": "加来源编号",
    "rewritten": "数换写法",
    "reworded": "改文字",
    "sentence_added": "加句",
    "sentence_removed": "删句",
    "moved": "挪位置",
    "tracked": "修订标记",
    "picture": "换图",
    "unread": "读不出",
}
"""In the order they are told: what holds the file first."""


def is_returned(file: Path) -> bool:
    """Whether ``file`` is a Word file that does not lie in an edition's folder."""
    return file.suffix.lower() == ".docx" and not (file.resolve().parent / "briefing.json").is_file()


def edit_report(root: Path, file: Path, named: str | None) -> EditReport:
    """The changes of ``file`` against its edition: the one ``named`` (BRIEFING or BRIEFING/EDITION), or what it says itself.

    Raises ``UsageError`` when there is no such edition, ``BriefingsError`` when that is damaged or made no Word file.
    """
    from briefings import audit

    data = file.read_bytes()
    try:
        with opened(root) as (loaded, store):
            edition = _edition(data, loaded, named, file)
            original = _original(edition)
            ledger = audit.read_ledger(Path(edition.folder))
            facts = {f.id: f for f in (*ledger.facts.values(), *store.facts())}
            return audit.edited(
                file.name, data, original, ledger.briefing, edition.id, facts.values(), _sources(store)
            )
    except ValueError as error:
        raise UsageError(f"{file} cannot be read: {error}.") from error


def tell_edits(report: EditReport) -> None:
    """The changes as a table, those that hold the file first; what it comes to on stderr."""
    order = list(KINDS)
    rows = sorted(report.edits, key=lambda e: order.index(e.kind))
    as_table(
        ("what", "where", "was", "is", "in", "why"),
        [(_mark(e), e.place, e.was, e.now, e.around, e.reason) for e in rows],
        "",
    )
    held = sum(e.held for e in report.edits)
    against = f"{report.file} against {report.briefing}/{report.edition}: {report.numbers} numbers"
    if not report.edits:
        click.echo(f"{against}, nothing changed", err=True)
        return
    count = "1 change" if len(report.edits) == 1 else f"{len(report.edits)} changes"
    told = (
        f"{held} must not go out like this"
        if held
        else "none of a number, quotation or citation without a source"
    )
    told = f"{count}, {told}"
    click.echo(f"{against}; {told}", err=True)


def edits_data(report: EditReport) -> Iterable[dict[str, object]]:
    """A change as ``audit --json`` prints it."""
    for e in report.edits:
        yield {
            "file": report.file, "briefing": report.briefing, "edition": report.edition, "kind": e.kind, "held": e.held,
            "place": e.place, "was": e.was, "is": e.now, "number": e.now or e.was, "context": e.around,
            "reason": e.reason, "fact": e.fact or None,
        }  # fmt: skip


def print_edits(report: EditReport, *, as_json: bool) -> None:
    """The report in the form asked for."""
    if as_json:
        as_json_lines(edits_data(report))
    else:
        tell_edits(report)


def _mark(edit: Edit) -> str:
    return ("✗ " if edit.held else "· ") + KINDS[edit.kind]


def _edition(data: bytes, loaded: Settings, named: str | None, file: Path) -> Edition:
    """The edition that is named, or that the file's own properties name; of several the latest unless they tell which."""
    from briefings import audit, deliver

    briefing, _, given = (named or "").partition("/")
    briefing = briefing or audit.property_of(data, audit.BRIEFING) or audit.property_of(data, "identifier")
    if not briefing:
        raise UsageError(
            f"{file} does not say which briefing it was; name it: `briefings audit {file.name} --edition BRIEFING`."
        )
    held = deliver.lineage(loaded.output, briefing)
    if not held:
        loaded.order(briefing)  # one that does not exist is told of with a suggestion
        raise UsageError(f"{briefing!r} has no edition here, so that there is nothing to set {file} against.")
    if given:
        return chosen(given, held, briefing)
    mark = audit.property_of(data, audit.CONTENT)
    if not mark or len(held) == 1:
        return held[0]
    for edition in held:
        word = Path(edition.folder) / f"{briefing}.docx"
        if word.is_file() and audit.property_of(word.read_bytes(), audit.CONTENT) == mark:
            return edition
    click.echo(f"the edition that {file.name} was is not here any more; set against the latest", err=True)
    return held[0]


def _original(edition: Edition) -> bytes:
    """The Word file of an edition, as it was published."""
    name = f"{edition.briefing}.docx"
    path = Path(edition.folder) / name
    if name not in dict(edition.files) or not path.is_file():
        raise UsageError(f"{edition.briefing}/{edition.id} has no Word file to set this one against.")
    data = path.read_bytes()
    if sha256(data).hexdigest() != dict(edition.files)[name]:
        raise BriefingsError(f"{path} is not what was published; build the briefing again.")
    return data


def _sources(store: "Store") -> Callable[[Fact], str]:
    """Says where a fact stands: document, place, sentence."""

    def told(fact: Fact) -> str:
        try:
            document = store.document(fact.document)
            source = store.source(document.sha256)
        except BriefingsError:
            return f"数据 {fact.id}"
        start, end = fact.sentence
        sentence = "".join(source.text[start:end].split())
        return f"{document.title.value}，{source.place(fact.start)}：{sentence}（数据 {fact.id}）"

    return told
