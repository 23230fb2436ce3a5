"""Words what people corrected, for the annex: the number as the source has it, what it is taken for, who says so and why."""

from collections.abc import Iterable

from briefings.compose.desk import Desk
from briefings.compose.figures import basis, name
from briefings.compose.wording import full_width
from briefings.records.briefing import Inline, Line, Quote, Words
from briefings.records.correction import JUDGED, Correction, home, used
from briefings.records.fact import Fact

_LABELS = {
    "indicator": "指标", "canonical": "指标", "kind": "类别", "value": "数值", "value_high": "数值", "unit": "单位",
    "hedge": "约数", "basis": "比较基准", "period": "时期", "scope": "范围", "status": "实绩或目标",
}  # fmt: skip
_NUMBER = ("value", "value_high", "unit", "hedge", "kind")


def correction_notes(corrections: Iterable[Correction], desk: Desk) -> tuple[Line, ...]:
    """A line for each fact printed that a person corrected, and for each number rejected, in the order given.

    ``corrections`` are those in force for the documents, a fact's own oldest first.
    """
    return tuple(_note(chain, desk) for chain in used(corrections, desk.printed) if _document(chain, desk))


def _note(chain: tuple[Correction, ...], desk: Desk) -> Line:
    first, last = chain[0], chain[-1]
    document = desk.documents[_document(chain, desk)]
    said = Quote(full_width("".join(last.surface.split())), document.id, last.span)
    stands = last.after or last.before
    line: list[Inline] = [Words(f"{desk.tongue.issuer(document)}“")]
    line += name(stands, desk) if stands else ()
    line += [Words("”：原文“"), said, Words("”"), desk.citations.cite(document.id, last.span.start)]
    if last.after is None:
        line.append(Words("，经人工核定不是可比的数据，未予采用。"))
    else:
        line += _decided(first.before, last.after, desk)
    for one in chain:
        day = desk.period(one.at[:10])
        line.append(
            Words(f"更正{one.id}，更正人{one.author}，{day}，理由：{one.reason}".rstrip("。.") + "。")
        )
    return tuple(line)


def _decided(before: Fact | None, after: Fact, desk: Desk) -> tuple[Inline, ...]:
    if before is None:
        return (Words("，由人工补录，作"), *basis(after, desk), desk.value(after), Words("。"))
    changed = [field for field in JUDGED if getattr(before, field) != getattr(after, field)]
    labels = "、".join(dict.fromkeys(_LABELS[field] for field in changed if field not in _NUMBER))
    if not any(field in _NUMBER for field in changed):
        return (Words(f"，数值不变，经人工更正{labels}。"),)
    also = f"，一并更正{labels}" if labels else ""
    return (Words("，经人工更正，作"), *basis(after, desk), desk.value(after), Words(f"{also}。"))


def _document(chain: tuple[Correction, ...], desk: Desk) -> str:
    """The document the number stands in; "" when it is none of this briefing's."""
    printed = desk.printed.get(chain[-1].fact)
    id_ = printed.document if printed else home(chain[-1])
    return id_ if id_ in desk.documents else ""
