"""What is wrong with a Word base file: its placeholders, the place of the briefing, its styles; then it is tried."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from briefings.errors import BriefingsError, ConfigurationError
from briefings.records.briefing import Language, Theme
from briefings.records.template import TemplateFault
from briefings.render.specimen import specimen
from briefings.render.word import drafted, word
from briefings.render.word_base import Base, base_name, opened
from briefings.render.word_template import (
    CONTENT,
    NAMES,
    Placeholder,
    own_figures,
    placeholders,
    split_formats,
)

if TYPE_CHECKING:
    from briefings.render.word_chart_paper import Look


def bases() -> dict[str, tuple[Theme, Language]]:
    """The base files that are asked for, by name, each with its theme and language."""
    return {
        base_name(theme, language): (theme, language)
        for theme in get_args(Theme)
        for language in get_args(Language)
    }


@dataclass(frozen=True, slots=True)
class _Asked(Base):
    """A base file that takes down which styles are asked for and missing, and goes on."""

    missed: dict[str, None] = field(default_factory=dict)

    def style(self, name: str, kind: str = "paragraph") -> str:
        found = self.styles.get((kind, name.lower()))
        if found is None:
            self.missed[name] = None
        return found or name


def lint_word(name: str, search: tuple[Path, ...]) -> Iterator[TemplateFault]:
    """The faults of the base file ``name`` (templates/word/official.docx) as it is found first in ``search``."""
    if name not in bases():
        told = f"没有简报用到它；会用到的是 {'、'.join(path.rpartition('/')[2] for path in bases())}。"
        yield TemplateFault(name, "", "", told, "warning")
        return
    theme, language = bases()[name]
    try:
        base = opened(theme, language, search)
    except ConfigurationError as error:
        yield TemplateFault(name, "", "", str(error))
        return
    faults = [*_of_placeholders(name, base.parts), *_of_styles(name, base, theme, language, search)]
    yield from faults
    if not any(fault.severity == "error" for fault in faults):
        try:
            word(specimen(language, theme), search)
            word(specimen(language, theme, bare=True), search)
        except BriefingsError as error:
            yield TemplateFault(name, "", "", str(error))


def _of_placeholders(name: str, parts: Mapping[str, bytes]) -> Iterator[TemplateFault]:
    from lxml import etree

    try:
        found = placeholders(parts)
    except etree.XMLSyntaxError as error:
        yield TemplateFault(name, "", "", f"文件损坏，读不出来：{error}")
        return
    here = [one for one in found if one.name == CONTENT and one.known]
    for one in found:
        if not one.known:
            yield TemplateFault(name, _place(one), one.tag, _unknown(one))
    for again in here[1:]:
        yield TemplateFault(name, _place(again), again.tag, "正文的位置只能有一处，这里是重复的。")
    if not here:
        told = f"没有单独成段的“{{{{{CONTENT}}}}}”，正文将接在文件末尾。"
        yield TemplateFault(name, "", "", told, "warning")
    for line in own_figures(parts, {one: f"{{{{{one}}}}}" for one in NAMES}):
        told = "这里的数字是文件自己写的，会原样印在每一版上，不核对出处。"
        yield TemplateFault(name, "", line[:60], told, "warning")
    for place, tag, pieces in split_formats(parts):
        told = f"这个占位符分在{pieces}段不同格式的文字里，将按第一段的格式填写；请选中它，统一格式。"
        yield TemplateFault(name, place, tag, told, "warning")


def _unknown(one: Placeholder) -> str:
    if not one.name:
        return "占位符没有写完整，或者写了程序语句；Word 模板里只能写“{{名称}}”。"
    return "不认识的占位符。" + (f"是否要写“{{{{{one.meant}}}}}”？" if one.meant else "")


def _place(one: Placeholder) -> str:
    return f"{one.part} {one.place}"


def _of_styles(
    name: str, base: Base, theme: Theme, language: Language, search: tuple[Path, ...]
) -> Iterator[TemplateFault]:
    """The styles that a briefing with every kind of block asks for and the file has not."""
    from difflib import get_close_matches

    from briefings.render.word_charts import look

    def looked() -> "Look":
        return look(search, theme)

    asked = _Asked(**{f.name: getattr(base, f.name) for f in fields(Base)})
    try:
        for bare in (False, True):
            drafted(specimen(language, theme, bare=bare), asked, looked, {})
    except BriefingsError as error:
        yield TemplateFault(name, "", "", str(error))
    there = {style for _, style in base.styles}
    for style in asked.missed:
        close = get_close_matches(style.lower(), sorted(there), 1)
        hint = (
            f"文件里有相近的“{close[0]}”，样式是按名称找的。" if close else "请恢复这个样式，或从原模板复制。"
        )
        yield TemplateFault(name, "样式", style, f"缺少样式。{hint}")
