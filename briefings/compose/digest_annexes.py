"""The digest's annex of what was not set side by side, and why."""

from briefings.compose.annexes import when
from briefings.compose.desk import Desk
from briefings.compose.figures import basis, name
from briefings.records.briefing import Block, Bullets, Heading, Inline, Line, Paragraph, Words
from briefings.records.comparison import Digest, Incomparable
from briefings.records.fact import Fact

_REASONS = {
    "scope": "统计范围不同，不可比",
    "period": "所指时期不同，不可比",
    "basis": "比较的基准不同，不可比",
}


def incomparable(comparison: Digest, desk: Desk) -> list[Block]:
    """What was not set side by side, and why."""
    blocks: list[Block] = [Heading(2, "未能比对的事项", "annex-incomparable", desk.annex_number())]
    items = [_incomparable(i, desk) for i in comparison.incomparable]
    items += [(Words(f"汇编目录列有《{title}》，正文未见。"),) for title in comparison.absent]
    items += [
        (Words(f"《{d.title.value}》（{d.name}）没有读出指标和措施，未收录。"),) for d in comparison.silent
    ]
    for review in comparison.reviews:
        who = desk.who(review.document.id)
        if "cut_short" in review.document.flags:
            items.append((Words(f"{who}的总结文末残缺，残缺之后的内容未能读到。"),))
        if not review.facts:
            items.append((Words(f"{who}的总结没有可以量化的指标。"),))
    if not items:
        return [*blocks, Paragraph((Words("没有发现不可比的指标。"),))]
    return [*blocks, Bullets(tuple(items))]


def _incomparable(found: Incomparable, desk: Desk) -> Line:
    line: list[Inline] = [Words(f"{found.indicator}：", "strong")]
    for fact in found.facts:
        desk.print(fact)
        who = desk.who(fact.document)
        line += [
            Words(f"{who}“"),
            *name(fact, desk),
            Words("”（" + "，".join(_circumstances(fact, desk)) + "）"),
        ]
        line += [*basis(fact, desk), desk.value(fact), desk.cite(fact), Words("；")]
    return (*line, Words(_REASONS[found.reason] + "。"))


def _circumstances(fact: Fact, desk: Desk) -> list[str]:
    scope = fact.scope if fact.scope and not any(c.isdigit() for c in fact.scope) else ""
    return [w for w in (when(fact, desk), scope) if w]
