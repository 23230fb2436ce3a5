"""The digest: the departments of one period, from the page a leader reads to the annex that proves it."""

from briefings.compose import annexes, digest_annexes, digest_charts, digest_departments, digest_front
from briefings.compose.desk import Desk
from briefings.records.briefing import Block, Briefing, Line
from briefings.records.comparison import Digest
from briefings.records.material import Material


def digest(material: Material, comparison: Digest) -> Briefing:
    """Compose the digest; ``comparison.reviews`` must not be empty: a briefing about nothing is the caller's to tell of."""
    order = material.order
    documents = [r.document for r in comparison.reviews]
    desk = Desk.of(material, documents)
    blocks: list[Block] = []
    blocks += digest_front.first_page(order, comparison, desk)
    blocks += digest_front.overview(comparison, desk)
    blocks += digest_charts.charts(comparison, desk)
    blocks += digest_departments.chapter(comparison, desk)
    blocks += digest_departments.shared_problems(comparison, desk)
    facts = [f for r in comparison.reviews for f in r.facts]
    blocks += annexes.data_table(facts, desk)
    blocks += digest_annexes.incomparable(comparison, desk)
    blocks += annexes.checked(comparison.checks, facts, desk)
    blocks += annexes.corrected(material.corrections, desk)
    blocks += annexes.method(desk, _method(desk))
    blocks += annexes.source_list(desk)
    return desk.briefing(order, blocks, facts)


def _method(desk: Desk) -> tuple[Line, ...]:
    """How the digest's own numbers came about."""
    return (
        desk.say(
            "“本刊计算”的数只有计数、中位数和核对时的加、减、求比：计数为所列条目之和；中位数取各项完成率按大小居中者。"
        ),
        desk.say(
            "共性问题按词表归类：同一分句里既有事项词（如人才、用地）又有不足词（如短缺、趋紧）的，才归入该类。"
        ),
    )
