"""Read a workbook back: each row by the fact, formula, source or table row it shows."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from briefings.audit.expected import again, dates, entries, line_text
from briefings.audit.furniture import without_furniture
from briefings.audit.tokens import NUMBER, settled, squeezed
from briefings.records.briefing import (
    BarChart,
    Briefing,
    Cite,
    Figure,
    Line,
    Table,
    Tiles,
)
from briefings.records.edition import AuditReport, Finding
from briefings.records.fact import Fact

if TYPE_CHECKING:
    from lxml.etree import _Element

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_SIGNS = str.maketrans("−", "-")
_BLANK = ("", "…")


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell: its address, what it shows, and its number as stored where it is one."""

    address: str
    text: str
    number: str | None = None
    formula: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """What a row may say: its stored numbers in order, and the texts its words may be taken from."""

    origin: str
    numbers: tuple[str, ...]
    texts: tuple[str, ...]


def check_workbook(file: str, data: bytes, briefing: Briefing, facts: Sequence[Fact]) -> AuditReport:
    """The audit of a workbook. Raises ``ValueError`` for bytes that are no workbook."""
    rules = _rules(briefing, facts)
    rows = Counter(_table_rows(briefing))
    common = _common(briefing)
    origins: Counter[str] = Counter()
    findings: list[Finding] = []
    for sheet, row in _rows(data):
        count = sum(len(NUMBER.findall(settled(cell.text))) for cell in row)
        findings += (
            Finding(file, f"{sheet}!{cell.address}", cell.text, cell.text, "单元格里是公式，没有记录")
            for cell in row
            if cell.formula
        )
        if not count:
            continue
        said = tuple(_plain(cell.text) for cell in row if _plain(cell.text) not in _BLANK)
        rule = next((rules[cell.text] for cell in row if cell.text in rules), None)
        if rows[said] > 0:
            rows[said] -= 1
            origins["table"] += count
            continue
        held = list(_by_rule(row, rule, common)) if rule else list(_by_words(row, common))
        origins[rule.origin if rule else "words"] += max(count - len(held), 0)
        for cell, number, reason in held:
            context = " | ".join(other.text for other in row if other.text)[:120]
            findings.append(Finding(file, f"{sheet}!{cell.address}", number, context, reason))
    total = sum(origins.values()) + len(findings)
    return AuditReport(file, total, tuple(sorted((+origins).items())), tuple(findings))


def _by_rule(row: Sequence[Shown], rule: Rule, common: Sequence[str]) -> Iterable[tuple[Shown, str, str]]:
    stored = [cell for cell in row if cell.number is not None]
    numbers = [_decimal(cell.number or "") for cell in stored]
    if numbers != [_decimal(number) for number in rule.numbers]:
        for cell, wanted in zip(stored, [*rule.numbers, *[""] * len(stored)], strict=False):
            if _decimal(cell.number or "") != _decimal(wanted):
                yield cell, cell.text, f"此处应为 {wanted or '空'}"
        if len(stored) < len(rule.numbers):
            yield row[0], "", f"少了数：应有 {'、'.join(rule.numbers)}"
    allowed = {_plain(text) for text in rule.texts}
    for cell in row:
        if cell.number is None and cell.text and _plain(cell.text) not in allowed:
            yield from _by_words((cell,), (*common, *rule.texts))


def _by_words(row: Sequence[Shown], phrases: Sequence[str]) -> Iterable[tuple[Shown, str, str]]:
    known = sorted({_plain(phrase) for phrase in phrases if phrase}, key=len, reverse=True)
    for cell in row:
        rest = _plain(cell.text)
        if cell.number is None:
            for phrase in known:
                if phrase in rest:
                    rest = re.sub(rf"(?<!\d){re.escape(phrase)}(?!\d)", "\u3000", rest)
            rest = without_furniture(rest)
        for number in NUMBER.findall(rest):
            yield cell, number, "这一行不是简报里的数据、算式、来源或表格"


