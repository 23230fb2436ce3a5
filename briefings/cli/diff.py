"""The command that says what changed between two editions of a briefing, and why: diff."""

from difflib import get_close_matches
from pathlib import Path

import click

from briefings import settings
from briefings.cli.changed import changes_data, tell, tell_causes
from briefings.cli.output import as_json_lines
from briefings.errors import BriefingsError, UsageError
from briefings.records.change import Kept
from briefings.records.edition import Edition

_MOST = 20
_RECORD = ("briefing.json", "facts.jsonl", "measures.jsonl", "sources.json", "manifest.json")
"""The files of an edition that are compared."""


class DamagedEdition(BriefingsError):
    """An edition's record is no longer what was published, so that nothing can be said of it."""


@click.command("diff")
@click.argument("briefing")
@click.argument("first", required=False, metavar="[A")
@click.argument("second", required=False, metavar="B]")
@click.option("--all", "whole", is_flag=True, help=f"All that changed, not only the first {_MOST} of each.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_obj
def diff_command(
    root: Path, briefing: str, first: str | None, second: str | None, whole: bool, as_json: bool
) -> None:
    """Say what changed in BRIEFING from edition A to edition B, and why; the two newest where none is named.

    A and B are ids of editions or their beginnings; with A alone it is set against the newest. What is compared is the
    record that an edition keeps: its numbers, its measures and its text.
    """
    from briefings import compare, deliver

    loaded = settings.load(root)
    held = deliver.lineage(loaded.output, briefing)
    if not held:
        loaded.order(briefing)  # one that does not exist is told of with a suggestion
        raise UsageError(f"{briefing!r} has no edition yet; `briefings build {briefing}` makes one.")
    if len(held) == 1 and not first:
        click.echo(
            f"{briefing}: {held[0].id} is its only edition; there is nothing to compare it with.", err=True
        )
        return
    new = chosen(second, held, briefing) if second else held[0]
    old = chosen(first, held, briefing) if first else held[1]
    one, other = record(old), record(new)
    changes = compare.editions(one, other)
    if as_json:
        as_json_lines([{"briefing": briefing, **changes_data(changes)}])
        return
    click.echo(f"{briefing}: {old.id} → {new.id}")
    if not changes.causes and not (changes.facts or changes.measures or changes.lines):
        click.echo("  nothing that is recorded differs")
        return
    tell_causes(changes)
    tell(changes, (*one.documents, *other.documents), None if whole else _MOST)


def chosen(given: str, held: tuple[Edition, ...], briefing: str) -> Edition:
    """The edition that ``given`` begins, or whose last part it begins; raises ``UsageError`` with what there is."""
    exact = [e for e in held if e.id == given]
    found = exact or [e for e in held if e.id.startswith(given) or e.id.rpartition("-")[2].startswith(given)]
    if len(found) == 1:
        return found[0]
    ids = [e.id for e in held]
    if found:
        raise UsageError(
            f"{given!r} begins several editions of {briefing!r}: {', '.join(e.id for e in found)}."
        )
    near = get_close_matches(given, [*ids, *(i.rpartition("-")[2] for i in ids)], n=1, cutoff=0.5)
    told = f"Did you mean {near[0]!r}?" if near else f"There are: {', '.join(ids)}."
    raise UsageError(f"{briefing!r} has no edition {given!r}. {told}")


def record(edition: Edition) -> Kept:
    """What ``edition`` keeps. Raises ``DamagedEdition`` where that was changed; other damage is told of on stderr."""
    from briefings import deliver, earlier

    for problem in deliver.verify(Path(edition.folder)):
        if problem.code != "file_foreign" and any(name in problem.sentence for name in _RECORD):
            raise DamagedEdition(f"The record of {edition.id} is damaged: {problem.sentence}")
        click.echo(f"{edition.id}: {problem.sentence}", err=True)
    return earlier.kept(edition)
