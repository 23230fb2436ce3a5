"""Linting behind the walls, of what people may have changed; and the refusal to make an edition with what is wrong."""

import ast
import json
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefings import walls
from briefings.errors import ConfigurationError
from briefings.records.template import TemplateFault
from briefings.render.word_base import base_name
from briefings.templates.files import Template, templates

if TYPE_CHECKING:
    from briefings.records.briefing import Briefing
    from briefings.records.edition import Order
    from briefings.settings import Settings

_TASK = "briefings.templates.linting:linting_task"
_LETTERHEAD = "briefings.templates.linting:letterhead_task"
_PAGE = "page"
"""The function that fills a page of the web."""


def lint(settings: "Settings", chosen: Sequence[Template] | None = None) -> tuple[TemplateFault, ...]:
    """The faults of ``chosen``, or of all templates and styles, the pages of the web included.

    Others are read too where a template cannot be judged without them; their faults are not told.
    Raises ``ConfigurationError`` when a wall stops it.
    """
    everything = templates(settings, pages=True)
    wanted = {one.name for one in (everything if chosen is None else chosen)}
    families = {name.rpartition("/")[0] for name in wanted if name.endswith(".j2")}
    names = [o.name for o in everything if o.name in wanted or o.name.rpartition("/")[0] in families]
    argument = {
        "names": names,
        "search": [str(folder) for folder in settings.search],
        "installed": installed() if any(name.endswith(".css") for name in names) else None,
    }
    try:
        answer = walls.run(_TASK, argument, b"", settings.rendering, "briefings.walled:renderers")
    except walls.Stopped as stopped:
        raise ConfigurationError(f"The templates could not be checked. {stopped}") from stopped
    faults = (TemplateFault(**told) for told in json.loads(answer))
    return tuple(fault for fault in faults if fault.template in wanted)


def refuse(order: "Order", settings: "Settings") -> None:
    """Raise ``ConfigurationError`` when a template of the workspace's own that ``order`` is made with has an error.

    The packed ones are known to be good, so without own ones nothing is read.
    """
    mine = [one for one in templates(settings) if one.own and _used(one.name, order, settings)]
    faults = [fault for fault in lint(settings, mine) if fault.severity == "error"] if mine else []
    if faults:
        more = f"（另有{len(faults) - 1}处，见 briefings templates lint）" if len(faults) > 1 else ""
        path = next(one.own for one in mine if one.name == faults[0].template)
        raise ConfigurationError(f"模板有错，没有生成新的一版：{faults[0].told}{more}文件：{path}")


def letterhead(briefing: "Briefing", order: "Order", settings: "Settings") -> tuple[str, ...]:
    """The lines with figures that the workspace's own base file prints by itself around ``briefing``.

    The packed base files say none. Raises ``ConfigurationError`` when a wall stops it.
    """
    from briefings.records.codec import to_json

    mine = [
        o
        for o in templates(settings)
        if o.own and o.name.endswith(".docx") and _used(o.name, order, settings)
    ]
    if not mine:
        return ()
    argument = {"search": [str(folder) for folder in settings.search]}
    try:
        answer = walls.run(
            _LETTERHEAD,
            argument,
            to_json(briefing).encode(),
            settings.rendering,
            "briefings.walled:renderers",
        )
    except walls.Stopped as stopped:
        raise ConfigurationError(f"{mine[0].own} could not be read. {stopped}") from stopped
    return tuple(json.loads(answer))


def letterhead_task(argument: Any, data: bytes) -> bytes:
    """The child's side of ``letterhead``."""
    from briefings.records.briefing import Briefing
    from briefings.records.codec import from_json
    from briefings.render.word import running_words
    from briefings.render.word_base import opened
    from briefings.render.word_template import own_figures

    briefing = from_json(Briefing, data.decode())
    base = opened(briefing.theme, briefing.language, tuple(Path(folder) for folder in argument["search"]))
    return json.dumps(own_figures(base.parts, running_words(briefing)), ensure_ascii=False).encode()


def _used(name: str, order: "Order", settings: "Settings") -> bool:
    folder, _, file = name.rpartition("/")
    paper = {"pdf", "html"} & set(order.formats)
    if folder == "templates/word":
        return "docx" in order.formats and name == base_name(order.theme, order.language)
    if folder == "templates/mail":
        return settings.mailing(order.id) is not None
    if file.endswith(".mplstyle"):
        return bool(paper or "docx" in order.formats) and ("official" in file) == (order.theme == "official")
    return bool(paper)


def installed() -> tuple[str, ...] | None:
    """The font families that fontconfig knows, in all their names; None where there is no fontconfig."""
    try:
        said = subprocess.run(
            ["fc-list", "--format", "%{family}\n"], capture_output=True, text=True, timeout=60, check=False
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return None
    return tuple(sorted({name.strip() for line in said.splitlines() for name in line.split(",")}))


def linting_task(argument: Any, _data: bytes) -> bytes:
    """The child's side of ``lint``."""
    from briefings.records.codec import to_data
    from briefings.render.lint import lint as linted

    search = tuple(Path(folder) for folder in argument["search"])
    names = argument["names"]
    faults: Iterable[TemplateFault] = linted(
        [name for name in names if not name.startswith("templates/web/")], search, argument["installed"]
    )
    pages = [name for name in names if name.startswith("templates/web/")]
    # Of the pages nothing but the packed ones is used.
    faults = [*faults, *linted(pages, search[-1:], None, handed_to_pages())]
    return json.dumps([to_data(fault) for fault in faults], ensure_ascii=False).encode()


def handed_to_pages() -> dict[str, frozenset[str]]:
    """The variables that each page of the web is handed, read off the calls that fill it; those that cannot be are left out."""
    folder = Path(__file__).parents[1] / "web"
    found: dict[str, set[str]] = {}
    open_ended: set[str] = set()
    common: set[str] = set()
    for path in sorted(folder.glob("*.py")):
        for call in (n for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call)):
            function = call.func.id if isinstance(call.func, ast.Name) else ""
            keys = {keyword.arg for keyword in call.keywords if keyword.arg}
            dicts = [k.value for k in call.keywords if k.arg is None]
            if function == "fill":
                common |= keys | {
                    key.value for d in dicts if isinstance(d, ast.Dict) for key in d.keys
                    if isinstance(key, ast.Constant) and isinstance(key.value, str)
                }  # fmt: skip
            elif function == _PAGE and len(call.args) > 2 and isinstance(call.args[2], ast.Constant):
                name = f"web/{call.args[2].value!s}.html.j2"
                found.setdefault(name, set()).update(keys)
                if dicts:
                    open_ended.add(name)
    return {name: frozenset(keys | common) for name, keys in found.items() if name not in open_ended}
