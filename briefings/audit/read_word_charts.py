"""Read the native charts of a Word file back: labels, kept numbers and workbook cells, each by the figure it belongs to."""

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from io import BytesIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from zipfile import BadZipFile, ZipFile

from briefings.audit.charted import Cell, Charted, Place, charted, exact, panels
from briefings.audit.tokens import NUMBER, has_number, settled, squeezed
from briefings.audit.workbook import sheet_rows
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
_AREA = re.compile(r"(?:'?[^'!]+'?!)?\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?")
_FORM = re.compile(r"[#,]*0(?:\.(0+))?")
_SIGNS = str.maketrans("−", "-")
Fault = tuple[str, str, str]
"""Place, what is there, why it is wrong."""


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
        package = _Package(data)
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
            chart = _Chart(package, name, place, wanted or Charted((), frozenset(), {}, frozenset()))
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


class _Package:
    """The parts of a Word file, parsed as they are asked for."""

    def __init__(self, data: bytes) -> None:
        self.zip = ZipFile(BytesIO(data))
        self.names = self.zip.namelist()

    def root(self, name: str) -> "_Element":
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        return etree.fromstring(self.zip.read(name), parser)

    def targets(self, name: str) -> dict[str, str]:
        """The parts that ``name`` refers to, by relationship id."""
        path = PurePosixPath(name)
        relations = str(path.parent / "_rels" / f"{path.name}.rels")
        if relations not in self.names:
            return {}
        return {
            str(one.get("Id")): _joined(path.parent, str(one.get("Target")))
            for one in self.root(relations)
            if one.get("TargetMode") != "External"
        }


def _joined(folder: PurePosixPath, target: str) -> str:
    if target.startswith("/"):
        return target.lstrip("/")
    parts: list[str] = list(folder.parts)
    for part in PurePosixPath(target).parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


def _charts(body: "_Element", package: _Package) -> Iterator[tuple[int, int, str]]:
    """The number of the figure, of its panel, and the part of each chart, in reading order."""
    targets = package.targets("word/document.xml")
    for chart in body.iter(f"{_C}chart"):
        drawing = next(above for above in chart.iterancestors() if above.tag.startswith(_WP))
        properties = drawing.find(f"{_WP}docPr")
        match = _FIGURE.fullmatch("" if properties is None else properties.get("name") or "")
        name = targets.get(str(chart.get(f"{_R}id")), "")
        if name in package.names:
            yield (int(match[1]), int(match[2] or 1), name) if match else (0, 1, name)


