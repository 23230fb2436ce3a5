"""Our own sentences in the language of a briefing: the Chinese stands in the code, the English in ``data/phrases``."""

import re
import tomllib
from functools import cache
from importlib import resources

from briefings.records.briefing import Inline, Language, Line, Value, Words

_SLOT = re.compile(r"\{(\w+)\}")
_ONE = re.compile(r"\D*1\D*")


@cache
def phrases() -> dict[str, str]:
    """English by Chinese, from every file of ``data/phrases``; a phrase in two files must read the same in both."""
    found: dict[str, str] = {}
    folder = resources.files("briefings") / "data" / "phrases"
    for path in sorted(folder.iterdir(), key=lambda p: p.name):
        if path.name.endswith(".toml"):
            for chinese, english in tomllib.loads(path.read_text(encoding="utf-8")).items():
                if found.setdefault(chinese, english) != english:
                    raise ValueError(f"{path.name}: {chinese!r} has another English elsewhere")
    return found


def line(language: Language, chinese: str, **pieces: Inline | Line | str) -> Line:
    """``chinese`` or its English, with ``{name}`` replaced by the piece of that name; raises ``KeyError`` without English.

    English may give two forms, ``{n} place|{n} places``: the first is said where a piece prints the number one.
    """
    parts = _SLOT.split(_said(language, chinese, pieces))
    spoken: list[Inline] = []
    for at, part in enumerate(parts):
        if at % 2:
            piece = pieces[part]
            if isinstance(piece, str):
                spoken.append(Words(piece))
            elif isinstance(piece, tuple):
                spoken += piece
            else:
                spoken.append(piece)
        elif part:
            spoken.append(Words(part))
    return _joined(spoken)


def text(language: Language, chinese: str, **parts: str) -> str:
    """The same as plain words, for headings, captions and labels."""
    return _SLOT.sub(lambda slot: parts[slot[1]], _said(language, chinese, dict(parts)))


def _said(language: Language, chinese: str, pieces: dict[str, Inline | Line | str]) -> str:
    if language == "zh":
        return chinese
    english = phrases()[chinese]
    one, bar, many = english.partition("|")
    if not bar:
        return english
    numbers = [p.text if isinstance(p, Value) else p for p in pieces.values() if isinstance(p, Value | str)]
    return one if numbers and _ONE.fullmatch(numbers[0]) else many


def _joined(pieces: list[Inline]) -> Line:
    """Neighbouring plain words as one piece."""
    joined: list[Inline] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if isinstance(piece, Words) and isinstance(last, Words) and piece.style == last.style:
            joined[-1] = Words(last.text + piece.text, piece.style)
        elif not isinstance(piece, Words) or piece.text:
            joined.append(piece)
    return tuple(joined)
