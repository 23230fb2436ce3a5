"""Prove a briefing before it is laid out: each number by its fact or formula, each quotation by its source."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from briefings.audit import english, values
from briefings.audit.arithmetic import disagreement
from briefings.audit.corrected import correction_fault
from briefings.audit.expected import drawn, entries, line_text, sides
from briefings.audit.figures import chart_faults
from briefings.audit.furniture import without_furniture
from briefings.audit.surfaces import surface_fault
from briefings.audit.tokens import NUMBER, has_number, settled
from briefings.audit.verbatim import is_verbatim
from briefings.records.briefing import (
    Block,
    Briefing,
    Bullets,
    Callout,
    Citation,
    Cite,
    Computed,
    Figure,
    Heading,
    Line,
    Paragraph,
    Quotation,
    Quote,
    Table,
    Tiles,
    Value,
    Words,
)
from briefings.records.correction import Correction, chains
from briefings.records.document import Document, Span
from briefings.records.edition import Finding
from briefings.records.fact import Fact


@dataclass(frozen=True, slots=True)
class Part:
    """Lines that are read together, so that a citation in one of them stands for all: a paragraph, a row, a key figure.

    ``words`` are texts without pieces: headings, headers, labels. ``after`` is printed right after every value, ``cites``
    are citations nearby that count as well.
    """

    place: str
    lines: tuple[Line, ...] = ()
    words: tuple[str, ...] = ()
    after: str = ""
    cites: tuple[Cite, ...] = ()


@dataclass(slots=True)
class Case:
    """Everything a proof is made from, and what has been found against the briefing so far."""

    briefing: Briefing
    facts: Mapping[str, Fact]
    documents: Mapping[str, Document]
    texts: Mapping[str, str]
    computed: dict[str, Computed]
    citations: dict[int, Citation]
    names: tuple[str, ...] = ()
    corrections: Mapping[str, tuple[Correction, ...]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)

    def hold(self, place: str, number: str, context: str, reason: str) -> None:
        """Add a finding."""
        self.findings.append(Finding(self.briefing.id, place, number, context, reason))

    def source(self, document: str, span: Span) -> str | None:
        """The source's text at ``span``; None when the document or the place does not exist."""
        known = self.documents.get(document)
        text = self.texts.get(known.sha256) if known else None
        return text[span.start : span.end] if text is not None and span.end <= len(text) else None


def prove(
    briefing: Briefing,
    facts: Mapping[str, Fact],
    documents: Mapping[str, Document],
    texts: Mapping[str, str],
    corrections: Iterable[Correction] = (),
) -> tuple[Finding, ...]:
    """Everything in ``briefing`` that its facts, formulas and sources do not bear out; empty when all is proved.

    ``facts`` and ``documents`` are by id, ``texts`` the sources' settled texts by sha256. ``corrections`` are those in
    force, oldest first: a value that does not stand in its words is proved by nothing else.
    """
    cited = entries(briefing)
    computed = {item.id: item for item in briefing.computed}
    numbered = {entry.n: entry for entry in cited}
    chain = chains(corrections)
    names = _names(briefing, facts, documents, chain)
    case = Case(briefing, facts, documents, texts, computed, numbered, names, chain)
    for item in briefing.computed:
        if reason := disagreement(item, facts):
            case.hold(f"算式 {item.id}", item.value, item.operation, reason)
    _prove_citations(case, cited)
    for entry in briefing.statements:
        _prove_stands(case, "未引用的原句", entry)
    terms = (id_ for item in briefing.computed for id_ in item.inputs if id_ in facts)
    for id_ in dict.fromkeys((*briefing.facts, *terms)):
        _prove_surface(case, id_)
    for block in briefing.blocks:
        for part in _parts(block):
            _prove_part(case, part)
        if isinstance(block, Figure):
            _prove_figure(case, block)
    _prove_words(case, "副题", briefing.subtitle, ())
    return tuple(dict.fromkeys(case.findings))


