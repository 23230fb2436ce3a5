"""What is wrong with a Jinja template: its language, the names it asks for, what it would fetch; then it is tried."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefings.records.template import TemplateFault
from briefings.render import lint_names
from briefings.render.html import environment, where

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.nodes import Node, Template

_PAIRED = ("if", "for", "macro", "call", "filter", "block", "autoescape", "with", "raw")
_FETCHING = re.compile(
    r"<(?P<tag>img|link|script|iframe|object|embed|source|video|audio)\b"
    r"(?:[^<>]*?\b(?:src|href|data|poster)\s*=\s*[\"']?(?P<address>[^\"'\s>]*))?"
    r"|url\(\s*[\"']?(?P<url>[^\"')\s]*)|@import\s+(?P<sheet>[^;]*)",
    re.IGNORECASE,
)
_SERVED = {"web": ("/", "data:", "#"), "briefing": ("data:", "#"), "mail": ("data:", "#", "cid:")}


@dataclass(slots=True)
class _Read:
    """A template as it was parsed, what it offers to others, and what is handed to it."""

    name: str
    tree: "Template"
    macros: dict[str, Any]
    exports: frozenset[str]
    handed: frozenset[str] | None = frozenset()
    own: dict[str, frozenset[Any] | None] = field(default_factory=dict)


def lint_jinja(
    family: str,
    names: Sequence[str],
    search: Sequence[Path],
    handed: Mapping[str, Collection[str]] | None = None,
) -> Iterator[TemplateFault]:
    """The faults of the templates ``names`` (briefing/blocks.html.j2) of one ``family``: briefing, mail or web.

    ``handed`` are the names that each is handed where nothing can be rendered to tell (pages of the web).
    """  # fmt: skip
    jinja = environment(search)
    read: dict[str, _Read] = {}
    for name in names:
        found = _parsed(jinja, name, search)
        if isinstance(found, TemplateFault):
            yield found
        elif found:
            read[name] = found
    given = lint_names.contexts(family) if family != "web" else ()
    known = lint_names.universe(given) if given else frozenset()
    whole = frozenset(key for context in given for key in context)
    _hand_on(read, family, whole, handed)
    faults = [
        fault for one in read.values() for fault in _faults(jinja, one, read, names, family, given, known)
    ]
    yield from faults
    spoilt = {(fault.template, fault.place) for fault in faults if fault.severity == "error"}
    broken = {name for name in names if name not in read}
    if not broken:
        yield from _tried(jinja, family, given, spoilt)
    reached = _reached(read, lint_names.roots(family))
    if family != "web":
        for name in sorted(set(read) - reached):
            told = "没有模板用到它，改动不会出现在简报里。"
            yield TemplateFault(f"templates/{name}", "", "", told, "warning")


def _parsed(jinja: "Environment", name: str, search: Sequence[Path]) -> _Read | TemplateFault | None:
    from jinja2 import TemplateSyntaxError, nodes

    path = next((folder / "templates" / name for folder in search if (folder / "templates" / name).is_file()), None)  # fmt: skip
    if path is None:
        return None
    called = f"templates/{name}"
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return TemplateFault(called, "", "", "不是 UTF-8 文本。")
    try:
        tree = jinja.parse(text, name)
    except TemplateSyntaxError as error:
        line, tag = _opened(jinja, text) if "end of template" in str(error) else None, ""
        if line:
            return TemplateFault(
                called, f"第{line[0]}行", line[1], f"这个标签没有结束，缺少 {{% end{line[2]} %}}。"
            )
        lines = text.splitlines()
        at = min(error.lineno, len(lines))
        tag = next(iter(re.findall(r"\{[{%].*?[%}]\}|\{[{%].*", lines[at - 1])), "") if lines else ""
        return TemplateFault(called, f"第{error.lineno}行", tag, f"语法错误：{error.message}")
    macros = {node.name: node for node in tree.find_all(nodes.Macro)}
    top = [node for node in tree.body if isinstance(node, nodes.Assign | nodes.Macro)]
    exports = {
        node.name if isinstance(node, nodes.Macro) else getattr(node.target, "name", "") for node in top
    }
    return _Read(name, tree, macros, frozenset(filter(None, exports)))


def _opened(jinja: "Environment", text: str) -> tuple[int, str, str] | None:
    """The innermost tag that is begun and not ended: its line, the tag, the word that begins it."""
    from jinja2 import TemplateSyntaxError

    begun: list[tuple[int, str]] = []
    starts = False
    try:
        for line, kind, value in jinja.lex(text):
            if kind == "block_begin":
                starts = True
            elif starts and kind == "name":
                starts = False
                if value in _PAIRED:
                    begun.append((line, value))
                elif value.startswith("end") and begun:
                    begun.pop()
    except TemplateSyntaxError:
        return None
    if not begun:
        return None
    line, word = begun[-1]
    written = re.search(rf"\{{%[-+]?\s*{word}\b.*?%\}}", text.splitlines()[line - 1])
    return line, written[0] if written else word, word


def _hand_on(
    read: Mapping[str, _Read],
    family: str,
    whole: frozenset[str],
    handed: Mapping[str, Collection[str]] | None,
) -> None:
    """Say of each template what it is handed: what the program hands it, or the template that includes it."""
    from jinja2 import nodes

    if handed is not None:
        for one in read.values():
            one.handed = frozenset(handed[one.name]) if one.name in handed else None
        return
    reached = _reached(read, lint_names.roots(family))
    for one in read.values():
        imported = one.name in reached and one.name not in lint_names.roots(family)
        one.handed = frozenset() if imported else whole
    shared = {name for name in lint_names.roots(family) if name in read}
    waiting = list(shared)
    while waiting:
        one = read[waiting.pop()]
        for node in one.tree.find_all((nodes.Include, nodes.Extends, nodes.Import, nodes.FromImport)):
            name = _named(node)
            if name in read and name not in shared and getattr(node, "with_context", True):
                set_here = {n.name for n in one.tree.find_all(nodes.Name) if n.ctx == "store"}
                read[name].handed = (one.handed or frozenset()) | set_here
                shared.add(name)
                waiting.append(name)


def _named(node: "Node") -> str:
    """The template that an include, import or extends names in so many words, "" where it is told by an expression."""
    value = getattr(getattr(node, "template", None), "value", None)
    return value if isinstance(value, str) else ""


def _reached(read: Mapping[str, _Read], roots: Sequence[str]) -> set[str]:
    from jinja2 import nodes

    seen = {name for name in roots if name in read}
    waiting = list(seen)
    while waiting:
        for node in read[waiting.pop()].tree.find_all(
            (nodes.Include, nodes.Extends, nodes.Import, nodes.FromImport)
        ):
            if (name := _named(node)) in read and name not in seen:
                seen.add(name)
                waiting.append(name)
    return seen


def _faults(
    jinja: "Environment",
    one: _Read,
    read: Mapping[str, _Read],
    names: Sequence[str],
    family: str,
    given: Sequence[lint_names.Given],
    known: frozenset[str],
) -> Iterator[TemplateFault]:
    from jinja2 import TemplateAssertionError, meta, nodes

    called = f"templates/{one.name}"

    def fault(
        node: "Node", tag: str, told: str, near: str = "", among: Collection[str] = ()
    ) -> TemplateFault:
        close = get_close_matches(near, sorted(among), 1) if near else []
        return TemplateFault(
            called, f"第{node.lineno}行", tag, told + (f"是否要写“{close[0]}”？" if close else "")
        )

    for asked in one.tree.find_all(nodes.Filter):
        if asked.name not in jinja.filters:
            yield fault(asked, f"|{asked.name}", "没有这个过滤器。", asked.name, jinja.filters)
    for test in one.tree.find_all(nodes.Test):
        if test.name not in jinja.tests:
            yield fault(test, f"is {test.name}", "没有这个判断。", test.name, jinja.tests)
    brought = {n.target: _named(n) for n in one.tree.find_all(nodes.Import)}
    for node in one.tree.find_all((nodes.Include, nodes.Extends, nodes.Import, nodes.FromImport)):
        value = _named(node)
        if value and value not in names and not getattr(node, "ignore_missing", False):
            yield fault(node, value, "没有这个模板。", value, names)
        if isinstance(node, nodes.FromImport) and value in read:
            offered = read[value].exports
            for wanted in node.names:
                macro = wanted if isinstance(wanted, str) else wanted[0]
                if macro not in offered:
                    yield fault(node, macro, f"{value} 里没有它。", macro, offered)
    if one.handed is not None:
        try:
            asked_for = (
                meta.find_undeclared_variables(one.tree) - one.handed - set(jinja.globals) - _set_here(one)
            )
        except TemplateAssertionError:  # an unknown filter or test, which is told above
            asked_for = set()
        spared = {"loop", "caller", "varargs", "kwargs", "self", "super"}
        at_hand = one.handed | set(one.macros) | set(jinja.globals)
        for name in one.tree.find_all(nodes.Name):
            if name.name in asked_for - spared and name.ctx == "load":
                yield fault(name, f"{{{{ {name.name} }}}}", "不认识的变量。", name.name, at_hand)
    kinds = _kinds(one, given)
    local = {k.key for call in one.tree.find_all(nodes.Call) for k in call.kwargs} | {
        n.attr for n in one.tree.find_all(nodes.NSRef)
    }
    for getter in one.tree.find_all(nodes.Getattr):
        written = _written(getter)
        if getter.attr.startswith("_"):
            yield fault(getter, written, "沙箱不允许使用以下划线开头的属性。")
            continue
        base = getter.node
        if isinstance(base, nodes.Name) and base.name in brought:
            if (source := brought[base.name]) in read and getter.attr not in read[source].exports:
                yield fault(getter, written, f"{source} 里没有这个宏。", getter.attr, read[source].exports)
            continue
        of = _kind(base, kinds)
        listed = [lint_names.attributes(kind) for kind in of or ()]
        if of and all(one is not None for one in listed):
            offered = frozenset().union(*(one or frozenset() for one in listed))
            if getter.attr not in offered:
                yield fault(getter, written, "没有这个属性。", getter.attr, offered)
        elif known and getter.attr not in known | local:
            yield fault(getter, written, "没有这个属性。", getter.attr, known)
    yield from _calls(one, read, brought, fault)
    yield from _fetched(one, called, family)


def _set_here(one: _Read) -> set[str]:
    """The names that the template sets itself: blocks and loops know those of outside, and of a branch above."""
    from jinja2 import nodes

    found = {*one.macros, *(name.name for name in one.tree.find_all(nodes.Name) if name.ctx == "store")}
    found |= {node.target for node in one.tree.find_all(nodes.Import)}
    for node in one.tree.find_all(nodes.FromImport):
        found |= {name if isinstance(name, str) else name[1] for name in node.names}
    return found


def _calls(
    one: _Read, read: Mapping[str, _Read], brought: Mapping[str, str], fault: Any
) -> Iterator[TemplateFault]:
    """Macros called with what they do not take."""
    from jinja2 import nodes

    for call in one.tree.find_all(nodes.Call):
        macro = None
        if isinstance(call.node, nodes.Name):
            macro = one.macros.get(call.node.name)
        elif isinstance(call.node, nodes.Getattr) and isinstance(call.node.node, nodes.Name):
            source = read.get(brought.get(call.node.node.name, ""))
            macro = source.macros.get(call.node.attr) if source else None
        if macro is None or call.dyn_args or call.dyn_kwargs:
            continue
        takes = [argument.name for argument in macro.args]
        spare = {name.name for name in macro.find_all(nodes.Name)} & {"varargs", "kwargs"}
        if len(call.args) > len(takes) and "varargs" not in spare:
            yield fault(call, f"{macro.name}(…)", f"这个宏只有{len(takes)}个参数，给了{len(call.args)}个。")
        for given in call.kwargs:
            if given.key not in (*takes, "caller") and "kwargs" not in spare:
                yield fault(call, f"{given.key}=", f"宏 {macro.name} 没有这个参数。", given.key, takes)


def _fetched(one: _Read, called: str, family: str) -> Iterator[TemplateFault]:
    """What a page would fetch, though nothing is fetched for it, and scripts, which nobody runs."""
    from jinja2 import nodes

    for data in one.tree.find_all(nodes.TemplateData):
        for found in _FETCHING.finditer(data.data):
            address = found["address"] or found["url"] or found["sheet"] or ""
            script = (found["tag"] or "").lower() == "script" and family != "web"
            if not script and (not address or address.lower().startswith(_SERVED[family])):
                continue
            line = data.lineno + data.data.count("\n", 0, found.start())
            told = (
                "页面不运行脚本。"
                if script
                else f"“{address}”不会被取来：页面不取任何外部文件，图片请写成 data: 地址。"
            )
            tag = found[0].splitlines()[0][:60]
            yield TemplateFault(called, f"第{line}行", tag, told, "warning" if family == "mail" else "error")


def _kinds(one: _Read, given: Sequence[lint_names.Given]) -> dict[str, frozenset[Any] | None]:
    """The types of the names of a template, as far as they can be told; a macro's argument may be anything."""
    from jinja2 import nodes

    kinds: dict[str, frozenset[Any] | None] = {}
    for name in one.handed or ():
        values = [context[name] for context in given if name in context]
        kinds[name] = lint_names.kinds_of(values) if values else None
    told: list[tuple[str, frozenset[Any] | None]] = []
    for node in one.tree.find_all((nodes.Assign, nodes.For)):
        target = node.target  # type: ignore[attr-defined]
        if not isinstance(target, nodes.Name):
            told += [(name.name, None) for name in target.find_all(nodes.Name)]
        elif isinstance(node, nodes.Assign):
            told.append((target.name, _kind(node.node, kinds)))
        else:
            of = _kind(node.iter, kinds)  # type: ignore[attr-defined]
            told.append((target.name, lint_names.items(of) if of else None))
        # What is set twice, to different things, may be either.
        name, of = told[-1]
        kinds[name] = of if name not in kinds or kinds[name] == of else None
    for macro in one.macros.values():
        kinds.update({argument.name: None for argument in macro.args})
    return kinds


