"""One issuer year on year: from the page a leader reads to the annex that proves it."""

from briefings.compose import yoy_front, yoy_numbers, yoy_texts
from briefings.compose.annexes import annexes
from briefings.compose.desk import Desk
from briefings.records.briefing import Block, Briefing, Line
from briefings.records.material import Material
from briefings.records.yoy import YearOnYear


def yoy(material: Material, comparison: YearOnYear) -> Briefing:
    """Compose the comparison of two periods; either side may be without documents, and the first page then says so."""
    desk = Desk.of(material)
    blocks: list[Block] = []
    blocks += yoy_front.first_page(material.order, comparison, desk)
    blocks += yoy_numbers.compared(comparison, desk)
    blocks += yoy_numbers.apart(comparison, desk)
    blocks += yoy_texts.work(comparison, desk)
    blocks += yoy_texts.problems(comparison, desk)
    blocks += yoy_texts.promised(comparison, desk)
    facts = material.facts
    blocks += annexes(material, comparison.checks, facts, _method(desk), desk)
    return desk.briefing(material.order, blocks, facts)


def _method(desk: Desk) -> tuple[Line, ...]:
    """How the kind's own numbers came about."""
    return (
        desk.say(
            "可比的条件：名称和口径相同，同一范围，一年中的同一时段，同一计量单位，都是完成数，且都不是约数；差一条即列入不可比。"
        ),
        desk.say(
            "“升”“降”“持平”只指数字的方向；一项指标只计一次，有总量的按总量计，没有的依次按比率、完成率、增速、位次计。好坏按词表所定的方向判断，词表没有定的不判断。"
        ),
        desk.say(
            "增减为两期之差，比率、增速、完成率相减的单位是个百分点；同比增速用来源自己说的，来源没有说的由两期数值算出。生产总值、增加值按可比价计算增速，不由两期数值相除。"
        ),
        desk.say(
            "措施和问题按措辞比对：“延续”是两期有相同或相近的表述；“未再见到”只说明本期文字中没有找到对应表述，不等于没有做。"
        ),
    )
