"""Put people's corrections in the place of what was found: the same findings and corrections give the same facts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from briefings.records.correction import FLAG, JUDGED, RULE, Correction, latest
from briefings.records.document import Document, Source
from briefings.records.fact import Fact, Findings
from briefings.store.sentences import around


@dataclass(frozen=True, slots=True)
class Applied:
    """Findings with the corrections in them, and by document the facts found that had to give way."""

    findings: tuple[Findings, ...]
    replaced: tuple[tuple[str, tuple[Fact, ...]], ...]


def apply(
    documents: Sequence[Document],
    findings: Sequence[Findings],
    corrections: Iterable[Correction],
    source: Source,
) -> Applied:
    """``findings`` as they stand once ``corrections`` (those in force, oldest first) are applied to ``source``.

    A correction holds only where its words still stand at its place. Whatever was found there gives way to it; where
    nothing was found, the corrected fact stands all the same.
    """
    facts = {found.document: list(found.facts) for found in findings}
    replaced: dict[str, list[Fact]] = {}
    made: list[Fact] = []
    for correction in latest(corrections).values():
        if not documents or not stands(correction, source):
            continue
        hits = [
            fact
            for some in facts.values()
            for fact in some
            if fact.rule != RULE and _overlap(fact, correction) and fact.id not in correction.beside
        ]
        for fact in hits:
            if fact not in replaced.setdefault(fact.document, []):
                replaced[fact.document].append(fact)
        if correction.after:
            nearest = min(hits, key=lambda f: (f.id != correction.fact, f.start), default=None)
            made.append(_in_place(correction.after, nearest, documents))
    for document, given in replaced.items():
        facts[document] = [fact for fact in facts[document] if fact not in given]
    for fact in made:
        facts.setdefault(fact.document, []).append(fact)
    touched = {*replaced, *(fact.document for fact in made)}
    return Applied(
        tuple(
            _with(found, facts[found.document]) if found.document in touched else found for found in findings
        ),
        tuple((document, tuple(given)) for document, given in replaced.items()),
    )


def taken_off(findings: Sequence[Findings], replaced: Mapping[str, Sequence[Fact]]) -> tuple[Findings, ...]:
    """``findings`` as they were before any correction was applied to them."""
    bare = []
    for found in findings:
        given = replaced.get(found.document, ())
        left = [fact for fact in found.facts if fact.rule != RULE]
        changed = bool(given) or len(left) != len(found.facts)
        bare.append(_with(found, [*left, *given]) if changed else found)
    return tuple(bare)


def stands(correction: Correction, source: Source) -> bool:
    """Whether the words that were judged still stand at their place."""
    return source.text[correction.span.start : correction.span.end] == correction.surface


def corrected(fact: Fact, changes: Mapping[str, str | None]) -> Fact:
    """``fact`` as a person says it is; what had been assumed of the fields that are set is assumed no longer."""
    kept = [f for f in fact.flags if f != FLAG and not f.startswith(tuple(f"{name}_" for name in changes))]
    return replace(fact, rule=RULE, flags=(*kept, FLAG), **changes)  # type: ignore[arg-type]  # keys are JUDGED


def _in_place(fact: Fact, found: Fact | None, documents: Sequence[Document]) -> Fact:
    """The corrected ``fact`` in the document, sentence and section it stands in now."""
    if found:
        said = {name: getattr(fact, name) for name in (*JUDGED, "indicator_spans", "start", "end", "surface")}
        return replace(found, id=fact.id, rule=RULE, flags=fact.flags, **said)
    context = around(documents, fact.start, fact.end)
    if context is None:
        # A place outside every paragraph: the document is told by its span alone.
        holding = [d for d in documents if d.span.start <= fact.start < d.span.end] or [*documents]
        return replace(fact, document=holding[0].id)
    return replace(
        fact, document=context.document, sentence=context.span, path=context.path, role=context.role
    )


def _overlap(fact: Fact, correction: Correction) -> bool:
    return fact.start < correction.span.end and correction.span.start < fact.end


def _with(found: Findings, facts: Sequence[Fact]) -> Findings:
    """``found`` with these facts, in the order of the text and in the measures they stand in."""
    ordered = tuple(sorted(facts, key=lambda f: (f.start, f.end)))
    measures = tuple(
        replace(m, facts=tuple(f.id for f in ordered if m.span.start <= f.start < m.span.end))
        for m in found.measures
    )
    return replace(found, facts=ordered, measures=measures)
