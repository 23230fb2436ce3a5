"""What a file says, held against the briefing it was made from (checks 6, 30 to 33 and 40)."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from briefings.inspect.decided import citations, headings, pieces, squeezed
from briefings.inspect.verdicts import counted, judged, not_applicable, not_run
from briefings.records.briefing import Briefing, Cite, Quote, Value
from briefings.records.fact import Fact
from briefings.records.inspection import Beside, Result, Spot

LEAST = 3
"""A rank is computed among so many at least."""
PASSED_OVER = 80
"""A line of the source that a quotation may pass over (a page number between two pages) is at most so long."""
_POINTS = re.compile(r"百分点|percentage point|\bpp\b")
_QUOTES = re.compile("[“”‘’「」『』\"']")
_CITED = re.compile(r"\[(\d{1,4})\]")


def extracts(text: str, beside: Beside, *, numbered: bool = True) -> Result:
    """Check 6: ``text``, read back from the file in its order, holds every heading, number and quotation.

    ``numbered`` says whether the headings' numbers are part of the text (Word makes them itself).
    """
    said = squeezed(text)
    briefing = beside.briefing
    if briefing is None:
        unknown = sum(c == "\ufffd" or "\ue000" <= c <= "\uf8ff" for c in said)
        spots = [Spot("in all", counted(unknown, "unknown character"))] if unknown else []
        return judged(6, spots, counted(len(said), "character") + ", no edition to hold them against")
    sought = [("heading", (h.number if numbered else "") + h.text) for h in headings(briefing)]
    sought += [("number", p.text) for _, p in pieces(briefing) if isinstance(p, Value)]
    sought += [("quotation", p.text) for _, p in pieces(briefing) if isinstance(p, Quote)]
    kinds = Counter(kind for kind, _ in sought)
    spots = [
        Spot(kind, words[:60]) for kind, words in dict.fromkeys(sought) if not _within(squeezed(words), said)
    ]
    return judged(6, spots, ", ".join(counted(count, kind) for kind, count in kinds.items()))


def _within(words: str, said: str) -> bool:
    """Whether ``words`` stand in ``said``; quotation marks may have changed their form."""
    return words in said or _QUOTES.sub('"', words) in _QUOTES.sub('"', said)


def proofs(text: str, links: set[tuple[int, int]], beside: Beside) -> tuple[Result, ...]:
    """Checks 30 to 33 and 40. ``links`` are the file's citations: the number printed, and the entry it leads to."""
    briefing = beside.briefing
    if briefing is None:
        return tuple(not_run(number, beside.why) for number in (30, 31, 32, 33, 40))
    return (
        _audited(beside),
        judged(31, _cited(briefing, links, squeezed(text)), f"{counted(len(links), 'link')} to {counted(len(citations(briefing)), 'entry', 'entries')}"),
        _verbatim(briefing, beside),
        _points(briefing, beside),
        _ranks(briefing, beside),
    )  # fmt: skip


def _audited(beside: Beside) -> Result:
    report = beside.audit
    if report is None:
        return not_run(30, "the file was not audited")
    spots = (Spot(f.place, f"{f.number}: {f.reason} {f.context}"[:90]) for f in report.findings)
    return judged(30, spots, counted(report.numbers, "number") + " read back")


def _cited(briefing: Briefing, links: set[tuple[int, int]], said: str) -> Iterator[Spot]:
    entries = {entry.n for entry in citations(briefing)}
    cites = {piece.n: where for where, piece in pieces(briefing) if isinstance(piece, Cite)}
    yield from (Spot(where, f"[{n}] has no entry") for n, where in sorted(cites.items()) if n not in entries)
    yield from (Spot("sources", f"[{n}] is cited nowhere") for n in sorted(entries - set(cites)))
    printed = {int(number) for number in _CITED.findall(said)}
    yield from (Spot("file", f"[{n}] is not printed") for n in sorted(set(cites) - printed))
    yield from (Spot("file", f"[{n}] leads to entry {to}") for n, to in sorted(links) if n != to)
    linked = {n for n, _ in links}
    yield from (Spot("file", f"[{n}] is no link") for n in sorted(set(cites) & entries - linked))


def _verbatim(briefing: Briefing, beside: Beside) -> Result:
    quotes = [(where, piece) for where, piece in pieces(briefing) if isinstance(piece, Quote)]
    if not quotes:
        return not_applicable(32, "the briefing quotes nothing")
    spots = []
    for where, quote in quotes:
        source = beside.texts.get(beside.documents.get(quote.document, ""), "")
        if not _is_verbatim(quote.text, source[quote.span.start : quote.span.end]):
            spots.append(Spot(where, quote.text[:60]))
    return judged(32, spots, counted(len(quotes), "quotation"))


def _is_verbatim(words: str, source: str) -> bool:
    said = _one_form(words)
    rows = [row for row in map(_one_form, source.splitlines()) if row]
    if said == "".join(rows):
        return True
    at = 0
    for number, row in enumerate(rows):
        if said.startswith(row, at):
            at += len(row)
        elif number in (0, len(rows) - 1) or len(row) > PASSED_OVER:
            return False
    return bool(rows) and at == len(said)


def _one_form(text: str) -> str:
    return _QUOTES.sub('"', squeezed(text))


def _points(briefing: Briefing, beside: Beside) -> Result:
    """Each printed number that was computed from rates alone, or is a rate itself, by what it is called."""
    computed = {item.id: item for item in briefing.computed}
    spots = []
    seen = 0
    for where, piece in pieces(briefing):
        item = computed.get(piece.source) if isinstance(piece, Value) else None
        if item is None or not isinstance(piece, Value):
            continue
        units = {fact.unit for name in item.inputs if (fact := beside.facts.get(name))}
        if item.operation in ("difference", "gap_to_mean") and units == {"%"}:
            seen += 1
            if "%" in piece.text or not _POINTS.search(f"{item.unit or ''} {piece.text}"):
                spots.append(Spot(where, f"{piece.text}: the difference of two rates"))
        elif item.operation in ("growth", "percent", "cagr"):
            seen += 1
            if _POINTS.search(piece.text):
                spots.append(Spot(where, f"{piece.text}: {item.operation} is in percent"))
    if not seen:
        return not_applicable(33, "the briefing computes no rate and no difference of rates")
    return judged(33, spots, counted(seen, "number"))


def _ranks(briefing: Briefing, beside: Beside) -> Result:
    ranks = {item.id: item for item in briefing.computed if item.operation in ("rank", "rank_low")}
    if not ranks:
        return not_applicable(40, "the briefing computes no rank")
    spots = [
        Spot("computed", f"rank {item.value} among {len(item.inputs)}")
        for item in ranks.values()
        if len(item.inputs) < LEAST
    ]
    printed = 0
    for where, piece in pieces(briefing):
        if isinstance(piece, Value) and piece.source in ranks:
            printed += 1
            tied = _tied([beside.facts[name] for name in ranks[piece.source].inputs if name in beside.facts])
            said = re.search(r"并列|tie|joint|=", piece.text) is not None
            if tied != said:
                spots.append(
                    Spot(where, f"{piece.text}: {'a tie is not said' if tied else 'there is no tie'}")
                )
    return judged(40, spots, f"{counted(len(ranks), 'rank')}, {printed} printed")


def _tied(facts: list[Fact]) -> bool:
    """Whether another fact has the value and unit of the first."""
    return any(_same(facts[0], other) for other in facts[1:])


def _same(one: Fact, other: Fact) -> bool:
    try:
        return one.unit == other.unit and Decimal(one.value) == Decimal(other.value)
    except InvalidOperation:
        return False
