"""Commands that show what documents say: extract, facts, measures."""

import sys
from pathlib import Path
from typing import Any, get_args

import click

from briefings.cli.output import as_csv, as_json_lines, as_table
from briefings.records.document import Role
from briefings.records.fact import Fact, Kind, Measure
from briefings.settings import LEXICONS

QUARANTINED = 4
_HEADERS = (
    "document",
    "indicator",
    "kind",
    "value",
    "unit",
    "basis",
    "period",
    "scope",
    "status",
    "surface",
    "flags",
)
_CSV_HEADERS = (
    *_HEADERS[:4],
    "value_high",
    *_HEADERS[4:],
    "canonical",
    "hedge",
    "role",
    "start",
    "end",
    "rule",
    "id",
)


@click.command("extract")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a fact.")
@click.pass_obj
def extract_command(root: Path, file: Path, as_json: bool) -> None:
    """Print the facts of FILE; nothing is kept. A file that cannot be read says why (exit code 4)."""
    from briefings import walled

    walled.ready_to_read()
    reading, findings = walled.read(file.read_bytes(), file.name, {}, root / LEXICONS)
    if not reading.documents:
        problem = walled.reason(reading)
        click.echo(f"{file}: {problem.sentence} [{problem.code}]", err=True)
        sys.exit(QUARANTINED)
    facts = [f for found in findings for f in found.facts]
    if as_json:
        as_json_lines(fact_data(f) for f in facts)
    else:
        as_table(("id", *_HEADERS), [(f.id, *_row(f)) for f in facts], f"{file}: no facts were found.")


@click.command("facts")
@click.option("--document", help="Only of the document with this id; one that is replaced as well.")
@click.option("--issuer", help="Only of this issuer.")
@click.option("--place", help="Only of this place.")
@click.option("--period", help="Only about this period: 2021-H1.")
@click.option("--indicator", help="Only indicators whose name holds this.")
@click.option("--kind", type=click.Choice(get_args(Kind)), help="Only of this kind.")
@click.option(
    "--unmapped", is_flag=True, help="List the names that the lexicons do not know, most frequent first."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a fact.")
@click.option("--csv", "csv", is_flag=True, help="CSV with a byte order mark, for spreadsheets.")
@click.pass_obj
def facts_command(
    root: Path, /, document: str | None, unmapped: bool, as_json: bool, csv: bool, **wanted: Any
) -> None:
    """List and filter the facts of the store."""
    from briefings import extract, gathering
    from briefings.cli.workspace import opened

    if as_json and csv:
        raise click.UsageError("--json and --csv exclude each other.")
    with opened(root) as (settings, store):
        only = [store.document(document).id] if document else None
        facts = gathering.renamed(
            store.facts(documents=only, **wanted), extract.lexicon_of(settings.lexicons)
        )
    if unmapped:
        _tell_unmapped([f for f in facts if f.canonical is None], as_json, csv)
    elif as_json:
        as_json_lines(fact_data(f) for f in facts)
    elif csv:
        as_csv(_CSV_HEADERS, [_csv_row(f) for f in facts])
    else:
        as_table(("id", *_HEADERS), [(f.id, *_row(f)) for f in facts], "There are no such facts.")


@click.command("measures")
@click.option("--document", help="Only of the document with this id; one that is replaced as well.")
@click.option("--role", type=click.Choice(get_args(Role)), help="Only what was done, problems, or plans.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a measure.")
@click.pass_obj
def measures_command(root: Path, document: str | None, role: Role | None, as_json: bool) -> None:
    """List what was done, the problems and the plans, each with its place and headings."""
    from briefings import extract, gathering
    from briefings.cli.workspace import opened

    with opened(root) as (settings, store):
        held = store.measures([store.document(document).id] if document else None, role)
        measures = gathering.rethemed(held, extract.lexicon_of(settings.lexicons))
    if as_json:
        as_json_lines(_measure_data(m) for m in measures)
        return
    as_table(
        ("document", "role", "theme", "headline", "under", "facts", "responsible", "deadline"),
        [
            (
                m.document,
                m.role,
                m.theme or "",
                m.headline,
                " / ".join(m.path),
                str(len(m.facts)),
                m.responsible or "",
                m.deadline or "",
            )
            for m in measures
        ],
        "There are no such measures.",
    )


def _tell_unmapped(facts: list[Fact], as_json: bool, csv: bool) -> None:
    """The names of ``facts`` by how often they stand, with their documents and the first words of the source."""
    by_name: dict[str, list[Fact]] = {}
    for fact in facts:
        by_name.setdefault(fact.indicator, []).append(fact)
    found = sorted(by_name.items(), key=lambda item: (-len(item[1]), item[0]))
    if as_json:
        as_json_lines(
            {
                "indicator": n,
                "count": len(f),
                "documents": sorted({each.document for each in f}),
                "units": _units(f),
            }
            for n, f in found
        )
        return
    rows = [
        (name, str(len(held)), str(len({f.document for f in held})), " ".join(_units(held)), held[0].surface)
        for name, held in found
    ]
    headers = ("indicator", "facts", "documents", "units", "for example")
    if csv:
        as_csv(headers, rows)
    else:
        as_table(headers, rows, "The lexicons know the name of every such fact.")


def _units(facts: list[Fact]) -> list[str]:
    return list(dict.fromkeys(fact.unit for fact in facts if fact.unit))


def fact_data(fact: Fact) -> dict[str, Any]:
    """A fact as ``extract --json`` and ``facts --json`` print it."""
    return {name: getattr(fact, name) for name in Fact.__dataclass_fields__}


def _measure_data(measure: Measure) -> dict[str, Any]:
    return {name: getattr(measure, name) for name in Measure.__dataclass_fields__}


def _row(fact: Fact) -> tuple[str, ...]:
    value = fact.value + (f"..{fact.value_high}" if fact.value_high else "")
    return (
        fact.document, fact.indicator, fact.kind, value, fact.unit or "", fact.basis or "", fact.period or "",
        fact.scope or "", fact.status, fact.surface, " ".join(fact.flags),
    )  # fmt: skip


def _csv_row(fact: Fact) -> tuple[str, ...]:
    return (
        fact.document, fact.indicator, fact.kind, fact.value, fact.value_high or "", fact.unit or "",
        fact.basis or "", fact.period or "", fact.scope or "", fact.status, fact.surface, " ".join(fact.flags),
        fact.canonical or "", fact.hedge or "", fact.role, str(fact.start), str(fact.end), fact.rule, fact.id,
    )  # fmt: skip
