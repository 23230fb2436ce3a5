"""One place through time: its direction, its series, its own words for its work, what is new and no longer named."""

from briefings.compose import history_figures, history_front, history_texts
from briefings.compose.annexes import annexes
from briefings.compose.desk import Desk
from briefings.compose.own_figures import by_side
from briefings.records.briefing import Block, Briefing, Line
from briefings.records.history import History
from briefings.records.material import Material


def history(material: Material, comparison: History) -> Briefing:
    """Compose the briefing; ``comparison.stages`` must not be empty."""
    documents = [d for s in comparison.stages for d in s.documents]
    desk = Desk.of(material, documents)
    facts = [f for s in comparison.stages for f in s.facts]
    blocks: list[Block] = []
    blocks += history_front.first_page(material.order, comparison, desk)
    blocks += history_figures.headlines(comparison, desk)
    blocks += history_figures.figures(comparison, desk)
    blocks += history_figures.breaks(comparison, desk)
    blocks += history_texts.fields(comparison, desk)
    blocks += history_texts.wording(comparison, desk)
    blocks += history_texts.come_and_gone(comparison, desk)
    blocks += history_texts.problems_and_plans(comparison, desk)
    if history_front.leading(comparison) is not None:
        told = [(desk.period(s.label), s) for s in comparison.stages]
        blocks += by_side(desk.words("各期主要数据"), told, desk)
    blocks += annexes(material, comparison.checks, facts, _method(desk), desk)
    return desk.briefing(material.order, blocks, facts)


def _method(desk: Desk) -> tuple[Line, ...]:
    """How the numbers and judgements of this kind came about."""
    return (
        desk.say(
            "只有指标、类别、比较基准、计量单位和统计范围都相同、又同是一年里同一时段的数才连成一列；半年与全年、季度与半年不连。"
        ),
        desk.say(
            "增长和年均增长由本刊按首末两期的数值计算，未扣除价格因素；两期相隔三年以上才算年均。百分比之差以百分点计。"
        ),
        desk.say("领域的条数是各期材料里工作措施的条数，由本刊计数；材料长短不同，只看轻重，不比多少。"),
        desk.say("“只见于一期”只指所收材料：另一期的材料没有说到，不等于没有。"),
    )
