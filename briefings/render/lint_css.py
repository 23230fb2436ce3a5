"""What is wrong with a style sheet: what cannot be read, what is no property, fonts that are not there; styles of charts."""

import logging
import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import get_args

from briefings.errors import BriefingsError
from briefings.records.briefing import Figure, Theme
from briefings.records.template import TemplateFault
from briefings.render import assets, charts
from briefings.render.charts_paper import STYLES
from briefings.render.html import on_paper
from briefings.render.specimen import specimen

_PLACE = re.compile(r" at (\d+):\d+")
_STACK = re.compile(r"(?<![\w-])(?:--[\w-]+|font-family|font)\s*:\s*([^;{}]+)")
_QUOTED = re.compile(r"\"([^\"\n]+)\"|'([^'\n]+)'")
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SCREEN = ("screen", "source", "web")
"""The sheets for browsers, which know more than WeasyPrint."""


def printed() -> frozenset[str]:
    """The sheets that WeasyPrint reads."""
    lines = ("justified", "ragged")
    return frozenset(name for theme in get_args(Theme) for name in (*on_paper(theme), *lines))


def lint_css(
    name: str, search: tuple[Path, ...], installed: Collection[str] | None
) -> Iterator[TemplateFault]:
    """The faults of the sheet ``name`` (styles/official.css); ``installed`` are the font families, None where unknown.

    All are warnings but a file that cannot be read: a page without a declaration is still a page.
    """  # fmt: skip
    stem = name.rpartition("/")[2].removesuffix(".css")
    try:
        text = assets.text(name, search)
    except BriefingsError as error:
        yield TemplateFault(name, "", "", str(error))
        return
    if stem not in printed() and stem not in SCREEN:
        yield TemplateFault(name, "", "", "没有页面用到它，改动不会出现在简报里。", "warning")
    for line, told in _unread(text) if stem in printed() else _broken(text):
        lines = text.splitlines()
        written = lines[line - 1].strip()[:60] if 0 < line <= len(lines) else ""
        yield TemplateFault(name, f"第{line}行" if line else "", written, told, "warning")
    if installed is not None:
        yield from _fonts(name, text, frozenset(family.casefold() for family in installed))


def lint_chart_style(name: str, search: tuple[Path, ...]) -> Iterator[TemplateFault]:
    """The faults of a style of charts (styles/charts.mplstyle), every kind of chart drawn with it."""
    themes = [theme for theme, stem in STYLES.items() if name == f"styles/{stem}.mplstyle"]
    if not themes:
        yield TemplateFault(name, "", "", "没有图表用到它，改动不会出现在简报里。", "warning")
    for theme in themes:
        try:
            charts.svgs(
                [block.chart for block in specimen("zh", theme).blocks if isinstance(block, Figure)],
                search,
                "zh",
                theme,
            )
        except BriefingsError as error:
            yield TemplateFault(name, "", "", str(error))


def _unread(text: str) -> Iterator[tuple[int, str]]:
    """What WeasyPrint would pass over: the line, and why."""
    from weasyprint import CSS

    with _heard() as said:
        CSS(string=text)
    for message in said:
        place = _PLACE.search(message)
        yield int(place[1]) if place else 0, f"排版时会忽略：{_PLACE.sub('', message)}"


def _broken(text: str) -> Iterator[tuple[int, str]]:
    """What no browser could read."""
    import tinycss2  # type: ignore[import-untyped]

    waiting = list(tinycss2.parse_stylesheet(text, skip_comments=True, skip_whitespace=True))
    while waiting:
        node = waiting.pop(0)
        if node.type == "error":
            yield node.source_line, f"读不懂：{node.message}"
        elif node.type in ("qualified-rule", "at-rule"):
            waiting += [token for token in node.prelude if token.type == "error"]
            waiting += tinycss2.parse_blocks_contents(
                node.content or [], skip_comments=True, skip_whitespace=True
            )


def _fonts(name: str, text: str, installed: frozenset[str]) -> Iterator[TemplateFault]:
    """Stacks of families of which none is there: what is named first may be missing, not all."""
    plain = _COMMENT.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    for match in _STACK.finditer(plain):
        families = [first or second for first, second in _QUOTED.findall(match[1])]
        if families and "var(" not in match[1] and not any(f.casefold() in installed for f in families):
            line = plain.count("\n", 0, match.start()) + 1
            told = "这些字体都没有安装，会换成别的字体；请安装一种，或在后面补上已安装的字体。"
            yield TemplateFault(name, f"第{line}行", "、".join(families), told, "warning")


@contextmanager
def _heard() -> Iterator[list[str]]:
    """The warnings of WeasyPrint, which go nowhere else."""
    logger = logging.getLogger("weasyprint")
    said: list[str] = []

    class Listening(logging.Handler):
        """Keeps what is said."""

        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())

    handler, spread = Listening(logging.WARNING), logger.propagate
    others, logger.handlers, logger.propagate = logger.handlers, [handler], False
    try:
        yield said
    finally:
        logger.handlers, logger.propagate = others, spread
