"""Commands by which people set facts and metadata right, and see what was corrected: correct, corrections."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from briefings.cli.output import as_json_lines, as_table
from briefings.cli.people import author, check_metadata
from briefings.cli.workspace import now, opened
from briefings.records.correction import Correction, Standing, home
from briefings.records.document import Span
from briefings.records.fact import Fact

if TYPE_CHECKING:
    from briefings.settings import Settings
    from briefings.store.setting import Setting
    from briefings.store.store import Store

_METADATA = re.compile(r"m\d+")
"""The id of a correction of metadata; one of a fact begins with c."""


@click.command("correct")
@click.argument("fact", required=False)
@click.option(
    "--set", "pairs", multiple=True, metavar="FIELD=VALUE", help="What is right; FIELD= empties it."
)
@click.option("--reject", is_flag=True, help="The number is no fact.")
@click.option("--undo", is_flag=True, help="Take the last correction of FACT, or the one with this id, back.")
@click.option(
    "--add", "add", is_flag=True, help="Add a fact that was not found, with --document, --at and --set."
)
@click.option("--document", metavar="ID", help="The document: whose metadata to --set, or where to --add.")
@click.option("--at", metavar="START:END", help="The place of an added fact, in code points of the text.")
@click.option("--confirm", metavar="ID", help="A reopened correction holds in the new version as well.")
@click.option("--dismiss", metavar="ID", help="A reopened correction is not needed in the new version.")
@click.option("--reason", default="", help="Why; is printed in the annex.")
@click.option("--author", "name", help="Who says so.  [default: your login name]")
@click.pass_obj
def correct_command(
    root: Path,
    /,
    fact: str | None,
    pairs: tuple[str, ...],
    reject: bool,
    undo: bool,
    add: bool,
    document: str | None,
    at: str | None,
    confirm: str | None,
    dismiss: str | None,
    reason: str,
    name: str | None,
) -> None:
    """Set a fact right, reject it, add one, or set a document's metadata; it lasts, and can be taken back.

    Fields of a fact: value value_high unit kind indicator canonical basis period scope status hedge. Of a document:
    issuer place period published. A correction is bound to the bytes of the source and to the words at its place. When a
    new version of the document comes in it is reopened, and `briefings corrections` shows where it may hold again.
    """
    wanted = _wanted(fact, pairs, reject, undo, add, document, at, confirm, dismiss)
    changes = _changes(pairs)
    if wanted in ("set", "reject", "add", "metadata") and not reason.strip():
        raise click.UsageError("A correction needs its --reason: it is printed with the number.")
    by = {"author": (name or author()).strip(), "reason": reason.strip(), "now": now()}
    if not by["author"]:
        raise click.UsageError("--author is empty.")
    with opened(root) as (settings, store):
        if wanted == "metadata":
            assert document
            _set_metadata(document, changes, settings, store, by)
            return
        target = fact or confirm or dismiss or document or ""
        if wanted in ("undo", "confirm", "dismiss") and _METADATA.fullmatch(target):
            click.echo(_decide_metadata(wanted, target, settings, store, by))
        else:
            said = _with_canonical(changes, settings)
            made = _decided(wanted, target, _place(at), said, store, by)
            click.echo(_line(made, wanted, store))


@click.command("corrections")
@click.option(
    "--state", type=click.Choice(("applied", "reopened", "undone")), help="Only those in this state."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a correction.")
@click.pass_obj
def corrections_command(root: Path, state: str | None, as_json: bool) -> None:
    """List what people corrected: what was, what is, who, why; and what a new version of a document has reopened."""
    with opened(root) as (_, store):
        facts = [one for one in store.corrections() if state in (None, one.state)]
        metadata = [one for one in store.settings_of_metadata() if state in (None, one.state)]
        names = {d.id: d.name for d in store.documents(replaced=True)} | {
            s.sha256: s.name for s in store.sources()
        }
    if as_json:
        as_json_lines([*map(_data, facts), *(_metadata_data(one, names) for one in metadata)])
        return
    rows = [*map(_row, facts), *(_metadata_row(one, names) for one in metadata)]
    as_table(
        ("id", "state", "file", "number", "correction", "reason", "author", "at"),
        rows,
        "There are no such corrections.",
    )
    for one in facts:
        if one.reopening:
            click.echo("\n".join(_reopened(one)))
    for held in metadata:
        if held.state == "reopened":
            click.echo("\n".join(_reopened_metadata(held, names)))


def _wanted(
    fact: str | None,
    pairs: Sequence[str],
    reject: bool,
    undo: bool,
    add: bool,
    document: str | None,
    at: str | None,
    confirm: str | None,
    dismiss: str | None,
) -> str:
    """The one thing that is asked for."""
    asked = [
        *(name for name, given in (("reject", reject), ("undo", undo), ("add", add)) if given),
        *(name for name, given in (("confirm", confirm), ("dismiss", dismiss)) if given),
    ]
    if len(asked) > 1:
        raise click.UsageError(f"--{asked[0]} and --{asked[1]} exclude each other.")
    wanted = asked[0] if asked else ("metadata" if document and not fact else "set")
    if wanted in ("set", "metadata", "add") and not pairs:
        raise click.UsageError(
            "Say what is right with --set FIELD=VALUE; or --reject, --undo, --add, --confirm."
        )
    if wanted not in ("set", "metadata", "add") and pairs:
        raise click.UsageError(f"--{wanted} and --set exclude each other.")
    if wanted in ("set", "reject", "undo") and not fact:
        raise click.UsageError("Which fact? `briefings facts --json` prints the ids.")
    if wanted in ("add", "confirm", "dismiss") and fact:
        raise click.UsageError(f"--{wanted} takes no FACT ({fact!r}).")
    if wanted == "add" and not (document and at):
        raise click.UsageError("--add needs --document ID and --at START:END.")
    if at and wanted != "add":
        raise click.UsageError("--at belongs to --add.")
    if document and wanted not in ("add", "metadata"):
        raise click.UsageError("--document belongs to --add, or to --set of metadata without a FACT.")
    return wanted


def _changes(pairs: Sequence[str]) -> dict[str, str | None]:
    changes: dict[str, str | None] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign:
            raise click.UsageError(f"--set {pair!r} has no =; write FIELD=VALUE.")
        if name.strip() in changes:
            raise click.UsageError(f"{name.strip()} is set twice.")
        changes[name.strip()] = value.strip() or None
    return changes


def _place(at: str | None) -> Span:
    if at is None:
        return Span(0, 0)
    start, sign, end = at.partition(":")
    if not (sign and start.isdecimal() and end.isdecimal()):
        raise click.UsageError(f"--at {at!r} is no place; write START:END, like 120:126.")
    return Span(int(start), int(end))


def _decided(
    wanted: str,
    target: str,
    span: Span,
    changes: Mapping[str, str | None],
    store: "Store",
    by: Mapping[str, str],
) -> Correction:
    match wanted:
        case "reject":
            return store.reject(target, **by)
        case "undo":
            return store.undo(target, **by)
        case "confirm":
            return store.confirm(target, **by)
        case "dismiss":
            return store.dismiss(target, **by)
        case "add":
            return store.add_fact(target, span, changes, **by)
        case _:
            return store.correct(target, changes, **by)


def _with_canonical(changes: Mapping[str, str | None], settings: "Settings") -> dict[str, str | None]:
    """A new name of an indicator has the lexicon's name for it, unless that is said as well."""
    said = dict(changes)
    indicator = said.get("indicator")
    if indicator and "canonical" not in said:
        from briefings import extract

        said["canonical"] = extract.lexicon_of(settings.lexicons).canonical(indicator)
    return said


