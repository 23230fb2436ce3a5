"""Whether a number that somebody wrote into a brief is one the workspace knows."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation

from briefings.audit.edited_words import Word, bare, bearing, value
from briefings.audit.furniture import without_furniture
from briefings.audit.magnitudes import scaled
from briefings.records.fact import Fact

SMALL = 10
"""A numeral in words below this is part of the language (一个, 三次), no figure."""


class Known:
    """The facts of a workspace, by what they amount to."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self.facts: dict[tuple[Decimal, str], list[Fact]] = defaultdict(list)
        for fact in facts:
            power, base = scaled(fact.unit or "")
            try:
                self.facts[abs(Decimal(fact.value)).scaleb(power).normalize(), base].append(fact)
            except InvalidOperation:
                continue

    def fact(self, text: str, word: Word, context: str) -> tuple[Fact | None, bool]:
        """The fact that the number ``word`` of ``text`` may be, and whether ``context`` speaks of what it measures."""
        read = value(text, word)
        if read is None:
            return None, False
        found = list(self.facts.get((read[0].normalize(), read[1]), ()))
        # The unit of an edited text is read up to its first character: 家 of 家企业, 平方 of 平方米.
        if not found and read[1]:
            found = [
                f
                for (number, unit), fs in self.facts.items()
                if number == read[0] and _begins(text, word, unit)
                for f in fs
            ]
        direction = bearing(text, word)[0]
        said = bare(context)
        for fact in found:
            falls = fact.value.startswith("-")
            if falls != (direction == "▼") and fact.kind in ("change", "delta", "gap"):
                continue
            if any(bare(name) in said for name in (fact.indicator, fact.canonical or "") if len(name) > 1):
                return fact, True
        return (found[0], False) if found else (None, False)


def _begins(text: str, word: Word, unit: str) -> bool:
    return bool(unit) and unit in bare(text[word.end : word.end + 8])[: len(unit) + 2]


def is_data(text: str, word: Word) -> bool:
    """Whether a number is a figure, and no date, numbering, title of a document or word of the language."""
    if word.sort == "numeral":
        read = value(text, word)
        return read is not None and (read[0] >= SMALL or read[1] in ("%", "倍"))
    left = without_furniture(text)
    return len(left) == len(text) and left[word.start].isdecimal()
