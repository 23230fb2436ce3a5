"""The command that shows the checks of the sources: checks."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from briefings.cli.output import as_json_lines
from briefings.errors import UsageError
from briefings.records.check import Check
from briefings.records.document import Document

_MARKS = {"agrees": "相符", "disagrees": "不符", "cannot": "存疑"}
_COLOURS = {"agrees": "green", "disagrees": "red", "cannot": "yellow"}
_KINDS = {
    "sum": "分项与合计", "share": "占比", "completion": "完成率", "rate": "比率", "growth": "增速与总量", "delta": "增减",
    "average": "两年平均", "gap": "差距", "rank": "位次与数值", "contradiction": "前后说法",
}  # fmt: skip


@click.command("checks")
@click.option("--document", help="Only checks that touch the document with this id.")
@click.option("--disagreeing", is_flag=True, help="Only what does not fit.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a check.")
@click.pass_obj
def checks_command(root: Path, document: str | None, disagreeing: bool, as_json: bool) -> None:
    """Set the numbers of all documents against each other: sums, shares, growth, ranks, and what is said twice."""
    from briefings import compare
    from briefings.cli.workspace import opened

    with opened(root) as (_, store):
        documents = store.documents()
        if document is not None and store.document(document).id in (replaced := store.replaced()):
            raise UsageError(f"{document} is replaced by {replaced[document]}: its numbers are in no check.")
        facts = store.facts()
        sources = {sha256: store.source(sha256) for sha256 in dict.fromkeys(d.sha256 for d in documents)}
    found = [
        c
        for c in compare.checks(documents, facts, sources)
        if (document is None or document in c.documents) and (not disagreeing or c.verdict == "disagrees")
    ]
    if as_json:
        as_json_lines(check_data(c) for c in found)
        return
    by_id = {d.id: d for d in documents}
    for check in found:
        _print(check, by_id)
    shown = ("disagrees",) if disagreeing else ("agrees", "disagrees")
    counts = {v: sum(c.verdict == v for c in found) for v in _MARKS}
    click.echo("，".join(f"{_MARKS[v]}{n}处" for v, n in counts.items() if n or v in shown) + "。", err=True)


def check_data(check: Check) -> dict[str, Any]:
    """A check as ``checks --json`` prints it."""
    data = {name: getattr(check, name) for name in Check.__dataclass_fields__}
    data["statements"] = [
        {"document": s.document, "span": s.span, "place": s.place, "text": s.text, "numbers": s.numbers}
        for s in check.statements
    ]
    return data


def _print(check: Check, documents: Mapping[str, Document]) -> None:
    mark = click.style(_MARKS[check.verdict], fg=_COLOURS[check.verdict], bold=True)
    tolerance = f"（允差{check.tolerance}）" if check.kind != "rank" else ""
    click.echo(f"{mark} {_KINDS[check.kind]}：{check.formula}{tolerance}")
    for statement in check.statements:
        title = documents[statement.document].title.value
        click.echo(f"    {title}，{statement.place}〔{statement.document}〕：{statement.text}")
