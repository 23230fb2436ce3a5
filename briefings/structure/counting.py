"""Word's automatic numbers: counted as Word counts them, written as Chinese offices write them."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HAN = "零一二三四五六七八九"
_CHINESE = frozenset(
    [
        "chineseCounting",
        "chineseCountingThousand",
        "chineseLegalSimplified",
        "japaneseCounting",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "ideographDigital",
        "japaneseDigitalTenThousand",
    ]
)


class _Level(NamedTuple):
    form: str
    text: str
    start: int


class Numbering:
    """The lists of a docx and how far each has counted."""

    def __init__(self, root: "_Element | None") -> None:
        self._lists: dict[str, dict[int, _Level]] = {}
        self._abstract: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if root is None:
            return
        levels = {
            element.get(W + "abstractNumId") or "": _levels(element)
            for element in root.iter(W + "abstractNum")
        }
        for num in root.iter(W + "num"):
            name = num.get(W + "numId") or ""
            link = num.find(W + "abstractNumId")
            abstract = link.get(W + "val") or "" if link is not None else ""
            self._lists[name] = levels.get(abstract, {})
            override = num.find(f"{W}lvlOverride/{W}startOverride")
            # Lists of one abstract definition go on counting together unless told to start again.
            self._abstract[name] = name if override is not None else f"abstract {abstract}"

    def next(self, name: str | None, level: int) -> str:
        """The number to write before the next paragraph of list ``name``; "" for bullets and unknown lists."""
        levels = self._lists.get(name or "")
        if not levels or level not in levels:
            return ""
        counts = self._counts.setdefault(self._abstract[name or ""], {})
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [key for key in counts if key > level]:
            del counts[deeper]
        if levels[level].form in ("bullet", "none"):
            return ""
        text = levels[level].text
        for index in range(9, 0, -1):
            if f"%{index}" in text:
                here = levels.get(index - 1, levels[level])
                text = text.replace(f"%{index}", written(counts.get(index - 1, here.start), here.form))
        return text


def _levels(abstract: "_Element") -> dict[int, _Level]:
    found: dict[int, _Level] = {}
    for element in abstract.iter(W + "lvl"):
        level = element.get(W + "ilvl") or ""
        if not level.isdigit():
            continue
        start = _value(element, "start")
        found[int(level)] = _Level(
            form=_value(element, "numFmt") or "decimal",
            text=_value(element, "lvlText") or "",
            start=int(start) if start and start.isdigit() else 1,
        )
    return found


def _value(element: "_Element", tag: str) -> str | None:
    child = element.find(W + tag)
    return child.get(W + "val") if child is not None else None


def written(number: int, form: str) -> str:
    """``number`` in Word's number format ``form``; unknown formats are written in digits."""
    if form in _CHINESE:
        return chinese(number)
    if form.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if form in ("lowerLetter", "upperLetter") and 1 <= number <= 26:
        return chr((97 if form == "lowerLetter" else 65) + number - 1)
    if form == "decimalFullWidth":
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
    return str(number)


def chinese(number: int) -> str:
    """``number`` in Chinese numerals: 3 → 三, 12 → 十二, 20 → 二十; digits above 99."""
    if not 0 <= number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _HAN[ones]
    return ("" if tens == 1 else _HAN[tens]) + "十" + (_HAN[ones] if ones else "")
