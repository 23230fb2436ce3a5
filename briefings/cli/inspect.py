"""The command that holds produced files against the fifty checks: inspect."""

import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefings import settings
from briefings.cli.columns import cells
from briefings.cli.output import as_json_lines
from briefings.errors import ConfigurationError, UsageError

if TYPE_CHECKING:
    from briefings.records.inspection import Beside, Inspection, Result

FAILED = 3
WIDTH = 80
SHOWN = 5
"""So many places of a failure are printed."""
NAME = 23
"""The longest name of a check."""
_SAID = {"pass": "✔", "fail": "✘", "not_applicable": "·", "not_run": "–", "by_eye": "◦"}
_COUNTED = {
    "pass": "passed", "fail": "failed", "not_applicable": "do not apply", "not_run": "not run", "by_eye": "by eye",
}  # fmt: skip
_LEGEND = "✔ pass   ✘ fail   · does not apply   – not run   ◦ by eye"


class _Inspect(click.Command):
    """A command whose help lists the checks."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The checks, a line or two each."""
        from briefings.inspect import CHECKS

        with formatter.section("Checks"):
            formatter.write_dl(
                [(f"{c.number:2} {'+'.join(c.media)}", f"{c.name}: {c.sentence}") for c in CHECKS.values()]
            )


@click.command("inspect", cls=_Inspect)
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False)
)
@click.option(
    "--only", default="", metavar="N,N…", help="Only the checks of these numbers, such as 25,26 or 2-5."
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a check of a file.")
@click.pass_obj
def inspect_command(root: Path, files: tuple[Path, ...], only: str, as_json: bool) -> None:
    """Hold produced PDF and Word FILES against the fifty checks of how they are made; exit code 3 when one fails.

    A file in its edition's folder is also held against the briefing, the sources and the audit; a foreign one is told what
    does not apply to it.
    """
    from briefings.inspect import inspect

    wanted = _numbers(only)
    held = False
    for path in files:
        report = inspect(path, _beside(path, root, wanted), wanted)
        held = held or not report.passed
        if as_json:
            as_json_lines(_data(path, result) for result in report.results)
        else:
            click.echo("\n".join(_table(path, report)))
    if held:
        sys.exit(FAILED)


def _numbers(text: str) -> tuple[int, ...]:
    """The numbers of ``2,5-7``. Raises ``UsageError`` for what is no check."""
    from briefings.inspect import CHECKS

    found: list[int] = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        low, dash, high = part.partition("-")
        if not low.isdecimal() or (dash and not high.isdecimal()):
            raise UsageError(f"--only takes numbers of checks, such as 25,26 or 2-5; {part!r} is none.")
        numbers = range(int(low), int(high or low) + 1)
        unknown = [number for number in numbers if number not in CHECKS]
        if unknown or not numbers:
            raise UsageError(
                f"There is no check {unknown[0] if unknown else part}; they go from 1 to {max(CHECKS)}."
            )
        found += numbers
    return tuple(sorted(set(found)))


def _beside(path: Path, root: Path, wanted: tuple[int, ...]) -> "Beside":
    """What the edition's folder says of a file: its briefing, facts, sources, digests, and what the audit holds."""
    from briefings import audit, deliver
    from briefings.records.inspection import Beside

    try:
        ledger = audit.read_ledger(path.resolve().parent)
    except UsageError as error:
        bare = not (path.resolve().parent / "briefing.json").exists()
        return Beside(why="the file lies in no edition" if bare else str(error), families=_families(root))
    manifest = deliver.read_manifest(path.resolve().parent)
    found = Beside(
        briefing=ledger.briefing,
        facts=ledger.facts,
        documents={name: document.sha256 for name, document in ledger.documents.items()},
        texts=ledger.texts,
        digests=_digests(manifest or {}),
        families=_families(root),
    )
    if not wanted or 30 in wanted:
        found = replace(found, audit=audit.check_file(path))
    return found


def _digests(manifest: Mapping[str, object]) -> dict[str, str]:
    """The sha256 of each file that a manifest lists, its own record apart: a PDF's sources.json says less than that."""
    files = manifest.get("files", {})
    assert isinstance(files, dict)
    return {name: str(entry["sha256"]) for name, entry in files.items() if name != "sources.json"}


def _families(root: Path) -> tuple[str, ...]:
    """The font families that the style sheets of the workspace and the packed ones name."""
    try:
        search = settings.load(root).search
    except ConfigurationError:  # the file can be inspected all the same
        return ()
    sheets = [sheet for folder in search for sheet in sorted((folder / "styles").glob("*.css"))]
    return tuple(
        sorted({name for sheet in sheets for name in re.findall(r'"([^"\n]+)"', sheet.read_text("utf-8"))})
    )


def _table(path: Path, report: "Inspection") -> Iterator[str]:
    """A line for each check: number, result, name, what was measured; below a failure its places."""
    from briefings.inspect import CHECKS

    yield f"{path} ({', '.join(part for part in (report.medium, report.theme) if part)})"
    yield f"{'':>3} {'check':{NAME + 2}}  measured"
    for result in report.results:
        head = f"{result.number:>3} {_SAID[result.verdict]} {CHECKS[result.number].name:{NAME}}  "
        told = list(_told(result))
        yield head + told[0]
        yield from (" " * len(head) + line for line in told[1:])
    counts: Counter[str] = Counter(result.verdict for result in report.results)
    yield "total: " + "; ".join(
        f"{counts[verdict]} {said}" for verdict, said in _COUNTED.items() if counts[verdict]
    )
    yield _LEGEND
    yield ""


def _told(result: "Result") -> Iterator[str]:
    """What was measured and the places of a failure, in lines that fit beside the check's name."""
    width = WIDTH - NAME - 8
    yield from _wrapped(result.measured, width)
    for spot in result.spots[:SHOWN]:
        yield from _wrapped(f"→ {spot.where}: {spot.words}" if spot.words else f"→ {spot.where}", width)
    if len(result.spots) > SHOWN:
        yield f"→ {len(result.spots) - SHOWN} more"


def _wrapped(text: str, width: int) -> Iterator[str]:
    """``text`` in lines of ``width`` cells, broken at blanks where there are some."""
    line = ""
    for part in re.findall(r"\s+|[\u2e80-\uffef]|[^\s\u2e80-\uffef]+", " ".join(text.split())):
        if line and cells(line + part.rstrip()) > width:
            yield line.rstrip()
            line = ""
        line = line + part if line else part.lstrip()
    yield line.rstrip()


def _data(path: Path, result: "Result") -> dict[str, object]:
    from briefings.inspect import CHECKS

    return {
        "file": str(path),
        "number": result.number,
        "check": CHECKS[result.number].name,
        "result": result.verdict,
        "measured": result.measured,
        "places": [{"where": spot.where, "words": spot.words} for spot in result.spots],
    }
