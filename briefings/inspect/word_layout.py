"""How a Word file is laid out: the official grid, margins and page numbers (checks 22 to 24)."""

from collections.abc import Iterator

from briefings.inspect.official import CHARACTERS, PITCH
from briefings.inspect.verdicts import counted, judged, not_applicable
from briefings.inspect.word_file import R, W, WordFile, number, value
from briefings.records.inspection import Result, Spot

MARGINS = {"top": 37.0, "right": 26.0, "bottom": 35.0, "left": 28.0}
"""In mm, of an upright page; across, the head lies at the left."""
ACROSS = {"top": 28.0, "right": 37.0, "bottom": 26.0, "left": 35.0}
TWIPS = 1440 / 25.4
OFF_MM = 0.3


def word_layout(file: WordFile) -> tuple[Result, ...]:
    """Checks 22 to 24."""
    if file.theme != "official":
        return tuple(not_applicable(n, "not the official theme") for n in (22, 23, 24))
    sections = list(file.body.iter(f"{W}sectPr"))
    english = file.beside.briefing is not None and file.beside.briefing.language == "en"
    return (
        not_applicable(22, "the briefing is in English") if english else _grid(file),
        judged(23, _margins(file), counted(len(sections), "section")),
        judged(24, _numbers(file), counted(len(sections), "section")),
    )


def _upright(section: object) -> bool:
    from lxml.etree import _Element

    assert isinstance(section, _Element)
    size = section.find(f"{W}pgSz")
    return number(size, "w") <= number(size, "h")


def _grid(file: WordFile) -> Result:
    """The grid of lines, and what the body text's size and spacing make of the width between the margins."""
    spots = []
    pitch = round(PITCH * 20)
    for at, section in enumerate(file.body.iter(f"{W}sectPr"), 1):
        grid = section.find(f"{W}docGrid")
        if grid is None or grid.get(f"{W}type") != "lines" or abs(number(grid, "linePitch") - pitch) > 1:
            found = (
                "none" if grid is None else f"{grid.get(f'{W}type', 'default')} {number(grid, 'linePitch')}"
            )
            spots.append(Spot(f"section {at}", f"grid {found}, not lines {pitch}"))
    size, spacing, line = _of_body(file, "sz"), _of_body(file, "spacing"), _line(file)
    margins = file.body.find(f".//{W}pgMar")
    page = file.body.find(f".//{W}pgSz")
    width = number(page, "w") - number(margins, "left") - number(margins, "right")
    em = size * 10 + spacing
    count = width // em if em else 0
    if count != CHARACTERS:
        spots.append(
            Spot(
                "Normal",
                f"{count} characters a line: {size / 2:g} pt with {spacing / 20:+g} pt in {width / 20:.1f} pt",
            )
        )
    if abs(line - pitch) > 1:
        spots.append(Spot("Normal", f"lines {line / 20:g} pt apart"))
    return judged(22, spots, f"{count} characters a line, lines {line / 20:g} pt apart")


def _of_body(file: WordFile, name: str) -> int:
    """A number among the run properties of the default style, or of the document's defaults."""
    for style in file.styles.values():
        if style.get(f"{W}default") == "1" and style.get(f"{W}type") == "paragraph":
            found = style.find(f"{W}rPr/{W}{name}")
            if found is not None:
                return number(found, "val")
    root = file.parts.get("word/styles.xml")
    found = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}{name}")
    return number(found, "val")


def _line(file: WordFile) -> int:
    for style in file.styles.values():
        if style.get(f"{W}default") == "1" and style.get(f"{W}type") == "paragraph":
            return number(style.find(f"{W}pPr/{W}spacing"), "line")
    return 0


def _margins(file: WordFile) -> Iterator[Spot]:
    for at, section in enumerate(file.body.iter(f"{W}sectPr"), 1):
        found = section.find(f"{W}pgMar")
        wanted = MARGINS if _upright(section) else ACROSS
        wrong = [
            f"{side} {number(found, side) / TWIPS:.1f} mm"
            for side, mm in wanted.items()
            if abs(number(found, side) / TWIPS - mm) > OFF_MM
        ]
        if wrong:
            yield Spot(f"section {at}", ", ".join(wrong))


def _numbers(file: WordFile) -> Iterator[Spot]:
    """Two feet, each with the page's number: odd pages at the right, even ones at the left."""
    settings = file.parts.get("word/settings.xml")
    if settings is None or settings.find(f"{W}evenAndOddHeaders") is None:
        yield Spot("word/settings.xml", "odd and even pages are not told apart")
    relations = file.parts.get("word/_rels/document.xml.rels")
    targets = {} if relations is None else {item.get("Id", ""): item.get("Target", "") for item in relations}
    feet: dict[str, str] = {}
    for section in file.body.iter(f"{W}sectPr"):
        for reference in section.findall(f"{W}footerReference"):
            feet[reference.get(f"{W}type", "default")] = targets.get(reference.get(f"{R}id", ""), "")
    for kind, side in (("default", "right"), ("even", "left")):
        part = file.parts.get(f"word/{feet.get(kind, '')}")
        if part is None:
            yield Spot("document", f"no foot for {'odd' if kind == 'default' else 'even'} pages")
            continue
        name = f"word/{feet[kind]}"
        told = " ".join(i.text or "" for i in part.iter(f"{W}instrText"))
        told += " ".join(i.get(f"{W}instr", "") for i in part.iter(f"{W}fldSimple"))
        if "PAGE" not in told.split():
            yield Spot(name, "no page number")
        paragraph = part.find(f"{W}p")
        own = None if paragraph is None else paragraph.find(f"{W}pPr/{W}jc")
        style = "" if paragraph is None else value(paragraph.find(f"{W}pPr/{W}pStyle"))
        aligned = value(own) or next(
            (value(jc) for s in file.chain(style) if (jc := s.find(f"{W}pPr/{W}jc")) is not None), "left"
        )
        if {"start": "left", "both": "left", "end": "right"}.get(aligned, aligned) != side:
            yield Spot(name, f"the number is {aligned}, not {side}")
