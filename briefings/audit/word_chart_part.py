"""One native chart of a Word file and its workbook, held against what its figure says."""

import re
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from zipfile import ZipFile

from briefings.audit.charted import Charted, Place
from briefings.audit.tokens import NUMBER, has_number, settled, squeezed
from briefings.audit.word_chart_cells import AREA, cells, column, formed, letter, unlike
from briefings.audit.workbook import sheet_rows

if TYPE_CHECKING:
    from lxml.etree import _Element

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
Fault = tuple[str, str, str]
"""Place, what is there, why it is wrong."""


class Package:
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


class Chart:
    """One chart part and its workbook, held against what the figure says."""

    def __init__(self, package: Package, name: str, place: str, wanted: Charted) -> None:
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
        across, row = place
        name = self.wanted.cell((0, row))
        return f"{self.place} 第{row + 1}行" + (f"“{name}”" if name else "") + f" {letter(across)}{row + 2}"

    def _book(self, data: bytes) -> Iterator[Fault]:
        """The workbook, cell by cell."""
        told: set[Place] = set()
        for sheet, row in sheet_rows(data):
            for cell in row:
                match = AREA.fullmatch(cell.address)
                if match is None:
                    raise ValueError(f"没有这样的单元格 {cell.address}")
                place = (column(match[1]), int(match[2]) - 2)
                self.numbers += len(NUMBER.findall(settled(cell.text)))
                where = f"{self.place} 数据表 {sheet}!{cell.address}"
                if cell.formula is not None:
                    told.add(place)
                    yield where, cell.formula, "数据表里是公式，没有记录"
                elif place[1] < 0:
                    yield from self._head(cell.text, where)
                else:
                    told.add(place)
                    if fault := unlike(cell.number or cell.text, self.wanted.cell(place)):
                        yield where, cell.text, fault
        for across, held in enumerate(self.wanted.columns):
            for down, wanted in enumerate(held):
                if wanted is not None and (across, down) not in told:
                    yield f"{self.place} 数据表 {letter(across)}{down + 2}", "", f"少了 {wanted}"

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
            found.append(None if reference is None else cells(reference.findtext(f"{_C}f") or ""))
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
        places = cells(address)
        points = {int(p.get("idx") or 0): p.findtext(f"{_C}v") or "" for p in reference.iter(f"{_C}pt")}
        if any(n >= len(places) for n in points):
            yield where, "", f"{address} 没有这么多数"
            return
        for n, place in enumerate(places):
            text = points.get(n, "")
            self.numbers += len(NUMBER.findall(settled(text)))
            if place[1] < 0:
                yield from self._head(text, where)
            elif fault := unlike(text, self.wanted.cell(place)):
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
