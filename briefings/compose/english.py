"""The English edition: how periods, numbers, names and numbering are written in it."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from briefings.compose import english_names, english_numbers
from briefings.compose.english_charts import converted, without_original
from briefings.compose.english_mentions import introduced
from briefings.compose.speech import phrases
from briefings.records.briefing import Block, Figure, Language, Tile, Tiles
from briefings.records.document import Document
from briefings.records.fact import Fact, Kind

_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December")  # fmt: skip
_BASES = {
    "yoy": "y/y", "qoq": "q/q", "ytd": "ytd", "avg2y": "two-year average",
    "other": "on the base period",
}  # fmt: skip
_KINDS = {
    "level": "Level", "rate": "Rate", "change": "Change", "delta": "Increase", "gap": "Gap", "rank": "Rank",
    "completion": "Completion",
}  # fmt: skip
_MONEY = re.compile(
    r"(?P<before>.*?)(?P<currency>[A-Z]{3})\u00a0(?P<figure>[\d.,–]+)(?:\u00a0(?P<behind>[a-z]+))?"
)
_PARTS = re.compile(r"(\d{4})(?:-(?:([HQ]\d)|M?(\d\d)(?:-(\d\d)|\.\.M(\d\d))?))?")


class English:
    """The English edition. It notes the places it has named, so that ``finished`` can give their Chinese at first mention."""

    language: Language = "en"

    def __init__(self) -> None:
        self.named: dict[str, str] = {}

    def number(self, fact: Fact) -> str:
        """CNY 653.921 bn (6539.21亿元), +13.8%, +2.1 pp, 13th."""
        return english_numbers.number(fact)

    def short(self, fact: Fact) -> str:
        """The same without the original in brackets."""
        return english_numbers.short(fact)

    def tile(self, fact: Fact) -> tuple[str, str]:
        """653.921 and CNY bn."""
        return english_numbers.tile(fact)

    def amount(self, value: str, unit: str) -> str:
        """A computed number with its unit."""
        return english_numbers.amount(value, unit)

    def drawn(self, value: str, unit: str) -> float:
        """``value`` in the unit that ``unit`` names in the head of a column."""
        return english_numbers.drawn(value, unit)

    def unit(self, unit: str) -> str:
        """CNY bn, pp, thousand persons."""
        return english_numbers.heading(unit)

    def period(self, period: str) -> str:
        """H1 2021, Jan–May 2020, 30 June 2021, 2021."""
        first, dots, last = period.partition("..")
        if dots and "-M" not in last and not last.startswith("M"):
            return f"{self.period(first)} to {self.period(last)}"
        found = _PARTS.fullmatch(period)
        if not found:
            return period
        year, half, month, day, until = found.groups()
        if half:
            return f"{half} {year}"
        if not month or not 1 <= int(month) <= 12:
            return year if not month else period
        name = _MONTHS[int(month) - 1]
        if day:
            return f"{int(day)} {name} {year}"
        if until:
            return f"{name[:3]}–{_MONTHS[int(until) - 1][:3]} {year}"
        return f"{name} {year}"

    def issuer(self, document: Document) -> str:
        """The office without its place, but for a government, which is named by it; the title where none is known."""
        if document.issuer is None:
            return document.title.value
        name = document.issuer.value
        of = document.place.value if document.place else ""
        own = name.removeprefix(of) if of and len(name) > len(of) + 1 else name
        said = english_names.office(own)
        if own in ("人民政府", "政府"):
            return f"{self.place(of)} {said}" if of else said
        return said

    def title(self, document: Document) -> str:
        """In Chinese, as it stands in the source."""
        return "Untitled" if "title_missing" in document.flags else document.title.value

    def place(self, place: str) -> str:
        """Qingdao, Jimo District; its Chinese is given once, by ``finished``."""
        said = english_names.place(place)
        if said != place:
            self.named.setdefault(said, place)
        return said

    def scope(self, whose: str) -> str:
        """Shandong Province, municipal firms; a body without known English stays Chinese."""
        return english_names.scope(whose)

    def basis(self, basis: str) -> str:
        """y/y, q/q …"""
        return _BASES.get(basis, "")

    def comparator(self, words: str) -> str:
        """China, the province; Chinese where there is no English for it."""
        return english_names.comparator(words)

    def kind_of_problem(self, label: str) -> str:
        """Talent and staff …"""
        return str(english_numbers.lexicon()["problems"].get(label, label))

    def where(self, label: str) -> str:
        """line 34, p. 3"""
        return english_names.label(label)

    def kind(self, kind: Kind) -> str:
        """Level, Change …"""
        return _KINDS[kind]

    def chapter(self, n: int) -> str:
        """1."""
        return f"{n}. "

    def section(self, n: int) -> str:
        """(1)"""
        return f"({n}) "

    def annex(self, n: int) -> str:
        """Annex A."""
        return f"Annex {chr(ord('A') + n - 1)}. "

    def finished(self, blocks: Sequence[Block]) -> tuple[Block, ...]:
        """With the Chinese of each place where it is first named, and charts in English units."""
        return introduced(tuple(map(_fitting, blocks)), self.named)


def _fitting(block: Block) -> Block:
    """Charts in English units; key figures large without their currency, magnitude and original."""
    if isinstance(block, Figure):
        return converted(block)
    if isinstance(block, Tiles):
        return Tiles(tuple(map(_tile, block.items)))
    return block


@cache
def _singular() -> dict[str, str]:
    """One plan by many plans, of the units that our own phrases give in two forms."""
    pairs = (english.partition("|") for english in phrases().values() if "{" not in english)
    return {many: one for one, bar, many in pairs if bar}


def _tile(tile: Tile) -> Tile:
    text = without_original(tile.value.text)
    if text == "1" and tile.unit in _singular():
        return replace(tile, unit=_singular()[tile.unit])
    found = _MONEY.fullmatch(text)
    if not found or tile.unit:
        return replace(tile, value=replace(tile.value, text=text))
    unit = " ".join(filter(None, (found["currency"], found["behind"])))
    return replace(tile, value=replace(tile.value, text=found["before"] + found["figure"]), unit=unit)