def _rules(briefing: Briefing, facts: Sequence[Fact]) -> dict[str, Rule]:
    """Rules by the text of the cell that names them: a fact's id, a formula's id, [n], a bar's source, a heatmap's row."""
    rules: dict[str, Rule] = {}
    cited = entries(briefing)
    for figure in (block for block in briefing.blocks if isinstance(block, Figure)):
        if isinstance(figure.chart, BarChart):
            if figure.chart.mean is not None:
                rules["均值"] = Rule("chart", (f"{figure.chart.mean!r}",), ())
        else:
            for name, counts in zip(figure.chart.rows, figure.chart.counts, strict=True):
                rules[name] = Rule("chart", tuple(map(str, counts)), ())
    for item in briefing.computed:
        texts = (item.id, item.unit or "", *item.inputs, "、".join(item.inputs))
        rules[item.id] = Rule("computed", (item.value, str(item.digits)), texts)
    for entry in cited:
        texts = (entry.sentence, entry.title, entry.issuer, entry.period, entry.source_name, entry.place)
        ends = (str(entry.span.start), str(entry.span.end))
        rules[f"[{entry.n}]"] = Rule("source", ends, (*texts, entry.document, entry.sha256, f"[{entry.n}]"))
    for fact in facts:
        numbers = tuple(value for value in (fact.value, fact.value_high) if value)
        held = [
            entry
            for entry in (*cited, *briefing.statements)
            if entry.document == fact.document
            and entry.span.start <= fact.start
            and fact.end <= entry.span.end
        ]
        texts = tuple(
            text
            for text in (
                *(
                    fact.id,
                    fact.document,
                    fact.surface,
                    fact.indicator,
                    fact.canonical,
                    fact.unit,
                    fact.scope,
                ),
                *(
                    fact.basis,
                    fact.period,
                    fact.rule,
                    "、".join(fact.flags),
                    " › ".join(fact.path),
                    *fact.path,
                ),
                *(text for e in held for text in (e.sentence, e.place, f"[{e.n}]", e.issuer, e.title)),
            )
            if text
        )
        rules[fact.id] = Rule("fact", (*numbers, str(fact.start), str(fact.end)), texts)
    for figure in (block for block in briefing.blocks if isinstance(block, Figure)):
        for bar in figure.chart.bars if isinstance(figure.chart, BarChart) else ():
            # The row of a bar says its own label before the id that is also a fact's.
            rules[bar.label] = Rule("chart", (repr(bar.value),), (bar.label, bar.source, bar.text))
    return rules


def _table_rows(briefing: Briefing) -> Iterable[tuple[str, ...]]:
    """The rows of the briefing's tables and key figures as a sheet may show them: with the citations or without."""
    for block in briefing.blocks:
        if isinstance(block, Tiles):
            for tile in block.items:
                yield _row(((tile.value,), tile.note), before=(tile.label,), middle=tile.unit)
        elif isinstance(block, Table):
            for row in block.rows:
                yield _row(row)


def _row(lines: Iterable[Line], before: tuple[str, ...] = (), middle: str = "") -> tuple[str, ...]:
    lines = tuple(lines)
    texts = [*before, *(_cell(line) for line in lines)]
    if middle:
        texts.insert(len(before) + 1, middle)
    return tuple(text for text in map(_plain, texts) if text not in _BLANK)


def _cell(line: Line) -> str:
    """A cell with one number only leaves its citations to its link."""
    rest = tuple(piece for piece in line if not isinstance(piece, Cite))
    whole = line_text(rest)
    alone = len(rest) == 1 and re.fullmatch(r"[+\-−]?\d+(\.\d+)?\D*", whole)
    return whole if alone else line_text(line)


