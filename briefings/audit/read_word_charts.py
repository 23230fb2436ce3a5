"""Read the native charts of a Word file back: labels, kept numbers and workbook cells, each by the figure it belongs to."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from briefings.audit.charted import Charted, charted, panels
from briefings.audit.tokens import NUMBER, has_number, settled, squeezed
from briefings.audit.word_chart_part import Chart, Fault, Package
from briefings.records.briefing import Briefing, Figure, Heatmap
from briefings.records.edition import Finding

if TYPE_CHECKING:
    from lxml.etree import _Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_FIGURE = re.compile(r"\s*(?:图|Figure)\s*(\d+)(?:-(\d+))?")


def is_heat_map(table: "_Element") -> bool:
    """Whether a table of Word is a figure's: its cells are not running text."""
    caption = table.find(f"{_W}tblPr/{_W}tblCaption")
    return caption is not None and _FIGURE.match(caption.get(f"{_W}val") or "") is not None


def chart_findings(file: str, data: bytes, briefing: Briefing) -> tuple[int, tuple[Finding, ...]]:
    """How many numbers the charts and heat maps of a .docx hold, and a finding for each that is not the briefing's.

    Raises ``ValueError`` for bytes that are no Word file.
    """
    from lxml import etree

    try:
        package = Package(data)
        body = package.root("word/document.xml")
    except (BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        raise ValueError(f"不是可读的 Word 文件：{error}") from error
    figures = {block.number: block for block in briefing.blocks if isinstance(block, Figure)}
    drawn: set[tuple[int, int]] = set()
    read: set[str] = set()
    faults: list[Fault] = []
    count = 0
    for number, panel, name in _charts(body, package):
        read.add(name)
        figure = figures.get(number)
        wanted = charted(figure, panel, briefing.language) if figure else None
        place = f"图{number}" + (f" 第{panel}幅" if figure and panels(figure) > 1 else "")
        try:
            chart = Chart(package, name, place, wanted or Charted((), frozenset(), {}, frozenset()))
            found = list(chart.faults())
        except (KeyError, ValueError, etree.XMLSyntaxError) as error:
            found = [(place, "", f"图的数据读不出来：{error}")]
        else:
            count += chart.numbers
        faults += found
        if wanted is not None:
            drawn.add((number, panel))
    for name in package.names:
        if re.fullmatch(r"word/charts/chart[^/]*\.xml", name) and name not in read:
            stray = [
                e.text or "" for e in package.root(name).iter(f"{_C}v", f"{_A}t") if has_number(e.text or "")
            ]
            faults += [(f"图表 {name}", text, "图不在正文里，数无从核对") for text in stray]
    for table in body.iter(f"{_W}tbl"):
        if is_heat_map(table):
            number, held, found = _heat(table, figures)
            count += held
            faults += found
            drawn.add((number, 1))
    for figure in figures.values():
        for panel in range(1, max(panels(figure), 1) + 1):
            if (figure.number, panel) not in drawn:
                faults.append((f"图{figure.number}", "", "简报的这幅图没有画出"))
    told = tuple(
        Finding(file, place, _first(text) if text else "", text[:120], reason)
        for place, text, reason in faults
    )
    return count + sum(1 for finding in told if finding.number), told


def _first(text: str) -> str:
    found = NUMBER.search(settled(text))
    return found[0] if found else ""


def _charts(body: "_Element", package: Package) -> Iterator[tuple[int, int, str]]:
    """The number of the figure, of its panel, and the part of each chart, in reading order."""
    targets = package.targets("word/document.xml")
    for chart in body.iter(f"{_C}chart"):
        drawing = next(above for above in chart.iterancestors() if above.tag.startswith(_WP))
        properties = drawing.find(f"{_WP}docPr")
        match = _FIGURE.fullmatch("" if properties is None else properties.get("name") or "")
        name = targets.get(str(chart.get(f"{_R}id")), "")
        if name in package.names:
            yield (int(match[1]), int(match[2] or 1), name) if match else (0, 1, name)


def _heat(table: "_Element", figures: Mapping[int, Figure]) -> tuple[int, int, list[Fault]]:
    """A heat map's table: the figure's number, how many numbers it holds, and the cells that are not its counts."""
    caption = table.find(f"{_W}tblPr/{_W}tblCaption")
    match = _FIGURE.match("" if caption is None else caption.get(f"{_W}val") or "")
    number = int(match[1]) if match else 0
    rows = [
        ["".join(t.text or "" for t in cell.iter(f"{_W}t")) for cell in row.iterchildren(f"{_W}tc")]
        for row in table.iterchildren(f"{_W}tr")
    ]
    held = sum(len(NUMBER.findall(settled(text))) for row in rows for text in row)
    figure = figures.get(number)
    if figure is None or not isinstance(figure.chart, Heatmap):
        return number, held, [(f"图{number}", " ".join(map(" ".join, rows)), "简报没有这幅热力图")]
    chart = figure.chart
    wanted: list[Sequence[str]] = [("", *chart.columns)]
    wanted += [(name, *map(str, counts)) for name, counts in zip(chart.rows, chart.counts, strict=True)]
    faults = []
    for r in range(max(len(rows), len(wanted))):
        row, right = (list(part[r]) if r < len(part) else [] for part in (rows, wanted))
        for c in range(max(len(row), len(right))):
            is_, ought = row[c] if c < len(row) else "", right[c] if c < len(right) else ""
            if squeezed(is_) != squeezed(ought):
                place = f"图{number} 第{r + 1}行第{c + 1}列"
                faults.append((place, is_, f"此处应为 {ought}" if ought else "此处应为空"))
    return number, held, faults
