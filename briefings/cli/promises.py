"""The command that lists promises with what became of them, and takes down what people decide: promises."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from briefings.cli.output import as_json_lines
from briefings.cli.people import author
from briefings.cli.workspace import now, opened
from briefings.records.comparison import Promise
from briefings.records.decision import Decision
from briefings.records.document import Document, Span
from briefings.records.fact import Measure
from briefings.records.material import Material
from briefings.records.tracker import Followed, Tracker

_STATES = {"done": "已完成", "on_track": "推进中", "behind": "滞后", "not_mentioned": "未见表述"}
_COLOURS = {"done": "green", "on_track": "blue", "behind": "red", "not_mentioned": "yellow"}
_CONFIDENCE = {"high": "高", "medium": "中", "low": "低，待人工确认"}
_KINDS = ("tracker", "yoy")


@click.command("promises")
@click.argument("briefing")
@click.option("--confirm", metavar="PROMISE", help="The answer that was found is right.")
@click.option("--reject", metavar="PROMISE", help="No sentence of the later period answers it.")
@click.option(
    "--answer", metavar="PROMISE", help="Another sentence answers it: --document and --at say which."
)
@click.option("--undo", metavar="PROMISE", help="Take back what was decided.")
@click.option("--document", metavar="ID", help="The document of the answer.")
@click.option("--at", metavar="START:END", help="The answer's place, in code points of the text.")
@click.option(
    "--state",
    type=click.Choice(("done", "on_track", "behind")),
    help="What has become of it; else the rules decide.",
)
@click.option("--reason", default="", help="Why.")
@click.option("--author", "name", help="Who says so.  [default: your login name]")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a promise.")
@click.pass_obj
def promises_command(
    root: Path,
    /,
    briefing: str,
    confirm: str | None,
    reject: str | None,
    answer: str | None,
    undo: str | None,
    document: str | None,
    at: str | None,
    state: str | None,
    reason: str,
    name: str | None,
    as_json: bool,
) -> None:
    """List the promises of BRIEFING (a tracker or yoy) with their answers; or confirm, change or reject an answer.

    A decision stays when documents are read again. It is dropped, and the briefing says so, when one of the two
    sentences has changed. The beginning of a promise's id is enough.
    """
    from briefings import compare, gathering

    given = {"confirm": confirm, "reject": reject, "change": answer, "undo": undo}
    asked = [verdict for verdict, promise in given.items() if promise is not None]
    _check(asked, document, at, state, reason)
    with opened(root) as (settings, store):
        order = settings.order(briefing)
        if order.kind not in _KINDS:
            raise click.UsageError(
                f"{briefing!r} is a {order.kind}; promises are followed by a tracker or a yoy."
            )
        material = gathering.gathered(order, settings, store)
        found = compare.tracker(material)
        if not asked:
            _show(found, as_json)
            return
        verdict = asked[0]
        promise = _promise(given[verdict] or "", found)
        decision = _decision(verdict, promise, material, document, at)
        by = (name or author()).strip()
        if not by:
            raise click.UsageError("--author is empty.")
        made = replace(decision, state=state or "", author=by, reason=reason.strip(), at=now())
        store.decide(made)
        again = compare.tracker(
            replace(material, decisions=store.decisions([d.id for d in material.documents]))
        )
        click.echo("\n".join(_lines(next(f for f in again.followed if f.promise.id == promise.id))))


def _check(
    asked: Sequence[str], document: str | None, at: str | None, state: str | None, reason: str
) -> None:
    if len(asked) > 1:
        raise click.UsageError("--confirm, --reject, --answer and --undo exclude each other.")
    if (document or at) and asked != ["change"]:
        raise click.UsageError("--document and --at go with --answer.")
    if asked == ["change"] and not (document and at):
        raise click.UsageError("--answer needs --document and --at: the sentence that answers.")
    if state and asked not in (["change"], ["confirm"]):
        raise click.UsageError("--state goes with --answer or --confirm.")
    if asked and asked != ["undo"] and not reason.strip():
        raise click.UsageError("A decision needs its --reason.")


def _promise(given: str, found: Tracker) -> Promise:
    """The promise whose id begins with ``given``."""
    meant = [f.promise for f in found.followed if given and f.promise.id.startswith(given)]
    if len(meant) != 1:
        told = ", ".join(f.promise.id for f in found.followed) or "none"
        raise click.UsageError(
            f"{given!r} is {'no promise' if not meant else 'the beginning of several promises'} here: {told}."
        )
    return meant[0]


def _decision(
    verdict: str, promise: Promise, material: Material, document: str | None, at: str | None
) -> Decision:
    bare = Decision(
        0, promise.id, "undo", "", None, "", "", "", "", "", promise.plan.document, promise.plan.text
    )  # fmt: skip
    if verdict == "undo":
        if all(d.promise != promise.id for d in material.decisions):
            raise click.UsageError(f"Nothing was decided about {promise.id}.")
        return bare
    if verdict == "reject":
        return replace(bare, verdict="reject")
    by_id = {d.id: d for d in material.documents}
    if verdict == "confirm":
        if promise.answer is None:
            raise click.UsageError(f"No answer was found for {promise.id}; name one with --answer.")
        home, span = by_id[promise.answer.document], promise.answer.span
        return replace(
            bare, verdict="confirm", document=home.id, span=span, text=_words(home, span, material)
        )
    if document not in by_id:
        raise click.UsageError(f"There is no document {document!r} in this briefing: {', '.join(by_id)}.")
    home, span = by_id[document], _place(at or "")
    if not (home.span.start <= span.start < span.end <= home.span.end):
        raise click.UsageError(f"--at {at} is outside the document ({home.span.start}:{home.span.end}).")
    if document == promise.plan.document:
        raise click.UsageError("A document does not answer its own promises.")
    words = _words(home, span, material)
    if not words.strip():
        raise click.UsageError(f"There are no words at {at}.")
    return replace(bare, verdict="change", document=home.id, span=span, text=words)


def _place(at: str) -> Span:
    start, sign, end = at.partition(":")
    if not (sign and start.isdecimal() and end.isdecimal()):
        raise click.UsageError(f"--at {at!r} is no place; write START:END, like 120:126.")
    return Span(int(start), int(end))


def _words(document: Document, span: Span, material: Material) -> str:
    return material.sources[document.sha256].text[span.start : span.end]


def _show(found: Tracker, as_json: bool) -> None:
    for problem in found.problems:
        click.echo(problem.sentence, err=True)
    if as_json:
        as_json_lines(_data(f) for f in found.followed)
        return
    for followed in found.followed:
        click.echo("\n".join(_lines(followed)))
    counts = "，".join(
        f"{label}{sum(f.promise.state == state for f in found.followed)}项"
        for state, label in _STATES.items()
    )
    told = f"{counts}。" if found.followed else "没有可以跟踪的打算。"
    click.echo(told, err=True)


def _lines(followed: Followed) -> list[str]:
    promise = followed.promise
    mark = click.style(_STATES[promise.state], fg=_COLOURS[promise.state], bold=True)
    sure = f"（把握{_CONFIDENCE[promise.confidence]}）" if promise.answer else ""
    if promise.decided:
        sure = f"（人工确认：{promise.decided}）"
    lines = [f"{promise.id} {mark}{sure}", f"    打算{_at(promise.plan)}：{promise.plan.text}"]
    if promise.answer:
        lines.append(f"    表述{_at(promise.answer)}：{promise.answer.text}")
    elif followed.related:
        lines.append(f"    相近{_at(followed.related)}：{followed.related.text}")
    return lines


def _at(measure: Measure) -> str:
    return f"〔{measure.document} {measure.span.start}:{measure.span.end}〕"


def _data(followed: Followed) -> dict[str, Any]:
    """A promise as ``promises --json`` prints it."""
    promise = followed.promise

    def words(measure: Measure | None) -> dict[str, Any] | None:
        return (
            {"document": measure.document, "span": list(measure.span), "text": measure.text}
            if measure
            else None
        )

    return {
        "id": promise.id,
        "state": promise.state,
        "confidence": promise.confidence,
        "reasons": list(promise.reasons),
        "decided": promise.decided,
        "plan": words(promise.plan),
        "target": promise.target.id if promise.target else None,
        "due": promise.due,
        "answer": words(promise.answer),
        "outcome": promise.outcome.id if promise.outcome else None,
        "completion": promise.completion.id if promise.completion else None,
        "cue": promise.cue,
        "related": words(followed.related),
    }
