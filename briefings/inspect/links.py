"""Where the links of a PDF lead, and the page numbers they print (checks 14 and 17)."""

import re
from typing import Any

from briefings.inspect.portable import Portable
from briefings.inspect.verdicts import counted, judged, not_applicable
from briefings.records.inspection import Result, Spot

LOW, NARROW = 4.0, 2.0
"""A link must be so high and so wide, in points, to be hit."""
_TOLD = re.compile(r"(?:[.·…．]\s*|第\s*|p\.\s*)(\d{1,4})\s*页?\s*$")


def links(file: Portable) -> tuple[Result, ...]:
    """Checks 14 and 17."""
    found = [
        (at, note)
        for at, page in enumerate(file.objects.pages, 1)
        for note in page.get("/Annots", [])
        if str(note.get("/Subtype", "")) == "/Link"
    ]
    if not found:
        return tuple(not_applicable(number, "the file has no link") for number in (14, 17))
    tagged = {number for element in file.tree.elements for number in element.objects}
    spots = [Spot(f"page {at}", wrong) for at, note in found if (wrong := _wrong(file, note, tagged))]
    return judged(14, spots, counted(len(found), "link")), _told(file)


def _wrong(file: Portable, note: Any, tagged: set[tuple[int, int]]) -> str:
    """What is wrong with a link; "" for nothing."""
    left, bottom, right, top = sorted_box([float(edge) for edge in note["/Rect"]])
    name, known = _target(file, note)
    said = str(note.get("/Contents", ""))
    wrong = []
    if top - bottom < LOW or right - left < NARROW:
        wrong.append(f"{right - left:.1f} × {top - bottom:.1f} pt, too small to be hit")
    if not said.strip():
        wrong.append("does not say where it leads")
    if not known:
        wrong.append("leads nowhere")
    if tuple(note.objgen) not in tagged:
        wrong.append("not in the structure")
    return f"{said[:16] or name}: {', '.join(wrong)}" if wrong else ""


def sorted_box(edges: list[float]) -> tuple[float, float, float, float]:
    """A rectangle with its smaller corner first."""
    return min(edges[0], edges[2]), min(edges[1], edges[3]), max(edges[0], edges[2]), max(edges[1], edges[3])


def _target(file: Portable, note: Any) -> tuple[str, bool]:
    """The name of what a link leads to, and whether that exists."""
    import pikepdf

    action = note.get("/A", {})
    place = note.get("/Dest", action.get("/D"))
    if place is None:
        address = str(action.get("/URI", ""))
        return address, bool(re.match(r"[a-z]+:", address)) or str(action.get("/S", "")) not in (
            "",
            "/URI",
            "/GoTo",
        )
    if isinstance(place, pikepdf.Array):
        pages = {page.objgen for page in file.objects.pages}
        return "page", place[0].objgen in pages
    name = str(place).removeprefix("/")
    return name, name in file.destinations


def citations(file: Portable) -> set[tuple[int, int]]:
    """The numbers [n] that are links, each with the number that its target's name ends with."""
    found = set()
    for name, words, _ in _linked(file):
        printed, target = re.fullmatch(r"\[(\d+)\]", words.strip()), re.fullmatch(r"s(\d+)", name)
        if printed and target:
            found.add((int(printed[1]), int(target[1])))
    return found


def _told(file: Portable) -> Result:
    """The number at the end of a link's words is the page it leads to."""
    told = [
        (where, words, int(match[1]), file.destinations[name][0])
        for name, words, where in _linked(file)
        if (match := _TOLD.search(words))
    ]
    if not told:
        return not_applicable(17, "no link prints a page")
    spots = (
        Spot(where, f"{words[:30].strip()}: prints {printed}, leads to {page}")
        for where, words, printed, page in told
        if printed != page
    )
    return judged(17, spots, counted(len(told), "page number"))


def _linked(file: Portable) -> tuple[tuple[str, str, str], ...]:
    """Each link in the structure that leads to a place of the file: the place's name, the link's words, where they stand."""
    leads: dict[tuple[int, int], str] = {}
    for note in (note for page in file.objects.pages for note in page.get("/Annots", [])):
        if str(note.get("/Subtype", "")) == "/Link":
            name, _ = _target(file, note)
            if name in file.destinations:
                leads[tuple(note.objgen)] = name
    targets = {e.at: leads[n] for e in file.tree.elements if e.tag == "Link" for n in e.objects if n in leads}
    found: list[tuple[str, str, str]] = []
    open_link, open_block = "", None
    for line in file.flow:
        block = file.block(line)
        if block != open_block:
            open_link, open_block = "", block
        for char in line.chars:
            owner = file.tree.owner.get((line.page, char.mark), -1)
            name = next((targets[e.at] for e in file.tree.up(owner) if e.at in targets), "")
            if name and name == open_link:  # one link may be several elements: words, leader, page
                found[-1] = (name, found[-1][1] + char.text, line.where)
            elif name:
                found.append((name, char.text, line.where))
            open_link = name
    return tuple(found)