def _names(
    briefing: Briefing,
    facts: Mapping[str, Fact],
    documents: Mapping[str, Document],
    corrections: Mapping[str, tuple[Correction, ...]],
) -> tuple[str, ...]:
    """Names that hold figures: titles, issuers, files, indicators, and the reasons that people give for a correction.

    A figure inside a name is no data. Longest first.
    """
    found = [briefing.title, briefing.office, *(briefing.masthead.words if briefing.masthead else ())]
    for chain in corrections.values():
        found += [
            text
            for one in chain
            for text in (
                *(f"理由：{one.reason}", f"更正人{one.author}", f"更正{one.id}"),
                *(f"reason: {one.reason}", f"Correction {one.id} by {one.author}"),
            )
        ]
    for document in documents.values():
        found += [document.name, document.title.value]
        found += [a.value for a in (document.issuer, document.place) if a]
        if document.issuer and document.place:
            found.append(document.issuer.value.removeprefix(document.place.value))
    for fact in facts.values():
        found += [fact.indicator, fact.canonical or "", fact.scope or ""]
    telling = {settled(name) for name in found if has_number(name) and sum(map(str.isalpha, name)) >= 2}
    telling |= {settled(briefing.previous)} - {""}
    return tuple(sorted(telling, key=lambda name: (-len(name), name)))


def _bare(case: Case, text: str) -> str:
    """``text`` with names and furniture blanked out, every character in its place."""
    text = settled(text)
    for name in case.names:
        text = text.replace(name, "\u3000" * len(name))
    return without_furniture(text)


def _parts(block: Block) -> Iterator[Part]:
    match block:
        case Heading():
            yield Part(f"标题“{block.text}”", words=(block.text,))
        case Paragraph():
            yield Part("段落", (block.line,))
        case Bullets():
            yield from (Part("列表", (item,)) for item in block.items)
        case Tiles():
            for tile in block.items:
                # The value and the note are told apart: the unit follows the value only.
                place = f"关键数字“{tile.label}”"
                cited = tuple(piece for piece in tile.note if isinstance(piece, Cite))
                yield Part(place, ((tile.value,),), (tile.label, tile.unit), tile.unit, cited)
                yield Part(place, (tile.note,))
        case Callout():
            yield Part(f"提示“{block.head}”", words=(block.head,))
            yield from (Part(f"提示“{block.head}”", (item,)) for item in block.items)
        case Quotation():
            yield Part("引文", (block.line, block.attribution))
        case Table():
            place = f"表{block.number}"
            headers = tuple(column.header for column in block.columns)
            yield Part(f"{place} 表头", words=(block.caption, *headers))
            yield from (Part(f"{place} 第{n}行", row) for n, row in enumerate(block.rows, 1))
            yield Part(f"{place} 注", (block.note,))
        case Figure():
            place = f"图{block.number}"
            yield Part(place, (block.title, block.note), (block.subtitle, *sides(block)))
        case _:
            pass


def _prove_part(case: Case, part: Part) -> None:
    for text in part.words:
        _prove_words(case, part.place, text, ())
    for line in part.lines:
        before = ""
        for at, piece in enumerate(line):
            match piece:
                case Words():
                    _prove_words(case, part.place, piece.text, (before, line_text(line)))
                case Value():
                    after = line_text(line[at + 1 :]) or part.after
                    _prove_value(case, part.place, piece, before, after, part.after)
                case Quote():
                    _prove_quote(case, part.place, piece)
                case Cite():
                    if piece.n not in case.citations:
                        case.hold(part.place, str(piece.n), line_text(line), "引文编号在来源里没有")
            before += line_text((piece,))
    cited = [piece.n for line in (*part.lines, part.cites) for piece in line if isinstance(piece, Cite)]
    entries_cited = [case.citations[n] for n in cited if n in case.citations]
    for piece in (piece for line in part.lines for piece in line):
        if isinstance(piece, Value) and (fact := case.facts.get(piece.source)):
            home = case.documents.get(fact.document)
            if not any(
                home is not None
                and entry.sha256 == home.sha256
                and entry.span.start <= fact.start
                and fact.end <= entry.span.end
                for entry in entries_cited
            ):
                case.hold(part.place, piece.text, fact.surface, "这个数旁边没有引到它的原句")


