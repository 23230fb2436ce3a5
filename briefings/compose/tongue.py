"""How periods, numbers, names and numbering are written in the language of a briefing."""

from collections.abc import Sequence
from typing import Protocol

from briefings.compose import wording
from briefings.records.briefing import Block, Language
from briefings.records.document import Document
from briefings.records.fact import Fact, Kind

_BASES = {"yoy": "同比", "qoq": "环比", "ytd": "较年初", "avg2y": "两年平均", "other": "较基期"}
_KINDS = {
    "level": "数值", "rate": "比率", "change": "增幅", "delta": "增量",
    "gap": "差距", "rank": "位次", "completion": "完成率",
}  # fmt: skip


class Tongue(Protocol):
    """What a language must be able to write; sentences of our own are ``speech``'s."""

    language: Language

    def number(self, fact: Fact) -> str:
        """The fact's number with hedge, sign and unit."""

    def short(self, fact: Fact) -> str:
        """The number without the source's own writing in brackets, for charts and alternative texts."""

    def tile(self, fact: Fact) -> tuple[str, str]:
        """The number and its unit apart, for a key figure."""

    def amount(self, value: str, unit: str) -> str:
        """A computed number (a decimal as text, in ``unit`` as the sources write it) with its unit."""

    def drawn(self, value: str, unit: str) -> float:
        """Where a chart places ``value`` whose axis is headed with ``unit(unit)``."""

    def unit(self, unit: str) -> str:
        """A unit as it stands in the head of a column or on an axis, see ``drawn``."""

    def period(self, period: str) -> str:
        """``2021-H1`` for people; also dates and ranges."""

    def issuer(self, document: Document) -> str:
        """Who issued a document, as short as it can be told."""

    def title(self, document: Document) -> str:
        """A document's title; what is said of one that has none."""

    def place(self, place: str) -> str:
        """A place's name."""

    def scope(self, whose: str) -> str:
        """Whose number it is, where it is a part of the place: a group, a zone, another place."""

    def basis(self, basis: str) -> str:
        """Against what a change is measured (``yoy`` …); "" for a basis that has no word of its own."""

    def comparator(self, words: str) -> str:
        """What a gap is measured against, or a rank is a place in."""

    def kind_of_problem(self, label: str) -> str:
        """A kind of problems by the label that sorts them."""

    def where(self, label: str) -> str:
        """The label of a place in a source: a line, a page."""

    def kind(self, kind: Kind) -> str:
        """What kind of number it is."""

    def chapter(self, n: int) -> str:
        """The numbering of a chapter."""

    def section(self, n: int) -> str:
        """The numbering of a section in a chapter."""

    def annex(self, n: int) -> str:
        """The numbering of an annex, counting from 1."""

    def finished(self, blocks: Sequence[Block]) -> tuple[Block, ...]:
        """The blocks of a whole briefing with what can only be known at its end."""


class Chinese:
    """The Chinese edition."""

    language: Language = "zh"

    def number(self, fact: Fact) -> str:
        """See ``wording.number_text``."""
        return wording.number_text(fact)

    def short(self, fact: Fact) -> str:
        """See ``wording.number_text``."""
        return wording.number_text(fact)

    def tile(self, fact: Fact) -> tuple[str, str]:
        """What stands before the unit, and the unit with what follows it."""
        text = wording.number_text(fact)
        unit = (fact.unit or "").translate(wording.HALF_WIDTH)
        at = text.rfind(unit) if unit else -1
        return (text, "") if at < 1 else (text[:at], text[at:])

    def amount(self, value: str, unit: str) -> str:
        """The number and the unit as they are, with a real minus."""
        return value.replace("-", "\u2212") + unit

    def drawn(self, value: str, unit: str) -> float:
        """As it is."""
        return float(value)

    def unit(self, unit: str) -> str:
        """As the source writes it."""
        return unit

    def period(self, period: str) -> str:
        """See ``wording.period_label``."""
        return wording.period_label(period)

    def issuer(self, document: Document) -> str:
        """See ``wording.issuer_name``."""
        return wording.issuer_name(document)

    def title(self, document: Document) -> str:
        """As it is; issuer and period stand beside it, so one without a title is just that."""
        return "无题" if "title_missing" in document.flags else document.title.value

    def place(self, place: str) -> str:
        """As it is."""
        return place

    def scope(self, whose: str) -> str:
        """As it is."""
        return whose

    def basis(self, basis: str) -> str:
        """同比, 环比 …"""
        return _BASES.get(basis, "")

    def comparator(self, words: str) -> str:
        """As it is."""
        return words

    def kind_of_problem(self, label: str) -> str:
        """As it is."""
        return label

    def where(self, label: str) -> str:
        """As it is."""
        return label

    def kind(self, kind: Kind) -> str:
        """数值, 增幅 …"""
        return _KINDS[kind]

    def chapter(self, n: int) -> str:
        """一、"""
        return wording.chinese(n) + "、"

    def section(self, n: int) -> str:
        """（一）"""
        return f"（{wording.chinese(n)}）"

    def annex(self, n: int) -> str:
        """附录A"""
        return f"附录{chr(ord('A') + n - 1)}　"

    def finished(self, blocks: Sequence[Block]) -> tuple[Block, ...]:
        """As they are."""
        return tuple(blocks)


def tongue_of(language: Language) -> Tongue:
    """The tongue of ``language``."""
    if language == "en":
        from briefings.compose.english import English

        return English()
    return Chinese()
