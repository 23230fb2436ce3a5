"""The digest's annex of what was not set side by side, and why."""

from briefings.compose.annexes import when
from briefings.compose.desk import Desk
from briefings.compose.figures import measured, name
from briefings.records.briefing import Block, Bullets, Heading, Inline, Line, Paragraph, Words
from briefings.records.comparison import Digest, Incomparable
from briefings.records.fact import Fact


def incomparable(comparison: Digest, desk: Desk) -> list[Block]:
    """What was not set side by side, and why."""
    blocks: list[Block] = [
        Heading(2, desk.words("未能比对的事项"), "annex-incomparable", desk.annex_number())
    ]
    items = [_incomparable(i, desk) for i in comparison.incomparable]
    items += [desk.say("汇编目录列有《{title}》，正文未见。", title=title) for title in comparison.absent]
    items += [
        desk.say("《{title}》（{file}）没有读出指标和措施，未收录。", title=d.title.value, file=d.name)
        for d in comparison.silent
    ]
    for review in comparison.reviews:
        who = desk.who(review.document.id)
        if "cut_short" in review.document.flags:
            items.append(desk.say("{who}的总结文末残缺，残缺之后的内容未能读到。", who=who))
        if not review.facts:
            items.append(desk.say("{who}的总结没有可以量化的指标。", who=who))
    if not items:
        return [*blocks, Paragraph(desk.say("没有发现不可比的指标。"))]
    return [*blocks, Bullets(tuple(items))]


def _incomparable(found: Incomparable, desk: Desk) -> Line:
    known = desk.indicators.get(found.indicator)
    head = known.english if known and desk.tongue.language == "en" else found.indicator
    line: list[Inline] = [Words(desk.words("{name}：", name=head), "strong")]
    for fact in found.facts:
        line += desk.say(
            "{who}“{name}”（{when}）{n}；",
            who=desk.who(fact.document),
            name=name(desk.print(fact), desk),
            when=desk.words("，").join(_circumstances(fact, desk)),
            n=(*measured(fact, desk, marks=False), desk.cite(fact)),
        )
    return (*line, *_reason(found.reason, desk))


def _reason(code: str, desk: Desk) -> Line:
    if code == "scope":
        return desk.say("统计范围不同，不可比。")
    if code == "period":
        return desk.say("所指时期不同，不可比。")
    return desk.say("比较的基准不同，不可比。")


def _circumstances(fact: Fact, desk: Desk) -> list[str]:
    scope = fact.scope if fact.scope and not any(c.isdigit() for c in fact.scope) else ""
    return [w for w in (when(fact, desk), scope) if w]
