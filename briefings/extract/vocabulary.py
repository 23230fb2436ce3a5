"""The workspace's own indicators and themes, put before those that come with briefings.

``indicators.toml`` and ``themes.toml`` have the shape of the packed files. A name (or a theme's key) that is packed too
replaces the packed entry, a new one is added; ``replace = true`` at the top leaves the packed ones out altogether.
"""

import difflib
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, get_args

from briefings.errors import ConfigurationError
from briefings.extract.lexicon import Lexicon, default
from briefings.records.indicator import Indicator, Polarity, Theme

INDICATORS, THEMES = "indicators.toml", "themes.toml"
_INDICATOR = {
    "name": str, "aliases": list, "english": str, "dimension": str, "polarity": str, "theme": str, "rank": int,
}  # fmt: skip
_THEME = {"key": str, "label": str, "english": str, "cues": list}


def lexicon(folder: Path | None) -> Lexicon:
    """The packed lexicon with what ``folder`` extends or replaces; the packed one where there is no such file.

    Raises ``ConfigurationError`` for what is not TOML, an unknown key (with a suggestion), a wrong value, or an alias
    that two indicators claim (naming both).
    """
    texts = [_text(folder / name) if folder is not None else "" for name in (INDICATORS, THEMES)]
    return _made(texts[0], texts[1]) if any(texts) else default()


def _text(path: Path) -> str:
    if not path.is_file():
        return ""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"lexicons/{path.name} is not UTF-8 text: {error}.") from error


@lru_cache(maxsize=4)
def _made(indicators: str, themes: str) -> Lexicon:
    """The lexicon of two files' texts ("" where there is none)."""
    packed = default()
    rows, alone = _rows(indicators, INDICATORS, "indicator", _INDICATOR, ("name",))
    own = [_indicator(row) for row in rows]
    _once(own)
    theme_rows, themes_alone = _rows(themes, THEMES, "theme", _THEME, ("key", "label", "cues"))
    own_themes = [
        Theme(r["key"], r["label"], r.get("english", r["label"]), tuple(r["cues"])) for r in theme_rows
    ]
    keys = [t.key for t in own_themes]
    if twice := next((key for key in keys if keys.count(key) > 1), None):
        raise ConfigurationError(f"lexicons/{THEMES}: two themes have the key {twice!r}.")
    all_themes = _merged(own_themes, () if themes_alone else packed.themes)
    known = [t.key for t in all_themes]
    for indicator in own:
        if indicator.theme and indicator.theme not in known:
            raise ConfigurationError(
                f"lexicons/{INDICATORS}: {indicator.name!r} has the theme {indicator.theme!r}, which there is not."
                f"{_suggestion(indicator.theme, known)}"
            )
    names = {indicator.name for indicator in own}
    kept = [i for i in (() if alone else packed.indicators) if i.name not in names]
    # What the workspace claims goes first: of two that claim one alias, the first has it.
    return Lexicon.of((*own, *kept), tuple(all_themes))


def _merged(own: Sequence[Theme], packed: Iterable[Theme]) -> list[Theme]:
    """The packed themes with those replaced that have the same key, and the new ones after them."""
    mine = {each.key: each for each in own}
    merged = [mine.pop(each.key, each) for each in packed]
    return [*merged, *mine.values()]


def _rows(
    text: str, name: str, table: str, shape: Mapping[str, type], needed: Sequence[str]
) -> tuple[list[dict[str, Any]], bool]:
    """The checked entries of a file, and whether it stands alone."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"lexicons/{name} is not valid TOML: {error}.") from error
    for key in data:
        if key not in (table, "replace"):
            raise ConfigurationError(
                f"lexicons/{name}: unknown key {key!r}.{_suggestion(key, (table, 'replace'))}"
            )
    rows, alone = data.get(table, []), data.get("replace", False)
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise ConfigurationError(f"lexicons/{name}: write each {table} as [[{table}]].")
    if not isinstance(alone, bool):
        raise ConfigurationError(f"lexicons/{name}: replace is true or false.")
    for number, row in enumerate(rows, 1):
        _check(row, f"lexicons/{name} {table} #{number}", shape, needed)
    return rows, alone


def _check(row: Mapping[str, Any], where: str, shape: Mapping[str, type], needed: Sequence[str]) -> None:
    for key, value in row.items():
        if key not in shape:
            raise ConfigurationError(f"{where}: unknown key {key!r}.{_suggestion(key, tuple(shape))}")
        words = isinstance(value, list) and all(isinstance(word, str) and word.strip() for word in value)
        if not (words if shape[key] is list else type(value) is shape[key]):
            kind = {str: "a text", int: "a whole number", list: "a list of texts"}[shape[key]]
            raise ConfigurationError(f"{where}: {key} is {kind}.")
    for key in needed:
        if not row.get(key):
            raise ConfigurationError(f"{where}: {key} is missing.")
    if "polarity" in row and row["polarity"] not in get_args(Polarity):
        raise ConfigurationError(f"{where}: polarity is one of {', '.join(get_args(Polarity))}.")


def _indicator(row: Mapping[str, Any]) -> Indicator:
    return Indicator(**{**row, "aliases": tuple(row.get("aliases", ()))})


def _once(indicators: Sequence[Indicator]) -> None:
    """Raise where two indicators of the workspace claim one name."""
    names = [indicator.name for indicator in indicators]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise ConfigurationError(f"lexicons/{INDICATORS}: two indicators have the name {twice!r}.")
    claimed: dict[str, str] = {}
    for indicator in indicators:
        for alias in (indicator.name, *indicator.aliases):
            other = claimed.setdefault(alias, indicator.name)
            if other != indicator.name:
                raise ConfigurationError(
                    f"lexicons/{INDICATORS}: {alias!r} is claimed by {other!r} and by {indicator.name!r}."
                )


def _suggestion(key: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(key, known, n=1, cutoff=0.5)
    return f" Did you mean {near[0]!r}?" if near else f" Known are: {', '.join(known)}."
