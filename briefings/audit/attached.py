"""Prove what a PDF carries with it as data: each number of its table by its fact, each sentence by its citation."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from typing import Any

from briefings.audit.expected import entries
from briefings.records.briefing import Briefing
from briefings.records.edition import Finding
from briefings.records.fact import Fact

DATA, SOURCES = "data.csv", "sources.json"
_ID, _SENTENCE = 0, 14
_TOLD = {5: "value", 6: "value_high", 7: "unit", 2: "indicator", 10: "scope", 13: "surface", 19: "document"}
"""The columns of the table that are fields of a fact, by their places."""


def attached_faults(
    file: str, data: bytes, briefing: Briefing, facts: Iterable[Fact]
) -> tuple[int, tuple[Finding, ...]]:
    """How many numbers the files inside a PDF tell, and a finding for each that is not as in the briefing.

    A PDF that carries nothing has nothing to prove. Raises ``ValueError`` for bytes that are no PDF.
    """
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            within = {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
            listed = [str(spec.UF) for spec in pdf.Root.get("/AF", pikepdf.Array())]
    except pikepdf.PdfError as error:
        raise ValueError(f"不是可读的 PDF：{error}") from error
    findings = [
        Finding(file, f"附件 {name}", "", name, "附件应恰好登记一次")
        for name in sorted({*within, *listed})
        if listed.count(name) != 1 or name not in within
    ]
    count = 0
    if DATA in within:
        rows = _rows(within[DATA])
        count = len(rows)
        findings += _table(file, rows, briefing, {fact.id: fact for fact in facts})
    if SOURCES in within:
        findings += _sources(file, within[SOURCES], briefing)
    return count, tuple(findings)


def _rows(data: bytes) -> list[list[str]]:
    text = data.decode("utf-8-sig", errors="replace")
    return list(csv.reader(io.StringIO(text, newline="")))[1:]


def _table(file: str, rows: list[list[str]], briefing: Briefing, facts: dict[str, Fact]) -> Iterator[Finding]:
    sentences = {entry.sentence for entry in (*entries(briefing), *briefing.statements)} | {""}
    seen: list[str] = []
    for number, row in enumerate(rows, 2):
        place = f"附件 {DATA} 第{number}行"
        fact = facts.get(row[_ID]) if len(row) > max(_TOLD) else None
        if fact is None or fact.id not in briefing.facts:
            yield Finding(file, place, "", "，".join(row)[:60], "这一行不是本期刊用的数据")
            continue
        seen.append(fact.id)
        for column, field in _TOLD.items():
            wanted = getattr(fact, field) or ""
            if _plain(row[column]) != _plain(wanted):
                yield Finding(
                    file, place, row[column], fact.surface, f"附件里是“{row[column]}”，数据是“{wanted}”"
                )
        if _plain(row[_SENTENCE]) not in map(_plain, sentences):
            yield Finding(file, place, "", row[_SENTENCE][:60], "附件里的原句不在来源里")
    for missing in sorted(set(briefing.facts) - set(seen)):
        yield Finding(file, f"附件 {DATA}", "", missing, "本期刊用的数据没有附上")
    for twice in sorted({id_ for id_ in seen if seen.count(id_) > 1}):
        yield Finding(file, f"附件 {DATA}", "", twice, "同一数据附了不止一次")


def _plain(cell: str) -> str:
    """A cell without the mark that keeps spreadsheets from taking it for a formula; ends of lines alike."""
    return cell.removeprefix("'").replace("\r\n", "\n").replace("\r", "\n")


def _sources(file: str, data: bytes, briefing: Briefing) -> Iterator[Finding]:
    try:
        told: list[dict[str, Any]] = json.loads(data)["sources"]
        given = {
            (one["n"], one["sentence"], one["sha256"], one["start"], one["end"], one["place"]) for one in told
        }
    except (ValueError, LookupError, TypeError) as error:
        yield Finding(file, f"附件 {SOURCES}", "", "", f"附件读不出来：{error}")
        return
    wanted = {(c.n, c.sentence, c.sha256, c.span.start, c.span.end, c.place) for c in entries(briefing)}
    for one in sorted(given ^ wanted, key=str):
        reason = "附件里的来源不在本期的来源里" if one in given else "本期的来源没有附上"
        yield Finding(file, f"附件 {SOURCES}", str(one[0]), str(one[1])[:60], reason)
