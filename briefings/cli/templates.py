"""Commands about templates and styles: list, lint, preview, copy, diff, reset."""

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefings import settings
from briefings.cli.output import as_json_lines, as_table
from briefings.cli.workspace import opened

if TYPE_CHECKING:
    from briefings.records.briefing import Theme
    from briefings.settings import Settings
    from briefings.templates.files import Template

WRONG = 5


@click.group("templates")
def templates_command() -> None:
    """Templates, styles and Word base files: what there is, what is wrong, what it looks like.

    A file in templates/ or styles/ of the workspace takes the place of the packed one with the same name. No edition is
    made with one that has an error. NAME may be its last part: official.docx.
    """


@templates_command.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a file.")
@click.pass_obj
def list_command(root: Path, as_json: bool) -> None:
    """List the files that can be changed, what each is for, and whether the workspace has its own."""
    from briefings.templates.files import templates

    rows = [(one, _whose(one)) for one in templates(settings.load(root))]
    if as_json:
        as_json_lines(
            {"name": o.name, "used_for": o.used_for, "used": whose, "path": str(o.path)} for o, whose in rows
        )
        return
    as_table(
        ("name", "used", "for"), [(o.name, whose, o.used_for) for o, whose in rows], "There are no templates."
    )


@templates_command.command("lint")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a fault.")
@click.pass_obj
def lint_command(root: Path, names: tuple[str, ...], as_json: bool) -> None:
    """Check the templates NAMES, or all: exit code 5 when one has an error; warnings alone are none."""
    from briefings import templates
    from briefings.templates.files import templates as listed

    loaded = settings.load(root)
    chosen = _named(names, loaded, pages=True) or list(listed(loaded, pages=True))
    faults = templates.lint(loaded, chosen)
    wrong = {fault.template for fault in faults if fault.severity == "error"}
    if as_json:
        paths = {one.name: str(one.path) for one in chosen}
        as_json_lines({**asdict(fault), "path": paths[fault.template]} for fault in faults)
    else:
        for fault in faults:
            click.echo(f"{'✘' if fault.severity == 'error' else '!'} {fault.told}")
        warned = sum(fault.severity == "warning" for fault in faults)
        told = (
            f"{len(wrong)} of {len(chosen)} templates cannot be used"
            if wrong
            else "The template is good"
            if len(chosen) == 1
            else f"All {len(chosen)} templates are good"
        )
        click.echo(f"{told}{f'; {warned} warning' + 's' * (warned > 1) if warned else ''}.", err=bool(wrong))
    if wrong:
        sys.exit(WRONG)


@templates_command.command("preview")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option(
    "--briefing", metavar="ID", help="Show this briefing of briefings.toml instead of the specimen."
)
@click.option("--theme", type=click.Choice(("modern", "official")), help="In this theme.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("preview"),
    show_default=True,
    help="The folder that the files are written into.",
)
@click.pass_obj
def preview_command(
    root: Path, names: tuple[str, ...], briefing: str | None, theme: str | None, output: Path
) -> None:
    """Show what briefings and letters look like now, as PDF, Word, HTML and mail; nothing is published.

    Of NAMES, only the files that those templates and styles go into. The specimen has every kind of block once and says of
    itself that it is one; its numbers are invented.
    """
    from briefings import templates
    from briefings.templates.files import kinds

    loaded = settings.load(root)
    chosen = _named(names, loaded)
    made = kinds([one.name for one in chosen]) if chosen else frozenset({"pdf", "docx", "html", "mail"})
    official = [("official" in one.name) for one in chosen]
    if theme is None and not briefing and official and all(official):
        theme = "official"
    in_theme: Theme | None = "official" if theme == "official" else "modern" if theme else None
    if briefing is None:
        for path in templates.preview(loaded, output, made=made, theme=in_theme):
            click.echo(path)
        return
    order = loaded.order(briefing)
    with opened(root) as (again, store):
        for path in templates.preview(again, output, made=made, theme=in_theme, order=order, store=store):
            click.echo(path)
    click.echo("These are no editions: their numbers have not been audited.", err=True)


@templates_command.command("copy")
@click.argument("name")
@click.pass_obj
def copy_command(root: Path, name: str) -> None:
    """Put the packed file NAME into the workspace for editing; one that is there is left as it is."""
    from briefings.templates.files import copied

    click.echo(copied(name, settings.load(root)))


@templates_command.command("diff")
@click.argument("name")
@click.pass_obj
def diff_command(root: Path, name: str) -> None:
    """Show how the workspace's NAME differs from the packed one: of a Word file its page, styles and text."""
    from briefings.templates.difference import difference
    from briefings.templates.files import named

    loaded = settings.load(root)
    lines = difference(named(name, loaded), loaded)
    if not lines:
        click.echo("It says the same as the packed one.", err=True)
    for line in lines:
        click.echo(line)


@templates_command.command("reset")
@click.argument("name")
@click.pass_obj
def reset_command(root: Path, name: str) -> None:
    """Move the workspace's NAME aside (.bak), so that the packed one is used again; nothing is deleted."""
    from briefings.templates.files import reset

    click.echo(f"moved to {reset(name, settings.load(root))}; the packed one is used again", err=True)


def _named(names: tuple[str, ...], loaded: "Settings", *, pages: bool = False) -> "list[Template]":
    from briefings.templates.files import named

    return list(dict.fromkeys(named(name, loaded, pages=pages) for name in names))


def _whose(one: "Template") -> str:
    if one.own is None:
        return "packed"
    return "own" if one.packed else "own, not known"
