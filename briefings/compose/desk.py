"""What lies on the desk while a briefing is composed: citations, calculations, the lexicons, the counters."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from briefings.compose.citations import Citations
from briefings.records.briefing import Computed, Inline, Operation, Value
from briefings.records.document import Document, Source
from briefings.records.fact import Fact
from briefings.records.indicator import Indicator, Theme

_CHINESE = "〇一二三四五六七八九"


class Desk:
    """Grows while a briefing is composed; nothing in it outlives the composition."""

    def __init__(
        self,
        documents: Sequence[Document],
        sources: Mapping[str, Source],
        indicators: Mapping[str, Indicator],
        themes: Sequence[Theme],
    ) -> None:
        self.documents = {d.id: d for d in documents}
        self.citations = Citations(self.documents, sources)
        self.sources = sources
        self.indicators = indicators
        self.themes = {t.key: t for t in themes}
        self.computed: list[Computed] = []
        self.printed: dict[str, Fact] = {}
        self._tables = 0
        self._figures = 0
        self._chapters = 0
        self._annexes = 0

    def table_number(self) -> int:
        """The number of the next table."""
        self._tables += 1
        return self._tables

    def figure_number(self) -> int:
        """The number of the next figure."""
        self._figures += 1
        return self._figures

    def chapter_number(self) -> str:
        """The number of the next chapter: 一、"""
        self._chapters += 1
        return chinese(self._chapters) + "、"

    def annex_number(self) -> str:
        """The letter of the next annex: 附录A"""
        self._annexes += 1
        return f"附录{chr(ord('A') + self._annexes - 1)}　"

    def count(self, things: Sequence[str], unit: str = "", *, strong: bool = False) -> Value:
        """How many different ``things`` (ids) there are, as a computed value."""
        inputs = tuple(dict.fromkeys(things))
        return self._value("count", inputs, str(len(inputs)), unit, 0, strong)

    def median(self, facts: Sequence[Fact], unit: str, digits: int = 1) -> Value:
        """The median of the facts' values, rounded half up to ``digits``, as a computed value."""
        middle = median(Decimal(f.value) for f in facts)
        rounded = middle.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
        return self._value("median", tuple(f.id for f in facts), str(rounded), unit, digits, False)

    def arithmetic(self, operation: Operation, facts: Sequence[Fact], digits: int, unit: str) -> Value | None:
        """``operation`` on the facts' values, rounded half up to ``digits``; None where it cannot be computed.

        Units are not converted: facts of different units give None, and so does a division by nought.
        """
        if any(f.value_high for f in facts) or len({f.unit for f in facts}) > 1:
            return None
        numbers = [Decimal(f.value) for f in facts]
        first, second = numbers[0], numbers[1] if len(numbers) == 2 else Decimal(0)
        if operation == "sum":
            result = sum(numbers, Decimal(0))
        elif operation == "difference":
            result = first - second
        elif operation in ("percent", "growth") and second:
            result = (first if operation == "percent" else first - second) * 100 / second
        else:
            return None
        rounded = result.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
        return self._value(operation, tuple(f.id for f in facts), str(rounded), unit, digits, False)

    def print(self, fact: Fact) -> Fact:
        """``fact``, noted as printed in this briefing."""
        self.printed.setdefault(fact.id, fact)
        return fact

    def cite(self, fact: Fact) -> Inline:
        """A reference to the sentence of ``fact``."""
        return self.citations.cite(fact.document, fact.start)

    def _value(
        self, operation: Operation, inputs: tuple[str, ...], value: str, unit: str, digits: int, strong: bool
    ) -> Value:
        same = [c for c in self.computed if (c.operation, c.inputs, c.digits) == (operation, inputs, digits)]
        if not same:
            same = [Computed(f"c{len(self.computed) + 1}", operation, inputs, value, unit or None, digits)]
            self.computed += same
        return Value(value + unit, same[0].id, strong)


def chinese(number: int) -> str:
    """1 to 99 as 一 to 九十九."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else _CHINESE[tens] + "十") + (
        _CHINESE[ones] if ones else ""
    )
