"""Canonical indicators and themes: what the source's words are called, in which direction they are good."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from briefings.extract.words import either, table
from briefings.records.indicator import Indicator, Theme

_NOISE = re.compile(
    r"[\s“”\"'‘’《》（）()·的]|^(?:全市|全区|全省|全县|我市|我区|我省|累计|共|实现|完成|地方)+"
)
_LEADS = frozenset("全我累共实完地")
"""What leads to a name begins with one of these; a name of letters that does not is plain already."""


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """The indicators and themes that names are looked up in."""

    indicators: tuple[Indicator, ...]
    themes: tuple[Theme, ...]
    by_alias: Mapping[str, Indicator]
    themes_of: Mapping[str, tuple[str, ...]]
    cue: re.Pattern[str]

    @classmethod
    def of(cls, indicators: tuple[Indicator, ...], themes: tuple[Theme, ...]) -> "Lexicon":
        """The lexicon of ``indicators`` and ``themes``; of two that claim one alias, the first has it."""
        aliases: dict[str, Indicator] = {}
        for indicator in indicators:
            for name in (indicator.name, *indicator.aliases):
                aliases.setdefault(_plain(name), indicator)
        of_cue: dict[str, tuple[str, ...]] = {}
        for theme in themes:
            for cue in theme.cues:
                of_cue[cue] = (*of_cue.get(cue, ()), theme.key)
        pattern = re.compile(either(list(of_cue)) if of_cue else "(?!)")
        return cls(indicators, themes, MappingProxyType(aliases), MappingProxyType(of_cue), pattern)

    def canonical(self, name: str) -> str | None:
        """The canonical name for the source's ``name``, or None where the lexicon does not know it."""
        plain = name if name.isalnum() and name[0] not in _LEADS and "的" not in name else _plain(name)
        found = self.by_alias.get(plain)
        return found.name if found else None

    def theme(self, text: str, headline: str = "") -> str | None:
        """The key of the theme most of whose cues stand in ``text``, those of the headline counting three times."""
        hits: dict[str, int] = {}
        for words, weight in ((text, 1), (headline, 3)):
            for cue in self.cue.findall(words):
                for key in self.themes_of[cue]:
                    hits[key] = hits.get(key, 0) + weight
        most = max(hits.values(), default=0)
        return next((theme.key for theme in self.themes if most and hits.get(theme.key) == most), None)


def _plain(name: str) -> str:
    return _NOISE.sub("", name)


@cache
def default() -> Lexicon:
    """The lexicon that comes with briefings."""
    rows = table("indicators.toml")["indicator"]
    themes = table("themes.toml")["theme"]
    return Lexicon.of(
        tuple(
            Indicator(
                row["name"],
                tuple(row.get("aliases", ())),
                row.get("english", ""),
                row.get("dimension", ""),
                row.get("polarity", "none"),
                row.get("theme", ""),
                row.get("rank", 0),
            )
            for row in rows
        ),
        tuple(Theme(row["key"], row["label"], row["english"], tuple(row["cues"])) for row in themes),
    )
