"""Commands that make and prove briefings: init, build, list, audit, demo."""

import sys
import tempfile
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefings import settings
from briefings.cli.output import as_json_lines, as_table
from briefings.cli.workspace import now, opened
from briefings.errors import BriefingsError, UsageError
from briefings.records.edition import AuditReport

if TYPE_CHECKING:
    from briefings.pipeline import Built

HELD = 3


@click.command("init")
@click.pass_obj
def init_command(root: Path) -> None:
    """Write a commented briefings.toml into the workspace; one that is there is left as it is."""
    path = root / settings.FILE_NAME
    if path.exists():
        raise UsageError(f"{path} exists already; nothing was written.")
    root.mkdir(parents=True, exist_ok=True)
    path.write_text(settings.template(), encoding="utf-8")
    click.echo(path)


@click.command("build")
@click.argument("ids", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a briefing.")
@click.pass_obj
def build_command(root: Path, ids: tuple[str, ...], as_json: bool) -> None:
    """Make the briefings with the ids IDS, or all of briefings.toml; the same input makes no new edition."""
    from briefings import pipeline

    failed: list[BriefingsError] = []
    with opened(root) as (loaded, store):
        orders = [loaded.order(i) for i in ids] if ids else loaded.orders
        if not orders:
            raise UsageError("There are no briefings to build; `briefings init` writes a briefings.toml.")
        for order in orders:
            try:
                built = pipeline.build(order, loaded, store, now=now())
            except BriefingsError as error:
                if len(orders) == 1:
                    raise
                click.echo(f"briefings: {order.id}: {error}", err=True)
                failed.append(error)
                continue
            if as_json:
                as_json_lines([_built_data(built)])
            else:
                _tell(built)
        if waiting := store.outbox.counts().get("pending", 0):
            click.echo(
                f"letters that wait: {waiting}; `briefings mail send` or the service sends them", err=True
            )
    if failed:
        sys.exit(max(e.exit_code for e in failed))


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a briefing.")
@click.pass_obj
def list_command(root: Path, as_json: bool) -> None:
    """List the briefings of briefings.toml and their latest editions."""
    from briefings import deliver

    loaded = settings.load(root)
    rows = [
        (o, deliver.latest(loaded.output, o.id), len(deliver.editions(loaded.output, o.id)))
        for o in loaded.orders
    ]
    if as_json:
        as_json_lines(
            {
                "id": o.id, "kind": o.kind, "title": o.title, "periods": o.periods, "formats": o.formats,
                "editions": number, "latest": latest.id if latest else None,
                "folder": latest.folder if latest else None,
            }
            for o, latest, number in rows
        )  # fmt: skip
        return
    as_table(
        ("id", "kind", "period", "title", "editions", "latest"),
        [
            (
                o.id,
                o.kind,
                " ".join(o.periods),
                o.title,
                str(number),
                latest.id if latest else "not built yet",
            )
            for o, latest, number in rows
        ],
        "There are no briefings; `briefings init` writes a briefings.toml.",
    )


@click.command("audit")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--edition",
    metavar="BRIEFING[/EDITION]",
    help="Which edition an edited Word file was; else it says so itself.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a finding.")
@click.pass_obj
def audit_command(root: Path, file: Path, edition: str | None, as_json: bool) -> None:
    """Read FILE back and prove every number in it; exit code 3 when one has no source.

    A file of an edition is proved by what lies beside it. A Word file that lies elsewhere was edited by somebody: it is
    set against its edition, and every number, quotation and citation that was changed is told with its place.
    """
    from briefings import pipeline
    from briefings.cli.edited import edit_report, is_returned, print_edits

    if edition or is_returned(file):
        if file.suffix.lower() != ".docx":
            raise UsageError(f"{file} is no Word file; only those are set against an edition.")
        returned = edit_report(root, file, edition)
        print_edits(returned, as_json=as_json)
        if not returned.passed:
            sys.exit(HELD)
        return
    report = pipeline.audit_file(file)
    if as_json:
        as_json_lines(
            {"file": f.file, "place": f.place, "number": f.number, "context": f.context, "reason": f.reason}
            for f in report.findings
        )
    else:
        _tell_audit(report)
    if not report.passed:
        sys.exit(HELD)


@click.command("demo")
@click.argument("output", type=click.Path(path_type=Path, file_okay=False), default=Path("output"))
@click.pass_obj
def demo_command(root: Path, output: Path) -> None:
    """Build the sample digest from the packed sample documents into OUTPUT and print where its files are."""
    from briefings import pipeline
    from briefings.store import open_store

    samples = Path(str(resources.files("briefings"))) / "data" / "samples"
    with tempfile.TemporaryDirectory(prefix="briefings-demo-") as home:
        text = (samples / settings.FILE_NAME).read_text(encoding="utf-8")
        loaded = settings.parse(text, Path(home), output=(root / output).resolve())
        store = open_store(loaded.store)
        try:
            files = sorted(p for p in samples.iterdir() if p.suffix in (".txt", ".html", ".docx", ".pdf"))
            taken = pipeline.take_in(files, loaded, store, now=now())
            facts = sum(o.facts for o in taken)
            click.echo(
                f"{len(taken)} sample files, {sum(len(o.documents) for o in taken)} documents, {facts} facts",
                err=True,
            )
            for order in loaded.orders:
                _tell(pipeline.build(order, loaded, store, now=now()))
        finally:
            store.close()


def _tell(built: "Built") -> None:
    """What became of a briefing on stderr, its files on stdout."""
    edition = built.edition
    if built.reports:
        numbers = sum(r.numbers for r in built.reports)
        told = (
            f"new edition {edition.id}; {numbers} numbers read back in {len(built.reports)} files, all proved"
        )
    else:
        told = f"nothing changed; {edition.id} is the latest edition"
    click.echo(f"{built.order.id}: {told}", err=True)
    for name, _ in edition.files:
        if name.startswith(built.order.id):
            click.echo(Path(edition.folder) / name)


def _built_data(built: "Built") -> dict[str, object]:
    edition = built.edition
    return {
        "briefing": built.order.id,
        "edition": edition.id,
        "new": edition.new and bool(built.reports),
        "folder": edition.folder,
        "files": dict(edition.files),
        "audit": [{"file": r.file, "numbers": r.numbers, "origins": dict(r.origins)} for r in built.reports],
    }


def _tell_audit(report: AuditReport) -> None:
    origins = ", ".join(f"{name} {number}" for name, number in report.origins)
    if report.passed:
        click.echo(f"{report.file}: {report.numbers} numbers, all proved ({origins})")
        return
    as_table(
        ("where", "number", "in", "why it is held"),
        [(f.place, f.number, f.context, f.reason) for f in report.findings],
        "",
    )
    click.echo(f"{report.file}: {len(report.findings)} of {report.numbers} numbers have no source", err=True)
