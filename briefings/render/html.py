"""A briefing as one HTML page: self-contained for the screen, or as the PDF's draft."""

import re
from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import inf
from pathlib import Path
from typing import TYPE_CHECKING

from briefings.errors import ConfigurationError
from briefings.records.briefing import Briefing, BriefKind, Figure, Language, SourceList, Theme
from briefings.records.fact import Fact
from briefings.render import assets, charts, numbers
from briefings.render.view import view

if TYPE_CHECKING:
    from jinja2 import Environment
    from markupsafe import Markup

_HELD = re.compile(f"({numbers.NUMBER.pattern}|[yq]/[yq])")
_HELD_AND_MARKS = re.compile(f"({numbers.NUMBER.pattern}|[yq]/[yq]|[“”‘’]+)")
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_HAN = re.compile(r"[《（“]?[\u4e00-\u9fff][\u4e00-\u9fff《》（）“”、，。；：·]*")
TEMPLATE = "briefing/briefing.html.j2"


@dataclass(frozen=True, slots=True)
class Labels:
    """The words that belong to the page, not to the briefing."""

    contents: str
    exhibits: str
    table: str
    figure: str
    back: str
    as_of: str
    foreword: str
    report_to: str
    copy_to: str


_LABELS = {
    "zh": Labels("目录", "图表", "表", "图", "回到引用处", "数据截至", "【编者按】", "报送：", "抄送："),
    "en": Labels(
        "Contents",
        "Tables and figures",
        "Table ",
        "Figure ",
        "Back to",
        "Data to ",
        "Editor’s note: ",
        "To: ",
        "Copies: ",
    ),
}

_SUBJECTS: dict[Language, dict[BriefKind, str]] = {
    "zh": {
        "digest": "各部门总结摘编：成效、数据、问题与打算",
        "yoy": "一个单位两个时期的对照：指标、工作与问题",
        "peers": "同类单位的对照：指标、位次与做法",
        "history": "一地历年的对照：指标与工作",
        "tracker": "上期部署在本期的落实情况",
    },
    "en": {
        "digest": "Digest of the departments’ summaries: achievements, data, problems and plans",
        "yoy": "One issuer in two periods side by side: indicators, work and problems",
        "peers": "Peers side by side: indicators, ranks and practices",
        "history": "One place through the years: indicators and work",
        "tracker": "What became of the plans of the period before",
    },
}
"""What the file says it is about where the briefing has no subtitle."""


def html(briefing: Briefing, search: tuple[Path, ...], facts: Sequence[Fact] = ()) -> bytes:
    """The self-contained page: styles and charts inside it, nothing fetched, no scripts.

    Numbers of ``facts`` lead to their sentence in the list of sources.
    ``search`` are the directories with ``templates/`` and ``styles/``, the first that has a file wins.
    Raises ``ConfigurationError`` naming the template and its line when one cannot be used.
    """
    figures = [b for b in briefing.blocks if isinstance(b, Figure)]
    drawn = charts.svgs([f.chart for f in figures], search, briefing.language, briefing.theme)
    pictures = {f.id: _inline(svg, f) for f, svg in zip(figures, drawn, strict=True)}
    styles = [sheet(name, search) for name in (briefing.theme, "screen")]
    told = given(briefing, pictures, styles, screen=True)
    return fill(search, TEMPLATE, **(told | {"places": places(briefing, facts)})).encode()


def places(briefing: Briefing, facts: Sequence[Fact]) -> dict[str, int]:
    """The number of the source sentence that each of ``facts`` stands in, by the fact's id; of those that are cited."""
    entries = sorted(
        (entry.document, entry.span.start, entry.span.end, entry.n)
        for block in briefing.blocks
        if isinstance(block, SourceList)
        for entry in block.entries
    )
    found = {}
    for fact in facts:
        at = bisect(entries, (fact.document, fact.start, inf, 0)) - 1
        if at >= 0 and entries[at][0] == fact.document and fact.start < entries[at][2]:
            found[fact.id] = entries[at][3]
    return found


def on_paper(theme: Theme) -> tuple[str, ...]:
    """The style sheets of a page on paper: type and blocks, what stays together, the sheet itself."""
    return theme, "print", f"{theme}-paper"


def page(
    briefing: Briefing,
    search: Sequence[Path],
    pictures: Mapping[str, str],
    *,
    sheets: Sequence[str],
    screen: bool,
) -> str:
    """The page's source with ``pictures`` (mark-up by figure id) and the style sheets named ``sheets``."""
    styles = [sheet(name, search) for name in sheets]
    return fill(search, TEMPLATE, **given(briefing, pictures, styles, screen=screen))


def given(
    briefing: Briefing, pictures: Mapping[str, str], sheets: Sequence["Markup"], *, screen: bool
) -> dict[str, object]:
    """What the template of briefings is handed, by name."""
    from markupsafe import Markup

    labels = _LABELS[briefing.language]
    foot = _foot(briefing, labels)
    return {
        "briefing": briefing,
        "view": view(briefing),
        "lang": "zh-CN" if briefing.language == "zh" else "en",
        "labels": labels,
        "foot": foot,
        "byline": _foot(replace(briefing, office=""), labels) if _signed(briefing) else foot,
        "description": briefing.subtitle or _SUBJECTS[briefing.language][briefing.kind],
        "places": {},
        "policy": POLICY if screen else "",
        "screen": screen,
        "pictures": {key: Markup(picture) for key, picture in pictures.items()},
        "sheets": list(sheets),
    }


