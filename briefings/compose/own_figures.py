"""The headline numbers of each side of a comparison, a table a side."""

from collections.abc import Sequence

from briefings.compose.desk import Desk
from briefings.compose.figures import figure_columns, figure_row, without_empty
from briefings.compose.labels import indicator, shown
from briefings.records.briefing import Block, Bullets, Heading, Paragraph, Table
from briefings.records.comparison import Highlight
from briefings.records.peers import Side

_ENOUGH_ROWS = 3
_MOST_ROWS = 8
_UNFIT = frozenset({"again", "of_an_area", "vague", "process", "doubtful"})


def by_side(title: str, sides: Sequence[tuple[str, Side]], desk: Desk) -> list[Block]:
    """A chapter with the best figures of each side under its name; fewer than three stand in a list."""
    blocks: list[Block] = [Heading(2, title, "own", desk.chapter_number())]
    for at, (head, side) in enumerate(sides, 1):
        found = telling(side)[:_MOST_ROWS]
        blocks.append(Heading(3, head, f"own-{at}", desk.tongue.section(at)))
        if len(found) >= _ENOUGH_ROWS:
            columns, rows = without_empty(figure_columns(desk), [figure_row(h, desk) for h in found])
            caption = desk.words("{head}主要数据", head=head)
            blocks.append(Table(f"t-own-{at}", desk.table_number(), caption, columns, rows))
        elif found:
            items = (desk.say("{name} {value}", name=indicator(h.lead, desk), value=shown(h.lead, desk)) for h in found)  # fmt: skip
            blocks.append(Bullets(tuple(items)))
        else:
            blocks.append(Paragraph(desk.say("材料里没有读出可以单列的指标。")))
    return blocks


def telling(side: Side) -> list[Highlight]:
    """Highlights that say of what they are and are no mere counts of meetings; the documents' own period first."""
    own = {d.id: d.period.value for d in side.documents if d.period}
    found = [h for h in side.highlights if not _UNFIT & set(h.reasons)]
    return sorted(found, key=lambda h: h.lead.period not in (None, own.get(h.lead.document)))