def _prove_value(case: Case, place: str, value: Value, before: str, after: str, unit: str) -> None:
    context = f"{before[-18:]}【{value.text}】{after[:18]}"
    told = english if case.briefing.language == "en" else values
    shown = f"{value.text} {unit}" if told is english and unit not in ("", "%") else value.text + unit
    if value.source in case.computed:
        if reason := told.computed_fault(shown, case.computed[value.source], case.facts, before):
            case.hold(place, value.text, context, reason)
    elif value.source in case.facts:
        _prove_surface(case, value.source)
        if reason := told.fact_fault(shown, case.facts[value.source], before, after):
            case.hold(place, value.text, context, reason)
    else:
        case.hold(place, value.text, context, f"数据 {value.source} 不存在")


def _prove_surface(case: Case, id_: str) -> None:
    fact = case.facts.get(id_)
    if fact is None:
        case.hold("数据", "", id_, "刊用的数据不存在")
        return
    stands = case.source(fact.document, Span(fact.start, fact.end))
    if stands != fact.surface:
        case.hold("数据", fact.value, id_, f"原文此处是“{stands or ''}”，不是“{fact.surface}”")
        return
    chain = case.corrections.get(id_, ())
    reason = correction_fault(fact, chain, case.documents.get(fact.document))
    if reason is None and not chain:
        reason = surface_fault(fact)
    if reason:
        case.hold("数据", fact.value, id_, reason)


def _prove_quote(case: Case, place: str, quote: Quote) -> None:
    stands = case.source(quote.document, quote.span)
    if stands is None:
        case.hold(place, "", quote.text, "引文所指的文件或位置不存在")
    elif not is_verbatim(quote.text, stands):
        case.hold(place, "", quote.text, f"引文与原文不符，原文是“{stands}”")


def _prove_citations(case: Case, cited: tuple[Citation, ...]) -> None:
    seen: set[int] = set()
    for entry in cited:
        place = f"来源[{entry.n}]"
        if entry.n in seen:
            case.hold(place, str(entry.n), entry.sentence, "引文编号重复")
        seen.add(entry.n)
        _prove_stands(case, place, entry)


def _prove_stands(case: Case, place: str, entry: Citation) -> None:
    document = case.documents.get(entry.document)
    stands = case.source(entry.document, entry.span)
    if document is None or document.sha256 != entry.sha256 or stands is None:
        case.hold(place, "", entry.sentence, "来源的文件或位置不存在")
    elif not is_verbatim(entry.sentence, stands):
        case.hold(place, "", entry.sentence, f"来源与原文不符，原文是“{stands}”")


def _prove_words(case: Case, place: str, text: str, around: tuple[str, ...]) -> None:
    # A date may be put together from several pieces; the number counts as furniture if it is so in the whole line.
    rest = _bare(case, text)
    for number in NUMBER.finditer(rest):
        if around:
            at = len(settled(around[0])) + number.start()
            if not NUMBER.search(_bare(case, around[1])[at : at + len(number[0])]):
                continue
        case.hold(place, number[0], text, "自己的话里有数，却没有来源")


def _prove_figure(case: Case, figure: Figure) -> None:
    place = f"图{figure.number}"
    for number, reason in chart_faults(figure, case.facts, case.computed, case.briefing.language):
        case.hold(place, number, figure.alt, reason)
    known = {number for text in drawn(figure) for number in NUMBER.findall(settled(text))}
    for number in NUMBER.findall(_bare(case, figure.alt)):
        if number not in known:
            case.hold(f"{place} 替代文字", number, figure.alt, "图里没有这个数")
