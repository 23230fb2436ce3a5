"""Read a workbook back: each row by the fact, formula, source or table row it shows."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import TYPE_CHECKING, assert_never
from zipfile import BadZipFile, ZipFile

from briefings.audit.expected import again, dates, entries, line_text, sides
from briefings.audit.formulas import formula_fault
from briefings.audit.furniture import without_furniture
from briefings.audit.tokens import NUMBER, settled, squeezed
from briefings.records.briefing import (
    BarChart,
    Briefing,
    Bullet,
    Chart,
    Cite,
    Dumbbell,
    Figure,
    Heatmap,
    Line,
    LineChart,
    Slope,
    SmallMultiples,
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
    formula: str | None = None


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
    charts = Counter(_chart_rows(briefing))
    formulas = {item.id: item for item in briefing.computed}
    known = {fact.id: fact for fact in facts}
    common = _common(briefing)
    origins: Counter[str] = Counter()
    findings: list[Finding] = []
    for sheet, row in sheet_rows(data):
        count = sum(len(NUMBER.findall(settled(cell.text))) for cell in row)
        item = next((formulas[cell.text] for cell in row if cell.text in formulas), None)
        for cell in row:
            if cell.formula is not None:
                reason = formula_fault(cell.formula, item, known) if item else "单元格里是公式，没有记录"
                if reason:
                    findings.append(
                        Finding(file, f"{sheet}!{cell.address}", cell.text, cell.formula[:120], reason)
                    )
        whole = tuple(_key(cell) for cell in row)
        if charts[whole] > 0:
            charts[whole] -= 1
            origins["chart"] += count
            continue
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
    for dropped in (+charts).elements():
        words = " | ".join(map(str, dropped))
        findings.append(Finding(file, "图表数据", "", words, "图上的这一行数据没有照原样列出"))
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
    """Rules by the text of the cell that names them: a fact's id, a formula's id, [n]."""
    rules: dict[str, Rule] = {}
    cited = entries(briefing)
    for item in briefing.computed:
        texts = (item.id, item.unit or "", *item.inputs, "、".join(item.inputs))
        years = (str(item.years),) if item.years else ()
        rules[item.id] = Rule("computed", (item.value, str(item.digits), *years), texts)
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
    return rules


def _chart_rows(briefing: Briefing) -> Iterable[tuple[str | Decimal, ...]]:
    """The rows of the charts' data, every cell of them: names, numbers, units and the ids of what stands behind."""
    for figure in (block for block in briefing.blocks if isinstance(block, Figure)):
        for row in _chart_data(figure.chart):
            yield tuple(_plain(cell) if isinstance(cell, str) else cell for cell in row)


def _chart_data(chart: Chart) -> Iterable[tuple[str | Decimal, ...]]:
    match chart:
        case BarChart():
            yield from ((bar.label, _exact(bar.value), bar.source) for bar in chart.bars)
            if chart.mean is not None:
                yield "均值", _exact(chart.mean), ""
        case Heatmap():
            for name, counts in zip(chart.rows, chart.counts, strict=True):
                yield name, *map(Decimal, counts)
        case Dumbbell() | Slope():
            for row in chart.rows:
                numbers = (_exact(row.prior.value), _exact(row.current.value))
                yield row.label, *numbers, row.prior.source, row.current.source
        case Bullet():
            for done in chart.rows:
                yield done.label, _exact(done.done.value), _exact(done.schedule), done.done.source
        case LineChart() | SmallMultiples():
            units = chart.units if isinstance(chart, SmallMultiples) else (chart.unit,) * len(chart.tracks)
            for track, unit in zip(chart.tracks, units, strict=True):
                for period, mark in zip(chart.periods, track.marks, strict=True):
                    number = _exact(mark.value) if mark else "…"
                    yield track.label, period, number, unit, mark.source if mark else ""
        case _:
            assert_never(chart)


def _exact(value: float) -> Decimal:
    """A number as it is drawn, to the tenth decimal."""
    return Decimal(f"{value:.10f}").normalize()


def _key(cell: Shown) -> str | Decimal:
    """What a cell shows, its number as stored where it is one."""
    number = None if cell.number is None else _decimal(cell.number)
    return _plain(cell.text) if number is None else number.normalize()


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
        *(f"{label}{figure.number}" for figure in figures for label in ("图", "Figure ")),
        *(
            part
            for table in tables
            for part in (table.caption, line_text(table.note), f"表{table.number}", f"Table {table.number}")
        ),
        *(name for f in figures if isinstance(f.chart, Heatmap) for name in f.chart.columns),
        *(
            f"{side}{head}"
            for f in figures
            for unit, *names in (sides(f),)
            for side in names
            for head in (f"（{unit}）", f" ({unit})")
        ),
        *(side for f in figures for side in sides(f)),
        "100×a÷b",
        "减1",
        "×100",
        "从0数起",
        "less 1, × 100",
        "percent: 100 × a",
        "growth: (a − b) ÷ b × 100",
        "counted from 0",
    )


def sheet_rows(data: bytes) -> Iterable[tuple[str, list[Shown]]]:
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
    formula = None if cell.find(f"{_S}f") is None else cell.findtext(f"{_S}f") or ""
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
