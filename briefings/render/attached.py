"""What a PDF carries with it as data: every printed fact with its sentence (data.csv), every source (sources.json)."""

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from briefings.records.briefing import Briefing, Citation, SourceList
from briefings.records.fact import Fact
from briefings.render.workbook import BASES, KINDS, STATES, period
from briefings.render.workbook_words import word

DATA, SOURCES = "data.csv", "sources.json"
HEADS = (
    "编号", "单位", "指标", "规范名", "类型", "数值", "上限", "计量单位", "口径", "期间", "范围", "状态", "约数",
    "原文数字", "原句", "位置", "引文", "文件标题", "来源文件", "文件编号", "SHA-256",
)  # fmt: skip
_FORMULA = re.compile(r"[=@\t\r]|[+\-](?!\d)")


@dataclass(frozen=True, slots=True)
class Attached:
    """A file inside the PDF, with what it says of itself in the language of the briefing."""

    name: str
    data: bytes
    description: str


def attached(briefing: Briefing, facts: Iterable[Fact]) -> tuple[Attached, ...]:
    """The files of ``briefing``; without its facts only the sources, without either none."""
    told = _TOLD[briefing.language]
    citations = _citations(briefing)
    printed = set(briefing.facts)
    rows = list(_rows(briefing, (fact for fact in facts if fact.id in printed), citations))
    found = []
    if rows:
        found.append(Attached(DATA, _table([_heads(briefing), *rows]), told[0]))
    if citations:
        found.append(Attached(SOURCES, _listed(briefing, citations), told[1]))
    return tuple(found)


_TOLD = {
    "zh": ("本期刊用的全部数据，一行一个：数值、单位、指标、期间、范围、来源、位置、原句", "本期引用的来源：原句及其在来源文件中的位置"),
    "en": (
        "All data printed in this briefing, one a row: value, unit, indicator, period, scope, source, place, sentence",
        "The sources cited: each sentence and its place in the source file",
    ),
}  # fmt: skip


def _citations(briefing: Briefing) -> list[Citation]:
    return [entry for block in briefing.blocks if isinstance(block, SourceList) for entry in block.entries]


def _heads(briefing: Briefing) -> list[str]:
    return [word(head, briefing.language) for head in HEADS]


def _rows(briefing: Briefing, facts: Iterable[Fact], citations: list[Citation]) -> Iterator[list[str]]:
    """One row a fact, in the order they are given."""
    by_document: dict[str, list[Citation]] = {}
    for citation in (*citations, *briefing.statements):
        by_document.setdefault(citation.document, []).append(citation)
    language = briefing.language
    for fact in facts:
        known = by_document.get(fact.document, [])
        held = next((c for c in known if c.span.start <= fact.start and fact.end <= c.span.end), None)
        of = held or (known[0] if known else None)
        yield [
            fact.id,
            of.issuer if of else "",
            fact.indicator,
            fact.canonical or "",
            word(KINDS[fact.kind], language),
            fact.value,
            fact.value_high or "",
            fact.unit or "",
            word(BASES.get(fact.basis or "", fact.basis or ""), language),
            period(fact.period, language) if fact.period else (of.period if of else ""),
            fact.scope or "",
            word(STATES[fact.status], language),
            fact.hedge or "",
            fact.surface,
            held.sentence if held else "",
            held.place if held else "",
            f"[{held.n}]" if held and held.n else "",
            of.title if of else "",
            of.source_name if of else "",
            fact.document,
            of.sha256 if of else "",
        ]


def _table(rows: list[list[str]]) -> bytes:
    """The rows as spreadsheets open them: UTF-8 with its mark, and nothing that they would take for a formula."""
    text = io.StringIO()
    csv.writer(text).writerows([_text(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def _text(cell: str) -> str:
    return "'" + cell if _FORMULA.match(cell) else cell


def _listed(briefing: Briefing, citations: list[Citation]) -> bytes:
    told = {
        "briefing": briefing.id,
        "title": briefing.title,
        "period": briefing.period,
        "as_of": briefing.as_of,
        "sources": [
            {
                "n": c.n,
                "title": c.title,
                "issuer": c.issuer,
                "period": c.period,
                "document": c.document,
                "file": c.source_name,
                "sha256": c.sha256,
                "place": c.place,
                "start": c.span.start,
                "end": c.span.end,
                "sentence": c.sentence,
            }
            for c in citations
        ],
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
