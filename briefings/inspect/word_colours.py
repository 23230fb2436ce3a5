"""What colours do in a Word file, its native charts included (checks 36 to 39)."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from briefings.inspect.colours import APART, LARGE, SMALLEST, TEXT, contrast, custom, hue_of, luminance, signs
from briefings.inspect.pages import Colour
from briefings.inspect.verdicts import counted, judged, not_applicable, not_run
from briefings.inspect.word_file import DOC_PR, W, WordFile, is_on, number, shown, value
from briefings.records.inspection import Result, Spot

if TYPE_CHECKING:
    from lxml.etree import _Element

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_BLACK: Colour = (0, 0, 0)
_WHITE: Colour = (255, 255, 255)


def word_colours(file: WordFile) -> tuple[Result, ...]:
    """Checks 36 to 39."""
    return _trends(file), _contrasts(file), _grey(file), _letters(file)


def _runs(paragraph: "_Element") -> "Iterator[_Element]":
    """The runs that a paragraph shows itself."""
    for run in paragraph.iter(f"{W}r"):
        if next(above for above in run.iterancestors(f"{W}p")) is paragraph:
            yield run


def _words(run: "_Element") -> str:
    return "".join(text.text or "" for text in run.iter(f"{W}t"))


def _properties(file: WordFile, paragraph: "_Element", run: "_Element") -> "Iterator[_Element]":
    """The run properties that hold for a run, the strongest first."""
    own = run.find(f"{W}rPr")
    if own is not None:
        yield own
        for style in file.chain(value(own.find(f"{W}rStyle"))):
            yield from style.findall(f"{W}rPr")
    named = value(paragraph.find(f"{W}pPr/{W}pStyle"))
    for style in file.chain(named or _default(file)):
        yield from style.findall(f"{W}rPr")


def _default(file: WordFile) -> str:
    return next(
        (
            n
            for n, s in file.styles.items()
            if s.get(f"{W}default") == "1" and s.get(f"{W}type") == "paragraph"
        ),
        "",
    )


def _ink(properties: "list[_Element]") -> Colour:
    found = next((colour for p in properties if (colour := _rgb(value(p.find(f"{W}color"))))), None)
    return found or _BLACK


def _rgb(text: str) -> Colour | None:
    if not re.fullmatch(r"[0-9A-Fa-f]{6}", text):
        return None
    return int(text[:2], 16), int(text[2:4], 16), int(text[4:], 16)


def _back(file: WordFile, paragraph: "_Element", run: "list[_Element]") -> Colour:
    """What is behind a run: its own shading, its paragraph's, its cell's, or the white page."""
    shades = [p.find(f"{W}shd") for p in run]
    shades.append(paragraph.find(f"{W}pPr/{W}shd"))
    shades += [s.find(f"{W}pPr/{W}shd") for s in file.chain(value(paragraph.find(f"{W}pPr/{W}pStyle")))]
    cell = next(paragraph.iterancestors(f"{W}tc"), None)
    if cell is not None:
        shades.append(cell.find(f"{W}tcPr/{W}shd"))
        table = next(cell.iterancestors(f"{W}tbl"))
        name = value(table.find(f"{W}tblPr/{W}tblStyle"))
        shades += [s.find(f"{W}tcPr/{W}shd") for s in file.chain(name)]
    fills = (_rgb(shade.get(f"{W}fill", "")) for shade in shades if shade is not None)
    return next((fill for fill in fills if fill), _WHITE)


def _trends(file: WordFile) -> Result:
    core = file.parts.get("docProps/core.xml")
    language = (
        "" if core is None else " ".join(e.text or "" for e in core if str(e.tag).endswith("}language"))
    )
    up, down = custom(language)
    marks: Counter[str] = Counter()
    spots = []
    for at, paragraph in file.paragraphs:
        text = shown(paragraph)
        if "▲" not in text and "▼" not in text:
            continue
        for run in _runs(paragraph):
            found = [c for c in _words(run) if c in "▲▼"]
            marks.update(found)
            hue = hue_of(_ink(list(_properties(file, paragraph, run)))) if found else ""
            spots += [
                Spot(f"paragraph {at}", f"{c} in {hue}: {text[:30]}")
                for c in found
                if hue and hue != (up if c == "▲" else down)
            ]
        spots += [
            Spot(f"paragraph {at}", text[place : place + 16])
            for place, mark, sign in signs(text)
            if (mark == "▲") != (sign == "+")
        ]
    if not marks:
        return not_applicable(36, "the file has no ▲ and no ▼")
    return judged(36, spots, f"▲ {marks['▲']}, ▼ {marks['▼']}, custom: ▲ {up}")


def _contrasts(file: WordFile) -> Result:
    seen: dict[tuple[Colour, Colour, bool], tuple[int, str]] = {}
    known: dict[tuple[int, str, str, str], tuple[Colour, Colour, bool]] = {}
    for at, paragraph in file.paragraphs:
        cell = next(paragraph.iterancestors(f"{W}tc"), None)
        for run in _runs(paragraph):
            words = _words(run)
            if not words.strip():
                continue
            own = run.find(f"{W}rPr")
            key = (
                0 if cell is None else id(cell),
                value(paragraph.find(f"{W}pPr/{W}pStyle")),
                value(run.find(f"{W}rPr/{W}rStyle")),
                "" if own is None else " ".join(f"{c.tag}{sorted(c.attrib.values())}" for c in own),
            )
            if key not in known:
                properties = list(_properties(file, paragraph, run))
                size = next((number(s, "val") for p in properties if (s := p.find(f"{W}sz")) is not None), 21)
                bold = any(is_on(p.find(f"{W}b")) for p in properties)
                large = size >= 36 or (size >= 28 and bold)
                known[key] = (_ink(properties), _back(file, paragraph, properties), large)
            seen.setdefault(known[key], (at, words))
    if not seen:
        return not_applicable(37, "the file has no text")
    spots = [
        Spot(f"paragraph {at}", f"{contrast(ink, back):.1f}: {_hex(ink)} on {_hex(back)}: {words[:30]}")
        for (ink, back, large), (at, words) in seen.items()
        if contrast(ink, back) < (LARGE if large else TEXT)
    ]
    lowest, ink, back = min((contrast(ink, back), _hex(ink), _hex(back)) for ink, back, _ in seen)
    return judged(
        37, spots, f"{counted(len(seen), 'pair')} of colours, lowest {lowest:.1f} ({ink} on {back})"
    )


def _hex(colour: Colour) -> str:
    return "#" + "".join(f"{part:02X}" for part in colour)


def _grey(file: WordFile) -> Result:
    if not file.charts:
        return not_applicable(38, "the file has no native chart")
    spots = []
    for name, root in sorted(file.charts.items()):
        fills = {c for e in root.iter(f"{A}srgbClr") if (c := _rgb(e.get("val", "")))}
        greys = [c for c in fills if max(c) - min(c) < 40 and 0.2 < luminance(c) < 0.6]
        for one in sorted(c for c in fills if max(c) - min(c) >= 90):
            for other in sorted(greys):
                if contrast(one, other) < APART:
                    spots.append(Spot(name, f"{contrast(one, other):.1f}: {_hex(one)} beside {_hex(other)}"))
    return judged(38, spots, counted(len(file.charts), "chart"))


def _letters(file: WordFile) -> Result:
    if not file.charts:
        pictures = any(True for root in file.parts.values() for _ in root.iter(DOC_PR))
        if pictures:
            return not_run(39, "the charts are pictures")
        return not_applicable(39, "the file has no chart")
    sizes = [
        (int(e.get("sz", "0")) / 100, name)
        for name, root in sorted(file.charts.items())
        for e in root.iter(f"{A}defRPr", f"{A}rPr")
        if e.get("sz", "").isdigit()
    ]
    spots = [Spot(name, f"{size:g} pt") for size, name in sizes if size < SMALLEST]
    unsized = [name for name, root in sorted(file.charts.items()) if not any(n == name for _, n in sizes)]
    spots += [Spot(name, "no size is set") for name in unsized]
    return judged(
        39,
        spots,
        f"smallest {min((s for s, _ in sizes), default=0):g} pt in {counted(len(file.charts), 'chart')}",
    )
