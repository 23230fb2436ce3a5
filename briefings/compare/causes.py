"""Why two editions differ: their sources, people's corrections, the order, the lexicons, the program, the templates."""

from collections.abc import Iterator, Mapping, Sequence

from briefings.records.change import Cause, Kept
from briefings.records.correction import Correction
from briefings.records.document import Attribute, Document
from briefings.records.edition import Order
from briefings.records.material import within

METADATA = ("issuer", "place", "period", "published", "title")
LEFT = "left"
"""What became of a correction whose source is among the documents no more: it waits to be judged in the new version."""
_ORDER = ("kind", "title", "periods", "issuers", "places", "formats", "language", "theme", "office")
_CHOICE = ("kind", "periods", "issuers", "places")
"""Fields of an order that decide which documents are taken."""
_LEXICON = ("canonical", "theme")
_NOT_VERSIONS = (
    "documents",
    "facts",
    "measures",
    "absent",
    "corrections",
    "decisions",
    "order",
    "assets",
    "lexicons",
)
"""Inputs that are told of by what they changed."""
_DIGESTS = ("data", "phrases")
"""Parts of the program whose versions are no words for people."""


def came(document: Document, old: Kept, new: Kept) -> Cause:
    """Why ``document`` is new: the order asks for it now, or it came in."""
    if _by_order(document, old.order, new.order):
        return Cause("order", document.id, after=document.name)
    return Cause("new_source", document.id, after=document.name)


def went(document: Document, old: Kept, new: Kept) -> Cause:
    """Why ``document`` is gone: the order does not ask for it any more, or it was taken out or set to another period."""
    if _by_order(document, new.order, old.order):
        return Cause("order", document.id, before=document.name)
    return Cause("gone_source", document.id, before=document.name)


def replaced(before: Document, after: Document) -> Cause:
    """The document's other version stands for it."""
    return Cause("replaced_source", after.id, before.name, after.name)


def metadata(before: Document, after: Document) -> Cause | None:
    """What was set of the document's metadata; None where nothing was."""
    fields = [f for f in METADATA if _value(getattr(before, f)) != _value(getattr(after, f))]
    if not fields:
        return None
    was = "，".join(f"{f}={_value(getattr(before, f))}" for f in fields)
    now = "，".join(f"{f}={_value(getattr(after, f))}" for f in fields)
    return Cause("metadata", after.id, was, now)


def corrections(old: Kept, new: Kept) -> dict[str, Cause]:
    """By fact the correction that was made, taken back, or left behind with a replaced source."""
    was, now = _by_id(old.corrections), _by_id(new.corrections)
    held = {d.sha256 for d in new.documents}
    found = {c.fact: _undone(c, c.sha256 in held) for id_, c in was.items() if id_ not in now}
    return found | {c.fact: _made(c) for id_, c in now.items() if id_ not in was}


def reading(fields: Sequence[str], old: Kept, new: Kept) -> Cause:
    """Why the same bytes are read differently: another lexicon where only names or themes differ, else the rules."""
    if fields and set(fields) <= set(_LEXICON) and _differ("lexicons", old.inputs, new.inputs):
        return Cause("lexicon")
    if _differ("program", old.inputs, new.inputs) and old.inputs and new.inputs:
        return Cause("rules", "briefings", old.inputs["program"], new.inputs["program"])
    return Cause("rules")


def inputs(old: Kept, new: Kept) -> Iterator[Cause]:
    """What else an edition is made from and differs: the order, lexicons, versions, templates and styles."""
    for field in _ORDER:
        was, now = _shown(getattr(old.order, field)), _shown(getattr(new.order, field))
        if was != now:
            yield Cause("order", field, was, now)
    if old.inputs and new.inputs:
        if _differ("lexicons", old.inputs, new.inputs):
            yield Cause("lexicon")
        for name in new.inputs:
            if name not in _NOT_VERSIONS and _differ(name, old.inputs, new.inputs):
                digest = name in _DIGESTS
                was, now = old.inputs.get(name, ""), new.inputs[name]
                yield Cause("program", name, "" if digest else was, "" if digest else now)
    was_files, now_files = old.assets, new.assets
    if was_files is not None and now_files is not None:
        for path in sorted({*was_files, *now_files}):
            if was_files.get(path) != now_files.get(path):
                before = "" if path in was_files else "none"
                yield Cause("template", path, before, "" if path in now_files else "none")


def _differ(name: str, old: Mapping[str, str] | None, new: Mapping[str, str] | None) -> bool:
    return bool(old and new and name in old and old[name] != new.get(name))


def _by_order(document: Document, then: Order, now: Order) -> bool:
    """Whether only ``now``, and not ``then``, asks for ``document``."""
    if all(getattr(then, f) == getattr(now, f) for f in _CHOICE):
        return False
    period = document.period.value if document.period else ""
    place = document.place.value if document.place else ""
    return (
        not any(within(period, asked) for asked in then.periods)
        or bool(then.places and place not in then.places)
        # How issuers are named differs too much to ask here whether an old name would have meant this one.
        or then.issuers != now.issuers
        or then.kind != now.kind
    )


def _by_id(found: Sequence[Correction]) -> dict[str, Correction]:
    return {c.id: c for c in found}


def _made(c: Correction) -> Cause:
    return Cause("correction", c.id, "", c.action, c.author, c.reason)


def _undone(c: Correction, same_source: bool) -> Cause:
    return Cause("correction", c.id, c.action, "undone" if same_source else LEFT, c.author, c.reason)


def _value(attribute: Attribute | None) -> str:
    return attribute.value if attribute else ""


def _shown(value: object) -> str:
    return " ".join(map(str, value)) if isinstance(value, tuple) else str(value)
