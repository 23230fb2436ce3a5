"""What a template may name: read off what it is really handed, and off the records behind that."""

import typing
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from types import SimpleNamespace
from typing import Any

from briefings.records.briefing import Figure, Language, Theme
from briefings.render.html import TEMPLATE
from briefings.render.html import given as given_briefing
from briefings.render.letter import TEMPLATES as LETTERS
from briefings.render.letter import given as given_letter
from briefings.render.specimen import mail_specimen, specimen

Given = Mapping[str, object]


def contexts(family: str) -> tuple[Given, ...]:
    """What the templates of ``family`` (briefing, mail) are handed, with everything configured and with nothing.

    Between them they lead through nearly every branch: languages, themes, paper and screen.
    """
    from markupsafe import Markup

    if family == "mail":
        return tuple(
            given_letter(mail_specimen(language, bare=bare))
            for language in typing.get_args(Language)
            for bare in (False, True)
        )
    made = []
    for language in typing.get_args(Language):
        for theme in typing.get_args(Theme):
            for bare in (False, True):
                one = specimen(language, theme, bare=bare)
                pictures = {block.id: "<svg></svg>" for block in one.blocks if isinstance(block, Figure)}
                made.append(given_briefing(one, pictures, [Markup("")], screen=bare))
    return tuple(made)


def roots(family: str) -> tuple[str, ...]:
    """The templates of ``family`` that the program fills itself; the others are parts of these."""
    return {"briefing": (TEMPLATE,), "mail": LETTERS}.get(family, ())


def kinds_of(values: Iterable[object]) -> frozenset[Any]:
    """The types of ``values``."""
    return frozenset(type(value) for value in values if value is not None)


def attributes(kind: Any) -> frozenset[str] | None:
    """The public attributes of a type; None where they cannot be told."""
    if not isinstance(kind, type) or kind is SimpleNamespace:
        return None
    return frozenset(name for name in dir(kind) if not name.startswith("_"))


def step(kinds: frozenset[Any], name: str) -> frozenset[Any] | None:
    """The types that the attribute ``name`` of records of ``kinds`` may have; None where they cannot be told."""
    found: set[Any] = set()
    for kind in kinds:
        if not is_dataclass(kind):
            return None
        hints = typing.get_type_hints(kind)
        if name not in hints:
            return None
        found |= set(_alternatives(hints[name]))
    return frozenset(found)


def items(kinds: frozenset[Any]) -> frozenset[Any] | None:
    """The types of what tuples of ``kinds`` hold; None where they cannot be told."""
    found: set[Any] = set()
    for kind in kinds:
        if typing.get_origin(kind) is not tuple:
            return None
        for one in typing.get_args(kind):
            if one is not Ellipsis:
                found |= set(_alternatives(one))
    return frozenset(found)


def universe(given: Iterable[Given]) -> frozenset[str]:
    """Every attribute that anything handed to a template has, however deep, and those of texts and lists."""
    from jinja2.runtime import LoopContext, Macro

    seen: set[int] = set()
    kinds: set[Any] = {str, dict, list, tuple, int, LoopContext}
    names: set[str] = {"caller", "name", *vars(Macro)}
    for context in given:
        for value in context.values():
            _gather(value, seen, kinds, names)
    for kind in kinds:
        names |= {name for name in dir(kind) if not name.startswith("_")}
    return frozenset(names)


def _gather(value: Any, seen: set[int], kinds: set[Any], names: set[str]) -> None:
    if isinstance(value, str) or id(value) in seen:
        return
    seen.add(id(value))
    if isinstance(value, SimpleNamespace):
        names.update(vars(value))
        parts: Iterable[Any] = vars(value).values()
    elif is_dataclass(value) and not isinstance(value, type):
        kinds.add(type(value))
        names.update(field.name for field in fields(value))
        parts = [getattr(value, field.name) for field in fields(value)]
    elif isinstance(value, tuple | list | frozenset):
        parts = value
    elif isinstance(value, dict):
        parts = value.values()
    else:
        return
    for part in parts:
        _gather(part, seen, kinds, names)


def _alternatives(hint: Any) -> tuple[Any, ...]:
    """The members of a union without None; a literal is its values' type."""
    if typing.get_origin(hint) is typing.Literal:
        return tuple({type(value) for value in typing.get_args(hint)})
    if isinstance(hint, type) or typing.get_origin(hint) is tuple:
        return (hint,)
    members = typing.get_args(hint)
    return tuple(found for one in members if one is not type(None) for found in _alternatives(one)) or (hint,)
