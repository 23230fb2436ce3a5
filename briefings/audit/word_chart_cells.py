"""Cells of a chart's workbook: which ones a reference names, what one must hold, how a number format shows it."""

import re
from decimal import Decimal, InvalidOperation

from briefings.audit.charted import Cell, Place, exact
from briefings.audit.tokens import squeezed

AREA = re.compile(r"(?:'?[^'!]+'?!)?\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?")
_FORM = re.compile(r"[#,]*0(?:\.(0+))?")
_SIGNS = str.maketrans("−", "-")


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


def unlike(text: str, wanted: Cell) -> str:
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


def cells(reference: str) -> list[Place]:
    """The cells of a reference, areas of a union one after the other; row -1 is the heads'."""
    found: list[Place] = []
    for part in reference.strip().removeprefix("(").removesuffix(")").split(","):
        match = AREA.fullmatch(part.strip())
        if match is None:
            raise ValueError(f"看不懂的引用 {reference}")
        first, last = column(match[1]), column(match[3] or match[1])
        top, bottom = int(match[2]) - 2, int(match[4] or match[2]) - 2
        if (last - first + 1) * (bottom - top + 1) > 10_000:
            raise ValueError(f"引用太大 {reference}")
        found += [(across, row) for row in range(top, bottom + 1) for across in range(first, last + 1)]
    return found


def column(letters: str) -> int:
    """The column that letters name, counted from 0."""
    number = 0
    for one in letters:
        number = number * 26 + ord(one) - ord("A") + 1
    return number - 1


def letter(at: int) -> str:
    """The letters of the column at this place, counted from 0."""
    name = ""
    at += 1
    while at:
        at, rest = divmod(at - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
