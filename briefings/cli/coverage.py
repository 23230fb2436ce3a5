"""Commands that show what was understood and what was not: coverage, why."""

import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefings.cli.columns import aligned
from briefings.cli.explained import around, coverage_table, explained, legend
from briefings.cli.output import as_json_lines
from briefings.errors import UsageError
from briefings.records.coverage import Mention
from briefings.records.document import Document, Source
from briefings.records.fact import Findings
from briefings.settings import LEXICONS

if TYPE_CHECKING:
    from briefings.store.store import Store

QUARANTINED = 4
_AROUND = 15
_LISTED = ("document", "place", "offset", "not understood")


@dataclass(frozen=True, slots=True)
class _Read:
    """A source with some of its documents and their findings; ``whole`` when it is all of them."""

    source: Source
    documents: tuple[Document, ...]
    findings: tuple[Findings, ...]
    whole: bool = True


@click.command("coverage")
@click.argument("target", required=False, metavar="[DOCUMENT|FILE]")
@click.option(
    "--list", "listed", is_flag=True, help="List the numbers that were not understood, with their words."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a number.")
@click.option(
    "--html",
    "page",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    help="Write the source's text as a page with every number marked. Needs a DOCUMENT or a FILE.",
)
@click.pass_obj
def coverage_command(root: Path, target: str | None, listed: bool, as_json: bool, page: Path | None) -> None:
    """Say what became of every number: a fact, masked with the reason, or not understood.

    DOCUMENT is the id of a document in the store (or of its source); without one, all documents of the store are told
    of. A FILE is read on the fly and not kept.
    """
    from briefings import extract

    if page and target is None:
        raise click.UsageError("--html needs a DOCUMENT or a FILE.")
    unknown: list[tuple[str, ...]] = []
    summed: list[tuple[str, Sequence[Mention]]] = []
    sources: list[tuple[Source, Sequence[Mention]]] = []
    for read in _targets(root, target):
        told = [
            (document, extract.coverage(document, read.source, findings))
            for document, findings in zip(read.documents, read.findings, strict=True)
        ]
        whole = extract.whole_coverage(read.source, read.documents, read.findings)
        if page:
            _write(page, read, whole)
        outside = [m for m in whole if m.reason == "outside"] if read.whole else []
        for document, mentions in told:
            if as_json:
                as_json_lines(_mention_data(document.id, m, read.source) for m in mentions)
            elif listed:
                unknown += (_listed(document.id, m, read.source) for m in mentions if m.outcome == "unknown")
            else:
                summed.append((document.id, mentions))
                sources.append((read.source, mentions))
        if as_json:
            as_json_lines(_mention_data(None, m, read.source) for m in outside)
        elif outside and not listed:
            summed.append((f"{read.source.sha256[:12]} 篇外", outside))
            sources.append((read.source, outside))
    if as_json:
        return
    if listed:
        if unknown:
            click.echo("\n".join(aligned([_LISTED, *unknown])))
        else:
            click.echo("Every number was understood or masked with its reason.", err=True)
    elif summed:
        click.echo("\n".join([*coverage_table(summed), "", *legend(sources)]))
    else:
        click.echo("There are no documents; `briefings add PATH` takes some in.", err=True)


@click.command("why")
@click.argument("target", metavar="DOCUMENT|FILE")
@click.argument("offset", type=click.IntRange(min=0))
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_obj
def why_command(root: Path, target: str, offset: int, as_json: bool) -> None:
    """Show what the extractor did at OFFSET, a code point of the source: tokens, registers, rules tried, outcome."""
    from briefings import extract

    for read in _targets(root, target):
        for document, findings in zip(read.documents, read.findings, strict=True):
            if document.span.start <= offset < document.span.end:
                told = extract.explain(document, read.source, findings, offset)
                if as_json:
                    from briefings.records.codec import to_data

                    as_json_lines([to_data(told)])
                else:
                    click.echo("\n".join(explained(told, findings.facts)))
                return
        if offset < len(read.source.text) and read.whole:
            raise UsageError(f"Offset {offset} of {read.source.name} stands in none of its documents.")
        ends = [f"{d.id} is {d.span.start}:{d.span.end}" for d in read.documents]
        raise UsageError(
            f"Offset {offset} does not lie in {target}: {', '.join(ends)} of {read.source.name}."
        )


def _targets(root: Path, target: str | None) -> Iterable[_Read]:
    """What ``target`` names: a file, a document of the store by its id, a source of the store; None: all of it."""
    from briefings.cli.workspace import opened

    path = Path(target) if target else None
    if path is not None and path.is_file():
        yield _on_the_fly(path, root)
        return
    with opened(root) as (_, store):
        documents = [
            d
            for d in store.documents(replaced=target is not None)
            if target is None or d.id == target or (len(target) >= 6 and d.sha256.startswith(target))
        ]
        if target is not None and not documents:
            if path is not None and (path.suffix or len(path.parts) > 1):
                raise UsageError(f"There is no file {target}.")
            store.document(target)  # says which may have been meant
        for sha256 in dict.fromkeys(d.sha256 for d in documents):
            yield _held(store, sha256, [d for d in documents if d.sha256 == sha256])


def _held(store: "Store", sha256: str, documents: Sequence[Document]) -> _Read:
    ordered = tuple(sorted(documents, key=lambda d: d.ordinal))
    findings = tuple(Findings(d.id, store.facts(documents=[d.id]), store.measures([d.id])) for d in ordered)
    all_of_it = sum(1 for d in store.documents(replaced=True) if d.sha256 == sha256)
    return _Read(store.source(sha256), ordered, findings, len(ordered) == all_of_it)


def _on_the_fly(path: Path, root: Path) -> _Read:
    from briefings import walled

    walled.ready_to_read()
    reading, findings = walled.read(path.read_bytes(), path.name, {}, root / LEXICONS)
    if not reading.documents:
        problem = walled.reason(reading)
        click.echo(f"{path}: {problem.sentence} [{problem.code}]", err=True)
        sys.exit(QUARANTINED)
    return _Read(reading.source, reading.documents, findings)


def _write(page: Path, read: _Read, mentions: Sequence[Mention]) -> None:
    from briefings import render, settings

    page.write_bytes(render.source(read.source, read.findings, mentions, settings.packed_assets()))
    click.echo(f"{page}: written", err=True)


def _listed(document: str, mention: Mention, source: Source) -> tuple[str, ...]:
    return document, source.place(mention.start), str(mention.start), around(mention, source.text, _AROUND)


def _mention_data(document: str | None, mention: Mention, source: Source) -> dict[str, Any]:
    return {
        "document": document,
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "outcome": mention.outcome,
        "reason": mention.reason or None,
        "fact": mention.fact,
        "place": source.place(mention.start),
    }