def _kind(node: "Node", kinds: Mapping[str, frozenset[Any] | None]) -> frozenset[Any] | None:
    from jinja2 import nodes

    if isinstance(node, nodes.Name):
        return kinds.get(node.name)
    if isinstance(node, nodes.Getattr):
        of = _kind(node.node, kinds)
        return lint_names.step(of, node.attr) if of else None
    if isinstance(node, nodes.CondExpr) and node.expr2 is not None:
        first, second = _kind(node.expr1, kinds), _kind(node.expr2, kinds)
        empty = [isinstance(e, nodes.Const) and e.value is None for e in (node.expr1, node.expr2)]
        if any(empty):
            return second if empty[0] else first
        return first | second if first and second else None
    return None


def _written(node: "Node") -> str:
    """An expression of names and attributes as it is written."""
    from jinja2 import nodes

    if isinstance(node, nodes.Getattr):
        return f"{_written(node.node)}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else "…"


def _tried(
    jinja: "Environment", family: str, given: Sequence[lint_names.Given], spoilt: Collection[tuple[str, str]]
) -> Iterator[TemplateFault]:
    """What goes wrong when the specimens are filled in, beyond what is known already; each place once."""
    told = set(spoilt)
    for root in lint_names.roots(family):
        for context in given:
            try:
                jinja.get_template(root).render(**context)
            except Exception as error:  # a template can raise anything
                place = where(error)
                name, line = place or (root, getattr(error, "lineno", 0))
                called = f"templates/{family}/" + name.replace("\\", "/").rpartition(f"templates/{family}/")[2].removeprefix(f"{family}/")  # fmt: skip
                at = f"第{line}行" if line else ""
                if (called, at) not in told:
                    told.add((called, at))
                    yield TemplateFault(called, at, "", f"用样张试填时出错：{error}")
