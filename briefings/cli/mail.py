"""Commands about letters: what the outbox holds, send it, send again, try the way: mail."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefings.cli.output import as_json_lines, as_table
from briefings.cli.people import author
from briefings.cli.workspace import now, opened
from briefings.errors import UsageError
from briefings.records.mail import Letter, LetterState, Outcome

if TYPE_CHECKING:
    from briefings.store.store import Store

INCOMPLETE = 7
_STATES: tuple[LetterState, ...] = ("pending", "sending", "sent", "failed", "in_doubt")
_FOLDER = click.Path(path_type=Path, file_okay=False)


@click.group("mail")
def mail_command() -> None:
    """Letters to the readers of briefings: what waits, send it, send again, try the way.

    Every new edition queues a letter for each of its recipients. A letter in doubt may have been taken by the server
    before the connection was lost: it goes again only when a person says so, with resend. Exit code 7: some letters
    have not gone.
    """


@mail_command.command("outbox")
@click.argument("briefing", required=False)
@click.option("--state", type=click.Choice(_STATES), help="Only letters in this state.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a letter, with what became of it.")
@click.pass_obj
def outbox_command(root: Path, briefing: str | None, state: LetterState | None, as_json: bool) -> None:
    """List the letters, those queued last first; of BRIEFING only when given."""
    with opened(root) as (settings, store):
        if briefing is not None:
            _known(briefing, [o.id for o in settings.orders], store)
        letters = store.outbox.letters(briefing=briefing, states=(state,) if state else None)
        if as_json:
            as_json_lines(_data(letter, store) for letter in letters)
            return
        as_table(
            ("id", "briefing", "edition", "to", "state", "tries", "due or sent", "said"),
            [_row(letter, settings.timezone) for letter in letters],
            "The outbox is empty; a new edition of a briefing with recipients fills it.",
        )
        _count(store, briefing)


@mail_command.command("send")
@click.option(
    "--dry-run", "folder", type=_FOLDER, help="Write what waits as .eml files into this folder; send nothing."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a letter.")
@click.pass_obj
def send_command(root: Path, folder: Path | None, as_json: bool) -> None:
    """Send every letter that is due, each at most once (exit code 7 when some have not gone)."""
    from briefings import posting

    with opened(root) as (settings, store):
        if folder is not None:
            for path in posting.write_due(settings, store, folder):
                click.echo(path)
            return
        told = _tell_json if as_json else _tell
        tried = posting.send_due(settings, store, on_letter=told)
        if not tried:
            click.echo("No letter is due.", err=True)
        _end(store, [t.outcome for t in tried])


@mail_command.command("resend")
@click.argument("letters", nargs=-1, metavar="[LETTER]...")
@click.option("--missing", "briefing", metavar="BRIEFING", help="The latest edition, to all who have it not.")
@click.option("--reason", default="", help="Why; is kept with the letter.")
@click.option("--author", "name", help="Who says so.  [default: your login name]")
@click.option("--later", is_flag=True, help="Only queue them; `mail send` or the service sends them.")
@click.pass_obj
def resend_command(
    root: Path, letters: tuple[str, ...], briefing: str | None, reason: str, name: str | None, later: bool
) -> None:
    """Send letters that failed or are in doubt once more; the beginning of an id is enough.

    With --missing also those recipients who were never written to; letters in doubt are left, for their readers may have
    them.
    """
    from briefings import posting

    if bool(letters) == bool(briefing):
        raise click.UsageError("Name LETTERs, or --missing and a briefing.")
    by = (name or author()).strip()
    if not by:
        raise click.UsageError("--author is empty.")
    with opened(root) as (settings, store):
        if briefing:
            queued: Sequence[Letter] = posting.resend_missing(settings, store, briefing, author=by)
        else:
            why = reason.strip() or "sent again"
            queued = [store.outbox.resend(given, author=by, reason=why) for given in letters]
        if not queued:
            click.echo("Nobody is missing: every letter was sent, waits, or is in doubt.", err=True)
        if later or not queued:
            for letter in queued:
                click.echo(f"{letter.id} {letter.recipient.address}: queued")
            return
        tried = [
            t
            for letter in queued
            for t in posting.send_due(settings, store, letter=letter.id, on_letter=_tell)
        ]
        _end(store, [t.outcome for t in tried])


@mail_command.command("test")
@click.argument("address")
@click.argument("briefing", required=False)
@click.option(
    "--dry-run", "folder", type=_FOLDER, help="Write the letter as an .eml file into this folder instead."
)
@click.pass_obj
def test_command(root: Path, address: str, briefing: str | None, folder: Path | None) -> None:
    """Send the latest edition of BRIEFING, or of the first that has one, to ADDRESS, marked as a trial.

    The outbox does not know of it, so that it never counts as the edition's letter.
    """
    from briefings import deliver, posting
    from briefings.deliver.addresses import recipient

    reader = recipient(address)
    with opened(root) as (settings, store):
        ids = [o.id for o in settings.orders if deliver.latest(settings.output, o.id)]
        if briefing is None and not ids:
            raise UsageError("There is no edition yet; `briefings build` makes one.")
        chosen = briefing or ids[0]
        if folder is not None:
            letter, data = posting.trial(settings, store, reader, chosen, now=now())
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / f"{chosen}-{letter.edition}-trial.eml"
            path.write_bytes(data)
            click.echo(path)
            return
        outcome = posting.send_trial(settings, store, reader, chosen, now=now())
    click.echo(f"{reader.address}: {outcome.state} ({outcome.said})", err=outcome.state != "sent")
    if outcome.state != "sent":
        sys.exit(INCOMPLETE)


def _known(briefing: str, ordered: Sequence[str], store: "Store") -> None:
    """Raise ``UsageError`` for a briefing that is neither ordered nor in the outbox."""
    import difflib

    held = {letter.briefing for letter in store.outbox.letters()} | set(ordered)
    if briefing not in held:
        near = difflib.get_close_matches(briefing, sorted(held), n=1)
        told = f" Did you mean {near[0]!r}?" if near else ""
        raise UsageError(f"There is no briefing {briefing!r}.{told}")


def _tell(letter: Letter, outcome: Outcome) -> None:
    said = f"{letter.id[:8]} {letter.recipient.address} {letter.briefing} {letter.edition}: {outcome.state}"
    if outcome.state == "sent":
        click.echo(said)
    else:
        click.echo(f"{said}: {outcome.said}", err=True)


def _tell_json(letter: Letter, outcome: Outcome) -> None:
    as_json_lines(
        [
            {
                "id": letter.id,
                "to": letter.recipient.address,
                "briefing": letter.briefing,
                "edition": letter.edition,
                "state": outcome.state,
                "said": outcome.said,
            }
        ]
    )


def _end(store: "Store", outcomes: Sequence[Outcome]) -> None:
    """Say what has not gone; exit code 7 when that is something of now: tried in vain, waiting, or in doubt."""
    _count(store, None)
    counts = store.outbox.counts()
    waiting = sum(counts.get(state, 0) for state in ("pending", "sending", "in_doubt"))
    if waiting or any(outcome.state != "sent" for outcome in outcomes):
        sys.exit(INCOMPLETE)


def _count(store: "Store", briefing: str | None) -> None:
    counts = store.outbox.counts(briefing)
    told = ", ".join(f"{counts[state]} {state.replace('_', ' ')}" for state in _STATES if counts.get(state))
    if told:
        click.echo(f"In the outbox: {told}.", err=True)
    if counts.get("in_doubt"):
        click.echo(
            "Letters in doubt may have arrived; ask their readers, and `briefings mail resend LETTER` if they have not.",
            err=True,
        )


def _row(letter: Letter, zone: str) -> tuple[str, ...]:
    at = {"sent": letter.sent, "pending": letter.due, "sending": letter.lease}.get(letter.state, "")
    return (
        letter.id[:8],
        letter.briefing,
        letter.edition,
        letter.recipient.address,
        letter.state.replace("_", " "),
        str(letter.tries),
        _local(at, zone),
        letter.said,
    )


def _local(at: str, zone: str) -> str:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    return f"{datetime.fromisoformat(at).astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M} {zone}" if at else ""


def _data(letter: Letter, store: "Store") -> dict[str, Any]:
    """A letter as ``mail outbox --json`` prints it."""
    return {
        "id": letter.id,
        "briefing": letter.briefing,
        "edition": letter.edition,
        "name": letter.recipient.name,
        "address": letter.recipient.address,
        "state": letter.state,
        "tries": letter.tries,
        "said": letter.said,
        "queued": letter.queued,
        "due": letter.due if letter.state == "pending" else None,
        "sent": letter.sent or None,
        "events": [
            {"at": event.at, "state": event.state, "said": event.said, "by": event.by or None}
            for event in store.outbox.events(letter.id)
        ],
    }
