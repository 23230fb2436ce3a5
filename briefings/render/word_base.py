"""The base file a Word briefing is laid on: its parts, its styles by name, its text width."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from briefings.errors import ConfigurationError
from briefings.records.briefing import Language
from briefings.render import assets

if TYPE_CHECKING:
    from lxml.etree import _Element

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def w(name: str) -> str:
    """``name`` in WordprocessingML's namespace, as lxml writes it."""
    return f"{{{WORD}}}{name}"


@dataclass(frozen=True, slots=True)
class Base:
    """An opened base file. ``parts`` are its files in order, ``styles`` maps (kind, name in lower case) to the id.

    Word renames the ids of its own styles when a file is saved in a Chinese Word, the names stay: hence the map.
    ``width`` is the text's width in twips, ``headings`` the (numFmt, lvlText) of the
    heading styles' numbering, ``indents`` the mark-up of a style's indent by its name, ``counted`` the abstractNumId and ``bullet`` the numId of the two list styles ("" for none).
    """

    path: Path
    parts: dict[str, bytes]
    styles: dict[tuple[str, str], str]
    width: int
    headings: tuple[tuple[str, str], ...]
    indents: dict[str, str]
    counted: str
    bullet: str

    def style(self, name: str, kind: str = "paragraph") -> str:
        """The id of the style called ``name``; raises ``ConfigurationError`` when the file has none."""
        try:
            return self.styles[kind, name.lower()]
        except KeyError:
            raise ConfigurationError(f"Word 模板 {self.path} 缺少样式“{name}”。") from None

    def either(self, name: str, other: str) -> str:
        """The id of the paragraph style ``name``, or of ``other`` in a file that has no such style."""
        return self.styles.get(("paragraph", name.lower())) or self.style(other)


def base_name(theme: str, language: Language) -> str:
    """Where the base file of a theme is found: English has one of its own."""
    return f"templates/word/{theme}{'' if language == 'zh' else '.' + language}.docx"


def opened(theme: str, language: Language, search: tuple[Path, ...]) -> Base:
    """The first base file of ``theme`` in the directories ``search``.

    Raises ``ConfigurationError`` when there is none or it is not a Word file.
    """
    from zipfile import BadZipFile, ZipFile

    from lxml import etree

    path = assets.find(base_name(theme, language), search)
    try:
        with ZipFile(path) as package:
            parts = {name: package.read(name) for name in package.namelist() if not name.endswith("/")}
        styles = etree.fromstring(parts["word/styles.xml"])
        section = etree.fromstring(parts["word/document.xml"]).find(f"{w('body')}/{w('sectPr')}")
        numbering = etree.fromstring(parts["word/numbering.xml"])
    except (OSError, BadZipFile, KeyError, etree.XMLSyntaxError) as error:
        raise ConfigurationError(f"Word 模板 {path} 无法读取：{error}。") from error
    if section is None:
        raise ConfigurationError(f"Word 模板 {path} 没有页面设置。")
    named = {
        (str(style.get(w("type"))), str(name.get(w("val"))).lower()): str(style.get(w("styleId")))
        for style in styles.iter(w("style"))
        if (name := style.find(w("name"))) is not None
    }
    return Base(
        path=path,
        parts=parts,
        styles=named,
        width=_width(section),
        headings=_heading_scheme(styles, numbering, named),
        indents={
            name: _indent(styles, ident) for (kind, name), ident in named.items() if kind == "paragraph"
        },
        counted=_scheme_of(styles, numbering, named.get(("paragraph", "list number"), "")),
        bullet=_number_of(styles, named.get(("paragraph", "list bullet"), "")),
    )


def _indent(styles: "_Element", style: str) -> str:
    """The attributes of a paragraph style's indent as mark-up, "" for none."""
    indent = styles.find(f"{w('style')}[@{w('styleId')}='{style}']/{w('pPr')}/{w('ind')}")
    if indent is None:
        return ""
    given = " ".join(f'w:{str(key).rpartition("}")[2]}="{value!s}"' for key, value in indent.attrib.items())
    return f"<w:ind {given}/>"


def _width(section: "_Element") -> int:
    """The text width: the page's less both margins and the gutter."""
    size, margin = section.find(w("pgSz")), section.find(w("pgMar"))
    if size is None or margin is None:
        return 9411
    sides = sum(int(margin.get(w(side)) or 0) for side in ("left", "right", "gutter"))
    return int(size.get(w("w")) or 11906) - sides


def _scheme_of(styles: "_Element", numbering: "_Element", style: str) -> str:
    """The abstractNumId behind the numbering of a paragraph style, or ""."""
    number = _number_of(styles, style)
    chosen = numbering.find(f"{w('num')}[@{w('numId')}='{number}']/{w('abstractNumId')}")
    return "" if chosen is None else str(chosen.get(w("val")))


def _number_of(styles: "_Element", style: str) -> str:
    """The numId of a paragraph style, or ""."""
    number = styles.find(f"{w('style')}[@{w('styleId')}='{style}']/{w('pPr')}/{w('numPr')}/{w('numId')}")
    return "" if number is None else str(number.get(w("val")))


def _heading_scheme(
    styles: "_Element", numbering: "_Element", named: dict[tuple[str, str], str]
) -> tuple[tuple[str, str], ...]:
    """(numFmt, lvlText) of the levels that the heading styles number by; empty when they do not number."""
    scheme = _scheme_of(styles, numbering, named.get(("paragraph", "heading 1"), ""))
    levels = numbering.findall(f"{w('abstractNum')}[@{w('abstractNumId')}='{scheme}']/{w('lvl')}")
    found: list[tuple[str, str]] = []
    for level in levels:
        form, text = level.find(w("numFmt")), level.find(w("lvlText"))
        if form is not None and text is not None:
            found.append((str(form.get(w("val"))), str(text.get(w("val")))))
    return tuple(found)
