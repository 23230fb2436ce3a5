"""The command about schedules: list them, run one's briefing now, pause and resume."""

import sys
from pathlib import Path
from typing import Literal

import click

from briefings.cli.events import teller
from briefings.cli.output import as_json_lines, as_table
from briefings.cli.people import author
from briefings.cli.workspace import opened
from briefings.errors import UsageError
from briefings.records.run import Schedule
from briefings.settings import Settings

ENDED_WELL = ("done", "unchanged", "queued")
HELD = 3


@click.group("schedule")
def schedule_command() -> None:
    """When briefings are made by themselves: the schedules of briefings.toml, kept by `briefings watch`."""


@schedule_command.command("list")
@click.option(
    "--language", type=click.Choice(["zh", "en"]), help="Of the words; otherwise the briefing's own."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a schedule.")
@click.pass_obj
def list_command(root: Path, language: Literal["zh", "en"] | None, as_json: bool) -> None:
    """List the schedules in words, with the next five times at which each is due."""
    from briefings.schedule.due import upcoming
    from briefings.schedule.words import in_words, time_in_words
    from briefings.schedule.workdays import is_known

    with opened(root) as (loaded, store):
        now = store.runs.now()
        paused = {state.id for state in store.runs.schedules() if state.paused}
    rows = []
    for one in loaded.schedules:
        spoken = language or loaded.order(one.briefing).language
        times = upcoming(one, now)
        unknown = sorted({at.year for at in times if one.workdays and not is_known(at.year)})
        rows.append((one, in_words(one, spoken), times, unknown, [time_in_words(at, spoken) for at in times]))
    if as_json:
        as_json_lines(
            {
                "id": one.id, "briefing": one.briefing, "schedule": one.expression, "timezone": one.timezone,
                "workdays": one.workdays, "paused": one.id in paused, "words": words,
                "next": [at.isoformat() for at in times], "holidays_unknown": unknown,
            }
            for one, words, times, unknown, _ in rows
        )  # fmt: skip
        return
    as_table(
        ("briefing", "schedule", "when", "next"),
        [
            (
                one.briefing,
                one.expression,
                words,
                "paused" if one.id in paused else told[0] if told else "never",
            )
            if n == 0
            else ("", "", "", told[n])
            for one, words, _, _, told in rows
            for n in range(1 if one.id in paused else max(1, len(told)))
        ],
        'There are no schedules; add schedule = "0 9 * * 1-5" to a [[briefing]] of briefings.toml.',
    )
    for one, _, _, unknown, _ in rows:
        if unknown:
            years = ", ".join(map(str, unknown))
            click.echo(
                f"{one.id}: the holidays of {years} are not known to this version; only weekends are left out.",
                err=True,
            )


@schedule_command.command("run")
@click.argument("id_", metavar="ID")
@click.pass_obj
def run_command(root: Path, id_: str) -> None:
    """Make the briefing of schedule ID here and now, whatever the time; the schedule goes on as before."""
    from briefings.unattended import run_now

    with opened(root) as (loaded, store):
        one = _schedule(loaded, id_)
        why = f"{author()} ran schedule {one.id}"
        ended = run_now(one.briefing, "person", why, loaded, store, teller("plain", loaded.timezone))
    click.echo(f"{ended.id} {ended.state} {ended.edition}".rstrip())
    if ended.state not in ENDED_WELL:
        sys.exit(HELD if ended.state == "held" else 1)


@schedule_command.command("pause")
@click.argument("id_", metavar="ID")
@click.pass_obj
def pause_command(root: Path, id_: str) -> None:
    """Let schedule ID rest: what falls due until it is resumed is left out."""
    with opened(root) as (loaded, store):
        store.runs.pause(_schedule(loaded, id_))
    click.echo(f"{id_} is paused; `briefings schedule resume {id_}` lets it go on.", err=True)


@schedule_command.command("resume")
@click.argument("id_", metavar="ID")
@click.pass_obj
def resume_command(root: Path, id_: str) -> None:
    """Let schedule ID go on from now."""
    from briefings.schedule.due import upcoming
    from briefings.schedule.words import time_in_words

    with opened(root) as (loaded, store):
        one = _schedule(loaded, id_)
        store.runs.resume(one)
        times = upcoming(one, store.runs.now(), 1)
    told = time_in_words(times[0], "en") if times else "never"
    click.echo(f"{id_} is due next: {told}", err=True)


def _schedule(loaded: Settings, id_: str) -> Schedule:
    """The schedule with that id. Raises ``UsageError`` with those there are."""
    for one in loaded.schedules:
        if one.id == id_:
            return one
    known = ", ".join(one.id for one in loaded.schedules) or "none"
    raise UsageError(f"There is no schedule {id_!r} in briefings.toml; there are: {known}.")
