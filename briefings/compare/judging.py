"""What became of a promise, by the words and numbers of the sentence that answers it. The rules can be read from top to bottom."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from briefings.compare import wording
from briefings.compare.answers import Statement
from briefings.compare.commitments import Commitment
from briefings.compare.cues import cue_of, done_cue
from briefings.compare.matching import Answer
from briefings.compare.quantity import of_fact
from briefings.records.comparison import Confidence, Promise, PromiseState
from briefings.records.fact import Fact, Measure

_ROUNDING = Decimal("0.6")
_REASON = re.compile(
    r"受[^，,。；;]{1,24}(?:影响|制约|限制)|由于|因[^此而为][^，,。；;]{1,}|主要(?:是|原因)|空间[^，,。；;]{0,6}收窄"
)


def judged(commitment: Commitment, found: Answer | None, period: str) -> Promise:
    """The promise with its state, as the words and numbers of ``found`` allow at the end of ``period``."""
    due = commitment.due
    schedule = due.share(period) if due and period else None
    blank = Promise(
        id=commitment.id,
        plan=commitment.plan,
        target=commitment.target,
        answer=None,
        outcome=None,
        state="not_mentioned",
        cue="",
        completion=None,
        schedule=schedule,
        confidence="high",
        reasons=(),
        deadline=commitment.deadline,
        due=due.period if due else None,
    )
    if found is None:
        return blank
    if found.outcome and commitment.target:
        state, cue, more = _by_outcome(commitment, found, period, schedule)
    else:
        state, cue = _by_cue(commitment, found)
        more = ("words",)
        if not cue:
            return blank  # the matter is named, but nothing is said of what became of it
    reasons = (*found.reasons, *more)
    spoken = found.clauses if found.outcome or cue not in found.clauses[0].text else found.clauses[:1]
    last = spoken[-1]
    return replace(
        blank,
        answer=found.statement.part(_quoted_from(commitment, found), last.end),
        outcome=found.outcome,
        state=state,
        cue=cue,
        completion=_stated_completion(commitment, found),
        confidence=_confidence(reasons),
        reasons=reasons,
    )


def _quoted_from(commitment: Commitment, found: Answer) -> int:
    """Where the quoted words begin: with the clause before, where the number's own does not name what it counts."""
    start = found.clauses[0].start
    if found.outcome is None:
        return start
    named = commitment.said.names & found.statement.said.names
    for clause in found.statement.clauses():
        if clause.start < start and any(name in clause.text.lower() for name in named):
            start = clause.start
            break
    spans = [s for s in found.outcome.indicator_spans if s.start >= found.statement.measure.span.start]
    for span in spans:
        at = found.statement.offset(span.start)
        for clause in found.statement.clauses():
            if clause.start <= at < clause.end:
                start = min(start, clause.start)
    return start


def _by_outcome(
    commitment: Commitment, found: Answer, period: str, schedule: float | None
) -> tuple[PromiseState, str, tuple[str, ...]]:
    """The state that the number gives, the words that say the same, and whether the two agree."""
    target, outcome = commitment.target, found.outcome
    assert target is not None
    assert outcome is not None
    text = "，".join(c.text for c in found.clauses)
    late, done = cue_of(text, wording.lexicon().behind), done_cue(commitment, text)
    passed = bool(commitment.due and commitment.due.passed(period))
    met = _met(outcome, target, commitment.down)
    state: PromiseState
    if met and (passed or target.kind not in ("change", "rate") or commitment.due is None):
        state = "done"
    elif met:
        state = "on_track"
    elif passed:
        state = "behind"
    elif target.kind == "level" and schedule is not None and not commitment.down:
        state = "on_track" if _percent(outcome, target) >= Decimal(str(schedule)) else "behind"
    else:
        state = "behind" if late else "on_track"
    cue = late if state == "behind" else done if state == "done" else ""
    against = (state == "done" and late) or (state == "behind" and done and not late)
    return state, cue, ("numbers", "against_words") if against else ("numbers",)


def _met(outcome: Fact, target: Fact, down: bool) -> bool:
    reached, asked = of_fact(outcome), of_fact(target)
    if reached is None or asked is None:
        return False
    if down:
        return reached.value <= asked.value
    short = outcome.hedge in ("近", "接近", "将近", "不足", "不到", "约", "大约", "左右")
    return reached.value > asked.value or (reached.value == asked.value and not short)


def _percent(outcome: Fact, target: Fact) -> Decimal:
    reached, asked = of_fact(outcome), of_fact(target)
    if reached is None or asked is None or not asked.value:
        return Decimal(0)
    return reached.value / asked.value * 100


def _stated_completion(commitment: Commitment, found: Answer) -> Fact | None:
    """The completion that the source itself states, where it fits the two numbers."""
    if found.outcome is None or commitment.target is None or commitment.target.kind != "level":
        return None
    computed = _percent(found.outcome, commitment.target)
    for fact in found.statement.facts:
        if fact.kind in ("completion", "rate") and fact.start > found.outcome.start and fact.unit == "%":
            stated = of_fact(fact)
            if stated and abs(stated.value - computed) <= _ROUNDING:
                return fact
    return None


def _by_cue(commitment: Commitment, found: Answer) -> tuple[PromiseState, str]:
    """The state by the words beside the matter, and those words; no words, no state."""
    clause, rest = found.clauses[0].text, "，".join(c.text for c in found.clauses[1:])
    if late := cue_of(clause, wording.lexicon().behind) or cue_of(rest, wording.lexicon().behind):
        return "behind", late
    if not commitment.endless and (done := done_cue(commitment, clause)):
        return "done", done
    moving = cue_of(clause, wording.lexicon().on_track) or done_cue(commitment, clause)
    return "on_track", moving


def _confidence(reasons: Sequence[str]) -> Confidence:
    """High where the number asked for is named again, or name and time are the same; low where only much is alike."""
    if "against_words" in reasons or "alike" in reasons:
        return "low"
    if (
        "same_number" in reasons
        or "same_title" in reasons
        or ("same_name" in reasons and "same_period" in reasons)
    ):
        return "high"
    if "same_name" in reasons:
        return "high" if "numbers" in reasons else "medium"
    return "medium"


def reason_for_lag(promise: Promise, told: Sequence[Statement]) -> Measure | None:
    """The source's own words on why ``promise`` lags, beside its answer; None where it gives none."""
    if promise.answer is None:
        return None
    for statement in told:
        inside = statement.measure.span
        if statement.document.id != promise.answer.document or not (
            inside.start <= promise.answer.span.start < inside.end
        ):
            continue
        start = statement.offset(promise.answer.span.start)
        stop = statement.offset(promise.answer.span.end - 1) + 1
        for clause in statement.clauses():
            if start <= clause.start < stop and _REASON.search(clause.text):
                return statement.part(clause.start, clause.end)
    return None
