"""Commands that take documents in and list what came of them: add, documents, quarantine."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefings.cli.output import as_json_lines, as_table
from briefings.cli.people import author, check_metadata
from briefings.cli.workspace import now, opened
from briefings.pipeline import FIELDS, Outcome
from briefings.records.document import Attribute, Document

if TYPE_CHECKING:
    from briefings.store.store import Store

QUARANTINED = 4


@click.command("add")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--issuer", help="Who issued the documents, instead of what is read from them.")
@click.option("--place", help="The place they speak of.")
@click.option("--period", help="The period they report on: 2021-H1, 2021-Q2, 2021-M05, 2021.")
@click.option("--published", help="When they were published: 2021-08-20.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a file.")
@click.pass_obj
def add_command(root: Path, /, paths: tuple[Path, ...], as_json: bool, **fields: str | None) -> None:
    """Take files and folders in; what cannot be read is quarantined, and the rest goes on (exit code 4)."""
    from briefings import pipeline

    corrections = {f: v for f in FIELDS if (v := fields[f])}
    check_metadata(corrections)

    def tell(outcome: Outcome) -> None:
        if as_json:
            as_json_lines([_outcome_data(outcome)])
        else:
            click.echo(_outcome_line(outcome))

    with opened(root) as (settings, store):
        outcomes = pipeline.take_in(
            paths, settings, store, now=now(), corrections=corrections, author=author(), on_file=tell
        )
        for line in _replaced_lines(store, outcomes):
            click.echo(line, err=as_json)
    if not outcomes:
        click.echo("There are no files in what was named.", err=True)
    if any(o.state == "quarantined" for o in outcomes):
        sys.exit(QUARANTINED)


@click.command("documents")
@click.option("--issuer", help="Only of this issuer.")
@click.option("--place", help="Only of this place.")
@click.option("--period", help="Only of this period: 2021-H1.")
@click.option("--use", metavar="ID", help="Let this document stand for its other versions.")
@click.option("--apart", metavar="ID", help="This document is no version of another: both count.")
@click.option("--reason", default="", help="Why, for --use and --apart.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a document.")
@click.pass_obj
def documents_command(
    root: Path, /, use: str | None, apart: str | None, reason: str, as_json: bool, **wanted: str | None
) -> None:
    """List the documents that were found: issuer, place, period, date, genre, flags.

    Two files with one issuer, period and title whose texts are alike are versions of one document. The one taken in last
    stands: the other is marked `replaced by`, and its facts are in no briefing, listing or check. --use lets another
    version stand, --apart lets both count; both take the first twelve characters of an id for all documents of a file.
    """
    if use and apart:
        raise click.UsageError("--use and --apart exclude each other.")
    if reason and not (use or apart):
        raise click.UsageError("--reason belongs to --use or --apart.")
    with opened(root) as (_, store):
        if use or apart:
            choose = store.use if use else store.keep_apart
            chosen = choose(use or apart or "", author=author(), reason=reason.strip(), now=now())
            click.echo("\n".join(_chosen_lines(store, chosen, bool(use))))
            return
        documents = store.documents(**wanted, replaced=True)  # type: ignore[arg-type]  # the options are the filters
        replaced = store.replaced()
        absent = store.absent()
    if as_json:
        as_json_lines(_document_data(d) | {"replaced_by": replaced.get(d.id)} for d in documents)
        return
    standing = {d.sha256 for d in documents if d.id not in replaced}
    absent = tuple(a for a in absent if a.sha256 in standing)
    as_table(
        ("id", "issuer", "place", "period", "published", "genre", "title", "file", "flags"),
        [
            (
                d.id, _value(d.issuer), _value(d.place), _value(d.period), _value(d.published),
                d.genre, d.title.value, d.name,
                " ".join([*d.flags, *([f"replaced by {replaced[d.id]}"] if d.id in replaced else [])]),
            )
            for d in documents
        ],
        "There are no such documents; `briefings add PATH` takes some in.",
    )  # fmt: skip
    if absent and not any(wanted.values()):
        click.echo(f"Announced in contents and not held ({len(absent)}):", err=True)
        for title in absent:
            click.echo(f"  {title.title}", err=True)


@click.command("quarantine")
@click.option("--retry", is_flag=True, help="Read them again; they may be readable to a newer version.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a file.")
@click.pass_obj
def quarantine_command(root: Path, retry: bool, as_json: bool) -> None:
    """List the files that could not be read, and why; try them again."""
    from briefings import pipeline

    with opened(root) as (settings, store):
        if retry:
            names = {q.sha256: q.name for q in store.quarantined()}
            for outcome in pipeline.retry(settings, store, now=now()):
                click.echo(_outcome_line(replace(outcome, path=names[outcome.sha256])), err=as_json)
        held = store.quarantined()
    if as_json:
        as_json_lines(
            {
                "sha256": q.sha256,
                "name": q.name,
                "code": q.problem.code,
                "sentence": q.problem.sentence,
                "tries": q.tries,
            }
            for q in held
        )
        return
    as_table(
        ("file", "code", "why", "tries", "sha256"),
        [(q.name, q.problem.code, q.problem.sentence, str(q.tries), q.sha256[:12]) for q in held],
        "Nothing is in quarantine.",
    )


def _replaced_lines(store: "Store", outcomes: Sequence[Outcome]) -> list[str]:
    """A line for each of these files, or of older ones, of which documents gave way to versions in another file."""
    came = {o.sha256: o.state for o in outcomes if o.sha256}
    replaced = store.replaced()
    documents = {d.id: d for d in store.documents(replaced=True)} if replaced else {}
    pairs: dict[tuple[str, str], list[Document]] = {}
    for old, new in replaced.items():
        pair = documents[old].sha256, documents[new].sha256
        if pair[0] in came or came.get(pair[1]) == "taken":
            pairs.setdefault(pair, []).append(documents[old])
    newer = {d.sha256: d.name for d in documents.values()}
    lines = []
    for (old, new), gone in pairs.items():
        one = gone[0]
        if len(gone) == 1:
            told, given = f"{one.id} ({one.title.value}, {one.name}) is replaced by its version", one.id
        else:
            told, given = f"{len(gone)} documents of {one.name} are replaced by their versions", old[:12]
        lines.append(f"{told} in {newer[new]}; `briefings documents --use {given}` takes that back")
    return lines


def _chosen_lines(store: "Store", chosen: Sequence[str], use: bool) -> list[str]:
    """What a choice between versions did, a line for each document chosen."""
    if not use:
        return [f"{one}: is a document of its own" for one in chosen]
    others: dict[str, list[str]] = {}
    for old, new in store.replaced().items():
        others.setdefault(new, []).append(old)
    return [
        f"{one}: stands"
        + (f" for {', '.join(others[one])}" if one in others else "; it has no other version")
        for one in chosen
    ]


def _outcome_line(outcome: Outcome) -> str:
    if outcome.state == "known":
        return f"{outcome.path}: known already, the same bytes were taken before"
    if outcome.problem:
        return f"{outcome.path}: quarantined, {outcome.problem.sentence} [{outcome.problem.code}]"
    documents = f"{len(outcome.documents)} document" + ("s" if len(outcome.documents) != 1 else "")
    line = f"{outcome.path}: taken, {documents}, {outcome.facts} facts, {outcome.measures} measures"
    if outcome.absent:
        line += f"; {outcome.absent} announced in its contents and absent"
    cut = [_value(d.issuer) or d.title.value for d in outcome.documents if "cut_short" in d.flags]
    return line + (f"; cut short: {', '.join(cut)}" if cut else "")


def _outcome_data(outcome: Outcome) -> dict[str, Any]:
    problem = outcome.problem
    return {
        "path": outcome.path,
        "sha256": outcome.sha256,
        "state": outcome.state,
        "documents": [_document_data(d) for d in outcome.documents],
        "facts": outcome.facts,
        "measures": outcome.measures,
        "absent": outcome.absent,
        "problem": {"code": problem.code, "sentence": problem.sentence} if problem else None,
    }


def _document_data(document: Document) -> dict[str, Any]:
    def evidence(attribute: Attribute | None) -> dict[str, Any] | None:
        return {"rule": attribute.rule, "span": attribute.span} if attribute else None

    fields = ("title", *FIELDS)
    return {
        "id": document.id,
        "file": document.name,
        "sha256": document.sha256,
        **{f: _value(getattr(document, f)) or None for f in fields},
        "genre": document.genre,
        "flags": document.flags,
        "span": document.span,
        "evidence": {f: evidence(getattr(document, f)) for f in fields},
        "problems": [{"code": p.code, "sentence": p.sentence} for p in document.problems],
    }


def _value(attribute: Attribute | None) -> str:
    return attribute.value if attribute else ""