def _common(briefing: Briefing) -> tuple[str, ...]:
    figures = [block for block in briefing.blocks if isinstance(block, Figure)]
    tables = [block for block in briefing.blocks if isinstance(block, Table)]
    return (
        *again(briefing),
        *dates(briefing.as_of),
        briefing.id,
        briefing.period,
        *(figure.subtitle for figure in figures),
        *(line_text(figure.title) for figure in figures),
        *(f"图{figure.number}" for figure in figures),
        *(part for table in tables for part in (table.caption, line_text(table.note), f"表{table.number}")),
        *(name for f in figures if not isinstance(f.chart, BarChart) for name in f.chart.columns),
        "100×a÷b",
        "×100",
        "从0数起",
    )


def _rows(data: bytes) -> Iterable[tuple[str, list[Shown]]]:
    """Every row of every sheet, hidden ones too, with what its cells show."""
    from lxml import etree

    try:
        package = ZipFile(BytesIO(data))
        parts = {name: package.read(name) for name in package.namelist() if name.endswith((".xml", ".rels"))}
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        roots = {name: etree.fromstring(part, parser) for name, part in parts.items()}
        book, links = roots["xl/workbook.xml"], roots["xl/_rels/workbook.xml.rels"]
    except (BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        raise ValueError(f"不是可读的工作簿：{error}") from error
    strings = (
        [_string(item) for item in roots["xl/sharedStrings.xml"]] if "xl/sharedStrings.xml" in roots else []
    )
    patterns = _patterns(roots.get("xl/styles.xml"))
    targets = {link.get("Id"): str(link.get("Target")) for link in links}
    for sheet in book.iter(f"{_S}sheet"):
        target = targets[sheet.get(f"{_R}id")]
        name = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        for row in roots[name].iter(f"{_S}row"):
            yield str(sheet.get("name")), [_shown(cell, strings, patterns) for cell in row.iter(f"{_S}c")]


def _shown(cell: "_Element", strings: Sequence[str], patterns: Mapping[int, str]) -> Shown:
    address = str(cell.get("r"))
    formula = cell.find(f"{_S}f") is not None
    value = cell.findtext(f"{_S}v") or ""
    kind = cell.get("t", "n")
    if kind == "s":
        return Shown(address, strings[int(value)], None, formula)
    if kind == "inlineStr":
        return Shown(address, _string(cell), None, formula)
    if kind != "n" or not value:
        return Shown(address, value, None, formula)
    return Shown(address, displayed(value, patterns.get(int(cell.get("s", "0")), "")), value, formula)


def displayed(value: str, pattern: str) -> str:
    """A stored number as its number format shows it: decimals, sign and words in quotation marks."""
    number = _decimal(value)
    if number is None:
        return value
    sections = pattern.split(";")
    at = 1 if number < 0 and len(sections) > 1 else 2 if number == 0 and len(sections) > 2 else 0
    match = re.search(r"0(?:\.(0+))?", sections[at])
    if not match:
        return value
    places = len(match[1] or "")
    digits = f"{abs(number):.{places}f}" if abs(number) == round(abs(number), places) else str(abs(number))
    before, after = sections[at][: match.start()], sections[at][match.end() :]
    sign = "-" if number < 0 and len(sections) == 1 else ""
    return sign + before.replace('"', "") + digits + after.replace('"', "")


def _patterns(styles: "_Element | None") -> dict[int, str]:
    if styles is None:
        return {}
    codes = {int(f.get("numFmtId", "0")): str(f.get("formatCode")) for f in styles.iter(f"{_S}numFmt")}
    codes |= {1: "0", 2: "0.00"}
    formats = styles.find(f"{_S}cellXfs")
    return {
        n: codes.get(int(f.get("numFmtId", "0")), "")
        for n, f in enumerate(formats if formats is not None else ())
    }


def _string(item: "_Element") -> str:
    return "".join(part.text or "" for part in item.iter(f"{_S}t"))


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _plain(text: str) -> str:
    return squeezed(text).translate(_SIGNS)
