"""The fonts of a PDF: embedded, expected, with a glyph for every character (checks 2 to 5)."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from briefings.inspect.pages import Char, Line
from briefings.inspect.portable import Portable
from briefings.inspect.verdicts import counted, judged, not_applicable
from briefings.records.inspection import Result, Spot

OURS = (
    "Noto Sans CJK SC", "Noto Serif CJK SC", "Source Han Sans SC", "Source Han Serif SC", "Noto Sans SC", "Noto Serif SC",
    "LXGW WenKai", "FandolFang", "FandolKai", "FandolHei", "FandolSong", "AR PL UKai CN", "Liberation Serif", "Tinos",
    "Inter", "仿宋_GB2312", "FangSong", "方正小标宋简体", "FZXiaoBiaoSong-B05S", "楷体_GB2312", "KaiTi", "黑体", "SimHei",
    "宋体", "SimSun",
)  # fmt: skip
"""The families of the two themes; those of the style sheets come to them."""
MANY = 100
"""Official theme: at most one Han character in so many may come from a fallback."""
_WEIGHT = re.compile(
    r"(thin|extralight|light|demilight|regular|medium|semibold|bold|extrabold|black|italic|oblique|roman)+$"
)
_MISSING = 40
"""So many places of missing glyphs are looked for on a page."""


def fonts(file: Portable) -> tuple[Result, ...]:
    """Checks 2 to 5."""
    found = {str(font.get("/BaseFont", "?")).removeprefix("/"): font for font in _fonts(file.objects)}
    if not found:
        why = "the file has no text"
        return tuple(not_applicable(number, why) for number in (2, 3, 4, 5))
    allowed = {_plain(name) for name in (*OURS, *file.beside.families)}
    families = sorted({_plain(name): _bare(name) for name in found}.values())
    return (
        judged(2, (spot for name, font in sorted(found.items()) for spot in _embedded(name, font)), counted(len(found), "font")),
        judged(3, (Spot(name) for name in families if _plain(name) not in allowed), ", ".join(families)),
        judged(4, _unseen(file), f"{sum(len(line.body) for p in file.pages for line in p.lines)} characters"),
        _fallback(file),
    )  # fmt: skip


def _fonts(objects: Any) -> Iterator[Any]:
    seen: set[tuple[int, int]] = set()
    for page in objects.pages:
        yield from _of_resources(page.get("/Resources", {}), seen)


def _of_resources(resources: Any, seen: set[tuple[int, int]]) -> Iterator[Any]:
    yield from dict(resources.get("/Font", {})).values()
    for form in dict(resources.get("/XObject", {})).values():
        if form.objgen in seen or str(form.get("/Subtype")) != "/Form":
            continue
        seen.add(form.objgen)
        yield from _of_resources(form.get("/Resources", {}), seen)


def _embedded(name: str, font: Any) -> Iterator[Spot]:
    if str(font.get("/Subtype")) == "/Type3":
        wanted = {"no way back to characters": "/ToUnicode" in font}
    else:
        inner = font["/DescendantFonts"][0] if "/DescendantFonts" in font else font
        descriptor = inner.get("/FontDescriptor", {})
        wanted = {
            "not embedded": any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")),
            "not a subset": bool(re.match(r"[A-Z]{6}\+", name)),
            "no way back to characters": "/ToUnicode" in font,
        }
    missing = [what for what, there in wanted.items() if not there]
    if missing:
        yield Spot(_bare(name), ", ".join(missing))


def _bare(name: str) -> str:
    return re.sub(r"^[A-Z]{6}\+", "", name)


def _plain(name: str) -> str:
    """A family's name as it can be compared: no subset mark, no weight, no blanks, hyphens or commas."""
    return _WEIGHT.sub("", re.sub(r"[\s,_-]", "", _bare(name)).lower())


def _unseen(file: Portable) -> Iterator[Spot]:
    """Characters drawn with glyph 0 of their font, and those that lead to no character at all."""
    for number, page in enumerate(file.objects.pages, 1):
        count = _zeros(page, page.get("/Resources", {}))
        if count:
            yield Spot(f"page {number}", f"{counted(count, 'character')} drawn as the empty box of the font")
    for page in file.pages:
        for line in page.lines:
            if "\ufffd" in line.text:
                yield Spot(line.where, line.text[:_MISSING])


def _zeros(stream: Any, resources: Any) -> int:
    """How often glyph 0 of a font with two bytes a character is drawn in a content stream."""
    import pikepdf

    fonts = dict(resources.get("/Font", {}))
    wide = {
        name
        for name, font in fonts.items()
        if str(font.get("/Encoding", "")) in ("/Identity-H", "/Identity-V")
    }
    forms = dict(resources.get("/XObject", {}))
    zeros, current = 0, ""
    for drawn in pikepdf.parse_content_stream(stream, "Tf Tj TJ Do"):
        operands = drawn.operands
        match str(drawn.operator):
            case "Tf":
                current = str(operands[0])
            case "Do":
                form = forms.get(str(operands[0]))
                if form is not None and str(form.get("/Subtype")) == "/Form":
                    zeros += _zeros(form, form.get("/Resources", {}))
            case _ if current in wide:
                strings = operands[0] if isinstance(operands[0], pikepdf.Array) else operands
                for part in strings:
                    if isinstance(part, pikepdf.String):
                        raw = bytes(part)
                        zeros += sum(raw[at : at + 2] == b"\0\0" for at in range(0, len(raw), 2))
    return zeros


def _fallback(file: Portable) -> Result:
    """Han characters in another family than most of their line: the line's own typeface lacks them."""
    if file.theme != "official":
        return not_applicable(5, "not the official theme")
    strange: Counter[str] = Counter()
    total = 0
    for line in file.flow:
        han = [c for c in line.body if "\u3400" <= c.text <= "\u9fff"]
        total += len(han)
        fallen = _fallen(line, han)
        strange.update(c.text for c in fallen)
    named = " ".join(f"{text}×{count}" if count > 1 else text for text, count in strange.most_common(20))
    measured = f"{sum(strange.values())} of {total} Han characters" + (f": {named}" if named else "")
    spots = [Spot("in all", named)] if sum(strange.values()) * MANY > total else []
    return judged(5, spots, measured)


def _fallen(line: Line, han: list[Char]) -> list[Char]:
    """The characters of the complete fallback inside a line of a typeface that is not complete."""
    narrow = [c for c in han if _plain(c.font).startswith(("fandol", "仿宋", "fangsong", "楷体", "kaiti"))]
    return (
        [c for c in han if "cjk" in _plain(c.font)] if len(narrow) * 2 > len(han) and line.size < 20 else []
    )