class _Chart:
    """One chart part and its workbook, held against what the figure says."""

    def __init__(self, package: _Package, name: str, place: str, wanted: Charted) -> None:
        self.root = package.root(name)
        self.place, self.wanted = place, wanted
        self.books = [
            package.zip.read(part) for part in package.targets(name).values() if part.endswith(".xlsx")
        ]
        self.numbers = 0
        self.seen: set[Place] = set()

    def faults(self) -> Iterator[Fault]:
        """Everything that is not the figure's."""
        if not self.wanted.columns:
            yield self.place, "", "简报没有这幅图"
            return
        if not self.books:
            yield self.place, "", "图没有带数据表"
        for book in self.books:
            yield from self._book(book)
        for n, series in enumerate(self.root.iter(f"{_C}ser"), 1):
            yield from self._series(series, f"{self.place} 第{n}个系列")
        for words in self.root.iter(f"{_C}title"):
            yield from self._free(_said(words), self.wanted.around, f"{self.place} 标题")
        for element in self.root.iter(f"{_C}v", f"{_A}t"):
            within = any(above.tag in (f"{_C}ser", f"{_C}title") for above in element.iterancestors())
            if not within and has_number(element.text or ""):
                yield self.place, element.text or "", "图上多出的数"
        yield from self._scale()
        for place in sorted(self.wanted.needed - self.seen):
            said = min(self.wanted.said[place], key=len)
            yield self._at(place), "", f"图上没有印出 {said}"

    def _at(self, place: Place) -> str:
        """A cell for people: its row's name, else its address."""
        column, row = place
        name = self.wanted.cell((0, row))
        return f"{self.place} 第{row + 1}行" + (f"“{name}”" if name else "") + f" {_letter(column)}{row + 2}"

    def _book(self, data: bytes) -> Iterator[Fault]:
        """The workbook, cell by cell."""
        told: set[Place] = set()
        for sheet, cells in sheet_rows(data):
            for cell in cells:
                match = _AREA.fullmatch(cell.address)
                if match is None:
                    raise ValueError(f"没有这样的单元格 {cell.address}")
                place = (_column(match[1]), int(match[2]) - 2)
                self.numbers += len(NUMBER.findall(settled(cell.text)))
                where = f"{self.place} 数据表 {sheet}!{cell.address}"
                if cell.formula is not None:
                    told.add(place)
                    yield where, cell.formula, "数据表里是公式，没有记录"
                elif place[1] < 0:
                    yield from self._head(cell.text, where)
                else:
                    told.add(place)
                    if fault := _unlike(cell.number or cell.text, self.wanted.cell(place)):
                        yield where, cell.text, fault
        for column, cells_ in enumerate(self.wanted.columns):
            for row, wanted in enumerate(cells_):
                if wanted is not None and (column, row) not in told:
                    yield f"{self.place} 数据表 {_letter(column)}{row + 2}", "", f"少了 {wanted}"

    def _head(self, text: str, where: str) -> Iterator[Fault]:
        """A head has no figures but those of a name of the chart's."""
        rest = squeezed(text)
        for known in sorted(self.wanted.heads, key=len, reverse=True):
            if known:
                rest = rest.replace(known, "")
        if has_number(re.sub(r"(?:数据编号|Dataid)[12]$", "", rest)):
            yield where, text, "表头里的数不是简报的"

    def _series(self, series: "_Element", where: str) -> Iterator[Fault]:
        for name in series.iterfind(f"{_C}tx"):
            reference = name.find(f"{_C}strRef")
            if reference is None:
                yield from self._head("".join(v.text or "" for v in name.iter(f"{_C}v")), where)
            else:
                yield from self._kept(reference, where)
        across, down = _data(series, "xVal", "cat"), _data(series, "yVal", "val")
        scattered = series.find(f"{_C}xVal") is not None
        bare = _bare(series)
        found: list[list[Place] | None] = []
        for source in (across, down):
            reference = None if source is None else source.find(f"{_C}numRef")
            if reference is None and source is not None:
                reference = source.find(f"{_C}strRef")
            if reference is not None:
                yield from self._kept(reference, where)
            found.append(None if reference is None else _cells(reference.findtext(f"{_C}f") or ""))
        places, rows = (found[0], found[1]) if scattered else (found[1], found[0])
        if places is None and not bare:
            yield where, _said(series), "画出的数不在数据表里"
        if scattered and places and rows and [p[1] for p in places] != [p[1] for p in rows]:
            yield where, "", "横、纵两个方向取的不是同一行"
        for label in series.iter(f"{_C}dLbl"):
            yield from self._label(label, series, places, rows, where)
        if any(bool(int(e.get("val") or 0)) for e in series.iterfind(f"{_C}dLbls/{_C}showVal")):
            yield where, "", "图上的标注没有逐个给出"
        if (bars := series.find(f"{_C}errBars")) is not None:
            yield where, _said(bars), "图上多出误差线"

    def _kept(self, reference: "_Element", where: str) -> Iterator[Fault]:
        """The kept copy of a reference to cells: each point what the cell must hold."""
        address = reference.findtext(f"{_C}f") or ""
        places = _cells(address)
        points = {int(p.get("idx") or 0): p.findtext(f"{_C}v") or "" for p in reference.iter(f"{_C}pt")}
        if any(n >= len(places) for n in points):
            yield where, "", f"{address} 没有这么多数"
            return
        for n, place in enumerate(places):
            text = points.get(n, "")
            self.numbers += len(NUMBER.findall(settled(text)))
            if place[1] < 0:
                yield from self._head(text, where)
            elif fault := _unlike(text, self.wanted.cell(place)):
                yield self._at(place), text, fault

    def _label(
        self, label: "_Element", series: "_Element", places: list[Place] | None, rows: list[Place] | None, where: str
    ) -> Iterator[Fault]:  # fmt: skip
        """A label: the words of the mark it stands beside, of its row, or of the chart."""
        if (gone := label.find(f"{_C}delete")) is not None and gone.get("val") not in ("0", "false"):
            return
        index = label.find(f"{_C}idx")
        at = int(index.get("val") or 0) if index is not None else 0
        text = _said(label.find(f"{_C}tx")) or _formed(label, series, at)
        self.numbers += len(NUMBER.findall(settled(text)))
        place = places[at] if places and at < len(places) else None
        if place is not None and place in self.wanted.said:
            if squeezed(text) in self.wanted.said[place]:
                self.seen.add(place)
            else:
                wanted = min(self.wanted.said[place], key=len)
                yield self._at(place), text, f"标注应为 {wanted}"
            return
        row = rows[at][1] if rows and at < len(rows) else None
        if row is not None and row < len(self.wanted.rows):
            if squeezed(text) in self.wanted.rows[row]:
                self.seen |= {
                    p for p, said in self.wanted.said.items() if p[1] == row and squeezed(text) in said
                }
            else:
                yield (
                    f"{self.place} 第{row + 1}行",
                    text,
                    f"标注应为 {'或'.join(sorted(self.wanted.rows[row]))}",
                )
            return
        yield from self._free(text, self.wanted.around, where)

    def _free(self, text: str, allowed: frozenset[str], where: str) -> Iterator[Fault]:
        if has_number(text) and squeezed(text) not in allowed:
            yield where, text, "图上的数不是简报的"

    def _scale(self) -> Iterator[Fault]:
        """Bars are drawn from nought, and nothing that is drawn lies beyond the scale."""
        if not self.wanted.from_nought:
            return
        for least in self.root.iterfind(f".//{_C}barChart/../{_C}valAx/{_C}scaling/{_C}min"):
            if Decimal(least.get("val") or "0") > 0:
                yield self.place, least.get("val") or "", "条形不是从 0 画起"


