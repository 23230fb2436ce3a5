"""What lies on the desk while a briefing is composed: citations, calculations, the lexicons, the counters."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from briefings.compose import speech
from briefings.compose.citations import Citations
from briefings.compose.cutoff import cutoff
from briefings.compose.tongue import Chinese, Tongue, tongue_of
from briefings.records.briefing import Block, Briefing, Computed, Inline, Line, Operation, Value, Words
from briefings.records.comparison import Point
from briefings.records.document import Document, Source
from briefings.records.edition import Order
from briefings.records.fact import Fact
from briefings.records.indicator import Indicator, Theme
from briefings.records.material import Material


class Desk:
    """Grows while a briefing is composed; nothing in it outlives the composition."""

    def __init__(
        self,
        documents: Sequence[Document],
        sources: Mapping[str, Source],
        indicators: Mapping[str, Indicator],
        themes: Sequence[Theme],
        tongue: Tongue | None = None,
    ) -> None:
        self.tongue: Tongue = tongue or Chinese()
        self.documents = {d.id: d for d in documents}
        self.citations = Citations(self.documents, sources, self.tongue)
        self.sources = sources
        self.indicators = indicators
        self.themes = {t.key: t for t in themes}
        self.computed: list[Computed] = []
        self.printed: dict[str, Fact] = {}
        self._tables = 0
        self._figures = 0
        self._chapters = 0
        self._annexes = 0

    @classmethod
    def of(cls, material: Material, documents: Sequence[Document] | None = None) -> "Desk":
        """A desk for ``material``, or for some of its ``documents``, in the language that is asked for."""
        return cls(
            material.documents if documents is None else documents,
            material.sources,
            material.indicators,
            material.themes,
            tongue_of(material.order.language),
        )

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
        return self.tongue.chapter(self._chapters)

    def annex_number(self) -> str:
        """The letter of the next annex: 附录A"""
        self._annexes += 1
        return self.tongue.annex(self._annexes)

    def say(self, chinese: str, **pieces: Inline | Line | str) -> Line:
        """A sentence of our own in the briefing's language, see ``speech.line``."""
        return speech.line(self.tongue.language, chinese, **pieces)

    def words(self, chinese: str, **parts: str) -> str:
        """Words of our own as text, see ``speech.text``."""
        return speech.text(self.tongue.language, chinese, **parts)

    def value(self, fact: Fact, strong: bool = False) -> Value:
        """The fact's number as a printed value."""
        return Value(self.tongue.number(fact), fact.id, strong)

    def trend(self, fact: Fact) -> Line:
        """A change, delta or gap with its mark: ▲ up, ▼ down, ■ unchanged."""
        return marked(self.value(fact), Decimal(fact.value))

    def tile(self, fact: Fact) -> tuple[Value, str]:
        """The fact's number for a key figure, and its unit apart."""
        text, unit = self.tongue.tile(fact)
        return Value(text, self.print(fact).id), unit

    def theme(self, key: str) -> str:
        """What a field of work is called; for another key the kind of problems it labels."""
        theme = self.themes.get(key)
        if theme is None:
            return self.tongue.kind_of_problem(key)
        return theme.english if self.tongue.language == "en" and theme.english else theme.label

    def who(self, document: str) -> str:
        """Who issued the document with this id."""
        return self.tongue.issuer(self.documents[document])

    def period(self, period: str) -> str:
        """A period or date for people."""
        return self.tongue.period(period)

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

        Units are not converted: facts of different units give None, and so does a division by nought. See ``reckon`` for
        points of a series, whose amounts are in one unit.
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

    def reckon(
        self, operation: Operation, points: Sequence[Point], unit: str, digits: int, *, years: int = 0
    ) -> Value | None:
        """``operation`` on the points' amounts, rounded half up to ``digits``; None where it cannot be computed.

        ``unit`` is that of the result, as the sources write it (个百分点 for a difference of rates); the printed text has it
        in the briefing's language. See ``Computed`` for the operations; ``years`` is for ``cagr``.
        """
        if any(p.fact.value_high for p in points):
            return None
        result = _reckoned(operation, [Decimal(p.amount) for p in points], years)
        if result is None:
            return None
        rounded = result.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)
        for point in points:
            self.print(point.fact)
        inputs = tuple(p.fact.id for p in points)
        return self._value(operation, inputs, str(rounded), unit, digits, False, years)

    def print(self, fact: Fact) -> Fact:
        """``fact``, noted as printed in this briefing."""
        self.printed.setdefault(fact.id, fact)
        return fact

    def cite(self, fact: Fact) -> Inline:
        """A reference to the sentence of ``fact``."""
        return self.citations.cite(fact.document, fact.start)

    def briefing(
        self, order: Order, blocks: Sequence[Block], facts: Sequence[Fact], subtitle: str = ""
    ) -> Briefing:
        """The finished briefing; ``facts`` are all that belong to it, printed or not, for the workbook."""
        documents = list(self.documents.values())
        return Briefing(
            id=order.id,
            kind=order.kind,
            title=order.title,
            subtitle=subtitle,
            language=order.language,
            theme=order.theme,
            masthead=order.masthead,
            period="..".join(dict.fromkeys((order.periods[0], order.periods[-1]))),
            as_of=cutoff(documents),
            office=order.office,
            blocks=self.tongue.finished(blocks),
            computed=tuple(self.computed),
            facts=tuple(self.printed),
            documents=tuple(self.documents),
            keywords=tuple(dict.fromkeys(self.tongue.issuer(d) for d in documents)),
            statements=self.citations.uncited(facts),
        )

    def _value(
        self,
        operation: Operation,
        inputs: tuple[str, ...],
        value: str,
        unit: str,
        digits: int,
        strong: bool,
        years: int = 0,
    ) -> Value:
        new = Computed(f"c{len(self.computed) + 1}", operation, inputs, value, unit or None, digits, years)
        same = next((c for c in self.computed if _same(c, new)), None)
        if same is None:
            self.computed.append(new)
        return Value(self.tongue.amount(value, unit), (same or new).id, strong)


def marked(value: Value, amount: Decimal) -> Line:
    """``value`` behind the mark of its direction."""
    if amount > 0:
        return (Words("▲ ", "up"), value)
    if amount < 0:
        return (Words("▼ ", "down"), value)
    return (Words("■ ", "muted"), value)


def _same(one: Computed, other: Computed) -> bool:
    return (one.operation, one.inputs, one.digits, one.unit, one.years) == (
        other.operation, other.inputs, other.digits, other.unit, other.years,
    )  # fmt: skip


def _reckoned(operation: Operation, amounts: Sequence[Decimal], years: int) -> Decimal | None:
    first, others = amounts[0], amounts[1:]
    match operation:
        case "sum":
            return sum(amounts, Decimal(0))
        case "median":
            return median(amounts)
        case "mean":
            return sum(amounts, Decimal(0)) / len(amounts)
        case "gap_to_mean":
            return first - sum(amounts, Decimal(0)) / len(amounts)
        case "rank":
            return Decimal(1 + sum(a > first for a in others))
        case "rank_low":
            return Decimal(1 + sum(a < first for a in others))
        case "difference" if len(others) == 1:
            return first - others[0]
        case "ratio" | "percent" | "growth" if len(others) == 1 and others[0]:
            part = first - others[0] if operation == "growth" else first
            return part / others[0] * (1 if operation == "ratio" else 100)
        case "cagr" if len(others) == 1 and years > 0 and first > 0 and others[0] > 0:
            return ((first / others[0]) ** (Decimal(1) / years) - 1) * 100
    return None
