"""The command that says what files would change before they are taken in: impact."""

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefings import settings
from briefings.cli.changed import changes_data, counted, names, number_row, short
from briefings.cli.output import as_json_lines, as_table
from briefings.cli.workspace import now

if TYPE_CHECKING:
    from briefings.impact import Impact
    from briefings.pipeline import Outcome

QUARANTINED = 4
_MOST = 10


@click.command("impact")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a file, then one a briefing.")
@click.pass_obj
def impact_command(root: Path, paths: tuple[Path, ...], as_json: bool) -> None:
    """Say which briefings and numbers PATHS would change if they were taken in; nothing is kept.

    The files are read into a copy of the store, every briefing of briefings.toml is worded with and without them, and the
    two are compared. A file that cannot be read is said to be so, and the rest goes on (exit code 4).
    """
    from briefings.impact import impact

    loaded = settings.load(root)
    outcomes, impacts = impact(paths, loaded, now=now())
    if as_json:
        as_json_lines(_outcome_data(o) for o in outcomes)
        as_json_lines(_impact_data(i) for i in impacts)
    else:
        for outcome in outcomes:
            click.echo(_outcome_line(outcome))
        if not outcomes:
            click.echo("There are no files in what was named.", err=True)
        for one in impacts:
            _tell(one)
        click.echo(_sum(impacts), err=True)
    if any(o.state == "quarantined" for o in outcomes):
        sys.exit(QUARANTINED)


def _outcome_line(outcome: "Outcome") -> str:
    if outcome.state == "known":
        return f"{outcome.path}: taken in already, the same bytes change nothing"
    if outcome.problem:
        return f"{outcome.path}: cannot be read, {outcome.problem.sentence} [{outcome.problem.code}]"
    many = len(outcome.documents)
    line = f"{outcome.path}: {many} document{'s' if many != 1 else ''}, {outcome.facts} facts, {outcome.measures} measures"
    said = ", ".join(
        f"{d.issuer.value if d.issuer else d.title.value} {d.period.value if d.period else 'without a period'}"
        for d in outcome.documents[:3]
    )
    return f"{line} ({said}{', …' if many > 3 else ''})"


def _tell(impact: "Impact") -> None:
    changes = impact.changes
    if changes is None:
        told = f"cannot be made: {impact.fault}" if impact.fault else "nothing changes"
        click.echo(f"\n{impact.order.id}: {told}{_waiting(impact)}")
        return
    against = (
        f"against {impact.latest}"
        if impact.latest and not impact.waiting
        else "against what the store holds now"
    )
    first = not any(d.before for d in changes.documents) and not impact.latest
    click.echo(f"\n{impact.order.id}, {against}:" if not first else f"\n{impact.order.id}:")
    click.echo(f"  numbers: {counted(f.change for f in changes.facts)}")
    click.echo(f"  measures: {counted(m.change for m in changes.measures or ())}")
    replaced = Counter(
        (d.after.name, d.before.name)
        for d in changes.documents
        if d.change == "replaced" and d.before and d.after
    )
    for (new, old), times in replaced.items():
        click.echo(f"  {new} replaces {old}" + (f" ({times} documents)" if times > 1 else ""))
    if waiting := _waiting(impact):
        click.echo(f"  {waiting.lstrip('; ')}")
    for line in impact.fault.splitlines():
        click.echo(f"  {line}")
    numbers = [f for f in changes.facts if f.change != "moved"]
    numbers.sort(key=lambda f: ("changed", "gone", "new").index(f.change))
    if numbers:
        who = names(d for c in changes.documents for d in (c.before, c.after) if d)
        rows = [(f.change, *number_row(f, who), short(f.cause)) for f in numbers[:_MOST]]
        as_table(("", "whose", "indicator", "before", "after", "why"), rows, "")
        if len(numbers) > _MOST:
            click.echo(f"  and {len(numbers) - _MOST} more; --json tells all")


def _waiting(impact: "Impact") -> str:
    if not impact.waiting:
        return ""
    if not impact.latest:
        return "; it has not been built yet"
    return f"; {impact.latest} is behind the store even without these files, `briefings build` brings it up to date"


def _sum(impacts: Sequence["Impact"]) -> str:
    """How many numbers of how many briefings would change."""
    changed = [i for i in impacts if i.changes]
    if not impacts:
        return "There are no briefings; `briefings init` writes a briefings.toml."
    if not changed:
        return "No briefing would change."
    numbers = sum(f.change != "moved" for i in changed if i.changes for f in i.changes.facts)
    what = f"{numbers} number{'s' if numbers != 1 else ''}"
    return f"{what} in {len(changed)} briefing{'s' if len(changed) != 1 else ''} would change; nothing was taken in."


def _outcome_data(outcome: "Outcome") -> dict[str, Any]:
    problem = outcome.problem
    return {
        "file": outcome.path,
        "sha256": outcome.sha256,
        "state": "readable" if outcome.state == "taken" else outcome.state,
        "documents": [d.id for d in outcome.documents],
        "facts": outcome.facts,
        "measures": outcome.measures,
        "problem": {"code": problem.code, "sentence": problem.sentence} if problem else None,
    }


def _impact_data(impact: "Impact") -> dict[str, Any]:
    changes = impact.changes
    return {
        "briefing": impact.order.id,
        "changes": changes is not None,
        "latest": impact.latest or None,
        "waiting": impact.waiting,
        "fault": impact.fault or None,
        **({} if changes is None else changes_data(changes)),
    }
