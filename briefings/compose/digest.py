"""The digest: the departments of one period, from the page a leader reads to the annex that proves it."""

from collections.abc import Mapping, Sequence

from briefings.compose import digest_annexes, digest_charts, digest_departments, digest_front
from briefings.compose.desk import Desk
from briefings.compose.wording import issuer_name
from briefings.records.briefing import Block, Briefing
from briefings.records.comparison import Digest
from briefings.records.correction import Correction
from briefings.records.document import Source
from briefings.records.edition import Order
from briefings.records.indicator import Indicator, Theme


def digest(
    order: Order,
    comparison: Digest,
    sources: Mapping[str, Source],
    indicators: Mapping[str, Indicator],
    themes: Sequence[Theme],
    corrections: Sequence[Correction] = (),
) -> Briefing:
    """Compose the digest that ``order`` asks for; ``sources`` by sha256, ``indicators`` by canonical name;
    ``corrections`` are those in force for the documents, told in an annex as far as they touch what is printed.

    ``comparison.reviews`` must not be empty: a briefing about nothing is the caller's sentence to say.
    """
    documents = [r.document for r in comparison.reviews]
    desk = Desk(documents, sources, indicators, themes)
    blocks: list[Block] = []
    blocks += digest_front.first_page(order, comparison, desk)
    blocks += digest_front.overview(comparison, desk)
    blocks += digest_charts.charts(comparison, desk)
    blocks += digest_departments.chapter(comparison, desk)
    blocks += digest_departments.shared_problems(comparison, desk)
    blocks += digest_annexes.data_table(comparison, desk)
    blocks += digest_annexes.incomparable(comparison, desk)
    blocks += digest_annexes.checked(comparison, desk)
    blocks += digest_annexes.corrected(corrections, desk)
    blocks += digest_annexes.method(order, desk)
    blocks += digest_annexes.source_list(desk)
    return Briefing(
        id=order.id,
        kind="digest",
        title=order.title,
        subtitle="",
        language=order.language,
        theme=order.theme,
        period=order.periods[0],
        as_of=max((d.published.value for d in documents if d.published), default=""),
        office=order.office,
        blocks=tuple(blocks),
        computed=tuple(desk.computed),
        facts=tuple(desk.printed),
        documents=tuple(d.id for d in documents),
        keywords=tuple(dict.fromkeys(issuer_name(d) for d in documents)),
        statements=desk.citations.uncited(f for r in comparison.reviews for f in r.facts),
    )
