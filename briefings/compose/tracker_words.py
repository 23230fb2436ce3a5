"""How a promise is worded: its quotation, its target, its deadline, its completion, its state."""

from briefings.compose.desk import Desk
from briefings.compose.figures import measured
from briefings.compose.labels import indicator
from briefings.compose.passages import Passage
from briefings.records.briefing import Line, Quote, Value, Words
from briefings.records.comparison import Promise, PromiseState
from briefings.records.correction import inside
from briefings.records.fact import Fact, Measure
from briefings.records.tracker import Ahead, Followed

STATES: tuple[PromiseState, ...] = ("done", "on_track", "behind", "not_mentioned")


def state(which: PromiseState, desk: Desk) -> str:
    """A state in words."""
    return {
        "done": desk.words("已完成"),
        "on_track": desk.words("推进中"),
        "behind": desk.words("滞后"),
        "not_mentioned": desk.words("未见表述"),
    }[which]


def quoted(measure: Measure, limit: int, desk: Desk, facts: tuple[Fact, ...] = ()) -> Line:
    """The words of ``measure`` with their reference; behind them what a person has corrected in them."""
    quote = passage(measure, limit, desk)
    line: Line = (quote,)
    for fact in inside(quote.span, [f for f in facts if f.document == measure.document]):
        desk.print(fact)
        line = (*line, *desk.say("（人工更正为{values}，见附录）", values=desk.value(fact)))
    return (*line, desk.citations.cite(measure.document, quote.span.start))


def passage(measure: Measure, limit: int, desk: Desk) -> Quote:
    """The words of ``measure`` as a quotation, cut to about ``limit`` characters."""
    passages = desk.citations.passages(measure.document)
    paragraph, start = passages.at(measure.span.start)
    _, last = passages.at(measure.span.end - 1)
    return passages.whole(Passage(paragraph, start, last + 1), limit)


def target(fact: Fact | None, desk: Desk) -> Line:
    """A number that is to be reached, or one that answers it, with what it is measured against."""
    return measured(desk.print(fact), desk, marks=False) if fact else ()


def due(followed: Promise | Ahead, desk: Desk) -> str:
    """When it is due, with the year said out; "" where the source does not say."""
    if followed.due is None:
        return ""
    if len(followed.due) == 4:
        return desk.words("{year}底前", year=desk.period(followed.due))
    return desk.words("{month}底前", month=desk.period(followed.due))


def asked(promise: Promise | Ahead, desk: Desk) -> Line:
    """Target and deadline, as far as there are any."""
    number, when = target(promise.target, desk), due(promise, desk)
    if number and when:
        return desk.say("{number}，{when}", number=number, when=when)
    return number or ((Words(when),) if when else ())


def completion(followed: Followed, desk: Desk) -> Value | None:
    """How much of a target is done, as the source states it, else computed; None where neither can be."""
    stated = followed.promise.completion
    if stated:
        return desk.value(desk.print(stated))
    if followed.points is None:
        return None
    return desk.reckon("percent", followed.points, "%", 1)


def completed(followed: Followed, desk: Desk) -> Line:
    """The completion with its reference, or the outcome where no share can be told."""
    value = completion(followed, desk)
    promise = followed.promise
    if value is not None:
        return (value, desk.cite(promise.completion)) if promise.completion else (value,)
    if promise.outcome is None:
        return ()
    desk.print(promise.outcome)
    return (desk.value(promise.outcome), desk.cite(promise.outcome))


def told(followed: Followed, limit: int, desk: Desk) -> Line:
    """A promise in a few words: its name, what was asked and what came; or both sides' words."""
    promise = followed.promise
    if promise.target and promise.outcome:
        name = indicator(promise.target, desk)
        number, outcome = target(promise.target, desk), target(promise.outcome, desk)
        cites: Line = (desk.cite(promise.target), desk.cite(promise.outcome))
        share = completion(followed, desk)
        if share is None or promise.target.kind != "level":
            return (
                desk.say("{name}：目标{number}，实为{outcome}", name=name, number=number, outcome=outcome)
                + cites
            )
        if promise.completion:
            cites = (*cites[:1], desk.cite(promise.completion))
        return (
            desk.say(
                "{name}：目标{number}，实为{outcome}，为目标的{share}",
                name=name, number=number, outcome=outcome, share=share,
            )
            + cites
        )  # fmt: skip
    plan = quoted(promise.plan, limit, desk)
    if promise.answer is None:
        return desk.say("{plan}：{state}", plan=plan, state=state(promise.state, desk))
    return desk.say("{plan}：{answer}", plan=plan, answer=quoted(promise.answer, 2 * limit, desk))


def judged_by(promise: Promise, desk: Desk) -> str:
    """Who matched the two sentences, where that matters: a person, or the program with little certainty."""
    if promise.decided:
        return desk.words("人工确认：{who}", who=promise.decided)
    return desk.words("待人工确认") if promise.confidence == "low" else ""
