"""How a briefing's own words are written: units, decimals, punctuation (checks 34 and 35)."""

import re
from collections import defaultdict
from collections.abc import Container, Iterator, Sequence

from briefings.inspect.decided import lines, squeezed
from briefings.inspect.verdicts import counted, judged, not_applicable, not_run
from briefings.records.briefing import Briefing, Line, Quote, Table, Value, Words
from briefings.records.inspection import Beside, Result, Spot

NUMERIC = 0.6
"""A column is one of numbers where so many of its cells hold one."""
_MEASURES = "元吨米亩度升克斤里日天年月分秒倍"
_HAN = "[\u3400-\u9fff]"
_MARKS = (
    (re.compile(rf"{_HAN}[,;:!?]|[,;:!?]{_HAN}|{_HAN}\.(?!\w)"), "a half-width mark beside Han"),
    (re.compile(rf"{_HAN}\([^()]*\)|\([^()]*\){_HAN}"), "a half-width bracket beside Han"),
    (re.compile(rf"{_HAN}-{{2,}}{_HAN}|{_HAN}——*—-|(?<!—){_HAN}—{_HAN}(?!—)"), "a dash that is not ——"),
    (re.compile(rf"{_HAN}\.{{3,}}|(?<!…)…(?!…)(?={_HAN})|。{{2,}}"), "dots that are not ……"),
    (re.compile(r"\d\s*[~～]\s*[\d.]+\s*%"), "a range whose first number has no %"),
)
_RANGE = re.compile(r"\d\s*%\s*[~～—-]+\s*[\d.]+\s*%")


def wording(beside: Beside) -> tuple[Result, ...]:
    """Checks 34 and 35."""
    briefing = beside.briefing
    if briefing is None:
        return not_run(34, beside.why), not_run(
            35, f"{beside.why}: own words and quotations cannot be told apart"
        )
    tables = [block for block in briefing.blocks if isinstance(block, Table)]
    columns = [(table, at) for table in tables for at in range(len(table.columns)) if _numeric(table, at)]
    units = (
        judged(34, (s for table, at in columns for s in _column(briefing, beside, table, at)), counted(len(columns), "column") + " of numbers")
        if columns
        else not_applicable(34, "no table has a column of numbers")
    )  # fmt: skip
    if briefing.language != "zh":
        return units, not_applicable(35, "the briefing is not in Chinese")
    own = [(where, text) for where, line in lines(briefing) for text in _own(line)]
    sources = squeezed("".join(beside.texts.values()))
    spots = (
        Spot(where, f"{wrong}: {text}")
        for where, words in own
        for text, wrong in faults(words)
        if _core(text) not in sources  # a name taken over from a source keeps its marks
    )
    return units, judged(35, spots, counted(sum(len(words) for _, words in own), "character") + " of our own")


def _numeric(table: Table, at: int) -> bool:
    filled = [row[at] for row in table.rows if at < len(row) and row[at]]
    return bool(filled) and sum(any(isinstance(p, Value) for p in cell) for cell in filled) >= NUMERIC * len(
        filled
    )


_AS_FINE_AS_GIVEN = ("difference", "sum", "gap_to_mean")
"""Computed in the precision of the sources, which differs from row to row; the others are rounded alike."""


def _column(briefing: Briefing, beside: Beside, table: Table, at: int) -> Iterator[Spot]:
    """Numbers of a column without a unit; decimals of rates that differ, and of amounts that are finer than what they are made of."""
    where = f"table {table.number}, {table.columns[at].header}"
    headers = " ".join(column.header for column in table.columns) + table.caption
    told = re.search(r"单位|[Uu]nit|（[^）]+）|\([^)]+\)|%", headers) is not None
    computed = {item.id: item for item in briefing.computed}
    decimals: dict[str, set[int]] = defaultdict(set)
    for row in table.rows:
        for piece in row[at] if at < len(row) else ():
            if not isinstance(piece, Value):
                continue
            bare = re.fullmatch(r"[\s+＋\-−–约近超]*[\d.,，\s]+", piece.text) is not None
            item = computed.get(piece.source)
            count = item is not None and item.operation in ("count", "rank", "rank_low")
            made_of = item.inputs if item else (piece.source,)
            thing = briefing.language == "en" and all(_counted(beside, source) for source in made_of)
            if bare and not told and not count and not thing:
                yield Spot(where, f"no unit: {piece.text}")
            if item is None or count:
                continue
            unit, places = _places(piece.text)
            if item.operation not in _AS_FINE_AS_GIVEN:
                decimals[unit].add(places)
            elif places > max(_given(row, unit, computed), default=places):
                yield Spot(where, f"finer than what it is made of: {piece.text}")
    for unit, found in sorted(decimals.items()):
        if len(found) > 1:
            yield Spot(
                where, f"computed numbers{' in ' + unit if unit else ''} with {sorted(found)} decimals"
            )


def _given(row: Sequence[Line], unit: str, computed: Container[str]) -> Iterator[int]:
    """The decimals of the sources' own numbers of a row in ``unit``."""
    for piece in (piece for cell in row for piece in cell):
        if isinstance(piece, Value) and piece.source not in computed:
            mine, places = _places(piece.text)
            if mine == unit:
                yield places


def _places(text: str) -> tuple[str, int]:
    """The unit and the number of decimals of a printed number."""
    number = re.search(r"\d[\d,]*(?:\.(\d+))?(.*)", text)
    return (number[2].strip(), len(number[1] or "")) if number else ("", 0)


def _counted(beside: Beside, source: str) -> bool:
    """Whether a fact counts things (24个, 75项): English names the thing counted and has no word for the 个."""
    fact = beside.facts.get(source)
    unit = fact.unit if fact else None
    return fact is not None and (
        unit is None or re.fullmatch(rf"[十百千万亿]*(?![{_MEASURES}]){_HAN}", unit) is not None
    )


def _own(line: Line) -> Iterator[str]:
    """Our own words of a line, parted by quotations; a number in them stands as it is printed."""
    held = ""
    for piece in line:
        if isinstance(piece, Words | Value):
            held += piece.text
        elif isinstance(piece, Quote):
            yield held
            held = ""
    yield held


def _core(text: str) -> str:
    """The middle of a faulty place, without what other pieces of the line put around it."""
    return squeezed(max(re.split(r"[（）《》：；，。]", text), key=len))


def faults(words: str) -> Iterator[tuple[str, str]]:
    """What is wrong with the punctuation of Chinese ``words``: the place, and the fault in a few words."""
    for pattern, wrong in _MARKS:
        for match in pattern.finditer(words):
            if not _RANGE.search(words[max(0, match.start() - 8) : match.end()]):
                yield words[max(0, match.start() - 8) : match.end() + 8], wrong
    depth = 0
    for at, mark in enumerate(words):
        if mark == "“":
            depth += 1
            if depth > 1:
                yield words[max(0, at - 8) : at + 8], "“ inside “"
        elif mark == "”":
            depth = max(0, depth - 1)
