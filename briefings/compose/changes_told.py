"""What the parts of the block on changes share: a line before it is worded, and who is spoken of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from briefings.compose.desk import Desk
from briefings.records.briefing import Line, Words
from briefings.records.change import FactChange, MeasureChange
from briefings.records.document import Document


@dataclass(frozen=True, slots=True)
class Told:
    """A line of the block before it is worded, and the ids of the changes it tells of."""

    ids: tuple[str, ...]
    line: Callable[[Desk], Line]


def id_of(change: FactChange | MeasureChange) -> str:
    """What stands for the change in a count: the id of what is there now, or of what is gone."""
    found = change.fact if isinstance(change, FactChange) else change.measure
    return found.id if change.after else f"gone:{found.id}"


def listed(parts: Sequence[Line], desk: Desk) -> Line:
    """The parts with commas between them."""
    return tuple(piece for n, part in enumerate(parts) for piece in (*(desk.say("，") if n else ()), *part))


def name_of(document: Document, desk: Desk) -> str:
    """Who issued a document; its place where offices of other places go by the same name."""
    name, place = desk.tongue.issuer(document), document.place
    alike = [d for d in desk.documents.values() if desk.tongue.issuer(d) == name]
    if place and len({d.place.value for d in alike if d.place}) > 1:
        return desk.tongue.place(place.value)
    return name


def speaker(document: Document, desk: Desk) -> Line:
    """Who says something, with the period where the same office speaks of several."""
    name = name_of(document, desk)
    alike = [d for d in desk.documents.values() if name_of(d, desk) == name]
    several = len({d.period.value for d in alike if d.period}) > 1
    return (Words(name, "strong"), *(period_of(document, desk) if several else ()))


def period_of(document: Document, desk: Desk) -> Line:
    """The document's period in brackets; nothing where none is known."""
    if document.period is None:
        return ()
    return desk.say("（{period}）", period=desk.period(document.period.value))