def _set_metadata(
    document: str,
    changes: Mapping[str, str | None],
    settings: "Settings",
    store: "Store",
    by: Mapping[str, str],
) -> None:
    from briefings import pipeline

    for name in changes:
        if name not in pipeline.FIELDS:
            near = get_close_matches(name, pipeline.FIELDS, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"it is one of {', '.join(pipeline.FIELDS)}."
            raise click.UsageError(f"{name!r} is no metadata of a document; {hint}")
    check_metadata({name: value for name, value in changes.items() if value}, mark="")
    outcome = pipeline.correct_document(document, changes, settings, store, **by)
    told = ", ".join(f"{name} = {value or '(as read)'}" for name, value in changes.items())
    click.echo(f"{document}: {told}; {outcome.facts} facts found again")


def _decide_metadata(
    wanted: str, given: str, settings: "Settings", store: "Store", by: Mapping[str, str]
) -> str:
    """Undo, confirm or dismiss a correction of metadata; says what was done."""
    from briefings import pipeline

    if wanted == "dismiss":
        one = store.close_setting(given, **by)
        return f"{given}: {one.override.field} of {one.document} stays {one.there or '(none)'}"
    if wanted == "confirm":
        there = store.reopened_setting(given).document
        made = pipeline.confirm_setting(given, settings, store, **by)
        return f"{made.id}: {made.override.field} = {made.override.value} in {there} as well"
    pipeline.undo_setting(given, settings, store, **by)
    field = next(one for one in store.settings_of_metadata() if one.id == given).override.field
    return f"{given}: undone; {field} is as it was read"


def _line(made: Correction, wanted: str, store: "Store") -> str:
    """What was done, for the person who did it."""
    fact = made.after or made.before
    name = f"{fact.indicator} {_flat(made.surface)}" if fact else _flat(made.surface)
    if wanted == "undo":
        left = [
            o.correction.id
            for o in store.corrections()
            if o.correction.fact == made.fact and o.state != "undone"
        ]
        return f"{made.id}: undone, {name}" + (
            f"; {', '.join(left)} still in force" if left else " is as it was found"
        )
    if wanted == "dismiss":
        return f"{made.id}: {name} is not needed in the new version"
    line = f"{made.id}: {name} ({_what(made)}), fact {made.fact}"
    if made.beside and wanted == "add":
        others = [f for f in store.facts(documents=[home(made)]) if f.id in made.beside]
        line += "; it stands beside " + ", ".join(f"{f.id} ({f.indicator})" for f in others)
    return line


def _what(made: Correction) -> str:
    """What a correction changes: value 1.8 → 1.9."""
    if made.action == "reject":
        return "rejected"
    if made.before is None:
        return "added: " + ", ".join(f"{name} {value}" for name, value in made.changes if value)
    return (
        ", ".join(
            f"{name} {getattr(made.before, name) or '(none)'} → {value or '(none)'}"
            for name, value in made.changes
            if getattr(made.before, name) != value
        )
        or "confirmed as it stands"
    )


def _row(one: Standing) -> tuple[str, ...]:
    made = one.correction
    fact = made.after or made.before
    number = f"{fact.indicator if fact else ''} {_flat(made.surface)}"
    return (made.id, one.state, one.name, number, _what(made), made.reason, made.author, made.at)


def _reopened(one: Standing) -> list[str]:
    """What a person needs to decide on a reopened correction."""
    made, there = one.correction, one.reopening
    assert there
    lines = [
        f"{made.id} is reopened by {there.name} [{there.document}]: {_what(made)}",
        f"  was: {_flat(made.sentence)}",
    ]
    if not there.sentence:
        return [*lines, "  now: no sentence like it was found", f"  briefings correct --dismiss {made.id}"]
    lines.append(f"  now: {_flat(there.sentence)}（{there.place}）")
    if there.span is None:
        return [
            *lines,
            f"  “{_flat(made.surface)}” does not stand in it",
            f"  briefings correct --dismiss {made.id}",
        ]
    place = f"{there.span.start}:{there.span.end}"
    return [*lines, f"  at {place}: briefings correct --confirm {made.id}, or --dismiss {made.id}"]


def _data(one: Standing) -> dict[str, Any]:
    made = one.correction
    return {
        "id": made.id,
        "state": one.state,
        "action": made.action,
        "fact": made.fact,
        "document": home(made),
        "file": one.name,
        "sha256": made.sha256,
        "start": made.span.start,
        "end": made.span.end,
        "surface": made.surface,
        "sentence": made.sentence,
        "changes": dict(made.changes),
        "before": _fact_data(made.before),
        "after": _fact_data(made.after),
        "author": made.author,
        "reason": made.reason,
        "at": made.at,
        "carried_from": made.carried,
        "events": [asdict(event) for event in one.events],
        "reopened": asdict(one.reopening) if one.reopening else None,
    }


def _fact_data(fact: Fact | None) -> dict[str, Any] | None:
    return None if fact is None else {name: getattr(fact, name) for name in Fact.__dataclass_fields__}


def _reopened_metadata(one: "Setting", names: Mapping[str, str]) -> list[str]:
    """What a person needs to decide on reopened metadata."""
    said = one.override
    return [
        f"{one.id} is reopened by {names[one.document]} [{one.document}]: {said.field} = {said.value}",
        f"  read there: {one.there or '(none)'}",
        f"  briefings correct --confirm {one.id}, or --dismiss {one.id}",
    ]


def _metadata_row(one: "Setting", names: Mapping[str, str]) -> tuple[str, ...]:
    said = one.override
    what = f"{said.field} = {said.value}"
    return (one.id, one.state, names.get(said.target, ""), "", what, said.reason, said.author, said.at)


def _metadata_data(one: "Setting", names: Mapping[str, str]) -> dict[str, Any]:
    said = one.override
    reopened = {"document": one.document, "there": one.there} if one.state == "reopened" else None
    return {
        "id": one.id,
        "state": one.state,
        "action": "metadata",
        "target": said.target,
        "file": names.get(said.target, ""),
        "changes": {said.field: said.value},
        "author": said.author,
        "reason": said.reason,
        "at": said.at,
        "reopened": reopened,
    }


def _flat(text: str) -> str:
    return " ".join(text.split())
