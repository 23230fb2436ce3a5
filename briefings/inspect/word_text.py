"""The text of a Word file: headings that number themselves, tables and pictures described, contents (42, 43, 47)."""

import re
from collections.abc import Iterator

from briefings.inspect.decided import squeezed
from briefings.inspect.verdicts import counted, judged, not_applicable
from briefings.inspect.word_file import DOC_PR, W, WordFile, is_on, shown, value
from briefings.records.inspection import Result, Spot

_TYPED = re.compile(
    r"\s*(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\(\d+\)|（\d+）|\d+(?:\.\d+)*[.．、]\s*(?!\d)|[IVX]+\.\s)"
)
_PLACEHOLDER = re.compile(
    r"更新域|更新目录|[Uu]pdate (?:the )?field|No table of contents|未找到目录|Error!|错误!"
)


def contents(file: WordFile) -> tuple[Result, ...]:
    """Checks 42, 43 and 47."""
    return _headings(file), _described(file), _listed(file)


def citations(file: WordFile) -> set[tuple[int, int]]:
    """The numbers [n] that are links, each with the number its bookmark ends with."""
    found = set()
    for link in file.body.iter(f"{W}hyperlink"):
        words = re.fullmatch(r"\[(\d+)\]", shown(link).strip())
        target = re.fullmatch(r"src(\d+)", link.get(f"{W}anchor", ""))
        if words and target:
            found.add((int(words[1]), int(target[1])))
    return found


def _headings(file: WordFile) -> Result:
    found = list(file.headings())
    spots = [
        Spot(f"paragraph {at}", f"a typed number: {shown(p)[:40]}")
        for at, p, _ in found
        if _TYPED.match(shown(p))
    ]
    levels = sorted({level for _, _, level in found})
    numbered = [
        level
        for level in levels
        if _numbers(file, level) or any(_own(p) for _, p, at in found if at == level)
    ]
    if not found:
        spots.append(Spot("document", "no paragraph has a heading style"))
    elif not numbered and len(found) > 1:
        spots.append(Spot("word/styles.xml", "no heading style numbers its headings"))
    before = (
        found[0][2] if found else 0
    )  # the opening's own heads stand under the title, before the first chapter
    for at, paragraph, level in found:
        if level > before + 1:
            spots.append(
                Spot(f"paragraph {at}", f"level {level} after level {before}: {shown(paragraph)[:30]}")
            )
        before = level
    said = f"{counted(len(found), 'heading')}, numbered levels {', '.join(map(str, numbered)) or 'none'}"
    return judged(42, spots, said)


def _numbers(file: WordFile, level: int) -> bool:
    for style in file.styles.values():
        if value(style.find(f"{W}name")).lower() == f"heading {level}":
            return style.find(f"{W}pPr/{W}numPr/{W}numId") is not None
    return False


def _own(paragraph: object) -> bool:
    from lxml.etree import _Element

    assert isinstance(paragraph, _Element)
    return value(paragraph.find(f"{W}pPr/{W}numPr/{W}numId")) not in ("", "0")


def _described(file: WordFile) -> Result:
    spots = []
    for at, table in enumerate(file.tables, 1):
        properties = table.find(f"{W}tblPr")
        look = None if properties is None else properties.find(f"{W}tblLook")
        rows = table.findall(f"{W}tr")
        plain = look is not None and (look.get(f"{W}firstRow") == "0" or value(look) == "0000")
        if not plain and rows and not is_on(rows[0].find(f"{W}trPr/{W}tblHeader")):
            spots.append(Spot(f"table {at}", "the head is not repeated"))
        for name in ("tblCaption", "tblDescription"):
            if properties is None or not value(properties.find(f"{W}{name}")).strip():
                spots.append(Spot(f"table {at}", f"no {name}"))
    pictures = [
        (name, p) for name, root in file.parts.items() if name.startswith("word/") for p in root.iter(DOC_PR)
    ]
    spots += [
        Spot(name, f"{p.get('name', '')}: no alternative text")
        for name, p in pictures
        if not p.get("descr", "").strip()
    ]
    if not file.tables and not pictures:
        return not_applicable(43, "the file has no table and no picture")
    return judged(43, spots, f"{counted(len(file.tables), 'table')}, {counted(len(pictures), 'picture')}")


def _listed(file: WordFile) -> Result:
    rows = list(_contents(file))
    if not rows:
        briefing = file.beside.briefing
        wanted = (
            briefing is not None and briefing.contents and briefing.theme == "modern"
        )  # a short official one has none
        spots = [Spot("document", "no contents")] if wanted else []
        return judged(47, spots, "no contents") if wanted else not_applicable(47, "the file has no contents")
    text = squeezed("".join(words for _, words, _ in rows))
    depth = max(depth for _, _, depth in rows)
    spots = [Spot(f"paragraph {at}", words[:40]) for at, words, _ in rows if _PLACEHOLDER.search(words)]
    entries = [(at, words) for at, words, _ in rows if words.strip()]
    spots += [
        Spot(f"paragraph {at}", f"no page: {words[:40]}")
        for at, words in entries
        if not re.search(r"\d\s*$", words)
    ]
    sought = [(at, p) for at, p, level in file.headings() if level <= depth]
    spots += [
        Spot(f"paragraph {at}", f"not in the contents: {shown(p)[:36]}")
        for at, p in sought
        if squeezed(shown(p)) not in text
    ]
    return judged(
        47, spots, f"{counted(len(entries), 'entry', 'entries')}, {counted(len(sought), 'heading')}"
    )


def _contents(file: WordFile) -> Iterator[tuple[int, str, int]]:
    """The paragraphs of the field of contents of headings, with their words and how deep it goes."""
    open_fields: list[int] = []
    for at, paragraph in file.paragraphs:
        inside = max(open_fields, default=0)
        for element in paragraph.iter(f"{W}fldChar", f"{W}instrText"):
            if element.tag == f"{W}instrText":
                match = re.search(r'\bTOC\b.*\\o\s*"1-(\d)"', element.text or "")
                if match and open_fields:
                    open_fields[-1] = int(match[1])
                    inside = max(inside, int(match[1]))
            elif element.get(f"{W}fldCharType") == "begin":
                open_fields.append(0)
            elif element.get(f"{W}fldCharType") == "end" and open_fields:
                open_fields.pop()
        if inside:
            words = shown(paragraph)
            if words.strip():
                yield at, words, inside
