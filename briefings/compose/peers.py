"""Places side by side: what can be compared before the numbers, then figures, practices, problems, each place's own."""

from briefings.compose import peers_figures, peers_front, peers_texts
from briefings.compose.annexes import annexes
from briefings.compose.desk import Desk
from briefings.records.briefing import Block, Briefing, Line
from briefings.records.material import Material
from briefings.records.peers import Peers


def peers(material: Material, comparison: Peers) -> Briefing:
    """Compose the briefing; ``comparison.sides`` must not be empty."""
    documents = [d for s in comparison.sides for d in s.documents]
    desk = Desk.of(material, documents)
    facts = [f for s in comparison.sides for f in s.facts]
    blocks: list[Block] = []
    blocks += peers_front.first_page(material.order, comparison, desk)
    blocks += peers_figures.headlines(comparison, desk)
    blocks += peers_figures.comparability(comparison, desk)
    blocks += peers_figures.figures(comparison, desk)
    blocks += peers_texts.practices(comparison, desk)
    blocks += peers_texts.problems_and_plans(comparison, desk)
    if peers_front.leading(comparison) is not None:
        blocks += peers_figures.own_figures(comparison, desk)
    blocks += annexes(material, comparison.checks, facts, _method(desk), desk)
    return desk.briefing(material.order, blocks, facts)


def _method(desk: Desk) -> tuple[Line, ...]:
    """How the numbers and judgements of this kind came about."""
    return (
        desk.say(
            "只有指标、类别、时段、比较基准、计量单位和统计范围都相同的数才并列比较；有一样不同的照录两数，注明原因，不比较。"
        ),
        desk.say(
            "三个以上地方的数可比才排位次：越高越好的指标由高到低，越低越好的由低到高，数值相同的并列；均值为简单平均。"
        ),
        desk.say("两个百分比之差以百分点计；差距、位次和均值都由本刊计算，括号里或同一行里有所用的数。"),
        desk.say(
            "做法按词表归入领域，每处摘最能说明怎么做的一两句。“未见表述”只指所收材料里没有出现，不等于没有做。"
        ),
    )
