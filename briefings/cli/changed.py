"""What changed in a briefing, as rows for people and data for programs; used by diff and impact."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath
from typing import Any

import click

from briefings.cli.columns import cut
from briefings.cli.output import as_table
from briefings.records.change import (
    Cause,
    Change,
    Changes,
    DocumentChange,
    FactChange,
    MeasureChange,
)
from briefings.records.document import Document
from briefings.records.fact import Fact, Measure

CHANGES: tuple[Change, ...] = ("new", "changed", "gone", "moved")
_WIDTH = 60
_WHO = 28
_VALUE = ("value", "value_high", "unit", "hedge", "kind")
_BEHIND = ("余", "多", "以上", "左右", "以下", "上下", "以内")
_NAMES = {"indicator": "name", "canonical": "lexicon name"}


def counted(changes: Iterable[str]) -> str:
    """How many of each kind of change: 3 new, 1 changed."""
    found = Counter(changes)
    return ", ".join(f"{found[c]} {c}" for c in dict.fromkeys((*CHANGES, *found)) if found[c]) or "none"


def tell(changes: Changes, documents: Iterable[Document], most: int | None) -> None:
    """All that changed on stdout: at most ``most`` numbers, measures and lines of text each; None for all.

    ``documents`` are those of both editions.
    """
    who = names(documents)
    numbers = [f for f in changes.facts if f.change != "moved"]
    _table(
        f"Numbers: {counted(f.change for f in changes.facts)}",
        ("", "whose", "indicator", "before", "after", "why", "printed"),
        [(f.change, *number_row(f, who), short(f.cause), _printed(f)) for f in numbers],
        most,
    )
    if changes.measures is None:
        click.echo("\nMeasures: one of the editions kept none, they cannot be compared.")
    else:
        _table(
            f"Measures: {counted(m.change for m in changes.measures)}",
            ("", "whose", "role", "before", "after", "why"),
            [(m.change, *_measure_row(m, who)) for m in changes.measures if m.change != "moved"],
            most,
        )
    _table(
        f"Text: {len(changes.lines) or 'no'} line{'s' if len(changes.lines) != 1 else ''}",
        ("under", "before", "after"),
        [(line.where, *_apart(line.before, line.after)) for line in changes.lines],
        most,
    )


def tell_causes(changes: Changes) -> None:
    """Why, a line for each cause; one for all documents of a file."""
    for line, times in Counter(map(cause_line, changes.causes)).items():
        click.echo(f"  {line}" + (f" ({times} documents)" if times > 1 else ""))


def cause_line(cause: Cause) -> str:
    """A cause in words."""
    match cause.reason:
        case "new_source":
            return f"new source: {cause.after}"
        case "replaced_source":
            return f"replaced source: {cause.before} → {cause.after}"
        case "gone_source":
            return f"source gone: {cause.before}"
        case "metadata":
            return f"metadata of {cause.subject}: {cause.before} → {cause.after}"
        case "correction":
            said = f"correction {cause.subject} ({cause.before or cause.after}) by {cause.by}: {cause.why}"
            later = {
                "undone": "; it was taken back",
                "left": "; its source was replaced, it waits to be judged anew",
            }
            return said + (later[cause.after] if cause.before else "")
        case "lexicon":
            return "the lexicons changed"
        case "rules":
            versions = f": briefings {cause.before} → {cause.after}" if cause.subject else ""
            return f"the same words are read differently{versions}"
        case "order" if cause.subject in ("", *_ORDER_FIELDS):
            return f"order: {cause.subject}: {cause.before or '(none)'} → {cause.after or '(none)'}"
        case "order":
            return f"order: now without {cause.before}" if cause.before else f"order: now with {cause.after}"
        case "program" if cause.before:
            return f"program: {cause.subject} {cause.before} → {cause.after}"
        case "program":
            return f"program: {cause.subject} changed"
        case "template":
            state = {"none": "new"}.get(cause.before) or {"none": "gone"}.get(cause.after) or "changed"
            return f"template or style {state}: {cause.subject}"


_ORDER_FIELDS = (
    "kind", "title", "periods", "issuers", "places", "formats", "language", "theme", "office",
)  # fmt: skip


def number(fact: Fact) -> str:
    """The number as it is taken, with hedge, range and unit."""
    high = f"～{fact.value_high}" if fact.value_high else ""
    before, after = ("", fact.hedge or "") if fact.hedge in _BEHIND else (fact.hedge or "", "")
    return f"{before}{fact.value}{high}{fact.unit or ''}{after}"


def changes_data(changes: Changes) -> dict[str, Any]:
    """All that changed, for programs."""
    return {
        "from": changes.old,
        "to": changes.new or None,
        "causes": [cause_data(c) for c in changes.causes],
        "documents": [_document_data(d) for d in changes.documents],
        "numbers": [_fact_data(f) for f in changes.facts],
        "measures": None if changes.measures is None else [_measure_data(m) for m in changes.measures],
        "text": [{"under": c.where, "before": c.before, "after": c.after} for c in changes.lines],
    }


def cause_data(cause: Cause) -> dict[str, str]:
    """A cause, without what it does not say."""
    return {name: said for name in Cause.__dataclass_fields__ if (said := getattr(cause, name))}


def before_and_after(change: FactChange) -> tuple[str, str]:
    """The number as it was and as it is; where only its name, time or scope changed, these."""
    one, other = change.before, change.after
    if one is None or other is None or set(change.fields) & set(_VALUE):
        return (number(one) if one else "", number(other) if other else "")
    return _fields(one, change.fields), _fields(other, change.fields)


def _fields(record: object, fields: Sequence[str]) -> str:
    return ", ".join(f"{_NAMES.get(f, f)} {getattr(record, f) or '(none)'}" for f in fields)


def names(documents: Iterable[Document]) -> dict[str, str]:
    """Who speaks in each document, by its id: the issuer, else the title."""
    return {d.id: cut(d.issuer.value if d.issuer else d.title.value, _WHO) for d in documents}


def number_row(change: FactChange, who: Mapping[str, str]) -> tuple[str, str, str, str]:
    """Whose number, what it measures, and what it was and is."""
    fact = change.fact
    return (
        who.get(fact.document, fact.document),
        fact.canonical or fact.indicator,
        *before_and_after(change),
    )


def _printed(change: FactChange) -> str:
    was, now = change.printed
    if was and now:
        return "yes"
    return "before" if was else "now" if now else ""


def _measure_row(change: MeasureChange, who: Mapping[str, str]) -> tuple[str, ...]:
    one, other = change.before, change.after
    if one and other and "text" not in change.fields:
        said = (_fields(one, change.fields), _fields(other, change.fields))
    else:
        said = (one.text if one else "", other.text if other else "")
    document = change.measure.document
    return (who.get(document, document), change.measure.role, *_apart(*said), short(change.cause))


def _apart(one: str, other: str) -> tuple[str, str]:
    """The two wordings, from shortly before the place where they part."""
    at = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    start = max(0, at - 12) if one and other and at > 24 else 0
    dots = "…" if start else ""
    return cut(dots + one[start:], _WIDTH) if one else "", cut(dots + other[start:], _WIDTH) if other else ""


def short(cause: Cause) -> str:
    """A cause in a word or two."""
    words = {"new_source": "new source", "replaced_source": "replaced source", "gone_source": "source gone"}
    if cause.reason == "correction":
        return f"correction {cause.subject}"
    return words.get(cause.reason, cause.reason)


def _table(head: str, headers: tuple[str, ...], rows: Sequence[tuple[str, ...]], most: int | None) -> None:
    click.echo(f"\n{head}")
    if not rows:
        return
    as_table(headers, rows if most is None else rows[:most], "")
    if most is not None and len(rows) > most:
        click.echo(f"  and {len(rows) - most} more; --all shows them")


def _document_data(change: DocumentChange) -> dict[str, Any]:
    def said(document: Document | None) -> dict[str, Any] | None:
        if document is None:
            return None
        fields = {f: getattr(document, f) for f in ("title", "issuer", "place", "period", "published")}
        told = {f: a.value if a else None for f, a in fields.items()}
        return {
            "id": document.id,
            "file": PurePosixPath(document.name).name,
            "sha256": document.sha256,
            **told,
        }

    return {
        "change": change.change,
        "before": said(change.before),
        "after": said(change.after),
        "cause": cause_data(change.cause),
    }


def _fact_data(change: FactChange) -> dict[str, Any]:
    def said(fact: Fact | None) -> dict[str, Any] | None:
        return {name: getattr(fact, name) for name in Fact.__dataclass_fields__} if fact else None

    return {
        "change": change.change,
        "fields": change.fields,
        "before": said(change.before),
        "after": said(change.after),
        "printed": {"before": change.printed[0], "after": change.printed[1]},
        "cause": cause_data(change.cause),
    }


def _measure_data(change: MeasureChange) -> dict[str, Any]:
    def said(measure: Measure | None) -> dict[str, Any] | None:
        return {name: getattr(measure, name) for name in Measure.__dataclass_fields__} if measure else None

    return {
        "change": change.change,
        "fields": change.fields,
        "before": said(change.before),
        "after": said(change.after),
        "cause": cause_data(change.cause),
    }
