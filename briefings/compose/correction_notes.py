"""Words what people corrected, for the annex: the number as the source has it, what it is taken for, who says so and why."""

from collections.abc import Iterable

from briefings.compose.desk import Desk
from briefings.compose.figures import measured, name
from briefings.compose.wording import full_width
from briefings.records.briefing import Inline, Line, Quote
from briefings.records.correction import JUDGED, Correction, home, used
from briefings.records.fact import Fact

_NUMBER = ("value", "value_high", "unit", "hedge", "kind")


def correction_notes(corrections: Iterable[Correction], desk: Desk) -> tuple[Line, ...]:
    """A line for each fact printed that a person corrected, and for each number rejected, in the order given.

    ``corrections`` are those in force for the documents, a fact's own oldest first.
    """
    return tuple(_note(chain, desk) for chain in used(corrections, desk.printed) if _document(chain, desk))


def setting_notes(desk: Desk) -> tuple[Line, ...]:
    """A line for each document of which a person set the issuer, the place, the period or the date."""
    notes = []
    for document in desk.documents.values():
        told = (
            (desk.words("发文单位"), document.issuer),
            (desk.words("地方"), document.place),
            (desk.words("期间"), document.period),
            (desk.words("日期"), document.published),
        )
        by_hand = [
            desk.words("{field}为{value}", field=field, value=_set_to(attribute.value, desk))
            for field, attribute in told
            if attribute and attribute.by_hand
        ]
        if by_hand:
            title, what = desk.tongue.title(document), desk.words("、").join(by_hand)
            notes.append(desk.say("《{title}》由人工设定{what}。", title=title, what=what))
    return tuple(notes)


def _set_to(value: str, desk: Desk) -> str:
    return desk.period(value) if value[:4].isdigit() else value


def _note(chain: tuple[Correction, ...], desk: Desk) -> Line:
    first, last = chain[0], chain[-1]
    document = desk.documents[_document(chain, desk)]
    said = Quote(full_width("".join(last.surface.split())), document.id, last.span)
    stands = last.after or last.before
    line: list[Inline] = list(
        desk.say(
            "{who}“{name}”：原文“{said}”{cite}",
            who=desk.tongue.issuer(document),
            name=name(stands, desk) if stands else (),
            said=said,
            cite=desk.citations.cite(document.id, last.span.start),
        )
    )
    if last.after is None:
        line += desk.say("，经人工核定不是可比的数据，未予采用。")
    else:
        line += _decided(first.before, last.after, desk)
    for one in chain:
        line += desk.say(
            "更正{id}，更正人{author}，{day}，理由：{reason}。",
            id=str(one.id),
            author=one.author,
            day=desk.period(one.at[:10]),
            reason=one.reason.rstrip("。."),
        )
    return tuple(line)


def _decided(before: Fact | None, after: Fact, desk: Desk) -> tuple[Inline, ...]:
    if before is None:
        return desk.say("，由人工补录，作{n}。", n=measured(after, desk, marks=False))
    changed = [field for field in JUDGED if getattr(before, field) != getattr(after, field)]
    labels = desk.words("、").join(
        dict.fromkeys(_label(field, desk) for field in changed if field not in _NUMBER)
    )
    if not any(field in _NUMBER for field in changed):
        return desk.say("，数值不变，经人工更正{labels}。", labels=labels)
    said = measured(after, desk, marks=False)
    if labels:
        return desk.say("，经人工更正，作{n}，一并更正{labels}。", n=said, labels=labels)
    return desk.say("，经人工更正，作{n}。", n=said)


def _label(field: str, desk: Desk) -> str:
    match field:
        case "basis":
            return desk.words("比较基准")
        case "period":
            return desk.words("时期")
        case "scope":
            return desk.words("范围")
        case "status":
            return desk.words("实绩或目标")
        case _:
            return desk.words("指标")


def _document(chain: tuple[Correction, ...], desk: Desk) -> str:
    """The document the number stands in; "" when it is none of this briefing's."""
    printed = desk.printed.get(chain[-1].fact)
    id_ = printed.document if printed else home(chain[-1])
    return id_ if id_ in desk.documents else ""
