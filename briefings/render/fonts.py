"""Whether every character of a briefing can be printed: asked of the fonts before a page is laid out."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import Any, Literal

from briefings.records.briefing import (
    Briefing,
    Citation,
    Figure,
    Heading,
    PageBreak,
    Quote,
    SourceList,
)
from briefings.render import assets
from briefings.render.word_xml import FORBIDDEN

Use = Literal["body", "quote", "chart"]
_UNSAID = frozenset(
    {"id", "source", "sources", "document", "sha256", "style", "align", "tone", "computed", "facts"}
)
"""Fields of the records that are not printed."""
_CONTROLS = re.compile(f"{FORBIDDEN.pattern}|[\\x7f-\\x84\\x86-\\x9f\\ufdd0-\\ufdef]")
_BREAKS = re.compile("[\\x85\\u2028\\u2029]")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_FACES: dict[tuple[tuple[str, ...], str], dict[str, str]] = {}
"""The faces found, by stack and language: a face for each character, "" for none."""


@dataclass(frozen=True, slots=True)
class Missed:
    """A character that the first faces of a stack do not have: where it first stands, and the ``face`` that has it.

    ``face`` is "" when it cannot be printed.
    """

    character: str
    place: str
    use: Use
    face: str = ""

    @property
    def name(self) -> str:
        """The character with its code point."""
        shown = self.character if self.character.isprintable() else "�"
        return f"“{shown}”（U+{ord(self.character):04X}）"


def printable(text: str) -> str:
    """``text`` as it can be printed: controls, which have no form, show as in Word that something stands there.

    Figures on their two sides are never joined.
    """
    return _CONTROLS.sub("\ufffd", _BREAKS.sub(" ", text))


def missed(
    briefing: Briefing, search: Sequence[Path], fonts: Any, sheets: Sequence[str]
) -> tuple[Missed, ...]:
    """The characters that no face has, and those not in the face of the text around them, in their order.

    ``sheets`` name the style sheets that the page is set by.

    ``fonts`` is WeasyPrint's ``FontConfiguration``. Characters for private use mean what their own typeface says: another
    typeface's are not taken. A chart takes no character from elsewhere either.
    """
    stacks = _stacks(briefing, search, sheets)
    language = "zh-CN" if briefing.language == "zh" else "en"
    first: dict[tuple[Use, str], str] = {}
    for use, text, place in _texts(briefing):
        for character in dict.fromkeys(printable(text)):
            first.setdefault((use, character), place)
    found = []
    for use, stack in stacks.items():
        asked = [character for at, character in first if at == use]
        faces = _faces(stack, "zh-CN" if use == "quote" else language, ["中", "A", *asked], fonts)
        own = {faces["中"], faces["A"]} - {""}
        for character in asked:
            face = faces[character]
            if character.isspace() or face in own:
                continue
            if face not in stack and (use == "chart" or unicodedata.category(character) == "Co"):
                face = ""
            found.append(Missed(character, first[use, character], use, face))
    return tuple(found)


def refusal(found: Sequence[Missed]) -> str | None:
    """What is told of the characters that cannot be printed: which, and where each first stands; None without any."""
    gone = list(dict.fromkeys((one.name, one.place) for one in found if not one.face))
    if not gone:
        return None
    told = "；".join(f"{name}，见{place}" for name, place in gone[:12])
    more = f"；共{len(gone)}个" if len(gone) > 12 else ""
    return f"装有的字体印不出这些字符：{told}{more}。请安装含有它们的字体，或更正来源。"


def _stacks(briefing: Briefing, search: Sequence[Path], sheets: Sequence[str]) -> dict[Use, tuple[str, ...]]:
    """The families named for running text, for quotations and for charts."""
    css = _COMMENT.sub("", "\n".join(assets.text(f"styles/{name}.css", search) for name in sheets))
    named: dict[str, str] = {}
    body = quote = ""
    for selector, rules in re.findall(r"([^{}]+)\{([^{}]*)\}", css):
        here = selector.strip()
        if here in (":root", "html") or (here == 'html[lang="en"]' and briefing.language == "en"):
            named |= dict(re.findall(r"--([\w-]+)\s*:\s*([^;]+)", rules))
            body = _family(rules) or body
        elif here == "q":
            quote = _family(rules) or quote
    chart = ""
    if any(isinstance(block, Figure) for block in briefing.blocks):
        name = "charts" if briefing.theme == "modern" else f"charts-{briefing.theme}"
        chart = "".join(
            re.findall(r"(?m)^font\.family\s*:\s*(.+)$", assets.text(f"styles/{name}.mplstyle", search))
        )
    stacks: dict[Use, tuple[str, ...]] = {
        "body": _listed(body, named),
        "quote": _listed(quote or body, named),
    }
    return {**stacks, "chart": _listed(chart, {})} if chart else stacks


def _family(rules: str) -> str:
    """What a rule says of the families: all after the size of ``font``, or ``font-family``."""
    found = re.findall(r"(?:^|[;\s])font(?:-family)?\s*:\s*([^;]+)", rules)
    said = str(found[-1]) if found else ""
    return said[re.search(r"var\(--|[\"']|$", said).start() :] if said else ""  # type: ignore[union-attr]


def _listed(families: str, named: Mapping[str, str]) -> tuple[str, ...]:
    said = re.sub(r"var\(--([\w-]+)\)", lambda match: named.get(match[1], ""), families)
    return tuple(name for part in said.split(",") if (name := part.strip().strip("\"'")))


def _texts(briefing: Briefing) -> Iterator[tuple[Use, str, str]]:
    """Everything printed: what it is set in, its words, the place that is told of it."""
    titles = {c.document: c.title for b in briefing.blocks if isinstance(b, SourceList) for c in b.entries}
    for text in (briefing.title, briefing.subtitle, briefing.office):
        yield "body", text, "刊首"
    for text in briefing.masthead.words if briefing.masthead and briefing.theme == "official" else ():
        yield "body", text, "刊头"
    heading = "刊首"
    for block in briefing.blocks:
        if isinstance(block, Heading):
            heading = f"“{block.number}{block.text}”"
        if isinstance(block, SourceList):
            for entry in block.entries:
                yield from _of_source(entry)
        elif isinstance(block, Figure):
            yield from _walked((block.title, block.subtitle, block.note), "body", heading, titles)
            yield from _walked(block.chart, "chart", f"图{block.number}", titles)
        elif not isinstance(block, PageBreak):
            yield from _walked(block, "body", heading, titles)


def _of_source(entry: Citation) -> Iterator[tuple[Use, str, str]]:
    place = f"《{entry.title}》{entry.place}"
    yield "quote", entry.sentence, place
    for text in (entry.title, entry.issuer, entry.period, entry.source_name, entry.place):
        yield "body", text, place


def _walked(record: Any, use: Use, place: str, titles: Mapping[str, str]) -> Iterator[tuple[Use, str, str]]:
    """The words of a record and of what is in it."""
    if isinstance(record, str):
        yield use, record, place
    elif isinstance(record, tuple):
        for item in record:
            yield from _walked(item, use, place, titles)
    elif isinstance(record, Quote):
        title = titles.get(record.document)
        yield "quote", record.text, f"《{title}》，{place}" if title else place
    elif is_dataclass(record):
        for field in fields(record):
            if field.name not in _UNSAID:
                yield from _walked(getattr(record, field.name), use, place, titles)


def _faces(stack: tuple[str, ...], language: str, characters: Sequence[str], fonts: Any) -> dict[str, str]:
    """The face that Pango takes for each character, asked once for each."""
    known = _FACES.setdefault((stack, language), {})
    new = [c for c in dict.fromkeys(characters) if c not in known and not c.isspace()]
    if new:
        known.update(dict.fromkeys(new, ""))
        known.update(_asked(stack, language, new, fonts))
    return {character: known.get(character, "") for character in characters}


def _asked(
    stack: tuple[str, ...], language: str, characters: Sequence[str], fonts: Any
) -> Iterator[tuple[str, str]]:
    """Each character with its face, as far as one has it; what is not drawn at all needs none: it is in the first."""
    from weasyprint.text.ffi import ffi, gobject, pango, unicode_to_char_p

    context = ffi.gc(pango.pango_font_map_create_context(fonts.font_map), gobject.g_object_unref)
    spoken, _ = unicode_to_char_p(language)
    pango.pango_context_set_language(context, pango.pango_language_from_string(spoken))
    description = ffi.gc(pango.pango_font_description_new(), pango.pango_font_description_free)
    families, _ = unicode_to_char_p(",".join(stack))
    pango.pango_font_description_set_family(description, families)
    layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
    pango.pango_layout_set_font_description(layout, description)
    # Blanks between them, so that none is drawn together with its neighbour.
    text = " ".join(characters)
    encoded, _ = unicode_to_char_p(text)
    pango.pango_layout_set_text(layout, encoded, -1)
    starts, at = {}, 0
    for character in characters:
        starts[at] = character
        at += len(character.encode()) + 1
    run = pango.pango_layout_get_line_readonly(layout, 0).runs[0]
    while run != ffi.NULL:
        item = run.data
        run = run.next
        face = _name(item.item.analysis.font)
        for index in range(item.glyphs.num_glyphs):
            character = starts.get(item.item.offset + item.glyphs.log_clusters[index], "")
            if character and not item.glyphs.glyphs[index].glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG:
                drawn = item.glyphs.glyphs[index].glyph != pango.PANGO_GLYPH_EMPTY
                yield character, face if drawn or not stack else stack[0]


def _name(font: Any) -> str:
    from weasyprint.text.ffi import ffi, pango

    described = ffi.gc(pango.pango_font_describe_with_absolute_size(font), pango.pango_font_description_free)
    return str(ffi.string(pango.pango_font_description_get_family(described)).decode())
