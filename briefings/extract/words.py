"""The grammar's words and units, read once from ``briefings/data``."""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Sort = Literal["percent", "points", "times", "money", "measure", "count", "score", "duration", "none"]

_MANY = 8
_VERY_MANY = 60
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


@cache
def table(name: str) -> dict[str, Any]:
    """The TOML file ``name`` of ``briefings/data``."""
    return tomllib.loads((files("briefings") / "data" / name).read_text(encoding="utf-8"))


def cues(key: str) -> tuple[str, ...]:
    """The word list ``key`` of ``cues.toml``, longest word first."""
    return tuple(sorted(dict.fromkeys(table("cues.toml")[key]), key=lambda w: (-len(w), w)))


def either(words: tuple[str, ...] | list[str]) -> str:
    """A pattern that matches the longest of ``words``, without a group; words are folded by their first letters."""
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    firsts = "".join(re.escape(letter) for letter in tree if letter)
    seconds = {letter for node in tree.values() for letter in node}
    # A look at two letters is cheaper than trying the branches one by one, which nearly all fail.
    second = f"[{''.join(map(re.escape, sorted(seconds)))}]" if "" not in seconds else ""
    ahead = f"(?=[{firsts}]{second})" if len(tree) > _MANY and "" not in tree else ""
    return ahead + _folded(tree)


def written(pattern: str) -> frozenset[str]:
    """The Chinese characters that ``pattern`` writes out: where it has no ranges, no match begins or ends with another."""
    return frozenset(_CHINESE.findall(pattern))


def may(letter: str, known: frozenset[str]) -> bool:
    """Whether a match that ``known`` was ``written`` for may begin or end with ``letter``: asked before a slow pattern."""
    return letter in known or not "\u4e00" <= letter <= "\u9fff"


def by_first(words: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """``words`` by their first letter, for ``starts_with``."""
    known: dict[str, tuple[str, ...]] = {}
    for word in words:
        known[word[0]] = (*known.get(word[0], ()), word)
    return known


def by_last(words: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """``words`` by their last letter, for ``ends_with``."""
    known: dict[str, tuple[str, ...]] = {}
    for word in words:
        known[word[-1]] = (*known.get(word[-1], ()), word)
    return known


def starts_with(known: Mapping[str, tuple[str, ...]], text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` begins with a word of ``known``: quicker than a pattern, and nothing to compile."""
    return start < end and text.startswith(known.get(text[start], ()), start, end)


def ends_with(known: Mapping[str, tuple[str, ...]], text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` ends with a word of ``known``."""
    return start < end and text.endswith(known.get(text[end - 1], ()), start, end)


def _folded(node: dict[str, Any]) -> str:
    branches = [re.escape(letter) + _folded(below) for letter, below in node.items() if letter]
    if not branches:
        return ""
    if len(branches) > 1 and all(not any(node[letter]) for letter in node if letter):
        inner = "[" + "".join(re.escape(letter) for letter in node if letter) + "]"
    else:
        inner = branches[0] if len(branches) == 1 and "" not in node else f"(?:{_parted(branches)})"
    return inner + "?" if "" in node else inner


def _parted(branches: list[str]) -> str:
    """Branches that begin with different letters, many of them in parts that are told by one look at the letter."""
    if len(branches) <= _VERY_MANY:
        return "|".join(branches)
    size = round(len(branches) ** 0.5)
    parts = [branches[at : at + size] for at in range(0, len(branches), size)]
    firsts = ["".join(branch[: 2 if branch[0] == "\\" else 1] for branch in part) for part in parts]
    return "|".join(f"(?=[{first}])(?:{'|'.join(part)})" for first, part in zip(firsts, parts, strict=True))


def any_of(*keys: str) -> str:
    """A pattern that matches the longest word of the lists ``keys`` of ``cues.toml``."""
    return either([w for key in keys for w in cues(key)])


@cache
def unit_sorts() -> dict[str, Sort]:
    """Each unit with its dimension."""
    sorts: dict[str, Sort] = {}
    for sort, units in table("units.toml").items():
        sorts.update(dict.fromkeys(units, sort))
    return sorts
