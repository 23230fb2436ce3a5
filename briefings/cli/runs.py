"""The command about runs: list them, show one with its log, try one again."""

import sys
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import click

from briefings.cli.events import teller
from briefings.cli.output import as_json_lines, as_table
from briefings.cli.workspace import opened
from briefings.records.run import Run, RunLine

HELD = 3


@click.command("runs")
@click.argument("run", required=False)
@click.option("--briefing", help="Only of this briefing.")
@click.option(
    "--last", type=click.IntRange(min=1), default=50, show_default=True, help="So many, the newest first."
)
@click.option("--retry", is_flag=True, help="Try RUN again, here and now.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a run.")
@click.pass_obj
def runs_command(
    root: Path, run: str | None, briefing: str | None, last: int, retry: bool, as_json: bool
) -> None:
    """List the runs of the briefings, who or what asked for each and what became of it; or RUN with its log."""
    if retry and not run:
        raise click.UsageError("--retry needs the RUN to try again.")
    if run and briefing:
        raise click.UsageError("RUN and --briefing exclude each other.")
    with opened(root) as (loaded, store):
        zone = ZoneInfo(loaded.timezone)
        if run and retry:
            from briefings.unattended import retry as try_again

            one = try_again(run, loaded, store, teller("plain", loaded.timezone))
        elif run:
            one = store.runs.run(run)
        else:
            found = store.runs.all(briefing=briefing, most=last)
            if as_json:
                as_json_lines(_data(each) for each in found)
            else:
                _table(found, zone)
            return
        log = store.runs.log(one.id)
    if as_json:
        as_json_lines(
            [{**_data(one), "log": [{"at": line.at.isoformat(), "text": line.text} for line in log]}]
        )
    else:
        _tell(one, log, zone)
    if retry and one.state in ("held", "failed"):
        sys.exit(HELD if one.state == "held" else 1)


def _table(runs: tuple[Run, ...], zone: ZoneInfo) -> None:
    as_table(
        ("run", "briefing", "kind", "state", "asked", "took", "tries", "step, edition or reason"),
        [
            (
                one.id,
                one.briefing,
                one.kind,
                one.state,
                _clock(one.asked_at, zone),
                _took(one),
                str(one.tries),
                next(iter((one.step or one.reason or one.edition).splitlines()), ""),
            )
            for one in runs
        ],
        "There are no runs yet; `briefings watch` makes them.",
    )


def _tell(run: Run, log: tuple[RunLine, ...], zone: ZoneInfo) -> None:
    click.echo(f"{run.id} {run.briefing} {run.kind} {run.state} {run.edition}".rstrip())
    if run.reason:
        click.echo(run.reason)
    for line in log:
        click.echo(f"{_clock(line.at, zone)} {line.text}")


def _data(run: Run) -> dict[str, Any]:
    return {
        "id": run.id,
        "briefing": run.briefing,
        "kind": run.kind,
        "state": run.state,
        "asked_at": _iso(run.asked_at),
        "ready_at": _iso(run.ready_at),
        "started_at": _iso(run.started_at),
        "ended_at": _iso(run.ended_at),
        "tries": run.tries,
        "edition": run.edition,
        "reason": run.reason,
        "step": run.step,
        "owner": run.owner,
    }


def _took(run: Run) -> str:
    if not run.started_at or not run.ended_at:
        return ""
    return f"{(run.ended_at - run.started_at).total_seconds():.1f} s"


def _clock(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M:%S}"


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
