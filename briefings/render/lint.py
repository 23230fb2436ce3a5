"""What is wrong with templates and styles, before a briefing is made with them."""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from briefings.records.template import TemplateFault
from briefings.render.lint_css import lint_chart_style, lint_css
from briefings.render.lint_jinja import lint_jinja
from briefings.render.lint_word import lint_word

FAMILIES = ("briefing", "mail", "web")
"""The folders of Jinja templates."""


def lint(
    names: Sequence[str],
    search: tuple[Path, ...],
    installed: Collection[str] | None = None,
    handed: Mapping[str, Collection[str]] | None = None,
) -> tuple[TemplateFault, ...]:
    """The faults of ``names`` (styles/modern.css, templates/word/modern.docx …), each as found first in ``search``.

    Of a family of Jinja templates all there are belong to ``names``: one is known by the others. ``installed`` are the
    font families that are there; ``handed`` the variables of each page of the web.
    """
    faults: list[TemplateFault] = []
    for family in FAMILIES:
        head = f"templates/{family}/"
        if members := [name.removeprefix("templates/") for name in names if name.startswith(head)]:
            faults += lint_jinja(family, members, search, (handed or {}) if family == "web" else None)
    for name in names:
        if name.endswith(".docx"):
            faults += lint_word(name, search)
        elif name.endswith(".css"):
            faults += lint_css(name, search, installed)
        elif name.endswith(".mplstyle"):
            faults += lint_chart_style(name, search)
    # A style of charts spoils every Word file that is tried with it, and is told of once.
    told = {fault.sentence for fault in faults if not fault.template.endswith(".docx")}
    kept = [
        fault
        for fault in dict.fromkeys(faults)
        if not (fault.template.endswith(".docx") and fault.sentence in told)
    ]
    order = {name: at for at, name in enumerate(names)}
    return tuple(sorted(kept, key=lambda fault: order.get(fault.template, 0)))
