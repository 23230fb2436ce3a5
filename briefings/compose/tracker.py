"""The follow-up of targets: what was promised, what the next period says of it, from the first page to the proof."""

from dataclasses import replace

from briefings.compose import annexes, tracker_front, tracker_tables
from briefings.compose.desk import Desk
from briefings.records.briefing import Block, Briefing, Bullets, Heading, Line, Words
from briefings.records.material import Material
from briefings.records.tracker import Tracker

_LEAST_DATA = 3
_SHORT = 10
"""So few promises are read through without a table of contents."""


def tracker(material: Material, comparison: Tracker) -> Briefing:
    """Compose the follow-up; with one period only it lists the promises and judges none."""
    order = material.order
    desk = Desk.of(material)
    blocks: list[Block] = []
    blocks += tracker_front.first_page(order, comparison, desk)
    blocks += tracker_tables.progress(comparison, desk)
    blocks += tracker_tables.followed(order, comparison, desk)
    blocks += tracker_tables.lagging(comparison, desk)
    blocks += tracker_tables.missing(order, comparison, desk)
    blocks += tracker_tables.ahead(order, comparison, desk)
    printed = [f for f in material.facts if f.id in desk.printed]
    if len(printed) >= _LEAST_DATA:
        blocks += annexes.data_table(printed, desk)
    blocks += annexes.corrected(material.corrections, desk)
    blocks += _dropped(comparison, desk)
    blocks += annexes.method(desk, _method(desk))
    blocks += annexes.source_list(desk)
    briefing = desk.briefing(order, blocks, material.facts)
    return replace(briefing, contents=len(comparison.followed) > _SHORT)


def _dropped(comparison: Tracker, desk: Desk) -> list[Block]:
    """Decisions of people that hold no longer, because the sentence they were made by has changed."""
    if not comparison.problems:
        return []
    items = tuple((Words(p.sentence),) for p in comparison.problems)
    return [
        Heading(2, desk.words("未采用的人工判定"), "annex-decisions", desk.annex_number()),
        Bullets(items),
    ]


def _method(desk: Desk) -> tuple[Line, ...]:
    """How states come about."""
    return (
        desk.say("上期的打算按句和分句拆成单项，一个目标数一项；会议、号召等没有具体事项的话不计。"),
        desk.say(
            "对照要落到同一件事：来源重提原定目标数，或指标名称和时期相同，或文件、活动、项目的名称相同；只是领域相同的不算。全年的目标只用全年的数回答。"
        ),
        desk.say(
            "有数的按数定：达到目标为已完成；到期未达到为滞后；未到期的与应有进度比，全年目标一季度末为四分之一，上半年末为一半，三季度末为四分之三。"
        ),
        desk.say(
            "没有数的按来源的措辞定：写明建成、印发等为已完成，写明滞后、慢于预期等为滞后，写明加快、实施等为推进中。“继续”“深入推进”之类的打算没有终点，最多为推进中。"
        ),
        desk.say(
            "未见表述只说明本期材料没有找到对应的话，不等于没有完成。对应关系把握不大的注明待人工确认；人工确认或改正的注明确认人，重新提取后仍然有效，原句改动则作废并在此说明。"
        ),
    )
