"""The checks of the sources: every number that other numbers bear out or contradict, agreement recorded too."""

from collections.abc import Iterable, Mapping, Sequence

from briefings.compare.across import across
from briefings.compare.arithmetic import formula, judge, shown, shown_gap
from briefings.compare.contradictions import contradictions
from briefings.compare.grids import grids
from briefings.compare.growths import growths
from briefings.compare.ledger import ledger
from briefings.compare.passages import Passage, Term, passages
from briefings.compare.ranks import ranks
from briefings.compare.relation import Relation
from briefings.compare.shares import shares
from briefings.compare.totals import totals
from briefings.compare.wholes import wholes
from briefings.records.check import Check, Statement
from briefings.records.document import Document, Source, Span
from briefings.records.fact import Fact

_FAR_RULES = frozenset(("rate", "rate_of_list"))
_FAR = 25
"""Percentage points: a rate that lies further off was taken of something else (续贷率 is no share of all loans)."""
_OPEN = "；对应关系由名称推断，口径或时段可能不同，不作定论"


def checks(
    documents: Sequence[Document], facts: Sequence[Fact], sources: Mapping[str, Source]
) -> tuple[Check, ...]:
    """The checks of ``documents`` by their ``facts``, in the order of the documents and of the text.

    ``sources`` holds the source of each document by its sha256. Facts of other documents are left out.
    """
    by_document: dict[str, list[Fact]] = {d.id: [] for d in documents}
    for fact in facts:
        if fact.document in by_document:
            by_document[fact.document].append(fact)
    read = {d.id: passages(d, by_document[d.id]) for d in documents}
    by_id = {d.id: d for d in documents}
    known = ledger(documents, [f for own in by_document.values() for f in own], sources)
    entries = {(e.fact.document, e.fact.start): e for e in known.entries}
    found = [r for d in documents for r in _inside(read[d.id])]
    found += [r for d in documents for p in read[d.id] for r in wholes(p, known, entries)]
    found += [r for d in documents for r in grids(d, sources[d.sha256])]
    found += across(known, by_id, sources)
    found += contradictions(known, by_id, sources)
    found += ranks(known)
    order = {d.id: n for n, d in enumerate(documents)}
    found.sort(key=lambda r: (order[r.stated.document], r.stated.span.start))
    made = (_check(r, by_id, sources) for r in _once(found))
    return tuple(c for c in made if c is not None)


def _inside(read: Iterable[Passage]) -> Iterable[Relation]:
    for passage in read:
        yield from shares(passage)
        yield from totals(passage)
        yield from growths(passage)


def _once(relations: Iterable[Relation]) -> Iterable[Relation]:
    """Each number checked once against the same terms, by the first rule that links them."""
    seen = set()
    for relation in relations:
        key = (
            relation.stated.document,
            relation.stated.span,
            frozenset((t.document, t.span) for t in relation.inputs),
        )
        if key not in seen:
            seen.add(key)
            yield relation


def _check(
    relation: Relation, documents: Mapping[str, Document], sources: Mapping[str, Source]
) -> Check | None:
    stated, inputs = relation.stated.quantity, [t.quantity for t in relation.inputs]
    judged = judge(stated, relation.operation, inputs)
    if judged is None:
        return None
    verdict, result, tolerance = judged
    if verdict == "disagrees" and relation.rule in _FAR_RULES and abs(result.value - stated.value) > _FAR:
        return None
    words = formula(stated, relation.operation, inputs, result)
    if verdict != "agrees" and relation.link == "guess":
        return None
    if verdict == "disagrees" and relation.link == "name":
        verdict, words = "cannot", words + _OPEN
    terms = (relation.stated, *relation.inputs)
    return Check(
        id=_key(relation),
        kind=relation.kind,
        verdict=verdict,
        facts=tuple(t.fact.id for t in terms if t.fact is not None),
        documents=tuple(dict.fromkeys(t.document for t in terms)),
        stated=stated.written,
        computed=shown(result.value, stated),
        tolerance=shown_gap(tolerance, stated),
        formula=words,
        statements=_statements(terms, documents, sources),
        rule=relation.rule,
    )


def _key(relation: Relation) -> str:
    import hashlib

    parts = [relation.kind, relation.rule]
    parts += [f"{t.document}:{t.span.start}:{t.span.end}" for t in (relation.stated, *relation.inputs)]
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:12]


def _statements(
    terms: Sequence[Term], documents: Mapping[str, Document], sources: Mapping[str, Source]
) -> tuple[Statement, ...]:
    numbers: dict[tuple[str, Span], list[Span]] = {}
    for term in terms:
        numbers.setdefault((term.document, term.sentence), []).append(term.span)
    return tuple(
        Statement(
            document, span, sources[documents[document].sha256].place(spans[0].start),
            _text(span, sources[documents[document].sha256].text), tuple(spans),
        )
        for (document, span), spans in numbers.items()
    )  # fmt: skip


def _text(span: Span, text: str) -> str:
    return "".join(text[span.start : span.end].splitlines()).strip()
