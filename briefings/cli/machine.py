"""The command that looks at the machine: doctor."""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefings.cli.output import as_json_lines, as_table

if TYPE_CHECKING:
    from briefings.doctor import Check
    from briefings.settings import Settings

_MARKS = {"ok": "✔", "warning": "!", "failed": "✘"}


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a check.")
@click.pass_obj
def doctor_command(root: Path, as_json: bool) -> None:
    """Say what is fine and what is not: libraries, fonts, store, write access, versions (exit code 1 if not)."""
    from briefings import doctor, settings

    loaded = settings.load(root)
    store = None if "://" in loaded.store else Path(loaded.store)
    checks = doctor.examine(root, store=store, output=loaded.output, zone=loaded.timezone)
    checks = (*checks, _templates(loaded))
    if store is None:
        checks = (*checks, doctor.database_server(loaded.store))
    if as_json:
        as_json_lines(
            {"name": c.name, "state": c.state, "detail": c.detail, "remedy": c.remedy} for c in checks
        )
    else:
        as_table(("", "check", "found"), [row for c in checks for row in _rows(c)], "Nothing was checked.")
    if any(c.state == "failed" for c in checks):
        sys.exit(1)


def _templates(loaded: "Settings") -> "Check":
    """What linting finds; where it cannot be done at all, that."""
    from briefings import doctor, templates
    from briefings.errors import ConfigurationError
    from briefings.templates.files import templates as listed

    there = listed(loaded)
    try:
        faults = templates.lint(loaded, there)
    except ConfigurationError as error:
        return doctor.Check("templates", "failed", str(error), "`briefings templates lint` says more")
    return doctor.templates(faults, sum(one.own is not None for one in there))


def _rows(check: "Check") -> Iterator[tuple[str, str, str]]:
    """What was found, and below it, in the same column, what to do: an apt-get line needs the room."""
    yield _MARKS[check.state], check.name, check.detail
    if check.remedy:
        yield "", "", f"→ {check.remedy}"
