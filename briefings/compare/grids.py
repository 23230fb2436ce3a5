"""Tables: columns that must add up to their 合计, and percentages between two columns."""

import re
from collections.abc import Iterator

from briefings.compare.passages import Term
from briefings.compare.quantity import quantity
from briefings.compare.relation import Relation
from briefings.records.document import Document, Grid, Source, Span

_TOTAL = re.compile(r"^(?:合计|总计|总和|小计)$")
_NUMBER = re.compile(r"[-－—−]?\d+(?:[,，]\d{3})*(?:\.\d+)?")
_UNIT = re.compile(r"[（(]([^（()）]{1,8})[）)]\s*$")
_RATE = re.compile(r"率|比|增|降|[%％‰]|均|指数|位次|排名|得分")
_PLAN = re.compile(r"计划|目标|任务")
_DONE = re.compile(r"完成")
_FEWEST = 2


def grids(document: Document, source: Source) -> Iterator[Relation]:
    """The relations inside the tables of ``document``."""
    for grid in document.grids:
        table = _Table(document.id, grid, source.text)
        yield from _sums(table)
        yield from _completions(table)


class _Table:
    """A grid read by row and column: words, and numbers with the unit of their column."""

    def __init__(self, document: str, grid: Grid, text: str) -> None:
        """Read the cells of ``grid`` out of ``text``."""
        self.words: dict[tuple[int, int], str] = {}
        self.spans: dict[tuple[int, int], Span] = {}
        for cell in grid.cells:
            self.words[cell.row, cell.column] = "".join(text[cell.span.start : cell.span.end].split())
            self.spans[cell.row, cell.column] = cell.span
        self.rows = max((r for r, _ in self.words), default=-1) + 1
        self.columns = max((c for _, c in self.words), default=-1) + 1
        self.document = document

    def term(self, row: int, column: int) -> Term | None:
        """The number in a cell, its sentence being its row; None where there is none."""
        words = self.words.get((row, column), "").replace("，", ",")
        if not _NUMBER.fullmatch(words):
            return None
        digits = words.replace(",", "").replace("－", "-").replace("—", "-").replace("−", "-")
        unit = _UNIT.search(self.words.get((0, column), ""))
        number = quantity(
            digits, unit[1].replace("％", "%") if unit else "", written=words + (unit[1] if unit else "")
        )
        if number is None:
            return None
        span = self.spans[row, column]
        cells = [self.spans[row, c] for c in range(self.columns) if (row, c) in self.spans]
        whole = Span(min(c.start for c in cells), max(c.end for c in cells))
        return Term(number, self.document, span.start, span.end, span, whole)


def _sums(table: _Table) -> Iterator[Relation]:
    """The row 合计 against the rows above it (or below, where it stands first)."""
    totals = [r for r in range(table.rows) if _TOTAL.match(table.words.get((r, 0), ""))]
    if len(totals) != 1:
        return
    at = totals[0]
    rows = range(1, at) if at > 1 else range(at + 1, table.rows)
    if any("其中" in table.words.get((r, 0), "") for r in rows):
        return
    for column in range(1, table.columns):
        if _RATE.search(table.words.get((0, column), "")):
            continue
        total = table.term(at, column)
        parts = [table.term(r, column) for r in rows]
        told = tuple(p for p in parts if p is not None)
        if total is not None and len(told) == len(parts) >= _FEWEST:
            yield Relation("sum", "table_total", "sum", total, told)


def _completions(table: _Table) -> Iterator[Relation]:
    """The column 完成年度计划（%） against the columns 完成 and 计划."""
    heads = {c: table.words.get((0, c), "") for c in range(table.columns)}
    rates = [
        c
        for c, h in heads.items()
        if _DONE.search(h) and ("%" in h or "％" in h) and (_PLAN.search(h) or "率" in h)
    ]
    plans = [c for c, h in heads.items() if _PLAN.search(h) and "%" not in h and "％" not in h]
    done = [c for c, h in heads.items() if _DONE.search(h) and c not in rates and c not in plans]
    if not len(rates) == len(plans) == len(done) == 1:
        return
    for row in range(1, table.rows):
        rate, part, plan = (table.term(row, c[0]) for c in (rates, done, plans))
        if (
            rate is not None
            and part is not None
            and plan is not None
            and part.quantity.unit == plan.quantity.unit
        ):
            yield Relation("completion", "table_completion", "percent", rate, (part, plan))
