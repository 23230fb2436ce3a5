"""What a Word file says of itself and refers to: page size, links, fonts, language (checks 1, 14, 41, 44)."""

import re
from collections import Counter
from collections.abc import Iterator

from briefings.inspect.verdicts import counted, judged, not_applicable
from briefings.inspect.word_file import R, W, WordFile, number, shown, value
from briefings.records.inspection import Result, Spot

A4 = (11906, 16838)
"""Twentieths of a point."""
OFF = 12
_CORE = "docProps/core.xml"


def package(file: WordFile) -> tuple[Result, ...]:
    """Checks 1, 14, 41 and 44."""
    return _size(file), _links(file), _fonts(file), _language(file)


def _size(file: WordFile) -> Result:
    sizes = [(number(s, "w"), number(s, "h")) for s in file.body.iter(f"{W}pgSz")]
    spots = [
        Spot(f"section {at}", f"{width / 20:.1f} × {height / 20:.1f} pt")
        for at, (width, height) in enumerate(sizes, 1)
        if any(abs(a - b) > OFF for a, b in zip(sorted((width, height)), A4, strict=True))
    ]
    if not sizes:
        spots = [Spot("document", "no page size")]
    return judged(1, spots, counted(len(sizes), "section"))


def _links(file: WordFile) -> Result:
    names = {b.get(f"{W}name", "") for b in file.body.iter(f"{W}bookmarkStart")}
    related = _related(file)
    spots = []
    found = [(at, link) for at, p in file.paragraphs for link in p.iter(f"{W}hyperlink")]
    for at, link in found:
        anchor, target = link.get(f"{W}anchor"), link.get(f"{R}id")
        words = shown(link)
        if not words.strip():
            spots.append(Spot(f"paragraph {at}", f"a link without words to {anchor or target}"))
        if anchor is not None and target is None and anchor not in names:
            spots.append(Spot(f"paragraph {at}", f"{words[:24]}: there is no bookmark {anchor}"))
        if target is not None and target not in related:
            spots.append(Spot(f"paragraph {at}", f"{words[:24]}: there is no relationship {target}"))
        if re.fullmatch(r"\[\d+\]", words.strip()) and not link.get(f"{W}tooltip", "").strip():
            spots.append(Spot(f"paragraph {at}", f"{words}: does not say where it leads"))
    if not found:
        return not_applicable(14, "the file has no link")
    return judged(14, spots, f"{counted(len(found), 'link')}, {counted(len(names), 'bookmark')}")


def _related(file: WordFile) -> set[str]:
    root = file.parts.get("word/_rels/document.xml.rels")
    return set() if root is None else {item.get("Id", "") for item in root}


def _fonts(file: WordFile) -> Result:
    spots = []
    count = 0
    families: Counter[str] = Counter()
    for name, root in sorted(file.parts.items()):
        if not name.startswith("word/") or name == "word/fontTable.xml":
            continue
        for element in root.iter(f"{W}rFonts"):
            count += 1
            eastern = element.get(f"{W}eastAsia")
            themed = [
                str(key).replace(W, "w:") for key in element.attrib if str(key).lower().endswith("theme")
            ]
            if themed:
                spots.append(Spot(name, f"{', '.join(themed)} in {_owner(element)}"))
            if eastern is None and (element.get(f"{W}ascii") or element.get(f"{W}hAnsi")):
                spots.append(
                    Spot(name, f"{element.get(f'{W}ascii')}: no East-Asian font in {_owner(element)}")
                )
            families[eastern or "–"] += 1
    if not count:
        spots.append(Spot("word/styles.xml", "no font is set"))
    return judged(41, spots, f"{counted(count, 'setting')}: {', '.join(sorted(families))}")


def _owner(element: object) -> str:
    """The style or level that a property stands in, for people."""
    from lxml.etree import _Element

    assert isinstance(element, _Element)
    for above in element.iterancestors():
        if above.tag == f"{W}style":
            return f"style {value(above.find(f'{W}name'))}"
        if above.tag in (f"{W}docDefaults", f"{W}lvl", f"{W}p"):
            return str(above.tag).replace(W, "w:")
    return "w:rPr"


def _language(file: WordFile) -> Result:
    styles = file.parts.get("word/styles.xml")
    lang = None if styles is None else styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    eastern = "" if lang is None else lang.get(f"{W}eastAsia", "")
    spots = (
        [] if eastern == "zh-CN" else [Spot("word/styles.xml", f"East-Asian language {eastern or 'not set'}")]
    )
    core = dict(_core(file))
    briefing = file.beside.briefing
    wanted = ["title", "language", *(["creator"] if briefing is not None and briefing.office else [])]
    spots += [Spot(_CORE, f"no {name}") for name in wanted if not core.get(name)]
    said = core.get("language", "")
    if briefing is not None and said and not said.startswith(briefing.language):
        spots.append(Spot(_CORE, f"language {said}, of a briefing in {briefing.language}"))
    have = ", ".join(
        name for name in ("title", "creator", "subject", "keywords", "language") if core.get(name)
    )
    return judged(44, spots, f"{eastern or 'no language'}; {have or 'no properties'}")


def _core(file: WordFile) -> Iterator[tuple[str, str]]:
    root = file.parts.get(_CORE)
    for element in () if root is None else root:
        yield str(element.tag).rpartition("}")[2], (element.text or "").strip()
