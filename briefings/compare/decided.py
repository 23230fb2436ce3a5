"""Put what people decided about promises in the place of what the rules found."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import cast, get_args

from briefings.compare.answers import Statement
from briefings.compare.commitments import Commitment
from briefings.compare.judging import judged
from briefings.compare.matching import Answer
from briefings.records.comparison import Promise, PromiseState
from briefings.records.decision import Decision
from briefings.records.document import Document, Source
from briefings.records.fact import Measure
from briefings.records.problem import Problem

_BLANKS = re.compile(r"\s+")


def standing(decisions: Sequence[Decision]) -> dict[str, Decision]:
    """By promise the decision that counts: the last, unless that takes back."""
    last = {d.promise: d for d in sorted(decisions, key=lambda d: d.id)}
    return {promise: d for promise, d in last.items() if d.verdict != "undo"}


def apply(
    found: Sequence[tuple[Commitment, Promise]],
    decisions: Sequence[Decision],
    told: Mapping[str, Sequence[Statement]],
    sources: Mapping[str, Source],
    documents: Sequence[Document],
    period: str,
) -> tuple[tuple[Promise, ...], tuple[Problem, ...]]:
    """The promises as people left them, and the decisions that no longer hold because a sentence changed.

    ``told`` are the later documents' statements by document.
    """
    last = standing(decisions)
    by_id = {d.id: d for d in documents}
    settled: list[Promise] = []
    problems: list[Problem] = []
    for commitment, promise in found:
        decision = last.get(promise.id)
        if decision is None:
            settled.append(promise)
        elif decision.verdict == "reject":
            settled.append(_rejected(promise, decision))
        elif decision.document in by_id and _stands(decision, by_id[decision.document], sources):
            answer = _chosen(decision, told)
            settled.append(_settled(commitment, promise, decision, answer, period))
        else:
            problems.append(_dropped(decision, promise))
            settled.append(promise)
    return tuple(settled), tuple(problems)


def _rejected(promise: Promise, decision: Decision) -> Promise:
    return replace(
        promise, answer=None, outcome=None, state="not_mentioned", cue="", completion=None,
        confidence="high", reasons=("person",), decided=decision.author,
    )  # fmt: skip


def _stands(decision: Decision, document: Document, sources: Mapping[str, Source]) -> bool:
    """Whether the sentence that was judged still stands at its place."""
    source = sources.get(document.sha256)
    if source is None or decision.span is None:
        return False
    return bare(source.text[decision.span.start : decision.span.end]) == bare(decision.text)


def bare(text: str) -> str:
    """``text`` without blanks and line breaks."""
    return _BLANKS.sub("", text)


def _chosen(decision: Decision, told: Mapping[str, Sequence[Statement]]) -> tuple[Statement, Measure] | None:
    """The statement in which the judged words begin, and those words as a measure."""
    assert decision.span is not None
    for statement in told.get(decision.document, ()):
        inside = statement.measure.span
        if inside.start <= decision.span.start < inside.end:
            start = statement.offset(decision.span.start)
            stop = min(len(statement.text), statement.offset(decision.span.end - 1) + 1)
            return statement, statement.part(start, stop)
    return None


def _settled(
    commitment: Commitment,
    promise: Promise,
    decision: Decision,
    chosen: tuple[Statement, Measure] | None,
    period: str,
) -> Promise:
    if chosen is None:  # a place outside every measure: its words stand for themselves
        words = replace(
            promise.plan, id=promise.id + ":answer", document=decision.document, span=decision.span or promise.plan.span,
            text=bare(decision.text), headline=bare(decision.text), facts=(), role="done", responsible=None, deadline=None,
        )  # fmt: skip
        new = replace(promise, answer=words, outcome=None, cue="", completion=None, state="on_track")
    elif promise.answer and promise.answer.span == decision.span:
        new = promise
    else:
        statement, words = chosen
        clauses = tuple(
            c
            for c in statement.clauses()
            if c.end > statement.offset(words.span.start) and c.start <= statement.offset(words.span.end - 1)
        )
        target = commitment.target
        outcome = next(
            (f for f in statement.facts if f.id in words.facts and target and f.kind == target.kind and f.unit == target.unit),
            None,
        )  # fmt: skip
        new = judged(
            commitment, Answer(statement, clauses or statement.clauses(), outcome, 100.0, ()), period
        )
        new = replace(new, answer=words, state=new.state if new.answer else "on_track")
    state = decision.state if decision.state in get_args(PromiseState) else new.state
    return replace(
        new, state=cast("PromiseState", state), confidence="high", reasons=(*new.reasons, "person"), decided=decision.author
    )  # fmt: skip


def _dropped(decision: Decision, promise: Promise) -> Problem:
    return Problem(
        "decision_dropped",
        f"{decision.author}对“{promise.plan.text[:24]}”的人工判定未采用：所引的原句已经改动或不在本期文件中。",
        "compare",
        start=promise.plan.span.start,
        end=promise.plan.span.end,
    )


def void(decisions: Sequence[Decision], held: Collection[str], later: Collection[str]) -> list[Problem]:
    """Decisions about promises that are not among ``held`` any more: reworded, or in a document with a new version.

    Promises of the ``later`` documents are not yet followed; decisions about them are left alone.
    """
    return [
        Problem(
            "decision_void",
            f"{decision.author}对“{decision.plan[:24]}”的人工判定未采用：这句打算已经改动，或所在文件有了新版，请重新判定。",
            "compare",
        )
        for promise, decision in standing(decisions).items()
        if promise not in held and decision.promised not in later
    ]
