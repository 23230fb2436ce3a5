"""The headline numbers of each side of a comparison, a table a side."""

import re
from collections.abc import Sequence
from dataclasses import replace

from briefings.compose.desk import Desk
from briefings.compose.figures import figure_columns, figure_row, without_empty
from briefings.compose.labels import indicator, shown
from briefings.records.briefing import Block, Bullets, Column, Heading, Paragraph, Table
from briefings.records.comparison import Highlight
from briefings.records.peers import Side

_ENOUGH_ROWS = 3
_MOST_ROWS = 8
_MOST_TOGETHER = 4
_PART = re.compile(r"([HQM])(\d{1,2})$")
_DAY = re.compile(r"\d{4}-(\d\d)-\d\d")
_UNFIT = frozenset({"again", "of_an_area", "vague", "process", "doubtful"})


def by_side(title: str, sides: Sequence[tuple[str, Side]], desk: Desk) -> list[Block]:
    """A chapter with the best figures of each side under its name; fewer than three stand in a list."""
    blocks: list[Block] = [Heading(2, title, "own", desk.chapter_number())]
    for at, (head, side) in enumerate(sides, 1):
        found = telling(side)[:_MOST_ROWS]
        blocks.append(Heading(3, head, f"own-{at}", desk.tongue.section(at)))
        if len(found) >= _ENOUGH_ROWS:
            columns, rows = without_empty(figure_columns(desk), [figure_row(h, desk) for h in found])
            caption = desk.words("主要数据（{head}）", head=head)
            blocks.append(Table(f"t-own-{at}", desk.table_number(), caption, columns, rows))
        elif found:
            items = (desk.say("{name} {value}", name=indicator(h.lead, desk), value=shown(h.lead, desk)) for h in found)  # fmt: skip
            blocks.append(Bullets(tuple(items)))
        else:
            blocks.append(Paragraph(desk.say("材料里没有读出可以单列的指标。")))
    return blocks


def together(head: str, caption: str, sides: Sequence[tuple[str, Side]], desk: Desk) -> list[Block]:
    """The headline numbers of all sides in one table, a few each; ``head`` says what a side is."""
    rows = [
        (desk.say("{side}", side=name), *figure_row(h, desk))
        for name, side in sides
        for h in [h for h in telling(side) if h.lead.canonical][:_MOST_TOGETHER]
    ]
    if len(rows) < _ENOUGH_ROWS:
        return []
    columns = (Column(head, weight=1.3), *figure_columns(desk))
    kept, told = without_empty(columns, rows)
    return [Table("t-own", desk.table_number(), caption, kept, told)]


def sound(highlight: Highlight) -> bool:
    """Whether its words may be quoted alone: none of the numbers in them reads doubtfully."""
    return not any("unit_mismatch" in f.flags for f in highlight.facts)


def _cleared(highlight: Highlight) -> Highlight:
    """Without the numbers whose unit does not fit the indicator's."""
    kept = tuple(f for f in highlight.facts if "unit_mismatch" not in f.flags or f is highlight.lead)
    return replace(highlight, facts=kept)


def telling(side: Side) -> list[Highlight]:
    """Highlights that say of what they are and are no mere counts of meetings; the documents' own period first."""
    own = {d.id: d.period.value for d in side.documents if d.period}
    found = [h for h in map(_cleared, side.highlights) if not _UNFIT & set(h.reasons)]
    return sorted(found, key=lambda h: _is_early(h.lead.period, own.get(h.lead.document)))


def _is_early(period: str | None, own: str | None) -> bool:
    """Whether a number ends two months or more before its document's period, as the first quarter does for a half-year."""
    if not period or not own:
        return False
    return _end(period) < _end(own) - 1


def _end(period: str) -> int:
    """The last month of a period, counted through the years; the period's own year where it says no month."""
    last = period.rsplit("..", maxsplit=1)[-1] if period[:4].isdigit() else period
    year = int(period[:4]) if period[:4].isdigit() else 0
    if match := _PART.search(last):
        count, length = int(match[2]), {"H": 6, "Q": 3, "M": 1}[match[1]]
        return year * 12 + count * length
    if match := _DAY.fullmatch(last):
        return year * 12 + int(match[1])
    return year * 12 + 12
