"""What colours do in a PDF: contrast, grey print, the marks of rise and fall (checks 36 to 39)."""

import re
from collections import Counter
from collections.abc import Iterator

from briefings.inspect.pages import Area, Char, Colour, Page
from briefings.inspect.portable import Portable
from briefings.inspect.verdicts import counted, judged, not_applicable, not_run
from briefings.records.inspection import Result, Spot

TEXT, LARGE = 4.5, 3.0
APART = 1.5
SMALLEST = 7.0
_WHITE: Colour = (255, 255, 255)


def colours(file: Portable) -> tuple[Result, ...]:
    """Checks 36 to 39."""
    return _trends(file), _contrasts(file), _grey(file), _letters(file)


def luminance(colour: Colour) -> float:
    """The relative luminance of WCAG 2, 0 for black and 1 for white."""
    parts = [value / 255 for value in colour]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of WCAG 2, from 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def hue_of(colour: Colour) -> str:
    """ "red", "green" or "" for what is neither."""
    red, green, blue = colour
    if red > green + 40 and red > blue + 40:
        return "red"
    if green > red + 40 and green > blue + 20:
        return "green"
    return ""


def custom(language: str) -> tuple[str, str]:
    """The colours of rise and fall: red and green where Chinese is read, green and red where English is."""
    return ("green", "red") if language.startswith("en") else ("red", "green")


def signs(text: str) -> Iterator[tuple[int, str, str]]:
    """Each ▲ or ▼ that a number with a sign follows: its place in ``text``, the mark, the sign."""
    for match in re.finditer(r"([▲▼])\s*([+＋\-−–])\s*\d", text):
        yield match.start(), match[1], "+" if match[2] in "+＋" else "-"


def _trends(file: Portable) -> Result:
    up, down = custom(str(file.objects.Root.get("/Lang", "")))
    spots = []
    marks: Counter[str] = Counter()
    for line in file.flow:
        for char in line.body:
            if char.text not in "▲▼":
                continue
            marks[char.text] += 1
            hue, wanted = hue_of(char.colour), up if char.text == "▲" else down
            if hue and hue != wanted:
                spots.append(Spot(line.where, f"{char.text} in {hue}: {line.text[:30]}"))
        spots += [
            Spot(line.where, line.text[at : at + 16])
            for at, mark, sign in signs(line.text)
            if (mark == "▲") != (sign == "+")
        ]
    if not marks:
        return not_applicable(36, "the file has no ▲ and no ▼")
    return judged(36, spots, f"▲ {marks['▲']}, ▼ {marks['▼']}, custom: ▲ {up}")


def _contrasts(file: Portable) -> Result:
    """Each colour of text against the area drawn last beneath it, or the white page."""
    seen: dict[tuple[Colour, Colour, bool], tuple[str, str, int]] = {}
    for page in file.pages:
        rows = _behind(file, page)
        for line in page.lines:
            for char in line.body:
                back = _under(char, rows)
                large = char.size >= 18 or (char.size >= 14 and "bold" in char.font.lower())
                where, words, count = seen.get((char.colour, back, large), (line.where, line.text[:30], 0))
                seen[char.colour, back, large] = (where, words, count + 1)
    if not seen:
        return not_applicable(37, "the file has no text")
    spots = [
        Spot(
            where,
            f"{contrast(ink, back):.1f}: {_hex(ink)} on {_hex(back)}, {counted(count, 'character')}: {words}",
        )
        for (ink, back, large), (where, words, count) in seen.items()
        if contrast(ink, back) < (LARGE if large else TEXT)
    ]
    lowest = min((contrast(ink, back), _hex(ink), _hex(back)) for ink, back, _ in seen)
    return judged(
        37,
        spots,
        f"{counted(len(seen), 'pair')} of colours, lowest {lowest[0]:.1f} ({lowest[1]} on {lowest[2]})",
    )


def _behind(file: Portable, page: Page) -> list[Area]:
    """The filled areas of a page that text can stand on, the last one drawn first."""
    return [
        a
        for a in reversed(page.areas)
        if a.box[2] - a.box[0] > 4 and a.box[3] - a.box[1] > 4 and not _in_figure(file, page, a)
    ]


def _under(char: Char, areas: list[Area]) -> Colour:
    x, y = (char.box[0] + char.box[2]) / 2, (char.box[1] + char.box[3]) / 2
    for area in areas:
        left, top, right, bottom = area.box
        if left <= x <= right and top <= y <= bottom:
            return area.colour
    return _WHITE


def _in_figure(file: Portable, page: Page, area: Area) -> bool:
    return area.mark >= 0 and file.tree.within(page.number, area.mark, "Figure") is not None


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{part:02X}" for part in colour)


def _grey(file: Portable) -> Result:
    """The coloured marks of each page's drawings against the grey ones, as a grey print would show them."""
    drawn: dict[int, set[Colour]] = {}
    for page in file.pages:
        for area in page.areas:
            if _in_figure(file, page, area):
                drawn.setdefault(page.number, set()).add(area.colour)
    if not drawn:
        return not_applicable(38, "the file has no drawing")
    spots = []
    closest: float | None = None
    for number, found in sorted(drawn.items()):
        greys = [c for c in found if max(c) - min(c) < 40 and 0.2 < luminance(c) < 0.6]
        strong = [c for c in found if max(c) - min(c) >= 90]
        for one in sorted(strong):
            for other in sorted(greys):
                apart = contrast(one, other)
                closest = apart if closest is None else min(closest, apart)
                if apart < APART:
                    spots.append(Spot(f"page {number}", f"{apart:.1f}: {_hex(one)} beside {_hex(other)}"))
    said = "no coloured mark beside a grey one" if closest is None else f"closest {closest:.1f}"
    return judged(38, spots, f"{counted(len(drawn), 'page')} with drawings, {said}")


def _letters(file: Portable) -> Result:
    figures = [e for e in file.tree.elements if e.tag == "Figure"]
    if not figures:
        return not_applicable(39, "the file has no figure")
    inside = [
        (line, char)
        for page in file.pages
        for line in page.lines
        for char in line.body
        if file.tree.within(page.number, char.mark, "Figure")
    ]
    if not inside:
        return not_run(39, "the letters of the charts are drawn as shapes")
    small = {line.where: line.text for line, char in inside if char.size < SMALLEST}
    spots = (Spot(where, text[:30]) for where, text in small.items())
    return judged(39, spots, f"smallest {min(char.size for _, char in inside):.1f} pt")