def fill(search: Sequence[Path], template: str, **context: object) -> str:
    """``template`` filled; raises ``ConfigurationError`` naming the template and its line when it cannot be used."""
    from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

    try:
        return environment(search).get_template(template).render(**context)
    except TemplateSyntaxError as error:
        place = f"{error.filename or error.name} 第{error.lineno}行"
        raise ConfigurationError(f"模板 {place} 有语法错误：{error.message}") from error
    except TemplateNotFound as error:
        raise ConfigurationError(f"找不到模板 {error.name}。") from error
    except (
        TemplateError,
        TypeError,
        ValueError,
        AttributeError,
        LookupError,
        ArithmeticError,
        RecursionError,
    ) as error:
        found = where(error)
        place = f"{found[0]} 第{found[1]}行" if found else template
        raise ConfigurationError(f"模板 {place} 无法使用：{error}") from error


def environment(search: Sequence[Path]) -> "Environment":
    """Jinja as all templates are filled by: sandboxed, what is not there is an error, with the filters of briefings."""
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    jinja = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader([folder / "templates" for folder in search]),
        undefined=StrictUndefined,
        autoescape=True,
        keep_trailing_newline=True,
    )
    jinja.filters["marked"] = _marked
    jinja.filters["kept"] = _kept
    jinja.filters["apart"] = _apart
    jinja.filters["unit"] = numbers.long_unit
    return jinja


def _apart(text: str, lang: str = "") -> "Markup":
    """A number's text escaped; an original in brackets behind it may go on the next line, but as a whole, and so may a
    long unit where the style says so."""
    from markupsafe import Markup, escape

    if unit := numbers.long_unit(text):
        number = text.removesuffix(unit)
        return Markup(f'<span class="tight">{escape(number)}</span><span class="tight">{escape(unit)}</span>')
    head, bracket, rest = text.partition(" (")
    if not bracket:
        return escape(text)
    spoken = ' lang="zh-CN"' if lang == "en" and _HAN.search(rest) else ""
    return Markup(f'{escape(head)} <span class="tight"{spoken}>({escape(rest)}</span>')


def _kept(text: str) -> "Markup":
    """``text`` escaped so that a browser keeps its carriage returns, which it would else read as line feeds."""
    from markupsafe import Markup, escape

    return Markup(str(escape(text)).replace("\r", "&#13;"))


def _marked(text: str, quoted: bool = False, lang: str = "") -> "Markup":
    """``text`` escaped, each number held together with its unit; ``lang`` is the page's, and Chinese in English is told.

    In quotations the quotation marks are set apart too: the quoting typeface has only narrow Latin ones.
    """
    from markupsafe import Markup, escape

    parts = (_HELD_AND_MARKS if quoted else _HELD).split(text)
    out = []
    for at, part in enumerate(parts):
        if at % 2 == 0 or (len(part) == 1 and part.isdigit()):
            said = str(escape(part))
            out.append(
                _HAN.sub(r'<span lang="zh-CN">\g<0></span>', said) if lang == "en" and not quoted else said
            )
        else:
            out.append(f'<span class="{"mark" if part[0] in "“”‘’" else "tight"}">{escape(part)}</span>')
    return Markup("".join(out))


def where(error: BaseException) -> tuple[str, int] | None:
    """The innermost template and line of the traceback (Jinja writes its templates' names and lines into it)."""
    found = None
    trace = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.endswith(".j2"):
            found = name, trace.tb_lineno
        trace = trace.tb_next
    return found


def sheet(name: str, search: Sequence[Path]) -> "Markup":
    """The style sheet ``name``, which cannot end its ``<style>`` element."""
    from markupsafe import Markup

    return Markup(assets.text(f"styles/{name}.css", search).replace("</", "<\\/"))


def _signed(briefing: Briefing) -> bool:
    """Whether the masthead names who compiles the paper, so that it need not be said again."""
    return briefing.masthead is not None and bool(briefing.masthead.unit)


def _foot(briefing: Briefing, labels: Labels) -> str:
    """The foot of each page: who issues it and to what date the data go."""
    day = _date(briefing.as_of, briefing.language)
    gap = "　" if briefing.language == "zh" else " · "
    return gap.join(part for part in (briefing.office, labels.as_of + day if day else "") if part)


def _date(iso: str, language: str) -> str:
    match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", iso)
    if not match:
        return iso
    year, month, day = match.groups()
    if language == "en":
        return f"{int(day)} {date(int(year), int(month), 1):%B} {year}"
    return f"{year}年{int(month)}月{int(day)}日"


def _inline(svg: str, figure: Figure) -> str:
    """``svg`` inside a page: ids that belong to this figure alone, its alternative text, a width that gives way."""
    from markupsafe import escape

    body = svg[svg.index("<svg") :]
    prefix = re.sub(r"\W", "-", figure.id) + "-"
    body = re.sub(r'\bid="', f'id="{prefix}', body)
    body = re.sub(r'((?:xlink:)?href="#|url\(#)', rf"\g<1>{prefix}", body)
    head, rest = body.split(">", 1)
    alt = escape(figure.alt)
    return f'{head} role="img" aria-label="{alt}"><title>{alt}</title>{rest}'