def _data(series: "_Element", *names: str) -> "_Element | None":
    return next((found for name in names if (found := series.find(f"{_C}{name}")) is not None), None)


def _bare(series: "_Element") -> bool:
    """Whether a series draws nothing: it is there for its labels."""
    line = series.find(f"{_C}spPr/{_A}ln/{_A}noFill")
    symbol = series.find(f"{_C}marker/{_C}symbol")
    return line is not None and symbol is not None and symbol.get("val") == "none"


def _said(element: "_Element | None") -> str:
    return "" if element is None else "".join(t.text or "" for t in element.iter(f"{_A}t"))


def _formed(label: "_Element", series: "_Element", at: int) -> str:
    """What a label without words of its own shows: the kept number in the label's number format."""
    form = label.find(f"{_C}numFmt")
    source = _data(series, "yVal", "val")
    points = () if source is None else source.iter(f"{_C}pt")
    value = next((p.findtext(f"{_C}v") or "" for p in points if p.get("idx") == str(at)), "")
    return formed(value, "" if form is None else form.get("formatCode") or "")


def formed(value: str, pattern: str) -> str:
    """A kept number as a number format writes it: sign, words in quotation marks, decimals, groups of three."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    sections = pattern.split(";")
    below = number < 0 and len(sections) > 1
    section = sections[1 if below else 0]
    quoted = re.split(r'"([^"]*)"', section)
    shown = ""
    for at, part in enumerate(quoted):
        if at % 2:
            shown += part
            continue
        match = _FORM.search(part)
        if match:
            places = len(match[1] or "")
            digits = f"{abs(number):,.{places}f}" if "#,#" in match[0] else f"{abs(number):.{places}f}"
            if Decimal(digits.replace(",", "")) != abs(number):
                digits = f"{abs(number):f}"
            shown += digits
        else:
            shown += part.strip()
    return ("-" if number < 0 and not below else "") + shown if _FORM.search(section) else value


def _unlike(text: str, wanted: Cell) -> str:
    """Why a text is not what a cell must hold, "" where it is."""
    if isinstance(wanted, Decimal):
        try:
            same = exact(float(text.translate(_SIGNS))) == wanted
        except (ValueError, InvalidOperation):
            same = False
        return "" if same else f"此处应为 {wanted.normalize():f}"
    if squeezed(text) == squeezed(wanted or ""):
        return ""
    return f"此处应为 {wanted}" if wanted else "此处应为空"


def _cells(reference: str) -> list[Place]:
    """The cells of a reference, areas of a union one after the other; row -1 is the heads'."""
    found: list[Place] = []
    for part in reference.strip().removeprefix("(").removesuffix(")").split(","):
        match = _AREA.fullmatch(part.strip())
        if match is None:
            raise ValueError(f"看不懂的引用 {reference}")
        first, last = _column(match[1]), _column(match[3] or match[1])
        top, bottom = int(match[2]) - 2, int(match[4] or match[2]) - 2
        if (last - first + 1) * (bottom - top + 1) > 10_000:
            raise ValueError(f"引用太大 {reference}")
        found += [(column, row) for row in range(top, bottom + 1) for column in range(first, last + 1)]
    return found


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _letter(column: int) -> str:
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


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
