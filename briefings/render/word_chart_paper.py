"""What native charts are laid out on: colours and type, how wide words are, round scales, number formats."""

import re
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from briefings.records.briefing import Language
from briefings.render.widths import ems
from briefings.render.word_chart_sheet import Sheet, plain
from briefings.render.word_chart_xml import Words

GAP = 4.0
"""Points between a mark and its label."""
LEADING = 1.4
_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_ATOM = re.compile(r"[“‘《（(]?(?:[A-Za-z0-9.,%’'/-]+|.)[”’》），、。；：)]*", re.DOTALL)
_BOLD = 1.06
_SIGNS = "+-−"


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of a theme's charts, its face and its sizes in points."""

    primary: str
    prior: str
    ink: str
    muted: str
    rule: str
    warning: str
    lines: tuple[str, ...]
    face: str
    size: float
    small: float


@dataclass(frozen=True, slots=True)
class Paper:
    """What a chart is laid out for: the text's width in points, the look, the language of the few words of its own."""

    width: float
    look: Look
    language: Language

    def words(self, text: str, *, colour: str = "", bold: bool = False, small: bool = False) -> Words:
        """Words in the look's ink, or in ``colour``."""
        return Words(text, self.look.small if small else self.look.size, colour or self.look.ink, bold)


@dataclass(frozen=True, slots=True)
class Plot:
    """A native chart: its part, the sheet behind it, its size in points."""

    part: str
    sheet: Sheet
    width: float
    height: float


def width_of(words: Words) -> float:
    """About how wide words are, in points."""
    return max(ems(line) for line in words.text.split("\n")) * words.size * (_BOLD if words.bold else 1.0)


def height_of(text: str, size: float) -> float:
    """How high ``text`` stands on its lines, in points."""
    return (text.count("\n") + 1) * size * LEADING


def wrapped(text: str, size: float, room: float) -> str:
    """``text`` on the fewest lines of at most ``room`` points; numbers and Latin words stay whole."""
    if ems(text) * size <= room:
        return text
    atoms = _ATOM.findall(text)
    for count in range(2, len(atoms) + 1):
        lines = [""]
        for atom in atoms:
            if len(lines[-1]) >= len(text) / count and atom.strip():
                lines.append("")
            lines[-1] += atom
        if all(ems(line.strip()) * size <= room for line in lines):
            return "\n".join(line.strip() for line in lines)
    return text


def scale(low: float, high: float, most: int) -> tuple[float, float, float]:
    """The least round number at or below ``low``, the greatest at or above ``high``, and the round step between.

    From nought where that is not far from the least.
    """
    if low == high:
        low, high = low - (abs(low) or 1) * 0.1, high + (abs(high) or 1) * 0.1
    if 0 < low < (high - low) / 2:
        low = 0.0
    rough = Decimal(plain(high)) - Decimal(plain(low))
    unit = Decimal(10) ** ((rough / most).adjusted())
    step = next(unit * n for n in map(Decimal, ("1", "2", "2.5", "5", "10")) if unit * n >= rough / most)
    first = (Decimal(plain(low)) / step).to_integral_value(ROUND_FLOOR) * step
    last = (Decimal(plain(high)) / step).to_integral_value(ROUND_CEILING) * step
    return float(first), float(last), float(step)


def axis_form(step: float, unit: str = "") -> str:
    """The number format of an axis with this step: as many decimals as it needs, a true minus sign."""
    decimals = len(plain(step).partition(".")[2])
    digits = "0" + ("." + "0" * decimals if decimals else "")
    behind = f'"{unit}"' if unit else ""
    return f'{digits}{behind};"−"{digits}{behind};0'


def number_form(text: str, value: float) -> str:
    """The number format by which ``value`` is written ``text``; "" where ``text`` is more than the number and its unit."""
    found = list(_NUMBER.finditer(text))
    if len(found) != 1 or '"' in text:
        return ""
    digits = found[0][0]
    if Decimal(digits.replace(",", "")) != abs(Decimal(plain(value))):
        return ""
    before, after = text[: found[0].start()], text[found[0].end() :]
    decimals = len(digits.partition(".")[2])
    zeros = ("#,##0" if "," in digits else "0") + ("." + "0" * decimals if decimals else "")
    bare = before.rstrip(_SIGNS)
    above, below = (before, f"{bare}−") if value >= 0 else (bare, before)
    return ";".join(_quoted(head) + zeros + _quoted(after) for head in (above, below))


def _quoted(text: str) -> str:
    return f'"{text}"' if text else ""
